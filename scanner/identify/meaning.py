# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Which differences between a text and a licence are harmless: the written rule.

A difference is meaningful unless one of the rules below says otherwise; there is no score and no
threshold. ``docs/identification.md`` gives the rules in words, with examples.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from scanner.identify.index import EXTRA, Index, word_hash
from scanner.identify.match import Candidate, Query
from scanner.identify.normalize import NOTICE

HOLDER_WORDS = 24
NAME_WORDS = 4
HOLDER_NAME = 8
TITLE_DEPTH = 30
"""Words from the beginning of a licence within which its title stands."""

_HOLDER = re.compile(
    r"\bcopyrights?[\s:,]*(?:©|[\[<{]?(?:\d{4}|y{2,4}|year)\b|by\s)|©\s*\d{4}\b", re.IGNORECASE
)
_NAME = re.compile(r"[A-Z][^\d]*$")
_MARK = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,5}")
_ANYBODY = frozenset(
    [
        *("author", "authors", "by", "contributors", "copyright", "holder", "holders", "of"),
        *("organization", "owner", "the"),
    ]
)
"""Words with which a licence speaks of whoever holds the rights."""

_JOINING = frozenset(["and", "for", "of", "the", "&"])
_RESERVED = frozenset(["all", "rights", "reserved"])
_MARKED = re.compile(r"[.)\]:]\s")

_FORCE = """
accept additional additionally agree agreed agreement agrees amended authorized ban banned cannot
charge commercial commercially comply condition conditional conditioned conditions consent consents
copyleft custom dont except exception exceptions exclude excluded excludes excluding fee fees
forbidden furthermore grant granted indemnify liability liable license licensed licensee licenses
licensor limited modified must neither never no noncommercial nonexclusive nor not obligation
obligations only patent patents permission permitted prohibit prohibited prohibits provided require
required requires research restrict restricted restriction restrictions revenue right rights royalty
shall solely subject sublicense supersede supersedes terminate terminates termination terms
territory threshold unauthorized unless void waive warranty without
"""
FORCE = frozenset(_FORCE.split())
"""Words with which a text gives or takes rights."""

_PURPOSES = frozenset(
    {
        *("academic", "academia", "demo", "demonstration", "educational", "evaluation", "evaluate", "free"),
        *("hobby", "hobbyist", "hobbyists", "internal", "nc", "nonprofit", "personal", "preview", "private"),
        *("students", "teaching", "testing", "trial", "use", "used", "user", "users", "using"),
    }
)
"""Words that limit a purpose or an audience: no part of a name, though a text may have them anywhere."""

_BINDING = """
agree agreement commercial commercially condition conditions consent forbidden indemnify licensee licensor
noncommercial permission permitted prohibited prohibits restricted restriction restrictions revenue royalty
shall sublicense terminate termination terms unauthorized
"""
BINDING = frozenset(_BINDING.split())
"""Of those, the ones that are rare in the prose of a model card."""

NEGATIONS = frozenset(
    ["cannot", "neither", "never", "no", "none", "non", "nor", "not", "unless", "without", "except"]
)
MODALS = frozenset(["can", "could", "may", "must", "shall", "should", "will", "would"])
_FORCE_CJK = re.compile(r"[禁须須得许許可应應权權限]")


class Difference(NamedTuple):
    """Words ``begin`` to ``end`` of the text stand where the licence has ``ref_begin`` to ``ref_end``."""

    begin: int
    end: int
    ref_begin: int
    ref_end: int


def differences(candidate: Candidate) -> list[Difference]:
    """Return what is between the equal runs, with what is missing before the first and after the last."""
    found = []
    at, ref_at = candidate.begin, 0
    for run in candidate.runs:
        if run.text > at or run.reference > ref_at:
            found.append(Difference(at, run.text, ref_at, run.reference))
        at, ref_at = run.text + run.length, run.reference + run.length
    if ref_at < candidate.size:
        found.append(Difference(at, at, ref_at, candidate.size))
    return found


def harmless(difference: Difference, candidate: Candidate, query: Query) -> str | None:
    """Return the rule by which a difference is harmless, or None when it means something."""
    begin, end, ref_begin, ref_end = difference
    mine = query.text.words[begin:end]
    theirs = query.index.words(candidate.number)[ref_begin:ref_end]
    if _divided(mine, theirs, query.index):
        return "the same word, divided otherwise"
    if _title(difference, candidate, query):
        return "words of the title"
    if _list_marks(begin, end, theirs, query):
        return "a list mark"
    short = max(len(mine), len(theirs)) <= HOLDER_WORDS and not _limits(mine)
    if short and _free(mine, theirs, query.index):
        if _noticed(begin, end, query):
            return "a copyright notice"
        if mine and theirs and _holder(difference, theirs, query):
            return "the holder of the copyright"
    return None


def _holder(difference: Difference, theirs: Sequence[int], query: Query) -> bool:
    """Whether a name stands for "the copyright holder", or such words for a name.

    What the SPDX matching guidelines call replaceable text: "neither the name of ... nor the names".
    """
    begin, end = difference.begin, difference.end
    if _ANYBODY.issuperset(query.text.words[begin:end]):
        return True
    own = query.text.quote(begin, end - 1).split()
    named = all(_NAME.match(word) or word.lower() in _JOINING for word in own) and len(own) <= HOLDER_NAME
    return named and _numbers(_ANYBODY, query.index).issuperset(theirs)


def _list_marks(begin: int, end: int, theirs: Sequence[int], query: Query) -> bool:
    """Whether only list marks differ: here and not in the licence, or the other way round."""
    if not theirs:
        return all(_list_mark(at, query) for at in range(begin, end))
    return begin == end and _marks_before(begin, query) == list(theirs)


