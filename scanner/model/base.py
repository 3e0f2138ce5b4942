# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What every value of the scanner shares: frozen, keyword-only, nothing unknown accepted."""

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An immutable value that stages hand to one another.

    Collections inside a value are tuples or frozensets, paths are POSIX and relative to the
    release (or, where a field says so, to the scanned root), and everything is sorted when built:
    same input, same bytes.
    """


class Evidence(Value, frozen=True, kw_only=True):
    """Where a statement can be read (CycloneDX ``evidence``; SPDX ``hasEvidence``)."""

    path: str
    """POSIX path relative to the release root."""

    reader: str
    """The reader that found it, e.g. ``model-card`` or ``gguf-header``."""

    lines: tuple[int, int] | None = None
    """First and last line, counted from 1, in the file as it is on disk. None in binary files."""

    key: str | None = None
    """Metadata key, dotted where nested: ``license``, ``__metadata__.modelspec.license``."""

    quote: str | None = None
    """The words themselves, never reworded; a cut is marked, see :func:`excerpt`."""

    sha256: str | None = None
    """Hex digest of the bytes that were read: the whole file, or the header of a weights file."""


def excerpt(text: str, limit: int, begin: int = 0) -> str:
    """Return text of a bounded length that begins and ends with whole words; ``…`` stands for what is cut.

    Args:
        text: The words themselves.
        limit: Longest result in characters.
        begin: Where to begin, in characters; the next whole word is the first.
    """
    if begin:
        blank = text.find(" ", begin - 1)
        begin = blank + 1 if blank >= 0 else begin
    lead, rest = "… " if begin else "", text[begin:]
    if len(lead) + len(rest) <= limit:
        return lead + rest
    cut = rest[: limit - len(lead) - 2]
    whole, _, part = cut.rpartition(" ")
    return f"{lead}{whole if whole and len(part) < 40 else cut} …"  # noqa: PLR2004  no word is longer
