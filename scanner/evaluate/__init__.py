# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Rules over facts: findings, obligations, restrictions and one verdict, each with its trace.

``rules`` loads and checks the rule files, ``facts`` lists what they may read, ``conditions`` and
``figures`` compare, ``contexts`` gives what a rule ranges over, ``here`` looks up in the release what a
clause asks for (``stated``: whether it says that it was changed), ``locate`` finds clauses in its texts,
``outcomes`` makes findings and duties, ``verdict`` weighs them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from msgspec.structs import replace

from scanner.evaluate.conditions import Facts, answer
from scanner.evaluate.contexts import Context, Subject, World, multimodal
from scanner.evaluate.facts import OF_A_REPOSITORY, clause_kind
from scanner.evaluate.given import agreed, use_facts
from scanner.evaluate.ours import duty_facts, names_duties
from scanner.evaluate.outcomes import Weighed, described, duty, filled, finding, read_by, settled, weigh
from scanner.evaluate.verdict import verdict, word_of
from scanner.model.base import Value
from scanner.model.finding import ActVerdict, Duty, Finding, Outcome, Rule, Verdict, VerdictWord
from scanner.model.license import Act
from scanner.model.policy import Policy
from scanner.model.usecase import UseCase


class Evaluation(Value, frozen=True, kw_only=True):
    """What follows for one release under one use case."""

    findings: tuple[Finding, ...]
    obligations: tuple[Duty, ...]
    restrictions: tuple[Duty, ...]
    verdict: Verdict
    acts: tuple[ActVerdict, ...]
    """The verdict of each act by itself, planned or not; all else is as the use case says."""


def evaluate(subject: Subject, rules: Sequence[Rule], use_case: UseCase) -> Evaluation:
    """Judge one release under one use case.

    Args:
        subject: The release with everything that was found out about it.
        rules: What :func:`scanner.evaluate.rules.load_rules` returned.
        use_case: What the organisation plans.
    """
    world = World(subject)
    answers = _answers(world, rules, use_case)
    judged = answers.judged
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
            ActVerdict(use_case=use_case.id, act=act, planned=act in (use_case.acts or ()), verdict=word)
            for act, word in answers.by_act()
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


class _Question(NamedTuple):
    """One rule, one thing that it ranges over, and the facts of the use case."""

    rule: Rule
    context: Context
    use: Mapping[str, Any]

    def answered(self, seen: set[str]) -> Weighed | None:
        """Return the answer; None when the rule does not speak of the thing.

        Args:
            seen: Is given the names of the facts of the use case that were looked at.
        """
        return weigh(self.rule, self.context, _reader(self.use, self.context.facts, seen))


class _Answers(NamedTuple):
    """The answers under a use case, and which of them other acts would change."""

    every: list[Weighed]
    steady: list[Weighed]
    """Those that did not look at the acts."""

    moved: list[_Question]
    rules: Sequence[Rule]
    policy: Policy

    @property
    def judged(self) -> list[Weighed]:
        """Every answer, once all are known."""
        return _with_duties(settled(self.every), self.rules, self.policy)

    def by_act(self) -> Iterator[tuple[Act, VerdictWord]]:
        """Yield the verdict's word for each act alone; only what looks at the acts is answered anew."""
        for act in Act:
            anew = (one._replace(use={**one.use, "use.acts": (act,)}).answered(set()) for one in self.moved)
            every = settled([*self.steady, *(one for one in anew if one is not None)])
            yield act, word_of(_with_duties(every, self.rules, self.policy))


def _answers(world: World, rules: Sequence[Rule], use_case: UseCase) -> _Answers:
    answers = _Answers([], [], [], rules, world.subject.policy)
    for question in _questions(world, rules, use_case):
        seen: set[str] = set()
        answered = question.answered(seen)
        if "use.acts" in seen:
            answers.moved.append(question)
        elif answered is not None:
            answers.steady.append(answered)
        if answered is not None:
            answers.every.append(answered)
    return answers


def _questions(world: World, rules: Sequence[Rule], use_case: UseCase) -> Iterator[_Question]:
    use = use_facts(use_case, world.subject.policy, world.subject.as_of)
    if world.subject.multimodal is None:
        use = {**use, "release.multimodal": use_case.multimodal}
    for rule in rules:
        if rule.ranges_over in OF_A_REPOSITORY:
            continue
        own = {**use, "use.agreements": agreed(use_case, clause_kind(rule.ranges_over))}
        for context in world.contexts(rule.ranges_over):
            yield _Question(rule, context, own)


def weighed(world: World, rules: Sequence[Rule], use_case: UseCase) -> list[Weighed]:
    """Return every rule on everything that it ranges over, with its answer."""
    return _answers(world, rules, use_case).judged


def by_act(world: World, rules: Sequence[Rule], use_case: UseCase) -> Iterator[tuple[Act, VerdictWord]]:
    """Yield the verdict's word for each act alone, all other answers of the use case being the same."""
    return _answers(world, rules, use_case).by_act()


def _with_duties(judged: list[Weighed], rules: Sequence[Rule], policy: Policy) -> list[Weighed]:
    """Return the answers, with what rules say of the duties that apply, or may."""
    own = [rule for rule in rules if rule.ranges_over == "duty"] if names_duties(policy) else []
    due = [one for one in judged if one.rule.kind == "obligation" and one.answer != "false"] if own else []
    about = [_about(one, rule, policy) for one, rule in product(due, own)]
    return [*judged, *(one for one in about if one is not None)]


def _about(due: Weighed, rule: Rule, policy: Policy) -> Weighed | None:
    title = filled(due.rule.title, due.facts)
    told = duty_facts(policy, due.rule.id, title, applies=due.answer == "true")
    return weigh(rule, due.context, _reader(told, due.context.facts, set()))


def _reader(use: Mapping[str, Any], facts: Mapping[str, Any], seen: set[str]) -> Facts:
    def read(name: str) -> Any:  # noqa: ANN401  any fact
        if name in use:
            seen.add(name)
            return use[name]
        return facts[name]

    return read


def _order(finding: Finding) -> tuple[int, int, str]:
    severities = list(type(finding.severity))
    outcomes = [Outcome.FINDING, Outcome.UNKNOWN, Outcome.PASS]
    return severities.index(finding.severity), outcomes.index(finding.outcome), finding.rule


__all__ = [
    "Evaluation",
    "Subject",
    "answer",
    "by_act",
    "described",
    "evaluate",
    "filled",
    "multimodal",
    "read_by",
    "weighed",
]
