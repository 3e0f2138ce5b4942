# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Whether a sign-off holds for the content at hand, on a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scanner.model.signoff import (
    Compared,
    Content,
    ContentChange,
    Judged,
    Recorded,
    Signature,
    Signoff,
    SignoffState,
    State,
)
from scanner.signoff.changes import changes, compared
from scanner.signoff.store import slug

Checked = tuple[Recorded, Signature]
"""One file of the store, and what came of checking its signature."""

_HOW: Mapping[Compared, str] = {
    "computed": "by digests computed now",
    "recorded": "by digests that were recorded and not computed anew",
    "header": "by their sizes and headers only",
    "size": "by their sizes only",
}


def state_of(
    recorded: Recorded,
    signature: Signature,
    content: Content,
    *,
    as_of: str,
    superseded_by: str | None = None,
) -> SignoffState:
    """Return what a sign-off is worth for one release under one use case.

    Args:
        recorded: The file of the store.
        signature: What came of checking its signature.
        content: The release as it is now.
        as_of: ISO date that is asked about.
        superseded_by: Digest of the statement that takes its place, see :func:`superseded`.
    """
    signoff = recorded.statement.predicate if recorded.statement else None
    found = changes(signoff, content) if signoff and same_release(signoff.content, content) else ()
    way = compared(signoff.content, content) if signoff and same_release(signoff.content, content) else None
    state, why = next(_states(recorded, signature, content, found, way, as_of, superseded_by))
    accepted = {*signoff.accepted} if signoff else set()
    return SignoffState(
        state=state,
        why=why,
        decision=signoff.decision if signoff else None,
        changes=found,
        signature=signature,
        weights=way,
        uncovered=tuple(one for one in content.findings if one.gates and one.fingerprint not in accepted),
    )


def standing(
    recorded: Recorded, signature: Signature, *, as_of: str, superseded_by: str | None = None
) -> SignoffState | None:
    """Return the state as far as it can be told without the release; None: only the release can tell."""
    found = next(_before(recorded, signature, as_of, superseded_by), None)
    if found is None and recorded.statement is not None:
        found = next(_expired(recorded.statement.predicate, as_of), None)
    if found is None:
        return None
    decision = recorded.statement.predicate.decision if recorded.statement else None
    return SignoffState(state=found[0], why=found[1], decision=decision, signature=signature)


def _states(  # noqa: PLR0913, PLR0917  the parts of one question
    recorded: Recorded,
    signature: Signature,
    content: Content,
    found: Sequence[ContentChange],
    way: Compared | None,
    as_of: str,
    superseded_by: str | None,
) -> Iterator[tuple[State, str]]:
    """Yield every state that is true with its reason, in the order of precedence."""
    if recorded.statement is not None and not same_release(recorded.statement.predicate.content, content):
        of = recorded.statement.predicate.content
        yield State.INVALID, f"it is for {_identity(of)}, and this is {_identity(content)}"
    yield from _before(recorded, signature, as_of, superseded_by)
    if recorded.statement is None:
        yield State.INVALID, "it cannot be read"
        return
    void = [one for one in found if one.voids]
    if void:
        yield State.STALE, f"changed since it was decided: {_parts(void)}"
    yield from _expired(recorded.statement.predicate, as_of)
    if found:
        yield State.REVIEW_SUGGESTED, f"changed, with the same verdict and duties: {_parts(found)}"
    if way is not None and way != "computed":
        yield State.NOT_REREAD, f"nothing differs; the weights were compared {_HOW[way]}"
    if signature.state == "absent":
        yield State.UNSIGNED, "nothing differs; it is recorded, and nobody signed it"
    if signature.state == "unchecked":
        yield State.UNSIGNED, f"nothing differs; its signature was not checked: {signature.why}"
    yield State.VALID, "nothing differs, and its signature verifies"


def _before(
    recorded: Recorded, signature: Signature, as_of: str, superseded_by: str | None
) -> Iterator[tuple[State, str]]:
    """Yield what is wrong with a statement whatever the release is like."""
    if recorded.problem is not None:
        yield State.INVALID, recorded.problem
    if signature.state == "failed":
        yield State.INVALID, signature.why
    if recorded.statement is not None and as_of < recorded.statement.predicate.decided:
        yield State.INVALID, f"it was decided on {recorded.statement.predicate.decided}, after {as_of}"
    if superseded_by is not None:
        yield State.SUPERSEDED, f"a later decision takes its place: {superseded_by[:16]}"


