# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The keys of a GGUF file: a bounded walk that skips arrays without building them.

The ``gguf`` package hangs on a file of fifty bytes that states an array of 2**40 entries; here every
count is held against the bytes that are left. See the GGUF specification in ggml's ``docs/gguf.md``.
"""

import os
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

from scanner.guarded.files import digest_of, opened
from scanner.guarded.refused import Refused
from scanner.model.base import Value

MAGIC = b"GGUF"
VERSIONS = (1, 2, 3)
MAX_KEYS = 100_000
"""Key-value pairs; real files have below 100."""

MAX_STRING = 1_000_000
"""Bytes of a text that is kept; longer ones are skipped with a problem."""

MAX_KEY = 65_535
"""Bytes of a key, by the specification."""

MAX_KEPT_ITEMS = 1_000
"""Texts of an array that are kept; vocabularies are skipped."""

MAX_KEPT = 16_000_000
"""Bytes of all texts of one file that are kept."""

MAX_TEXTS = 10_000_000
"""Texts of all arrays of one file; the largest vocabularies and their merges are below one million."""

PIECE = 1 << 20
"""Bytes that are read at once where texts are skipped."""

MAX_DIGESTED = 100_000_000
"""Bytes of keys that are digested; the largest vocabularies need about ten million."""

STRING, ARRAY = 8, 9
FIXED = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
"""Value types of fixed size, with their struct letters."""

Scalar = str | int | float | bool


class GgufHeader(Value, frozen=True, kw_only=True):
    """What the keys of one file say."""

    version: int
    tensors: int
    pairs: tuple[tuple[str, Scalar | tuple[str, ...] | None], ...]
    """In the order of the file; a duplicate key stands twice. None: skipped or no plain value."""

    sha256: str
    """Hex digest of the bytes from the start to the end of the keys, at most :data:`MAX_DIGESTED`."""

    length: int
    """Bytes from the start to the end of the keys."""

    problems: tuple[str, ...]

    short: bool = False
    """Whether the bytes that are here end before the keys do; that is no fault of the file."""


def read_header(path: Path, stated: int | None = None) -> GgufHeader:
    """Read the keys of a GGUF file.

    Args:
        path: The file, or its beginning.
        stated: Bytes of the whole file, where only its beginning is here.

    Raises:
        Refused: it is no GGUF file, or not one key can be believed.
    """
    with opened(path) as (handle, here):
        return _Walk(handle, here, here if stated is None else stated).header(handle)


def parse_header(data: bytes, size: int) -> GgufHeader:
    """Read the keys in the first bytes of a file of ``size`` bytes.

    Raises:
        Refused: it is no GGUF file, or not one key can be believed.
    """
    handle = BytesIO(data)
    return _Walk(handle, len(data), size).header(handle)


class _Walk:
    """One walk over the keys, never past the end of the file."""

    def __init__(self, handle: BinaryIO, here: int, size: int) -> None:
        self._handle = handle
        self._here, self._left = here, size
        self._part = here < size
        self._short = False
        self._kept = self._texts = 0
        self._order: Literal["<", ">"] = "<"
        self._wide = True
        self._problems: list[str] = []

    def header(self, handle: BinaryIO) -> GgufHeader:
        version, tensors, count = self._opening()
        pairs: list[tuple[str, Scalar | tuple[str, ...] | None]] = []
        try:
            for _ in range(count):
                pairs.append(self._pair())  # noqa: PERF401  what was read before a refusal stays
        except Refused as refused:
            if not self._short:
                self._problems.append(f"after {len(pairs)} of {count} keys: {refused.reason}")
        self._check(pairs)
        end = handle.tell()
        handle.seek(0)
        return GgufHeader(
            version=version,
            tensors=tensors,
            pairs=tuple(pairs),
            sha256=digest_of(handle, min(end, MAX_DIGESTED)),
            length=min(end, self._here),
            problems=tuple(self._problems),
            short=self._short or (self._part and end > self._here),
        )

    def _opening(self) -> tuple[int, int, int]:
        if self._take(4) != MAGIC:
            raise Refused("is no GGUF file")
        raw = self._take(4)
        version = int.from_bytes(raw, "little")
        if version not in VERSIONS and int.from_bytes(raw, "big") in VERSIONS:
            self._order, version = ">", int.from_bytes(raw, "big")
        if version not in VERSIONS:
            raise Refused(f"states GGUF version {version}")
        self._wide = version > 1
        tensors, count = self._length(), self._length()
        if count > MAX_KEYS or tensors > self._left:
            raise Refused(f"states {count:,} keys and {tensors:,} tensors in {self._left:,} bytes")
        return version, tensors, count

    def _pair(self) -> tuple[str, Scalar | tuple[str, ...] | None]:
        length = self._length()
        if not 0 < length <= MAX_KEY:
            raise Refused(f"a key of {length:,} bytes")
        key = self._take(length).decode("utf-8", "replace")
        kind = self._number("I")
        return key, self._value(key, int(kind))

    def _value(self, key: str, kind: int) -> Scalar | tuple[str, ...] | None:
        if kind in FIXED:
            return self._number(FIXED[kind])
        if kind == STRING:
            return self._string(key)
        if kind == ARRAY:
            return self._array(key)
        raise Refused(f"the key {key[:80]!r} has the unknown type {kind}")

    def _string(self, key: str) -> str | None:
        length = self._length()
        if length > self._left:
            raise Refused(f"the text of {key[:80]!r} is longer than the file")
        if length > MAX_STRING or self._kept + length > MAX_KEPT:
            self._skip(length)
            self._problems.append(f"the text of {key[:80]!r} has {length:,} bytes and was skipped")
            return None
        self._kept += length
        return self._take(length).decode("utf-8", "replace")

    def _array(self, key: str) -> tuple[str, ...] | None:
        kind, count = int(self._number("I")), self._length()
        if kind in FIXED:
            self._skip(count * struct.calcsize("=" + FIXED[kind]))
            return None
        if kind != STRING:
            raise Refused(f"the key {key[:80]!r} holds an array of type {kind}")
        if count > self._left // (8 if self._wide else 4):
            raise Refused(f"the key {key[:80]!r} states {count:,} texts in {self._left:,} bytes")
        self._texts += count
        if self._texts > MAX_TEXTS:
            raise Refused(f"the key {key[:80]!r} brings it to more than {MAX_TEXTS:,} texts in arrays")
        if count <= MAX_KEPT_ITEMS:
            return tuple(text for text in (self._string(key) for _ in range(count)) if text is not None)
        self._skip_texts(count)
        return None

    def _skip_texts(self, count: int) -> None:
        """Pass over texts, a piece of the file at a time: vocabularies are long."""
        number = struct.Struct(self._order + ("Q" if self._wide else "I"))
        piece, place = b"", 0
        for _ in range(count):
            if place + number.size > len(piece):
                self._handle.seek(place - len(piece), os.SEEK_CUR)
                piece, place = self._handle.read(PIECE), 0
            if len(piece) < number.size:
                raise self._ended()
            taken = number.size + number.unpack_from(piece, place)[0]
            if taken > self._left:
                raise Refused("the file ends too soon")
            place += taken
            self._left -= taken
        self._handle.seek(place - len(piece), os.SEEK_CUR)

    def _check(self, pairs: list[tuple[str, Scalar | tuple[str, ...] | None]]) -> None:
        seen: set[str] = set()
        for key, value in pairs:
            if key in seen:
                self._problems.append(f"the key {key[:80]!r} stands twice")
            seen.add(key)
            if key == "general.alignment" and not _power_of_two(value):
                self._problems.append(f"an alignment of {value!r}")

    def _length(self) -> int:
        return int(self._number("Q" if self._wide else "I"))

    def _number(self, letter: str) -> int | float | bool:
        form = self._order + letter
        value: int | float | bool = struct.unpack(form, self._take(struct.calcsize(form)))[0]
        return value

    def _take(self, count: int) -> bytes:
        if count > self._left:
            raise Refused("the file ends too soon")
        data = self._handle.read(count)
        if len(data) != count:
            raise self._ended()
        self._left -= count
        return data

    def _ended(self) -> Refused:
        """Return the refusal for bytes that are not there, or not here."""
        self._short = self._part
        return Refused("the file ends too soon" if not self._part else "only its beginning is here")

    def _skip(self, count: int) -> None:
        if count > self._left:
            raise Refused("the file ends too soon")
        self._handle.seek(count, 1)
        self._left -= count


def _power_of_two(value: object) -> bool:
    return type(value) is int and value > 0 and value & (value - 1) == 0


def texts(header: GgufHeader) -> Iterator[tuple[str, str]]:
    """Yield the keys whose value is a text, or one key for each text of an array."""
    for key, value in header.pairs:
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, tuple):
            for item in value:
                yield key, item
