# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The folder of the sign-offs: ``signoffs/<release>/<digest>.json``, and the signature beside each.

One decision is one file, named after its own digest: two that are made at once lie beside each other, and
an edited one does not fit its name. What is read comes as bytes, so that it may lie on a disk or in a commit.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from scanner.guarded.files import read_bounded
from scanner.guarded.refused import Refused
from scanner.model.signoff import Recorded, Statement
from scanner.signoff.statement import MAX_BYTES, digest, encoded, read_statement

FOLDER = "signoffs"
SIGNERS = "allowed_signers"
ENDING = ".sig"
"""What ``ssh-keygen -Y sign`` puts behind the name of a file."""

MAX_FILES = 100_000
MAX_SIGNATURE = 100_000
MAX_SIGNERS = 4_000_000
"""Bytes."""

_SHORT = 16
"""Hex digits of a digest in a name."""

_LONGEST = 80
"""Characters of a folder's name."""

Stored = Mapping[str, bytes | Refused]
"""Files below the folder of the sign-offs: POSIX path to bytes, or to why they were not read."""


def slug(name: str) -> str:
    """Return the folder for the sign-offs of a release; the statement itself says which release it is for.

    >>> slug("org/name-7B"), slug("../../etc"), slug("模型")
    ('org--name-7B', 'etc', 'release')
    """
    plain = re.sub(r"[^A-Za-z0-9._/-]+", "-", name).replace("/", "--")
    return plain.strip("-.")[:_LONGEST].rstrip("-.") or "release"


def place(statement: Statement) -> str:
    """Return where a statement is kept, below the folder of the sign-offs."""
    return f"{slug(statement.predicate.content.name)}/{digest(encoded(statement))[:_SHORT]}.json"


def collect(stored: Stored) -> tuple[Recorded, ...]:
    """Return every statement of the store, or why it is not believed, in the order of their paths."""
    return tuple(
        _recorded(path, data, stored.get(path + ENDING))
        for path, data in sorted(stored.items())
        if path.endswith(".json")
    )


def _recorded(path: str, data: bytes | Refused, signature: bytes | Refused | None) -> Recorded:
    if isinstance(data, Refused):
        return Recorded(path=path, digest="", problem=data.reason)
    name = digest(data)
    try:
        statement = read_statement(data)
    except Refused as refused:
        return Recorded(path=path, digest=name, problem=refused.reason)
    problem = None
    if path.rpartition("/")[0] != slug(statement.predicate.content.name):
        problem = f"it lies in the folder of another release than {statement.predicate.content.name}"
    elif path.rpartition("/")[2] != f"{name[:_SHORT]}.json":
        problem = "its name is not the digest of what it says: it was edited, or renamed"
    elif isinstance(signature, Refused):
        problem = f"its signature {signature.reason}"
    elif signature is not None and len(signature) > MAX_SIGNATURE:
        problem = f"its signature is larger than {MAX_SIGNATURE:,} bytes"
    return Recorded(
        path=path,
        digest=name,
        statement=statement,
        problem=problem,
        data=data,
        signature=None if isinstance(signature, Refused) else signature,
    )


def on_disk(folder: Path) -> Stored:
    """Return the files of a ``.modelscan`` folder on the disk; none where there is no such folder.

    Raises:
        Refused: there are more than anybody decided.
    """
    return dict(_files(folder / FOLDER))


def _files(folder: Path) -> Iterator[tuple[str, bytes | Refused]]:
    for number, path in enumerate(sorted(folder.glob("*/*.json*"))):
        name = path.relative_to(folder).as_posix()
        if number >= MAX_FILES:
            raise Refused(f"holds more than {MAX_FILES:,} files")
        if not name.endswith((".json", f".json{ENDING}")):
            continue
        try:
            yield name, read_bounded(path, MAX_SIGNATURE if name.endswith(ENDING) else MAX_BYTES)
        except Refused as refused:
            yield name, refused


def signers_on_disk(folder: Path) -> bytes | None:
    """Return the file of those who may sign; None where there is none.

    Raises:
        Refused: it is there and cannot be read.
    """
    path = folder / SIGNERS
    return read_bounded(path, MAX_SIGNERS) if path.exists() else None
