# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan completion SHELL``."""

import click
from click.shell_completion import get_completion_class

from scanner.cli.common import Word

SHELLS = ("bash", "fish", "zsh")


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=Word(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell, to be sourced from its start-up file."""
    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover  click ships all three
        raise click.UsageError(f"no completion for {shell}")
    program = context.find_root().info_name or "modelscan"
    variable = f"_{program.replace('-', '_').upper()}_COMPLETE"
    click.echo(kind(context.find_root().command, {}, program, variable).source())
