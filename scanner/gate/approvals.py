# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Sign-offs at the gate: whether people approved a model, and what they accepted.

Only what a change cannot make itself counts: a decision that is signed by somebody whom the base lists, or
one that the base has already.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from scanner.evaluate import Evaluation
from scanner.model.base import Value
from scanner.model.conclusion import Status
from scanner.model.finding import Finding, Verdict
from scanner.model.lock import LockedConclusion, LockedFinding, LockEntry
from scanner.model.release import Component
from scanner.model.signoff import (
    BoundDuty,
    BoundFile,
    BoundFinding,
    BoundLicense,
    BoundTerm,
    BoundText,
    Content,
    Judged,
    Signoff,
    State,
)
from scanner.model.usecase import UseCase
from scanner.signoff import Checked, bound_use, judge

NONE = "none"


class Approval(Value, frozen=True, kw_only=True):
    """What the sign-offs of a model are worth, over all use cases."""

    state: str
    """``none``, ``valid``, ``unsigned``, ``rejected``; or why it does not hold: ``stale``, ``expired``,
    ``invalid``."""

    why: str
    accepted: frozenset[str] = frozenset()
    """Fingerprints of the findings that are accepted."""

    agreed: frozenset[str] = frozenset()
    """Fingerprints of those for which an agreement with the licensor is named."""

    digest: str | None = None
    """Hex sha256 of the statement that approves."""

    words: str = ""
    """Who accepts them, until when."""


NOBODY = Approval(state=NONE, why="there is no sign-off for it")


class Approvals:
    """The sign-offs of a repository, their signatures checked, on one day."""

    def __init__(self, checked: Sequence[Checked], as_of: str) -> None:
        """Keep those that count."""
        self._checked, self._as_of = checked, as_of

    def of(self, contents: Iterable[Content]) -> Approval:
        """Return what the sign-offs are worth for a model under each of its use cases."""
        if not self._checked:
            return NOBODY
        judged = judge(self._checked, contents, as_of=self._as_of)
        deciding = [one for one in judged if one.state is None or one.state.state is not State.SUPERSEDED]
        found = [_approval(one) for one in deciding]
        if not found:
            return NOBODY
        worst = max(found, key=lambda one: _ORDER.index(one.state))
        if worst.state not in _GOOD:
            return worst
        return msgspec.structs.replace(
            worst,
            accepted=frozenset().union(*(one.accepted for one in found)),
            agreed=frozenset().union(*(one.agreed for one in found)),
        )


_ORDER = ("valid", "unsigned", NONE, "stale", "expired", "invalid", "rejected")
_GOOD = frozenset({"valid", "unsigned"})


def _approval(judged: Judged) -> Approval:
    state = judged.state
    if state is None or judged.recorded is None:
        return NOBODY
    signoff = judged.recorded.statement.predicate if judged.recorded.statement else None
    if state.approves and signoff is not None:
        signed = state.signature.state == "verified"
        return Approval(
            state="valid" if signed else "unsigned",
            why=state.why,
            accepted=frozenset(signoff.accepted),
            agreed=frozenset(one.fingerprint for one in signoff.exceptions if one.agreement),
            digest=judged.recorded.digest,
            words=_words(signoff, judged.recorded.digest),
        )
    if state.holds:
        return Approval(state="rejected", why=f"it was rejected: {signoff.note}" if signoff else state.why)
    word = state.state.value if state.state.value in _ORDER else "invalid"
    return Approval(state=word, why=state.why)


def _words(signoff: Signoff, digest: str) -> str:
    return f"accepted by {signoff.approver.name} until {signoff.until} (sign-off {digest[:12]})"


def content_of(  # noqa: PLR0913  the parts of one content
    entry: LockEntry,
    use_case: UseCase,
    evaluation: Evaluation,
    verdict: Verdict,
    open_ones: Iterable[LockedFinding],
    *,
    stated: bool,
) -> Content:
    """Return what a decision on a model is bound to, from its facts and how they were judged.

    The law: it is what the report on the release itself gives, but for the policy, catalogue and tool, which
    are not compared.
    """
    duties = (*evaluation.obligations, *evaluation.restrictions)
    return Content(
        name=entry.id,
        purl=entry.purl,
        revision=entry.revision,
        texts=tuple(
            BoundText(
                path=one.path,
                source=one.source.value,
                sha256=one.sha256,
                words_sha256=one.words_sha256,
                prose=one.prose,
            )
            for one in entry.legal_files
        ),
        weights=tuple(
            BoundFile(path=one.path, size=one.size, sha256=one.sha256, how="stated" if one.sha256 else "none")
            for one in entry.files
        ),
        concluded=tuple(_concluded(entry)),
        effective=tuple(
            dict.fromkeys(
                BoundTerm(license=one.license, via=one.via, certain=one.certain) for one in entry.effective
            )
        ),
        use_case=bound_use(msgspec.to_builtins(use_case), stated=stated),
        verdict=verdict.verdict.value,
        findings=tuple(_findings(evaluation, open_ones)),
        duties=tuple(
            {
                one.id: BoundDuty(id=one.id, applies=one.applies)
                for one in sorted(duties, key=lambda one: one.id)
            }.values()
        ),
    )


def _concluded(entry: LockEntry) -> Iterator[BoundLicense]:
    for component in Component:
        one = entry.concluded.get(component) or LockedConclusion(status=Status.UNKNOWN)
        yield BoundLicense(
            component=component.value, status=one.status.value, keys=one.keys, candidates=one.candidates
        )


def _findings(evaluation: Evaluation, open_ones: Iterable[LockedFinding]) -> list[BoundFinding]:
    found_ones: tuple[Finding | LockedFinding, ...] = (*evaluation.findings, *open_ones)
    found = {
        one.fingerprint: BoundFinding(
            fingerprint=one.fingerprint, rule=one.rule, severity=one.severity.value, message=one.message
        )
        for one in found_ones
    }
    return [found[key] for key in sorted(found)]


__all__ = ["NOBODY", "Approval", "Approvals", "content_of"]
