# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""May what is made from models under some licences be released under another one?

Each parent is held against the licence of the release, clause by clause. Nobody can give more than was given:
what a parent withholds, the release may not grant. What was not read is unknown and never "yes".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec
from msgspec import UNSET

from scanner.data import folder
from scanner.guarded.strict import convert, document
from scanner.model.base import Value
from scanner.model.conclusion import Relation
from scanner.model.license import Act, Category, Clause, License, OutputTraining, Rights, ShareAlike, cited
from scanner.terms.compare import facts_of

Outcome = Literal["allowed", "conditional", "unknown", "conflict"]
"""From best to worst: the worst of all reasons decides."""

_OUTPUTS = frozenset({Relation.DISTILLED, Relation.TRAINED_ON})
"""Relations in which only outputs of the parent go into the release."""

ACTS: Mapping[Relation, tuple[Act, ...]] = {
    Relation.FINETUNE: (Act.FINE_TUNING, Act.REDISTRIBUTION),
    Relation.ADAPTER: (Act.FINE_TUNING, Act.REDISTRIBUTION),
    Relation.MERGE: (Act.MERGING, Act.REDISTRIBUTION),
    Relation.QUANTIZED: (Act.QUANTIZING, Act.REDISTRIBUTION),
    Relation.DISTILLED: (Act.DISTILLING, Act.OUTPUT_TRAINING),
    Relation.TRAINED_ON: (Act.OUTPUT_TRAINING,),
}
"""What is done with a parent to make what comes from it and, where that holds the parent, to release it."""

_ALIKE = frozenset({"derivative-if-alike", "bound-if-alike"})
"""Where a model that is made with outputs is bound only if made to perform alike, as a distilled one is."""

_LIMITS = (
    "commercial_use",
    "research_only",
    "user_threshold",
    "revenue_threshold",
    "territory",
    "acceptable_use",
)
"""Kinds of clauses by which a licence withholds something from whoever receives the model."""

_DUTIES: Mapping[str, str] = {
    "license_copy": "its text goes with the release",
    "notice_file": "a notice goes with the release",
    "notice_other": "its notices are kept",
    "display_phrase": "its words are shown",
    "naming": "the name begins as it prescribes",
    "state_changes": "it is said what was changed",
    "source_disclosure": "the source is offered",
    "flow_down": "terms are passed on to those who receive it",
    "registration": "one registers first",
}
"""Duties that remain whatever licence the release has."""


class Reason(Value, frozen=True, kw_only=True):
    """One clause of a parent beside the licence of the release."""

    license: str
    section: str | None
    outcome: Outcome
    why: str


class Compatibility(Value, frozen=True, kw_only=True):
    """The answer with the clauses that decide it, worst first."""

    outcome: Outcome
    reasons: tuple[Reason, ...]


class Known(Value, frozen=True, kw_only=True):
    """What texts or their stewards themselves say of licences by name (``licenses/compatibility.yaml``)."""

    parents: tuple[str, ...]
    releases: tuple[str, ...]
    outcome: Outcome
    combined: bool = False
    """Only where something under the licence of the release goes in as well."""

    or_later: Literal["parent", "release"] | None = None
    """The side that has to stand for its version "or any later version"; without it there is a conflict."""

    why: str
    source: str


def known_pairs() -> tuple[Known, ...]:
    """Return the pairs of licences of which the texts or their stewards speak by name."""
    path = folder("licenses") / "compatibility.yaml"
    written = document(path)
    return convert(written.value, tuple[Known, ...], path, written.lines)


class Later(Value, frozen=True, kw_only=True):
    """Whether licences stand for "or any later version", as far as told; False: for one version alone."""

    parents: Mapping[str, bool] = {}
    """By key."""

    release: bool | None = None


NOT_TOLD = Later()


