# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan check [REPO]``: may this repository depend on the models that it names?"""

import os
import sys
from collections.abc import Iterable
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
    day_option,
    format_by_ending,
    progress,
    rules_option,
    use_case_option,
    way_to_the_hub,
    write_atomically,
)

if TYPE_CHECKING:
    from scanner.model.gate import CheckReport


_FORMATS = "Formats: txt, json, sarif, github, md, summary.md, comment.md, codequality.json, junit.xml"


@click.command(short_help="Judge the models that a source repository depends on.")
@click.argument("root", type=click.Path(path_type=Path), metavar="[REPO]", default=Path())
@click.option(
    "--base",
    metavar="REV",
    help="Judge what the change since this commit brings in, by the policy of that commit.",
)
@click.option(
    "--head", metavar="REV", default="HEAD", show_default=True, help="With --base: the commit to judge."
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Write a file as well, in the format of its ending. Repeats.",
)
@click.option("-f", "--format", "form", metavar="NAME", help=f"What is printed; default: txt. {_FORMATS}.")
@click.option("--online", is_flag=True, help="Use the network: look models up on the Hub; no weights.")
@click.option(
    "--fail-on",
    type=Word(LEVELS),
    default="review",
    show_default=True,
    help="Exit with 1 when a finding that counts makes this verdict or a worse one.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings of this file are old and fail nothing.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the findings that fail today as a baseline.",
)
@use_case_option
@catalogue_option
@rules_option
@config_option
@day_option
@click.option("--no-cache", is_flag=True, help="Believe nothing that an earlier run found in the files.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def check(
    root: Path,
    base: str | None,
    head: str,
    outputs: tuple[str, ...],
    form: str | None,
    online: bool,
    fail_on: str,
    exit_zero: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    use_case_files: tuple[Path, ...],
    catalogue: Path | None,
    own_rules: Path | None,
    config_file: Path | None,
    as_of_date: str | None,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Judge the models that a source repository depends on.

    Finds every place in the files of REPO (default: here) that names a model, takes what is known of it from
    modelscan.lock, from files at hand or, with --online, from the Hub, and judges it by modelscan.yml. With
    --base only what the change brings in can fail, and nothing that the change edits decides about it.

    \b
    modelscan check                                   # before a commit
    modelscan check --base origin/main --online       # a pull request
    modelscan check -o findings.sarif -o check.json   # files beside the text
    """  # noqa: D301  click wants the character itself
    from scanner.config import load_use_cases
    from scanner.discover import hub_cache
    from scanner.examine import load_knowledge
    from scanner.gate import Means, Wanted, of_the_base
    from scanner.gate import check as judge
    from scanner.gate.baseline import baseline_text
    from scanner.render.check_formats import CHECK_FORMATS

    printed = _printed(form, CHECK_FORMATS)
    targets = [(name, format_by_ending(name, CHECK_FORMATS)) for name in outputs]
    day = as_of(as_of_date)
    wanted = Wanted(
        root=root,
        base=base,
        head=head,
        explicit=config_file,
        baseline=baseline,
        others=tuple(one for one in (catalogue, own_rules, *use_case_files) if one is not None),
        environment=dict(os.environ),
        as_of=day,
    )
    with of_the_base(wanted, (catalogue, own_rules, *use_case_files)) as (records, rules, *cases):
        knowledge = load_knowledge(records, rules)
        use_cases = load_use_cases([one for one in cases if one is not None], knowledge.catalogue)
    with way_to_the_hub(online=online) as hub, progress(quiet=quiet) as step:
        found = judge(
            wanted,
            Means(
                knowledge=knowledge,
                hub=hub,
                cache=hub_cache(os.environ),
                as_of=day,
                step=step,
                use_cases=use_cases,
                no_cache=no_cache,
            ),
        )
    for name, chosen in targets:
        write_atomically(Path(name), CHECK_FORMATS[chosen](found))
    click.echo(CHECK_FORMATS[printed](found), nl=False)
    if write_baseline is not None:
        write_atomically(write_baseline, baseline_text(found.findings))
        click.echo(f"{write_baseline}: {found.summary.failing} findings are old from now on", err=True)
        exit_zero = True
    sys.exit(Exit.OK if exit_zero else _exit(found, fail_on))


def _printed(form: str | None, formats: Iterable[str]) -> str:
    from scanner.errors import UsageError

    if form is not None and form not in formats:
        raise UsageError(f"there is no format {form!r}", advice=f"use one of {', '.join(formats)}")
    return form or "txt"


def _exit(found: "CheckReport", fail_on: str) -> Exit:
    from scanner.model.finding import VerdictWord

    order = list(VerdictWord)
    if fail_on == LEVELS[0] or found.worst is None:
        return Exit.OK
    return Exit.FINDINGS if order.index(found.worst) >= order.index(VerdictWord(fail_on)) else Exit.OK
