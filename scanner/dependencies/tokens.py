# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A tolerant reader of calls, for JavaScript and for broken Python: words, texts and brackets.

One pass over the text with one expression whose alternatives begin differently, so that its time is linear.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from scanner.dependencies.hits import Hit, named
from scanner.dependencies.tables import Call, fitting

MAX_TOKENS = 500_000
MAX_CALLS = 5_000
"""Of one text that are looked at."""

MAX_ARGUMENTS = 12
"""Of one call that are looked at."""

MAX_SPAN = 200
"""Tokens of one call that are looked at."""


@dataclass(frozen=True)
class Token:
    """One word, text or sign."""

    kind: str
    text: str
    line: int
    column: int


@dataclass
class Argument:
    """One argument: its texts, and the keys of an object that it is."""

    tokens: list[Token] = field(default_factory=list)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    text = r'"(?:[^"\\\n]|\\.)*+"?|' + r"'(?:[^'\\\n]|\\.)*+'?"
    if language == "python":
        return re.compile(
            r'(?P<comment>#[^\n]*)|(?P<string>"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|'
            r"'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?|"
            + text
            + r")|(?P<word>[A-Za-z_][\w]*)|(?P<sign>[^\s\w])|(?P<line>\n)",
            re.DOTALL,
        )
    return re.compile(
        r"(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)|(?P<string>" + text + r"|`(?:[^`\\]|\\.)*+`?)|"
        r"(?P<word>[A-Za-z_$][\w$]*)|(?P<sign>\?\?|\|\||[^\s\w])|(?P<line>\n)",
        re.DOTALL,
    )


def tokens(text: str, language: str) -> list[Token]:
    """Return the words, texts and signs of a program."""
    found: list[Token] = []
    line, begin = 1, 0
    for match in _pattern(language).finditer(text):
        kind, words = match.lastgroup or "", match[0]
        if kind in ("word", "sign", "string"):
            found.append(Token(kind, words, line, match.start() - begin + 1))
            if len(found) >= MAX_TOKENS:
                break
        breaks = words.count("\n")
        if breaks:
            line += breaks
            begin = match.start() + words.rfind("\n") + 1
    return found


def hits(text: str, language: Literal["python", "javascript"]) -> Iterator[Hit]:
    """Yield the models that calls of a language's table name."""
    stream = tokens(text, language)
    constants = _constants(stream)
    imports = _aliases(stream) if language == "javascript" else {}
    calls = 0
    for number, token in enumerate(stream[:-1]):
        if token.kind != "word" or stream[number + 1].text != "(":
            continue
        if number and stream[number - 1].text in ("def", "function", "class"):
            continue
        name = _name(stream, number, imports)
        entry = fitting(language, name, text, known=False)
        if entry:
            calls += 1
            if calls > MAX_CALLS:
                return
            yield from _call(entry, _arguments(stream, number + 2), constants)


def _name(stream: list[Token], number: int, imports: dict[str, str]) -> str:
    parts = [stream[number].text]
    while number >= 2 and stream[number - 1].text == "." and len(parts) < 8:  # noqa: PLR2004  the name before the dot
        before = stream[number - 2]
        parts.append(before.text if before.kind == "word" else "?")
        number -= 2
    name = ".".join(reversed(parts))
    return imports.get(name, name)


def _aliases(stream: list[Token]) -> dict[str, str]:
    """Return ``import { a as b }`` as b to a."""
    return {
        stream[number + 2].text: stream[number].text
        for number in range(len(stream) - 2)
        if stream[number + 1].text == "as" and stream[number].kind == stream[number + 2].kind == "word"
    }


def _constants(stream: list[Token]) -> dict[str, str]:
    """Return names, and ``object.key``, that are set to a text."""
    found: dict[str, str] = {}
    owner = ""
    for number in range(len(stream) - 2):
        first, sign, value = stream[number : number + 3]
        if first.kind == "word" and sign.text == "=" and value.text == "{":
            owner = first.text
        if first.kind != "word" or value.kind != "string" or not _closed(stream, number + 3):
            continue
        if sign.text == "=":
            found.setdefault(first.text, _content(value, found) or "")
        elif sign.text == ":" and owner:
            found.setdefault(f"{owner}.{first.text}", _content(value, found) or "")
    return {name: text for name, text in found.items() if text}


def _closed(stream: list[Token], number: int) -> bool:
    """Tell whether an expression ends before a token."""
    return number >= len(stream) or stream[number].text not in ("+", ".", "[", "%")


