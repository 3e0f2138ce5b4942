# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan lock``: write down every model that a repository depends on, at one commit, as facts."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import (
    Exit,
    as_of,
    catalogue_option,
    config_option,
    day_option,
    print_text,
    progress,
    rules_option,
    way_to_the_hub,
    write_atomically,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.gate.locking import Asked


@click.command(short_help="Pin every model dependency, and write down what it is.")
@click.argument("root", type=click.Path(path_type=Path), metavar="[REPO]", default=Path())
@click.option("--online", is_flag=True, help="Use the network: look models up on the Hub; no weights.")
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when code and lock differ."
)
@click.option(
    "--upgrade",
    multiple=True,
    metavar="ID",
    help="Ask again for this model's branch or tag, with --online. Repeats; `all` for every model.",
)
@catalogue_option
@rules_option
@config_option
@day_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def lock(
    root: Path,
    online: bool,
    only_check: bool,
    upgrade: tuple[str, ...],
    catalogue: Path | None,
    own_rules: Path | None,
    config_file: Path | None,
    as_of_date: str | None,
    quiet: bool,
) -> None:
    """Write modelscan.lock: each model's commit, the digests of its texts and weights, what was concluded.

    Commits that are locked stay until they are upgraded. What is on the Hub needs --online; without it,
    files at hand (the Hub's cache, folders of the repository) are read, and what is locked already is kept.

    \b
    modelscan lock --online
    modelscan lock --check
    modelscan lock --online --upgrade org/name
    """  # noqa: D301  click wants the character itself
    from scanner.discover import hub_cache
    from scanner.errors import PathError, UsageError
    from scanner.examine import load_knowledge
    from scanner.gate import Means, Wanted
    from scanner.gate.locking import asked

    if not root.is_dir():
        raise PathError("there is no such folder", source=str(root))
    if upgrade and not online:
        raise UsageError("a branch or tag is asked for on the Hub", advice="add --online")
    day = as_of(as_of_date)
    wanted = Wanted(
        root=root,
        base=None,
        head="HEAD",
        explicit=config_file,
        baseline=None,
        environment=dict(os.environ),
        as_of=day,
    )
    with way_to_the_hub(online=online and not only_check) as hub, progress(quiet=quiet) as step:
        step("reading", 0, 1)
        means = Means(
            knowledge=load_knowledge(catalogue, own_rules),
            hub=hub,
            cache=hub_cache(os.environ),
            as_of=day,
            step=step,
            no_cache=only_check,
        )
        about = asked(wanted, means)
        sys.exit(_checked(about) if only_check else _written(about, upgrade, root))


def _written(about: "Asked", upgrade: "Sequence[str]", root: Path) -> Exit:
    from scanner.dependencies.lock import lock_text
    from scanner.gate.locking import written_lock
    from scanner.model.lock import LOCK_NAME

    written = written_lock(about, _upgraded(about, upgrade))
    text, place = lock_text(written.lock), root / LOCK_NAME
    if not place.exists() or place.read_text(encoding="utf-8") != text:
        write_atomically(place, text)
    print_text("\n".join([*written.changed, f"{place}: {len(written.lock.models)} models"]))
    for reason in written.left:
        print_text(f"not locked: {reason}", err=True)
    return Exit.FINDINGS if written.left else Exit.OK


def _upgraded(about: "Asked", upgrade: "Sequence[str]") -> set[str]:
    """Return the names of the models to upgrade, in lower case."""
    from scanner.errors import UsageError
    from scanner.guarded.strict import nearest

    names = {(one.id or "").casefold() for one in about.dependencies}
    wanted = names if "all" in upgrade else {name.casefold() for name in upgrade}
    unknown = sorted(wanted - names)
    if unknown:
        raise UsageError(f"nothing in the repository names {unknown[0]}{nearest(unknown[0], names)}")
    return wanted


def _checked(about: "Asked") -> Exit:
    from scanner.gate.locking import mismatches
    from scanner.model.lock import LOCK_NAME

    found = list(mismatches(about))
    if not found:
        print_text(f"{LOCK_NAME} and the code agree: {len(about.dependencies)} models")
        return Exit.OK
    print_text("\n".join(found))
    print_text("next: run `modelscan lock --online` and commit the result", err=True)
    return Exit.FINDINGS
