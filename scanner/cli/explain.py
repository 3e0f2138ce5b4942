# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan explain ID``: a rule or a licence in plain words."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import catalogue_option, print_text, rules_option

if TYPE_CHECKING:
    from scanner.model.finding import Rule
    from scanner.model.license import Clause, License


@click.command(short_help="Explain a rule or a licence.")
@click.argument("name", metavar="ID")
@catalogue_option
@rules_option
def explain(name: str, catalogue: Path | None, own_rules: Path | None) -> None:
    """Explain a rule (terms/user-threshold) or a licence (its key, SPDX id or alias)."""
    from scanner.evaluate.rules import load_rules

    rules = load_rules(own_rules)
    rule = next((rule for rule in rules if name in (rule.id, *rule.aliases)), None)
    others = [rule.id for rule in rules]
    print_text(_rule_page(rule) if rule else license_page(find_license(name, catalogue, others)))


def find_license(name: str, extra: Path | None, others: Sequence[str] = ()) -> "License":
    """Return the record that a name stands for.

    Args:
        name: A key, an SPDX id, a ScanCode key, an alias or a Hub tag.
        extra: The user's own catalogue.
        others: Further names that may have been meant.

    Raises:
        UsageError: no record has it; the nearest names are given.
    """
    from scanner.catalog import load_catalogue
    from scanner.errors import UsageError

    catalogue = load_catalogue(extra=extra)
    key = catalogue.names.get(name.lower())
    tag = catalogue.tags.get(name.lower())
    if key is None and tag is not None:
        if len(tag.keys) != 1:
            several = f"the tag covers several licences: {', '.join(tag.keys)}" if tag.keys else tag.name
            raise UsageError(f"{name!r} names no single licence", advice=several)
        key = tag.keys[0]
    if key is None or key not in catalogue.licenses:
        what = "rule or licence" if others else "licence"
        close = _close(name.lower(), [*catalogue.names, *catalogue.tags], others)
        lists = "modelscan licenses list" + (" and modelscan rules list show" if others else " shows")
        advice = f"did you mean {', '.join(close)}?" if close else f"{lists} all"
        raise UsageError(f"there is no {what} {name!r}", advice=advice)
    return catalogue.licenses[key]


def _close(name: str, licenses: Sequence[str], rules: Sequence[str]) -> list[str]:
    """Return the names that were probably meant: rules of that name, else the nearest, else longer ones."""
    import difflib

    here = [rule for rule in rules if rule.rpartition("/")[2] == name.replace("_", "-")]
    every = dict.fromkeys([*licenses, *rules])
    longer = sorted((one for one in every if name in one), key=len)[:3] if name else []
    return here or difflib.get_close_matches(name, every, n=3) or longer


def _rule_page(rule: "Rule") -> str:
    from scanner.evaluate.outcomes import described

    lines = [
        f"{rule.id}: {described(rule, rule.title)}",
        f"severity {rule.severity}, confidence {rule.confidence}, because of {rule.because}",
        "",
        "What it says",
        f"  {described(rule, rule.message)}",
        f"  {rule.kind.capitalize()}, looked for once for each {_ranged(rule.ranges_over)}.",
        "",
        "Why it matters",
        f"  {rule.why}",
        *_conditions(rule),
        "",
        "What to do",
        f"  {described(rule, rule.fix)}",
    ]
    if rule.settles:
        lines += ["", "When it cannot be settled", f"  State {described(rule, rule.settles)}."]
    if rule.references:
        lines += ["", "References", *(f"  {reference}" for reference in rule.references)]
    lines += ["", "Examples", *(f"  {example.name}: {example.expect}" for example in rule.examples)]
    return "\n".join(lines) + "\n"


def _conditions(rule: "Rule") -> list[str]:
    """Return the conditions of a rule in words, each under a heading of its own."""
    from scanner.evaluate.conditions import outlined
    from scanner.evaluate.facts import facts_of

    known = facts_of(rule.ranges_over)
    heads = (
        ("Where", rule.where),
        ("When", rule.when),
        ("Done already in the release when", rule.satisfied_when),
    )
    lines = []
    for head, condition in heads:
        if condition:
            told = outlined(condition, lambda name: known[name].words)
            lines += ["", head, *(f"  {'  ' * depth}- {line}" for depth, line in told)]
    return lines


def _ranged(over: str) -> str:
    """Return what a rule ranges over, in words."""
    from scanner.evaluate.facts import clause_kind

    kind = clause_kind(over)
    words = {"license": "licence that binds or may bind", "parent": "base model"}
    return f"clause on {kind.replace('_', ' ')}" if kind else words.get(over, over)


def license_page(record: "License") -> str:
    """Return what a licence says as text, clause by clause."""
    from msgspec import UNSET

    from scanner.model.license import CLAUSE_KINDS

    head = [
        f"{record.key}: {record.name}",
        f"{record.category}; {record.spdx_expression}; text {record.text.status.replace('_', ' ')}",
        record.source,
        *(["This record of yours takes the place of ours."] if record.replaces else []),
    ]
    absent = [kind for kind in CLAUSE_KINDS if getattr(record, kind) is UNSET]
    none = [kind for kind in CLAUSE_KINDS if getattr(record, kind) == ()]
    body = [
        line
        for kind in CLAUSE_KINDS
        for clause in (getattr(record, kind) or () if kind not in absent else ())
        for line in _clause_lines(kind, clause)
    ]
    tail = [
        f"No clause on: {_words(none)}." if none else "",
        f"Not read for (unknown): {_words(absent)}." if absent else "",
        "Indications for counsel, not legal advice.",
    ]
    return "\n".join([*head, "", *body, "", *filter(None, tail)]) + "\n"


def _clause_lines(kind: str, clause: "Clause") -> list[str]:
    import msgspec

    from scanner.model.license import cited

    given = msgspec.to_builtins(clause)
    lines = [f"{kind.replace('_', ' ')} ({cited(given.pop('section'))})"]
    given.pop("pattern", None)
    given.pop("doubts", None)
    facts = [
        f"  {name.replace('_', ' ')}: {_value(value)}"
        for name, value in given.items()
        if value not in (None, [], ())
    ]
    return [*lines, *facts, *(f"  left open by the text: {doubt.why}" for doubt in clause.doubts)]


def _value(value: object) -> str:
    """Return a value as a reader wants it: words without underscores, numbers with commas."""
    import re

    from scanner.evaluate.conditions import shown

    text = shown(value)
    return text.replace("_", " ") if re.fullmatch("[a-z_]+", text) else text


def _words(kinds: list[str]) -> str:
    return ", ".join(kind.replace("_", " ") for kind in kinds)
