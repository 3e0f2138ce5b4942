# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""287 real cards: none is too odd to be read, and a name that is only mentioned concludes nothing."""

import json
import struct

import pytest

from scanner.guarded.strict import load_own
from scanner.model.release import Component

pytestmark = pytest.mark.corpus

SAID_IN_WORDS = {
    "allegro__herbert-klej-cased-v1": ("cc-by-sa-4.0",),
    "squeezebert__squeezebert-mnli-headless": (),
}
"""Cards without a tag that state their licence in a section of their own, as a person reads them; of the
second, the line says "bsd" and no version."""

VAGUE = {"other", "openrail", "unknown", "cc", "bsd", "gpl", "lgpl"}
"""Tags that name no single version."""


@pytest.fixture(scope="module")
def cards(corpus, tmp_path_factory, scanned):
    """Each card beside a weights file, scanned together: by name."""
    root = tmp_path_factory.mktemp("cards")
    header = json.dumps({"w": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}).encode()
    for path in sorted((corpus / "cards").rglob("*")):
        if path.is_file() and path.suffix != ".yaml":
            own = root / path.relative_to(corpus / "cards").parts[0]
            own.mkdir()
            (own / "README.md").write_bytes(path.read_bytes())
            (own / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + b"\0")
    return {release.path: release for release in scanned(root).releases}


@pytest.fixture(scope="module")
def labels(corpus):
    return {label["card"]: label for label in load_own(corpus / "cards/labels.yaml")}


def test_every_card_is_read(cards, labels):
    assert set(cards) == set(labels)


def test_every_tag_is_resolved_or_named_as_unknown(cards, labels):
    for name, label in labels.items():
        if not label["license"]:
            continue
        weights = cards[name].licenses.of(Component.WEIGHTS)
        declared = [one for one in cards[name].licenses.declared if one.source.value == "card"]
        assert declared, name
        assert weights.keys or weights.candidates or all(one.note for one in declared), name
        if weights.keys:
            assert str(label["license"]).lower() not in VAGUE, name


def test_no_licence_is_concluded_from_a_bare_mention(cards, labels):
    for name, release in cards.items():
        label, weights = labels[name], release.licenses.of(Component.WEIGHTS)
        if not label["license"] and not label["license_name"]:
            assert weights.keys == SAID_IN_WORDS.get(name, ()), name
            assert bool(weights.candidates) <= (name in SAID_IN_WORDS), name


def test_a_tag_is_not_overruled_by_what_the_card_mentions(cards, labels):
    """None of these cards contradicts its own tag, as a person reads them."""
    for name, release in cards.items():
        if labels[name]["license"]:
            assert release.licenses.of(Component.WEIGHTS).status.value != "conflict", name
