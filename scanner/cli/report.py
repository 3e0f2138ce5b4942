# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan report PATH...``: the main job."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import (
    LEVELS,
    Exit,
    Word,
    as_of,
    catalogue_option,
    config_option,
    mof_option,
    output_targets,
    progress,
    rules_option,
    wants_color,
    way_to_the_hub,
    write_atomically,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.config import Config
    from scanner.discover import HubSource
    from scanner.model.report import Report

DEFAULT_OUTPUT = "modelscan-report.html"


@click.command(short_help="Scan folders or files and write the audit report.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help=f"Where to write; the ending tells the format; - for stdout. Repeats. Default: {DEFAULT_OUTPUT}",
)
@click.option(
    "-f",
    "--format",
    "form",
    metavar="NAME",
    help="Format: the ending of a name, e.g. html, json or cdx.json.",
)
@click.option(
    "--use-case",
    "use_case_files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What you plan to do with the models (YAML). Repeats: side by side.",
)
@click.option(
    "--online",
    is_flag=True,
    help="Use the network: for hf: paths, and for base models that are not below PATH; no weights.",
)
@mof_option
@catalogue_option
@rules_option
@config_option
@click.option("--as-of", "as_of_date", metavar="DATE", help="Evaluate for this day; default: today, UTC.")
@click.option(
    "--fail-on",
    type=Word(LEVELS),
    default="never",
    show_default=True,
    help="Exit with 1 when a release has this verdict or a worse one.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdicts are.")
@click.option("-q", "--quiet", is_flag=True, help="Print no summary and no progress.")
def report(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    form: str | None,
    use_case_files: tuple[Path, ...],
    online: bool,
    mof_files: tuple[Path, ...],
    catalogue: Path | None,
    own_rules: Path | None,
    config_file: Path | None,
    as_of_date: str | None,
    fail_on: str,
    exit_zero: bool,
    quiet: bool,
) -> None:
    """Scan folders or files and write the audit report.

    Every release below PATH is found, read, judged under the use case and written into one
    self-contained HTML file; a summary of ten lines goes to the terminal. PATH may be a
    repository on the Hub, hf:org/name or hf:org/name@revision; weights are not downloaded.

    \b
    modelscan report ./models
    modelscan report ./models -o audit.html -o audit.json --use-case hosted.yml
    modelscan report ./models -f json -o - | jq .summary
    modelscan report hf:org/name --online
    """  # noqa: D301  click wants the character itself
    from scanner.config import load_config, load_use_cases
    from scanner.discover import hub_source
    from scanner.examine import load_knowledge
    from scanner.openness.mof_file import read_mof
    from scanner.pipeline import scan
    from scanner.render.formats import FORMATS

    targets = output_targets(outputs, form, FORMATS, DEFAULT_OUTPUT)
    sources = [hub_source(path) or Path(path) for path in paths]
    day = as_of(as_of_date)
    reviews = tuple(map(read_mof, mof_files))
    knowledge = load_knowledge(catalogue, own_rules)
    known = knowledge.catalogue
    config = load_config(
        Path.cwd(),
        explicit=config_file,
        environment=os.environ,
        catalogue=known,
        rules=knowledge.rule_ids,
    )
    use_cases = load_use_cases(use_case_files, known)
    with progress(quiet=quiet) as step, way_to_the_hub(online=online) as hub:
        result = scan(
            sources,
            knowledge,
            config,
            as_of=day,
            step=step,
            use_cases=use_cases,
            reviews=reviews,
            hub=hub,
        )
    result = _signed(result, config, sources, day)
    _write(result, targets)
    if not quiet and all(name != "-" for name, _ in targets):
        _summarise(result, targets)
    sys.exit(Exit.OK if exit_zero else _exit(result, fail_on))


def _signed(result: "Report", config: "Config", sources: "Sequence[HubSource | Path]", day: str) -> "Report":
    """Return the report with the decisions of people that lie beside our own configuration."""
    from scanner.cli.reviewed import checked_store, store_folder
    from scanner.errors import UsageError
    from scanner.signoff import reported

    places = [one if isinstance(one, Path) else None for one in sources]
    try:
        folder = store_folder(None, config, places)
    except UsageError:
        return result  # it would be that of a release, whose author is a stranger
    return reported(result, checked_store(folder, day)) if folder.is_dir() else result


def _write(result: "Report", targets: list[tuple[str, str]]) -> None:
    from scanner.render.formats import FORMATS

    for name, form in targets:
        text = FORMATS[form](result)
        if name == "-":
            sys.stdout.write(text)
        else:
            write_atomically(Path(name), text)


def _summarise(result: "Report", targets: list[tuple[str, str]]) -> None:
    from shutil import get_terminal_size

    from scanner.render.text import render_summary

    written = tuple(name for name, _ in targets)
    width = get_terminal_size((100, 24)).columns
    click.echo(
        render_summary(result, width=width, color=wants_color(sys.stdout), written=written),
        nl=False,
        color=True,
    )


def _exit(result: "Report", fail_on: str) -> Exit:
    from scanner.model.finding import VerdictWord

    if fail_on == LEVELS[0]:
        return Exit.OK
    order = list(VerdictWord)
    worst = max(order.index(release.verdict) for release in result.releases)
    return Exit.FINDINGS if worst >= order.index(VerdictWord(fail_on)) else Exit.OK