def why(difference: Difference, candidate: Candidate, query: Query) -> str:
    """Return, for a meaningful difference, what it is about."""
    mine = query.text.words[difference.begin : difference.end]
    theirs = query.index.words(candidate.number)[difference.ref_begin : difference.ref_end]
    for words, what in ((NEGATIONS, "a negation"), (MODALS, "a modal verb")):
        if words.intersection(mine) or _numbers(words, query.index).intersection(theirs):
            return f"{what} differs"
    if any(word[0].isdigit() for word in mine):
        return "a number differs"
    if not theirs:
        return "words were added"
    return "words are missing" if not mine else "words differ"


def title_or_name(begin: int, end: int, key: str, query: Query) -> str | None:
    """Return the rule by which words beside a licence are harmless, or None."""
    if query.index.title(key).issuperset(query.numbers[begin:end]):
        return "words of the title"
    words = query.text.words[begin:end]
    if _limits(words):
        return None
    if len(words) <= HOLDER_WORDS and not has_force(_besides_notice(words)) and _noticed(begin, end, query):
        return "a copyright notice"
    if begin or len(words) > NAME_WORDS or has_force(words):
        return None
    own = query.text.quote(begin, end - 1).split()
    return "a name" if all(_NAME.match(word) for word in own) else None


def has_force(words: Sequence[str]) -> bool:
    """Whether words may give or take rights."""
    return not FORCE.isdisjoint(words) or any(_FORCE_CJK.match(word) for word in words if len(word) == 1)


def is_binding(words: Sequence[str]) -> bool:
    """Whether words that stand in a section of their own may bind somebody."""
    if not BINDING.isdisjoint(words) or any(_FORCE_CJK.match(word) for word in words if len(word) == 1):
        return True
    return any(second == "not" and first in MODALS for first, second in pairwise(words))


def _divided(mine: Sequence[str], theirs: Sequence[int], index: Index) -> bool:
    """Whether the same letters are divided into words otherwise, e.g. ``royalty free``."""
    if not mine or not theirs or len(mine) > 4 or len(theirs) > 4:  # noqa: PLR2004  two words, rarely three
        return False
    joined = "".join(mine)
    if not joined.isalpha():
        return False
    if len(theirs) == 1:
        return _known([joined], index)[0] == theirs[0]
    if len(theirs) == 2:  # noqa: PLR2004  where it may be cut in two
        parts = [(joined[:at], joined[at:]) for at in range(1, len(joined))]
        return any(_known(part, index) == list(theirs) for part in parts)
    return False


def _title(difference: Difference, candidate: Candidate, query: Query) -> bool:
    """Whether only words of the licence's own names are added or missing, at its beginning.

    A title may be missing as a whole; of a title that is there, only words that it repeats.
    """
    begin, end, ref_begin, ref_end = difference
    if ref_end > TITLE_DEPTH:
        return False
    names = query.index.title(candidate.key)
    theirs = query.index.words(candidate.number)[ref_begin:ref_end]
    if not names.issuperset(theirs) or not names.issuperset(query.numbers[begin:end]):
        return False
    here = query.numbers[candidate.begin : candidate.begin + ref_begin]
    return ref_begin == 0 or query.index.common_title.union(here).issuperset(theirs)


def _list_mark(at: int, query: Query) -> bool:
    word = query.text.words[at]
    end = query.text.spans[at][1]
    return bool(_MARK.fullmatch(word) and _MARKED.match(query.text.soft[end : end + 2]))


def _marks_before(at: int, query: Query) -> list[int]:
    """Return the list marks that were taken out of the text right before a word, as numbers of words."""
    spans = query.text.spans
    begin = spans[at - 1][1] if at else 0
    end = spans[at][0] if at < len(spans) else len(query.text.soft)
    marks = [mark for place, mark in query.text.marks.items() if begin <= place < end]
    return _known(marks, query.index)


def _free(mine: Sequence[str], theirs: Sequence[int], index: Index) -> bool:
    """Whether no word on either side may give or take rights."""
    return not has_force(_besides_notice(mine)) and _numbers(FORCE, index).isdisjoint(theirs)


def _limits(words: Sequence[str]) -> bool:
    """Whether what stands where a name may stand limits a purpose; the Free Software Foundation does not."""
    found = " ".join(words).replace("free software", "")
    return not _PURPOSES.isdisjoint(found.split())


def _besides_notice(words: Sequence[str]) -> list[str]:
    """Return words without those of the phrase that closes a notice: all rights reserved."""
    return [word for word in words if word not in _RESERVED]


def _noticed(begin: int, end: int, query: Query) -> bool:
    """Whether the words are a copyright notice, or what follows its mark: a name, an address."""
    spans, soft = query.text.spans, query.text.soft
    first = spans[max(0, begin - 4)][0]
    at = spans[begin][0] if begin < len(spans) else len(soft)
    before = soft[spans[begin - 1][1] if begin else 0 : at]
    if NOTICE in before[-200:]:
        return "\n\n" not in before[before.rindex(NOTICE) :]
    if begin == end:
        return False
    mark = _HOLDER.search(soft[first : spans[end - 1][1]])
    return mark is not None and first + mark.start() <= at and "\n\n" not in soft[first + mark.start() : at]


def _known(words: Sequence[str], index: Index) -> list[int]:
    numbers = index.numbers({word: word_hash(word) for word in words})
    return [numbers[word] for word in words]


@cache
def _numbers(words: frozenset[str], index: Index) -> frozenset[int]:
    return frozenset(number for number in _known(sorted(words), index) if 0 <= number < EXTRA)
