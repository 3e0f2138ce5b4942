# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a report says of files against what lies there now."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from scanner.guarded.files import digest_of, opened
from scanner.guarded.refused import Refused
from scanner.model.base import Value
from scanner.model.release import Artifact, Release


class Mismatch(Value, frozen=True, kw_only=True):
    """One difference between a report and the files."""

    release: str
    path: str
    what: Literal["gone", "new", "size", "digest", "header", "unreadable", "release-gone", "release-new"]
    before: str | None = None
    after: str | None = None


WORDS: Mapping[str, str] = {
    "gone": "it is there no more",
    "new": "it is not in the report",
    "size": "it has {after} bytes, and {before} in the report",
    "digest": "its digest is {after}, and {before} in the report",
    "header": "the digest of its header is {after}, and {before} in the report",
    "unreadable": "it cannot be read: {after}",
    "release-gone": "this release is there no more",
    "release-new": "this release is not in the report",
}
"""What a reader is told of each difference."""


class Seen(Value, frozen=True, kw_only=True):
    """One release as it lies there now."""

    release: Release
    files: tuple[Artifact, ...]


def against_files(
    reported: Sequence[Mapping[str, Any]], seen: Sequence[Seen], *, weights: bool = False
) -> Iterator[Mismatch]:
    """Yield where files are not those that a report speaks of.

    Args:
        reported: ``releases`` of its JSON.
        seen: What lies there, read by the same stages.
        weights: Whether digests that were only recorded are computed now: every byte is read.
    """
    now = {one.release.path: one for one in seen}
    then = {str(one.get("path")): one for one in reported}
    for path in sorted(then.keys() - now.keys()):
        yield Mismatch(release=path, path=".", what="release-gone")
    for path in sorted(now.keys() - then.keys()):
        yield Mismatch(release=path, path=".", what="release-new")
    for path in sorted(then.keys() & now.keys()):
        yield from _of_release(path, then[path], now[path], weights=weights)


def _of_release(name: str, then: Mapping[str, Any], now: Seen, *, weights: bool) -> Iterator[Mismatch]:
    before = {str(one.get("path")): one for one in then.get("files", ())}
    after = {one.path: one for one in now.files}
    for path in sorted(before.keys() - after.keys()):
        yield Mismatch(release=name, path=path, what="gone")
    for path in sorted(after.keys() - before.keys()):
        yield Mismatch(release=name, path=path, what="new")
    for path in sorted(before.keys() & after.keys()):
        yield from _of_file(name, before[path], after[path], Path(now.release.root), weights=weights)


def _of_file(
    name: str, then: Mapping[str, Any], now: Artifact, root: Path, *, weights: bool
) -> Iterator[Mismatch]:
    if then.get("size") != now.size:
        yield Mismatch(
            release=name, path=now.path, what="size", before=str(then.get("size")), after=str(now.size)
        )
        return
    header = then.get("header_sha256")
    if header and header != now.header_sha256:
        yield Mismatch(release=name, path=now.path, what="header", before=header, after=now.header_sha256)
    stated = then.get("sha256")
    if not stated:
        return
    if now.sha256_how == "computed" or not weights:
        if now.sha256 and now.sha256 != stated:
            yield Mismatch(release=name, path=now.path, what="digest", before=stated, after=now.sha256)
        return
    try:
        with opened(root / now.path) as (handle, size):
            computed = digest_of(handle, size) if size == now.size else None
    except Refused as refused:
        yield Mismatch(release=name, path=now.path, what="unreadable", after=refused.reason)
        return
    if computed is not None and computed != stated:
        yield Mismatch(release=name, path=now.path, what="digest", before=stated, after=computed)
