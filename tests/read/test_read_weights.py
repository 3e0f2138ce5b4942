# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Weights headers: what they say, what is wrong with them, and what is never opened."""

import hashlib
import json
import struct

import gguf
import numpy as np
import pytest
from onnx import helper

from scanner.model.reading import Source
from scanner.read import weights

TERMS = "You shall keep these words of the orchard. " * 20


def said(facts, *names):
    return [reading.value for reading in facts.named(*names)]


def safetensors(metadata):
    from safetensors.numpy import save

    return save({"a": np.zeros((2, 3), np.float32)}, metadata=metadata)


def written_gguf(path, fill):
    writer = gguf.GGUFWriter(path, "llama")
    fill(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path.read_bytes()


def test_a_safetensors_header(facts):
    data = safetensors(
        {
            "format": "pt",
            "license": "x",
            "modelspec.license": TERMS,
            "modelspec.merged_from": "one/a, two/b",
            "ss_sd_model_name": "base.safetensors",
            "ss_dataset_dirs": "/home/somebody/pictures",
            "ss_training_comment": "by somebody",
        }
    )
    found = facts({"model.safetensors": data})
    (header,) = found.headers
    length = 8 + int.from_bytes(data[:8], "little")
    assert (header.path, header.format, header.parameters, header.problems) == (
        "model.safetensors",
        "safetensors",
        6,
        (),
    )
    assert header.sha256 == hashlib.sha256(data[:length]).hexdigest()
    assert {reading.name for reading in found.readings} == {
        "format", "license", "modelspec.license", "modelspec.merged_from", "ss_sd_model_name",
    }  # fmt: skip
    evidence = found.named("license")[0].evidence
    assert (evidence.key, evidence.quote, evidence.sha256) == ("__metadata__.license", "x", header.sha256)
    (text,) = found.texts
    assert (text.source, text.text) == (Source.SAFETENSORS, TERMS)


def test_both_of_two_licences_in_a_header_are_read(facts):
    header = b'{"__metadata__": {"license": "x", "license": "y"}}'
    found = facts({"model.safetensors": struct.pack("<Q", len(header)) + header})
    assert said(found, "license") == ["x", "y"]
    assert found.headers[0].problems == ("the key 'license' stands twice",)


def test_a_damaged_header_is_a_problem_of_the_header(facts):
    found = facts({"model.safetensors": safetensors({"license": "x"})[:-4]})
    assert said(found, "license") == ["x"]
    assert "truncated" in found.headers[0].problems[0]
    assert not found.unread


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("model.safetensors", b""),
        ("model.safetensors", struct.pack("<Q", 1 << 62) + b"{}"),
        ("model.safetensors", struct.pack("<Q", 100_000) + b"{}"),
        ("model.safetensors", struct.pack("<Q", 100_000) + b"[" * 100_000),
        ("model.gguf", b""),
        ("model.gguf", b"GGUF\3"),
        ("model.gguf", b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 60)),
    ],
)
def test_a_header_that_cannot_be_read_is_said_and_matters(facts, name, data):
    found = facts({name: data, "README.md": "---\nlicense: x\n---\n"}, weights=False)
    (unread,) = found.unread
    assert (unread.path, unread.matters) == (name, True)
    assert not found.headers
    assert said(found, "license") == ["x"]


def test_a_gguf_header(facts, tmp_path):
    def fill(writer):
        writer.add_name("Example")
        writer.add_license("x")
        writer.add_license_name("X")
        writer.add_license_link("https://example.org/x")
        writer.add_base_model_count(1)
        writer.add_base_model_name(0, "Base")
        writer.add_base_model_repo_url(0, "https://example.org/base")
        writer.add_file_type(15)
        writer.add_context_length(8)
        writer.add_tags(["one", "two"])
        writer.add_tokenizer_model("gpt2")

    found = facts({"m.gguf": written_gguf(tmp_path / "m.gguf", fill)}, weights=False)
    values = {reading.name: reading.value for reading in found.readings}
    assert values["general.architecture"] == "llama"
    assert values["general.license"] == "x"
    assert values["general.license.link"] == "https://example.org/x"
    assert values["general.base_model.0.repo_url"] == "https://example.org/base"
    assert values["general.file_type"] == "Q4_K_M"
    assert said(found, "general.tags") == ["one", "two"]
    assert all(name.startswith("general.") for name in values)
    assert (found.headers[0].format, found.headers[0].problems) == ("gguf", ())
    assert found.named("general.license")[0].evidence.sha256 == found.headers[0].sha256


