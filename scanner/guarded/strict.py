# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""YAML that we or the user wrote, to typed values: every mistake is named with file, line and right word."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from scanner.errors import ConfigError, DataError
from scanner.guarded.yaml import Document, Place, document_own

_Kind = TypeVar("_Kind")

Problem = tuple[Place, str]
"""Where in a file something is wrong beyond the types of its values, and what."""


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


def load_table(path: Path, kind: type[_Kind]) -> _Kind:
    """Read a table that comes with the scanner.

    Raises:
        DataError: it is damaged.
    """
    try:
        written = document_own(path)
        return convert(written.value, kind, path, written.lines)
    except ConfigError as error:
        raise DataError(error.message, source=error.source, advice="reinstall modelscan-audit") from None


def convert(  # noqa: PLR0913  the parts of one question
    content: object,
    kind: type[_Kind],
    path: Path,
    lines: Mapping[Place, int] | None = None,
    *,
    below: Place = (),
    strict: bool = True,
) -> _Kind:
    """Convert plain data to a value, or say which key of which file is wrong and what was meant.

    Args:
        content: Mappings, lists and scalars.
        kind: The type to convert to.
        path: Of the file, for the message.
        lines: Line of every value of the file, where they are known.
        below: Where the content stands in the file.
        strict: Whether a number in quotes is no number.

    Raises:
        ConfigError: with the file, the line where it is known, and the nearest right word.
    """
    content = {} if content is None and not below else content
    try:
        return msgspec.convert(content, kind, strict=strict)
    except msgspec.ValidationError as error:
        mistake = _Mistake(str(error), content, kind)
        place = _written((*below, *mistake.place), lines or {})
        source = where(path, lines, (*place, mistake.key) if mistake.key else place)
        raise ConfigError(mistake.told(place), source=source) from None


def refuse(problems: Iterable[Problem], path: Path, lines: Mapping[Place, int] | None = None) -> None:
    """Stop at the first problem of a file, if there is one.

    Raises:
        ConfigError: with the file, the line where it is known, and the key.
    """
    for place, problem in problems:
        shown = named(_written(place, lines or {}))
        raise ConfigError(f"{shown}: {problem}" if shown else problem, source=where(path, lines, place))


def where(path: Path, lines: Mapping[Place, int] | None, place: Place) -> str:
    """Return ``path:line`` of a value, or of the nearest one around it; the path alone without lines."""
    place = _written(place, lines or {})
    while lines and place:
        if place in lines:
            return f"{path}:{lines[place]}"
        place = place[:-1]
    return str(path)


def named(place: Place) -> str:
    """Return a place as a reader finds it.

    >>> named(("use_case", "users", 0, "value"))
    'use_case.users[0].value'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".")


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str:
    """Return ``; did you mean 'X'?`` for the nearest right word, or nothing.

    Args:
        word: As it was written.
        words: The right ones.
        cutoff: How near is near enough, from 0 to 1.
    """
    if len(word) > _SPELT:
        return ""
    right = {known.casefold(): known for known in sorted(words, reverse=True)}
    close = difflib.get_close_matches(word.casefold(), sorted(right), n=1, cutoff=cutoff)
    return f"; did you mean {right[close[0]]!r}?" if close else ""


def is_date(text: str) -> bool:
    """Whether a text is a day that exists, as in ``2026-11-25``."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _written(place: Place, lines: Mapping[Place, int]) -> Place:
    """Return a place as it stands in the file, where a list of one may stand without its brackets."""
    found: Place = ()
    for part in place:
        bare = part == 0 and found in lines and (*found, part) not in lines
        found = found if bare else (*found, part)
    return found


