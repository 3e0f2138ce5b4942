# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan openness PATH``: how open a release is, or the class of a Model Openness Framework file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import as_of, catalogue_option, format_option, json_text, mof_option

if TYPE_CHECKING:
    from scanner.model.report import Report


@click.command(short_help="Say how open a release is, or class a Model Openness Framework file.")
@click.argument("path", type=click.Path(path_type=Path), metavar="PATH")
@format_option("text", "json", "mof")
@mof_option
@catalogue_option
def openness(path: Path, form: str, mof_files: tuple[Path, ...], catalogue: Path | None) -> None:
    """Say how open a release is, and why it is no better.

    PATH is a file of the Model Openness Tool, which is classed by what it says, or a folder of releases,
    which are graded by their files. -f mof writes the tool's YAML: a draft for a person to complete.

    \b
    modelscan openness MOF.yml -f json
    modelscan openness ./models/some-model -f mof > some-model.yml
    """  # noqa: D301  click wants the character itself
    from shutil import get_terminal_size

    from scanner.errors import PathError

    if not path.exists():
        raise PathError("there is no such file or folder", source=str(path))
    width = get_terminal_size((100, 24)).columns
    if path.is_file() and path.suffix.lower() in {".yml", ".yaml"}:
        click.echo(_of_file(path, form, width), nl=False)
        return
    click.echo(_of_releases(_scanned(path, mof_files, catalogue), form, width), nl=False)


def _of_file(path: Path, form: str, width: int) -> str:
    """Return what a file of the tool says of a release."""
    from scanner.openness import frameworks
    from scanner.openness.mof_file import classified, read_mof, written_out
    from scanner.render.openness import mof_document, mof_text

    file = read_mof(path)
    if form == "mof":
        return written_out(file)
    found = classified(file)
    if form == "json":
        said = {"path": str(path), "name": file.release.name, **mof_document(found)}
        return json_text(said)
    return mof_text(file.release.name, found, frameworks(), width=width)


def _of_releases(report: "Report", form: str, width: int) -> str:
    """Return how open the releases of a folder are."""
    from scanner.model.report import DISCLAIMER
    from scanner.render.openness import openness_document, openness_text, render_mof

    if form == "mof":
        return render_mof(report)
    if form == "json":
        found = [
            {"path": one.path, "name": one.name, **openness_document(one.openness)} for one in report.releases
        ]
        return json_text(found)
    texts = [openness_text(one, report.frameworks, width=width) for one in report.releases]
    return "\n".join([*texts, f"{DISCLAIMER}\n"])


def _scanned(path: Path, mof_files: tuple[Path, ...], catalogue: Path | None) -> "Report":
    from scanner.config import Config
    from scanner.examine import load_knowledge
    from scanner.openness.mof_file import read_mof
    from scanner.pipeline import scan

    reviews = tuple(map(read_mof, mof_files))
    knowledge = load_knowledge(catalogue)
    return scan([path], knowledge, Config(), as_of=as_of(None), step=lambda *_: None, reviews=reviews)
