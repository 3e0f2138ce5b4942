# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The tables of the two tests, the closed operators, and licences that bind, may bind or are alternatives."""

import re

import pytest

from scanner.errors import DataError
from scanner.model.conclusion import ConcludedLicense, EffectiveLicense, Licenses, Status
from scanner.model.license import (
    AcceptableUse,
    Catalogue,
    Category,
    CommercialUse,
    License,
    Rights,
    TextStatus,
    UserThreshold,
)
from scanner.model.openness import CheckOutcome
from scanner.model.reading import Facts
from scanner.model.release import Artifact, ArtifactKind, Component, Release
from scanner.openness import assess, frameworks
from scanner.openness.checks import OPERATORS, CheckRule, Condition, eu_table, osaid_rules, sound

RULES = (*osaid_rules(), *eu_table().checks)


def test_every_point_has_a_question_and_its_place():
    for rule in RULES:
        assert rule.ask
        assert rule.where
    for rule in eu_table().checks:
        assert re.search(r"paragraph", rule.where), rule.id
    assert len({rule.id for rule in osaid_rules()}) == len(osaid_rules())
    assert len({rule.id for rule in eu_table().checks}) == len(eu_table().checks)


def test_every_operator_is_used():
    conditions = [one for rule in RULES for one in (*rule.against, *rule.review, *rule.found)]
    used = {name for one in conditions for name in OPERATORS if getattr(one, name) not in (None, ())}
    assert used == set(OPERATORS)


def test_the_dates_stand_in_order_with_what_holds():
    dates = [one.date for one in frameworks().dates]
    assert dates == sorted(dates)
    assert "2025-08-02" in dates


@pytest.mark.parametrize(
    "condition",
    [
        Condition(),
        Condition(card="x", heading="y"),
        Condition(component="nothing"),
        Condition(clause="nothing"),
        Condition(read=("nothing",)),
    ],
)
def test_a_condition_without_one_known_operator_is_refused(condition):
    rule = CheckRule(id="a", title="A", where="here", against=(condition,), ask="?")
    with pytest.raises(DataError):
        sound((rule,), "test")


def record(key, category=Category.PERMISSIVE, **clauses):
    return License(
        key=key,
        name=key,
        family=key,
        category=category,
        source="https://example.org",
        text=TextStatus(status="read_full", source="here"),
        **clauses,
    )


def threshold(effect):
    return UserThreshold(
        section="2",
        value=1_000_000,
        metric="monthly-active-users",
        comparator="greater_than",
        counts="group",
        measured="continuing",
        effect=effect,
    )


FULL = Rights(section="1", use=True, modify=True, redistribute=True)
READ = {
    "rights": (FULL,),
    "commercial_use": (CommercialUse(section="1", value="yes"),),
    "user_threshold": (),
    "revenue_threshold": (),
    "acceptable_use": (),
}
RECORDS = (
    record("free", osi_approved=True, **READ),
    record("unread"),
    record("users", **{**READ, "user_threshold": (threshold("license-needed"),)}),
    record("shown", **{**READ, "user_threshold": (threshold("display"),)}),
    record(
        "uses", Category.RAIL, **{**READ, "acceptable_use": (AcceptableUse(section="5", mode="embedded"),)}
    ),
    record("idle", **{**READ, "rights": (Rights(section="1", use=True, modify=False, redistribute=True),)}),
)
CATALOGUE = Catalogue(licenses={one.key: one for one in RECORDS}, names={}, tags={}, families=(), digest="0")


def conclusion(component, *keys, expression=None, candidates=()):
    return ConcludedLicense(
        component=component,
        status=Status.DECLARED if keys else Status.UNKNOWN,
        why="x",
        keys=keys,
        expression=expression,
        candidates=candidates,
    )


def assessed(*keys, expression=None, candidates=(), inherited=()):
    weights = conclusion(Component.WEIGHTS, *keys, expression=expression, candidates=candidates)
    rest = [conclusion(one) for one in Component if one is not Component.WEIGHTS]
    artifact = Artifact(path="model.safetensors", kind=ArtifactKind.WEIGHTS, size=1, format="safetensors")
    release = Release(name="a", path=".", root="/a", named_by="folder", artifacts=(artifact,))
    return assess(release, Facts(), Licenses(concluded=(weights, *rest)), CATALOGUE, inherited)


def outcome(found, check, test="eu_ai_act"):
    return next(one for one in getattr(found, test).checks if one.id == check)


def test_a_licence_that_binds_speaks_against_with_its_section():
    check = outcome(assessed("users"), "user-scale")
    assert check.outcome is CheckOutcome.AGAINST
    assert check.why == "users, section 2, ends above a number of users"
    assert outcome(assessed("idle"), "rights").outcome is CheckOutcome.AGAINST


def test_a_list_of_forbidden_uses_is_weighed_and_rules_the_definition_out():
    found = assessed("uses")
    assert outcome(found, "use-restrictions").outcome is CheckOutcome.REVIEW
    assert found.eu_ai_act.outcome == "open-points"
    assert found.osaid.outcome == "cannot-be-met"


def test_a_licence_that_may_bind_is_for_review():
    found = assessed(candidates=("users", "free"))
    assert outcome(found, "user-scale").outcome is CheckOutcome.REVIEW
    assert outcome(found, "user-scale").why.endswith("if it binds")
    assert outcome(found, "parameters", "osaid").outcome is CheckOutcome.REVIEW


def test_of_alternatives_each_must_say_it():
    either = assessed("users", "free", expression="users OR free")
    assert outcome(either, "user-scale").outcome is not CheckOutcome.AGAINST
    both = assessed("users", "free", expression="users AND free")
    assert outcome(both, "user-scale").outcome is CheckOutcome.AGAINST


def test_what_comes_from_an_ancestor_binds():
    found = assessed("free", inherited=(EffectiveLicense(key="uses", via="acme/base", why="x"),))
    assert found.osaid.outcome == "cannot-be-met"
    assert "(from acme/base)" in found.osaid.why


def test_what_was_not_read_stays_open():
    found = assessed("unread")
    for check in ("rights", "non-commercial", "user-scale", "use-restrictions"):
        assert outcome(found, check).outcome is CheckOutcome.OPEN


def test_what_was_read_and_is_not_there_speaks_for_it():
    for key in ("free", "shown"):
        assert outcome(assessed(key), "user-scale").outcome is CheckOutcome.FOUND
    assert outcome(assessed("free"), "rights").outcome is CheckOutcome.FOUND
