# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A rich Report made by hand: every verdict, every status, every outcome, and hostile words."""

from itertools import cycle

import msgspec

from scanner.model.base import Evidence
from scanner.model.conclusion import (
    ConcludedLicense,
    EffectiveLicense,
    Licenses,
    LineageEdge,
    ParentTerms,
    Rejected,
    Relation,
    Status,
)
from scanner.model.finding import (
    ActVerdict,
    Duty,
    Finding,
    Outcome,
    Severity,
    Step,
    Verdict,
    VerdictWord,
)
from scanner.model.license import Act
from scanner.model.openness import (
    Axis,
    AxisGrade,
    Check,
    Checklist,
    CheckOutcome,
    ComponentState,
    Grade,
    Label,
    MofClaim,
    MofClass,
    OpennessAssessment,
    Presence,
)
from scanner.model.reading import LicenseReading, Source
from scanner.model.release import Artifact, ArtifactKind, Component, Confidence, Unread
from scanner.model.report import (
    SCHEMA_VERSION,
    LicenseActs,
    NamedDataSet,
    NamedLicense,
    ReleaseReport,
    Report,
    Summary,
    Tool,
)
from scanner.model.usecase import DEFAULT_USE_CASE, Agreement, Revenue, UseCase, UserCount
from scanner.openness import frameworks
from scanner.openness.checks import eu_table, osaid_rules
from scanner.openness.mof import classify, mof_table

HOSTILE = (
    '<script>document.title="owned"</script>',
    "</script><!-- --><img src=x onerror=\"document.title='owned'\">",
    '"><a href="javascript:alert(1)">x</a>',
    "{{ 7 * 7 }} {% raw %}",
    "right-to-left \u202etxt.exe\u202c",
    "nul \x00 bell \x07 escape \x1b[31m",
    "::error::gotcha",
    '=cmd("calc")',
    "lone \udc80 surrogate",
)

STATED = UseCase(
    id="hosted",
    title="Hosted assistant",
    stated_by="A. B., product counsel",
    commercial=True,
    acts=(Act.HOSTED_SERVICE, Act.FINE_TUNING),
    users=(UserCount(of="group", month="2024-06", value=2_000_000),),
    revenue=(Revenue(of="entity", currency="EUR", amount=3_000_000),),
    establishment="DE",
    deployment=("DE", "FR"),
    industry="retail",
    sensitive_uses=(),
    agreements=(Agreement(license="acme-community-1", reference="contract 17 of 2026"),),
)

INTERNAL = UseCase(id="internal", stated_by="C. D.", commercial=False, acts=(Act.INTERNAL_USE,))

LICENSES = tuple(
    NamedLicense(
        key=key,
        name=f"{name}, Version 1",
        expression=f"LicenseRef-{key}",
        source=f"https://acme.example/{key}",
    )
    for key, name in (("acme-community-1", "Acme Community"), ("acme-permissive-1", "Acme Permissive"))
)

_GRADES = (Grade.OPEN, Grade.AVAILABLE, Grade.RESTRICTED, Grade.ABSENT, Grade.UNKNOWN, Grade.OPEN)
_STATUS = {
    VerdictWord.ALLOWED: Status.TEXT,
    VerdictWord.CONDITIONAL: Status.DECLARED,
    VerdictWord.REVIEW: Status.CONFLICT,
    VerdictWord.BLOCKED: Status.TEXT,
}


def evidence(number: int, *, quote: str | None = None, path: str = "README.md") -> Evidence:
    """Return a piece of evidence that differs for each number."""
    return Evidence(
        path=path,
        reader="model-card",
        lines=(number, number),
        key="license",
        quote=quote if quote is not None else f"license: acme-{number}",
        sha256=f"{number:064x}",
    )


def reading(source: Source, proof: Evidence, **more) -> LicenseReading:
    """Return a declared or detected licence of the weights."""
    fields = {"component": Component.WEIGHTS, "how": "tag", "raw": "acme", "key": "acme-permissive-1"}
    return LicenseReading(source=source, evidence=proof, **(fields | more))


def duty(number: int, kind: str, use_case: str, applies: str, proof: Evidence, **more) -> Duty:
    """Return an obligation or a restriction."""
    fields = {
        "id": f"{kind}/case-{number}:acme-permissive-1",
        "kind": kind,
        "title": f"{kind.title()} number {number}",
        "license": "acme-permissive-1",
        "section": f"{number}.1",
        "what": f"What {kind} {number} asks for, in plain words.",
        "triggered_by": (Act.HOSTED_SERVICE,) if applies != "no" else (),
        "why": f"because of reason {number}",
        "satisfied": ("yes", "no", "unknown")[number % 3],
        "evidence": (proof,),
    }
    return Duty(use_case=use_case, applies=applies, **(fields | more))


