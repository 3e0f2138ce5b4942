# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Readings to links: one for each parent, with the rules of docs/lineage.md in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.lineage import edges
from scanner.lineage.parents import MAX_EVIDENCE
from scanner.model.conclusion import Relation
from scanner.model.reading import Source
from scanner.model.release import Confidence

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW
TREE = Relation

PLACES = [
    (Source.CARD, "base_model", "declared", HIGH, TREE.FINETUNE),
    (Source.ADAPTER_CONFIG, "base_model_name_or_path", "observed", HIGH, TREE.ADAPTER),
    (Source.CONFIG, "_name_or_path", "observed", MEDIUM, TREE.UNKNOWN),
    (Source.MODEL_INDEX, "_name_or_path", "observed", MEDIUM, TREE.UNKNOWN),
    (Source.MERGEKIT, "model", "declared", HIGH, TREE.MERGE),
    (Source.MERGEKIT, "base_model", "declared", HIGH, TREE.MERGE),
    (Source.MERGEKIT, "tokenizer_source", "declared", LOW, TREE.UNKNOWN),
    (Source.GGUF, "general.base_model.0.repo_url", "observed", HIGH, TREE.FINETUNE),
    (Source.GGUF, "general.source.repo_url", "observed", MEDIUM, TREE.QUANTIZED),
    (Source.GGUF, "general.source.huggingface.repository", "observed", MEDIUM, TREE.QUANTIZED),
    (Source.SAFETENSORS, "modelspec.merged_from", "observed", MEDIUM, TREE.MERGE),
    (Source.SAFETENSORS, "ss_sd_model_name", "observed", MEDIUM, TREE.ADAPTER),
    (Source.MODELFILE, "FROM", "declared", HIGH, TREE.UNKNOWN),
    (Source.MODELFILE, "ADAPTER", "declared", HIGH, TREE.UNKNOWN),
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place[0]}-{place[1]}")
def test_every_place_that_names_a_parent(make, place):
    source, name, how, confidence, relation = place
    said = make.reading(source, name, "hf.co/base/one")
    (edge,) = edges(make.release("model.safetensors"), make.facts(said))
    assert (edge.parent, edge.how, edge.confidence) == ("base/one", how, confidence)
    assert edge.relation is relation
    assert edge.evidence == (said.evidence,)
    assert edge.terms.keys == ()


def test_a_tokenizer_configuration_is_a_weak_hint(make):
    said = make.reading(Source.CONFIG, "_name_or_path", "base/one", path="tokenizer_config.json")
    (edge,) = edges(make.release(), make.facts(said))
    assert (edge.how, edge.confidence, edge.relation) == ("observed", LOW, TREE.UNKNOWN)


def test_a_part_of_a_pipeline_names_its_own_origin(make):
    said = make.reading(Source.CONFIG, "_name_or_path", "base/clip", path="text_encoder/config.json")
    (edge,) = edges(make.release(), make.facts(said))
    assert (edge.parent, edge.confidence) == ("base/clip", MEDIUM)


@pytest.mark.parametrize(
    ("tag", "relation"),
    [
        ("base_model:quantized:base/one", TREE.QUANTIZED),
        ("base_model:adapter:base/one", TREE.ADAPTER),
        ("base_model:merge:base/one", TREE.MERGE),
        ("base_model:finetune:base/one", TREE.FINETUNE),
        ("base_model:distilled:base/one", TREE.DISTILLED),
        ("base_model:trained-on:base/one", TREE.TRAINED_ON),
        ("base_model:base/one", TREE.FINETUNE),
        ("BASE_MODEL:Quantized:base/one", TREE.QUANTIZED),
    ],
)
def test_tags_of_the_hub(make, tag, relation):
    (edge,) = edges(make.release("m.safetensors"), make.facts(make.reading(Source.CARD, "tags", tag)))
    assert (edge.parent, edge.relation, edge.how) == ("base/one", relation, "declared")


@pytest.mark.parametrize(
    "tag", ["base_model", "base_model:", "text-generation", "merge", "base_model:quantized:"]
)
def test_other_tags_name_no_parent(make, tag):
    assert edges(make.release(), make.facts(make.reading(Source.CARD, "tags", tag))) == ()


