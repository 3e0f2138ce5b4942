# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a check of a source repository says: one value that every surface is a view of."""

from typing import Literal

from scanner.model.base import Value
from scanner.model.change import Change
from scanner.model.finding import Duty, Outcome, Severity, Verdict, VerdictWord
from scanner.model.lock import LockEntry
from scanner.model.reference import Reference, ReferenceKind
from scanner.model.release import Unread
from scanner.model.report import Tool

CHECK_SCHEMA_VERSION = "0.1.0"
"""Of the JSON of a check. 0.x may still rename; from 1.0 on, names only grow."""

KnownBy = Literal["hub", "files", "lock", "correction", "nothing"]
"""Where the evidence for a model is: asked for on the Hub in this run, files at hand, the lock, a person's
correction, nowhere."""


class Dependency(Value, frozen=True, kw_only=True):
    """One model or data set that a repository names, at one revision, with every place that names it."""

    kind: ReferenceKind
    id: str | None
    """None: it cannot be told without running the code."""

    revision: str | None
    references: tuple[Reference, ...]

    @property
    def name(self) -> str:
        """As a reader is told it."""
        if self.id is None:
            return self.references[0].expression
        return f"{self.id}@{self.revision}" if self.revision else self.id


class Matter(Value, frozen=True, kw_only=True):
    """One reason for a verdict that keeps a model from passing."""

    rule: str
    severity: Severity
    outcome: Outcome
    because: Literal["terms", "policy", "evidence"]
    message: str
    how_to_fix: str
    identity: str
    """The same while the matter is the same."""

    accepted: str | None = None
    """Who accepted it with a sign-off; exceptions stand at the findings."""


class JudgedModel(Value, frozen=True, kw_only=True):
    """One dependency under one section's use cases and policy."""

    dependency: Dependency
    section: str
    """Empty: the repository as a whole."""

    known_by: KnownBy
    entry: LockEntry | None
    """What is known of it."""

    why: str
    """Where that comes from, or why nothing is known."""

    verdict: VerdictWord | None
    """None: it was not judged."""

    verdicts: tuple[Verdict, ...] = ()
    matters: tuple[Matter, ...] = ()
    obligations: tuple[Duty, ...] = ()
    signoff: str | None = None
    """State of the sign-off in words; None: there is none."""

    signoff_why: str | None = None
    signoff_digest: str | None = None
    """Hex sha256 of the statement that approves."""


class GatePlace(Value, frozen=True, kw_only=True):
    """Where in the repository a finding stands."""

    path: str
    line: int | None = None
    column: int | None = None
    cell: int | None = None


class GateFinding(Value, frozen=True, kw_only=True):
    """One matter of one model, with all its places (SARIF ``result``)."""

    rule: str
    severity: Severity
    outcome: Outcome
    model: str
    """Name of the dependency, of the file or of the exception that it is about."""

    section: str = ""
    message: str
    how_to_fix: str
    places: tuple[GatePlace, ...] = ()
    gates: bool = True
    """Whether it counts for the exit code: it is new, in a part of the repository that is judged, accepted by
    nobody, and no mere note."""

    introduced: bool = True
    """Whether the change brings it in; without a base, everything counts as such."""

    accepted: str | None = None
    """Why it does not gate although it holds: an exception, or the baseline."""

    fingerprint: str
    """Hex digest that stays the same while the matter does, whatever lines move."""


class RuleWords(Value, frozen=True, kw_only=True):
    """What a reader is told of a rule that spoke, whatever it spoke of."""

    id: str
    title: str
    severity: Severity
    why: str
    fix: str
    """What to do, with facts as words in brackets."""

    aliases: tuple[str, ...] = ()
    """Names that it had before."""


class GateSummary(Value, frozen=True, kw_only=True):
    """Counts that every surface shows."""

    references: int
    models: int
    findings: int
    failing: int
    """Findings that gate."""

    errors: int
    warnings: int
    notes: int
    accepted: int
    existing: int
    """Findings that were there before the change."""


class Comparison(Value, frozen=True, kw_only=True):
    """The two states that a change lies between."""

    base: str
    """40 hex digits: the commit whose policy, exceptions and signers hold."""

    merge_base: str
    """40 hex digits: the commit that the change is held against."""

    head: str


class CheckReport(Value, frozen=True, kw_only=True):
    """The result of a check; every output is a view of it."""

    schema_version: str
    tool: Tool
    catalogue_digest: str
    as_of: str
    use_case_stated: bool
    comparison: Comparison | None
    online: bool
    statement: str
    """What was judged and by whose policy, in one sentence."""

    summary: GateSummary
    verdict: Literal["passed", "failed"]
    worst: VerdictWord | None
    """The worst verdict among what gates."""

    references: tuple[Reference, ...]
    models: tuple[JudgedModel, ...]
    changes: tuple[Change, ...]
    findings: tuple[GateFinding, ...]
    rules: tuple[RuleWords, ...] = ()
    """Of the findings, sorted by id."""

    within: str = ""
    """Path of the checked folder below the top of its git repository; places are relative to the folder."""

    notes: tuple[str, ...] = ()
    """What a reader must know of the check itself."""

    unread: tuple[Unread, ...] = ()
