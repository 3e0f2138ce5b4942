# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What is not settled about an ancestor is not settled about what was made from it, however far down.

Doubts travel as terms do: along links that carry weights, the nearest first, and a few for each release.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Protocol

from scanner.lineage.parents import NOT_CARRYING
from scanner.lineage.terms import Lent
from scanner.model.conclusion import LineageEdge, Unsettled
from scanner.model.release import Confidence

MOST = 5
"""Doubts that are kept for one release: one is enough for a person to look."""


class Linked(Protocol):
    """One link with what its parent lends."""

    @property
    def edge(self) -> LineageEdge:
        """The link."""

    @property
    def lent(self) -> Lent:
        """What its parent lends."""


def doubts(links: Mapping[str, Sequence[Linked]]) -> Mapping[str, tuple[Unsettled, ...]]:
    """Return by release path what is not settled about its ancestors, the nearest first."""
    children: defaultdict[str, list[tuple[str, Linked]]] = defaultdict(list)
    waiting: deque[tuple[str, Unsettled]] = deque()
    for child in sorted(links):
        for link in links[child]:
            if not _carries(link.edge):
                continue
            for parent in link.lent.paths:
                children[parent].append((child, link))
            if link.lent.unsettled:
                found = Unsettled(via=link.edge.parent, why=link.lent.unsettled, direct=True)
                waiting.append((child, found))
    arrived: dict[str, dict[str, Unsettled]] = {path: {} for path in links}
    while waiting:
        path, found = waiting.popleft()
        here = arrived[path]
        if found.via.lower() in here or len(here) >= MOST:
            continue
        here[found.via.lower()] = found
        further = Unsettled(via=found.via, why=found.why, direct=False)
        waiting.extend((child, further) for child, _ in children[path])
    return {path: tuple(found.values()) for path, found in arrived.items()}


def _carries(edge: LineageEdge) -> bool:
    """Whether what binds the parent may bind the child at all, as far as the link is sure."""
    return edge.relation not in NOT_CARRYING and edge.confidence is not Confidence.LOW
