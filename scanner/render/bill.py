# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the bills of materials share: identity, date, licences in three kinds, and the words on a release.

The law of this file: a bill says nothing that the Report does not say. What is not known is left out, or
stated as not known where a format has a word for that; a date, a supplier or a text is never invented.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from scanner.model.base import Evidence, Value
from scanner.model.conclusion import ConcludedLicense, LineageEdge, ParentTerms
from scanner.model.finding import Finding
from scanner.model.reading import How, LicenseReading
from scanner.model.release import Artifact, Component, Unread
from scanner.model.report import DISCLAIMER, NamedDataSet, NamedLicense, ReleaseReport, Report
from scanner.model.signoff import ReportedSignoff
from scanner.render.json import document
from scanner.render.words import concluded, listed, opening, place, terms
from scanner.sanitize import one_line

SPACE = UUID("5f0e8b1c-7a44-5d5e-9d0c-0f6d3c1f2b7a")
"""Namespace of our identifiers (RFC 9562, version 5); it means nothing else."""

REF = "LicenseRef-"
"""Begins an identifier that is not on the SPDX list."""

_HUB = re.compile(r"pkg:huggingface/([\w.-]+)/([\w.-]+)@([0-9a-f]{40})", re.ASCII)
_LISTED = re.compile(r"(?!LicenseRef-|DocumentRef-)[A-Za-z0-9.-]+", re.ASCII)
_WEB = re.compile(
    r"https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(/([\w.~:/?#@!$&'()*+,;=-]|%[0-9A-F]{2})*)?",
    re.ASCII | re.IGNORECASE,
)
_REFS = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")


class Said(Value, frozen=True, kw_only=True):
    """One statement of the scanner: a property, or the body of an annotation."""

    name: str
    """Under the namespace ``modelscan:``, e.g. ``modelscan:verdict``."""

    value: str


class Hub(Value, frozen=True, kw_only=True):
    """Where a release comes from on the Hub."""

    owner: str
    name: str
    revision: str

    @property
    def address(self) -> str:
        """Return the page of that revision."""
        return f"https://huggingface.co/{self.owner}/{self.name}/tree/{self.revision}"

    @property
    def location(self) -> str:
        """Return the place of its repository, as SPDX writes download locations."""
        return f"git+https://huggingface.co/{self.owner}/{self.name}@{self.revision}"


def identity(report: Report, form: str) -> UUID:
    """Return an identifier of a bill that is the same for the same report and form."""
    return uuid5(SPACE, f"{form}\n{json.dumps(document(report))}")


def moment(report: Report) -> str:
    """Return the only date that a bill bears: the day that the evaluation is made for."""
    return f"{report.as_of}T00:00:00Z"


def hub(release: ReleaseReport) -> Hub | None:
    """Return where a release comes from on the Hub, when its package URL says so."""
    found = _HUB.fullmatch(release.purl or "")
    return Hub(owner=found[1], name=found[2], revision=found[3]) if found else None


def names(report: Report) -> Mapping[str, NamedLicense]:
    """Return what the licence keys stand for."""
    return {one.key: one for one in report.licenses}


def by_expression(report: Report) -> Mapping[str, NamedLicense]:
    """Return the licences by their SPDX identifiers."""
    return {one.expression: one for one in report.licenses}


def listed_id(expression: str) -> bool:
    """Whether an expression is one identifier of the SPDX list, with nothing joined to it."""
    return _LISTED.fullmatch(expression) is not None


def single(expression: str) -> bool:
    """Whether an expression is one identifier, on the list or not."""
    return listed_id(expression) or _REFS.fullmatch(expression) is not None


def references(expression: str | None) -> Iterable[str]:
    """Return the ``LicenseRef-`` identifiers of an expression, each once."""
    return dict.fromkeys(_REFS.findall(expression or ""))


def declared(release: ReleaseReport) -> tuple[LicenseReading, ...]:
    """Return what the release's author declares for its weights, each statement once."""
    found: dict[str, LicenseReading] = {}
    for reading in release.licenses.declared:
        own = reading.component is Component.WEIGHTS and reading.standing != "elsewhere"
        if own and reading.how != "denial":
            found.setdefault(reading.expression or reading.raw, reading)
    return tuple(found.values())


