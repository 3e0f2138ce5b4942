# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Which component a licence file speaks of: read from its name, its place and the card, not assumed.

A repository's LICENSE is often the licence of its code while the weights are under other terms, so
a file covers the weights only for a reason that can be written down. The reasons, strongest first:

1. its own name says so (``LICENSE-MODEL``, ``LICENSE_weights``, ``LICENSE-CODE``), or its folder does;
2. the card names the file in a sentence that speaks of the code, the models or the data;
3. another file's name claims the weights: then a plain licence file does not;
4. nothing limits it: the release's licence file covers the release.

A link to a file of the same name in another repository says nothing about this one's.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from scanner.model.base import Value
from scanner.model.reading import LegalText, Source
from scanner.model.release import Component

_NAME_WORDS = {
    Component.WEIGHTS: r"models?|weights?|checkpoints?|params?|parameters",
    Component.CODE: r"code|src|source|software|scripts?",
    Component.DATA: r"data|datasets?|corpus",
    Component.DOCUMENTATION: r"docs?|documentation",
}

_PROSE_WORDS = {
    Component.WEIGHTS: r"weights?|checkpoints?|models?|模型|权重",
    Component.CODE: r"codes?|library|scripts?|software|(?:this|code) repo(?:sitory)?|代码",
    Component.DATA: r"data|datasets?|数据",
}

_FILE_NAME = {
    component: re.compile(rf"(?:^|[^a-z])(?:{words})(?:[^a-z]|$)", re.IGNORECASE)
    for component, words in _NAME_WORDS.items()
}

_PROSE = {
    component: re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.IGNORECASE)
    for component, words in _PROSE_WORDS.items()
}

_SENTENCE_END = re.compile(r"(?<=[.;\u3002\uff1b])\s+|\n\s*[-*|+]\s|\n#+ |\band(?=\s*\n?\s*\[)")
"""Sentences, list items and table rows; "... LICENSE for the code and [OTHER] for ..." is two."""

_PARAGRAPH_END = re.compile(r"\n\s*\n")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)[^)]*\)")


class Coverage(Value, frozen=True, kw_only=True):
    """The components that one legal text speaks of, and why that is believed."""

    components: tuple[Component, ...]
    why: str
    sure: bool = True
    """False: covered only because nothing limits the file."""


def coverage(text: LegalText, texts: Sequence[LegalText], release: str) -> Coverage:
    """Return the components that ``text`` covers.

    Args:
        text: A licence, policy or notice text of the release.
        texts: All legal texts of the release, the card's body among them.
        release: Name of the release, to know its own repository among links.
    """
    named = _by_name(text.path)
    if named:
        return Coverage(components=named, why=f"its path names {_words(named)}")
    if text.source is not Source.LICENSE_FILE:
        why = "it stands in the card of the release"
        return Coverage(components=(Component.WEIGHTS,), why=why, sure=False)
    said = _by_card(text.path, texts, release)
    if said:
        return Coverage(components=said, why=f"the card names it in a sentence about {_words(said)}")
    rival = next((other.path for other in texts if _claims_weights(other, text)), None)
    if rival is not None:
        return Coverage(
            components=(Component.CODE,),
            why=f"the weights have a licence file of their own, {rival}",
        )
    return Coverage(
        components=(Component.WEIGHTS, Component.CODE, Component.DOCUMENTATION),
        why="nothing in the release limits this licence file to a part of it",
        sure=False,
    )


def _claims_weights(other: LegalText, text: LegalText) -> bool:
    return (
        other.path != text.path
        and other.source is Source.LICENSE_FILE
        and Component.WEIGHTS in _by_name(other.path)
    )


def _by_name(path: str) -> tuple[Component, ...]:
    """Read the components from the words of a path: its file name first, then its folders."""
    *folders, name = path.split("/")
    for part in (name, *reversed(folders)):
        stem = re.sub(r"\.(?:txt|md|rst|pdf)$", "", part, flags=re.IGNORECASE)
        found = tuple(component for component, pattern in _FILE_NAME.items() if pattern.search(stem))
        if found:
            return found
    return ()


def _by_card(path: str, texts: Iterable[LegalText], release: str) -> tuple[Component, ...]:
    """Read the components from the sentences of the card that link to, or name, this file."""
    found: set[Component] = set()
    for card in texts:
        if card.source is Source.CARD:
            for paragraph in _PARAGRAPH_END.split(card.text):
                found.update(_by_paragraph(paragraph, path, release))
    return tuple(component for component in Component if component in found)


def _by_paragraph(paragraph: str, path: str, release: str) -> Iterable[Component]:
    """Read one paragraph; a sentence such as "See the file." speaks of what the one before spoke of."""
    before: frozenset[Component] = frozenset()
    for sentence in filter(None, _SENTENCE_END.split(paragraph)):
        spoken = frozenset(_spoken_of(sentence))
        if _names_file(sentence, path, release):
            yield from spoken or before
        before = spoken


def _names_file(sentence: str, path: str, release: str) -> bool:
    """Whether a sentence links to the file of this path in this release."""
    return any(
        _same_file(unquote(target).split("#")[0].split("?")[0].rstrip("/"), path, release)
        for _, target in _LINK.findall(sentence)
    )


def _same_file(target: str, path: str, release: str) -> bool:
    """Whether a link's target is the file; British spelling and a leading ``./`` do not matter."""
    if "://" not in target:
        return _spelling(target.removeprefix("./").lstrip("/")) == _spelling(path)
    repository, found, inside = target.partition("/blob/")
    own = _plain(repository.rsplit("/", 1)[-1])
    same_repository = bool(found and own) and own in _plain(release)
    return same_repository and _spelling(inside).endswith("/" + _spelling(path))


def _spelling(path: str) -> str:
    return path.lower().replace("licence", "license")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _spoken_of(sentence: str) -> Iterable[Component]:
    """Return the components whose words stand in the sentence, its links' addresses left out."""
    visible = _LINK.sub(lambda link: "" if _is_file_name(link[1]) else link[1], sentence)
    return (component for component, pattern in _PROSE.items() if pattern.search(visible))


def _is_file_name(words: str) -> bool:
    return bool(re.fullmatch(r"[`\"' ]*(?:the )?[\w.-]*LICEN[CS]E[\w.-]*[`\"' ]*", words, re.IGNORECASE))


def _words(components: Sequence[Component]) -> str:
    return " and ".join(f"the {component}" for component in components)
