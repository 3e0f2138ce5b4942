# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Accepted findings: which exception holds on a day, what it covers, and what is wrong with it."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from scanner.evaluate.accepted import SOON, days_left, too_long
from scanner.gate.judge import blocking
from scanner.model.base import Value
from scanner.model.gate import Dependency, JudgedModel, Matter
from scanner.model.policy import PolicyException
from scanner.model.report import ExceptionState


class Standing(Value, frozen=True, kw_only=True):
    """One exception on the day of the check."""

    exception: PolicyException
    state: ExceptionState
    days: int
    """That are left; negative: it ended that many days ago."""


class Accepting:
    """The exceptions of one policy, on one day."""

    def __init__(self, exceptions: Sequence[PolicyException], longest: int | None, as_of: str) -> None:
        """Sort out those that hold."""
        self._all = tuple(exceptions)
        self._day = as_of
        self._longest = longest
        self._holding = tuple(one for one in exceptions if self._holds(one))
        self._used: set[PolicyException] = set()
        self._refused: set[PolicyException] = set()

    def matter(self, matter: Matter, dependency: Dependency) -> PolicyException | None:
        """Return the exception that accepts a reason for a verdict; what terms forbid needs an agreement."""
        for one in self._fitting(matter.rule, dependency):
            if matter.because == "terms" and blocking(matter) and not one.agreement:
                self._refused.add(one)
                continue
            self._used.add(one)
            return one
        return None

    def finding(self, rule: str, dependency: Dependency) -> PolicyException | None:
        """Return the exception that accepts a finding about the dependency itself."""
        for one in self._fitting(rule, dependency):
            self._used.add(one)
            return one
        return None

    def standings(self) -> tuple[Standing, ...]:
        """Return every exception as it stands, once everything was asked."""
        return tuple(
            Standing(exception=one, state=self._state(one), days=self._left(one)) for one in self._all
        )

    def _fitting(self, rule: str, dependency: Dependency) -> Iterable[PolicyException]:
        return (one for one in self._holding if rule in one.rules and _names(one, dependency))

    def _holds(self, one: PolicyException) -> bool:
        return self._left(one) >= 0 and not self._too_long(one)

    def _left(self, one: PolicyException) -> int:
        return days_left(one, self._day)

    def _too_long(self, one: PolicyException) -> bool:
        return too_long(one, self._longest, self._day)

    def _state(self, one: PolicyException) -> ExceptionState:
        if self._left(one) < 0:
            return "expired"
        if self._too_long(one):
            return "too-long"
        if one in self._refused:
            return "no-agreement"
        if one not in self._used:
            return "idle"
        return "ends-soon" if self._left(one) <= SOON else "holds"


def accepted_words(one: PolicyException) -> str:
    """Return who accepted something, until when and why."""
    agreement = f"; agreement: {one.agreement}" if one.agreement else ""
    return f"accepted by {one.person} until {one.until}: {one.reason}{agreement}"


def _names(one: PolicyException, dependency: Dependency) -> bool:
    name, at, revision = one.model.partition("@")
    own = dependency.id if dependency.id is not None else dependency.name
    if at and dependency.id is not None and revision != dependency.revision:
        return False
    places = {reference.path for reference in dependency.references}
    if one.paths and not all(any(fnmatchcase(place, path) for path in one.paths) for place in places):
        return False
    return name.casefold() == own.casefold() or one.model.casefold() == own.casefold()


__all__ = ["SOON", "Accepting", "JudgedModel", "Standing", "accepted_words"]
