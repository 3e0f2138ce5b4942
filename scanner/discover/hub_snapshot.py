# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A repository on the Hub to a folder of its small files, which the other stages read like any release.

Fetched is what ``read`` opens, and of weights the header alone. Every file is held against the digest
that the Hub's list states; one that differs is not used. A snapshot is kept by endpoint, repository and
commit and never changes; it is moved into its place whole, and its files are digested again when it is
taken out. What was not fetched is listed with the size and digest that the Hub states, and the reason.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from scanner.discover.assemble import releases_in
from scanner.discover.hub import DISABLED, Hub, Limits, Unanswered, Why, opened_hub
from scanner.discover.hub_answers import Entry, HubSource, Info, Listing, folders_above
from scanner.discover.hub_plan import Wish, missing, planned
from scanner.discover.walk import SKIPPED, Folder, Found, without
from scanner.errors import PathError
from scanner.guarded import gguf, safetensors
from scanner.guarded.files import digest, read_bounded
from scanner.guarded.refused import Refused
from scanner.model.base import Value
from scanner.model.release import Artifact, Discovery, Release, Unread

FORMAT = 1
"""Of a kept snapshot; one of another number is fetched anew."""

RECORD = "record.json"
RECORD_LIMIT = 64_000_000
"""Bytes of a record: some hundred for each file of the repository."""

MAX_HEADS_BYTES = 256_000_000
"""Bytes of these headers together."""

FIRST = 100_000
"""Bytes of a safetensors file that are asked for first; most headers are shorter."""

FIRST_GGUF, LAST_GGUF = 524_288, 33_554_432
"""Bytes of a GGUF file that are asked for first, and at most; vocabularies make its keys long."""

Told = Callable[[int, int], None]
"""Called with the files that are fetched, and of how many."""


class Held(Value, frozen=True, kw_only=True):
    """One file of a snapshot as it lies on disk."""

    here: Literal["whole", "head"]
    sha256: str
    """Hex digest of the bytes that are here."""


class Snapshot(Value, frozen=True, kw_only=True):
    """A repository at one commit, as far as it was fetched."""

    format: int = FORMAT
    info: Info
    listing: Listing
    held: Mapping[str, Held]
    unread: tuple[Unread, ...] = ()
    """Files that could not be fetched, and why."""

    whole: bool = True
    """Whether all was fetched that is to be; otherwise it is not kept, and asked for again next time."""