def finding(number: int, use_case: str, proof: Evidence, **more) -> Finding:
    """Return a finding; severity and outcome go round."""
    fields = {
        "rule": f"evidence/case-{number}",
        "outcome": (Outcome.FINDING, Outcome.UNKNOWN, Outcome.PASS)[number % 3],
        "severity": tuple(Severity)[number % 3],
        "confidence": Confidence.MEDIUM,
        "because": ("terms", "policy", "evidence")[number % 3],
        "message": f"Message of finding {number}.",
        "how_to_fix": f"Fix number {number}.",
        "evidence": (proof,),
        "trace": (Step(condition="use.commercial is true", result="true", facts=("use.commercial = true",)),),
        "settle": f"Answer {number}." if number % 3 == 1 else None,
        "fingerprint": f"{number:064x}",
    }
    return Finding(use_case=use_case, **(fields | more))


def release(
    number: int,
    verdict: VerdictWord,
    use_cases: tuple[UseCase, ...],
    *,
    name: str | None = None,
    words: str = "",
) -> ReleaseReport:
    """Return one release; ``words`` are put wherever a stranger can write."""
    card = evidence(3, quote=f"license: acme {words}".strip())
    text = Evidence(
        path="LICENSE" + words,
        reader="license-file",
        lines=(10, 12),
        quote=f"You may use\r\nthe Model {words}\nas you wish.",
        sha256="b" * 64,
    )
    header = Evidence(
        path="model.gguf", reader="gguf-header", key="general.license", quote=None, sha256="c" * 64
    )
    status = _STATUS[verdict]
    known = status in {Status.TEXT, Status.DECLARED}
    weights = ConcludedLicense(
        component=Component.WEIGHTS,
        status=status,
        why=f"Why it is {status.value}. {words}",
        keys=("acme-permissive-1",) if known else (),
        expression="LicenseRef-acme-permissive-1" if known else None,
        candidates=() if known else ("acme-permissive-1", "acme-community-1"),
        rejected=(
            Rejected(key="acme-old", source="card", path="README.md", lines=(9, 9), why=f"older {words}"),
        ),
        evidence=(card, text),
    )
    rest = (
        ConcludedLicense(
            component=Component.CODE, status=Status.CLOSEST, why="Near it.", candidates=("acme-permissive-1",)
        ),
        ConcludedLicense(component=Component.DATA, status=Status.UNKNOWN, why="No data is here."),
        ConcludedLicense(component=Component.DOCUMENTATION, status=Status.UNKNOWN, why="Nothing says."),
    )
    ids = [use_case.id for use_case in use_cases]
    return ReleaseReport(
        name=f"acme/model-{number}" if name is None else name,
        path=f"models/acme/model-{number}{words}",
        purl=f"pkg:huggingface/acme/model-{number}@{'a' * 40}",
        revision="a" * 40 if number % 2 else None,
        confidence=Confidence.HIGH,
        signs=("weights file", "card with a model key"),
        verdict=verdict,
        verdicts=tuple(
            Verdict(
                use_case=one,
                verdict=verdict,
                because=("terms", "answer-missing"),
                reasons=(f"First reason of {number}. {words}", "Second reason."),
                settle=(f"State the users in {number}.",),
            )
            for one in ids
        ),
        acts=tuple(
            ActVerdict(
                use_case=one.id,
                act=act,
                planned=act in (one.acts or ()),
                verdict=tuple(VerdictWord)[(number + place) % 4],
            )
            for one in use_cases
            for place, act in enumerate(Act)
        ),
        licenses=Licenses(
            declared=(
                reading(Source.CARD, card, note=words),
                reading(Source.GGUF, header, key=None, candidates=("acme-permissive-1", "acme-community-1")),
            ),
            detected=(
                reading(Source.LICENSE_FILE, text, how="exact", expression="LicenseRef-acme-permissive-1"),
            ),
            concluded=(weights, *rest),
        ),
        lineage=(
            LineageEdge(
                parent=f"acme/base{words}",
                relation=tuple(Relation)[number % 7],
                how="declared",
                confidence=Confidence.HIGH,
                evidence=(evidence(5, quote=f"base_model: acme/base{words}"),),
                terms=ParentTerms(keys=("acme-community-1",), how="family", why="By its name."),
            ),
        ),
        data_sets=(
            NamedDataSet(
                name=f"acme/data{words}",
                keys=("acme-permissive-1",),
                certain=True,
                why=f"its own card says so {words}",
                evidence=(evidence(6, quote=f"- acme/data{words}"),),
            ),
            NamedDataSet(name="acme/other-data", why="its terms are not known here"),
        ),
        effective=(
            EffectiveLicense(key="acme-permissive-1", why="its text is here"),
            EffectiveLicense(
                key="acme-community-1",
                via="acme/base",
                relation=Relation.FINETUNE,
                certain=False,
                why="inherited",
            ),
        ),
        obligations=tuple(
            duty(place, "obligation", one, applies, text)
            for one in ids
            for place, applies in enumerate(("yes", "no", "unknown"), 1)
        ),
        restrictions=tuple(
            duty(
                place,
                "restriction",
                one,
                applies,
                text,
                via="acme/base",
                license="acme-community-1",
                certain=False,
            )
            for one in ids
            for place, applies in enumerate(("unknown", "no"), 4)
        ),
        findings=tuple(
            finding(place, one, card, message=f"Message of finding {place}. {words}")
            for one in ids
            for place in range(6)
        ),
        openness=OpennessAssessment(
            label=Label.WEIGHTS_OPEN,
            why="The weights are open and nothing else is.",
            axes=tuple(
                AxisGrade(
                    axis=axis,
                    grade=grade,
                    why=f"Why {axis.value}.",
                    evidence=(card,) if axis is Axis.WEIGHTS else (),
                )
                for axis, grade in zip(Axis, _GRADES, strict=True)
            ),
            step_up="A step.",
            calls_itself_open=(evidence(40, quote=f"We open-source it. {words}"),),
            mof=classify(
                tuple(
                    ComponentState(
                        id=component.id,
                        presence=presence,
                        license=f"CC-BY-4.0{words}" if presence is Presence.HERE else None,
                        path=f"a/b{words}" if presence is not Presence.NOT_FOUND else None,
                        accepted=presence is Presence.HERE,
                        conditional=component.id == "model-architecture",
                        why=f"Why {component.id}. {words}",
                        evidence=(card,) if presence is Presence.ELSEWHERE else (),
                    )
                    for component, presence in zip(mof_table().components, cycle(Presence), strict=False)
                ),
                MofClaim(reached=MofClass.II, why=f"its author says so {words}"),
            ),
            osaid=checklist("cannot-be-met", osaid_rules(), words),
            eu_ai_act=checklist("open-points", eu_table().checks, words),
        ),
        files=(
            Artifact(
                path="README.md", kind=ArtifactKind.CARD, size=812, sha256="d" * 64, sha256_how="computed"
            ),
            Artifact(
                path=f"model{words}.gguf",
                kind=ArtifactKind.WEIGHTS,
                size=4096,
                format="gguf",
                header_sha256="c" * 64,
            ),
            Artifact(path="weights.bin", kind=ArtifactKind.WEIGHTS, size=10, format="pickle"),
        ),
        unread=(Unread(path=f"weights.bin{words}", reason="a pickle is never opened"),)
        if number % 2 == 0
        else (),
    )


