# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Patterns of records: those that are followed cost little, whatever text they meet."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.guarded.patterns import pattern_problem


@pytest.mark.parametrize(
    "pattern",
    [
        "greater than 700 million",
        r"right to:? \(a\) Use Data",
        "this (has|have) impact",
        r"[*+?|{}()] and \* \+ \?",
        "more than .{0,40}users",
        "(?:a (?:b|c))? d",
        "(?i)words",
        "brace {a} here",
    ],
)
def test_plain_patterns_are_followed(pattern):
    assert pattern_problem(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "empty"),
        ("a" * 201, "longer than 200"),
        ("(a+)+$", "repeats without end"),
        ("a.*b", "repeats without end"),
        ("a{3,}", "repeats without end"),
        ("(a|b){2}", "a group is repeated"),
        ("(a{1,9}){1,9}b", "a group is repeated"),
        ("a{1,99999999999}", "too many ways"),
        ("a{99999999999}", "too many ways"),
        (".{0,99}.{0,99}.{0,99}x", "too many ways"),
        ("a?" * 30 + "a" * 30, "too many ways"),
        ("(a|a)" * 30 + "b", "too many ways"),
        ("to (deal", "no regular expression"),
        ("[a", "no regular expression"),
        ("[[a]", "no regular expression"),
        ("(" * 150, "no regular expression"),
    ],
)
def test_costly_and_broken_patterns_are_refused(pattern, told):
    assert told in pattern_problem(pattern)


@given(st.text(max_size=60) | st.text("ab().?*+|{}[]\\0123456789,^$", max_size=40))
def test_any_pattern_is_refused_or_cheap(pattern):
    if pattern_problem(pattern) is None:
        begin = time.perf_counter()
        re.compile(pattern, re.IGNORECASE).search("ab" * 500)
        assert time.perf_counter() - begin < 2
