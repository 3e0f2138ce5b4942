# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan signoff import``: decisions that a reviewer took in the page of a report, as statements."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import (
    as_of,
    config_option,
    day_option,
    print_text,
    store_option,
)
from scanner.cli.recording import approver_of, record
from scanner.cli.reviewed import store_folder

if TYPE_CHECKING:
    from scanner.model.signoff import Content, Decided, Decisions

LIMIT = 50_000_000
"""Bytes of the decisions that are read."""

REPORT_LIMIT = 1_000_000_000


@click.command("import", short_help="Record the decisions that were taken in a report's page.")
@click.argument("decisions", type=click.Path(path_type=Path), metavar="DECISIONS.json")
@click.option(
    "--report",
    "report_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="REPORT",
    help="The report in which they were taken, HTML or JSON.",
)
@click.option("--approver", metavar="NAME", help="Who decided; default: git config user.name.")
@click.option("--email", metavar="ADDRESS", help="Of the approver; default: git config user.email.")
@store_option
@config_option
@day_option
def import_(
    decisions: Path,
    report_file: Path,
    approver: str | None,
    email: str | None,
    store: Path | None,
    config_file: Path | None,
    as_of_date: str | None,
) -> None:
    """Record the decisions that a reviewer took in the page of a report, as statements to be signed.

    The page gives them as decisions.json; nothing left the machine. They are bound to that report: its own
    digests must hold and be those that the decisions name.

    \b
    modelscan signoff import decisions.json --report audit.html
    """  # noqa: D301  click wants the character itself
    from scanner.config import load_config
    from scanner.model.signoff import Signoff

    day = as_of(as_of_date)
    who = approver_of(approver, email)
    found = _decisions(decisions)
    contents = _contents(report_file, found.report)
    folder = store_folder(store, load_config(Path.cwd(), explicit=config_file, environment=os.environ), ())
    signoffs = [
        Signoff(
            decision=one.decision,
            content=(content := _content(one, contents, decisions)),
            accepted=_accepted(one, content, decisions),
            conditions=one.conditions,
            note=one.note,
            approver=who,
            decided=day,
            until=one.until,
        )
        for one in found.decisions
    ]
    for one in signoffs:
        record(one, folder)
    print_text(f"{len(signoffs)} recorded")


def _decisions(path: Path) -> "Decisions":
    import msgspec

    from scanner.errors import ConfigError, PathError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.model.signoff import Decisions

    try:
        found = msgspec.json.decode(read_bounded(path, LIMIT), type=Decisions)
    except Refused as refused:
        raise PathError(refused.reason, source=str(path)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        advice = "download it from the page of a report"
        raise ConfigError(f"these are no decisions: {error}", source=str(path), advice=advice) from None
    if not found.decisions:
        raise ConfigError("no decision was taken in it", source=str(path))
    return found


def _contents(path: Path, digest: str) -> "dict[tuple[str, str], Content]":
    """Return the contents of a report that is what it was, by path and use case.

    Raises:
        UsageError: it was changed, or is another one than the decisions were taken in.
    """
    import msgspec

    from scanner.errors import PathError, UsageError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.provenance import opened_report
    from scanner.signoff import contents_of_document

    try:
        opened = opened_report(read_bounded(path, REPORT_LIMIT), str(path))
    except Refused as refused:
        raise PathError(refused.reason, source=str(path)) from None
    if opened.problems:
        raise UsageError(f"nothing is recorded: {'; '.join(opened.problems)}", source=str(path))
    if opened.digest != digest:
        told = f"the decisions were taken in report {digest[:12]}, and this is {opened.digest[:12]}"
        raise UsageError(told, source=str(path), advice="name the report that the reviewer read")
    contents = contents_of_document(msgspec.json.encode(opened.data), str(path))
    each = len(opened.data["use_cases"])
    paths = [release["path"] for release in opened.data["releases"] for _ in range(each)]
    return {(place, content.use_case.id): content for place, content in zip(paths, contents, strict=True)}


def _content(one: "Decided", contents: "dict[tuple[str, str], Content]", source: Path) -> "Content":
    from scanner.errors import ConfigError

    content = contents.get((one.release, one.use_case))
    if content is None:
        told = f"the report has no release {one.release!r} under the use case {one.use_case!r}"
        raise ConfigError(told, source=str(source))
    return content


def _accepted(one: "Decided", content: "Content", source: Path) -> tuple[str, ...]:
    """Return the findings that are accepted; each is one that the report holds."""
    from scanner.errors import ConfigError

    known = {finding.fingerprint for finding in content.findings}
    for fingerprint in one.accepted:
        if fingerprint not in known:
            told = f"{one.release}: the report has no finding {fingerprint[:12]} there"
            raise ConfigError(told, source=str(source))
    return tuple(dict.fromkeys(one.accepted))
