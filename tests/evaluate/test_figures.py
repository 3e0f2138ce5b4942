# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Thresholds right to the letter: whose users, which month, which comparator, which currency."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.evaluate.figures import dated, exceeds
from scanner.model.license import RevenueThreshold, UserThreshold
from scanner.model.usecase import Revenue, UserCount

LINE = 1_000
GROUPS = ("product", "entity", "group")


def users(**changes):
    given = {
        "section": "2",
        "value": LINE,
        "metric": "monthly-active-users",
        "comparator": "greater_than",
        "counts": "group",
        "measured": "at-date",
        "measured_month": "2024-06",
        "effect": "no-rights",
    }
    return UserThreshold(**(given | changes))


def count(value, *, of="group", month="2024-06", metric="monthly-active-users"):
    return UserCount(of=of, month=month, value=value, metric=metric)


@pytest.mark.parametrize(
    ("comparator", "value", "passes"),
    [
        ("greater_than", LINE, False),
        ("greater_than", LINE + 1, True),
        ("at_least", LINE, True),
        ("at_least", LINE - 1, False),
    ],
)
def test_the_edge_is_the_comparators(comparator, value, passes):
    assert exceeds((count(value),), users(comparator=comparator)) is passes


def test_a_frozen_line_is_met_only_by_the_month_that_counts():
    for month in (None, "2024-05", "2024-07", "2025-06"):
        assert exceeds((count(LINE * 2, month=month),), users()) is None
    assert exceeds((count(LINE * 2, month="2025-06"), count(1)), users()) is False


def test_a_continuing_line_is_met_by_the_latest_month():
    clause = users(measured="continuing", measured_month=None)
    old, new = count(1, month="2024-01"), count(LINE * 2, month="2026-01")
    assert exceeds((old, new), clause) is True
    assert exceeds((old, new, count(1, month=None)), clause) is False


def test_never_more_in_any_month_answers_every_month_and_only_from_above():
    assert exceeds((count(LINE, month="any"),), users()) is False
    assert exceeds((count(LINE * 2, month="any"),), users()) is None


@given(st.sampled_from(GROUPS), st.sampled_from(GROUPS), st.integers(0, 3 * LINE))
def test_a_part_is_at_most_the_whole(stated, counted, value):
    answer = exceeds((count(value, of=stated),), users(counts=counted))
    above = value > LINE
    if stated == counted:
        assert answer is above
    elif GROUPS.index(stated) > GROUPS.index(counted):
        assert answer is (None if above else False)
    else:
        assert answer is (True if above else None)


@given(st.sampled_from(GROUPS), st.integers(0, 3 * LINE))
def test_where_the_clause_does_not_say_whose_every_reading_must_agree(stated, value):
    answer = exceeds((count(value, of=stated),), users(counts="not-stated"))
    above = value > LINE
    assert (
        answer
        is {"product": True if above else None, "entity": None, "group": None if above else False}[stated]
    )


def test_daily_users_are_at_most_monthly_ones():
    daily = count(LINE * 2, metric="daily-active-users")
    assert exceeds((daily,), users()) is True
    assert exceeds((count(1, metric="daily-active-users"),), users()) is None
    assert exceeds((count(1),), users(metric="daily-active-users")) is False
    assert exceeds((count(LINE * 2),), users(metric="users")) is None


def test_active_users_are_at_most_unique_ones_and_these_at_most_the_visits():
    for counted in ("monthly-unique-users", "monthly-visits"):
        assert exceeds((count(LINE * 2),), users(metric=counted)) is True
        assert exceeds((count(1),), users(metric=counted)) is None
        assert exceeds((count(1, metric="users"),), users(metric=counted)) is None
        assert exceeds((count(1, metric=counted),), users(metric=counted)) is False
        assert exceeds((count(1, metric=counted),), users()) is False


@given(st.lists(st.builds(count, st.integers(0, 3 * LINE), of=st.sampled_from(GROUPS)), max_size=4))
def test_more_figures_never_turn_an_answer_into_its_opposite(figures):
    answers = {exceeds((one,), users()) for one in figures} - {None}
    together = exceeds(tuple(figures), users())
    assert together is (answers.pop() if len(answers) == 1 else None)


def revenue(**changes):
    given = {
        "section": "3",
        "amount": LINE,
        "currency": "USD",
        "period": "year",
        "comparator": "greater_than",
        "counts": "group",
        "effect": "no-rights",
    }
    return RevenueThreshold(**(given | changes))


def income(amount, **changes):
    return Revenue(**({"of": "group", "currency": "USD", "amount": amount} | changes))


def test_currencies_are_never_converted():
    assert exceeds((income(LINE * 9, currency="EUR"),), revenue()) is None


def test_a_month_is_at_most_its_year():
    assert exceeds((income(LINE * 2, period="month"),), revenue()) is True
    assert exceeds((income(1, period="month"),), revenue()) is None
    assert exceeds((income(LINE),), revenue(period="month")) is False
    assert exceeds((income(LINE * 2),), revenue(period="month")) is None


def test_of_several_years_the_latest_counts():
    figures = (income(LINE * 5, ending="2023-12"), income(1, ending="2024-12"))
    assert exceeds(figures, revenue()) is False


@pytest.mark.parametrize(
    ("month", "value", "passes"),
    [
        ("2026-10", 5, False),
        ("2026-11", 5, False),
        ("2026-06", 5, None),  # half a year ago: the line may have been passed since
        ("2020-01", 5, None),
        ("2031-01", 5, None),  # nobody knows yet
        ("2031-01", LINE + 1, None),
        ("2026-06", LINE + 1, True),  # passed is passed
        (None, 5, False),
        ("any", 5, False),
    ],
)
def test_an_old_or_future_figure_does_not_settle_a_line_that_is_measured_continuously(month, value, passes):
    line = users(measured="continuing", measured_month=None)
    assert exceeds(dated((count(value, month=month),), "2026-11-25"), line) is passes


@pytest.mark.parametrize(("ending", "passes"), [("2025-12", False), ("2023-12", None), ("2030-12", None)])
def test_revenue_of_years_ago_settles_nothing(ending, passes):
    line = RevenueThreshold(
        section="1",
        amount=LINE,
        currency="USD",
        period="year",
        comparator="greater_than",
        counts="group",
        effect="no-rights",
    )
    figure = Revenue(of="group", currency="USD", amount=5, ending=ending)
    assert exceeds(dated((figure,), "2026-11-25"), line) is passes
