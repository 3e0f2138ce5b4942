# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

# ruff: noqa: RUF001  look-alike characters are what is tested

"""Layout carries no words; words keep their lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.identify.normalize import MAX_CHARACTERS, VARIETAL, Words, normalize, words

LAYOUT = r"(a) 1. 2.0 <p> &amp; &lt; * # // _x_ \* - ' ) sub- “quoted” don’t https://a.example/x"
LETTERS = "you may not licence 1,000,000 许可 Ａ é ﬁ İ ß \0 \u00ad rem ©"
NOTICES = ["Copyright (c) 2020 Ada", "[https://a.b](https://a.b)", "\n", "\n\n", " ", "\r\n", "  \n"]
PIECES = st.sampled_from([*LAYOUT.split(), *LETTERS.split(" "), *NOTICES])


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_normalising_twice_changes_nothing(text):
    assert normalize(normalize(text)) == normalize(text)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_every_word_knows_its_place(text):
    found = Words(text)
    assert len(found.spans) == len(found.words)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(
        0 <= found.lines(at, at)[0] <= found.lines(at, at)[1] < lines for at in range(len(found.words))
    )


@given(
    st.lists(
        st.sampled_from(["you", "may", "use", "it", "royalty-free", "3.1", "(b)", "Licence;"]), min_size=1
    )
)
def test_wrapping_and_case_do_not_matter(pieces):
    assert words(" ".join(pieces)) == words("\n   ".join(pieces).upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the “Licence” isn’t here", 'the "license" isn\'t here'),
        ("non-exclusive and royalty-\n   free", "nonexclusive and royaltyfree"),
        ("<p>You &amp; I,<br/>we <b>may</b></p>", "You & I, we may"),
        ("**You** _may_ \\* `use` it", "you may use it"),
        ("1. You may.\n2. They may.", "You may.\nThey may."),
        ("if: (a) you; and (b) they", "if: you; and they"),
        ("// You may\n// use it", "You may use it"),
        ("see [https://a.example/x](https://a.example/x)", "see http://www.a.example/x"),
        ("MIT-like\n\nCopyright (c) 2020-2024 Ada Lovelace <ada@example.org>\n\nYou may", "MIT-like You may"),
        ("ｆｕｌｌ width ﬁle", "full width file"),
        ("café", "cafe"),
        ("700,000,000 users", "700000000 users"),
        ("rem you may\nrem use it", "you may use it"),
    ],
)
def test_layout_carries_no_words(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Section 2. You may", "Section 3. You may"),
        ("version 3.1", "version 3.2"),
        ("you may use it", "you may not use it"),
        ("700 million", "100 million"),
        ("<p commercial use is prohibited>You may", "You may"),
        ("<!-- not for sale --> You may", "You may"),
        ("Copyright notices must stay", "notices must stay"),
    ],
)
def test_what_means_something_stays(one, other):
    assert words(one) != words(other)


def test_varietal_spellings_end_where_they_point():
    assert not set(VARIETAL) & set(VARIETAL.values())


def test_chinese_is_read_character_by_character():
    assert words("7 亿用户\n许可") == ["7", "亿", "用", "户", "许", "可"]


def test_a_broken_word_stands_where_it_begins():
    found = Words("you may sub-\nlicense it\nnow")
    assert found.words == ["you", "may", "sublicense", "it", "now"]
    assert found.lines(2, 2) == (0, 0)
    assert found.lines(4, 4) == (2, 2)


def test_huge_texts_are_cut():
    found = Words("word " * (MAX_CHARACTERS // 4))
    assert found.cut
    assert len(found.words) < MAX_CHARACTERS // 4
