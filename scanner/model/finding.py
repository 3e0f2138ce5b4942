# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Rules, and what comes out of them: findings, obligations, restrictions, verdicts."""

from enum import StrEnum
from typing import Any, Literal

from msgspec import field

from scanner.model.base import Evidence, Value
from scanner.model.license import Act
from scanner.model.release import Confidence


class Severity(StrEnum):
    """``error`` makes a verdict blocked, ``warning`` makes it review, ``note`` never gates."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    """What a rule says. A missing fact gives unknown, never pass."""

    FINDING = "finding"
    PASS = "pass"  # noqa: S105  an outcome, not a password
    UNKNOWN = "unknown"


class VerdictWord(StrEnum):
    """From best to worst."""

    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    REVIEW = "review"
    BLOCKED = "blocked"


class Step(Value, frozen=True, kw_only=True):
    """One condition of a rule as it was evaluated."""

    condition: str
    """The condition in words: ``use.commercial is true``."""

    result: Literal["true", "false", "unknown"]
    facts: tuple[str, ...] = ()
    """The facts that it read, as ``name = value`` or ``name not stated``."""


class Example(Value, frozen=True, kw_only=True):
    """One case that a rule carries with it."""

    name: str
    facts: dict[str, Any]
    expect: Outcome


class Rule(Value, frozen=True, kw_only=True):
    """One rule file. The path below ``rules/`` is the id."""

    id: str
    kind: Literal["finding", "obligation", "restriction"]
    title: str
    severity: Severity
    confidence: Confidence
    because: Literal["terms", "policy", "evidence"]
    """What a finding of this rule rests on; shown beside the verdict."""

    why: str
    references: tuple[str, ...]
    ranges_over: str = field(name="for")
    """What the rule is evaluated once for: ``release``, ``license`` (each that binds, or may),
    ``clause(KIND)`` (each clause of that kind in them) or ``parent`` (each base model)."""

    where: dict[str, Any] | None = None
    """Which of those it speaks of at all; about the others it says nothing, not even pass."""

    when: dict[str, Any]
    """Finding: the fault. Obligation: the duty applies. Restriction: a planned act is caught by it."""

    satisfied_when: dict[str, Any] | None = None
    """Obligations that can be checked on the release itself."""

    message: str
    """What the matter is, with facts in braces: ``{clause.value}``."""

    fix: str
    why_not: str | None = None
    """Why a duty does not apply, when the condition is false for another reason than the planned acts."""

    settles: str | None = None
    """What would settle an unknown outcome where a fact is wanting that has no such words of its own."""

    quotes: str | None = None
    """The fact whose places a finding quotes. None: what the rule ranges over."""

    unknown: str | None = None
    """``never: REASON`` when every fact that the rule reads is total."""

    sides: bool = False
    """Whether a finding ends with the verdict under each of the licences that may bind."""

    aliases: tuple[str, ...] = ()
    replaces: str | None = None
    """In a rule of the user: its own id, when it takes the place of ours on purpose."""

    examples: tuple[Example, ...]


class Finding(Value, frozen=True, kw_only=True):
    """One outcome that a reader must know (SARIF ``result``; ORT ``RuleViolation``)."""

    rule: str
    outcome: Outcome
    severity: Severity
    confidence: Confidence
    because: Literal["terms", "policy", "evidence"]
    use_case: str
    message: str
    how_to_fix: str
    evidence: tuple[Evidence, ...] = ()
    trace: tuple[Step, ...] = ()
    settle: str | None = None
    """What a person can state that would settle it: the answer that is wanting, or an agreement."""

    fingerprint: str
    """Hex digest that stays the same while the matter stays the same, whatever moves around it."""


class Duty(Value, frozen=True, kw_only=True):
    """An obligation or restriction of a binding licence, under one use case."""

    id: str
    """``<rule id>:<licence key>[:via]``, unique within a release and use case."""

    kind: Literal["obligation", "restriction"]
    title: str
    license: str
    section: str
    via: str | None = None
    """The ancestor that it comes from; None: the release's own licence."""

    use_case: str
    what: str
    """What must be done, or may not be done, in plain words."""

    triggered_by: tuple[Act, ...] = ()
    """Planned acts that trigger it."""

    applies: Literal["yes", "no", "unknown"]
    why: str
    satisfied: Literal["yes", "no", "unknown"]
    certain: bool = True
    """False: the licence is only a candidate."""

    evidence: tuple[Evidence, ...] = ()


class Verdict(Value, frozen=True, kw_only=True):
    """One release under one use case."""

    use_case: str
    verdict: VerdictWord
    because: tuple[Literal["terms", "policy", "evidence", "answer-missing"], ...]
    reasons: tuple[str, ...]
    settle: tuple[str, ...] = ()
    """Answers that would settle what is unknown."""


class ActVerdict(Value, frozen=True, kw_only=True):
    """One release, one use case, one act alone: a cell of the matrix."""

    use_case: str
    act: Act
    planned: bool
    """Whether the use case plans it."""

    verdict: VerdictWord
