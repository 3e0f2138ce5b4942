# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Writing a decision down: what the words of a person stand for, and what is refused."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import print_text, write_atomically
from scanner.cli.reviewed import checked_store
from scanner.cli.signing import git_setting

if TYPE_CHECKING:
    from scanner.model.signoff import Approver, Content, DutyOwner, Signoff, Statement
    from scanner.signoff.state import Checked

SHORTEST = 8
"""Digits of a fingerprint that name a finding."""


def record(signoff: "Signoff", folder: Path) -> Path:
    """Write a decision into the folder of the sign-offs, in the place of the current one, and say so.

    Raises:
        UsageError: a value is wrong, the clock stands before an earlier decision, or nothing can be written.
    """
    import msgspec

    from scanner.render.signoff import recorded_text
    from scanner.signoff import collect, current, encoded, place, statement_of

    content, day = signoff.content, signoff.decided
    checked = checked_store(folder, day)
    _after_the_last(checked, content, day)
    replaced = tuple(sorted(one.digest for one in current(checked, content, as_of=day)))
    statement = statement_of(msgspec.structs.replace(signoff, supersedes=replaced))
    _refuse_unreadable(statement)
    data, path = encoded(statement), place(statement)
    written = folder / "signoffs" / path
    _make(written.parent)
    write_atomically(written, data.decode())
    (recorded,) = collect({path: data})
    taken = {*statement.predicate.accepted}
    open_ones = [one for one in content.findings if one.gates and one.fingerprint not in taken]
    print_text(recorded_text(recorded, open_ones))
    click.echo(f"written: {written}")
    if open_ones:
        print_text("open findings are not covered: name them with --accept, or --accept-all", err=True)
    print_text(f"unsigned; next: modelscan signoff sign {written} --key ~/.ssh/id_ed25519", err=True)
    return written


def approver_of(name: str | None, email: str | None) -> "Approver":
    """Return who decides, as named or as git knows the user.

    Raises:
        UsageError: nobody says who.
    """
    from scanner.errors import UsageError
    from scanner.model.signoff import Approver

    who, address = name or git_setting("user.name"), email or git_setting("user.email")
    if not who or not address:
        missing = "--approver NAME" if not who else "--email ADDRESS"
        raise UsageError("a decision has a person, and git does not know you", advice=f"add {missing}")
    return Approver(name=who, email=address)


def accepted_of(content: "Content", named: Sequence[str], *, every: bool) -> tuple[str, ...]:
    """Return the fingerprints that are accepted.

    Raises:
        UsageError: a word names no finding, or several.
    """
    from scanner.errors import UsageError

    known = [one.fingerprint for one in content.findings]
    if every:
        return tuple(known)
    found: set[str] = set()
    for word in named:
        fitting = [one for one in known if len(word) >= SHORTEST and one.startswith(word.lower())]
        if len(fitting) != 1:
            listed = ", ".join(one[:12] for one in known) or "none"
            raise UsageError(
                f"--accept {word!r} names no finding of this release", advice=f"its findings: {listed}"
            )
        found.add(fitting[0])
    return tuple(sorted(found))


def owners_of(content: "Content", named: Sequence[str]) -> "tuple[DutyOwner, ...]":
    """Return who sees to which duty; a later word on the same duty wins.

    Raises:
        UsageError: a word names no duty of the release that applies or may, or nobody.
    """
    from scanner.errors import UsageError
    from scanner.model.signoff import DutyOwner

    known = [one.id for one in content.duties if one.applies != "no"]
    found: dict[str, str] = {}
    for word in named:
        duty, _, owner = word.partition("=")
        fitting = [one for one in known if duty and one.startswith(duty)]
        if not fitting or not owner.strip():
            advice = f"write DUTY=NAME with the beginning of one of: {', '.join(known) or 'none'}"
            raise UsageError(f"--owner {word!r} names no duty of this release, or nobody", advice=advice)
        found |= dict.fromkeys(fitting, owner.strip())
    return tuple(DutyOwner(duty=duty, owner=found[duty]) for duty in sorted(found))


def _after_the_last(checked: "Iterable[Checked]", content: "Content", day: str) -> None:
    """Refuse a clock that stands before a decision that was taken already.

    Raises:
        UsageError: it does.
    """
    from scanner.errors import UsageError
    from scanner.signoff import same_matter

    for one, signature in checked:
        if one.statement is None or one.problem is not None or signature.state == "failed":
            continue
        decided = one.statement.predicate.decided
        if day < decided and same_matter(one.statement.predicate.content, content):
            told = f"this day, {day}, is before that of an earlier decision, {decided}"
            raise UsageError(told, source=one.path, advice="set the clock, or --as-of")


def _refuse_unreadable(statement: "Statement") -> None:
    """Hold what is about to be written against what is read back.

    Raises:
        UsageError: a value is wrong: no day, no address, too long.
    """
    import re

    from scanner.errors import UsageError
    from scanner.guarded.refused import Refused
    from scanner.guarded.strict import is_date
    from scanner.model.signoff import EMAIL
    from scanner.signoff import encoded, read_statement

    decision = statement.predicate
    if not is_date(decision.until):
        raise UsageError(f"not recorded: --until {decision.until!r} is not a date such as 2027-01-31")
    if not re.fullmatch(EMAIL, decision.approver.email):
        advice = "add --email ADDRESS, the one that allowed_signers has"
        raise UsageError(f"not recorded: {decision.approver.email!r} is no e-mail address", advice=advice)
    if not all(one.strip() for one in decision.conditions):
        raise UsageError("not recorded: a condition without words")
    try:
        read_statement(encoded(statement))
    except Refused as refused:
        raise UsageError(f"not recorded: {refused.reason}") from None


def _make(folder: Path) -> None:
    from scanner.errors import UsageError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", source=str(folder)) from None
