# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a card calls this very model open source: not its code, its base, others, or not at all.

Sentences are looked at one by one, across the lines of a paragraph. The languages, their phrases and what
turns them are data (``rules/openness/claims.yaml``).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from scanner.model.base import Evidence, Value, excerpt
from scanner.model.reading import LegalText
from scanner.openness.signs import QUOTE_LIMIT, SHOWN, bodies, lines_of
from scanner.openness.subject import Subject
from scanner.openness.tables import compiled, table

_LEAST = 4
"""Letters and digits that the stem of a name needs to stand for the model in a sentence."""

_VARIANT = re.compile(
    r"[a-z]{0,3}\d[\w.]*|[a-z]*\d+[bm]|base|chat|instruct|hf|it|exp|preview|gguf|gptq|awq|mlx|onnx|sft|dpo|rl",
    re.IGNORECASE,
)
"""Parts of a name with which its stem ends: a size, version or width, a tuning, a format."""

_END = re.compile("(?<!\\b[A-Z])(?<!e\\.g)(?<!i\\.e)[.!?](?=\\s)|[\u3002\uff01\uff1f]")
"""Where a sentence ends, in Latin and in Chinese writing."""


class Language(Value, frozen=True, kw_only=True):
    """How one language says it."""

    language: str
    words: str
    """What every such sentence holds, for a first look."""

    phrases: tuple[str, ...]
    denials: str
    others: str


class ClaimsTable(Value, frozen=True, kw_only=True):
    """``claims.yaml``."""

    languages: tuple[Language, ...]
    limit: int


class Sentence(Value, frozen=True, kw_only=True):
    """One sentence of a card with its lines."""

    text: str
    lines: tuple[int, int]


@cache
def claims_table() -> ClaimsTable:
    """Return how languages call a model open source."""
    return table("claims", ClaimsTable)


def calls_itself_open(subject: Subject) -> tuple[Evidence, ...]:
    """Return where the cards of a release call it open source, the first few."""
    name = _name(subject.release.name)
    found = (
        _evidence(text, sentence)
        for text in bodies(subject.facts)
        if (spoken := _spoken(text.text))
        for sentence in _sentences(text)
        if _claims(sentence.text, name, spoken)
    )
    return tuple(islice(found, SHOWN))


def claims(sentence: str, name: str) -> bool:
    """Whether a sentence calls the model of this name open source."""
    return _claims(sentence, _name(name), _spoken(sentence))


def _spoken(text: str) -> tuple[Language, ...]:
    """Return the languages whose words for it stand anywhere in a text."""
    return tuple(one for one in claims_table().languages if compiled(one.words).search(text))


def _claims(sentence: str, name: str, languages: Iterable[Language]) -> bool:
    for language in languages:
        if not compiled(language.words).search(sentence):
            continue
        # Not kept compiled: there are as many as names of releases.
        said = (
            re.search(phrase.replace("{name}", name), sentence, re.IGNORECASE) for phrase in language.phrases
        )
        if (
            any(said)
            and not compiled(language.denials).search(sentence)
            and not compiled(language.others).search(sentence)
        ):
            return True
    return False


def _name(release: str) -> str:
    """Return a pattern for the name of a release in a sentence: its stem, however it is parted.

    The figures of sizes and versions behind the stem vary from sentence to sentence, and may follow.
    """
    last = re.split(r"/|--|__", release)[-1]
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", last) if part]
    stem: list[str] = []
    for part in parts:
        if stem and _VARIANT.fullmatch(part):
            break
        stem.append(re.sub(r"(?<=[A-Za-z]{3})\d+$", "", part))
    joined = r"[\s_.-]?".join(map(re.escape, stem))
    if sum(map(len, stem)) < _LEAST:
        return r"(?!)"
    return rf"(?:\b{joined}(?:[\s_-]?v?\d[\w.]*)?(?:[\s_-](?:base|chat|instruct))?\b)"


def _sentences(text: LegalText) -> Iterator[Sentence]:
    """Yield the sentences of a card that may speak of it; code and table rows are none."""
    limit = claims_table().limit
    paragraph: list[tuple[int, str]] = []
    fenced = False
    for number, line in (*lines_of(text), (0, "")):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        plain = line.strip().strip("*>#-• ")
        ends = not plain or line.lstrip().startswith(("|", "#", "- ", "* ", "```", "<tr", "<td"))
        if ends and paragraph:
            yield from _cut(paragraph, limit)
            paragraph = []
        if plain and not fenced and not line.lstrip().startswith("|"):
            paragraph.append((number, plain))
        if line.lstrip().startswith("#") and paragraph:
            yield from _cut(paragraph, limit)
            paragraph = []


def _cut(paragraph: list[tuple[int, str]], limit: int) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph, each with the lines that it stands on."""
    joined, starts = "", []
    for number, line in paragraph:
        starts.append((len(joined), number))
        joined += f"{line} "
    begin = 0
    for end in (*(match.end() for match in _END.finditer(joined)), len(joined)):
        sentence = joined[begin:end]
        if sentence.strip():
            first = max(number for place, number in starts if place <= begin)
            last = max(number for place, number in starts if place < end)
            yield Sentence(text=re.sub(r"[*`_]{1,2}", "", sentence[:limit]), lines=(first, last))
        begin = end


def _evidence(text: LegalText, sentence: Sentence) -> Evidence:
    return Evidence(
        path=text.path,
        reader="model-card",
        lines=sentence.lines,
        quote=excerpt(sentence.text.strip(), QUOTE_LIMIT),
        sha256=text.sha256,
    )
