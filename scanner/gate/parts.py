# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The parts of a repository with what holds in each, and what a judgement of one state needs."""

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
from msgspec.structs import replace

from scanner.config import Config
from scanner.discover import Online
from scanner.examine import Knowledge
from scanner.gate.approvals import Approvals
from scanner.gate.evidence import Sources
from scanner.gate.judge import Judge, Terms
from scanner.gate.states import State, States
from scanner.model.gate import Dependency
from scanner.model.policy import Policy
from scanner.model.usecase import DEFAULT_USE_CASE, UseCase

Step = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and of how much."""


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """What a check may look at, beside the repository."""

    knowledge: Knowledge
    hub: Online | None
    cache: Path | None
    """The Hub's own cache on this machine."""

    as_of: str
    step: Step
    use_cases: tuple[UseCase, ...] = ()
    """Named on the command line, in the place of those of the configuration."""

    no_cache: bool = False
    """Whether what earlier runs found in the repository is not believed."""


def judge_of(state: State, means: Means) -> Judge:
    """Return who judges, with the sign-offs that count."""
    knowledge = means.knowledge
    approvals = Approvals(state.checked, means.as_of)
    return Judge(knowledge.catalogue, knowledge.rules, means.as_of, approvals)


def sources_of(states: States, state: State, means: Means) -> Sources:
    """Return what may be looked at for one state."""
    return Sources(
        root=state.root,
        lock=state.lock,
        believed=states.believed,
        against_base=states.comparison is not None,
        hub=means.hub,
        cache=means.cache,
        knowledge=means.knowledge,
        config=replace(states.config, use_cases=means.use_cases or states.config.use_cases),
        as_of=means.as_of,
    )


def key_of(dependency: Dependency) -> str:
    """Return what tells a dependency from all others: kind, name and revision."""
    name = (dependency.id or f"\0{dependency.name}").casefold()
    return f"{dependency.kind.value} {name} {dependency.revision or ''}"


def parts_of(dependency: Dependency, config: Config) -> Iterator[tuple[Dependency, Terms]]:
    """Yield a dependency as each section of the repository names it, with what holds there."""
    use_cases = config.use_cases or (DEFAULT_USE_CASE,)
    left = list(dependency.references)
    for section in config.sections:
        own = [one for one in left if any(fnmatchcase(one.path, path) for path in section.paths)]
        left = [one for one in left if one not in own]
        if own:
            chosen = tuple(one for one in use_cases if section.use_case in {None, one.id})
            terms = Terms(
                section=section.name,
                use_cases=chosen,
                policy=section.policy or config.policy,
                stated=bool(config.use_cases),
            )
            yield replace(dependency, references=tuple(own)), terms
    if left:
        yield (
            replace(dependency, references=tuple(left)),
            Terms(use_cases=use_cases, policy=config.policy, stated=bool(config.use_cases)),
        )


def policy_of(path: str, config: Config) -> Policy:
    """Return the policy that holds for a path."""
    for section in config.sections:
        if any(fnmatchcase(path, one) for one in section.paths):
            return section.policy or config.policy
    return config.policy


__all__ = ["Means", "Step", "judge_of", "key_of", "parts_of", "policy_of", "sources_of"]
