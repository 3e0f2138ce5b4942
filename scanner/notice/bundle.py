# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Obligations of a report to what must go along with its releases, and to what is wanting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scanner.model.base import Value
from scanner.model.conclusion import EffectiveLicense
from scanner.model.finding import Duty
from scanner.model.license import AcceptableUse, Catalogue, Clause, DisplayPhrase, License, NoticeFile
from scanner.model.notice import Attribution, Bundle, Gap, Holding, Words
from scanner.model.release import ArtifactKind, Component, Confidence
from scanner.model.report import ReleaseReport, Report
from scanner.notice.copies import (
    Gathered,
    Reader,
    Taken,
    gathered,
    near_texts_of,
    notices_of,
    read_copy,
    terms_of,
    texts_of,
)

_NOTICE, _PHRASE, _COPY, _POLICY = "notice_file", "display_phrase", "license_copy", "acceptable_use"

SHIPPING: Mapping[str, str] = {
    "duties/notice-file": _NOTICE,
    "duties/display-phrase": _PHRASE,
    "duties/notice-other": "notice_other",
    "duties/license-copy": _COPY,
    "duties/state-changes": "state_changes",
    "duties/use-policy": _POLICY,
    "duties/flow-down": "flow_down",
    "duties/name-prefix": "naming",
    "duties/share-alike": "share_alike",
    "duties/source-disclosure": "source_disclosure",
}
"""Rules about what goes along with a model, with the kind of clause that each ranges over; the other duties
are met elsewhere, and the report lists them."""

_FIELDS: Mapping[str, str] = {
    _NOTICE: "notices",
    _PHRASE: "phrases",
    "notice_other": "credits",
    "state_changes": "changes",
    _POLICY: "policies",
    "flow_down": "terms",
    "naming": "terms",
    "share_alike": "terms",
    "source_disclosure": "terms",
}
"""Where words for a duty stand in an attribution."""


class Owed(Value, frozen=True, kw_only=True):
    """One duty under all use cases, with the clause that it comes from."""

    duty: Duty
    kind: str
    clause: Clause | None
    record: License | None

    @property
    def certain(self) -> bool:
        """Whether it applies, and to a licence that surely binds."""
        return self.duty.applies == "yes" and self.duty.certain

    @property
    def license(self) -> str:
        """The licence's name, or its key where it has no record."""
        return self.record.name if self.record else self.duty.license

    def words(self, text: str, where: str = "") -> Words:
        """Return what it asks for."""
        return Words(
            license=self.license, section=self.duty.section, text=text, where=where, via=self.duty.via
        )

    def gap(self, path: str, what: str) -> Gap:
        """Return what it asks for as wanting, or as not sure to be owed."""
        doubts = [] if self.duty.certain else ["it is not sure that this licence binds"]
        if self.duty.applies != "yes":
            doubts.append(self.duty.why)
        return Gap(
            path=path,
            license=self.license,
            section=self.duty.section,
            what=what,
            why="; ".join(doubts),
            address=self.record.source if self.record else "",
        )


class Shelf(Value, frozen=True, kw_only=True):
    """One release, and where its texts and those of its base models are at hand."""

    release: ReleaseReport
    own: Holding | None
    bases: Mapping[str, Holding]
    """By name in lower case."""

    def holders(self, duty: Duty) -> Iterator[Holding]:
        """Yield who may hold what a duty asks for: the release, then the base models under that licence."""
        if self.own is not None:
            yield self.own
        parents = [
            edge.parent
            for edge in self.release.lineage
            if duty.license in edge.terms.keys and edge.confidence is not Confidence.LOW
        ]
        for name in dict.fromkeys([*([duty.via] if duty.via else []), *parents]):
            base = self.bases.get(name.lower())
            if base is not None:
                yield base

    def taken(self, holding: Holding, paths: Iterable[str]) -> Iterator[Taken]:
        """Yield files that go along with the release."""
        return (Taken(holding=holding, path=path, release=self.release.path) for path in paths)


def bundle_of(
    report: Report,
    holdings: Sequence[Holding],
    catalogue: Catalogue,
    *,
    statement: str,
    read: Reader = read_copy,
) -> Bundle:
    """Return what must go along with the releases of a report under its use cases.

    Args:
        report: What was found.
        holdings: The files of its releases, and of base models that were read for it.
        catalogue: The records that the report was made with.
        statement: The first sentence of every output.
        read: Gives the bytes of a file of a release.
    """
    shelves = [_shelf(release, holdings) for release in report.releases]
    owed = {one.release.path: tuple(_owed(one.release, catalogue)) for one in shelves}
    wanted = (taken for one in shelves for taken in _wanted(one, owed[one.release.path]))
    files = gathered(wanted, lambda holding, path: _named(holding, path, catalogue), read)
    gaps = [gap for one in shelves for gap in _gaps(one, owed[one.release.path], files, catalogue)]
    return Bundle(
        statement=statement,
        tool=f"{report.tool.name} {report.tool.version}",
        as_of=report.as_of,
        releases=tuple(_attribution(one.release, owed[one.release.path], files) for one in shelves),
        copies=files.copies,
        missing=tuple(gap for gap, missing in gaps if missing),
        unsettled=tuple(gap for gap, missing in gaps if not missing),
    )


