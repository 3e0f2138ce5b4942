# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Rule files to checked rules: a misspelt key, fact or operator is refused with its place.

``rules/<family>/<rule>.yaml``; the path is the id, so the folder listing is the registry. A rule of the user
takes the place of ours when it says so (``replaces: <id>``), never by its id alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from scanner.data import folder
from scanner.errors import ConfigError, DataError
from scanner.evaluate.conditions import answer, leaves, misfit, problems
from scanner.evaluate.facts import RANGES, FactKind, facts_of
from scanner.evaluate.given import clause_facts
from scanner.guarded.strict import Problem, convert, document, nearest, refuse, where
from scanner.guarded.yaml import Place
from scanner.model.finding import Example, Outcome, Rule
from scanner.model.license import CLAUSE_KINDS
from scanner.stored import digest_of, stored

STORE = "rules.msgpack"
"""Made by ``make data``."""

NO_RULES = frozenset({"openness", "references"})
"""Folders beside the families of rules that hold tables."""

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
    own = _own_rules(extra, ours)
    replaced = {rule.id for rule in own}
    kept = (rule for rule in ours if rule.id not in replaced)
    return tuple(sorted((*kept, *own), key=lambda rule: rule.id))


def _own_rules(place: Path, ours: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the user's rules, each checked by its examples, against those before it and against ours."""
    advice = "put <family>/<rule>.yaml files into it; CONTRIBUTING.md says what stands in one"
    beside = (path for path in place.glob("*.y*ml") if not path.name.startswith((".", "modelscan.")))
    tables = (path for name in NO_RULES for path in place.glob(f"{name}/*.y*ml"))
    for path in sorted({*beside, *place.glob("*/*/*.y*ml"), *tables}):
        names = " and ".join(sorted(NO_RULES))
        told = f"it is not read here: a rule stands in <family>/<rule>.yaml, of another family than {names}"
        raise ConfigError(told, source=str(path))
    paths = sources(place)
    if not paths:
        raise ConfigError("there is no rule in it", source=str(place), advice=advice)
    by_id = {rule.id: rule for rule in ours}
    owners = {
        name: folder("rules") / f"{rule.id}.yaml"
        for rule in ours
        if rule.id not in {_id(path) for path in paths}
        for name in (rule.id, *rule.aliases)
    }
    rules = []
    for path in paths:
        rule, lines = _read_rule(path)
        refuse(_own_problems(rule, by_id), path, lines)
        for field, name in ((("id",), rule.id), *((("aliases",), name) for name in rule.aliases)):
            other = owners.setdefault(name, path)
            if other != path:
                raise ConfigError(f"the id {name!r} is that of {other}", source=where(path, lines, field))
        _check_examples(rule, path, lines)
        rules.append(rule)
    return tuple(rules)


def _own_problems(rule: Rule, ids: Mapping[str, Rule]) -> Iterator[Problem]:
    """Yield where a rule of the user meets ours."""
    ours = ids.get(rule.id)
    if rule.replaces not in (None, rule.id) or (rule.replaces and ours is None):
        told = "a rule takes the place of the one of ours whose id, so whose path, it has"
        yield ("replaces",), f"{told}; {rule.replaces!r} is none{nearest(rule.replaces, ids)}"
    if ours is not None and rule.replaces != rule.id:
        file = folder("rules") / f"{ours.id}.yaml"
        say = f"put it into another family, or write replaces: {ours.id} when it is to take its place"
        yield ("id",), f"the id {rule.id!r} is that of a rule of ours ({file}); {say}"


def _check_examples(rule: Rule, path: Path, lines: Mapping[Place, int]) -> None:
    """Hold a rule against its own examples.

    Raises:
        ConfigError: a fact has another type than it should, or an example has another outcome than it says.
    """
    for number, example in enumerate(rule.examples):
        place: Place = ("examples", number)
        known = facts_of(rule.ranges_over)
        for name, value in example.facts.items():
            convert(value, known[name].type, path, lines, below=(*place, "facts", name), strict=False)
        found = outcome_of(rule, example)
        if found is not example.expect:
            told = f"the example {example.name!r} gives {found.value}, not {example.expect.value}"
            refuse([((*place, "expect"), told)], path, lines)


def outcome_of(rule: Rule, example: Example) -> Outcome:
    """Return what a rule gives on one of its own examples.

    Raises:
        msgspec.ValidationError: a fact of the example has another type than it should.
    """
    return _OUTCOMES[answer(rule.when, example_facts(rule, example).get)]


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
    found = (path for ending in ("yaml", "yml") for path in place.glob(f"*/*.{ending}"))
    return sorted(path for path in found if path.parent.name not in NO_RULES)


def load_rule(path: Path) -> Rule:
    """Return the rule in one file.

    Raises:
        ConfigError: with file and line, and the nearest right word.
    """
    return _read_rule(path)[0]


def _read_rule(path: Path) -> tuple[Rule, Mapping[Place, int]]:
    """Return the rule with the line of every value of its file."""
    written = document(path)
    rule = convert(written.value, Rule, path, written.lines)
    if rule.id != _id(path):
        refuse([(("id",), f"the id {rule.id!r} is not the path {_id(path)!r}")], path, written.lines)
    refuse(_problems(rule), path, written.lines)
    return rule, written.lines


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


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


def _problems(rule: Rule) -> Iterator[Problem]:
    """Yield what is wrong with a rule beyond the types of its fields."""
    try:
        known = facts_of(rule.ranges_over)
    except KeyError:
        hint = nearest(rule.ranges_over, [f"clause({kind})" for kind in CLAUSE_KINDS])
        yield ("for",), f"a rule cannot range over {rule.ranges_over!r}: use one of {', '.join(RANGES)}{hint}"
        return
    for name in ("when", "where", "satisfied_when"):
        condition = getattr(rule, name)
        if condition is not None:
            for problem in list(problems(condition, known)) or _misfits(condition, known):
                yield (name,), problem
    if rule.quotes is not None and rule.quotes not in known:
        yield ("quotes",), f"there is no fact {rule.quotes!r} here{nearest(rule.quotes, known)}"
    for name in ("title", "message", "fix", "settles", "why_not"):
        yield from (((name,), problem) for problem in _wording(getattr(rule, name) or "", known))
    yield from _example_problems(rule, known)


def _wording(text: str, known: Mapping[str, FactKind]) -> Iterator[str]:
    """Yield what is wrong with a sentence that has facts in braces."""
    for fact in _BRACES.findall(text):
        if fact not in known:
            yield f"there is no fact {fact!r} here{nearest(fact, known)}"
    if set(_BRACES.sub("", text)) & set("{}"):
        yield "a brace has no other; facts stand in braces, as in {license.name}"


def _misfits(condition: Mapping[str, Any], known: Mapping[str, FactKind]) -> list[str]:
    """Return comparisons that can never hold: silent for ever, or a failure in the middle of a scan."""
    found = []
    for leaf in leaves(condition):
        kind = known[leaf.fact].type
        fault = misfit(leaf, kind, known[leaf.value[1:]].type if len(leaf.facts) > 1 else None)
        found += [f"{leaf.fact}: {fault}"] if fault else []
        words = set(_literals(kind))
        for value in leaf.value if isinstance(leaf.value, list) else [leaf.value]:
            if words and isinstance(value, str) and not value.startswith("$") and value not in words:
                found.append(f"{leaf.fact} is never {value!r}{nearest(value, words)}")
    return found


def _literals(hint: Any) -> Iterator[str]:  # noqa: ANN401  a type hint
    if get_origin(hint) is Literal:
        yield from (value for value in get_args(hint) if isinstance(value, str))
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        yield from (member.value for member in hint)
    else:
        for inner in get_args(hint):
            yield from _literals(inner)


def _example_problems(rule: Rule, known: Mapping[str, FactKind]) -> Iterator[Problem]:
    for number, example in enumerate(rule.examples):
        for name in example.facts:
            if name not in known:
                told = f"example {example.name!r}: there is no fact {name!r} here{nearest(name, known)}"
                yield ("examples", number, "facts", name), told
    wanted = {"finding", "pass"} | (set() if rule.unknown else {"unknown"})
    lacking = wanted - {example.expect.value for example in rule.examples}
    if lacking:
        yield ("examples",), f"none expects {' or '.join(sorted(lacking))}"
    if rule.unknown and not rule.unknown.startswith("never: "):
        yield ("unknown",), "the only word is 'never: ' and the reason"
    if rule.unknown and not all(known[fact].total for leaf in leaves(rule.when) for fact in leaf.facts):
        yield ("unknown",), "a fact that the rule reads may be not stated"
