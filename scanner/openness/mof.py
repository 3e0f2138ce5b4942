# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The classes of the Model Openness Framework over a list of components, whatever the list comes from.

Cumulative: a class is reached when each component that it and the classes below it require is accepted.
A research paper stands in for the technical report. The law: a further accepted component never lowers
a class, and a licence that is accepted no more never raises one.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec import field

from scanner.model.base import Value
from scanner.model.openness import (
    ClassStanding,
    ComponentState,
    ContentKind,
    MofAssessment,
    MofClaim,
    MofClass,
    Presence,
)
from scanner.model.release import Component
from scanner.openness.tables import table


class MofComponent(Value, frozen=True, kw_only=True):
    """One component of the framework."""

    id: str
    name: str
    """As the Model Openness Tool writes it."""

    kind: ContentKind
    class_: MofClass = field(name="class")
    """The lowest class that asks for it."""

    carrier: Component
    """Of a scanned release: the component whose concluded licence it is under."""

    required: bool = True
    also: tuple[MofClass, ...] = ()
    """Classes in whose completion it counts although nothing requires it; see ``docs/openness.md``."""

    unless: str | None = None
    """The component beside which ``also`` does not hold."""


class Framework(Value, frozen=True, kw_only=True):
    """Which framework it is, as the head of the tool's files says it."""

    name: str
    version: str
    date: str


class MofTable(Value, frozen=True, kw_only=True):
    """``mof.yaml``."""

    framework: Framework
    stands_in: Mapping[str, str]
    components: tuple[MofComponent, ...]
    no_license: frozenset[str]


@cache
def mof_table() -> MofTable:
    """Return the framework as data."""
    return table("mof", MofTable)


def component_of(id_: str) -> MofComponent:
    """Return one component of the framework.

    Raises:
        KeyError: it has no such component.
    """
    for component in mof_table().components:
        if component.id == id_:
            return component
    raise KeyError(id_)


def classify(states: Sequence[ComponentState], claimed: MofClaim | None = None) -> MofAssessment:
    """Return the class that a list of components reaches, with what each class lacks.

    Args:
        states: Components in any order; what is not among them was not found.
        claimed: What the author says.
    """
    given = {state.id: state for state in states}
    ordered = tuple(given.get(component.id) or _nothing(component.id) for component in mof_table().components)
    accepted = frozenset(state.id for state in ordered if state.accepted)
    standings: dict[MofClass, ClassStanding] = {}
    below = True
    for class_ in MofClass:
        standings[class_] = _standing(class_, accepted, below=below)
        below = standings[class_].reached
    reached = [class_ for class_ in MofClass if standings[class_].reached]
    waiting = [class_ for class_ in MofClass if not standings[class_].reached]
    return MofAssessment(
        reached=reached[-1] if reached else None,
        next=waiting[0] if waiting else None,
        classes=standings,
        components=ordered,
        claimed=claimed,
    )


def _nothing(id_: str) -> ComponentState:
    return ComponentState(id=id_, presence=Presence.NOT_FOUND, why="not listed")


def _standing(class_: MofClass, accepted: frozenset[str], *, below: bool) -> ClassStanding:
    """Return how far one class is reached.

    Args:
        class_: Which one.
        accepted: Ids of what counts.
        below: Whether the class below is reached.
    """
    required = _required(class_, accepted)
    missing = tuple(id_ for id_ in required if id_ not in accepted)
    met, all_ = len(required) - len(missing), len(required)
    share = met / all_ if below else _progress(class_, accepted)
    return ClassStanding(
        reached=below and not missing,
        met=met,
        required=all_,
        completion=_per_cent(share),
        missing=missing,
    )


def _required(class_: MofClass, accepted: frozenset[str]) -> tuple[str, ...]:
    """Return the ids that a class asks for, those of the classes below it first.

    What stands in takes the place of the other where only it is accepted: one thing is asked for once.
    """
    asked = [component.id for component in _upto(class_) if component.required]
    for substitute, other in mof_table().stands_in.items():
        if substitute in accepted and other not in accepted:
            asked = list(dict.fromkeys(substitute if id_ == other else id_ for id_ in asked))
    return tuple(asked)


def _progress(class_: MofClass, accepted: frozenset[str]) -> float:
    """Return the completion of a class of which the one below is not reached.

    The tool itself shows nothing then. The names of its test files count so: a substitute that the class
    asks for makes the other superfluous, and the components that count ``also`` are counted.
    """
    counted = {component.id for component in _upto(class_) if component.required}
    also = [one for one in mof_table().components if class_ in one.also]
    for substitute, other in mof_table().stands_in.items():
        if substitute in counted:
            counted.discard(other)
        elif substitute in accepted and other not in accepted:
            counted = {substitute if id_ == other else id_ for id_ in counted}
    met = counted | {one.id for one in also if one.unless not in accepted}
    return len(met & accepted) / (len(counted) + len(also))


def _upto(class_: MofClass) -> Iterable[MofComponent]:
    """Return the components of a class and of those below it, the lowest class first."""
    order = list(MofClass)
    classes = order[: order.index(class_) + 1]
    return sorted(
        (one for one in mof_table().components if one.class_ in classes),
        key=lambda one: order.index(one.class_),
    )


def _per_cent(share: float) -> int:
    """Round half up, as the tool does."""
    return int(share * 100 + 0.5)
