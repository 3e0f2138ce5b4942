# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Between a report on a release and its entry in the lock, and back to what rules are asked about.

The law: what an entry is judged to be is what its report was judged to be, under the same use case and
policy.
"""

import hashlib
from collections.abc import Iterable, Iterator

from scanner.evaluate import Subject
from scanner.model.conclusion import (
    ConcludedLicense,
    EffectiveLicense,
    Licenses,
    LineageEdge,
    ParentTerms,
    Status,
)
from scanner.model.curation import Curation
from scanner.model.gate import Dependency, KnownBy
from scanner.model.license import Catalogue
from scanner.model.lock import (
    LockedBase,
    LockedConclusion,
    LockedFile,
    LockedFinding,
    LockedOpenness,
    LockedTerm,
    LockedText,
    LockEntry,
)
from scanner.model.openness import AxisGrade, MofAssessment, OpennessAssessment
from scanner.model.policy import Policy
from scanner.model.reading import Facts, Source
from scanner.model.release import Artifact, ArtifactKind, Component, Confidence, Release
from scanner.model.report import ReleaseReport
from scanner.signoff import bound_texts

_STATED = "as modelscan.lock states"


def entry_of(dependency: Dependency, report: ReleaseReport, source: KnownBy) -> LockEntry:
    """Return what a report says of a model, as facts that can be judged again."""
    assert dependency.id is not None  # noqa: S101  only what has a name is looked for
    return LockEntry(
        id=dependency.id,
        requested=dependency.revision,
        revision=report.revision,
        purl=report.purl,
        source="hub" if source == "hub" else "files",
        declared=_words(report.licenses.declared),
        detected=_words(report.licenses.detected),
        concluded={
            one.component: LockedConclusion(
                status=one.status,
                rule=one.rule,
                keys=one.keys,
                candidates=one.candidates,
                expression=one.expression,
            )
            for one in report.licenses.concluded
            if one.component is Component.WEIGHTS or one.status is not Status.UNKNOWN or one.candidates
        },
        effective=tuple(
            LockedTerm(license=one.key, via=one.via, relation=one.relation, certain=one.certain)
            for one in report.effective
        ),
        multimodal=report.multimodal,
        base_models=tuple(
            LockedBase(id=edge.parent, relation=edge.relation, how=edge.how) for edge in report.lineage
        ),
        obligations=tuple(sorted({one.id for one in report.obligations if one.applies != "no"})),
        openness=LockedOpenness(
            label=report.openness.label,
            axes={graded.axis: graded.grade for graded in report.openness.axes},
            mof=report.openness.mof.reached if report.openness.mof else None,
        ),
        findings=tuple(_evidence_findings(report)),
        legal_files=tuple(
            LockedText(
                path=one.path,
                source=Source(one.source),
                sha256=one.sha256,
                words_sha256=one.words_sha256,
                prose=one.prose,
            )
            for one in bound_texts(report)
        ),
        files=tuple(
            LockedFile(path=one.path, size=one.size, sha256=one.sha256)
            for one in sorted(report.files, key=lambda one: one.path)
            if one.kind is ArtifactKind.WEIGHTS
        ),
        tree_digest=_tree(report.files),
        references=tuple(sorted({one.path for one in dependency.references})),
    )


def corrected_entry(dependency: Dependency, curation: Curation, catalogue: Catalogue) -> LockEntry:
    """Return what a person states of a model of which there is no evidence at hand."""
    assert dependency.id is not None  # noqa: S101  a correction names it
    keys = tuple(sorted({catalogue.names.get(name.lower(), name) for name in curation.named}))
    expression = " AND ".join(
        record.spdx_expression if (record := catalogue.licenses.get(key)) else f"LicenseRef-{key}"
        for key in keys
    )
    return LockEntry(
        id=dependency.id,
        requested=dependency.revision,
        source="correction",
        concluded={
            Component.WEIGHTS: LockedConclusion(
                status=Status.CURATED, rule="curation", keys=keys, expression=expression
            )
        },
        effective=tuple(LockedTerm(license=key) for key in keys),
        references=tuple(sorted({one.path for one in dependency.references})),
    )


def subject_of(entry: LockEntry, catalogue: Catalogue, policy: Policy, as_of: str) -> Subject:
    """Return an entry as rules about terms and policy are asked about it; of its files nothing is known."""
    return Subject(
        release=Release(
            name=entry.id,
            path=entry.id,
            root="",
            named_by="lock",
            revision=entry.revision,
            purl=entry.purl,
        ),
        facts=Facts(),
        licenses=Licenses(concluded=tuple(_conclusions(entry))),
        effective=tuple(
            EffectiveLicense(
                key=one.license, via=one.via, relation=one.relation, certain=one.certain, why=_STATED
            )
            for one in entry.effective
        ),
        lineage=tuple(
            LineageEdge(
                parent=one.id,
                relation=one.relation,
                how=one.how,
                confidence=Confidence.MEDIUM,
                evidence=(),
                terms=ParentTerms(why=_STATED),
            )
            for one in entry.base_models
        ),
        catalogue=catalogue,
        policy=policy,
        openness=_openness(entry),
        multimodal=entry.multimodal,
        as_of=as_of,
    )


def _words(readings: Iterable[object]) -> tuple[str, ...]:
    found = (
        getattr(one, "expression", None) or getattr(one, "key", None) or getattr(one, "raw", None)
        for one in readings
    )
    return tuple(sorted({str(words) for words in found if words}))


def _evidence_findings(report: ReleaseReport) -> Iterator[LockedFinding]:
    """Yield each finding about the evidence once: they are the same under every use case."""
    seen: set[tuple[str, str]] = set()
    for one in report.findings:
        if one.because == "evidence" and (one.rule, one.message) not in seen:
            seen.add((one.rule, one.message))
            yield LockedFinding(
                rule=one.rule,
                severity=one.severity,
                outcome=one.outcome,
                message=one.message,
                how_to_fix=one.how_to_fix,
                fingerprint=one.fingerprint,
            )


def _tree(files: Iterable[Artifact]) -> str:
    lines = sorted(f"{one.size} {one.path}\n" for one in files)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _conclusions(entry: LockEntry) -> Iterator[ConcludedLicense]:
    for component in Component:
        one = entry.concluded.get(component)
        yield ConcludedLicense(
            component=component,
            status=one.status if one else Status.UNKNOWN,
            why=_STATED,
            rule=one.rule if one else "nothing",
            keys=one.keys if one else (),
            candidates=one.candidates if one else (),
            expression=one.expression if one else None,
        )


def _openness(entry: LockEntry) -> OpennessAssessment | None:
    if entry.openness is None:
        return None
    return OpennessAssessment(
        label=entry.openness.label,
        why=_STATED,
        axes=tuple(
            AxisGrade(axis=axis, grade=grade, why=_STATED) for axis, grade in entry.openness.axes.items()
        ),
        mof=MofAssessment(reached=entry.openness.mof, next=None, classes={}, components=()),
    )
