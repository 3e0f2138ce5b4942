# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan diff OLD.json NEW.json``: what changed between two reports."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import LEVELS, Exit, Word, catalogue_option, format_option, json_text

if TYPE_CHECKING:
    from scanner.terms.changes import Document

LIMIT = 1_000_000_000
"""Bytes of a report that is read."""


@click.command(short_help="Say what changed between two reports.")
@click.argument("older", type=click.Path(path_type=Path), metavar="OLD.json")
@click.argument("newer", type=click.Path(path_type=Path), metavar="NEW.json")
@format_option("text", "json", "md")
@click.option(
    "--fail-on",
    type=Word(LEVELS),
    default="never",
    show_default=True,
    help="Exit with 1 when a verdict is new and this or a worse one.",
)
@catalogue_option
def diff(older: Path, newer: Path, form: str, fail_on: str, catalogue: Path | None) -> None:
    """Say what changed from one report to another: releases, verdicts, licences, duties, openness.

    Both are the JSON of `modelscan report PATH -o NAME.json`. A verdict is new where a release was added, or
    where it is worse than before; what was there already never fails.

    \b
    modelscan diff last-week.json today.json
    modelscan diff base.json head.json -f md --fail-on review
    """  # noqa: D301  click wants the character itself
    from shutil import get_terminal_size

    from scanner.catalog import load_catalogue
    from scanner.model.finding import VerdictWord
    from scanner.render.changes import render_changes, render_changes_md
    from scanner.terms.changes import difference

    licenses = load_catalogue(extra=catalogue).licenses
    found = difference(_document(older), _document(newer), licenses)
    if form == "json":
        click.echo(json_text(found), nl=False)
    elif form == "md":
        click.echo(render_changes_md(found), nl=False)
    else:
        click.echo(render_changes(found, width=get_terminal_size((100, 24)).columns), nl=False)
    order = list(VerdictWord)
    level = None if fail_on == "never" else order.index(VerdictWord(fail_on))
    worse = found.introduced is not None and level is not None and order.index(found.introduced) >= level
    sys.exit(Exit.FINDINGS if worse else Exit.OK)


def _document(path: Path) -> "Document":
    from scanner.errors import PathError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.terms.changes import read_document

    try:
        data = read_bounded(path, LIMIT)
    except Refused as refused:
        raise PathError(refused.reason, source=str(path)) from None
    return read_document(data, str(path))