def detected(release: ReleaseReport) -> tuple[LicenseReading, ...]:
    """Return the texts of the release itself that are a licence word for word, each once for its file."""
    return tuple(one for one in _verbatim(release) if one.standing != "elsewhere")


def _verbatim(release: ReleaseReport) -> Iterable[LicenseReading]:
    found: dict[tuple[str, str], LicenseReading] = {}
    for reading in release.licenses.detected:
        if reading.how in {How.EXACT, How.EQUIVALENT} and reading.expression:
            found.setdefault((reading.expression, reading.evidence.path), reading)
    return found.values()


def settled(release: ReleaseReport) -> str | None:
    """Return the one expression that is declared; None: none, several, or one that cannot be written."""
    found = {reading.expression for reading in declared(release)}
    return found.pop() if len(found) == 1 else None


def weights(release: ReleaseReport) -> ConcludedLicense | None:
    """Return the conclusion for the weights, which are what a bill lists."""
    found = (one for one in release.licenses.concluded if one.component is Component.WEIGHTS)
    return next(found, None)


def all_of(keys: Iterable[str], known: Mapping[str, NamedLicense]) -> str | None:
    """Return the expression of licences that apply together; None when one has no known identifier."""
    found = [known[key].expression if key in known else None for key in keys]
    if not found or None in found:
        return None
    parts = [one for one in found if one]
    return " AND ".join(f"({one})" if " " in one and len(parts) > 1 else one for one in parts)


def certain(known: ParentTerms, licenses: Mapping[str, NamedLicense]) -> str | None:
    """Return the expression of a parent's terms, when they are known for certain."""
    return all_of(known.keys, licenses) if known.certain else None


def texts(report: Report, reference: str) -> Iterator[str]:
    """Yield where the text of a licence stands in the scanned releases."""
    for release in report.releases:
        for reading in _verbatim(release):
            if reading.expression == reference:
                digest = f", SHA-256 {reading.evidence.sha256}" if reading.evidence.sha256 else ""
                yield f"{place(reading.evidence)} of {release.name} ({release.path}){digest}"


def where_the_text_is(report: Report, reference: str) -> str:
    """Return what stands in the place of a licence text: where it is found, or that it was not found."""
    found = list(texts(report, reference))
    known = by_expression(report).get(reference)
    at = f" Its licensor publishes it at {known.source}." if known else ""
    if not found:
        return f"The text was not found in the scanned releases, and no copy is enclosed.{at}"
    return f"No copy is enclosed. The text stands in {'; in '.join(found)}.{at}"


def evidence(release: ReleaseReport) -> Iterator[Evidence]:
    """Yield the places that the statements on the weights' licence rest on, each once."""
    conclusion = weights(release)
    readings = (*release.licenses.declared, *release.licenses.detected)
    places = [*(conclusion.evidence if conclusion else ()), *(reading.evidence for reading in readings)]
    yield from dict.fromkeys(places)


def about(report: Report) -> Iterator[Said]:
    """Yield what is said of the whole scan."""
    yield _said("statement", opening(report))
    for word in ("releases", "allowed", "conditional", "review", "blocked"):
        yield _said(f"summary:{word}", getattr(report.summary, word))
    yield _said("as-of", report.as_of)
    yield _said("catalogue", report.catalogue_digest)
    yield _said("policy", report.policy_digest)
    yield from (_said("not-checked", _unread(one)) for one in report.not_checked)
    yield _said("disclaimer", DISCLAIMER)


def of_release(release: ReleaseReport) -> Iterator[Said]:
    """Yield what is said of one release: path, verdicts, licences, openness, duties, findings, gaps."""
    yield _said("path", release.path)
    yield _said("verdict", release.verdict.value)
    for verdict in release.verdicts:
        reasons = " ".join(verdict.reasons)
        yield _said(f"verdict:{verdict.use_case}", f"{verdict.verdict.value}: {reasons}")
    yield from _licenses(release)
    yield from openness(release)
    for duty in (*release.obligations, *release.restrictions):
        head = f"{duty.use_case}: applies {duty.applies}, satisfied {duty.satisfied}"
        yield _said(f"{duty.kind}:{duty.id}", f"{head}: {duty.what} ({duty.why})")
    yield from (_said(f"finding:{one.rule}", _finding(one)) for one in release.findings)
    for one in release.signoffs:
        who = f" by {one.approver.name}" if one.approver else ""
        yield _said(f"signoff:{one.use_case}", f"{decided(one)}{who}")
    yield from (_said("unread", _unread(one)) for one in release.unread)


