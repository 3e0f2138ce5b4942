# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan explain ID``: a rule or a licence in plain words."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import catalogue_option, rules_option

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

    for rule in load_rules(own_rules):
        if name in (rule.id, *rule.aliases):
            click.echo(_rule_page(rule), nl=False)
            return
    click.echo(license_page(find_license(name, catalogue)), nl=False)


def find_license(name: str, extra: Path | None) -> "License":
    """Return the record that a name stands for.

    Raises:
        UsageError: no record has it; the nearest names are given.
    """
    import difflib

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
        close = difflib.get_close_matches(name.lower(), [*catalogue.names, *catalogue.tags], n=3)
        advice = f"did you mean {', '.join(close)}?" if close else "modelscan licenses list shows all"
        raise UsageError(f"there is no rule or licence {name!r}", advice=advice)
    return catalogue.licenses[key]


def _rule_page(rule: "Rule") -> str:
    lines = [
        f"{rule.id}: {rule.title}",
        f"severity {rule.severity}, confidence {rule.confidence}, because of {rule.because}",
        "",
        "What it does",
        f"  {rule.kind}, once for each {rule.ranges_over}. {rule.message}",
        "",
        "Why it matters",
        f"  {rule.why}",
        "",
        "What to do",
        f"  {rule.fix}",
    ]
    if rule.references:
        lines += ["", "References", *(f"  {reference}" for reference in rule.references)]
    lines += ["", "Examples", *(f"  {example.name}: {example.expect}" for example in rule.examples)]
    return "\n".join(lines) + "\n"


def license_page(record: "License") -> str:
    """Return what a licence says as text, clause by clause."""
    from msgspec import UNSET

    from scanner.model.license import CLAUSE_KINDS

    head = [
        f"{record.key}: {record.name}",
        f"{record.category}; {record.spdx_expression}; text {record.text.status.replace('_', ' ')}",
        record.source,
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

    given = msgspec.to_builtins(clause)
    lines = [f"{kind.replace('_', ' ')} (section {given.pop('section')})"]
    given.pop("pattern", None)
    return lines + [
        f"  {name.replace('_', ' ')}: {_value(value)}"
        for name, value in given.items()
        if value not in (None, [], ())
    ]


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _words(kinds: list[str]) -> str:
    return ", ".join(kind.replace("_", " ") for kind in kinds)
