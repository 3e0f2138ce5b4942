# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the Hub's own layouts record: names, revisions and digests, without the network.

The cache (``models--org--name/snapshots/<revision>`` with links into ``blobs``) and downloads into a
folder (``.cache/huggingface/download/*.metadata``); see huggingface_hub, "Understand caching".
"""

import re
from collections.abc import Mapping
from pathlib import Path

from scanner.discover.walk import Folder, Found
from scanner.guarded.files import read_bounded
from scanner.guarded.refused import Refused
from scanner.model.base import Value

_REPOSITORY = re.compile(r"(models|datasets|spaces)--([A-Za-z0-9._-]+)")
_REVISION = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PLUMBING = frozenset({"blobs", "refs", "snapshots"})
_RECORDS = ".cache/huggingface/download"

RECORD_LIMIT = 4_096
"""Bytes of one download record; real ones have three lines."""

MAX_RECORDS = 10_000


class Identity(Value, frozen=True, kw_only=True):
    """Who a release is, as far as its layout records it."""

    name: str | None = None
    revision: str | None = None
    purl: str | None = None
    named_by: str = "folder"
    recorded: Mapping[str, str]
    """sha256 by path, as the download recorded it."""


def identity(folder: Folder) -> Identity:
    """Return what the layout around a release's folder records."""
    root = Path(folder.root)
    repository = _REPOSITORY.fullmatch(root.parent.parent.name) if root.parent.name == "snapshots" else None
    if repository and repository[1] == "models" and _REVISION.fullmatch(root.name):
        name = repository[2].replace("--", "/", 1)
        return Identity(
            name=name,
            revision=root.name,
            purl=f"pkg:huggingface/{name}@{root.name}",
            named_by="hub-cache",
            recorded={},
        )
    return _download(root)


def is_plumbing(folder: Folder) -> bool:
    """Whether a folder is a part of a cache's or download's machinery, or of another kind of repository."""
    parts = Path(folder.root).parts
    for index, part in enumerate(parts):
        repository = _REPOSITORY.fullmatch(part)
        if repository and (repository[1] != "models" or _machinery(parts[index + 1 :])):
            return True
    return f"/{_RECORDS}" in f"/{folder.path}"


def _machinery(below: tuple[str, ...]) -> bool:
    return bool(below) and (below[0] in _PLUMBING - {"snapshots"} or below == ("snapshots",))


def other_repository(folder: Folder) -> str | None:
    """Return what a cache folder holds when it is no model: ``dataset`` or ``space``."""
    repository = _REPOSITORY.fullmatch(Path(folder.root).name)
    return repository[1].removesuffix("s") if repository and repository[1] != "models" else None


def without_snapshot(folder: Folder) -> bool:
    """Whether a cache folder of a model holds no revision: an interrupted download."""
    repository = _REPOSITORY.fullmatch(Path(folder.root).name)
    return bool(repository) and "blobs" in folder.folders and "snapshots" not in folder.folders


def blob_digest(found: Found) -> str | None:
    """Return the sha256 that the name of a cache blob states (40 hex digits are git's SHA-1: None)."""
    name = Path(found.target).name if found.target else ""
    return name if _SHA256.fullmatch(name) else None


def _download(root: Path) -> Identity:
    """Read the records of a download into a folder; its repository's name is not among them."""
    records = root / _RECORDS
    revisions: set[str] = set()
    digests: dict[str, str] = {}
    if records.is_dir() and not records.is_symlink():
        for count, path in enumerate(sorted(records.rglob("*.metadata"))):
            if count >= MAX_RECORDS:
                break
            if path.is_symlink():
                continue
            revision, etag = _record(path)
            revisions.update({revision} if revision else ())
            if etag:
                digests[path.relative_to(records).as_posix().removesuffix(".metadata")] = etag
    (revision,) = revisions if len(revisions) == 1 else (None,)
    return Identity(revision=revision, named_by="local-dir" if revisions else "folder", recorded=digests)


def _record(path: Path) -> tuple[str | None, str | None]:
    """Return the commit and, where it is one, the sha256 of a download record."""
    try:
        lines = read_bounded(path, RECORD_LIMIT).decode("utf-8", "replace").split("\n")
    except Refused:
        return None, None
    commit, etag = (*lines, "", "")[:2]
    return (
        commit if _REVISION.fullmatch(commit) else None,
        etag if _SHA256.fullmatch(etag) else None,
    )


def hub_cache(environment: Mapping[str, str]) -> Path | None:
    """Return the Hub's own cache, as huggingface_hub finds it ("Environment variables")."""
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if environment.get(name):
            return Path(environment[name])
    if environment.get("HF_HOME"):
        return Path(environment["HF_HOME"]) / "hub"
    base = environment.get("XDG_CACHE_HOME")
    home = Path(base) if base else Path(environment.get("HOME", "~")).expanduser() / ".cache"
    return home / "huggingface" / "hub" if home.is_absolute() else None


def cached_snapshot(cache: Path, name: str, revision: str | None) -> Path | None:
    """Return the folder of a model in the Hub's cache; None: it does not lie there.

    Args:
        cache: What :func:`hub_cache` returned.
        name: ``org/name``.
        revision: Commit, branch or tag; None: the main branch, as it was when it was last asked for.
    """
    folder = f"models--{name.replace('/', '--')}"
    if not _REPOSITORY.fullmatch(folder):
        return None
    commit = (
        revision if revision and _REVISION.fullmatch(revision) else _ref(cache / folder, revision or "main")
    )
    place = cache / folder / "snapshots" / commit if commit else None
    return place if place is not None and place.is_dir() else None


def _ref(repository: Path, name: str) -> str | None:
    """Return the commit that a branch or tag was at; a name that leads out of the folder has none."""
    if ".." in name.split("/") or name.startswith("/"):
        return None
    try:
        commit = read_bounded(repository / "refs" / name, 64).decode("ascii", "replace").strip()
    except Refused:
        return None
    return commit if _REVISION.fullmatch(commit) else None
