# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Facts about openness: what the card calls the model, and what falls below the policy's minimum."""

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.model.base import Evidence
from scanner.model.openness import AxisGrade, Grade, Label, MofClass, OpennessAssessment
from scanner.model.policy import Policy

_RANK = {Grade.ABSENT: 0, Grade.RESTRICTED: 1, Grade.AVAILABLE: 2, Grade.OPEN: 3}
"""From closed to open; what is unknown has no place."""


def openness_facts(assessed: OpennessAssessment | None, policy: Policy) -> Mapping[str, Any]:
    """Return the facts of the range ``openness``; of a release that was not assessed, nothing is known."""
    minimum = dict(policy.minimum)
    wanted = tuple(f"{name}: {value}" for name, value in minimum.items())
    if assessed is None:
        return {
            "openness.label": Label.UNKNOWN.value,
            "openness.claims": (),
            "openness.shortfall": None,
            "openness.standing": "not assessed",
            "openness.minimum": wanted,
            "openness.below": None if wanted else (),
        }
    return {
        "openness.label": assessed.label.value,
        "openness.claims": tuple(map(_told, assessed.calls_itself_open[:2])),
        "openness.shortfall": _shortfall(assessed),
        "openness.standing": assessed.osaid.why if assessed.osaid is not None else "not assessed",
        "openness.minimum": wanted,
        "openness.below": _below(assessed, minimum),
    }


def _told(evidence: Evidence) -> str:
    place = f"{evidence.path}:{evidence.lines[0]}" if evidence.lines else evidence.path
    return f"{place} “{evidence.quote}”"


def _shortfall(assessed: OpennessAssessment) -> str | None:
    """Return why the release is not open source; empty: nothing says so; None: files do not tell."""
    if assessed.osaid is not None and assessed.osaid.outcome == "cannot-be-met":
        return assessed.osaid.why
    return "" if assessed.label is Label.WEIGHTS_CODE_DATA else None


def _below(assessed: OpennessAssessment, minimum: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return what is below the minimum; None: nothing is for certain, and something is not known."""
    axes = {graded.axis.value: graded for graded in assessed.axes}
    below: list[str] = []
    unknown = False
    for name, least in minimum.items():
        if name == "mof":
            below += _class_below(assessed, MofClass(least))
        elif axes[name].grade is Grade.UNKNOWN:
            unknown = True
        else:
            below += _axis_below(axes[name], Grade(least))
    return tuple(below) if below or not unknown else None


def _axis_below(graded: AxisGrade, least: Grade) -> Iterator[str]:
    if _RANK[graded.grade] < _RANK[least]:
        name = graded.axis.value.replace("_", " ")
        yield f"{name} is {graded.grade}, and at least {least} is wanted ({graded.why})"


def _class_below(assessed: OpennessAssessment, least: MofClass) -> Iterator[str]:
    reached = assessed.mof.reached if assessed.mof is not None else None
    order = [None, *MofClass]
    if order.index(reached) < order.index(least):
        yield f"Model Openness Framework: {_class(reached)}, and at least class {least} is wanted"


def _class(reached: MofClass | None) -> str:
    return f"class {reached}" if reached else "unclassified"
