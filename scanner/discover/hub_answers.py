# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the Hub answers, to plain values: a stranger's words like any others.

A name that is no plain relative path, a size that is none, a digest of the wrong length: nothing of it
is believed. See the Hub's API as huggingface_hub calls it (``HfApi.model_info``, ``list_repo_tree``).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from scanner.errors import PathError
from scanner.guarded.json import load_json
from scanner.guarded.refused import Refused
from scanner.guarded.text import decode
from scanner.model.base import Value
from scanner.model.release import Unread

Gate = Literal["auto", "manual", "no"]
"""The Hub's gate: files are given to whoever asks, to whom the author lets in, or to everybody."""

MAX_SIZE = 2**60
"""Bytes of one file that are believed."""

MAX_PART, MAX_PATH = 255, 1_024
"""Bytes of a part of a path, and of a whole one, that a file system holds."""

_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}(?:/[A-Za-z0-9._-]{1,96})?")
_NO_REPOSITORY = re.compile(r"--|\.\.|[-.](?:/|\Z)|/[-.]|\.git\Z")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")

PREFIX = "hf:"


class HubSource(Value, frozen=True, kw_only=True):
    """A model repository as a person or a card names it."""

    id: str
    """``org/name``; the Hub's oldest models have a name alone."""

    revision: str | None = None
    """Branch, tag or commit; None: the main branch."""

    def __str__(self) -> str:
        """Return it as it is written on the command line."""
        return f"{PREFIX}{self.id}{f'@{self.revision}' if self.revision else ''}"


def hub_source(written: str) -> HubSource | None:
    """Return the repository that ``hf:org/name[@revision]`` names; None for what is no such address.

    Raises:
        PathError: it begins like one, and no repository can be called so.
    """
    if not written.startswith(PREFIX):
        return None
    name, _, revision = written.removeprefix(PREFIX).removeprefix("//").partition("@")
    wrong = "@" in written and (not _REVISION.fullmatch(revision) or ".." in revision)
    if wrong or not is_repository(name):
        raise PathError(
            "no model on the Hub can be called so",
            source=written,
            advice="write hf:org/name or hf:org/name@revision",
        )
    return HubSource(id=name, revision=revision or None)


def is_repository(name: str) -> bool:
    """Whether a repository can be called so (the Hub's rules, ``validate_repo_id``)."""
    return bool(_REPOSITORY.fullmatch(name)) and not _NO_REPOSITORY.search(name)


class Info(Value, frozen=True, kw_only=True):
    """What the Hub says of a repository as a whole."""

    id: str
    """Its name today; another one than was asked for where it was renamed."""

    commit: str
    """40 hex digits."""

    gate: Gate | None = None
    """None: the Hub does not say."""

    private: bool = False
    disabled: bool = False


def read_info(data: bytes, asked: HubSource) -> Info:
    """Read the answer about a repository.

    Raises:
        Refused: it is no such answer, or one about something else than was asked.
    """
    said = _mapping(_json(data))
    name, commit, gated = said.get("id"), said.get("sha"), said.get("gated")
    if not isinstance(name, str) or not is_repository(name):
        raise Refused("its answer names no repository")
    if not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
        raise Refused("its answer names no commit")
    wanted = asked.revision or ""
    if _COMMIT.fullmatch(wanted) and wanted != commit:
        raise Refused("it answered for another commit than was asked for")
    gates: Mapping[Any, Gate] = {"auto": "auto", "manual": "manual", False: "no"}
    return Info(
        id=name,
        commit=commit,
        gate=gates.get(gated) if isinstance(gated, str | bool) else None,
        private=said.get("private") is True,
        disabled=said.get("disabled") is True,
    )


class Entry(Value, frozen=True, kw_only=True):
    """One file of a repository as the Hub lists it."""

    path: str
    """POSIX path relative to the repository, fit for a file system."""

    size: int
    """Bytes; of what is stored with LFS, those of the file and not of its pointer."""

    blob: str
    """Git's SHA-1 of the content, or of the LFS pointer; 40 hex digits."""

    sha256: str | None = None
    """Of the content, for what is stored with LFS; 64 hex digits."""


