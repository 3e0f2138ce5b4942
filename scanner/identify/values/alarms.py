# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a clause of a text says something else than the record of the licence it was matched with.

Only what the text says can be an alarm, never what it lacks: a part of a licence lacks most of it.
What the record's author did not read for is unknown and contradicts nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import UNSET

from scanner.model.license import License
from scanner.model.reading import ClauseAlarm, FoundClause

NOT_READ = "not-read"
"""Unit of a clause that only says: from here on the text was not looked at for this kind."""

_Agrees = Callable[[FoundClause, Any], bool]


def alarms(found: Iterable[FoundClause], record: License) -> tuple[ClauseAlarm, ...]:
    """Return the clauses of a text that contradict a record, in the order of the text.

    Args:
        found: What :func:`scanner.identify.values.find_clauses` returned.
        record: The licence that the text was matched with.
    """
    found = tuple(found)
    return tuple(
        ClauseAlarm(kind=clause.kind, found=clause, recorded=recorded, message=_message(clause, recorded))
        for clause in found
        if (recorded := _contradicted(clause, found, record)) is not None
    )


def _contradicted(clause: FoundClause, found: Sequence[FoundClause], record: License) -> str | None:
    """Return what the record says instead; None: the same, or nothing that could be compared."""
    recorded = record.clauses(clause.kind)
    if recorded is UNSET or clause.unit == NOT_READ or _permits(clause):
        return None
    if not recorded:
        return "none"
    agrees = _AGREES.get(clause.kind)
    if agrees is None or clause.value is None or _agreed(clause, found, recorded, agrees):
        return None
    return " or ".join(dict.fromkeys(_said(clause.kind, one) for one in recorded))


def _agreed(
    clause: FoundClause, found: Sequence[FoundClause], recorded: Sequence[Any], agrees: _Agrees
) -> bool:
    """Whether the record knows the clause; of several bans on training it names only the decisive one."""
    alike = (
        [one for one in found if one.kind == clause.kind] if clause.kind == "output_training" else [clause]
    )
    return any(agrees(one, other) for one in alike for other in recorded)


def _permits(clause: FoundClause) -> bool:
    """Whether a clause gives a right and so takes none: nothing to be alarmed about."""
    return clause.kind == "output_training" and str(clause.value).startswith("allowed")


def _message(clause: FoundClause, recorded: str) -> str:
    says = f"{clause.value:,}" if isinstance(clause.value, int) else clause.value
    text = " ".join(part for part in (says, clause.unit) if part) or "such a clause"
    kind = clause.kind.replace("_", " ")
    first, last = clause.lines
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    instead = "has none" if recorded == "none" else f"has {recorded}"
    return f"{kind}: the text says {text} ({lines}), the record {instead}"


def _users(clause: FoundClause, recorded: Any) -> bool:  # noqa: ANN401  a clause of its kind
    return bool(clause.value == recorded.value and clause.unit == recorded.metric)


def _revenue(clause: FoundClause, recorded: Any) -> bool:  # noqa: ANN401  a clause of its kind
    """Compare amount, currency and period; what the text leaves open contradicts nothing."""
    currency, _, period = (clause.unit or "").partition("/")
    return bool(
        clause.value == recorded.amount
        and currency in {recorded.currency, "unknown", ""}
        and period in {recorded.period, ""}
    )


def _territory(clause: FoundClause, recorded: Any) -> bool:  # noqa: ANN401  a clause of its kind
    return str(clause.value).split(", ") == sorted(recorded.places)


def _training(clause: FoundClause, recorded: Any) -> bool:  # noqa: ANN401  a clause of its kind
    """Compare value and class of models; a class that was not recognised contradicts nothing."""
    scope = recorded.scope in {clause.unit, None} or clause.unit is None
    return bool(clause.value == recorded.value and scope)


def _commercial(clause: FoundClause, recorded: Any) -> bool:  # noqa: ANN401  a clause of its kind
    """Compare the answers; what is granted for non-commercial use may stand beside a conditional grant."""
    return recorded.value in {clause.value, "conditional"}


def _policy(clause: FoundClause, recorded: Any) -> bool:  # noqa: ANN401  a clause of its kind
    """Compare addresses; an appendix is no address."""
    said = str(clause.value)
    return recorded.url is None or "." not in said or _address(said) == _address(recorded.url)


def _address(written: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", written.casefold()).rstrip("/")


def _same(field: str) -> _Agrees:
    """Compare one word of the record, whatever its case."""
    return lambda clause, recorded: str(clause.value).casefold() == str(getattr(recorded, field)).casefold()


_AGREES: Mapping[str, _Agrees] = {
    "user_threshold": _users,
    "revenue_threshold": _revenue,
    "territory": _territory,
    "commercial_use": _commercial,
    "display_phrase": _same("phrase"),
    "naming": _same("prefix"),
    "output_training": _training,
    "acceptable_use": _policy,
}
"""How a clause is compared; the other kinds have no value, and being there is all they say."""


def _said(kind: str, clause: Any) -> str:  # noqa: ANN401  a clause of the kind
    """Return what a record's clause says, in one short phrase."""
    match kind:
        case "user_threshold":
            return f"{clause.value:,} {clause.metric.replace('-', ' ')}"
        case "revenue_threshold":
            return f"{clause.amount:,} {clause.currency}/{clause.period}"
        case "territory":
            return ", ".join(sorted(clause.places))
        case "output_training":
            return " ".join(filter(None, (clause.value, clause.scope))).replace("_", " ")
        case "acceptable_use":
            return str(clause.url or clause.mode)
        case _:
            return str(getattr(clause, _WORD[kind]))


_WORD = {"commercial_use": "value", "display_phrase": "phrase", "naming": "prefix"}
"""The field that holds the word of a clause."""
