# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The evidence of one component, sorted by what it can support, and what is set aside before any rule."""

from collections.abc import Iterable, Mapping, Sequence

from scanner.conclude.prose import DENIAL
from scanner.conclude.readings import licensing
from scanner.model.base import Value
from scanner.model.license import Category, License
from scanner.model.reading import LicenseReading
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
        return keys_of(self.texts)

    @property
    def named_keys(self) -> tuple[str, ...]:
        """Keys that declarations name."""
        return keys_of(self.named)

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key that any evidence names, exactly or as a possibility."""
        return keys_of((*self.texts, *self.near, *self.named, *self.vague))


def sorted_case(
    component: Component,
    declared: Iterable[LicenseReading],
    detected: Iterable[LicenseReading],
    licenses: Mapping[str, License],
) -> Case:
    """Return the evidence of one component, with what binds nothing here set aside."""
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
    claimed = {key for reading in (*texts, *names) if reading.how != DENIAL for key in keys_of((reading,))}
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
            aside.append((text, f"the card puts it under other terms: {told[0].raw} ({where(told[0])})"))
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
    records = [licenses.get(key) for key in keys_of((reading,)) or ("",)]
    return max(_STRICTNESS[record.category if record else Category.UNKNOWN] for record in records)


IN_WORDS = frozenset({"prose", "table"})
"""How a declaration is made that says of what it speaks."""


def _same(text: LicenseReading, named: LicenseReading) -> bool:
    """Whether a declaration leaves room for the licence of a text."""
    said = {named.key, *named.candidates} - {None}
    return bool(said & {text.key, text.raw, *text.candidates})


def keys_of(readings: Iterable[LicenseReading]) -> tuple[str, ...]:
    """Keys that the readings state; an expression states every key it is made of."""
    return _merged(
        *((reading.key,) if reading.key else reading.candidates for reading in readings),
    )


def _merged(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key for group in groups for key in group}))


def where(reading: LicenseReading) -> str:
    """Return the place of a reading: the file, with its line where there is one."""
    evidence = reading.evidence
    return f"{evidence.path}:{evidence.lines[0]}" if evidence.lines else evidence.path
