# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Does a figure of the organisation pass a licence's line? To the letter of the clause, or unknown.

A clause counts a group of users or an income in a month or year, once or always. A figure answers it
when it is about the same; one about something larger or smaller answers it only in the direction in
which that follows: the users of a product are at most those of the group, those of a day at most
those of the month, and these at most its visits, the income of a month at most that of its year.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from scanner.model.license import RevenueThreshold, UserThreshold
from scanner.model.usecase import ANY_MONTH, Revenue, UserCount

_GROUPS = ("product", "entity", "group")
"""From the smallest to the largest: a figure of one is at most that of the next."""

_METRICS = ("daily-active-users", "monthly-active-users", "monthly-unique-users", "monthly-visits")
"""A figure of one is at most that of the next: who was active came, and who came did so once at least."""

Bound = tuple[Literal["exact", "at-least", "at-most"], int]
"""What is known of the number that the clause counts."""


FRESH = 3
"""Months for which a figure settles a line that is measured continuously; later it may have been passed."""

FRESH_YEAR = 18
"""The same for revenue of a year: the last year that ended is the latest that anybody has."""


class Figures(tuple[Any, ...]):  # noqa: SLOT001  it carries one word more
    """Figures with the day for which they are read."""

    as_of: str = ""


def dated(figures: Iterable[UserCount | Revenue], as_of: str) -> Figures:
    """Return figures for an evaluation on a day (ISO date)."""
    found = Figures(figures)
    found.as_of = as_of
    return found


def _age(month: str, as_of: str) -> int:
    """Return the months from a month to a day; negative for a month to come."""
    return (int(as_of[:4]) - int(month[:4])) * 12 + int(as_of[5:7]) - int(month[5:7])


def exceeds(
    figures: Sequence[UserCount] | Sequence[Revenue], limit: UserThreshold | RevenueThreshold
) -> bool | None:
    """Return whether the number that a clause counts passes its line; None: the figures do not say.

    Args:
        figures: Of users for a user threshold, of revenue for a revenue threshold; see :func:`dated`.
        limit: The clause.
    """
    as_of = getattr(figures, "as_of", "")
    if isinstance(limit, UserThreshold):
        line = limit.value
        bounds = _users((one for one in figures if isinstance(one, UserCount)), limit, as_of)
    else:
        line = limit.amount
        bounds = _revenue((one for one in figures if isinstance(one, Revenue)), limit, as_of)
    answers = {_passes(bound, line, limit.comparator) for bound in bounds} - {None}
    return answers.pop() if len(answers) == 1 else None


def _passes(bound: Bound, line: int, comparator: str) -> bool | None:
    """Return whether every, no, or some number within the bound passes the line."""
    how, number = bound
    passes = number > line if comparator == "greater_than" else number >= line
    if how == "exact":
        return passes
    return passes if passes == (how == "at-least") else None


def _users(figures: Iterable[UserCount], limit: UserThreshold, as_of: str) -> Iterator[Bound]:
    relevant = [one for one in figures if _month_fits(one.month, limit.measured, limit.measured_month)]
    for one in _latest(relevant, limit.measured):
        dated = one.month if one.month != ANY_MONTH and limit.measured == "continuing" else None
        age = _age(dated, as_of) if dated and as_of else 0
        if age < 0:
            continue
        yield from _bound(
            one.value,
            [
                _order(_GROUPS, one.of, limit.counts),
                _order(_METRICS, one.metric, limit.metric),
                1 if one.month == ANY_MONTH else -1 if age > FRESH else 0,
            ],
        )


def _revenue(figures: Iterable[Revenue], limit: RevenueThreshold, as_of: str) -> Iterator[Bound]:
    known = [one for one in figures if one.currency == limit.currency]
    last = max((one.ending or "9999-99" for one in known), default=None)
    for one in known:
        age = _age(one.ending, as_of) if one.ending and as_of and limit.measured == "continuing" else 0
        if (one.ending or "9999-99") == last and age >= 0:
            yield from _bound(
                one.amount,
                [
                    _order(_GROUPS, one.of, limit.counts),
                    _order(("month", "year"), one.period, limit.period),
                    -1 if age > (FRESH_YEAR if one.period == "year" else FRESH) else 0,
                ],
            )


def _bound(number: int, orders: Sequence[int | None]) -> Iterator[Bound]:
    """Yield what a figure says of the number that counts.

    Args:
        number: The figure.
        orders: For each respect, 0 when the figure is about the very thing, 1 when about something at
            least as large, -1 when about something at most as large, None when they do not compare.
    """
    if None in orders:
        return
    signs = set(orders) - {0}
    if not signs:
        yield "exact", number
    elif signs == {1}:
        yield "at-most", number
    elif signs == {-1}:
        yield "at-least", number


def _order(names: Sequence[str], stated: str, counted: str) -> int | None:
    if stated == counted:
        return 0
    if counted == "not-stated":
        # The clause does not say whose: an answer must hold under its narrowest and its widest reading.
        return {names[0]: -1, names[-1]: 1}.get(stated)
    if stated not in names or counted not in names:
        return None
    return 1 if names.index(stated) > names.index(counted) else -1


def _month_fits(month: str | None, measured: str, counted: str | None) -> bool:
    """Whether a figure is about the month that counts; one that holds for any month always is."""
    if month == ANY_MONTH:
        return True
    return month == counted if measured == "at-date" else True


def _latest(figures: list[UserCount], measured: str) -> list[UserCount]:
    """Of a clause that is measured continuously, keep the figures of the latest month alone."""
    months = [one.month for one in figures if one.month not in {None, ANY_MONTH}]
    undated = any(one.month is None for one in figures)
    if measured == "at-date" or not months:
        return figures
    last = None if undated else max(month for month in months if month)
    return [one for one in figures if one.month in {last, ANY_MONTH}]
