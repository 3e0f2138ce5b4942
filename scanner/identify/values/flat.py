# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A text on one line, as the patterns read it, with the way back to the file's own lines and words.

Markup, quotation marks, dashes and layout differ between copies of one text. So every character is
first levelled in its place (the length never changes), then lines are joined: marks at their beginning
go, runs of white space become one space, a word divided by a hyphen and Chinese text are joined
without one. Law: what stands in ``text`` at ``i`` stands in the file at ``place(i)``, levelled.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from scanner.model.base import excerpt

MAX_CHARACTERS = 4_000_000
"""Of one text; the same as in recognition."""

_GONE = "\u200b"
"""What stands, after levelling, where a character carries nothing."""

_LEVEL: dict[int, str] = (
    {ord(mark): _GONE for mark in "\\*`\x00"}
    | dict.fromkeys(map(ord, "|\t"), " ")
    | dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\uff02"), '"')
    | dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u00b4\uff07"), "'")
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
    | {ord(mark) + 0xFEE0: mark for mark in "()[],:;!%"}  # full width
    | dict.fromkeys((0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)), _GONE)
    | dict.fromkeys((*range(0x2060, 0x2070), *range(0xE000, 0xE010)), _GONE)
    | dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), " ")
)
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _LEVEL)))}]")
"""What is levelled at all."""

MAX_PIECE = 2000
"""Characters of one line that are joined at once: a longer line is taken apart, so that finding one's way
back costs the same in every text."""

_MARKS = " #>/;%-•·"
"""What a line may begin with that is no part of its sentence: comments, quotations, bullets, headings."""

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>]{0,300})?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,10});")
_DIVIDED = re.compile(r"[^\W\d_]-\Z")
_RUN = re.compile(r"\S+")
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")


class _Piece(NamedTuple):
    """A line, or a part of a long one."""

    row: int
    column: int
    text: str


class Flat:
    """One text, flat.

    Attributes:
        text: On one line, in its own case.
        lowered: The same in lower case, character by character.
    """

    def __init__(self, text: str) -> None:
        """Flatten a text; any text can be."""
        self._own = _broken(text[:MAX_CHARACTERS]).split("\n")
        self._pieces = list(_pieces(level("\n".join(self._own)).split("\n")))
        self._starts: list[int] = []
        self._found: list[_Piece] = []
        self._columns: dict[int, list[int]] = {}
        self.text = "".join(self._joined())
        lowered = self.text.lower()
        self.lowered = lowered if len(lowered) == len(self.text) else "".join(map(_lower, self.text))

    def _joined(self) -> list[str]:
        parts: list[str] = []
        last = ""
        length = 0
        for piece in self._pieces:
            kept = collapsed(piece.text)
            if not kept:
                continue
            if last and not _closes_up(last, kept):
                parts.append(" ")
                length += 1
            self._starts.append(length)
            self._found.append(piece)
            parts.append(kept)
            length += len(kept)
            last = kept
        return parts

    def place(self, position: int) -> tuple[int, int]:
        """Return line and column in the file, counted from 0, of a character of ``text``."""
        number = max(0, bisect_right(self._starts, position) - 1)
        piece = self._found[number]
        if number not in self._columns:
            self._columns[number] = kept_columns(piece.text)
        columns = self._columns[number]
        return piece.row, piece.column + columns[min(position - self._starts[number], len(columns) - 1)]

    def lines(self, begin: int, end: int) -> tuple[int, int]:
        """Return the file's lines, counted from 0, of a run of characters that is not empty."""
        return self.place(begin)[0], self.place(end - 1)[0]

    def quote(self, begin: int, end: int, limit: int = 300) -> str:
        """Return the file's own words for a run of characters that is not empty, on one line."""
        end = min(end, begin + limit)
        (first, left), (last, right) = self.place(begin), self.place(end - 1)
        if first == last:
            own = self._own[first][left : right + 1]
        else:
            inner = self._own[first + 1 : last]
            own = " ".join([self._own[first][left:], *inner, self._own[last][: right + 1]])
        own = " ".join(own.split())
        return excerpt(own, limit)


def level(text: str) -> str:
    """Level every character in its place; the length and the line breaks never change."""
    if "<" in text:
        text = _TAG.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    return _ODD.sub(_levelled, text)


def _levelled(match: re.Match[str]) -> str:
    return _LEVEL[ord(match.group())]


def collapsed(line: str) -> str:
    """Return a levelled line without marks at its beginning, empty characters and runs of white space."""
    if _GONE in line:
        line = line.replace(_GONE, "")
    return " ".join(line.split()).lstrip(_MARKS)


def kept_columns(line: str) -> list[int]:
    """Return, for each character of the collapsed line, its column; at least one."""
    columns: list[int] = []
    for match in _RUN.finditer(line):
        begin, end = match.span()
        kept = list(range(begin, end))
        if _GONE in match.group():
            kept = [column for column in kept if line[column] != _GONE]
        if not columns:
            while kept and line[kept[0]] in _MARKS:
                del kept[0]
        elif kept:
            columns.append(begin - 1)
        columns += kept
    return columns or [0]


def _pieces(lines: list[str]) -> Iterator[_Piece]:
    """Yield the lines, long ones in pieces that end between words where they can."""
    for row, line in enumerate(lines):
        column = 0
        while len(line) - column > MAX_PIECE:
            end = line.rfind(" ", column + 1, column + MAX_PIECE) + 1 or column + MAX_PIECE
            yield _Piece(row, column, line[column:end])
            column = end
        yield _Piece(row, column, line[column:])


def _closes_up(last: str, following: str) -> bool:
    """Whether nothing stands between two pieces: a divided word, or Chinese text."""
    return _DIVIDED.search(last, len(last) - 2) is not None or (
        _CJK.match(last[-1]) is not None and _CJK.match(following) is not None
    )


def _broken(text: str) -> str:
    """Return the text with one character for every line break, counted as the file's readers count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unescaped(match: re.Match[str]) -> str:
    """Return the character of an entity, padded to the same length."""
    character = html.unescape(match.group())
    if len(character) != 1 or character in "\n\r":
        return match.group()
    return character + _GONE * (len(match.group()) - 1)


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character
