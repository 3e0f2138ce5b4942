# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The checklists of ``rules/openness/``, each point answered by a closed set of operators.

The law: no outcome is "met". Files can show that a point cannot be met; everything else is for a person.
A licence that is only a candidate is never decisive: it makes a point a matter for review.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import pairwise

from msgspec import UNSET

from scanner.errors import DataError
from scanner.model.base import Evidence, Value
from scanner.model.license import CLAUSE_KINDS, Category, License, cited
from scanner.model.openness import (
    Axis,
    AxisGrade,
    Check,
    Checklist,
    CheckOutcome,
    ComponentState,
    Frameworks,
    Grade,
    InForce,
    Label,
    Point,
    Presence,
)
from scanner.model.release import ArtifactKind, Component
from scanner.openness.components import component_signs
from scanner.openness.mof import mof_table
from scanner.openness.signs import NO_GATE, bodies, gates, line_of, lines_of, open_on_the_hub, words
from scanner.openness.subject import Subject
from scanner.openness.tables import compiled, signs_table, table
from scanner.openness.terms import is_choice, of_license


class Condition(Value, frozen=True, kw_only=True):
    """One operator with its parameters; the operator is the field of :data:`OPERATORS` that is given."""

    axis: Axis | None = None
    grade: tuple[Grade, ...] = ()
    terms: tuple[Grade, ...] = ()
    """Of the weights, whether they lie here or not, and without the gate."""

    label: Label | None = None
    component: str | None = None
    presence: tuple[Presence, ...] = ()
    accepted: bool | None = None
    """Of a component: whether it counts, and not on condition only."""

    none_of: tuple[str, ...] = ()
    documented: bool = False
    """Whether weights and a card that is more than a stub must lie here: else silence says nothing, since
    the folder may be a part of the release."""

    unlinked: bool = False
    """Whether the card must link to no repository of code: what lies there was not seen."""

    clause: str | None = None
    field: str | None = None
    values: tuple[str | bool, ...] = ()
    category: tuple[Category, ...] = ()
    granted: tuple[str, ...] = ()
    """Rights that every licence must grant."""

    read: tuple[str, ...] = ()
    """Clause kinds for which every licence was read, and of which nothing above held."""

    barred: bool | None = None
    """Whether words of card, gate or policy bar uses that no licence of the weights bars."""

    gated: bool | None = None
    gate: str | None = None
    """A pattern over the gate's keys and their lines."""

    truthy: bool = False
    card: str | None = None
    """A pattern over the lines of a card."""

    heading: str | None = None
    and_heading: str | None = None
    reading: str | None = None
    because: str = ""


class CheckRule(Value, frozen=True, kw_only=True):
    """One point of a checklist."""

    id: str
    title: str
    where: str
    against: tuple[Condition, ...] = ()
    review: tuple[Condition, ...] = ()
    found: tuple[Condition, ...] = ()
    due: bool = False
    """Whether it stays due whatever the others say."""

    ask: str


class EuTable(Value, frozen=True, kw_only=True):
    """``eu-gpai.yaml``."""

    dates: tuple[InForce, ...]
    checks: tuple[CheckRule, ...]


class Bound(Value, frozen=True, kw_only=True):
    """One licence that binds the weights, or may."""

    key: str
    record: License | None
    certain: bool
    via: str | None = None
    """The ancestor whose licence it is."""


class Assessed(Value, frozen=True, kw_only=True):
    """What the operators may ask."""

    subject: Subject
    axes: Mapping[Axis, AxisGrade]
    label: Label
    components: Mapping[str, ComponentState]
    bound: tuple[Bound, ...]
    choice: bool
    """Whether the own licences are alternatives: then a clause must stand in each of them to bind."""

    documented: bool
    linked: bool
    """Whether a card links to a repository of code."""

    evidence: tuple[Evidence, ...]
    """Of the terms of the weights."""


class Held(Value, frozen=True, kw_only=True):
    """Why a condition holds."""

    why: str
    evidence: tuple[Evidence, ...] = ()
    certain: bool = True


@cache
def osaid_rules() -> tuple[CheckRule, ...]:
    """Return the points of the Open Source AI Definition."""
    return sound(table("osaid", tuple[CheckRule, ...]), "osaid")


@cache
def eu_table() -> EuTable:
    """Return the points of the exemption test and the dates."""
    found = table("eu-gpai", EuTable)
    sound(found.checks, "eu-gpai")
    return found


