# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The places of one model put together."""

import posixpath
from collections.abc import Iterable
from pathlib import PurePosixPath

import msgspec

from scanner.model.gate import Dependency
from scanner.model.reference import Reference

LOCAL = "local:"


def grouped(references: Iterable[Reference], files: Iterable[str] = ()) -> tuple[Dependency, ...]:
    """Return every model and data set once for each revision that is written, sorted by name.

    Args:
        references: Every place that names one.
        files: Paths of the repository: a path in the code is looked for among them, from the file that names
            it and from the top.
    """
    known = _with_folders(files)
    found: dict[tuple[str, str, str], list[Reference]] = {}
    for reference in references:
        placed = _placed(reference, known)
        name = placed.id.casefold() if placed.id else f"\0{placed.expression}"
        key = (placed.kind.value, name, placed.revision or "")
        found.setdefault(key, []).append(placed)
    return tuple(
        Dependency(kind=ones[0].kind, id=ones[0].id, revision=ones[0].revision, references=tuple(ones))
        for _, ones in sorted(found.items())
    )


def _with_folders(files: Iterable[str]) -> frozenset[str]:
    every = set(files)
    return frozenset(every | {parent.as_posix() for path in every for parent in PurePosixPath(path).parents})


def _placed(reference: Reference, known: frozenset[str]) -> Reference:
    """Return a reference to a path with the path as it is called from the top of the repository."""
    if reference.id is None or not reference.id.startswith(LOCAL):
        return reference
    written = reference.id.removeprefix(LOCAL)
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(reference.path), written))
    above = posixpath.normpath(written)
    place = next((path for path in (beside, above) if path in known), above)
    return msgspec.structs.replace(reference, id=f"{LOCAL}{place}")
