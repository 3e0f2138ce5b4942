# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""One rule on one thing, and what a reader sees of it: a finding, a duty, or both.

A rule of kind *finding* gives a finding when its condition holds or cannot be settled. A
*restriction* also gives a line in the table of restrictions. An *obligation* gives a line in the table
of obligations, and a finding only when it cannot be settled whether it applies.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from scanner.evaluate.conditions import Answer, Facts, answer, leaves, missing, shown, trace
from scanner.evaluate.contexts import Context, Reading
from scanner.evaluate.facts import FactKind, clause_kind, facts_of
from scanner.evaluate.phrases import said
from scanner.model.conclusion import EffectiveLicense
from scanner.model.finding import Duty, Finding, Outcome, Rule, Severity
from scanner.model.license import Act
from scanner.model.usecase import UseCase

_BRACES = re.compile(r"\{([a-z_.]+)\}(\.?)")
"""A fact in a wording, with the full stop that the fact may bring along itself."""
_YES_NO: Mapping[Answer, Literal["yes", "no", "unknown"]] = {
    "true": "yes",
    "false": "no",
    "unknown": "unknown",
}


class Weighed(NamedTuple):
    """One rule on one thing, with its answer."""

    rule: Rule
    context: Context
    facts: Facts
    answer: Answer
    readings: tuple[Reading, ...] = ()
    """Other ways to read the clause, under which the answer is another one."""

    moot: bool = False
    """Whether another line of the section brings the same duty already, so that this one is left open."""

    @property
    def severity(self) -> Severity:
        """Severity here: what only an unsure ancestor, or one side of a choice, forbids is for a person."""
        binding = self.context.binding
        unsure = binding is not None and not binding.certain and self._avoidable(binding)
        return Severity.WARNING if unsure and self.rule.severity is Severity.ERROR else self.rule.severity

    def _avoidable(self, binding: EffectiveLicense) -> bool:
        """Whether an uncertain licence may turn out not to bind without any contradiction in the release."""
        return binding.via is not None or self.facts("weights.rule") == "choice"

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the facts for want of which the answer is unknown."""
        if self.answer != "unknown":
            return ()
        read = [self.facts, *(_read_as(one, self.facts) for one in self.readings if one.facts is not None)]
        return tuple(dict.fromkeys(name for facts in read for name in missing(self.rule.when, facts)))

    @property
    def speaks(self) -> bool:
        """Whether there is something to tell a reader beside the tables of duties."""
        if self.rule.kind == "obligation":
            return self.answer == "unknown"
        return self.answer != "false"


def read_by(rule: Rule) -> frozenset[str]:
    """Return the names of the facts that decide what a rule says."""
    conditions = filter(None, (rule.where, rule.when))
    return frozenset(name for one in conditions for leaf in leaves(one) for name in leaf.facts)


def weigh(rule: Rule, context: Context, facts: Facts) -> Weighed | None:
    """Evaluate a rule on one thing; None when the rule does not speak of it."""
    if rule.where is not None and answer(rule.where, facts) == "false":
        return None
    own = answer(rule.when, facts)
    others = tuple(one for one in context.readings if _answer_as(one, rule, facts) != own)
    return Weighed(rule, context, facts, "unknown" if others else own, others)


def _answer_as(reading: Reading, rule: Rule, facts: Facts) -> Answer:
    return "false" if reading.facts is None else answer(rule.when, _read_as(reading, facts))


def _read_as(reading: Reading, facts: Facts) -> Facts:
    """Return the facts as they are where a clause is read in another way."""

    def read(name: str) -> Any:  # noqa: ANN401  any fact
        value = (reading.facts or {}).get(name) if name.startswith("clause") else None
        value = facts(name) if value is None else value
        if name == "use.acts" and value is not None:
            return tuple(act for act in value if act not in reading.not_for)
        return value

    return read


def settled(judged: Sequence[Weighed]) -> list[Weighed]:
    """Return the outcomes, with no line left open where another of its section brings the same duty.

    "More than so many users, or more than so much revenue": one that is passed settles the other.
    """
    due = {line for one in judged if one.answer == "true" and (line := _line(one))}
    return [
        one._replace(answer="false", moot=True) if one.answer == "unknown" and _line(one) in due else one
        for one in judged
    ]


def _line(weighed: Weighed) -> tuple[str, str, str] | None:
    """Return licence, section and effect of a line in figures above which there is a duty."""
    binding, clause = weighed.context.binding, weighed.context.clause
    if weighed.rule.kind != "obligation" or binding is None or clause is None:
        return None
    effect = getattr(clause, "effect", None)
    return (binding.key, clause.section, effect) if effect else None


def sentence(weighed: Weighed) -> str:
    """Return what the matter is, in one sentence."""
    message = filled(weighed.rule.message, weighed.facts)
    if weighed.answer != "unknown":
        return message
    return f"Not settled ({_open(weighed)}): {message}"


def settling(weighed: Weighed) -> str | None:
    """Return what a person can state that would settle an outcome which is for a person."""
    known = facts_of(weighed.rule.ranges_over)
    asked = [_asked(name, known[name], weighed) for name in weighed.missing]
    answers = [words for words in dict.fromkeys(asked) if words]
    review = weighed.speaks and (weighed.answer == "unknown" or weighed.severity is Severity.WARNING)
    if not answers and review:
        answers = _agreement(weighed)
    return f"State {'; and '.join(answers)}" if answers else None


def _agreement(weighed: Weighed) -> list[str]:
    """Return the agreement that lifts a clause, where a rule asks for one."""
    if all(leaf.fact != _AGREEMENTS for leaf in leaves(weighed.rule.when)):
        return []
    key, kind = weighed.facts("license.key"), clause_kind(weighed.rule.ranges_over)
    covers = f", covers: [{kind}]" if kind else ""
    return [
        f"the agreement or registration, where there is one, in use_case.agreements (license: {key}{covers})"
    ]


_AGREEMENTS = "use.agreements"


def _asked(name: str, kind: FactKind, weighed: Weighed) -> str | None:
    """Return what a person states to settle a fact that is wanting."""
    if kind.stated is not None or weighed.rule.settles is None or name.startswith("clause."):
        return kind.stated
    return filled(weighed.rule.settles, weighed.facts)


def finding(weighed: Weighed, use_case: UseCase) -> Finding:
    """Return the finding of a rule that speaks."""
    rule, context, facts = weighed.rule, weighed.context, weighed.facts
    known = facts_of(rule.ranges_over)
    open_ = settling(weighed)
    return Finding(
        rule=rule.id,
        outcome=Outcome.UNKNOWN if weighed.answer == "unknown" else Outcome.FINDING,
        severity=weighed.severity,
        confidence=rule.confidence,
        because=rule.because,
        use_case=use_case.id,
        message=sentence(weighed),
        how_to_fix=_way_out(weighed, open_),
        evidence=context.places.get(rule.quotes or "") or context.evidence,
        trace=tuple(trace(rule.when, facts, lambda name: known[name].words)),
        settle=open_,
        fingerprint=_fingerprint(weighed, use_case),
    )


def _way_out(weighed: Weighed, settle: str | None) -> str:
    """Return what to do: of what is open, how it is settled; else what the rule says."""
    if weighed.readings:
        ask = "Ask the licensor how the section is meant, or have counsel judge it."
        return f"{ask} {settle}." if settle else ask
    if settle and weighed.answer == "unknown":
        return f"{settle}."
    return filled(weighed.rule.fix, weighed.facts).rstrip()


def duty(weighed: Weighed, binding: EffectiveLicense, use_case: UseCase) -> Duty:
    """Return the line of a rule about a binding licence in the table of its kind."""
    rule, context, clause = weighed.rule, weighed.context, weighed.context.clause
    triggers = tuple(getattr(clause, "triggers", ()) or ())
    return Duty(
        id=_duty_id(rule, context, binding),
        kind="obligation" if rule.kind == "obligation" else "restriction",
        title=filled(rule.title, weighed.facts),
        license=binding.key,
        section=clause.section if clause else "",
        via=binding.via,
        use_case=use_case.id,
        what=filled(rule.message, weighed.facts),
        triggered_by=tuple(act for act in use_case.acts or () if act in triggers),
        applies=_YES_NO[weighed.answer],
        why=_why(weighed, triggers),
        satisfied=_satisfied(weighed),
        certain=binding.certain,
        evidence=context.evidence,
    )


def filled(text: str, facts: Facts) -> str:
    """Return a rule's wording with its facts in place."""
    return _BRACES.sub(
        lambda match: said(match[1], shown(facts(match[1]))).removesuffix(match[2] or "\0") + match[2], text
    )


