# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report as Markdown, for a file, a ticket or a wiki; files and their digests are left to the others."""

from collections.abc import Iterable, Iterator

from scanner.model.finding import Duty, Finding, Outcome, Verdict
from scanner.model.report import DISCLAIMER, ReleaseReport, Report
from scanner.render.lineage import tree
from scanner.render.markdown import Section, code, listing, page, plain, table
from scanner.render.tables import applying, decision, severities, unsettled
from scanner.render.words import (
    AXES,
    BECAUSE,
    GRADES,
    concluded,
    counted,
    label,
    listed,
    opening,
    place,
    weights_words,
    worst_first,
)

_RELEASES = ("Verdict", "Release", "Licence of the weights", "Openness", "Findings", "Duties", "Restrictions")
_FINDINGS = ("Severity", "What", "Where", "What to do")
_DUTIES = ("Applies", "Met", "What", "Licence", "Why")


def render_md(report: Report) -> str:
    """Return a report as Markdown."""
    return page(_parts(report))


def _parts(report: Report) -> Iterator[Section]:
    yield Section(head=("# Model licence audit", "", plain(opening(report)), ""), foot=())
    ordered = worst_first(report)
    yield table("Releases", _RELEASES, map(_row, ordered), folded=False)
    by_path = {release.path: release for release in report.releases}
    for release in ordered:
        yield from _release(release, by_path)
    if report.not_checked:
        items = (("- ", f"{plain(one.path)}: {plain(one.reason)}") for one in report.not_checked)
        yield listing("Not checked", items, folded=False)
    digests = f"catalogue {report.catalogue_digest}, policy {report.policy_digest}"
    tool = f"{report.tool.name} {report.tool.version}, as of {report.as_of}, {digests}"
    yield Section(head=(plain(tool), "", f"_{plain(DISCLAIMER)}_"), foot=())


def _row(release: ReleaseReport) -> tuple[str, ...]:
    return (
        release.verdict.value,
        plain(label(release)),
        plain(weights_words(release)),
        plain(release.openness.label.value),
        listed(
            counted(number, word.value) for word, number in severities(release.findings).items() if number
        ),
        _applying(release.obligations),
        _applying(release.restrictions),
    )


def _counts(findings: Iterable[Finding]) -> str:
    """Return ``2 errors, 1 not settled``."""
    found = tuple(findings)
    parts = [counted(number, word.value) for word, number in severities(found).items() if number]
    open_ = unsettled(found)
    return ", ".join([*parts, *([f"{open_:,} not settled"] if open_ else [])])


def _applying(duties: Iterable[Duty]) -> str:
    """Return ``3 apply, 1 is not settled``."""
    sure, open_ = applying(duties)
    parts = [f"{sure:,} {'applies' if sure == 1 else 'apply'}"] if sure else []
    return ", ".join([*parts, *([f"{open_:,} not settled"] if open_ else [])])


def _release(release: ReleaseReport, by_path: dict[str, ReleaseReport]) -> Iterator[Section]:
    facts = [f"- Package: {code(release.purl)}"] if release.purl else []
    for one in release.licenses.concluded:
        known = plain(f"{concluded(one)} ({one.status.value}): {one.why}")
        facts.append(f"- Licence of the {one.component.value}: {known}")
    axes = listed(f"{AXES[one.axis].lower()} {GRADES[one.grade]}" for one in release.openness.axes)
    facts += [f"- Sign-off: {plain(f'{decision(one)}: {one.why}')}" for one in release.signoffs]
    facts.append(f"- Openness: {plain(f'{release.openness.label.value} ({axes})')}")
    yield Section(head=(f"## {plain(label(release))}", "", *facts, ""), foot=())
    for verdict in release.verdicts:
        yield listing(_title(verdict), _reasons(verdict), folded=False)
    links = [("  " * (depth - 1) + "- ", plain(text)) for depth, text in tree(release, by_path)]
    if links:
        yield listing("Where it comes from", links, folded=False)
    found = [one for one in release.findings if one.outcome is not Outcome.PASS]
    yield from _table("Findings", _FINDINGS, map(_finding, found))
    yield from _table("Obligations", _DUTIES, _duties(release.obligations))
    limits = (row[:1] + row[2:] for row in _duties(release.restrictions))
    yield from _table("Restrictions", _DUTIES[:1] + _DUTIES[2:], limits)
    unread = [("- ", f"{plain(one.path)}: {plain(one.reason)}") for one in release.unread]
    if unread:
        yield listing("Not read", unread, folded=False)


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[Section]:
    found = list(rows)
    if found:
        yield table(title, columns, found, folded=False)


def _title(verdict: Verdict) -> str:
    because = listed(BECAUSE[one] for one in verdict.because)
    return plain(f"{verdict.verdict.value} for {verdict.use_case}" + (f", by {because}" if because else ""))


def _reasons(verdict: Verdict) -> Iterator[tuple[str, str]]:
    yield from (("- ", plain(one)) for one in verdict.reasons)
    yield from (("- ", f"To settle: {plain(one)}") for one in verdict.settle)


def _finding(one: Finding) -> tuple[str, ...]:
    word = one.severity.value if one.outcome is Outcome.FINDING else f"{one.severity.value}, not settled"
    where = "; ".join(map(place, one.evidence))
    return (word, f"{plain(one.message)} {code(one.rule)}", plain(where), plain(one.how_to_fix))


def _duties(duties: Iterable[Duty]) -> Iterator[tuple[str, ...]]:
    return (_duty(one) for one in duties if one.applies != "no")


def _duty(one: Duty) -> tuple[str, ...]:
    via = f", by way of {one.via}" if one.via else ""
    sure = "" if one.certain else " (may bind)"
    return (
        one.applies,
        one.satisfied,
        plain(one.what),
        plain(f"{one.license}{via}{sure}"),
        plain(one.why),
    )