def test_a_gguf_base_model_may_be_spread_over_its_keys(make):
    said = [
        make.reading(Source.GGUF, "general.base_model.0.name", "Small 7B Instruct"),
        make.reading(Source.GGUF, "general.base_model.0.organization", "Base Lab"),
        make.reading(Source.GGUF, "general.base_model.1.name", "Other"),
        make.reading(Source.GGUF, "general.base_model.count", "2"),
    ]
    found = edges(make.release("m.gguf"), make.facts(*said))
    assert [edge.parent for edge in found] == ["Base-Lab/Small-7B-Instruct", "Other"]
    assert found[0].confidence is MEDIUM
    assert {evidence.key for evidence in found[0].evidence} == {
        "general.base_model.0.name",
        "general.base_model.0.organization",
    }


def test_an_address_in_a_gguf_header_wins_over_the_name(make):
    said = [
        make.reading(Source.GGUF, "general.base_model.0.name", "Small"),
        make.reading(Source.GGUF, "general.base_model.0.repo_url", "https://huggingface.co/base/small-7b"),
    ]
    (edge,) = edges(make.release("m.gguf"), make.facts(*said))
    assert (edge.parent, edge.confidence, edge.relation) == ("base/small-7b", HIGH, TREE.QUANTIZED)


def test_a_key_that_stands_twice_hides_nothing(make):
    addresses = [
        make.reading(Source.GGUF, "general.base_model.0.repo_url", f"https://huggingface.co/{name}")
        for name in ("base/one", "base/two")
    ]
    assert [edge.parent for edge in edges(make.release(), make.facts(*addresses))] == ["base/one", "base/two"]
    words = [make.reading(Source.GGUF, "general.base_model.0.name", name) for name in ("one", "two")]
    assert [edge.parent for edge in edges(make.release(), make.facts(*words))] == ["one", "two"]


def test_a_list_with_commas_names_several(make):
    said = make.reading(Source.SAFETENSORS, "modelspec.merged_from", "base/one, two.safetensors ,")
    found = edges(make.release(), make.facts(said))
    assert [(edge.parent, edge.relation, edge.confidence) for edge in found] == [
        ("base/one", TREE.MERGE, MEDIUM),
        ("two.safetensors", TREE.MERGE, LOW),
    ]


def test_mergekit_spellings(make):
    said = [
        make.reading(Source.MERGEKIT, "model", "base/one+base/lora@v2"),
        make.reading(Source.MERGEKIT, "tokenizer_source", "model:base/two"),
        make.reading(Source.MERGEKIT, "tokenizer_source", "union"),
        make.reading(Source.MERGEKIT, "merge_method", "slerp"),
    ]
    found = edges(make.release(), make.facts(*said))
    assert [edge.parent for edge in found] == ["base/lora", "base/one", "base/two"]


def test_one_link_for_each_parent_with_all_that_names_it(make):
    said = [
        *make.card("Base/One"),
        make.reading(Source.ADAPTER_CONFIG, "base_model_name_or_path", "base/one"),
        make.reading(Source.CONFIG, "_name_or_path", "https://huggingface.co/base/one"),
        make.reading(Source.CONFIG, "_name_or_path", "/data/One/", path="sub/config.json"),
    ]
    (edge,) = edges(make.release(), make.facts(*said))
    assert (edge.parent, edge.how, edge.confidence) == ("Base/One", "declared", HIGH)
    assert edge.relation is TREE.ADAPTER
    assert len(edge.evidence) == 4


def test_a_path_joins_no_repository_when_two_end_like_it(make):
    said = [*make.card("one/base", "two/base"), make.reading(Source.CONFIG, "_name_or_path", "/data/base")]
    assert [edge.parent for edge in edges(make.release(), make.facts(*said))] == [
        "one/base",
        "two/base",
        "/data/base",
    ]


def test_evidence_is_bounded_and_the_surest_comes_first(make):
    said = [
        make.reading(Source.MERGEKIT, "model", "base/one", key=f"slices[{number}].sources[0].model")
        for number in range(500)
    ]
    said.insert(0, make.reading(Source.CONFIG, "_name_or_path", "base/one"))
    (edge,) = edges(make.release(), make.facts(*said))
    assert len(edge.evidence) == MAX_EVIDENCE
    assert {evidence.reader for evidence in edge.evidence} == {"mergekit"}


@pytest.mark.parametrize("name", ["acme/child", "ACME/Child", "https://huggingface.co/acme/child"])
@pytest.mark.parametrize("source", [Source.CARD, Source.CONFIG])
def test_the_release_itself_is_no_parent(make, source, name):
    field = "base_model" if source is Source.CARD else "_name_or_path"
    assert edges(make.release(), make.facts(make.reading(source, field, name))) == ()


