# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Report to a CycloneDX bill of materials for machine learning, 1.6 and 1.7 (https://cyclonedx.org).

Plain values, since the Python library has no model card, no component data and no mixed licences; the tests
hold every document against the official schemas. Release 1.6 cannot list an expression beside another
licence, so a compound expression is there a licence by name; 1.7 can.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from scanner.model.base import Evidence, Value
from scanner.model.conclusion import LineageEdge
from scanner.model.release import Artifact, ArtifactKind
from scanner.model.report import NamedDataSet, NamedLicense, ReleaseReport, Report
from scanner.render import bill
from scanner.sanitize import inert_json

Version = Literal["1.6", "1.7"]
_Known = Mapping[str, NamedLicense]


def render_cyclonedx(report: Report) -> str:
    """Return the report as CycloneDX 1.6."""
    return _Bill(report, "1.6").text()


def render_cyclonedx_17(report: Report) -> str:
    """Return the report as CycloneDX 1.7."""
    return _Bill(report, "1.7").text()


class _Stated(Value, frozen=True, kw_only=True):
    """One licence of a list."""

    expression: str | None
    """SPDX expression, when it can be written as one."""

    words: str = ""
    """What stands there, in the place of an expression."""

    acknowledged: Literal["declared", "concluded"] | None = None
    """None: known in another way, e.g. for an ancestor."""

    @property
    def joined(self) -> bool:
        """Whether it is an expression of several parts, such as ``MIT OR Apache-2.0``."""
        return self.expression is not None and not bill.single(self.expression)


class _Bill:
    """One document; references are counted, so that no stranger's word is one."""

    def __init__(self, report: Report, version: Version) -> None:
        self.report = report
        self.version = version
        self.known = bill.names(report)
        self.named = bill.by_expression(report)
        self.data_sets = _data_sets(report)

    def text(self) -> str:
        document = bill.inert(self.document())
        return inert_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"

    def document(self) -> dict[str, Any]:
        report, version = self.report, self.version
        releases = [self.release(number, one) for number, one in enumerate(report.releases, 1)]
        data = [self.data_set(ref, one) for ref, one in self.data_sets.values()]
        return {
            "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": version,
            "serialNumber": bill.identity(report, f"cyclonedx-{version}").urn,
            "version": 1,
            "metadata": {
                "timestamp": bill.moment(report),
                "tools": {"components": [_tool(report)]},
                "properties": _properties(bill.about(report)),
            },
            "components": releases + data,
            "dependencies": [
                {"ref": _ref(number), "dependsOn": self.used(one)}
                for number, one in enumerate(report.releases, 1)
            ],
            "compositions": list(self.compositions()),
        }

    def compositions(self) -> Iterator[dict[str, Any]]:
        """Yield which releases are known not to be listed whole; of the others it is not known."""
        numbered = list(enumerate(self.report.releases, 1))
        for aggregate, gaps in (("incomplete", True), ("unknown", False)):
            refs = [_ref(number) for number, one in numbered if bool(one.unread) is gaps]
            if refs:
                yield {"aggregate": aggregate, "assemblies": refs}

    def release(self, number: int, release: ReleaseReport) -> dict[str, Any]:
        ref, hub = _ref(number), bill.hub(release)
        found: dict[str, Any] = {"type": "machine-learning-model", "bom-ref": ref}
        found |= {"group": hub.owner, "name": hub.name} if hub else {"name": release.name}
        found |= {"version": release.revision} if release.revision else {}
        found |= {"licenses": licenses} if (licenses := self.licenses(release)) else {}
        found |= {"purl": release.purl} if hub else {}
        found |= {"pedigree": self.pedigree(ref, release)} if release.lineage else {}
        found |= {"externalReferences": links} if (links := list(self.links(release))) else {}
        found |= {"components": files} if (files := list(_files(ref, release.files))) else {}
        found |= {"evidence": proof} if (proof := self.evidence(release)) else {}
        found["modelCard"] = self.model_card(ref, release)
        found["properties"] = _properties(bill.of_release(release))
        return found

    def licenses(self, release: ReleaseReport) -> list[dict[str, Any]]:
        """Return what is declared and what is concluded for the weights, kept apart."""
        stated = [
            _Stated(expression=one.expression, words=one.raw, acknowledged="declared")
            for one in bill.declared(release)
        ]
        conclusion = bill.weights(release)
        if conclusion is not None and conclusion.expression:
            stated.append(_Stated(expression=conclusion.expression, acknowledged="concluded"))
        return self.choice(stated)

    def choice(self, stated: Iterable["_Stated"]) -> list[dict[str, Any]]:
        """Return licences, each an expression or a name, with its acknowledgement."""
        found = [one for one in stated if one.expression or one.words]
        alone = len(found) == 1
        return [
            _expression(one) if one.joined and (alone or self.mixes) else self.license(one) for one in found
        ]

    @property
    def mixes(self) -> bool:
        """Whether an expression may stand beside other licences."""
        return self.version == "1.7"

    def license(self, one: "_Stated") -> dict[str, Any]:
        known = self.named.get(one.expression or "")
        if one.expression and bill.listed_id(one.expression):
            found: dict[str, Any] = {"id": one.expression}
        else:
            found = {"name": known.name if known else one.expression or one.words}
        found |= _acknowledgement(one)
        if link := bill.link(known):
            found["url"] = link
        if known is not None and "name" in found:
            found["properties"] = [{"name": "modelscan:license:expression", "value": known.expression}]
        return {"license": found}

    def pedigree(self, ref: str, release: ReleaseReport) -> dict[str, Any]:
        ancestors = [
            self.ancestor(f"{ref}-ancestor-{number}", edge) for number, edge in enumerate(release.lineage, 1)
        ]
        return {"ancestors": ancestors}

    def ancestor(self, ref: str, edge: LineageEdge) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "machine-learning-model", "bom-ref": ref, "name": edge.parent}
        expression = bill.certain(edge.terms, self.known)
        if expression:
            # Known for a parent that is not itself under review: neither declared here nor concluded.
            found["licenses"] = self.choice([_Stated(expression=expression)])
        return found | {"properties": _properties(bill.of_edge(edge))}

    def links(self, release: ReleaseReport) -> Iterator[dict[str, Any]]:
        hub = bill.hub(release)
        if hub is not None:
            yield {"type": "distribution", "url": hub.address}
        for file in release.files:
            if file.kind is ArtifactKind.CARD:
                yield _link("model-card", release, file)
            elif file.kind in {ArtifactKind.LICENSE, ArtifactKind.NOTICE, ArtifactKind.POLICY}:
                yield _link("license", release, file)

    def evidence(self, release: ReleaseReport) -> dict[str, Any]:
        found: dict[str, Any] = {}
        texts = dict.fromkeys(one.expression for one in bill.detected(release) if one.expression)
        if texts:
            found["licenses"] = self.choice(_Stated(expression=one) for one in texts)
        places = [_occurrence(one) for one in bill.evidence(release)]
        return found | ({"occurrences": places} if places else {})

    def model_card(self, ref: str, release: ReleaseReport) -> dict[str, Any]:
        used = [{"ref": one} for one in self.used(release)]
        parameters = {"modelParameters": {"datasets": used}} if used else {}
        return {
            "bom-ref": f"{ref}-card",
            **parameters,
            "properties": _properties(bill.openness(release)),
        }

    def used(self, release: ReleaseReport) -> list[str]:
        """Return the references of the data sets that a release names."""
        return [self.data_sets[one.name][0] for one in release.data_sets]

    def data_set(self, ref: str, one: NamedDataSet) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "data", "bom-ref": ref, "name": one.name}
        expression = bill.all_of(one.keys, self.known)
        if expression and one.certain:
            found["licenses"] = self.choice([_Stated(expression=expression)])
        found["data"] = [{"type": "dataset", "name": one.name}]
        return found | {"properties": _properties(bill.of_data_set(one))}


