# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A shape hints at a base model that nobody names; it is never a link, and shared shapes say little."""

import json
from pathlib import Path

import pytest

from scanner.catalog import load_catalogue
from scanner.config import Config
from scanner.examine import load_knowledge
from scanner.lineage.families import Table
from scanner.lineage.names import named
from scanner.model.finding import VerdictWord
from scanner.pipeline import scan

LLAMA_3 = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "vocab_size": 128256,
    "hidden_size": 4096,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "intermediate_size": 14336,
    "rope_theta": 500000.0,
}
LLAMA_2 = LLAMA_3 | {"vocab_size": 32000, "num_key_value_heads": 32, "intermediate_size": 11008}
OURS = load_catalogue()


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge()


@pytest.fixture
def release(knowledge, tmp_path):
    """Scan a release of a name, with a configuration and a card's front matter."""

    def call(config, front="license: mit", name="somebody/their-model"):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(f"---\n{front}\npipeline_tag: text-generation\n---\n# A model\n")
        (folder / "config.json").write_text(json.dumps(config))
        report = scan([tmp_path], knowledge, Config(), as_of="2026-11-25", step=lambda *_: None)
        return report.releases[0]

    return call


def hinted(release):
    rules = {"lineage/looks-like-a-base", "lineage/shape-is-shared"}
    return {one.rule.split("/")[1]: one.message for one in release.findings if one.rule in rules}


def test_the_shape_of_one_family_is_a_hint_for_a_person(release):
    found = release(LLAMA_3)
    assert "meta-llama/Meta-Llama-3-8B or meta-llama/Llama-3.1-8B" in hinted(found)["looks-like-a-base"]
    assert "vocab_size 128256" in hinted(found)["looks-like-a-base"]
    assert found.verdict is VerdictWord.REVIEW
    assert not found.lineage
    assert {one.key for one in found.effective} == {"mit"}


def test_a_special_token_that_is_the_same_is_told(release):
    assert "bos_token_id 128000" in hinted(release(LLAMA_3 | {"bos_token_id": 128000}))["looks-like-a-base"]


def test_tokens_that_were_added_do_not_hide_it(release):
    assert hinted(release(LLAMA_3 | {"vocab_size": 128260}))


def test_a_shape_that_unrelated_families_share_says_so_and_gates_nothing(release):
    found = release(LLAMA_2)
    assert "families" in hinted(found)["shape-is-shared"]
    assert "openlm-research/open_llama_7b" in hinted(found)["shape-is-shared"]
    assert found.verdict is VerdictWord.CONDITIONAL


@pytest.mark.parametrize(
    "changed",
    [
        {"hidden_size": 4097},
        {"num_hidden_layers": 33},
        {"rope_theta": 10000.0},
        {"vocab_size": 128255},
        {"vocab_size": 129000},
        {"model_type": "other"},
        {"hidden_size": "wide"},
        {"bos_token_id": 1},
    ],
)
def test_another_figure_is_another_shape(release, changed):
    assert not hinted(release(LLAMA_3 | changed))


def test_a_figure_that_is_left_out_is_no_agreement(release):
    assert not hinted(release({name: value for name, value in LLAMA_3.items() if name != "rope_theta"}))


@pytest.mark.parametrize(
    ("front", "name"),
    [
        ("license: llama3.1", "somebody/their-model"),
        ("license: mit\nbase_model: nobody/knows", "somebody/their-model"),
        ("license: mit", "meta-llama/Llama-3.1-8B"),
    ],
)
def test_no_hint_where_terms_or_a_base_are_stated_or_the_model_is_the_publishers_own(release, front, name):
    assert not hinted(release(LLAMA_3, front, name))


def test_the_table():
    """Every model has terms by its name, and nothing stands twice."""
    table = Table(OURS.families)
    models = [model for shape in OURS.shapes.shapes for model in shape.models]
    assert len(set(models)) == len(models)
    assert all((name := named(model)) and table.find(name) for model in models)
    least = {"vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads"}
    assert all(least <= shape.figures.keys() for shape in OURS.shapes.shapes)


@pytest.mark.corpus
def test_what_was_at_hand_is_as_the_table_says(corpus):
    """Each shape that was read is that of a configuration in the corpus."""
    configs = [json.loads(path.read_text()) for path in Path(corpus, "corpus").glob("*/config.json")]
    for shape in (shape for shape in OURS.shapes.shapes if shape.read):
        wanted = {"model_type": shape.model_type, **shape.figures, **shape.tokens}
        assert any(all(config.get(key) == value for key, value in wanted.items()) for config in configs), (
            shape
        )
