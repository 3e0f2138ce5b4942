# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one plain sentence over the grades."""

from collections.abc import Mapping, Sequence

from scanner.model.openness import Axis, AxisGrade, Grade, Label
from scanner.openness.signs import withheld
from scanner.openness.subject import Subject


def label(subject: Subject, axes: Sequence[AxisGrade]) -> tuple[Label, str]:
    """Return the label of a release and why it is no better."""
    grades = {graded.axis: graded for graded in axes}
    weights = grades[Axis.WEIGHTS]
    if weights.grade is Grade.ABSENT:
        return _without_weights(subject, weights)
    if weights.grade is not Grade.OPEN:
        return _NOT_OPEN[weights.grade], weights.why
    return _with_open_weights(grades)


_NOT_OPEN: Mapping[Grade, Label] = {
    Grade.AVAILABLE: Label.WEIGHTS_RESTRICTED,
    Grade.RESTRICTED: Label.WEIGHTS_RESTRICTED,
    Grade.UNKNOWN: Label.UNKNOWN,
}


def _without_weights(subject: Subject, weights: AxisGrade) -> tuple[Label, str]:
    """Call it closed on the card's own word only: a folder without weights says nothing about elsewhere."""
    return (Label.CLOSED if withheld(subject.facts) else Label.UNKNOWN), weights.why


def _with_open_weights(grades: Mapping[Axis, AxisGrade]) -> tuple[Label, str]:
    missing = [axis for axis in _NEEDED if grades[axis].grade is not Grade.OPEN]
    if not missing:
        return Label.WEIGHTS_CODE_DATA, "weights, code and training data are published here under open terms"
    first = grades[missing[0]]
    rest = f"{_words(missing[0])}: {first.grade} ({first.why})"
    code = [axis for axis in (Axis.INFERENCE_CODE, Axis.TRAINING_CODE) if axis not in missing]
    if code:
        return Label.WEIGHTS_AND_CODE, f"weights and {_words(code[0])} are open; {rest}"
    return Label.WEIGHTS_OPEN, f"the weights are open; {rest}"


_NEEDED = (Axis.INFERENCE_CODE, Axis.TRAINING_CODE, Axis.TRAINING_DATA)
"""Beside the weights, for the best label."""


def _words(axis: Axis) -> str:
    return axis.value.replace("_", " ")


def step_up(label_: Label, axes: Sequence[AxisGrade]) -> str:
    """Return what would move a release to the next label; empty at the top."""
    grades = {graded.axis: graded.grade for graded in axes}
    if label_ is Label.WEIGHTS_CODE_DATA:
        return ""
    if label_ is Label.WEIGHTS_AND_CODE:
        missing = [_words(axis) for axis in _NEEDED if grades[axis] is not Grade.OPEN]
        return f"{', '.join(missing)} here, under licences that the framework accepts"
    return _STEPS[label_]


_STEPS: Mapping[Label, str] = {
    Label.CLOSED: "the weights published, under settled terms",
    Label.UNKNOWN: "the weights here, under terms that are settled",
    Label.WEIGHTS_RESTRICTED: "a licence on the accepted list for the weights, without gate or limit of use",
    Label.WEIGHTS_OPEN: "inference or training code here, under a licence that the framework accepts",
}
