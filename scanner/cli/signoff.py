# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan signoff new | sign | verify | list``: decisions of people, in ``.modelscan/signoffs``."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.common import (
    Exit,
    Word,
    as_of,
    catalogue_option,
    config_option,
    day_option,
    format_option,
    json_text,
    mof_option,
    print_text,
    rules_option,
    store_option,
    use_case_option,
)
from scanner.cli.recording import SHORTEST, accepted_of, approver_of, owners_of, record
from scanner.cli.reviewed import asked, checked_store, store_folder, the_only
from scanner.cli.signing import sign_file, signing_key

if TYPE_CHECKING:
    from scanner.model.signoff import Judged, Recorded


@click.group(short_help="Record, sign and check the decisions of people on releases.")
def signoff() -> None:
    """Record, sign and check the decisions of people on releases.

    A decision is bound to the texts, weights, conclusions, duties and findings that were reviewed, under one
    use case, until a day. It never changes a verdict. docs/signoff.md says what voids one.
    """


def _scan_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what says how a release is judged, the same as for the report."""
    options = (
        use_case_option,
        mof_option,
        catalogue_option,
        rules_option,
        config_option,
        click.option("--hash", "hashed", is_flag=True, help="Read the weights in full for their digests."),
        store_option,
        day_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@signoff.command("new", short_help="Record a decision on a release.")
@click.argument("subject", type=click.Path(path_type=Path), metavar="PATH_OR_REPORT.json")
@click.option(
    "--decision", required=True, type=Word(["approve", "conditional", "reject"]), help="What was decided."
)
@click.option("--until", required=True, metavar="DATE", help="The last day on which it holds.")
@click.option("--note", default="", metavar="TEXT", help="Why, in a sentence.")
@click.option("--condition", "conditions", multiple=True, metavar="TEXT", help="What must be met. Repeats.")
@click.option(
    "--owner",
    "owners",
    multiple=True,
    metavar="DUTY=NAME",
    help="Who sees to the duties whose id begins so. Repeats.",
)
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="FINGERPRINT",
    help=f"A finding that is accepted, by {SHORTEST} digits or more. Repeats.",
)
@click.option("--accept-all", is_flag=True, help="Accept every finding that there is today.")
@click.option("--approver", metavar="NAME", help="Who decided; default: git config user.name.")
@click.option("--email", metavar="ADDRESS", help="Of the approver; default: git config user.email.")
@click.option("--release", "name", metavar="NAME", help="Which release, where PATH holds several.")
@click.option("--for", "use_id", metavar="ID", help="Which use case, where several are configured.")
@_scan_options
def new(
    subject: Path,
    decision: str,
    until: str,
    note: str,
    conditions: tuple[str, ...],
    owners: tuple[str, ...],
    accepted: tuple[str, ...],
    accept_all: bool,
    approver: str | None,
    email: str | None,
    name: str | None,
    use_id: str | None,
    store: Path | None,
    hashed: bool,
    as_of_date: str | None,
    **judging: Any,  # noqa: ANN401  the options of the scan
) -> None:
    """Record a decision on one release under one use case.

    The release is scanned as `modelscan report` would, or taken from its JSON, and one in-toto statement is
    written. It takes the place of the current one. Sign it with `modelscan signoff sign`.

    \b
    modelscan signoff new ./models/name --decision approve --until 2027-01-31 --note "ticket 12"
    modelscan signoff new audit.json --release org/name --decision reject --until 2027-01-31
    """  # noqa: D301  click wants the character itself
    from scanner.model.signoff import Decision, Signoff

    day = as_of(as_of_date)
    who = approver_of(approver, email)
    about = asked(subject, day, judging, name=name, use_id=use_id, hashed=hashed)
    content = the_only(about.contents)
    folder = store_folder(store, about.config, about.places)
    record(
        Signoff(
            decision=Decision(decision),
            content=content,
            accepted=accepted_of(content, accepted, every=accept_all),
            conditions=conditions,
            owners=owners_of(content, owners),
            note=note,
            approver=who,
            decided=day,
            until=until,
        ),
        folder,
    )


@signoff.command("sign", short_help="Sign statements with an SSH key.")
@click.argument(
    "statements", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="STATEMENT..."
)
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="SSH key, or the .pub of one that the agent holds; default: git config user.signingkey.",
)
@day_option
def sign(statements: tuple[Path, ...], key: Path | None, as_of_date: str | None) -> None:
    """Sign statements with an SSH key, through ssh-keygen -Y sign.

    The signature is written beside the statement, NAME.json.sig. It counts while .modelscan/allowed_signers
    gives the key to the approver's address; the line to put there is printed where it is missing.

    \b
    modelscan signoff sign .modelscan/signoffs/name/0123456789abcdef.json --key ~/.ssh/id_ed25519
    """  # noqa: D301  click wants the character itself
    day = as_of(as_of_date)
    used = key or signing_key()
    for path in statements:
        sign_file(path, used, day)


@signoff.command("verify", short_help="Say whether the sign-offs of releases hold.")
@click.argument("subject", type=click.Path(path_type=Path), metavar="PATH_OR_REPORT.json")
@_scan_options
@format_option("text", "json")
def verify(
    subject: Path,
    form: str,
    store: Path | None,
    hashed: bool,
    as_of_date: str | None,
    **judging: Any,  # noqa: ANN401  the options of the scan
) -> None:
    """Say whether the sign-offs of the releases below PATH, or of a report, hold today.

    Exit 1 when a release is not signed off, is rejected, or a sign-off is invalid, stale or expired.

    \b
    modelscan signoff verify ./models
    modelscan signoff verify ./models --hash
    """  # noqa: D301  click wants the character itself
    from scanner.errors import NoScanError
    from scanner.signoff import approved, judge
    from scanner.signoff.ssh import INSTALL

    day = as_of(as_of_date)
    about = asked(subject, day, judging, hashed=hashed)
    judged = judge(
        checked_store(store_folder(store, about.config, about.places), day), about.contents, as_of=day
    )
    _show(judged, form)
    for one in judged:
        if one.recorded and one.state and one.state.signature.state == "unchecked":
            told = f"its signature cannot be checked: {one.state.signature.why}"
            raise NoScanError(told, source=one.recorded.path, advice=INSTALL)
    sys.exit(Exit.OK if approved(judged) else Exit.FINDINGS)


@signoff.command("list", short_help="List the sign-offs that are recorded.")
@config_option
@store_option
@day_option
@format_option("text", "json")
def list_(config_file: Path | None, store: Path | None, as_of_date: str | None, form: str) -> None:
    """List the sign-offs that are recorded: decision, person, days, signature. No release is looked at.

    \b
    modelscan signoff list
    """  # noqa: D301  click wants the character itself
    from scanner.config import load_config
    from scanner.model.signoff import Judged
    from scanner.signoff import standing, superseded

    day = as_of(as_of_date)
    config = load_config(Path.cwd(), explicit=config_file, environment=os.environ)
    checked = checked_store(store_folder(store, config, ()), day)
    gone = superseded(checked, as_of=day)
    _show(
        [
            Judged(
                release=_release_name(one),
                use_case=one.statement.predicate.content.use_case.id if one.statement else "unknown",
                recorded=one,
                signature=signature,
                state=standing(one, signature, as_of=day, superseded_by=gone.get(one.digest)),
            )
            for one, signature in checked
        ],
        form,
    )


def _release_name(recorded: "Recorded") -> str:
    return recorded.statement.predicate.content.name if recorded.statement else recorded.path.split("/")[0]


def _show(judged: "Sequence[Judged]", form: str) -> None:
    from scanner.render.signoff import signoffs_document, signoffs_text

    if form == "json":
        click.echo(json_text(signoffs_document(judged)), nl=False)
    else:
        print_text(signoffs_text(judged))
