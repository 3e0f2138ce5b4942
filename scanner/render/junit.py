# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report as JUnit XML: one test case for each release under each use case.

What is blocked fails, and so does what needs review: unknown is never a pass. Where duties attach, the case
passes and says which.
"""

from collections.abc import Iterator

from scanner.model.finding import Outcome, Verdict, VerdictWord
from scanner.model.report import DISCLAIMER, ReleaseReport, Report
from scanner.render.junit_parts import attribute, suite_of, text
from scanner.render.tables import decision
from scanner.render.words import counted, label, opening, place, weights_words

_FAILING = {VerdictWord.BLOCKED, VerdictWord.REVIEW}


def render_junit(report: Report) -> str:
    """Return a report as JUnit XML."""
    cases = [(release, one) for release in report.releases for one in release.verdicts]
    return suite_of(
        "modelscan report",
        [_case(*case) for case in cases],
        failures=sum(one.verdict in _FAILING for _, one in cases),
        skipped=0,
        told=_told(report),
        out=f"{opening(report)} {DISCLAIMER}",
    )


def _told(report: Report) -> Iterator[tuple[str, str]]:
    for name in report.summary.__struct_fields__:
        yield name, str(getattr(report.summary, name))
    yield "as_of", report.as_of
    yield "not_checked", str(len(report.not_checked))


def _case(release: ReleaseReport, verdict: Verdict) -> str:
    group = f"modelscan.{verdict.use_case}"
    lines = [f'    <testcase classname={attribute(group)} name={attribute(label(release))} time="0">']
    words = "\n".join(map(text, _words(release, verdict)))
    if verdict.verdict in _FAILING:
        reason = verdict.reasons[0] if verdict.reasons else verdict.verdict.value
        told = f"type={attribute(verdict.verdict.value)} message={attribute(reason)}"
        lines.append(f"      <failure {told}>{words}</failure>")
    else:
        lines.append(f"      <system-out>{words}</system-out>")
    return "\n".join([*lines, "    </testcase>"])


def _words(release: ReleaseReport, verdict: Verdict) -> Iterator[str]:
    """Yield the verdict and what it rests on, a line each."""
    yield f"{verdict.verdict.value}: {weights_words(release)}"
    yield from verdict.reasons
    yield from (f"to settle: {one}" for one in verdict.settle)
    for signed in release.signoffs:
        if signed.use_case == verdict.use_case:
            yield f"sign-off: {decision(signed)}: {signed.why}"
    for one in release.findings:
        if one.use_case == verdict.use_case and one.outcome is not Outcome.PASS:
            where = f" at {place(one.evidence[0])}" if one.evidence else ""
            yield f"{one.severity.value}: {one.message} [{one.rule}]{where}; fix: {one.how_to_fix}"
    duties = [one for one in release.obligations if one.use_case == verdict.use_case]
    applying = [one for one in duties if one.applies == "yes"]
    yield f"{counted(len(applying), 'duty', 'duties')} to meet, of {len(duties):,}"
    yield from (f"duty: {one.what}" for one in applying)
