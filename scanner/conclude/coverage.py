# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Which component a licence file speaks of: read from its name, its place and the card, not assumed.

A repository's LICENSE is often the licence of its code while the weights are under other terms, so
a file covers the weights only for a reason that can be written down. The reasons, strongest first:

1. its own name says so (``LICENSE-MODEL``, ``LICENSE_weights``, ``LICENSE-CODE``), or its folder does;
2. the card names the file in a sentence that speaks of the code, the models or the data;
3. another file's name claims the weights: then a plain licence file does not;
4. its name or folder says that it came with somebody else's work: then it covers nothing here;
5. it stands at the top of the release, or beside weights, and nothing limits it: it covers the release.

A link to a file of the same name in another repository says nothing about this one's.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal
from urllib.parse import unquote

from msgspec.structs import replace

from scanner.conclude.sentences import (
    LINK,
    names_release,
    names_sibling,
    paragraphs,
    sentences,
    spoken_of,
)
from scanner.model.base import Value
from scanner.model.reading import LegalText, LicenseReading, Source
from scanner.model.release import Component

_NAME_WORDS = {
    Component.WEIGHTS: r"models?|weights?|checkpoints?|params?|parameters",
    Component.CODE: r"code|src|source|software|scripts?",
    Component.DATA: r"data|datasets?|corpus",
    Component.DOCUMENTATION: r"docs?|documentation",
}

_FILE_NAME = {
    component: re.compile(rf"(?:^|[^a-z])(?:{words})(?:[^a-z]|$)", re.IGNORECASE)
    for component, words in _NAME_WORDS.items()
}


Standing = Literal["sure", "default", "elsewhere"]


class Coverage(Value, frozen=True, kw_only=True):
    """The components that one legal text speaks of, and why that is believed."""

    components: tuple[Component, ...]
    why: str
    standing: Standing = "sure"
    also: tuple[Component, ...] = ()
    """Components that it covers besides only because nothing limits it to the others."""


def covered(covers: Coverage) -> Iterator[tuple[Component, Standing]]:
    """Yield each component that a text covers, with how well that is known."""
    yield from ((component, covers.standing) for component in covers.components)
    yield from ((component, "default") for component in covers.also)


_NONE: frozenset[str] = frozenset()


def coverage(
    text: LegalText, texts: Sequence[LegalText], release: str, weights_in: Collection[str] = _NONE
) -> Coverage:
    """Return the components that ``text`` covers.

    Args:
        text: A licence, policy or notice text of the release.
        texts: All legal texts of the release, the card's body among them.
        release: Name of the release, to know its own repository among links.
        weights_in: Folders of the release that hold weights, relative to its root.
    """
    if text.source is Source.NOTICE_FILE:
        why = "a notice speaks of third parties' works"
        return Coverage(components=(Component.CODE,), why=why, standing="elsewhere")
    if text.source is Source.LICENSE_FILE and _THIRD_PARTY.search(text.path):
        why = "its path says that it came with somebody else's work"
        return Coverage(components=(Component.CODE,), why=why, standing="elsewhere")
    named = _by_name(text.path)
    if named and not _of_an_empty_folder(text.path, weights_in):
        return Coverage(components=named, why=f"its path names {_words(named)}")
    if text.source is not Source.LICENSE_FILE:
        why = _STANDS_IN.get(text.source, "it stands in the card of the release")
        return Coverage(components=(Component.WEIGHTS,), why=why, standing="default")
    return _told(text, texts, release) or _by_place(text.path, weights_in) or _by_default(text, texts)


def _of_an_empty_folder(path: str, weights_in: Collection[str]) -> bool:
    """Whether only a folder's name speaks of weights, and the release keeps its weights elsewhere."""
    folder, _, name = path.rpartition("/")
    if not folder or Component.WEIGHTS not in _by_name(path) or _by_name(name) or not weights_in:
        return False
    return not any(f"{place}/".startswith(f"{folder}/") for place in weights_in)


def _told(text: LegalText, texts: Sequence[LegalText], release: str) -> Coverage | None:
    """Return what the card says that a licence file covers, when it says anything."""
    said, sibling = _by_card(text.path, texts, release)
    if said:
        rest = () if Component.WEIGHTS not in said or Component.CODE in said else (Component.CODE,)
        why = f"the card names it in a sentence about {_words(said)}"
        return Coverage(components=said, why=why, also=rest)
    if sibling:
        why = f"the card names it in a sentence about {sibling}, another member of the family"
        return Coverage(components=(Component.WEIGHTS,), why=why, standing="elsewhere")
    return None


def _by_place(path: str, weights_in: Collection[str]) -> Coverage | None:
    """Return what a licence file below the top covers: no more than its folder."""
    folder = path.rpartition("/")[0]
    if not folder or _LEGAL_FOLDER.fullmatch(folder):
        return None
    if any(f"{place}/".startswith(f"{folder}/") for place in weights_in):
        return None
    why = f"it stands in {folder}/, which holds no weights, and the card says nothing of it"
    return Coverage(components=(Component.CODE,), why=why, standing="elsewhere")


