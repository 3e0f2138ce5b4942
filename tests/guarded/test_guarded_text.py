# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Bytes to text: encodings with and without a mark, cut within a character, and what is no text."""

import codecs
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.guarded.text import decode

ENGLISH = "Permission is granted, \N{COPYRIGHT SIGN} 2024 the Authors \N{EM DASH} as is"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=200))
def test_utf_8_is_read_back(text):
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text
    if "\0" not in text:
        assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ENGLISH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ENGLISH.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"), "utf-16-be"),
        (ENGLISH.encode("utf-16-le"), "utf-16-le"),
        (ENGLISH.encode("utf-16-be"), "utf-16-be"),
        (ENGLISH.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data, encoding):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.problems) == (ENGLISH, encoding, ())


def test_latin_1_with_bytes_that_windows_has_not():
    assert decode(b"caf\xe9 \x81").encoding == "latin-1"


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read(data, cut):
    decode(data, cut=cut).text.encode("utf-8")


@given(st.integers(0, 400), st.sampled_from(["utf-8", "utf-16-le"]))
def test_a_cut_leaves_out_at_most_one_character(length, encoding):
    text = "\N{CJK UNIFIED IDEOGRAPH-6A21}x\N{GRINNING FACE}" * 50
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF8
    decoded = decode((mark + text.encode(encoding))[: length + len(mark)], cut=True)
    assert text.startswith(decoded.text)
    assert length - len(decoded.text.encode(encoding)) < 4
    assert not decoded.problems


@pytest.mark.parametrize(
    "data", [b"\x7fELF" + b"\0\1\2\3" * 50, os.urandom(4_000), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"]
)
def test_what_is_no_text(data):
    assert decode(data).binary


def test_nul_characters_are_said():
    assert decode(b"terms " * 50 + b"\0").problems == ("1 NUL characters",)
