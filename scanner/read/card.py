# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Model cards: the front matter key by key, and the body as a text.

Nothing in a broken front matter is lost: when the block as a whole is no YAML, every top-level key is
read by itself, and only those that cannot be read are named as not read.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from scanner.guarded.refused import Refused
from scanner.guarded.yaml import Document, Duplicate, Place, load_untrusted
from scanner.model.base import Value
from scanner.model.reading import Facts, Reading, Source
from scanner.model.release import Unread
from scanner.read.page import (
    LONG,
    MAX_ITEMS,
    Page,
    Witness,
    cleaned,
    condition,
    dotted,
    gathered,
    leaves,
    legal_text,
    witness,
)

READER = "model-card"

KEYS = frozenset(
    {
        "license",
        "license_name",
        "license_link",
        "license_details",
        "base_model",
        "base_model_relation",
        "datasets",
        "tags",
        "pipeline_tag",
        "library_name",
        "language",
        "new_version",
        "model_name",
        "gated",
    }
)
"""Keys of a card that are read (Hub documentation, "Model Cards"), and every ``extra_gated_`` key."""

SPELLINGS = {"licence": "license", "licenses": "license", "licences": "license", "dataset": "datasets"}
"""Keys as people also write them. The Hub ignores these; what the author says with them stands."""

NAMING = frozenset({"license", "license_name", "license_link", "base_model", "base_model_relation"})
"""Keys whose value is a name or a list of names."""

GATED = "extra_gated_"
GATE = f"{GATED}prompt"
"""What is agreed to before the download: terms, however short."""

PRESENCE = "model-index"
"""A key whose content is figures: only that it stands there is read."""

KEY_LIMIT = 200
"""Characters of a line in which its key is looked for."""

MAX_PIECES = 2_000
"""Top-level keys of a broken block that are tried one by one."""

_FENCE = re.compile(r"---[ \t]*[\r\n]*\Z")
_TOP_KEY = re.compile(r"""(?P<quote>["']?)(?P<key>[^\s"'#:][^"'#:]*?)(?P=quote)[ \t]*:(?=\s)""")
_BLOCK_MARK = re.compile(r":[ \t]*[|>][+\-\d]*[ \t]*(?:#.*)?[\r\n]*\Z")
_OTHER_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}
"""Line breaks of YAML that are none for editors: they would shift every line number."""


class Block(Value, frozen=True, kw_only=True):
    """The front matter of a card."""

    lines: tuple[str, ...]
    first: int
    """Line of the file on which it begins, counted from 1."""

    body: int
    """Line of the file on which the card's body begins."""

    closed: bool


def read_card(page: Page) -> Facts:
    """Return what a card says in its front matter, and its body as a text."""
    said = witness(page, READER, Source.CARD)
    block = _block(page.lines)
    if page.container or (page.binary and not block):
        return Facts(unread=(Unread(path=page.path, reason=page.container or "is no text"),))
    front = _front_matter(page, block, said) if block else None
    body = block.body if block and front else 1
    return gathered(
        (
            front or Facts(),
            legal_text(page, Source.CARD, "".join(page.lines[body - 1 :]), body),
            condition(page, said),
        )
    )


def _block(lines: Sequence[str]) -> Block | None:
    """Find the front matter: between two fences, the first of which is the first line with words."""
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None or not _FENCE.fullmatch(lines[start]):
        return None
    inside = start + 1
    end = next((number for number in range(inside, len(lines)) if _FENCE.fullmatch(lines[number])), None)
    if end is not None:
        return Block(lines=tuple(lines[inside:end]), first=inside + 1, body=end + 2, closed=True)
    if inside >= len(lines) or not _top_key(lines[inside]):
        return None
    end = next((number for number in range(inside, len(lines)) if not lines[number].strip()), len(lines))
    return Block(lines=tuple(lines[inside:end]), first=inside + 1, body=end + 1, closed=False)


def _front_matter(page: Page, block: Block, said: Witness) -> Facts | None:
    """Read the block as a whole or, when it is no YAML, key by key; None: it is prose between two rules."""
    try:
        document = _load(block.lines)
    except Refused as refused:
        read = _piecewise(page, block, said, refused)
    else:
        if isinstance(document.value, str):
            return None
        read = _Keys(page, document, block.first, said).facts()
    if block.closed:
        return read
    problem = said.problem("the front matter is never closed; read to the first blank line", line=block.first)
    return gathered((Facts(readings=(problem,)), read))


def _load(lines: Sequence[str]) -> Document:
    return load_untrusted("".join(lines).translate(_OTHER_BREAKS))


def _piecewise(page: Page, block: Block, said: Witness, refused: Refused) -> Facts:
    """Read every top-level key by itself; a key that cannot be read takes none of the others along."""
    line = block.first + min(refused.line or 1, len(block.lines)) - 1
    why = f"the front matter cannot be read: {refused.reason}"
    parts = [Facts(readings=(said.problem(why, line=line),))]
    lost: list[str] = []
    for key, begin, lines in _pieces(block):
        try:
            parts.append(_Keys(page, _load(lines), block.first + begin, said).facts())
        except Refused:
            # Keys that are not read anyway may break as they like; lines without one may hide one.
            if not key or _name(key):
                lost.append(key or "lines without a key")
                what = f"{lost[-1]} cannot be read"
                parts.append(Facts(readings=(said.problem(what, line=block.first + begin, key=key or None),)))
    if lost:
        reason = f"{why} (line {line}); lost in it: {', '.join(lost[:20])}"
        parts.append(Facts(unread=(Unread(path=page.path, reason=cleaned(reason)),)))
    return gathered(parts)


