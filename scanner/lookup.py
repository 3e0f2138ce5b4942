# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Base models beside the scanned releases: those in the tree lend their terms, others may be asked for.

What the Hub gives is examined like any release, is not judged, and is not part of the scan.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from scanner.discover import Online, Unanswered
from scanner.examine import Examined, Knowledge, clauses_of, examine
from scanner.lineage import Asked, Form, Lineage, named, resolve, spellings, wanted
from scanner.model.base import Value
from scanner.model.conclusion import ConcludedLicense, DataTerms, LineageEdge, Status
from scanner.model.license import Catalogue
from scanner.model.reading import ReadClause, bars_uses
from scanner.model.release import ArtifactKind, Component, Release, Unread

MAX_PARENTS = 50
"""Base models that are looked up on the Hub in one run."""

MAX_GENERATIONS = 8
"""Generations of base models that are looked up."""


class Lenders(Value, frozen=True, kw_only=True):
    """Base models that were read from the Hub: they lend their terms, and are not judged themselves."""

    examined: Mapping[str, Examined] = {}
    """By a path of their own, which no release of the tree can have."""

    names: Mapping[str, str] = {}
    """By the same path, the name that others call them by."""

    refused: Mapping[str, str] = {}
    """Why others could not be read, by their name in lower case."""

    unread: tuple[Unread, ...] = ()
    """Those that could not be read, or not wholly, each with the reason."""


def lenders(examined: Sequence[Examined], hub: Online, knowledge: Knowledge) -> Lenders:
    """Read the base models that are not in the tree from the Hub, one generation after another."""
    found: dict[str, Examined] = {}
    names: dict[str, str] = {}
    refused: dict[str, str] = {}
    unread: list[Unread] = []

    def wanting() -> list[str]:
        known = {*refused, *(name.lower() for name in names.values())}
        return [name for name in _wanted(examined, found, names) if name.lower() not in known]

    def refuse(name: str, reason: str) -> None:
        refused[name.lower()] = reason
        unread.append(_not_resolved(name, reason))

    for _ in range(MAX_GENERATIONS):
        missing = wanting()
        if not missing:
            break
        for name in missing:
            path = f"{_HUB}{name.lower()}"
            try:
                if len(names) + len(refused) >= MAX_PARENTS:
                    raise Unanswered.bound(f"{MAX_PARENTS} base models are looked up in one run")
                found[path] = examine(hub.parent(name), knowledge)
                names[path] = name
            except Unanswered as unanswered:
                refuse(name, unanswered.reason)
    for name in wanting():
        refuse(name, f"{MAX_GENERATIONS} generations of base models are looked up")
    return Lenders(
        examined=found,
        names=names,
        refused=refused,
        unread=(
            *unread,
            *(_in_part(names[path], one) for path, one in found.items() if _gaps(one)),
            *_renamed(found, names),
            *_unnamed(examined),
        ),
    )


_HUB = "/hub/"
"""Begins the paths of base models that were read from the Hub; no path below a scanned root does."""


def _wanted(
    examined: Sequence[Examined], found: Mapping[str, Examined], names: Mapping[str, str]
) -> tuple[str, ...]:
    every = {one.release.path: one for one in examined} | dict(found)
    own = {one.release.path: one.release.name for one in examined}
    return wanted({path: one.edges for path, one in every.items()}, own | dict(names))


_TELLING = frozenset(
    {
        ArtifactKind.CARD,
        ArtifactKind.LICENSE,
        ArtifactKind.NOTICE,
        ArtifactKind.POLICY,
        ArtifactKind.CONFIG,
        ArtifactKind.WEIGHTS,
    }
)
"""Kinds of files in which terms, or base models, may be named."""


def _gaps(one: Examined) -> tuple[Unread, ...]:
    """Return the files of a base model that could not be fetched and may name its terms or its own bases."""
    kinds = {artifact.path: artifact.kind for artifact in one.release.artifacts}
    return tuple(
        unread
        for unread in one.release.unread
        if unread.matters and "not fetched" in unread.reason
        if kinds.get(unread.path, ArtifactKind.CARD) in _TELLING
    )


def _in_part(name: str, one: Examined) -> Unread:
    first, *others = _gaps(one)
    more = f", and {len(others):,} more" if others else ""
    return Unread(
        path=name, reason=f"base model, read from the Hub in part: {first.path} {first.reason}{more}"
    )


def _renamed(found: Mapping[str, Examined], names: Mapping[str, str]) -> Iterator[Unread]:
    """Yield the base models that have another name today than the one by which they were asked for."""
    for path, one in found.items():
        if one.release.name.lower() != names[path].lower():
            reason = f"base model, read from the Hub, where it is now called {one.release.name}"
            yield Unread(path=names[path], reason=reason, matters=False)


