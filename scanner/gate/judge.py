# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What is known of a dependency, judged under use cases and policy: the verdict, and every reason for it."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from scanner.evaluate import Evaluation, evaluate, read_by
from scanner.gate.approvals import NOBODY, Approval, Approvals, content_of
from scanner.gate.entries import subject_of
from scanner.gate.evidence import Located
from scanner.model.base import Value
from scanner.model.finding import Duty, Finding, Outcome, Rule, Severity, Verdict, VerdictWord
from scanner.model.gate import Dependency, JudgedModel, Matter
from scanner.model.license import Catalogue
from scanner.model.lock import LockedFinding, LockEntry
from scanner.model.policy import Policy
from scanner.model.usecase import UseCase

_FROM_FILES = frozenset({"license.direct", "license.carried", "license.relation", "license.kept"})
"""Facts that an entry does not hold: what was found by them stands in it."""


class Terms(Value, frozen=True, kw_only=True):
    """By what a part of the repository is judged."""

    section: str = ""
    use_cases: tuple[UseCase, ...]
    policy: Policy
    stated: bool = False
    """Whether somebody stated the use cases."""


class Judge:
    """Judges entries; the rules are sorted once."""

    def __init__(
        self, catalogue: Catalogue, rules: Sequence[Rule], as_of: str, approvals: Approvals | None = None
    ) -> None:
        """Say by which rules, for which day, and who approved what."""
        self._catalogue, self._as_of = catalogue, as_of
        self._approvals = approvals or Approvals((), as_of)
        self._again = tuple(rule for rule in rules if _asked_again(rule))
        self._known = {rule.id for rule in self._again}
        self._duties = {rule.id for rule in rules if rule.kind == "obligation"}

    def judged(self, dependency: Dependency, located: Located, terms: Terms) -> JudgedModel:
        """Return the verdict on a dependency, with every reason for it."""
        entry = located.entry
        if entry is None:
            return JudgedModel(
                dependency=dependency,
                section=terms.section,
                known_by=located.known_by,
                entry=None,
                why=located.why,
                verdict=None,
            )
        subject = subject_of(entry, self._catalogue, terms.policy, self._as_of)
        evaluations = [evaluate(subject, self._again, use_case) for use_case in terms.use_cases]
        open_ones = tuple(one for one in entry.findings if one.rule not in self._known)
        verdicts = tuple(_with_evidence(one.verdict, open_ones) for one in evaluations)
        approval = self._approvals.of(
            content_of(entry, use_case, evaluation, verdict, open_ones, stated=terms.stated)
            for use_case, evaluation, verdict in zip(terms.use_cases, evaluations, verdicts, strict=True)
        )
        return JudgedModel(
            dependency=dependency,
            section=terms.section,
            known_by=located.known_by,
            entry=entry,
            why=located.why,
            verdict=max((one.verdict for one in verdicts), key=list(VerdictWord).index),
            verdicts=verdicts,
            matters=tuple(
                _accepted(one, approval, terms.policy) for one in self._matters(evaluations, open_ones)
            ),
            obligations=tuple(_due(evaluations)),
            signoff=None if approval == NOBODY else approval.state,
            signoff_why=approval.why,
            signoff_digest=approval.digest,
        )

    def _matters(
        self, evaluations: Sequence[Evaluation], open_ones: Sequence[LockedFinding]
    ) -> Iterator[Matter]:
        """Yield what keeps a model from passing, each once."""
        seen: set[str] = set()
        for finding in (one for evaluation in evaluations for one in evaluation.findings):
            if self._gates(finding) and finding.message not in seen:
                seen.add(finding.message)
                yield Matter(
                    rule=finding.rule,
                    severity=finding.severity,
                    outcome=finding.outcome,
                    because=finding.because,
                    message=finding.message,
                    how_to_fix=finding.how_to_fix,
                    identity=finding.fingerprint,
                )
        for one in open_ones:
            if one.severity is not Severity.NOTE and one.message not in seen:
                seen.add(one.message)
                yield Matter(
                    rule=one.rule,
                    severity=one.severity,
                    outcome=one.outcome,
                    because="evidence",
                    message=one.message,
                    how_to_fix=one.how_to_fix,
                    identity=one.fingerprint,
                )

    def _gates(self, finding: Finding) -> bool:
        """Whether a finding keeps a release from passing; of a duty, the doubt does."""
        return finding.severity is not Severity.NOTE or finding.rule in self._duties


def blocking(matter: Matter) -> bool:
    """Whether a matter forbids: what is not settled is for a person."""
    return matter.severity is Severity.ERROR and matter.outcome is Outcome.FINDING


def _accepted(matter: Matter, approval: Approval, policy: Policy) -> Matter:
    """Return a matter with who accepted it; what terms forbid is accepted with an agreement alone."""
    enough = approval.state == "valid" or "signature" not in policy.require
    needs_agreement = matter.because == "terms" and blocking(matter)
    named = approval.agreed if needs_agreement else approval.accepted | approval.agreed
    return replace(matter, accepted=approval.words) if enough and matter.identity in named else matter


def _asked_again(rule: Rule) -> bool:
    """Whether a rule can be asked about an entry, so that its answer does not stand there."""
    if rule.because != "evidence":
        return True
    return rule.ranges_over == "license" and _FROM_FILES.isdisjoint(read_by(rule))


def _with_evidence(verdict: Verdict, open_ones: Iterable[LockedFinding]) -> Verdict:
    """Return a verdict with what the evidence left open when it was read."""
    gating = [one for one in open_ones if one.severity is not Severity.NOTE]
    if not gating or verdict.verdict is VerdictWord.BLOCKED:
        return verdict
    earlier = verdict.reasons if verdict.verdict is VerdictWord.REVIEW else ()
    because = {"evidence", *(verdict.because if verdict.verdict is VerdictWord.REVIEW else ())}
    return replace(
        verdict,
        verdict=VerdictWord.REVIEW,
        because=tuple(sorted(because)),
        reasons=(*earlier, *(one.message for one in gating)),
    )


def _due(evaluations: Iterable[Evaluation]) -> Iterator[Duty]:
    seen: set[str] = set()
    for duty in (one for evaluation in evaluations for one in evaluation.obligations):
        if duty.applies != "no" and duty.id not in seen:
            seen.add(duty.id)
            yield duty


def entry_words(entry: LockEntry | None) -> str:
    """Return the licence of a model in words, also where nothing is known."""
    return entry.license_words if entry is not None else "unknown"


__all__ = ["Judge", "Terms", "blocking", "entry_words"]
