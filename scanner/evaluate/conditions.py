# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Conditions of rules: closed operators over named facts, three-valued, leaving a trace.

A condition is data: ``all``, ``any``, ``not`` around ``is``, ``in``, ``has``, ``overlaps``, ``exceeds``,
``before`` and ``after``. Each of the latter compares one fact with a value, or with another fact
written ``$name``. A fact that is not stated makes the comparison unknown, never false (Kleene's
strong logic of three values); nothing here can loop, import or fail at run time.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from scanner.evaluate.figures import exceeds
from scanner.guarded.strict import nearest
from scanner.model.finding import Step
from scanner.model.license import RevenueThreshold, UserThreshold
from scanner.model.usecase import Revenue, UserCount

Answer = Literal["true", "false", "unknown"]
Facts = Callable[[str], Any]
"""Gives the value of a fact by its name; None: not stated."""

_NOT: Mapping[Answer, Answer] = {"true": "false", "false": "true", "unknown": "unknown"}


def answer(condition: Mapping[str, Any], facts: Facts) -> Answer:
    """Return whether a condition holds."""
    operator, operand = next(iter(condition.items()))
    if operator == "not":
        return _NOT[answer(operand, facts)]
    if operator in _DECIDES:
        decisive, otherwise = _DECIDES[operator]
        answers = {answer(part, facts) for part in operand}
        return decisive if decisive in answers else "unknown" if "unknown" in answers else otherwise
    fact, value = next(iter(operand.items()))
    return _compared(operator, fact, value, facts)


_DECIDES: Mapping[str, tuple[Answer, Answer]] = {"all": ("false", "true"), "any": ("true", "false")}
"""The answer of one part that decides, and the answer when no part is unknown or decides."""


def trace(condition: Mapping[str, Any], facts: Facts, words: Callable[[str], str]) -> Iterator[Step]:
    """Yield every comparison of a condition with its answer and the facts that it read.

    Args:
        condition: As in a rule.
        facts: The values.
        words: Gives the plain words of a fact by its name.
    """
    for leaf in leaves(condition):
        yield Step(
            condition=_told(leaf, words),
            result=_compared(leaf.operator, leaf.fact, leaf.value, facts),
            facts=tuple(
                f"{words(name)}: {shown(facts(name))}"
                for name in leaf.facts
                if name != "clause" and not name.startswith("clause.")
            ),
        )


def outlined(
    condition: Mapping[str, Any], words: Callable[[str], str], *, negated: bool = False
) -> Iterator[tuple[int, str]]:
    """Yield a condition as lines to read: how deep each stands, and its words.

    Args:
        condition: As in a rule.
        words: Gives the plain words of a fact by its name.
        negated: Whether its opposite is told.
    """
    operator, operand = next(iter(condition.items()))
    if operator == "not":
        yield from outlined(operand, words, negated=not negated)
    elif operator in _DECIDES:
        yield 0, _HEADS[operator, negated]
        for part in operand:
            yield from ((depth + 1, line) for depth, line in outlined(part, words))
    else:
        (leaf,) = leaves(condition)
        yield 0, f"{'it is not so that ' if negated else ''}{_told(leaf, words)}"


_HEADS: Mapping[tuple[str, bool], str] = {
    ("all", False): "all of these hold:",
    ("any", False): "one of these holds at least:",
    ("all", True): "not all of these hold:",
    ("any", True): "none of these holds:",
}


class Leaf(NamedTuple):
    """One comparison."""

    operator: str
    fact: str
    value: Any

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts that it reads."""
        return (self.fact, self.value[1:]) if _is_reference(self.value) else (self.fact,)


def leaves(condition: Mapping[str, Any]) -> Iterator[Leaf]:
    """Yield the comparisons of a condition from left to right."""
    operator, operand = next(iter(condition.items()))
    if operator == "not":
        yield from leaves(operand)
    elif operator in _DECIDES:
        for part in operand:
            yield from leaves(part)
    else:
        fact, value = next(iter(operand.items()))
        yield Leaf(operator, fact, value)


def missing(condition: Mapping[str, Any], facts: Facts) -> tuple[str, ...]:
    """Return the names of the facts for want of which a condition is unknown."""
    return tuple(dict.fromkeys(_missing(condition, facts)))


def _missing(condition: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    if answer(condition, facts) != "unknown":
        return
    operator, operand = next(iter(condition.items()))
    if operator == "not":
        yield from _missing(operand, facts)
    elif operator in _DECIDES:
        for part in operand:
            yield from _missing(part, facts)
    else:
        (leaf,) = leaves(condition)
        yield from (name for name in leaf.facts if facts(name) is None or leaf.operator == "exceeds")


def problems(condition: object, known: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with a condition as it was written.

    Args:
        condition: Anything that stands in a file.
        known: Names of the facts that it may read.
    """
    if not isinstance(condition, dict) or len(condition) != 1:
        yield "a condition is a mapping with one operator"
        return
    operator, operand = next(iter(condition.items()))
    if operator == "not":
        yield from problems(operand, known)
    elif operator in _DECIDES:
        if not isinstance(operand, list) or not operand:
            yield f"{operator!r} takes a list of conditions"
            return
        for part in operand:
            yield from problems(part, known)
    elif operator not in _COMPARE:
        every = [*_DECIDES, "not", *_COMPARE]
        yield f"there is no operator {operator!r}: use one of {', '.join(every)}{nearest(operator, every)}"
    elif not isinstance(operand, dict) or len(operand) != 1:
        yield f"{operator!r} takes one fact and what it is compared with"
    else:
        leaf = Leaf(operator, *next(iter(operand.items())))
        yield from (
            f"there is no fact {name!r} here{nearest(name, known)}"
            for name in leaf.facts
            if name not in known
        )


