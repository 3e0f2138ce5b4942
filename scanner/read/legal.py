# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Licence, notice and use-policy files: by their name, by their title, and by their language.

A file whose name says nothing is taken for terms when its words are little else: legal turns of many
kinds stand close together in it, or one of its first lines is the title of a licence, an agreement or
a policy and some of those turns follow. A paper, a card or a changelog that speaks of a licence has
no such title, and hardly any such turn among many other words.
"""

import re
from collections.abc import Mapping, Sequence

from scanner.model.reading import Facts, Source
from scanner.model.release import ArtifactKind, Unread
from scanner.read.page import Page, condition, gathered, legal_text, witness

READER = "license-text"

SOURCES: Mapping[ArtifactKind, Source] = {
    ArtifactKind.LICENSE: Source.LICENSE_FILE,
    ArtifactKind.NOTICE: Source.NOTICE_FILE,
    ArtifactKind.POLICY: Source.POLICY_FILE,
}
"""What a file is by its name."""

OPENING = 4
"""Lines with words in which a title is looked for: a publisher or a date may stand above it."""

TITLE_LENGTH = 120
"""Characters; a longer line is a sentence."""

TURNS = 6
"""Different legal turns that make terms without a title, when they are dense; real texts have more."""

DENSITY = 0.015
"""Legal turns for each word that make terms without a title. Real texts have 0.017 and more, model cards
that speak of their licence below 0.006."""

TITLED_TURNS = {Source.LICENSE_FILE: 4, Source.POLICY_FILE: 2}
"""Different legal turns that must follow a title."""

_TITLES: tuple[tuple[Source, re.Pattern[str]], ...] = tuple(
    (source, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE))
    for source, words in {
        Source.POLICY_FILE: "us(?:e|age) (?:policy|restrictions|guidelines)|使用政策|使用限制|可接受使用",
        Source.LICENSE_FILE: (
            "licen[cs]e|agreement|eula|(?:licen[cs]e|use) terms|terms (?:of|for) (?:use|service)"
            "|terms (?:and|&) conditions|许可证|许可协议|使用协议|授权协议|服务条款|使用条款"
        ),
    }.items()
)
"""Words that end a title of terms."""

_AFTER = re.compile(r"[ ,:\-\u2013\u2014]*\([^()]*\)|(?=.*\d)[\w .,:\-\u2013\u2014]{0,40}")
"""What may follow them: something in brackets, a version, a date."""

_SENTENCE = re.compile(r"(?<![a-z])(?:is|are|was|under|see|this|our|we|how|about|by)(?![a-z])", re.IGNORECASE)
"""Words of sentences and of headings about terms: they are in no title of terms themselves."""

_TURNS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\bhereby\b|\bherein\b|\bthereof\b",
        r"\bshall\b|\bmust not\b|\bmay not\b",
        r"\blicens(?:ee|or)s?\b|\byou agree\b|\byou accept\b|\bthe parties\b",
        r"\bwarrant(?:y|ies)\b|\bas[ -]is\b",
        r"\bliab(?:le|ility)\b|\bdamages\b|\bindemnif",
        r"\bgrant(?:s|ed)?\b|\bpermitted\b|\bpermission\b",
        r"\bterminat(?:e|es|ion)\b|\bbreach\b|\bviolat",
        r"\bprohibited\b|\bunlawful|\bapplicable laws?\b|\bgoverning law\b",
        r"\bredistribut|\bderivative works?\b|\bsublicens",
        "授予|授权",
        "不得|禁止",
        "责任|担保|保证",
        "终止|违反|违约",
        "法律|法规|管辖",
    )
)
"""Turns of phrase that terms are made of, in English and Chinese."""

_WORD = re.compile(r"\w+")

_TAG = re.compile(r"<[^<>]{0,60}>")
_MARKS = " \t\r\n\f\v#>*=_`-\u2022"
"""Marks of Markdown and reStructuredText around a title."""

OPENING_LINES = 50
"""Lines of a file, empty ones and rows of marks among them, in which its opening lies."""

LINE_LIMIT = 300
"""Characters of a line of it."""

SEARCHED = 40_000
"""Characters in which legal language is looked for."""


def read_legal(page: Page, source: Source) -> Facts:
    """Return a file of terms as a text, or say why it is none that can be read."""
    if page.container or page.binary:
        return _unread(page, page.container or "is no text; what it holds was not read")
    if not page.text.strip():
        return _unread(page, "is empty")
    return gathered((legal_text(page, source, page.text), condition(page, witness(page, READER, source))))


def read_if_terms(page: Page) -> Facts:
    """Return a file whose name says nothing as a text, when its words are those of terms."""
    if page.container or page.binary:
        return Facts()
    source = kind_of_terms(page.lines)
    return read_legal(page, source) if source else Facts()


def kind_of_terms(lines: Sequence[str]) -> Source | None:
    """Return what terms some lines are, by their title and their language; None: no terms."""
    opening = [stripped for line in lines[:OPENING_LINES] if (stripped := _bare(line))][:OPENING]
    titled = next((found for line in opening if (found := _title(line))), None)
    text = "".join(lines)[:SEARCHED]
    turns = [len(turn.findall(text)) for turn in _TURNS]
    kinds = sum(map(bool, turns))
    if titled and kinds >= TITLED_TURNS[titled]:
        return titled
    dense = sum(turns) >= DENSITY * len(_WORD.findall(text))
    return Source.LICENSE_FILE if dense and kinds >= TURNS else None


def _title(line: str) -> Source | None:
    """Return what a line is the title of: it ends in the word for it, and is no sentence."""
    if len(line) > TITLE_LENGTH or line.endswith((".", "。", ":", ",", ";")) or _SENTENCE.search(line):
        return None
    for source, words in _TITLES:
        rests = [line[found.end() :] for found in words.finditer(line)]
        if any(not rest or _AFTER.fullmatch(rest) for rest in rests):
            return source
    return None


def _bare(line: str) -> str:
    """Return a line without marks of layout; a row of marks is no line."""
    return _TAG.sub("", line[:LINE_LIMIT]).strip(_MARKS)


def _unread(page: Page, reason: str) -> Facts:
    return Facts(unread=(Unread(path=page.path, reason=reason),))
