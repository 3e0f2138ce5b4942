# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report as tables for spreadsheets: every cell a text that no spreadsheet runs.

Columns are called as in the JSON. A cell that a spreadsheet would take for a formula gets an apostrophe in
front, as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection); nothing is taken away.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from scanner.model.base import Evidence, Value
from scanner.model.finding import Duty, Finding, Outcome, Severity
from scanner.model.release import Artifact
from scanner.model.report import DISCLAIMER, ReleaseReport, Report
from scanner.model.signoff import ReportedSignoff
from scanner.render.signoff import WORDS as STATES
from scanner.render.words import concluded, deciding, opening, place
from scanner.sanitize import no_order, one_line

_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200d\u2060]*[=+\-@\uff0b\uff0d\uff1d\uff20]")
"""How a cell begins that a spreadsheet may run; full-width signs are taken for the plain ones."""

BETWEEN = "; "
"""Between several things in one cell: a line break within a cell is lost in too many programs."""


class Table(Value, frozen=True, kw_only=True):
    """One table; every row has a cell for each column."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def cell(text: str, limit: int | None = None) -> str:
    """Return a text as a cell that is inert in a spreadsheet and in a log.

    >>> cell("=1+1")
    "'=1+1"
    >>> cell("a =1")
    'a =1'
    """
    clean = no_order(one_line(text, limit))
    return f"'{clean}" if _FORMULA.match(clean) else clean


def tables(report: Report) -> tuple[Table, ...]:
    """Return every table of a report."""
    return tuple(table(report) for table in TABLES.values())


def severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Return how many findings there are of each severity, but for those that are not settled."""
    told = [one.severity for one in findings if one.outcome is Outcome.FINDING]
    return {severity: told.count(severity) for severity in Severity}


def unsettled(findings: Iterable[Finding]) -> int:
    """Return how many findings are open questions."""
    return sum(one.outcome is Outcome.UNKNOWN for one in findings)


def decision(one: ReportedSignoff) -> str:
    """Return what a decision is worth now, and whose it is: ``hosted: stale, by A. B. until 2027-01-31``."""
    who = f", by {one.approver.name} until {one.until}" if one.approver else ""
    return f"{one.use_case}: {STATES[one.state]}{who}"


def applying(duties: Iterable[Duty]) -> tuple[int, int]:
    """Return how many obligations or restrictions apply, and of how many it is not settled."""
    answers = [one.applies for one in duties]
    return answers.count("yes"), answers.count("unknown")


