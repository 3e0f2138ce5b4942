# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""How openness is shown: as JSON, as terminal text, as the YAML of the Model Openness Tool, and on the page.

Titles and questions of the tests are the same for every release and stand once, in the report's frameworks.
"""

from collections.abc import Iterable, Mapping
from textwrap import fill
from typing import Any

import msgspec

from scanner.guarded.yaml import written
from scanner.model.base import Evidence, Value
from scanner.model.openness import (
    Check,
    Checklist,
    CheckOutcome,
    ClassStanding,
    ComponentState,
    Frameworks,
    MofAssessment,
    MofClass,
    OpennessAssessment,
    Point,
    Presence,
)
from scanner.model.report import DISCLAIMER, ReleaseReport, Report
from scanner.render.exhibits import Cite, Exhibits
from scanner.render.words import AXES, GRADES
from scanner.sanitize import one_line

PRESENCE: Mapping[Presence, str] = {
    Presence.HERE: "here",
    Presence.ELSEWHERE: "elsewhere, by a claim",
    Presence.REVIEWED: "by a reviewer",
    Presence.NOT_FOUND: "not found",
    Presence.UNKNOWN: "not known",
}

OUTCOMES: Mapping[CheckOutcome, str] = {
    CheckOutcome.AGAINST: "speaks against it",
    CheckOutcome.REVIEW: "to be weighed",
    CheckOutcome.OPEN: "open",
    CheckOutcome.FOUND: "speaks for it",
    CheckOutcome.NOT_FOUND: "not found in the release; due in any case",
}

NAMES: Mapping[MofClass, str] = {
    MofClass.III: "Class III, Open Model",
    MofClass.II: "Class II, Open Tooling",
    MofClass.I: "Class I, Open Science",
}


def openness_document(openness: OpennessAssessment) -> dict[str, Any]:
    """Return an assessment as plain values."""
    return {
        "label": openness.label.value,
        "why": openness.why,
        "step_up": openness.step_up,
        "axes": {
            graded.axis.value: {
                "grade": graded.grade.value,
                "why": graded.why,
                "evidence": _evidence(graded.evidence),
            }
            for graded in openness.axes
        },
        "calls_itself_open": _evidence(openness.calls_itself_open),
        "mof": mof_document(openness.mof) if openness.mof else None,
        "osaid": _checklist(openness.osaid),
        "eu_ai_act": _checklist(openness.eu_ai_act),
    }


def mof_document(mof: MofAssessment) -> dict[str, Any]:
    """Return a class with its reasons as plain values."""
    return {
        "class": mof.reached.value if mof.reached else None,
        "next": mof.next.value if mof.next else None,
        "completion": {class_.value: standing.completion for class_, standing in mof.classes.items()},
        "classes": {class_.value: _plain(standing) for class_, standing in mof.classes.items()},
        "conditional": [state.id for state in mof.components if state.conditional],
        "components": {state.id: _component(state) for state in mof.components},
        "claimed": {
            "class": mof.claimed.reached.value if mof.claimed.reached else None,
            "why": mof.claimed.why,
            "evidence": _evidence(mof.claimed.evidence),
        }
        if mof.claimed
        else None,
    }


def _component(state: ComponentState) -> dict[str, Any]:
    """Return one component; what there is nothing to say of is left out: most are not found."""
    said = {"license": state.license, "path": state.path, "why": state.why}
    return {
        "presence": state.presence.value,
        "accepted": state.accepted,
        **{name: value for name, value in said.items() if value},
        **({"evidence": _evidence(state.evidence)} if state.evidence else {}),
    }


def _checklist(checklist: Checklist | None) -> dict[str, Any] | None:
    if checklist is None:
        return None
    return {
        "outcome": checklist.outcome,
        "why": checklist.why,
        "checks": {
            check.id: {
                "outcome": check.outcome.value,
                **({"why": check.why} if check.why else {}),
                **({"evidence": _evidence(check.evidence)} if check.evidence else {}),
            }
            for check in checklist.checks
        },
    }


def _evidence(evidence: Iterable[Evidence]) -> list[Any]:
    return [_plain(one) for one in evidence]


def _plain(value: Any) -> Any:  # noqa: ANN401  any value of the model, as plain lists and dicts
    return msgspec.to_builtins(value)


def mof_text(name: str, mof: MofAssessment, frameworks: Frameworks, *, width: int) -> str:
    """Return a class with what is missing for the next, for a terminal."""
    titles = _titles(frameworks.mof)
    lines = [f"{one_line(name)}: {standing(mof)}"]
    for class_, one in mof.classes.items():
        lines.append(f"{NAMES[class_]}: {one.met} of {one.required} required components{_share(one)}")
        if one.missing and class_ is mof.next:
            lines.append(_wrapped(f"  missing: {', '.join(titles[id_] for id_ in one.missing)}", width))
    lines += [
        _wrapped(f"  {titles[state.id]}: {state.why}", width)
        for state in mof.components
        if state.presence is not Presence.NOT_FOUND
    ]
    return "\n".join([*lines, DISCLAIMER]) + "\n"


def _share(one: ClassStanding) -> str:
    """Return the completion, with what it is a share of where that is not the required components."""
    plain = int(one.met / one.required * 100 + 0.5)
    if plain == one.completion:
        return f", {plain} %"
    return f"; {one.completion} % as the framework's tool counts it, with optional components"


def openness_text(release: ReleaseReport, frameworks: Frameworks, *, width: int) -> str:
    """Return how open one release is, with the three tests, for a terminal."""
    openness = release.openness
    lines = [f"{one_line(release.name)}: {openness.label}"]
    lines += [_wrapped(f"  {AXES[one.axis]}: {GRADES[one.grade]}, {one.why}", width) for one in openness.axes]
    if openness.step_up:
        lines.append(_wrapped(f"  One step up: {openness.step_up}", width))
    if openness.mof is not None:
        lines.append(_wrapped(f"  Model Openness Framework: {standing(openness.mof)}", width))
        lines.append(_wrapped(f"  {lacking(openness.mof, frameworks)}", width))
        if openness.mof.claimed is not None:
            lines.append(_wrapped(f"  {openness.mof.claimed.why}", width))
    for title, checklist in (
        ("Open Source AI Definition 1.0", openness.osaid),
        ("EU AI Act, open-source exemption", openness.eu_ai_act),
    ):
        if checklist is not None:
            lines.append(_wrapped(f"  {title}: {checklist.why}", width))
    lines += [
        _wrapped(f"  The card calls the model open source: “{one.quote}” ({one.path})", width)
        for one in openness.calls_itself_open[:1]
    ]
    return "\n".join([*lines, ""])


def standing(mof: MofAssessment) -> str:
    """Return the class in words, with the completion of each."""
    reached = NAMES[mof.reached] if mof.reached else "unclassified"
    shares = ", ".join(f"{class_} {one.completion} %" for class_, one in mof.classes.items())
    return f"{reached} ({shares})"


def lacking(mof: MofAssessment, frameworks: Frameworks) -> str:
    """Return what is missing for the next class."""
    if mof.next is None:
        return "Nothing is missing."
    titles = _titles(frameworks.mof)
    missing = ", ".join(titles.get(id_, id_) for id_ in mof.classes[mof.next].missing)
    return f"For class {mof.next} it lacks, under an accepted licence: {missing}."


def _titles(points: Iterable[Point]) -> Mapping[str, str]:
    return {point.id: point.title for point in points}


def _wrapped(text: str, width: int) -> str:
    return fill(
        one_line(text),
        max(width, 20),
        initial_indent=" " * (len(text) - len(text.lstrip())),
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def render_mof(report: Report) -> str:
    """Return each release as a file of the Model Openness Tool, a draft for a person.

    Several follow one another as documents of one YAML stream; the tool takes one a file. The law: the
    class of each, as the tool counts it, is never above that of the release.
    """
    drafts = (mof_yaml(release, report.frameworks) for release in report.releases)
    return "---\n".join(drafts) + f"# {DISCLAIMER}\n"


def mof_yaml(release: ReleaseReport, frameworks: Frameworks) -> str:
    """Return one release as a file of the Model Openness Tool."""
    titles = _titles(frameworks.mof)
    states = release.openness.mof.components if release.openness.mof else ()
    producer, _, name = release.name.rpartition("/")
    hub = {"huggingface": f"https://huggingface.co/{release.name}"} if release.purl else {}
    return written(
        {
            "framework": dict(frameworks.head),
            "release": {
                "name": one_line(name),
                **({"version": release.revision} if release.revision else {}),
                "producer": one_line(producer),
                **hub,
                "license": {},
                "components": [
                    _entry(titles[state.id], state)
                    for state in states
                    if state.presence not in {Presence.NOT_FOUND, Presence.UNKNOWN}
                ],
            },
        }
    )


def _entry(title: str, state: ComponentState) -> dict[str, str]:
    """Return one component; the licence of what was only claimed is left empty: unlicensed."""
    seen = state.presence is not Presence.ELSEWHERE
    return {
        "name": title,
        **({"component_path": one_line(state.path)} if state.path else {}),
        "license": one_line(state.license) if seen and state.license else "",
    }


class ComponentRow(Value, frozen=True, kw_only=True):
    """One component as the page lists it."""

    title: str
    presence: str
    why: str
    mark: str
    cites: tuple[Cite, ...]


class CheckRow(Value, frozen=True, kw_only=True):
    """What speaks against a test, must be weighed, or is due and not found: one reason with its points."""

    titles: str
    outcome: str
    why: str
    cites: tuple[Cite, ...]


class TestView(Value, frozen=True, kw_only=True):
    """One test as the page shows it. Points that need no word of their own are named by their ids."""

    head: str
    why: str
    rows: tuple[CheckRow, ...]
    found: tuple[str, ...]
    """What speaks for it, with the points that it answers."""

    open: str
    """The points that only a person can answer."""


class OpennessView(Value, frozen=True, kw_only=True):
    """What the page says beside the bar."""

    claims: tuple[Cite, ...]
    standing: str
    lacking: str
    claimed: str
    components: tuple[ComponentRow, ...]
    not_found: str
    tests: tuple[TestView, ...]


def openness_view(
    openness: OpennessAssessment, frameworks: Frameworks, exhibits: Exhibits
) -> OpennessView | None:
    """Return what the page says of the three tests; None: they were not made."""
    mof = openness.mof
    if mof is None:
        return None
    titles = _titles(frameworks.mof)
    return OpennessView(
        claims=exhibits.cites(openness.calls_itself_open, "calls itself open source"),
        standing=standing(mof),
        lacking=lacking(mof, frameworks),
        claimed=mof.claimed.why if mof.claimed else "",
        components=tuple(
            _row(titles[state.id], state, exhibits)
            for state in mof.components
            if state.presence is not Presence.NOT_FOUND
        ),
        not_found=", ".join(
            titles[state.id] for state in mof.components if state.presence is Presence.NOT_FOUND
        ),
        tests=tuple(
            _test(head, checklist, points, exhibits)
            for head, checklist, points in (
                ("Open Source AI Definition 1.0", openness.osaid, frameworks.osaid),
                ("EU AI Act, open-source exemption", openness.eu_ai_act, frameworks.eu_ai_act),
            )
            if checklist is not None
        ),
    )


def _row(title: str, state: ComponentState, exhibits: Exhibits) -> ComponentRow:
    mark = "counts" if state.accepted else "does not count"
    return ComponentRow(
        title=title,
        presence=PRESENCE[state.presence],
        why=f"{state.why}, {state.license}" if state.accepted and state.license else state.why,
        mark="counts on condition" if state.conditional else mark,
        cites=_quoted(state.evidence, state.why, f"openness, {title.lower()}", exhibits),
    )


def _test(head: str, checklist: Checklist, points: Iterable[Point], exhibits: Exhibits) -> TestView:
    known = {point.id: f"{point.title} ({point.where})" for point in points}
    return TestView(
        head=head,
        why=checklist.why,
        rows=tuple(
            CheckRow(
                titles="; ".join(known[check.id] for check in checks),
                outcome=OUTCOMES[outcome],
                why=why,
                cites=_quoted(_all_of(checks), why, f"openness, {', '.join(_named(checks))}", exhibits),
            )
            for outcome in _TOLD
            for why, checks in _reasons(checklist, outcome).items()
        ),
        found=tuple(
            f"{', '.join(_named(checks))}: {why}"
            for why, checks in _reasons(checklist, CheckOutcome.FOUND).items()
        ),
        open=", ".join(_named(one for one in checklist.checks if one.outcome is CheckOutcome.OPEN)),
    )


_TOLD = (CheckOutcome.AGAINST, CheckOutcome.REVIEW, CheckOutcome.NOT_FOUND)


def _reasons(checklist: Checklist, outcome: CheckOutcome) -> Mapping[str, list[Check]]:
    """Return the points of one outcome by their reason, so that each reason is told once."""
    found: dict[str, list[Check]] = {}
    for check in checklist.checks:
        if check.outcome is outcome:
            found.setdefault(check.why, []).append(check)
    return found


def _named(checks: Iterable[Check]) -> list[str]:
    """Return the short names of points, by which the questions at the end of the report are found."""
    return [check.id.replace("-", " ") for check in checks]


def _all_of(checks: Iterable[Check]) -> Iterable[Evidence]:
    return dict.fromkeys(one for check in checks for one in check.evidence)


def _quoted(evidence: Iterable[Evidence], said: str, use: str, exhibits: Exhibits) -> tuple[Cite, ...]:
    """Cite the lines of texts; a file, a key of it and words that the row itself has need no exhibit."""
    return exhibits.cites(
        (one for one in evidence if one.quote and not one.key and one.quote not in said), use
    )
