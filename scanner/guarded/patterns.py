# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Regular expressions that a record brings along: they meet texts of strangers, so their cost is bounded.

Python's engine tries every way in which a pattern may match. A short pattern that finds a place in a
licence has a handful of ways; one that repeats what repeats has so many that a scan would never end.
"""

import re
import warnings

MAX_LENGTH = 200
"""Characters; the longest pattern of our own records has below 80."""

MAX_WAYS = 10_000
"""Ways in which a pattern may match at one place."""

_LITERAL = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""An escaped character or a class: whatever stands inside is no operator."""

_OPERATOR = re.compile(
    r"(?P<endless>[*+]|\{\d*,\})|\{(?P<least>\d*),?(?P<most>\d*)\}|(?P<either>\||(?<![?*+}(])\?)"
)
"""What gives a pattern more than one way to match; the second mark of ``*?`` and ``{2,3}?`` gives none."""


def pattern_problem(pattern: str) -> str | None:
    """Return why a pattern is not used, in words, or None.

    >>> pattern_problem("more than 700 million .{0,40}users")
    >>> pattern_problem("(a+)+$")
    "'+' repeats without end; write a bound, as in {0,40}"
    >>> pattern_problem("(ab){2}")
    'a group is repeated; write it out'
    """
    if not pattern.strip():
        return "it is empty"
    if len(pattern) > MAX_LENGTH:
        return f"it is longer than {MAX_LENGTH} characters; a few words that find the place are enough"
    costly = _cost_problem(_LITERAL.sub("x", pattern))
    if costly:
        return costly
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python may read in another way one day, as [[
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        return f"it is no regular expression ({error})"
    return None


def _cost_problem(bare: str) -> str | None:
    """Return why a pattern, bare of literals, costs too much."""
    ways = 1
    for operator in _OPERATOR.finditer(bare):
        if operator["endless"]:
            return f"{operator[0]!r} repeats without end; write a bound, as in {{0,40}}"
        if not operator["either"] and bare[: operator.start()].endswith(")"):
            return "a group is repeated; write it out"
        ways *= _ways(operator)
    return "it may match in too many ways; write it plainly" if ways > MAX_WAYS else None


def _ways(operator: "re.Match[str]") -> int:
    """Return in how many ways an operator lets what it stands at match."""
    if operator["either"]:
        return 2
    least, most = (int(operator[name] or 0) for name in ("least", "most"))
    return max(1, most, least)
