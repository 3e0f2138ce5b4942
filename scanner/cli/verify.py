# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan verify REPORT``: is this what was written, and are the files still those it speaks of?"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import (
    Exit,
    as_of,
    config_option,
    day_option,
    format_option,
    json_text,
    print_text,
    progress,
    store_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.model.signoff import Judged
    from scanner.provenance import Mismatch, Opened

LIMIT = 1_000_000_000
"""Bytes of a report that is read."""


@click.command(short_help="Hold a report against itself, its sign-offs and the files.")
@click.argument("report", type=click.Path(path_type=Path), metavar="REPORT")
@click.option(
    "--models",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder that was scanned: are its files still those of the report?",
)
@click.option("--hash", "hashed", is_flag=True, help="With --models: read the weights in full.")
@store_option
@config_option
@day_option
@format_option("text", "json")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def verify(
    report: Path,
    models: Path | None,
    hashed: bool,
    store: Path | None,
    config_file: Path | None,
    as_of_date: str | None,
    form: str,
    quiet: bool,
) -> None:
    """Re-check a report, HTML or JSON, that `modelscan report` wrote.

    Its own digests are computed anew; with --models every file that it lists is held against what lies there
    now. Sign-offs of its releases are shown with their state. Exit 1 when anything does not hold.

    \b
    modelscan verify audit.html
    modelscan verify audit.json --models ./models --hash
    """  # noqa: D301  click wants the character itself
    from scanner.errors import PathError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.pipeline import seen
    from scanner.provenance import against_files, opened_report

    day = as_of(as_of_date)
    try:
        opened = opened_report(read_bounded(report, LIMIT), str(report))
    except Refused as refused:
        raise PathError(refused.reason, source=str(report)) from None
    mismatches: tuple[Mismatch, ...] = ()
    if models is not None:
        with progress(quiet=quiet) as step:
            there = seen([models], step)
            mismatches = tuple(against_files(opened.data["releases"], there, weights=hashed))
    judged = _signed(opened, store, config_file, day)
    if form == "json":
        click.echo(json_text(_document(opened, mismatches, judged, models)), nl=False)
    else:
        print_text(_text(opened, mismatches, judged, models=models is not None, hashed=hashed))
    lapsed = any(one.state is not None and not one.state.holds for one in judged)
    sys.exit(Exit.FINDINGS if opened.problems or mismatches or lapsed else Exit.OK)


def _signed(opened: "Opened", store: Path | None, config_file: Path | None, day: str) -> "Sequence[Judged]":
    """Return the sign-offs that concern the releases of a report."""
    import msgspec

    from scanner.cli.reviewed import checked_store, store_folder
    from scanner.config import load_config
    from scanner.model.signoff import State
    from scanner.signoff import contents_of_document, judge

    config = load_config(Path.cwd(), explicit=config_file, environment=os.environ)
    folder = store_folder(store, config, ())
    if not folder.is_dir():
        return ()
    contents = contents_of_document(msgspec.json.encode(opened.data), "the report")
    judged = judge(checked_store(folder, day), contents, as_of=day)
    return [one for one in judged if one.state is not None and one.state.state is not State.SUPERSEDED]


def _text(
    opened: "Opened",
    mismatches: "Sequence[Mismatch]",
    judged: "Sequence[Judged]",
    *,
    models: bool,
    hashed: bool,
) -> str:
    from scanner.render.signoff import signoffs_text
    from scanner.render.words import counted

    lines = [f"report {opened.digest[:12]}: {'; '.join(opened.problems) or 'its own digests hold'}"]
    if models:
        read = "weights read in full" if hashed else "weights by size, header and recorded digest (--hash)"
        told = counted(len(mismatches), "difference") if mismatches else "every file is the one it speaks of"
        lines.append(f"files: {told}; {read}")
        lines += [f"  {one.release}/{one.path}: {_told(one)}" for one in mismatches]
    else:
        lines.append("files: not looked at; --models DIR holds them against the report")
    lines.append(signoffs_text(judged) if judged else "sign-offs: none for these releases")
    lines.append("A digest proves no author: only a signed sign-off tells who approved what.")
    return "\n".join(lines)


def _told(one: "Mismatch") -> str:
    from scanner.provenance.held import WORDS

    return WORDS[one.what].format(before=(one.before or "none")[:64], after=(one.after or "none")[:64])


def _document(
    opened: "Opened", mismatches: "Sequence[Mismatch]", judged: "Sequence[Judged]", models: Path | None
) -> dict[str, object]:
    from scanner.render.signoff import signoffs_document

    return {
        "digest": opened.digest,
        "form": opened.form,
        "problems": list(opened.problems),
        "files_checked": models is not None,
        "mismatches": list(mismatches),
        "signoffs": signoffs_document(judged),
    }
