# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Two reports against each other: what came, what went, and what changed for whom.

Both are read from the JSON that ``report -o NAME.json`` writes. A release is the same one in both when its
repository on the Hub is, or, where that is not known, its path.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from scanner.errors import ConfigError
from scanner.model.change import Change, ChangeKind, Difference
from scanner.model.finding import VerdictWord
from scanner.model.license import License
from scanner.terms.compare import compare


class _Weights(msgspec.Struct, frozen=True):
    keys: tuple[str, ...]
    status: str
    candidates: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The licence as a reader is told it."""
        if self.keys:
            return f"{' and '.join(self.keys)} ({self.status})"
        return f"{self.status}: {' or '.join(self.candidates)}" if self.candidates else self.status


class _Concluded(msgspec.Struct, frozen=True):
    weights: _Weights


class _Licenses(msgspec.Struct, frozen=True):
    concluded: _Concluded


class _Verdict(msgspec.Struct, frozen=True):
    use_case: str
    verdict: VerdictWord


class _Term(msgspec.Struct, frozen=True):
    license: str
    via: str | None = None


class _Duty(msgspec.Struct, frozen=True):
    id: str
    use_case: str
    what: str
    applies: str


class _Found(msgspec.Struct, frozen=True):
    fingerprint: str
    use_case: str
    message: str
    severity: str


class _Axis(msgspec.Struct, frozen=True):
    grade: str


class _Openness(msgspec.Struct, frozen=True):
    label: str
    axes: dict[str, _Axis]


class _Release(msgspec.Struct, frozen=True):
    name: str
    path: str
    verdicts: tuple[_Verdict, ...]
    licenses: _Licenses
    effective: tuple[_Term, ...]
    obligations: tuple[_Duty, ...]
    restrictions: tuple[_Duty, ...]
    findings: tuple[_Found, ...]
    openness: _Openness
    purl: str | None = None
    revision: str | None = None

    @property
    def identity(self) -> str:
        """What makes it the same release in another report."""
        return self.purl.split("@")[0] if self.purl else self.path


class _Digest(msgspec.Struct, frozen=True):
    digest: str


class Document(msgspec.Struct, frozen=True):
    """The parts of a report that are compared."""

    schema_version: str
    as_of: str
    catalogue: _Digest
    policy: _Digest
    releases: tuple[_Release, ...]


def read_document(data: bytes, source: str) -> Document:
    """Read a report as it was written to JSON.

    Raises:
        ConfigError: it is none.
    """
    try:
        return msgspec.json.decode(data, type=Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"it is no report of modelscan in JSON: {error}",
            source=source,
            advice="write one with `modelscan report PATH -o NAME.json`",
        ) from None


_GRADES = ("unknown", "absent", "restricted", "available", "open")
"""From the least to the most that a reader may rely on."""


def difference(older: Document, newer: Document, licenses: Mapping[str, License]) -> Difference:
    """Return what changed from one report to another.

    Args:
        older: The report that was made first.
        newer: The one that it is held against.
        licenses: Records by key, to say in which clauses two licences differ.
    """
    old = {release.identity: release for release in older.releases}
    new = {release.identity: release for release in newer.releases}
    changes = [
        *(_gone(old[one]) for one in sorted(old.keys() - new.keys())),
        *(change for one in sorted(new.keys() - old.keys()) for change in _came(new[one])),
        *(
            change
            for one in sorted(old.keys() & new.keys())
            for change in _changed(old[one], new[one], licenses)
        ),
    ]
    order = list(ChangeKind)
    return Difference(
        older=older.as_of,
        newer=newer.as_of,
        same_knowledge=(older.catalogue, older.policy) == (newer.catalogue, newer.policy),
        changes=tuple(sorted(changes, key=lambda one: (one.release, order.index(one.kind)))),
        introduced=_worst(changes),
    )


def _worst(changes: Iterable[Change]) -> VerdictWord | None:
    """Return the worst verdict that is new."""
    words = [
        VerdictWord(one.after)
        for one in changes
        if one.kind in {ChangeKind.ADDED, ChangeKind.VERDICT} and one.worse and one.after
    ]
    return max(words, key=list(VerdictWord).index, default=None)


def _gone(release: _Release) -> Change:
    return Change(
        kind=ChangeKind.REMOVED, release=release.name, before=release.licenses.concluded.weights.words
    )


def _came(release: _Release) -> Iterator[Change]:
    for verdict in release.verdicts:
        yield Change(
            kind=ChangeKind.ADDED,
            release=release.name,
            use_case=verdict.use_case,
            after=verdict.verdict.value,
            what=release.licenses.concluded.weights.words,
            worse=True,
        )


def _changed(old: _Release, new: _Release, licenses: Mapping[str, License]) -> Iterator[Change]:
    if old.revision != new.revision:
        yield Change(kind=ChangeKind.REVISION, release=new.name, before=old.revision, after=new.revision)
    yield from _verdicts(old, new)
    yield from _license(old, new, licenses)
    yield from _terms(old, new)
    yield from _duties(old, new)
    yield from _openness(old, new)
    yield from _findings(old, new)


def _verdicts(old: _Release, new: _Release) -> Iterator[Change]:
    order = list(VerdictWord)
    before = {one.use_case: one.verdict for one in old.verdicts}
    for one in new.verdicts:
        was = before.get(one.use_case)
        if was is not None and was is not one.verdict:
            yield Change(
                kind=ChangeKind.VERDICT,
                release=new.name,
                use_case=one.use_case,
                before=was.value,
                after=one.verdict.value,
                worse=order.index(one.verdict) > order.index(was),
            )


def _license(old: _Release, new: _Release, licenses: Mapping[str, License]) -> Iterator[Change]:
    was, now = old.licenses.concluded.weights, new.licenses.concluded.weights
    if was == now:
        return
    yield Change(
        kind=ChangeKind.LICENSE,
        release=new.name,
        before=was.words,
        after=now.words,
        clauses=clause_changes(was.keys, now.keys, licenses),
        worse=True,
    )


def clause_changes(
    was: Sequence[str], now: Sequence[str], licenses: Mapping[str, License]
) -> tuple[str, ...]:
    """Return the kinds of clauses in which two licences differ, where each side is one that is known."""
    if len(was) != 1 or len(now) != 1 or was == now or not {*was, *now} <= licenses.keys():
        return ()
    rows = compare(licenses[was[0]], licenses[now[0]]).rows
    return tuple(
        f"{row.kind.replace('_', ' ')}: {row.state.replace('left', was[0]).replace('right', now[0])}"
        for row in rows
        if row.state not in {"same", "in neither"}
    )


def _terms(old: _Release, new: _Release) -> Iterator[Change]:
    for kind, fewer, more in (
        (ChangeKind.TERMS_ADDED, old.effective, new.effective),
        (ChangeKind.TERMS_REMOVED, new.effective, old.effective),
    ):
        for term in sorted({*more} - {*fewer}, key=lambda one: (one.license, one.via or "")):
            yield Change(
                kind=kind,
                release=new.name,
                what=f"{term.license}{f' from {term.via}' if term.via else ''}",
                worse=kind is ChangeKind.TERMS_ADDED,
            )


def _duties(old: _Release, new: _Release) -> Iterator[Change]:
    before, after = _due(old), _due(new)
    for kind, fewer, more in (
        (ChangeKind.DUTY_ADDED, before, after),
        (ChangeKind.DUTY_REMOVED, after, before),
    ):
        for key in sorted(more.keys() - fewer.keys()):
            yield Change(
                kind=kind,
                release=new.name,
                use_case=key[1],
                what=more[key].what,
                worse=kind is ChangeKind.DUTY_ADDED,
            )


def _due(release: _Release) -> Mapping[tuple[str, str], _Duty]:
    """Return the duties and limits that hold, or may, by id and use case."""
    every = (*release.obligations, *release.restrictions)
    return {(one.id, one.use_case): one for one in every if one.applies != "no"}


def _openness(old: _Release, new: _Release) -> Iterator[Change]:
    for axis, graded in new.openness.axes.items():
        was = old.openness.axes.get(axis)
        if was is not None and was.grade != graded.grade:
            yield Change(
                kind=ChangeKind.OPENNESS,
                release=new.name,
                before=was.grade,
                after=graded.grade,
                what=axis.replace("_", " "),
                worse=_rank(graded.grade) < _rank(was.grade),
            )


def _rank(grade: str) -> int:
    return _GRADES.index(grade) if grade in _GRADES else 0


def _findings(old: _Release, new: _Release) -> Iterator[Change]:
    before = {one.fingerprint: one for one in old.findings}
    after = {one.fingerprint: one for one in new.findings}
    for kind, fewer, more in (
        (ChangeKind.FINDING_ADDED, before, after),
        (ChangeKind.FINDING_REMOVED, after, before),
    ):
        for key in sorted(
            more.keys() - fewer.keys(), key=lambda one: (more[one].use_case, more[one].message)
        ):
            yield Change(
                kind=kind,
                release=new.name,
                use_case=more[key].use_case,
                what=more[key].message,
                worse=kind is ChangeKind.FINDING_ADDED and more[key].severity != "note",
            )


__all__ = ["Document", "clause_changes", "difference", "read_document"]