def frameworks() -> Frameworks:
    """Return the words that all releases' tests share."""
    head = mof_table().framework
    return Frameworks(
        head={"name": head.name, "version": head.version, "date": head.date},
        mof=tuple(
            Point(
                id=one.id,
                title=one.name,
                where=f"class {one.class_}" + ("" if one.required else ", optional"),
            )
            for one in mof_table().components
        ),
        osaid=tuple(map(_point, osaid_rules())),
        eu_ai_act=tuple(map(_point, eu_table().checks)),
        dates=tuple(sorted(eu_table().dates, key=lambda one: one.date)),
    )


def _point(rule: CheckRule) -> Point:
    return Point(id=rule.id, title=rule.title, where=rule.where, ask=rule.ask)


def sound(rules: tuple[CheckRule, ...], name: str) -> tuple[CheckRule, ...]:
    """Refuse a condition with no operator or with two, and names that do not exist.

    Raises:
        DataError: with the point that is wrong.
    """
    ids = {one.id for one in mof_table().components}
    for rule in rules:
        for condition in (*rule.against, *rule.review, *rule.found):
            named = {condition.component, *condition.none_of} - {None}
            kinds = {condition.clause, *condition.read} - {None}
            if len(_operators(condition)) != 1 or not named <= ids or not kinds <= set(CLAUSE_KINDS):
                raise DataError(f"{rule.id}: no condition", source=f"rules/openness/{name}.yaml")
    return rules


def assessed(
    subject: Subject, axes: Iterable[AxisGrade], label: Label, components: Iterable[ComponentState]
) -> Assessed:
    """Return what the operators may ask, gathered once for both lists."""
    conclusion = next((one for one in subject.licenses.concluded if one.component is Component.WEIGHTS), None)
    own = [
        *((key, True, None) for key in (conclusion.keys if conclusion else ())),
        *((key, False, None) for key in (conclusion.candidates if conclusion else ())),
    ]
    other = [(one.key, one.certain, one.via) for one in subject.inherited if one.via is not None]
    least = signs_table().documentation.minimum_words
    repository = compiled(component_signs().repository)
    return Assessed(
        subject=subject,
        axes={one.axis: one for one in axes},
        label=label,
        components={one.id: one for one in components},
        bound=tuple(
            Bound(key=key, record=subject.catalogue.licenses.get(key), certain=certain, via=via)
            for key, certain, via in dict.fromkeys((*own, *other))
        ),
        choice=bool(conclusion and is_choice(conclusion)) and not other,
        documented=bool(subject.artifacts(ArtifactKind.WEIGHTS))
        and any(words(text) >= least for text in bodies(subject.facts)),
        linked=any(repository.search(line) for text in bodies(subject.facts) for _, line in lines_of(text)),
        evidence=conclusion.evidence[:1] if conclusion else (),
    )


def osaid(asked: Assessed) -> Checklist:
    """Return the checklist of the Open Source AI Definition."""
    checks = tuple(_answered(rule, asked) for rule in osaid_rules())
    against = dict.fromkeys(check.why for check in checks if check.outcome is CheckOutcome.AGAINST)
    if against:
        return Checklist(
            outcome="cannot-be-met", why=f"cannot be met because {'; '.join(against)}", checks=checks
        )
    waiting = sum(check.outcome is not CheckOutcome.FOUND for check in checks)
    why = f"nothing found that rules it out; {waiting} of {len(checks)} points are open for a person"
    return Checklist(outcome="open-points", why=why, checks=checks)


def eu_ai_act(asked: Assessed) -> Checklist:
    """Return the test of the exemption for open-source general-purpose AI models."""
    rules = eu_table().checks
    checks = tuple(_answered(rule, asked) for rule in rules)
    where = {rule.id: rule.where for rule in rules}
    against = [check for check in checks if check.outcome is CheckOutcome.AGAINST]
    if against:
        told = "; ".join(f"{check.why} ({where[check.id]})" for check in against)
        return Checklist(outcome="cannot-be-met", why=f"{_FOR}, against the exemption: {told}", checks=checks)
    waiting = sum(check.outcome not in _SETTLED for check in checks)
    why = f"{_FOR}: no disqualifier found; {waiting} of {len(checks)} points are open"
    return Checklist(outcome="open-points", why=why, checks=checks)


_FOR = "indications for counsel"
_SETTLED = (CheckOutcome.FOUND,)


