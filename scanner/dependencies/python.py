# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""References in Python: calls of the tables, with their arguments resolved where that needs no running."""

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from scanner.dependencies import started, urls
from scanner.dependencies.constants import Known, entries, texts
from scanner.dependencies.hits import Hit, named
from scanner.dependencies.names import name_of
from scanner.dependencies.scopes import Module, Scope, dotted, imported, prepares, spelled
from scanner.dependencies.tables import Call, any_of, fitting
from scanner.model.reference import ReferenceKind, Tier
from scanner.model.release import Confidence

MAX_CHARACTERS = 2_000_000
"""Of a source file that is parsed."""

Find = Callable[[str], Module | None]

_NAMED = re.compile(
    r"(?:.*_)?(?:model|model_id|model_name|model_name_or_path|model_repo|base_model|checkpoint|repo_id|hf_model|"
    r"embedding_model|pretrained_model|tokenizer_name)\Z",
    re.IGNORECASE,
)
"""Names of variables, keys and arguments that hold a model; only ``org/name`` counts there."""


def parse(text: str, package: str, find: Find) -> Module | None:
    """Return a module, or None when the text is no Python of today."""
    if len(text) > MAX_CHARACTERS:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return Module(tree, package, find)


def hits(text: str, module: Module) -> Iterator[Hit]:
    """Yield what a module names."""
    lines = text.splitlines()
    found = [hit for call, scope in module.calls for hit in _call(call, scope, module, text, lines)]
    found += started.hits(module)
    yield from found
    seen = {hit.id for hit in found}
    yield from (hit for hit in _loose(module) if hit.id not in seen)
    prose = _prose(module)
    for hit in urls.hits(text):
        if (hit.id, hit.line) not in {(one.id, one.line) for one in found}:
            yield hit.moved(0, Tier.DOCS) if hit.line in prose else hit


def _call(call: ast.Call, scope: Scope, module: Module, text: str, lines: list[str]) -> Iterator[Hit]:
    call = _given(call) if prepares(call, module) else call
    name = imported(dotted(call.func), module)
    entry = fitting("python", name, text, known=True) or _by_another_name(call.func, scope, module, text)
    if entry is None:
        yield from _routed(call, scope, module, name)
        return
    arguments = _Arguments(call, scope, module)
    holder = arguments.first(entry.id.keywords, entry.id.position)
    if holder is None:
        return
    node, place, owner = holder
    if _forwards(node, place, entry):
        return
    known, unknown, nothing = texts(node, place, owner)
    revision = arguments.text(entry.revision)
    repo_type = arguments.text(entry.repo_type)
    spot = node if node in (*call.args, *(keyword.value for keyword in call.keywords)) else call
    where: dict[str, Any] = {"line": spot.lineno, "column": spot.col_offset + 1}
    quoted = _quoted(spot, lines)
    for value in known:
        hit = named(
            entry,
            value.text,
            expression=quoted,
            revision=revision,
            repo_type=repo_type,
            how=", ".join(sorted(value.how)),
            **where,
        )
        if hit:
            yield hit
    if unknown or (not known and not nothing):
        hit = named(entry, None, expression=quoted, repo_type=repo_type, **where)
        if hit:
            yield hit


def _given(call: ast.Call) -> ast.Call:
    """Return the call that ``partial`` prepares, as far as its arguments are given."""
    prepared = ast.Call(func=call.args[0], args=call.args[1:], keywords=call.keywords)
    return ast.copy_location(prepared, call)


def _by_another_name(func: ast.AST, scope: Scope, module: Module, text: str) -> Call | None:
    """Return the entry of an API that is kept under a name of its own, or called on what a call gives.

    ``load = AutoModel.from_pretrained``, ``client = HfApi()``, ``HfApi().snapshot_download``; not the
    call of what an API gave: ``pipe = pipeline(...)`` is no API.
    """
    for name in dict.fromkeys(spelled(func, scope, module)):
        entry = fitting("python", imported(name, module), text, known=True)
        if entry is not None:
            return entry
    return None


def _quoted(node: ast.AST, lines: list[str]) -> str:
    """Return the words of an expression as they stand in its first line."""
    line = lines[node.lineno - 1] if node.lineno <= len(lines) else ""  # type: ignore[attr-defined]
    begin, end = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
    raw = line.encode()
    piece = raw[begin:end] if node.end_lineno == node.lineno else raw[begin:]  # type: ignore[attr-defined]
    return piece.decode("utf-8", "replace")


