# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""An ancestor more never makes a verdict more permissive, whatever it is and however it is known."""

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
from scanner.model.usecase import UseCase, UserCount

STRICTNESS = list(VerdictWord)
USE_CASES = (
    UseCase(id="inside", commercial=False, acts=(Act.INTERNAL_USE,)),
    UseCase(
        id="shop",
        commercial=True,
        acts=(Act.HOSTED_SERVICE, Act.REDISTRIBUTION, Act.OUTPUT_TRAINING),
        users=(UserCount(of="group", month="any", value=10),),
        establishment="DE",
        deployment=("DE", "US"),
    ),
)

OWN = ("mit", "apache-2.0", "llama3.1", "cc-by-nc-4.0", "gemma", "other", None)
BASES = (
    "meta-llama/Llama-3.1-8B",
    "google/gemma-2-9b",
    "mistralai/Mistral-7B-v0.1",
    "Qwen/Qwen2.5-3B",
    "bigscience/bloom",
    "nobody/knows-this",
)
RELATIONS = ("finetune", "adapter", "merge", "quantized", "distilled", "trained-on", None)
TREE = {"lab/strict": "cc-by-nc-4.0", "lab/free": "mit", "lab/silent": None}
"""Ancestors that lie in the tree, with their tags."""


def card(license_, bases=(), relation=None) -> str:
    lines = [f"license: {license_}"] if license_ else []
    lines += ["base_model:", *(f"- {base}" for base in bases)] if bases else []
    lines += [f"base_model_relation: {relation}"] if relation and bases else []
    return "\n".join(["---", *lines, "pipeline_tag: text-generation", "---", "# A model", ""])


@pytest.fixture(scope="module")
def judged(scanned):
    """Judge a release made of its own tag, its bases and their relation, beside the tree of ancestors."""

    @cache
    def call(own, bases, relation):
        with tempfile.TemporaryDirectory() as folder:
            for name, license_ in {**TREE, "me/model": None}.items():
                place = Path(folder, name)
                place.mkdir(parents=True)
                text = card(own, bases, relation) if name == "me/model" else card(license_)
                (place / "README.md").write_text(text)
            releases = {one.path: one for one in scanned(Path(folder), use_cases=USE_CASES).releases}
            return {one.use_case: one.verdict for one in releases["me/model"].verdicts}

    return call


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    own=st.sampled_from(OWN),
    bases=st.lists(st.sampled_from([*BASES, *TREE]), max_size=2, unique=True),
    more=st.sampled_from([*BASES, *TREE]),
    relation=st.sampled_from(RELATIONS),
)
def test_an_ancestor_more_is_never_milder(judged, own, bases, more, relation):
    before = judged(own, tuple(bases), relation)
    after = judged(own, (*bases, more), relation)
    for use_case, verdict in before.items():
        assert STRICTNESS.index(after[use_case]) >= STRICTNESS.index(verdict), (use_case, before, after)


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("base", [*BASES, *TREE])
def test_each_ancestor_alone(judged, own, base):
    before = judged(own, (), None)
    for relation in RELATIONS:
        after = judged(own, (base,), relation)
        assert all(
            STRICTNESS.index(after[one]) >= STRICTNESS.index(verdict) for one, verdict in before.items()
        )


@pytest.mark.parametrize(("name", "told"), [("deepseek-ai__DeepSeek-R1", True), ("somebody__R1", False)])
def test_the_publisher_of_the_base_model_may_have_given_other_terms(scanned, tmp_path, name, told):
    (tmp_path / name).mkdir()
    (tmp_path / name / "README.md").write_text(card("mit", ("deepseek-ai/DeepSeek-V3-Base",)))
    (release,) = scanned(tmp_path).releases
    (finding,) = (one for one in release.findings if one.rule == "lineage/terms-not-carried")
    assert release.verdict is VerdictWord.REVIEW
    assert ("Both bear the name of deepseek-ai" in finding.how_to_fix) is told


