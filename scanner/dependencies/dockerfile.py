# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""References in Dockerfiles, Modelfiles of Ollama and files of environment variables."""

import json
import re
from collections.abc import Iterator

from scanner.dependencies import shell
from scanner.dependencies.hits import Hit, named
from scanner.dependencies.names import is_weights
from scanner.dependencies.shell import Python, Word
from scanner.dependencies.tables import Entry
from scanner.model.release import Confidence

_INSTRUCTION = re.compile(
    r"\s*(FROM|RUN|CMD|ENTRYPOINT|ENV|ARG|COPY|ADD|SHELL|HEALTHCHECK)\s+(.*)", re.IGNORECASE | re.DOTALL
)
_FLAGS = re.compile(r"\A(?:--\w[\w-]*=\S+\s+)*+")
_COPIED = Entry(name="copied file", scheme="weights", confidence=Confidence.MEDIUM)
_BASE = Entry(name="modelfile", scheme="ollama")


def hits(text: str, python: Python) -> Iterator[Hit]:
    """Yield the models that a Dockerfile names."""
    variables: dict[str, list[str]] = {}
    for line, statement in _statements(text):
        match = _INSTRUCTION.match(statement)
        if not match:
            continue
        instruction, rest = match[1].upper(), match[2]
        begin = line + statement.count("\n", 0, match.start(2))
        if instruction in ("CMD", "ENTRYPOINT") and rest.startswith("["):
            found = _array(rest, variables, python)
        elif instruction in ("ENV", "ARG"):
            found = _environment(rest, variables)
        elif instruction in ("COPY", "ADD"):
            found = _copied(rest)
        elif instruction in ("RUN", "CMD", "ENTRYPOINT"):
            found = shell.hits(_FLAGS.sub("", rest, count=1), python, variables)
        else:
            continue
        yield from (hit.moved(begin - 1) for hit in found)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each instruction with the lines that continue it, comments blanked, and its here-documents."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        begin = number
        kept: list[str] = []
        while number < len(lines):
            line = lines[number]
            comment = line.lstrip().startswith("#")
            kept.append("\\" if comment and kept else "" if comment else line)
            number += 1
            if not (line.rstrip().endswith("\\") or (comment and len(kept) > 1)):
                break
        end = re.search(r"<<-?\s*['\"]?(\w+)['\"]?", kept[-1])
        while end and number < len(lines):
            kept.append(lines[number])
            number += 1
            if kept[-1].strip() == end[1]:
                break
        yield begin + 1, "\n".join(kept)


def _array(text: str, variables: dict[str, list[str]], python: Python) -> Iterator[Hit]:
    try:
        items = json.loads(text.replace("\\\n", "\n"))
    except (ValueError, RecursionError):
        return
    words: list[Word] = []
    place = 0
    for item in items if isinstance(items, list) else ():
        if isinstance(item, str):
            found = text.find(json.dumps(item, ensure_ascii=False), place)
            place = max(found, place)
            words.append(Word(item, text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)))
    yield from shell.command(words, variables, python)


def _environment(text: str, variables: dict[str, list[str]]) -> Iterator[Hit]:
    name, _, value = text.strip().partition(" ")
    if "=" not in name and value:
        text = f"{name}={json.dumps(value.strip())}"
    for words, _ in shell.commands(text):
        yield from shell.command([Word("export", 1, 1), *words], variables)


def _copied(text: str) -> Iterator[Hit]:
    words = [word for word in text.replace("\\\n", " ").split() if not word.startswith("--")]
    for word in words[:-1]:
        if is_weights(word) and "://" not in word:
            hit = named(_COPIED, word, line=1, column=1, expression=word)
            if hit:
                yield hit


def modelfile(text: str) -> Iterator[Hit]:
    """Yield the base and the adapters of a Modelfile."""
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        inside, quoted = quoted, quoted ^ (line.count('"""') % 2 == 1)
        match = re.match(r"\s*(FROM|ADAPTER)\s+(\S+)", line, re.IGNORECASE)
        if match and not inside:
            hit = named(_BASE, match[2], line=number, column=match.start(2) + 1, expression=line.strip())
            if hit is None or (match[1].upper() == "ADAPTER" and hit.id and hit.id.startswith("ollama:")):
                yield Hit(
                    kind=_BASE.kind,
                    id=f"local:{match[2]}",
                    revision=None,
                    line=number,
                    column=match.start(2) + 1,
                    expression=line.strip(),
                    how="modelfile",
                    confidence=Confidence.HIGH,
                )
            else:
                yield hit


def environment(text: str) -> Iterator[Hit]:
    """Yield the models in a file of environment variables."""
    variables: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, sign, value = line.strip().removeprefix("export ").partition("=")
        if sign and not name.startswith("#"):
            word = Word(line.strip(), number, len(line) - len(line.lstrip()) + 1)
            values = shell.substituted(value.strip().strip("\"'"), variables)
            variables[name.strip()] = values
            yield from shell.variable(name.strip(), value, values, word)
