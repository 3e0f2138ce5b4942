# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan rules list``."""

from pathlib import Path

import click

from scanner.cli.common import format_option, json_text, print_text, rules_option


@click.group()
def rules() -> None:
    """Look at the rules by which a release is judged."""


@rules.command("list")
@rules_option
@format_option("text", "json")
def list_(own_rules: Path | None, form: str) -> None:
    """Print every rule: id, severity, title."""
    from scanner.evaluate.rules import load_rules

    loaded = load_rules(own_rules)
    if form == "json":
        fields = ("id", "kind", "severity", "confidence", "title", "because")
        click.echo(
            json_text([{field: getattr(rule, field) for field in fields} for rule in loaded]), nl=False
        )
        return
    width = max(len(rule.id) for rule in loaded)
    rows = [f"{rule.id:<{width}}  {rule.severity:<7}  {rule.title}" for rule in loaded]
    print_text("\n".join([*rows, f"{len(loaded)} rules. More on one: modelscan explain ID"]))
