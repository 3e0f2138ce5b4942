# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""JSON of strangers: bounded in size and depth, duplicate keys reported."""

import json
import re
from collections.abc import Iterable
from typing import Any

from scanner.guarded.refused import Refused
from scanner.model.base import Value

MAX_CHARACTERS = 64_000_000
"""Of one JSON text; the index of the largest sharded models is below 20 million."""

MAX_DEPTH = 64
"""Levels of nesting; real configurations use about ten."""

MAX_DIGITS = 40
"""Of one whole number: more than any size or count needs."""


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""A string, closed or not, or a bracket."""


class Parsed(Value, frozen=True, kw_only=True):
    """One JSON text as plain values."""

    value: Any
    """Of duplicate keys, the last, as every common reader does."""

    duplicates: tuple[tuple[str, Any], ...] = ()
    """Keys that stand twice in one object, with the earlier value."""


def load_json(text: str) -> Parsed:
    """Read a JSON text that a stranger wrote.

    Raises:
        Refused: too long, too deep, or no JSON (``NaN`` and the like included).
    """
    if len(text) > MAX_CHARACTERS:
        raise Refused(f"longer than {MAX_CHARACTERS:,} characters")
    _check_depth(text)
    duplicates: list[tuple[str, Any]] = []

    def mapping(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                duplicates.append((key, found[key]))
            found[key] = value
        return found

    try:
        value = json.loads(
            text, object_pairs_hook=mapping, parse_constant=_no_constant, parse_int=_whole, parse_float=float
        )
    except json.JSONDecodeError as error:
        raise Refused(f"no JSON: {error.msg}", line=error.lineno) from None
    except RecursionError:
        raise Refused(f"nested deeper than {MAX_DEPTH} levels") from None
    return Parsed(value=value, duplicates=tuple(duplicates))


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the parser recurses; brackets inside strings do not count."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused(f"nested deeper than {MAX_DEPTH} levels")
        elif token[0] in "]}":
            depth -= 1


def _no_constant(word: str) -> float:
    raise Refused(f"{word} is no JSON")


def _whole(digits: str) -> int | float:
    if digits == "-0":
        return -0.0  # no size and no count: readers that know only sizes refuse it
    if len(digits) > MAX_DIGITS:
        raise Refused(f"a number of {len(digits)} digits")
    return int(digits)
