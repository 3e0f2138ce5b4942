# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A source repository to the models and data sets that it names. Nothing in it is run or imported.

``find_references`` is the stage; ``look`` keeps what is needed to look at a second state of the same
repository without reading everything twice. Which calls, commands and keys name a model stands in
``rules/references/``; what is found and what is not is written in ``docs/dependencies.md``. ``git`` gives
the two states that a change lies between, ``lock`` reads and writes ``modelscan.lock``, ``group`` puts the
places of one model together.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from scanner.dependencies import cache as known
from scanner.dependencies.cache import Entry
from scanner.dependencies.reading import FileReferences
from scanner.dependencies.several import Step, read_files
from scanner.dependencies.walk import Seen, Stamp, walk
from scanner.model.reference import References
from scanner.model.release import Unread


class Looked(msgspec.Struct, frozen=True):
    """One state of a repository, file by file."""

    entries: Mapping[str, Entry]
    unread: tuple[Unread, ...]
    read: int
    """Files that were read, since nothing was known of them."""

    @property
    def references(self) -> References:
        """Everything that is named, sorted by place."""
        found = [entry.found for _, entry in sorted(self.entries.items()) if entry.found]
        unread = (*self.unread, *(one for part in found for one in part.unread))
        return References(
            references=tuple(reference for part in found for reference in part.references),
            unread=tuple(sorted(unread, key=lambda one: one.path)),
            files=len(self.entries),
            read=self.read,
        )


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
    return look(root, skip, cache, no_cache=no_cache, step=step).references


def look(  # noqa: PLR0913  the parts of one question
    root: Path,
    skip: Sequence[str] = (),
    cache: Path | None = None,
    *,
    no_cache: bool = False,
    whole: bool = False,
    step: Step | None = None,
) -> Looked:
    """Return what the files of a repository name, one by one (see ``find_references``).

    With ``whole``, folders that usually hold environments and caches are looked into as well.
    """
    seen, unread = _seen(root, skip, whole=whole)
    stamps = {one.path: one.stamp for one in seen}
    place = None if no_cache else known.place(cache or known.default_folder(), root)
    before = known.load(place) if place else {}
    wanted = [one for one in seen if not known.holds(before.get(one.path), one.stamp, stamps)]
    entries = _read(root, seen, wanted, before, step)
    if place and (wanted or len(entries) != len(before)):
        known.store(place, entries)
    return Looked(entries=entries, unread=unread, read=len(wanted))


def look_again(
    root: Path, earlier: Looked, same: Collection[str], skip: Sequence[str] = (), *, whole: bool = False
) -> Looked:
    """Return another state of a repository of which one is known.

    Args:
        root: Folder of this state.
        earlier: The state that is known.
        same: Paths whose content is the same in both.
        skip: Patterns over paths that are not looked at, as in the earlier state.
        whole: As in the earlier state.
    """
    seen, unread = _seen(root, skip, whole=whole)
    here = {one.path for one in seen}

    def holds(path: str) -> bool:
        entry = earlier.entries.get(path)
        return entry is not None and path in same and all(map(unmoved, entry.modules))

    def unmoved(module: tuple[str, Stamp | None]) -> bool:
        path, stamp = module
        return path in same if stamp is not None else path not in here

    wanted = [one for one in seen if not holds(one.path)]
    return Looked(entries=_read(root, seen, wanted, earlier.entries, None), unread=unread, read=len(wanted))


def _seen(root: Path, skip: Sequence[str], *, whole: bool) -> tuple[list[Seen], tuple[Unread, ...]]:
    found = list(walk(root, skip, whole=whole))
    seen = [one for one in found if isinstance(one, Seen)]
    return sorted(seen, key=lambda one: one.path), tuple(one for one in found if isinstance(one, Unread))


def _read(
    root: Path, seen: Sequence[Seen], wanted: Sequence[Seen], before: Mapping[str, Entry], step: Step | None
) -> dict[str, Entry]:
    """Return an entry for every file: read now where it is wanted, else as it was."""
    stamps = {one.path: one.stamp for one in seen}
    entries: dict[str, Entry] = {}
    for one, found in read_files(root, wanted, step):
        paths = sorted({path for paths in found.modules for path in paths})
        modules = tuple((path, stamps.get(path)) for path in paths)
        entries[one.path] = Entry(one.stamp, found if found != FileReferences() else None, modules)
    if step:
        step(len(wanted), len(wanted))
    return {one.path: entries.get(one.path) or before[one.path] for one in seen}


__all__ = ["Looked", "Step", "find_references", "look", "look_again"]
