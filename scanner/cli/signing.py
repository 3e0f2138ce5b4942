# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Signing a recorded decision with the key that the person has anyway."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli.common import print_text, write_atomically
from scanner.cli.reviewed import FOLDER

if TYPE_CHECKING:
    from scanner.model.signoff import Recorded


def git_setting(key: str) -> str:
    """Return a setting of the user's git, or nothing."""
    from scanner.guarded.process import run
    from scanner.guarded.refused import Refused

    try:
        answer = run("git", ["config", "--get", key])
    except Refused:
        return ""
    return answer.output.decode("utf-8", "replace").strip()


def signing_key() -> Path:
    """Return the SSH key that the user's git signs with.

    Raises:
        UsageError: it has none.
    """
    from scanner.errors import UsageError

    key = git_setting("user.signingkey") if git_setting("gpg.format") == "ssh" else ""
    if not key or key.startswith(("key::", "ssh-")):
        raise UsageError("no SSH key is named", advice="add --key ~/.ssh/id_ed25519")
    return Path(key).expanduser()


def sign_file(path: Path, key: Path, day: str) -> None:
    """Write the signature beside one statement, and say whether it counts."""
    import msgspec

    from scanner.errors import PathError, UsageError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.signoff import check, collect, sign, signers_on_disk
    from scanner.signoff.statement import MAX_BYTES
    from scanner.signoff.store import ENDING

    beside = path.with_name(path.name + ENDING)
    if path.suffix != ".json":
        raise UsageError("a statement is NAME.json", source=str(path))
    if beside.exists():
        raise UsageError("it is signed already", source=str(path), advice=f"remove {beside} to sign it anew")
    try:
        data = read_bounded(path, MAX_BYTES)
        signers = signers_on_disk(path.absolute().parent.parent.parent)
    except Refused as refused:
        raise PathError(refused.reason, source=str(path)) from None
    (recorded,) = collect({f"{path.absolute().parent.name}/{path.name}": data})
    if recorded.statement is None or recorded.problem is not None:
        raise UsageError(f"not signed: {recorded.problem}", source=str(path))
    signature = sign(data, key.expanduser())
    write_atomically(beside, signature.decode("ascii", "replace"))
    found = check(msgspec.structs.replace(recorded, signature=signature), signers, as_of=day)
    click.echo(f"signed: {beside}")
    if found.state == "verified":
        print_text(f"verifies: {recorded.statement.predicate.approver.email}, {found.key}")
    else:
        print_text(f"it does not count yet: {found.why}", err=True)
        print_text(_line_for(recorded, key), err=True)


def _line_for(recorded: "Recorded", key: Path) -> str:
    """Return the line by which the organisation lets a key sign, or how to get it."""
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.signoff.ssh import NAMESPACE

    email = recorded.statement.predicate.approver.email if recorded.statement else ""
    public = key if key.suffix == ".pub" else key.with_name(key.name + ".pub")
    try:
        words = read_bounded(public.expanduser(), 100_000).decode("utf-8", "replace").split()[:2]
    except Refused:
        words = [f"(what `ssh-keygen -y -f {key}` prints)"]
    line = f'{email} namespaces="{NAMESPACE}" {" ".join(words)}'
    return f"if this key is the approver's, the line of {FOLDER}/allowed_signers is:\n{line}"
