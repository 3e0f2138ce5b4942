# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan config show``: what is configured, and where each value comes from."""

import os
from pathlib import Path

import click

from scanner.cli.common import config_option, format_option, json_text


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command()
@config_option
@format_option("text", "json")
def show(config_file: Path | None, form: str) -> None:
    """Print the configuration that holds here, each value with its origin."""
    import msgspec

    from scanner.config import Config, load_config

    found = load_config(Path.cwd(), explicit=config_file, environment=os.environ)
    if form == "json":
        click.echo(json_text(found), nl=False)
        return
    for name in Config.__struct_fields__:
        value = getattr(found, name)
        if name not in {"origin", "by_place"}:
            origin = "default" if value == getattr(Config(), name) else found.origin
            click.echo(f"{name}: {msgspec.json.encode(value).decode()}  [{origin}]")
