# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan schema NAME``."""

import click

from scanner.cli.common import Word

NAMES = ("report", "license", "rule", "config", "check", "lock")


@click.command(short_help="Print a JSON Schema: report, check, lock, license, rule or config.")
@click.argument("name", type=Word(NAMES))
def schema(name: str) -> None:
    """Print the JSON Schema of a report, a check, a lock, a licence record, a rule or the configuration."""
    import json

    click.echo(json.dumps(_schema(name), indent=2, ensure_ascii=False))


def _schema(name: str) -> object:
    import msgspec

    if name == "report":
        from scanner.render.json import schema as report_schema

        return report_schema()
    if name == "license":
        from scanner.catalog import record_schema

        return record_schema()
    if name == "rule":
        from scanner.model.finding import Rule

        return msgspec.json.schema(Rule)
    if name == "check":
        from scanner.render.check_schema import check_schema

        return check_schema()
    if name == "lock":
        from scanner.model.lock import Lock

        return msgspec.json.schema(Lock)
    from scanner.config import File

    return msgspec.json.schema(File)
