# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What an expression of Python can be, without running it: texts, None, or unknown.

Constants, names, attributes of classes and of modules of the same repository, look-ups in constant mappings
and lists, defaults of parameters, options and environment variables, conditional expressions, joined and
formatted texts. Whatever else stands there is unknown, never guessed.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scanner.dependencies.scopes import Binding, Module, Scope, dotted, unwrapped

MAX_DEPTH = 14
"""Names that are followed one after the other."""

MAX_VALUES = 40
"""Texts that one expression may be."""

MAX_CALLS = 400
"""Of one function in its file, which give a parameter its values."""

MAX_STEPS = 2_000
"""Expressions that are looked at for one argument."""


@dataclass(frozen=True)
class Known:
    """One text, with what it was read through."""

    text: str
    how: frozenset[str] = frozenset()

    def through(self, word: str) -> "Known":
        """Return the same, read through one thing more."""
        return Known(self.text, self.how | {word})


@dataclass(frozen=True)
class Nodes:
    """A mapping or a list that stands in the code."""

    node: ast.AST
    scope: Scope
    module: Module
    how: frozenset[str] = frozenset()


class Unknown:
    """It cannot be told."""


class Nothing:
    """None."""


UNKNOWN, NOTHING = Unknown(), Nothing()
Value = Known | Nodes | Unknown | Nothing
_Reading = Callable[..., list[Value]]


def texts(node: ast.AST, scope: Scope, module: Module) -> tuple[list[Known], bool, bool]:
    """Return the texts that an expression can be, whether it may be unknown, and whether it may be None."""
    values = _Reader().read(node, scope, module, 0)
    known = list(dict.fromkeys(value for value in values if isinstance(value, Known)))
    return (
        known[:MAX_VALUES],
        any(isinstance(value, Unknown | Nodes) for value in values) or len(known) > MAX_VALUES,
        any(isinstance(value, Nothing) for value in values),
    )


def entries(node: ast.AST, scope: Scope, module: Module) -> dict[str, tuple[ast.AST, Scope, Module]]:
    """Return the constant keys of what ``**node`` gives to a call."""
    found: dict[str, tuple[ast.AST, Scope, Module]] = {}
    for value in _Reader().read(node, scope, module, 0):
        if isinstance(value, Nodes):
            found.update(
                {
                    key: (item, value.scope, value.module)
                    for key, item in _items(value.node)
                    if key is not None
                }
            )
    return found


def lists(node: ast.AST, scope: Scope, module: Module) -> Iterator[list[tuple[ast.AST, Scope, Module]]]:
    """Yield the items of each list that an expression can be."""
    for value in _Reader().read(node, scope, module, 0):
        if isinstance(value, Nodes) and isinstance(value.node, ast.List | ast.Tuple):
            yield [(item, value.scope, value.module) for item in value.node.elts]


def _items(node: ast.AST) -> Iterator[tuple[str | None, ast.AST]]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            yield (key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None), value
    elif isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg:
                yield keyword.arg, keyword.value
    elif isinstance(node, ast.List | ast.Tuple | ast.Set):
        for item in node.elts:
            yield None, item


def _few(values: list[Value]) -> list[Value]:
    """Return values, each once where they are many, and that there are more than are looked at."""
    if len(values) <= MAX_VALUES * 2:
        return values
    each = list(dict.fromkeys(values))
    return each if len(each) <= MAX_VALUES * 2 else [*each[: MAX_VALUES * 2], UNKNOWN]


