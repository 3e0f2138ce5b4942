# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The whole result: complete, sorted, serialisable. Every output is a view of it."""

from typing import Literal

from scanner.model.base import Evidence, Value
from scanner.model.conclusion import EffectiveLicense, Licenses, LineageEdge
from scanner.model.finding import ActVerdict, Duty, Finding, Verdict, VerdictWord
from scanner.model.openness import Frameworks, OpennessAssessment
from scanner.model.reading import ReadClause, Source
from scanner.model.release import Artifact, Confidence, Unread
from scanner.model.signoff import ReportedSignoff
from scanner.model.usecase import UseCase

SCHEMA_VERSION = "0.1.0"
"""Of the JSON report. 0.x may still rename; from 1.0 on, names only grow."""

DISCLAIMER = "Indications for counsel, not legal advice."
"""The last words of every output."""


class Tool(Value, frozen=True, kw_only=True):
    """What made the report."""

    name: str
    version: str


class Summary(Value, frozen=True, kw_only=True):
    """Counts of releases by verdict."""

    releases: int
    allowed: int
    conditional: int
    review: int
    blocked: int


class LegalFile(Value, frozen=True, kw_only=True):
    """A text of the release that may bind, by its digests."""

    path: str
    source: Source
    sha256: str
    """Hex digest of the file's bytes."""

    words_sha256: str
    """Hex digest of its words after normalisation: layout, case and markup do not change it."""


class NamedLicense(Value, frozen=True, kw_only=True):
    """What a licence key of the report stands for."""

    key: str
    name: str
    expression: str
    """SPDX identifier, or a ``LicenseRef-`` where the SPDX list has none."""

    source: str
    """Address at which the licensor publishes the text."""


class NamedDataSet(Value, frozen=True, kw_only=True):
    """A data set that a release names under the key ``datasets``."""

    name: str
    """As it stands there."""

    keys: tuple[str, ...] = ()
    """Licence keys that are known for it. Empty: its terms are not known."""

    certain: bool = False
    """Whether its own card, in the scanned tree, concludes them; else they may hold."""

    why: str
    """How its terms are known, or that they are not."""

    evidence: tuple[Evidence, ...] = ()


class ReleaseReport(Value, frozen=True, kw_only=True):
    """Everything that is said of one release."""

    name: str
    path: str
    """POSIX path relative to the scanned root."""

    purl: str | None
    revision: str | None
    confidence: Confidence
    signs: tuple[str, ...]
    verdict: VerdictWord
    """The worst of ``verdicts``."""

    verdicts: tuple[Verdict, ...]
    acts: tuple[ActVerdict, ...]
    """The matrix of verdicts by act."""

    licenses: Licenses
    clauses: tuple[ReadClause, ...] = ()
    """Limits, bans and duties read from texts that state no known licence."""

    legal: tuple[LegalFile, ...] = ()
    """Every text that may bind: licences, notices, policies, cards, and what a gate asks."""

    multimodal: bool | None = None
    """Whether the model takes or makes more than text, as its own files say; None: they do not."""

    lineage: tuple[LineageEdge, ...]
    data_sets: tuple[NamedDataSet, ...] = ()
    """Those that its card or metadata name, in their order."""

    effective: tuple[EffectiveLicense, ...]
    obligations: tuple[Duty, ...]
    restrictions: tuple[Duty, ...]
    findings: tuple[Finding, ...]
    openness: OpennessAssessment
    files: tuple[Artifact, ...]
    unread: tuple[Unread, ...]
    signoffs: tuple[ReportedSignoff, ...] = ()
    """Decisions of people, and what each is worth for what lies here now."""


ExceptionState = Literal["holds", "ends-soon", "expired", "too-long", "no-agreement", "idle"]


class ReportedException(Value, frozen=True, kw_only=True):
    """An accepted finding as it stands on the day of the report; it changes no verdict."""

    model: str
    rules: tuple[str, ...]
    paths: tuple[str, ...] = ()
    reason: str
    person: str
    since: str | None
    until: str
    agreement: str | None
    days: int
    """That are left; negative: it ended that many days ago."""

    state: ExceptionState
    covers: tuple[str, ...]
    """Fingerprints of the findings that it covers."""


class LicenseActs(Value, frozen=True, kw_only=True):
    """What one licence by itself makes of each act, whatever release it binds: a row of the matrix."""

    license: str
    """Its key."""

    title: str
    acts: tuple[ActVerdict, ...]


class Report(Value, frozen=True, kw_only=True):
    """The audit report."""

    schema_version: str
    tool: Tool
    catalogue_digest: str
    policy_digest: str
    as_of: str
    """ISO date: an input, printed in every output."""

    use_cases: tuple[UseCase, ...]
    use_case_stated: bool
    """False: the defaults of the product apply, and every output says so first."""

    summary: Summary
    releases: tuple[ReleaseReport, ...]
    licenses: tuple[NamedLicense, ...] = ()
    """Every licence of the catalogue that the releases speak of, by key."""
    license_acts: tuple[LicenseActs, ...] = ()
    """For every licence that binds a release, or may, the verdict of each act under each use case."""

    frameworks: Frameworks = Frameworks()
    """The words of the openness tests, said once for all releases."""

    exceptions: tuple[ReportedException, ...] = ()
    """Findings that are accepted for a time, as they stand on the day of the report."""

    not_checked: tuple[Unread, ...]
    """What was seen under the scanned paths and not scanned, and what this version does not look at."""
