# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one door for YAML: PyYAML's C loader behind a guard that reads the events first.

The guard is needed: the C loader crashes the process on 25,000 nested brackets, keeps the last of
two equal keys without a word, and guesses (``no`` becomes false, ``3.10`` becomes 3.1). Here depth
and size are bounded, aliases and tags are refused, every key keeps its line, and text stays text.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import field

from scanner.errors import ConfigError
from scanner.guarded.refused import Refused
from scanner.model.base import Value

MAX_DEPTH = 32
"""Levels of nesting; real cards use about six."""

MAX_CHARACTERS = 2_000_000
"""Of one YAML text; the longest front matter of real cards is below 100,000."""

MAX_EVENTS = 200_000
"""Scalars, keys and collection marks of one text."""

_NUMBER = re.compile("0|-?[1-9][0-9]{0,17}")
"""What is read as a number: no longer than any figure of users or money."""

Place = tuple[str | int, ...]
"""Keys and list positions from the top to a value."""


class Duplicate(Value, frozen=True, kw_only=True):
    """A key that stands twice in one mapping."""

    place: Place
    line: int
    """Of the later one, counted from 1."""

    value: Any
    """Of the later one."""

    at: Place
    """Where the lines of the later value are found in the document."""


class Document(Value, frozen=True, kw_only=True):
    """One YAML text as plain values."""

    value: Any
    """Mappings, lists, strings and None. Of duplicate keys, the first."""

    lines: Mapping[Place, int]
    """Line of every value, counted from 1: that of its key in a mapping."""

    ends: Mapping[Place, int] = field(default_factory=dict)
    """Last line of every scalar."""

    duplicates: tuple[Duplicate, ...] = ()


