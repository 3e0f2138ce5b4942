# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Source files: what their heads say of their terms, and nothing else of them.

Two things are read: the licence identifier (SPDX specification, annex "Using SPDX short identifiers in
source files"), and words that restrict the use or keep all rights, as a reading of their own.
"""

import re
from collections.abc import Iterator

from scanner.model.reading import Facts, Reading, Source
from scanner.read.page import MAX_ITEMS, Page, Witness, witness

IDENTIFIER = "SPDX-License-Identifier"
"""The tag, and the name of its reading."""

HEADER_TERMS = "header-terms"
"""Name of the reading of words in a head that restrict the use or keep all rights."""

RESTRICTED, RESERVED = "restricted", "reserved"
"""Its values: only for some uses; or all rights kept, with no licence named beside it."""

_HEAD_LINES = 100
"""Lines of a file in which a header's words are looked for."""

_HEAD_COLUMNS = 300
"""Characters of each of them."""

_HEADER = re.compile(
    r"""[\s#/*;%'"!=.(<-]*(?:rem\s+|dnl\s+)?"""  # marks that begin a comment, in whatever language
    r"SPDX-License-Identifier:[ \t]*(?P<expression>[^\r\n]*)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"""(?:\s*(?:\*+/|-->|\*\)|#\}|"{3}|'{3}|\\n",?|",?))+\s*$""")
"""Marks that end a comment or a line of a notebook, behind the expression."""

_COMMENT = re.compile(r"""\s*["']?\s*(?:[#*;%]+|//+|/\*+|<!--|--|rem\s|dnl\s)\s*""", re.IGNORECASE)
"""A line that is a comment, in a notebook behind a quotation mark."""

_BLOCK = re.compile(r'"""|\'\'\'|/\*|\*/|<!--|-->')
"""What begins or ends a text of several lines."""

_RESTRICTS = re.compile(
    r"(?<!commercial and )(?<!commercial or )\bnon-?\s?commercial\b(?!\s+(?:and|or)\s+commercial)"
    r"|\bcc[- ]by[- ]nc\b"
    r"|\b(?:research|academic|educational)(?:\s+(?:and|or)\s+\w+)?\s+(?:use|purposes?)\s+only\b"
    r"|\bonly\s+(?:be\s+used\s+)?for\s+(?:\w+\s+)?(?:research|academic)\b",
    re.IGNORECASE,
)
_RESERVES = re.compile(
    r"\ball\s+rights\s+reserved\b"
    r"|\bproprietary\s+(?:and|rights|software|code|information|material|licen[cs]e)\b"
    r"|\bconfidential\s+(?:and|property|information|material)\b|\b(?:strictly|company)\s+confidential\b",
    re.IGNORECASE,
)
_GRANTS = re.compile(
    r"\blicen[cs]ed\s+(?:to\s+\S+\s+)?(?:under|by)\b|\bSPDX-License-Identifier\b"
    r"|\bpermission\s+is\s+hereby\b|\bredistribution\s+and\s+use\b|\b(?:see|in)\s+(?:the\s+)?(?:\w+\s+)?licen[cs]e\b"
    r"|\bunder\s+(?:the\s+)?(?:terms|[\w.-]+\s+(?:[\w.-]+\s+)?licen[cs]e)\b|\bis\s+governed\s+by\b"
    r"|\blicen[cs]e\s*:",
    re.IGNORECASE,
)


def read_code(page: Page) -> Facts:
    """Return the licence identifiers in the head of a source file, and words that restrict its use."""
    if page.binary or page.container:
        return Facts()
    said = witness(page, "spdx-header", Source.CODE)
    found = ((number, _HEADER.match(line)) for number, line in enumerate(page.lines, 1))
    readings = [
        said.says(IDENTIFIER, _CLOSING.sub("", match["expression"]), lines=(number, number))
        for number, match in found
        if match
    ]
    return Facts(readings=(*readings[:MAX_ITEMS], *_terms(page, said)))


def _terms(page: Page, said: Witness) -> Iterator[Reading]:
    """Yield the first words of a header that restrict the use; else those that keep all rights."""
    joined, starts = "", []
    for number, line in _comments(page):
        starts.append((len(joined), number))
        joined += f"{line} "
    restricts, reserves = _RESTRICTS.search(joined), _RESERVES.search(joined)
    found = restricts or (reserves if not _GRANTS.search(joined) else None)
    if found:
        at = max(number for place, number in starts if place <= found.start())
        yield said.says(HEADER_TERMS, RESTRICTED if restricts else RESERVED, lines=(at, at))


def _comments(page: Page) -> Iterator[tuple[int, str]]:
    """Yield what the comments of a head say, with the numbers of their lines."""
    inside = False
    for number, line in enumerate(page.lines[:_HEAD_LINES], 1):
        cut = line[:_HEAD_COLUMNS]
        mark = _COMMENT.match(cut)
        marks = len(_BLOCK.findall(cut))
        begins = bool(marks) and _BLOCK.match(cut.lstrip().lstrip("rRuU")) is not None
        if mark or inside or begins:
            yield number, " ".join(cut[mark.end() if mark else 0 :].split())
        if marks % 2:
            inside = not inside
