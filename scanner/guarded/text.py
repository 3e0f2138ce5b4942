# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Bytes to text: UTF-8, UTF-16 and, where neither fits, Windows-1252."""

import codecs
import re

from scanner.model.base import Value

SAMPLE = 4096
"""Bytes that are looked at to tell UTF-16 without a mark, and binary content."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Characters that no text has, apart from white space and the escape of coloured output."""


class Decoded(Value, frozen=True, kw_only=True):
    """A text and how it was read."""

    text: str
    encoding: str
    problems: tuple[str, ...] = ()
    """What a reader must know: bytes that did not fit, NUL characters."""

    binary: bool = False
    """True when this is no text at all."""


def decode(data: bytes, *, cut: bool = False) -> Decoded:
    """Return the text in some bytes; never fails.

    Args:
        data: A file, or its beginning.
        cut: The bytes may end within a character, which is then left out.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            body = data[len(mark) :]
            return _strict(body, encoding, cut=cut) or _lossy(body, encoding)
    guess = _utf16_without_mark(data[:SAMPLE])
    if guess:
        return _strict(data, guess, cut=cut) or _lossy(data, guess)
    return _strict(data, "utf-8", cut=cut) or _western(data)


def _strict(data: bytes, encoding: str, *, cut: bool) -> Decoded | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        return _described(decoder.decode(data, final=not cut), encoding)
    except UnicodeDecodeError:
        return None


def _lossy(data: bytes, encoding: str) -> Decoded:
    decoded = _described(data.decode(encoding, "replace"), encoding)
    return Decoded(
        text=decoded.text,
        encoding=encoding,
        problems=(*decoded.problems, f"bytes that are no {encoding}"),
        binary=decoded.binary,
    )


def _western(data: bytes) -> Decoded:
    return _strict(data, "cp1252", cut=False) or _described(data.decode("latin-1"), "latin-1")


def _described(text: str, encoding: str) -> Decoded:
    nul = text.count("\0")
    sample = text[:SAMPLE]
    control = len(_CONTROL.findall(sample))
    return Decoded(
        text=text,
        encoding=encoding,
        problems=(f"{nul} NUL characters",) if nul else (),
        binary=bool(sample) and control * 20 > len(sample),
    )


def _utf16_without_mark(sample: bytes) -> str | None:
    """Tell UTF-16 by the zero bytes that Latin letters leave on one side only."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half < 8:  # noqa: PLR2004  too little to tell
        return None
    if odd * 10 > half * 7 and even * 10 < half:
        return "utf-16-le"
    if even * 10 > half * 7 and odd * 10 < half:
        return "utf-16-be"
    return None
