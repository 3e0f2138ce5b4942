# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Words that are cut say so, and keep whole words."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.model.base import excerpt


def test_what_fits_is_not_touched():
    assert excerpt("as it stands", 12) == "as it stands"


def test_a_cut_ends_with_a_whole_word_and_a_mark():
    assert excerpt("free of charge for all", 20) == "free of charge …"


def test_a_cut_may_begin_inside():
    assert excerpt("under the licence that follows here", 22, begin=8) == "… licence that …"


def test_one_long_word_is_cut_where_it_must_be():
    assert excerpt("a" * 50, 10) == "a" * 8 + " …"


@given(st.text(), st.integers(10, 80), st.integers(0, 40))
def test_an_excerpt_is_bounded_and_made_of_the_text(text, limit, begin):
    shown = excerpt(text, limit, min(begin, len(text)))
    assert len(shown) <= limit
    assert shown.removeprefix("… ").removesuffix(" …") in text
