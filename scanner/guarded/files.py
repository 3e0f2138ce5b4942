# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Reading from a disk that others write to: regular files only, never more than asked for."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from scanner.guarded.refused import Refused
from scanner.model.base import Value

MAX_DIGESTED = 2_000_000_000
"""Bytes of a file of which only the head is kept and all is digested; about one second."""


class Head(Value, frozen=True, kw_only=True):
    """The beginning of a file, or all of it."""

    data: bytes

    size: int
    """Of the whole file, in bytes."""

    sha256: str | None
    """Hex digest of the whole file; None when it is larger than :data:`MAX_DIGESTED`."""

    @property
    def whole(self) -> bool:
        """Whether nothing was left out."""
        return len(self.data) >= self.size


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Open a regular file and give it with its size in bytes.

    Raises:
        Refused: it has vanished, cannot be read, or is no regular file.
    """
    try:
        # O_NONBLOCK: opening a pipe must not wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Refused(f"cannot be read: {error.strerror}") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Refused("is no regular file")
    with os.fdopen(descriptor, "rb") as handle:
        try:
            yield handle, status.st_size
        except OSError as error:
            raise Refused(f"cannot be read: {error.strerror}") from None


def read_bounded(path: Path, limit: int) -> bytes:
    """Return a whole file of at most ``limit`` bytes.

    Raises:
        Refused: it is larger, or cannot be read.
    """
    with opened(path) as (handle, size):
        data = handle.read(limit + 1)
    if len(data) > limit:
        raise Refused(f"is larger than {limit:,} bytes ({size:,}) and was not read")
    return data


def read_head(path: Path, limit: int) -> Head:
    """Return the first ``limit`` bytes of a file, with the digest of the whole of it.

    Raises:
        Refused: it cannot be read.
    """
    with opened(path) as (handle, size):
        data = handle.read(limit)
        if len(data) < limit:
            return Head(data=data, size=len(data), sha256=digest(data))
        if size > MAX_DIGESTED:
            return Head(data=data, size=size, sha256=None)
        handle.seek(0)
        return Head(data=data, size=max(size, len(data)), sha256=digest_of(handle, size))


def digest_of(handle: BinaryIO, count: int) -> str:
    """Return the sha256, in hex, of the next ``count`` bytes, read in pieces."""
    state = hashlib.sha256()
    while count > 0:
        piece = handle.read(min(count, 1 << 20))
        if not piece:
            break
        state.update(piece)
        count -= len(piece)
    return state.hexdigest()


def digest(data: bytes) -> str:
    """Return the sha256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()
