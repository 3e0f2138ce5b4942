# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A source repository to the models and data sets that it names. Nothing in it is run or imported.

``find_references`` is the stage. Which calls, commands and keys name a model stands in ``rules/references/``;
what is found and what is not is written in ``docs/dependencies.md``.
"""

from collections.abc import Sequence
from pathlib import Path

from scanner.dependencies import cache as known
from scanner.dependencies.cache import Entry
from scanner.dependencies.reading import FileReferences
from scanner.dependencies.several import Step, read_files
from scanner.dependencies.walk import Seen, walk
from scanner.model.reference import References
from scanner.model.release import Unread


def find_references(
    root: Path,
    skip: Sequence[str] = (),
    cache: Path | None = None,
    *,
    no_cache: bool = False,
    step: Step | None = None,
) -> References:
    """Return every place in a source repository that names a model or a data set.

    Args:
        root: Folder of the repository.
        skip: Patterns over paths below it that are not looked at (``paths.skip`` of the configuration).
        cache: Folder of the cache; default: ``modelscan`` in the user's cache folder.
        no_cache: Neither believe nor write a cache.
        step: Is told how far it is.

    Returns:
        References sorted by path and place, and what could not be read. A name that cannot be told without
        running the code is a reference whose id is None.
    """
    seen: list[Seen] = []
    unread: list[Unread] = []
    for one in walk(root, skip):
        (seen if isinstance(one, Seen) else unread).append(one)  # type: ignore[arg-type]
    seen.sort(key=lambda one: one.path)
    stamps = {one.path: one.stamp for one in seen}
    place = None if no_cache else known.place(cache or known.default_folder(), root)
    before = known.load(place) if place else {}
    entries: dict[str, Entry] = {}
    wanted = [one for one in seen if not known.holds(before.get(one.path), one.stamp, stamps)]
    for one, found in read_files(root, wanted, step):
        paths = sorted({path for paths in found.modules for path in paths})
        modules = tuple((path, stamps.get(path)) for path in paths)
        entries[one.path] = Entry(one.stamp, found if found != FileReferences() else None, modules)
    read = len(wanted)
    entries = {one.path: entries.get(one.path) or before[one.path] for one in seen}
    if place and (read or len(entries) != len(before)):
        known.store(place, entries)
    if step:
        step(read, read)
    results = [entry.found for entry in entries.values() if entry.found]
    return References(
        references=tuple(reference for found in results for reference in found.references),
        unread=tuple(
            sorted((*unread, *(one for found in results for one in found.unread)), key=lambda one: one.path)
        ),
        files=len(seen),
        read=read,
    )


__all__ = ["Step", "find_references"]