class _Reader:
    """Reads one expression; every step counts against one bound."""

    def __init__(self) -> None:
        self._steps = 0
        self._active: set[tuple[int, str]] = set()

    def read(self, node: ast.AST, scope: Scope, module: Module, depth: int) -> list[Value]:
        node, scope = unwrapped(node, scope)
        self._steps += 1
        if depth > MAX_DEPTH or self._steps > MAX_STEPS:
            return [UNKNOWN]
        reader = _READERS.get(type(node))
        if reader is None:
            return [UNKNOWN]
        return _few(reader(self, node, scope, module, depth + 1))

    def constant(self, node: ast.Constant, *_: object) -> list[Value]:
        if node.value is None:
            return [NOTHING]
        return [Known(node.value)] if isinstance(node.value, str) else [UNKNOWN]

    def container(self, node: ast.AST, scope: Scope, module: Module, _: int) -> list[Value]:
        return [Nodes(node, scope, module)]

    def name(self, node: ast.Name, scope: Scope, module: Module, depth: int) -> list[Value]:
        return self._lookup(node.id, getattr(node, "lineno", 0), scope, module, depth)

    def _lookup(self, name: str, line: int, scope: Scope, module: Module, depth: int) -> list[Value]:
        for place in scope.outward():
            bindings = place.bindings.get(name)
            if bindings:
                return self._bound(name, bindings, line if place is scope else 0, place, module, depth)
        imported = module.imports.get(name)
        return self._imported(imported, module, depth) if imported else [UNKNOWN]

    def _bound(  # noqa: PLR0913, PLR0917  a name at a place
        self, name: str, bindings: list[Binding], line: int, scope: Scope, module: Module, depth: int
    ) -> list[Value]:
        mark = (id(scope), name)
        if mark in self._active:
            return []
        self._active.add(mark)
        try:
            found: list[Value] = []
            for binding in _in_force(bindings, line):
                found += self._binding(name, binding, scope, module, depth)
            return found
        finally:
            self._active.discard(mark)

    def _binding(self, name: str, binding: Binding, scope: Scope, module: Module, depth: int) -> list[Value]:
        if binding.mode == "parameter":
            return self._parameter(name, binding, scope, module, depth)
        if binding.node is None:
            return [UNKNOWN]
        if binding.mode == "value":
            return _through(self.read(binding.node, scope, module, depth), "constant")
        if binding.mode in ("each", "each-value"):
            return self._loop(binding, scope, module, depth)
        return self._item(binding.node, int(binding.mode), scope, module, depth)

    def _item(self, node: ast.AST, number: int, scope: Scope, module: Module, depth: int) -> list[Value]:
        found: list[Value] = []
        for value in self.read(node, scope, module, depth):
            items = [item for _, item in _items(value.node)] if isinstance(value, Nodes) else []
            inside = isinstance(value, Nodes) and -len(items) <= number < len(items)
            if inside and isinstance(value, Nodes) and not isinstance(value.node, ast.Dict):
                found += _through(self.read(items[number], value.scope, value.module, depth), "constant")
            else:
                found.append(UNKNOWN)
        return found

    def _loop(self, binding: Binding, scope: Scope, module: Module, depth: int) -> list[Value]:
        node = binding.node
        mode = "keys" if binding.mode == "each" else "values"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "values":
                mode = "values"
            if node.func.attr in ("items", "values", "keys"):
                node = node.func.value
        elif isinstance(node, ast.Call) and dotted(node.func) in (
            "enumerate",
            "sorted",
            "list",
            "set",
            "tuple",
        ):
            node = node.args[0] if node.args else node
        found: list[Value] = []
        for value in self.read(node, scope, module, depth) if node else ():
            if not isinstance(value, Nodes):
                found.append(UNKNOWN)
                continue
            for key, item in _items(value.node):
                if mode == "keys" and isinstance(value.node, ast.Dict):
                    found.append(Known(key) if key is not None else UNKNOWN)
                else:
                    found += self.read(item, value.scope, value.module, depth)
        return _through(found, "one of several")

    def _parameter(
        self, name: str, binding: Binding, scope: Scope, module: Module, depth: int
    ) -> list[Value]:
        """Read a parameter: what it defaults to, and what calls in the same file give to it."""
        default = []
        if binding.node is not None:
            default = _through(self.read(binding.node, scope.parent or scope, module, depth), "default")
        given = self._given(name, scope, module, depth)
        options = [
            value
            for node, place in module.options.get(name, ())
            if _decorates(node, scope)
            for value in _through(self.read(node, place, module, depth), "option's default")
        ]
        known: list[Value] = [
            value for value in (*default, *given, *options) if not isinstance(value, Unknown)
        ]
        return known or [UNKNOWN]

    def _given(self, name: str, scope: Scope, module: Module, depth: int) -> list[Value]:
        function = scope.function
        if function is None or isinstance(function, ast.Lambda):
            return []
        called, shift = function.name, 0
        if scope.parent and isinstance(scope.parent.node, ast.ClassDef):
            shift = 1
            if function.name == "__init__":
                called = scope.parent.node.name
        names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        position = names.index(name) - shift if name in names else -1
        found: list[Value] = []
        calls = module.called.get(called, ())
        if len(calls) > MAX_CALLS:
            found.append(UNKNOWN)
        for call, place in calls[:MAX_CALLS]:
            argument = _argument(call, name, position)
            if argument is not None and place is not scope:
                found += _through(self.read(argument, place, module, depth), "call in this file")
        return found

    def _imported(self, imported: str, module: Module, depth: int) -> list[Value]:
        place, _, name = imported.rpartition(".")
        other = module.find(place) if place else None
        if other is None:
            return [UNKNOWN]
        return _through(self._lookup(name, 0, other.scope, other, depth), "import")

    def attribute(self, node: ast.Attribute, scope: Scope, module: Module, depth: int) -> list[Value]:  # noqa: PLR0911  one answer for each owner
        name = dotted(node)
        first, _, rest = name.partition(".")
        if first in ("self", "cls") and "." not in rest:
            return self._own(rest, scope, module, depth)
        for place in scope.outward():
            if name in place.bindings:
                line = node.lineno if place is scope else 0
                return self._bound(name, place.bindings[name], line, place, module, depth)
        found = self._of_class(first, rest, scope, module, depth)
        if found:
            return found
        if first in module.imports:
            other = module.find(module.imports[first])
            if other and "." not in rest:
                return _through(self._lookup(rest, 0, other.scope, other, depth), "import")
            above, _, last = module.imports[first].rpartition(".")
            other = module.find(above) if above else None
            if other:
                return _through(self._of_class(last, rest, other.scope, other, depth), "import") or [UNKNOWN]
        if "." not in rest and rest in module.options:
            values = [
                value for one, place in module.options[rest] for value in self.read(one, place, module, depth)
            ]
            given = [
                UNKNOWN if isinstance(value, Nothing) else value for value in values
            ]  # told at the start
            return _through(given, "option's default")
        return [UNKNOWN]

    def _of_class(self, first: str, rest: str, scope: Scope, module: Module, depth: int) -> list[Value]:
        """Read ``Class.name``, or ``thing.name`` where the thing was made by calling a class."""
        owner = module.classes.get(first)
        if owner is None:
            for binding in next(
                (place.bindings[first] for place in scope.outward() if first in place.bindings), ()
            ):
                if isinstance(binding.node, ast.Call):
                    owner = module.classes.get(dotted(binding.node.func))
        if owner is None or "." in rest:
            return []
        bindings = owner.bindings.get(rest) or owner.bindings.get(f"self.{rest}")
        return self._bound(rest, bindings, 0, owner, module, depth) if bindings else []

    def _own(self, name: str, scope: Scope, module: Module, depth: int) -> list[Value]:
        owner: Scope | None = scope
        while owner and not isinstance(owner.node, ast.ClassDef):
            owner = owner.parent
        if owner is None:
            return [UNKNOWN]
        bindings = [*owner.bindings.get(name, ()), *owner.bindings.get(f"self.{name}", ())]
        return self._bound(f"self.{name}", bindings, 0, owner, module, depth) if bindings else [UNKNOWN]

    def joined(self, node: ast.JoinedStr, scope: Scope, module: Module, depth: int) -> list[Value]:
        parts = [
            self.read(part.value, scope, module, depth)
            if isinstance(part, ast.FormattedValue)
            else self.read(part, scope, module, depth)
            for part in node.values
        ]
        return _product(parts)

    def binary(self, node: ast.BinOp, scope: Scope, module: Module, depth: int) -> list[Value]:
        left = self.read(node.left, scope, module, depth)
        if isinstance(node.op, ast.Mod):
            arguments = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            filled = [self.read(argument, scope, module, depth) for argument in arguments]
            return [
                value
                for form in left
                for value in (_filled(form.text, "%s", filled) if isinstance(form, Known) else [UNKNOWN])
            ]
        right = self.read(node.right, scope, module, depth)
        return (
            _product([left, right])
            if isinstance(node.op, ast.Add | ast.Div) and not (isinstance(node.op, ast.Div))
            else [UNKNOWN]
        )

    def either(self, node: ast.BoolOp, scope: Scope, module: Module, depth: int) -> list[Value]:
        found = [value for part in node.values for value in self.read(part, scope, module, depth)]
        known = [value for value in found if isinstance(value, Known | Nodes)]
        return _through(known, "default") or [UNKNOWN]

    def conditional(self, node: ast.IfExp, scope: Scope, module: Module, depth: int) -> list[Value]:
        found = [*self.read(node.body, scope, module, depth), *self.read(node.orelse, scope, module, depth)]
        return _through(found, "condition")

    def subscript(self, node: ast.Subscript, scope: Scope, module: Module, depth: int) -> list[Value]:
        if _dotted_import(node.value, module) == "os.environ":
            return [UNKNOWN]
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
            return self._item(node.value, node.slice.value, scope, module, depth)
        keys = self.read(node.slice, scope, module, depth)
        return self._keyed(self.read(node.value, scope, module, depth), keys, depth)

    def _keyed(self, values: list[Value], keys: list[Value], depth: int) -> list[Value]:
        wanted = {key.text for key in keys if isinstance(key, Known)}
        every = not wanted or len(wanted) < len(keys)
        found: list[Value] = []
        for value in values:
            if not isinstance(value, Nodes):
                found.append(UNKNOWN)
                continue
            for key, item in _items(value.node):
                if every or key in wanted:
                    word = "one of several" if every else "look-up"
                    found += _through(self.read(item, value.scope, value.module, depth), word)
        return found or [UNKNOWN]

    def call(self, node: ast.Call, scope: Scope, module: Module, depth: int) -> list[Value]:
        name = _dotted_import(node.func, module)
        last = name.rpartition(".")[2]
        if name in (
            "os.getenv",
            "os.environ.get",
            "environ.get",
            "getenv",
            "os.environ.setdefault",
        ) or last in (
            "env",
            "config",
        ):
            default = _argument(node, "default", 1)
            return (
                _through(self.read(default, scope, module, depth), "environment's default")
                if default
                else [UNKNOWN]
            )
        if last in ("Field", "field", "Option", "Argument"):
            default = _argument(node, "default", 0)
            return _through(self.read(default, scope, module, depth), "default") if default else [UNKNOWN]
        if name in ("str", "Path", "pathlib.Path", "typing.cast") and node.args:
            return self.read(node.args[-1], scope, module, depth)
        if name == "dict" and not node.args:
            return [Nodes(node, scope, module)]
        if isinstance(node.func, ast.Attribute):
            return self._method(node, node.func, scope, module, depth)
        return [UNKNOWN]

    def _method(
        self, node: ast.Call, func: ast.Attribute, scope: Scope, module: Module, depth: int
    ) -> list[Value]:
        if func.attr == "get" and node.args:
            keys = self.read(node.args[0], scope, module, depth)
            found = self._keyed(self.read(func.value, scope, module, depth), keys, depth)
            default = self.read(node.args[1], scope, module, depth) if len(node.args) > 1 else []
            known: list[Value] = [
                value for value in (*found, *_through(default, "default")) if isinstance(value, Known)
            ]
            return known or [UNKNOWN]
        owner = self.read(func.value, scope, module, depth)
        if func.attr in ("strip", "lower") and not node.args and func.attr == "strip":
            return owner
        if func.attr == "format":
            filled = [self.read(argument, scope, module, depth) for argument in node.args]
            return [
                value
                for form in owner
                for value in (_filled(form.text, "{}", filled) if isinstance(form, Known) else [UNKNOWN])
            ]
        if func.attr == "join" and len(node.args) == 1 and isinstance(node.args[0], ast.List | ast.Tuple):
            parts: list[list[Value]] = []
            for item in node.args[0].elts:
                parts += [owner] if parts else []
                parts.append(self.read(item, scope, module, depth))
            return _product(parts)
        return [UNKNOWN]

    def inner(self, node: ast.AST, scope: Scope, module: Module, depth: int) -> list[Value]:
        return self.read(node.value, scope, module, depth)  # type: ignore[attr-defined]


