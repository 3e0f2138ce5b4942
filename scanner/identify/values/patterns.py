# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The patterns of ``rules/clauses.yaml``, checked: which wording states which clause."""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from msgspec import field

from scanner.data import folder
from scanner.errors import ConfigError, DataError
from scanner.guarded.strict import convert, document
from scanner.model.base import Value
from scanner.model.license import CLAUSE_KINDS

NUMBER = "\ue000"
"""Stands for every character of a number, so that a pattern need not know how numbers are written."""

NEAR = 80

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Example(Value, frozen=True, kw_only=True):
    """A text that a pattern reads, and what it reads there."""

    text: str
    value: str | int | None = None
    unit: str | None = None


class ClausePattern(Value, frozen=True, kw_only=True):
    """One wording of one kind of clause."""

    name: str
    kind: str
    """As in the licence records."""

    words: tuple[str, ...]
    """One of them must stand near: the cheap first look, in lower case."""

    near: str | None = None
    """A pattern that must match within ``NEAR`` characters of the word: the second look."""

    pattern: str
    """Over the flat text in lower case. ``{name}`` is a part; the groups ``number``, ``money``,
    ``places``, ``words``, ``address`` and ``models`` are what values are read from."""

    value: str | None = None
    """A word, or the group that it is read from, in braces. None: the clause has no value."""

    unit: str | None = None
    """A word, or ``{money}`` or ``{models}``."""

    vetoes: tuple[str, ...] = field(name="not", default=())
    """Patterns that say, in the same sentence, that it speaks of something else."""

    without: tuple[str, ...] = ()
    """Patterns that may not occur between the first and the last word of the match."""

    reach: int = 300
    """How far from one of ``words`` the match may begin or end, in characters."""

    examples: tuple[Example, ...]
    rejects: tuple[str, ...]
    """Texts in which this pattern finds nothing."""


class Wording(Value, frozen=True, kw_only=True):
    """All of ``rules/clauses.yaml``."""

    parts: Mapping[str, str]
    """Pieces of patterns, by the name that stands for them."""

    currencies: Mapping[str, tuple[str, ...]]
    """By ISO 4217 code: how it is written."""

    periods: Mapping[str, tuple[str, ...]]
    """Period of a revenue: how it is written."""

    models: Mapping[str, tuple[str, ...]]
    """Class of models that a ban on training reaches: how it is written; the last is the widest."""

    places: Mapping[str, tuple[str, ...]]
    """By ISO 3166-1 alpha-2 code, or ``EU``: names in lower case."""

    patterns: tuple[ClausePattern, ...]
    """In order: of two of one kind that read the same value, the first counts."""


class Reader:
    """The wording, ready for use; what is not needed is not compiled."""

    def __init__(self, wording: Wording) -> None:
        """Take checked wording."""
        self.wording = wording
        self._compiled: dict[str, re.Pattern[str]] = {}

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """Return a pattern with its parts filled in.

        Raises:
            KeyError: it names a part that does not exist.
            re.error: it is no pattern.
        """
        found = self._compiled.get(pattern)
        if found is None:
            found = self._compiled[pattern] = re.compile(self._filled(pattern))
        return found

    def _filled(self, pattern: str) -> str:
        filled = pattern
        for _ in range(4):
            filled = _NAME.sub(lambda match: self._parts[match[1]], filled)
        return filled

    @property
    def known(self) -> set[str]:
        """Names of the parts that a pattern may use."""
        return set(self._parts)

    @cached_property
    def _parts(self) -> dict[str, str]:
        names = [name for names in self.wording.places.values() for name in names]
        written = [way for ways in self.wording.currencies.values() for way in ways]
        figure = f"{NUMBER}++"
        return {
            **self.wording.parts,
            "number": rf"(?P<number>{figure}(?: ?\( ?{figure} ?\))?)",
            "currency": f"(?:{'|'.join(written)})",
            "money": rf"(?P<money>(?:{{currency}} ?)?{figure}(?: ?{{currency}})?"
            rf"(?: ?\( ?(?:{{currency}} ?)?{figure}(?: ?{{currency}})? ?\))?)(?! ?(?:%|percent))",
            "place": f"(?:{'|'.join(sorted(names, key=len, reverse=True))})(?![a-z])",
        }

    @cached_property
    def currency(self) -> re.Pattern[str]:
        """Any way to write a currency; the name of the group is its code."""
        return self._named(self.wording.currencies)

    @cached_property
    def period(self) -> re.Pattern[str]:
        """Any way to write a period; the name of the group is the period."""
        return self._named(self.wording.periods)

    @cached_property
    def place(self) -> re.Pattern[str]:
        """Any name of a place; the name of the group is its code."""
        return re.compile(
            "|".join(f"(?P<{code}>(?:{'|'.join(names)})(?![a-z]))" for code, names in self._long_first())
        )

    def _long_first(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the places so that no name is read as the beginning of a longer one."""
        return sorted(self.wording.places.items(), key=lambda place: -max(map(len, place[1])))

    def models(self, words: str) -> str | None:
        """Return the class of the models that some words name; None: no class of ours, or several."""
        fitting = [
            name for name, ways in self.wording.models.items() if any(re.search(way, words) for way in ways)
        ]
        widest = list(self.wording.models)[-1]
        exact = [name for name in fitting if name != widest] or fitting
        return exact[0] if len(exact) == 1 else None

    @staticmethod
    def _named(ways: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<{name}>{'|'.join(one)})" for name, one in ways.items()))


def load_wording(path: Path) -> Wording:
    """Read a file of patterns.

    Raises:
        ConfigError: with file and line, and what is wrong.
    """
    written = document(path)
    wording = convert(written.value, Wording, path, written.lines)
    reader = Reader(wording)
    for number, pattern in enumerate(wording.patterns):
        problem = _problem(pattern, reader)
        if problem:
            line = written.lines.get(("patterns", number), 1)
            raise ConfigError(f"{pattern.name}: {problem}", source=f"{path}:{line}")
    return wording


def _problem(pattern: ClausePattern, reader: Reader) -> str | None:
    """Return what is wrong with a pattern, apart from whether it reads its examples."""
    if pattern.kind not in CLAUSE_KINDS:
        return f"there is no clause of the kind {pattern.kind!r}"
    for one in (pattern.pattern, pattern.near or "", *pattern.vetoes, *pattern.without):
        unknown = set(_NAME.findall(one)) - reader.known
        if unknown:
            return f"there is no part {min(unknown)!r}"
    return None


@cache
def own_reader() -> Reader:
    """Return the patterns that come with the scanner.

    Raises:
        DataError: the file is damaged.
    """
    try:
        return Reader(load_wording(folder("rules") / "clauses.yaml"))
    except ConfigError as error:
        raise DataError(error.message, source=error.source, advice="reinstall modelscan-audit") from None
