# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Exceptions on a day: whether one holds, for how long, and what of a report it covers."""

from collections.abc import Iterable, Sequence
from datetime import date

from scanner.model.finding import Finding, Outcome, Severity
from scanner.model.policy import PolicyException
from scanner.model.report import ExceptionState, ReleaseReport, ReportedException

SOON = 30
"""Days before its end from which an exception is told."""


def days_left(one: PolicyException, as_of: str) -> int:
    """Return the days until the last one on which it holds; negative: it ended that many days ago."""
    return (date.fromisoformat(one.until) - date.fromisoformat(as_of)).days


def too_long(one: PolicyException, longest: int | None, as_of: str) -> bool:
    """Whether it runs for more days than our policy allows."""
    if longest is None:
        return False
    return (date.fromisoformat(one.until) - date.fromisoformat(one.since or as_of)).days > longest


def reported_exceptions(
    exceptions: Iterable[PolicyException],
    releases: Sequence[ReleaseReport],
    longest: int | None,
    as_of: str,
) -> tuple[ReportedException, ...]:
    """Return every exception as it stands, with the findings that it covers."""
    return tuple(_reported(one, releases, longest, as_of) for one in exceptions)


def _reported(
    one: PolicyException, releases: Sequence[ReleaseReport], longest: int | None, as_of: str
) -> ReportedException:
    own = [release for release in releases if _names(one, release)]
    covered = [found for release in own for found in release.findings if found.rule in one.rules]
    return ReportedException(
        model=one.model,
        rules=one.rules,
        paths=one.paths,
        reason=one.reason,
        person=one.person,
        since=one.since,
        until=one.until,
        agreement=one.agreement,
        days=days_left(one, as_of),
        state=_state(one, covered, longest, as_of),
        covers=tuple(sorted({found.fingerprint for found in covered})),
    )


def _names(one: PolicyException, release: ReleaseReport) -> bool:
    name, _, revision = one.model.partition("@")
    if revision and revision != release.revision:
        return False
    return name.casefold() in {release.name.casefold(), release.path.casefold()}


def _state(
    one: PolicyException, covered: Sequence[Finding], longest: int | None, as_of: str
) -> ExceptionState:
    if days_left(one, as_of) < 0:
        return "expired"
    if too_long(one, longest, as_of):
        return "too-long"
    if not one.agreement and any(map(_forbidden_by_terms, covered)):
        return "no-agreement"
    if not covered:
        return "idle"
    return "ends-soon" if days_left(one, as_of) <= SOON else "holds"


def _forbidden_by_terms(found: Finding) -> bool:
    hard = found.severity is Severity.ERROR and found.outcome is Outcome.FINDING
    return hard and found.because == "terms"


__all__ = ["SOON", "days_left", "reported_exceptions", "too_long"]