class Online:
    """The Hub's repositories as releases, for one run."""

    def __init__(
        self, hub: Hub, cache: Path | None, scratch: Path, told: Told = lambda _done, _all: None
    ) -> None:
        """Say where snapshots are kept (nowhere, if None), and where those of this run may lie."""
        self.hub = hub
        self.told = told
        self._cache, self._scratch = cache, scratch
        self._found: dict[HubSource, tuple[Path, Snapshot] | Unanswered] = {}

    def discovery(self, source: HubSource, lead: str = "", skip: Sequence[str] = ()) -> Discovery:
        """Return the releases of a repository that a person named.

        Raises:
            PathError: it could not be read, with the reason and what to do.
        """
        try:
            return self._releases(source, lead, skip)
        except Unanswered as unanswered:
            raise PathError(unanswered.reason, source=str(source), advice=unanswered.advice) from None

    def parent(self, name: str) -> Release:
        """Return the release at the top of a repository that another release names.

        Raises:
            Unanswered: it could not be read, or holds none.
        """
        found = self._releases(HubSource(id=name), "", ())
        release = next((one for one in found.releases if one.path == "."), None)
        if release is None:
            raise Unanswered(Why.MISSING, "the repository holds no model release at its top")
        return release

    def _releases(self, source: HubSource, lead: str, skip: Sequence[str]) -> Discovery:
        root, snapshot = self._snapshot(source)
        found = releases_in(_looked_at(_folders(root, snapshot), skip), lead)
        note = _note(source, snapshot)
        return Discovery(
            releases=tuple(_stated(one, root, snapshot, note) for one in found.releases),
            not_checked=found.not_checked,
        )

    def _snapshot(self, source: HubSource) -> tuple[Path, Snapshot]:
        """Return a repository's snapshot: of this run, else as it was kept, else fetched."""
        if source not in self._found:
            try:
                self._found[source] = self._taken(source)
            except Unanswered as unanswered:
                self._found[source] = unanswered
            except OSError as error:
                self._found[source] = Unanswered(
                    Why.REFUSED, f"what was fetched cannot be kept: {error.strerror}"
                )
        found = self._found[source]
        if isinstance(found, Unanswered):
            raise found
        return found

    def _taken(self, source: HubSource) -> tuple[Path, Snapshot]:
        # Asked every time: whose access was taken back does not read on from what was kept.
        info = self.hub.info(source)
        if info.disabled:
            raise Unanswered(*DISABLED)
        place = self._place(info)
        kept = _kept(place, info) if place is not None else None
        if place is not None and kept is not None:
            self._let_in(info, kept)
            return _root(place, info), kept
        draft = Path(tempfile.mkdtemp(dir=self._scratch))
        snapshot = self._fetched(info, _root(draft, info))
        (draft / RECORD).write_bytes(msgspec.json.encode(snapshot))
        if place is not None and snapshot.whole and _moved(draft, place, self._scratch):
            return _root(place, info), snapshot
        return _root(draft, info), snapshot

    def _let_in(self, info: Info, kept: Snapshot) -> None:
        """Ask a gated repository for one byte: it tells everybody about itself, and gives files to some.

        Raises:
            Unanswered: the gate is closed to this login.
        """
        if info.gate != "no":
            entries = (one for one in kept.listing.entries if one.path in kept.held and one.size)
            first = min(entries, key=lambda one: (one.size, one.path), default=None)
            if first is not None:
                self.hub.part(info, first, 0, 1)

    def _place(self, info: Info) -> Path | None:
        if self._cache is None:
            return None
        endpoint = hashlib.sha256(self.hub.endpoint.encode()).hexdigest()[:16]
        return self._cache / endpoint / _key(info) / info.commit

    def _fetched(self, info: Info, root: Path) -> Snapshot:
        """Fetch what is to be fetched into a folder; the first closed gate ends it."""
        root.mkdir(parents=True)
        listing = self.hub.files(info)
        wishes, unread = planned(listing.entries)
        held: dict[str, Held] = {}
        whole, spent = True, 0
        barred: Unanswered | None = None
        for count, wish in enumerate(wishes):
            self.told(count, len(wishes))
            try:
                data = self._data(info, wish, spent, barred)
            except Unanswered as unanswered:
                if unanswered.why is Why.GATED and not held:
                    raise
                barred = unanswered if unanswered.why is Why.GATED else barred
                whole = whole and unanswered.why is Why.BOUND
                unread.append(missing(wish, unanswered.reason))
                continue
            spent += len(data) if wish.how != "whole" else 0
            _write(root / wish.entry.path, data)
            here: Literal["whole", "head"] = "whole" if wish.how == "whole" else "head"
            held[wish.entry.path] = Held(here=here, sha256=digest(data))
        self.told(len(wishes), len(wishes))
        return Snapshot(info=info, listing=listing, held=held, unread=tuple(unread), whole=whole)

    def _data(self, info: Info, wish: Wish, spent: int, barred: Unanswered | None) -> bytes:
        """Return what is wanted of a file; nothing more is asked for behind a closed gate."""
        if barred is not None:
            raise barred
        if wish.entry.size == 0:
            return b""
        if wish.how != "whole":
            if spent > MAX_HEADS_BYTES:
                raise Unanswered.bound(f"the headers before it have {spent:,} bytes")
            return (
                self._safetensors(info, wish.entry)
                if wish.how == "safetensors"
                else self._gguf(info, wish.entry)
            )
        data = self.hub.file(info, wish.entry, wish.limit)
        if not _is(data, wish.entry):
            reason = "the Hub gave other bytes than its own list states the digest of; they are not used"
            raise Unanswered(Why.LIE, reason)
        return data

    def _safetensors(self, info: Info, entry: Entry) -> bytes:
        """Return the length field and the header; what is no header is left to the reader to say."""
        data = self.hub.part(info, entry, 0, FIRST)
        length = int.from_bytes(data[: safetensors.LENGTH_BYTES], "little")
        end = safetensors.LENGTH_BYTES + length
        if length > safetensors.MAX_HEADER or end > entry.size:
            return data[: safetensors.LENGTH_BYTES + len(safetensors.LFS_MARK)]
        if end > len(data):
            data += self.hub.part(info, entry, len(data), end - len(data))
        return data[:end]

    def _gguf(self, info: Info, entry: Entry) -> bytes:
        """Return the keys, asking for twice as many bytes each time until they are whole."""
        data = self.hub.part(info, entry, 0, FIRST_GGUF)
        while True:
            try:
                header = gguf.parse_header(data, entry.size)
            except Refused:
                return data[:FIRST]
            if not header.short or len(data) >= min(entry.size, LAST_GGUF):
                return data[: header.length]
            data += self.hub.part(info, entry, len(data), len(data))


