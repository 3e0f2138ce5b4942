# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Clauses read from a text itself, whatever licence it is, and where they differ from a record.

>>> [clause] = find_clauses("You need a licence from us above 40 million monthly active users.")
>>> clause.kind, clause.value, clause.unit
('user_threshold', 40000000, 'monthly-active-users')

Which wording states which clause is data: ``rules/clauses.yaml``. Around every word that a pattern
asks for a window is opened, and the pattern is tried there; so a text costs what its own words ask
for, and no text can cost more than a bounded number of windows. A window that was not opened for
that reason is itself returned, without a value: something may stand there, and nobody looked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from scanner.identify import numbers
from scanner.identify.values.alarms import NOT_READ, alarms
from scanner.identify.values.flat import Flat
from scanner.identify.values.patterns import NEAR, NUMBER, ClausePattern, Reader, own_reader
from scanner.model.reading import FoundClause

__all__ = ["alarms", "find_clauses"]

MAX_WINDOWS = 1000
"""For one pattern in one text; the longest licence known opens about sixty."""

MAX_FOUND = 200
"""Places that one pattern may find in one text."""

_SENTENCE = 240
"""How far, at most, the sentence around a match is looked at for what vetoes it."""

_END = re.compile(r"(?<![\s(.][a-z0-9])(?<![\s(.][a-z0-9]{2})[.;](?= )|\u3002")
"""Where a sentence ends; the dot of a list mark ends none."""

UNKNOWN = "unknown"
"""Currency of an amount that none stands beside."""

_YEAR = re.compile(r"(?:19|20)\d\d(?![\d,.])")

_COUNTS = re.compile(r"[\d\u4e00-\u9fff]|hundred|thousand|illion|crore|lakh")
"""Without one of these no number stands there that a clause would count with."""

_Span = tuple[int, int]
_Found = tuple[_Span, FoundClause]


def find_clauses(text: str, first_line: int = 1) -> tuple[FoundClause, ...]:
    """Return the clauses that a text states, in the order of their lines.

    Args:
        text: Decoded text: a licence file, a card, a policy; of any size, but only the first four
            million characters are looked at, as in recognition.
        first_line: Line of the file on which the text begins.

    Returns:
        Each clause once for each place. A value of None says that such a clause stands there, and has
        no value or none that could be read. Nothing that a text holds raises an error.

    Raises:
        DataError: the scanner's own patterns are damaged.
    """
    return find_with(own_reader(), text, first_line)


def find_with(reader: Reader, text: str, first_line: int = 1) -> tuple[FoundClause, ...]:
    """Do as :func:`find_clauses`, with the given patterns."""
    search = _Search(Flat(text), reader, first_line)
    found: list[_Found] = []
    taken: dict[str, list[_Span]] = {}
    for pattern in reader.wording.patterns:
        places = taken.setdefault(pattern.kind, [])
        for key, clause in search.found(pattern):
            if not any(begin < key[1] and key[0] < end for begin, end in places):
                places.append(key)
                found.append((key, clause))
    return tuple(clause for _, clause in sorted(found, key=lambda one: (one[1].lines, one[0], one[1].kind)))


