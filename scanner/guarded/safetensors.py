# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The header of a safetensors file: 8 + N bytes, and never the tensors.

Stricter than the library, which accepts a duplicate tensor name or metadata key and keeps the last:
two ``license`` keys are a finding. Whatever the library refuses is a problem here too. See
https://huggingface.co/docs/safetensors and ``safetensors/src/tensor.rs``.
"""

import json
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import Any, TypeGuard

from scanner.guarded.files import digest, opened
from scanner.guarded.json import load_json
from scanner.guarded.refused import Refused
from scanner.model.base import Value

MAX_HEADER = 100_000_000
"""Bytes; the library's own limit."""

LENGTH_BYTES = 8
"""A little-endian whole number stands before the header."""

METADATA = "__metadata__"
LFS_MARK = b"version https://git-lfs"

BITS = {
    "BOOL": 8,
    "F4": 4,
    "F6_E2M3": 6,
    "F6_E3M2": 6,
    "U8": 8,
    "I8": 8,
    "F8_E5M2": 8,
    "F8_E4M3": 8,
    "F8_E8M0": 8,
    "F8_E4M3FNUZ": 8,
    "F8_E5M2FNUZ": 8,
    "I16": 16,
    "U16": 16,
    "F16": 16,
    "BF16": 16,
    "I32": 32,
    "U32": 32,
    "F32": 32,
    "C64": 64,
    "F64": 64,
    "I64": 64,
    "U64": 64,
}
"""Bits of one element by dtype, as the library has them."""

_SURROGATE = re.compile("[\ud800-\udfff]")

LARGEST = 2**64 - 1
"""Sizes and offsets are 64-bit in the format."""


class SafetensorsHeader(Value, frozen=True, kw_only=True):
    """What the header of one file says."""

    sha256: str
    """Hex digest of the 8 + N header bytes."""

    length: int
    """8 + N."""

    metadata: tuple[tuple[str, str], ...]
    """Keys and values of ``__metadata__`` in the order of the file; a duplicate key stands twice."""

    tensors: int
    parameters: int | None
    problems: tuple[str, ...]


def read_header(path: Path, stated: int | None = None) -> SafetensorsHeader:
    """Read the header of a safetensors file.

    Args:
        path: The file, or its beginning.
        stated: Bytes of the whole file, where only its beginning is here.

    Raises:
        Refused: there is no header that can be read at all.
    """
    with opened(path) as (handle, here):
        size = here if stated is None else stated
        first = handle.read(LENGTH_BYTES)
        if first.startswith(LFS_MARK[:LENGTH_BYTES]) and (first + handle.read(32)).startswith(LFS_MARK):
            raise Refused("is a Git LFS pointer, not weights")
        if len(first) < LENGTH_BYTES:
            raise Refused(f"is no safetensors file: {size} bytes")
        length = int.from_bytes(first, "little")
        if length > MAX_HEADER:
            raise Refused(f"states a header of {length:,} bytes; at most {MAX_HEADER:,} are allowed")
        if length > size - LENGTH_BYTES:
            raise Refused(f"states a header of {length:,} bytes and holds {size - LENGTH_BYTES:,}")
        header = handle.read(length)
    if len(header) < length:
        raise Refused(f"states a header of {length:,} bytes, of which {len(header):,} are here")
    return parse_header(first + header, size)


