# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Sign-offs put beside the verdicts of a report, which they never change."""

from collections.abc import Iterator, Sequence

import msgspec

from scanner.model.report import ReleaseReport, Report
from scanner.model.signoff import Content, Judged, ReportedSignoff, State
from scanner.signoff.content import contents_of
from scanner.signoff.state import Checked, judge


def reported(report: Report, checked: Sequence[Checked]) -> Report:
    """Return a report with the sign-offs of each release; one whose place another takes is left out."""
    if not checked:
        return report
    contents = contents_of(report)
    each = len(report.use_cases)
    releases = tuple(
        _with(release, contents[number * each : (number + 1) * each], checked, report.as_of)
        for number, release in enumerate(report.releases)
    )
    return msgspec.structs.replace(report, releases=releases)


def _with(
    release: ReleaseReport, contents: Sequence[Content], checked: Sequence[Checked], as_of: str
) -> ReleaseReport:
    found = tuple(told for one in judge(checked, contents, as_of=as_of) for told in _told(one))
    return msgspec.structs.replace(release, signoffs=found) if found else release


def _told(judged: Judged) -> Iterator[ReportedSignoff]:
    state, recorded = judged.state, judged.recorded
    if state is None or recorded is None or state.state is State.SUPERSEDED:
        return
    signoff = recorded.statement.predicate if recorded.statement else None
    yield ReportedSignoff(
        use_case=judged.use_case,
        state=state.state,
        why=state.why,
        decision=state.decision,
        approver=signoff.approver if signoff else None,
        decided=signoff.decided if signoff else None,
        until=signoff.until if signoff else None,
        note=signoff.note if signoff else "",
        conditions=tuple(signoff.conditions) if signoff else (),
        signature=state.signature,
        digest=recorded.digest,
        changes=state.changes,
        weights=state.weights,
        uncovered=tuple(one.fingerprint for one in state.uncovered),
    )
