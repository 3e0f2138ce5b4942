# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report as SARIF 2.1.0: one result for each finding, at the lines that it quotes.

Places are relative to the scanned root. What is not settled is at most a warning, as it never makes more than
a review, and is no ``kind: review``: that has no level, and viewers hide it.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from scanner.model.base import Evidence
from scanner.model.finding import Finding, Outcome, Severity
from scanner.model.release import ArtifactKind
from scanner.model.report import DISCLAIMER, ReleaseReport, Report
from scanner.render.sarif_parts import artifact, log_of, message, notification, problem, root_of
from scanner.render.words import opening, place


def render_sarif(report: Report) -> str:
    """Return a report as a SARIF log with one run."""
    rules = _rules(report)
    order = {rule["id"]: number for number, rule in enumerate(rules)}
    tool = {"name": report.tool.name, "version": report.tool.version, "rules": rules}
    return log_of(
        {
            "tool": {"driver": tool},
            "automationDetails": {"id": "modelscan-report/"},
            "invocations": [
                {"executionSuccessful": True, "toolExecutionNotifications": list(_notes(report))}
            ],
            "originalUriBaseIds": root_of("The folder that was scanned."),
            "columnKind": "unicodeCodePoints",
            "results": [
                _result(release, one, order) for release in report.releases for one in release.findings
            ],
            "properties": {
                "statement": opening(report),
                "as_of": report.as_of,
                "summary": msgspec.to_builtins(report.summary),
                "releases": [_release(one) for one in report.releases],
                "disclaimer": DISCLAIMER,
            },
        }
    )


def _release(release: ReleaseReport) -> dict[str, Any]:
    return {
        "name": release.name,
        "path": release.path,
        "verdict": release.verdict.value,
        "signoffs": [{"use_case": one.use_case, "state": one.state.value} for one in release.signoffs],
    }


def _rules(report: Report) -> list[dict[str, Any]]:
    """Return the rules that speak, each with the gravest severity that it has here."""
    order = list(Severity)
    found: dict[str, Severity] = {}
    for one in (one for release in report.releases for one in release.findings):
        found[one.rule] = min(found.get(one.rule, one.severity), one.severity, key=order.index)
    return [_rule(name, found[name]) for name in sorted(found)]


def _rule(name: str, severity: Severity) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": message(name.rpartition("/")[2].replace("-", " "))},
        "help": {"text": message(f"modelscan explain {name} tells what it looks at, and why.")},
        "defaultConfiguration": {"level": severity.value},
        "properties": {"tags": ["ai-model", "license"], "problem.severity": problem(severity.value)},
    }


def _result(release: ReleaseReport, one: Finding, order: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": one.rule,
        "ruleIndex": order[one.rule],
        **({"kind": "pass"} if one.outcome is Outcome.PASS else {}),
        "level": _level(one),
        "message": {"text": message(f"{release.name}: {one.message} What to do: {one.how_to_fix}")},
        "locations": [_location(release, each) for each in one.evidence] or [_whole(release)],
        "partialFingerprints": {"modelscan/v1": one.fingerprint},
        "properties": {
            "release": release.path,
            "use_case": one.use_case,
            "outcome": one.outcome.value,
            "because": one.because,
            "confidence": one.confidence.value,
            "settle": one.settle,
        },
    }


def _level(one: Finding) -> str:
    if one.outcome is Outcome.PASS:
        return "none"
    open_ = one.outcome is Outcome.UNKNOWN and one.severity is Severity.ERROR
    return Severity.WARNING.value if open_ else one.severity.value


def _location(release: ReleaseReport, evidence: Evidence) -> dict[str, Any]:
    found: dict[str, Any] = artifact(_path(release, evidence.path))
    if evidence.lines is None:
        return {"physicalLocation": found, "message": {"text": message(place(evidence))}}
    first, last = evidence.lines
    found["region"] = {"startLine": first, "endLine": last}
    if evidence.quote:
        found["region"]["snippet"] = {"text": message(evidence.quote)}
    return {"physicalLocation": found}


def _whole(release: ReleaseReport) -> dict[str, Any]:
    """Return the place of what no line says: the card, else whatever file comes first."""
    files = sorted(release.files, key=lambda one: (one.kind is not ArtifactKind.CARD, one.path))
    return {"physicalLocation": artifact(_path(release, files[0].path) if files else release.path)}


def _path(release: ReleaseReport, path: str) -> str:
    """Return a path of a release as it is counted from the scanned root."""
    folder = "" if release.path == "." else release.path
    ending = f".{release.path.rpartition('.')[2]}"
    if release.files and all(
        one.kind is ArtifactKind.WEIGHTS and "/" not in one.path and one.path.endswith(ending)
        for one in release.files
    ):
        folder = folder.rpartition("/")[0]  # loose weights: the release has the name of its file
    return f"{folder}/{path}" if folder else path


def _notes(report: Report) -> Iterator[dict[str, Any]]:
    unread = ((release.path, one) for release in report.releases for one in release.unread)
    yield from (_unread(f"{path}: {one.path}", one.reason, grave=one.matters) for path, one in unread)
    yield from (_unread(one.path, one.reason, grave=False) for one in report.not_checked)


def _unread(path: str, reason: str, *, grave: bool) -> dict[str, Any]:
    return notification("warning" if grave else "note", f"Not read: {path}: {reason}.")