def load_untrusted(text: str, *, resolve: bool = False) -> Document:
    """Read a YAML text that a stranger wrote.

    Args:
        text: One document.
        resolve: Read plain ``true``, ``false`` and whole numbers as such; else they stay text.

    Raises:
        Refused: too long, too deep, aliases, tags, or no YAML at all.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refused(f"longer than {MAX_CHARACTERS:,} characters")
    builder = _Builder(resolve=resolve)
    try:
        builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Refused(f"no YAML: {error.problem}", line=mark.line + 1 if mark else None) from None
    except yaml.reader.ReaderError as error:
        raise Refused("no YAML: a control character", line=_line_of(text, error.character)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Refused(f"no YAML: {str(error).splitlines()[0]}") from None
    return Document(
        value=builder.value, lines=builder.lines, ends=builder.ends, duplicates=tuple(builder.duplicates)
    )


def _line_of(text: str, character: int | str) -> int | None:
    """Return the line of a character that the loader stumbled over."""
    found = text.find(character if isinstance(character, str) else chr(character))
    return text.count("\n", 0, found) + 1 if found >= 0 else None


def load_own(path: Path) -> Any:  # noqa: ANN401  plain data of any shape
    """Read a YAML file of ours or of the user: a duplicate key is an error.

    Raises:
        ConfigError: with ``path:line``.
    """
    return document_own(path).value


def document_own(path: Path) -> Document:
    """Read a YAML file of ours or of the user with the line of every value.

    Raises:
        ConfigError: with ``path:line``.
    """
    text = read_own(path, MAX_CHARACTERS)
    try:
        document = load_untrusted(text, resolve=True)
    except Refused as refused:
        raise ConfigError(refused.reason, source=f"{path}:{refused.line or 1}") from None
    for duplicate in document.duplicates:
        raise ConfigError(f"the key {duplicate.place[-1]!r} stands twice", source=f"{path}:{duplicate.line}")
    return document


def read_own(path: Path, limit: int) -> str:
    """Return the text of a file of ours or of the user.

    Args:
        path: A file, or a pipe that the user named.
        limit: Most characters; what is longer is not read.

    Raises:
        ConfigError: with the path, and the line of a byte that is no UTF-8.
    """
    try:
        with path.open("rb") as handle:
            data = handle.read(4 * limit + 1)
    except OSError as error:
        why = (error.strerror or "no file").lower()
        raise ConfigError(f"cannot be read: {why}", source=str(path)) from None
    if len(data) > 4 * limit:
        raise ConfigError(f"longer than {limit:,} characters", source=str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        advice = "save the file as UTF-8"
        raise ConfigError("this is no UTF-8", source=f"{path}:{line}", advice=advice) from None


class _Builder:
    """Builds plain values from events, one level of nesting at a time."""

    def __init__(self, *, resolve: bool) -> None:
        self.value: Any = None
        self.lines: dict[Place, int] = {}
        self.ends: dict[Place, int] = {}
        self.duplicates: list[Duplicate] = []
        self._resolve = resolve
        self._count = 0

    def build(self, events: Iterator[Any]) -> None:
        """Read a stream of at most one document."""
        stream = self._guarded(events)
        for event in stream:
            if isinstance(event, yaml.DocumentStartEvent):
                self.value = self._node(next(stream), stream, ())

    def _guarded(self, events: Iterator[Any]) -> Iterator[Any]:
        depth = documents = 0
        for event in events:
            self._count += 1
            if self._count > MAX_EVENTS:
                raise Refused(f"more than {MAX_EVENTS:,} entries", line=_line(event))
            if isinstance(event, yaml.AliasEvent):
                raise Refused("aliases are not followed", line=_line(event))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise Refused(f"nested deeper than {MAX_DEPTH} levels", line=_line(event))
            if isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Refused("more than one document", line=_line(event))
            tag = getattr(event, "tag", None)
            if tag not in (None, "!"):
                raise Refused(f"the tag {tag} is not followed", line=_line(event))
            yield event

    def _node(self, event: Any, stream: Iterator[Any], place: Place) -> Any:  # noqa: ANN401  plain data
        self.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            self.ends[place] = _last_line(event)
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(stream, place)
        return self._mapping(stream, place)

    def _sequence(self, stream: Iterator[Any], place: Place) -> list[Any]:
        items: list[Any] = []
        for event in stream:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, stream, (*place, len(items))))
        return items

    def _mapping(self, stream: Iterator[Any], place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in stream:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise Refused("a key that is no plain word", line=_line(event))
            key, line = event.value, _line(event)
            if key in found:
                at = (*place, key, f"again {len(self.duplicates) + 1}")
                value = self._node(next(stream), stream, at)
                self.duplicates.append(Duplicate(place=(*place, key), line=line, value=value, at=at))
                continue
            self.lines[*place, key] = line
            found[key] = self._node(next(stream), stream, (*place, key))
        return found

    def _scalar(self, event: Any) -> Any:  # noqa: ANN401  a scalar of YAML
        text = event.value
        if event.style is not None and event.style not in ("", " "):
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if self._resolve and text in ("true", "false"):
            return text == "true"
        if self._resolve and _NUMBER.fullmatch(text):
            return int(text)
        return text


def _line(event: Any) -> int:  # noqa: ANN401  any event of PyYAML
    return int(event.start_mark.line) + 1


def _last_line(event: Any) -> int:  # noqa: ANN401  any event of PyYAML
    """Return the last line of a scalar; the mark of a block stands at the start of what follows it."""
    inside = int(event.end_mark.column) > 0
    return max(_line(event), int(event.end_mark.line) + inside)


def written(value: object) -> str:
    """Return plain data as a YAML text that :func:`load_untrusted` reads as the same data.

    The law: ``load_untrusted(written(value)).value == value`` for mappings, lists, texts and None.
    """
    text: str = yaml.dump(value, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100)
    if _TURNING.search(text):
        text = yaml.dump(value, Dumper=_Writer, sort_keys=False, width=100)
    return text


_TURNING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that turn or break a line on a terminal; a text with any is written in escapes."""


class _Writer(yaml.SafeDumper):
    """Writes lists indented below their key, and never an alias."""

    def ignore_aliases(self, data: object) -> bool:
        """Whether to write a value again where it stands twice: always."""
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ANN401, ARG002, FBT001, FBT002  PyYAML's own signature
        """Indent lists, too."""
        return super().increase_indent(flow, False)  # noqa: FBT003  PyYAML's own signature
