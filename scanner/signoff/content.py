# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report to the content that decisions are bound to, one for each release and use case.

The law of this file: a report and the JSON that was written of it give the same content.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from scanner.errors import ConfigError
from scanner.model.finding import Duty
from scanner.model.reading import How, Source
from scanner.model.release import ArtifactKind
from scanner.model.report import LegalFile, ReleaseReport, Report
from scanner.model.signoff import (
    BoundDuty,
    BoundFile,
    BoundFinding,
    BoundLicense,
    BoundTerm,
    BoundText,
    BoundUse,
    Content,
)

_OF_TEXTS = {one.value for one in How} - {How.MENTION.value}
"""How a detected licence was read when its text, or a part of it, is there."""

_NAMING = ("id", "title", "stated_by")
"""What names a use case and answers nothing."""


def contents_of(report: Report) -> tuple[Content, ...]:
    """Return the content of every release of a report, under every use case."""
    uses = [bound_use(msgspec.to_builtins(one), stated=report.use_case_stated) for one in report.use_cases]
    return tuple(_of_release(report, release, use) for release in report.releases for use in uses)


def _of_release(report: Report, release: ReleaseReport, use: BoundUse) -> Content:
    duties = (*release.obligations, *release.restrictions)
    verdicts = {one.use_case: one.verdict.value for one in release.verdicts}
    return Content(
        name=release.name,
        purl=release.purl,
        revision=release.revision,
        texts=bound_texts(release),
        weights=tuple(
            BoundFile(
                path=one.path,
                size=one.size,
                sha256=one.sha256,
                how=one.sha256_how,
                header_sha256=one.header_sha256,
            )
            for one in release.files
            if one.kind is ArtifactKind.WEIGHTS
        ),
        concluded=tuple(
            BoundLicense(
                component=one.component.value,
                status=one.status.value,
                keys=one.keys,
                candidates=one.candidates,
            )
            for one in release.licenses.concluded
        ),
        effective=tuple(
            dict.fromkeys(
                BoundTerm(license=one.key, via=one.via, certain=one.certain) for one in release.effective
            )
        ),
        use_case=use,
        verdict=verdicts.get(use.id),
        findings=_findings(release.findings, use),
        duties=_duties(duties, use),
        policy_digest=report.policy_digest,
        catalogue_digest=report.catalogue_digest,
        tool=f"{report.tool.name} {report.tool.version}",
    )


def bound_texts(release: ReleaseReport) -> tuple[BoundText, ...]:
    """Return the texts of a release that may bind, with whether a card is prose and no more."""
    terms = {(one.path, one.source) for one in release.clauses} | {
        (one.evidence.path, one.source) for one in release.licenses.detected if one.how in _OF_TEXTS
    }
    return _texts(release.legal, {path for path, source in terms if source is Source.CARD})


def bound_use(use_case: Mapping[str, Any], *, stated: bool) -> BoundUse:
    """Return what a decision binds of a use case, given as plain values.

    Args:
        use_case: As a report or a configuration gives it.
        stated: Whether a person stated it.
    """
    title = use_case.get("title")
    return BoundUse(id=str(use_case["id"]), digest=use_digest(use_case), title=title, stated=stated)


def use_digest(use_case: Mapping[str, Any]) -> str:
    """Return the hex sha256 of what a use case answers, in whatever order and under whatever name.

    >>> one = {"id": "a", "acts": ["fine-tuning", "internal-use"], "industry": None}
    >>> use_digest(one) == use_digest({"id": "b", "acts": ["internal-use", "fine-tuning"]})
    True
    """
    answers = {key: value for key, value in use_case.items() if key not in _NAMING}
    return hashlib.sha256(_ordered(answers).encode("utf-8", "surrogatepass")).hexdigest()


