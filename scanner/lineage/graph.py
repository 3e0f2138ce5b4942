# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Links to a graph, and what every release inherits along it.

Terms travel from each parent to its children, the certain ones first and then the nearest, so that
the first to arrive is the best and each is passed on once: cycles end by themselves.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from scanner.lineage.doubts import doubts
from scanner.lineage.families import Table
from scanner.lineage.names import Form, named
from scanner.lineage.parents import NOT_CARRYING
from scanner.lineage.terms import Asked, Lender, Lent
from scanner.lineage.tree import Tree
from scanner.model.base import Value
from scanner.model.conclusion import (
    ConcludedLicense,
    EffectiveLicense,
    LineageEdge,
    ParentTerms,
    Relation,
    Unsettled,
)
from scanner.model.license import Catalogue
from scanner.model.release import Confidence


class Lineage(Value, frozen=True, kw_only=True):
    """Where one release comes from, and which terms came with it."""

    edges: tuple[LineageEdge, ...] = ()
    inherited: tuple[EffectiveLicense, ...] = ()
    """The nearest first."""

    unsettled: tuple[Unsettled, ...] = ()
    """Ancestors of which it is not settled what binds them, the nearest first."""

    by_name: ParentTerms | None = None
    """What the family table says of a release of this very name, whatever the files say."""


class Link(NamedTuple):
    """One edge with what its parent lends."""

    edge: LineageEdge
    lent: Lent

    @property
    def sure(self) -> bool:
        """Whether what binds the parent binds the child beyond doubt."""
        return self.edge.confidence is not Confidence.LOW and self.edge.relation not in NOT_CARRYING

    @property
    def identity(self) -> str:
        """What two links to the same parent share: its release, or its name (no path holds a colon first)."""
        return self.lent.paths[0] if self.lent.paths else f":{self.lent.name.key}"


class Term(NamedTuple):
    """A licence on its way down from an ancestor. The order of the fields is the order of travel."""

    doubtful: bool
    distance: int
    number: int
    """Of its making: of equals, the first goes first."""

    child: str
    """Path of the release that it reaches."""

    key: str
    link: Link
    """From the release to the parent through which it comes."""

    origin: Link
    """To the ancestor whose licence it is."""

    relation: Relation

    @property
    def name(self) -> tuple[str, str]:
        """What stands at most once in a release's inheritance."""
        return self.key, self.origin.identity


def resolve(  # noqa: PLR0913  what is known of the tree
    edges_by_path: Mapping[str, Sequence[LineageEdge]],
    weights_by_path: Mapping[str, ConcludedLicense],
    names_by_path: Mapping[str, str],
    catalogue: Catalogue,
    *,
    asked: Asked | None = None,
    digests_by_path: Mapping[str, Collection[str]] | None = None,
    unsettled_by_path: Mapping[str, str] | None = None,
) -> Mapping[str, Lineage]:
    """Fill in the terms of every parent, and return what each release inherits, by release path.

    Args:
        edges_by_path: Links of every release to its parents.
        weights_by_path: What is concluded for every release's weights.
        names_by_path: Name of every release.
        catalogue: Holds the family table.
        asked: What the Hub said of parents that are not in the tree; None: it was not asked.
        digests_by_path: Hex sha256 of the weights files of every release, where they are known.
        unsettled_by_path: Of releases of which it is not settled what binds them, the reason.
    """
    asked = asked or Asked()
    tree = Tree(names_by_path, asked.revisions, digests_by_path)
    lender = Lender(tree, weights_by_path, Table(catalogue.families), asked, unsettled_by_path or {})
    links = {
        path: [Link(edge, lender.lend(edge.parent, path)) for edge in edges_by_path[path]]
        for path in sorted(edges_by_path)
    }
    inherited, unsettled = _travel(links, tree), doubts(links)
    return {
        path: Lineage(
            edges=tuple(replace(link.edge, terms=link.lent.terms) for link in links[path]),
            inherited=tuple(map(_effective, sorted(inherited[path].values(), key=_order))),
            unsettled=unsettled[path],
            by_name=lender.by_name(path, names_by_path[path]),
        )
        for path in links
    }


