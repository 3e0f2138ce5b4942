# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A sign-off as the page shows it: state in word and shape, who, until when, and what changed since."""

from collections.abc import Iterator, Mapping

from scanner.model.base import Value
from scanner.model.signoff import ContentChange, Decision, ReportedSignoff, State
from scanner.render.signoff import DECISIONS, WORDS
from scanner.render.words import Look

_LOOKS: Mapping[State, tuple[str, str]] = {
    State.VALID: ("allowed", "circle"),
    State.UNSIGNED: ("conditional", "diamond"),
    State.NOT_REREAD: ("conditional", "diamond"),
    State.REVIEW_SUGGESTED: ("conditional", "diamond"),
    State.EXPIRED: ("review", "triangle"),
    State.STALE: ("review", "triangle"),
    State.SUPERSEDED: ("review", "triangle"),
    State.INVALID: ("blocked", "octagon"),
}
"""Colour and shape of each state; its word tells it from the others of the same shape."""


class SignoffView(Value, frozen=True, kw_only=True):
    """One decision on a release."""

    look: Look
    decision: str
    who: str
    why: str
    note: str
    conditions: tuple[str, ...]
    signature: str
    digest: str
    changes: tuple[str, ...]
    """What differs from what was decided on, a line each."""

    uncovered: int
    """Findings that gate and that the decision does not accept."""


def signoff_view(one: ReportedSignoff, titles: Mapping[str, str]) -> SignoffView:
    """Return a sign-off as the page shows it."""
    fallen = {State.INVALID, State.STALE, State.EXPIRED}
    rejects = one.decision is Decision.REJECT and one.state not in fallen
    name, shape = ("blocked", "octagon") if rejects else _LOOKS[one.state]
    return SignoffView(
        look=Look(name=name, shape=shape, word=WORDS[one.state].capitalize()),
        decision=DECISIONS[one.decision].capitalize() if one.decision else "A statement that cannot be read",
        who=", ".join(_who(one, titles)),
        why=f"{one.why[:1].upper()}{one.why[1:]}",
        note=one.note,
        conditions=one.conditions,
        signature=_signature(one),
        digest=one.digest,
        changes=tuple(map(_change, one.changes)),
        uncovered=len(one.uncovered),
    )


def _who(one: ReportedSignoff, titles: Mapping[str, str]) -> Iterator[str]:
    if one.approver is not None:
        yield f"{one.approver.name} <{one.approver.email}>"
    if one.decided is not None and one.until is not None:
        yield f"decided {one.decided}, until {one.until}"
    yield f"for {titles.get(one.use_case, one.use_case)}"


def _signature(one: ReportedSignoff) -> str:
    """Return what is known of the signature; "verified" is said of nothing else."""
    if one.signature.state == "verified":
        return f"signed, verified{f' with key {one.signature.key}' if one.signature.key else ''}"
    if one.signature.state == "absent":
        return "recorded, not signed"
    return f"signature {one.signature.state}: {one.signature.why}"


def _change(one: ContentChange) -> str:
    what = f" {one.what}" if one.what else ""
    voids = "" if one.voids else " (does not void it)"
    return f"{one.part.value}{what}: {one.before or 'not there'}, now {one.after or 'not there'}{voids}"
