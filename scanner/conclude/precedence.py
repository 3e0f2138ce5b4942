# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The rules of precedence, in the order of ``docs/precedence.md``.

The first rule that has an answer decides. Every rule sees all the evidence of one component, so a
rule that concludes has looked at what disagrees.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from scanner.conclude.prose import DENIAL
from scanner.conclude.readings import licensing
from scanner.model.base import Evidence, Value
from scanner.model.conclusion import ConcludedLicense, Rejected, Status
from scanner.model.license import Category, License
from scanner.model.reading import LicenseReading, Source
from scanner.model.release import Component


class Case(Value, frozen=True, kw_only=True):
    """The evidence of one component, sorted by what it can support."""

    component: Component
    licenses: Mapping[str, License]

    texts: tuple[LicenseReading, ...]
    """Recognised to the very version."""

    near: tuple[LicenseReading, ...]
    """Licence texts that are modified, partial, or no known licence."""

    named: tuple[LicenseReading, ...]
    """Declared, and naming one version or one expression."""

    vague: tuple[LicenseReading, ...]
    """Declared, and naming several versions or none."""

    aside: tuple[tuple[LicenseReading, str], ...] = ()
    """Readings that bind nothing here, each with the reason."""

    @property
    def text_keys(self) -> tuple[str, ...]:
        """Keys that texts state."""
        return _keys(self.texts)

    @property
    def named_keys(self) -> tuple[str, ...]:
        """Keys that declarations name."""
        return _keys(self.named)

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key that any evidence names, exactly or as a possibility."""
        return _keys((*self.texts, *self.near, *self.named, *self.vague))


def conclude_component(
    component: Component,
    declared: Sequence[LicenseReading],
    detected: Sequence[LicenseReading],
    licenses: Mapping[str, License],
) -> ConcludedLicense:
    """Return the conclusion for one component: text, declared, closest, conflict or unknown."""
    case = _sort(component, declared, detected, licenses)
    for name, rule in _RULES.items():
        conclusion = rule(case)
        if conclusion is not None:
            return _finished(conclusion, name, case)
    return _finished(_nothing(case), "nothing", case)


def _finished(conclusion: ConcludedLicense, rule: str, case: Case) -> ConcludedLicense:
    """Add the rule's name, and what was set aside before any rule was asked."""
    return replace(conclusion, rule=rule, rejected=(*conclusion.rejected, *_rejected(case.aside)))


def _sort(
    component: Component,
    declared: Iterable[LicenseReading],
    detected: Iterable[LicenseReading],
    licenses: Mapping[str, License],
) -> Case:
    texts, names, aside = _apart(
        [reading for reading in detected if reading.component is component and licensing(reading)],
        [reading for reading in declared if reading.component is component],
        licenses,
    )
    return Case(
        component=component,
        licenses=licenses,
        texts=tuple(reading for reading in texts if reading.key),
        near=tuple(reading for reading in texts if not reading.key),
        named=tuple(reading for reading in names if reading.key or reading.expression),
        vague=tuple(reading for reading in names if not reading.key and not reading.expression),
        aside=tuple(aside),
    )


def _apart(
    texts: Sequence[LicenseReading], names: Sequence[LicenseReading], licenses: Mapping[str, License]
) -> tuple[list[LicenseReading], list[LicenseReading], list[tuple[LicenseReading, str]]]:
    """Set aside what speaks of something else, and a text that covers a component only by default.

    Such a text gives way to one that covers it for a reason, and to a sentence of the card that puts this
    very component under other terms: a code licence is not concluded for weights of which the card says
    something else. It does not give way to a tag, nor to anything more permissive than itself: that is a
    disagreement, since what is displaced may be the very terms of the weights.
    """
    aside = [(reading, reading.note) for reading in (*texts, *names) if reading.standing == "elsewhere"]
    texts = [reading for reading in texts if reading.standing != "elsewhere"]
    names = [reading for reading in names if reading.standing != "elsewhere"]
    claimed = {key for reading in (*texts, *names) if reading.how != DENIAL for key in _keys((reading,))}
    idle = [one for one in names if one.how == DENIAL and claimed.isdisjoint(one.candidates)]
    aside += [(one, "it denies what nothing claims") for one in idle]
    names = [one for one in names if one not in idle]
    reasoned = [reading for reading in texts if reading.standing == "sure"]
    told = [reading for reading in names if reading.standing == "sure" and reading.how in IN_WORDS]
    kept = []
    for text in texts:
        if text.standing == "default" and reasoned and _no_milder(reasoned, text, licenses):
            aside.append((text, f"{reasoned[0].evidence.path} covers it for a reason: {reasoned[0].note}"))
        elif (
            text.standing == "default"
            and told
            and not any(_same(text, reading) for reading in told)
            and _no_milder(told, text, licenses)
        ):
            aside.append((text, f"the card puts it under other terms: {told[0].raw} ({_where(told[0])})"))
        else:
            kept.append(text)
    return kept, names, aside


_STRICTNESS: Mapping[Category, int] = {
    Category.PUBLIC_DOMAIN: 0,
    Category.PERMISSIVE: 0,
    Category.OPEN_DATA: 0,
    Category.COPYLEFT: 1,
    Category.RAIL: 2,
    Category.POLICY: 2,
    Category.COMMUNITY: 3,
    Category.SOURCE_AVAILABLE: 3,
    Category.NON_COMMERCIAL: 4,
    Category.RESEARCH_ONLY: 5,
    Category.UNKNOWN: 5,
}
"""How much a licence of a category withholds, by the worst that its members do."""