def checklist(outcome, rules, words):
    """Return a test with an outcome of every kind."""
    return Checklist(
        outcome=outcome,
        why=f"Why {outcome}. {words}",
        checks=tuple(
            Check(
                id=rule.id, outcome=one, why=f"Why {rule.id}. {words}", evidence=(evidence(41, quote=words),)
            )
            for rule, one in zip(rules, cycle(CheckOutcome), strict=False)
        ),
    )


def report(
    *releases: ReleaseReport,
    use_cases: tuple[UseCase, ...] = (DEFAULT_USE_CASE,),
    stated: bool = False,
) -> Report:
    """Assemble releases with counts that agree."""
    counts = {word.value: sum(one.verdict is word for one in releases) for word in VerdictWord}
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="modelscan", version="0.0.0"),
        catalogue_digest="e" * 64,
        policy_digest="f" * 64,
        as_of="2026-01-31",
        use_cases=use_cases,
        use_case_stated=stated,
        summary=Summary(releases=len(releases), **counts),
        releases=releases,
        licenses=LICENSES if releases else (),
        license_acts=(
            LicenseActs(
                license="llama-3.1",
                title="Llama 3.1 Community License Agreement",
                acts=tuple(
                    ActVerdict(
                        use_case=case.id,
                        act=act,
                        planned=act in (case.acts or ()),
                        verdict=VerdictWord.REVIEW,
                    )
                    for case in use_cases
                    for act in Act
                ),
            ),
        ),
        frameworks=frameworks(),
        not_checked=(Unread(path="tools", reason="it holds a build file and no sign of a model"),),
    )


def rich() -> Report:
    """Return a report with every verdict, two stated use cases and no hostile word."""
    use_cases = (STATED, INTERNAL)
    releases = (release(number, word, use_cases) for number, word in enumerate(VerdictWord))
    return report(*releases, use_cases=use_cases, stated=True)


def assumed() -> Report:
    """Return a report for which no use case was stated."""
    return report(*(release(number, word, (DEFAULT_USE_CASE,)) for number, word in enumerate(VerdictWord)))


def hostile() -> Report:
    """Return a report in which strangers tried everything."""
    return report(
        *(
            release(number, VerdictWord.REVIEW, (DEFAULT_USE_CASE,), name=f"acme/{words}", words=words)
            for number, words in enumerate(HOSTILE)
        )
    )


def empty() -> Report:
    """Return a report without a release."""
    return report()


def single() -> Report:
    """Return a report of one release that needs review: what the snapshots hold."""
    return report(release(2, VerdictWord.REVIEW, (STATED,)), use_cases=(STATED,), stated=True)


def common(number: int, verdict: VerdictWord) -> ReleaseReport:
    """Return a release as most are: a tag, three duties, one finding, a few files."""
    full = release(number, verdict, (DEFAULT_USE_CASE,))
    return msgspec.structs.replace(
        full,
        obligations=full.obligations[:2],
        restrictions=full.restrictions[:1],
        findings=full.findings[:1],
        lineage=(),
    )


def large(number: int) -> Report:
    """Return a report of many releases."""
    return report(*(common(place, tuple(VerdictWord)[place % 4]) for place in range(number)))
