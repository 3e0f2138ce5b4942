# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Every file of a repository, without leaving it: no link is followed, no submodule entered."""

import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from scanner.dependencies.tables import tables
from scanner.model.release import Unread

MAX_DEPTH = 64
"""Levels of folders."""

MAX_COMMITTED = 1_024
"""Levels of what is committed, whose paths are no longer than that."""

MAX_FILES = 1_000_000

Stamp = tuple[int, int, int, int]
"""Size in bytes, modification and change in nanoseconds, inode."""


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """One file as it lies on disk."""

    path: str
    stamp: Stamp


def walk(root: Path, skip: Sequence[str], *, whole: bool = False) -> Iterator[Seen | Unread]:  # noqa: C901  one loop over folders and what is in them
    """Yield the files below a folder, and what was not looked at.

    Args:
        root: Of the repository.
        skip: Patterns over paths below it.
        whole: Whether folders that usually hold environments and caches are looked into as well: what is
            committed is no such thing, whatever its name.
    """
    files = tables().files
    skipped = frozenset() if whole else files.skipped
    waiting: list[tuple[str, int]] = [("", 0)]
    count = 0
    while waiting:
        place, depth = waiting.pop()
        if depth > (MAX_COMMITTED if whole else MAX_DEPTH):
            yield Unread(path=place, reason=f"more than {MAX_DEPTH} levels deep")
            continue
        try:
            with os.scandir(root / place) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Unread(path=place or ".", reason=f"the folder cannot be read: {error.strerror}")
            continue
        if place and any(entry.name == ".git" for entry in listed):
            yield Unread(
                path=place, reason="a repository of its own (submodule); not looked into", matters=False
            )
            continue
        for entry in listed:
            path = f"{place}/{entry.name}" if place else entry.name
            if skip and any(fnmatchcase(path, one) for one in skip):
                yield Unread(path=path, reason="skipped, as the configuration says", matters=False)
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                yield Unread(path=path, reason=f"cannot be read: {error.strerror}")
                continue
            if stat.S_ISDIR(status.st_mode):
                if entry.name not in skipped:
                    waiting.append((path, depth + 1))
            elif stat.S_ISLNK(status.st_mode):
                yield Unread(path=path, reason="a link; not followed", matters=False)
            elif stat.S_ISREG(status.st_mode):
                count += 1
                if count > MAX_FILES:
                    yield Unread(
                        path=path, reason=f"more than {MAX_FILES:,} files; the rest was not looked at"
                    )
                    return
                yield Seen(path, (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