def _ordered(value: object) -> str:
    """Return plain values as JSON in which order means nothing, and what is not stated is not there."""
    if isinstance(value, Mapping):
        parts = {key: _ordered(one) for key, one in sorted(value.items()) if one not in (None, [], (), {})}
        return "{" + ",".join(f"{json.dumps(key)}:{part}" for key, part in parts.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(sorted(map(_ordered, value))) + "]"
    return json.dumps(value)


def _texts(legal: Iterable[LegalFile], cards_with_terms: set[str]) -> tuple[BoundText, ...]:
    return tuple(
        BoundText(
            path=one.path,
            source=one.source.value,
            sha256=one.sha256,
            words_sha256=one.words_sha256,
            prose=one.source is Source.CARD and one.path not in cards_with_terms,
        )
        for one in legal
    )


def _findings(findings: Iterable[Any], use: BoundUse) -> tuple[BoundFinding, ...]:
    """Return the findings under one use case, each once."""
    found = {
        one.fingerprint: BoundFinding(
            fingerprint=one.fingerprint, rule=one.rule, severity=one.severity, message=one.message
        )
        for one in findings
        if one.use_case == use.id
    }
    return tuple(found[key] for key in sorted(found))


def _duties(duties: "Iterable[Duty | _Duty]", use: BoundUse) -> tuple[BoundDuty, ...]:
    """Return the duties under one use case, whether they apply or not."""
    found = {one.id: BoundDuty(id=one.id, applies=one.applies) for one in duties if one.use_case == use.id}
    return tuple(found[key] for key in sorted(found))


class _Named(msgspec.Struct, frozen=True):
    name: str
    version: str


class _Known(msgspec.Struct, frozen=True):
    digest: str


class _Verdict(msgspec.Struct, frozen=True):
    use_case: str
    verdict: str


class _Place(msgspec.Struct, frozen=True):
    path: str
    source: str
    how: str | None = None


class _Concluded(msgspec.Struct, frozen=True):
    status: str
    keys: tuple[str, ...]
    candidates: tuple[str, ...] = ()


class _Licenses(msgspec.Struct, frozen=True):
    detected: tuple[_Place, ...]
    concluded: dict[str, _Concluded]


class _Finding(msgspec.Struct, frozen=True):
    fingerprint: str
    rule: str
    severity: str
    message: str
    use_case: str


class _Duty(msgspec.Struct, frozen=True):
    id: str
    use_case: str
    applies: Any


class _File(msgspec.Struct, frozen=True):
    path: str
    kind: str
    size: int
    sha256: str | None
    sha256_how: Any
    header_sha256: str | None = None


class _Term(msgspec.Struct, frozen=True):
    license: str
    via: str | None
    certain: bool


class _Release(msgspec.Struct, frozen=True):
    name: str
    path: str
    purl: str | None
    revision: str | None
    verdicts: tuple[_Verdict, ...]
    licenses: _Licenses
    clauses: tuple[_Place, ...]
    legal: tuple[LegalFile, ...]
    effective: tuple[_Term, ...]
    obligations: tuple[_Duty, ...]
    restrictions: tuple[_Duty, ...]
    findings: tuple[_Finding, ...]
    files: tuple[_File, ...]


class _Document(msgspec.Struct, frozen=True):
    tool: _Named
    catalogue: _Known
    policy: _Known
    use_cases: tuple[dict[str, Any], ...]
    use_case_stated: bool
    releases: tuple[_Release, ...]


def contents_of_document(data: bytes, source: str) -> tuple[Content, ...]:
    """Return the same from a report as it was written to JSON.

    Raises:
        ConfigError: it is no report.
    """
    try:
        document = msgspec.json.decode(data, type=_Document)
        uses = [bound_use(one, stated=document.use_case_stated) for one in document.use_cases]
        found = tuple(_of_document(document, release, use) for release in document.releases for use in uses)
        # Built without checks, as all values are: what a stranger wrote is held against their types here.
        return msgspec.convert(msgspec.to_builtins(found), tuple[Content, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError) as error:
        raise ConfigError(
            f"it is no report of modelscan in JSON: {error}",
            source=source,
            advice="write one with `modelscan report PATH -o NAME.json`",
        ) from None


def _of_document(document: _Document, release: _Release, use: BoundUse) -> Content:
    card = Source.CARD.value
    terms = (*release.clauses, *(one for one in release.licenses.detected if one.how in _OF_TEXTS))
    return Content(
        name=release.name,
        purl=release.purl,
        revision=release.revision,
        texts=_texts(release.legal, {one.path for one in terms if one.source == card}),
        weights=tuple(
            BoundFile(
                path=one.path,
                size=one.size,
                sha256=one.sha256,
                how=one.sha256_how,
                header_sha256=one.header_sha256,
            )
            for one in release.files
            if one.kind == ArtifactKind.WEIGHTS.value
        ),
        concluded=tuple(
            BoundLicense(component=component, status=one.status, keys=one.keys, candidates=one.candidates)
            for component, one in release.licenses.concluded.items()
        ),
        effective=tuple(
            dict.fromkeys(
                BoundTerm(license=one.license, via=one.via, certain=one.certain) for one in release.effective
            )
        ),
        use_case=use,
        verdict={one.use_case: one.verdict for one in release.verdicts}.get(use.id),
        findings=_findings(release.findings, use),
        duties=_duties((*release.obligations, *release.restrictions), use),
        policy_digest=document.policy.digest,
        catalogue_digest=document.catalogue.digest,
        tool=f"{document.tool.name} {document.tool.version}",
    )
