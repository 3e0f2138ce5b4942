# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Report to SPDX 2.3, in JSON, through spdx-tools (https://spdx.github.io/spdx-spec/v2.3/).

Every release, file, base model and data set is a Package. A file is no SPDX File, since that must bear a
SHA-1, which a scan does not compute: as a Package it bears the SHA-256 that is known. No licence text is
copied: where SPDX asks for one, the document says where the text stands.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scanner.model.conclusion import LineageEdge, Relation
from scanner.model.curation import Curation
from scanner.model.release import Artifact
from scanner.model.report import NamedDataSet, ReleaseReport, Report
from scanner.model.signoff import ReportedSignoff, State
from scanner.render import bill
from scanner.render.words import LINKS, concluded, opening
from scanner.sanitize import inert_json, one_line

if TYPE_CHECKING:
    from spdx_tools.spdx.model import (
        Annotation,
        CreationInfo,
        ExtractedLicensingInfo,
        Package,
        Relationship,
        SpdxNoAssertion,
    )

RELATIONSHIPS: Mapping[Relation, str] = {
    Relation.FINETUNE: "DESCENDANT_OF",
    Relation.ADAPTER: "DESCENDANT_OF",
    Relation.MERGE: "DESCENDANT_OF",
    Relation.QUANTIZED: "GENERATED_FROM",
    Relation.DISTILLED: "GENERATED_FROM",
    Relation.TRAINED_ON: "OTHER",
    Relation.UNKNOWN: "OTHER",
}
"""What a release is to its parent, in the words of SPDX 2.3; a comment says the rest."""

DOCUMENT = "SPDXRef-DOCUMENT"
_DATE = "%Y-%m-%d"


def render_spdx(report: Report) -> str:
    """Return the report as an SPDX 2.3 document in JSON."""
    document = bill.inert(_Bill(report).plain())
    return inert_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


