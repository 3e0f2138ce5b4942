# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""JSON beside weights: the keys that speak of origin, duplicates, and shards that are missing."""

import json

import pytest

from scanner.model.reading import Source


def said(facts, *names):
    return [reading.value for reading in facts.named(*names)]


def test_a_configuration(facts):
    config = {
        "architectures": ["A", "B"],
        "model_type": "a",
        "_name_or_path": "one/a",
        "auto_map": {"AutoModel": "x--y.Z"},
        "text_config": {"_name_or_path": "two/b", "architectures": ["C"]},
        "dropout": 7,
    }
    found = facts({"config.json": json.dumps(config, indent=1)})
    assert said(found, "architectures") == ["A", "B"]
    assert said(found, "auto_map") == ["present"]
    assert said(found, "_name_or_path") == ["one/a", "two/b"]
    assert found.named("_name_or_path")[1].evidence.key == "text_config._name_or_path"
    assert found.named("model_type")[0].evidence.lines == (6, 6)
    assert found.named("model_type")[0].evidence.quote == '"model_type": "a",'
    assert {reading.source for reading in found.readings} == {Source.CONFIG}
    assert "dropout" not in {reading.name for reading in found.readings}


def test_a_key_on_several_lines_has_no_line(facts):
    found = facts({"config.json": '{"model_type": "a",\n"x": {\n"model_type": "b"}}'})
    assert found.named("model_type")[0].evidence.lines is None
    assert found.named("model_type")[0].evidence.quote == "a"


def test_what_stands_on_one_long_line_is_quoted_by_itself(facts):
    found = facts({"config.json": json.dumps({"x": "y" * 400, "model_type": "a"})})
    assert found.named("model_type")[0].evidence.quote == "a"


def test_adapters_pipelines_and_tokenizers(facts):
    found = facts(
        {
            "adapter_config.json": '{"base_model_name_or_path": "one/a", "revision": null, "peft_type": "L"}',
            "model_index.json": '{"_class_name": "P", "_name_or_path": "one/p"}',
            "sub/tokenizer_config.json": '{"name_or_path": "one/t", "license": "x"}',
            "generation_config.json": '{"_name_or_path": "one/g"}',
        }
    )
    assert said(found, "base_model_name_or_path", "revision", "peft_type") == ["one/a", None, "L"]
    assert {
        reading.name: reading.value for reading in found.readings if reading.source is Source.MODEL_INDEX
    } == {
        "_class_name": "P",
        "_name_or_path": "one/p",
    }
    assert said(found, "name_or_path") == ["one/t"]
    assert said(found, "license") == []
    assert "one/g" not in said(found, "_name_or_path")


def test_both_of_two_keys_are_read(facts):
    found = facts({"config.json": '{"license": "x", "license": "y"}'})
    assert sorted(said(found, "license")) == ["x", "y"]
    assert said(found, "problem") == ["the key 'license' stands twice"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("[" * 100_000, "nested deeper"),
        ("{'a': 1}", "no JSON"),
        (b"\xff\xfe\0", "no JSON"),
        ("", "no JSON"),
        (b"PK\x03\x04", "zip container"),
        ('{"a": "' + "x" * 8_000_000 + '"}', "too many for a file of its kind"),
    ],
)
def test_what_cannot_be_read_is_said_and_takes_nothing_along(facts, data, reason):
    found = facts({"config.json": data, "README.md": "---\nlicense: x\n---\n"})
    (unread,) = found.unread
    assert (unread.path, unread.matters) == ("config.json", True)
    assert reason in unread.reason
    assert said(found, "license") == ["x"]


def test_a_list_is_no_configuration(facts):
    assert said(facts({"config.json": "[]"}), "problem") == ["the file holds no JSON object"]


def test_halves_of_characters_can_be_written_on(facts):
    (reading,) = facts({"config.json": '{"model_type": "a\\ud800"}'}).named("model_type")
    assert reading.value == "a\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("folder", ["", "transformer/"])
def test_missing_shards_are_a_problem(facts, folder):
    index = {"weight_map": {f"w{number}": f"{number % 5}.pt" for number in range(20)}}
    found = facts(
        {
            f"{folder}model.safetensors.index.json": json.dumps(index),
            f"{folder}0.pt": b"",
        }
    )
    assert said(found, "problem") == [
        "4 of the 5 weights files that it names are not here: 1.pt, 2.pt, 3.pt, ..."
    ]
    assert not any(unread.matters for unread in found.unread)


def test_an_index_without_faults_says_nothing(facts):
    found = facts({"model.safetensors.index.json": '{"weight_map": {"w": "model.safetensors"}}'})
    assert not said(found, "problem")


@pytest.mark.parametrize("data", ["{} {}", "[" * 100_000, "[]", "{}", '{"weight_map": 1}'])
def test_a_broken_index_is_a_problem_only(facts, data):
    found = facts({"model.safetensors.index.json": data})
    assert len(said(found, "problem")) == 1
    assert not found.unread
