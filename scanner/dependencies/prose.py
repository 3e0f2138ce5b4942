# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""References in Markdown, reStructuredText and notebooks: code within them, and the head of a card."""

import re
from collections.abc import Callable, Iterator

from scanner.dependencies.hits import Hit
from scanner.guarded.json import load_json
from scanner.guarded.refused import Refused

Embedded = Callable[[str, str], Iterator[Hit]]
"""Reads a text of a language: ``python``, ``shell``, ``javascript``, ``yaml``, ``dockerfile``."""

LANGUAGES = {
    "py": "python",
    "python": "python",
    "python3": "python",
    "pycon": "python",
    "ipython": "python",
    "ipython3": "python",
    "sh": "shell",
    "bash": "shell",
    "shell": "shell",
    "console": "shell",
    "zsh": "shell",
    "js": "javascript",
    "jsx": "javascript",
    "javascript": "javascript",
    "ts": "javascript",
    "tsx": "javascript",
    "typescript": "javascript",
    "yaml": "yaml",
    "yml": "yaml",
    "dockerfile": "dockerfile",
}
"""Words after a fence, by the reader that they ask for."""

_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*\{?\.?([\w+]*)")
_BLOCK = re.compile(r"(\s*)\.\.\s+(?:code-block|code|sourcecode)::\s*(\w+)")
_PROMPT = re.compile(r"(\s*)(?:>>> |\.\.\. |\$ |In \[\d*\]: )")


def markdown(text: str, read: Embedded, head: Callable[[str], Iterator[Hit]]) -> Iterator[Hit]:
    """Yield what the front matter and the fenced code of a page name."""
    lines = text.split("\n")
    begin = 0
    if lines and lines[0].strip() == "---":
        end = next((number for number in range(1, len(lines)) if lines[number].strip() in ("---", "...")), 0)
        if end:
            yield from (hit.moved(1) for hit in head("\n".join(lines[1:end]) + "\n"))
            begin = end + 1
    fence, language, first = "", "", 0
    for number in range(begin, len(lines)):
        match = _FENCE.match(lines[number])
        if not match:
            continue
        if not fence:
            fence, language, first = match[1], LANGUAGES.get(match[2].lower(), ""), number + 1
        elif match[1].startswith(fence) and not match[2]:
            if language:
                yield from _part(lines, first, number, language, read)
            fence = ""


def rst(text: str, read: Embedded) -> Iterator[Hit]:
    """Yield what the code blocks of a page name."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        match = _BLOCK.match(lines[number])
        number += 1
        language = LANGUAGES.get(match[2].lower(), "") if match else ""
        if not match or not language:
            continue
        first = number
        while number < len(lines) and (
            not lines[number].strip() or len(lines[number]) - len(lines[number].lstrip()) > len(match[1])
        ):
            number += 1
        yield from _part(lines, first, number, language, read)


def _part(lines: list[str], first: int, end: int, language: str, read: Embedded) -> Iterator[Hit]:
    kept = [_PROMPT.sub(r"\1", line, count=1) for line in lines[first:end]]
    indent = min((len(line) - len(line.lstrip()) for line in kept if line.strip()), default=0)
    code = "\n".join(line[indent:] for line in kept)
    yield from (hit.moved(first) for hit in read(language, code))


def notebook(text: str, read: Embedded) -> Iterator[Hit]:
    """Yield what the cells of a notebook name; names hold from cell to cell.

    Raises:
        Refused: it is no notebook.
    """
    value = load_json(text).value
    cells = value.get("cells") if isinstance(value, dict) else None
    if not isinstance(cells, list):
        raise Refused("no notebook")
    program: list[str] = []
    places: list[tuple[int, int]] = []
    for number, cell in enumerate(cells, 1):
        kind, source = _cell(cell)
        if kind == "markdown":
            yield from (hit.in_cell(number, hit.line) for hit in read("prose", source))
        elif kind == "code":
            yield from (hit.in_cell(number, hit.line) for hit in _magics(source, read))
            for line, code in enumerate(_code(source), 1):
                program.append(code)
                places.append((number, line))
    for hit in read("python", "\n".join(program)):
        cell, line = places[min(hit.line, len(places)) - 1]
        yield hit.in_cell(cell, line)


def _cell(cell: object) -> tuple[str, str]:
    if not isinstance(cell, dict):
        return "", ""
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return str(cell.get("cell_type")), source if isinstance(source, str) else ""


def _magics(source: str, read: Embedded) -> Iterator[Hit]:
    """Yield what commands of the shell name: ``!command`` and cells of ``%%bash``."""
    lines = source.split("\n")
    if re.match(r"%%(?:bash|sh|shell|script\s+\S*sh)\b", source):
        yield from read("shell", "\n".join(["", *lines[1:]]))
        return
    shell = [
        re.sub(r"^\s*(?:!|%(?:sx|system|pip)\s)", "", line) if re.match(r"\s*[!%]", line) else ""
        for line in lines
    ]
    if any(shell):
        yield from read("shell", "\n".join(shell))


def _code(source: str) -> list[str]:
    """Return the lines of a cell that are Python; the others stand empty."""
    lines = source.split("\n")
    if source.startswith("%%") and not re.match(r"%%(?:time|timeit|capture)\b", source):
        return [""] * len(lines)
    return ["" if re.match(r"\s*[!%?]", line) or line.rstrip().endswith("?") else line for line in lines]
