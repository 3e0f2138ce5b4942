# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""One text file, read once, and the readings that are made from it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from scanner.guarded.files import read_head
from scanner.guarded.refused import Refused
from scanner.guarded.text import decode
from scanner.guarded.yaml import Place
from scanner.model.base import Evidence, Value, excerpt
from scanner.model.reading import Facts, LegalText, Reading, Source
from scanner.model.release import Unread

VALUE_LIMIT = 2_000
"""Characters of a value that is kept."""

QUOTE_LIMIT = 300
"""Characters of a line that is quoted as evidence."""

MAX_ITEMS = 1_000
"""Readings of one key of one file; the longest lists of languages have a few hundred."""

LONG = 500
"""Characters from which a value is a text to be recognised, and no name any more."""

_CONTAINERS = {
    b"%PDF-": "is a PDF",
    b"PK\x03\x04": "is a zip container, as word processors write them",
    b"\xd0\xcf\x11\xe0": "is a document of an old word processor",
    b"{\\rtf": "is rich text",
    b"\x1f\x8b": "is compressed",
    b"version https://git-lfs": "is a Git LFS pointer, not the file itself",
}
"""What a file is that begins with these bytes, in words; the text in it is not read."""

_BLANK = " \t\r\n\f\v\0\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Page(Value, frozen=True, kw_only=True):
    """A text file, or its head."""

    path: str
    """POSIX path relative to the release root."""

    lines: tuple[str, ...]
    """With their line breaks, as they stand in the file."""

    encoding: str
    size: int
    """Of the whole file, in bytes."""

    read: int
    """Bytes that were read; fewer than the size where only the head was."""

    sha256: str | None
    """Hex digest of the whole file, also where only the head was read; None: too large for that."""

    binary: bool = False
    """Whether what was decoded does not look like text."""

    container: str | None = None
    """What the file is, in words, when it is no plain text at all."""

    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def whole(self) -> bool:
        """Whether all of the file was read."""
        return self.read >= self.size

    @property
    def text(self) -> str:
        """All that was read."""
        return "".join(self.lines)


def open_page(root: Path, path: str, limit: int) -> Page:
    """Read a file of a release, at most ``limit`` bytes of it.

    Raises:
        Refused: it has vanished, or cannot be read.
    """
    head = read_head(root / path, limit)
    decoded = decode(head.data, cut=not head.whole)
    return Page(
        path=path,
        lines=tuple(_LINE.findall(decoded.text)),
        encoding=decoded.encoding,
        size=head.size,
        read=len(head.data),
        sha256=head.sha256,
        binary=decoded.binary,
        container=next((words for mark, words in _CONTAINERS.items() if head.data.startswith(mark)), None),
        problems=decoded.problems,
    )


class Witness(Value, frozen=True, kw_only=True):
    """Who says it: one file, read by one reader. Makes readings with their evidence."""

    path: str
    reader: str
    source: Source
    sha256: str | None
    lines: tuple[str, ...] = ()
    """Of the file, to quote from; empty in binary files."""

    def says(
        self, name: str, value: object, *, key: str | None = None, lines: tuple[int, int] | None = None
    ) -> Reading:
        """Return one fact; where no line can be quoted, the value itself is the quote."""
        text = plain(value)
        return self._reading(name, text, key or name, lines, self._quote(lines) or text)

    def problem(self, what: str, *, line: int | None = None, key: str | None = None) -> Reading:
        """Return something wrong with the file itself."""
        lines = (line, line) if line else None
        return self._reading("problem", cleaned(what), key, lines, self._quote(lines))

    def _quote(self, lines: tuple[int, int] | None) -> str | None:
        """Return the first of some lines, unless it is too long to show what stands in it."""
        if lines is None or lines[0] > len(self.lines):
            return None
        line = self.lines[lines[0] - 1].strip()
        return line if len(line) <= QUOTE_LIMIT else None

    def _reading(
        self, name: str, value: str | None, key: str | None, lines: tuple[int, int] | None, quote: str | None
    ) -> Reading:
        return Reading(
            name=name,
            value=value[:VALUE_LIMIT] if value else None,
            source=self.source,
            evidence=Evidence(
                path=self.path,
                reader=self.reader,
                lines=lines,
                key=key,
                quote=excerpt(quote, QUOTE_LIMIT) if quote else None,
                sha256=self.sha256,
            ),
        )


def witness(page: Page, reader: str, source: Source) -> Witness:
    """Return who speaks on a page."""
    return Witness(path=page.path, reader=reader, source=source, sha256=page.sha256, lines=page.lines)


def legal_text(page: Page, source: Source, text: str, first_line: int = 1) -> Facts:
    """Return a text that may bind, as it stands on a page from one line on; blank text is none."""
    if not text.strip(_BLANK):
        return Facts()
    if page.sha256 is None:
        reason = f"has {page.size:,} bytes: no text of a file of this size is compared with licences"
        return Facts(unread=(Unread(path=page.path, reason=reason),))
    found = LegalText(
        path=page.path,
        source=source,
        text=text,
        sha256=page.sha256,
        encoding=page.encoding,
        first_line=first_line,
    )
    return Facts(texts=(found,))


def condition(page: Page, said: Witness) -> Facts:
    """Return what a reader must know of the page as a whole: bytes that did not fit, and a cut."""
    problems = tuple(said.problem(f"the file holds {problem}") for problem in page.problems)
    if page.whole:
        return Facts(readings=problems)
    reason = f"only the first {page.read:,} of {page.size:,} bytes were read"
    return Facts(readings=problems, unread=(Unread(path=page.path, reason=reason),))


def require_whole(page: Page) -> None:
    """Refuse a page of which only the head was read: half a structure says nothing sure.

    Raises:
        Refused: it is too large, or no text.
    """
    if page.container:
        raise Refused(page.container)
    if not page.whole:
        raise Refused(f"has {page.size:,} bytes, too many for a file of its kind")


def gathered(parts: Iterable[Facts]) -> Facts:
    """Return the facts of many readers as one, in their order."""
    every = tuple(parts)
    return Facts(
        readings=tuple(reading for part in every for reading in part.readings),
        texts=tuple(text for part in every for text in part.texts),
        headers=tuple(header for part in every for header in part.headers),
        unread=tuple(unread for part in every for unread in part.unread),
        listings=tuple(listing for part in every for listing in part.listings),
    )


def leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Yield every scalar below a value with its place; what is empty states nothing, and is None."""
    if isinstance(value, dict) and value:
        for key, inside in value.items():
            yield from leaves(inside, (*place, key))
    elif isinstance(value, list) and value:
        for number, inside in enumerate(value):
            yield from leaves(inside, (*place, number))
    else:
        yield place, None if isinstance(value, (dict, list)) else value


def dotted(place: Place) -> str:
    """Return a place as it is written: ``slices[0].sources[1].model``."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return cleaned(words.removeprefix("."))[:QUOTE_LIMIT]


def plain(value: object) -> str | None:
    """Return a scalar as text."""
    if value is None or isinstance(value, str):
        return cleaned(value.strip()) if value else None
    return str(value).lower() if isinstance(value, bool) else str(value)


def cleaned(text: str) -> str:
    """Return text that can be encoded: escapes in JSON can spell halves of characters."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
