# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""References in commands that Python starts: ``subprocess.run(["vllm", "serve", "org/name"])``."""

import ast
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from scanner.dependencies import shell
from scanner.dependencies.constants import lists, texts
from scanner.dependencies.hits import Hit
from scanner.dependencies.scopes import Module, Scope, dotted, imported
from scanner.dependencies.tables import tables

_STARTS = re.compile(
    r"os\.(?:system|popen)"
    r"|subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)"
    r"|asyncio\.create_subprocess_(?:exec|shell)",
)

_UNKNOWN = "$unknown"
"""Stands for a word that cannot be told."""


def hits(module: Module) -> Iterator[Hit]:
    """Yield what the commands name that a module starts."""
    for call, scope in module.calls:
        if not call.args or not _STARTS.fullmatch(imported(dotted(call.func), module)):
            continue
        place = call.args[0]
        for command in dict.fromkeys(_commands(call, scope, module)):
            for hit in shell.hits(command):
                how = f"{hit.how}, command that Python starts"
                yield replace(hit, line=place.lineno, column=place.col_offset + 1, how=how)


def may_start(data: bytes) -> bool:
    """Tell whether a module may start one of the commands of the tables, before it is understood."""
    starts = b"subprocess" in data or b"os.system" in data or b"os.popen" in data
    return starts and any(word in data for word in _programs())


@cache
def _programs() -> tuple[bytes, ...]:
    """Return the first words of the commands of the tables."""
    return tuple({part.split(" ")[0].encode() for one in tables().commands.commands for part in one.command})


def _commands(call: ast.Call, scope: Scope, module: Module) -> Iterator[str]:
    """Yield each command as a shell would be given it."""
    first = call.args[0]
    if len(call.args) > 1:
        yield _joined([(argument, scope, module) for argument in call.args])
    for words in lists(first, scope, module):
        yield _joined(words)
    yield from (known.text for known in texts(first, scope, module)[0])


def _joined(words: list[tuple[ast.AST, Scope, Module]]) -> str:
    found: list[str] = []
    for word in words:
        known, unknown, _ = texts(*word)
        one = len(known) == 1 and not unknown
        found.append(shlex.quote(known[0].text) if one else _UNKNOWN)
    return " ".join(found)


__all__ = ["hits", "may_start"]
