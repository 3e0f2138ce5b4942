# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan report PATH...``: the main job."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.bundle import (
    FORM,
    bundled,
    gaps_told,
    is_bundle,
    is_folder,
    refuse_others_file,
    write_folder,
)
from scanner.cli.common import (
    LEVELS,
    Exit,
    Word,
    as_of,
    catalogue_option,
    config_option,
    day_option,
    mof_option,
    output_targets,
    progress,
    rules_option,
    use_case_option,
    wants_color,
    way_to_the_hub,
    write_atomically,
)
from scanner.cli.pdf import PDF, browser, pdf_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.config import Config
    from scanner.discover import HubSource
    from scanner.model.notice import Bundle, Holding
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
    help="Where to write; the ending tells the format; NOTICE* or a folder is the notice bundle; "
    f"- for stdout. Repeats. Default: {DEFAULT_OUTPUT}",
)
@click.option(
    "-f",
    "--format",
    "form",
    metavar="NAME",
    help="Format: html, pdf, json, txt, md, csv, TABLE.csv, xlsx, sarif, junit.xml, "
    "cdx.json, cdx17.json, spdx.json, spdx3.json, mof.yml or notice.",
)
@click.option(
    "--paper",
    type=Word(["A4", "letter"]),
    default="A4",
    show_default=True,
    help="Size of the pages of a PDF.",
)
@use_case_option
@click.option(
    "--online",
    is_flag=True,
    help="Use the network: for hf: paths, and for base models that are not below PATH; no weights.",
)
@mof_option
@catalogue_option
@rules_option
@config_option
@day_option
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
    paper: str,
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
    modelscan report ./models -o notices/    # what must go along; exits with 1 when some is missing
    """  # noqa: D301  click wants the character itself
    from scanner.config import load_config, load_use_cases
    from scanner.discover import hub_source
    from scanner.examine import load_knowledge
    from scanner.openness.mof_file import read_mof
    from scanner.pipeline import scan
    from scanner.render.formats import FORMATS, NEEDS

    targets = output_targets(
        outputs, form, (*FORMATS, FORM, PDF), DEFAULT_OUTPUT, lambda name: FORM if is_bundle(name) else None
    )
    for needed, require in (*NEEDS.items(), (PDF, browser)):
        if any(chosen == needed for _, chosen in targets):
            require()
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
    held: list[Holding] = []
    bundle: Bundle | None = None
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
            hold=held.append,
        )
        if any(chosen == FORM for _, chosen in targets):
            bundle = bundled(result, held, known)
    result = _signed(result, config, sources, day)
    _write(result, [one for one in targets if one[1] != FORM], paper)
    gaps = [_write_bundle(bundle, name) for name, chosen in targets if chosen == FORM and bundle]
    if not quiet and all(name != "-" for name, _ in targets):
        _summarise(result, targets)
    code = Exit.FINDINGS if any(gaps) else _exit(result, fail_on)
    sys.exit(Exit.OK if exit_zero else code)


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


def _rendered(result: "Report", form: str, paper: str) -> str | bytes:
    from scanner.render.formats import FORMATS
    from scanner.render.html import render_html

    return pdf_of(render_html(result, paper=paper)) if form == PDF else FORMATS[form](result)


def _write(result: "Report", targets: list[tuple[str, str]], paper: str) -> None:
    for name, form in targets:
        content = _rendered(result, form, paper)
        if name != "-":
            write_atomically(Path(name), content)
        elif isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)


def _write_bundle(bundle: "Bundle", name: str) -> bool:
    """Write the notice bundle, and return whether it lacks something, which is told on stderr."""
    from scanner.render.notice import in_one_text, notice_files, render_notice
    from scanner.sanitize import no_order, one_line

    if is_folder(name) and name != "-":
        write_folder(Path(name), notice_files(bundle))
    else:
        bundle = in_one_text(bundle)
        text = render_notice(bundle)
        if name == "-":
            sys.stdout.write("\n".join(map(no_order, text.split("\n"))))
        else:
            refuse_others_file(Path(name))
            write_atomically(Path(name), text)
    if not bundle.complete:
        click.echo(no_order(one_line(gaps_told(bundle, name))), err=True)
    return not bundle.complete


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
