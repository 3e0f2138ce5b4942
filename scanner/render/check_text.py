# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as text for a terminal or a log: what fails first, each with its place and what to do."""

from collections.abc import Iterable, Iterator
from textwrap import fill

from scanner.model.gate import CheckReport, GateFinding, JudgedModel
from scanner.model.report import DISCLAIMER
from scanner.render.changes import change_items
from scanner.render.words import counted
from scanner.sanitize import no_order, one_line

WIDTH = 100
"""Columns of the text."""

PLACES = 5
"""Places of one finding that are written out."""


def render_check_text(report: CheckReport) -> str:
    """Return a check as text."""
    lines = [_filled(headline(report)), _filled(report.statement)]
    for title, findings in sorted_findings(report):
        lines += ["", title]
        for one in findings:
            lines += _finding(one)
    if report.models:
        lines += ["", "Models"]
        lines += [line for one in report.models for line in _model(one)]
    if report.changes:
        lines += ["", "Changes"]
        lines += [_filled(f"{indent}{text}", "  ", "    ") for indent, text in change_items(report.changes)]
    notes = [*report.notes, *unread_words(report)]
    if notes:
        lines += ["", *(_filled(one) for one in notes)]
    return "\n".join([*lines, "", DISCLAIMER, ""])


def headline(report: CheckReport) -> str:
    """Return the result in one sentence: the same counts on every surface."""
    counts = report.summary
    named = "model or data set is" if counts.models == 1 else "models and data sets are"
    what = f"{counts.models:,} {named} named in {counted(counts.references, 'place')}"
    found = ", ".join(
        counted(number, word)
        for number, word in (
            (counts.errors, "error"),
            (counts.warnings, "warning"),
            (counts.notes, "note"),
        )
    )
    aside = [
        f"failing: {counts.failing:,}",
        *([f"there before: {counts.existing:,}"] if report.comparison else []),
        *([f"accepted: {counts.accepted:,}"] if counts.accepted else []),
    ]
    return f"modelscan check {report.verdict}: {what}; {found} ({', '.join(aside)})."


def sorted_findings(report: CheckReport) -> Iterator[tuple[str, list[GateFinding]]]:
    """Yield findings under a heading each: those that count, those that were there or are accepted, notes."""
    failing = [one for one in report.findings if one.gates]
    accepted = [one for one in report.findings if one.accepted and not one.gates]
    before = [one for one in report.findings if not one.introduced and one not in accepted]
    rest = [
        one for one in report.findings if one not in failing and one not in accepted and one not in before
    ]
    for title, findings in (
        ("Fails the check", failing),
        ("Accepted", accepted),
        ("There before this change", before),
        ("Told, and fails nothing", rest),
    ):
        if findings:
            yield title, findings


def place_words(one: GateFinding) -> str:
    """Return where a finding stands, in a few words."""
    shown = [_place(place.path, place.line, place.cell) for place in one.places[:PLACES]]
    more = len(one.places) - len(shown)
    return ", ".join([*shown, *([f"{more:,} more"] if more > 0 else [])])


def unread_words(report: CheckReport) -> Iterator[str]:
    """Yield what was not read, as far as it matters."""
    unread = [one for one in report.unread if one.matters]
    for one in unread[:PLACES]:
        yield f"Not read: {one.path}: {one.reason}."
    if len(unread) > PLACES:
        yield f"Not read: {len(unread) - PLACES:,} more; the JSON lists them."


def _place(path: str, line: int | None, cell: int | None) -> str:
    inside = f" cell {cell}" if cell is not None else ""
    return f"{path}{inside}:{line}" if line is not None else path


def _finding(one: GateFinding) -> Iterable[str]:
    yield _filled(f"{one.severity.value}: {one.message}  [{one.rule}]", "  ", "    ")
    where = place_words(one)
    section = f" (section {one.section})" if one.section else ""
    if where:
        yield _filled(f"at {where}{section}", "    ", "      ")
    if one.accepted:
        yield _filled(one.accepted, "    ", "      ")
    else:
        yield _filled(f"fix: {one.how_to_fix}", "    ", "      ")


def _model(one: JudgedModel) -> Iterable[str]:
    license_ = one.entry.license_words if one.entry else "unknown"
    section = f", section {one.section}" if one.section else ""
    verdict = one.verdict.value if one.verdict else "not examined"
    signoff = f", sign-off {one.signoff}" if one.signoff else ""
    yield _filled(
        f"{verdict:<12}  {one.dependency.name}: {license_} ({one.why}{section}{signoff})", "  ", "    "
    )
    for duty in one.obligations:
        yield _filled(f"duty: {duty.what}", "    ", "      ")


def _filled(text: str, first: str = "", rest: str = "") -> str:
    wrapped = fill(
        one_line(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(map(no_order, wrapped.split("\n")))
