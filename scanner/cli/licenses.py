# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan licenses list / show / compare / compatible``: the catalogue, readable."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import Word, catalogue_option, format_option, json_text, print_text

if TYPE_CHECKING:
    from scanner.model.license import License
    from scanner.terms.compare import Comparison, Row
    from scanner.terms.compatible import Compatibility


@click.group()
def licenses() -> None:
    """Look at the licence catalogue."""


@licenses.command("list")
@catalogue_option
@format_option("text", "json")
def list_(catalogue: Path | None, form: str) -> None:
    """Print every licence: key, category, name, and whether it is known by its name only."""
    from scanner.catalog import load_catalogue

    records = load_catalogue(extra=catalogue).licenses
    ordered = [records[key] for key in sorted(records)]
    if form == "json":
        click.echo(json_text([_entry(record) for record in ordered]), nl=False)
        return
    width = max(len(record.key) for record in ordered)
    rows = [
        f"{record.key:<{width}}  {record.category:<16}  {record.name}{_unread(record)}" for record in ordered
    ]
    print_text("\n".join([*rows, f"{len(ordered)} licences. More on one: modelscan licenses show KEY"]))


def _unread(record: "License") -> str:
    return "" if record.read else " (known by its name only)"


def _entry(record: "License") -> dict[str, object]:
    fields = ("key", "name", "spdx_id", "scancode_key", "aliases", "tags")
    return {**{field: getattr(record, field) for field in fields}, "text_status": record.text.status}


@licenses.command()
@click.argument("name")
@catalogue_option
@format_option("text", "json")
def show(name: str, catalogue: Path | None, form: str) -> None:
    """Print what one licence says, clause by clause, each with its section, and what that means by act.

    NAME is a key, an SPDX id, a ScanCode key or an alias.
    """
    from scanner.cli.explain import find_license, license_page

    record = find_license(name, catalogue)
    if form == "json":
        click.echo(json_text(record), nl=False)
    else:
        print_text(f"{license_page(record)}\n{_by_act(record)}")


def _by_act(record: "License") -> str:
    """Return the row of the matrix licence by act, under the default use case."""
    from scanner.cli.common import as_of
    from scanner.evaluate.alone import license_by_act
    from scanner.evaluate.rules import load_rules
    from scanner.model.usecase import DEFAULT_USE_CASE

    found = license_by_act(record, load_rules(), DEFAULT_USE_CASE, as_of(None))
    width = max(len(act.words) for act in found)
    head = "Each act by itself: commercial use; users, revenue and countries not stated, no release looked at"
    return "\n".join([head, *(f"  {act.words:<{width}}  {word}" for act, word in found.items())]) + "\n"


@licenses.command()
@click.argument("left")
@click.argument("right")
@click.option("--all", "everything", is_flag=True, help="Print also what is the same.")
@catalogue_option
@format_option("text", "json")
def compare(left: str, right: str, *, everything: bool, catalogue: Path | None, form: str) -> None:
    """Print what differs between two licences, or two versions of one, clause by clause.

    \b
    modelscan licenses compare llama-3 llama-3.1
    """  # noqa: D301  click wants the character itself
    from scanner.cli.explain import find_license
    from scanner.terms.compare import compare as compared

    found = compared(find_license(left, catalogue), find_license(right, catalogue))
    if form == "json":
        click.echo(json_text(found), nl=False)
    else:
        print_text(_comparison(found, everything=everything))


def _comparison(found: "Comparison", *, everything: bool) -> str:
    shown = [row for row in found.rows if everything or row.state not in {"same", "in neither"}]
    lines = [f"{found.left} and {found.right}", ""]
    for row in shown:
        lines += _row(row, found)
    same = [row.kind.replace("_", " ") for row in found.rows if row.state == "same"]
    if same and not everything:
        lines += [f"The same in both: {', '.join(same)}.", ""]
    return "\n".join([*lines, "Indications for counsel, not legal advice."]) + "\n"


def _row(row: "Row", found: "Comparison") -> list[str]:
    from scanner.model.license import cited

    state = row.state.replace("left", found.left).replace("right", found.right)
    lines = [f"{row.kind.replace('_', ' ')}: {state}"]
    sides = (
        (found.left, row.left_sections, row.left_says),
        (found.right, row.right_sections, row.right_says),
    )
    for key, sections, says in sides:
        if sections:
            lines.append(
                f"  {key}, {cited(', '.join(dict.fromkeys(sections)))}: {' '.join(says) or 'see there'}"
            )
    lines += [
        f"  {one.field.replace('_', ' ')}: {one.left or 'absent'} | {one.right or 'absent'}"
        for one in row.differences
    ]
    return [*lines, ""]


RELATIONS = ("finetune", "adapter", "merge", "quantized", "distilled", "trained-on")


@licenses.command()
@click.argument("parents", nargs=-1, required=True, metavar="PARENT...")
@click.option("--as", "release", required=True, metavar="LICENCE", help="Licence of what comes out.")
@click.option(
    "--relation",
    type=Word(RELATIONS),
    default="finetune",
    show_default=True,
    help="How the release comes from what goes in.",
)
@catalogue_option
@format_option("text", "json")
def compatible(
    parents: tuple[str, ...], release: str, relation: str, catalogue: Path | None, form: str
) -> None:
    """Say whether what is made from models under PARENT... may be released under a licence.

    A name may end in -only or -or-later, as SPDX writes it (GPL-2.0-or-later).

    The answer is allowed, conditional (duties remain), unknown (a person judges) or conflict, with the
    clauses that decide it. Of the relations, distilled means trained to perform like the parent, and
    trained-on means trained with the parent's outputs for whatever end; neither holds its weights.

    \b
    modelscan licenses compatible llama-3.1 apache-2.0 --as mit --relation merge
    """  # noqa: D301  click wants the character itself
    from scanner.model.conclusion import Relation
    from scanner.terms.compatible import Later, known_pairs
    from scanner.terms.compatible import compatible as judged

    given = [_version(name, catalogue) for name in parents]
    target, target_later = _version(release, catalogue)
    told = {record.key: later for record, later in given if later is not None}
    records = [record for record, _ in given]
    later = Later(parents=told, release=target_later)
    found = judged(records, target, Relation(relation), known_pairs(), later)
    if form == "json":
        click.echo(json_text(found), nl=False)
        return
    keys = ", ".join(record.key for record in records)
    print_text(f"{keys} as {target.key}, {relation}: {found.outcome}\n\n{_compatibility(found)}")


def _version(name: str, catalogue: Path | None) -> "tuple[License, bool | None]":
    """Return the record of a name, and whether later versions are meant as well; None: it does not say."""
    from scanner.cli.explain import find_license

    for ending, later in (("-or-later", True), ("+", True), ("-only", False)):
        if name.lower().endswith(ending):
            return find_license(name[: -len(ending)], catalogue), later
    return find_license(name, catalogue), None


def _compatibility(found: "Compatibility") -> str:
    from scanner.model.license import cited

    if not found.reasons:
        return "Nothing in them stands in the way.\n\nIndications for counsel, not legal advice.\n"
    lines = [
        f"{one.outcome:<12} {one.license}{f', {cited(one.section)}' if one.section else ''}: {one.why}"
        for one in found.reasons
    ]
    return "\n".join([*lines, "", "Indications for counsel, not legal advice."]) + "\n"
