# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The keys of a GGUF file: real files are read, mutated ones never crash, hang or lead past the end."""

import struct

import gguf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.guarded import gguf as guarded
from scanner.guarded.gguf import read_header, texts
from scanner.guarded.refused import Refused


def text(value):
    return struct.pack("<Q", len(value)) + value


def pair(key, kind, value):
    return text(key) + struct.pack("<I", kind) + value


def file(*pairs, version=3, count=None):
    return struct.pack("<4sIQQ", b"GGUF", version, 0, len(pairs) if count is None else count) + b"".join(
        pairs
    )


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A file as the gguf package writes it."""
    path = tmp_path_factory.mktemp("gguf") / "real.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Example")
    writer.add_license("x")
    writer.add_base_model_count(1)
    writer.add_base_model_repo_url(0, "https://example.org/base")
    writer.add_tags(["one", "two"])
    writer.add_file_type(7)
    writer.add_token_list([f"token {number}" for number in range(3_000)])
    writer.add_token_scores([0.5] * 3_000)
    writer.add_chat_template("template")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_real_file(real):
    header = read_header(real)
    found = dict(header.pairs)
    assert not header.problems
    assert found["general.license"] == "x"
    assert found["general.base_model.0.repo_url"] == "https://example.org/base"
    assert found["general.tags"] == ("one", "two")
    assert found["general.file_type"] == 7
    assert found["tokenizer.ggml.tokens"] is None
    assert found["tokenizer.chat_template"] == "template"
    assert ("general.tags", "two") in list(texts(header))


def test_both_byte_orders_and_the_first_version(tmp_path):
    path = tmp_path / "m"
    key = b"general.license"
    path.write_bytes(
        struct.pack(">4sIQQ", b"GGUF", 3, 0, 1)
        + struct.pack(">Q", len(key)) + key + struct.pack(">IQ", 8, 1) + b"x"
    )  # fmt: skip
    assert read_header(path).pairs == (("general.license", "x"),)
    path.write_bytes(
        struct.pack("<4sIII", b"GGUF", 1, 0, 1)
        + struct.pack("<I", len(key))
        + key
        + struct.pack("<II", 8, 1)
        + b"x"
    )
    assert read_header(path).pairs == (("general.license", "x"),)


@given(st.data())
@settings(max_examples=300, deadline=1_000)
def test_mutations_are_read_or_refused(real, tmp_path_factory, data):
    original = bytearray(real.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, min(len(original), 600) - 1))
        original[place : place + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    cut = data.draw(st.none() | st.integers(0, len(original)))
    path = tmp_path_factory.getbasetemp() / "mutated.gguf"
    path.write_bytes(original[:cut])
    try:
        header = read_header(path)
    except Refused:
        return
    assert header.length <= path.stat().st_size
    for _, value in texts(header):
        value.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (file(pair(b"a", 9, struct.pack("<IQ", 8, 1 << 63))), "states 9,223,372,036,854,775,808 texts"),
        (file(pair(b"a", 9, struct.pack("<IQ", 10, 1 << 63))), "ends too soon"),
        (file(pair(b"a", 9, struct.pack("<IQ", 9, 1))), "array of type 9"),
        (file(pair(b"a", 8, struct.pack("<Q", 1 << 40))), "longer than the file"),
        (file(pair(b"", 4, b"1234")), "a key of 0 bytes"),
        (file(pair(b"a", 99, b"")), "unknown type 99"),
        (file(pair(b"a", 4, b"1234"), pair(b"a", 4, b"1234")), "stands twice"),
        (file(pair(b"a", 4, b"1234"), count=2), "after 1 of 2 keys"),
        (file(pair(b"general.alignment", 4, struct.pack("<I", 3))), "alignment of 3"),
        (file(pair(b"general.alignment", 8, text(b"x"))), "alignment of 'x'"),
        (file(pair(b"a", 9, struct.pack("<IQ", 8, 1_001) + text(b"") * 1_001), count=2), "after 1 of 2"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, data, problem):
    (tmp_path / "m").write_bytes(data + bytes(0))
    assert problem in " ".join(read_header(tmp_path / "m").problems)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "ends too soon"),
        (b"GGUF\3", "ends too soon"),
        (b"GGML" + bytes(20), "no GGUF"),
        (file(version=4), "version 4"),
        (file(count=1 << 40), "states"),
    ],
)
def test_what_is_no_header(tmp_path, data, reason):
    (tmp_path / "m").write_bytes(data)
    with pytest.raises(Refused, match=reason):
        read_header(tmp_path / "m")


def test_long_texts_are_skipped_and_what_follows_is_read(tmp_path):
    long = b"x" * (guarded.MAX_STRING + 1)
    (tmp_path / "m").write_bytes(file(pair(b"long", 8, text(long)), pair(b"general.license", 8, text(b"x"))))
    header = read_header(tmp_path / "m")
    assert header.pairs == (("long", None), ("general.license", "x"))
    assert "was skipped" in header.problems[0]


def test_the_texts_of_one_file_are_bounded_together(tmp_path, monkeypatch):
    monkeypatch.setattr(guarded, "MAX_KEPT", 10)
    (tmp_path / "m").write_bytes(file(*(pair(b"k%d" % number, 8, text(b"12345")) for number in range(4))))
    assert [value for _, value in read_header(tmp_path / "m").pairs] == ["12345", "12345", None, None]


def test_a_large_vocabulary_is_passed_over_exactly(tmp_path):
    tokens = b"".join(text(b"t" * (number % 50)) for number in range(200_000))
    data = file(
        pair(b"tokens", 9, struct.pack("<IQ", 8, 200_000) + tokens),
        pair(b"wide", 9, struct.pack("<IQ", 8, 1_001) + text(b"w" * 3_000) * 1_001),
        pair(b"general.license", 8, text(b"x")),
    )
    (tmp_path / "m").write_bytes(data)
    header = read_header(tmp_path / "m")
    assert header.pairs[-1] == ("general.license", "x")
    assert not header.problems
    assert header.length == len(data)


def test_more_texts_than_any_vocabulary_end_the_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(guarded, "MAX_TEXTS", 1_500)
    array = struct.pack("<IQ", 8, 1_001) + text(b"") * 1_001
    (tmp_path / "m").write_bytes(file(pair(b"a", 9, array), pair(b"b", 9, array)))
    assert "more than 1,500 texts" in read_header(tmp_path / "m").problems[0]