def _forwards(node: ast.AST, scope: Scope, entry: Call) -> bool:
    """Tell whether a call only passes on the parameter of a function that is such an API itself."""
    function = scope.function
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    if not any(function.name == name.rpartition(".")[2] for name in entry.names):
        return False
    if isinstance(node, ast.Starred):
        rest = function.args.vararg
        return isinstance(node.value, ast.Name) and rest is not None and rest.arg == node.value.id
    named_ones = function.args.kwarg
    if isinstance(node, ast.Name) and named_ones is not None and named_ones.arg == node.id:
        return True
    return isinstance(node, ast.Name) and any(
        binding.mode == "parameter" for binding in scope.bindings.get(node.id, ())
    )


class _Arguments:
    """The arguments of one call, those of a ``**mapping`` included."""

    def __init__(self, call: ast.Call, scope: Scope, module: Module) -> None:
        self._call = call
        self._here = (scope, module)
        self._keywords: dict[str, tuple[ast.AST, Scope, Module]] = {}
        self._unpacked: ast.AST | None = None
        for keyword in call.keywords:
            if keyword.arg:
                self._keywords[keyword.arg] = (keyword.value, scope, module)
            else:
                given = entries(keyword.value, scope, module)
                self._keywords.update(given)
                self._unpacked = self._unpacked if given else keyword.value

    def first(self, keywords: tuple[str, ...], position: int | None) -> tuple[ast.AST, Scope, Module] | None:
        for keyword in keywords:
            if keyword in self._keywords:
                return self._keywords[keyword]
        if position is None:
            return None
        if position >= len(self._call.args):
            return (self._unpacked, *self._here) if self._unpacked is not None else None
        for argument in self._call.args[: position + 1]:
            if isinstance(argument, ast.Starred):
                return (argument, *self._here)
        return (self._call.args[position], *self._here)

    def text(self, keywords: tuple[str, ...]) -> str | None:
        """Return the text of an argument when there is exactly one that it can be."""
        holder = self.first(keywords, None)
        known = texts(*holder)[0] if holder else []
        return known[0].text if len(known) == 1 else None


_ROUTED = Call(name="litellm", names=("completion",), id={"keywords": ("model",)}, scheme="route")  # type: ignore[arg-type]


def _routed(call: ast.Call, scope: Scope, module: Module, name: str) -> Iterator[Hit]:
    """Yield the model of a call to a router such as LiteLLM."""
    if not name.startswith("litellm."):
        return
    for keyword in call.keywords:
        if keyword.arg == "model":
            for value in texts(keyword.value, scope, module)[0]:
                hit = named(
                    _ROUTED,
                    value.text,
                    line=keyword.value.lineno,
                    column=keyword.value.col_offset + 1,
                    expression=value.text,
                    how=", ".join(sorted(value.how)),
                )
                if hit:
                    yield hit


def _loose(module: Module) -> Iterator[Hit]:
    """Yield ``org/name`` where a variable, key or argument is called as what holds a model."""
    pairs = list(module.pairs)
    for call, scope in module.calls:
        if not dotted(call.func).startswith("litellm."):
            pairs += [(keyword.arg, keyword.value, scope) for keyword in call.keywords if keyword.arg]
    for function in module.functions.values():
        for name, bindings in function.bindings.items():
            pairs += [(name, one.node, function) for one in bindings if one.mode == "parameter" and one.node]
    for name, node, _ in pairs:
        if _NAMED.match(name) and isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = name_of(node.value, strict=True)
            if found and not any_of(("auth/*", "*/*.*model")).match(found.id):
                yield Hit(
                    kind=found.kind or ReferenceKind.MODEL,
                    id=found.id,
                    revision=found.revision,
                    line=node.lineno,
                    column=node.col_offset + 1,
                    expression=f"{name} = {node.value!r}",
                    how="name of a variable or argument",
                    confidence=Confidence.MEDIUM,
                )


def _prose(module: Module) -> set[int]:
    """Return the lines of texts that stand as statements: documentation."""
    lines: set[int] = set()
    for _, node, _ in module.pairs:
        # Examples that are kept in a variable, to be put into docstrings.
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ">>> " in node.value:
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    waiting: list[ast.AST] = [module.scope.node]
    while waiting:
        node = waiting.pop()
        for part in getattr(node, "body", ()) if isinstance(getattr(node, "body", ()), list) else ():
            if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
                lines.update(range(part.lineno, (part.end_lineno or part.lineno) + 1))
            elif isinstance(part, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.If):
                waiting.append(part)
    return lines


__all__ = ["Find", "Known", "hits", "parse"]
