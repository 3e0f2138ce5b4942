# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/.

GitLab holds the reports of two pipelines against each other by fingerprint, so what was there before is
listed as well.
"""

import hashlib
import json
from typing import Any

from scanner.model.finding import Severity
from scanner.model.gate import CheckReport, GateFinding
from scanner.render.check_places import first_place, path_from_top
from scanner.render.check_text import place_words
from scanner.sanitize import inert_json, one_line

_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render_check_codequality(report: CheckReport) -> str:
    """Return a check as a list of issues, with what GitLab does not ask for under ``modelscan``."""
    seen: dict[str, int] = {}
    issues = [_issue(report, one, _unique(one.fingerprint, seen)) for one in report.findings]
    return inert_json(json.dumps(issues, ensure_ascii=False, indent=2)) + "\n"


def _issue(report: CheckReport, one: GateFinding, fingerprint: str) -> dict[str, Any]:
    place = first_place(one)
    where = f" (at {place_words(one)})" if len(one.places) > 1 or place.cell is not None else ""
    aside = f"{one.accepted}: " if one.accepted else ""
    return {
        "description": one_line(f"{aside}{one.message}{where}"),
        "check_name": one.rule,
        "fingerprint": fingerprint,
        "severity": "info" if one.accepted else _SEVERITY[one.severity],
        "location": {
            "path": path_from_top(report, place.path),
            "lines": {"begin": place.line if place.line is not None and place.cell is None else 1},
        },
        "modelscan": {
            "model": one.model,
            "severity": one.severity.value,
            "gates": one.gates,
            "introduced": one.introduced,
            "accepted": one.accepted,
        },
    }


def _unique(fingerprint: str, seen: dict[str, int]) -> str:
    """Return a fingerprint that no issue has yet: GitLab drops the second one."""
    number = seen.get(fingerprint, 0)
    seen[fingerprint] = number + 1
    return hashlib.sha256(f"{fingerprint} {number}".encode()).hexdigest() if number else fingerprint
