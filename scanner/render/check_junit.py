# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as JUnit XML: one test case for each model in each section, for what shows test results.

A model fails with what counts, is skipped when all there is to say of it is accepted or was there before,
and passes otherwise. What is said of files and exceptions has a test case for each of these.
"""

from collections.abc import Iterator, Sequence

from scanner.model.gate import CheckReport, GateFinding, JudgedModel
from scanner.render.check_text import headline, place_words
from scanner.render.junit_parts import attribute, suite_of, text

_Case = tuple[list[JudgedModel], list[GateFinding]]


def render_check_junit(report: CheckReport) -> str:
    """Return a check as JUnit XML of characters that XML 1.0 allows, without a time, which would differ."""
    cases = _cases(report)
    bodies = [_case(name, section, *case) for (name, section), case in cases.items()]
    failures = sum(any(one.gates for one in found) for _, found in cases.values())
    skipped = sum(bool(_aside(found)) for _, found in cases.values())
    return suite_of(
        "modelscan check",
        bodies,
        failures=failures,
        skipped=skipped,
        told=_told(report),
        out=headline(report),
    )


def _told(report: CheckReport) -> Iterator[tuple[str, str]]:
    """Yield the verdict and the counts."""
    yield "verdict", report.verdict
    for name in report.summary.__struct_fields__:
        yield name, str(getattr(report.summary, name))


def _cases(report: CheckReport) -> dict[tuple[str, str], _Case]:
    """Return models and findings by the name and section that they are of."""
    found: dict[tuple[str, str], _Case] = {}
    for model in report.models:
        found.setdefault((model.dependency.name, model.section), ([], []))[0].append(model)
    for one in report.findings:
        found.setdefault((one.model, one.section), ([], []))[1].append(one)
    return found


def _aside(found: Sequence[GateFinding]) -> list[GateFinding]:
    """Return what keeps a case from failing; nothing when it fails, or had no reason to."""
    if any(one.gates for one in found):
        return []
    return [one for one in found if one.accepted or not one.introduced]


def _case(name: str, section: str, models: Sequence[JudgedModel], found: Sequence[GateFinding]) -> str:
    group = f"modelscan.{section}" if section else "modelscan"
    lines = [f'    <testcase classname={attribute(group)} name={attribute(name)} time="0">']
    failing, aside = [one for one in found if one.gates], _aside(found)
    if failing:
        rules = ", ".join(dict.fromkeys(one.rule for one in failing))
        told = f"type={attribute(rules)} message={attribute(failing[0].message)}"
        body = "\n".join(map(_finding, failing))
        lines.append(f"      <failure {told}>{body}</failure>")
    elif aside:
        reason = aside[0].accepted or "there before this change"
        lines.append(f"      <skipped message={attribute(reason)}/>")
    rest = [one for one in found if one not in failing]
    words = [*(text(_model(one)) for one in models), *map(_finding, rest)]
    if words:
        lines.append(f"      <system-out>{chr(10).join(words)}</system-out>")
    return "\n".join([*lines, "    </testcase>"])


def _finding(one: GateFinding) -> str:
    place = place_words(one)
    where = f"\n  at {text(place)}" if place else ""
    what = one.accepted or f"fix: {one.how_to_fix}"
    return f"{one.severity.value}: {text(one.message)} [{text(one.rule)}]{where}\n  {text(what)}"


def _model(one: JudgedModel) -> str:
    license_ = one.entry.license_words if one.entry else "unknown"
    return f"{one.verdict.value if one.verdict else 'not examined'}: {license_} ({one.why})"
