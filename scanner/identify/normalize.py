# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

r"""Text to words, after the SPDX matching guidelines and beyond.

Two texts with the same words in the same order are the same licence text. Layout, markup, case,
quotation marks, list marks, comment marks, standing copyright lines and varietal spellings carry
no words. Laws: words of normalised text are the same words (``words(normalize(t)) == words(t)``),
and the number of line breaks before a word never changes, so that every word knows its line.

>>> normalize("1. You may **not** sub-\n   license it.").split()
['you', 'may', 'not', 'sublicense', 'it']
"""

import html
import re
import unicodedata
from bisect import bisect_right
from functools import cached_property

from scanner.model.base import excerpt

VERSION = 2
"""Of these rules. The index records it, since fingerprints of other rules do not compare."""

NOTICE = "\u00a9\u00a9"
"""What stands in ``soft`` in place of a copyright line: no word."""

MAX_CHARACTERS = 4_000_000
MAX_WORDS = 250_000
"""What is looked at of one text; several times the longest licence known."""

_TAGS = (
    "a abbr address article b big blockquote body br center cite code col dd del details div dl dt em font "
    "footer h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd label li link main meta nav ol p pre q s "
    "section small span strike strong style sub summary sup table tbody td th thead title tr tt u ul var"
).replace(" ", "|")
_TAG = re.compile(
    rf"""</?(?:{_TAGS})(?:\s+[\w:-]+=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?>""", re.IGNORECASE
)
_BLOCK = re.compile(
    r"</?(?:address|article|blockquote|body|center|dd|details|div|dl|dt|footer|h[1-6]|header|hr|html|li|main|nav|ol|p|"
    r"pre|section|table|tbody|td|th|thead|title|tr|ul)\b",
    re.IGNORECASE,
)
"""Tags that begin or end a paragraph."""