class _Bill:
    """One document; identifiers are counted, so that no stranger's word is one."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.known = bill.names(report)
        self.day = datetime.strptime(report.as_of, _DATE).replace(tzinfo=UTC)
        self.packages: list[Package] = []
        self.relationships: list[Relationship] = []
        self.annotations: dict[str, list[Annotation]] = {}
        self.refs: dict[str, None] = {}
        self.parents: dict[str, str] = {}
        self.data_sets: dict[str, str] = {}
        self.here = {one.path: _ref(number) for number, one in enumerate(report.releases, 1)}

    def plain(self) -> dict[str, Any]:
        """Return the document as plain values.

        Of each package spdx-tools would look through all annotations, so these are put in here.
        """
        from spdx_tools.spdx.jsonschema.annotation_converter import AnnotationConverter
        from spdx_tools.spdx.jsonschema.document_converter import DocumentConverter

        converter = DocumentConverter()  # type: ignore[no-untyped-call]
        document: dict[str, Any] = converter.convert(self.document())
        for one in document.get("packages", ()):
            own = self.annotations.get(one["SPDXID"])
            if own:
                one["annotations"] = [AnnotationConverter().convert(annotation) for annotation in own]
        return document

    def document(self) -> Any:  # noqa: ANN401  spdx_tools builds the type when it is imported
        from spdx_tools.spdx.model import Document, SpdxNoAssertion

        for said in bill.about(self.report):
            self.annotate(DOCUMENT, said)
        for number, release in enumerate(self.report.releases, 1):
            self.release(_ref(number), release)
        if not self.report.releases:
            # A document must describe something.
            self.relate(DOCUMENT, "DESCRIBES", SpdxNoAssertion())
        return Document(
            creation_info=self.creation(),
            packages=self.packages,
            relationships=self.relationships,
            annotations=self.annotations[DOCUMENT],
            extracted_licensing_info=list(self.extracted()),
        )

    def creation(self) -> "CreationInfo":
        from spdx_tools.spdx.model import CreationInfo

        return CreationInfo(
            spdx_version="SPDX-2.3",
            spdx_id=DOCUMENT,
            name="modelscan report",
            document_namespace=bill.identity(self.report, "spdx-2.3").urn,
            creators=[_tool(self.report)],
            created=_naive(self.day),
            document_comment=opening(self.report),
        )

    def release(self, ref: str, release: ReleaseReport) -> None:
        from spdx_tools.spdx.model import Checksum, ChecksumAlgorithm, PackagePurpose

        hub, conclusion = bill.hub(release), bill.weights(release)
        self.add(
            ref,
            release.name,
            declared=bill.settled(release),
            concluded=conclusion.expression if conclusion else None,
            license_comment=_license_comment(release),
            version=release.revision,
            download_location=hub.location if hub else None,
            external_references=[_purl(release.purl)] if hub and release.purl else [],
            comment="An AI model; SPDX 2.3 has no word for its purpose.",
        )
        self.relate(DOCUMENT, "DESCRIBES", ref)
        for said in bill.of_release(release):
            self.annotate(ref, said)
        for one in release.licenses.concluded:
            if one.curation is not None:
                self.review(ref, one.curation)
        for signoff in release.signoffs:
            self.signed(ref, signoff)
        for number, file in enumerate(release.files, 1):
            own = f"{ref}-file-{number}"
            checksums = [Checksum(ChecksumAlgorithm.SHA256, file.sha256)] if file.sha256 else []
            self.add(
                own,
                file.path,
                purpose=PackagePurpose.FILE,
                checksums=checksums,
                comment=_file_comment(file),
            )
            self.relate(ref, "CONTAINS", own)
        for edge in release.lineage:
            self.relate(ref, RELATIONSHIPS[edge.relation], self.parent(edge), _edge_comment(edge))
        for data_set in release.data_sets:
            self.relate(
                ref, "OTHER", self.data_set(data_set), "It names this data set; what for is not said."
            )

    def parent(self, edge: LineageEdge) -> str:
        """Return the package of a parent: the release itself when it lies in the scanned tree."""
        if edge.terms.release in self.here:
            return self.here[edge.terms.release]
        if edge.parent not in self.parents:
            ref = self.parents[edge.parent] = f"SPDXRef-parent-{len(self.parents) + 1}"
            self.add(
                ref,
                edge.parent,
                license_comment=" ".join(
                    one.value for one in bill.of_edge(edge) if one.name.endswith("terms")
                ),
                concluded=bill.certain(edge.terms, self.known),
                comment="Named as a base model; it was not scanned.",
            )
        return self.parents[edge.parent]

    def data_set(self, one: NamedDataSet) -> str:
        """Return the package of a data set."""
        if one.name not in self.data_sets:
            ref = self.data_sets[one.name] = f"SPDXRef-data-set-{len(self.data_sets) + 1}"
            self.add(
                ref,
                one.name,
                concluded=bill.all_of(one.keys, self.known) if one.certain else None,
                license_comment=" ".join(said.value for said in bill.of_data_set(one)),
                comment="A data set; SPDX 2.3 has no word for its purpose.",
            )
        return self.data_sets[one.name]

    def add(  # noqa: PLR0913  the fields of a package
        self,
        ref: str,
        name: str,
        *,
        declared: str | None = None,
        concluded: str | None = None,
        download_location: str | None = None,
        purpose: Any = None,  # noqa: ANN401  a PackagePurpose
        **more: Any,  # noqa: ANN401  fields of a Package
    ) -> None:
        """Add a package; what is not known of it is NOASSERTION."""
        from spdx_tools.spdx.model import Package, PackagePurpose, SpdxNoAssertion

        package = Package(
            spdx_id=ref,
            name=one_line(name) or "(without a name)",
            download_location=download_location or SpdxNoAssertion(),
            files_analyzed=False,
            license_declared=self.license(declared),
            license_concluded=self.license(concluded),
            copyright_text=SpdxNoAssertion(),
            primary_package_purpose=purpose or PackagePurpose.OTHER,
            **more,
        )
        self.packages.append(package)

    def license(self, expression: str | None) -> Any:  # noqa: ANN401  license_expression brings no types
        """Return an expression as spdx-tools has it; what is none is NOASSERTION, never NONE."""
        from license_expression import ExpressionError  # type: ignore[import-untyped]  # brings no types
        from spdx_tools.common.spdx_licensing import spdx_licensing  # type: ignore[import-untyped]  # nor here
        from spdx_tools.spdx.model import SpdxNoAssertion

        try:
            parsed = spdx_licensing.parse(expression or "")
        except ExpressionError:
            parsed = None
        if parsed is None:
            return SpdxNoAssertion()
        self.refs |= dict.fromkeys(bill.references(str(parsed)))
        return parsed

    def relate(self, one: str, kind: str, other: "str | SpdxNoAssertion", comment: str | None = None) -> None:
        from spdx_tools.spdx.model import Relationship, RelationshipType

        self.relationships.append(Relationship(one, RelationshipType[kind], other, comment))

    def annotate(self, ref: str, said: bill.Said) -> None:
        """Add a statement of the scanner: no review, which is a person's."""
        from spdx_tools.spdx.model import Annotation, AnnotationType

        comment = f"{said.name}: {said.value}"
        self.annotations.setdefault(ref, []).append(
            Annotation(ref, AnnotationType.OTHER, _tool(self.report), _naive(self.day), comment)
        )

    def review(self, ref: str, made: Curation) -> None:
        """Add a person's correction; without a day of its own it is told as the scanner's statement."""
        what = f"{made.component.value}: concluded {', '.join(made.named)}. {made.reason} ({made.evidence})"
        day = _day(made.date)
        if day is None:
            said = bill.Said(name="modelscan:curation", value=f"by {made.person}, on no stated day. {what}")
            self.annotate(ref, said)
            return
        self.by_a_person(ref, made.person, day, what)

    def signed(self, ref: str, one: ReportedSignoff) -> None:
        """Add a decision as its person's review when its signature holds."""
        day = _day(one.decided)
        if one.approver and day and one.signature.state == "verified" and one.state is not State.INVALID:
            self.by_a_person(ref, one.approver.name, day, f"{one.use_case}: {bill.decided(one)}")

    def by_a_person(self, ref: str, name: str, day: datetime, what: str) -> None:
        from spdx_tools.spdx.model import Actor, ActorType, Annotation, AnnotationType

        # In brackets would be an address of mail.
        person = Actor(ActorType.PERSON, one_line(name).replace("(", "[").replace(")", "]"))
        self.annotations.setdefault(ref, []).append(
            Annotation(ref, AnnotationType.REVIEW, person, _naive(day), what)
        )

    def extracted(self) -> "Iterator[ExtractedLicensingInfo]":
        """Yield what is said of each licence that is not on the list, in the place of its text."""
        from spdx_tools.spdx.model import ExtractedLicensingInfo

        known = bill.by_expression(self.report)
        for ref in sorted(self.refs):
            one = known.get(ref)
            link = bill.link(one)
            yield ExtractedLicensingInfo(
                license_id=ref,
                extracted_text=bill.where_the_text_is(self.report, ref),
                license_name=one.name if one else None,
                cross_references=[link] if link else [],
                comment="This project holds no licence text; the field says where the text is found.",
            )


