# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Other programs of the user, by name and with fixed arguments: no shell, a bound on time and output."""

import os
import shutil
import subprocess
from collections.abc import Sequence

from scanner.guarded.refused import Refused
from scanner.model.base import Value

LIMIT = 1_000_000
"""Bytes of an answer that are kept."""

SECONDS = 30


class Ran(Value, frozen=True, kw_only=True):
    """What a program answered."""

    code: int
    output: bytes
    errors: str


def run(
    program: str,
    arguments: Sequence[str],
    *,
    given: bytes = b"",
    seconds: float = SECONDS,
    talks: bool = False,
) -> Ran:
    """Run a program in the C locale and UTC, and return what it answered.

    Args:
        program: Its name; it is looked for where the user's shell would.
        arguments: Handed over one by one.
        given: Its standard input.
        seconds: It is ended after these.
        talks: Whether its messages go to the user, who may have to type a passphrase or touch a key.

    Raises:
        Refused: it is not installed, cannot be run, or takes too long.
    """
    found = shutil.which(program)
    if found is None:
        raise Refused(f"{program} is not installed")
    try:
        done = subprocess.run(  # noqa: S603  a program by name, its arguments apart
            [found, *arguments],
            input=given,
            stdout=subprocess.PIPE,
            stderr=None if talks else subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"{program} did not end within {seconds:g} seconds") from None
    except (OSError, ValueError) as error:
        raise Refused(f"{program} cannot be run: {error}") from None
    errors = (done.stderr or b"")[:LIMIT].decode("utf-8", "replace")
    return Ran(code=done.returncode, output=done.stdout[:LIMIT], errors=errors)
