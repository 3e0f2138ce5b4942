# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan.lock`` as it should be: every model that is named in the judged parts, at one commit."""

from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from scanner.config import Config
from scanner.dependencies import look
from scanner.dependencies.group import LOCAL, grouped
from scanner.dependencies.lock import unlocked, unreferenced
from scanner.discover import HubSource, is_repository
from scanner.gate.evidence import (
    Fresh,
    Located,
    Sources,
    corrected,
    differences,
    in_cache,
    on_disk,
    read_release,
)
from scanner.gate.judge import Judge
from scanner.gate.parts import Means, judge_of, parts_of, sources_of
from scanner.gate.states import States, Wanted, as_it_lies, skipped
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


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A repository, and what its lock is held against."""

    dependencies: tuple[Dependency, ...]
    states: States
    sources: Sources
    judge: Judge


def asked(wanted: Wanted, means: Means) -> Asked:
    """Return everything that a lock is written from, or checked against.

    Raises:
        ConfigError: the configuration or the lock is wrong.
    """
    knowledge = means.knowledge
    states = as_it_lies(wanted, knowledge.catalogue, knowledge.rule_ids)
    return Asked(
        dependencies=wanted_models(wanted.root, states.config, no_cache=means.no_cache),
        states=states,
        sources=sources_of(states, states.head, means),
        judge=judge_of(states.head, means),
    )


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


def written_lock(asked: Asked, upgrade: Collection[str] = ()) -> Written:
    """Return the lock of a repository: commits stay as they were, but for those to upgrade.

    Args:
        asked: What :func:`asked` returned.
        upgrade: Names, in lower case, of models whose branch or tag is asked for again.
    """
    dependencies, sources = asked.dependencies, asked.sources
    before = asked.states.head.lock
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
        entry = replace(
            entry,
            references=tuple(sorted({ref.path for ref in one.references})),
            signoff=_approved(entry, one, asked),
        )
        entries.append(entry)
        changed += _told(known, entry, one)
    gone = unreferenced(before, dependencies) if before else ()
    changed += [f"{one.id}: taken out, nothing names it" for one in gone]
    entries.sort(key=lambda one: (one.id.casefold(), one.requested or ""))
    return Written(lock=Lock(models=tuple(entries)), left=tuple(left), changed=tuple(changed))


def _approved(entry: LockEntry, dependency: Dependency, asked: Asked) -> str | None:
    """Return the digest of the one sign-off that approves a model in all parts that name it; else None."""
    located = Located(known_by="lock", entry=entry, why="")
    parts = list(parts_of(dependency, asked.states.config))
    digests = {asked.judge.judged(part, located, terms).signoff_digest for part, terms in parts}
    return next(iter(digests)) if len(digests) == 1 else None


def mismatches(asked: Asked) -> Iterator[str]:
    """Yield where a repository and its lock disagree; nothing is asked of the network."""
    dependencies, sources = asked.dependencies, asked.sources
    lock = asked.states.head.lock or Lock()
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


__all__ = ["Asked", "Written", "asked", "mismatches", "wanted_models", "written_lock"]
