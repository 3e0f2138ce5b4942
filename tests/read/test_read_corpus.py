# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Every release and every card of the reference material is read, and says what people found in it."""

import shutil

import pytest
import yaml

from scanner.discover import discover
from scanner.model.reading import Source
from scanner.model.release import Artifact, ArtifactKind, Release
from scanner.read import read
from scanner.read.legal import kind_of_terms
from scanner.read.page import open_page

pytestmark = pytest.mark.corpus


def truth(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # noqa: TID251  ours


def said(facts, *names):
    return [reading.value for reading in facts.named(*names)]


def test_every_release_is_read(corpus):
    releases = discover([corpus / "corpus"]).releases
    assert len(releases) >= 70
    for release in releases:
        facts = read(release)
        assert not [unread for unread in facts.unread if unread.matters], release.path
        legal = {
            one.path for one in release.artifacts if one.kind in {ArtifactKind.LICENSE, ArtifactKind.POLICY}
        }
        assert legal <= {text.path for text in facts.texts}, release.path
        lines = {}
        for reading in facts.readings:
            evidence = reading.evidence
            assert reading.name == "problem" or evidence.quote or reading.value is None
            if evidence.lines:
                whole = lines.setdefault(
                    evidence.path, open_page(corpus, f"corpus/{release.path}/{evidence.path}", 10**8)
                )
                assert (
                    evidence.quote in whole.lines[evidence.lines[0] - 1]
                    or len(whole.lines[evidence.lines[0] - 1]) > 300
                )


def test_every_card_says_what_people_found(corpus, tmp_path):
    for label in truth(corpus / "cards" / "labels.yaml"):
        root = corpus / "cards" / label["card"]
        (card,) = [path.name for path in root.iterdir() if path.is_file()]
        shutil.copy(root / card, tmp_path / "README.md")
        artifact = Artifact(path="README.md", kind=ArtifactKind.CARD, size=(root / card).stat().st_size)
        facts = read(
            Release(name="r", path=".", root=str(tmp_path), named_by="folder", artifacts=(artifact,))
        )
        for key in ("license", "base_model", "datasets"):
            expected = label[key] if isinstance(label[key], list) else [label[key]]
            found = [value for value in said(facts, key) if value is not None]
            assert found == [str(value) for value in expected if value], (label["card"], key)


def test_licence_texts_are_known_by_their_words_and_cards_are_not(corpus):
    texts = sorted(path for path in (corpus / "licences").iterdir() if path.suffix == ".txt")
    known = [path for path in texts if kind_of_terms(open_page(path.parent, path.name, 10**7).lines)]
    assert len(known) >= 0.97 * len(texts)
    cards = [path for folder in ("cards", "corpus") for path in (corpus / folder).rglob("README*")]
    assert len(cards) > 300
    assert not [path for path in cards if kind_of_terms(open_page(path.parent, path.name, 10**7).lines)]


def test_merges_and_adapters_name_their_parents(corpus):
    by_path = {release.path: read(release) for release in discover([corpus / "corpus"]).releases}
    merges = [
        facts for facts in by_path.values() if any(one.source is Source.MERGEKIT for one in facts.readings)
    ]
    assert len(merges) >= 3
    assert all(said(facts, "model") and said(facts, "merge_method") for facts in merges)
    adapters = [facts for facts in by_path.values() if said(facts, "base_model_name_or_path")]
    assert len(adapters) >= 2