def compatible(
    parents: Sequence[License],
    release: License,
    relation: Relation,
    pairs: Iterable[Known] = (),
    later: Later = NOT_TOLD,
) -> Compatibility:
    """Return whether what is made from the parents may be released under a licence.

    Args:
        parents: Licences of everything that goes in.
        release: The licence of what comes out.
        relation: How it comes from the parents.
        pairs: What is known of pairs by name; see :func:`known_pairs`.
        later: Which licences were given with "or any later version".
    """
    alone = all(parent.key != release.key for parent in parents)
    said = {
        parent: _alone(pair) if alone and pair.combined else _chosen(pair, parent, release.key, later)
        for pair in pairs
        if release.key in pair.releases
        for parent in pair.parents
    }
    reasons = [
        reason for parent in parents for reason in _reasons(parent, release, relation, said.get(parent.key))
    ]
    order = get_args(Outcome)
    ordered = sorted(reasons, key=lambda reason: -order.index(reason.outcome))
    return Compatibility(outcome=ordered[0].outcome if ordered else "allowed", reasons=tuple(ordered))


def _reasons(parent: License, release: License, relation: Relation, pair: Known | None) -> Iterator[Reason]:
    if not parent.read or not release.read:
        name = parent.key if not parent.read else release.key
        yield Reason(license=name, section=None, outcome="unknown", why="its text was not read")
        return
    acts = frozenset(ACTS[relation])
    if relation not in _OUTPUTS:
        yield from _derivative(parent, release, acts, pair)
        return
    yield from _outputs(parent)
    made = _made(parent)
    if made == "derivative" or (made in _ALIKE and relation is Relation.DISTILLED):
        yield from _derivative(parent, release, acts | {Act.REDISTRIBUTION}, pair)
    elif made in _ALIKE:
        yield from map(_if_alike, _derivative(parent, release, acts | {Act.REDISTRIBUTION}, pair))
    else:
        yield from _duties(parent, acts)


def _alone(pair: Known) -> Known:
    """Return what holds of a pair where nothing under the licence of the release goes in."""
    why = f"only where a work under the licence of the release goes in as well: {pair.why}"
    return msgspec.structs.replace(pair, outcome="conflict", why=why)


def _chosen(pair: Known, parent: str, release: str, later: Later) -> Known:
    """Return what holds of a pair that turns on whether a later version may be chosen."""
    if pair.or_later is None:
        return pair
    key, told = (parent, later.parents.get(parent)) if pair.or_later == "parent" else (release, later.release)
    if told:
        return pair
    condition = f'only where {key} stands for its version "or any later version"'
    if told is False:
        why = f"{condition}, and it stands for one version alone: {pair.why}"
        return msgspec.structs.replace(pair, outcome="conflict", why=why)
    # What goes in was given by others; what comes out is named by whoever asks, who can name it so.
    outcome: Outcome = "unknown" if pair.or_later == "parent" else "conflict"
    return msgspec.structs.replace(
        pair, outcome=outcome, why=f"{condition}, which the name does not say: {pair.why}"
    )


def _made(parent: License) -> str | None:
    """Return what the parent says that a model is which was made with its outputs."""
    clauses = parent.clauses("output_training") or ()
    return next((clause.made for clause in clauses if isinstance(clause, OutputTraining)), None)


def _if_alike(reason: Reason) -> Reason:
    """Return a reason that holds only where the model is made to perform like its parent."""
    outcome: Outcome = "unknown" if reason.outcome == "conflict" else reason.outcome
    why = f"where the model is made to perform alike: {reason.why}"
    return msgspec.structs.replace(reason, outcome=outcome, why=why)


def _derivative(
    parent: License, release: License, acts: frozenset[Act], pair: Known | None
) -> Iterator[Reason]:
    """What holds for a derivative of the parent."""
    yield from _rights(parent, acts)
    if parent.key == release.key:
        yield Reason(license=parent.key, section=None, outcome="allowed", why="it is the same licence")
    else:
        closed = None if pair else _closed(release)
        yield from _share_alike(parent, release, acts, pair)
        yield from _limits(parent, release, closed)
        yield from _above_a_line(parent, release, closed)
    yield from _duties(parent, acts)


def _closed(release: License) -> ShareAlike | None:
    """Return the clause by which a copyleft licence takes no further restrictions beside it."""
    demands = (clause for clause in release.clauses("share_alike") or () if isinstance(clause, ShareAlike))
    return next((one for one in demands if one.applies in {"same_license", "same_license_network"}), None)


