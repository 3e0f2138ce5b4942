# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Releases made of evidence at random, agreeing and disagreeing.

The conclusion is never more permissive than the strictest evidence that nothing disputes: whatever is added,
the verdict is at least as strict as that of each piece of exact evidence alone, and no licence that is
named for the weights is lost. What a card says of the weights in a sentence disputes a plain licence file,
which may be the code's (docs/precedence.md); such pairs are tested by themselves.
"""

import json
import struct
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.model.finding import VerdictWord
from scanner.model.license import Act
from scanner.model.release import Component
from scanner.model.usecase import UseCase

EXAMPLES = Path(__file__).parents[2] / "examples"
STRICTNESS = list(VerdictWord)
USE_CASES = (UseCase(id="shop", commercial=True, acts=(Act.HOSTED_SERVICE, Act.REDISTRIBUTION)),)

NAMES = {
    "mit": "MIT",
    "apache-2.0": "Apache-2.0",
    "cc-by-nc-4.0": "CC-BY-NC-4.0",
    "openmdw-1.0": "OpenMDW-1.0",
    "llama-3.1": "the Llama 3.1 Community License",
}
TAGS = {"mit": "mit", "apache-2.0": "apache-2.0", "cc-by-nc-4.0": "cc-by-nc-4.0", "llama-3.1": "llama3.1"}
TEXTS = ("example-community-1.0", "example-community-1.1", "example-permissive-1.0")

NAMED = st.sampled_from(sorted(NAMES))
EVIDENCE = st.fixed_dictionaries(
    {},
    optional={
        "tag": st.sampled_from(sorted(TAGS)),
        "prose": NAMED,
        "safetensors": NAMED,
        "file": st.sampled_from(TEXTS),
        "model-file": st.sampled_from(TEXTS),
    },
)


def text_of(key):
    return (EXAMPLES / f"catalogue/texts/{key}.txt").read_text()


def write(root, evidence):
    """Write a release that holds some evidence."""
    tag = f"license: {TAGS[evidence['tag']]}\n" if "tag" in evidence else ""
    prose = (
        f"The model weights are released under {NAMES[evidence['prose']]}.\n" if "prose" in evidence else ""
    )
    files = {"README.md": f"---\n{tag}pipeline_tag: text-generation\n---\n# A model\n\n{prose}"}
    if "file" in evidence:
        files["LICENSE"] = text_of(evidence["file"])
    if "model-file" in evidence:
        files["LICENSE-MODEL"] = text_of(evidence["model-file"])
    for name, text in files.items():
        (root / name).write_text(text)
    metadata = (
        {"__metadata__": {"license": NAMES[evidence["safetensors"]]}} if "safetensors" in evidence else {}
    )
    header = json.dumps({**metadata, "w": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}).encode()
    (root / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + b"\0")


@pytest.fixture(scope="module")
def judged(scanned):
    """Scan a release with some evidence; each combination once."""

    @cache
    def judge(evidence):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), dict(evidence))
            (release,) = scanned(Path(folder), use_cases=USE_CASES).releases
        return release

    return lambda evidence: judge(tuple(sorted(evidence.items())))


def disputed(evidence):
    """Return the kinds of evidence that give way to another by a written rule."""
    gives_way = "file" in evidence and ("prose" in evidence or "model-file" in evidence)
    return {"file"} if gives_way else set()


MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(EVIDENCE)
def test_the_verdict_is_as_strict_as_that_of_each_evidence_alone(judged, evidence):
    together = judged(evidence).verdict
    for kind in evidence.keys() - disputed(evidence):
        alone = judged({kind: evidence[kind]}).verdict
        assert STRICTNESS.index(together) >= STRICTNESS.index(alone), kind


@MANY
@given(EVIDENCE)
def test_no_licence_that_is_named_for_the_weights_is_lost(judged, evidence):
    weights = judged(evidence).licenses.of(Component.WEIGHTS)
    kept = {*weights.keys, *weights.candidates}
    assert {evidence[kind] for kind in evidence.keys() - disputed(evidence)} <= kept


@MANY
@given(EVIDENCE)
def test_what_is_concluded_is_what_all_undisputed_evidence_says(judged, evidence):
    weights = judged(evidence).licenses.of(Component.WEIGHTS)
    if weights.keys:
        assert {evidence[kind] for kind in evidence.keys() - disputed(evidence)} == set(weights.keys)


def test_a_plain_file_that_gives_way_is_named_with_the_reason(judged):
    release = judged({"file": "example-permissive-1.0", "prose": "cc-by-nc-4.0"})
    weights = release.licenses.of(Component.WEIGHTS)
    assert weights.keys == ("cc-by-nc-4.0",)
    assert [one.path for one in weights.rejected] == ["LICENSE"]
    assert release.verdict is VerdictWord.BLOCKED
