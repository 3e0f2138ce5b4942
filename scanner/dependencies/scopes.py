# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""One Python module as scopes and bindings: what each name was set to. Nothing is imported or run."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

MAX_NODES = 400_000
"""Nodes of one syntax tree that are looked at."""

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Binding:
    """One place where a name gets a value."""

    node: ast.AST | None
    """The expression; for a parameter its default, or None."""

    line: int
    always: bool
    """Whether it stands outside of every branch and loop of its scope."""

    mode: str = "value"
    """``value``, ``each`` (an item of it), ``each-value`` (a value of its items), ``parameter``, or
    the number of the item, where a tuple is taken apart."""


@dataclass
class Scope:
    """A module, a class or a function."""

    node: ast.AST
    parent: "Scope | None" = None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)

    @property
    def function(self) -> Function | None:
        """The function that this is the scope of."""
        return self.node if isinstance(self.node, Function) else None

    def bind(self, name: str, binding: Binding) -> None:
        """Add a binding."""
        self.bindings.setdefault(name, []).append(binding)

    def outward(self) -> Iterator["Scope"]:
        """Yield this scope and those around it; a class is seen only from its own body."""
        scope: Scope | None = self
        while scope:
            if scope is self or not isinstance(scope.node, ast.ClassDef):
                yield scope
            scope = scope.parent


class Module:
    """The syntax tree of one file."""

    def __init__(self, tree: ast.Module, package: str, find: Callable[[str], "Module | None"]) -> None:
        """Collect the bindings of a tree.

        Args:
            tree: Parsed.
            package: Dotted name of the package that the file lies in, for relative imports.
            find: Returns a module of the same repository by its dotted name.
        """
        self.scope = Scope(tree)
        self.find = find
        self.imports: dict[str, str] = {}
        self.calls: list[tuple[ast.Call, Scope]] = []
        self.called: dict[str, list[tuple[ast.Call, Scope]]] = {}
        self.functions: dict[str, Scope] = {}
        self.classes: dict[str, Scope] = {}
        self.options: dict[str, list[tuple[ast.AST, Scope]]] = {}
        self.pairs: list[tuple[str, ast.AST, Scope]] = []
        self.cut = False
        self._package = package
        self._collect(tree)

    def _collect(self, tree: ast.Module) -> None:
        waiting: list[tuple[ast.AST, Scope, bool]] = [(node, self.scope, True) for node in tree.body]
        count = 0
        while waiting:
            node, scope, always = waiting.pop()
            kind = type(node)
            count += 1
            if count > MAX_NODES:
                self.cut = True
                return
            if kind in _FUNCTIONS:
                waiting.extend(self._function(node, scope))  # type: ignore[arg-type]
                continue
            if kind is ast.ClassDef:
                waiting.extend(self._class(node, scope, always=always))  # type: ignore[arg-type]
                continue
            if kind in _NOTED:
                self._note(node, scope, always=always)
            inside = always and kind not in _BRANCHES
            for part in _parts(node):
                waiting.append((part, scope, inside))  # noqa: PERF401  the hot loop

    def _class(
        self, node: ast.ClassDef, scope: Scope, *, always: bool
    ) -> Iterator[tuple[ast.AST, Scope, bool]]:
        inner = Scope(node, scope)
        self.classes.setdefault(node.name, inner)
        yield from ((part, scope, always) for part in (*node.decorator_list, *node.bases))
        yield from ((part, inner, True) for part in node.body)

    def _function(self, node: Function, scope: Scope) -> Iterator[tuple[ast.AST, Scope, bool]]:
        inner = Scope(node, scope)
        arguments = node.args
        plain = (*arguments.posonlyargs, *arguments.args)
        missing = len(plain) - len(arguments.defaults)
        defaults = (*([None] * missing), *arguments.defaults, *arguments.kw_defaults)
        for argument, default in zip((*plain, *arguments.kwonlyargs), defaults, strict=True):
            inner.bind(argument.arg, Binding(default, argument.lineno, always=True, mode="parameter"))
        for default in defaults:
            if default is not None:
                yield default, scope, True
        if isinstance(node, ast.Lambda):
            yield node.body, inner, True
            return
        self.functions.setdefault(node.name, inner)
        yield from ((part, scope, True) for part in node.decorator_list)
        yield from ((part, inner, True) for part in node.body)

    def _note(self, node: ast.AST, scope: Scope, *, always: bool) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value, scope, always=always)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            self._bind(node.target, node.value, scope, always=always)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            self._each(node.target, node.iter, scope)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            self._import(node)
        elif isinstance(node, ast.Call):
            self._call(node, scope)
        elif isinstance(node, ast.Dict):
            self.pairs.extend(
                (key.value, value, scope)
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and isinstance(key.value, str)
            )

    def _bind(
        self, target: ast.AST, value: ast.AST, scope: Scope, *, always: bool, mode: str = "value"
    ) -> None:
        line = getattr(target, "lineno", 0)
        if isinstance(target, ast.Name):
            scope.bind(target.id, Binding(value, line, always=always, mode=mode))
            self.pairs.append((target.id, value, scope))
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            owner = self._owner(scope) if target.value.id in ("self", "cls") else None
            if owner:
                # The expression belongs to the method; it is looked up from there.
                owner.bind(f"self.{target.attr}", Binding(_In(value, scope), line, always=always, mode=mode))
            else:
                scope.bind(f"{target.value.id}.{target.attr}", Binding(value, line, always=always))
            self.pairs.append((target.attr, value, scope))
        elif isinstance(target, ast.Tuple | ast.List):
            for number, part in enumerate(target.elts):
                self._bind(part, value, scope, always=always, mode=str(number))

    def _each(self, target: ast.AST, values: ast.AST, scope: Scope) -> None:
        line = getattr(target, "lineno", 0)
        if isinstance(target, ast.Name):
            scope.bind(target.id, Binding(values, line, always=True, mode="each"))
        elif isinstance(target, ast.Tuple) and len(target.elts) == 2:  # noqa: PLR2004  key and value
            for part, mode in zip(target.elts, ("each", "each-value"), strict=True):
                if isinstance(part, ast.Name):
                    scope.bind(part.id, Binding(values, line, always=True, mode=mode))

    def _owner(self, scope: Scope) -> Scope | None:
        around: Scope | None = scope
        while around and not isinstance(around.node, ast.ClassDef):
            around = around.parent
        return around

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                self.imports[alias.asname or first] = alias.name if alias.asname else first
            return
        module = node.module or ""
        if node.level:
            above = self._package.split(".")[: len(self._package.split(".")) - node.level + 1]
            module = ".".join([*filter(None, above), *filter(None, [module])])
        for alias in node.names:
            self.imports[alias.asname or alias.name] = f"{module}.{alias.name}"

    def _call(self, node: ast.Call, scope: Scope) -> None:
        self.calls.append((node, scope))
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        self.called.setdefault(name, []).append((node, scope))
        if name in ("add_argument", "option", "argument", "DEFINE_string"):
            self._option(node, scope)

    def _option(self, node: ast.Call, scope: Scope) -> None:
        """Keep the default of an option of a command line, by the name that the program reads it under."""
        words = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        dest = keywords.get("dest")
        if isinstance(dest, ast.Constant) and isinstance(dest.value, str):
            words = [dest.value]
        long = [word for word in words if word.startswith("--")] or words
        if long:
            name = long[0].lstrip("-").replace("-", "_")
            default = keywords.get("default", ast.Constant(None))
            self.options.setdefault(name, []).append((default, scope))
            if default is not None:
                self.pairs.append((name, default, scope))


_FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda})
_BRANCHES = frozenset({ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match})
_NOTED = frozenset(
    {
        ast.Assign,
        ast.AnnAssign,
        ast.NamedExpr,
        ast.For,
        ast.AsyncFor,
        ast.comprehension,
        ast.Import,
        ast.ImportFrom,
        ast.Call,
        ast.Dict,
    }
)
_LEAVES = frozenset(
    {ast.Name, ast.Constant, ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.alias}
)
_WITHOUT = frozenset({"ctx", "op", "ops", "annotation", "returns", "type_comment", "kind", "conversion"})


@cache
def _fields(kind: type[ast.AST]) -> tuple[str, ...]:
    return tuple(name for name in kind._fields if name not in _WITHOUT)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node is made of, apart from what holds no call and no binding."""
    for name in _fields(type(node)):  # type: ignore[arg-type]
        value = getattr(node, name, None)
        if type(value) is list:
            for item in value:
                if type(item) not in _LEAVES and isinstance(item, ast.AST):
                    yield item
        elif type(value) not in _LEAVES and isinstance(value, ast.AST):
            yield value


class _In(ast.expr):
    """An expression together with the scope that it is to be read in."""

    def __init__(self, node: ast.AST, scope: Scope) -> None:
        super().__init__()
        self.node = node
        self.scope = scope
        self.lineno = getattr(node, "lineno", 0)
        self.col_offset = getattr(node, "col_offset", 0)


def unwrapped(node: ast.AST, scope: Scope) -> tuple[ast.AST, Scope]:
    """Return an expression with the scope that it is to be read in."""
    return (node.node, node.scope) if isinstance(node, _In) else (node, scope)


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for a chain of names; ``?`` stands for what is no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if isinstance(node, ast.Name) else "?")
    return ".".join(reversed(parts))


def imported(name: str, module: Module) -> str:
    """Return a dotted name with what was imported in place of its first part."""
    first, dot, rest = name.partition(".")
    return f"{module.imports.get(first, first)}{dot}{rest}"


MAX_NAMES = 8
"""Names that are followed from one to the next."""


def spelled(node: ast.AST, scope: Scope, module: Module) -> Iterator[str]:
    """Yield what else a called name stands for, by the assignments that are seen from it.

    What is called on an object is called on what made it; what was assigned a name, and not what a call gave,
    is called by that name, and ``partial`` is what it prepares.
    """
    waiting: list[tuple[ast.AST, Scope, str]] = [(node, scope, "")]
    for _ in range(MAX_NAMES):
        if not waiting:
            return
        value, place, attributes = waiting.pop(0)
        first, rest = _taken_apart(value, attributes, module)
        if first is None:
            continue
        yield f"{first}{rest}"
        waiting += [(*assigned, rest) for assigned in _assigned(first, place)]


def _assigned(name: str, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
    """Yield what a name is set to in the nearest scope that sets it."""
    around = next((one for one in scope.outward() if name in one.bindings), None)
    for binding in around.bindings[name] if around is not None else ():
        if binding.mode == "value" and binding.node is not None and around is not None:
            yield unwrapped(binding.node, around)


def prepares(call: ast.Call, module: Module) -> bool:
    """Whether a call is one of ``functools.partial``, which gives back what it prepares."""
    return bool(call.args) and imported(dotted(call.func), module) == "functools.partial"


def _taken_apart(node: ast.AST, rest: str, module: Module) -> tuple[str | None, str]:
    """Return the name that an expression begins with, and the attributes behind it; None: there is none."""
    while True:
        if isinstance(node, ast.Attribute):
            rest = f".{node.attr}{rest}"
            node = node.value
        elif isinstance(node, ast.Call) and prepares(node, module):
            node = node.args[0]
        elif isinstance(node, ast.Call) and rest:
            node = node.func
        else:
            return (node.id, rest) if isinstance(node, ast.Name) else (None, rest)