_PARAGRAPH = "\x1d"
"""What stands in the text in place of such a tag: no word, and no line break."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"\[([^\[\]()]{1,300})\]\(<?([^()\s<>]{1,300})>?\)")
_SCHEME = re.compile(r"https?:\s?//(?:www\.)?|(?<=//)www\.", re.IGNORECASE)
_DIACRITIC = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+")
_REMARK = re.compile(r"(?im)^[ \t]*(?:rem|dnl)[ \t]")
# The rare character comes first in these, since the engine looks for it at every place of the text.
_APOSTROPHE = re.compile(r"['\u2018\u2019\u02bc\u2032`\u00b4](?<=[^\W\d_].)(?=[^\W\d_])")
_HYPHEN = re.compile(r"[-\u2010\u2011](?<=[^\W\d_].)(?=[^\W\d_])")
_BROKEN = re.compile(
    r"[-\u2010\u2011](?<=[^\W\d_].)[ \t]*\n[ \t]*(?:[#*;%>/!|][#*;%>/!| \t]{0,8})?([^\W\d_][\w.,;:]*)"
)
_MARK = re.compile(
    r"(?<!\S)[*_#>\"'\u201c]{0,4}"
    r"(\(\s?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivxIVX]{1,5})\s?\)"
    r"|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivxIVX]{1,5})[.)])"
    r"[*_]{0,3}(?=\s)"
)
_REFERENCE = re.compile(
    r"(?:sections?|clauses?|paragraphs?|articles?|versions?|parts?|attachments?|exhibits?|schedules?|appendix|"
    r"annex|and|or|to|of|through|v|no|number)[\s\"'(]*$",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"(?i)(copyrights?[ \t]*)\(c\)|\(c\)(?=[ \t]*(?:copyright|\d{4}\b))")
_HOLDER = re.compile(
    r"(?im)^[ \t]*[^\w\n(<\[{\u00a9]{0,6}"
    r"(?:(?:portions )?copyrights?\b[ \t:]*\u00a9?|\u00a9)[ \t,]*(?:copyright\b[ \t]*)?(?:by\b[ \t]*)?"
    r"(?P<year>[<\[{(]?(?:\d{4}|y{2,4}\b|years?\b|xxxx))?[^\n]{0,160}$"
)
_SENTENCE = re.compile(
    r"(?i)\b(?:licen[cs]\w*|may|must|shall|not|permi\w+|prohibit\w*|commercial\w*|only|use[ds]?|grant\w*|terms|"
    r"agree\w*|conditions?|restrict\w*|warrant\w*|notices?|academi[ac]|evaluat\w+|educational|hobby\w*|trial|"
    r"personal|students?|nonprofit|nc)\b|[\u4e00-\u9fff]{8}"
)
"""Words that make a line that begins like a notice a sentence."""

_RESERVED = re.compile(r"(?im)^[ \t]*[^\w\n]{0,6}all rights reserved[^\w\n]{0,4}$")
_ASCII_WORD = re.compile(r"\d+(?:[.,]\d+)+|[a-z0-9]+")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_CJK}]|\d+(?:[.,]\d+)+|[^\W_{_CJK}]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+\Z")

VARIETAL = {
    "acknowledgement": "acknowledgment",
    "analogue": "analog",
    "analyse": "analyze",
    "artefact": "artifact",
    "authorisation": "authorization",
    "authorised": "authorized",
    "calibre": "caliber",
    "cancelled": "canceled",
    "capitalisations": "capitalizations",
    "catalogue": "catalog",
    "categorise": "categorize",
    "centre": "center",
    "emphasised": "emphasized",
    "favour": "favor",
    "favourite": "favorite",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "initialise": "initialize",
    "judgement": "judgment",
    "labelling": "labeling",
    "labour": "labor",
    "licence": "license",
    "licenced": "licensed",
    "licences": "licenses",
    "maximise": "maximize",
    "modelled": "modeled",
    "modelling": "modeling",
    "offence": "offense",
    "optimise": "optimize",
    "organisation": "organization",
    "organise": "organize",
    "practise": "practice",
    "programme": "program",
    "realise": "realize",
    "recognise": "recognize",
    "signalling": "signaling",
    "sublicence": "sublicense",
    "utilisation": "utilization",
    "whilst": "while",
    "wilful": "willful",
}
"""Spellings that the SPDX matching guidelines hold equal: the left one is read as the right one."""


class Words:
    """The words of one text, and where each stands.

    Attributes:
        words: The normalised words, in order.
        soft: The text without markup, in its own spelling, with the line breaks of the original.
        marks: List marks that were taken out, as words, by their place in ``soft``.
        aside: Whether standing copyright lines were set aside.
        cut: Whether the text is longer than what is looked at.
    """

    def __init__(self, text: str) -> None:
        """Normalise one text; every text has words, if only none."""
        self.cut = len(text) > MAX_CHARACTERS
        self.soft, self.marks, self.aside = _soften(text[:MAX_CHARACTERS])
        lowered = self.soft.lower()
        if len(lowered) != len(self.soft):
            self.soft = lowered
        pattern = _ASCII_WORD if lowered.isascii() else _WORD
        self._found = pattern
        raw = pattern.findall(lowered)
        self._last = raw[-1] if raw else ""
        if len(raw) > MAX_WORDS:
            self.cut = True
            del raw[MAX_WORDS:]
        self.words: list[str] = [_spelled(word) for word in raw] if "," in lowered else _varied(raw)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Begin and end of each word in ``soft``."""
        found = self._found.finditer(self.soft.lower())
        return [match.span() for match, _ in zip(found, self.words, strict=False)]

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.soft)]

    def line(self, position: int) -> int:
        """Return the line, counted from 0, of a place in ``soft``."""
        return bisect_right(self._breaks, position - 1) if position else 0

    def lines(self, first: int, last: int) -> tuple[int, int]:
        """Return the lines, counted from 0, of the words ``first`` to ``last``, both included."""
        return self.line(self.spans[first][0]), self.line(self.spans[last][1] - 1)

    @property
    def outer_lines(self) -> tuple[int, int]:
        """Lines, counted from 0, of the first and the last word."""
        lowered = self.soft.lower()
        first = self._found.search(lowered)
        # No word follows the last one, so its last occurrence is where it stands.
        end = max(lowered.rfind(self._last), 0) if self._last else 0
        return self.soft.count("\n", 0, first.start() if first else 0), self.soft.count("\n", 0, end)

    def quote(self, first: int, last: int, limit: int = 400) -> str:
        """Return the text's own spelling of the words ``first`` to ``last``, on one line."""
        begin, end = self.spans[first][0], self.spans[last][1]
        own = " ".join(self.soft[begin : min(end, begin + 4 * limit)].split())
        return excerpt(own, limit)


def words(text: str) -> list[str]:
    """Return the normalised words of a text."""
    return Words(text).words


def normalize(text: str) -> str:
    """Return the words of a text, one to a line; normalising twice changes nothing."""
    return "\n".join(words(text))


