# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Licences that a text names without being their text: identifiers, sentences, links and badges.

A mention has lower standing than a text and says so. What counts is the form of the sentence ("is
licensed under the ..."), an SPDX identifier, or a well-known address; a bare word never does, so
"limited" and "permitted" hold no licence, and a paper about licences names none.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from scanner.identify.names import Resolved, names_something, resolve
from scanner.model.base import excerpt
from scanner.model.license import Catalogue
from scanner.model.reading import Mention

MAX_CHARACTERS = 400_000
"""Of a text that are searched."""

MAX_MENTIONS = 200
MAX_PLACES = 2_000
"""Places at which a name may stand that are looked at."""

MAX_NAME_WORDS = 9
MAX_LINES = 20_000
"""Of a text that are looked at for tables."""

MAX_ROWS = 1_000
"""Of all tables with a column of licences."""

QUOTE = 240

_SPDX = re.compile(r"SPDX-License-Identifier:[ \t]*([^\r\n*#<>\"']{2,120})", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?P<verb>licen[cs]ed|released|distributed|published|provided|available|covered|open[- ]?sourced|shared"
    r"|governed|subject)\s+(?:to\s+you\s+)?(?:commercially\s+)?(?:under|by|to|with|via)\s+"
    r"(?:(?:the|an|a|its|our|this)\s+)?(?:(?:terms|conditions)(?:\s+and\s+conditions)?\s+(?:of|in)\s+)?"
    r"(?:(?:the|an|a)\s+)?(?:(?:open[- ]source|permissive|same|following|custom|standard)\s+)?"
    r"|\b(?:is|are|falls?|remains?)\s+under\s+(?:(?:the|an|a)\s+)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?im)^[#>*| \t-]{0,20}(?:licen[cs]e|许可证|协议|ライセンス)(?:\*\*)?[ \t]*[:\uff1a|][ \t]*(?:\*\*)?"
)
_ITEM = re.compile(
    r"(?im)^[#>*| \t-]{0,20}(?:(?:source |inference |training )?code|(?:ml |model )?weights?|models?"
    r"|checkpoints?|data(?:sets?)?|代码|模型|权重|数据)(?:\*\*)?[ \t]*[:\uff1a][ \t]*(?:\*\*)?"
)
"""A label that counts in a section about the licence only."""

_HEADING = re.compile(
    r"(?im)^#{1,6}[^\n]{0,40}?\b(?:licen[cs]e|licensing)\b[^\n]{0,20}\n+[ \t]*(?=[^\n]{3,120}$)"
)
_CHINESE = re.compile(
    r"(?:遵循|遵守|采用|基于|根据|使用|按照|依据|受)\s*(?=[A-Za-z\[《][^\n]{2,60}(?:许可|协议))"
)
_LINK = re.compile(
    r"\[([^\[\]\n]{0,200})\]\(\s*<?(https?://[^\s)>]{4,300})|(?<![(\[\"'=])(https?://[^\s<>\")\]]{4,300})"
)
_BADGE = re.compile(
    r"img\.shields\.io/badge/licen[cs]e-([A-Za-z0-9._%+~]+(?:--[A-Za-z0-9._%+~]+)*)-", re.IGNORECASE
)
_STOP = re.compile(
    r"[;:()\[\]{}<>|\"\u201c\u201d\u300b\r\n]|\.(?=\s|$)|!\["
    r"|,(?=\s(?:which|and|see|but|with|you|we|a|the)\b)"
)
_LABELLED = re.compile(r"\s*[*_]*\[([^\[\]\n]{2,100})\](?:\([^()\s]{0,300}\))?")
_MARKS = re.compile(r"[*_`~\\\u300a]+")
_LICENSE_WORD = re.compile(r"(?i)licen[cs]e|agreement|terms|许可|协议")
_AFTER = re.compile(r"许可|协议|授权|ライセンス|라이[선센]스")
_NEGATED = re.compile(r"(?i)\b(?:not(?! only)|never|isn't|aren't|no longer)\b[^.\n]{0,24}$")
_FILLER = re.compile(
    r"(?i)\s+(?:licen[cs]e|agreement|terms)"
    r"(?:\s+(?:agreement|terms|found|available|in|at|as|here|for|which)\b.*)?$"
)


class _Named(NamedTuple):
    """A name and where it stands."""

    raw: str
    how: str
    begin: int
    end: int


def find_mentions(text: str, catalogue: Catalogue, *, first_line: int = 1) -> tuple[Mention, ...]:
    """Return the licences that a text names, in the order of the text.

    Args:
        text: Any text: a card, a licence file, source code; of a long one, the beginning is searched.
        catalogue: What names are resolved by.
        first_line: Line of the file on which the text begins.

    Returns:
        One mention for each place; ``key`` when it names one version, ``candidates`` when several, neither
        when the text says that it is licensed under terms that are not known.
    """
    searched = text[:MAX_CHARACTERS]
    found: dict[tuple[int, str], Mention] = {}
    for named, resolved in _resolved(searched, catalogue):
        line = first_line + searched.count("\n", 0, named.begin)
        name = resolved.key or resolved.expression or ",".join(resolved.candidates)
        found.setdefault((line, name), _mention(named, resolved, searched, line))
        if len(found) >= MAX_MENTIONS:
            break
    return tuple(sorted(found.values(), key=lambda one: (one.lines, one.raw)))


def _resolved(text: str, catalogue: Catalogue) -> Iterator[tuple[_Named, Resolved]]:
    names = cache(lambda raw: resolve("license_name", raw, catalogue))
    for match in islice(_SPDX.finditer(text), MAX_PLACES):
        raw = match[1].strip().removesuffix("*/").removesuffix("-->").strip()
        yield from _known(_Named(raw, "spdx", match.start(), match.end()), "license", catalogue)
    for pattern in (_SENTENCE, _LABEL, _ITEM, _HEADING, _CHINESE):
        for match in islice(pattern.finditer(text), MAX_PLACES):
            if pattern is _ITEM and not _in_license_section(text, match.start()):
                continue
            denied = _NEGATED.search(text[max(0, match.start() - 30) : match.start()])
            for named, resolved in _longest(text, match, names):
                if not denied:
                    yield named, resolved
                elif resolved.key or resolved.candidates:
                    yield named._replace(how="denial"), resolved
    yield from _in_tables(text, names)
    for match in islice(_BADGE.finditer(text), MAX_PLACES):
        raw = unquote(match[1]).replace("--", "-").replace("_", " ")
        yield from _known(_Named(raw, "badge", match.start(), match.end()), "license_name", catalogue)
    for match in islice(_LINK.finditer(text), MAX_PLACES):
        raw = (match[2] or match[3]).rstrip(".,;")
        yield from _known(_Named(raw, "link", match.start(), match.end()), "license_link", catalogue)


def _in_license_section(text: str, place: int) -> bool:
    """Whether the nearest heading above a place speaks of licences."""
    begin = text.rfind("\n#", 0, place) + 1
    heading = text[begin : text.find("\n", begin)]
    return heading.startswith("#") and bool(_LICENSE_WORD.search(heading))


def _in_tables(text: str, names: Callable[[str], Resolved]) -> Iterator[tuple[_Named, Resolved]]:
    """Yield the licences in the column of a table whose head says licence."""
    column = -1
    at = rows = 0
    for line in islice(text.split("\n"), MAX_LINES):
        cells = line.strip().strip("|").split("|") if line.lstrip().startswith("|") else []
        if not cells:
            column = -1
        elif column < 0:
            column = next((n for n, cell in enumerate(cells) if _LICENSE_WORD.search(cell)), -1)
        elif column < len(cells):
            rows += 1
            if rows > MAX_ROWS:
                return
            raw = _LABELLED.sub(r"\1", _MARKS.sub(" ", cells[column])).strip()
            resolved = names(raw) if 1 < len(raw) < QUOTE else Resolved(how="name")
            if resolved.key or resolved.expression or resolved.candidates:
                yield _Named(raw, "table", at, at + len(line)), resolved
        at += len(line) + 1


def _known(named: _Named, field: str, catalogue: Catalogue) -> Iterator[tuple[_Named, Resolved]]:
    resolved = resolve(field, named.raw, catalogue)
    if resolved.key or resolved.expression or resolved.candidates:
        yield named, resolved


def _longest(
    text: str, match: "re.Match[str]", names: Callable[[str], Resolved]
) -> Iterator[tuple[_Named, Resolved]]:
    """Yield the longest run of words after a place that names a licence, if any does."""
    begin = match.end()
    window = text[begin : begin + 160]
    link = _LABELLED.match(window)
    inside = link[1] if link else window
    stop = _STOP.search(inside)
    words = _MARKS.sub(" ", inside[: stop.start()] if stop else inside).split()[:MAX_NAME_WORDS]
    after = window[link.end() :] if link else ""
    verb = match.groupdict().get("verb", "licensed") or "is"
    licensed = verb.lower().startswith("licen")
    under = licensed or "under" in match[0].lower().split()
    for raw, rest in _shorter(words):
        if not (under or _says_license(raw, rest or after)):
            continue
        resolved = names(raw)
        if resolved.key or resolved.expression or (resolved.candidates and not rest):
            end = begin + (link.end() if link else inside.find(words[-1]) + len(words[-1]))
            yield _Named(raw, "prose", begin, end), resolved
            return
    if words and under and "verb" in match.groupdict() and _says_license(" ".join(words), after):
        named = " ".join(words)
        proper = " ".join(word for word in words if not word.islower())
        unknown = Resolved(how="name", stranger=names_something(proper))
        # With another verb than "licensed", only what has a name of its own and is called a licence.
        if licensed or (unknown.stranger and _LICENSE_WORD.search(named)):
            yield _Named(named, "prose", begin, begin + len(inside)), unknown


def _says_license(raw: str, rest: str) -> bool:
    """Whether a name is one of a licence by itself: it says so, or has the number of a version."""
    return any(character.isdigit() for character in raw) or bool(_LICENSE_WORD.search(f"{raw} {rest[:24]}"))


def _shorter(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield runs from the first word on, the longest first, each with the words after it.

    A run is never cut inside a name: what follows it begins with a small letter, or nothing follows.
    """
    for count in range(len(words), 0, -1):
        raw, rest = " ".join(words[:count]).strip(" ,.'"), " ".join(words[count:])
        if len(raw) < 2 or not _ends_here(words[count - 1], rest):  # noqa: PLR2004  a letter is no name
            continue
        yield raw, rest
        bare = _FILLER.sub("", raw)
        if bare != raw and len(bare) > 1:
            yield bare, rest


def _ends_here(last: str, rest: str) -> bool:
    """Whether a name may end before these words."""
    return not rest or rest[0].islower() or last.endswith(",") or _AFTER.match(rest) is not None


def _mention(named: _Named, resolved: Resolved, text: str, line: int) -> Mention:
    begin = text.rfind("\n", 0, named.begin) + 1
    end = text.find("\n", named.end)
    quote = text[begin : end if end >= 0 else len(text)].strip()
    if len(quote) > QUOTE:
        at = max(0, named.begin - begin - QUOTE // 2)
        quote = excerpt(quote, QUOTE, at)
    last = line + text.count("\n", named.begin, named.end)
    return Mention(
        raw=named.raw,
        how=named.how,
        key=resolved.key,
        expression=resolved.expression,
        candidates=resolved.candidates,
        stranger=resolved.stranger,
        lines=(line, last),
        quote=quote,
    )
