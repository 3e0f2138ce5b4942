# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A person's decision on a release, bound to the content that was reviewed, and whether it still holds."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from msgspec import Meta, field

from scanner.model.base import Value

STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE: Final = "https://pypi.org/project/modelscan-audit/signoff/v0.1"

Digest = Annotated[
    str, Meta(pattern="^[0-9a-f]{64}$", max_length=64, description="a sha256 in small letters")
]
"""Hex sha256; the length keeps a line break out, which ``$`` lets through."""

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$", max_length=10, description="a date")]
"""ISO date; that the day exists is checked where statements are read."""

EMAIL: Final = r"^[A-Za-z0-9._%+][A-Za-z0-9._%+-]*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$"
Email = Annotated[str, Meta(pattern=EMAIL, max_length=254, description="an e-mail address")]
"""What ``allowed_signers`` calls a principal: no blank, no pattern, no option."""

Words = Annotated[str, Meta(min_length=1, max_length=10_000)]


class Decision(StrEnum):
    """What the person decided."""

    APPROVE = "approve"
    CONDITIONAL = "conditional"
    """Approved while the conditions that are listed are met."""

    REJECT = "reject"


class BoundText(Value, frozen=True, kw_only=True):
    """A text of the release that may bind."""

    path: str
    source: str
    """Which kind of file it is, in the words of :class:`scanner.model.reading.Source`."""

    sha256: Digest
    words_sha256: Digest
    """Of its words after normalisation: white space, case and markup do not change it."""

    prose: bool = False
    """A card that holds no terms itself: what it says of licences stands in the conclusions, and other
    words of it bind nobody."""


class BoundFile(Value, frozen=True, kw_only=True):
    """One weights file."""

    path: str
    size: Annotated[int, Meta(ge=0)]
    """Bytes."""

    sha256: Digest | None = None
    """None: not known, so that the file can be compared by size and header only."""

    how: Literal["computed", "recorded", "stated", "none"] = "none"
    """Where the digest is from, see :class:`scanner.model.release.Artifact`."""

    header_sha256: Digest | None = None
    """Of the header bytes alone."""


class BoundLicense(Value, frozen=True, kw_only=True):
    """What was concluded for one component."""

    component: str
    status: str
    keys: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


class BoundTerm(Value, frozen=True, kw_only=True):
    """One licence that binds the weights, or may."""

    license: str
    via: str | None = None
    """The ancestor whose licence it is; None: the release's own."""

    certain: bool = True


class BoundUse(Value, frozen=True, kw_only=True):
    """The use case that the decision is for."""

    id: str
    digest: Digest
    """Of its answers, see :func:`scanner.signoff.content.use_digest`."""

    title: str | None = None
    stated: bool = True
    """False: nobody stated one, and the defaults were read."""


class BoundFinding(Value, frozen=True, kw_only=True):
    """One finding under the use case: compared by its fingerprint, told to a reader by the rest."""

    fingerprint: Digest
    rule: str = ""
    severity: str = ""
    """Empty: not known, and taken for one that gates."""

    message: str = ""

    @property
    def gates(self) -> bool:
        """Whether it makes a verdict worse, so that an approval should accept it in so many words."""
        return self.severity != "note"


class BoundDuty(Value, frozen=True, kw_only=True):
    """One obligation or restriction under the use case."""

    id: str
    applies: Literal["yes", "no", "unknown"] = "yes"


class Content(Value, frozen=True, kw_only=True):
    """One release under one use case, as far as a decision on it is bound to it.

    It needs no report: whoever keeps these facts (a lock file does) can build it from them. Where a field
    may be None, None means that it is not known, and what is not known is not compared.
    """

    name: str
    """``org/name``, or the folder's name."""

    purl: str | None = None
    """``pkg:huggingface/org/name@revision``."""

    revision: str | None = None
    texts: tuple[BoundText, ...] = ()
    weights: tuple[BoundFile, ...] = ()
    """The manifest: every weights file."""

    concluded: tuple[BoundLicense, ...] = ()
    effective: tuple[BoundTerm, ...] = ()
    use_case: BoundUse
    verdict: str | None = None
    findings: tuple[BoundFinding, ...] = ()
    duties: tuple[BoundDuty, ...] = ()
    policy_digest: str | None = None
    catalogue_digest: str | None = None
    tool: str | None = None
    """Name and version of what evaluated it."""


class Approver(Value, frozen=True, kw_only=True):
    """Who decided."""

    name: Words
    email: Email
    """Also the principal under which the signature must verify."""


class GrantedException(Value, frozen=True, kw_only=True):
    """An accepted finding with a reason, a person and an end date, as the configuration grants it."""

    fingerprint: Digest
    reason: Words
    person: Words
    until: Day
    agreement: str | None = None
    """The agreement that permits what the terms forbid."""


class DutyOwner(Value, frozen=True, kw_only=True):
    """Who sees to one duty."""

    duty: str
    """Its id in the content."""

    owner: Words


class Signoff(Value, frozen=True, kw_only=True):
    """The decision itself (in-toto ``predicate``)."""

    decision: Decision
    content: Content
    accepted: tuple[Digest, ...] = ()
    """Fingerprints of the findings that the person accepts. Others of the content stay open."""

    conditions: tuple[Words, ...] = ()
    owners: tuple[DutyOwner, ...] = ()
    exceptions: tuple[GrantedException, ...] = ()
    note: Annotated[str, Meta(max_length=10_000)] = ""
    approver: Approver
    decided: Day
    """A claim: an SSH signature carries no time."""

    until: Day
    """The last day on which it holds."""

    supersedes: tuple[Digest, ...] = ()
    """sha256 of the statements whose place it takes; several where two were made at once."""