def parse_header(data: bytes, size: int) -> SafetensorsHeader:
    """Read header bytes.

    Args:
        data: The length field and the header.
        size: Of the whole file, in bytes.

    Raises:
        Refused: the header is no JSON object.
    """
    try:
        text = data[LENGTH_BYTES:].decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("has a header that is no UTF-8") from None
    parsed = load_json(text)
    if not isinstance(parsed.value, dict):
        raise Refused("has a header that is no JSON object")
    entries = {name: entry for name, entry in parsed.value.items() if name != METADATA}
    problems = [f"the key {_quoted(key)} stands twice" for key, _ in parsed.duplicates]
    if not text.startswith("{"):
        problems.append("the header does not begin with {")
    if "\\u" in text and _SURROGATE.search(json.dumps(parsed.value, ensure_ascii=False)):
        problems.append("a lone surrogate in the header")
    metadata, wrong = _metadata(parsed.value.get(METADATA), parsed.duplicates)
    body = size - len(data)
    problems += wrong + list(_layout(entries, body))
    return SafetensorsHeader(
        sha256=digest(data),
        length=len(data),
        metadata=metadata,
        tensors=len(entries),
        parameters=_parameters(entries.values()),
        problems=tuple(problems),
    )


def _metadata(
    value: object, duplicates: Iterable[tuple[str, Any]]
) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Return the pairs of ``__metadata__``, and what is wrong with it."""
    if value is None:
        return (), []
    if not isinstance(value, dict):
        return (), [f"{METADATA} is no object"]
    wrong = [
        f"the metadata {_quoted(key)} is no text" for key, item in value.items() if not isinstance(item, str)
    ]
    earlier = [(key, item) for key, item in duplicates if key in value and isinstance(item, str)]
    pairs = [(key, item) for key, item in value.items() if isinstance(item, str)]
    return tuple(earlier + pairs), wrong


def _layout(entries: Mapping[str, Any], body: int) -> Iterable[str]:
    """Yield what is wrong with the tensors' places: every byte of the body belongs to one tensor."""
    spans: list[tuple[int, int]] = []
    for name, entry in entries.items():
        problem = _entry_problem(entry)
        if problem:
            yield f"the tensor {_quoted(name)} {problem}"
        else:
            spans.append((entry["data_offsets"][0], entry["data_offsets"][1]))
    spans.sort()
    if spans and spans[0][0] != 0:
        yield f"a hole of {spans[0][0]} bytes before the first tensor"
    for (_, end), (begin, _) in pairwise(spans):
        if begin > end:
            yield f"a hole of {begin - end} bytes at offset {end}"
        elif begin < end:
            yield f"tensors overlap at offset {begin}"
    used = max((end for _, end in spans), default=0)
    if used > body:
        yield f"truncated: the tensors need {used:,} bytes and the file holds {body:,}"
    elif used < body:
        yield f"{body - used:,} trailing bytes after the last tensor"


def _entry_problem(entry: object) -> str | None:
    """Return what is wrong with one tensor's entry, or None."""
    if not isinstance(entry, dict):
        return "has no entry"
    dtype, shape, offsets = entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")
    if not isinstance(dtype, str) or dtype not in BITS:
        return "has an unknown dtype"
    if not _sizes(shape):
        return "has a shape that is no list of sizes"
    if not _sizes(offsets) or len(offsets) != 2 or offsets[0] > offsets[1]:  # noqa: PLR2004  begin and end
        return "has impossible offsets"
    return _size_problem(_product(shape), BITS[dtype], offsets[1] - offsets[0])


def _size_problem(elements: int, bits: int, given: int) -> str | None:
    if elements * bits > LARGEST:
        return "is larger than any memory"
    if elements * bits != given * 8:
        return f"needs {elements * bits / 8:g} bytes and is given {given}"
    return None


def _sizes(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(item) is int and 0 <= item <= LARGEST for item in value)


def _product(shape: list[int]) -> int:
    """Return the product as the library checks it: overflow counts although a later size is zero."""
    total = 1
    for size in shape:
        total *= size
        if total > LARGEST:
            return total
    return total


def _parameters(entries: Iterable[Any]) -> int | None:
    shapes = [entry.get("shape") if isinstance(entry, dict) else None for entry in entries]
    if not shapes or not all(map(_sizes, shapes)):
        return None
    return sum(prod(shape) for shape in shapes if shape is not None)


def _quoted(name: str) -> str:
    return repr(name[:80])
