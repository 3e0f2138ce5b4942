# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Exceptions as the page shows them: state in word and shape, who accepts what, and the days left."""

from collections.abc import Mapping

from scanner.model.base import Value
from scanner.model.report import ExceptionState, ReportedException
from scanner.render.words import Look, counted

_LOOKS: Mapping[ExceptionState, Look] = {
    "holds": Look(name="allowed", shape="circle", word="Holds"),
    "ends-soon": Look(name="conditional", shape="diamond", word="Ends soon"),
    "idle": Look(name="conditional", shape="diamond", word="Covers nothing"),
    "expired": Look(name="review", shape="triangle", word="Ended"),
    "too-long": Look(name="review", shape="triangle", word="Longer than our policy allows"),
    "no-agreement": Look(name="blocked", shape="octagon", word="Lacks an agreement"),
}


class ExceptionView(Value, frozen=True, kw_only=True):
    """One exception."""

    look: Look
    model: str
    rules: str
    who: str
    until: str
    covers: int


def exception_view(one: ReportedException) -> ExceptionView:
    """Return an exception as the page shows it."""
    left = f"{counted(one.days, 'day')} left" if one.days >= 0 else f"{counted(-one.days, 'day')} ago"
    since = f"since {one.since}, " if one.since else ""
    agreement = f" Agreement: {one.agreement}" if one.agreement else ""
    return ExceptionView(
        look=_LOOKS[one.state],
        model=one.model,
        rules=", ".join(one.rules),
        who=f"{one.person}: {one.reason}{agreement}",
        until=f"{since}until {one.until}, {left}",
        covers=len(one.covers),
    )
