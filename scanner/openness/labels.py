# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one plain sentence over the grades."""

from collections.abc import Mapping, Sequence

from scanner.model.openness import Axis, AxisGrade, Grade, Label
from scanner.model.release import Component
from scanner.openness.axes import Subject, weights_named


def label(subject: Subject, axes: Sequence[AxisGrade]) -> tuple[Label, str]:
    """Return the label of a release and why it is no better."""
    grades = {graded.axis: graded for graded in axes}
    weights = grades[Axis.WEIGHTS]
    if weights.grade is Grade.ABSENT:
        return _without_weights(subject)
    if weights.grade is not Grade.OPEN:
        return _NOT_OPEN[weights.grade], weights.why
    return _with_open_weights(grades)


_NOT_OPEN: Mapping[Grade, Label] = {
    Grade.AVAILABLE: Label.WEIGHTS_RESTRICTED,
    Grade.RESTRICTED: Label.WEIGHTS_RESTRICTED,
    Grade.UNKNOWN: Label.UNKNOWN,
}


def _without_weights(subject: Subject) -> tuple[Label, str]:
    """Say that it is closed only where nothing at all speaks of weights: they may lie elsewhere."""
    signs = _speak_of_weights(subject)
    if signs:
        return Label.UNKNOWN, f"no weights in this folder; {signs} speaks of weights, which may lie elsewhere"
    return Label.CLOSED, "no weights in this folder, and nothing in it speaks of any"


def _speak_of_weights(subject: Subject) -> str | None:
    """Return the first thing in a folder without weights that speaks of some."""
    named = weights_named(subject.release)
    if named:
        return named[0].path
    licenses = (*subject.licenses.declared, *subject.licenses.detected)
    stated = next((one for one in licenses if one.component is Component.WEIGHTS), None)
    if stated is not None:
        return f"the licence in {stated.evidence.path}"
    readings = subject.facts.named("architectures", "model_type", "library_name", "base_model")
    return readings[0].evidence.path if readings else None


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