def _license_comment(release: ReleaseReport) -> str:
    """Return what is declared, found and concluded, and why, where one field cannot say it."""
    stated = [one.expression or one.raw for one in bill.declared(release)]
    found = [f"{one.expression} in {one.evidence.path}" for one in bill.detected(release)]
    conclusion = bill.weights(release)
    parts = [
        f"Declared for the weights: {', '.join(stated) or 'nothing'}.",
        f"Texts found word for word: {', '.join(found) or 'none'}.",
    ]
    if conclusion is not None:
        parts.append(f"Concluded: {concluded(conclusion)}, since {conclusion.why}.")
    return " ".join(parts)


def _file_comment(file: Artifact) -> str:
    return "; ".join(f"{one.name.rpartition(':')[2]}: {one.value}" for one in bill.of_file(file))


def _edge_comment(edge: LineageEdge) -> str:
    said: Iterable[bill.Said] = bill.of_edge(edge)
    return f"{LINKS[edge.relation]}; " + "; ".join(
        f"{one.name.rpartition(':')[2]}: {one.value}" for one in said
    )


def _purl(purl: str) -> Any:  # noqa: ANN401  spdx_tools builds the type when it is imported
    from spdx_tools.spdx.model import ExternalPackageRef, ExternalPackageRefCategory

    return ExternalPackageRef(ExternalPackageRefCategory.PACKAGE_MANAGER, "purl", purl)


def _tool(report: Report) -> Any:  # noqa: ANN401  spdx_tools builds the type when it is imported
    from spdx_tools.spdx.model import Actor, ActorType

    return Actor(ActorType.TOOL, f"{report.tool.name}-{report.tool.version}")


def _day(date: str | None) -> datetime | None:
    """Return a whole day; a year or a month alone is none."""
    try:
        return datetime.strptime(date or "", _DATE).replace(tzinfo=UTC)
    except ValueError:
        return None


def _naive(day: datetime) -> datetime:
    """Return a day in UTC as spdx-tools wants it: it writes a Z and knows no zones."""
    return day.replace(tzinfo=None)


def _ref(number: int) -> str:
    return f"SPDXRef-release-{number}"
