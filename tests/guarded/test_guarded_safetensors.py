# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The safetensors header: whatever the library refuses is a problem here too, and duplicates are told."""

import json
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.guarded.refused import Refused
from scanner.guarded.safetensors import parse_header, read_header

SOUND = {
    "__metadata__": {"format": "pt", "license": "x"},
    "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
    "b": {"dtype": "U8", "shape": [4, 1], "data_offsets": [8, 12]},
    "c": {"dtype": "F16", "shape": [0], "data_offsets": [12, 12]},
}
BODY = bytes(12)


def packed(header, body=BODY):
    text = header if isinstance(header, str) else json.dumps(header)
    data = text.encode("utf-8", "surrogatepass")
    return struct.pack("<Q", len(data)) + data + body


def problems(data):
    """What is wrong with the bytes of a file; a refusal is one problem."""
    if len(data) < 8:
        return ("short",)
    length = int.from_bytes(data[:8], "little")
    if length > 100_000_000 or length > len(data) - 8:
        return ("length",)
    try:
        return parse_header(data[: 8 + length], len(data)).problems
    except Refused as refused:
        return (refused.reason,)


def library_refuses(data):
    from safetensors import SafetensorError, deserialize

    try:
        deserialize(data)
    except SafetensorError:
        return True
    return False


def assert_as_strict_as_the_library(data):
    if library_refuses(data):
        assert problems(data)


def test_a_sound_file_has_no_problem(tmp_path):
    (tmp_path / "m.safetensors").write_bytes(packed(SOUND))
    header = read_header(tmp_path / "m.safetensors")
    assert not header.problems
    assert (header.tensors, header.parameters) == (3, 6)
    assert header.metadata == (("format", "pt"), ("license", "x"))
    assert not library_refuses(packed(SOUND))


@given(st.data())
@settings(max_examples=400)
def test_mutated_bytes(data):
    original = bytearray(packed(SOUND))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(original) - 1))
        how = data.draw(st.sampled_from(["set", "cut", "double"]))
        if how == "set":
            original[place] = data.draw(st.integers(0, 255))
        elif how == "cut":
            del original[place : place + data.draw(st.integers(1, 9))]
        else:
            original[place:place] = original[place : place + data.draw(st.integers(1, 9))]
        if not original:
            break
    assert_as_strict_as_the_library(bytes(original))


numbers = st.sampled_from(
    [0, 1, 2, 4, 8, 12, -1, -0.0, 1.0, 2**31, 2**63, 2**64 - 1, 2**64, 1e300, True, None, "4"]
)
odd = st.recursive(numbers, lambda inside: st.lists(inside, max_size=3), max_leaves=4)
entries = st.fixed_dictionaries(
    {},
    optional={
        "dtype": st.sampled_from(["F32", "U8", "F4", "F8_E4M3", "F8_E8M0", "C64", "f32", "", None, 1]),
        "shape": st.lists(numbers, max_size=3) | odd,
        "data_offsets": st.lists(numbers, min_size=1, max_size=3) | odd,
        "more": odd,
    },
)


@given(
    st.dictionaries(st.text(max_size=3), entries, max_size=3),
    st.none() | st.dictionaries(st.text(max_size=3), st.text(max_size=3) | odd, max_size=3) | odd,
    st.integers(0, 16),
)
@settings(max_examples=400)
def test_odd_headers(tensors, metadata, length):
    assert_as_strict_as_the_library(packed({**tensors, "__metadata__": metadata}, bytes(length)))


@given(
    st.sampled_from([64, 65, 127, 128, 129, 1_000, 100_000]),
    st.sampled_from(["[", '{"a":']),
)
@settings(max_examples=20)
def test_deep_headers(depth, opening):
    close = "]" if opening == "[" else "}"
    text = '{"a": ' + opening * depth + "1" + close * depth + "}"
    assert problems(packed(text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"a": {"dtype": "U8", "shape": [12], "data_offsets": [0, 12]}, "a": {}}', "'a' stands twice"),
        ('{"__metadata__": {"license": "x", "license": "y"}}', "'license' stands twice"),
        ('{"__metadata__": {"license": ["x"]}}', "is no text"),
        ('{"__metadata__": "x"}', "no object"),
        ('{"a": {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]}}', "8 trailing bytes"),
        ('{"a": {"dtype": "U8", "shape": [20], "data_offsets": [0, 20]}}', "truncated"),
        ('{"a": {"dtype": "U8", "shape": [8], "data_offsets": [4, 12]}}', "hole of 4 bytes"),
        ('{"a": {"dtype": "U8", "shape": [-12], "data_offsets": [0, 12]}}', "shape"),
        ('{"a": {"dtype": "U8", "shape": [-0], "data_offsets": [0, 0]}}', "shape"),
        ('{"\\ud800": {"dtype": "U8", "shape": [12], "data_offsets": [0, 12]}}', "surrogate"),
        (' {"a": {"dtype": "U8", "shape": [12], "data_offsets": [0, 12]}}', "begin with {"),
        ("[]", "no JSON object"),
        ('{"a": {"dtype": "U8", "shape": [4294967296, 4294967296, 0], "data_offsets": [0, 0]}}', "larger"),
    ],
)
def test_what_is_wrong_is_named(text, problem):
    assert problem in " ".join(problems(packed(text)))


def test_both_of_two_licences_are_kept():
    data = packed('{"__metadata__": {"license": "x", "license": "y"}}', b"")
    assert parse_header(data, len(data)).metadata == (("license", "x"), ("license", "y"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no safetensors file"),
        (b"1234567", "no safetensors file"),
        (struct.pack("<Q", 2**63) + b"{}", "at most"),
        (struct.pack("<Q", 100_000_000) + b"{}", "holds 2"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:x\n", "pointer"),
        (packed("\udcff"), "no UTF-8"),
        (b"PK\x03\x04" + bytes(100), "states a header"),
    ],
)
def test_what_has_no_header(tmp_path, data, reason):
    (tmp_path / "m").write_bytes(data)
    with pytest.raises(Refused, match=reason):
        read_header(tmp_path / "m")
