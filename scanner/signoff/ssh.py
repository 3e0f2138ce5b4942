# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Signatures by OpenSSH: ``ssh-keygen -Y``. No key is kept here, and nothing of the cryptography is ours.

An SSH signature carries no time. A key that ``allowed_signers`` gives an end (``valid-before``) is judged on
the day that is asked about, at its end, and never on the day that the statement claims: its writer could
choose that one.
"""

import re
import tempfile
from pathlib import Path

from scanner.errors import UsageError
from scanner.guarded.process import run
from scanner.guarded.refused import Refused
from scanner.model.signoff import Recorded, Signature

PROGRAM = "ssh-keygen"
NAMESPACE = "modelscan-signoff@modelscan-audit"
"""Keeps a signature on a decision apart from those on mails, files and commits, and the other way round."""

INSTALL = "install OpenSSH 8.8 or newer (on Debian: apt-get install openssh-client)"

SIGNING_SECONDS = 300
"""A person types a passphrase or touches a key."""

_REASONS = (
    ("key has expired", "its key has expired in allowed_signers"),
    ("key is not yet valid", "its key is not yet valid in allowed_signers"),
    ("namespace does not match", "it was made for another purpose (namespace) than sign-offs"),
    ("incorrect signature", "it was not made over these bytes: the statement or the signature was edited"),
    ("parse signature", "it is no SSH signature"),
    ("sig_verify", "it is no SSH signature"),
)
"""What OpenSSH says, and what it means here."""

_OTHER = "its key is not one that allowed_signers gives the approver for sign-offs"

_GOOD = re.compile(r"\bwith (\S+ key SHA256:\S+)")


def sign(data: bytes, key: Path) -> bytes:
    """Return the signature of a person over some bytes; OpenSSH asks for the passphrase itself.

    Args:
        data: What is signed.
        key: The private key, or the public one of a key that the agent holds.

    Raises:
        UsageError: OpenSSH is not there, or did not sign.
    """
    arguments = ["-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE]
    try:
        done = run(PROGRAM, arguments, given=data, seconds=SIGNING_SECONDS, talks=True)
    except Refused as refused:
        raise UsageError(f"not signed: {refused.reason}", advice=INSTALL) from None
    if done.code or not done.output:
        advice = "name your private key, or the .pub of one that ssh-agent holds, with --key"
        raise UsageError(f"not signed: {PROGRAM} refused the key", source=str(key), advice=advice)
    return done.output


def check(recorded: Recorded, signers: bytes | None, *, as_of: str) -> Signature:
    """Return what comes of checking the signature beside a statement.

    Args:
        recorded: The statement, and its signature where there is one.
        signers: Content of ``allowed_signers``; None: there is no such file, and nobody may sign.
        as_of: ISO date on which the key must be valid.
    """
    if recorded.signature is None or recorded.statement is None:
        return Signature(state="absent")
    if signers is None:
        return Signature(
            state="failed", why="it is signed, and there is no allowed_signers that names the signer"
        )
    approver = recorded.statement.predicate.approver.email
    with tempfile.TemporaryDirectory(prefix="modelscan-") as folder:
        allowed, signature = Path(folder, "allowed_signers"), Path(folder, "signature")
        allowed.write_bytes(signers)
        signature.write_bytes(recorded.signature)
        arguments = ["-Y", "verify", "-f", str(allowed), "-I", approver, "-n", NAMESPACE]
        arguments += ["-s", str(signature), "-O", f"verify-time={as_of.replace('-', '')}235959"]
        try:
            done = run(PROGRAM, arguments, given=recorded.data)
        except Refused as refused:
            return Signature(state="unchecked", why=refused.reason)
    if "usage: ssh-keygen" in done.errors:
        return Signature(state="unchecked", why=f"this {PROGRAM} is older than OpenSSH 8.8")
    if done.code:
        why = next((meaning for words, meaning in _REASONS if words in done.errors), _OTHER)
        return Signature(state="failed", why=f"its signature does not hold: {why}")
    good = _GOOD.search(done.output.decode("utf-8", "replace"))
    return Signature(state="verified", key=good[1] if good else None)
