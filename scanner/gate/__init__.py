# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The gate: may a source repository depend on the models that it names, and what did this change bring in?

``check`` is one evaluation of which every surface is a view. ``states`` gives the files that are judged and
what they are judged by, ``evidence`` says what is known of a model and how surely, ``entries`` turns
reports into facts that a lock can hold, ``judge`` weighs these under use cases and policy, ``findings``
asks the rules of ``rules/gate/``, ``exceptions`` knows what is accepted, ``changes`` tells two states
apart, ``assemble`` puts the result together; ``locking`` writes ``modelscan.lock``. The rules stand in
``docs/check.md``.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from scanner.config import Config
from scanner.dependencies import Looked, look, look_again
from scanner.dependencies.group import grouped
from scanner.dependencies.lock import unreferenced
from scanner.errors import PathError
from scanner.gate.assemble import assembled
from scanner.gate.baseline import read_baseline
from scanner.gate.changes import changes_between
from scanner.gate.evidence import Located, locate
from scanner.gate.exceptions import Accepting
from scanner.gate.findings import Asking, merged
from scanner.gate.parts import Means, judge_of, key_of, parts_of, policy_of, sources_of
from scanner.gate.states import (
    State,
    States,
    Wanted,
    as_it_lies,
    compared,
    of_the_base,
    skipped,
    trusted_place,
)
from scanner.model.base import Value
from scanner.model.gate import CheckReport, GateFinding, JudgedModel
from scanner.model.release import Unread


class _Judged(Value, frozen=True, kw_only=True):
    """One state, judged."""

    models: tuple[JudgedModel, ...]
    findings: tuple[GateFinding, ...]
    located: Mapping[str, Located]
    """By :func:`scanner.gate.parts.key_of`."""


def check(wanted: Wanted, means: Means) -> CheckReport:
    """Judge the models that a repository names, or what a change does to them.

    Raises:
        PathError: the folder does not exist.
        NoScanError: a commit is not in this clone.
        ConfigError: a file that a person wrote is wrong.
    """
    if not wanted.root.is_dir():
        raise PathError("there is no such folder", source=str(wanted.root))
    knowledge = means.knowledge
    ids = knowledge.rule_ids
    if wanted.base is None:
        return _checked(as_it_lies(wanted, knowledge.catalogue, ids), wanted, means)
    with tempfile.TemporaryDirectory(prefix="modelscan-") as scratch:
        states = compared(wanted, Path(scratch).resolve(), knowledge.catalogue, ids)
        return _checked(states, wanted, means)


def _checked(states: States, wanted: Wanted, means: Means) -> CheckReport:
    config = replace(states.config, use_cases=means.use_cases or states.config.use_cases)
    looked = look(
        states.head.root,
        skipped(config, states.trusted),
        whole=states.comparison is not None,
        no_cache=means.no_cache or states.comparison is not None,
        step=lambda done, every: means.step("reading", done, every),
    )
    accepting = Accepting(config.exceptions, config.policy.longest_exception, means.as_of)
    head = _judged(looked, states.head, states, config, means, accepting, {})
    asking = Asking(means.knowledge.rules, means.knowledge.catalogue)
    findings = [*head.findings, *asking.of_edits(states.edits)]
    findings += asking.of_exceptions(accepting.standings(), config.policy.longest_exception)
    if states.head.lock is not None:
        named = [one.dependency for one in head.models]
        findings += asking.of_entries(unreferenced(states.head.lock, named))
    findings += asking.of_files(_unread(looked, states.head), lambda path: policy_of(path, config))
    before = None
    if states.before is not None:
        before = _before(states.before, looked, states, config, means, head)
        findings = _held_against(findings, states, before, looked, config, means, head)
    if wanted.baseline is not None:
        old = read_baseline(trusted_place(wanted, states, wanted.baseline))
        findings = [_old(one) if one.fingerprint in old else one for one in findings]
    licenses = means.knowledge.catalogue.licenses
    return assembled(
        wanted.root,
        states,
        config,
        means,
        looked,
        head.models,
        changes_between(before.models, head.models, licenses) if before is not None else (),
        merged(findings),
        _unread(looked, states.head),
    )


