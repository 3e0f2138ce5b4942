# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""YAML that we or the user wrote, to typed values: every mistake is named with file, line and right word."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from scanner.errors import ConfigError
from scanner.guarded.yaml import Document, Place, document_own

_Kind = TypeVar("_Kind")


def document(path: Path) -> Document:
    """Read a YAML file with the line of every value; a key that stands twice is an error.

    Raises:
        ConfigError: with ``path:line``.
    """
    return document_own(path)


def load_own(path: Path) -> Any:  # noqa: ANN401  plain data of any shape
    """Read a YAML file as plain data.

    Raises:
        ConfigError: with ``path:line``.
    """
    return document_own(path).value


def convert(
    content: object, kind: type[_Kind], path: Path, lines: Mapping[Place, int] | None = None
) -> _Kind:
    """Convert plain data to a value, or say which key of which file is wrong and what was meant.

    Args:
        content: Mappings, lists and scalars.
        kind: The type to convert to.
        path: Of the file, for the message.
        lines: Line of every value, where they are known.

    Raises:
        ConfigError: with the file, the line where it is known, and the nearest right word.
    """
    try:
        return msgspec.convert({} if content is None else content, kind)
    except msgspec.ValidationError as error:
        message = str(error)
        line = _line(message, lines or {})
        raise ConfigError(_plain(message, kind), source=f"{path}:{line}" if line else str(path)) from None


def nearest(word: str, words: Any) -> str:  # noqa: ANN401  any words
    """Return ``; did you mean 'X'?`` for the nearest right word, or nothing."""
    close = difflib.get_close_matches(word, sorted(words), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _plain(message: str, kind: Any) -> str:  # noqa: ANN401  any type
    """Return the decoder's message in the user's words, with the nearest right key."""
    unknown = re.search(r"unknown field `([^`]*)`(?: - at `\$\.?([^`]*)`)?", message)
    if unknown:
        word, place = unknown[1], unknown[2]
        return f"unknown key {word!r}{f' in {place}' if place else ''}{nearest(word, _fields(kind))}"
    invalid = re.search(r"Invalid enum value '([^']*)'(?: - at `\$\.?([^`]*)`)?", message)
    if invalid:
        word, place = invalid[1], invalid[2]
        return f"{word!r} is no value of {place or 'it'}{nearest(word, _choices(kind))}"
    mistyped = re.search(r"Expected `([^`]*)`, got `([^`]*)`(?: - at `\$\.?([^`]*)`)?", message)
    if mistyped:
        wanted = " or ".join(_TYPES.get(one, one) for one in mistyped[1].split(" | ") if one != "null")
        found = _TYPES.get(mistyped[2], mistyped[2])
        return f"{mistyped[3] or 'the file'}: {wanted} is wanted here, not {found}"
    return message.replace("Object", "mapping").replace("`$.", "`").replace(" - at `$`", "")


_TYPES = {
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
"""What the decoder calls the types, in a user's words."""


def _line(message: str, lines: Mapping[Place, int]) -> int | None:
    """Return the line of the value that a message speaks of, or of the nearest one around it."""
    found = re.search(r"at `\$\.?([^`]*)`", message)
    place: Place = tuple(
        int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", found[1] if found else "")
    )
    unknown = re.search(r"unknown field `([^`]*)`", message)
    for candidate in ((*place, unknown[1]), place) if unknown else (place,):
        line = _known_line(candidate, lines)
        if line:
            return line
    return None


def _known_line(place: Place, lines: Mapping[Place, int]) -> int | None:
    """Return the line of a place; a list of one may stand in the file without its brackets."""
    while place:
        for written in (place, tuple(part for part in place if part != 0)):
            if written in lines:
                return lines[written]
        place = place[:-1]
    return None


def _fields(kind: Any) -> set[str]:  # noqa: ANN401  any type
    """Return the names of all fields of a type and of the types it is made of."""
    names: set[str] = set()
    _, components = msgspec.json.schema_components([kind])
    for component in components.values():
        names.update(component.get("properties", {}))
    return names


def _choices(kind: Any) -> set[str]:  # noqa: ANN401  any type
    """Return every word that an enumeration inside a type allows."""
    words: set[str] = set()
    waiting: list[Any] = list(msgspec.json.schema_components([kind])[1].values())
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            words.update(word for word in part.get("enum", ()) if isinstance(word, str))
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return words