def _answered(rule: CheckRule, asked: Assessed) -> Check:
    """Answer one point: the first group with a condition that holds gives the outcome."""
    against = _first(rule.against, asked)
    if against is not None and against.certain:
        return _check(rule, CheckOutcome.AGAINST, against)
    review = against or _first(rule.review, asked)
    if review is not None:
        return _check(rule, CheckOutcome.REVIEW, review)
    found = _first(rule.found, asked)
    if found is not None:
        return _check(rule, CheckOutcome.FOUND, found)
    outcome = CheckOutcome.NOT_FOUND if rule.due else CheckOutcome.OPEN
    return Check(id=rule.id, outcome=outcome, why="")


def _check(rule: CheckRule, outcome: CheckOutcome, held: Held) -> Check:
    return Check(id=rule.id, outcome=outcome, why=held.why, evidence=held.evidence)


def _first(conditions: Iterable[Condition], asked: Assessed) -> Held | None:
    """Return the first condition that holds for certain, else the first that may hold."""
    held = [one for condition in conditions if (one := _holds(condition, asked)) is not None]
    return next((one for one in held if one.certain), held[0] if held else None)


def _holds(condition: Condition, asked: Assessed) -> Held | None:
    if (condition.documented and not asked.documented) or (condition.unlinked and asked.linked):
        return None
    (operator,) = _operators(condition)
    held = OPERATORS[operator](condition, asked)
    if held is None or not condition.because or operator in _BY_LICENCE:
        return held
    return Held(why=condition.because, evidence=held.evidence, certain=held.certain)


def _operators(condition: Condition) -> list[str]:
    return [name for name in OPERATORS if getattr(condition, name) not in (None, ())]


def _axis(condition: Condition, asked: Assessed) -> Held | None:
    graded = asked.axes[condition.axis] if condition.axis else None
    if graded is None or graded.grade not in condition.grade:
        return None
    return Held(why=graded.why, evidence=graded.evidence[:1])


def _terms(condition: Condition, asked: Assessed) -> Held | None:
    """Hold by the terms of the weights as a whole; the reason is the licence that decides."""
    if asked.subject.ungated(Component.WEIGHTS).grade not in condition.terms:
        return None
    graded = [(one, of_license(one.key, asked.subject.catalogue)) for one in asked.bound]
    deciding = [(one, terms) for one, terms in graded if terms.grade in condition.terms]
    certain = next((pair for pair in deciding if pair[0].certain), None)
    if not deciding:  # not a licence, but words beside it
        return _barred(condition, asked)
    one, terms = certain or deciding[0]
    whence = f" (from {one.via})" if one.via else ""
    verb = "are" if certain else "may be"
    return Held(
        why=f"the weights {verb}{terms.why}{whence}", evidence=asked.evidence, certain=certain is not None
    )


def _label(condition: Condition, asked: Assessed) -> Held | None:
    if asked.label is not condition.label:
        return None
    return Held(why="the card says that the weights are not published")


def _component(condition: Condition, asked: Assessed) -> Held | None:
    state = asked.components[condition.component or ""]
    presence = not condition.presence or state.presence in condition.presence
    counts = state.accepted and not state.conditional
    accepted = condition.accepted is None or counts is condition.accepted
    if not presence or not accepted:
        return None
    why = state.path if state.path and condition.accepted is None else state.why
    return Held(why=why or "neither here nor named", evidence=state.evidence[:1])


def _none_of(condition: Condition, asked: Assessed) -> Held | None:
    states = [asked.components[id_] for id_ in condition.none_of]
    if any(state.presence is not Presence.NOT_FOUND for state in states):
        return None
    return Held(why=condition.because)


def _clause(condition: Condition, asked: Assessed) -> Held | None:
    def place(record: License) -> str | None:
        for clause in record.clauses(condition.clause or "") or ():
            if condition.field is None or getattr(clause, condition.field) in condition.values:
                return f", {cited(clause.section)},"
        return None

    return _in_licences(place, condition, asked)


def _category(condition: Condition, asked: Assessed) -> Held | None:
    return _in_licences(
        lambda record: "" if record.category in condition.category else None, condition, asked
    )


