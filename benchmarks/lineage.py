# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""How long the terms of large trees take to travel: ``python benchmarks/lineage.py``.

A chain, a tree, a ring and one merge of many parents, each of so many releases; below a second is the bar.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping

from scanner.catalog import load_catalogue
from scanner.lineage import resolve
from scanner.model.base import Evidence
from scanner.model.conclusion import ConcludedLicense, LineageEdge, ParentTerms, Relation, Status
from scanner.model.release import Component, Confidence

NODES = 10_000
BAR = 1.0
"""Seconds."""

Shape = Callable[[int, int], range]


def chain(number: int, _: int) -> range:
    """Every release comes from the one before it."""
    return range(number - 1, number) if number else range(0)


def tree(number: int, _: int) -> range:
    """Every release has ten children."""
    return range(number // 10, number // 10 + 1) if number else range(0)


def ring(number: int, count: int) -> range:
    """Like the chain, and the first comes from the last."""
    return range((number - 1) % count, (number - 1) % count + 1)


def merge(number: int, count: int) -> range:
    """The last release is a merge of all the others."""
    return range(number) if number == count - 1 else range(0)


SHAPES: Mapping[str, Shape] = {"chain": chain, "tree": tree, "ring": ring, "merge": merge}


def releases(shape: Shape, count: int) -> dict[str, tuple[LineageEdge, ...]]:
    """Return the links of so many releases."""
    return {name(number): tuple(map(link, shape(number, count))) for number in range(count)}


def name(number: int) -> str:
    """Return the name and path of one release."""
    return f"org/model-{number}"


def link(parent: int) -> LineageEdge:
    """Return a link to one parent."""
    return LineageEdge(
        parent=name(parent),
        relation=Relation.FINETUNE,
        how="declared",
        confidence=Confidence.HIGH,
        evidence=(Evidence(path="README.md", reader="model-card"),),
        terms=ParentTerms(why="open"),
    )


def concluded(number: int) -> ConcludedLicense:
    """Return the licence of one release: three of them alternate."""
    return ConcludedLicense(
        component=Component.WEIGHTS,
        status=Status.DECLARED,
        why="stated",
        keys=(("mit", "apache-2.0", "cc-by-4.0")[number % 3],),
    )


def seconds(shape: Shape, count: int) -> float:
    """Return how long it takes to resolve one shape."""
    edges = releases(shape, count)
    weights = {name(number): concluded(number) for number in range(count)}
    catalogue = load_catalogue()
    begin = time.perf_counter()
    resolve(edges, weights, dict(zip(edges, edges, strict=True)), catalogue)
    return time.perf_counter() - begin


def main() -> int:
    """Print the time of every shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=NODES)
    count = parser.parse_args().nodes
    worst = 0.0
    for shape, edges in SHAPES.items():
        taken = seconds(edges, count)
        worst = max(worst, taken)
        print(f"{shape:6} {count:,} releases: {taken:.2f} s")
    return int(worst > BAR)


if __name__ == "__main__":
    sys.exit(main())