DIGEST = "ab" * 32
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{DIGEST}\nsize 4000000000\n"


def adapter(place: Path, **metadata: str) -> None:
    """Write an adapter as kohya's trainers leave it, with an MIT card."""
    place.mkdir(parents=True)
    header = {"__metadata__": metadata, "w": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}}
    written = json.dumps(header).encode()
    (place / "lora.safetensors").write_bytes(struct.pack("<Q", len(written)) + written + b"\0")
    (place / "README.md").write_text(card("mit"))


def test_a_checkpoint_named_by_its_digest_is_the_file_of_that_digest(scanned, tmp_path):
    (tmp_path / "base").mkdir()
    (tmp_path / "base/README.md").write_text(card("cc-by-nc-4.0"))
    (tmp_path / "base/base.safetensors").write_text(POINTER)
    adapter(tmp_path / "lora", ss_new_sd_model_hash=DIGEST)
    release = {one.path: one for one in scanned(tmp_path).releases}["lora"]
    (edge,) = release.lineage
    assert (edge.parent, edge.relation, edge.terms.keys) == (f"sha256:{DIGEST}", "adapter", ("cc-by-nc-4.0",))
    assert edge.terms.release == "base"
    assert release.verdict is VerdictWord.BLOCKED


def test_a_digest_that_nothing_here_has_is_an_origin_that_is_not_known(scanned, tmp_path):
    adapter(tmp_path / "lora", ss_new_sd_model_hash=DIGEST, ss_sd_model_hash="deadbeef")
    (release,) = scanned(tmp_path).releases
    (edge,) = release.lineage
    assert (edge.parent, edge.terms.keys) == (f"sha256:{DIGEST}", ())
    assert [one.key for one in edge.evidence] == [
        "__metadata__.ss_new_sd_model_hash",
        "__metadata__.ss_sd_model_hash",
    ]
    assert "lineage/observed-base-unknown" in {finding.rule for finding in release.findings}


def test_a_digest_beside_a_name_is_one_more_witness(scanned, tmp_path):
    adapter(tmp_path / "lora", ss_sd_model_name="sd_xl_base_1.0.safetensors", ss_new_sd_model_hash=DIGEST)
    (release,) = scanned(tmp_path).releases
    (edge,) = release.lineage
    assert edge.parent == "sd_xl_base_1.0.safetensors"
    assert [one.key for one in edge.evidence] == [
        "__metadata__.ss_sd_model_name",
        "__metadata__.ss_new_sd_model_hash",
    ]


DATA_CARD = "---\nlicense: {}\ntask_categories:\n- text-generation\n---\n# Dataset Card\n"


@pytest.mark.parametrize("place", ["org/data", "org__data"])
@pytest.mark.parametrize(("license_", "told"), [("cc-by-nc-4.0", True), ("cc-by-4.0", False)])
def test_the_card_of_a_data_set_in_the_tree_informs_and_binds_no_weights(
    scanned, tmp_path, place, license_, told
):
    data, model = tmp_path / place, tmp_path / "me/model"
    data.mkdir(parents=True)
    model.mkdir(parents=True)
    (data / "README.md").write_text(DATA_CARD.format(license_))
    (data / "LICENSE").write_text("Ask us.\n")
    (model / "README.md").write_text(
        "---\nlicense: mit\ndatasets: [Org/Data]\npipeline_tag: x\n---\n# A model\n"
    )
    report = scanned(tmp_path)
    (release,) = report.releases
    assert release.path == "me/model"
    assert any(one.path == place and "card of a data set" in one.reason for one in report.not_checked)
    notes = [one.message for one in release.findings if one.rule == "evidence/data-terms"]
    assert bool(notes) is told
    assert release.verdict is VerdictWord.CONDITIONAL
    if told:
        assert f"its own card is in the scanned tree, {place}" in notes[0]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (
            "Our changes are MIT. The base model Llama 3.1 8B remains under the Llama 3.1 Community License.",
            True,
        ),
        ("The underlying model is licensed under the Llama 3.1 Community License.", True),
        ("The original model weights are subject to the Llama 3.1 Community License.", True),
        ("Fine-tuned from Llama 3.1, under MIT.", False),
        ("Built with Llama.", False),
    ],
)
def test_a_base_model_that_is_carved_out_in_so_many_words(scanned, tmp_path, body, kept):
    (tmp_path / "m").mkdir()
    text = card("mit", ("meta-llama/Llama-3.1-8B",)) + f"\n{body}\n"
    (tmp_path / "m/README.md").write_text(text)
    (release,) = scanned(tmp_path).releases
    rules = {finding.rule for finding in release.findings}
    assert ("lineage/base-keeps-its-terms" in rules) is kept
    assert ("lineage/terms-not-carried" in rules) is not kept
    assert {one.key for one in release.effective} == {"mit", "llama-3.1"}, "its terms bind in any case"
    assert release.licenses.of(Component.WEIGHTS).keys == ("mit",)