_READERS: dict[type[ast.AST], _Reading] = {
    ast.Constant: _Reader.constant,
    ast.Name: _Reader.name,
    ast.Attribute: _Reader.attribute,
    ast.JoinedStr: _Reader.joined,
    ast.BinOp: _Reader.binary,
    ast.BoolOp: _Reader.either,
    ast.IfExp: _Reader.conditional,
    ast.Subscript: _Reader.subscript,
    ast.Call: _Reader.call,
    ast.NamedExpr: _Reader.inner,
    ast.Await: _Reader.inner,
    ast.Dict: _Reader.container,
    ast.List: _Reader.container,
    ast.Tuple: _Reader.container,
    ast.Set: _Reader.container,
}


def _through(values: Sequence[Value], word: str) -> list[Value]:
    return [value.through(word) if isinstance(value, Known) else value for value in values]


def _in_force(bindings: list[Binding], line: int) -> list[Binding]:
    """Return the bindings that a use can see: the last that always happens, and what may follow it."""
    ordered = sorted(bindings, key=lambda binding: binding.line)
    before = [binding for binding in ordered if not line or binding.line <= line] or ordered
    for number in range(len(before) - 1, -1, -1):
        if before[number].always and before[number].mode != "parameter":
            return before[number:]
    return before


def _decorates(default: ast.AST, scope: Scope) -> bool:
    """Tell whether an option stands above the function whose parameter is read."""
    function = scope.function
    decorators = getattr(function, "decorator_list", ())
    return any(default is node for decorator in decorators for node in ast.walk(decorator))


