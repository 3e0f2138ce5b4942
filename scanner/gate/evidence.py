# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where the evidence for a model is: the Hub, files at hand, the lock, a person's correction, nowhere.

An entry of the lock is a claim. One that was there before the change was reviewed with it; one that the
change brings counts only where the Hub, or files at hand, show the same.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from scanner.config import Config
from scanner.dependencies.group import LOCAL
from scanner.discover import HubSource, Online, cached_snapshot, is_release, is_repository
from scanner.errors import NoScanError
from scanner.examine import Knowledge
from scanner.gate.entries import corrected_entry, entry_of
from scanner.model.base import Value
from scanner.model.gate import Dependency, KnownBy
from scanner.model.lock import Lock, LockEntry
from scanner.model.reference import ReferenceKind
from scanner.model.report import ReleaseReport
from scanner.pipeline import scan

_COMMIT = 40


class Located(Value, frozen=True, kw_only=True):
    """What is known of one dependency, and how surely."""

    known_by: KnownBy
    entry: LockEntry | None = None
    why: str
    locked: bool = False
    """Whether the lock holds it at the revision that the code names."""

    rechecked: bool = True
    """False: it rests on an entry of the lock that this change brings, and nothing else shows it."""

    disagreements: tuple[str, ...] = ()
    """Where the lock and what was read differ."""

    moved: tuple[str, ...] = ()
    """Of a branch or tag that is at another commit than the lock says: what became different."""

    moved_to: str | None = None


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that may be looked at."""

    root: Path
    """Folder with the files of the state that is judged."""

    lock: Lock | None
    believed: Lock | None
    """The lock whose entries were reviewed before; None: the base has none."""

    against_base: bool
    hub: Online | None
    cache: Path | None
    """The Hub's own cache on this machine."""

    knowledge: Knowledge
    config: Config
    as_of: str

    def believes(self, entry: LockEntry) -> bool:
        """Whether an entry was there before, word for word but for who names it."""
        if not self.against_base:
            return True
        known = self.believed.entry(entry.id, entry.requested) if self.believed else None
        return known is not None and _without_references(known) == _without_references(entry)


class Fresh(Value, frozen=True, kw_only=True):
    """What was read just now; without an entry, why nothing was."""

    entry: LockEntry | None
    by: KnownBy = "nothing"
    why: str


def locate(dependency: Dependency, sources: Sources) -> Located:
    """Return what is known of a dependency."""
    if dependency.id is None:
        return Located(known_by="nothing", why="what is named cannot be told without running the code")
    if dependency.kind is ReferenceKind.DATASET:
        return Located(known_by="nothing", why="data sets are listed; their terms bind no weights")
    claim = sources.lock.entry(dependency.id, dependency.revision) if sources.lock else None
    believed = claim is not None and sources.believes(claim)
    fresh = _fresh(dependency, claim, sources, believed=believed)
    if fresh.entry is not None:
        return _compared(dependency, fresh, claim)
    if claim is not None:
        how = "stated by the lock" if believed else "stated by the lock, not re-checked"
        return Located(
            known_by="lock",
            entry=claim,
            why=_told(how, fresh.why),
            locked=True,
            rechecked=believed,
            disagreements=tuple(_elsewhere(dependency, claim)),
        )
    stated = corrected(dependency, sources)
    if stated is not None:
        return Located(known_by="correction", entry=stated, why="stated by a correction alone")
    return Located(known_by="nothing", why=fresh.why)


def _elsewhere(dependency: Dependency, claim: LockEntry) -> Iterator[str]:
    """Yield that an entry is of another commit than the one that the code names."""
    named = dependency.revision or ""
    if len(named) == _COMMIT and claim.revision and claim.revision != named:
        yield f"revision: {claim.revision[:12]} in the lock, {named[:12]} in the code"


def _told(how: str, why: str) -> str:
    return f"{how} ({why})" if why else how


def _fresh(dependency: Dependency, claim: LockEntry | None, sources: Sources, *, believed: bool) -> Fresh:
    """Look at the release itself, wherever it is and may be looked at."""
    name = dependency.id or ""
    if name.startswith(LOCAL):
        return on_disk(dependency, sources)
    if not is_repository(name):
        scheme = name.partition(":")[0] if ":" in name else None
        return Fresh(entry=None, why=f"releases named by {scheme or 'such a name'} cannot be looked up yet")
    asked = ""
    if sources.hub is not None and not (sources.against_base and believed):
        found = read_release(dependency, HubSource(id=name, revision=dependency.revision), sources, "hub")
        if found.entry is not None:
            return found
        asked = f"the Hub was asked: {found.why}; "
    if believed and not asked:
        return Fresh(entry=None, why="")
    revision = dependency.revision or (claim.revision if claim else None)
    found = in_cache(dependency, revision, sources)
    return found if found.entry is not None else Fresh(entry=None, why=f"{asked}{found.why}")


def in_cache(dependency: Dependency, revision: str | None, sources: Sources) -> Fresh:
    """Look into the Hub's own cache on this machine."""
    place = cached_snapshot(sources.cache, dependency.id or "", revision) if sources.cache else None
    if place is not None:
        return read_release(dependency, place, sources, "files")
    hint = "" if sources.hub is not None else "; --online looks it up"
    return Fresh(entry=None, why=f"it is not in the Hub's cache on this machine{hint}")


