# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The words of one text to the licence texts that it holds, best first.

A stretch of words is compared with the few known texts that share most word groups with it; the best
is taken, and what it leaves on either side is looked at again.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from scanner.identify.align import Run, align
from scanner.identify.index import SAMPLING, SHORT, SHORT_SAMPLING, Index, gram_hashes, whole_hash, word_hash
from scanner.identify.normalize import Words

MAX_CANDIDATES, MAX_SHORT_CANDIDATES = 8, 20
MAX_PER_KEY = 2
MAX_MATCHES = 40
MAX_COMPARED = 8_000_000
"""Words that are compared for one text, in all; what was not reached stays a rest that nobody recognised."""

MIN_STRETCH = 24
"""Words that a stretch needs to be searched for a licence text."""

MIN_MATCHED = 20
MIN_COVERAGE = 0.2

CONTAINER = 0.75
"""Coverage below which a known text gives way to one that is here in full: it only contains it."""

INSERTED, MISSING, CUT_OFF, BROKEN = 0.35, 0.3, 0.01, 0.5
"""What a word inserted, missing inside or at an end, and a difference take from a score, in words."""


class Query:
    """One text, ready to be compared."""

    def __init__(self, text: Words, index: Index) -> None:
        """Number the words of a text."""
        self.text = text
        self.index = index
        hashes = {word: word_hash(word) for word in set(text.words)}
        self.hashes = [hashes[word] for word in text.words]
        numbers = index.numbers(hashes)
        self.numbers = [numbers[word] for word in text.words]

    @cached_property
    def grams(self) -> list[int]:
        """Hashed groups of words, by position."""
        return gram_hashes(self.hashes)

    def whole(self) -> tuple[int, ...]:
        """Return the known texts that consist of exactly these words."""
        return self.index.whole(whole_hash(self.hashes))


class Candidate(NamedTuple):
    """One known text beside a stretch of the text."""

    number: int
    """Of the known text."""

    key: str
    size: int
    """Words of the known text."""

    runs: tuple[Run, ...]
    """Equal runs; positions in the whole text."""

    score: float

    @property
    def begin(self) -> int:
        """First word of the text that belongs to it."""
        return self.runs[0].text

    @property
    def end(self) -> int:
        """Word after the last that belongs to it."""
        last = self.runs[-1]
        return last.text + last.length

    @property
    def matched(self) -> int:
        """Words that are equal."""
        return sum(run.length for run in self.runs)

    @property
    def coverage(self) -> float:
        """Share of the known text's words that are here."""
        return self.matched / self.size


def search(query: Query) -> list[list[Candidate]]:
    """Return, for each licence text found, the candidates for it, best first; in order of the text."""
    stretches = [(0, len(query.numbers))]
    found: list[list[Candidate]] = []
    budget = MAX_COMPARED
    while stretches and len(found) < MAX_MATCHES and budget > 0:
        begin, end = stretches.pop()
        ranked = _ranked(query, begin, end)
        budget -= (end - begin) * len(ranked)
        candidates = _candidates(query, ranked, begin, end)
        if not candidates:
            continue
        best = candidates[0]
        found.append(candidates)
        rest = ((best.end, end), (begin, best.begin))
        stretches += [part for part in rest if part[1] - part[0] >= MIN_STRETCH]
    return sorted(found, key=lambda candidates: candidates[0].begin)


def _candidates(query: Query, ranked: Sequence[int], begin: int, end: int) -> list[Candidate]:
    """Return which of some known texts are in a stretch, best first."""
    stretch = query.numbers[begin:end]
    compared = [_compared(query.index, number, stretch, begin) for number in ranked]
    kept = [
        candidate
        for candidate in compared
        if candidate and candidate.matched >= MIN_MATCHED and candidate.coverage >= MIN_COVERAGE
    ]
    kept.sort(key=lambda candidate: (-candidate.score, candidate.number))
    if kept and kept[0].coverage < CONTAINER:
        kept.sort(key=lambda candidate: candidate.matched < candidate.size)
    return kept


def _ranked(query: Query, begin: int, end: int) -> list[int]:
    """Return the known texts that share most groups of words with a stretch."""
    grams = {gram for gram in query.grams[begin : max(begin, end - 3)] if gram % SHORT_SAMPLING == 0}
    index = query.index
    estimates = []
    for number, count in index.shared(grams).items():
        kept = index.size(number)
        short = kept and index.length(number) < SHORT
        words = count * (SHORT_SAMPLING if short else SAMPLING)
        estimates.append((-words * (count / kept) ** 0.5, number))
    estimates.sort()
    limit = MAX_SHORT_CANDIDATES if end - begin < SHORT else MAX_CANDIDATES
    chosen: list[int] = []
    per_key: dict[str, int] = {}
    for estimate, number in estimates:
        if len(chosen) >= limit or -estimate < 2:  # noqa: PLR2004  not even two words
            break
        key = index.key(number)
        per_key[key] = per_key.get(key, 0) + 1
        if per_key[key] <= MAX_PER_KEY:
            chosen.append(number)
    return chosen


def _compared(index: Index, number: int, stretch: Sequence[int], offset: int) -> Candidate | None:
    """Align one known text with a stretch; None when they share nothing."""
    reference = index.words(number)
    runs = _trimmed(align(stretch, reference))
    if not runs:
        return None
    matched = sum(run.length for run in runs)
    last = runs[-1]
    inserted = last.text + last.length - runs[0].text - matched
    inside = last.reference + last.length - runs[0].reference
    missing = MISSING * (inside - matched) + CUT_OFF * (len(reference) - inside)
    score = matched - INSERTED * inserted - missing - BROKEN * len(runs)
    moved = tuple(Run(run.text + offset, run.reference, run.length) for run in runs)
    return Candidate(number, index.key(number), len(reference), moved, score)


def _trimmed(runs: list[Run]) -> list[Run]:
    """Drop short runs at either end that stand far from the rest: chance, not the licence."""
    runs = list(runs)
    while len(runs) > 1 and _stray(runs[0], runs[1].text - runs[0].text - runs[0].length):
        del runs[0]
    while len(runs) > 1 and _stray(runs[-1], runs[-1].text - runs[-2].text - runs[-2].length):
        del runs[-1]
    return runs


def _stray(run: Run, gap: int) -> bool:
    return gap > 40 and run.length < max(6, gap // 10)  # noqa: PLR2004  a paragraph away, less than a phrase