def _table(name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return Table(
        name=name,
        title=title,
        columns=tuple(columns),
        rows=tuple(tuple(map(cell, row)) for row in rows),
    )


def _about(report: Report) -> Table:
    rows = [
        ("statement", opening(report)),
        ("as_of", report.as_of),
        ("tool", f"{report.tool.name} {report.tool.version}"),
        ("catalogue.digest", report.catalogue_digest),
        ("policy.digest", report.policy_digest),
        *((f"summary.{name}", str(getattr(report.summary, name))) for name in _COUNTS),
        *((f"not checked: {one.path}", one.reason) for one in report.not_checked),
        ("disclaimer", DISCLAIMER),
    ]
    return _table("about", "About", ("name", "value"), rows)


_COUNTS = ("releases", "allowed", "conditional", "review", "blocked")

_RELEASE = (
    *("verdict", "name", "path", "purl", "revision", "license", "status", "why", "declared", "effective"),
    *(
        "base_models",
        "openness",
        "mof",
        "because",
        "reasons",
        "settle",
        "errors",
        "warnings",
        "notes",
        "unsettled",
    ),
    *(
        "obligations",
        "obligations_unknown",
        "restrictions",
        "restrictions_unknown",
        "unread",
        "verdicts",
        "signoffs",
    ),
)


def _releases(report: Report) -> Table:
    return _table("releases", "Releases", _RELEASE, (tuple(_release(one)) for one in report.releases))


def _release(release: ReleaseReport) -> Iterator[str]:
    weights = next(iter(release.licenses.concluded), None)
    verdict = deciding(release)
    mof = release.openness.mof
    yield from (release.verdict.value, release.name, release.path, release.purl or "", release.revision or "")
    yield from (concluded(weights), weights.status.value, weights.why) if weights else ("", "", "")
    yield _joined(dict.fromkeys(one.raw for one in release.licenses.declared))
    yield _joined(_binding(one.key, one.via, certain=one.certain) for one in release.effective)
    yield _joined(edge.parent for edge in release.lineage)
    yield from (release.openness.label.value, str(mof.reached or "") if mof else "")
    yield _joined(verdict.because if verdict else ())
    yield _joined(verdict.reasons if verdict else ())
    yield _joined(verdict.settle if verdict else ())
    yield from map(str, (*severities(release.findings).values(), unsettled(release.findings)))
    yield from map(str, (*applying(release.obligations), *applying(release.restrictions)))
    yield str(len(release.unread))
    yield _joined(f"{one.use_case}: {one.verdict.value}" for one in release.verdicts)
    yield _joined(map(decision, release.signoffs))


def _binding(key: str, via: str | None, *, certain: bool) -> str:
    return f"{key}{f' by way of {via}' if via else ''}{'' if certain else ' (may bind)'}"


_DUTY = (
    *("release", "use_case", "applies", "satisfied", "title", "what", "license", "section", "via", "certain"),
    *("triggered_by", "why", "evidence", "id"),
)


def _duties(report: Report, kind: str) -> Table:
    rows = (_duty(release, one) for release in report.releases for one in getattr(release, kind))
    return _table(kind, kind.title(), _DUTY, rows)


def _duty(release: ReleaseReport, one: Duty) -> tuple[str, ...]:
    return (
        release.path,
        one.use_case,
        one.applies,
        one.satisfied,
        one.title,
        one.what,
        one.license,
        one.section,
        one.via or "",
        "yes" if one.certain else "no",
        _joined(one.triggered_by),
        one.why,
        _places(one.evidence),
        one.id,
    )


_FINDING = (
    *("release", "use_case", "severity", "outcome", "confidence", "because", "message", "how_to_fix"),
    *("settle", "evidence", "quote", "rule", "fingerprint"),
)


def _findings(report: Report) -> Table:
    rows = (
        _finding(release, one)
        for release in report.releases
        for one in release.findings
        if one.outcome is not Outcome.PASS
    )
    return _table("findings", "Findings", _FINDING, rows)


def _finding(release: ReleaseReport, one: Finding) -> tuple[str, ...]:
    return (
        release.path,
        one.use_case,
        one.severity.value,
        one.outcome.value,
        one.confidence.value,
        one.because,
        one.message,
        one.how_to_fix,
        one.settle or "",
        _places(one.evidence),
        _joined(each.quote for each in one.evidence if each.quote),
        one.rule,
        one.fingerprint,
    )


_FILE = ("release", "path", "kind", "size", "format", "sha256", "sha256_how", "here", "unread")


def _files(report: Report) -> Table:
    rows = chain.from_iterable(map(_files_of, report.releases))
    return _table("files", "Files", _FILE, rows)


def _files_of(release: ReleaseReport) -> Iterator[tuple[str, ...]]:
    """Yield every file of a release, then what was not read and is no file of it."""
    reasons: dict[str, list[str]] = {}
    for one in release.unread:
        reasons.setdefault(one.path, []).append(one.reason)
    for file in release.files:
        yield _file(release, file, reasons.pop(file.path, []))
    for path, why in reasons.items():
        yield (release.path, path, "", "", "", "", "", "", _joined(why))


def _file(release: ReleaseReport, one: Artifact, unread: Sequence[str]) -> tuple[str, ...]:
    return (
        release.path,
        one.path,
        one.kind.value,
        str(one.size),
        one.format or "",
        one.sha256 or "",
        one.sha256_how,
        one.here,
        _joined(unread),
    )


def _joined(items: Iterable[str]) -> str:
    return BETWEEN.join(items)


def _places(evidence: Iterable[Evidence]) -> str:
    return _joined(map(place, evidence))


TABLES: dict[str, Callable[[Report], Table]] = {
    "about": _about,
    "releases": _releases,
    "obligations": partial(_duties, kind="obligations"),
    "restrictions": partial(_duties, kind="restrictions"),
    "findings": _findings,
    "files": _files,
}
"""By name, in the order of the sheets."""