def on_disk(dependency: Dependency, sources: Sources) -> Fresh:
    """Look at a path of the repository; nothing outside it, and nothing behind a link."""
    place = sources.root
    for part in (dependency.id or "").removeprefix(LOCAL).split("/"):
        if part in {"", "."}:
            continue
        place = place / part
        if part == ".." or place.is_symlink():
            return Fresh(entry=None, why="the path leads out of the repository, or through a link")
    if not place.exists():
        return Fresh(
            entry=None, why="nothing lies there in the repository: it comes from elsewhere at run time"
        )
    whole = place.parent if place.is_file() and is_release(place.parent) else place
    return read_release(dependency, whole, sources, "files")


def read_release(dependency: Dependency, source: Path | HubSource, sources: Sources, by: KnownBy) -> Fresh:
    """Scan a release as ``modelscan report`` does, and keep the facts."""
    config = Config(
        use_cases=sources.config.use_cases,
        policy=sources.config.policy,
        curations=sources.config.curations,
    )
    try:
        report = scan(
            [source],
            sources.knowledge,
            config,
            as_of=sources.as_of,
            step=lambda _stage, _done, _all: None,
            hub=sources.hub,
        )
    except NoScanError as error:
        return Fresh(entry=None, why=error.message)
    release = _one(report.releases)
    if release is None:
        number = len(report.releases)
        return Fresh(entry=None, why=f"{number} releases lie there, and it is not told which is meant")
    where = "on the Hub" if by == "hub" else "from files at hand"
    at = f" at {release.revision[:12]}" if release.revision else ""
    return Fresh(entry=entry_of(dependency, release, by), by=by, why=f"read {where}{at}")


def _one(releases: tuple[ReleaseReport, ...]) -> ReleaseReport | None:
    top = [one for one in releases if one.path == "."]
    found = top or list(releases)
    return found[0] if len(found) == 1 else None


def _compared(dependency: Dependency, fresh: Fresh, claim: LockEntry | None) -> Located:
    """Hold what was read against what the lock states."""
    assert fresh.entry is not None  # noqa: S101  the caller's case
    if claim is None:
        return Located(known_by=fresh.by, entry=fresh.entry, why=fresh.why)
    differs = tuple(differences(claim, fresh.entry))
    if claim.revision and fresh.entry.revision and claim.revision != fresh.entry.revision:
        if dependency.revision is None or len(dependency.revision) != _COMMIT:
            return Located(
                known_by=fresh.by,
                entry=fresh.entry,
                why=fresh.why,
                locked=True,
                moved=differs,
                moved_to=fresh.entry.revision,
            )
        differs = (f"revision: {claim.revision[:12]} in the lock, {fresh.entry.revision[:12]} read", *differs)
    return Located(known_by=fresh.by, entry=fresh.entry, why=fresh.why, locked=True, disagreements=differs)


def differences(claim: LockEntry, seen: LockEntry) -> Iterator[str]:
    """Yield what an entry states otherwise than what was read, in words."""
    if claim.license_words != seen.license_words:
        yield f"licence of the weights: {claim.license_words} in the lock, {seen.license_words} read"
    elif claim.concluded != seen.concluded:
        yield "what is concluded for other components, or how"
    if set(claim.effective) != set(seen.effective):
        yield f"terms that bind: {_terms(claim)} in the lock, {_terms(seen)} read"
    if claim.legal_digests != seen.legal_digests:
        yield "the words of licences, notices or policies"
    if claim.openness != seen.openness:
        yield f"openness: {_label(claim)} in the lock, {_label(seen)} read"
    if claim.multimodal != seen.multimodal:
        yield "whether it takes or makes more than text"
    if _open(claim) != _open(seen):
        yield "what the evidence leaves open"
    if {(one.id, one.relation) for one in claim.base_models} != {
        (one.id, one.relation) for one in seen.base_models
    }:
        yield "the base models"
    if seen.revision and not claim.revision:
        yield f"revision: none in the lock, {seen.revision[:12]} read"
    yield from _files(claim, seen)


def _open(entry: LockEntry) -> frozenset[tuple[str, ...]]:
    return frozenset((one.rule, one.fingerprint, one.severity, one.outcome) for one in entry.findings)


def _files(claim: LockEntry, seen: LockEntry) -> Iterator[str]:
    """Yield what differs of the weights; a cache holds those alone that were fetched."""
    if claim.source == seen.source == "hub" and {one.path for one in claim.files} != {
        one.path for one in seen.files
    }:
        yield "which weights there are"
    known: Mapping[str, str] = {one.path: one.sha256 for one in claim.files if one.sha256}
    for one in seen.files:
        if one.sha256 and one.path in known and known[one.path] != one.sha256:
            yield f"the bytes of {one.path}"


def _terms(entry: LockEntry) -> str:
    return ", ".join(sorted({one.license for one in entry.effective})) or "none"


def _label(entry: LockEntry) -> str:
    return entry.openness.label.value if entry.openness else "not stated"


def corrected(dependency: Dependency, sources: Sources) -> LockEntry | None:
    """Return what a correction by name alone says of a model that nothing else is known of."""
    name = (dependency.id or "").casefold()
    for one in sources.config.curations:
        stated, _, revision = (one.release or "").partition("@")
        fits = not revision or revision == dependency.revision
        if stated.casefold() == name and one.digest is None and fits:
            return corrected_entry(dependency, one, sources.knowledge.catalogue)
    return None


def _without_references(entry: LockEntry) -> LockEntry:
    return msgspec.structs.replace(entry, references=(), signoff=None, obligations=())