def _data_sets(report: Report) -> dict[str, tuple[str, NamedDataSet]]:
    """Return every data set that is named, by its name, with its reference."""
    found: dict[str, NamedDataSet] = {}
    for release in report.releases:
        for one in release.data_sets:
            found.setdefault(one.name, one)
    return {name: (f"data-set-{number}", one) for number, (name, one) in enumerate(found.items(), 1)}


def _files(ref: str, files: Iterable[Artifact]) -> Iterator[dict[str, Any]]:
    for number, file in enumerate(files, 1):
        found: dict[str, Any] = {"type": "file", "bom-ref": f"{ref}-file-{number}", "name": file.path}
        if file.sha256:
            found["hashes"] = [{"alg": "SHA-256", "content": file.sha256}]
        yield found | {"properties": _properties(bill.of_file(file))}


def _occurrence(one: Evidence) -> dict[str, Any]:
    found: dict[str, Any] = {"location": one.path}
    found |= {"line": one.lines[0]} if one.lines else {}
    found |= {"symbol": one.key} if one.key else {}
    return found | ({"additionalContext": one.quote} if one.quote else {})


def _link(kind: str, release: ReleaseReport, file: Artifact) -> dict[str, Any]:
    path = file.path if release.path == "." else f"{release.path}/{file.path}"
    found: dict[str, Any] = {"type": kind, "url": bill.address(path)}
    return found | ({"hashes": [{"alg": "SHA-256", "content": file.sha256}]} if file.sha256 else {})


def _tool(report: Report) -> dict[str, Any]:
    return {"type": "application", "name": report.tool.name, "version": report.tool.version}


def _expression(one: _Stated) -> dict[str, Any]:
    return {"expression": one.expression, **_acknowledgement(one)}


def _acknowledgement(one: _Stated) -> dict[str, str]:
    return {"acknowledgement": one.acknowledged} if one.acknowledged else {}


def _ref(number: int) -> str:
    return f"release-{number}"


def _properties(said: Iterable[bill.Said]) -> list[dict[str, str]]:
    return [{"name": one.name, "value": one.value} for one in said]
