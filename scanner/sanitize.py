# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The only door through which scanned text reaches a terminal, a CI log, CSV or Markdown."""

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that reorder what a reader sees (Unicode bidirectional formatting characters)."""


def one_line(text: str, limit: int | None = None) -> str:
    """Return text that cannot move the cursor, reorder or break the line.

    Control and format characters and lone surrogates become U+FFFD; line breaks and tabs become
    spaces.

    Args:
        text: Anything a stranger wrote.
        limit: Longest result in characters; a cut is marked with an ellipsis.
    """
    begin = text if limit is None else text[: limit + 1]
    clean = "".join(_inert(character) for character in begin)
    if limit is not None and len(clean) > limit:
        return clean[: max(limit - 1, 0)] + "…"
    return clean


def many_lines(text: str) -> str:
    """Return text that keeps its line breaks and is otherwise as inert as :func:`one_line`."""
    return "\n".join(one_line(line) for line in text.splitlines())


def no_order(line: str) -> str:
    """Return a line of a log that no build runner takes as an order.

    GitHub's runner obeys a line that begins with ``::`` after white space, and ``##[`` anywhere in a line;
    Azure's obeys ``##vso[``. A zero-width space between the two characters ends that.
    """
    line = _ORDER_BEGINS.sub("\\1:\u200b:", line)
    return _ORDER_INSIDE.sub("#\u200b#", line)


_ORDER_BEGINS = re.compile(r"^([\s\ufeff]*)::")
_ORDER_INSIDE = re.compile(r"##(?=\w*\[)")


def inert_json(text: str) -> str:
    """Return JSON in which whatever could steer a terminal, and lone surrogates, are JSON escapes.

    Such characters can only stand inside strings, so the value stays the same to a JSON reader.
    """
    text = _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


_STEERING = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<=#)#(?=\w*\[)")
"""What JSON lets stand as it is, and what a build runner takes as an order, see :func:`no_order`."""


def _inert(character: str) -> str:
    if character in "\n\r\t\v\f\x85\u2028\u2029":
        return " "
    if character in _BIDI or unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}:
        return REPLACEMENT
    return character
