# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The verdict: the worst of what the rules say, with the reasons that make it.

blocked: a rule of severity error found a fault. review: one of severity warning did, or an outcome
that could gate is unknown, or whether a duty applies is. conditional: every planned act is permitted
and a duty applies. allowed: every planned act is permitted and no duty applies. A note never gates.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from scanner.evaluate.outcomes import Weighed, sentence, settling
from scanner.model.finding import Severity, Verdict, VerdictWord
from scanner.model.usecase import UseCase

Because = Literal["terms", "policy", "evidence", "answer-missing"]


def verdict(weighed: Sequence[Weighed], use_case: UseCase) -> Verdict:
    """Return the verdict of one release under one use case."""
    word, deciding = _weighed(weighed)
    return Verdict(
        use_case=use_case.id,
        verdict=word,
        because=tuple(sorted({_because(one) for one in deciding})),
        reasons=tuple(dict.fromkeys(_reasons(word, deciding, weighed))),
        settle=tuple(dict.fromkeys(answer for one in deciding if (answer := settling(one)))),
    )


def word_of(weighed: Sequence[Weighed]) -> VerdictWord:
    """Return the verdict's word alone."""
    return _weighed(weighed)[0]


def _weighed(weighed: Sequence[Weighed]) -> tuple[VerdictWord, list[Weighed]]:
    """Return the word, and everything that makes it so."""
    faults = [one for one in weighed if one.speaks and _gates(one)]
    errors = [one for one in faults if one.answer == "true" and one.severity is Severity.ERROR]
    if errors:
        return VerdictWord.BLOCKED, errors
    if faults:
        return VerdictWord.REVIEW, sorted(faults, key=lambda one: one.answer == "unknown")
    duties = [one for one in weighed if one.rule.kind == "obligation" and one.answer == "true"]
    return (VerdictWord.CONDITIONAL, duties) if duties else (VerdictWord.ALLOWED, [])


def _gates(weighed: Weighed) -> bool:
    """Whether a rule that speaks keeps a release from passing; of a duty, only the doubt speaks."""
    return weighed.severity is not Severity.NOTE or weighed.rule.kind == "obligation"


def _because(weighed: Weighed) -> Because:
    if weighed.answer == "unknown" and any(name.startswith("use.") for name in weighed.missing):
        return "answer-missing"
    return weighed.rule.because


def _reasons(word: VerdictWord, deciding: Sequence[Weighed], weighed: Iterable[Weighed]) -> Iterable[str]:
    if word is VerdictWord.CONDITIONAL:
        duties: dict[str, dict[str, None]] = {}
        for one in deciding:
            duties.setdefault(str(one.facts("license.name")), {})[one.rule.title.lower()] = None
        told = "; ".join(f"{name}: {', '.join(titles)}" for name, titles in duties.items())
        yield f"Every planned act is permitted, and duties attach ({told})."
    elif word is VerdictWord.ALLOWED:
        yield "Every planned act is permitted, and no duty attaches."
    else:
        yield from map(sentence, deciding)
    yield from (sentence(one) for one in weighed if _worth_noting(one))


def _worth_noting(weighed: Weighed) -> bool:
    """Whether a note belongs beside the verdict: one about the evidence for the terms."""
    return weighed.severity is Severity.NOTE and weighed.speaks and weighed.rule.because == "evidence"
