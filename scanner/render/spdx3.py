# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Report to SPDX 3.0.1 in JSON-LD, through spdx-python-model (https://spdx.github.io/spdx-spec/v3.0.1/).

Releases and base models are AI packages, data sets are dataset packages. The AI and Dataset profiles demand
dates and suppliers that files on disk do not state: these are never invented. So the document does not claim
to conform to those profiles, and each package says which properties are missing. What the profiles demand
of licences holds: each package has exactly one declared and one concluded licence, or NoAssertion.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from scanner.model.conclusion import LineageEdge, Relation
from scanner.model.release import Artifact
from scanner.model.report import NamedDataSet, ReleaseReport, Report
from scanner.render import bill
from scanner.render.words import LINKS, opening
from scanner.sanitize import inert_json

if TYPE_CHECKING:
    from spdx_python_model import v3_0_1 as spdx

    _Element = TypeVar("_Element", bound=spdx.Element)

NO_ASSERTION = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"

CLAIMED = ("core", "software", "simpleLicensing")
"""Profiles that the document conforms to."""

OF_A_MODEL = ("releaseTime", "suppliedBy", "downloadLocation", "packageVersion")
"""What the AI profile demands of a package, beside its purpose (AIPackage, external properties)."""

OF_A_DATA_SET = ("builtTime", "originatedBy", "releaseTime", "downloadLocation")
"""What the Dataset profile demands of a package, beside its purpose and type."""

RELATIONSHIPS: Mapping[Relation, tuple[str, bool]] = {
    Relation.FINETUNE: ("descendantOf", True),
    Relation.ADAPTER: ("descendantOf", True),
    Relation.MERGE: ("descendantOf", True),
    Relation.QUANTIZED: ("hasVariant", False),
    Relation.DISTILLED: ("generates", False),
    Relation.TRAINED_ON: ("other", True),
    Relation.UNKNOWN: ("other", True),
}
"""The type of the relationship, and whether it goes from the release to its parent."""


def render_spdx3(report: Report) -> str:
    """Return the report as an SPDX 3.0.1 document."""
    document = bill.inert(_Bill(report).document())
    return inert_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


