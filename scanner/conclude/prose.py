# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a card says of licences in its own words, as declarations: of which component, and of whose work.

A sentence counts for a component when its words stand before the licence's name ("the weights are
released under ..."). One without such a word speaks of the release as a whole. One that turns to another
work (the base model, a sibling, a data set's own terms) binds nothing here and is kept as such.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from scanner.conclude.sentences import (
    before,
    foreign,
    holding,
    names_release,
    names_sibling,
    sentences,
    spoken_of,
)
from scanner.model.base import Evidence, Value
from scanner.model.license import License
from scanner.model.reading import LegalText, LicenseReading, Mention, Source, Spoken
from scanner.model.release import Component

DENIAL = "denial"
"""How a sentence speaks that takes a licence back: "is not licensed under"."""

_STATEMENTS = frozenset({"prose", "badge", "table", "spdx", DENIAL})
"""Forms in which something is said; a bare link says nothing."""


class _Subject(Value, frozen=True, kw_only=True):
    """What a mention speaks of, and why that is believed."""

    components: tuple[Component, ...]
    why: str
    elsewhere: bool = False
    sure: bool = True


def in_prose(
    spoken: Iterable[Spoken], licenses: Mapping[str, License], release: str
) -> Iterator[LicenseReading]:
    """Yield a declaration for each licence that a card names in its own words, and each component.

    Args:
        spoken: Texts with the licences that they name.
        licenses: The catalogue's records by key.
        release: Name of the release, to know it among its siblings.
    """
    for one in spoken:
        for mention in one.mentions:
            if mention.how in _STATEMENTS and one.text.source in {Source.CARD, Source.GATE}:
                yield from _readings(one.text, mention, licenses, release)


def _readings(
    text: LegalText, mention: Mention, licenses: Mapping[str, License], release: str
) -> Iterator[LicenseReading]:
    subject = _subject(text, mention, release)
    record = licenses.get(mention.key or "")
    denied = mention.how == DENIAL
    for component in subject.components:
        yield LicenseReading(
            source=text.source,
            component=component,
            standing="elsewhere" if subject.elsewhere else "sure" if subject.sure else "default",
            evidence=Evidence(
                path=text.path,
                reader="card-prose",
                lines=mention.lines,
                quote=mention.quote,
                sha256=text.sha256,
            ),
            how=mention.how,
            raw=mention.raw,
            key=None if denied else mention.key,
            expression=None if denied else record.spdx_expression if record else mention.expression,
            candidates=(mention.key, *mention.candidates) if denied and mention.key else mention.candidates,
            stranger=mention.stranger,
            note=_note(mention, subject),
        )


def _note(mention: Mention, subject: _Subject) -> str:
    if mention.how == DENIAL:
        return f"says that this is not the licence; {subject.why}"
    return subject.why if mention.key else f"names no version that is known; {subject.why}"


def _subject(text: LegalText, mention: Mention, release: str) -> _Subject:
    """Return what the sentence around a mention speaks of."""
    whole = (Component.WEIGHTS,)
    sentence = _sentence(text, mention)
    if sentence is None:
        return _Subject(components=whole, why=f"a {mention.how} of the card says so", sure=False)
    named = _behind(mention.raw, sentence)
    if named:
        return _Subject(components=named, why="the card says right behind it what it is for")
    words = before(mention.raw, sentence)
    sibling = names_sibling(words, release)
    if sibling:
        return _Subject(components=whole, why=f"it speaks of {sibling}, a sibling", elsewhere=True)
    if foreign(words):
        return _Subject(components=whole, why="it speaks of the work this one comes from", elsewhere=True)
    components = spoken_of(words)
    if names_release(words, release):
        components = tuple(dict.fromkeys((*components, Component.WEIGHTS)))
    if components:
        return _Subject(components=components, why="the card says so in a sentence about it")
    return _Subject(components=whole, why="the card says so of the release as a whole", sure=False)


_BEHIND = re.compile(
    r"\W{0,4}(?:licen[cs]e\W{0,3})?(?:\(\s*(?:for )?|for )(?:the |our |its |all )?"
    r"(?P<words>[^().,;\n]{1,30})",
    re.IGNORECASE,
)


def _behind(raw: str, sentence: str) -> tuple[Component, ...]:
    """Return the components that stand right behind a licence's name: "MIT (code)", "MIT for the code"."""
    at = sentence.find(raw)
    found = _BEHIND.match(sentence, at + len(raw)) if at >= 0 else None
    return spoken_of(found["words"]) if found else ()


def _sentence(text: LegalText, mention: Mention) -> str | None:
    """Return the sentence in which a mention stands; a badge stands in none."""
    if mention.how == "badge":
        return None
    lines = text.text.splitlines()
    at = min(mention.lines[0] - text.first_line, len(lines) - 1)
    begin = end = max(at, 0)
    while begin > 0 and lines[begin - 1].strip():
        begin -= 1
    while end < len(lines) and lines[end].strip():
        end += 1
    return holding(mention.raw, sentences("\n".join(lines[begin:end])))