_MILD = 1
"""Up to here a licence withholds no use: what displaces it takes nothing from a reader."""


def _no_milder(
    others: Iterable[LicenseReading], text: LicenseReading, licenses: Mapping[str, License]
) -> bool:
    """Whether what displaces a text of the weights withholds at least as much as the text does."""
    own = _withheld(text, licenses)
    mild = own <= _MILD or text.component is not Component.WEIGHTS
    return mild or max(_withheld(other, licenses) for other in others) >= own


def _withheld(reading: LicenseReading, licenses: Mapping[str, License]) -> int:
    records = [licenses.get(key) for key in _keys((reading,)) or ("",)]
    return max(_STRICTNESS[record.category if record else Category.UNKNOWN] for record in records)


IN_WORDS = frozenset({"prose", "table"})
"""How a declaration is made that says of what it speaks."""


def _same(text: LicenseReading, named: LicenseReading) -> bool:
    """Whether a declaration leaves room for the licence of a text."""
    said = {named.key, *named.candidates} - {None}
    return bool(said & {text.key, text.raw, *text.candidates})


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
        if not _agrees(reading, case.text_keys)
        and not _labels(reading, case)
        and not _shortens(reading, case)
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
    more = [one for one in case.named if _adds(one, case.text_keys)]
    if more:
        place, expression = _where(more[0]), more[0].expression
        why = f"{_paths(case.texts)} holds a text, and {place} names {expression}, which apply together"
        return _concluded(case, Status.DECLARED, why=why, readings=(*more, *case.texts), rejected=())
    places = _listed(dict.fromkeys(map(_where, case.named)))
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
    outside = [reading for reading in case.vague if not _agrees(reading, case.named_keys)]
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
        why=f"{_where(first)} gives a choice, {first.expression}, and which one is taken is not stated",
        expression=first.expression,
        candidates=case.all_keys,
        evidence=tuple(reading.evidence for reading in either),
    )


def _named(case: Case) -> ConcludedLicense | None:
    """Rule 7: one version is named, without its text, and nothing disagrees."""
    if not case.named:
        return None
    places = _listed(_where(reading) for reading in case.named)
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
        keys=_keys(readings),
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


def _agrees(reading: LicenseReading, keys: Sequence[str]) -> bool:
    """Whether a declaration leaves room for one of the keys.

    One that says nothing does; one that names a licence which is not known here does not.
    """
    if reading.stranger:
        return False
    if reading.how == DENIAL:
        return set(keys).isdisjoint(reading.candidates)
    said = {reading.key, *reading.candidates} - {None}
    return not said or not said.isdisjoint(keys)


def _shortens(reading: LicenseReading, case: Case) -> bool:
    """Whether an unknown name is a part of that of the licence whose text is here: "Sample Code license"."""
    said = _own_words(reading.raw)
    records = (case.licenses.get(key) for key in case.text_keys)
    return reading.stranger and any(record and said <= _own_words(record.name) for record in records)


_COMMON = frozenset(
    {"the", "license", "licence", "agreement", "terms", "as", "found", "in", "under", "of", "and"}
)
"""Words of a licence's name, and of a sentence about one, that are no name."""


def _own_words(name: str) -> set[str]:
    words = set(re.findall(r"[a-z0-9]+", name.lower()))
    return words - _COMMON


_WITHHOLDS = re.compile(r"(?i)non|\bnc\b|research|academic|commercial|evaluation|internal|-nd\b")
"""Words of a name that say more than whose licence it is."""


def _labels(reading: LicenseReading, case: Case) -> bool:
    """Whether an unknown name is only what the publisher calls the text that is here.

    The Hub wants a ``license_name`` beside ``license: other``; publishers write names of their own there.
    """
    other = any(one.how == "tag" and not one.candidates and not one.stranger for one in case.vague)
    return reading.stranger and reading.how == "name" and other and not _WITHHOLDS.search(reading.raw)


def _adds(reading: LicenseReading, keys: Sequence[str]) -> bool:
    """Whether an expression demands other licences beside those of the texts."""
    expression = reading.expression or ""
    return not reading.key and " AND " in expression and not set(reading.candidates) <= set(keys)


def _said(reading: LicenseReading) -> str:
    return reading.key or reading.expression or reading.raw


def _keys(readings: Iterable[LicenseReading]) -> tuple[str, ...]:
    """Keys that the readings state; an expression states every key it is made of."""
    return _merged(
        *((reading.key,) if reading.key else reading.candidates for reading in readings),
    )


def _merged(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key for group in groups for key in group}))


def _where(reading: LicenseReading) -> str:
    evidence = reading.evidence
    return f"{evidence.path}:{evidence.lines[0]}" if evidence.lines else evidence.path


def _quoted(reading: LicenseReading) -> str:
    return f"{'not ' if reading.how == DENIAL else ''}{reading.raw} ({_where(reading)})"


def _paths(readings: Iterable[LicenseReading]) -> str:
    return _listed(dict.fromkeys(reading.evidence.path for reading in readings))


def _listed(words: Iterable[str]) -> str:
    """Join words as a sentence does."""
    *most, last = words or ("nothing",)
    return f"{', '.join(most)} and {last}" if most else last