def _expired(signoff: Signoff, as_of: str) -> Iterator[tuple[State, str]]:
    if signoff.until < as_of:
        yield State.EXPIRED, f"it held until {signoff.until}"
    for one in signoff.exceptions:
        if one.until < as_of:
            yield State.EXPIRED, f"an exception of it held until {one.until}: {one.reason}"


def _parts(found: Iterable[ContentChange]) -> str:
    return ", ".join(dict.fromkeys(one.part.value for one in found))


def same_release(one: Content, other: Content) -> bool:
    """Whether two contents are of one release: of one name and, where both are known, one repository."""
    known = one.purl is not None and other.purl is not None
    return one.name == other.name and (not known or _repository(one) == _repository(other))


def _repository(content: Content) -> str:
    return (content.purl or "").partition("@")[0]


def _identity(content: Content) -> str:
    return f"{content.name} ({_repository(content)})" if content.purl else content.name


def superseded(checked: Iterable[Checked], *, as_of: str) -> Mapping[str, str]:
    """Return the statements whose place another one takes: digest of the older to digest of the newer.

    Only a statement that is sound itself, on that day, takes a place, and only of one on the same release
    and use case: a forged or copied file takes none away.
    """
    every = list(checked)
    known = {one.digest: one.statement.predicate for one, _ in every if one.statement is not None}
    sound = {
        one.digest for one, signature in every if next(_before(one, signature, as_of, None), None) is None
    }
    return {
        older: newer
        for newer in sorted(sound & known.keys())
        for older in known[newer].supersedes
        if older in known and same_matter(known[older].content, known[newer].content)
    }


def same_matter(one: Content, other: Content) -> bool:
    """Whether two contents are of one release under a use case of one name."""
    return same_release(one, other) and one.use_case.id == other.use_case.id


def current(checked: Iterable[Checked], content: Content, *, as_of: str) -> tuple[Recorded, ...]:
    """Return the sound statements on a release and use case whose place no other one takes."""
    every = list(checked)
    gone = superseded(every, as_of=as_of)
    return tuple(
        one
        for one, signature in every
        if one.statement is not None
        and same_matter(one.statement.predicate.content, content)
        and next(_before(one, signature, as_of, gone.get(one.digest)), None) is None
    )


def judge(checked: Iterable[Checked], contents: Iterable[Content], *, as_of: str) -> tuple[Judged, ...]:
    """Return every release and use case with each sign-off that concerns it, or with none.

    A file of the release's own folder that cannot be believed concerns it under every use case.
    """
    every = list(checked)
    gone = superseded(every, as_of=as_of)
    folders: dict[str, list[Checked]] = {}
    for one in every:
        folders.setdefault(one[0].path.rpartition("/")[0], []).append(one)
    found: list[Judged] = []
    for content in contents:
        concerning = [one for one in folders.get(slug(content.name), ()) if _concerns(one[0], content)]
        states = [
            state_of(one, signature, content, as_of=as_of, superseded_by=gone.get(one.digest))
            for one, signature in concerning
        ]
        name, use = content.name, content.use_case.id
        found += [
            Judged(release=name, use_case=use, recorded=recorded, signature=state.signature, state=state)
            for (recorded, _), state in zip(concerning, states, strict=True)
        ]
        if all(state.state is State.SUPERSEDED for state in states):
            found.append(Judged(release=name, use_case=use))
    return tuple(found)


def _concerns(recorded: Recorded, content: Content) -> bool:
    """Whether a file of a release's folder is a decision on it and the use case, or none on anything.

    Two releases may have one folder (``org/name`` and ``org--name``): the decisions on the other are its own.
    """
    if recorded.statement is None or recorded.problem is not None:
        return True
    return same_matter(recorded.statement.predicate.content, content)


def approved(judged: Iterable[Judged]) -> bool:
    """Whether each release and use case has a sign-off that approves, and none that does not."""
    deciding = [one for one in judged if one.state is None or one.state.state is not State.SUPERSEDED]
    return all(one.state is not None and one.state.approves for one in deciding)
