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
from scanner.render.words import concluded, counted, deciding, opening, reason, worst_first
from scanner.sanitize import one_line

SHOWN = 5
"""Releases that the summary names, the worst first."""

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
    lines = [_wrapped(opening(report), width)]
    lines += [_entry(release, reason(release), width, color=color) for release in named[:SHOWN]]
    if len(named) > SHOWN:
        rest = [sum(one.verdict is word for one in named[SHOWN:]) for word in VerdictWord]
        told = [f"{count:,} {word.value}" for word, count in zip(VerdictWord, rest, strict=True) if count]
        lines.append(f"and {len(named) - SHOWN:,} more: {', '.join(reversed(told))}.")
    if report.not_checked:
        lines.append(f"Not checked: {counted(len(report.not_checked), 'item')}; the report lists them.")
    if written:
        lines.append(_wrapped(f"Report: {', '.join(map(one_line, written))}", width))
    return _joined([*lines, DISCLAIMER])


def render_text(report: Report, *, width: int, color: bool) -> str:
    """Return every release with its verdict, reasons, licence and what would settle it.

    Args:
        report: What was found.
        width: Columns to wrap at.
        color: Whether to colour the verdicts.
    """
    lines = [_wrapped(opening(report), width), ""]
    for release in worst_first(report):
        lines += [_entry(release, " ".join(_details(release)), width, color=color)]
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


def _details(release: ReleaseReport) -> Iterable[str]:
    verdict = deciding(release)
    yield from (_sentence(one) for one in (verdict.reasons if verdict else (reason(release),)))
    for conclusion in release.licenses.concluded[:1]:
        yield f"Licence of the weights: {concluded(conclusion)} ({conclusion.status.value})."
    duties = sum(duty.applies == "yes" for duty in release.obligations)
    if duties:
        yield f"{counted(duties, 'duty', 'duties')} to meet."
    if verdict and verdict.settle:
        yield f"To settle: {'; '.join(verdict.settle)}."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _entry(release: ReleaseReport, text: str, width: int, *, color: bool) -> str:
    """Return one release on one line that wraps below its name."""
    word = release.verdict.value.ljust(_COLUMN)
    name = release.name if release.path in {".", release.name} else f"{release.name} ({release.path})"
    line = _wrapped(f"{word}{one_line(name)}: {text}", width, " " * _COLUMN)
    if not color:
        return line
    return (
        f"\x1b[{_COLORS[release.verdict]}m{release.verdict.value}\x1b[0m{line[len(release.verdict.value) :]}"
    )


def _wrapped(text: str, width: int, indent: str = "") -> str:
    """Wrap between words only: a name or a digest that is longer than the line stays whole."""
    clean = one_line(text)
    return fill(
        clean, max(width, 20), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
