# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""SPDX 3.0.1 is read back by its bindings, invents nothing, and says what JSON says.

The bindings are generated from the official SHACL model and refuse a wrong type, word or count on writing.
"""

import json
from collections import Counter

import msgspec
import pytest
import sample_report

from scanner.model.conclusion import Relation
from scanner.model.finding import VerdictWord
from scanner.model.reading import Source
from scanner.render.json import document
from scanner.render.spdx3 import OF_A_DATA_SET, OF_A_MODEL, RELATIONSHIPS, render_spdx3

MAKERS = ("rich", "assumed", "hostile", "empty")
PACKAGES = {"ai_AIPackage", "dataset_DatasetPackage"}
NO_ASSERTION = "expandedlicensing_NoAssertionLicense"


def valid(text):
    """Return the elements; fail when they are not read back to the same, or something dangles."""
    import spdx_python_model

    whole = json.loads(text)
    model, read = spdx_python_model.load_data(whole)
    assert read.missing_ids == set()
    assert model.JSONLDSerializer().serialize_data(read) == whole
    return whole["@graph"]


def of(graph, kind):
    return [one for one in graph if one["type"] == kind]


def named(graph, name):
    (found,) = [one for one in graph if one.get("name") == name]
    return found


def links(graph, kind, **ends):
    found = [one for one in of(graph, "Relationship") if one["relationshipType"] == kind]
    return [one for one in found if all(one[end] == value for end, value in ends.items())]


def licensed(graph, package, kind):
    """Return the expression that a package has, or the word for none."""
    (link,) = links(graph, kind, **{"from": package["spdxId"]})
    (target,) = link["to"]
    found = [one for one in graph if one.get("spdxId") == target]
    return found[0]["simplelicensing_licenseExpression"] if found else target


def changed(**more):
    release = sample_report.release(2, VerdictWord.ALLOWED, (sample_report.STATED,))
    return sample_report.report(msgspec.structs.replace(release, **more))


@pytest.mark.parametrize("maker", MAKERS)
def test_it_is_read_back_whole_and_says_what_json_says(maker):
    report = getattr(sample_report, maker)()
    whole, graph = document(report), valid(render_spdx3(report))
    said = [one["statement"] for one in of(graph, "Annotation")]
    head = "modelscan:summary:"
    summary = dict(one.removeprefix(head).split(": ") for one in said if one.startswith(head))
    assert {word: int(number) for word, number in summary.items()} == whole["summary"]
    verdicts = Counter(one.partition(": ")[2] for one in said if one.startswith("modelscan:verdict: "))
    assert verdicts == Counter(one["verdict"] for one in whole["releases"])
    findings = sum(one.startswith("modelscan:finding:") for one in said)
    assert findings == sum(len(one["findings"]) for one in whole["releases"])


@pytest.mark.parametrize("maker", MAKERS)
def test_every_package_has_one_declared_and_one_concluded_licence(maker):
    graph = valid(render_spdx3(getattr(sample_report, maker)()))
    for package in graph:
        if package["type"] in PACKAGES:
            for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
                assert licensed(graph, package, kind) not in {"", "expandedlicensing_NoneLicense"}


def test_the_bindings_refuse_what_is_not_in_the_model():
    text = render_spdx3(sample_report.single()).replace('"descendantOf"', '"childOf"')
    text = text.replace('"relationshipType": "contains"', '"relationshipType": "holds"')
    with pytest.raises(ValueError, match="holds"):
        valid(text)


def test_nothing_is_invented_and_what_is_missing_is_said():
    graph = valid(render_spdx3(sample_report.single()))
    (whole,) = of(graph, "SpdxDocument")
    assert whole["profileConformance"] == ["core", "software", "simpleLicensing"]
    for kind, demanded in (("ai_AIPackage", OF_A_MODEL), ("dataset_DatasetPackage", OF_A_DATA_SET)):
        for package in of(graph, kind):
            stated = {key.rpartition("_")[2] for key in package}
            missing = [one for one in demanded if one not in stated]
            assert "releaseTime" in missing
            assert f"Not stated, since not known: {', '.join(missing)}." in package["comment"]
    assert {one["dataset_datasetType"][0] for one in of(graph, "dataset_DatasetPackage")} == {"noAssertion"}


def test_the_only_date_is_that_of_the_report():
    text = render_spdx3(sample_report.rich())
    (made,) = of(valid(text), "CreationInfo")
    assert made["created"] == "2026-01-31T00:00:00Z"
    assert text.count("T00:00:00Z") == 1


def test_declared_and_concluded_are_kept_apart():
    release = sample_report.release(2, VerdictWord.ALLOWED, ())
    proof = sample_report.evidence(3)
    reading = sample_report.reading(Source.CARD, proof, expression="MIT OR Apache-2.0", raw="x")
    licenses = msgspec.structs.replace(release.licenses, declared=(reading,))
    graph = valid(render_spdx3(changed(licenses=licenses)))
    package = named(graph, "acme/model-2")
    assert licensed(graph, package, "hasDeclaredLicense") == "MIT OR Apache-2.0"
    assert licensed(graph, package, "hasConcludedLicense") == "LicenseRef-acme-permissive-1"
    graph = valid(render_spdx3(sample_report.single()))
    package = named(graph, "acme/model-2")
    assert licensed(graph, package, "hasConcludedLicense") == NO_ASSERTION


def test_a_licence_of_its_own_leads_to_the_place_of_its_text():
    graph = valid(render_spdx3(changed()))
    (entry,) = [
        entry
        for one in of(graph, "simplelicensing_LicenseExpression")
        if one["simplelicensing_licenseExpression"] == "LicenseRef-acme-permissive-1"
        for entry in one["simplelicensing_customIdToUri"]
    ]
    assert entry["key"] == "LicenseRef-acme-permissive-1"
    (text,) = [one for one in graph if one.get("spdxId") == entry["value"]]
    assert text["name"] == "Acme Permissive, Version 1"
    assert text["simplelicensing_licenseText"].startswith("No copy is enclosed. The text stands in LICENSE")


@pytest.mark.parametrize("relation", Relation)
def test_parents_are_linked_in_the_right_direction(relation):
    (edge,) = sample_report.release(2, VerdictWord.ALLOWED, ()).lineage
    graph = valid(render_spdx3(changed(lineage=(msgspec.structs.replace(edge, relation=relation),))))
    child, parent = named(graph, "acme/model-2")["spdxId"], named(graph, "acme/base")["spdxId"]
    kind, to_parent = RELATIONSHIPS[relation]
    ends = (child, parent) if to_parent else (parent, child)
    assert len(links(graph, kind, **{"from": ends[0], "to": [ends[1]]})) == 1


def test_a_parent_in_the_tree_is_the_release_itself_wherever_it_stands():
    first, second = (sample_report.release(one, VerdictWord.ALLOWED, ()) for one in (1, 2))
    (edge,) = first.lineage
    terms = msgspec.structs.replace(edge.terms, release=second.path, how="in-tree")
    first = msgspec.structs.replace(first, lineage=(msgspec.structs.replace(edge, terms=terms),))
    graph = valid(render_spdx3(sample_report.report(first, second)))
    to = [named(graph, "acme/model-2")["spdxId"]]
    assert [one["comment"][:7] for one in links(graph, "descendantOf", to=to)] == ["adapter"]


def test_files_bear_the_digest_that_is_known():
    graph = valid(render_spdx3(sample_report.single()))
    hashes = {one["name"]: one.get("verifiedUsing") for one in of(graph, "software_File")}
    assert hashes["README.md"] == [{"type": "Hash", "algorithm": "sha256", "hashValue": "d" * 64}]
    assert hashes["weights.bin"] is None


def test_strangers_steer_nothing():
    text = render_spdx3(sample_report.hostile())
    assert not set(text) & set("\x00\x07\x1b\x7f\u202e\u202c\udc80")
    text.encode("utf-8")
    ids = [one["spdxId"] for one in of(json.loads(text)["@graph"], "ai_AIPackage")]
    assert len(ids) == len(set(ids)) == 2 * len(sample_report.HOSTILE)
    assert {one.partition("#")[2].rpartition("-")[0] for one in ids} == {"release", "parent"}


def test_the_same_report_gives_the_same_bytes_and_another_other_identifiers():
    first, again, other = (render_spdx3(one()) for one in (*[sample_report.rich] * 2, sample_report.assumed))
    assert first == again
    assert {one["spdxId"] for one in of(valid(first), "SpdxDocument")}.isdisjoint(
        one["spdxId"] for one in of(valid(other), "SpdxDocument")
    )
