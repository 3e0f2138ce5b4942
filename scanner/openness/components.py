# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Which components of the Model Openness Framework a release holds, which it only claims, which it lacks.

The law: only what lies here under an accepted licence counts. A link, a key and the author's own
``MOF.yml`` are claims. A bare ``base_model`` or the word "train" is evidence of nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec.structs import replace

from scanner.model.base import Evidence, Value
from scanner.model.conclusion import ConcludedLicense
from scanner.model.openness import ComponentState, Grade, Presence
from scanner.model.reading import LegalText
from scanner.model.release import Artifact, ArtifactKind, Component
from scanner.openness.mof import MofComponent, mof_table
from scanner.openness.signs import (
    ADDRESSES,
    LFS_POINTER,
    LINE_LIMIT,
    bodies,
    headed_lines,
    is_empty,
    line_of,
    lines_of,
    of_file,
    results_in,
    thanks,
    words,
)
from scanner.openness.stated import listed_by_author
from scanner.openness.subject import Subject
from scanner.openness.tables import accepted_ids, compiled, signs_table, table
from scanner.openness.terms import Terms


class FileSign(Value, frozen=True, kw_only=True):
    """What a file is evidence of, by its path."""

    kinds: tuple[ArtifactKind, ...]
    pattern: str
    components: tuple[str, ...]


class SectionSign(Value, frozen=True, kw_only=True):
    """What a part of a card is evidence of, by its heading."""

    component: str
    heading: str
    words: int
    """Fewer below it are none."""


class NamedSign(Value, frozen=True, kw_only=True):
    """What a key claims; a name that ends with a dot stands for all that begin so."""

    reading: str
    components: tuple[str, ...]
    pattern: str = ""


class LinkSign(Value, frozen=True, kw_only=True):
    """What a link claims, by its address and the other words of its line."""

    component: str
    address: str
    says: str
    after: tuple[str, ...] = ()
    headed: bool = False
    """Whether the heading above the line may say it, too."""


class ComponentSigns(Value, frozen=True, kw_only=True):
    """``components.yaml``."""

    files: tuple[FileSign, ...]
    sections: tuple[SectionSign, ...]
    named: tuple[NamedSign, ...]
    links: tuple[LinkSign, ...]
    repository: str
    """A repository of code, by its address."""

    libraries: str
    """Repositories of libraries that many models share."""


class Trace(Value, frozen=True, kw_only=True):
    """One piece of evidence of a component."""

    component: str
    what: str
    """A path, a link or a name."""

    evidence: Evidence


@cache
def component_signs() -> ComponentSigns:
    """Return what is evidence of what."""
    return table("components", ComponentSigns)


def components_of(subject: Subject) -> tuple[ComponentState, ...]:
    """Return every component of the framework as a release has it, in the framework's order."""
    here = _grouped((*_files(subject), *_cards(subject), *_sections(subject)))
    claims = _grouped((*_named(subject), *_links(subject)))
    listed, unread = listed_by_author(subject.facts), _unread_card(subject)
    empty = _grouped(_files(subject, empty=True))
    found = (
        _state(component, here.get(component.id, []), claims.get(component.id, []), unread, subject)
        for component in mof_table().components
    )
    return tuple(
        listed.get(state.id, _told(state, empty)) if state.presence in _SILENT else state for state in found
    )


def _told(state: ComponentState, empty: Mapping[str, list[Trace]]) -> ComponentState:
    """Say of a component that was not found which file of it is here and empty."""
    if state.presence is not Presence.NOT_FOUND or state.id not in empty:
        return state
    first = empty[state.id][0]
    return replace(state, why=f"{first.what} is empty", evidence=_kept([first]))


_SILENT = (Presence.NOT_FOUND, Presence.UNKNOWN)
"""Where the files say nothing, the author's own list is a claim."""


def _grouped(traces: Iterable[Trace]) -> Mapping[str, list[Trace]]:
    found: dict[str, list[Trace]] = {}
    for trace in traces:
        found.setdefault(trace.component, []).append(trace)
    return found


def _files(subject: Subject, *, empty: bool = False) -> Iterator[Trace]:
    """Yield what the files are evidence of, or would be, were they not empty."""
    artifacts = (one for one in subject.release.artifacts if is_empty(one) is empty)
    for artifact in sorted(artifacts, key=lambda one: one.path):
        for component in _evident(artifact):
            pointer = " (a pointer only)" if artifact.format == LFS_POINTER else ""
            yield Trace(component=component, what=f"{artifact.path}{pointer}", evidence=of_file(artifact))


def _evident(artifact: Artifact) -> tuple[str, ...]:
    """Return what the first sign that a file fits is evidence of."""
    path = artifact.path[-LINE_LIMIT:].lower()
    signs = (sign for sign in component_signs().files if artifact.kind in sign.kinds)
    return next((sign.components for sign in signs if compiled(sign.pattern).search(path)), ())


def _cards(subject: Subject) -> Iterator[Trace]:
    """Yield the cards that are more than a stub, and the results in them."""
    least = signs_table().documentation.minimum_words
    for text in bodies(subject.facts):
        if words(text) >= least:
            evidence = Evidence(path=text.path, reader="model-card", sha256=text.sha256)
            yield Trace(component="model-card", what=text.path, evidence=evidence)
        results = results_in(text)
        if results is not None:
            yield Trace(component="evaluation-results", what=f"a section of {text.path}", evidence=results)
    for reading in subject.facts.named("model-index"):
        yield Trace(component="evaluation-results", what="the card's model-index", evidence=reading.evidence)


