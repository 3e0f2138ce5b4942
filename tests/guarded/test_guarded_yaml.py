# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""YAML of strangers: text stays text, every value keeps its line, nothing hangs or crashes."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scanner.guarded.refused import Refused
from scanner.guarded.yaml import load_untrusted

words = st.text("abcxyz019-_./ ", min_size=1, max_size=12).map(str.strip).filter(bool)
trees = st.recursive(
    words | st.none(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(words, inside, max_size=4),
    max_leaves=12,
)


@given(trees)
def test_what_is_written_is_read(tree):
    written = yaml.safe_dump(tree, default_style='"', sort_keys=False)
    assert load_untrusted(written.replace('!!null "null"', "null")).value == tree


@given(st.text(max_size=400) | st.text("[]{}:,-?&*!|>'\"#%@` \n\tab", max_size=400))
def test_any_text_is_read_or_refused(text):
    try:
        document = load_untrusted(text)
    except Refused:
        return
    assert all(1 <= line <= text.count("\n") + 2 for line in document.lines.values())
    assert all(document.ends[place] >= document.lines[place] for place in document.ends)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 3.10", "3.10"),
        ("a: no", "no"),
        ("a: 2024-01-01", "2024-01-01"),
        ("a: 0x10", "0x10"),
        ("a: null", None),
        ("a: ~", None),
        ("a:", None),
        ("a: 'null'", "null"),
        ("a: ''", ""),
    ],
)
def test_text_stays_text(text, expected):
    assert load_untrusted(text).value == {"a": expected}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: " + "[" * 25_000, "nest"),
        ("a: " + "{x: " * 40 + "}" * 40, "nested deeper"),
        ("a: &x [*x]", "aliases"),
        ("a: &x 1\nb: *x", "aliases"),
        ("a: !!python/object:os.system x", "tag"),
        ("a: 1\n---\nb: 2", "more than one document"),
        ("a: [", "no YAML"),
        ("a: \0", "no YAML"),
        ("a: \ud800", "no YAML"),
        ("? [a]\n: b", "no plain word"),
        ("a: " + "b" * 2_000_001, "longer"),
        ("- a\n" * 200_001, "more than"),
    ],
)
def test_what_is_refused(text, reason):
    with pytest.raises(Refused, match=reason):
        load_untrusted(text)


def test_keys_that_stand_twice():
    document = load_untrusted("a: 1\nb: x\na:\n- 2\n- 3\na: 4\n")
    assert document.value == {"a": "1", "b": "x"}
    assert [(found.place, found.line, found.value) for found in document.duplicates] == [
        (("a",), 3, ["2", "3"]),
        (("a",), 6, "4"),
    ]
    second = document.duplicates[0]
    assert document.lines[*second.at, 1] == 5


def test_lines_of_values():
    document = load_untrusted('a: |\n  x\n  y\n\nb: >\n  q\nc: "1\n  2"\nd:\n- x\n- y: z\n')
    assert document.lines["a",] == 1
    assert document.ends["a",] == 4
    assert (document.lines["c",], document.ends["c",]) == (7, 8)
    assert document.lines["d", 1, "y"] == 11
