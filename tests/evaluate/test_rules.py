# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Every rule brings its own cases; a misspelt rule is refused with its place and the right word."""

import pytest

from scanner.data import folder
from scanner.errors import ConfigError
from scanner.evaluate.facts import clause_kind
from scanner.evaluate.rules import load_rule, load_rules, outcome_of
from scanner.model.finding import Outcome
from scanner.model.license import CLAUSE_KINDS, Category

RULES = load_rules()
CASES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.name}")
    for rule in RULES
    for example in rule.examples
]

TO_KNOW = {
    "ip_litigation",
    "termination",
    "governing_law",
    "export_control",
    "indemnity",
    "unilateral_change",
}
"""Clause kinds that ask for nothing and forbid nothing: shown with the licence, judged by no rule."""


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule, example):
    assert outcome_of(rule, example) is example.expect


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_outcome_is_shown(rule):
    shown = {example.expect for example in rule.examples}
    assert shown >= {Outcome.FINDING, Outcome.PASS}
    assert Outcome.UNKNOWN in shown or rule.unknown


def test_there_is_a_rule_for_each_file():
    files = {
        path.relative_to(folder("rules")).with_suffix("").as_posix()
        for path in folder("rules").glob("*/*.yaml")
    }
    assert {rule.id for rule in RULES} == {
        name for name in files if not name.startswith(("openness/", "references/"))
    }


def test_every_kind_of_restriction_and_obligation_is_handled():
    handled = {clause_kind(rule.ranges_over) for rule in RULES}
    assert {kind for kind in CLAUSE_KINDS if kind not in handled} == TO_KNOW


def test_every_category_that_binds_derivatives_is_handled():
    (carried,) = (rule for rule in RULES if rule.id == "lineage/terms-not-carried")
    named = set(carried.when["all"][3]["overlaps"]["parent.categories"])
    free = {Category.PERMISSIVE, Category.PUBLIC_DOMAIN, Category.OPEN_DATA, Category.POLICY}
    assert named | {category.value for category in free} == {category.value for category in Category}


GOOD = """\
id: family/rule
kind: finding
title: A title
severity: warning
confidence: high
because: terms
why: A reason.
references: []
for: clause(user_threshold)
when: {exceeds: {use.users: $clause}}
message: "More than {clause.value}."
fix: Do it.
examples:
  - {name: a, facts: {}, expect: unknown}
  - {name: b, facts: {}, expect: finding}
  - {name: c, facts: {}, expect: pass}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: family/rule", "id: family/other", "is not the path 'family/rule'"),
        ("severity: warning", "severity: waning", "did you mean 'warning'"),
        ("severity:", "severety:", "did you mean 'severity'"),
        ("clause(user_threshold)", "clause(user_treshold)", "cannot range over"),
        ("clause(user_threshold)", "releases", "cannot range over"),
        ("use.users:", "use.user:", "there is no fact 'use.user' here; did you mean 'use.users'"),
        ("$clause}", "$claus}", "there is no fact 'claus'"),
        ("exceeds", "exceed", "there is no operator 'exceed'"),
        ("{exceeds: {use.users: $clause}}", "{all: []}", "takes a list"),
        ("{exceeds: {use.users: $clause}}", "{is: 3}", "takes one fact"),
        ("{exceeds: {use.users: $clause}}", "{not: 3}", "a mapping with one operator"),
        ("{clause.value}", "{clause.valeu}", "did you mean 'clause.value'"),
        ("expect: pass", "expect: unknown", "none expects pass"),
        ("facts: {}, expect: pass", "facts: {use.userz: []}, expect: pass", "example 'c': there is no fact"),
        ("fix: Do it.", "unknown: 'never: it is total'\nfix: Do it.", "may be not stated"),
        ("fix: Do it.", "fix: Do it.\nfix: Do it.", "stands twice"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, old, new, message):
    (tmp_path / "family").mkdir()
    path = tmp_path / "family/rule.yaml"
    path.write_text(GOOD)
    assert load_rule(path).id == "family/rule"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ConfigError, match=r"rule\.yaml") as caught:
        load_rule(path)
    assert message in str(caught.value)