def wanted(
    edges_by_path: Mapping[str, Sequence[LineageEdge]], names_by_path: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the repositories (``org/name``) that releases name as parents and that are not among them.

    Those of the surest links come first.
    """
    tree = Tree(names_by_path)
    every = [(edge, path) for path in sorted(edges_by_path) for edge in edges_by_path[path]]
    order = list(Confidence)
    missing: dict[str, str] = {}
    for edge, path in sorted(every, key=lambda one: order.index(one[0].confidence)):
        name = named(edge.parent)
        if name is None or name.form is not Form.HUB:
            continue
        found = tree.find(name, path)
        if found is None or not found.whole:
            missing.setdefault(name.key, name.text)
    return tuple(missing.values())


def _travel(links: Mapping[str, Sequence[Link]], tree: Tree) -> Mapping[str, Mapping[tuple[str, str], Term]]:
    """Let every parent's licences travel down to all of its descendants."""
    children: defaultdict[str, list[tuple[str, Link]]] = defaultdict(list)
    for child, every in links.items():
        for link in every:
            for parent in link.lent.paths:
                children[parent].append((child, link))
    waiting = [first._replace(number=number) for number, first in enumerate(_first(links))]
    heapq.heapify(waiting)
    number = len(waiting)
    arrived: dict[str, dict[tuple[str, str], Term]] = {path: {} for path in links}
    while waiting:
        term = heapq.heappop(waiting)
        if term.name in arrived[term.child]:
            continue
        arrived[term.child][term.name] = term
        for child, link in children[term.child]:
            if not _own(term, child, tree) and not _nearer(term, link):
                heapq.heappush(waiting, _passed_on(term, child, link, number))
                number += 1
    return arrived


def _first(links: Mapping[str, Sequence[Link]]) -> Iterator[Term]:
    """Yield what every parent lends to its own children; they are not numbered yet."""
    for child, every in links.items():
        for link in every:
            for key, certain in link.lent.keys.items():
                yield Term(not (certain and link.sure), 1, 0, child, key, link, link, link.edge.relation)


def _passed_on(term: Term, child: str, link: Link, number: int) -> Term:
    """Return a term one step further down. A step that carries no weights marks the whole way."""
    here = link.edge.relation
    relation = term.relation if term.relation in NOT_CARRYING and here not in NOT_CARRYING else here
    return Term(
        term.doubtful or not link.sure,
        term.distance + 1,
        number,
        child,
        term.key,
        link,
        term.origin,
        relation,
    )


def _own(term: Term, child: str, tree: Tree) -> bool:
    """Whether a term has come round to the release whose own it is."""
    origin = term.origin.lent
    return child in origin.paths or origin.name.key == tree.name(child)


def _nearer(term: Term, link: Link) -> bool:
    """Whether the parent is itself under this licence, so that it stands for its ancestors on this way."""
    certain = link.lent.keys.get(term.key)
    return certain is not None and (certain or term.doubtful)


def _order(term: Term) -> tuple[int, str, str]:
    return term.distance, term.origin.edge.parent.lower(), term.key


def _effective(term: Term) -> EffectiveLicense:
    return EffectiveLicense(
        key=term.key,
        via=term.origin.edge.parent,
        relation=term.relation,
        certain=not term.doubtful,
        why=_why(term),
    )


def _why(term: Term) -> str:
    """Return the way of a term in words, and what makes it doubtful."""
    edge = term.link.edge
    made = f"made from {edge.parent} ({edge.relation}, {edge.how})"
    between = term.distance - 2
    if between >= 0:
        others = f" by way of {between} more" if between else ""
        made = f"{made}, which comes from {term.origin.edge.parent}{others}"
    return f"{made}: {term.origin.lent.terms.why}{_doubt(term)}"


def _doubt(term: Term) -> str:
    if term.relation in NOT_CARRYING:
        return f"; {term.relation} holds none of its weights, so only clauses on outputs can reach it"
    if term.link.edge.confidence is Confidence.LOW:
        return "; that the release was made from it is not sure"
    return "; not every step on the way is sure" if term.doubtful and term.distance > 1 else ""