class _Search:
    """One text and what is known of it so far."""

    def __init__(self, flat: Flat, reader: Reader, first_line: int) -> None:
        self._flat = flat
        self._reader = reader
        self._first_line = first_line
        self._known: dict[str, list[int]] = {}
        """Where each word stands that was asked for."""

        self._asked: dict[tuple[str, ...], list[int]] = {}
        """Where any of some words stands, by these words."""

        self._values: dict[int, int] = {}
        """Value of each number, by where it begins."""

    def found(self, pattern: ClausePattern) -> Iterator[_Found]:
        """Yield what one pattern finds, each with the place that its value is read from."""
        places = self._places(pattern.words)
        for count, match in enumerate(self._matches(pattern, places[:MAX_WINDOWS])):
            if count == MAX_FOUND:
                yield self._unread(pattern, match.start())
                return
            yield from self._clauses(pattern, match)
        if len(places) > MAX_WINDOWS:
            yield self._unread(pattern, places[MAX_WINDOWS])

    def _places(self, words: tuple[str, ...]) -> list[int]:
        """Return where any of some words stands."""
        if words not in self._asked:
            self._asked[words] = sorted({place for word in words for place in self._word(word)})
        return self._asked[words]

    def _word(self, word: str) -> list[int]:
        if word not in self._known:
            occurs = all(part in self._vocabulary for part in word.split())
            self._known[word] = list(_occurrences(self._flat.lowered, word)) if occurs else []
        return self._known[word]

    @cached_property
    def _vocabulary(self) -> str:
        """Every word of the text once: much shorter than the text, and enough to say what is not there."""
        return " ".join(set(self._flat.lowered.split()))

    def _matches(self, pattern: ClausePattern, places: Sequence[int]) -> Iterator[re.Match[str]]:
        """Yield the matches around some places that nothing vetoes."""
        if not places:
            return
        compiled = self._reader.compiled(pattern.pattern)
        text = self._numbered if _numeric(compiled) else self._flat.lowered
        if pattern.near:
            near = self._reader.compiled(pattern.near)
            places = [place for place in places if near.search(text, max(0, place - NEAR), place + NEAR)]
        for begin, end in _windows(places, pattern.reach, len(text)):
            position = begin
            while match := compiled.search(text, position, end):
                stands = self._stands(pattern, match)
                position = max(match.end() if stands else 0, match.start() + 1)
                if stands:
                    yield match

    @cached_property
    def _numbered(self) -> str:
        """The text, in which every character of a number near the words of a pattern is ``NUMBER``."""
        windows: list[_Span] = []
        for pattern in self._reader.wording.patterns:
            places = self._places(pattern.words)[:MAX_WINDOWS]
            if places and _numeric(self._reader.compiled(pattern.pattern)):
                windows += _windows(places, pattern.reach, len(self._flat.text))
        text, lowered = self._flat.text, self._flat.lowered
        parts: list[str] = []
        done = 0
        for begin, end in _merged(windows):
            if not _COUNTS.search(lowered, begin, end):
                continue
            for number in numbers.find(text[begin:end]):
                first, last = begin + number.begin, begin + number.end
                parts += [lowered[done:first], NUMBER * (last - first)]
                done = last
                self._values[first] = number.value
        return "".join([*parts, lowered[done:]])

    def _stands(self, pattern: ClausePattern, match: re.Match[str]) -> bool:
        """Whether nothing in a match, or in the sentence around it, says that it is something else."""
        compiled = self._reader.compiled
        if any(compiled(without).search(match.group()) for without in pattern.without):
            return False
        sentence = self._sentence(*match.span()) if pattern.vetoes else ""
        return not any(compiled(veto).search(sentence) for veto in pattern.vetoes)

    def _sentence(self, begin: int, end: int) -> str:
        lowered = self._flat.lowered
        before, after = lowered[max(0, begin - _SENTENCE) : begin], lowered[end : end + _SENTENCE]
        ends = [match.end() for match in _END.finditer(before)]
        stop = _END.search(after)
        return (
            before[ends[-1] if ends else 0 :] + lowered[begin:end] + after[: stop.start() if stop else None]
        )

    def _clauses(self, pattern: ClausePattern, match: re.Match[str]) -> Iterator[_Found]:
        """Yield one clause for each value of a match; figures that contradict their words are two."""
        group = _group(pattern.value)
        key = match.span(group) if group else match.span()
        unit = self._unit(pattern, match)
        for place, value in self._values_of(group, key, pattern.value):
            yield place, self._clause(pattern.kind, value, unit, match.span())

    def _values_of(
        self, group: str | None, key: _Span, literal: str | None
    ) -> Iterable[tuple[_Span, str | int | None]]:
        """Return the values that stand in a group, each with its place."""
        if group in {"number", "money"}:
            first, *others = [begin for begin in range(*key) if begin in self._values]
            begins = [first, *(other for other in others if not _YEAR.match(self._flat.text, other))]
            values = {self._values[begin]: (begin, begin + 1) for begin in reversed(begins)}
            return [(place, value) for value, place in values.items()]
        words = self._flat.text[slice(*key)]
        if group == "places":
            return [(key, self._codes(words))]
        if group == "address":
            return [(key, words.rstrip(".,;:'"))]
        return [(key, words.strip(" ,.;") if group else literal)]

    def _codes(self, words: str) -> str | None:
        """Return the codes of the places that some words name, sorted."""
        codes = {match.lastgroup for match in self._reader.place.finditer(words.lower()) if match.lastgroup}
        return ", ".join(sorted(codes)) or None

    def _unit(self, pattern: ClausePattern, match: re.Match[str]) -> str | None:
        group = _group(pattern.unit)
        if group == "models":
            return self._reader.models(match["models"])
        if group == "money":
            return self._currency(match.span("money")) + self._period(match)
        return pattern.unit

    def _currency(self, money: _Span) -> str:
        """Return the code of the currency, which may stand inside the number's own brackets."""
        found = self._reader.currency.search(self._flat.lowered, *money)
        return found.lastgroup or UNKNOWN if found else UNKNOWN

    def _period(self, match: re.Match[str]) -> str:
        """Return the period of a revenue: named in the match, else shortly behind or before it."""
        lowered = self._flat.lowered
        begin, end = match.span()
        for first, last in ((begin, end), (end, end + 80), (max(0, begin - 60), begin)):
            found = self._reader.period.search(lowered, first, last)
            if found:
                return f"/{found.lastgroup}"
        return ""

    def _clause(self, kind: str, value: str | int | None, unit: str | None, span: _Span) -> FoundClause:
        first, last = self._flat.lines(*span)
        return FoundClause(
            kind=kind,
            value=value,
            unit=unit,
            lines=(first + self._first_line, last + self._first_line),
            quote=self._flat.quote(*span),
        )

    def _unread(self, pattern: ClausePattern, place: int) -> _Found:
        """Return the clause that says that from here on nobody looked."""
        span = (place, min(place + 80, len(self._flat.text)))
        return span, self._clause(pattern.kind, None, NOT_READ, span)


def _group(written: str | None) -> str | None:
    """Return the group that a value is read from, if it is read from one."""
    return written[1:-1] if written and written.startswith("{") else None


def _numeric(compiled: re.Pattern[str]) -> bool:
    return not compiled.groupindex.keys().isdisjoint({"number", "money"})


def _occurrences(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands, up to one more than are looked at."""
    position = text.find(word)
    for _ in range(MAX_WINDOWS + 1):
        if position < 0:
            return
        yield position
        position = text.find(word, position + len(word))


def _windows(places: Iterable[int], reach: int, length: int) -> list[_Span]:
    """Return the stretches of text around some places, in order, none touching another."""
    return _merged((max(0, place - reach), min(length, place + reach)) for place in places)


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    merged: list[_Span] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return merged