def test_a_folder_named_after_a_repository_is_that_repository(make):
    said = make.facts(make.reading(Source.CONFIG, "_name_or_path", "base/one"))
    for folder in ("base__one", "base--One", "one"):
        assert edges(make.release(name=folder), said) == ()
    assert len(edges(make.release(name="other"), said)) == 1


def test_a_base_model_that_the_card_names_is_a_parent_whatever_the_folder_is_called(make):
    assert len(edges(make.release(name="one"), make.facts(*make.card("base/one")))) == 1
    adapter = make.reading(Source.ADAPTER_CONFIG, "base_model_name_or_path", "base/one")
    assert len(edges(make.release(name="one"), make.facts(adapter))) == 1


def test_a_model_of_the_same_name_from_elsewhere_is_a_parent(make):
    said = make.reading(Source.CONFIG, "_name_or_path", "base/child")
    assert [edge.parent for edge in edges(make.release(), make.facts(said))] == ["base/child"]


@pytest.mark.parametrize("path", ["/home/ann/base", "./out", "../base"])
def test_a_path_is_shown_as_a_path(make, path):
    (edge,) = edges(make.release(), make.facts(make.reading(Source.CONFIG, "_name_or_path", path)))
    assert (edge.parent, edge.how, edge.confidence, edge.relation) == (path, "observed", LOW, TREE.UNKNOWN)


@pytest.mark.parametrize("path", [".", "./", "./unet", "unet/m.safetensors"])
def test_a_path_into_the_release_is_no_parent(make, path):
    said = make.reading(Source.MODEL_INDEX, "_name_or_path", path)
    assert edges(make.release("unet/m.safetensors"), make.facts(said)) == ()


def test_a_modelfile(make):
    def of(*said):
        return edges(make.release(), make.facts(*(make.reading(Source.MODELFILE, *one) for one in said)))

    assert of(("FROM", "./model.gguf")) == ()
    assert of(("FROM", "models/x.gguf")) == ()
    assert [edge.parent for edge in of(("FROM", "/data/model.gguf"))] == ["/data/model.gguf"]
    assert [edge.parent for edge in of(("FROM", "small3.1:8b"))] == ["library/small3.1"]
    (edge,) = of(("FROM", "hf.co/base/one:Q4_K_M"), ("ADAPTER", "./lora.gguf"))
    assert (edge.parent, edge.relation) == ("base/one", TREE.ADAPTER)


RELATIONS = [
    # the author's word
    ("finetune", [], "m.safetensors", TREE.FINETUNE),
    ("adapter", [], "m.safetensors", TREE.ADAPTER),
    ("LoRA", [], "m.safetensors", TREE.ADAPTER),
    ("Fine-Tune", [], "m.gguf", TREE.FINETUNE),
    ("quantized", [], "m.safetensors", TREE.QUANTIZED),
    ("distilled", [], "m.safetensors", TREE.DISTILLED),
    ("something", [], "m.safetensors", TREE.FINETUNE),
    # what the release shows
    (None, [], "m.safetensors", TREE.FINETUNE),
    (None, [], "m.gguf", TREE.QUANTIZED),
    (None, ["merge"], "m.safetensors", TREE.MERGE),
    (None, ["merge"], "m.gguf", TREE.QUANTIZED),
]


@pytest.mark.parametrize(("word", "tags", "weights", "relation"), RELATIONS)
def test_the_relation_to_one_base_model(make, word, tags, weights, relation):
    said = [*make.card("base/one"), *(make.reading(Source.CARD, "tags", tag) for tag in tags)]
    if word:
        said.append(make.reading(Source.CARD, "base_model_relation", word))
    (edge,) = edges(make.release(weights), make.facts(*said))
    assert edge.relation is relation


def test_several_base_models_are_a_merge_only_when_something_says_so(make):
    def relations(*more):
        found = edges(make.release("m.safetensors"), make.facts(*make.card("base/one", "base/two"), *more))
        return {edge.relation for edge in found}

    assert relations() == {TREE.UNKNOWN}
    assert relations(make.reading(Source.CARD, "tags", "merge")) == {TREE.MERGE}
    assert relations(make.reading(Source.CARD, "base_model_relation", "merge")) == {TREE.MERGE}


def test_weights_of_two_formats_are_no_conversion(make):
    (edge,) = edges(make.release("m.gguf", "m.safetensors"), make.facts(*make.card("base/one")))
    assert edge.relation is TREE.FINETUNE


