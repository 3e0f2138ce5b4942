# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan identify FILE...``: which licence is this text, what was changed in it and where."""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import catalogue_option, format_option, json_text, wants_color

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.identify.index import Index
    from scanner.model.license import Catalogue
    from scanner.model.reading import IdentifiedFile

LIMIT = 64_000_000
"""Bytes that are read of one file."""


@click.command(short_help="Say which licence a text is, and what was changed in it.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@format_option("text", "json")
@click.option(
    "--reference-texts",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Licence texts of your own, KEY.txt each: words that are missing are then shown.",
)
@catalogue_option
def identify(
    files: tuple[Path, ...], form: str, reference_texts: Path | None, catalogue: Path | None
) -> None:
    """Say which licence each FILE is, to the very version, and what was changed in it.

    A licence is stated only when every word of it is there and nothing else that may bind. For a changed
    text each change is shown with its line; - reads standard input.

    \b
    modelscan identify LICENSE
    modelscan identify LICENSE README.md -f json
    """  # noqa: D301  click wants the character itself
    from shutil import get_terminal_size

    from scanner.data import folder
    from scanner.identify.index import load_index
    from scanner.render.identification import identification_document, render_identification

    index = load_index(folder("licenses") / "index.bin")
    if catalogue is not None:
        from scanner.catalog import load_texts

        index = index.with_texts(load_texts(catalogue, _catalogue(catalogue)))
    texts = _reference_texts(reference_texts)
    clauses = True if form == "json" else None
    found = [_completed(_identified(path, index, texts, clauses=clauses), catalogue) for path in files]
    if form == "json":
        click.echo(json_text(identification_document(found)), nl=False)
        return
    width = get_terminal_size((100, 24)).columns
    click.echo(render_identification(found, width=width, color=wants_color(sys.stdout)), color=True)


def _identified(
    path: Path, index: "Index", texts: "Mapping[str, str]", *, clauses: bool | None
) -> "tuple[str, IdentifiedFile]":
    """Return the text of one file, and what it is.

    Raises:
        PathError: it cannot be read.
    """
    from scanner.guarded.text import decode
    from scanner.identify import identify as identified
    from scanner.model.reading import Identification, IdentifiedFile

    decoded = decode(_bytes(path))
    if decoded.binary:
        note = "this is no text"
        return "", IdentifiedFile(path=str(path), encoding="binary", found=Identification(note=note))
    found = identified(decoded.text, index, reference_texts=texts, clauses=clauses)
    return decoded.text, IdentifiedFile(path=str(path), encoding=decoded.encoding, found=found)


def _completed(known: "tuple[str, IdentifiedFile]", extra: Path | None) -> "IdentifiedFile":
    """Add, when a text states no licence, those that it names, and where it differs from the nearest."""
    from msgspec.structs import replace

    text, file = known
    if file.found.stated or not text:
        return file
    from scanner.identify.mentions import find_mentions
    from scanner.identify.values import alarms

    catalogue = _catalogue(extra)
    record = catalogue.licenses.get(file.found.matches[0].key) if file.found.matches else None
    return replace(
        file,
        mentions=find_mentions(text, catalogue),
        alarms=alarms(file.found.clauses, record) if record else (),
    )


@cache
def _catalogue(extra: Path | None) -> "Catalogue":
    from scanner.catalog import load_catalogue

    return load_catalogue(extra=extra)


def _bytes(path: Path) -> bytes:
    from scanner.errors import PathError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused

    if str(path) == "-":
        return sys.stdin.buffer.read(LIMIT)
    try:
        return read_bounded(path, LIMIT)
    except Refused as refused:
        raise PathError(refused.reason, source=str(path)) from None


def _reference_texts(place: Path | None) -> "Mapping[str, str]":
    from scanner.errors import PathError

    if place is None:
        return {}
    if not place.is_dir():
        raise PathError("there is no such folder of reference texts", source=str(place))
    return {path.stem: path.read_text("utf-8", "replace") for path in sorted(place.glob("*.txt"))}
