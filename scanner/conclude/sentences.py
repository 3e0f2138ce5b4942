# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Sentences of a card, and what each speaks of: a component, this release, a sibling, other people's work."""

import re
from collections.abc import Iterable, Iterator

from scanner.model.release import Component

_COMPONENT_WORDS = {
    Component.WEIGHTS: r"weights?|checkpoints?|models?|模型|权重",
    Component.CODE: r"codes?|library|scripts?|software|(?:this|code) repo(?:sitory)?|代码",
    Component.DATA: r"data|datasets?|数据",
}
_COMPONENTS = {
    component: re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.IGNORECASE)
    for component, words in _COMPONENT_WORDS.items()
}

_SENTENCE_END = re.compile(
    r"(?<=[.;])\s+|(?<=[\u3002\uff1b])\s*|,\s+(?=(?:while|whereas)\b)"
    r"|\n\s*[-*|+]\s|\n#+ |\band(?=\s*\n?\s*\[)|\n(?=\s*\*\*)"
)
"""Sentences, list items and table rows; "... LICENSE for the code and [OTHER] for ..." is two."""

_PARAGRAPH_END = re.compile(r"\n\s*\n")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)[^)]*\)")

_FOREIGN = re.compile(
    r"\b(?:base model|original model|originally|derived from|based on|upstream|underlying|inherit\w*"
    r"|parent model|backbone|third[- ]part\w+|teacher)\b|基于|基座",
    re.IGNORECASE,
)
"""Words that turn to another work than this one."""

_OWN_SUBJECT = re.compile(
    r"^\W*(?:this|the|these|our|all(?: our| the)?)\s+"
    r"(?:(?!(?:base|original|underlying|parent|teacher|upstream|foundation)\b)[\w.-]+\s+){0,4}?"
    r"(?:models?|weights|checkpoints?|adapters?|release|repository|repo|project)\b",
    re.IGNORECASE,
)
"""A sentence that begins with this release, whatever it mentions on the way."""


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return _PARAGRAPH_END.split(text)


def sentences(paragraph: str) -> Iterator[str]:
    """Yield the sentences, list items and table rows of a paragraph."""
    return (sentence for sentence in _SENTENCE_END.split(paragraph) if sentence)


def spoken_of(sentence: str) -> tuple[Component, ...]:
    """Return the components whose words stand in a sentence, its links' addresses left out."""
    shown = visible(sentence)
    return tuple(component for component, pattern in _COMPONENTS.items() if pattern.search(shown))


def visible(sentence: str) -> str:
    """Return a sentence as a reader sees it: without addresses, and without the names of licence files."""
    return LINK.sub(lambda link: "" if _is_file_name(link[1]) else link[1], sentence)


def foreign(words: str) -> bool:
    """Whether the words before a licence's name turn to another work than this release."""
    return bool(_FOREIGN.search(words)) and not _OWN_SUBJECT.match(words)


def own_name(release: str) -> str:
    """Return the release's name without its organisation: ``Qwen-7B`` of ``Qwen/Qwen-7B``."""
    return re.split(r"/|__", release)[-1]


def names_release(sentence: str, release: str) -> bool:
    """Whether a sentence has the release's own name as a word."""
    name = own_name(release)
    return len(name) > 3 and bool(_as_word(name).search(visible(sentence)))  # noqa: PLR2004  else a word


def names_sibling(sentence: str, release: str) -> str | None:
    """Return another member of the release's family that a sentence names, when it does not name the release.

    Members share the letters before the first figure and differ after it: ``Qwen-7B`` and ``Qwen-1.8B``.
    """
    stem = re.match(r"[A-Za-z]{3,}", own_name(release))
    if stem is None or names_release(sentence, release):
        return None
    pattern = rf"(?<![\w.-]){stem[0]}[-_ ]?\d[\w.]*(?:[-_][\w.]+)*"
    siblings = re.finditer(pattern, visible(sentence), re.IGNORECASE)
    own = _letters(own_name(release))
    return next((one[0] for one in siblings if not own.startswith(_letters(one[0]))), None)


def holding(words: str, candidates: Iterable[str]) -> str | None:
    """Return the first of some sentences that has these words, whatever its marks and white space."""
    wanted = _letters(words)
    return next((one for one in candidates if wanted and wanted in _letters(one)), None)


def before(words: str, sentence: str) -> str:
    """Return what stands in a sentence before these words, or all of it when they stand otherwise there."""
    at = sentence.find(words)
    if at < 0 and words.split():
        at = sentence.find(words.split(maxsplit=1)[0])
    return sentence[:at] if at >= 0 else sentence


def _as_word(name: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\d)", re.IGNORECASE)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _is_file_name(words: str) -> bool:
    return bool(re.fullmatch(r"[`\"' ]*(?:the )?[\w.-]*LICEN[CS]E[\w.-]*[`\"' ]*", words, re.IGNORECASE))
