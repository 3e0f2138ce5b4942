# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The metadata of an ONNX file: a walk over its outermost fields that passes over the graph.

An ONNX file is one Protocol Buffers message, ``ModelProto`` in ``onnx/onnx.proto``. Every field states its
length, so that gigabytes of graph are one seek; every length is held against the bytes that are left.
"""

from collections import Counter
from collections.abc import Iterator
from io import SEEK_CUR, BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from scanner.guarded.files import digest, opened
from scanner.guarded.refused import Refused
from scanner.model.base import Value

GRAPH, METADATA = 7, 14
TEXTS = {2: "producer_name", 3: "producer_version", 4: "domain", 6: "doc_string"}
"""Fields of ``ModelProto`` by number."""

MAX_FIELDS = 100_000
"""Outermost fields; real files have one graph, a few operator sets, some metadata, some functions."""

MAX_TEXT = 1_000_000
"""Bytes of a text that is kept; longer ones are skipped with a problem."""

MAX_KEPT = 16_000_000
"""Bytes of all texts of one file that are kept."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
"""Wire types; the others are groups, which no ONNX file has."""

_SIZES = {FIXED64: 8, FIXED32: 4}


class OnnxHeader(Value, frozen=True, kw_only=True):
    """What one file says of itself."""

    pairs: tuple[tuple[str, str], ...]
    """``producer_name``, ``doc_string`` ... and the entries of ``metadata_props``, in order of the file."""

    sha256: str
    """Hex digest of the bytes of these texts, one after another."""

    length: int
    """Bytes of these texts."""

    problems: tuple[str, ...]


class _Field(NamedTuple):
    number: int
    size: int
    """Bytes of its value, still to be read."""


def read_header(path: Path) -> OnnxHeader:
    """Read the texts of an ONNX file.

    Raises:
        Refused: it is no ONNX file, or cannot be read.
    """
    with opened(path) as (handle, size):
        return _header(handle, size)


def _header(handle: BinaryIO, size: int) -> OnnxHeader:
    pairs: list[tuple[str, str]] = []
    kept: list[bytes] = []
    problems: list[str] = []
    seen: set[int] = set()
    room = MAX_KEPT
    try:
        for field in _fields(handle, size):
            seen.add(field.number)
            if field.number not in TEXTS and field.number != METADATA:
                handle.seek(field.size, SEEK_CUR)
            elif field.size > min(MAX_TEXT, room):
                handle.seek(field.size, SEEK_CUR)
                problems.append(f"a text of {field.size:,} bytes was skipped")
            else:
                room -= field.size
                kept.append(handle.read(field.size))
                pairs.append(_pair(field.number, kept[-1]))
    except Refused as refused:
        problems.append(f"after {len(pairs)} texts: {refused.reason}")
    if GRAPH not in seen:
        raise Refused("is no ONNX file: it states no graph")
    times = Counter(key for key, _ in pairs)
    problems += [f"the key {key[:80]!r} stands twice" for key, number in times.items() if number > 1]
    data = b"".join(kept)
    return OnnxHeader(pairs=tuple(pairs), sha256=digest(data), length=len(data), problems=tuple(problems))


def _pair(number: int, data: bytes) -> tuple[str, str]:
    """Return a text with its name; an entry of ``metadata_props`` holds both (``StringStringEntryProto``)."""
    if number in TEXTS:
        return TEXTS[number], data.decode("utf-8", "replace")
    entry = BytesIO(data)
    parts = {field.number: entry.read(field.size) for field in _fields(entry, len(data))}
    return parts.get(1, b"").decode("utf-8", "replace"), parts.get(2, b"").decode("utf-8", "replace")


def _fields(handle: BinaryIO, size: int) -> Iterator[_Field]:
    """Yield the fields of a message; whoever asks for the next has read or passed over the value.

    Raises:
        Refused: the bytes are no message, or end too soon.
    """
    for _ in range(MAX_FIELDS):
        if handle.tell() >= size:
            return
        tag = _varint(handle)
        number, wire = tag >> 3, tag & 7
        if number == 0 or wire not in {VARINT, BYTES, *_SIZES}:
            raise Refused("it is no message of Protocol Buffers")
        length = _SIZES.get(wire) or _varint(handle)
        if wire == VARINT:  # the number that was read is the value itself
            length = 0
        if length > size - handle.tell():
            raise Refused("the file ends too soon")
        yield _Field(number, length)
    raise Refused(f"more than {MAX_FIELDS:,} fields")


def _varint(handle: BinaryIO) -> int:
    """Read a number of at most ten bytes, seven bits in each."""
    number = 0
    for shift in range(0, 70, 7):
        byte = handle.read(1)
        if not byte:
            raise Refused("the file ends too soon")
        number |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:  # noqa: PLR2004  the last byte has no high bit
            return number
    raise Refused("a number of more than ten bytes")
