# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Every folder below a path, without leaving it.

Links to files are followed only to places below the scanned path, or from a Hub cache snapshot into
its own blobs; links to folders never, so loops end by themselves. What is not followed is returned
with the reason.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from scanner.model.base import Value
from scanner.model.release import Unread

MAX_DEPTH = 64
"""Levels of folders."""

MAX_FILES = 2_000_000
"""Files below one path."""

SKIPPED = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".ipynb_checkpoints", ".no_exist"}
)
"""Folders that hold no release: version control, environments, caches of other tools."""


class Found(Value, frozen=True, kw_only=True):
    """One file as it lies on disk."""

    name: str
    size: int
    target: str | None = None
    """Absolute path that a link leads to; None for a plain file."""


class Folder(Value, frozen=True, kw_only=True):
    """One folder with what is directly in it."""

    path: str
    """POSIX path relative to the scanned path; ``.`` for itself."""

    root: str
    """Absolute path of this folder."""

    files: tuple[Found, ...]
    folders: tuple[str, ...]
    """Names of the folders in it that were walked."""

    unread: tuple[Unread, ...] = ()
    """Entries that were not followed, by path relative to this folder."""

    def has(self, name: str) -> bool:
        """Whether a file of this name is directly in it."""
        return any(found.name == name for found in self.files)


def walk(top: Path, skip: Sequence[str] = ()) -> tuple[Folder, ...]:
    """Return every folder below ``top``, itself first, in the order of their paths.

    Args:
        top: The scanned folder.
        skip: Patterns over paths below it that the user does not want looked at.
    """
    real = Path(os.path.realpath(top))
    return tuple(sorted(_walk(real, skip), key=lambda folder: folder.path))


def look(place: Path) -> Folder:
    """Return one folder with what is directly in it, without going any deeper."""
    real = Path(os.path.realpath(place))
    return _look(real, ".", real)


def _walk(top: Path, skip: Sequence[str]) -> Iterator[Folder]:
    waiting = [(top, ".", 0)]
    files = 0
    while waiting:
        place, path, depth = waiting.pop()
        folder = without(_look(place, path, top), skip)
        files += len(folder.files)
        if depth >= MAX_DEPTH or files > MAX_FILES:
            reason = (
                f"more than {MAX_DEPTH} levels deep"
                if depth >= MAX_DEPTH
                else f"more than {MAX_FILES:,} files"
            )
            yield _closed(folder, reason)
            continue
        yield folder
        waiting += [(place / name, _below(path, name), depth + 1) for name in folder.folders]


def without(folder: Folder, skip: Sequence[str]) -> Folder:
    """Leave out what the user does not want looked at, and say so."""
    names = (*folder.folders, *(found.name for found in folder.files))
    skipped = {name for name in names if any(fnmatchcase(_below(folder.path, name), one) for one in skip)}
    if not skipped:
        return folder
    reason = "skipped, as the configuration says"
    return Folder(
        path=folder.path,
        root=folder.root,
        files=tuple(found for found in folder.files if found.name not in skipped),
        folders=tuple(name for name in folder.folders if name not in skipped),
        unread=(
            *folder.unread,
            *(Unread(path=name, reason=reason, matters=False) for name in sorted(skipped)),
        ),
    )


def _closed(folder: Folder, reason: str) -> Folder:
    unread = Unread(path=".", reason=f"not looked at any further: {reason}")
    return Folder(
        path=folder.path, root=folder.root, files=folder.files, folders=(), unread=(*folder.unread, unread)
    )


def _below(path: str, name: str) -> str:
    return name if path == "." else f"{path}/{name}"


def _look(place: Path, path: str, top: Path) -> Folder:
    files: list[Found] = []
    folders: list[str] = []
    unread: list[Unread] = []
    try:
        entries = sorted(os.scandir(place), key=lambda entry: entry.name)
    except OSError as error:
        entries = []
        unread.append(Unread(path=".", reason=f"the folder cannot be read: {error.strerror}"))
    for entry in entries:
        seen = _entry(entry, top)
        if isinstance(seen, Found):
            files.append(seen)
        elif isinstance(seen, Unread):
            unread.append(seen)
        elif seen:
            folders.append(entry.name)
    return Folder(
        path=path, root=str(place), files=tuple(files), folders=tuple(folders), unread=tuple(unread)
    )


def _entry(entry: "os.DirEntry[str]", top: Path) -> Found | Unread | bool:
    """Return a file, a reason, or whether it is a folder to walk."""
    shown = entry.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if shown != entry.name:
        return Unread(path=shown, reason="its name is no UTF-8")
    try:
        if entry.is_symlink():
            return _link(entry, top)
        if entry.is_dir(follow_symlinks=False):
            return entry.name not in SKIPPED
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Unread(path=entry.name, reason=f"cannot be read: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return Unread(path=entry.name, reason="is no regular file")
    return Found(name=entry.name, size=status.st_size)


def _link(entry: "os.DirEntry[str]", top: Path) -> Found | Unread:
    target = Path(os.path.realpath(entry.path))
    inside = target.is_relative_to(top)
    if target.is_dir():
        where = "to another folder of the tree" if inside else "that leaves the scanned folder"
        return Unread(path=entry.name, reason=f"is a link {where}; links to folders are not followed")
    if not inside and not _own_blob(Path(entry.path), target):
        return Unread(path=entry.name, reason="is a link that leaves the scanned folder and was not followed")
    try:
        status = target.stat()
    except OSError:
        return Unread(path=entry.name, reason="is a link to nothing")
    if not stat.S_ISREG(status.st_mode):
        return Unread(path=entry.name, reason="is a link to no regular file")
    return Found(name=entry.name, size=status.st_size, target=str(target))


def _own_blob(link: Path, target: Path) -> bool:
    """Whether a link of a Hub cache snapshot leads into the blobs of its own repository."""
    if target.parent.name != "blobs":
        return False
    snapshots = target.parent.parent / "snapshots"
    return Path(os.path.abspath(link)).is_relative_to(snapshots)  # noqa: PTH100  links are not to be resolved
