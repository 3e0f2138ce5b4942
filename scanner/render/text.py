# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Report to terminal text: the ten-line summary, and the whole list with one entry per release.

Long lines wrap and nothing is cut. Every word that a stranger wrote passes ``one_line``.
"""

from collections.abc import Iterable, Sequence
from textwrap import fill

from scanner.model.finding import VerdictWord
from scanner.model.report import DISCLAIMER, ReleaseReport, Report
from scanner.render.lineage import tree
from scanner.render.signoff import WORDS as SIGNOFF_WORDS
from scanner.render.words import (
    ACTS,
    PLANNED,
    beside,
    concluded,
    counted,
    deciding,
    label,
    listed,
    opening,
    reason,
    worst_first,
)
from scanner.sanitize import no_order, one_line

LINES = 10
"""Of the summary, as the terminal shows them."""

LEAST = 3
"""Releases that are named however many lines their reasons take on a narrow terminal, the worst first."""

PLAIN_WIDTH = 100
"""Columns of the text that goes to a file."""

_COLUMN = max(len(word) for word in VerdictWord) + 2
_COLORS = {
    VerdictWord.BLOCKED: "1;31",
    VerdictWord.REVIEW: "1;33",
    VerdictWord.CONDITIONAL: "1;36",
    VerdictWord.ALLOWED: "1;32",
}
"""Bold, and one of the eight colours that every terminal and its owner's theme know."""


def render_summary(report: Report, *, width: int, color: bool, written: Sequence[str] = ()) -> str:
    """Return the ten-line summary: verdict first, the worst releases, where the report is, the disclaimer.

    Args:
        report: What was found.
        width: Columns to wrap at.
        color: Whether to colour the verdicts.
        written: Names of the files that hold the report.
    """
    named = [release for release in worst_first(report) if release.verdict is not VerdictWord.ALLOWED]
    head, tail = _wrapped(opening(report), width), [DISCLAIMER]
    if written:
        tail.insert(0, _wrapped(f"Report: {', '.join(map(one_line, written))}", width))
    if report.not_checked:
        tail.insert(0, f"Not checked: {counted(len(report.not_checked), 'item')}; the report lists them.")
    entries = [
        _entry(release, " ".join((*_beside(release, report), reason(release))), width, color=color)
        for release in named[:LINES]
    ]
    shown = _fitting(entries, LINES - _height([head, *tail]), more=len(named))
    rest = [_more(named[shown:])] if shown < len(named) else []
    return _joined([head, *entries[:shown], *rest, *tail])


def _height(texts: Iterable[str]) -> int:
    return sum(text.count("\n") + 1 for text in texts)


def _fitting(entries: Sequence[str], room: int, *, more: int) -> int:
    """Return how many entries fit, with a line for the rest where there is one."""
    for number in range(len(entries), LEAST, -1):
        if _height(entries[:number]) + (number < more) <= room:
            return number
    return min(LEAST, len(entries))


def _more(rest: Sequence[ReleaseReport]) -> str:
    counts = [sum(one.verdict is word for one in rest) for word in VerdictWord]
    told = [f"{count:,} {word.value}" for word, count in zip(VerdictWord, counts, strict=True) if count]
    return f"and {len(rest):,} more: {', '.join(reversed(told))}."


def render_text(report: Report, *, width: int, color: bool) -> str:
    """Return every release with its verdict, reasons, licence and what would settle it.

    Args:
        report: What was found.
        width: Columns to wrap at.
        color: Whether to colour the verdicts.
    """
    lines = [_wrapped(opening(report), width), ""]
    by_path = {release.path: release for release in report.releases}
    for release in worst_first(report):
        told = " ".join((*_beside(release, report), *_details(release)))
        lines += [_entry(release, told, width, color=color)]
        lines += [_kin(depth, text, width) for depth, text in tree(release, by_path)]
    if report.not_checked:
        lines += ["", "Not checked:"]
        lines += [_wrapped(f"  {one.path}: {one.reason}", width, "    ") for one in report.not_checked]
    digests = f"catalogue {report.catalogue_digest}, policy {report.policy_digest}"
    tool = f"{report.tool.name} {report.tool.version}"
    lines += ["", _wrapped(f"{tool}, as of {report.as_of}, {digests}", width), DISCLAIMER]
    return _joined(lines)


def render_plain_text(report: Report) -> str:
    """Return the whole text without colour, for a file."""
    return render_text(report, width=PLAIN_WIDTH, color=False)


def _beside(release: ReleaseReport, report: Report) -> Iterable[str]:
    """Yield the verdicts under several use cases as a sentence."""
    told = beside(release.verdicts, report.use_cases)
    if told:
        yield f"{told}."


def _details(release: ReleaseReport) -> Iterable[str]:
    verdict = deciding(release)
    yield from (_sentence(one) for one in (verdict.reasons if verdict else (reason(release),)))
    for conclusion in release.licenses.concluded[:1]:
        yield f"Licence of the weights: {concluded(conclusion)} ({conclusion.status.value})."
    yield f"Openness: {release.openness.label}{_classed(release)}."
    yield from _by_act(release, verdict.use_case if verdict else "")
    for one in release.signoffs:
        who = f" by {one.approver.name} until {one.until}" if one.approver else ""
        yield f"Sign-off: {SIGNOFF_WORDS[one.state]}{who}: {one.why}."
    duties = sum(duty.applies == "yes" for duty in release.obligations)
    if duties:
        yield f"{counted(duties, 'duty', 'duties')} to meet."
    if verdict and verdict.settle:
        yield f"To settle: {'; '.join(verdict.settle)}."


def _by_act(release: ReleaseReport, use_case: str) -> Iterable[str]:
    """Yield the verdicts of acts by themselves: of those that are planned, then of all others."""
    for planned in (True, False):
        acts: dict[VerdictWord, list[str]] = {}
        for cell in release.acts:
            if (cell.use_case, cell.planned) == (use_case, planned):
                acts.setdefault(cell.verdict, []).append(ACTS[cell.act])
        told = (f"{word} for {listed(acts[word])}" for word in VerdictWord if word in acts)
        if acts:
            yield f"Each act alone, {PLANNED[planned]}: {'; '.join(told)}."


def _kin(depth: int, text: str, width: int) -> str:
    """Return one link of a lineage below its release, indented by generation up to half of the width."""
    indent = " " * min(_COLUMN + 2 * (depth - 1), max(width, 20) // 2)
    return _wrapped(f"{indent}- {one_line(text)}", width, f"{indent}  ")


def _classed(release: ReleaseReport) -> str:
    """Return the class of the Model Openness Framework as a part of a sentence."""
    mof = release.openness.mof
    return f", class {mof.reached} of the Model Openness Framework" if mof and mof.reached else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _entry(release: ReleaseReport, text: str, width: int, *, color: bool) -> str:
    """Return one release on one line that wraps below its name."""
    word = release.verdict.value.ljust(_COLUMN)
    line = _wrapped(f"{word}{one_line(label(release))}: {text}", width, " " * _COLUMN)
    if not color:
        return line
    return (
        f"\x1b[{_COLORS[release.verdict]}m{release.verdict.value}\x1b[0m{line[len(release.verdict.value) :]}"
    )


def _wrapped(text: str, width: int, indent: str = "") -> str:
    """Wrap between words only: a name or a digest that is longer than the line stays whole."""
    clean = one_line(text)
    wrapped = fill(
        clean, max(width, 20), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(map(no_order, wrapped.split("\n")))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
