# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The rules of precedence, in the order of ``docs/precedence.md``.

The first rule that has an answer decides. Every rule sees all the evidence of one component, so a
rule that concludes has looked at what disagrees.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from scanner.conclude.agreement import adds, agrees, labels, shortens
from scanner.conclude.case import Case, keys_of, sorted_case, where
from scanner.conclude.prose import DENIAL
from scanner.model.base import Evidence
from scanner.model.conclusion import ConcludedLicense, Rejected, Status
from scanner.model.license import License
from scanner.model.reading import LicenseReading, Source
from scanner.model.release import Component


def conclude_component(
    component: Component,
    declared: Sequence[LicenseReading],
    detected: Sequence[LicenseReading],
    licenses: Mapping[str, License],
) -> ConcludedLicense:
    """Return the conclusion for one component: text, declared, closest, conflict or unknown."""
    case = sorted_case(component, declared, detected, licenses)
    for name, rule in _RULES.items():
        conclusion = rule(case)
        if conclusion is not None:
            return _finished(conclusion, name, case)
    return _finished(_nothing(case), "nothing", case)


def _finished(conclusion: ConcludedLicense, rule: str, case: Case) -> ConcludedLicense:
    """Add the rule's name, and what was set aside before any rule was asked."""
    return replace(conclusion, rule=rule, rejected=(*conclusion.rejected, *_rejected(case.aside)))


def _texts_disagree(case: Case) -> ConcludedLicense | None:
    """Rule 1: licence texts of more than one licence, known or not, cover the component."""
    files = [reading for reading in case.near if reading.source is Source.LICENSE_FILE]
    if len(case.text_keys) + bool(files) < 2:  # noqa: PLR2004  two make a disagreement
        return None
    known = _listed(f"{reading.raw} in {reading.evidence.path}" for reading in case.texts)
    unknown = f", and {_paths(files)} holds a text that was not recognised" if files else ""
    why = f"more than one licence text covers the {case.component}: {known}{unknown}"
    return _conflict(case, why)


def _text_against_name(case: Case) -> ConcludedLicense | None:
    """Rule 2: the text says one licence and a declaration another."""
    if not case.text_keys:
        return None
    others = [
        reading
        for reading in (*case.named, *case.vague)
        if not agrees(reading, case.text_keys) and not labels(reading, case) and not shortens(reading, case)
    ]
    if not others:
        return None
    declared = _listed(map(_quoted, others))
    why = (
        f"the text in {_paths(case.texts)} is {_listed(case.text_keys)}, "
        f"and the release is declared to be {declared}"
    )
    return _conflict(case, why)


def _text(case: Case) -> ConcludedLicense | None:
    """Rule 3: the licence's own text is here and nothing disagrees."""
    if not case.text_keys:
        return None
    more = [one for one in case.named if adds(one, case.text_keys)]
    if more:
        place, expression = where(more[0]), more[0].expression
        why = f"{_paths(case.texts)} holds a text, and {place} names {expression}, which apply together"
        return _concluded(case, Status.DECLARED, why=why, readings=(*more, *case.texts), rejected=())
    places = _listed(dict.fromkeys(map(where, case.named)))
    agreeing = f", and {places} {'names' if len(case.named) == 1 else 'name'} it" if case.named else ""
    return _concluded(
        case,
        Status.TEXT,
        why=f"{_paths(case.texts)} holds the text{agreeing}",
        readings=case.texts,
        rejected=[(reading, "it names no single version; the text decides") for reading in case.vague],
    )


def _near(case: Case) -> ConcludedLicense | None:
    """Rule 4: a text is here that is not, word for word, a known licence."""
    if not case.near:
        return None
    names = dict.fromkeys(reading.raw for reading in case.near if reading.raw)
    nearest = f"near {_listed(names)} and is not it" if names else "not recognised"
    return ConcludedLicense(
        component=case.component,
        status=Status.CLOSEST,
        why=f"the text in {_paths(case.near)} is {nearest}: {case.near[0].note}",
        candidates=case.all_keys,
        rejected=_rejected(
            (reading, "a text stands beside it that is not the text of that licence")
            for reading in case.named
        ),
        evidence=tuple(reading.evidence for reading in case.near),
    )


