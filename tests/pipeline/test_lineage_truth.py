# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Parents of real releases and cards against what a reader found in them; floors, and nothing invented.

``pytest -s tests/pipeline/test_lineage_truth.py`` prints the figures.
"""

import re
from pathlib import Path

import pytest

from scanner.discover import discover
from scanner.guarded.strict import load_own
from scanner.lineage import edges
from scanner.model.conclusion import Relation
from scanner.model.release import Confidence
from scanner.read import read

pytestmark = pytest.mark.corpus

RECALL, RELATIONS = 0.90, 0.97
"""Floors; they rise as the scanner gets better."""


def letters(name):
    return re.sub(r"[^a-z0-9]", "", name.lower().rsplit("/", 1)[-1])


@pytest.fixture(scope="module")
def truth():
    return load_own(Path(__file__).parents[1] / "truth/lineage.yaml")


@pytest.fixture(scope="module")
def found(corpus, tmp_path_factory):
    """Links by release; a card alone is laid beside a configuration, so that it is a release."""
    cards = tmp_path_factory.mktemp("cards")
    for card in sorted((corpus / "cards").glob("*/README.md")):
        folder = cards / card.parent.name
        folder.mkdir()
        (folder / "README.md").write_bytes(card.read_bytes())
        (folder / "config.json").write_text('{"model_type": "any"}')
    links = {}
    for root in (corpus / "corpus", cards):
        for folder in sorted(path for path in root.iterdir() if path.is_dir()):
            for release in discover([folder]).releases:
                links.setdefault(folder.name, []).extend(edges(release, read(release)))
    return links


@pytest.fixture(scope="module")
def compared(truth, found):
    """Parents that were found with their relations, those that were missed, and those that nobody named."""
    hits, missed, invented = [], [], []
    for release, parents in truth.items():
        # A link to another repository's licence is a hint, and names no base model.
        left = [
            edge for edge in found.get(release, ()) if {one.key for one in edge.evidence} != {"license_link"}
        ]
        for parent in parents:
            names = {letters(name) for name in parent["parent"]}
            mine = [edge for edge in left if letters(edge.parent) in names]
            left = [edge for edge in left if edge not in mine]
            if parent["how"] != "open":
                (hits if mine else missed).append((release, parent, mine))
        invented += [(release, edge.parent) for edge in left]
    return hits, missed, invented


def test_the_truth_points_at_lines_that_hold_the_names(truth, corpus):
    assert sum(bool(parents) for parents in truth.values()) >= 60
    assert sum(not parents for parents in truth.values()) >= 40
    for release, parents in truth.items():
        folder = next(
            root / release for root in (corpus / "corpus", corpus / "cards") if (root / release).is_dir()
        )
        for parent in parents:
            name, line = parent["at"].split(":")
            text = (folder / name).read_text(errors="replace").split("\n")[int(line) - 1]
            assert any(letters(one) in re.sub(r"[^a-z0-9]", "", text.lower()) for one in parent["parent"])
            said = parent["relation"]
            assert {Relation(one) for one in ([said] if isinstance(said, str) else said)}


def test_parents_are_found_and_none_is_invented(compared):
    hits, missed, invented = compared
    recall = len(hits) / (len(hits) + len(missed))
    precision = len(hits) / (len(hits) + len(invented))
    print(f"\nparents: {len(hits)} found, {len(missed)} missed, {len(invented)} invented")
    print(f"recall {recall:.3f}, precision {precision:.3f}")
    for release, parent, _ in missed:
        print("missed:", release, parent["parent"][0], parent["at"])
    assert invented == []
    assert recall >= RECALL


def test_relations_are_those_that_are_told(compared):
    hits, _, _ = compared
    right = [release for release, parent, mine in hits if mine[0].relation.value in parent["relation"]]
    print(f"\nrelations: {len(right)} of {len(hits)} right")
    assert len(right) / len(hits) >= RELATIONS


def test_what_only_sentences_say_is_never_sure(compared):
    hits, _, _ = compared
    for _, parent, mine in hits:
        if parent["how"] == "prose" and all(one.key is None for one in mine[0].evidence):
            assert mine[0].confidence is not Confidence.HIGH
