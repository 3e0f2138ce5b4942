# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The command line: read options, call the pipeline, print, choose the exit code.

One file for each command. Only click is imported at the top of these files: a command pays for what
it uses and ``--version`` for nothing.
"""

import click

from scanner import __version__
from scanner.cli.check import check
from scanner.cli.common import ErrorsAsExits
from scanner.cli.completion import completion
from scanner.cli.config import config
from scanner.cli.diff import diff
from scanner.cli.explain import explain
from scanner.cli.identify import identify
from scanner.cli.init import init
from scanner.cli.licenses import licenses
from scanner.cli.lock import lock
from scanner.cli.openness import openness
from scanner.cli.report import report
from scanner.cli.rules import rules
from scanner.cli.schema import schema
from scanner.cli.signoff import signoff
from scanner.cli.signoff_import import import_
from scanner.cli.verify import verify


@click.group(
    cls=ErrorsAsExits,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 looked; 1 at or above --fail-on; 2 wrong usage or configuration; "
    "3 could not look (no scan was performed).",
)
@click.version_option(__version__, prog_name="modelscan")
def main() -> None:
    """Which terms bind an AI model release, and may we do what we plan with it?

    Answers from the files of the release itself, offline. Start with: modelscan report ./models
    """


for command in (
    report,
    check,
    lock,
    diff,
    signoff,
    verify,
    init,
    identify,
    openness,
    licenses,
    rules,
    explain,
    config,
    schema,
    completion,
):
    main.add_command(command)

signoff.add_command(import_)

__all__ = ["main"]
