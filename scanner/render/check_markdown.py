# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The parts of a check as Markdown, of which job summary, comment and report are made."""

from collections.abc import Iterator

from scanner.model.gate import CheckReport, GateFinding, JudgedModel
from scanner.model.report import DISCLAIMER
from scanner.render.changes import change_items
from scanner.render.check_text import headline, place_words, sorted_findings, unread_words
from scanner.render.markdown import Section, code, listing, plain, table

WORDS = 1_000
"""Characters of a cell; the JSON has every word."""

NAME = 250
"""Characters of a name."""


def parts(report: CheckReport, *, folded: bool) -> Iterator[Section]:
    """Yield the parts of a check, what matters most first.

    Args:
        report: The check.
        folded: Whether everything but what fails is folded away.
    """
    yield opening(report)
    found = list(sorted_findings(report))
    yield from (findings(title, those) for title, those in found if those[0].gates)
    if report.changes:
        items = ((mark, plain(text, WORDS)) for mark, text in change_items(report.changes))
        yield listing("Changes", items, folded=folded)
    if report.models:
        yield table("Models and data sets", _MODEL, map(_model, report.models), folded=folded)
    duties = [(one, duty) for one in report.models for duty in one.obligations]
    if duties:
        rows = ((code(one.dependency.name, NAME), plain(duty.what, WORDS)) for one, duty in duties)
        yield table("Duties under the planned uses", ("Model", "Duty"), rows, folded=True)
    yield from (findings(title, those, folded=True) for title, those in found if not those[0].gates)
    yield ending(report)


def opening(report: CheckReport) -> Section:
    """Return the result, in a word and in a sentence, and by whose policy."""
    lines = (f"## modelscan check {report.verdict}", "", plain(headline(report)), "")
    return Section(head=(*lines, plain(report.statement, 2 * WORDS), ""), foot=())


def findings(title: str, those: list[GateFinding], *, folded: bool = False, words: int = WORDS) -> Section:
    """Return findings as a table."""
    columns = ("Severity", "What", "Where", "What to do")
    return table(title, columns, (_finding(one, words) for one in those), folded=folded)


def ending(report: CheckReport) -> Section:
    """Return what a reader must know of the check itself."""
    notes = tuple(f"- {plain(one, WORDS)}" for one in (*report.notes, *unread_words(report)))
    return Section(head=(), rows=(*notes, *(("",) if notes else ())), foot=(f"_{plain(DISCLAIMER)}_", ""))


def _finding(one: GateFinding, words: int) -> tuple[str, ...]:
    section = f" (section {plain(one.section, NAME)})" if one.section else ""
    where = f"{plain(place_words(one), words)}{section}".strip()
    what = f"{plain(one.message, words)} {code(one.rule)}"
    return (one.severity.value, what, where, plain(one.accepted or one.how_to_fix, words))


_MODEL = ("Verdict", "Model", "Licence of the weights", "Known by", "Sign-off")


def _model(one: JudgedModel) -> tuple[str, ...]:
    section = f" (section {plain(one.section, NAME)})" if one.section else ""
    return (
        one.verdict.value if one.verdict else "not examined",
        f"{code(one.dependency.name, NAME)}{section}",
        plain(one.entry.license_words if one.entry else "unknown", WORDS),
        plain(one.why, WORDS),
        plain(one.signoff or "none", NAME),
    )