def _sections(subject: Subject) -> Iterator[Trace]:
    """Yield the parts of cards that are components of their own, by their headings."""
    for text in bodies(subject.facts):
        prose = tuple(_prose(text))
        for sign in component_signs().sections:
            heading, written = None, 0
            for number, line in (*prose, (0, "#")):
                if line.lstrip().startswith("#"):
                    if heading is not None and written >= sign.words:
                        what = f"a section of {text.path}"
                        yield Trace(component=sign.component, what=what, evidence=heading)
                    fits = bool(compiled(sign.heading).search(line))
                    heading, written = (line_of(text, number, line), 0) if fits else (None, 0)
                else:
                    written += len(line.split())


def _prose(text: LegalText) -> Iterator[tuple[int, str]]:
    """Yield the lines of a card that are no code."""
    fenced = False
    for number, line in lines_of(text):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            yield number, line


def _named(subject: Subject) -> Iterator[Trace]:
    for reading in subject.facts.readings:
        for sign in component_signs().named:
            named = (
                reading.name.startswith(sign.reading)
                if sign.reading.endswith(".")
                else reading.name == sign.reading
            )
            if named and reading.value and compiled(sign.pattern).search(reading.value):
                for component in sign.components:
                    yield Trace(component=component, what=reading.value, evidence=reading.evidence)


def _links(subject: Subject) -> Iterator[Trace]:
    for text in bodies(subject.facts):
        for number, line, heading in headed_lines(text):
            if ("/" in line or "eprint" in line) and not thanks(line):
                for component, address in _link(line, heading):
                    yield Trace(component=component, what=address, evidence=line_of(text, number, line))


def _link(line: str, heading: str) -> Iterator[tuple[str, str]]:
    """Yield what the links of a line claim; the words of the addresses themselves say nothing."""
    claimed: set[str] = set()
    said: str | None = None
    for sign in component_signs().links:
        address = compiled(sign.address).search(line)
        if not address or not claimed.isdisjoint(sign.after):
            continue
        said = compiled(ADDRESSES).sub(" ", line) if said is None else said
        if compiled(sign.says).search(f"{said} {heading}" if sign.headed else said):
            claimed.add(sign.component)
            shared = compiled(component_signs().libraries).search(address[0])
            yield (_LIBRARIES if shared else sign.component), address[0].rstrip(".")


_LIBRARIES = "supporting-libraries"


def _unread_card(subject: Subject) -> str | None:
    """Return the card that could not be read, when there is one: what it says is not known."""
    cards = {one.path for one in subject.release.artifacts if one.kind is ArtifactKind.CARD}
    return min((one.path for one in subject.facts.unread if one.path in cards and one.matters), default=None)


def _state(
    component: MofComponent, here: list[Trace], claims: list[Trace], unread: str | None, subject: Subject
) -> ComponentState:
    if here:
        return _present(component, here, subject)
    if claims:
        named = ", ".join(dict.fromkeys(claim.what for claim in claims[:2]))
        return ComponentState(
            id=component.id,
            presence=Presence.ELSEWHERE,
            path=next((claim.what for claim in claims if "/" in claim.what), None),
            why=f"named in {claims[0].evidence.path}, not seen: {named}",
            evidence=_kept(claims[:1]),
        )
    if unread is not None and component.kind == "document":
        return ComponentState(id=component.id, presence=Presence.UNKNOWN, why=f"{unread} could not be read")
    return ComponentState(id=component.id, presence=Presence.NOT_FOUND, why="")


def _present(component: MofComponent, here: list[Trace], subject: Subject) -> ComponentState:
    """Grade what lies here by the terms of what carries it."""
    terms = subject.published(component.carrier)
    conclusion = _conclusion(component.carrier, subject)
    accepted = terms.grade is Grade.OPEN
    license_ = _license(conclusion, subject)
    if not accepted and license_ in accepted_ids():
        license_ = f"{license_} with further conditions"
    conditional = accepted and component.kind not in _made_for(conclusion, subject)
    others = f" and {len(here) - 1:,} more" if len(here) > 1 else ""
    return ComponentState(
        id=component.id,
        presence=Presence.HERE,
        license=license_,
        path=here[0].evidence.path,
        accepted=accepted,
        conditional=conditional,
        why=f"{here[0].what}{others}{_terms(license_, terms)}",
        evidence=_kept(here[:1]),
    )


def _terms(license_: str | None, terms: Terms) -> str:
    """Say in few words how the terms stand; the grades and the licences give the reason at length."""
    if terms.grade is Grade.OPEN:
        return ""
    if license_ is None:
        return "; its terms are not settled"
    return f"; {license_}"


def _conclusion(carrier: Component, subject: Subject) -> ConcludedLicense | None:
    return next((one for one in subject.licenses.concluded if one.component is carrier), None)


def _license(conclusion: ConcludedLicense | None, subject: Subject) -> str | None:
    """Return the licence as SPDX writes it where it can be written so, else the catalogue's keys."""
    if conclusion is None or not conclusion.keys:
        return None
    ids = [_id(key, subject) for key in conclusion.keys]
    return ids[0] if len(ids) == 1 else conclusion.expression or " AND ".join(ids)


def _id(key: str, subject: Subject) -> str:
    record = subject.catalogue.licenses.get(key)
    return record.spdx_id if record is not None and record.spdx_id else key


def _made_for(conclusion: ConcludedLicense | None, subject: Subject) -> frozenset[str]:
    """Return the kinds of content that every one of the licences is made for."""
    keys = conclusion.keys if conclusion is not None else ()
    kinds = [accepted_ids().get(_id(key, subject), frozenset()) for key in keys]
    return frozenset[str]().union(*kinds) if kinds else frozenset()


def _kept(traces: Iterable[Trace]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(trace.evidence for trace in traces))
