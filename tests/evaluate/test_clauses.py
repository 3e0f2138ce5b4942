# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Every restriction and obligation of every record reaches a reader, with its section, once triggered."""

from collections import Counter

import pytest
from msgspec.structs import replace

from scanner.catalog import load_catalogue
from scanner.evaluate.facts import clause_kind
from scanner.evaluate.rules import load_rules
from scanner.model.license import CLAUSE_KINDS, Act
from scanner.model.reading import Source
from scanner.model.usecase import Revenue, UseCase, UserCount

RECORDS = load_catalogue().licenses
TO_KNOW = {
    "ip_litigation",
    "termination",
    "governing_law",
    "export_control",
    "indemnity",
    "unilateral_change",
}
"""Kinds that ask for nothing and forbid nothing."""

RULES = load_rules()
RULES_OF = {
    kind: {rule.id for rule in RULES if clause_kind(rule.ranges_over) == kind and rule.kind != "finding"}
    for kind in CLAUSE_KINDS
}
MANY, MUCH = 10**12, 10**14
EVERYWHERE = ("US", "DE", "GB", "KR", "CN")

ALL_OF_IT = UseCase(
    id="all",
    commercial=True,
    research=False,
    acts=tuple(Act),
    users=tuple(
        UserCount(of=group, metric=metric, month=month, value=MANY)
        for group in ("product", "entity", "group")
        for metric in ("monthly-active-users", "monthly-unique-users", "monthly-visits", "users")
        for month in (None, *(f"20{year}-{month:02}" for year in (23, 24, 25) for month in range(1, 13)))
    ),
    revenue=tuple(
        Revenue(of=group, currency=currency, period=period, amount=MUCH)
        for group in ("product", "entity", "group")
        for currency in ("USD", "CNY", "EUR")
        for period in ("year", "month")
    ),
    establishment="DE",
    deployment=EVERYWHERE,
    sensitive_uses=(),
)


def asks_nothing(kind, clause):
    """Whether a clause neither forbids nor asks for anything."""
    given = {
        "commercial_use": lambda: clause.value == "yes",
        "output_training": lambda: clause.value in {"allowed", "silent"},
        "display_phrase": lambda: not clause.mandatory,
        "rights": lambda: (
            (clause.use, clause.modify, clause.redistribute) == (True, True, True)
            and not clause.changed_not_for
        ),
    }
    return kind in given and given[kind]()


def numbered():
    """Yield every clause that asks or forbids, with its number among those of its section."""
    for key, record in RECORDS.items():
        for kind in CLAUSE_KINDS:
            sections = Counter()
            for clause in record.clauses(kind) or ():
                sections[clause.section] += 1
                if kind not in TO_KNOW and not asks_nothing(kind, clause):
                    name = f"{key} {kind} {clause.section}"
                    yield pytest.param(key, kind, clause, sections[clause.section], id=name)


CLAUSES = list(numbered())
EVERY_CLAUSE = pytest.mark.parametrize(("key", "kind", "clause", "number"), CLAUSES)


@pytest.fixture(scope="session")
def duties(judged):
    """Return the lines about one clause in the tables of what is asked and what is forbidden."""
    made = {}

    def call(key, kind, clause, number, use_case=ALL_OF_IT):
        if (key, use_case) not in made:
            made[key, use_case] = judged(key, use_case, multimodal=True, files={Source.NOTICE_FILE: "by us"})
        found = made[key, use_case]
        ending = f":{key}:{clause.section}" + (f"#{number}" if number > 1 else "")
        lines = (*found.obligations, *found.restrictions)
        return [one for one in lines if one.id.endswith(ending) and one.id.split(":")[0] in RULES_OF[kind]]

    return call


def test_there_are_clauses_of_every_kind():
    assert {parameters.values[1] for parameters in CLAUSES} == set(CLAUSE_KINDS) - TO_KNOW


@EVERY_CLAUSE
def test_a_clause_is_told_when_everything_is_planned(duties, key, kind, clause, number):
    told = duties(key, kind, clause, number)
    one = told[0]
    assert {one.id.split(":")[0] for one in told} <= RULES_OF[kind]
    assert one.license == key
    assert one.section == clause.section
    assert one.what
    if kind != "territory" or set(clause.places) & {*EVERYWHERE, "EU"}:
        assert one.applies != "no", one.why
    triggers = getattr(clause, "triggers", ())
    assert set(one.triggered_by) == set(triggers)


@EVERY_CLAUSE
def test_an_act_that_does_not_trigger_it_brings_no_duty(duties, key, kind, clause, number):
    triggers = getattr(clause, "triggers", ())
    others = tuple(act for act in Act if act not in triggers)
    if kind == "research_only" or not triggers or not others:
        return
    (one,) = duties(key, kind, clause, number, replace(ALL_OF_IT, acts=others))
    assert one.applies == "no"
    assert not one.triggered_by


@EVERY_CLAUSE
def test_nothing_planned_triggers_nothing(duties, key, kind, clause, number):
    if not getattr(clause, "triggers", ()) or kind == "research_only":
        return
    (one,) = duties(key, kind, clause, number, replace(ALL_OF_IT, acts=()))
    assert one.applies == "no"