def _rights(parent: License, acts: frozenset[Act]) -> Iterator[Reason]:
    granted = parent.clauses("rights")
    if granted is UNSET or not granted:
        yield Reason(license=parent.key, section=None, outcome="unknown", why="what it grants was not read")
        return
    needed = {"passing on": "redistribute"} | ({"changing": "modify"} if acts - {Act.REDISTRIBUTION} else {})
    for clause in granted:
        if not isinstance(clause, Rights):
            continue
        for words, field in needed.items():
            given = getattr(clause, field)
            if given is not True:
                outcome: Outcome = "conflict" if given is False else "unknown"
                said = "is not given" if given is False else "is not mentioned"
                yield _doubted(_reason(parent, clause, outcome, f"the right of {words} {said}"), clause, acts)
        if not acts.isdisjoint(clause.changed_not_for):
            withheld = _reason(parent, clause, "conflict", "what is changed may not be passed on")
            yield _doubted(withheld, clause, acts)


def _share_alike(
    parent: License, release: License, acts: frozenset[Act], pair: Known | None
) -> Iterator[Reason]:
    """What a parent demands of the licence of derivatives; what its own text says of a pair comes first."""
    if pair is not None:
        yield Reason(
            license=parent.key, section=None, outcome=pair.outcome, why=f"{pair.why} ({pair.source})"
        )
        return
    clauses = parent.clauses("share_alike")
    if clauses is UNSET:
        yield Reason(
            license=parent.key,
            section=None,
            outcome="unknown",
            why="whether it binds derivatives was not read",
        )
        return
    for clause in clauses:
        if isinstance(clause, ShareAlike) and not acts.isdisjoint(clause.triggers):
            outcome, why = _DEMANDS[clause.applies]
            if clause.applies == "use_restrictions_only" and _closed(release):
                continue  # told of each restriction itself
            yield _doubted(_reason(parent, clause, outcome, why.format(release=release.key)), clause, acts)


_DEMANDS: Mapping[str, tuple[Outcome, str]] = {
    "same_license": ("conflict", "derivatives are released under the same licence, which is not {release}"),
    "same_license_network": (
        "conflict",
        "derivatives are released under the same licence, which is not {release}",
    ),
    "same_terms_effect": (
        "unknown",
        "the terms need the same effect; whether {release} has it is to be judged",
    ),
    "use_restrictions_only": ("conditional", "its use restrictions are put beside {release}, and bind"),
    "licensor_owns_derivatives": ("conflict", "derivatives belong to the licensor"),
}


def _limits(parent: License, release: License, closed: ShareAlike | None) -> Iterator[Reason]:
    """What the parent withholds and the release would give."""
    passed_on = any(
        isinstance(clause, ShareAlike) and clause.applies == "use_restrictions_only"
        for clause in parent.clauses("share_alike") or ()
    )
    for kind in _LIMITS:
        words = kind.replace("_", " ")
        unread = next((one.key for one in (parent, release) if one.clauses(kind) is UNSET), None)
        if unread is not None:
            yield Reason(license=unread, section=None, outcome="unknown", why=f"{words}: not read")
            continue
        for clause in _unmatched(parent, release, kind):
            if closed:
                why = f"{words}: {release.key} ({cited(closed.section)}) takes no further restrictions"
                yield _reason(parent, clause, "conflict", why)
            elif any(map(_limits_something, release.clauses(kind) or ())):
                why = f"{words}: {release.key} limits it in another way; which is stricter is to be judged"
                yield _reason(parent, clause, "unknown", why)
            elif kind == "acceptable_use" and passed_on:
                why = f"its list goes with the release, beside {release.key}"
                yield _reason(parent, clause, "conditional", why)
            else:
                why = f"{words}: {release.key} would give what this clause withholds"
                yield _reason(parent, clause, "conflict", why)


def _unmatched(parent: License, release: License, kind: str) -> Iterator[Clause]:
    """Yield the limits of a parent that the licence of the release does not have as well."""
    theirs = [facts_of(clause) for clause in release.clauses(kind) or () if _limits_something(clause)]
    withheld = theirs and kind in {"commercial_use", "research_only"}  # each in words of its own
    for clause in parent.clauses(kind) or ():
        if _limits_something(clause) and not withheld and facts_of(clause) not in theirs:
            yield clause


