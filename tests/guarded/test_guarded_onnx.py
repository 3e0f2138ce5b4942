# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The metadata of an ONNX file: real files are read, crafted ones never crash, hang or lead past the end."""

import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from scanner.guarded import onnx as guarded
from scanner.guarded.onnx import read_header
from scanner.guarded.refused import Refused


def model(props, doc_string="", size=1):
    """A model of one addition, as the onnx package makes it."""
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("Add", ["a", "w"], ["b"])],
        "graph",
        [info("a", TensorProto.FLOAT, [size])],
        [info("b", TensorProto.FLOAT, [size])],
        [helper.make_tensor("w", TensorProto.FLOAT, [size], [0.5] * size)],
    )
    made = helper.make_model(graph, doc_string=doc_string, producer_name="example")
    helper.set_model_props(made, props)
    return made


@pytest.fixture
def written(tmp_path):
    """Write bytes, and read them as a header."""

    def write(data):
        path = tmp_path / "model.onnx"
        path.write_bytes(data)
        return read_header(path)

    return write


def test_a_real_file(written):
    header = written(model({"license": "x", "author": "someone"}, "what it is").SerializeToString())
    assert dict(header.pairs) == {
        "producer_name": "example",
        "doc_string": "what it is",
        "license": "x",
        "author": "someone",
    }
    assert not header.problems


def test_the_graph_is_passed_over(written):
    data = model({"license": "x"}, size=100_000).SerializeToString()
    header = written(data)
    assert header.length < 100 < len(data)


def test_the_digest_is_of_the_texts_and_not_of_the_weights(written):
    one = written(model({"license": "x"}, size=1).SerializeToString())
    two = written(model({"license": "x"}, size=2).SerializeToString())
    other = written(model({"license": "y"}, size=1).SerializeToString())
    assert one.sha256 == two.sha256 != other.sha256


def test_a_key_that_stands_twice_is_a_problem(written):
    made = model({"license": "x"})
    made.metadata_props.add(key="license", value="y")
    header = written(made.SerializeToString())
    assert [value for key, value in header.pairs if key == "license"] == ["x", "y"]
    assert header.problems == ("the key 'license' stands twice",)


def test_a_long_text_is_skipped_and_what_follows_is_read(written, monkeypatch):
    monkeypatch.setattr(guarded, "MAX_TEXT", 1_000)
    header = written(model({"names": "x" * 2_000, "license": "y"}).SerializeToString())
    assert dict(header.pairs)["license"] == "y"
    assert "was skipped" in header.problems[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x08",
        b"no message at all",
        b"\x0b\x0c",  # a group
        b"\x00\x01",  # a field without a number
        b"\x08" + b"\xff" * 11,  # a number that does not end
        b"\x72\x05ab",  # metadata that is longer than the file
    ],
)
def test_what_is_no_onnx_file_is_refused(written, data):
    with pytest.raises(Refused):
        written(data)


def test_a_cut_file_keeps_what_was_read_before(written):
    data = model({"license": "x"}).SerializeToString()
    header = written(data + b"\x72\x7fab")
    assert dict(header.pairs)["license"] == "x"
    assert "ends too soon" in header.problems[0]


def test_the_number_of_fields_is_bounded(written, monkeypatch):
    monkeypatch.setattr(guarded, "MAX_FIELDS", 50)
    data = model({"license": "x"}).SerializeToString() + b"\x08\x01" * 60
    assert "more than 50 fields" in written(data).problems[0]


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    from io import BytesIO

    try:
        header = guarded._header(BytesIO(data), len(data))
    except Refused:
        return
    assert all(isinstance(part, str) for pair in header.pairs for part in pair)


@settings(max_examples=200)
@given(st.data())
def test_a_changed_real_file_is_read_or_refused(data):
    from io import BytesIO

    real = bytearray(model({"license": "x", "author": "y"}, "text").SerializeToString())
    for place in data.draw(st.lists(st.integers(0, len(real) - 1), max_size=5)):
        real[place] = data.draw(st.integers(0, 255))
    try:
        guarded._header(BytesIO(bytes(real)), len(real))
    except Refused:
        return


def test_a_model_that_the_onnx_package_accepts_is_read(written):
    made = model({"license": "x"})
    onnx.checker.check_model(made)
    assert written(made.SerializeToString()).pairs
