# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Rule files to checked rules: a misspelt key, fact or operator is refused with its place.

``rules/<family>/<rule>.yaml``; the path is the id, so the folder listing is the registry.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from scanner.data import folder
from scanner.errors import ConfigError, DataError
from scanner.evaluate.conditions import answer, leaves, problems
from scanner.evaluate.contexts import clause_facts
from scanner.evaluate.facts import RANGES, FactKind, facts_of
from scanner.guarded.strict import convert, document, nearest
from scanner.model.finding import Example, Outcome, Rule
from scanner.model.license import CLAUSE_KINDS
from scanner.stored import digest_of, stored

STORE = "rules.msgpack"
"""Made by ``make data``."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def load_rules(extra: Path | None = None) -> tuple[Rule, ...]:
    """Return our rules and, when given, the user's, sorted by id.

    Args:
        extra: A folder of the user with ``<family>/<rule>.yaml``.

    Raises:
        ConfigError: a rule of the user is wrong; the message names file and line.
        DataError: a file of ours is wrong.
    """
    ours = _our_rules()
    if extra is None:
        return ours
    own = _own_rules(extra)
    taken = {rule.id for rule in ours}
    for rule in own:
        if rule.id in taken:
            advice = "put it into a family of its own, such as house/"
            raise ConfigError(
                f"the id {rule.id!r} is that of a rule of ours", source=str(extra), advice=advice
            )
    return tuple(sorted((*ours, *own), key=lambda rule: rule.id))


def _own_rules(place: Path) -> tuple[Rule, ...]:
    rules = rules_in(place) if place.is_dir() else ()
    if not rules:
        advice = "put <family>/<rule>.yaml files into it; CONTRIBUTING.md says what stands in one"
        raise ConfigError("there is no rule in it", source=str(place), advice=advice)
    for rule in rules:
        for example in rule.examples:
            found = outcome_of(rule, example)
            if found is not example.expect:
                message = f"the example {example.name!r} gives {found.value}, not {example.expect.value}"
                raise ConfigError(message, source=str(place / f"{rule.id}.yaml"))
    return rules


def outcome_of(rule: Rule, example: Example) -> Outcome:
    """Return what a rule gives on one of its own examples.

    Raises:
        ConfigError: a fact of the example has another type than it should.
    """
    try:
        facts = example_facts(rule, example)
    except msgspec.ValidationError as error:
        raise ConfigError(f"example {example.name!r}: {error}", source=rule.id) from None
    return _OUTCOMES[answer(rule.when, facts.get)]


_OUTCOMES = {"true": Outcome.FINDING, "false": Outcome.PASS, "unknown": Outcome.UNKNOWN}


def _our_rules() -> tuple[Rule, ...]:
    place = folder("rules")
    try:
        return stored(
            place / STORE, digest_of(place, sources(place)), tuple[Rule, ...], lambda: rules_in(place)
        )
    except ConfigError as error:
        raise DataError(error.message, source=error.source, advice="reinstall modelscan-audit") from None


def rules_in(place: Path) -> tuple[Rule, ...]:
    """Return the rules of a folder, sorted by id.

    Raises:
        ConfigError: with file and line, and the nearest right word.
    """
    return tuple(sorted(map(load_rule, sources(place)), key=lambda rule: rule.id))


def sources(place: Path) -> list[Path]:
    """Return the rule files of a folder."""
    tables = ("openness", "references")
    return sorted(path for path in place.glob("*/*.yaml") if path.parent.name not in tables)


def load_rule(path: Path) -> Rule:
    """Return the rule in one file.

    Raises:
        ConfigError: with file and line, and the nearest right word.
    """
    written = document(path)
    rule = convert(written.value, Rule, path, written.lines)
    wanted = f"{path.parent.name}/{path.stem}"
    if rule.id != wanted:
        raise ConfigError(f"the id {rule.id!r} is not the path {wanted!r}", source=str(path))
    for problem in _problems(rule):
        raise ConfigError(problem, source=str(path))
    return rule


def example_facts(rule: Rule, example: Example) -> dict[str, Any]:
    """Return the facts of an example with their types; facts that it does not name are not stated.

    Raises:
        msgspec.ValidationError: a value has another type than the fact.
    """
    known = facts_of(rule.ranges_over)
    given = {
        name: msgspec.convert(value, known[name].type, strict=False) for name, value in example.facts.items()
    }
    return {**given, **clause_facts(given["clause"])} if "clause" in given else given


def _problems(rule: Rule) -> Iterator[str]:
    """Yield what is wrong with a rule beyond the types of its fields."""
    try:
        known = facts_of(rule.ranges_over)
    except KeyError:
        hint = nearest(rule.ranges_over, [f"clause({kind})" for kind in CLAUSE_KINDS])
        yield f"a rule cannot range over {rule.ranges_over!r}: use one of {', '.join(RANGES)}{hint}"
        return
    for name in ("when", "where", "satisfied_when"):
        condition = getattr(rule, name)
        if condition is not None:
            yield from (f"{name}: {_with_hint(problem, known)}" for problem in problems(condition, known))
            yield from (f"{name}: {problem}" for problem in _misspelt(condition, known))
    for name in ("message", "fix", "settles", "why_not"):
        for fact in _BRACES.findall(getattr(rule, name) or ""):
            if fact not in known:
                yield f"{name}: there is no fact {fact!r} here{nearest(fact, known)}"
    yield from _example_problems(rule, known)


def _misspelt(condition: Mapping[str, Any], known: Mapping[str, FactKind]) -> Iterator[str]:
    """Yield words that a fact never has: a comparison with one would be silent for ever."""
    try:
        every = list(leaves(condition))
    except (StopIteration, AttributeError, TypeError):
        return
    for leaf in every:
        words = set(_literals(known[leaf.fact].type)) if leaf.fact in known else set()
        for value in leaf.value if isinstance(leaf.value, list) else [leaf.value]:
            if words and isinstance(value, str) and not value.startswith("$") and value not in words:
                yield f"{leaf.fact} is never {value!r}{nearest(value, words)}"


def _literals(hint: Any) -> Iterator[str]:  # noqa: ANN401  a type hint
    if get_origin(hint) is Literal:
        yield from (value for value in get_args(hint) if isinstance(value, str))
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        yield from (member.value for member in hint)
    else:
        for inner in get_args(hint):
            yield from _literals(inner)


def _with_hint(problem: str, known: Mapping[str, FactKind]) -> str:
    named = re.search(r"there is no fact '([^']*)'", problem)
    return problem + (nearest(named[1], known) if named else "")


def _example_problems(rule: Rule, known: Mapping[str, FactKind]) -> Iterator[str]:
    for example in rule.examples:
        for name in example.facts:
            if name not in known:
                yield f"example {example.name!r}: there is no fact {name!r} here{nearest(name, known)}"
    wanted = {"finding", "pass"} | (set() if rule.unknown else {"unknown"})
    lacking = wanted - {example.expect.value for example in rule.examples}
    if lacking:
        yield f"examples: none expects {' or '.join(sorted(lacking))}"
    if rule.unknown and not rule.unknown.startswith("never: "):
        yield "unknown: the only word is 'never: ' and the reason"
    if rule.unknown and not all(known[fact].total for fact in _read(rule) if fact in known):
        yield "unknown: a fact that the rule reads may be not stated"


def _read(rule: Rule) -> set[str]:
    try:
        return {fact for leaf in leaves(rule.when) for fact in leaf.facts}
    except (StopIteration, AttributeError, TypeError):
        return set()