def _pieces(block: Block) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Yield each top-level key with the place of its lines in the block.

    What stands before the first key, or after more keys than are tried, comes without a key.
    """
    begins = [number for number, line in enumerate(block.lines) if _top_key(line)]
    marks = [0, *begins[:MAX_PIECES], *begins[MAX_PIECES : MAX_PIECES + 1], len(block.lines)]
    for count, (begin, end) in enumerate(pairwise(marks)):
        lines = block.lines[begin:end]
        if any(line.strip() and not line.lstrip().startswith("#") for line in lines):
            key = _top_key(lines[0]) if 0 < count <= MAX_PIECES else None
            yield key or "", begin, lines


def _top_key(line: str) -> str | None:
    """Return the key that a line of a block begins with, if it does."""
    found = _TOP_KEY.match(line[:KEY_LIMIT])
    return found["key"] if found else None


class _Keys:
    """The keys of one block, or of a piece of it, as readings with their lines in the file."""

    def __init__(self, page: Page, document: Document, first: int, said: Witness) -> None:
        self._page, self._document, self._said = page, document, said
        self._shift = first - 1

    def facts(self) -> Facts:
        """Return everything that is read, in the order of the file; second copies of a key come last."""
        value = self._document.value
        if value is None:
            return Facts()
        if not isinstance(value, dict):
            return self._no_mapping()
        entries = [self._entry(key, inside) for key, inside in value.items()]
        return gathered((*entries, *map(self._duplicate, self._document.duplicates[:MAX_ITEMS])))

    def _no_mapping(self) -> Facts:
        what = "the front matter is no mapping of keys to values"
        return Facts(
            readings=(self._said.problem(what, line=1 + self._shift),),
            unread=(Unread(path=self._page.path, reason=f"{what}; nothing in it was read"),),
        )

    def _entry(self, key: str, value: object) -> Facts:
        name = _name(key)
        if name is None:
            return Facts()
        line = self._document.lines[key,] + self._shift
        if name == PRESENCE:
            return Facts(readings=(self._said.says(name, "present", key=key, lines=(line, line)),))
        readings = tuple(self._leaves(name, key, value, (key,)))
        least = 1 if name == GATE else LONG
        source = Source.GATE if name.startswith(GATED) else Source.CARD
        return gathered((Facts(readings=readings), _long_text(self._page, value, line, least, source)))

    def _leaves(self, name: str, key: str, value: object, root: Place) -> Iterator[Reading]:
        if isinstance(value, dict) and name in NAMING:
            what = f"{key} holds keys and values where a name is expected"
            yield self._said.problem(what, line=self._lines(root)[0])
        for count, (place, leaf) in enumerate(leaves(value, root)):
            if count >= MAX_ITEMS:
                yield self._said.problem(f"{key} has more than {MAX_ITEMS:,} entries; the rest was left out")
                return
            written = dotted((key, *place[len(root) :]))
            yield self._said.says(name, leaf, key=written, lines=self._lines(place))

    def _duplicate(self, duplicate: Duplicate) -> Facts:
        """A key that stands twice is a problem, and what the later one says is a reading as well."""
        key = str(duplicate.place[-1])
        name = _name(key) if len(duplicate.place) == 1 else None
        line = duplicate.line + self._shift
        problem = self._said.problem(f"the key {key!r} stands twice", line=line, key=dotted(duplicate.place))
        later = self._leaves(name, key, duplicate.value, duplicate.at) if name else ()
        return Facts(readings=(problem, *later))

    def _lines(self, place: Place) -> tuple[int, int]:
        """Return the lines of a value in the file, or of the nearest one around it that has a line."""
        begin = next(
            self._document.lines[place[:length]]
            for length in range(len(place), -1, -1)
            if place[:length] in self._document.lines
        )
        last = min(self._document.ends.get(place, begin) + self._shift, len(self._page.lines))
        return begin + self._shift, max(begin + self._shift, last)


def _long_text(page: Page, value: object, line: int, least: int, source: Source) -> Facts:
    """Return a value as a text when it is as long as one: terms that are put before the download.

    The lines of a block stand in the file as they are; other ways of writing fold them, so that the
    text's own lines are then counted from that of its key.
    """
    if not isinstance(value, str) or len(value) < least:
        return Facts()
    head = page.lines[line - 1]
    if len(head) > KEY_LIMIT or not _BLOCK_MARK.search(head):
        return legal_text(page, source, value, line)
    lines = list(takewhile(lambda inside: not inside.strip() or inside[0] in " \t", page.lines[line:]))
    indent = min(len(inside) - len(inside.lstrip(" ")) for inside in lines if inside.strip())
    return legal_text(page, source, "".join(inside[indent:] or "\n" for inside in lines), line + 1)


def _name(key: str) -> str | None:
    """Return the name of the reading that a key gives, or None when it is not read."""
    lower = key.lower()
    name = SPELLINGS.get(lower, lower)
    known = name in KEYS or name == PRESENCE or name.startswith(GATED)
    return name[:80] if known else None
