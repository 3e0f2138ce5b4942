# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""JSON of strangers: the common reader's answer, or a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.guarded.json import load_json
from scanner.guarded.refused import Refused

trees = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=4), inside, max_size=4),
    max_leaves=20,
)


@given(trees, st.sampled_from([None, 2]))
def test_what_is_written_is_read(tree, indent):
    parsed = load_json(json.dumps(tree, indent=indent))
    assert parsed.value == tree
    assert not parsed.duplicates


@given(st.text(max_size=200) | st.text('[]{}",:\\0123.eE- nulltrefa', max_size=200))
def test_any_text_is_read_as_the_common_reader_does_or_refused(text):
    try:
        parsed = load_json(text)
    except Refused:
        return
    assert parsed.value == json.loads(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 100_000, "nested deeper"),
        ("[" * 65 + "]" * 65, "nested deeper"),
        ('{"a":' * 100_000, "nested deeper"),
        ("[NaN]", "no JSON"),
        ("[-Infinity]", "no JSON"),
        ("9" * 5_000, "5000 digits"),
        ("{} {}", "Extra data"),
        ("", "no JSON"),
        ("\ufeff{}", "no JSON"),
    ],
)
def test_what_is_refused(text, reason):
    with pytest.raises(Refused, match=reason):
        load_json(text)


def test_brackets_in_texts_are_no_nesting():
    assert load_json(json.dumps(["[" * 1_000, '\\"' + "{" * 1_000])).value[0] == "[" * 1_000


def test_keys_that_stand_twice():
    parsed = load_json('{"a": 1, "b": {"a": 2, "a": 3}, "a": 4}')
    assert parsed.value["a"] == 4
    assert parsed.duplicates == (("a", 2), ("a", 1))


def test_minus_zero_is_no_size():
    assert type(load_json("-0").value) is float