def _shelf(release: ReleaseReport, holdings: Sequence[Holding]) -> Shelf:
    inside = {edge.terms.release: edge.parent for edge in release.lineage if edge.terms.release}
    named = {one.name.lower(): one for one in holdings if one.path != release.path}
    named |= {inside[one.path].lower(): one for one in holdings if one.path in inside}
    own = next((one for one in holdings if one.path == release.path), None)
    return Shelf(release=release, own=own, bases=named)


def _owed(release: ReleaseReport, catalogue: Catalogue) -> Iterator[Owed]:
    """Yield the duties that apply, or may, each once under whatever use cases."""
    rank = {"yes": 2, "unknown": 1, "no": 0}
    strongest: dict[str, Duty] = {}
    for duty in release.obligations:
        kind = SHIPPING.get(duty.id.partition(":")[0])
        if kind and rank[duty.applies] > rank[strongest[duty.id].applies if duty.id in strongest else "no"]:
            strongest[duty.id] = duty
    for duty in strongest.values():
        record = catalogue.licenses.get(duty.license)
        kind = SHIPPING[duty.id.partition(":")[0]]
        yield Owed(duty=duty, kind=kind, record=record, clause=_clause(record, kind, duty))


def _clause(record: License | None, kind: str, duty: Duty) -> Clause | None:
    """Return the clause that a duty comes from: of those of its section, the one that its id counts."""
    clauses = [one for one in (record.clauses(kind) if record else ()) or () if one.section == duty.section]
    number = duty.id.rpartition("#")[2] if "#" in duty.id else ""
    place = int(number) - 1 if number.isdecimal() else 0
    return clauses[place] if 0 <= place < len(clauses) else None


def _wanted(shelf: Shelf, owed: Sequence[Owed]) -> Iterator[Taken]:
    """Yield the files that go along: the release's own terms, and texts and notices of its base models."""
    if shelf.own is None or not (owed or _terms_unknown(shelf.release)):
        return
    paths = {*terms_of(shelf.own), *_with_text(shelf.own, owed)}
    yield from shelf.taken(shelf.own, sorted(paths))
    for one in owed:
        for base in shelf.holders(one.duty):
            if base is shelf.own:
                continue
            if one.kind == _COPY and not texts_of(shelf.own, one.duty.license):
                yield from shelf.taken(base, texts_of(base, one.duty.license))
            if one.kind in {_COPY, _NOTICE} and _keeps_notices(one.record):
                yield from shelf.taken(base, notices_of(base))


def _keeps_notices(record: License | None) -> bool:
    """Whether a licence asks for the notice that comes with a model, in words that it does not prescribe."""
    clauses = (record.clauses(_NOTICE) if record else ()) or ()
    return any(isinstance(one, NoticeFile) and not one.exact_text for one in clauses)


def _terms_unknown(release: ReleaseReport) -> bool:
    """Whether no licence of its own is known to bind a release: then its texts go along as they are."""
    return not any(one.via is None for one in release.effective)


def _with_text(holding: Holding, owed: Iterable[Owed]) -> Iterator[str]:
    return (path for one in owed if one.kind == _COPY for path in texts_of(holding, one.duty.license))