def _in_licences(
    place: Callable[[License], str | None], condition: Condition, asked: Assessed
) -> Held | None:
    """Hold by the first licence in which it stands; of alternatives it must stand in each."""
    bound = [
        (one, where)
        for one in asked.bound
        if one.record is not None and (where := place(one.record)) is not None
    ]
    if not bound or (asked.choice and len(bound) < len(asked.bound)):
        return None
    one, where = next((pair for pair in bound if pair[0].certain), bound[0])
    why = f"{one.key}{where} {condition.because}" + ("" if one.certain else ", if it binds")
    return Held(why=why, evidence=asked.evidence, certain=one.certain)


def _granted(condition: Condition, asked: Assessed) -> Held | None:
    """Hold when every licence grants every right, by its record."""
    if not asked.bound or not all(one.certain for one in asked.bound):
        return None
    for one in asked.bound:
        clauses = one.record.clauses("rights") if one.record is not None else UNSET
        if clauses is UNSET or not all(
            any(getattr(clause, right) for clause in clauses) for right in condition.granted
        ):
            return None
    return Held(why=f"granted by {_keys(asked)}")


def _read(condition: Condition, asked: Assessed) -> Held | None:
    """Hold when every licence was read for these kinds of clause; what it says did not hold above."""
    if not asked.bound or not all(one.certain for one in asked.bound):
        return None
    for one in asked.bound:
        if one.record is None or any(one.record.clauses(kind) is UNSET for kind in condition.read):
            return None
    return Held(why=f"no such limit in {_keys(asked)}")


def _keys(asked: Assessed) -> str:
    return " and ".join(dict.fromkeys(one.key for one in asked.bound))


def _barred(_: Condition, asked: Assessed) -> Held | None:
    first = next(iter(asked.subject.barred), None)
    if first is None:
        return None
    return Held(why=f"{first.path}:{first.clause.lines[0]} bars some uses", evidence=(first.evidence,))


def _gated(condition: Condition, asked: Assessed) -> Held | None:
    found = gates(asked.subject.facts)
    return Held(why="gated", evidence=found[:1]) if bool(found) is condition.gated else None


def _gate(condition: Condition, asked: Assessed) -> Held | None:
    pattern = compiled(condition.gate or "")
    if open_on_the_hub(asked.subject.facts):
        return None
    for reading in asked.subject.facts.readings:
        if not reading.name.startswith("extra_gated_"):
            continue
        if condition.truthy and (reading.value or "").strip().lower() in NO_GATE:
            continue
        said = f"{reading.name} {reading.evidence.key or ''}"
        if pattern.search(said):
            return Held(why=reading.name, evidence=(reading.evidence,))
    return None


def _card(condition: Condition, asked: Assessed) -> Held | None:
    pattern = compiled(condition.card or "")
    for text in bodies(asked.subject.facts):
        for number, line in lines_of(text):
            if pattern.search(line):
                return Held(why="in words of the card", evidence=(line_of(text, number, line),))
    return None


def _heading(condition: Condition, asked: Assessed) -> Held | None:
    first = _headed(condition.heading or "", asked)
    if first is None or condition.and_heading is None:
        return first
    second = _headed(condition.and_heading, asked)
    if second is None:
        return None
    return Held(why=f"{first.why}; {second.why}", evidence=(*first.evidence, *second.evidence))


def _headed(pattern: str, asked: Assessed) -> Held | None:
    """Return a heading of a card below which something stands."""
    for text in bodies(asked.subject.facts):
        written = [(number, line) for number, line in lines_of(text) if line.strip()]
        for (number, line), (_, below) in pairwise(written):
            if line.lstrip().startswith("#") and compiled(pattern).search(line) and not below.startswith("#"):
                evidence = line_of(text, number, line)
                return Held(why=f"line {number}: {evidence.quote}", evidence=(evidence,))
    return None


def _reading(condition: Condition, asked: Assessed) -> Held | None:
    for reading in asked.subject.facts.named(condition.reading or ""):
        if reading.value:
            return Held(why=f"{reading.evidence.path} names {reading.value}", evidence=(reading.evidence,))
    return None


OPERATORS: Mapping[str, Callable[[Condition, Assessed], Held | None]] = {
    "axis": _axis,
    "terms": _terms,
    "label": _label,
    "component": _component,
    "none_of": _none_of,
    "clause": _clause,
    "category": _category,
    "granted": _granted,
    "read": _read,
    "barred": _barred,
    "gated": _gated,
    "gate": _gate,
    "card": _card,
    "heading": _heading,
    "reading": _reading,
}
"""The closed list: the key of a condition, and how it is answered."""

_BY_LICENCE = frozenset({"clause", "category"})
"""Operators that put the licence's name before the words of the condition."""
