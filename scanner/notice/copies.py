# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Which files of a release go along, and their bytes, once for equal files."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from scanner.guarded.files import digest, read_bounded
from scanner.guarded.refused import Refused
from scanner.model.base import Value
from scanner.model.notice import Copy, Holding, Origin
from scanner.model.reading import How, Source
from scanner.model.release import ArtifactKind

Reader = Callable[[Holding, str], bytes]
"""Gives the bytes of one file of a release, or raises :class:`Refused` with the reason."""

FILE_LIMIT = 16_000_000
"""Bytes of one file; a licence as a PDF with pictures stays below."""

BUNDLE_LIMIT = 256_000_000
"""Bytes of all files of a bundle together, which are held in memory."""

NAME_LIMIT = 60
"""Characters of a file's own name that are kept in the bundle."""

_KINDS = {ArtifactKind.LICENSE, ArtifactKind.NOTICE, ArtifactKind.POLICY}
_SOURCES = {Source.LICENSE_FILE, Source.NOTICE_FILE, Source.POLICY_FILE}
_WHOLE = {How.EXACT.value, How.EQUIVALENT.value}
_POINTER = b"version https://git-lfs"
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


def read_copy(holding: Holding, path: str) -> bytes:
    """Return the bytes of a file of a release, which must be those that were scanned.

    Raises:
        Refused: it is gone, too large, only a pointer to it is here, or it is not what was read any more.
    """
    data = read_bounded(Path(holding.root) / path, FILE_LIMIT)
    if data.startswith(_POINTER):
        raise Refused("is a Git LFS pointer, and the file itself is not here")
    known = {one.sha256 for one in holding.legal if one.path == path}
    sizes = {one.size for one in holding.files if one.path == path}
    if (known and digest(data) not in known) or (sizes and len(data) not in sizes):
        raise Refused("was changed while it was scanned")
    return data


def terms_of(holding: Holding) -> tuple[str, ...]:
    """Return the paths of the files that hold terms and notices of a release, its card apart."""
    named = {one.path for one in holding.files if one.kind in _KINDS and one.here == "whole"}
    return tuple(sorted(named | {one.path for one in holding.legal if one.source in _SOURCES}))


def notices_of(holding: Holding) -> tuple[str, ...]:
    """Return the paths of a release's own notices."""
    named = {one.path for one in holding.files if one.kind is ArtifactKind.NOTICE and one.here == "whole"}
    return tuple(sorted(named | {one.path for one in holding.legal if one.source is Source.NOTICE_FILE}))


def texts_of(holding: Holding, key: str) -> tuple[str, ...]:
    """Return the paths of the files in which the text of a licence stands word for word."""
    found = {one.evidence.path for one in holding.detected if one.key == key and one.how in _WHOLE}
    return tuple(sorted(found))


def near_texts_of(holding: Holding, key: str) -> tuple[str, ...]:
    """Return the paths of the files that hold a text near a licence, with other words."""
    found = {
        one.evidence.path
        for one in holding.detected
        if key in {one.key, one.raw, *one.candidates} and one.how not in {*_WHOLE, How.MENTION.value}
    }
    return tuple(sorted(found))


class Taken(Value, frozen=True, kw_only=True):
    """One file that goes along with one release."""

    holding: Holding
    path: str
    release: str
    """Path in the report of the release that it goes along with."""


class Gathered(Value, frozen=True, kw_only=True):
    """The files of a bundle, and those that could not be taken."""

    copies: tuple[Copy, ...]
    refused: tuple[tuple[Taken, str], ...]
    """Each with the reason."""

    def names(self, release: str) -> tuple[str, ...]:
        """Return the names of the copies that go along with the release of a path."""
        return tuple(one.name for one in self.copies if release in one.covers)


def gathered(
    wanted: Iterable[Taken], names: Callable[[Holding, str], Sequence[str]], read: Reader
) -> Gathered:
    """Read files, and keep equal ones once.

    Args:
        wanted: What goes along with which release.
        names: The names of the licences whose text a file holds word for word.
        read: Gives the bytes.
    """
    data: dict[str, bytes] = {}
    takers: dict[str, list[Taken]] = {}
    refused = []
    size = 0
    for one in wanted:
        try:
            found = read(one.holding, one.path)
        except Refused as refusal:
            refused.append((one, refusal.reason))
            continue
        key = digest(found)
        size += len(found) if key not in data else 0
        if size > BUNDLE_LIMIT:
            refused.append((one, f"does not fit into a bundle of {BUNDLE_LIMIT:,} bytes"))
            continue
        data[key] = found
        takers.setdefault(key, []).append(one)
    return Gathered(copies=tuple(_copies(data, takers, names)), refused=tuple(refused))


def _copies(
    data: dict[str, bytes],
    takers: dict[str, list[Taken]],
    names: Callable[[Holding, str], Sequence[str]],
) -> Iterator[Copy]:
    """Yield the copies, sorted by their names in the bundle, none of which occurs twice."""
    called = {key: min(one.path for one in those) for key, those in takers.items()}
    short = {key: _name(called[key], key[:12]) for key in data}
    folded = [name.lower() for name in short.values()]
    whole = {
        key: _name(called[key], key) if folded.count(name.lower()) > 1 else name
        for key, name in short.items()
    }
    for key in sorted(data, key=lambda one: whole[one]):
        those = takers[key]
        origins = {(one.holding.name, one.path) for one in those}
        licenses = {name for one in those for name in names(one.holding, one.path)}
        yield Copy(
            name=whole[key],
            sha256=key,
            data=data[key],
            licenses=tuple(sorted(licenses)),
            origins=tuple(Origin(release=release, path=path) for release, path in sorted(origins)),
            covers=tuple(sorted({one.release for one in those})),
        )


def _name(path: str, mark: str) -> str:
    """Return a name that any file system takes and that leads nowhere: ``LICENSE-0123456789ab.txt``.

    >>> _name("sub/../LICENSE.txt", "0123")
    'LICENSE-0123.txt'
    >>> _name("..", "0123")
    'file-0123'
    >>> _name("CON.md", "0123")
    'CON-0123.md'
    """
    plain = _UNFIT.sub("-", path.rsplit("/", 1)[-1])[:NAME_LIMIT].strip("-._")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem}-{mark}.{ending}" if dot and stem else f"{plain or 'file'}-{mark}"
