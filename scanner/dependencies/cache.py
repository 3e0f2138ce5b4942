# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What was found before: one file of plain JSON in the user's cache folder.

An entry counts only while size, times and inode of the file, and of every module that its constants were
looked up in, are what they were; the whole file only for the same tables and the same code. It holds values,
nothing that could be run. Whoever can write there could hide a reference: a gate that must not trust it reads
without it.
"""

import os
import tempfile
from collections.abc import Mapping
from functools import cache as once
from hashlib import sha256
from pathlib import Path

import msgspec

from scanner.dependencies.reading import FileReferences
from scanner.dependencies.tables import tables
from scanner.dependencies.walk import Stamp

MAX_BYTES = 500_000_000


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What one file named."""

    stamp: Stamp
    found: FileReferences | None = None
    """None: nothing, as of most files."""

    modules: tuple[tuple[str, Stamp | None], ...] = ()
    """Paths at which modules were looked for, as they were."""


class _Stored(msgspec.Struct, frozen=True):
    version: str
    entries: dict[str, Entry]


def default_folder() -> Path:
    """Return the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "modelscan"


def place(folder: Path, root: Path) -> Path:
    """Return the file that holds what is known of a repository."""
    return folder / f"references-{sha256(os.path.realpath(root).encode()).hexdigest()[:24]}.json"


@once
def version() -> str:
    """Return the digest of the tables and of the code that reads with them."""
    state = sha256(tables().digest.encode())
    package = Path(__file__).parent
    for path in sorted(
        [
            *package.glob("*.py"),
            package.parent / "model" / "reference.py",
            *(package.parent / "guarded").glob("*.py"),
        ]
    ):
        state.update(path.read_bytes())
    return state.hexdigest()


def load(path: Path) -> dict[str, Entry]:
    """Return what is known; nothing when it was written for other tables, or is damaged."""
    try:
        if path.is_symlink() or path.stat().st_size > MAX_BYTES:
            return {}
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
    except (OSError, msgspec.DecodeError, RecursionError):
        return {}
    return stored.entries if stored.version == version() else {}


def store(path: Path, entries: dict[str, Entry]) -> None:
    """Write what is known, whole or not at all; a folder that cannot be written is no error."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".references-")
        try:
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(msgspec.json.encode(_Stored(version=version(), entries=entries)))
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return


def holds(entry: Entry | None, stamp: Stamp, stamps: Mapping[str, Stamp]) -> bool:
    """Tell whether an entry is of the file as it is now, and of the modules as they are now."""
    return (
        entry is not None
        and entry.stamp == stamp
        and all(stamps.get(path) == known for path, known in entry.modules)
    )