class Subject(Value, frozen=True, kw_only=True):
    """One thing that the statement is about (in-toto ``ResourceDescriptor``)."""

    name: str
    digest: dict[Literal["sha256"], Digest]


class Statement(Value, frozen=True, kw_only=True):
    """The in-toto Statement v1 that is written, and signed."""

    type: Literal["https://in-toto.io/Statement/v1"] = field(name="_type")
    subject: tuple[Subject, ...]
    predicate_type: Literal["https://pypi.org/project/modelscan-audit/signoff/v0.1"] = field(
        name="predicateType"
    )
    predicate: Signoff


class Recorded(Value, frozen=True, kw_only=True):
    """One file of the store: a statement, or why it is none."""

    path: str
    """POSIX path below the folder of the sign-offs."""

    digest: str
    """Hex sha256 of the file's bytes; empty where they could not be read."""

    statement: Statement | None = None
    problem: str | None = None
    """Why it is not believed."""

    data: bytes = b""
    """What was signed: the file's bytes."""

    signature: bytes | None = None
    """The SSH signature that lies beside it."""


class Signature(Value, frozen=True, kw_only=True):
    """What came of checking a signature."""

    state: Literal["absent", "verified", "failed", "unchecked"]
    why: str = ""
    """Of a failed or unchecked one."""

    key: str | None = None
    """Kind and fingerprint of the key of a verified one."""


class State(StrEnum):
    """Whether a sign-off holds. Where several are true, the first in this order is the state."""

    INVALID = "invalid"
    SUPERSEDED = "superseded"
    STALE = "stale"
    EXPIRED = "expired"
    REVIEW_SUGGESTED = "review-suggested"
    NOT_REREAD = "weights-not-reread"
    """Nothing differs, and the weights were compared by less than digests that were computed now."""

    UNSIGNED = "unsigned"
    VALID = "valid"


class Part(StrEnum):
    """What of the content changed."""

    USE_CASE = "use-case"
    WEIGHTS = "weights"
    TEXT = "text"
    LICENSE = "licence"
    TERMS = "terms"
    VERDICT = "verdict"
    DUTY = "duty"
    FINDING = "finding"
    CARD = "card"
    REVISION = "revision"
    POLICY = "policy"
    CATALOGUE = "catalogue"
    TOOL = "tool"


class ContentChange(Value, frozen=True, kw_only=True):
    """One difference between what was signed off and what is there."""

    part: Part
    what: str = ""
    """The file, component, duty or finding."""

    before: str | None = None
    """None: it was not there."""

    after: str | None = None
    """None: it is there no more."""

    voids: bool
    """Whether the decision does not cover it: a sign-off with such a change is stale."""


Compared = Literal["computed", "recorded", "header", "size"]
"""How weights were compared, the weakest way of all files: by digests computed now, by recorded digests, by
size and header, by size."""


class SignoffState(Value, frozen=True, kw_only=True):
    """What a sign-off is worth for the content at hand."""

    state: State
    why: str
    decision: Decision | None = None
    signature: Signature
    changes: tuple[ContentChange, ...] = ()
    weights: Compared | None = None
    """None: they were not compared."""

    uncovered: tuple[BoundFinding, ...] = ()
    """Findings that gate and that the decision does not accept."""

    @property
    def holds(self) -> bool:
        """Whether the decision stands, whatever it was."""
        return self.state in _HOLDING

    @property
    def approves(self) -> bool:
        """Whether it stands and is no rejection."""
        return self.holds and self.decision is not Decision.REJECT


_HOLDING = frozenset({State.REVIEW_SUGGESTED, State.NOT_REREAD, State.UNSIGNED, State.VALID})


class ReportedSignoff(Value, frozen=True, kw_only=True):
    """A sign-off as a report shows it beside the verdict, which it never changes."""

    use_case: str
    state: State
    why: str
    decision: Decision | None
    """None: the statement could not be read."""

    approver: Approver | None = None
    decided: str | None = None
    until: str | None = None
    note: str = ""
    conditions: tuple[str, ...] = ()
    signature: Signature
    digest: str
    """Hex sha256 of the statement."""

    changes: tuple[ContentChange, ...] = ()
    weights: Compared | None = None
    uncovered: tuple[str, ...] = ()
    """Fingerprints of findings that gate and that the decision does not accept."""


class Judged(Value, frozen=True, kw_only=True):
    """One release under one use case, and one sign-off that concerns it."""

    release: str
    use_case: str
    recorded: Recorded | None = None
    """None: there is no sign-off."""

    signature: Signature | None = None
    """What came of checking its signature."""

    state: SignoffState | None = None
    """None: there is no sign-off, or nothing is wrong with it and it was held against no files."""


class Decided(Value, frozen=True, kw_only=True):
    """One decision as the page of a report writes it."""

    release: str
    """Path of the release in the report."""

    use_case: str
    decision: Decision
    until: str
    note: str = ""
    conditions: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    """Fingerprints of findings."""


class Decisions(Value, frozen=True, kw_only=True):
    """The file of decisions that the page of a report gives to its reader."""

    version: Literal[1]
    report: str
    """Hex sha256 of the report's JSON, as the page states it."""

    decisions: tuple[Decided, ...]