def _varied(raw: list[str]) -> list[str]:
    """Return words in the spelling of the index."""
    known = VARIETAL.get
    return [known(word, word) for word in raw]


def _spelled(word: str) -> str:
    if "," in word and _THOUSANDS.match(word):
        return word.replace(",", "")
    return VARIETAL.get(word, word)


def _soften(text: str) -> tuple[str, dict[int, str], bool]:
    """Return the text without what carries no words, the list marks taken out, and whether notices were."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if not text.isascii():
        text = _plain(text)
    if "<" in text:
        text = _TAG.sub(_breaks_only, text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(_without_repetition, text)
    if "//" in text:
        text = _SCHEME.sub(_breaks_only, text)
    if len(_REMARK.findall(text)) * 2 > text.count("\n") + 1:
        text = _REMARK.sub("", text)
    text = _BROKEN.sub(r"\1\n", text)
    text = _HYPHEN.sub("", _APOSTROPHE.sub("", text))
    text, aside = _without_holders(_SYMBOL.sub(lambda match: f"{match[1] or ''}\u00a9", text))
    return (*_without_marks(text), aside)


def _unescaped(match: re.Match[str]) -> str:
    return re.sub(r"[\r\n\x85\u2028\u2029&<]", " ", html.unescape(match.group()))


def _plain(text: str) -> str:
    """Fold compatible characters and drop diacritics and invisible characters."""
    folded = _DIACRITIC.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", folded)


def _without_repetition(match: re.Match[str]) -> str:
    """Return the label alone of a link whose label is its address."""
    label = re.sub(r"[\s\\]", "", match[1])
    return match[1] if label.rstrip("/") == match[2].rstrip("/").replace("\\", "") else match[0]


def _breaks_only(match: re.Match[str]) -> str:
    paragraph = _PARAGRAPH if _BLOCK.match(match.group()) else ""
    return f" {paragraph}" + "\n" * match.group().count("\n")


def _without_holders(text: str) -> tuple[str, bool]:
    """Blank out standing copyright lines: those that begin a paragraph or follow another."""
    lowered = text.lower()
    if "copyright" not in lowered and "\u00a9" not in lowered:
        return text, False
    aside = False
    last_end = -2

    def blank(match: re.Match[str]) -> str:
        nonlocal aside, last_end
        if not _standing(match, text, last_end):
            return match.group()
        aside, last_end = True, match.end()
        return NOTICE

    kept = _HOLDER.sub(blank, text)
    return (_RESERVED.sub("", kept) if aside else kept), aside


def _standing(match: re.Match[str], text: str, last_end: int) -> bool:
    """Whether a line that begins with the word copyright is a notice and no sentence."""
    line = match.group()
    if (not match["year"] and "\u00a9" not in line) or _SENTENCE.search(line):
        return False
    begin = match.start()
    if begin in {0, last_end + 1}:
        return True
    before = text.rfind("\n", 0, begin - 1) + 1
    previous = text[before : begin - 1] if begin - before <= 200 else "long " * 20  # noqa: PLR2004  a line
    return len(previous.split()) <= 8  # noqa: PLR2004  blank, a title, or another short notice


def _without_marks(text: str) -> tuple[str, dict[int, str]]:
    """Drop list marks, wherever the wrapping has put them; return them by place as well."""
    parts: list[str] = []
    marks: dict[int, str] = {}
    done = length = 0
    for match in _MARK.finditer(text):
        if not _is_mark(match, text):
            continue
        parts += [text[done : match.start()], " "]
        length += match.start() - done + 1
        marks[length - 1] = match[1].strip("( ).").lower()
        done = match.end()
    return "".join([*parts, text[done:]]), marks


def _is_mark(match: re.Match[str], text: str) -> bool:
    """Whether something like ``(a)`` or ``2.`` numbers what follows, and refers to nothing."""
    before = text[max(0, match.start() - 40) : match.start()]
    bare = before.rstrip(" \t*_#>|-/\u2022\u00b7")
    joined = re.search(r"[;,]\s*(?:and|or)\s*$", bare)
    if _REFERENCE.search(bare.rstrip()) and not joined:
        return False
    if match[1].startswith("(") or joined or not bare.strip():
        return True
    apart = re.search(r"\n\n|\x1d", re.sub(r"[ \t]", "", before[-20:])) is not None
    return apart or bare.rstrip()[-1] in ".;:,!?)]\"'\u201d\u2019\u3002\uff1b\uff1a"
