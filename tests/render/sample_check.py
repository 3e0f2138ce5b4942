# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Checks made by hand: one with every kind of finding, and ones in which every word is hostile."""

import xml.etree.ElementTree as ET

import msgspec
from hypothesis import strategies as st

from scanner.model.base import Value
from scanner.model.change import Change, ChangeKind
from scanner.model.conclusion import Status
from scanner.model.finding import Duty, Outcome, Severity, VerdictWord
from scanner.model.gate import (
    CHECK_SCHEMA_VERSION,
    CheckReport,
    Comparison,
    Dependency,
    GateFinding,
    GatePlace,
    GateSummary,
    JudgedModel,
    RuleWords,
)
from scanner.model.license import Act
from scanner.model.lock import LockedConclusion, LockEntry
from scanner.model.reference import Reference, ReferenceKind, Tier
from scanner.model.release import Component, Confidence, Unread
from scanner.model.report import Tool

HOSTILE = (
    "::error::owned",
    "  ::set-output name=verdict::passed",
    "a\n::add-mask::e",
    "x ##[add-mask]e ##vso[task.complete result=Succeeded;]",
    "100% %0A::error::owned",
    "a:b,file=README.md,line=1::x",
    "`code` ``more`` \\` ",
    "a|b\\|c\\\\|d|",
    "@octocat and @org/team and #1 and GH-2 and org/name#3",
    "[click](https://evil.example) ![x](http://evil.example/p.png) https://evil.example www.evil.example",
    "<script>alert(1)</script> </details> <!-- --> <img src=x onerror=alert(1)>",
    "# heading\n\n- [ ] item\n> quote\n1. one",
    "1. one",
    "\u202egpj.exe\u202c \u2066x\u2069 \u200f",
    "]]> &amp; &#64; \x00\x1b[31m\x07\x9b \ud800 \udc80 \ufffe\uffff",
    "{0} {{x}} [a](1) $x^2$ ~~gone~~ **bold** __b__ *i* _i_",
    "=cmd()|' /C calc'!A0",
    "x" * 3_000,
)


replaced = msgspec.structs.replace


class Flags(Value, frozen=True, kw_only=True):
    """What a finding is to be."""

    severity: Severity
    standing: str
    """``gates``, ``told`` (in a part that is not judged), ``accepted``, ``before``."""


def finding(number: int, flags: Flags, words: str = "acme/model") -> GateFinding:
    """Return a finding with these words everywhere."""
    gates = flags.standing == "gates" and flags.severity is not Severity.NOTE
    return GateFinding(
        rule=f"gate/rule-{flags.severity.value}",
        severity=flags.severity,
        outcome=Outcome.FINDING,
        model=words,
        section=words if number % 2 else "",
        message=f"{words} may not be used here",
        how_to_fix=f"Replace {words}.",
        places=(
            GatePlace(path=f"src/{words}.py", line=number + 1, column=3),
            GatePlace(path="notes.ipynb", line=2, column=1, cell=4),
        )
        if number % 3
        else (),
        gates=gates,
        introduced=flags.standing != "before",
        accepted=f"accepted by {words} until 2027-01-01" if flags.standing == "accepted" else None,
        fingerprint=f"{number:064x}",
    )


def reference(words: str = "acme/model") -> Reference:
    return Reference(
        path=f"src/{words}.py",
        line=3,
        column=1,
        kind=ReferenceKind.MODEL,
        id=words,
        expression=words,
        how="from_pretrained",
        confidence=Confidence.HIGH,
        tier=Tier.PRODUCT,
    )


def duty(words: str) -> Duty:
    return Duty(
        id="terms/notice:acme",
        kind="obligation",
        title="Keep the notice",
        license="acme",
        section="2",
        use_case="default",
        what=f"Show {words} to users.",
        triggered_by=(Act.REDISTRIBUTION,),
        applies="yes",
        why="planned",
        satisfied="unknown",
    )


def judged(words: str = "acme/model") -> JudgedModel:
    entry = LockEntry(
        id=words,
        source="hub",
        concluded={Component.WEIGHTS: LockedConclusion(status=Status.TEXT, keys=(words,))},
    )
    return JudgedModel(
        dependency=Dependency(
            kind=ReferenceKind.MODEL, id=words, revision=None, references=(reference(words),)
        ),
        section="",
        known_by="hub",
        entry=entry,
        why=f"read on the Hub at {words}",
        verdict=VerdictWord.REVIEW,
        obligations=(duty(words),),
        signoff=words,
    )


def report(
    findings: tuple[GateFinding, ...], words: str = "acme/model", *, compared: bool = True
) -> CheckReport:
    """Return a check with these findings, counted."""
    of_severity = {one: sum(found.severity is one for found in findings) for one in Severity}
    failing = sum(one.gates for one in findings)
    return CheckReport(
        schema_version=CHECK_SCHEMA_VERSION,
        tool=Tool(name="modelscan", version="1.2.3"),
        catalogue_digest="0" * 64,
        as_of="2026-11-25",
        use_case_stated=True,
        comparison=Comparison(base="a" * 40, merge_base="b" * 40, head="c" * 40) if compared else None,
        online=True,
        statement=f"Commit cccccccccccc was judged; use cases: {words}.",
        summary=GateSummary(
            references=1,
            models=1,
            findings=len(findings),
            failing=failing,
            errors=of_severity[Severity.ERROR],
            warnings=of_severity[Severity.WARNING],
            notes=of_severity[Severity.NOTE],
            accepted=sum(one.accepted is not None for one in findings),
            existing=sum(not one.introduced for one in findings),
        ),
        verdict="failed" if failing else "passed",
        worst=VerdictWord.BLOCKED if failing else None,
        references=(reference(words),),
        models=(judged(words),),
        changes=(
            Change(kind=ChangeKind.ADDED, release=words, after="review", what=words, worse=True),
            Change(
                kind=ChangeKind.LICENSE, release=words, before=words, after=words, clauses=("use policy",)
            ),
        ),
        findings=findings,
        rules=tuple(
            RuleWords(
                id=rule,
                title="A model that terms forbid",
                severity=Severity(rule.removeprefix("gate/rule-")),
                why="What is forbidden stays so.",
                fix="Replace [the model].",
                aliases=("gate/older",),
            )
            for rule in sorted({one.rule for one in findings})
        ),
        within="part",
        notes=(f"A note on {words}.",),
        unread=(Unread(path=words, reason=f"{words} is too long", matters=True),),
    )


def parsed(text: str) -> ET.Element:
    """Return our own XML as a tree."""
    return ET.fromstring(text)  # noqa: S314  what we wrote ourselves


STANDINGS = ("gates", "told", "accepted", "before")


def flags() -> st.SearchStrategy[Flags]:
    """Return any way in which a finding may stand."""
    return st.builds(Flags, severity=st.sampled_from(Severity), standing=st.sampled_from(STANDINGS))


def rich(words: str = "acme/model") -> CheckReport:
    """Return a check with a finding of each kind."""
    every = [Flags(severity=one, standing=standing) for standing in STANDINGS for one in Severity]
    return report(tuple(finding(number, one, words) for number, one in enumerate(every)), words)
