# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as SARIF 2.1.0.

One result for each finding, with every place of it, since a model is only gone when all of them are. Places
are relative to the top of the repository.
"""

from typing import Any

import msgspec

from scanner.model.gate import CheckReport, GateFinding, GatePlace, RuleWords
from scanner.render.check_places import first_place, path_from_top
from scanner.render.check_text import headline
from scanner.render.sarif_parts import artifact, log_of, message, notification, problem, root_of


def render_check_sarif(report: CheckReport) -> str:
    """Return a check as a SARIF log with one run."""
    return log_of(_run(report))


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
        "originalUriBaseIds": root_of("The top of the repository."),
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
        "shortDescription": {"text": message(one.title)},
        "fullDescription": {"text": message(one.why)},
        "help": {"text": message(f"{one.why} What to do: {one.fix}")},
        "defaultConfiguration": {"level": one.severity.value},
        "properties": {"tags": ["ai-model", "license"], "problem.severity": problem(one.severity.value)},
    }
    return {**found, "deprecatedIds": list(one.aliases)} if one.aliases else found


def _result(report: CheckReport, one: GateFinding, order: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {"ruleId": one.rule}
    if one.rule in order:
        found["ruleIndex"] = order[one.rule]
    found |= {
        "level": one.severity.value,
        "message": {"text": message(f"{one.message} What to do: {one.how_to_fix}")},
        "locations": [_location(report, place) for place in one.places or (first_place(one),)],
        "partialFingerprints": {"modelscan/v1": one.fingerprint},
    }
    if report.comparison is not None:
        found["baselineState"] = "new" if one.introduced else "unchanged"
    if one.accepted:
        suppression = {"kind": "external", "status": "accepted", "justification": message(one.accepted)}
        found["suppressions"] = [suppression]
    found["properties"] = {
        "model": one.model,
        "section": one.section or None,
        "gates": one.gates,
        "introduced": one.introduced,
    }
    return found


def _location(report: CheckReport, place: GatePlace) -> dict[str, Any]:
    physical = artifact(path_from_top(report, place.path))
    if place.cell is not None:
        # A line within a cell is no line of the file.
        inside = f"cell {place.cell}" + (f", line {place.line}" if place.line is not None else "")
        return {"physicalLocation": physical, "message": {"text": inside}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line, "startColumn": place.column or 1}
    return {"physicalLocation": physical}


def _notes(report: CheckReport) -> list[dict[str, Any]]:
    notes = [notification("note", one) for one in report.notes]
    return notes + [
        notification("warning", f"Not read: {one.path}: {one.reason}.")
        for one in report.unread
        if one.matters
    ]