def _before(  # noqa: PLR0913, PLR0917  the parts of one state
    state: State, looked: Looked, states: States, config: Config, means: Means, head: _Judged
) -> _Judged:
    """Judge an earlier state, by the same policy: what is the same in both was looked at once."""
    skip = skipped(config, states.trusted)
    earlier = look_again(state.root, looked, state.same, skip, whole=True)
    same = {
        key: located
        for key, located in head.located.items()
        if _same_claim(located, key, states.head, state) and not key.startswith("model local:")
    }
    offline = msgspec.structs.replace(means, hub=None)
    accepting = Accepting(config.exceptions, config.policy.longest_exception, means.as_of)
    return _judged(
        earlier,
        state,
        replace(states, believed=state.lock),
        config,
        offline,
        accepting,
        same,
    )


def _same_claim(located: Located, key: str, head: State, earlier: State) -> bool:
    """Whether the lock says the same of a model in both states, so that what is known of it is the same."""
    _, _, rest = key.partition(" ")
    name, _, revision = rest.partition(" ")
    claims = [lock.entry(name, revision or None) if lock else None for lock in (head.lock, earlier.lock)]
    return located.rechecked and claims[0] == claims[1]


def _judged(  # noqa: PLR0913, PLR0917  the parts of one state
    looked: Looked,
    state: State,
    states: States,
    config: Config,
    means: Means,
    accepting: Accepting,
    known: Mapping[str, Located],
) -> _Judged:
    """Locate, judge and ask about every model of one state, section by section."""
    knowledge = means.knowledge
    judge, sources = judge_of(state, means), sources_of(states, state, means)
    asking = Asking(knowledge.rules, knowledge.catalogue)
    dependencies = grouped(looked.references.references, looked.entries)
    located: dict[str, Located] = {}
    models: list[JudgedModel] = []
    findings: list[GateFinding] = []
    for count, dependency in enumerate(dependencies):
        means.step("judging", count, len(dependencies))
        key = key_of(dependency)
        located[key] = known.get(key) or locate(dependency, sources)
        for part, terms in parts_of(dependency, config):
            judged = judge.judged(part, located[key], terms)
            models.append(judged)
            findings += asking.of_model(
                judged, located[key], terms.policy, accepting, has_lock=state.lock is not None
            )
    means.step("judging", len(dependencies), len(dependencies))
    return _Judged(models=tuple(models), findings=tuple(findings), located=located)


def _held_against(  # noqa: PLR0913, PLR0917  the parts of two states
    findings: Sequence[GateFinding],
    states: States,
    before: _Judged,
    looked: Looked,
    config: Config,
    means: Means,
    head: _Judged,
) -> list[GateFinding]:
    """Return findings with whether the change brings them in; what failed before fails nothing.

    What did not count before, in tests or documentation, is new where it counts. What the base has got rid
    of since then is new where the change touches a file with it, or a module that names it: a branch may grow
    from any old commit.
    """
    assert states.before is not None  # noqa: S101  the caller's case
    same = states.before.same
    known = {one.fingerprint for one in before.findings}
    failing = {one.fingerprint for one in before.findings if one.gates}

    def is_touched(path: str) -> bool:
        entry = looked.entries.get(path)
        modules = (module for module, stamp in entry.modules if stamp is not None) if entry else ()
        return any(one not in same for one in (path, *modules))

    touched = [
        one.fingerprint
        for one in findings
        if one.gates and one.fingerprint in failing and any(is_touched(place.path) for place in one.places)
    ]
    if states.since is not None and touched:
        now = _before(states.since, looked, states, config, means, head)
        failing -= set(touched) - {one.fingerprint for one in now.findings if one.gates}

    def held(one: GateFinding) -> GateFinding:
        unread = one.rule == _NOT_READ and all(place.path in same for place in one.places)
        old = unread or one.fingerprint in (failing if one.gates else known)
        return replace(one, introduced=False, gates=False) if old else one

    return list(map(held, findings))


_NOT_READ = "gate/not-read"
"""Of files, which were there before where their content is the same."""


def _old(one: GateFinding) -> GateFinding:
    return replace(one, gates=False, accepted=one.accepted or "in the baseline")


def _unread(looked: Looked, state: State) -> tuple[Unread, ...]:
    every = {*looked.references.unread, *state.unread}
    return tuple(sorted(every, key=lambda one: (one.path, one.reason)))


__all__ = ["Means", "Wanted", "check", "of_the_base"]
