# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The family table: which terms a well-known base model has, by its name alone.

A pattern names the organisation too, so that nobody's fine-tune passes for the original. Where only
the last part of a path or of a bare name is known, a pattern's last part may still fit: a hint.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from scanner.lineage.names import Form, Name
from scanner.model.base import Value
from scanner.model.license import Family, FamilyModels
from scanner.model.release import Confidence

LEAST = 3
"""Letters with which a pattern's last part must begin before it may be compared without its organisation."""


_ANY = "*"


class Known(Value, frozen=True, kw_only=True):
    """What the table says of one name."""

    family: Family
    models: FamilyModels
    by_ending: bool = False
    """Only the last part fits: the organisation is not known."""

    @property
    def confidence(self) -> Confidence:
        """The entry's own, or low where the organisation is not known."""
        return Confidence.LOW if self.by_ending else Confidence(self.models.confidence)

    @property
    def exact(self) -> bool:
        """Whether all of the keys bind, and not one of them."""
        return len(self.models.keys) == 1 or self.models.together


class _Entry(Value, frozen=True, kw_only=True):
    """One entry with its patterns; most are never asked, so they are compiled when they are."""

    known: Known
    organisations: frozenset[str]
    """Of its patterns, lower case; :data:`_ANY` for one that leaves it open."""

    whole: tuple[str, ...]
    endings: tuple[str, ...]
    bare: frozenset[str]


class Table:
    """Every family, by the first that matches; what was looked up once is kept."""

    def __init__(self, families: Sequence[Family]) -> None:
        """Prepare the patterns."""
        self._entries = [_entry(family, models) for family in families for models in family.models]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(self._entries):
            for organisation in entry.organisations:
                self._places[organisation].append(place)
        self._found: dict[Name, Known | None] = {}

    def find(self, name: Name) -> Known | None:
        """Return what is known of a model by its name; None where the table does not have it."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: Name) -> Known | None:
        if name.form is Form.HUB:
            return self._whole(name.key)
        if name.form is Form.BARE:
            return self._bare(name.key) or self._by_ending(name.tail)
        if name.form is Form.PATH:
            return self._ending_of(self._whole(name.last_two)) or self._by_ending(name.tail)
        return None if "/" in name.text else self._by_ending(name.tail)

    def _whole(self, key: str) -> Known | None:
        places = self._places.get(key.split("/", maxsplit=1)[0], []) + self._places.get(_ANY, [])
        entries = (self._entries[place] for place in sorted(places))
        return next((entry.known for entry in entries if _compiled(entry.whole).fullmatch(key)), None)

    def _bare(self, key: str) -> Known | None:
        return next((entry.known for entry in self._entries if key in entry.bare), None)

    def _by_ending(self, tail: str) -> Known | None:
        """Return the one family of which a last part reminds; two of them say nothing."""
        hits: defaultdict[str, list[Known]] = defaultdict(list)
        for entry in self._entries:
            if tail in entry.bare or (entry.endings and _compiled(entry.endings).fullmatch(tail)):
                hits[entry.known.family.id].append(entry.known)
        if len(hits) != 1:
            return None
        (entries,) = hits.values()
        return self._ending_of(entries[0])

    @staticmethod
    def _ending_of(known: Known | None) -> Known | None:
        return Known(family=known.family, models=known.models, by_ending=True) if known else None


def _entry(family: Family, models: FamilyModels) -> _Entry:
    endings = tuple(
        last for pattern in models.match if len((last := pattern.rsplit("/", 1)[-1]).split("*")[0]) >= LEAST
    )
    return _Entry(
        known=Known(family=family, models=models),
        organisations=frozenset(map(_organisation, models.match)),
        whole=models.match,
        endings=endings,
        bare=frozenset(name.lower() for name in models.bare),
    )


def _organisation(pattern: str) -> str:
    first = pattern.lower().split("/")[0]
    return _ANY if "*" in first else first


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one expression for several patterns in which ``*`` stands for any run of characters."""
    parts = (".*".join(map(re.escape, pattern.lower().split("*"))) for pattern in patterns)
    return re.compile("|".join(f"(?:{part})" for part in parts), re.DOTALL)