def _named(holding: Holding, path: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the names of the licences whose text a file holds word for word."""
    keys = {one.key for one in holding.detected if one.key and path in texts_of(holding, one.key)}
    return tuple(sorted(catalogue.headings[key].name if key in catalogue.headings else key for key in keys))


def _attribution(release: ReleaseReport, owed: Iterable[Owed], files: Gathered) -> Attribution:
    found: dict[str, list[Words]] = {}
    for one in owed:
        text = _text(one) if one.certain else ""
        field = _FIELDS.get(one.kind)
        if text and field:
            words = one.words(text, _where(one))
            found.setdefault(field, []).append(words)
    weights = next((one for one in release.licenses.concluded if one.component is Component.WEIGHTS), None)
    return Attribution(
        release=release.name,
        path=release.path,
        purl=release.purl,
        licenses=(weights.expression or " and ".join(weights.keys)) if weights else "",
        verdict=release.verdict,
        copies=files.names(release.path),
        **{field: tuple(dict.fromkeys(words)) for field, words in found.items()},
    )


def _text(one: Owed) -> str:
    """Return what stands in the bundle for a duty: the prescribed words, an address, or what is asked for."""
    clause = one.clause
    if isinstance(clause, NoticeFile):
        return clause.exact_text or ""
    if isinstance(clause, DisplayPhrase):
        return clause.phrase
    if isinstance(clause, AcceptableUse):
        return clause.url or ""
    if one.kind == "state_changes" and one.duty.satisfied == "yes":
        return ""
    return one.duty.what


def _where(one: Owed) -> str:
    return one.clause.where if isinstance(one.clause, DisplayPhrase) else ""


def _prescribed(one: Owed) -> bool:
    return isinstance(one.clause, NoticeFile) and bool(one.clause.exact_text)


Told = tuple[Gap, bool]
"""A gap, and whether it is surely missing."""


def _gaps(shelf: Shelf, owed: Sequence[Owed], files: Gathered, catalogue: Catalogue) -> Iterator[Told]:
    """Yield what is wanting for a release: texts, notices, and what its terms are at all."""
    path = shelf.release.path
    refused = {(id(one.holding), one.path): why for one, why in files.refused if one.release == path}
    for (_, name), why in refused.items():
        yield Gap(path=path, license="", section="", what=f"{name}, which {why}"), True
    for one in owed:
        yield from _gap(shelf, one, {key[1] for key in refused})
    for term in shelf.release.effective:
        yield from _unread(path, term, catalogue)
    yield from ((gap, False) for gap in _unknown(shelf.release))


def _gap(shelf: Shelf, one: Owed, refused: set[str]) -> Iterator[Told]:
    """Yield what is wanting for one duty: what no file at hand holds, else what is not sure to be owed."""
    wanting = _wanting(list(shelf.holders(one.duty)), one, refused)
    if wanting:
        yield one.gap(shelf.release.path, wanting), one.certain
    elif not one.certain and one.kind != _COPY:
        yield one.gap(shelf.release.path, _asked(one)), False


def _wanting(holders: Sequence[Holding], one: Owed, refused: set[str]) -> str:
    """Return what a duty asks for and no file at hand holds; empty: nothing."""
    key = one.duty.license
    if one.kind == _COPY and not {text for each in holders for text in texts_of(each, key)} - refused:
        near = sorted({text for each in holders for text in near_texts_of(each, key)})
        instead = f"; {', '.join(near)} is near it, with other words" if near else ""
        return f"the complete text of the licence{instead}"
    if one.kind == _NOTICE and not _prescribed(one):
        notices = {text for each in holders for text in notices_of(each)}
        return (
            "" if notices - refused else "the notice that goes along, of which the words are not prescribed"
        )
    if one.kind == _POLICY and not _text(one):
        enclosed = any(file.kind is ArtifactKind.POLICY for each in holders for file in each.files)
        return "" if enclosed else "the use policy, of which no address is known"
    return ""


def _asked(one: Owed) -> str:
    """Return what a duty asks for, without the name of its licence, which stands beside it."""
    kinds = {_NOTICE: "the line “{}”", _PHRASE: "the words “{}”", _POLICY: "the use policy at {}"}
    if one.kind in kinds and _text(one):
        return kinds[one.kind].format(_text(one))
    what = one.duty.what
    return (what.partition(": ")[2] if what.startswith(one.license) else what).removesuffix(".") or what


def _unread(path: str, term: EffectiveLicense, catalogue: Catalogue) -> Iterator[Told]:
    """Yield what nobody has read a licence for; without it the bundle may lack something."""
    record = catalogue.licenses.get(term.key)
    if record is None:
        gap = Gap(path=path, license=term.key, section="", what="whatever it asks for: it has no record")
        yield gap, False
        return
    kinds = [kind for kind in (_NOTICE, _PHRASE, _COPY, "notice_other") if not _is_read(record, kind)]
    if kinds:
        words = ", ".join(kind.replace("_", " ") for kind in kinds)
        what = f"whatever it asks for as to {words}: its text was not read for that"
        yield Gap(path=path, license=record.name, section="", what=what, address=record.source), False


def _is_read(record: License, kind: str) -> bool:
    return isinstance(record.clauses(kind), tuple)


def _unknown(release: ReleaseReport) -> Iterator[Gap]:
    """Yield that it is not known which terms bind a release, or a base model of it."""
    if _terms_unknown(release):
        weights = next(
            (one for one in release.licenses.concluded if one.component is Component.WEIGHTS), None
        )
        why = f": {weights.why}" if weights else ""
        what = f"whatever the licence of the weights asks for, which is not known{why}"
        yield Gap(path=release.path, license="", section="", what=what)
    for parent in dict.fromkeys(edge.parent for edge in release.lineage if not edge.terms.keys):
        what = f"whatever the terms of the base model {parent} ask for, which are not known"
        yield Gap(path=release.path, license="", section="", what=what)
    kinds = {one.path: one.kind for one in release.files}
    terms = {ArtifactKind.LICENSE, ArtifactKind.NOTICE, ArtifactKind.POLICY}
    for one in release.unread:
        if one.matters and kinds.get(one.path) in terms:
            what = f"whatever {one.path} asks for, which was not read: {one.reason}"
            yield Gap(path=release.path, license="", section="", what=what)