def misfit(leaf: Leaf, kind: Any, other: Any) -> str | None:  # noqa: ANN401  type hints
    """Return why a comparison can never be made, or never hold; None when it can.

    Args:
        leaf: The comparison.
        kind: The type of its fact.
        other: The type of the fact that it is compared with; None: it is compared with a value.
    """
    if leaf.operator == "exceeds":
        return None if _LIMITS.get(_one(kind)) is other is not None else _EXCEEDS
    several = _is_list(kind)
    against = isinstance(leaf.value, list) if other is None else _is_list(other)
    left, right = _SHAPES.get(leaf.operator, (several, several))
    if (several, against) != (left, right):
        return f"{leaf.operator!r} compares {_SHAPE[left]} with {_SHAPE[right]}"
    if other is None:
        wrong = [one for one in (leaf.value if against else [leaf.value]) if type(one) not in _scalars(kind)]
        return f"it is never {wrong[0]!r}" if wrong else None
    return None


_SHAPES: Mapping[str, tuple[bool, bool]] = {
    "in": (False, True),
    "has": (True, False),
    "overlaps": (True, True),
    "before": (False, False),
    "after": (False, False),
}
"""Whether the fact of an operator is a list, and whether what it is compared with is one."""

_SHAPE = {True: "a list", False: "one word or number"}
_LIMITS: Mapping[Any, type] = {UserCount: UserThreshold, Revenue: RevenueThreshold}
_EXCEEDS = "'exceeds' takes use.users or use.revenue, and $clause of a threshold of the same"


def _is_list(hint: Any) -> bool:  # noqa: ANN401  a type hint
    return any(get_origin(one) is tuple for one in _alternatives(hint))


def _one(hint: Any) -> Any:  # noqa: ANN401  a type hint
    """Return the type of one item of a list, or the type itself."""
    return next((get_args(one)[0] for one in _alternatives(hint) if get_origin(one) is tuple), hint)


def _alternatives(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401  a type hint
    return get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)


def _scalars(hint: Any) -> set[type]:  # noqa: ANN401  a type hint
    """Return the types in which the values of a fact, or of its items, stand in a file."""
    found: set[type] = set()
    for one in _alternatives(_one(hint)):
        if get_origin(one) is Literal:
            found |= {type(value) for value in get_args(one)}
        elif isinstance(one, type):
            found.add(next((base for base in (bool, int, str) if issubclass(one, base)), one))
    return found


def shown(value: object) -> str:
    """Return a value as a reader wants it: numbers with commas, words without hyphens."""
    if value is None:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (tuple, list, frozenset, set)):
        return ", ".join(shown(item) for item in value) or "none"
    return str(getattr(value, "shown", value))


_VERBS: Mapping[str, str] = {
    "is": "is",
    "in": "is one of",
    "has": "includes",
    "overlaps": "includes one of",
    "exceeds": "exceeds",
    "before": "is before",
    "after": "is after",
}


def _told(leaf: Leaf, words: Callable[[str], str]) -> str:
    return f"{words(leaf.fact)} {_VERBS[leaf.operator]} {_expected(leaf, words)}"


def _expected(leaf: Leaf, words: Callable[[str], str]) -> str:
    return words(leaf.value[1:]) if _is_reference(leaf.value) else shown(leaf.value) or "nothing"


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and value[:1] == "$" and re.fullmatch(r"\$[a-z_.]+", value) is not None


def _compared(operator: str, fact: str, value: Any, facts: Facts) -> Answer:  # noqa: ANN401  any value of YAML
    left = facts(fact)
    right = facts(value[1:]) if _is_reference(value) else value
    if left is None or right is None:
        return "unknown"
    result = _COMPARE[operator](left, right)
    return "unknown" if result is None else "true" if result else "false"


_COMPARE: Mapping[str, Callable[[Any, Any], bool | None]] = {
    "is": lambda left, right: bool(left == (tuple(right) if isinstance(right, list) else right)),
    "in": lambda left, right: left in right,
    "has": lambda left, right: right in left,
    "overlaps": lambda left, right: not set(left).isdisjoint(right),
    "exceeds": exceeds,
    "before": lambda left, right: bool(left < right),
    "after": lambda left, right: bool(left > right),
}
