# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Every review says what would settle it: an answer, an agreement, or what a person has to do."""

from typing import get_args

import pytest
from msgspec.structs import replace

from scanner.catalog import load_catalogue
from scanner.evaluate.conditions import leaves
from scanner.evaluate.facts import clause_kind
from scanner.evaluate.rules import load_rules
from scanner.model.license import Act, UserMetric
from scanner.model.usecase import DEFAULT_USE_CASE, Agreement, Revenue, UseCase, UserCount

KEYS = sorted(load_catalogue().licenses)
RULES = {rule.id: rule for rule in load_rules()}
LIFTED = {
    rule.id for rule in RULES.values() if any(leaf.fact == "use.agreements" for leaf in leaves(rule.when))
}
GROUPS = ("product", "entity", "group")

STATED = UseCase(
    id="stated",
    commercial=True,
    research=False,
    acts=tuple(Act),
    users=tuple(
        UserCount(of=group, metric=metric, month="any", value=2_000)
        for group in GROUPS
        for metric in get_args(UserMetric)
    ),
    revenue=tuple(
        Revenue(of=group, currency=currency, period=period, amount=20_000)
        for group in GROUPS
        for currency in ("USD", "CNY", "EUR")
        for period in ("year", "month")
    ),
    establishment="US",
    deployment=("US",),
    industry="software",
    sensitive_uses=(),
)
PLANS = {
    "default": DEFAULT_USE_CASE,
    "stated": STATED,
    "nothing": UseCase(id="nothing"),
    "study": replace(STATED, commercial=False, research=True),
    "large": replace(
        STATED,
        users=tuple(replace(one, value=10**9) for one in STATED.users),
        revenue=tuple(replace(one, amount=10**10) for one in STATED.revenue),
        establishment="DE",
        deployment=("DE",),
    ),
}


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("key", KEYS)
def test_a_review_says_what_would_settle_it(judged, key, plan):
    found = judged(key, PLANS[plan], multimodal=None if plan == "nothing" else True)
    if found.verdict.verdict != "review":
        return
    deciding = [one for one in found.findings if one.message in found.verdict.reasons]
    assert deciding
    for one in deciding:
        assert one.how_to_fix.strip()
        if one.rule in LIFTED or (one.outcome == "unknown" and _asks_the_user(one)):
            assert one.settle, one.message
            assert one.severity == "note" or one.settle in found.verdict.settle
    if "answer-missing" in found.verdict.because:
        assert found.verdict.settle


def _asks_the_user(finding):
    """Whether it is unknown for want of something that a use case can state."""
    return any(
        step.result == "unknown" and any(fact.endswith("not stated") for fact in step.facts)
        for step in finding.trace
    )


@pytest.mark.parametrize("key", KEYS)
def test_what_was_asked_for_settles_it(judged, key):
    """With every answer and an agreement, what is left is for other reasons than a missing answer."""
    agreement = Agreement(license=key, reference="a contract")
    found = judged(key, replace(STATED, agreements=(agreement,)), multimodal=True)
    assert "answer-missing" not in found.verdict.because
    assert LIFTED.isdisjoint(one.rule for one in found.findings)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("chatglm3-6b", "commercial_use"),
        ("hyperclova-x-seed-2025", "commercial_use"),
        ("lfm-1.0", "revenue_threshold"),
    ],
)
def test_the_agreement_that_is_asked_for_is_enough(judged, key, kind):
    line = tuple(replace(one, amount=10_000_000) for one in STATED.revenue if one.currency == "USD")
    plan = replace(STATED, acts=(Act.INTERNAL_USE,), revenue=line)
    found = judged(key, plan)
    (asked,) = (one for one in found.verdict.settle if "agreement" in one)
    assert f"use_case.agreements (license: {key}, covers: [{kind}])" in asked
    agreement = Agreement(license=key, reference="a contract", covers=(kind,))
    settled = judged(key, replace(plan, agreements=(agreement,)))
    assert settled.verdict.verdict != "review"


def test_whether_a_model_competes_is_for_a_person(judged):
    plan = replace(STATED, commercial=False, research=True, acts=(Act.INTERNAL_USE, Act.DISTILLING))
    found = judged("exaone-1.2-nc", plan)
    assert found.verdict.verdict == "review"
    assert any("covers: [output_training]" in one for one in found.verdict.settle)


def test_a_rule_that_an_agreement_lifts_is_about_a_clause_that_one_can_cover():
    from typing import get_args

    from scanner.model.usecase import Limit

    assert {clause_kind(RULES[rule].ranges_over) for rule in LIFTED} == set(get_args(Limit))


@pytest.mark.parametrize(
    ("files", "stated", "verdict"),
    [
        (None, None, "review"),
        (None, True, "blocked"),
        (None, False, "conditional"),
        (False, True, "conditional"),
        (True, False, "blocked"),
    ],
)
def test_what_files_do_not_say_of_a_model_the_use_case_may(judged, files, stated, verdict):
    plan = replace(STATED, acts=(Act.INTERNAL_USE,), establishment="DE", multimodal=stated)
    found = judged("llama-3.2", plan, multimodal=files)
    assert found.verdict.verdict == verdict
    if verdict == "review":
        assert found.verdict.settle == (
            "State whether the model takes or makes more than text (multimodal: true or false)",
        )