def test_a_header_of_converted_weights_tells_of_the_model_before_the_conversion(make):
    said = [
        *make.card("acme/full"),
        make.reading(Source.GGUF, "general.base_model.0.repo_url", "https://huggingface.co/base/one"),
    ]
    found = {edge.parent: edge for edge in edges(make.release("m.gguf"), make.facts(*said))}
    assert found["acme/full"].relation is TREE.QUANTIZED
    assert found["base/one"].relation is TREE.UNKNOWN
    assert found["base/one"].how == "observed"


def test_an_adapter_beside_a_card(make):
    said = [*make.card("base/one"), make.reading(Source.ADAPTER_CONFIG, "peft_type", "LORA")]
    (edge,) = edges(make.release("adapter_model.safetensors"), make.facts(*said))
    assert edge.relation is TREE.ADAPTER
    said = [*make.card("base/one"), make.reading(Source.GGUF, "general.type", "adapter")]
    (edge,) = edges(make.release("lora.gguf"), make.facts(*said))
    assert edge.relation is TREE.ADAPTER


@pytest.mark.parametrize(
    ("source", "name", "relation"),
    [
        (Source.CONFIG, "_name_or_path", TREE.UNKNOWN),
        (Source.ADAPTER_CONFIG, "base_model_name_or_path", TREE.ADAPTER),
        (Source.MERGEKIT, "model", TREE.MERGE),
    ],
)
def test_nobody_can_talk_weights_away_that_a_file_shows(make, source, name, relation):
    said = [
        *make.card("base/one"),
        make.reading(Source.CARD, "base_model_relation", "distilled"),
        make.reading(source, name, "base/one"),
    ]
    (edge,) = edges(make.release("m.safetensors"), make.facts(*said))
    assert edge.relation is relation


def test_two_different_words_say_nothing(make):
    said = [
        *make.card("base/one"),
        make.reading(Source.CARD, "base_model_relation", "distilled"),
        make.reading(Source.CARD, "base_model_relation", "quantized"),
    ]
    (edge,) = edges(make.release("m.safetensors"), make.facts(*said))
    assert edge.relation is TREE.FINETUNE


def test_values_that_name_nothing_are_passed_over(make):
    said = [make.reading(Source.CARD, "base_model", value) for value in (None, "", "none", "  ")]
    assert edges(make.release(), make.facts(*said)) == ()


def test_what_no_field_names_is_no_parent(make):
    said = [
        make.reading(Source.GGUF, "general.name", "base/one"),
        make.reading(Source.CARD, "_name_or_path", "base/one"),
        make.reading(Source.CONFIG, "base_model", "base/one"),
    ]
    assert edges(make.release(), make.facts(*said)) == ()


def test_hundreds_of_parents(make):
    found = edges(make.release(), make.facts(*make.card(*(f"base/m{number}" for number in range(900)))))
    assert len(found) == 900


_WRITTEN = st.one_of(
    st.sampled_from(["base/one", "hf.co/base/one", "/x/one", "one", "./", "Base/ONE", "none", "a b"]),
    st.text(max_size=60),
)
_PLACE = st.sampled_from([place[:2] for place in PLACES] + [(Source.CARD, "tags")])


@given(st.lists(st.tuples(_PLACE, _WRITTEN), max_size=12), st.randoms())
def test_the_order_of_reading_changes_nothing_but_the_order_of_evidence(make, said, random):
    readings = [make.reading(source, name, value) for (source, name), value in said]
    first = edges(make.release(), make.facts(*readings))
    random.shuffle(readings)
    second = edges(make.release(), make.facts(*readings))

    def plain(found):
        return [
            (one.parent.lower(), one.relation, one.how, one.confidence, set(one.evidence)) for one in found
        ]

    assert plain(first) == plain(second)
    assert len({one.parent.lower() for one in first}) == len(first)
    assert all(one.evidence for one in first)


@pytest.mark.parametrize(
    "written",
    [
        "a/one, b/two",
        "a/one; b/two",
        "a/one | b/two",
        "a/one and b/two",
        "a/one b/two",
        "a/one, and b/two",
        "a/one+b/two",
    ],
)
def test_several_names_in_one_string_are_several_parents(make, written):
    found = edges(make.release("m.safetensors"), make.facts(make.reading(Source.CARD, "base_model", written)))
    assert [edge.parent for edge in found] == ["a/one", "b/two"]


@pytest.mark.parametrize("written", ["a/one", "https://huggingface.co/a/one", "a/one@main"])
def test_one_name_stays_one(make, written):
    assert len(edges(make.release(), make.facts(make.reading(Source.CARD, "base_model", written)))) == 1
