# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Sign-offs to text and to plain values: each state has its own word, and the signature stands beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from scanner.model.report import DISCLAIMER
from scanner.model.signoff import (
    BoundFinding,
    Compared,
    ContentChange,
    Decision,
    Judged,
    Recorded,
    Signature,
    Signoff,
    SignoffState,
    State,
)

WORDS: Mapping[State, str] = {
    State.INVALID: "invalid",
    State.SUPERSEDED: "superseded",
    State.STALE: "stale",
    State.EXPIRED: "expired",
    State.REVIEW_SUGGESTED: "review suggested",
    State.NOT_REREAD: "valid, weights not re-read",
    State.UNSIGNED: "unsigned",
    State.VALID: "valid",
}

DECISIONS: Mapping[Decision, str] = {
    Decision.APPROVE: "approved",
    Decision.CONDITIONAL: "approved with conditions",
    Decision.REJECT: "rejected",
}

_WEIGHTS: Mapping[Compared, str] = {
    "computed": "by digests, computed now",
    "recorded": "by recorded digests",
    "header": "by size and header only",
    "size": "by size only",
}

NONE = "not signed off"
NOT_HELD = "in force; held against no files"


def signoffs_text(judged: Sequence[Judged]) -> str:
    """Return every sign-off with its state, reason, differences and what it leaves open."""
    if not judged:
        return "There is no sign-off.\n"
    return "\n".join(["\n".join(_entry(one)) + "\n" for one in judged] + [f"{DISCLAIMER}\n"])


def _entry(one: Judged) -> Iterator[str]:
    head = f"{one.release}, use case {one.use_case}"
    if one.recorded is None:
        yield f"{head}: {NONE}"
        return
    yield f"{head}: {WORDS[one.state.state] if one.state else NOT_HELD}"
    if one.recorded.statement is not None:
        yield from _decided(one.recorded.statement.predicate)
    if one.signature is not None:
        yield f"  signature: {signature_words(one.signature)}"
    if one.state is not None:
        yield from _state(one.state)
    yield f"  file: {one.recorded.path}"


def _decided(signoff: Signoff) -> Iterator[str]:
    who = f"{signoff.approver.name} <{signoff.approver.email}>"
    yield f"  {DECISIONS[signoff.decision]} by {who} on {signoff.decided}, until {signoff.until}"
    yield from (f"  condition: {one}" for one in signoff.conditions)
    yield from (f"  {one.owner} sees to {one.duty}" for one in signoff.owners)
    if signoff.note:
        yield f"  note: {signoff.note}"


def _state(state: SignoffState) -> Iterator[str]:
    yield f"  why: {state.why}"
    if state.weights is not None:
        yield f"  weights: compared {_WEIGHTS[state.weights]}"
        if state.state is State.NOT_REREAD:
            yield "  next: --hash reads the weights, when a decision is recorded and when it is verified"
    yield from (f"  - {_change(one)}" for one in state.changes)
    yield from (f"  open: {_finding(one)}" for one in state.uncovered)


def signature_words(signature: Signature) -> str:
    """Return what is to be said of a signature beside every state."""
    return {
        "absent": "none; recorded, unsigned",
        "verified": f"verifies ({signature.key})" if signature.key else "verifies",
        "failed": "does not hold",
        "unchecked": f"not checked: {signature.why}",
    }[signature.state]


def _change(change: ContentChange) -> str:
    weight = "" if change.voids else " (does not void)"
    name = " ".join(filter(None, (change.part.value, change.what)))
    return f"{name}: {change.before or 'was not there'}, now {change.after or 'gone'}{weight}"


def _finding(finding: BoundFinding) -> str:
    return f"{finding.message or finding.rule or 'a finding'} ({finding.fingerprint[:12]})"


def recorded_text(recorded: Recorded, uncovered: Iterable[BoundFinding]) -> str:
    """Return what was just written: the decision in words, and the findings that it leaves open."""
    if recorded.statement is None:
        return ""
    signoff = recorded.statement.predicate
    content = signoff.content
    counts = f"{len(content.texts)} texts, {len(content.weights)} weights files, {len(content.duties)} duties"
    lines = [
        f"{content.name}, use case {content.use_case.id}: {DECISIONS[signoff.decision]}",
        *_decided(signoff),
        f"  bound to {counts} and restrictions; verdict {content.verdict}",
        f"  accepts {len(signoff.accepted)} of {len(content.findings)} findings",
        *(f"  open: {_finding(one)}" for one in uncovered),
        *(f"  supersedes: {one[:16]}" for one in signoff.supersedes),
    ]
    return "\n".join(lines) + "\n"


def signoffs_document(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Return the same as plain values."""
    return [_document(one) for one in judged]


def _document(one: Judged) -> dict[str, Any]:
    state, recorded = one.state, one.recorded
    signoff = recorded.statement.predicate if recorded and recorded.statement else None
    return {
        "release": one.release,
        "use_case": one.use_case,
        "path": recorded.path if recorded else None,
        "digest": recorded.digest if recorded else None,
        "state": state.state.value if state else None,
        "holds": state.holds if state else None,
        "approves": state.approves if state else None,
        "why": state.why if state else (NOT_HELD if recorded else NONE),
        "decision": signoff.decision.value if signoff else None,
        "approver": _plain(signoff.approver) if signoff else None,
        "decided": signoff.decided if signoff else None,
        "until": signoff.until if signoff else None,
        "conditions": list(signoff.conditions) if signoff else [],
        "owners": _plain(signoff.owners) if signoff else [],
        "accepted": list(signoff.accepted) if signoff else [],
        "supersedes": list(signoff.supersedes) if signoff else [],
        "note": signoff.note if signoff else None,
        "signature": _plain(one.signature),
        "weights": state.weights if state else None,
        "changes": _plain(state.changes) if state else [],
        "uncovered": _plain(state.uncovered) if state else [],
    }


def _plain(value: Any) -> Any:  # noqa: ANN401  any value of the model, as plain lists and dicts
    return msgspec.to_builtins(value)
