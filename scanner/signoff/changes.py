# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What was signed off against what is there: every difference, and whether the decision covers it.

What is not known on one side is not compared. White space, case and markup of a text are no difference.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from scanner.model.signoff import (
    BoundFile,
    BoundLicense,
    BoundTerm,
    BoundText,
    Compared,
    Content,
    ContentChange,
    Part,
    Signoff,
)

_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")

_WEAKEST: tuple[Compared, ...] = ("size", "header", "recorded", "computed")


def changes(signoff: Signoff, now: Content) -> tuple[ContentChange, ...]:
    """Return what differs from the content that was signed off, in the order of :class:`Part`."""
    then = signoff.content
    if then.use_case.id != now.use_case.id:
        other = ContentChange(part=Part.USE_CASE, before=then.use_case.id, after=now.use_case.id, voids=True)
        return (other, *_of_the_release(then, now))
    found = [*_of_the_release(then, now), *_of_the_use(signoff, now)]
    order = list(Part)
    return tuple(sorted(found, key=lambda one: (order.index(one.part), one.what)))


def _of_the_release(then: Content, now: Content) -> Iterator[ContentChange]:
    """Yield what differs whatever the use case is."""
    yield from _weights(then, now)
    yield from _texts(then, now)
    yield from _licenses(then, now)
    for before, after in ((then, now), (now, then)):
        for term in sorted({*after.effective} - {*before.effective}, key=_term):
            came = after is now
            yield ContentChange(
                part=Part.TERMS,
                before=None if came else _term(term),
                after=_term(term) if came else None,
                voids=True,
            )
    for part, was, is_ in (
        (Part.REVISION, then.revision, now.revision),
        (Part.POLICY, then.policy_digest, now.policy_digest),
        (Part.CATALOGUE, then.catalogue_digest, now.catalogue_digest),
        (Part.TOOL, then.tool, now.tool),
    ):
        if was is not None and is_ is not None and was != is_:
            yield ContentChange(part=part, before=was, after=is_, voids=False)


def _of_the_use(signoff: Signoff, now: Content) -> Iterator[ContentChange]:
    """Yield what differs in what follows under the use case."""
    then = signoff.content
    if then.use_case.digest != now.use_case.digest:
        yield ContentChange(
            part=Part.USE_CASE,
            what=now.use_case.id,
            before=then.use_case.digest,
            after=now.use_case.digest,
            voids=True,
        )
    if then.verdict is not None and now.verdict is not None and then.verdict != now.verdict:
        yield ContentChange(part=Part.VERDICT, before=then.verdict, after=now.verdict, voids=True)
    yield from _duties(then, now)
    yield from _findings(signoff, now)


def _weights(then: Content, now: Content) -> Iterator[ContentChange]:
    for path, was, is_ in _paired(
        {one.path: one for one in then.weights}, {one.path: one for one in now.weights}
    ):
        if was is None or is_ is None or _differ(was, is_):
            yield ContentChange(part=Part.WEIGHTS, what=path, before=_file(was), after=_file(is_), voids=True)


def _differ(was: BoundFile, is_: BoundFile) -> bool:
    return was.size != is_.size or any(
        one is not None and other is not None and one != other
        for one, other in ((was.sha256, is_.sha256), (was.header_sha256, is_.header_sha256))
    )


def _file(one: BoundFile | None) -> str | None:
    if one is None:
        return None
    digest = f"sha256 {one.sha256}" if one.sha256 else ""
    header = f"header sha256 {one.header_sha256}" if one.header_sha256 and not digest else ""
    return ", ".join(filter(None, (f"{one.size:,} bytes", digest, header)))


def compared(then: Content, now: Content) -> Compared:
    """Return how the weights that are in both were compared; of several files, the weakest way."""
    files = {one.path: one for one in then.weights}
    ways = {_way(files[one.path], one) for one in now.weights if one.path in files}
    return min(ways, key=_WEAKEST.index, default="computed")


def _way(was: BoundFile, is_: BoundFile) -> Compared:
    if was.sha256 and is_.sha256:
        return "computed" if is_.how == "computed" else "recorded"
    return "header" if was.header_sha256 and is_.header_sha256 else "size"


def _texts(then: Content, now: Content) -> Iterator[ContentChange]:
    """Yield texts whose words differ; those of a card that holds no terms bind nobody by themselves."""
    old = {(one.path, one.source): one for one in then.texts}
    new = {(one.path, one.source): one for one in now.texts}
    for (path, _), was, is_ in _paired(old, new):
        if was is not None and is_ is not None and was.words_sha256 == is_.words_sha256:
            continue
        terms = any(one is not None and not one.prose for one in (was, is_))
        yield ContentChange(
            part=Part.TEXT if terms else Part.CARD,
            what=path,
            before=_words(was),
            after=_words(is_),
            voids=terms,
        )


def _words(one: BoundText | None) -> str | None:
    return f"words sha256 {one.words_sha256}" if one else None


def _licenses(then: Content, now: Content) -> Iterator[ContentChange]:
    old = {one.component: one for one in then.concluded}
    new = {one.component: one for one in now.concluded}
    for component, was, is_ in _paired(old, new):
        if was != is_:
            yield ContentChange(
                part=Part.LICENSE, what=component, before=_license(was), after=_license(is_), voids=True
            )


def _license(one: BoundLicense | None) -> str | None:
    if one is None:
        return None
    if one.keys:
        return f"{' and '.join(one.keys)} ({one.status})"
    return f"{one.status}: {' or '.join(one.candidates)}" if one.candidates else one.status


def _term(term: BoundTerm) -> str:
    via = f" from {term.via}" if term.via else ""
    return f"{term.license}{via}{'' if term.certain else ' (may bind)'}"


def _duties(then: Content, now: Content) -> Iterator[ContentChange]:
    """Yield duties that came or went, or of which it is now surer or less sure that they apply."""
    old = {one.id: one.applies for one in then.duties if one.applies != "no"}
    new = {one.id: one.applies for one in now.duties if one.applies != "no"}
    for key, was, is_ in _paired(old, new):
        if was != is_:
            told = [None if one is None else f"applies: {one}" for one in (was, is_)]
            yield ContentChange(part=Part.DUTY, what=key, before=told[0], after=told[1], voids=True)


def _findings(signoff: Signoff, now: Content) -> Iterator[ContentChange]:
    """Yield findings that came, which no decision covers, and that went: accepted ones void it."""
    old = {one.fingerprint: one for one in signoff.content.findings}
    new = {one.fingerprint: one for one in now.findings}
    for key, was, is_ in _paired(old, new):
        if was is None or is_ is None:
            yield ContentChange(
                part=Part.FINDING,
                what=key,
                before=was.message if was else None,
                after=is_.message if is_ else None,
                voids=was is None or key in signoff.accepted,
            )


def _paired(
    old: Mapping[_Key, _Item], new: Mapping[_Key, _Item]
) -> Iterable[tuple[_Key, _Item | None, _Item | None]]:
    """Yield every key of two mappings with both values."""
    return ((key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys(), key=str))
