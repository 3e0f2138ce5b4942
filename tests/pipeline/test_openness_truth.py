# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""No release of the corpus is graded more open than its files and card support, as a person read them."""

from pathlib import Path

import pytest

from scanner.guarded.strict import load_own
from scanner.model.openness import Axis, CheckOutcome, Grade, Presence
from scanner.openness.terms import RANK

pytestmark = pytest.mark.corpus

ALIKE = 0.79
"""Floor of the share of grades that are the same; the others are more careful than the reader."""


@pytest.fixture(scope="module")
def truth():
    return load_own(Path(__file__).parents[1] / "truth/openness.yaml")


@pytest.fixture(scope="module")
def releases(corpus, scanned, tmp_path_factory):
    """Every release by its folder; one with a card alone is laid beside a configuration."""
    found = {one.path.split("/")[0]: one for one in scanned(corpus / "corpus").releases}
    alone = tmp_path_factory.mktemp("alone")
    for folder in sorted(path for path in (corpus / "corpus").iterdir() if path.is_dir()):
        if folder.name not in found:
            (alone / folder.name).mkdir()
            (alone / folder.name / "config.json").write_text('{"model_type": "any"}')
            for file in folder.iterdir():
                (alone / folder.name / file.name).write_bytes(file.read_bytes())
    return found | {one.path.split("/")[0]: one for one in scanned(alone).releases}


def test_every_release_of_the_corpus_was_read(truth, corpus):
    assert set(truth) == {path.name for path in (corpus / "corpus").iterdir() if path.is_dir()}
    for graded in truth.values():
        assert {Grade(graded[axis.value]) for axis in Axis}


def test_no_axis_is_graded_more_open_than_a_reader_did(truth, releases):
    assert set(releases) == set(truth)
    over, same = [], 0
    for name, release in releases.items():
        for graded in release.openness.axes:
            most = Grade(truth[name][graded.axis.value])
            same += graded.grade is most
            if RANK[graded.grade] > RANK[most]:
                over.append((name, graded.axis.value, graded.grade.value, most.value, graded.why))
    assert over == []
    assert same / (len(truth) * len(Axis)) >= ALIKE


def test_no_label_says_more_than_lies_there(truth, releases):
    assert {name: one.openness.label.value for name, one in releases.items()} == {
        name: graded["label"] for name, graded in truth.items()
    }


def test_no_release_without_weights_code_and_data_reaches_a_class(releases):
    for release in releases.values():
        assert release.openness.mof.reached is None
        for state in release.openness.mof.components:
            assert not state.accepted or state.presence is Presence.HERE


def test_a_test_is_never_met_and_every_answer_says_why(releases):
    for release in releases.values():
        for checklist in (release.openness.osaid, release.openness.eu_ai_act):
            assert checklist.outcome in {"cannot-be-met", "open-points"}
            against = [one for one in checklist.checks if one.outcome is CheckOutcome.AGAINST]
            assert bool(against) == (checklist.outcome == "cannot-be-met")
            for check in checklist.checks:
                open_ = check.outcome in {CheckOutcome.OPEN, CheckOutcome.NOT_FOUND}
                assert bool(check.why) != open_


def test_cards_that_call_their_model_open_source_are_found_and_no_others(truth, releases):
    said = {name for name, one in releases.items() if one.openness.calls_itself_open}
    assert said == {name for name, graded in truth.items() if graded["calls_itself"]}


@pytest.mark.parametrize(
    ("name", "check", "outcome"),
    [
        ("meta-llama__Llama-3.1-8B", "user-scale", "against"),
        ("meta-llama__Llama-3.1-8B", "use-restrictions", "review"),
        ("meta-llama__Llama-2-7b-hf", "access", "review"),
        ("CompVis__stable-diffusion-v1-4", "use-restrictions", "review"),
        ("CompVis__stable-diffusion-v1-4", "user-scale", "found"),
        ("Irfanuruchi__phi-2-chat", "rights", "found"),
        ("Qwen__Qwen-72B", "user-scale", "against"),
    ],
)
def test_the_exemption_of_the_ai_act(releases, name, check, outcome):
    checks = {one.id: one for one in releases[name].openness.eu_ai_act.checks}
    assert checks[check].outcome.value == outcome, checks[check]