class Listing(Value, frozen=True, kw_only=True):
    """The files of a repository at one commit."""

    entries: tuple[Entry, ...] = ()
    unread: tuple[Unread, ...] = ()
    """Entries that were not believed, and what was left out."""


def read_page(data: bytes) -> list[Any]:
    """Read one page of the list of files.

    Raises:
        Refused: it is no list.
    """
    page = _json(data)
    if not isinstance(page, list):
        raise Refused("its list of files is none")
    return page


def listed(items: Iterable[Any]) -> Listing:
    """Return the entries that can be believed, sorted by path, and the others with the reason."""
    entries: list[Entry] = []
    unread: list[Unread] = []
    names = _Names()
    for place, item in enumerate(items, 1):
        if isinstance(item, dict) and item.get("type") == "directory":
            continue
        try:
            entry = _entry(item)
            names.add(entry.path)
        except Refused as refused:
            unread.append(Unread(path=_shown(item, place), reason=f"was not fetched: {refused.reason}"))
        else:
            entries.append(entry)
    return Listing(entries=tuple(sorted(entries, key=lambda one: one.path)), unread=tuple(unread))


def _shown(item: object, place: int) -> str:
    path = item.get("path") if isinstance(item, dict) else None
    return path[:MAX_PATH] if isinstance(path, str) and path else f"entry {place:,} of the Hub's list"


def _entry(item: object) -> Entry:
    said = _mapping(item)
    path, size, blob, lfs = said.get("path"), said.get("size"), said.get("oid"), said.get("lfs")
    if not isinstance(path, str) or said.get("type") != "file":
        raise Refused("the Hub's list names no file here")
    problem = _path_problem(path)
    if problem:
        raise Refused(f"its name {problem}")
    if not isinstance(blob, str) or not _COMMIT.fullmatch(blob):
        raise Refused("the Hub states no digest of it")
    if lfs is None:
        return Entry(path=path, size=_size(size), blob=blob)
    sha256 = _mapping(lfs).get("oid")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise Refused("the Hub states no digest of it")
    stated = _size(_mapping(lfs).get("size"))
    if type(size) is int and size != stated:
        raise Refused("the Hub states two sizes of it")
    return Entry(path=path, size=stated, blob=blob, sha256=sha256)


def _size(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MAX_SIZE:
        raise Refused("the Hub states no size of it")
    return value


def _path_problem(path: str) -> str | None:
    """Return why a path is not fit for our file system, or None."""
    parts = path.split("/")
    if any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in path):
        return "holds characters that no name has"
    if "\\" in path or path.startswith("~") or re.match(r"[A-Za-z]:", path):
        return "is one of another system"
    if any(part in {"", ".", ".."} for part in parts):
        return "is no plain relative path"
    length = len(path.encode())
    if length > MAX_PATH or any(len(part.encode()) > MAX_PART for part in parts):
        return "is too long"
    return None


class _Names:
    """The names so far: two that differ by case or by composition alone would be one file on some systems."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: dict[str, str] = {}

    def add(self, path: str) -> None:
        """Take a name in.

        Raises:
            Refused: it would stand in the way of another one.
        """
        key = _folded(path)
        above = [path[: found.start()] for found in re.finditer("/", path)]
        if key in self._files or key in self._folders:
            raise Refused("its name is that of another entry, for some systems at least")
        for folder in above:
            spelt = self._folders.get(_folded(folder), folder)
            if _folded(folder) in self._files or spelt != folder:
                raise Refused("its folder's name is that of another entry, for some systems at least")
        self._files.add(key)
        self._folders |= {_folded(folder): folder for folder in above}


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _json(data: bytes) -> Any:  # noqa: ANN401  plain values of any shape
    parsed = load_json(decode(data).text)
    if parsed.duplicates:
        raise Refused("its answer holds a key twice")
    return parsed.value


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Refused("its answer has another shape than the Hub's")
    return value


def folders_above(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, the repository itself (``.``) first."""
    yield "."
    parts = path.split("/")[:-1]
    yield from ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
