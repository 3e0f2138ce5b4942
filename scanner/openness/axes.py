# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The grade of each axis, in the order of ``docs/openness.md``.

What is published in the release is graded by its terms and its gate. What is only claimed, by a link or
a name, is unknown: neither it nor its terms were looked at. What is neither is absent *here*.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from scanner.model.base import Evidence
from scanner.model.openness import Axis, AxisGrade, Grade
from scanner.model.release import Artifact, ArtifactKind, Component, Release
from scanner.openness.signs import (
    LFS_POINTER,
    SHOWN,
    Claim,
    Found,
    bodies,
    empty_files_of,
    files_of,
    gates,
    is_empty,
    links,
    named_code,
    named_data,
    of_file,
    results_in,
    withheld,
    words,
)
from scanner.openness.subject import Subject
from scanner.openness.tables import compiled, signs_table
from scanner.openness.terms import RANK, Terms, header_terms


def grade_axes(subject: Subject) -> tuple[AxisGrade, ...]:
    """Return one grade for each axis, in the order of :class:`Axis`."""
    return tuple(_GRADERS[axis](subject) for axis in Axis)


def _weights(subject: Subject) -> AxisGrade:
    every = subject.artifacts(ArtifactKind.WEIGHTS)
    files = [file for file in every if not is_empty(file)]
    if not files:
        return _no_weights(subject)
    pointers = all(file.format == LFS_POINTER for file in files)
    here = "published, and here as pointers only" if pointers else "published here"
    settled = subject.published(Component.WEIGHTS)
    return _grade(
        Axis.WEIGHTS,
        settled.grade,
        f"{_counted(len(files), 'file')} of weights {here}{settled.why}",
        [*map(of_file, files[:SHOWN]), *_of_terms(subject, Component.WEIGHTS), *_gate(subject)],
    )


def _no_weights(subject: Subject) -> AxisGrade:
    empty = subject.artifacts(ArtifactKind.WEIGHTS)
    named = (*weights_named(subject.release), *empty)
    spoken = f"; {named[0].path} names weights that are not here" if len(named) > len(empty) else ""
    spoken += f"; {empty[0].path} is empty" if empty else ""
    closed = withheld(subject.facts)
    if closed is not None:
        why = f"no weights in this folder, and the card says that they are not published{spoken}"
        return _grade(Axis.WEIGHTS, Grade.ABSENT, why, [closed, *map(of_file, named)])
    why = f"no weights in this folder, which says nothing about elsewhere{spoken}"
    return _grade(Axis.WEIGHTS, Grade.ABSENT, why, map(of_file, named))


def weights_named(release: Release) -> tuple[Artifact, ...]:
    """Return the files that speak of weights which may not be here."""
    pattern = compiled(signs_table().weights_named)
    return tuple(artifact for artifact in release.artifacts if pattern.search(artifact.path))


def _inference_code(subject: Subject) -> AxisGrade:
    axis = Axis.INFERENCE_CODE
    claims = (*named_code(subject.facts), *links(axis, subject.facts))
    return _of_files(subject, axis, "code that loads or runs the model", claims)


def _training_code(subject: Subject) -> AxisGrade:
    axis = Axis.TRAINING_CODE
    return _of_files(subject, axis, "training code", links(axis, subject.facts))


def _training_data(subject: Subject) -> AxisGrade:
    axis = Axis.TRAINING_DATA
    claims = (*named_data(subject.facts), *links(axis, subject.facts))
    return _of_files(subject, axis, "training data", claims)


def _evaluation(subject: Subject) -> AxisGrade:
    axis = Axis.EVALUATION
    in_cards = tuple(
        Found(what=f"results in {text.path}", carrier=Component.DOCUMENTATION, evidence=evidence)
        for text in bodies(subject.facts)
        for evidence in [results_in(text)]
        if evidence is not None
    )
    in_keys = tuple(
        Found(what="results in the card's metadata", carrier=Component.DOCUMENTATION, evidence=one.evidence)
        for one in subject.facts.named("model-index")
    )
    return _of_files(
        subject, axis, "evaluation results or code", links(axis, subject.facts), (*in_keys, *in_cards)
    )