def _limits_something(clause: Clause) -> bool:
    """Whether a clause withholds anything; of commercial use, "yes" does not, and a duty to show is none."""
    if getattr(clause, "value", None) == "yes":
        return False
    return getattr(clause, "effect", "no-rights") not in {"display", "registration"}


def _above_a_line(parent: License, release: License, closed: ShareAlike | None) -> Iterator[Reason]:
    """Duties that begin above a line of users or revenue, and go with what is made from the model."""
    for kind in ("user_threshold", "revenue_threshold"):
        for clause in parent.clauses(kind) or ():
            effect = getattr(clause, "effect", None)
            if effect not in {"display", "registration", "royalty"}:
                continue
            why = f"{kind.replace('_', ' ')}: a further duty above its line ({effect})"
            if closed:
                why = f"{why}; whether {release.key} takes it is to be judged"
            yield _reason(parent, clause, "unknown" if closed else "conditional", why)


def _outputs(parent: License) -> Iterator[Reason]:
    """Whether the parent's outputs may go into another model at all."""
    clauses = parent.clauses("output_training")
    if clauses is UNSET:
        yield Reason(license=parent.key, section=None, outcome="unknown", why="training on outputs: not read")
        return
    spoken = [clause for clause in clauses if isinstance(clause, OutputTraining) and clause.value != "silent"]
    for clause in spoken:
        outcome, why = _OUTPUT[clause.value]
        if clause.value == "prohibited" and (clause.scope not in {None, "any_model"} or clause.condition):
            outcome, why = "unknown", f"{why}; whether the release is one is to be judged"
        said = f"; {clause.condition}" if clause.condition else ""
        yield _reason(parent, clause, outcome, why.format(clause.models) + said)
    if not spoken:
        free = parent.category in {Category.PERMISSIVE, Category.PUBLIC_DOMAIN}
        why = "nothing is said of training on outputs"
        if not free:
            why = f"{why}; whether what is made so falls under it is to be judged"
        yield Reason(license=parent.key, section=None, outcome="allowed" if free else "unknown", why=why)
    for kind in ("commercial_use", "research_only"):
        for limit in parent.clauses(kind) or ():
            if _limits_something(limit):
                why = f"{kind.replace('_', ' ')}: whether such training is within it is to be judged"
                yield _reason(parent, limit, "unknown", why)


_OUTPUT: Mapping[str, tuple[Outcome, str]] = {
    "allowed": ("allowed", "outputs may train {}"),
    "allowed_with_conditions": ("conditional", "outputs may train {}, on conditions"),
    "prohibited": ("conflict", "outputs may not train {}"),
    "prohibited_if_competitive": (
        "unknown",
        "outputs may not train what competes; whether it does is to be judged",
    ),
    "prohibited_if_commercial": ("unknown", "outputs may not train {} for commercial purposes"),
    "prohibited_unless_noncommercial": ("unknown", "outputs may train {} for non-commercial purposes alone"),
}


def _duties(parent: License, acts: frozenset[Act]) -> Iterator[Reason]:
    for kind, words in _DUTIES.items():
        for clause in parent.clauses(kind) or ():
            if not acts.isdisjoint(getattr(clause, "triggers", ())):
                yield _reason(parent, clause, "conditional", words)


def _doubted(reason: Reason, clause: Clause, acts: frozenset[Act]) -> Reason:
    """Return a reason that stands in the way as one that is to be judged, where the text leaves it open."""
    doubt = next((one for one in clause.doubts if one.whole or not acts.isdisjoint(one.not_for)), None)
    if doubt is None or reason.outcome not in {"conflict", "unknown"}:
        return reason
    why = f"{reason.why}; the text leaves it open: {doubt.why}"
    return msgspec.structs.replace(reason, outcome="unknown", why=why)


def _reason(parent: License, clause: Clause, outcome: Outcome, why: str) -> Reason:
    return Reason(license=parent.key, section=clause.section, outcome=outcome, why=why)
