# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a release comes from, in words; from the Report alone.

A parent that lies in the scanned tree leads on to its own parents, any other parent ends the way.
``drawing`` lays the same out as a picture.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scanner.model.base import Value
from scanner.model.conclusion import LineageEdge, ParentTerms
from scanner.model.release import Confidence
from scanner.model.report import ReleaseReport
from scanner.render import words

FURTHER = 40
"""Links behind the release's own parents that are told with it; each stands with its own release, too."""

IN_TREE, ON_HUB, BY_NAME, NOT_KNOWN = "in-tree", "on-hub", "by-name", "not-known"
"""How an ancestor is known."""

PLACES: Mapping[str, str] = {
    IN_TREE: "in the scanned tree",
    ON_HUB: "read from the Hub",
    BY_NAME: "known by its name",
    NOT_KNOWN: "not known here",
}


class Kin(Value, frozen=True, kw_only=True):
    """One link upwards, and what is known above it."""

    edge: LineageEdge
    key: str
    """The same for every link to the same ancestor."""

    told: bool = False
    """Its own parents are told at another place of the tree."""

    parents: tuple["Kin", ...] = ()


class Ancestry(Value, frozen=True, kw_only=True):
    """The links above one release."""

    parents: tuple[Kin, ...]
    more: bool
    """Whether there are links further back that are not told here."""


def ancestry(release: ReleaseReport, by_path: Mapping[str, ReleaseReport]) -> Ancestry:
    """Return the links above a release: all to its own parents, and the nearest of those behind them.

    Args:
        release: Whose parents are asked for.
        by_path: The releases of the Report by their paths.
    """
    known, more = _nearest(release, by_path)
    return Ancestry(parents=_kin(release.path, known, set()), more=more)


def ancestor_key(edge: LineageEdge) -> str:
    """Return what two links to the same ancestor share: its path, or its name (no path holds a NUL)."""
    return edge.terms.release if edge.terms.release is not None else f"\0{edge.parent.lower()}"


def _nearest(
    release: ReleaseReport, by_path: Mapping[str, ReleaseReport]
) -> tuple[Mapping[str, tuple[LineageEdge, ...]], bool]:
    """Return links by the child that they start from, the nearest to the release first, and whether all."""
    known = {release.path: release.lineage}
    waiting, room = deque(map(ancestor_key, release.lineage)), FURTHER
    while waiting:
        key = waiting.popleft()
        above = by_path[key].lineage if key in by_path and key not in known else ()
        if len(above) > room:
            return known, True
        if above:
            known[key] = above
            room -= len(above)
            waiting += map(ancestor_key, above)
    return known, False


def _kin(child: str, known: Mapping[str, Sequence[LineageEdge]], told: set[str]) -> tuple[Kin, ...]:
    """Return the links above a child; what stands above an ancestor is told where it comes first."""
    told.add(child)
    kin = []
    for edge in known.get(child, ()):
        key = ancestor_key(edge)
        again = key in told and key in known
        kin.append(Kin(edge=edge, key=key, told=again, parents=() if again else _kin(key, known, told)))
    return tuple(kin)


def tree(release: ReleaseReport, by_path: Mapping[str, ReleaseReport]) -> Iterator[tuple[int, str]]:
    """Yield the lineage of a release in words: depth (1 for a parent) and one line for each link."""
    found = ancestry(release, by_path)
    for depth, kin in walk(found.parents, 1):
        yield depth, told(kin)
    if found.more:
        yield 1, words.FURTHER_BACK


def walk(kin: Iterable[Kin], depth: int = 1) -> Iterator[tuple[int, Kin]]:
    """Yield every link with its depth, each before what stands above it."""
    for one in kin:
        yield depth, one
        yield from walk(one.parents, depth + 1)


def told(kin: Kin) -> str:
    """Return one link in words: ``fine-tuned from a/b (llama-3.1, known by its name)``."""
    edge = kin.edge
    unsure = "" if sure(edge) else ", and the link is not sure"
    above = "; its own parents are told at its other place" if kin.told else ""
    terms = f"{words.terms(edge.terms)}, {PLACES[place(edge.terms)]}"
    if not edge.terms.keys:
        where = place(edge.terms)
        terms = "its terms are not known" if where == NOT_KNOWN else f"{PLACES[where]}, no terms known"
    return f"{words.RELATIONS[edge.relation]} {edge.parent} ({terms}{unsure}{above})"


def place(terms: ParentTerms) -> str:
    """Return how an ancestor is known."""
    if terms.release is not None:
        return IN_TREE
    if terms.how == "hub":
        return ON_HUB
    return BY_NAME if terms.how == "family" else NOT_KNOWN


def sure(edge: LineageEdge) -> bool:
    """Whether it is more than a hint that the release comes from there."""
    return edge.confidence is not Confidence.LOW