def described(rule: Rule, text: str) -> str:
    """Return a rule's wording for a reader who has no release before him: facts as words in brackets."""
    known = facts_of(rule.ranges_over)
    return _BRACES.sub(lambda match: f"[{known[match[1]].words.partition(',')[0]}]{match[2]}", text)


def _satisfied(weighed: Weighed) -> Literal["yes", "no", "unknown"]:
    """Return whether the release itself already does what a duty asks for."""
    condition = weighed.rule.satisfied_when
    return _YES_NO[answer(condition, weighed.facts)] if condition is not None else "unknown"


def _open(weighed: Weighed) -> str:
    """Return what is not known, and where the text can be read in two ways."""
    known = facts_of(weighed.rule.ranges_over)
    names = [name for name in weighed.missing if not name.startswith("clause")]
    wanting = ", ".join(dict.fromkeys(known[name].words for name in names))
    parts = [f"not known: {wanting}"] if wanting else []
    parts += [f"the text leaves it open: {one.why}" for one in weighed.readings]
    return "; ".join(parts) or ("the text does not say" if weighed.missing else "not known: evidence")


def _why(weighed: Weighed, triggers: tuple[Act, ...]) -> str:
    """Return why a duty applies or not, in words."""
    if weighed.moot:
        return "another line of the same section is passed, which brings this duty already"
    if weighed.answer == "unknown":
        return f"not settled ({_open(weighed)})"
    planned = weighed.facts("use.acts") or ()
    hit = [act for act in planned if act in triggers]
    if weighed.answer == "true":
        return f"planned: {_acts(hit)}" if hit else "it holds whatever the acts are"
    if triggers and not hit:
        return "no planned act triggers it"
    if weighed.rule.why_not:
        return filled(weighed.rule.why_not, weighed.facts)
    known = facts_of(weighed.rule.ranges_over)
    steps = trace(weighed.rule.when, weighed.facts, lambda name: known[name].words)
    failed = next((step for step in steps if step.result == "false"), None)
    return f"it is not so that {failed.condition}" if failed else "its condition does not hold"


def _acts(acts: Iterable[Act]) -> str:
    return ", ".join(act.words for act in acts)


def _duty_id(rule: Rule, context: Context, binding: EffectiveLicense) -> str:
    clause = context.clause
    parts = [
        rule.id,
        binding.key,
        *([clause.section] if clause else []),
        *([binding.via] if binding.via else []),
    ]
    return ":".join(parts) + (f"#{context.number}" if context.number > 1 else "")


def _fingerprint(weighed: Weighed, use_case: UseCase) -> str:
    """Return a digest of what the matter is: not of where it stands or how it is worded.

    What the evidence leaves open is the same matter under every use case.
    """
    binding, clause, edge = weighed.context.binding, weighed.context.clause, weighed.context.edge
    parts = (
        weighed.rule.id,
        weighed.facts("release.name"),
        "" if weighed.rule.because == "evidence" else use_case.id,
        binding.key if binding else "",
        (binding.via or "") if binding else "",
        clause.section if clause else "",
        edge.parent if edge else "",
        weighed.context.number,
    )
    return sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
