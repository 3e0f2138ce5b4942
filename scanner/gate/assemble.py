# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The result of a check put together: counts, the worst verdict, and what a reader must know of the check."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scanner import __version__
from scanner.config import Config
from scanner.dependencies import Looked
from scanner.evaluate import described
from scanner.gate.parts import Means, key_of
from scanner.gate.states import States
from scanner.model.change import Change
from scanner.model.finding import Rule, Severity, VerdictWord
from scanner.model.gate import (
    CHECK_SCHEMA_VERSION,
    CheckReport,
    GateFinding,
    GateSummary,
    JudgedModel,
    RuleWords,
)
from scanner.model.release import Unread
from scanner.model.report import Tool


def assembled(  # noqa: PLR0913, PLR0917  the parts of one report
    root: Path,
    states: States,
    config: Config,
    means: Means,
    looked: Looked,
    models: Sequence[JudgedModel],
    changes: Sequence[Change],
    findings: Sequence[GateFinding],
    unread: Sequence[Unread],
) -> CheckReport:
    """Put the parts of a check together, sorted as they are told."""
    references = looked.references
    worst = _worst(findings, models)
    return CheckReport(
        schema_version=CHECK_SCHEMA_VERSION,
        tool=Tool(name="modelscan", version=__version__),
        catalogue_digest=means.knowledge.digest,
        as_of=means.as_of,
        use_case_stated=bool(config.use_cases),
        comparison=states.comparison,
        online=means.hub is not None,
        statement=_statement(states, config, means),
        summary=_summary(references.references, models, findings),
        verdict="failed" if any(one.gates for one in findings) else "passed",
        worst=worst,
        references=references.references,
        models=tuple(models),
        changes=tuple(changes),
        findings=tuple(findings),
        rules=tuple(_rules(means.knowledge.rules, findings)),
        within=_within(root),
        notes=tuple(_notes(states, config, models)),
        unread=tuple(unread),
    )


def _worst(findings: Iterable[GateFinding], models: Iterable[JudgedModel]) -> VerdictWord | None:
    """Return the worst verdict of what counts for the exit code."""
    gating = [one for one in findings if one.gates]
    if gating:
        errors = any(one.severity is Severity.ERROR for one in gating)
        return VerdictWord.BLOCKED if errors else VerdictWord.REVIEW
    if any(one.verdict is VerdictWord.CONDITIONAL for one in models):
        return VerdictWord.CONDITIONAL
    return VerdictWord.ALLOWED if any(one.verdict for one in models) else None


def _summary(
    references: Sequence[object], models: Sequence[JudgedModel], findings: Sequence[GateFinding]
) -> GateSummary:
    gating = [one for one in findings if one.gates]
    by_severity = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    return GateSummary(
        references=len(references),
        models=len({key_of(one.dependency) for one in models}),
        findings=len(findings),
        failing=len(gating),
        errors=by_severity[Severity.ERROR],
        warnings=by_severity[Severity.WARNING],
        notes=by_severity[Severity.NOTE],
        accepted=sum(one.accepted is not None for one in findings),
        existing=sum(not one.introduced for one in findings),
    )


def _rules(rules: Iterable[Rule], findings: Iterable[GateFinding]) -> Iterator[RuleWords]:
    spoke = {one.rule for one in findings}
    for rule in sorted(rules, key=lambda one: one.id):
        if rule.id in spoke:
            yield RuleWords(
                id=rule.id,
                title=described(rule, rule.title),
                severity=rule.severity,
                why=rule.why,
                fix=described(rule, rule.fix).strip(),
                aliases=rule.aliases,
            )


def _within(root: Path) -> str:
    """Return the path of a folder below the top of its git repository; empty: it is the top, or in none."""
    whole = root.resolve()
    top = next((one for one in (whole, *whole.parents) if (one / ".git").exists()), whole)
    inside = whole.relative_to(top).as_posix()
    return "" if inside == "." else inside


def _statement(states: States, config: Config, means: Means) -> str:
    """Return the first sentence of every output: what was judged, and by whose word."""
    what = "The files as they lie there were judged, and their own policy and lock were believed"
    if states.comparison is not None:
        one = states.comparison
        judged = f"Commit {one.head[:12]} was judged by the policy of {one.base[:12]}"
        what = f"{judged}; only what it brings in since {one.merge_base[:12]} can fail"
    stated = ", ".join(one.title or one.id for one in config.use_cases)
    use = f"use cases: {stated}" if stated else _UNSTATED
    where = "the Hub was asked" if means.hub is not None else "offline"
    return f"{what}; {use}; {where}."


_UNSTATED = (
    "no use case is stated, so models are judged for commercial internal use, hosted service, fine-tuning "
    "and redistribution"
)


def _notes(states: States, config: Config, models: Sequence[JudgedModel]) -> Iterator[str]:
    if states.comparison is None:
        yield (
            "Without --base this is no gate against a change that edits modelscan.yml or modelscan.lock: "
            "check changes with --base."
        )
    if states.head.lock is None and models:
        yield "There is no modelscan.lock; `modelscan lock --online` writes one."
    yield from (f"Not followed: {one}." for one in config.ignored)


__all__ = ["assembled"]
