# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan.lock`` as it should be: every model that is named in the judged parts, at one commit."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from scanner.config import Config
from scanner.dependencies import look
from scanner.dependencies.group import LOCAL, grouped
from scanner.dependencies.lock import unlocked, unreferenced
from scanner.discover import HubSource, is_repository
from scanner.gate.evidence import Fresh, Sources, corrected, differences, in_cache, on_disk, read_release
from scanner.gate.states import skipped
from scanner.model.base import Value
from scanner.model.gate import Dependency
from scanner.model.lock import Lock, LockEntry
from scanner.model.reference import ReferenceKind
from scanner.model.release import Confidence


class Written(Value, frozen=True, kw_only=True):
    """The lock as it should be, and what came of it."""

    lock: Lock
    left: tuple[str, ...] = ()
    """Models that could not be looked at, each with the reason."""

    changed: tuple[str, ...] = ()
    """What differs from the lock before, in words."""


def wanted_models(root: Path, config: Config, *, no_cache: bool = False) -> tuple[Dependency, ...]:
    """Return the models that a lock of a repository holds: named for certain, in the judged parts."""
    looked = look(root, skipped(config, root), no_cache=no_cache)
    tiers = {
        *config.policy.tiers,
        *(tier for one in config.sections if one.policy for tier in one.policy.tiers),
    }
    return tuple(
        one
        for one in grouped(looked.references.references, looked.entries)
        if one.kind is ReferenceKind.MODEL and one.id is not None
        if any(ref.tier in tiers and ref.confidence is not Confidence.LOW for ref in one.references)
    )


def written_lock(
    dependencies: Sequence[Dependency], before: Lock | None, upgrade: Collection[str], sources: Sources
) -> Written:
    """Return the lock for some models: commits stay as they were, but for those to upgrade.

    Args:
        dependencies: What :func:`wanted_models` returned.
        before: The lock as it is.
        upgrade: Names, in lower case, of models whose branch or tag is asked for again.
        sources: What may be looked at.
    """
    entries: list[LockEntry] = []
    left: list[str] = []
    changed: list[str] = []
    for one in dependencies:
        known = before.entry(one.id or "", one.revision) if before else None
        kept = known if (one.id or "").casefold() not in upgrade else None
        fresh = _fresh(one, kept, sources)
        entry = fresh.entry or corrected(one, sources) or kept
        if entry is None:
            left.append(f"{one.name}: {fresh.why}")
            continue
        entry = replace(entry, references=tuple(sorted({ref.path for ref in one.references})))
        entries.append(entry)
        changed += _told(known, entry, one)
    gone = unreferenced(before, dependencies) if before else ()
    changed += [f"{one.id}: taken out, nothing names it" for one in gone]
    entries.sort(key=lambda one: (one.id.casefold(), one.requested or ""))
    return Written(lock=Lock(models=tuple(entries)), left=tuple(left), changed=tuple(changed))


def mismatches(dependencies: Sequence[Dependency], lock: Lock, sources: Sources) -> Iterator[str]:
    """Yield where a repository and its lock disagree; nothing is asked of the network."""
    for one in unlocked(dependencies, lock):
        places = ", ".join(f"{ref.path}:{ref.line}" for ref in one.references[:3])
        if _lockable(one) or corrected(one, sources) is not None:
            yield f"{one.name} is in the code ({places}) and not in the lock at that revision"
    for entry in unreferenced(lock, dependencies):
        yield f"{entry.id} is in the lock and not in the code any more"
    for one in dependencies:
        known = lock.entry(one.id or "", one.revision)
        if known is None:
            continue
        if known.revision and one.revision and len(one.revision) == len(known.revision) != 0:
            if known.revision != one.revision:
                yield f"{one.name}: the lock holds commit {known.revision}"
        elif (one.id or "").startswith(LOCAL):
            fresh = on_disk(one, sources)
            told = list(differences(known, fresh.entry)) if fresh.entry else [fresh.why]
            yield from (f"{one.name}: {words}" for words in told)


def _lockable(one: Dependency) -> bool:
    return is_repository(one.id or "") or (one.id or "").startswith(LOCAL)


def _fresh(one: Dependency, kept: LockEntry | None, sources: Sources) -> Fresh:
    """Look at a model at the commit that the code names, else at the locked one, else at its branch."""
    name = one.id or ""
    if name.startswith(LOCAL):
        return on_disk(one, sources)
    if not is_repository(name):
        return Fresh(entry=None, why="such releases cannot be looked up; state their terms in `curations`")
    revision = kept.revision if kept and kept.revision else one.revision
    if sources.hub is None:
        return in_cache(one, revision, sources)
    return read_release(one, HubSource(id=name, revision=revision), sources, "hub")


def _told(known: LockEntry | None, entry: LockEntry, one: Dependency) -> Iterator[str]:
    """Yield what is new in an entry, in words."""
    if known is None:
        at = f" at {entry.revision[:12]}" if entry.revision else ""
        yield f"{one.name}: new{at}, {entry.license_words}"
        return
    if known.revision != entry.revision:
        yield f"{one.name}: {(known.revision or 'none')[:12]} to {(entry.revision or 'none')[:12]}"
    yield from (f"{one.name}: {words}" for words in differences(known, entry))


__all__ = ["Written", "mismatches", "wanted_models", "written_lock"]
