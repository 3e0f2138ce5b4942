# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan licenses list / show``: the catalogue, readable."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import catalogue_option, format_option, json_text

if TYPE_CHECKING:
    from scanner.model.license import License


@click.group()
def licenses() -> None:
    """Look at the licence catalogue."""


@licenses.command("list")
@catalogue_option
@format_option("text", "json")
def list_(catalogue: Path | None, form: str) -> None:
    """Print every licence: key, name, category."""
    from scanner.catalog import load_catalogue

    records = load_catalogue(extra=catalogue).licenses
    ordered = [records[key] for key in sorted(records)]
    if form == "json":
        click.echo(json_text([_entry(record) for record in ordered]), nl=False)
        return
    width = max(len(record.key) for record in ordered)
    for record in ordered:
        click.echo(f"{record.key:<{width}}  {record.category:<16}  {record.name}")
    click.echo(f"{len(ordered)} licences. More on one: modelscan licenses show KEY")


def _entry(record: "License") -> dict[str, object]:
    fields = ("key", "name", "spdx_id", "scancode_key", "aliases", "tags")
    return {**{field: getattr(record, field) for field in fields}, "text_status": record.text.status}


@licenses.command()
@click.argument("name")
@catalogue_option
@format_option("text", "json")
def show(name: str, catalogue: Path | None, form: str) -> None:
    """Print what one licence says, clause by clause, each with its section.

    NAME is a key, an SPDX id, a ScanCode key or an alias.
    """
    from scanner.cli.explain import find_license, license_page

    record = find_license(name, catalogue)
    click.echo(json_text(record) if form == "json" else license_page(record), nl=False)
