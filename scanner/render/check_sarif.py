# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

One result for each finding, with every place of it, since a model is only gone when all of them are. Places
are percent-encoded and relative to the top of the repository.
"""

import json
import re
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.model.gate import CheckReport, GateFinding, GatePlace, RuleWords
from scanner.render.check_places import first_place, path_from_top
from scanner.render.check_text import headline
from scanner.sanitize import inert_json, one_line

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Lone surrogates that stand for no byte of a path."""


def render_check_sarif(report: CheckReport) -> str:
    """Return a check as a SARIF log with one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return inert_json(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _run(report: CheckReport) -> dict[str, Any]:
    order = {rule.id: number for number, rule in enumerate(report.rules)}
    return {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": [_rule(one) for one in report.rules],
            }
        },
        "automationDetails": {"id": "modelscan-check/"},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notes(report)}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, one, order) for one in report.findings],
        "properties": {
            "headline": headline(report),
            "statement": report.statement,
            "verdict": report.verdict,
            "summary": msgspec.to_builtins(report.summary),
        },
    }


def _rule(one: RuleWords) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": one.id,
        "shortDescription": {"text": _message(one.title)},
        "fullDescription": {"text": _message(one.why)},
        "help": {"text": _message(f"{one.why} What to do: {one.fix}")},
        "defaultConfiguration": {"level": one.severity.value},
        "properties": {"tags": ["ai-model", "license"], "problem.severity": _problem(one)},
    }
    return {**found, "deprecatedIds": list(one.aliases)} if one.aliases else found


def _problem(one: RuleWords) -> str:
    """Return the severity in the words of GitHub's code scanning."""
    return "recommendation" if one.severity.value == "note" else one.severity.value


def _result(report: CheckReport, one: GateFinding, order: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {"ruleId": one.rule}
    if one.rule in order:
        found["ruleIndex"] = order[one.rule]
    found |= {
        "level": one.severity.value,
        "message": {"text": _message(f"{one.message} What to do: {one.how_to_fix}")},
        "locations": [_location(report, place) for place in one.places or (first_place(one),)],
        "partialFingerprints": {"modelscan/v1": one.fingerprint},
    }
    if report.comparison is not None:
        found["baselineState"] = "new" if one.introduced else "unchanged"
    if one.accepted:
        suppression = {"kind": "external", "status": "accepted", "justification": _message(one.accepted)}
        found["suppressions"] = [suppression]
    found["properties"] = {
        "model": one.model,
        "section": one.section or None,
        "gates": one.gates,
        "introduced": one.introduced,
    }
    return found


def _location(report: CheckReport, place: GatePlace) -> dict[str, Any]:
    path = _NO_BYTE.sub("\ufffd", path_from_top(report, place.path))
    uri = quote(path.encode("utf-8", "surrogateescape"))
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}}
    if place.cell is not None:
        # A line within a cell is no line of the file.
        inside = f"cell {place.cell}" + (f", line {place.line}" if place.line is not None else "")
        return {"physicalLocation": physical, "message": {"text": inside}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line, "startColumn": place.column or 1}
    return {"physicalLocation": physical}


def _notes(report: CheckReport) -> list[dict[str, Any]]:
    notes = [{"level": "note", "message": {"text": _message(one)}} for one in report.notes]
    return notes + [
        {"level": "warning", "message": {"text": _message(f"Not read: {one.path}: {one.reason}.")}}
        for one in report.unread
        if one.matters
    ]


def _message(text: str) -> str:
    """Return words as a plain text message: no placeholder (3.11.5) and no embedded link (3.11.6)."""
    return one_line(text).replace("{", "{{").replace("}", "}}").replace("](", "]\u200b(")