def _lent(one: Examined) -> ConcludedLicense:
    """Return what a base model's weights are under; nothing is sure where its terms were not all fetched."""
    weights = one.licenses.of(Component.WEIGHTS)
    gaps = _gaps(one)
    if not gaps:
        return weights
    return msgspec.structs.replace(
        weights,
        keys=(),
        expression=None,
        candidates=weights.keys or weights.candidates,
        status=Status.UNKNOWN,
        why=f"{weights.why}; but {gaps[0].path} could not be fetched",
    )


def _not_resolved(name: str, reason: str) -> Unread:
    return Unread(path=name, reason=f"base model, not read from the Hub: {reason}")


def _unnamed(examined: Sequence[Examined]) -> tuple[Unread, ...]:
    """Return the base models that no repository's name leads to."""
    reason = "it is not named as org/name, so it cannot be looked up"
    parents = {edge.parent for one in examined for edge in one.edges if not _on_the_hub(edge)}
    return tuple(_not_resolved(parent, reason) for parent in sorted(parents))


def _on_the_hub(edge: LineageEdge) -> bool:
    name = named(edge.parent)
    return name is not None and name.form is Form.HUB


def by_name_alone(lineages: Iterable[Lineage]) -> tuple[Unread, ...]:
    """Say in one line how many base models were not looked at, since the network was not to be used."""
    terms = {
        edge.parent.lower(): edge.terms
        for lineage in lineages
        for edge in lineage.edges
        if edge.terms.release is None and _on_the_hub(edge)
    }
    if not terms:
        return ()
    unknown = sum(not one.keys for one in terms.values())
    known = len(terms) - unknown
    parts = [f"the terms of {known:,} are known by name only"] * bool(known)
    parts += [f"those of {unknown:,} are not known"] * bool(unknown)
    which = "one is" if len(terms) == 1 else f"{len(terms):,} are"
    reason = f"{which} not in the scanned tree: {' and '.join(parts)}; --online looks them up on the Hub"
    return (Unread(path="base models", reason=reason, matters=False),)


def resolved(examined: Sequence[Examined], lenders: Lenders, catalogue: Catalogue) -> Mapping[str, Lineage]:
    """Resolve the parents of all releases together, by release path."""
    every = {one.release.path: one for one in examined} | dict(lenders.examined)
    return resolve(
        {path: one.edges for path, one in every.items()},
        {one.release.path: one.licenses.of(Component.WEIGHTS) for one in examined}
        | {path: _lent(one) for path, one in lenders.examined.items()},
        {path: lenders.names.get(path, one.release.name) for path, one in every.items()},
        catalogue,
        asked=Asked(
            revisions={path: one.release.revision or "" for path, one in lenders.examined.items()},
            refused=lenders.refused,
            renamed={
                path: one.release.name
                for path, one in lenders.examined.items()
                if one.release.name.lower() != lenders.names[path].lower()
            },
        ),
        digests_by_path={path: _digests(one.release) for path, one in every.items()},
        unsettled_by_path={
            path: why for path, one in every.items() if (why := _unsettled(one, catalogue)) is not None
        },
    )


def _unsettled(one: Examined, catalogue: Catalogue) -> str | None:
    """Return why it is not settled what binds a release, beyond what its conclusion says; None: it is."""
    gaps = _gaps(one) if one.release.named_by == "hub" else ()
    if gaps:
        return f"{gaps[0].path} could not be fetched"
    weights = one.licenses.of(Component.WEIGHTS)
    found = barred(clauses_of(one.detections), (*weights.keys, *weights.candidates), catalogue)
    return f"its {found[0].source.value} bars some uses ({_place(found[0])})" if found else None


def barred(
    clauses: Iterable[ReadClause], keys: Iterable[str], catalogue: Catalogue
) -> tuple[ReadClause, ...]:
    """Return the clauses of card, gate and policy that bar uses which no licence of the weights bars."""
    records = (catalogue.licenses.get(key) for key in keys)
    limited = any(record.limits_purpose for record in records if record)
    return () if limited else tuple(filter(bars_uses, clauses))


def _place(read: ReadClause) -> str:
    return f"{read.path}:{read.clause.lines[0]}"


def _digests(release: Release) -> frozenset[str]:
    """Return the digests of a release's weights, where a cache, a pointer or the Hub recorded them."""
    weights = (one for one in release.artifacts if one.kind is ArtifactKind.WEIGHTS)
    return frozenset(one.sha256 for one in weights if one.sha256)


def data_terms(data_sets: Iterable[Release], knowledge: Knowledge) -> Mapping[str, DataTerms]:
    """Return the terms of the data sets in the tree, by every name in lower case that cards may use."""
    found: dict[str, DataTerms] = {}
    for release in data_sets:
        # A data set has one tag for all of it; the stage that reads it speaks of weights.
        stated = examine(release, knowledge).licenses.of(Component.WEIGHTS)
        terms = DataTerms(
            path=release.path,
            keys=stated.keys or stated.candidates,
            certain=bool(stated.keys),
            why=stated.why,
        )
        found |= dict.fromkeys(spellings(release.path, release.name), terms)
    return found