class _Bill:
    """One document; identifiers are counted, so that no stranger's word is one."""

    def __init__(self, report: Report) -> None:
        from spdx_python_model import v3_0_1

        self.report = report
        self.spdx = v3_0_1
        self.base = bill.identity(report, "spdx-3.0.1").urn
        self.known = bill.names(report)
        self.objects = v3_0_1.SHACLObjectSet()
        self.elements: list[spdx.Element | str] = []
        self.counts: dict[str, int] = {}
        self.licenses: dict[str, spdx.Element] = {}
        self.texts: dict[str, str] = {}
        self.parents: dict[str, spdx.Element] = {}
        self.data_sets: dict[str, spdx.Element] = {}
        self.here: dict[str, spdx.Element] = {}
        self.made = self.creation()

    def document(self) -> Any:  # noqa: ANN401  JSON
        packages = [self.release(one) for one in self.report.releases]
        self.here = {one.path: package for one, package in zip(self.report.releases, packages, strict=True)}
        for release, package in zip(self.report.releases, packages, strict=True):
            self.links(package, release)
        whole = self.add(
            self.spdx.SpdxDocument,
            "document",
            name="modelscan report",
            comment=opening(self.report),
            profileConformance=[self.profile(one) for one in CLAIMED],
        )
        self.annotate(whole, bill.about(self.report))
        elements = [one for one in self.elements if one is not whole]
        whole.rootElement = list(packages)
        whole.element = elements
        return self.spdx.JSONLDSerializer().serialize_data(self.objects)

    def creation(self) -> "spdx.CreationInfo":
        """Return who made the document and when: this program, for the day of the report."""
        made = self.spdx.CreationInfo(specVersion="3.0.1", created=self.spdx_moment())
        agent = self.spdx.SoftwareAgent(
            spdxId=f"{self.base}#agent",
            name=f"{self.report.tool.name} {self.report.tool.version}",
            creationInfo=made,
        )
        made.createdBy = [agent]
        self.objects.add(agent)
        self.elements.append(agent)
        return made

    def release(self, release: ReleaseReport) -> "spdx.Element":
        hub, conclusion = bill.hub(release), bill.weights(release)
        fields = {"name": release.name, "software_packageVersion": release.revision}
        if hub is not None:
            fields |= {"software_downloadLocation": hub.location, "software_packageUrl": release.purl}
        package = self.package(self.spdx.ai_AIPackage, "release", "model", OF_A_MODEL, fields)
        self.licensed(package, bill.settled(release), conclusion.expression if conclusion else None)
        for file in release.files:
            self.relate("contains", package, self.file(file))
        self.annotate(package, bill.of_release(release))
        return package

    def links(self, package: "spdx.Element", release: ReleaseReport) -> None:
        for edge in release.lineage:
            kind, to_parent = RELATIONSHIPS[edge.relation]
            parent = self.parent(edge)
            one, other = (package, parent) if to_parent else (parent, package)
            self.relate(kind, one, other, comment=_edge_comment(edge))
        comment = "It names this data set; whether for training or testing is not said."
        for data_set in release.data_sets:
            self.relate("other", package, self.data_set(data_set), comment=comment)

    def parent(self, edge: LineageEdge) -> "spdx.Element":
        """Return the package of a parent: the release itself when it lies in the scanned tree."""
        if edge.terms.release in self.here:
            return self.here[edge.terms.release]
        if edge.parent not in self.parents:
            package = self.package(
                self.spdx.ai_AIPackage, "parent", "model", OF_A_MODEL, {"name": edge.parent}
            )
            self.licensed(package, None, bill.certain(edge.terms, self.known))
            self.parents[edge.parent] = package
        return self.parents[edge.parent]

    def data_set(self, one: NamedDataSet) -> "spdx.Element":
        """Return the package of a data set."""
        if one.name not in self.data_sets:
            fields = {"name": one.name, "dataset_datasetType": [self.spdx.dataset_DatasetType.noAssertion]}
            package = self.package(
                self.spdx.dataset_DatasetPackage, "data-set", "data", OF_A_DATA_SET, fields
            )
            self.licensed(package, None, bill.all_of(one.keys, self.known) if one.certain else None)
            self.annotate(package, bill.of_data_set(one))
            self.data_sets[one.name] = package
        return self.data_sets[one.name]

    def package(
        self,
        kind: "type[_Element]",
        name: str,
        purpose: str,
        demanded: Iterable[str],
        fields: Mapping[str, Any],
    ) -> "_Element":
        """Add a package that says what its profile demands and nobody has stated."""
        stated = {one.rpartition("_")[2] for one, value in fields.items() if value}
        missing = ", ".join(one for one in demanded if one not in stated)
        return self.add(
            kind,
            name,
            **{one: value for one, value in fields.items() if value},
            software_primaryPurpose=getattr(self.spdx.software_SoftwarePurpose, purpose),
            comment=f"Not stated, since not known: {missing}. So the document does not claim this profile.",
        )

    def licensed(self, package: "spdx.Element", declared: str | None, concluded: str | None) -> None:
        """Say which licence is declared and which is concluded: always one of each."""
        self.relate("hasDeclaredLicense", package, self.license(declared))
        self.relate("hasConcludedLicense", package, self.license(concluded))

    def license(self, expression: str | None) -> "spdx.Element | str":
        """Return the element of an expression; unknown is NoAssertion, never None."""
        if expression is None:
            return NO_ASSERTION
        if expression not in self.licenses:
            custom = [
                self.spdx.DictionaryEntry(key=ref, value=self.text(ref))
                for ref in bill.references(expression)
            ]
            self.licenses[expression] = self.add(
                self.spdx.simplelicensing_LicenseExpression,
                "license",
                simplelicensing_licenseExpression=expression,
                simplelicensing_customIdToUri=custom,
            )
        return self.licenses[expression]

    def text(self, ref: str) -> str:
        """Return the identifier of what stands in the place of a licence's text."""
        if ref not in self.texts:
            known = bill.by_expression(self.report).get(ref)
            element = self.add(
                self.spdx.simplelicensing_SimpleLicensingText,
                "license-text",
                name=known.name if known else ref,
                comment="This project holds no licence text; the field says where the text is found.",
                simplelicensing_licenseText=bill.where_the_text_is(self.report, ref),
            )
            self.texts[ref] = str(element.spdxId)
        return self.texts[ref]

    def file(self, file: Artifact) -> "spdx.Element":
        comment = "; ".join(f"{one.name.rpartition(':')[2]}: {one.value}" for one in bill.of_file(file))
        hashes = (
            [self.spdx.Hash(algorithm=self.spdx.HashAlgorithm.sha256, hashValue=file.sha256)]
            if file.sha256
            else []
        )
        return self.add(
            self.spdx.software_File, "file", name=file.path, comment=comment, verifiedUsing=hashes
        )

    def relate(
        self, kind: str, one: "spdx.Element", other: "spdx.Element | str", comment: str | None = None
    ) -> None:
        self.add(
            self.spdx.Relationship,
            "relationship",
            from_=one,
            to=[other],
            relationshipType=getattr(self.spdx.RelationshipType, kind),
            **({"comment": comment} if comment else {}),
        )

    def annotate(self, subject: "spdx.Element", said: Iterable[bill.Said]) -> None:
        """Add the scanner's statements: no reviews, which are a person's."""
        for one in said:
            self.add(
                self.spdx.Annotation,
                "annotation",
                subject=subject,
                annotationType=self.spdx.AnnotationType.other,
                statement=f"{one.name}: {one.value}",
            )

    def add(self, kind: "type[_Element]", name: str, /, **fields: Any) -> "_Element":  # noqa: ANN401  of any kind
        """Add an element whose identifier is its kind and its number."""
        number = self.counts[name] = self.counts.get(name, 0) + 1
        element = kind(spdxId=f"{self.base}#{name}-{number}", creationInfo=self.made, **bill.inert(fields))
        self.objects.add(element)
        self.elements.append(element)
        return element

    def profile(self, name: str) -> str:
        return str(getattr(self.spdx.ProfileIdentifierType, name))

    def spdx_moment(self) -> Any:  # noqa: ANN401  a datetime of the bindings
        from datetime import datetime

        return datetime.fromisoformat(bill.moment(self.report))


def _edge_comment(edge: LineageEdge) -> str:
    said = "; ".join(f"{one.name.rpartition(':')[2]}: {one.value}" for one in bill.of_edge(edge))
    return f"{LINKS[edge.relation]}; {said}"