def tree_of(root: Path, **cards: str) -> None:
    """Write releases of one organisation, each with its card."""
    for name, text in cards.items():
        (root / "acme" / name).mkdir(parents=True)
        (root / "acme" / name / "README.md").write_text(text)


@pytest.mark.parametrize(
    ("middle", "rule"),
    [
        (card("mit", ("secret/hidden-base",)), "lineage/ancestor-not-settled"),
        (card("mit", ("google/gemma-2-9b",)), "lineage/ancestor-terms-not-carried"),
        (card("mit") + "\nFor non-commercial use only.\n", "lineage/ancestor-not-settled"),
        (card("mit", ("meta-llama/Llama-3.1-8B",)), "lineage/ancestor-terms-not-carried"),
    ],
)
def test_what_is_open_about_an_ancestor_is_open_two_generations_down(scanned, tmp_path, middle, rule):
    tree_of(tmp_path, middle=middle, child=card("mit", ("acme/middle",)), last=card("mit", ("acme/child",)))
    releases = {one.path: one for one in scanned(tmp_path, use_cases=USE_CASES).releases}
    for name in ("acme/child", "acme/last"):
        assert rule in {finding.rule for finding in releases[name].findings}, name
        assert releases[name].verdict is not VerdictWord.CONDITIONAL


def test_a_settled_ancestor_raises_no_doubt(scanned, tmp_path):
    tree_of(tmp_path, middle=card("mit"), child=card("mit", ("acme/middle",)))
    releases = {one.path: one for one in scanned(tmp_path).releases}
    assert releases["acme/child"].verdict is VerdictWord.CONDITIONAL
    assert not {one.rule for one in releases["acme/child"].findings} & {"lineage/ancestor-not-settled"}


def test_a_copy_in_the_tree_does_not_make_a_known_model_milder(scanned, tmp_path):
    for place, text in (
        (tmp_path / "me/child", card("mit", ("meta-llama/Llama-3.1-8B",))),
        (tmp_path / "meta-llama/Llama-3.1-8B", card("mit")),
    ):
        place.mkdir(parents=True)
        (place / "README.md").write_text(text)
    releases = {one.path: one for one in scanned(tmp_path).releases}
    assert releases["me/child"].verdict is VerdictWord.REVIEW
    assert {one.key for one in releases["me/child"].effective} >= {"mit", "llama-3.1"}


@pytest.mark.parametrize(
    "name", ["meta-llama__Llama-3.1-8B", "meta-llama--Llama-3.1-8B", "meta-llama/Llama-3.1-8B"]
)
def test_a_well_known_model_under_other_terms_is_told_however_its_folder_spells_it(scanned, tmp_path, name):
    (tmp_path / name).mkdir(parents=True)
    (tmp_path / name / "README.md").write_text(card("mit"))
    (release,) = scanned(tmp_path).releases
    assert "evidence/known-under-other-terms" in {finding.rule for finding in release.findings}
