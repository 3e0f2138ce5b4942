# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Two licences, clause by clause: what is the same, what differs, and what one of them has alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, Literal

import msgspec
from msgspec import UNSET

from scanner.model.base import Value
from scanner.model.license import CLAUSE_KINDS, Clause, License

State = Literal["same", "differs", "left only", "right only", "in neither", "not read"]

_NAME = re.compile("[a-z_]+")
"""A value of ours, as against an address or prescribed words."""

_NOT_COMPARED = frozenset({"section", "pattern", "consequence", "note", "doubts"})
"""Where a clause stands and how we word it: no fact about what it says."""

_TELLING = ("consequence", "what", "condition", "note", "phrase", "exact_text")
"""Fields of a clause that say it in words, the best first."""


class Difference(Value, frozen=True, kw_only=True):
    """One field of a clause on both sides; None: absent."""

    field: str
    left: str | None
    right: str | None


class Row(Value, frozen=True, kw_only=True):
    """One kind of clause in both licences."""

    kind: str
    state: State
    left_sections: tuple[str, ...] = ()
    right_sections: tuple[str, ...] = ()
    left_says: tuple[str, ...] = ()
    """What follows from the clauses, in the words of the record."""

    right_says: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


class Comparison(Value, frozen=True, kw_only=True):
    """Two licences beside each other."""

    left: str
    right: str
    rows: tuple[Row, ...]


def compare(left: License, right: License) -> Comparison:
    """Return every kind of clause with what it says in one licence and in the other.

    Only what was read is compared: a kind for which one of the texts was not read is ``not read``. Between
    versions of one family, what follows from a clause is compared in our words as well.
    """
    return Comparison(
        left=left.key, right=right.key, rows=tuple(_row(kind, left, right) for kind in CLAUSE_KINDS)
    )


def _row(kind: str, left: License, right: License) -> Row:
    ours, theirs = left.clauses(kind), right.clauses(kind)
    if ours is UNSET or theirs is UNSET:
        return Row(kind=kind, state="not read", **_side("left", ours or ()), **_side("right", theirs or ()))
    differences = tuple(_differences(ours, theirs))
    told = left.family == right.family and _says(ours) != _says(theirs)
    return Row(
        kind=kind,
        state=_state(ours, theirs, differ=bool(differences) or told),
        differences=differences if ours and theirs else (),
        **_side("left", ours),
        **_side("right", theirs),
    )


def _says(clauses: Iterable[Clause]) -> tuple[str, ...]:
    return tuple(clause.consequence for clause in clauses if clause.consequence)


def _told(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Return what follows from clauses, or what they ask for where their names say the rest."""
    told = (
        next((text for name in _TELLING if (text := getattr(clause, name, None))), None) for clause in clauses
    )
    return tuple(text for text in told if text)


def _side(name: str, clauses: tuple[Clause, ...]) -> dict[str, Any]:
    return {
        f"{name}_sections": tuple(clause.section for clause in clauses),
        f"{name}_says": _told(clauses),
    }


def _state(ours: tuple[Clause, ...], theirs: tuple[Clause, ...], *, differ: bool) -> State:
    if not ours and not theirs:
        return "in neither"
    if not theirs:
        return "left only"
    if not ours:
        return "right only"
    return "differs" if differ else "same"


def _differences(ours: tuple[Clause, ...], theirs: tuple[Clause, ...]) -> Iterator[Difference]:
    """Yield the fields in which the clauses differ, pair by pair in the order of the records."""
    for number, (left, right) in enumerate(zip_longest(ours, theirs), 1):
        says, others = facts_of(left), facts_of(right)
        for field in sorted({*says, *others}):
            if says.get(field) != others.get(field):
                name = field if number == 1 else f"{field} ({number})"
                yield Difference(field=name, left=_word(says.get(field)), right=_word(others.get(field)))


def facts_of(clause: Clause | None) -> Mapping[str, Any]:
    """Return what a clause says as plain values, without where it stands and how we word it."""
    given = msgspec.to_builtins(clause) if clause is not None else {}
    return {name: value for name, value in given.items() if name not in _NOT_COMPARED and value is not None}


def _word(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value) or "none"
    text = str(value)
    return text.replace("_", " ") if _NAME.fullmatch(text) else text
