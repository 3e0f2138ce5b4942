# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a release stands on the spectrum from closed to open."""

from enum import StrEnum

from scanner.model.base import Evidence, Value


class Axis(StrEnum):
    """What is graded."""

    WEIGHTS = "weights"
    INFERENCE_CODE = "inference_code"
    TRAINING_CODE = "training_code"
    TRAINING_DATA = "training_data"
    EVALUATION = "evaluation"
    DOCUMENTATION = "documentation"


class Grade(StrEnum):
    """How far one axis is open."""

    OPEN = "open"
    """Published under a licence that the framework accepts."""

    AVAILABLE = "available"
    """Published; the terms fall short of open."""

    RESTRICTED = "restricted"
    """Published only to some, or only for some uses."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


class Label(StrEnum):
    """The plain sentence that people look for."""

    CLOSED = "closed"
    WEIGHTS_RESTRICTED = "weights only, restricted terms"
    WEIGHTS_OPEN = "weights only, open terms"
    WEIGHTS_AND_CODE = "open weights and code"
    WEIGHTS_CODE_DATA = "open weights, code and data"
    UNKNOWN = "unknown"


class AxisGrade(Value, frozen=True, kw_only=True):
    """The grade of one axis with its reason."""

    axis: Axis
    grade: Grade
    why: str
    evidence: tuple[Evidence, ...] = ()


class OpennessAssessment(Value, frozen=True, kw_only=True):
    """The label, and the grades that it rests on."""

    label: Label
    why: str
    axes: tuple[AxisGrade, ...]
    """One for each axis, in the order of :class:`Axis`."""
