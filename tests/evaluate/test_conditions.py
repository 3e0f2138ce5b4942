# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Three-valued logic: what is not stated is unknown, and an unknown part decides nothing by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.evaluate.conditions import answer, leaves, missing, outlined, shown, trace

STATED = {"yes": True, "no": False, "words": ("a", "b"), "number": 700_000_000, "day": "2024-06-01"}
T, F, U = {"is": {"yes": True}}, {"is": {"no": True}}, {"is": {"silent": True}}


def ask(condition):
    return answer(condition, STATED.get)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (T, "true"),
        (F, "false"),
        (U, "unknown"),
        ({"not": U}, "unknown"),
        ({"not": T}, "false"),
        ({"all": [T, U]}, "unknown"),
        ({"all": [F, U]}, "false"),
        ({"any": [F, U]}, "unknown"),
        ({"any": [T, U]}, "true"),
        ({"has": {"words": "a"}}, "true"),
        ({"has": {"words": "c"}}, "false"),
        ({"overlaps": {"words": ["b", "c"]}}, "true"),
        ({"overlaps": {"words": "$words"}}, "true"),
        ({"overlaps": {"words": "$silent"}}, "unknown"),
        ({"in": {"day": ["2024-06-01"]}}, "true"),
        ({"before": {"day": "2024-07-01"}}, "true"),
        ({"after": {"day": "2024-07-01"}}, "false"),
        ({"is": {"words": ["a", "b"]}}, "true"),
    ],
)
def test_operators(condition, expected):
    assert ask(condition) == expected


CONDITIONS = st.recursive(
    st.sampled_from([T, F, U]),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=4)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=4)}),
    ),
    max_leaves=12,
)


@given(CONDITIONS, st.booleans())
def test_an_answer_settles_and_never_contradicts(condition, silent):
    """Stating a missing fact may settle an unknown answer; it never turns a definite one."""
    before = ask(condition)
    after = answer(condition, {**STATED, "silent": silent}.get)
    assert after != "unknown"
    assert before in {after, "unknown"}


@given(CONDITIONS)
def test_de_morgan(condition):
    swapped = {"all": [{"not": condition}, {"not": U}]}
    assert ask(swapped) == ask({"not": {"any": [condition, U]}})


@given(CONDITIONS)
def test_the_trace_has_every_comparison(condition):
    steps = list(trace(condition, STATED.get, lambda name: name))
    assert len(steps) == len(list(leaves(condition)))
    assert bool(missing(condition, STATED.get)) == (ask(condition) == "unknown")


def test_words():
    assert shown(None) == "not stated"
    assert shown(700_000_000) == "700,000,000"
    assert shown(True) == "yes"
    assert shown(()) == "none"
    assert shown(("a", "b")) == "a, b"


@pytest.mark.parametrize(
    ("condition", "lines"),
    [
        ({"is": {"a": True}}, [(0, "A is yes")]),
        ({"is": {"a": ""}}, [(0, "A is nothing")]),
        ({"overlaps": {"a": "$b"}}, [(0, "A includes one of B")]),
        ({"not": {"in": {"a": ["x", "y"]}}}, [(0, "it is not so that A is one of x, y")]),
        ({"not": {"not": {"is": {"a": 1000}}}}, [(0, "A is 1,000")]),
        (
            {"all": [{"is": {"a": 1}}, {"any": [{"has": {"b": "x"}}, {"is": {"b": []}}]}]},
            [
                (0, "all of these hold:"),
                (1, "A is 1"),
                (1, "one of these holds at least:"),
                (2, "B includes x"),
                (2, "B is none"),
            ],
        ),
        ({"not": {"any": [{"is": {"a": 1}}]}}, [(0, "none of these holds:"), (1, "A is 1")]),
        ({"not": {"all": [{"is": {"a": 1}}]}}, [(0, "not all of these hold:"), (1, "A is 1")]),
    ],
)
def test_a_condition_is_outlined_for_a_reader(condition, lines):
    assert list(outlined(condition, str.upper)) == lines
