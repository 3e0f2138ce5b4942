# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Two sequences of word numbers to the runs that they share, in order.

Near-equal texts cost two scans (common beginning, common end); others are anchored at groups of
words that stand once in the reference, and only the small rest between anchors is compared fully.
"""

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

GRAM = 4
MAX_REST = 40_000
"""Product of two lengths up to which the words between anchors are compared fully."""


class Box(NamedTuple):
    """A stretch of the text beside a stretch of the reference; ends are exclusive."""

    begin: int
    end: int
    ref_begin: int
    ref_end: int


class Run(NamedTuple):
    """``length`` words that are equal from ``text`` on and from ``reference`` on."""

    text: int
    reference: int
    length: int


def align(text: Sequence[int], reference: Sequence[int]) -> list[Run]:
    """Return the shared runs, in order, without overlap."""
    head = _common(text, reference)
    if head == len(text) or head == len(reference):
        return _merged([Run(0, 0, head)])
    tail = _common(text[: head - 1 if head else None : -1], reference[: head - 1 if head else None : -1])
    end, reference_end = len(text) - tail, len(reference) - tail
    middle = _between(text, reference, Box(head, end, head, reference_end))
    return _merged([Run(0, 0, head), *middle, Run(end, reference_end, tail)])


def _common(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how many values two sequences begin with in common."""
    limit = min(len(first), len(second))
    step, done = 64, 0
    while done < limit and first[done : done + step] == second[done : done + step]:
        done += step
    done = min(done, limit)
    while done < limit and first[done] == second[done]:
        done += 1
    return done


def _between(text: Sequence[int], reference: Sequence[int], box: Box) -> list[Run]:
    """Return the shared runs of two stretches."""
    if box.begin >= box.end or box.ref_begin >= box.ref_end:
        return []
    if (box.end - box.begin) * (box.ref_end - box.ref_begin) <= MAX_REST // 8:
        return _fully(text, reference, box)
    runs: list[Run] = []
    at, ref_at = box.begin, box.ref_begin
    for anchor in [*_anchors(text, reference, box), Run(box.end, box.ref_end, 0)]:
        runs += _fully(text, reference, Box(at, anchor.text, ref_at, anchor.reference))
        runs.append(anchor)
        at, ref_at = anchor.text + anchor.length, anchor.reference + anchor.length
    return runs


def _anchors(text: Sequence[int], reference: Sequence[int], box: Box) -> list[Run]:
    """Return the longest rising chain of word groups that stand once on both sides, each extended."""
    once = _once(reference, box.ref_begin, box.ref_end)
    mine = _once(text, box.begin, box.end)
    pairs = sorted((at, once[gram]) for gram, at in mine.items() if at >= 0 and once.get(gram, -1) >= 0)
    runs: list[Run] = []
    done = ref_done = 0
    for at, ref_at in _rising(pairs):
        if runs and (at < done or ref_at < ref_done):
            continue
        length = _common(text[at : box.end], reference[ref_at : box.ref_end])
        runs.append(Run(at, ref_at, length))
        done, ref_done = at + length, ref_at + length
    return runs


def _once(values: Sequence[int], begin: int, end: int) -> dict[tuple[int, ...], int]:
    """Return where each group of words stands; -1 when it stands more than once."""
    found: dict[tuple[int, ...], int] = {}
    part = values[begin:end]
    for at, gram in enumerate(zip(part, part[1:], part[2:], part[3:], strict=False), begin):
        found[gram] = -1 if gram in found else at
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain that rises on both sides."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            ends.append(number)
        else:
            tails[place] = value
            ends[place] = number
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _fully(text: Sequence[int], reference: Sequence[int], box: Box) -> list[Run]:
    """Compare two short stretches word by word; of long ones, only the ends."""
    mine, theirs = text[box.begin : box.end], reference[box.ref_begin : box.ref_end]
    head = _common(mine, theirs)
    mine, theirs = mine[head:], theirs[head:]
    tail = _common(mine[::-1], theirs[::-1])
    mine, theirs = mine[: len(mine) - tail], theirs[: len(theirs) - tail]
    runs = [Run(box.begin, box.ref_begin, head)]
    if mine and theirs and len(mine) * len(theirs) <= MAX_REST:
        begin, ref_begin = box.begin + head, box.ref_begin + head
        matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
        runs += [Run(begin + a, ref_begin + b, size) for a, b, size in matcher.get_matching_blocks()]
    return [*runs, Run(box.end - tail, box.ref_end - tail, tail)]


def _merged(runs: list[Run]) -> list[Run]:
    """Join runs that touch on both sides and drop empty ones."""
    merged: list[Run] = []
    for run in runs:
        if not run.length:
            continue
        last = merged[-1] if merged else None
        if last and run.text == last.text + last.length and run.reference == last.reference + last.length:
            merged[-1] = Run(last.text, last.reference, last.length + run.length)
        else:
            merged.append(run)
    return merged