def decided(one: ReportedSignoff) -> str:
    """Return what a person decided and what that is worth today."""
    until = f" until {one.until}" if one.until else ""
    what = one.decision.value if one.decision else "not read"
    words = [f"{one.state.value}: {one.why}", f"decision {what}{until}"]
    words += [f"note: {one.note}"] if one.note else []
    words += [f"condition: {condition}" for condition in one.conditions]
    words += [f"not covered: {', '.join(one.uncovered)}"] if one.uncovered else []
    return "; ".join([*words, f"signature {one.signature.state}", f"statement sha256 {one.digest}"])


def openness(release: ReleaseReport) -> Iterator[Said]:
    """Yield the label and the grade of each axis, with their reasons."""
    yield _said("openness", f"{release.openness.label.value}: {release.openness.why}")
    for axis in release.openness.axes:
        yield _said(f"openness:{axis.axis.value}", f"{axis.grade.value}: {axis.why}")


def _licenses(release: ReleaseReport) -> Iterator[Said]:
    for reading in release.licenses.declared:
        yield _said("license:declared", _reading(reading))
    for reading in release.licenses.detected:
        yield _said("license:detected", _reading(reading))
    for one in release.licenses.concluded:
        yield _said(f"license:concluded:{one.component.value}", f"{concluded(one)} ({one.status}: {one.why})")
    for binding in release.effective:
        via = f", from {binding.via}" if binding.via else ""
        sure = "binds" if binding.certain else "may bind"
        yield _said("license:effective", f"{binding.key} {sure}{via}: {binding.why}")


def _reading(reading: LicenseReading) -> str:
    name = reading.expression or reading.key or reading.raw
    return f"{name} for the {reading.component.value}, {reading.how}, {place(reading.evidence)}"


def _finding(one: Finding) -> str:
    head = f"{one.outcome.value}, {one.severity.value}, {one.use_case}"
    return f"{head}: {one.message} What to do: {one.how_to_fix} [{one.fingerprint}]"


def of_edge(edge: LineageEdge) -> Iterator[Said]:
    """Yield what is said of the link to a parent."""
    yield _said("lineage:relation", edge.relation.value)
    yield _said("lineage:how", f"{edge.how}, {edge.confidence.value} confidence")
    yield _said("lineage:terms", f"{terms(edge.terms)}: {edge.terms.why}")
    yield from (_said("lineage:evidence", place(one)) for one in edge.evidence)


def of_data_set(one: NamedDataSet) -> Iterator[Said]:
    """Yield what is said of the terms of a data set, and where it is named."""
    keys = listed(one.keys, "and" if one.certain else "or") or "not known"
    yield _said("data-set:terms", f"{keys if one.certain or not one.keys else f'may be {keys}'}: {one.why}")
    yield from (_said("data-set:evidence", place(proof)) for proof in one.evidence)


def of_file(file: Artifact) -> Iterator[Said]:
    """Yield what is said of one file."""
    yield _said("file:kind", file.kind.value)
    yield _said("file:size", file.size)
    yield _said("file:here", file.here)
    if file.sha256:
        yield _said("file:sha256", file.sha256_how)
    if file.header_sha256:
        yield _said("file:header-sha256", file.header_sha256)


def link(known: NamedLicense | None) -> str | None:
    """Return the address of a licence, when it is one of the web that any reader of a bill takes."""
    return known.source if known is not None and _WEB.fullmatch(known.source) else None


def address(path: str) -> str:
    """Return a relative path as a reference (RFC 3986)."""
    return quote(path.encode("utf-8", "replace"))


def inert(value: Any) -> Any:  # noqa: ANN401  any plain value of a document
    """Return a document in which every string is one line that steers nothing."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else one_line(value)
    if isinstance(value, Mapping):
        return {key: inert(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [inert(one) for one in value]
    return value


def _unread(one: Unread) -> str:
    return f"{one.path}: {one.reason}"


def _said(name: str, value: object) -> Said:
    return Said(name=f"modelscan:{name}", value=str(value))
