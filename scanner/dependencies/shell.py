# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""References in commands: shell scripts, the commands of Dockerfiles, of compose, Kubernetes and CI files."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scanner.dependencies.hits import Hit, named
from scanner.dependencies.tables import Command, Entry, any_of, tables
from scanner.model.reference import ReferenceKind
from scanner.model.release import Confidence

MAX_WORDS = 100_000
"""Of one text."""

LONG = 2_000
"""Characters of a word whose inner quotes are still looked at."""

Python = Callable[[str], Iterator[Hit]]

_TOKEN = re.compile(
    r"""(?P<word>(?:[^\s"'\\;|&<>()#]|\\[^\n]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=[^\s;|&])\#)+)"""
    r"""|(?P<continued>\\\n)|(?P<heredoc><<-?\s*['"]?(?P<end>\w+)['"]?)|(?P<end_of>\n|;|&&?|\|\|?|\(|\))|(?P<comment>\#[^\n]*)""",
    re.DOTALL,
)
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)(?::?[-=](?P<default>[^}$]*))?\}|(?P<plain>\w+))")
_ASSIGNED = re.compile(r"(?P<name>[A-Za-z_]\w*)=(?P<value>.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Word:
    """One word of a command."""

    text: str
    line: int
    column: int


_OPTION = Entry(name="option", strict=True, confidence=Confidence.MEDIUM)
_OPTION_DATA = Entry(name="option", kind=ReferenceKind.DATASET, confidence=Confidence.MEDIUM)
_VARIABLE_ENTRY = Entry(name="environment variable", strict=True, confidence=Confidence.MEDIUM)


def hits(text: str, python: Python | None = None, known: dict[str, list[str]] | None = None) -> Iterator[Hit]:
    """Yield the models that the commands of a text name.

    Args:
        text: A script.
        python: Reads a program that is given to Python's command.
        known: What variables are set to; those that the text sets are added.
    """
    variables = {} if known is None else known
    for words, body in commands(text):
        _loop(words, variables)
        yield from command(words, variables, python)
        if body and python and any(re.search(r"(?:^|/)python[\d.]*\Z", word.text) for word in words):
            yield from (hit.moved(body.line - 1) for hit in python(body.text))
        elif body and _runs(words):
            yield from (hit.moved(body.line - 1) for hit in hits(body.text, python, variables))


def _runs(words: Sequence[Word]) -> bool:
    """Tell whether what follows is given to a shell."""
    return not words or words[0].text in ("RUN", "bash", "sh", "ssh", "sudo", "/bin/sh", "/bin/bash")


def commands(text: str) -> Iterator[tuple[list[Word], Word | None]]:
    """Yield each command's words, and what is given to it below (a here-document)."""
    line, begin, start, place, count = 1, 0, 0, 0, 0
    words: list[Word] = []
    waiting: tuple[list[Word], str] | None = None
    while match := _TOKEN.search(text, place):
        place = match.end()
        gap = text.count("\n", begin, match.start()) if begin <= match.start() else 0
        line += gap
        if gap:
            start = text.rfind("\n", begin, match.start()) + 1
        begin = match.start()
        count += 1
        if count > MAX_WORDS:
            return
        kind = match.lastgroup if match.lastgroup != "end" else "heredoc"
        column = match.start() - start + 1
        if kind == "word":
            words.append(Word(match[0], line, column))
        elif kind == "heredoc":
            waiting = (words, match["end"])
        elif kind == "end_of":
            if match[0] == "\n" and waiting:
                end = re.compile(rf"^[ \t]*{re.escape(waiting[1])}[ \t]*$", re.MULTILINE).search(text, place)
                stop = end.start() if end else len(text)
                yield words, Word(text[place:stop], line + 1, 1)
                words, waiting = [], None
                place = end.end() if end else len(text)
            elif not waiting and words:
                yield words, None
                words = []
    if words:
        yield words, None


def _loop(words: Sequence[Word], variables: dict[str, list[str]]) -> None:
    """Note what ``for name in a b`` sets, and ``: "${NAME:=value}"``."""
    texts = [word.text for word in words]
    if len(texts) > 3 and texts[0] == "for" and texts[2] == "in":  # noqa: PLR2004  for NAME in WORDS
        variables[texts[1]] = [_bare(text) for text in texts[3:]][:20]
    for text in texts if texts[:1] == [":"] else ():
        for match in _VARIABLE.finditer(text):
            if match["default"]:
                variables.setdefault(match["braced"], [match["default"]])


def command(
    words: Sequence[Word], variables: dict[str, list[str]], python: Python | None = None
) -> Iterator[Hit]:
    """Yield the models that one command names."""
    texts = [_bare(word.text) for word in words]
    while texts[:1] in (["do"], ["then"], ["else"], ["if"], ["!"], ["{"]):
        words, texts = words[1:], texts[1:]
    yield from _assignments(words, texts, variables)
    found = list(_known(words, texts, variables))
    yield from found
    taken = {(hit.line, hit.expression) for hit in found}
    for hit in _options(words, texts, variables):
        if (hit.line, hit.expression) not in taken:
            yield hit
    for number, text in enumerate(texts[:-2]):
        if python and re.search(r"(?:^|/)python[\d.]*\Z", text) and texts[number + 1] == "-c":
            yield from (hit.moved(words[number + 2].line - 1) for hit in python(texts[number + 2]))
        if text in ("sh", "bash", "/bin/sh", "/bin/bash") and texts[number + 1] in ("-c", "-lc", "-ec"):
            inner = hits(texts[number + 2], python, variables)
            yield from (hit.moved(words[number + 2].line - 1) for hit in inner)


def _assignments(words: Sequence[Word], texts: list[str], variables: dict[str, list[str]]) -> Iterator[Hit]:
    """Note the variables that a command sets, and yield those whose names say that they hold a model."""
    leading = True
    for number, (word, text) in enumerate(zip(words, texts, strict=True)):
        match = _ASSIGNED.match(text)
        before = texts[number - 1] if number else ""
        given = before in ("-e", "--env", "--build-arg")
        if not match:
            leading = leading and text in (
                "export",
                "declare",
                "local",
                "readonly",
                "env",
                "ARG",
                "ENV",
                "set",
            )
            continue
        if not (leading or given):
            continue
        values = substituted(_bare(match["value"]), variables)
        if values and leading:
            variables[match["name"]] = values
        yield from variable(match["name"], match["value"], values, word)


def variable(name: str, written: str, values: list[str], word: Word) -> Iterator[Hit]:
    """Yield the model in a variable of an environment, where its name says that it holds one."""
    if not any_of(tables().commands.variables).match(name):
        return
    for value in values:
        how = "" if value == _bare(written) else "variable's default"
        hit = named(_VARIABLE_ENTRY, value, line=word.line, column=word.column, expression=word.text, how=how)
        if hit:
            yield hit


def _known(words: Sequence[Word], texts: list[str], variables: dict[str, list[str]]) -> Iterator[Hit]:
    for entry in tables().commands.commands:
        after = _after(texts, entry)
        if after is None:
            continue
        options = dict(_pairs(texts, after))
        for number in _holders(entry, texts, after):
            yield from _value(entry, words, texts, number, options, variables)


def _after(texts: list[str], entry: Command) -> int | None:
    """Return where the words after an entry's command begin."""
    for written in entry.command:
        parts = written.split(" ")
        for number in range(len(texts) - len(parts) + 1):
            first = texts[number].rpartition("/")[2].removesuffix(".exe")
            if first == parts[0] and texts[number + 1 : number + len(parts)] == parts[1:]:
                return number + len(parts)
    return None


def _pairs(texts: list[str], begin: int) -> Iterator[tuple[str, str]]:
    for number in range(begin, len(texts)):
        name, sign, value = texts[number].partition("=")
        if name.startswith("-"):
            follows = texts[number + 1] if number + 1 < len(texts) else ""
            yield name, value if sign else follows


def _holders(entry: Command, texts: list[str], begin: int) -> Iterator[int]:
    """Yield the numbers of the words that hold the name; negative: after ``=`` in that word."""
    taken = False
    for number in range(begin, len(texts)):
        text = texts[number]
        name, sign, _ = text.partition("=")
        if name in entry.id.options and (sign or number + 1 < len(texts)):
            taken = True
            yield -number if sign else number + 1
    if taken or entry.id.position is None:
        return
    valued = False
    for number in range(begin, len(texts)):
        text = texts[number]
        if text.startswith("-") and len(text) > 1:
            valued = "=" not in text and text not in entry.flags
        elif valued:
            valued = False
        else:
            yield number
            return


def _value(  # noqa: PLR0913, PLR0917  one word of one command
    entry: Command,
    words: Sequence[Word],
    texts: list[str],
    number: int,
    options: dict[str, str],
    variables: dict[str, list[str]],
) -> Iterator[Hit]:
    word = words[abs(number)]
    text = texts[number] if number >= 0 else _bare(texts[-number].partition("=")[2])
    revisions = [value for name in entry.revision for value in substituted(options.get(name, ""), variables)]
    types = [options[name] for name in entry.repo_type if name in options]
    revision = revisions[0] if len(revisions) == 1 and revisions[0] else None
    if entry.pairs:
        pairs = dict(part.partition("=")[::2] for part in text.split(","))
        text = next((pairs[key] for key in entry.pairs if key in pairs), "")
        revision = pairs.get("revision", revision)
        if not text:
            return
    values = substituted(text, variables)
    where = {"line": word.line, "column": word.column, "expression": word.text}
    for value in values:
        how = "" if value == text else "variable"
        hit = named(entry, value, revision=revision, repo_type=types[0] if types else None, how=how, **where)  # type: ignore[arg-type]
        if hit:
            yield hit
    if not values and entry.scheme != "weights":
        hit = named(entry, None, repo_type=types[0] if types else None, **where)  # type: ignore[arg-type]
        if hit:
            yield hit


def _options(words: Sequence[Word], texts: list[str], variables: dict[str, list[str]]) -> Iterator[Hit]:
    """Yield the models in options that mean the same under any command."""
    table = tables().commands.options
    options = dict(_pairs(texts, 0))
    revision = next((options[name] for name in table.revision if options.get(name)), None)
    for number, text in enumerate(texts):
        name, sign, value = text.partition("=")
        if not name.startswith("-"):
            continue
        holder = number if sign else number + 1
        if holder >= len(texts):
            continue
        written = _bare(value) if sign else texts[holder]
        word = words[holder]
        entry = _OPTION if name in table.model else _OPTION_DATA if name in table.dataset else None
        if name in table.pairs:
            entry, written = _OPTION, written.partition("=")[2]
        if entry is None or written.startswith("-"):
            continue
        fixed = revision if name in ("--model", "--model-id", "--model_name_or_path", "--model_id") else None
        for one in substituted(written, variables):
            hit = named(
                entry,
                one,
                line=word.line,
                column=word.column,
                expression=word.text,
                revision=fixed,
                how=name if one == written else f"{name}, variable",
            )
            if hit:
                yield hit


def substituted(text: str, variables: dict[str, list[str]]) -> list[str]:
    """Return what a word can be when its variables are filled in; nothing when one is not known."""
    made = [text]
    for _ in range(4):
        following: list[str] = []
        for one in made:
            match = _VARIABLE.search(one)
            if not match:
                following.append(one)
                continue
            name = match["braced"] or match["plain"]
            values = variables.get(name) or ([match["default"]] if match["default"] else [])
            following += [
                f"{one[: match.start()]}{_bare(value)}{one[match.end() :]}" for value in values[:20]
            ]
        made = following[:20]
    return [one for one in made if "$" not in one and "`" not in one]


def _bare(text: str) -> str:
    """Return a word without its quotes."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].replace('\\"', '"') if text[0] == '"' else text[1:-1]
    if len(text) < LONG and ('"' in text or "'" in text):
        return re.sub(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'", lambda match: match[1] or match[2] or "", text)
    return text