def _names_disagree(case: Case) -> ConcludedLicense | None:
    """Rule 5: two declarations name different licences, or one names what the other leaves no room for."""
    outside = [reading for reading in case.vague if not agrees(reading, case.named_keys)]
    if not case.named or (len({_said(reading) for reading in case.named}) == 1 and not outside):
        return None
    said = _listed(map(_quoted, (*case.named, *outside)))
    return _conflict(case, f"declared are {said}")


def _choice(case: Case) -> ConcludedLicense | None:
    """Rule 6: one of several licences may be chosen, and which one is not for a scanner to say."""
    either = [reading for reading in case.named if not reading.key and " OR " in (reading.expression or "")]
    if not either:
        return None
    first = either[0]
    return ConcludedLicense(
        component=case.component,
        status=Status.UNKNOWN,
        why=f"{where(first)} gives a choice, {first.expression}, and which one is taken is not stated",
        expression=first.expression,
        candidates=case.all_keys,
        evidence=tuple(reading.evidence for reading in either),
    )


def _named(case: Case) -> ConcludedLicense | None:
    """Rule 7: one version is named, without its text, and nothing disagrees."""
    if not case.named:
        return None
    places = _listed(where(reading) for reading in case.named)
    return _concluded(
        case,
        Status.DECLARED,
        why=f"{places} {'names' if len(case.named) == 1 else 'name'} it; its text is not in the release",
        readings=case.named,
        rejected=[(reading, "it names no single version") for reading in case.vague],
    )


def _vague(case: Case) -> ConcludedLicense | None:
    """Rule 8: something is declared that names several versions, or none that is known."""
    if not case.vague:
        return None
    said = _listed(map(_quoted, case.vague))
    notes = _listed(sorted({reading.note.removesuffix(".") for reading in case.vague if reading.note}))
    return ConcludedLicense(
        component=case.component,
        status=Status.UNKNOWN,
        why=f"{said} names no single licence version" + (f" ({notes})" if notes else ""),
        candidates=case.all_keys,
        evidence=tuple(reading.evidence for reading in case.vague),
    )


def _nothing(case: Case) -> ConcludedLicense:
    """Rule 9: no evidence at all."""
    return ConcludedLicense(
        component=case.component,
        status=Status.UNKNOWN,
        why=f"nothing in the release states terms for the {case.component}",
    )


_RULES: Mapping[str, Callable[[Case], ConcludedLicense | None]] = {
    "texts-disagree": _texts_disagree,
    "text-against-name": _text_against_name,
    "text": _text,
    "near-text": _near,
    "names-disagree": _names_disagree,
    "choice": _choice,
    "named": _named,
    "vague": _vague,
}
"""By the names that conclusions carry, in the order in which they are asked."""


def _concluded(
    case: Case,
    status: Status,
    *,
    why: str,
    readings: Sequence[LicenseReading],
    rejected: Iterable[tuple[LicenseReading, str]],
) -> ConcludedLicense:
    first = readings[0]
    return ConcludedLicense(
        component=case.component,
        status=status,
        why=why,
        keys=keys_of(readings),
        expression=first.expression,
        rejected=_rejected(rejected),
        evidence=_evidence((*readings, *case.named)),
    )


def _conflict(case: Case, why: str) -> ConcludedLicense:
    return ConcludedLicense(
        component=case.component,
        status=Status.CONFLICT,
        why=why,
        candidates=case.all_keys,
        evidence=_evidence((*case.texts, *case.near, *case.named, *case.vague)),
    )


def _evidence(readings: Iterable[LicenseReading]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(reading.evidence for reading in readings))


def _rejected(pairs: Iterable[tuple[LicenseReading, str]]) -> tuple[Rejected, ...]:
    return tuple(
        Rejected(
            key=reading.key or reading.raw,
            source=reading.source,
            path=reading.evidence.path,
            lines=reading.evidence.lines,
            why=why,
        )
        for reading, why in pairs
    )


def _said(reading: LicenseReading) -> str:
    return reading.key or reading.expression or reading.raw


def _quoted(reading: LicenseReading) -> str:
    return f"{'not ' if reading.how == DENIAL else ''}{reading.raw} ({where(reading)})"


def _paths(readings: Iterable[LicenseReading]) -> str:
    return _listed(dict.fromkeys(reading.evidence.path for reading in readings))


def _listed(words: Iterable[str]) -> str:
    """Join words as a sentence does."""
    *most, last = words or ("nothing",)
    return f"{', '.join(most)} and {last}" if most else last