def _arguments(stream: list[Token], begin: int) -> list[Argument]:
    found = [Argument()]
    depth = 0
    for token in stream[begin : begin + MAX_SPAN]:
        if token.text in ("(", "[", "{"):
            depth += 1
        elif token.text in (")", "]", "}"):
            depth -= 1
            if depth < 0:
                break
        if token.text == "," and depth == 0:
            found.append(Argument())
            if len(found) > MAX_ARGUMENTS:
                break
            continue
        found[-1].tokens.append(token)
    return [argument for argument in found if argument.tokens]


def _call(entry: Call, arguments: list[Argument], constants: dict[str, str]) -> Iterator[Hit]:
    keyed = _keyed(arguments)
    value = next((keyed[keyword] for keyword in entry.id.keywords if keyword in keyed), None)
    position = entry.id.position
    if value is None and position is not None and position < len(arguments):
        plain = arguments[position].tokens
        value = plain if not _is_keyword(plain) and plain[0].text != "{" else None
    if value is None or not value:
        return
    known, unknown = _texts(value, constants)
    where: dict[str, Any] = {"line": value[0].line, "column": value[0].column}
    expression = "".join(token.text for token in value[:20])
    revision = _one(keyed, entry.revision, constants)
    repo_type = _one(keyed, entry.repo_type, constants)
    how = "" if len(value) == 1 and value[0].kind == "string" else "constant"
    for text in known:
        hit = named(
            entry, text, expression=expression, revision=revision, repo_type=repo_type, how=how, **where
        )
        if hit:
            yield hit
    if unknown and not known:
        hit = named(entry, None, expression=expression, repo_type=repo_type, **where)
        if hit:
            yield hit


def _one(keyed: dict[str, list[Token]], keywords: tuple[str, ...], constants: dict[str, str]) -> str | None:
    for keyword in keywords:
        if keyword in keyed:
            known, _ = _texts(keyed[keyword], constants)
            return known[0] if len(known) == 1 else None
    return None


def _is_keyword(tokens_: list[Token]) -> bool:
    return len(tokens_) > 2 and tokens_[0].kind == "word" and tokens_[1].text == "="  # noqa: PLR2004  name = value


def _keyed(arguments: list[Argument]) -> dict[str, list[Token]]:
    """Return ``key=value`` and the keys of objects among arguments."""
    found: dict[str, list[Token]] = {}
    for argument in arguments:
        if _is_keyword(argument.tokens):
            found[argument.tokens[0].text] = argument.tokens[2:]
        elif argument.tokens[0].text == "{":
            _object(argument.tokens[1:], found)
    return found


def _object(stream: list[Token], found: dict[str, list[Token]]) -> None:
    depth, key = 0, ""
    for number, token in enumerate(stream):
        if token.text in ("(", "[", "{"):
            depth += 1
        elif token.text in (")", "]", "}"):
            depth -= 1
            if depth < 0:
                return
        follows = stream[number + 1].text if number + 1 < len(stream) else ""
        if depth == 0 and not key and follows == ":" and token.kind in ("word", "string"):
            key = token.text.strip("'\"")
        elif depth == 0 and token.text == ",":
            key = ""
        elif key and not (token.text == ":" and key not in found):
            found.setdefault(key, []).append(token)
        elif key and token.text == ":":
            found.setdefault(key, [])


def _texts(value: list[Token], constants: dict[str, str]) -> tuple[list[str], bool]:
    """Return the texts that an expression can be, and whether it may be something else."""
    if len(value) == 1 and value[0].kind == "string":
        text = _content(value[0], constants)
        return ([text], False) if text is not None else ([], True)
    joined = "".join(token.text for token in value)
    if re.fullmatch(r"[\w$.]+", joined):
        text = constants.get(joined)
        return ([text], False) if text else ([], True)
    signs = {token.text for token in value}
    if signs & {"??", "||", "or"} and value[-1].kind == "string":
        text = _content(value[-1], constants)
        return ([text], False) if text is not None else ([], True)
    if {"?", ":"} <= signs or {"if", "else"} <= signs:
        texts = [_content(token, constants) for token in value if token.kind == "string"]
        return [text for text in texts if text], True
    return [], True


def _content(token: Token, constants: dict[str, str]) -> str | None:
    """Return what a text says; None where a template's part is not known."""
    text = token.text
    for quotes in ('"""', "'''"):
        if text.startswith(quotes):
            return text[3:-3]
    text, template = text[1:-1], text.startswith("`")
    if not template or "${" not in text:
        return text
    parts = re.split(r"\$\{([\w$.]{1,80})\}", text)
    filled = [constants.get(part) if number % 2 else part for number, part in enumerate(parts)]
    whole = [part for part in filled if part is not None]
    return "".join(whole) if len(whole) == len(parts) and "${" not in "".join(whole) else None
