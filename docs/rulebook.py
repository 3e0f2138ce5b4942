# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The pages of the rules: an index, and one page for each with its condition in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from scanner.evaluate.conditions import outlined, shown
from scanner.evaluate.facts import clause_kind, facts_of
from scanner.evaluate.outcomes import described
from scanner.model.finding import Rule

_FAMILIES = {
    "duties": "What must be done, when an act of the use case triggers it.",
    "evidence": "What the files of a release say about its terms, and where they contradict or say nothing.",
    "gate": "What a source repository depends on (`modelscan check`).",
    "lineage": "Terms of base models.",
    "policy": "Our own policy.",
    "terms": "What may not be done.",
}
_OVER = {
    "release": "the release",
    "license": "each licence that binds it, or may",
    "parent": "each of its base models",
    "openness": "the release, once its openness is graded",
    "duty": "each duty that applies, or may",
    "dependency": "each model and data set that a source repository names",
    "exception": "each exception of the policy",
    "edit": "each file that decides how changes are judged",
    "entry": "each model that the lock holds",
    "file": "each file that could not be read",
}
_SEVERITY = {
    "error": "error: the verdict is blocked",
    "warning": "warning: the verdict is review",
    "note": "note: it never gates",
}
_INTRODUCTION = """\
A rule is a file below `rules/`; `modelscan explain ID` prints the same as its page. It is asked once for each
thing that it ranges over, and answers *finding* (the fault is there, the duty applies, the planned act is
caught), *pass*, or *unknown* where a fact is wanting: never pass instead. Severity says what a finding does
to the verdict, confidence how sure it is."""


def index(rules: Sequence[Rule]) -> str:
    """Return the table of all rules by family."""
    parts = [_INTRODUCTION]
    for family, own in groupby(rules, key=lambda rule: rule.id.partition("/")[0]):
        rows = [
            f"| [`{rule.id}`](rules/{rule.id}.md) | {_cell(described(rule, rule.title))} | {rule.kind} "
            f"| {rule.severity} |"
            for rule in own
        ]
        table = ["| Rule | In one sentence | Kind | Severity |", "|---|---|---|---|", *rows]
        parts.append("\n".join([f"## {family.capitalize()}", "", _FAMILIES.get(family, ""), "", *table]))
    return "\n\n".join(parts) + "\n"


def page(rule: Rule) -> str:
    """Return what stands below the heading of the page of a rule."""
    nature = f"{rule.kind.capitalize()}; {_SEVERITY[rule.severity]}; confidence {rule.confidence}"
    parts = [
        f"**{described(rule, rule.title)}.** {nature}; rests on {rule.because}. [All rules](../../rules.md).",
        f"## What it says\n\n{described(rule, rule.message)}",
        f"## Why it matters\n\n{rule.why.rstrip()}",
        f"## When\n\n{_conditions(rule)}",
        f"## How to fix it\n\n{described(rule, rule.fix).rstrip()}",
    ]
    if rule.settles:
        parts.append(f"## When it cannot be settled\n\nState {described(rule, rule.settles)}.")
    if rule.references:
        parts.append("## References\n\n" + "\n".join(f"- {reference}" for reference in rule.references))
    rows = [f"| {_cell(one.name)} | {_facts(rule, one.facts)} | {one.expect} |" for one in rule.examples]
    table = ["| Example | What is known | Outcome |", "|---|---|---|", *rows]
    return "\n\n".join([*parts, "\n".join(["## Examples", "", *table])]) + "\n"


def _conditions(rule: Rule) -> str:
    kind = clause_kind(rule.ranges_over)
    plain = (kind or "").replace("_", " ")
    anchor = plain.replace(" ", "-")
    over = (
        f"each clause on [{plain}](../../glossary.md#{anchor}) of each licence that binds it, or may"
        if kind
        else _OVER[rule.ranges_over]
    )
    verb = {"finding": "There is a finding", "obligation": "The duty applies", "restriction": "It catches"}
    parts = [f"It is asked for {over}" + (", where" if rule.where else ".")]
    if rule.where:
        parts.append(_outline(rule, rule.where))
    parts += [f"{verb[rule.kind]} when", _outline(rule, rule.when)]
    if rule.satisfied_when:
        parts += ["The release itself does already what is asked when", _outline(rule, rule.satisfied_when)]
    if rule.unknown:
        parts.append(f"It is never unknown: {rule.unknown.partition(': ')[2]}.")
    return "\n\n".join(parts)


def _outline(rule: Rule, condition: Mapping[str, Any]) -> str:
    known = facts_of(rule.ranges_over)
    lines = outlined(condition, lambda name: known[name].words)
    return "\n".join(f"{'  ' * depth}- {line}" for depth, line in lines)


def _facts(rule: Rule, facts: Mapping[str, Any]) -> str:
    return _cell("; ".join(_told(rule, name, value) for name, value in facts.items()))


def _told(rule: Rule, name: str, value: object) -> str:
    words = facts_of(rule.ranges_over)[name].words
    return f"{words}: {', '.join(_items(value))}"


def _items(value: object) -> Iterator[str]:
    """Yield a value of an example in words."""
    if isinstance(value, dict):
        yield " ".join(f"{_plain(name)} {', '.join(_items(one))}," for name, one in value.items()).rstrip(",")
    elif isinstance(value, list) and value:
        for one in value:
            yield from _items(one)
    else:
        yield shown(value) or "nothing"


def _plain(name: object) -> str:
    return str(name).replace("_", " ")


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("|", "\\|"))
