# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Markdown in which no stranger's word is markup, calls anybody or links anywhere.

GitHub looks for mentions, issue numbers and addresses after a backslash was taken away, so a zero-width
space follows what would begin one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from scanner.model.base import Value
from scanner.sanitize import no_order, one_line

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|<>~&@$-])")
_CALLS = re.compile(r"(://|@|#(?=\d)|\bwww(?=\.)|\bGH(?=-))", re.IGNORECASE)
_LISTED = re.compile(r"^(\d+)\.")
_NOT_IN_CODE = frozenset("`|\\")
_LEFT_OUT = "_{} rows are left out for their length; the JSON report has all of them._"
_RESERVE = 200
"""Bytes that are kept for that sentence."""


def plain(text: str, limit: int | None = None) -> str:
    """Return text in one line that is no markup, anywhere in a line or in the cell of a table."""
    calm = _CALLS.sub(_broken, one_line(text, limit))
    return _LISTED.sub(r"\1\\.", _MARKUP.sub(r"\\\1", calm))


def code(text: str, limit: int | None = None) -> str:
    """Return a name as code that can be copied, or as plain text where code could be broken out of."""
    clean = one_line(text, limit)
    if not clean or clean != clean.strip() or _NOT_IN_CODE & set(clean):
        return plain(clean)
    return f"`{no_order(clean)}`"


def _broken(match: re.Match[str]) -> str:
    return ":\u200b//" if match[0] == "://" else f"{match[0]}\u200b"


class Section(Value, frozen=True, kw_only=True):
    """A part of a page; of its rows, as many are shown as there is room for."""

    head: tuple[str, ...]
    rows: tuple[str, ...] = ()
    foot: tuple[str, ...] = ("",)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, folded: bool) -> Section:
    """Return a table under a heading that tells its length, or folded away behind it."""
    lines = tuple(f"| {' | '.join(cells)} |" for cells in rows)
    head = (f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}")
    return _framed(f"{title} ({len(lines):,})", head, lines, folded=folded)


def listing(title: str, items: Iterable[tuple[str, str]], *, folded: bool) -> Section:
    """Return a list of items, each after its mark (``- ``, indented below another one), as :func:`table`."""
    rows = tuple(items)
    number = sum(mark == "- " for mark, _ in rows)
    return _framed(f"{title} ({number:,})", (), tuple(map("".join, rows)), folded=folded)


def _framed(title: str, head: tuple[str, ...], rows: tuple[str, ...], *, folded: bool) -> Section:
    if folded:
        opening = (f"<details><summary>{title}</summary>", "", *head)
        return Section(head=opening, rows=rows, foot=("", "</details>", ""))
    return Section(head=(f"### {title}", "", *head), rows=rows)


def page(sections: Iterable[Section], limit: int | None = None) -> str:
    """Return sections as one text of whole lines.

    Args:
        sections: In the order in which they matter: what comes last is left out first.
        limit: Most bytes of UTF-8.
    """
    left = limit - _RESERVE if limit is not None else None
    lines: list[str] = []
    missing = 0
    for section in sections:
        frame = _size((*section.head, *section.foot))
        if left is not None and frame > left:
            missing += len(section.rows) or 1
            continue
        shown = list(_fitting(section.rows, left - frame if left is not None else None))
        missing += len(section.rows) - len(shown)
        found = [*section.head, *shown, *section.foot]
        lines += found
        left = left - _size(found) if left is not None else None
    if missing:
        lines += [_LEFT_OUT.format(f"{missing:,}"), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _fitting(rows: Iterable[str], left: int | None) -> Iterator[str]:
    """Yield the first rows, as far as there is room."""
    for row in rows:
        if left is not None:
            left -= _size([row])
            if left < 0:
                return
        yield row


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)
