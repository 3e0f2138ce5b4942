# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Every line of every record: below, at and above it, against worlds in which a stated figure is true.

A figure bounds the number that a clause counts: in some worlds it is that number, in others it is of a part
or of the whole of what counts. The clause holds when it does in every world and under every reading of its
text, fails when it does in none, and is unknown otherwise. Nothing here asks the evaluator how it compares.
"""

from itertools import product

import pytest
from msgspec.structs import replace

from scanner.catalog import load_catalogue
from scanner.model.license import Act
from scanner.model.usecase import Agreement, Revenue, UseCase, UserCount

RECORDS = load_catalogue().licenses
KINDS = ("user_threshold", "revenue_threshold")
AS_OF = "2026-11-25"
LINES = [
    pytest.param(key, clause, id=f"{key} {kind} {clause.section}")
    for key, record in RECORDS.items()
    for kind in KINDS
    for clause in record.clauses(kind) or ()
]
EVERY_LINE = pytest.mark.parametrize(("key", "clause"), LINES)

GROUPS = ("product", "entity", "group")
"""Each a part of the next."""

METRICS = ("daily-active-users", "monthly-active-users", "monthly-unique-users", "monthly-visits", "users")
"""Each of all but the last at most the next."""

NONE_AT_ALL, ALL_THERE_ARE = 0, 10**15
ENDS = {"no-rights", "license-needed"}
"""Effects that take rights away; the others bring a duty."""


def line_of(clause):
    return clause.value if hasattr(clause, "metric") else clause.amount


def readings(clause):
    """Yield comparator, line, whose and whether commercial alone, for each way to read the clause."""
    own = (clause.comparator, line_of(clause), clause.counts, clause.commercial_only)
    yield own
    for doubt in clause.doubts:
        other = (doubt.comparator, doubt.line, doubt.counts, doubt.commercial_only)
        if other == (None, None, None, None):
            yield None
        else:
            yield tuple(mine if new is None else new for mine, new in zip(own, other, strict=True))


def held(clause, figure, commercial):
    """Return "true" or "false" when every world and reading agrees, else "unknown"."""
    answers = set()
    for reading in readings(clause):
        if reading is None:
            answers.add(False)
            continue
        comparator, line, counts, commercial_only = reading
        for whose in GROUPS if counts == "not-stated" else (counts,):
            for number in worlds(clause, figure, whose):
                above = {"greater_than": number > line, "at_least": number >= line}[comparator]
                answers.add(above and (commercial or not commercial_only))
    return str(answers.pop()).lower() if len(answers) == 1 else "unknown"


def worlds(clause, figure, whose):
    """Return the least and the greatest number that the clause may count where a figure is true."""
    relations = [GROUPS.index(figure.of) - GROUPS.index(whose)]
    if isinstance(figure, UserCount):
        relations += [of_metric(figure.metric, clause.metric), of_month(figure.month, clause)]
        number = figure.value
    else:
        relations += [of_currency(figure, clause), of_period(figure, clause), of_year(figure.ending)]
        number = figure.amount
    if None in relations or (min(relations) < 0 < max(relations)):
        return NONE_AT_ALL, ALL_THERE_ARE
    return (
        NONE_AT_ALL if max(relations) > 0 else number,
        ALL_THERE_ARE if min(relations) < 0 else number,
    )


def of_metric(stated, counted):
    """Return 0 where the same is counted, 1 where the figure is at least as large, -1 where at most."""
    if stated != counted and "users" in {stated, counted}:
        return None
    return METRICS.index(stated) - METRICS.index(counted)


def of_month(month, clause):
    if month == "any":
        return 1  # never more than this
    if clause.measured == "at-date":
        return 0 if month == clause.measured_month else None
    if month is None:
        return 0
    return None if month > AS_OF[:7] else 0 if month >= "2026-08" else -1  # passed once is passed


def of_currency(figure, clause):
    return 0 if figure.currency == clause.currency else None


def of_period(figure, clause):
    return ("month", "year").index(figure.period) - ("month", "year").index(clause.period)


def of_year(ending):
    if ending is None:
        return 0
    return None if ending > AS_OF[:7] else 0 if ending >= "2026-08" else -1


def numbers(clause):
    """Return the numbers about every line that a reading draws."""
    lines = {reading[1] for reading in readings(clause) if reading}
    return sorted({line + step for line in lines for step in (-1, 0, 1)})


def figures(clause):
    """Yield every kind of figure about every number."""
    for number, whose in product(numbers(clause), GROUPS):
        if hasattr(clause, "metric"):
            months = {None, "any", AS_OF[:7], "2026-09", "2025-02", "2027-01", clause.measured_month}
            for month, metric in product(months, METRICS):
                yield UserCount(of=whose, metric=metric, month=month, value=number)
        else:
            other = "EUR" if clause.currency != "EUR" else "USD"
            endings = (None, "2026-10", "2022-12", "2027-12")
            for currency, period, ending in product((clause.currency, other), ("month", "year"), endings):
                yield Revenue(of=whose, currency=currency, period=period, ending=ending, amount=number)


def plan(figure, **answers):
    field = "users" if isinstance(figure, UserCount) else "revenue"
    return UseCase(id="a", **({"acts": (Act.INTERNAL_USE,), "commercial": True, field: (figure,)} | answers))


@pytest.fixture
def answer(weighed):
    """Return what the rule about a clause answers; one rule alone has to be about it."""

    def call(key, clause, use_case):
        (one,) = (one for one in weighed(key, use_case) if one.context.clause == clause)
        return one.answer

    return call


def exact(clause, number):
    """Return the figure that the clause asks for."""
    whose = "product" if clause.counts == "not-stated" else clause.counts
    if hasattr(clause, "metric"):
        month = clause.measured_month or AS_OF[:7]
        return UserCount(of=whose, metric=clause.metric, month=month, value=number)
    return Revenue(of=whose, currency=clause.currency, period=clause.period, amount=number)


def test_there_are_lines():
    assert len(LINES) >= 30
    assert {clause.values[1].measured for clause in LINES} == {"at-date", "continuing"}


@EVERY_LINE
def test_every_figure_about_a_line(answer, key, clause):
    for figure in figures(clause):
        for commercial in (True, False):
            expected = held(clause, figure, commercial)
            assert answer(key, clause, plan(figure, commercial=commercial)) == expected, figure


@EVERY_LINE
def test_the_comparator_decides_at_the_line(answer, key, clause):
    """As the record's own words say, where its text leaves nothing open."""
    if clause.doubts or clause.counts == "not-stated":
        return
    line = line_of(clause)
    above = {line - 1: False, line: clause.comparator == "at_least", line + 1: True}
    for number, passes in above.items():
        assert answer(key, clause, plan(exact(clause, number))) == str(passes).lower()