def _is(data: bytes, entry: Entry) -> bool:
    """Whether some bytes are those whose digest the Hub's list states: LFS by SHA-256, others as git does."""
    if len(data) != entry.size:
        return False
    if entry.sha256 is not None:
        return digest(data) == entry.sha256
    blob = b"blob %d\0" % len(data) + data
    return hashlib.sha1(blob, usedforsecurity=False).hexdigest() == entry.blob


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as handle:
        handle.write(data)


def _key(info: Info) -> str:
    return f"models--{info.id.replace('/', '--')}"


def _root(place: Path, info: Info) -> Path:
    """Return where a snapshot's files lie: laid out as in the Hub's own cache, so that it tells its name."""
    return place / _key(info) / "snapshots" / info.commit


def _kept(place: Path, info: Info) -> Snapshot | None:
    """Return a kept snapshot whose files are still what they were, with what the Hub says today."""
    try:
        snapshot = msgspec.json.decode(read_bounded(place / RECORD, RECORD_LIMIT), type=Snapshot)
        root = _root(place, snapshot.info)
        sound = all(
            digest(read_bounded(root / path, LAST_GGUF + safetensors.MAX_HEADER)) == one.sha256
            for path, one in snapshot.held.items()
        )
    except (Refused, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    same = (snapshot.format, snapshot.info.id, snapshot.info.commit) == (FORMAT, info.id, info.commit)
    return replace(snapshot, info=info) if sound and same else None


def _moved(draft: Path, place: Path, scratch: Path) -> bool:
    """Move a snapshot into its place in one step; what lies there and is not sound makes room first."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if place.exists():
            place.rename(Path(tempfile.mkdtemp(dir=scratch)) / "old")
        draft.rename(place)
    except OSError:
        return False  # another run was faster, or the place cannot be written to: this run uses its own
    return True


def _folders(root: Path, snapshot: Snapshot) -> list[Folder]:
    """Return the folders of a repository as the Hub lists them, whether a file was fetched or not."""
    files: dict[str, list[Found]] = {".": []}
    below: dict[str, set[str]] = {".": set()}
    for entry in snapshot.listing.entries:
        above = list(folders_above(entry.path))
        if any(part in SKIPPED for part in entry.path.split("/")[:-1]):
            continue
        for one, inner in pairwise(above):
            below[one].add(inner.rsplit("/", 1)[-1])
            files.setdefault(inner, [])
            below.setdefault(inner, set())
        files[above[-1]].append(Found(name=entry.path.rsplit("/", 1)[-1], size=entry.size))
    return [
        Folder(
            path=path,
            root=str(root if path == "." else root / path),
            files=tuple(sorted(found, key=lambda one: one.name)),
            folders=tuple(sorted(below[path])),
            unread=snapshot.listing.unread if path == "." else (),
        )
        for path, found in sorted(files.items(), key=lambda one: (one[0] != ".", one[0]))
    ]


def _looked_at(folders: Sequence[Folder], skip: Sequence[str]) -> list[Folder]:
    """Leave out what the user does not want looked at, with everything below it."""
    seen, kept = {"."}, []
    for folder in folders:
        if folder.path in seen:
            kept.append(without(folder, skip))
            lead = "" if folder.path == "." else f"{folder.path}/"
            seen |= {f"{lead}{name}" for name in kept[-1].folders}
    return kept


def _stated(release: Release, root: Path, snapshot: Snapshot, note: Unread) -> Release:
    """Return a release with what the Hub states of it, and with what could not be fetched."""
    info, inside = snapshot.info, Path(release.root).relative_to(root).as_posix()
    lead = "" if inside == "." else f"{inside}/"
    entries = {entry.path: entry for entry in snapshot.listing.entries}
    artifacts = tuple(_told(one, entries[lead + one.path], snapshot.held) for one in release.artifacts)
    own = {f"{lead}{one.path}" for one in artifacts}
    unread = (replace(one, path=one.path.removeprefix(lead)) for one in snapshot.unread if one.path in own)
    base = f"pkg:huggingface/{info.id}@{info.commit}"
    return replace(
        release,
        name=release.name if lead else info.id,
        named_by="hub",
        revision=info.commit,
        purl=f"{base}#{inside}" if lead else base,
        artifacts=artifacts,
        gate=info.gate,
        unread=(*release.unread, *unread, note),
    )


def _told(artifact: Artifact, entry: Entry, held: Mapping[str, Held]) -> Artifact:
    here = held[entry.path].here if entry.path in held else "no"
    how: Literal["stated", "none"] = "stated" if entry.sha256 else "none"
    return replace(artifact, sha256=entry.sha256, sha256_how=how, here=here)


def _note(source: HubSource, snapshot: Snapshot) -> Unread:
    """Say in one line what was read from the Hub, and what not."""
    info = snapshot.info
    heads = sum(one.here == "head" for one in snapshot.held.values())
    asked = f", asked for as {source.revision}" if source.revision not in {None, info.commit} else ""
    named = f", asked for as {source.id}" if source.id != info.id else ""
    parts = [
        f"read from the Hub: {info.id}{named}, revision {info.commit}{asked}",
        f"{len(snapshot.held) - heads:,} of {len(snapshot.listing.entries):,} files fetched",
        f"{_headers(heads)} read from the Hub; the weights were not downloaded",
    ]
    parts += ["private"] if info.private else []
    parts += [_GATES[info.gate]] if info.gate else []
    return Unread(path=".", reason="; ".join(parts), matters=False)


def _headers(number: int) -> str:
    if number == 0:
        return "no header of weights"
    return "the header of the weights" if number == 1 else f"the headers of {number:,} weights files"


_GATES = {
    "auto": "gated: given to whoever accepts the terms there",
    "manual": "gated: given to whom the author lets in",
    "no": "not gated",
}


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Return where snapshots are kept: ``MODELSCAN_CACHE``, or our own folder in ``XDG_CACHE_HOME``."""
    named = environment.get("MODELSCAN_CACHE")
    if named:
        return Path(named) / "hub"
    base = environment.get("XDG_CACHE_HOME")
    home = Path(base) if base and Path(base).is_absolute() else Path("~/.cache").expanduser()
    return home / "modelscan" / "hub" if home.is_absolute() else None


@contextmanager
def online(limits: Limits | None = None, environment: Mapping[str, str] = os.environ) -> Iterator[Online]:
    """Give the Hub's repositories for one run; what it did not keep is gone afterwards.

    Raises:
        UsageError: the user's own settings forbid it.
    """
    cache = cache_folder(environment)
    with opened_hub(limits) as hub:
        scratch, cache = _scratch(cache)
        try:
            yield Online(hub, cache, scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _scratch(cache: Path | None) -> tuple[Path, Path | None]:
    """Return a folder for this run, beside the kept snapshots so that they can be moved there in one step."""
    try:
        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True, mode=0o700)
            return Path(tempfile.mkdtemp(dir=cache, prefix=".run-")).resolve(), cache.resolve()
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="modelscan-")).resolve(), None


__all__ = ["HubSource", "Online", "online"]
