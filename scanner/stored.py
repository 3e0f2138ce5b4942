# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Our own YAML files, checked once and kept as one file that is read in milliseconds.

A store holds the digest of the files that it was made from. It counts only while these are the same bytes, so
that it can never say anything else than they do; otherwise they are read themselves.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

_Kind = TypeVar("_Kind")
_DIGEST = 32
"""Bytes of a digest at the beginning of a store."""


def digest_of(base: Path, sources: Sequence[Path]) -> bytes:
    """Return the sha256 over the names below a folder and the bytes of some files."""
    state, below = hashlib.sha256(), len(base.as_posix()) + 1
    for path in sources:
        with path.open("rb", buffering=0) as handle:
            data = handle.read()
        state.update(f"{path.as_posix()[below:]}\0{len(data)}\0".encode() + data)
    return state.digest()


def stored(store: Path, digest: bytes, kind: type[_Kind], make: Callable[[], _Kind]) -> _Kind:
    """Return what was made from some files: from the store when it fits them, else made anew.

    Args:
        store: The file.
        digest: What :func:`digest_of` says of the files that ``make`` reads.
        kind: Type of what is made.
        make: Reads and checks the files.
    """
    try:
        data = store.read_bytes()
        if data[:_DIGEST] == digest:
            return msgspec.msgpack.decode(data[_DIGEST:], type=kind)
    except (OSError, msgspec.DecodeError):
        pass  # the sources are what counts
    return make()


def store_bytes(base: Path, sources: Sequence[Path], made: object) -> bytes:
    """Return the content of a store."""
    return digest_of(base, sources) + msgspec.msgpack.encode(made)