class _Mistake:
    """What the decoder found wrong first, in the user's words."""

    def __init__(self, message: str, content: object, kind: Any) -> None:  # noqa: ANN401  any type
        found = re.search(r" - at `\$\.?([^`]*)`$", message)
        self.message = message[: found.start()] if found else message
        parts = re.findall(r"[^.\[\]]+", found[1]) if found else []
        self.place: Place = tuple(int(part) if part.isdigit() else part for part in parts)
        unknown = re.search(r"unknown field `([^`]*)`", self.message)
        self.key = unknown[1] if unknown else None
        self._value = _value_at(content, self.place)
        self._schemas = list(_schemas(kind, self.place))
        self._items = list(_schemas(kind, (*self.place, 0)))

    def told(self, place: Place) -> str:
        """Return the message for a value that stands at a place of the file."""
        for pattern, words in (
            (r"unknown field `([^`]*)`", self._unknown),
            (r"missing required field `([^`]*)`", self._missing),
            (r"Invalid enum value", self._choice),
            (r"Expected `([^`]*)`, got `([^`]*)`$", self._type),
            (r"Expected ", self._form),
        ):
            found = re.search(pattern, self.message)
            if found:
                return words(named(place), *found.groups())
        return f"{named(place) or 'the file'}: {self.message}"

    def _unknown(self, place: str, key: str) -> str:
        known = {name for schema in self._schemas for name in schema.get("properties", ())}
        few = f"; its keys are {', '.join(sorted(known))}" if 0 < len(known) <= _FEW else ""
        return f"unknown key {_shown(key)}{f' in {place}' if place else ''}{nearest(key, known) or few}"

    def _missing(self, place: str, key: str) -> str:
        return f"the key {key!r} is missing{f' in {place}' if place else ''}"

    def _choice(self, place: str) -> str:
        known = [str(word) for schema in self._schemas for word in schema.get("enum", ())]
        hint = nearest(str(self._value), known) or self._one_of()
        return f"{_shown(self._value)} is no value of {place or 'it'}{hint}"

    def _type(self, place: str, wanted: str, got: str) -> str:
        kinds = [kind for kind in wanted.split(" | ") if kind != "null"]
        words = " or ".join(_TYPES.get(kind, kind) for kind in kinds)
        found = _TYPES.get(got, got) if self._value in (None, "") or got in _NESTED else _shown(self._value)
        return f"{place or 'the file'}: {words} is wanted here, not {found}{self._hint(kinds)}"

    def _hint(self, kinds: Iterable[str]) -> str:
        """Return how the value is written instead."""
        if self._value is None and self.place:
            return "; give it one, or leave the key out"
        needed = next((one["required"] for one in self._items if one.get("required")), None)
        if needed:
            return f"; each item is a mapping with {', '.join(needed)}"
        words = (_instead(kind, self._value) for kind in kinds)
        return self._example() or self._one_of() or next(filter(None, words), "")

    def _one_of(self) -> str:
        known = [str(word) for schema in self._schemas for word in schema.get("enum", ())]
        return f"; use one of {', '.join(known)}" if known else ""

    def _form(self, place: str) -> str:
        """Say what a value should look like: the schema has a description and an example of it."""
        what = next((one["description"] for one in self._schemas if "description" in one), None)
        least = next((one["minimum"] for one in self._schemas if "minimum" in one), None)
        told = what or (f"a number from {least}" if least is not None else "of this form")
        return f"{place}: {_shown(self._value)} is not {told}{self._example()}"

    def _example(self) -> str:
        example = next((one["examples"][0] for one in self._schemas if one.get("examples")), None)
        return f"; write it as in {example}" if example is not None else ""


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

_SPELT = 100
"""Characters of a word that may be misspelt; comparing longer ones would only cost."""

_FEW = 20
"""Keys that are all named when none is near to the one that was written."""

_NESTED = {"array", "object"}
_YES_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_SHOWN = 40
"""Characters of a wrong value that are repeated."""


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _instead(kind: str, value: object) -> str:
    """Return how the value that was probably meant is written, where it can be told."""
    text = str(value)
    if kind == "array" and isinstance(value, (str, int)):
        return f"; write [{text}]" if len(text) <= _SHOWN else "; write each after a dash"
    if kind == "str" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'; write "{text}", in quotes'
    if kind == "bool" and isinstance(value, str):
        word = text.lower()
        return f"; write {_YES_NO.get(word, word)}" if word in {*_YES_NO, *_YES_NO.values()} else ""
    if kind == "int" and isinstance(value, (str, float)):
        return "; write digits alone, as in 2000000"
    return ""


def _value_at(content: object, place: Place) -> object:
    for part in place:
        try:
            content = content[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def _schemas(kind: Any, place: Place) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  any type
    """Yield the parts of a type's JSON Schema that hold at a place: several where there are alternatives."""
    (schema,), components = msgspec.json.schema_components([kind], ref_template="{name}")
    found = list(_alternatives(schema, components))
    for part in place:
        inside = [_inside(one, part) for one in found]
        found = [one for schema in inside if schema for one in _alternatives(schema, components)]
    yield from found


def _alternatives(schema: Mapping[str, Any], components: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "$ref" in schema:
        yield from _alternatives({**components[schema["$ref"]], **_said(schema)}, components)
    elif "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _alternatives({**one, **_said(schema)}, components)
    elif schema.get("type") != "null":
        yield schema


def _said(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a schema says about the value to readers."""
    return {name: schema[name] for name in ("description", "examples") if name in schema}


def _inside(schema: Mapping[str, Any], part: str | int) -> Mapping[str, Any] | None:
    if isinstance(part, int):
        found = schema.get("items")
    else:
        found = schema.get("properties", {}).get(part, schema.get("additionalProperties"))
    return found if isinstance(found, dict) else None