def _documentation(subject: Subject) -> AxisGrade:
    axis = Axis.DOCUMENTATION
    cards = subject.artifacts(ArtifactKind.CARD)
    papers = files_of(axis, subject.release)
    evidence = [*map(of_file, cards), *(paper.evidence for paper in papers)]
    written = sum(map(words, bodies(subject.facts)))
    unread = {one.path for one in subject.facts.unread} & {card.path for card in cards}
    if not cards and not papers:
        only, empty = _empty(subject, axis)
        return _grade(axis, Grade.ABSENT, f"no model card and no paper in this folder{only}", empty)
    if not papers and not written:
        if unread:
            return _grade(axis, Grade.UNKNOWN, f"{min(unread)} could not be read", evidence)
        return _grade(axis, Grade.ABSENT, "the model card says nothing beyond its metadata", evidence)
    here = f"a model card of {_counted(written, 'word')}" if written else papers[0].what
    terms = readable(subject.terms(Component.DOCUMENTATION))
    stub = not papers and written < signs_table().documentation.minimum_words
    if stub and terms.grade is Grade.OPEN:
        return _grade(axis, Grade.AVAILABLE, f"{here}, too short to be called documentation", evidence)
    return _grade(axis, terms.grade, f"{here} published here{terms.why}", evidence)


_GRADERS: Mapping[Axis, Callable[[Subject], AxisGrade]] = {
    Axis.WEIGHTS: _weights,
    Axis.INFERENCE_CODE: _inference_code,
    Axis.TRAINING_CODE: _training_code,
    Axis.TRAINING_DATA: _training_data,
    Axis.EVALUATION: _evaluation,
    Axis.DOCUMENTATION: _documentation,
}


def _of_files(
    subject: Subject,
    axis: Axis,
    what: str,
    claims: Sequence[Claim],
    more: Sequence[Found] = (),
) -> AxisGrade:
    """Grade an axis by what is here; by what is claimed; else it is absent."""
    found = (*files_of(axis, subject.release), *more)
    if found:
        return _published(subject, axis, found)
    if claims:
        named = ", ".join(dict.fromkeys(claim.what for claim in claims[:SHOWN]))
        why = (
            f"none in this folder; the release points to it ({named}), and neither it nor its terms were seen"
        )
        return _grade(axis, Grade.UNKNOWN, why, [claim.evidence for claim in claims])
    only, empty = _empty(subject, axis)
    return _grade(
        axis, Grade.ABSENT, f"no {what} in this folder, and no link or key that claims any{only}", empty
    )


def _empty(subject: Subject, axis: Axis) -> tuple[str, Sequence[Evidence]]:
    """Return the files that would be evidence, were they not empty, in words and as evidence."""
    empty = [one.evidence for one in empty_files_of(axis, subject.release)]
    return (f"; {empty[0].path} is empty" if empty else ""), empty


def _published(subject: Subject, axis: Axis, found: Sequence[Found]) -> AxisGrade:
    """Grade what is here by its terms; where it is under several, the most open part decides."""
    graded = []
    for carrier in dict.fromkeys(one.carrier for one in found):
        terms = subject.published(carrier)
        terms = readable(terms) if carrier is Component.DOCUMENTATION else terms
        graded.append((RANK[terms.grade], terms, [one for one in found if one.carrier is carrier]))
    _, terms, parts = max(graded, key=lambda one: one[0])
    others = f" and {len(parts) - 1:,} more" if len(parts) > 1 else ""
    evidence = [*(one.evidence for one in parts[:SHOWN]), *_of_terms(subject, parts[0].carrier)]
    return _grade(axis, terms.grade, f"{parts[0].what}{others} published here{terms.why}", evidence)


def readable(terms: Terms) -> Terms:
    """A document that is published can be read whatever its terms: not settled is available, not open."""
    if terms.grade is Grade.UNKNOWN:
        return Terms(grade=Grade.AVAILABLE, why=f" to be read{terms.why}")
    return terms


def _gate(subject: Subject) -> tuple[Evidence, ...]:
    return gates(subject.facts)[:1]


def _of_terms(subject: Subject, component: Component) -> tuple[Evidence, ...]:
    """Return the first evidence for the terms of a component, that of its own headers before it."""
    headers = header_terms(subject.facts)[:1] if component is Component.CODE else ()
    concluded = (
        evidence
        for conclusion in subject.licenses.concluded
        if conclusion.component is component
        for evidence in conclusion.evidence[:1]
    )
    return (*(one.evidence for one in headers), *concluded)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _grade(axis: Axis, grade: Grade, why: str, evidence: Iterable[Evidence] = ()) -> AxisGrade:
    kept = tuple(dict.fromkeys(evidence))[: SHOWN + 2]
    return AxisGrade(axis=axis, grade=grade, why=why, evidence=kept)
