# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The mark of a folder that holds a bundle: which files were written, by their digests."""

from collections.abc import Mapping

import msgspec

from scanner.guarded.files import digest
from scanner.model.base import Value

MARK = ".modelscan-notices.json"
"""Name of the file."""

MARK_LIMIT = 4_000_000
"""Bytes of it."""

_FORMAT = "modelscan notices 1"


class _Mark(Value, frozen=True, kw_only=True):
    format: str
    files: dict[str, str]
    """Hex sha256 by name."""


def mark_of(files: Mapping[str, bytes]) -> bytes:
    """Return the mark for files of these names."""
    mark = _Mark(format=_FORMAT, files={name: digest(data) for name, data in sorted(files.items())})
    return msgspec.json.format(msgspec.json.encode(mark), indent=2) + b"\n"


def marked(data: bytes) -> Mapping[str, str] | None:
    """Return the digests by name that a mark holds; None: it is no mark of ours."""
    try:
        found = msgspec.json.decode(data, type=_Mark)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return found.files if found.format == _FORMAT else None
