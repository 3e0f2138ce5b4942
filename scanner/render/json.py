# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Report to JSON, in the published shape: ``reports/report.schema.json`` describes every name.

The law of this file: it renames and nests, and leaves nothing of the Report out.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from scanner.data import folder
from scanner.model.base import Evidence
from scanner.model.conclusion import ConcludedLicense, EffectiveLicense, LineageEdge
from scanner.model.reading import LicenseReading, ReadClause
from scanner.model.report import DISCLAIMER, ReleaseReport, Report
from scanner.render.openness import openness_document
from scanner.render.words import opening
from scanner.sanitize import inert_json

_UNSAFE_IN_A_PAGE = re.compile("[<>&]")


def render_json(report: Report) -> str:
    """Return the report as indented JSON with a line break at its end."""
    return _dump(report, indent=2) + "\n"


def render_embedded(report: Report) -> str:
    r"""Return the report as JSON for a script element of a page: ``<`` becomes ``\u003c``."""
    return _UNSAFE_IN_A_PAGE.sub(_escaped, _dump(report, indent=None))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every :func:`render_json` output satisfies.

    Raises:
        DataError: the installation lacks the file.
    """
    text = (folder("reports") / "report.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def document(report: Report) -> dict[str, Any]:
    """Return the report as plain values, in the order in which JSON shows them."""
    return {
        "schema_version": report.schema_version,
        "statement": opening(report),
        "tool": _plain(report.tool),
        "catalogue": {"digest": report.catalogue_digest},
        "policy": {"digest": report.policy_digest},
        "as_of": report.as_of,
        "use_case_stated": report.use_case_stated,
        "use_cases": _plain(report.use_cases),
        "summary": _plain(report.summary),
        "releases": [_release(release) for release in report.releases],
        "licenses": _plain(report.licenses),
        "license_acts": _plain(report.license_acts),
        "frameworks": _plain(report.frameworks),
        "exceptions": _plain(report.exceptions),
        "not_checked": _plain(report.not_checked),
        "disclaimer": DISCLAIMER,
    }


def _release(release: ReleaseReport) -> dict[str, Any]:
    return {
        "name": release.name,
        "path": release.path,
        "purl": release.purl,
        "revision": release.revision,
        "confidence": release.confidence.value,
        "signs": list(release.signs),
        "verdict": release.verdict.value,
        "verdicts": _plain(release.verdicts),
        "acts": _plain(release.acts),
        "licenses": {
            "declared": [_reading(reading) for reading in release.licenses.declared],
            "detected": [_reading(reading) for reading in release.licenses.detected],
            "concluded": {
                conclusion.component.value: _conclusion(conclusion)
                for conclusion in release.licenses.concluded
            },
        },
        "clauses": [_clause(read) for read in release.clauses],
        "legal": _plain(release.legal),
        "multimodal": release.multimodal,
        "lineage": [_edge(edge) for edge in release.lineage],
        "data_sets": _plain(release.data_sets),
        "effective": list(_effective(release)),
        "obligations": _plain(release.obligations),
        "restrictions": _plain(release.restrictions),
        "findings": _plain(release.findings),
        "openness": openness_document(release.openness),
        "files": _plain(release.files),
        "unread": _plain(release.unread),
        "signoffs": _plain(release.signoffs),
    }


def _reading(reading: LicenseReading) -> dict[str, Any]:
    """Return one declared or detected licence with its evidence laid flat."""
    evidence = reading.evidence
    return {
        "key": reading.key,
        "expression": reading.expression,
        "candidates": list(reading.candidates),
        "component": reading.component.value,
        "standing": reading.standing,
        "source": reading.source.value,
        "how": reading.how,
        "raw": reading.raw,
        "note": reading.note,
        "path": evidence.path,
        "lines": _plain(evidence.lines),
        "metadata_key": evidence.key,
        "quote": evidence.quote,
        "sha256": evidence.sha256,
        "reader": evidence.reader,
    }


def _clause(read: ReadClause) -> dict[str, Any]:
    """Return a clause that was read from a text with its place laid flat."""
    return {"path": read.path, "source": read.source.value, **_plain(read.clause), "alarm": read.alarm}


def _conclusion(conclusion: ConcludedLicense) -> dict[str, Any]:
    return {
        "expression": conclusion.expression,
        "keys": list(conclusion.keys),
        "status": conclusion.status.value,
        "why": conclusion.why,
        "rule": conclusion.rule,
        "candidates": list(conclusion.candidates),
        "rejected": _plain(conclusion.rejected),
        "evidence": _evidence(conclusion.evidence),
        "curation": _plain(conclusion.curation),
    }


def _edge(edge: LineageEdge) -> dict[str, Any]:
    return {
        "parent": edge.parent,
        "relation": edge.relation.value,
        "how": edge.how,
        "confidence": edge.confidence.value,
        "evidence": _evidence(edge.evidence),
        "terms": _plain(edge.terms),
    }


def _effective(release: ReleaseReport) -> Iterable[dict[str, Any]]:
    """Give each binding licence as a whole (no clause), then its clauses under each use case."""
    duties = (*release.restrictions, *release.obligations)
    for binding in release.effective:
        yield _bound(binding)
        for duty in duties:
            if (duty.license, duty.via) == (binding.key, binding.via):
                yield _bound(binding) | {
                    "clause": duty.id,
                    "section": duty.section,
                    "use_case": duty.use_case,
                    "applies": duty.applies,
                    "why": duty.why,
                }


def _bound(binding: EffectiveLicense) -> dict[str, Any]:
    return {
        "license": binding.key,
        "via": binding.via,
        "relation": binding.relation.value if binding.relation else None,
        "certain": binding.certain,
        "clause": None,
        "section": None,
        "use_case": None,
        "applies": None,
        "why": binding.why,
    }


def _evidence(evidence: tuple[Evidence, ...]) -> list[Any]:
    return [_plain(one) for one in evidence]


def _plain(value: Any) -> Any:  # noqa: ANN401  any value of the model, as plain lists and dicts
    return msgspec.to_builtins(value)


def _dump(report: Report, *, indent: int | None) -> str:
    separators = None if indent else (",", ":")
    return inert_json(json.dumps(document(report), ensure_ascii=False, indent=indent, separators=separators))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
