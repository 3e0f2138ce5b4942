# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""States of a repository from git's own objects: nothing is checked out, filtered or run.

Only plumbing that reads objects is called (``rev-parse``, ``merge-base``, ``ls-tree``, ``cat-file``). Files
are written into a folder of our own as they are stored: no link, no submodule, no attribute takes effect.
Missing objects are not fetched.
"""

import os
import posixpath
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from scanner.dependencies.reading import surface_of
from scanner.errors import NoScanError, UsageError
from scanner.model.base import Value
from scanner.model.release import Unread

MAX_WHOLE = 32_000_000
"""Bytes of one file that are written; of a longer one the beginning, and its true size."""

MAX_NAME = 1_024
"""Bytes of a path."""

_REGULAR = {"100644", "100755"}
_LINK = "120000"
_LEFT_OUT = "leave out --base to judge the files as they lie there"
_OWNED = "the folder belongs to another user: `git config --global --add safe.directory DIR`, as git says"
_SHALLOW = (
    "this clone is shallow: fetch the history (`fetch-depth: 0` in actions/checkout, elsewhere "
    "`git fetch --unshallow`)"
)


class Blob(Value, frozen=True, kw_only=True):
    """One regular file of a tree."""

    id: str
    """Name of the object: the same for the same content."""

    size: int


class Tree(Value, frozen=True, kw_only=True):
    """The files of a repository, or of a folder in it, at one commit."""

    commit: str
    blobs: Mapping[str, Blob]
    unread: tuple[Unread, ...] = ()
    """Links and submodules, which are not followed, and what no file can be made of."""

    others: Mapping[str, str] = {}
    """Of these, path to the name of the object."""


class Git:
    """One repository's objects."""

    def __init__(self, root: Path) -> None:
        """Say which folder is looked at: the top of a repository, or a part of one.

        Raises:
            UsageError: it lies in no repository, or git refuses to read it.
        """
        self.root = root
        top = self._run("rev-parse", "--show-toplevel")
        if top is None:
            raise UsageError(
                f"it lies in no git repository that can be read: {self._told}",
                source=str(root),
                advice=_OWNED if "dubious ownership" in self._told else _LEFT_OUT,
            )
        self.top = Path(top)

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names, 40 hex digits.

        Raises:
            NoScanError: there is none here.
        """
        found = self._run("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        if found is not None and "is ambiguous" in self._told:
            raise NoScanError(
                f"{revision!r} names more than one thing in this clone",
                source=str(self.root),
                advice="name it in full, as refs/remotes/origin/main or refs/heads/main, or name the commit",
            )
        if found is None:
            raise NoScanError(
                f"there is no commit {revision!r} in this clone",
                source=str(self.root),
                advice=self._deepen() or "name a branch, a tag or a commit that `git log` knows",
            )
        return found

    def merge_base(self, one: str, other: str) -> str:
        """Return the commit that two commits grew from.

        Raises:
            NoScanError: they have none in common here.
        """
        found = self._run("merge-base", one, other)
        if found is None:
            raise NoScanError(
                f"commits {one[:12]} and {other[:12]} have no common history in this clone",
                source=str(self.root),
                advice=self._deepen() or "name a base that this branch grew from",
            )
        return found

    def tree(self, commit: str) -> Tree:
        """Return the files below the folder at a commit; nothing where the folder did not exist."""
        listed = self._run("ls-tree", "-r", "-z", "--long", commit, strip=False)
        if listed is None:
            raise self._unreadable(commit)
        blobs: dict[str, Blob] = {}
        unread: list[Unread] = []
        others: dict[str, str] = {}
        folders: set[str] = set()
        links: dict[str, str] = {}
        for line in filter(None, listed.split("\0")):
            head, _, path = line.partition("\t")
            mode, _, name, size = head.split()
            above = set(accumulate(path.split("/")[:-1], "{}/{}".format))
            reason = _unfit(mode, path)
            taken = path in blobs or path in others or path in folders or any(map(blobs.__contains__, above))
            if reason is None and taken:
                reason = "something else has the same path; one of them is not looked at"
            if reason is not None:
                unread.append(Unread(path=path, reason=reason, matters=mode in _REGULAR))
                others[path] = f"{others.get(path, '')}{name}"
                if mode == _LINK and size.isdecimal() and int(size) <= MAX_NAME:
                    links[path] = name
            elif size.isdecimal():
                blobs[path] = Blob(id=name, size=int(size))
                folders |= above
            else:
                raise self._unreadable(commit)
        hiding = set(self._hiding(links, blobs, folders, commit))
        told = tuple(replace(one, matters=True) if one.path in hiding else one for one in unread)
        return Tree(commit=commit, blobs=blobs, unread=told, others=others)

    def _hiding(
        self, links: Mapping[str, str], blobs: Mapping[str, Blob], folders: Collection[str], commit: str
    ) -> Iterator[str]:
        """Yield the links by which something is code, or a configuration, that is not read as such itself."""
        code = sorted(path for path in links if surface_of(posixpath.basename(path)))
        with self._objects([links[path] for path in code]) as answer:
            for path in code:
                target = os.fsdecode(self._small(answer, commit))
                place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                as_itself = surface_of(posixpath.basename(place)) == surface_of(posixpath.basename(path))
                if place not in folders and not (place in blobs and as_itself):
                    yield path

    def _small(self, answer: IO[bytes], commit: str) -> bytes:
        """Return the next object, which is known to be short."""
        head = answer.readline().split()
        if len(head) != 3:  # noqa: PLR2004  "<name> <type> <size>", see git cat-file --batch
            raise self._unreadable(commit)
        found = answer.read(int(head[2]))
        answer.read(1)
        return found

    def write(self, tree: Tree, folder: Path, paths: Iterable[str] | None = None) -> None:
        """Write files of a tree into an empty folder of our own.

        Raises:
            NoScanError: an object is missing, as in a clone without blobs.
        """
        wanted = sorted(tree.blobs if paths is None else paths)
        for parent in sorted({(folder / path).parent for path in wanted}):
            parent.mkdir(parents=True, exist_ok=True)
        with self._objects([tree.blobs[path].id for path in wanted]) as answer:
            for path in wanted:
                self._copied(answer, folder / path, tree.commit)

    def content(self, tree: Tree, path: str, limit: int) -> bytes | None:
        """Return a small file of a tree; None: it is not there.

        Raises:
            UsageError: it is longer than the limit.
        """
        blob = tree.blobs.get(path)
        if blob is None:
            return None
        if blob.size > limit:
            told = f"it has {blob.size:,} bytes at {tree.commit[:12]}, and {limit:,} are read"
            raise UsageError(told, source=path)
        found = self._bytes("cat-file", "blob", blob.id)
        if found is None:
            raise self._unreadable(tree.commit)
        return found

    def _copied(self, answer: IO[bytes], place: Path, commit: str) -> None:
        head = answer.readline().split()
        if len(head) != 3:  # noqa: PLR2004  "<name> <type> <size>", see git cat-file --batch
            raise self._unreadable(commit)
        size = left = int(head[2])
        with place.open("xb") as handle:
            while left:
                piece = answer.read(min(left, 1 << 20))
                if not piece:
                    raise self._unreadable(commit)
                done = size - left
                if done < MAX_WHOLE:
                    handle.write(piece[: MAX_WHOLE - done])
                left -= len(piece)
            handle.truncate(size)
        answer.read(1)

    @contextmanager
    def _objects(self, names: Iterable[str]) -> Iterator[IO[bytes]]:
        """Give the objects one after another, as ``git cat-file --batch`` prints them."""
        with tempfile.TemporaryFile() as asked:
            asked.write("".join(f"{name}\n" for name in names).encode())
            asked.seek(0)
            process = subprocess.Popen(  # noqa: S603  our own words, and names of objects that git gave
                _command("cat-file", "--batch", "--buffer"),
                cwd=self.root,
                env=_environment(),
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            try:
                assert process.stdout is not None  # noqa: S101  it is a pipe
                yield process.stdout
            finally:
                process.kill()
                process.communicate()

    def _run(self, *words: str, strip: bool = True) -> str | None:
        found = self._bytes(*words)
        if found is None:
            return None
        text = found.decode("utf-8", "surrogateescape")
        return text.strip() if strip else text

    def _bytes(self, *words: str) -> bytes | None:
        try:
            done = subprocess.run(  # noqa: S603  no shell; revisions stand behind --end-of-options
                _command(*words),
                cwd=self.root,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise UsageError("git is not installed", advice="install git, or leave out --base") from None
        self._told = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["git gave no reason"])[
            0
        ]
        return done.stdout if done.returncode == 0 else None

    def _deepen(self) -> str | None:
        if self._run("rev-parse", "--is-shallow-repository") != "true":
            return None
        return _SHALLOW

    def _unreadable(self, commit: str) -> NoScanError:
        return NoScanError(
            f"the files of commit {commit[:12]} cannot be read from this clone",
            source=str(self.root),
            advice="they may not have been fetched (a partial clone): clone without --filter",
        )


def _unfit(mode: str, path: str) -> str | None:
    """Return why something in a tree is not written; None: it is a plain file with a plain path."""
    if mode == _LINK:
        return "a link; not followed"
    if mode == "160000":
        return "a repository of its own (submodule); not looked into"
    parts = path.split("/")
    if mode not in _REGULAR or {"", ".", "..", ".git"} & set(parts) or path.startswith("/"):
        return "no plain file or path; not looked at"
    if len(os.fsencode(path)) > MAX_NAME or any(len(os.fsencode(part)) > 255 for part in parts):  # noqa: PLR2004  NAME_MAX
        return "its path is too long to be written"
    return None


def _command(*words: str) -> list[str]:
    return [
        "git",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.warnAmbiguousRefs=true",
        "--no-pager",
        *words,
    ]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_TRACE")}
    return kept | {
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C.UTF-8",
    }


__all__ = ["Blob", "Git", "Tree"]