_THIRD_PARTY = re.compile(
    r"(?i)(?:^|[^a-z])(?:third[-_ ]?part(?:y|ies)|3rd[-_ ]?part(?:y|ies)|vendor(?:ed|s)?|externals?"
    r"|deps|dependenc(?:y|ies)|submodules|node_modules|site-packages|notices?|acknowledge?ments?"
    r"|(?:base|parent|teacher|upstream|original)[-_ ]?models?|model[-_ ]?zoo)(?:[^a-z]|$)"
)


def placed(reading: LicenseReading) -> LicenseReading:
    """Return a declaration as one about somebody else's work, when its path says that it came with such."""
    if not _THIRD_PARTY.search(reading.evidence.path):
        return reading
    return replace(reading, standing="elsewhere", note="its path says that it came with somebody else's work")


_LEGAL_FOLDER = re.compile(r"(?i)(?:legal|licen[cs](?:e|es|ing)|terms|docs?|documentation)(?:/.*)?")
"""A folder in which a release keeps its own terms."""


_ORDINARY = frozenset(
    {
        *(
            "license",
            "licence",
            "licenses",
            "copying",
            "copyright",
            "eula",
            "terms",
            "agreement",
            "txt",
            "md",
        ),
        *(
            "rst",
            "pdf",
            "html",
            "htm",
            "rtf",
            "docx",
            "the",
            "of",
            "use",
            "and",
            "for",
            "file",
            "text",
            "full",
        ),
        *("community", "commercial", "noncommercial", "non", "research", "open", "public", "legal", "final"),
        *("rail", "model", "en", "zh", "cn", "ja", "ko", "fr", "de", "english", "chinese", "v", "version"),
        *("ai", "llm", "new", "original", "header"),
    }
)
"""Words in the names of licence files that name no work."""


def unclear_name(path: str, release: str, keys: Iterable[str]) -> str:
    """Return what is in a licence file's name that is neither usual, nor of the release, nor of its licence.

    ``LICENSE.flash-attention`` beside weights of another name may be a library's: its name alone does not
    make it the licence of the weights.
    """
    stem = path.rsplit("/", 1)[-1].lower()
    known = _plain(" ".join((release, *keys)))
    words = (word for word in re.findall(r"[a-z]+", stem) if word not in _ORDINARY)
    return " ".join(word for word in words if word not in known)


def _by_default(text: LegalText, texts: Sequence[LegalText]) -> Coverage:
    """Return what a licence file covers of which the card says nothing."""
    rival = next((other.path for other in texts if _claims_weights(other, text)), None)
    if rival is not None:
        why = f"the weights have a licence file of their own, {rival}"
        return Coverage(components=(Component.CODE,), why=why)
    return Coverage(
        components=(Component.WEIGHTS, Component.CODE, Component.DOCUMENTATION),
        why="nothing in the release limits this licence file to a part of it",
        standing="default",
    )


_STANDS_IN = {
    Source.POLICY_FILE: "a use policy goes with a licence and is none",
    Source.SAFETENSORS: "it stands in the metadata of the weights",
    Source.GGUF: "it stands in the metadata of the weights",
    Source.ONNX: "it stands in the metadata of the weights",
    Source.MODELFILE: "it stands in the recipe of the model",
}


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


def _by_card(path: str, texts: Iterable[LegalText], release: str) -> tuple[tuple[Component, ...], str | None]:
    """Read the sentences of the card that link to, or name, this file.

    Returns:
        The components that they speak of, and a sibling of the release that they give the file to instead.
    """
    found: set[Component] = set()
    siblings: list[str] = []
    for card in texts:
        if card.source in {Source.CARD, Source.GATE}:
            for paragraph in paragraphs(card.text):
                for sentence, before in _pairs(paragraph):
                    if _names_file(sentence, path, release):
                        sibling = names_sibling(sentence, release)
                        if sibling:
                            siblings.append(sibling)
                            continue
                        found.update(spoken_of(sentence) or before)
                        if names_release(sentence, release):
                            found.add(Component.WEIGHTS)
    components = tuple(component for component in Component if component in found)
    return components, siblings[0] if siblings and not components else None


def _pairs(paragraph: str) -> Iterator[tuple[str, tuple[Component, ...]]]:
    """Yield each sentence with what the one before spoke of: "See the file." speaks of the same."""
    before: tuple[Component, ...] = ()
    for sentence in sentences(paragraph):
        yield sentence, before
        before = spoken_of(sentence)


def _names_file(sentence: str, path: str, release: str) -> bool:
    """Whether a sentence links to the file of this path in this release."""
    return any(
        _same_file(unquote(target).split("#")[0].split("?")[0].rstrip("/"), path, release)
        for _, target in LINK.findall(sentence)
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


def _words(components: Sequence[Component]) -> str:
    return " and ".join(f"the {component}" for component in components)
