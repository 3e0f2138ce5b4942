# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a clause stands in the release's own copy of a licence: found by the record's short pattern."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from scanner.model.base import Evidence, excerpt
from scanner.model.reading import LegalText, LicenseReading

QUOTE_LINES = 6
QUOTE_LIMIT = 600
"""Of what is quoted around a hit, in lines and characters."""

SENTENCE = 400
"""Characters on either side of a hit that belong to its sentence at most."""

_ENDING = re.compile(r"[.!?][\s)]| [-#|*\u2022]+ ")
_LINE = re.compile(r"\r\n|\r|\n")


class Searchable:
    """A text whose words can be searched whatever the white space, and that knows each word's line."""

    def __init__(self, text: LegalText) -> None:
        """Keep a text; what is needed of it is made when somebody asks."""
        self._text = text

    @cached_property
    def _collapsed(self) -> str:
        """The text with every run of white space as one space."""
        return " ".join(self._text.text.split())

    @cached_property
    def _plain(self) -> str:
        """The collapsed text as words are compared: without case, quotation marks, forms of the sign."""
        return plain(self._collapsed)

    @cached_property
    def _lines(self) -> list[str]:
        return _LINE.split(self._text.text)

    @cached_property
    def _written(self) -> tuple[list[int], list[int]]:
        """Where each line that is not blank begins in the collapsed text, and its number."""
        starts, numbers, at = [], [], 0
        for number, line in enumerate(self._lines):
            words = " ".join(line.split())
            if words:
                starts.append(at)
                numbers.append(number)
                at += len(words) + 1
        return starts, numbers

    @cached_property
    def _squeezed(self) -> str:
        """The words and figures of the text with single spaces, without case: for names in any spelling."""
        return f" {squeezed(self._collapsed)} "

    def may_name(self, name: str) -> bool:
        """Whether a squeezed name stands in the text as whole words: a quick look before a search."""
        return f" {name} " in self._squeezed

    def may_hold(self, words: str) -> bool:
        """Whether plain words stand in the text: a quick look before a search."""
        return words in self._plain

    @property
    def path(self) -> str:
        """Path of the file, relative to the release."""
        return self._text.path

    def find(
        self, pattern: "re.Pattern[str]", fits: Callable[[str, str, str], bool] | None = None
    ) -> Evidence | None:
        """Return the lines of the first hit, quoted.

        Args:
            pattern: Searched in the text with single spaces.
            fits: Whether a hit counts, by what stands before it in its sentence, itself, what comes after.
        """
        hits = pattern.finditer(self._collapsed)
        hit = next((one for one in hits if fits is None or fits(*self._sentence(one))), None)
        if hit is None:
            return None
        first, last = self._line(hit.start()), self._line(max(hit.start(), hit.end() - 1))
        last = min(last, first + QUOTE_LINES - 1)
        return Evidence(
            path=self._text.path,
            reader="license-text",
            lines=(self._text.first_line + first, self._text.first_line + last),
            quote=_around(hit[0], "\n".join(self._lines[first : last + 1])),
            sha256=self._text.sha256,
        )

    def _sentence(self, hit: "re.Match[str]") -> tuple[str, str, str]:
        """Return what stands before a hit in its sentence, the hit, and what comes after."""
        begin, end = max(0, hit.start() - SENTENCE), hit.end() + SENTENCE
        before, after = self._collapsed[begin : hit.start()], self._collapsed[hit.end() : end]
        return _ENDING.split(before)[-1], hit[0], _ENDING.split(after)[0]

    def _line(self, place: int) -> int:
        starts, numbers = self._written
        return numbers[bisect_right(starts, place) - 1]


def _around(words: str, lines: str) -> str:
    """Return lines cut to a bounded length, the words that were found among what is kept."""
    if len(lines) <= QUOTE_LIMIT:
        return lines
    found = re.search(r"\s+".join(map(re.escape, words.split())), lines)
    begin = max(0, found.start() - QUOTE_LIMIT // 3) if found else 0
    return excerpt(lines, QUOTE_LIMIT, begin)


def find_clause(
    pattern: str, key: str, texts: Iterable[Searchable], detected: Iterable[LicenseReading]
) -> Evidence | None:
    """Return the place of a clause in a text that was recognised as, or near, this licence.

    Args:
        pattern: Searched without regard to case.
        key: Catalogue key of the licence.
        texts: The release's own texts.
        detected: What was recognised in them.
    """
    paths = {reading.evidence.path for reading in detected if key in {reading.key, *reading.candidates}}
    return find_pattern(pattern, (text for text in texts if text.path in paths))


def find_pattern(pattern: str, texts: Iterable[Searchable]) -> Evidence | None:
    """Return the first place at which a pattern is found, without regard to case."""
    return _first(re.compile(pattern, re.IGNORECASE), texts)


def find_words(words: str, texts: Iterable[Searchable]) -> Evidence | None:
    """Return where words stand in any of these texts.

    Case, white space, quotation marks, the form of the copyright sign and a full stop at the end are all one.
    """
    quick = plain(" ".join(words.split()).rstrip("."))
    texts = [text for text in texts if text.may_hold(quick)]
    if not texts:
        return None
    written = _COPYRIGHT.sub("\1", _QUOTES.sub("\0", " ".join(words.split()).rstrip(".")))
    pattern = re.escape(written).replace("\\\0", "\0").replace("\\\1", "\1")
    loose = pattern.replace("\0", f"{_QUOTES.pattern}?").replace("\1", f"(?:{_COPYRIGHT.pattern})")
    return _first(re.compile(loose, re.IGNORECASE), texts)


def find_name(name: str, texts: Iterable[Searchable]) -> Evidence | None:
    """Return where a name stands in any of these texts, however its parts are joined: "CC BY-NC 4.0"."""
    parts = squeezed(name)
    fitting = [text for text in texts if text.may_name(parts)]
    if not fitting:
        return None
    return _first(re.compile(r"[\W_]+".join(map(re.escape, parts.split())), re.IGNORECASE), fitting)


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Return the words and figures of a text with single spaces, without case."""
    return " ".join(re.split(r"[\W_]+", text.casefold())).strip()


_QUOTES = re.compile("['\u2018\u2019\"\u201c\u201d]")
_COPYRIGHT = re.compile(r"\u00a9|\(c\)", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text without case and quotation marks, with one form of the copyright sign."""
    text = text.casefold().replace("\u00a9", "(c)")
    for mark in "'\u2018\u2019\"\u201c\u201d":
        text = text.replace(mark, "")
    return text


def _first(pattern: "re.Pattern[str]", texts: Iterable[Searchable]) -> Evidence | None:
    return next((found for text in texts if (found := text.find(pattern))), None)
