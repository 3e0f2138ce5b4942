# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a release stands on the spectrum from closed to open, and in three frameworks."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from msgspec import field

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


ContentKind = Literal["code", "data", "document"]
"""What a component of the Model Openness Framework is made of."""


class MofClass(StrEnum):
    """A class of the Model Openness Framework; each includes those that are named before it."""

    III = "III"
    """Open Model."""

    II = "II"
    """Open Tooling."""

    I = "I"  # noqa: E741  the framework's own name
    """Open Science."""


class Presence(StrEnum):
    """Whether a component of a release was found."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    """The release points to it; neither it nor its terms were seen: a claim."""

    REVIEWED = "reviewed"
    """A person of the organisation states it, with its licence."""

    NOT_FOUND = "not-found"
    """Not in this folder, and no link or key claims any. It may lie elsewhere."""

    UNKNOWN = "unknown"
    """What may hold it could not be read."""


class ComponentState(Value, frozen=True, kw_only=True):
    """One component of the Model Openness Framework as a release has it, or as a file lists it."""

    id: str
    """Stable: ``model-parameters-final``."""

    presence: Presence
    license: str | None = None
    """The licence that it is under, when one is known: SPDX identifier or catalogue key."""

    path: str | None = None
    """Where it is: a path in the release, or the link that claims it."""

    accepted: bool = False
    """Whether it counts: it is here, or a person states it, under a licence that the framework accepts."""

    conditional: bool = False
    """Whether the licence is accepted and made for another kind of content."""

    why: str
    evidence: tuple[Evidence, ...] = ()


class ClassStanding(Value, frozen=True, kw_only=True):
    """How far one class is reached."""

    reached: bool
    met: int
    required: int
    """Components that the class and those below it ask for."""

    completion: int
    """Per cent, as the Model Openness Tool counts it."""

    missing: tuple[str, ...] = ()
    """Ids of the required components that are not there under an accepted licence."""


class MofAssessment(Value, frozen=True, kw_only=True):
    """The class of a release, or of a file of the Model Openness Tool, with what it lacks."""

    reached: MofClass | None
    """None: unclassified."""

    next: MofClass | None
    """The class above; None: there is none."""

    classes: Mapping[MofClass, ClassStanding]
    components: tuple[ComponentState, ...]
    """One for each component of the framework, in its order."""

    claimed: "MofClaim | None" = None


class MofClaim(Value, frozen=True, kw_only=True):
    """What a ``MOF.yml`` in the release says of it: its author's word."""

    reached: MofClass | None
    why: str
    evidence: tuple[Evidence, ...] = ()


class CheckOutcome(StrEnum):
    """What the files say to one point of a test. None of these is "met"."""

    AGAINST = "against"
    """The point cannot be met, by what the files say."""

    REVIEW = "review"
    """Something stands there that a person must weigh."""

    OPEN = "open"
    """The files do not say; a person must answer."""

    FOUND = "found"
    """What the point asks for was found; whether it is enough is for a person."""

    NOT_FOUND = "not-found"


class Check(Value, frozen=True, kw_only=True):
    """One point of a checklist."""

    id: str
    outcome: CheckOutcome
    why: str
    """Empty where the point is open: its question stands in :class:`Frameworks`."""

    evidence: tuple[Evidence, ...] = ()


class Checklist(Value, frozen=True, kw_only=True):
    """A test as far as files can answer it."""

    outcome: Literal["cannot-be-met", "open-points"]
    """There is no "met": that is for a person to say."""

    why: str
    checks: tuple[Check, ...]


class OpennessAssessment(Value, frozen=True, kw_only=True):
    """The label, the grades that it rests on, and the three tests."""

    label: Label
    why: str
    step_up: str = ""
    """What would move the release to the next label."""

    axes: tuple[AxisGrade, ...]
    """One for each axis, in the order of :class:`Axis`."""

    calls_itself_open: tuple[Evidence, ...] = ()
    """Where the card calls this very model open source."""

    mof: MofAssessment | None = None
    osaid: Checklist | None = None
    eu_ai_act: Checklist | None = None


class Point(Value, frozen=True, kw_only=True):
    """What one component or one point of a test is, for the reader."""

    id: str
    title: str
    where: str = ""
    """Paragraphs of the guidelines, or the class that asks for the component."""

    ask: str = ""
    """The question to a person, where files do not answer it."""


class InForce(Value, frozen=True, kw_only=True):
    """A date from which something holds."""

    date: str
    """ISO date."""

    what: str
    where: str
    sure: bool = True
    """False: read in secondary sources only."""


class Frameworks(Value, frozen=True, kw_only=True):
    """The words that every release's tests share; said once for each report."""

    head: Mapping[str, str] = field(default_factory=dict)
    """Name, version and date of the Model Openness Framework, as its tool's files begin."""

    mof: tuple[Point, ...] = ()
    osaid: tuple[Point, ...] = ()
    eu_ai_act: tuple[Point, ...] = ()
    dates: tuple[InForce, ...] = ()
