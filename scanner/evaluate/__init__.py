# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Rules over facts: findings, obligations, restrictions and one verdict, each with its trace.

``rules`` loads and checks the rule files, ``facts`` lists what they may read, ``conditions`` and
``figures`` compare, ``contexts`` gives what a rule ranges over, ``locate`` finds clauses in the
release's own texts, ``outcomes`` makes findings and duties, ``verdict`` weighs them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from scanner.evaluate.conditions import Facts, answer
from scanner.evaluate.contexts import Subject, World, multimodal
from scanner.evaluate.facts import OF_A_REPOSITORY, clause_kind
from scanner.evaluate.given import agreed, use_facts
from scanner.evaluate.outcomes import Weighed, described, duty, filled, finding, read_by, settled, weigh
from scanner.evaluate.verdict import verdict, word_of
from scanner.model.base import Value
from scanner.model.finding import ActVerdict, Duty, Finding, Outcome, Rule, Verdict
from scanner.model.license import Act
from scanner.model.usecase import DEFAULT_USE_CASE, UseCase


class Evaluation(Value, frozen=True, kw_only=True):
    """What follows for one release under one use case."""

    findings: tuple[Finding, ...]
    obligations: tuple[Duty, ...]
    restrictions: tuple[Duty, ...]
    verdict: Verdict
    acts: tuple[ActVerdict, ...]
    """The verdict of each act by itself."""


def evaluate(subject: Subject, rules: Sequence[Rule], use_case: UseCase) -> Evaluation:
    """Judge one release under one use case.

    Args:
        subject: The release with everything that was found out about it.
        rules: What :func:`scanner.evaluate.rules.load_rules` returned.
        use_case: What the organisation plans.
    """
    world = World(subject)
    judged = weighed(world, rules, use_case)
    duties = [
        duty(one, one.context.binding, use_case)
        for one in judged
        if one.rule.kind != "finding" and one.context.binding is not None
    ]
    return Evaluation(
        findings=tuple(sorted(_findings(judged, use_case), key=_order)),
        obligations=tuple(duty for duty in duties if duty.kind == "obligation"),
        restrictions=tuple(duty for duty in duties if duty.kind == "restriction"),
        verdict=verdict(judged, use_case),
        acts=tuple(
            ActVerdict(use_case=use_case.id, act=act, verdict=word_of(weighed(world, rules, alone)))
            for act in _acts(use_case)
            for alone in [replace(use_case, acts=(act,))]
        ),
    )


def _findings(judged: Sequence[Weighed], use_case: UseCase) -> Iterator[Finding]:
    for one in judged:
        if one.speaks:
            found = finding(one, use_case)
            sides = _sides(judged) if one.rule.sides else ""
            yield replace(found, message=f"{found.message} {sides}") if sides else found


def _sides(judged: Sequence[Weighed]) -> str:
    """Return the verdict under each of the licences that may bind, as one sentence."""
    own: dict[str, list[Weighed]] = {key: [] for key in judged[0].facts("weights.candidates")}
    for one in judged:
        if one.context.binding is not None and one.context.binding.key in own:
            own[one.context.binding.key].append(one)
    told = [f"under {key} {word_of(ones)}" for key, ones in own.items() if ones]
    return f"By their terms alone: {', '.join(told)}." if len(told) > 1 else ""


def _acts(use_case: UseCase) -> tuple[Act, ...]:
    """Return the acts of the matrix: those that are planned and those that are usual."""
    shown = {*(use_case.acts or ()), *(DEFAULT_USE_CASE.acts or ())}
    return tuple(act for act in Act if act in shown)


def weighed(world: World, rules: Sequence[Rule], use_case: UseCase) -> list[Weighed]:
    """Return every rule on everything that it ranges over, with its answer."""
    use = use_facts(use_case, world.subject.policy, world.subject.as_of)
    return settled(
        [
            answered
            for rule in rules
            if rule.ranges_over not in OF_A_REPOSITORY
            for planned in [{**use, "use.agreements": agreed(use_case, clause_kind(rule.ranges_over))}]
            for context in world.contexts(rule.ranges_over)
            if (answered := weigh(rule, context, _reader(planned, context.facts))) is not None
        ]
    )


def _reader(use: Mapping[str, Any], facts: Mapping[str, Any]) -> Facts:
    def read(name: str) -> Any:  # noqa: ANN401  any fact
        return use[name] if name in use else facts[name]

    return read


def _order(finding: Finding) -> tuple[int, int, str]:
    severities = list(type(finding.severity))
    outcomes = [Outcome.FINDING, Outcome.UNKNOWN, Outcome.PASS]
    return severities.index(finding.severity), outcomes.index(finding.outcome), finding.rule


__all__ = [
    "Evaluation",
    "Subject",
    "answer",
    "described",
    "evaluate",
    "filled",
    "multimodal",
    "read_by",
    "weighed",
]