def test_a_whole_licence_in_a_gguf_is_a_text(facts, tmp_path):
    data = written_gguf(tmp_path / "m.gguf", lambda writer: writer.add_license(TERMS))
    (text,) = facts({"m.gguf": data}, weights=False).texts
    assert (text.source, text.text) == (Source.GGUF, TERMS)


def test_what_a_gguf_says_before_it_breaks_is_read(facts, tmp_path):
    def fill(writer):
        writer.add_license("x")
        writer.add_token_list(["token"] * 2_000)

    data = written_gguf(tmp_path / "m.gguf", fill)
    found = facts({"m.gguf": data[: len(data) // 2]}, weights=False)
    assert said(found, "general.license") == ["x"]
    assert found.headers[0].problems


def test_pickles_and_pointers_are_listed_and_never_opened(facts):
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 5000\n"
    # Unpickling this would end the test run.
    bomb = b"cos\n_exit\n(I7\ntR."
    found = facts(
        {
            "pytorch_model.bin": bomb,
            "training_args.bin": bomb,
            "big.safetensors": pointer,
            "model.tflite": b"x",
            "model.keras": b"x",
        }
    )
    reasons = {unread.path: (unread.reason, unread.matters) for unread in found.unread}
    safely = ("the licence cannot be read safely from this file", False)
    assert reasons == {
        "pytorch_model.bin": safely,
        "training_args.bin": safely,
        "big.safetensors": ("is a Git LFS pointer, not weights", False),
        "model.tflite": ("this version reads no metadata of this format (tflite)", False),
        "model.keras": ("this version reads no metadata of this format (keras)", False),
    }


def shards(count):
    data = safetensors({"license": "x"})
    index = {
        "weight_map": {
            f"w{number}": f"model-{number:05}-of-{count:05}.safetensors" for number in range(count)
        }
    }
    files = dict.fromkeys(index["weight_map"].values(), data)
    return {**files, "model.safetensors.index.json": json.dumps(index)}


def test_a_few_hundred_shards_are_all_read(facts):
    found = facts(shards(400), weights=False)
    assert len(found.headers) == 400
    assert not found.unread
    assert not found.named("problem")


@pytest.mark.parametrize(("name", "bound"), [("MAX_FILES", 3), ("MAX_BYTES", 400)])
def test_a_bound_that_is_reached_is_said(facts, monkeypatch, name, bound):
    monkeypatch.setattr(weights, name, bound)
    found = facts(shards(9), weights=False)
    assert 0 < len(found.headers) < 9
    assert len(found.headers) + len(found.unread) == 9
    assert all("reached the bound" in unread.reason and unread.matters for unread in found.unread)


def test_an_onnx_file(facts):
    def entry(key, value):
        inner = b"\x0a" + bytes([len(key)]) + key + b"\x12" + bytes([len(value)]) + value
        return b"\x72" + bytes([len(inner)]) + inner

    graph = b"\x3a\x04\x12\x02\x67\x67"
    data = b"\x08\x0a" + graph + entry(b"License", b"x") + entry(b"stride", b"32")
    found = facts({"model.onnx": data}, weights=False)
    (reading,) = found.readings
    assert (reading.name, reading.value, reading.source) == ("license", "x", Source.ONNX)
    assert reading.evidence.key == "License"
    assert (found.headers[0].format, found.headers[0].problems) == ("onnx", ())


def test_a_whole_licence_in_an_onnx_is_a_text(facts):
    made = helper.make_model(helper.make_graph([], "g", [], []))
    helper.set_model_props(made, {"license": TERMS})
    (text,) = facts({"model.onnx": made.SerializeToString()}, weights=False).texts
    assert (text.source, text.text) == (Source.ONNX, TERMS)