def _argument(call: ast.Call, keyword: str, position: int) -> ast.AST | None:
    for given in call.keywords:
        if given.arg == keyword:
            return given.value
    plain = call.args[: position + 1] if position >= 0 else []
    if any(isinstance(argument, ast.Starred) for argument in plain):
        return None
    return call.args[position] if 0 <= position < len(call.args) else None


def _dotted_import(node: ast.AST, module: Module) -> str:
    first, dot, rest = dotted(node).partition(".")
    return f"{module.imports.get(first, first)}{dot}{rest}"


def _product(parts: list[list[Value]]) -> list[Value]:
    """Return every text that parts make one after the other; unknown where one of them is."""
    made: list[Known] = [Known("")]
    for values in parts:
        known = [value for value in values if isinstance(value, Known)]
        if len(known) < len(values) or not known:
            return [UNKNOWN]
        made = [Known(left.text + right.text, left.how | right.how) for left in made for right in known]
        if len(made) > MAX_VALUES or len(made[0].text) > 10_000:  # noqa: PLR2004  no name is as long
            return [UNKNOWN]
    return [value.through("joined") for value in made]


def _filled(form: str, sign: str, arguments: list[list[Value]]) -> list[Value]:
    pieces = form.split(sign)
    if len(pieces) != len(arguments) + 1:
        return [UNKNOWN]
    parts: list[list[Value]] = [[Known(pieces[0])]]
    for argument, piece in zip(arguments, pieces[1:], strict=True):
        parts += [argument, [Known(piece)]]
    return _product(parts)
