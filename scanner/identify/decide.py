# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What may be said of a text: which keys it supports, and how the rest relates to what is known.

The law of this room: a key is stated only when the text supports that very version. Words left over
beside a licence that may give or take rights are read as a change of it.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from scanner.identify.match import Candidate, Query, search
from scanner.identify.meaning import Difference, differences, harmless, is_binding, title_or_name, why
from scanner.identify.normalize import Words
from scanner.model.reading import Edit, How, Identification, LicenseMatch, Span

MODIFIED_COVERAGE = 0.75
"""A text that has so much of a licence, with changes, is a modification of it."""

CLOSEST_COVERAGE = 0.35
PARTIAL_WORDS = 40
TWIN_SCORE = 0.9
QUOTE = 160
_BOUNDARY = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]|```|[-=*_~#]{3,}[ \t]*$|\.{3}[ \t]*$)")
_YAML_KEY = re.compile(r"(?m)^[A-Za-z_][\w-]*:(?:[ \t]|$)")


class Judged(NamedTuple):
    """A candidate with its differences told apart."""

    candidate: Candidate
    edits: tuple[tuple[Difference, str | None], ...]
    """Each with the rule that makes it harmless, or None."""

    @property
    def clean(self) -> bool:
        """Whether every difference is harmless."""
        return all(rule for _, rule in self.edits)


def decide(query: Query, first_line: int, reference_texts: Mapping[str, str]) -> Identification:
    """Return what may be said of a text."""
    text = query.text
    if not text.words:
        return Identification(note="there are no words in it")
    whole = _whole(query, first_line)
    if whole:
        return whole
    found = [_judged(candidates, query) for candidates in search(query)]
    found = [judged for judged in found if _how(judged[0], query) is not None]
    missing = _Missing(reference_texts)
    matches = [_match(judged, query, missing) for judged in found]
    matches, leftover = _with_leftover(matches, found, query)
    stated = _stated(matches)
    order = {How.EXACT: 0, How.EQUIVALENT: 0, How.MODIFIED: 1, How.PARTIAL: 2, How.CLOSEST: 3, How.MENTION: 4}
    matches.sort(key=lambda match: (order[match.how], -match.share, match.lines))
    result = Identification(
        stated=tuple(dict.fromkeys(stated)),
        matches=tuple(matches),
        leftover=tuple(leftover),
        note=_note(stated, matches, text),
    )
    return _shifted(result, first_line)


def _stated(matches: Sequence[LicenseMatch]) -> list[str]:
    """Return the keys that the text supports: none while other terms in it are not recognised."""
    if any(match.also or match.how not in {How.EXACT, How.EQUIVALENT} for match in matches):
        return []
    return [match.key for match in matches]


def _whole(query: Query, first_line: int) -> Identification | None:
    """Answer at once when the words are exactly those of a known text."""
    text = query.text
    keys = list(dict.fromkeys(query.index.key(number) for number in query.whole()))
    if not keys or text.cut:
        return None
    match = LicenseMatch(
        key=keys[0],
        expression=query.index.expression(keys[0]),
        how=How.EQUIVALENT if text.aside else How.EXACT,
        lines=text.outer_lines,
        coverage=1.0,
        share=1.0,
        also=tuple(keys[1:]),
    )
    stated = () if match.also else (match.key,)
    result = Identification(stated=stated, matches=(match,), note=_note(stated, [match], text))
    return _shifted(result, first_line)


def _judged(candidates: list[Candidate], query: Query) -> list[Judged]:
    """Judge the best candidate, and those of other keys that may fit as well."""
    best = candidates[0]
    judged = [_judge(best, query)]
    for other in candidates[1:]:
        close = other.score >= TWIN_SCORE * best.score or other.coverage > 0.95  # noqa: PLR2004  nearly all there
        if close and other.begin < best.end and best.begin < other.end:
            judged.append(_judge(other, query))
    clean = [one for one in judged if one.clean]
    if clean:
        judged = sorted(clean, key=lambda one: (-one.candidate.matched, len(one.edits)))
        full = judged[0].candidate.matched
        return [one for one in judged if one.candidate.matched >= full - len(judged[0].edits) * 8 - 8]
    return [judged[0], *(one for one in judged[1:] if _equally(one.candidate, judged[0].candidate))]


def _equally(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates explain the same words of the text equally well."""
    return one.matched == other.matched and len(one.runs) == len(other.runs)


def _judge(candidate: Candidate, query: Query) -> Judged:
    return Judged(
        candidate,
        tuple((difference, harmless(difference, candidate, query)) for difference in differences(candidate)),
    )


def _how(judged: Judged, query: Query) -> How | None:
    """Return how a text relates to a licence; None when they have too little in common to speak of."""
    candidate = judged.candidate
    if judged.clean:
        aside = query.text.aside or judged.edits
        return How.EQUIVALENT if aside else How.EXACT
    missing_ends = _missing_ends(candidate)
    inside = candidate.end - candidate.begin
    if candidate.coverage >= MODIFIED_COVERAGE and missing_ends < 0.15 * candidate.size:
        return How.MODIFIED
    if (
        candidate.matched >= PARTIAL_WORDS
        and candidate.matched >= 0.85 * (inside + candidate.size - missing_ends) / 2
    ):
        return How.PARTIAL
    if min(candidate.coverage, candidate.matched / inside) >= CLOSEST_COVERAGE:
        return How.CLOSEST
    return None


def _missing_ends(candidate: Candidate) -> int:
    """Return how many words of the licence are missing before and after what is here."""
    last = candidate.runs[-1]
    return candidate.runs[0].reference + candidate.size - last.reference - last.length


class _Missing:
    """The words of reference texts that the user has."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.words: dict[str, Words] = {}

    def quote(self, candidate: Candidate, difference: Difference) -> str | None:
        """Return the licence's own words at a difference, when its text is at hand and is that text."""
        if candidate.key not in self.texts or difference.ref_end <= difference.ref_begin:
            return None
        words = self.words.setdefault(candidate.key, Words(self.texts[candidate.key]))
        if len(words.words) != candidate.size:
            return None
        return words.quote(difference.ref_begin, difference.ref_end - 1)


def _match(judged: list[Judged], query: Query, missing: _Missing) -> LicenseMatch:
    best = judged[0]
    candidate = best.candidate
    how = _how(best, query)
    assert how is not None  # noqa: S101  the caller kept only those
    edits = tuple(_edit(difference, rule, candidate, query, missing) for difference, rule in best.edits)
    others = dict.fromkeys(one.candidate.key for one in judged if one.candidate.key != candidate.key)
    return LicenseMatch(
        key=candidate.key,
        expression=query.index.expression(candidate.key),
        how=how,
        lines=query.text.lines(candidate.begin, candidate.end - 1),
        coverage=round(candidate.coverage, 4),
        share=round(candidate.matched / len(query.text.words), 4),
        edits=edits,
        also=tuple(others),
    )


def _edit(
    difference: Difference, rule: str | None, candidate: Candidate, query: Query, missing: _Missing
) -> Edit:
    begin, end, ref_begin, ref_end = difference
    count = len(query.text.words)
    lines = query.text.lines(begin, end - 1) if end > begin else _seam(begin, count, query.text)
    return Edit(
        kind="replace" if end > begin and ref_end > ref_begin else "insert" if end > begin else "delete",
        lines=lines,
        words=query.text.quote(begin, end - 1) if end > begin else None,
        count=max(end - begin, ref_end - ref_begin),
        missing=missing.quote(candidate, difference),
        meaning="harmless" if rule else "meaningful",
        why=rule or why(difference, candidate, query),
    )


def _seam(at: int, count: int, text: Words) -> tuple[int, int]:
    """Return the lines around a place at which words are missing."""
    return text.lines(max(0, at - 1), min(at, count - 1))


def _with_leftover(
    matches: list[LicenseMatch], found: list[list[Judged]], query: Query
) -> tuple[list[LicenseMatch], list[Span]]:
    """Read what is left beside the licences: nothing, a change of one, or another matter."""
    leftover: list[Span] = []
    for begin, end in _gaps([judged[0].candidate for judged in found], len(query.numbers)):
        span = Span(
            lines=query.text.lines(begin, end - 1),
            words=end - begin,
            quote=query.text.quote(begin, end - 1, QUOTE),
        )
        owner = _owner(begin, end, found)
        rule = _beside(begin, end, owner, found, query)
        if rule is not None and owner is not None and rule:
            matches[owner] = _noted(matches[owner], span, rule)
            continue
        leftover.append(span)
        if owner is not None and rule is None:
            matches[owner] = _added(matches[owner], span)
    return matches, leftover


def _gaps(candidates: Sequence[Candidate], count: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for candidate in candidates for edge in (candidate.begin, candidate.end)), count]
    return [(begin, end) for begin, end in list(pairwise(edges))[::2] if end > begin]


def _owner(begin: int, end: int, found: list[list[Judged]]) -> int | None:
    """Return the match that leftover words would change: the one they follow, else the one they precede."""
    for number, judged in enumerate(found):
        if judged[0].candidate.end == begin:
            return number
    for number, judged in enumerate(found):
        if judged[0].candidate.begin == end:
            return number
    return None


def _beside(begin: int, end: int, owner: int | None, found: list[list[Judged]], query: Query) -> str | None:
    """Return why leftover words change nothing: a rule, ``""`` for another matter, or None: they may."""
    words = query.text.words[begin:end]
    keys = [
        judged[0].candidate.key
        for judged in found
        if end == judged[0].candidate.begin or begin == judged[0].candidate.end
    ]
    for key in keys:
        rule = title_or_name(begin, end, key, query)
        if rule:
            return rule
    if owner is None:
        return None
    return "" if _apart(begin, end, query) and not is_binding(words) else None


def _apart(begin: int, end: int, query: Query) -> bool:
    """Whether a heading, a rule or a fence stands between leftover words and the licence beside them."""
    text = query.text
    spans = text.spans
    first_line_ends = text.soft.find("\n", spans[begin][0])
    after = begin > 0 and not _separated(spans[begin - 1][1], first_line_ends, text.soft)
    last_line_begins = text.soft.rfind("\n", 0, spans[end - 1][0]) + 1
    before = end < len(spans) and not _separated(last_line_begins, spans[end][0], text.soft)
    if before:
        heading = text.soft[spans[begin][0] - 8 if begin else 0 : spans[end][0]]
        last = heading.rfind("\n#")
        before = last < 0 or len(heading[last:].split()) > 12  # noqa: PLR2004  the heading of the licence itself
    return not after and not before


def _separated(begin: int, end: int, soft: str) -> bool:
    """Whether a boundary stands in a part of the text; -1 as its end is the end of the text."""
    part = soft[begin : end if end >= 0 else len(soft)]
    return bool(_BOUNDARY.search(part) or (soft.startswith("---\n") and _YAML_KEY.search(part)))


def _noted(match: LicenseMatch, span: Span, rule: str) -> LicenseMatch:
    edit = Edit(
        kind="insert", lines=span.lines, words=span.quote, count=span.words, meaning="harmless", why=rule
    )
    how = How.EQUIVALENT if match.how is How.EXACT else match.how
    return replace(match, how=how, edits=tuple(sorted((*match.edits, edit), key=lambda one: one.lines)))


def _added(match: LicenseMatch, span: Span) -> LicenseMatch:
    edit = Edit(
        kind="insert",
        lines=span.lines,
        words=span.quote,
        count=span.words,
        meaning="meaningful",
        why="words were added",
    )
    how = How.MODIFIED if match.how in {How.EXACT, How.EQUIVALENT} else match.how
    return replace(match, how=how, edits=tuple(sorted((*match.edits, edit), key=lambda one: one.lines)))


def _note(stated: Sequence[str], matches: Sequence[LicenseMatch], text: Words) -> str:
    """Return why nothing is stated, and whether all of the text was looked at."""
    cut = f"only the first {len(text.words):,} words were looked at" if text.cut else ""
    if stated:
        return cut
    if not matches:
        reason = "no known licence text is near this one"
    elif matches[0].also:
        reason = f"the text fits {', '.join((matches[0].key, *matches[0].also))} equally well"
    elif matches[0].how in {How.EXACT, How.EQUIVALENT}:
        reason = f"{matches[0].key} is here in full, and so are other terms that are not recognised"
    else:
        reason = _sentence(matches[0])
    return f"{reason}; {cut}" if cut else reason


def _sentence(match: LicenseMatch) -> str:
    count = sum(edit.meaning == "meaningful" for edit in match.edits)
    places = f"{count} place{'s' if count != 1 else ''}"
    if match.how is How.MODIFIED:
        return f"the text is {match.key} changed in {places}"
    if match.how is How.PARTIAL:
        return f"the text is a part of {match.key} ({match.coverage:.0%} of its words)"
    return f"closest is {match.key}, from which the text differs in {places}"


def _shifted(result: Identification, first_line: int) -> Identification:
    """Count lines as in the file."""

    def moved(lines: tuple[int, int]) -> tuple[int, int]:
        return lines[0] + first_line, lines[1] + first_line

    return replace(
        result,
        matches=tuple(
            replace(
                match,
                lines=moved(match.lines),
                edits=tuple(replace(edit, lines=moved(edit.lines)) for edit in match.edits),
            )
            for match in result.matches
        ),
        leftover=tuple(replace(span, lines=moved(span.lines)) for span in result.leftover),
    )
