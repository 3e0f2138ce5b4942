# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a change does to the models of a repository: what came, what went, and what changed for whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scanner.gate.judge import entry_words
from scanner.model.change import Change, ChangeKind
from scanner.model.finding import VerdictWord
from scanner.model.gate import JudgedModel
from scanner.model.license import License
from scanner.model.lock import LockEntry
from scanner.model.openness import Grade
from scanner.terms.changes import clause_changes

_GRADES = (Grade.UNKNOWN, Grade.ABSENT, Grade.RESTRICTED, Grade.AVAILABLE, Grade.OPEN)


def changes_between(
    before: Sequence[JudgedModel], after: Sequence[JudgedModel], licenses: Mapping[str, License]
) -> tuple[Change, ...]:
    """Return what differs between two states, model by model.

    A model is the same one in both when its kind and name are; of one that is named at several revisions,
    each that is in both is held against itself, and the others against each other in their order.
    """
    old, new = _by_name(before), _by_name(after)
    found: list[Change] = []
    for name in sorted({*old, *new}):
        gone, came, pairs = _paired(old.get(name, []), new.get(name, []))
        found += [_gone(one) for one in gone]
        found += [_came(one) for one in came]
        found += [change for was, now in pairs for change in _changed(was, now, licenses)]
    order = list(ChangeKind)
    return tuple(
        sorted(dict.fromkeys(found), key=lambda one: (one.release, order.index(one.kind), one.what or ""))
    )


_Named = dict[tuple[str, str, str], list[JudgedModel]]


def _by_name(models: Iterable[JudgedModel]) -> _Named:
    found: _Named = {}
    for one in models:
        name = (one.dependency.id or one.dependency.name).casefold()
        found.setdefault((name, one.dependency.kind.value, one.section), []).append(one)
    return found


def _paired(
    old: Sequence[JudgedModel], new: Sequence[JudgedModel]
) -> tuple[list[JudgedModel], list[JudgedModel], list[tuple[JudgedModel, JudgedModel]]]:
    """Return what is in one state alone, and the pairs of what is in both."""
    by_revision = {one.dependency.revision: one for one in old}
    pairs = [
        (by_revision.pop(one.dependency.revision), one)
        for one in new
        if one.dependency.revision in by_revision
    ]
    paired = {id(now) for _, now in pairs}
    rest_new = [one for one in new if id(one) not in paired]
    rest_old = list(by_revision.values())
    moved = list(zip(rest_old, rest_new, strict=False))
    return rest_old[len(moved) :], rest_new[len(moved) :], [*pairs, *moved]


def _gone(one: JudgedModel) -> Change:
    return Change(kind=ChangeKind.REMOVED, release=one.dependency.name, before=entry_words(one.entry))


def _came(one: JudgedModel) -> Change:
    return Change(
        kind=ChangeKind.ADDED,
        release=one.dependency.name,
        after=one.verdict.value if one.verdict else "not examined",
        what=entry_words(one.entry),
        worse=True,
    )


def _changed(was: JudgedModel, now: JudgedModel, licenses: Mapping[str, License]) -> Iterator[Change]:
    name = now.dependency.name
    before, after = _revision(was), _revision(now)
    if before != after:
        yield Change(kind=ChangeKind.REVISION, release=name, before=before, after=after)
    if was.verdict != now.verdict:
        yield Change(
            kind=ChangeKind.VERDICT,
            release=name,
            before=was.verdict.value if was.verdict else "not examined",
            after=now.verdict.value if now.verdict else "not examined",
            worse=_rank(now.verdict) > _rank(was.verdict),
        )
    if was.signoff != now.signoff and was.signoff is not None:
        yield Change(
            kind=ChangeKind.SIGNOFF,
            release=name,
            before=was.signoff,
            after=now.signoff or "none",
            worse=now.signoff != "valid",
        )
    if was.entry is not None and now.entry is not None:
        yield from _facts(name, was.entry, now.entry, licenses)
    yield from _duties(name, was, now)
    places = [{one.path for one in model.dependency.references} for model in (was, now)]
    if places[0] != places[1]:
        yield Change(
            kind=ChangeKind.MOVED,
            release=name,
            before=", ".join(sorted(places[0])),
            after=", ".join(sorted(places[1])),
        )


def _revision(one: JudgedModel) -> str | None:
    return one.dependency.revision or (one.entry.revision if one.entry else None)


def _rank(verdict: VerdictWord | None) -> int:
    return list(VerdictWord).index(verdict or VerdictWord.REVIEW)


def _facts(name: str, was: LockEntry, now: LockEntry, licenses: Mapping[str, License]) -> Iterator[Change]:
    if was.license_words != now.license_words or was.legal_digests != now.legal_digests:
        yield Change(
            kind=ChangeKind.LICENSE,
            release=name,
            before=was.license_words,
            after=_after(was, now),
            clauses=clause_changes(was.weights.keys, now.weights.keys, licenses),
            worse=True,
        )
    for kind, fewer, more in (
        (ChangeKind.TERMS_ADDED, was, now),
        (ChangeKind.TERMS_REMOVED, now, was),
    ):
        known = {(one.license, one.via) for one in fewer.effective}
        for term in more.effective:
            if (term.license, term.via) not in known:
                via = f" from {term.via}" if term.via else ""
                added = kind is ChangeKind.TERMS_ADDED
                yield Change(kind=kind, release=name, what=f"{term.license}{via}", worse=added)
    if was.openness is not None and now.openness is not None:
        for axis, grade in now.openness.axes.items():
            earlier = was.openness.axes.get(axis)
            if earlier is not None and earlier is not grade:
                yield Change(
                    kind=ChangeKind.OPENNESS,
                    release=name,
                    before=earlier.value,
                    after=grade.value,
                    what=axis.value.replace("_", " "),
                    worse=_GRADES.index(grade) < _GRADES.index(earlier),
                )


def _after(was: LockEntry, now: LockEntry) -> str:
    """Return the licence now, and that its words changed where it is called the same."""
    same = was.license_words == now.license_words
    return f"{now.license_words}, with other words in its texts" if same else now.license_words


def _duties(name: str, was: JudgedModel, now: JudgedModel) -> Iterator[Change]:
    before = {one.id: one for one in was.obligations}
    after = {one.id: one for one in now.obligations}
    for kind, fewer, more in (
        (ChangeKind.DUTY_ADDED, before, after),
        (ChangeKind.DUTY_REMOVED, after, before),
    ):
        for key in sorted(more.keys() - fewer.keys()):
            yield Change(
                kind=kind,
                release=name,
                use_case=more[key].use_case,
                what=more[key].what,
                worse=kind is ChangeKind.DUTY_ADDED,
            )


__all__ = ["changes_between"]
