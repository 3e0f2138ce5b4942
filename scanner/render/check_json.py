# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check to JSON, in the published shape: ``reports/check.schema.json`` describes every name."""

import json
from typing import Any

import msgspec

from scanner.model.gate import CheckReport, JudgedModel
from scanner.model.report import DISCLAIMER
from scanner.sanitize import inert_json

NOT_OF_A_DUTY = frozenset({"evidence", "satisfied"})
"""What only the files of a release can show of a duty."""


def render_check_json(report: CheckReport) -> str:
    """Return a check as indented JSON with a line break at its end."""
    return inert_json(json.dumps(check_document(report), ensure_ascii=False, indent=2)) + "\n"


def check_document(report: CheckReport) -> dict[str, Any]:
    """Return a check as plain values, in the order in which JSON shows them."""
    return {
        "schema_version": report.schema_version,
        "statement": report.statement,
        "tool": _plain(report.tool),
        "catalogue": {"digest": report.catalogue_digest},
        "as_of": report.as_of,
        "use_case_stated": report.use_case_stated,
        "comparison": _plain(report.comparison),
        "online": report.online,
        "verdict": report.verdict,
        "worst": report.worst.value if report.worst else None,
        "summary": _plain(report.summary),
        "references": _plain(report.references),
        "models": [_model(one) for one in report.models],
        "changes": _plain(report.changes),
        "findings": _plain(report.findings),
        "rules": _plain(report.rules),
        "within": report.within or None,
        "notes": list(report.notes),
        "unread": _plain(report.unread),
        "disclaimer": DISCLAIMER,
    }


def _model(one: JudgedModel) -> dict[str, Any]:
    dependency = one.dependency
    return {
        "kind": dependency.kind.value,
        "id": dependency.id,
        "revision": dependency.revision,
        "section": one.section or None,
        "known_by": one.known_by,
        "why": one.why,
        "verdict": one.verdict.value if one.verdict else None,
        "verdicts": _plain(one.verdicts),
        "license": one.entry.license_words if one.entry else None,
        "entry": _plain(one.entry),
        "matters": _plain(one.matters),
        "obligations": [_duty(duty) for duty in _plain(one.obligations)],
        "signoff": one.signoff,
        "places": [f"{ref.path}:{ref.line}" for ref in dependency.references],
    }


def _duty(duty: dict[str, Any]) -> dict[str, Any]:
    """Return a duty without what only files can show."""
    return {name: value for name, value in duty.items() if name not in NOT_OF_A_DUTY}


def _plain(value: Any) -> Any:  # noqa: ANN401  any value of the model, as plain lists and dicts
    return msgspec.to_builtins(value, str_keys=True)
