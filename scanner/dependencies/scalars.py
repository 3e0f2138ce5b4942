# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""YAML, JSON and TOML as a flat list of texts, each with its keys and its place in the file.

The guarded YAML reader comes first. What it refuses (aliases, tags, templates of Helm) is read line by line,
which finds most of what stands there, and a note says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scanner.guarded.json import load_json
from scanner.guarded.refused import Refused
from scanner.guarded.yaml import load_untrusted

MAX_SCALARS = 200_000
MAX_DASHES = 16
"""Lists within lists in one line."""

Place = tuple[str | int, ...]

_PAIR = re.compile(
    r"(?P<indent>\s*)(?P<dash>(?:-\s+)*)(?:(?P<key>[\w.\-/\"']{1,120})\s*:(?:\s+(?P<value>.*))?|(?P<item>\S.*))?\Z"
)
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([^\s,\[\]{}]+)")
_TOML = re.compile(r"\s*(?:\[{1,2}(?P<section>[^\]]+)\]{1,2}|(?P<key>[\w.\-\"]+)\s*=\s*(?P<value>.*))")


@dataclass(frozen=True)
class Scalar:
    """One text."""

    place: Place
    text: str
    line: int
    block: bool = False
    """Whether the text of several lines begins in the line below."""


def structured(text: str) -> tuple[list[Scalar], list[str]]:
    """Return the texts of a YAML or JSON file, and what a reader must know."""
    found: list[Scalar] = []
    problems: list[str] = []
    lines = text.split("\n")
    for offset, part in _documents(text):
        try:
            document = load_untrusted(part)
        except Refused as refused:
            if part.lstrip()[:1] in ("{", "[") and _json(part, found):
                continue
            found += _by_line(part, offset)
            problems.append(f"read line by line: {refused.reason}")
            continue
        for place, value in _flat(document.value):
            line = document.lines.get(place, 1) + offset
            source = lines[line - 1] if line <= len(lines) else ""
            found.append(
                Scalar(place, value, line, block=bool(re.search(r"[|>][-+\d]*\s*(?:#.*)?\Z", source)))
            )
            if len(found) > MAX_SCALARS:
                problems.append(f"only the first {MAX_SCALARS:,} values were looked at")
                return found, problems
    return found, problems


def _documents(text: str) -> Iterator[tuple[int, str]]:
    """Yield each document of a stream with the number of lines before it."""
    begin, line = 0, 0
    for match in re.finditer(r"^---(?:[ \t].*)?$\n?", text, re.MULTILINE):
        part = text[begin : match.start()]
        if part.strip():
            yield line, part
        line += part.count("\n") + match[0].count("\n")
        begin = match.end()
    if text[begin:].strip():
        yield line, text[begin:]


def _json(text: str, found: list[Scalar]) -> bool:
    """Read JSON that is no YAML; each text is looked up in the order of the file."""
    try:
        value = load_json(text).value
    except Refused:
        return False
    place = line_at = 0
    line = 1
    for where, scalar in _flat(value):
        at = text.find(f'"{scalar}"', place)
        if at >= 0:
            line += text.count("\n", line_at, at)
            place = line_at = at
        found.append(Scalar(where, scalar, line))
    return True


def _flat(value: object) -> Iterator[tuple[Place, str]]:
    waiting: list[tuple[Place, object]] = [((), value)]
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, str):
            yield place, one
        elif isinstance(one, dict):
            waiting.extend(reversed([((*place, key), part) for key, part in one.items()]))
        elif isinstance(one, list):
            waiting.extend(reversed([((*place, number), part) for number, part in enumerate(one)]))


def _by_line(text: str, offset: int) -> Iterator[Scalar]:  # noqa: C901, PLR0912  one pass, one state
    """Yield the texts of something like YAML by indentation alone."""
    stack: list[tuple[int, str | int]] = []
    counts: dict[Place, int] = {}
    block: tuple[int, Place, int, list[str]] | None = None
    for number, line in enumerate(text.split("\n"), 1 + offset):
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        if block:
            if not stripped or indent > block[0]:
                block[3].append(line)
                continue
            yield Scalar(block[1], "\n".join(block[3]), block[2], block=True)
            block = None
        if not stripped or stripped.startswith(("#", "{{")):
            continue
        match = _PAIR.match(line)
        if not match or (match["dash"] or "").count("-") > MAX_DASHES:
            continue
        while stack and stack[-1][0] >= indent:
            stack.pop()
        column = indent
        for _ in range((match["dash"] or "").count("-")):
            above = tuple(part for _, part in stack)
            counts[above] = counts.get(above, -1) + 1
            stack.append((column, counts[above]))
            column += 2
        if match["key"]:
            stack.append((column, match["key"].strip("\"'")))
        place = tuple(part for _, part in stack)
        value = (match["value"] or match["item"] or "").strip()
        if re.match(r"[|>][-+\d]*\Z", value):
            block = (indent, place, number, [])
        elif value.startswith("["):
            for index, item in enumerate(_QUOTED.finditer(value)):
                yield Scalar((*place, index), next(filter(None, item.groups()), ""), number)
        elif value:
            yield Scalar(place, _plain(value), number)
    if block:
        yield Scalar(block[1], "\n".join(block[3]), block[2], block=True)


def _plain(value: str) -> str:
    if value[0] in "\"'":
        match = _QUOTED.match(value)
        return next(filter(None, match.groups()), "") if match else value
    return value.partition(" #")[0].strip()


def toml(text: str) -> Iterator[Scalar]:
    """Yield the texts of a TOML file, line by line."""
    section: Place = ()
    for number, line in enumerate(text.split("\n"), 1):
        match = _TOML.match(line)
        if not match:
            continue
        if match["section"]:
            section = tuple(part.strip('" ') for part in match["section"].split("."))
            continue
        for index, item in enumerate(_QUOTED.finditer(match["value"])):
            if item[1] is not None or item[2] is not None:
                place = (*section, match["key"].strip('"'))
                yield Scalar(
                    (*place, index) if match["value"].startswith("[") else place,
                    item[1] or item[2] or "",
                    number,
                )
