# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The page on the words of the records: from ``docs/words.yaml`` and the docstrings of the model."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from scanner.evaluate.facts import clause_type
from scanner.guarded.strict import load_table
from scanner.model import license as model
from scanner.model.base import Value
from scanner.model.license import CLAUSE_KINDS, Act, Category, Clause, TextStatus

_INTRODUCTION = """\
The records of the [catalogue](licenses.md) are written in few words, always the same. Three states are kept
apart for each matter: a clause was found, with its section; the text was read and has none; the text was not
read for it, which is unknown and never no."""


class Words(Value, frozen=True, kw_only=True):
    """The shape of ``docs/words.yaml``: meanings by word."""

    categories: Mapping[str, str]
    acts: Mapping[str, str]
    text: Mapping[str, str]
    kinds: Mapping[str, str]
    plain: Mapping[str, str]
    """Of fields that mean the same wherever they stand, and of which the model says nothing."""

    fields: Mapping[str, Mapping[str, str]]
    """By ``Clause.field``."""


def glossary() -> str:
    """Return what stands below the heading of the page.

    Raises:
        ValueError: a word has no meaning, or a meaning no word.
    """
    words = load_table(Path(__file__).with_name("words.yaml"), Words)
    _fit("categories", words.categories, Category)
    _fit("acts", words.acts, Act)
    _fit("text", words.text, get_args(get_type_hints(TextStatus)["status"]))
    _fit("kinds", words.kinds, CLAUSE_KINDS)
    closed = {f"{kind.__name__}.{name}": values for kind in _types() for name, values in _closed(kind)}
    _fit("fields", words.fields, closed)
    for name, values in closed.items():
        _fit(name, words.fields[name], values)
    acts = {Act(act).words: meaning for act, meaning in words.acts.items()}
    _fit("plain", words.plain, {_plain(name) for kind in _types() for name in _silent(kind)})
    parts = [
        _INTRODUCTION,
        _table("Categories", words.categories),
        _table("Acts", acts),
        _table("How far a text was read", {_plain(word): told for word, told in words.text.items()}),
        "## Matters\n\nEvery clause has its section, and may say what follows from it and a note.",
        *(_matter(kind, words) for kind in CLAUSE_KINDS),
    ]
    return "\n\n".join(parts) + "\n"


def _fit(what: str, told: Mapping[str, Any], wanted: Any) -> None:  # noqa: ANN401  any words
    missing, idle = set(map(str, wanted)) - set(told), set(told) - set(map(str, wanted))
    if missing or idle:
        raise ValueError(
            f"docs/words.yaml, {what}: no meaning for {missing or '-'}, no word for {idle or '-'}"
        )


def _types() -> list[type[Clause]]:
    return list(dict.fromkeys(map(clause_type, CLAUSE_KINDS)))


def _own_fields(kind: type[Clause]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name not in Clause.__struct_fields__)


def _silent(kind: type[Clause]) -> Iterator[str]:
    """Yield the fields of a clause of which the model says nothing."""
    yield from (name for name in _own_fields(kind) if name not in _docstrings()[kind.__name__])


def _closed(kind: type[Clause]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the fields of a clause that hold one of a few words."""
    hints = get_type_hints(kind)
    for name in _own_fields(kind):
        values = next((get_args(one) for one in _alternatives(hints[name]) if get_origin(one) is Literal), ())
        if values:
            yield name, values


def _alternatives(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401  a type hint
    return (hint,) if get_origin(hint) is Literal else get_args(hint)


def _matter(kind: str, words: Words) -> str:
    """Return the section on one matter: what it is, and a line for each field."""
    found = clause_type(kind)
    lines = [f"### {_plain(kind)}", "", words.kinds[kind], ""]
    for name in _own_fields(found):
        said = _docstrings()[found.__name__].get(name) or words.plain[_plain(name)]
        lines.append(f"- **{_plain(name)}**: {said}")
        meanings = words.fields.get(f"{found.__name__}.{name}", {})
        lines += [f"  - *{_plain(word)}*: {meaning}" for word, meaning in meanings.items()]
    return "\n".join(lines).rstrip()


@cache
def _docstrings() -> Mapping[str, Mapping[str, str]]:
    """Return what the model says of its fields: by class and field."""
    tree = ast.parse(inspect.getsource(model))
    return {
        node.name: dict(_of_fields(node.body)) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    }


def _of_fields(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, told in pairwise(body):
        named = isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if named and isinstance(told, ast.Expr) and isinstance(told.value, ast.Constant):
            words = " ".join(str(told.value.value).replace("``", "`").split())
            yield field.target.id, words.replace("None:", "Absent:").replace("; Absent", "; absent")


def _table(head: str, meanings: Mapping[str, str]) -> str:
    rows = [f"| {word} | {meaning} |" for word, meaning in meanings.items()]
    return "\n".join([f"## {head}", "", "| Word | Meaning |", "|---|---|", *rows])


def _plain(name: str) -> str:
    return name.replace("_", " ")