@EVERY_LINE
def test_no_figure_no_answer(answer, key, clause):
    assert answer(key, clause, UseCase(id="a", commercial=True, acts=(Act.INTERNAL_USE,))) == "unknown"
    for users_or_revenue in ({"users": ()}, {"revenue": ()}):
        planned = UseCase(id="a", commercial=True, acts=(Act.INTERNAL_USE,), **users_or_revenue)
        assert answer(key, clause, planned) == "unknown"


@EVERY_LINE
def test_growth_after_a_frozen_date_does_not_count(answer, key, clause):
    if getattr(clause, "measured_month", None) is None:
        return
    small, later = exact(clause, 1), replace(exact(clause, ALL_THERE_ARE), month="2026-10")
    assert answer(key, clause, plan(small, users=(small, later))) == "false"
    assert answer(key, clause, plan(later)) == "unknown"


@EVERY_LINE
def test_the_latest_month_counts_where_a_line_is_continuing(answer, key, clause):
    if not hasattr(clause, "metric") or clause.measured == "at-date" or clause.doubts:
        return
    before = replace(exact(clause, 1), month="2026-09")
    now = replace(exact(clause, line_of(clause) + 1), month="2026-10")
    expected = "unknown" if clause.counts == "not-stated" and now.of != "product" else "true"
    assert answer(key, clause, plan(now, users=(before, now))) == expected


@EVERY_LINE
def test_an_agreement_lifts_a_line(answer, key, clause):
    kind = "user_threshold" if hasattr(clause, "metric") else "revenue_threshold"
    above = exact(clause, ALL_THERE_ARE)
    for covers, lifted in ((None, True), ((kind,), True), (("territory",), False)):
        agreement = Agreement(license=key, reference="a contract", covers=covers)
        found = answer(key, clause, plan(above, agreements=(agreement,)))
        assert (found == "false") == lifted


@EVERY_LINE
def test_a_line_that_is_passed_makes_the_verdict(judged, key, clause):
    above = exact(clause, ALL_THERE_ARE)
    found = judged(key, plan(above))
    expected = held(clause, above, commercial=True)
    if clause.effect in ENDS:
        assert (found.verdict.verdict == "blocked") >= (expected == "true")
        assert (found.verdict.verdict in {"blocked", "review"}) >= (expected == "unknown")
    else:
        duties = [one for one in found.obligations if one.section == clause.section and "threshold" in one.id]
        assert ("yes" in {one.applies for one in duties}) == (expected == "true")
