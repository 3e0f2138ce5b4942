# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Reading many files, on several processors where there are enough files."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from scanner.dependencies.reading import FileReferences, Reader
from scanner.dependencies.walk import Seen

Step = Callable[[int, int], None]
"""Is told how many files of how many were read."""

FEW = 3_000
"""Files that are read faster than processes start."""

PIECE = 250
"""Files that a process is given at once."""

MOST = 8
"""Processes."""


def read_files(
    root: Path, wanted: Sequence[Seen], step: Step | None
) -> Iterator[tuple[Seen, FileReferences]]:
    """Yield each file with what it names, in their order."""
    pieces = [wanted[begin : begin + PIECE] for begin in range(0, len(wanted), PIECE)]
    done = 0
    for piece, found in zip(pieces, _read(root, pieces, len(wanted)), strict=True):
        yield from zip(piece, found, strict=True)
        done += len(piece)
        if step:
            step(done, len(wanted))


def _read(root: Path, pieces: Sequence[Sequence[Seen]], count: int) -> Iterator[list[FileReferences]]:
    processes = min(MOST, os.cpu_count() or 1)
    if count < FEW or processes == 1 or "fork" not in multiprocessing.get_all_start_methods():
        reader = Reader(root)
        yield from (_piece(reader, piece) for piece in pieces)
        return
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap(partial(_piece, Reader(root)), pieces)


def _piece(reader: Reader, piece: Sequence[Seen]) -> list[FileReferences]:
    return [reader.read(one.path, one.stamp[0]) for one in piece]
