# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""SPDX 2.3 is valid by spdx-tools, invents no text, no date and no supplier, and says what JSON says."""

import json
from collections import Counter

import msgspec
import pytest
import sample_report

from scanner.model.conclusion import ConcludedLicense, Relation, Status
from scanner.model.curation import Curation
from scanner.model.finding import VerdictWord
from scanner.model.reading import Source
from scanner.model.release import Component
from scanner.model.signoff import Approver, Decision, ReportedSignoff, Signature, State
from scanner.render.json import document
from scanner.render.spdx import RELATIONSHIPS, render_spdx

MAKERS = ("rich", "assumed", "hostile", "empty")


def valid(text):
    """Return the document, read back by spdx-tools; fail on whatever its validator says."""
    from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    whole = json.loads(text)
    messages = validate_full_spdx_document(JsonLikeDictParser().parse(whole))
    assert [one.validation_message for one in messages] == []
    return whole


def packages(whole, kind="release"):
    return [one for one in whole.get("packages", ()) if one["SPDXID"].startswith(f"SPDXRef-{kind}-")]


def releases(whole):
    return [one for one in packages(whole) if "-file-" not in one["SPDXID"]]


def changed(**more):
    release = sample_report.release(2, VerdictWord.ALLOWED, (sample_report.STATED,))
    return sample_report.report(msgspec.structs.replace(release, **more))


def declaring(*expressions):
    """Return a report of one release whose card declares these expressions."""
    release = sample_report.release(2, VerdictWord.ALLOWED, (sample_report.STATED,))
    proof = sample_report.evidence(3)
    readings = (sample_report.reading(Source.CARD, proof, expression=one, raw=one) for one in expressions)
    return changed(licenses=msgspec.structs.replace(release.licenses, declared=tuple(readings)))


@pytest.mark.parametrize("maker", MAKERS)
def test_it_is_valid_and_says_what_json_says(maker):
    report = getattr(sample_report, maker)()
    whole, said = document(report), valid(render_spdx(report))
    assert said["spdxVersion"] == "SPDX-2.3"
    comments = [one["comment"] for one in said["annotations"]]
    head = "modelscan:summary:"
    summary = dict(one.removeprefix(head).split(": ") for one in comments if one.startswith(head))
    assert {word: int(number) for word, number in summary.items()} == whole["summary"]
    found = releases(said)
    verdicts = Counter(
        entry["comment"].removeprefix("modelscan:verdict: ")
        for one in found
        for entry in one["annotations"]
        if entry["comment"].startswith("modelscan:verdict: ")
    )
    assert verdicts == Counter(one["verdict"] for one in whole["releases"])
    for release, package in zip(whole["releases"], found, strict=True):
        words = [one["comment"] for one in package["annotations"]]
        assert sum(one.startswith("modelscan:finding:") for one in words) == len(release["findings"])


def test_declared_and_concluded_are_kept_apart_and_nothing_is_none():
    (package,) = releases(valid(render_spdx(declaring("MIT"))))
    assert package["licenseDeclared"] == "MIT"
    assert package["licenseConcluded"] == "LicenseRef-acme-permissive-1"
    (package,) = releases(valid(render_spdx(declaring("MIT", "Apache-2.0"))))
    assert package["licenseDeclared"] == "NOASSERTION"
    assert package["licenseComments"].startswith("Declared for the weights: MIT, Apache-2.0.")
    (package,) = releases(valid(render_spdx(sample_report.single())))
    assert package["licenseConcluded"] == "NOASSERTION"
    assert "may be acme-permissive-1 or acme-community-1" in package["licenseComments"]
    assert '"NONE"' not in render_spdx(sample_report.rich())


def test_an_expression_keeps_its_shape():
    (package,) = releases(
        valid(render_spdx(declaring("MIT OR (Apache-2.0 AND LicenseRef-acme-community-1)")))
    )
    assert package["licenseDeclared"] == "MIT OR (Apache-2.0 AND LicenseRef-acme-community-1)"


def test_what_is_no_expression_is_no_assertion():
    (package,) = releases(valid(render_spdx(declaring("MIT OR"))))
    assert package["licenseDeclared"] == "NOASSERTION"


def test_the_place_of_a_licence_text_says_where_it_is():
    whole = valid(render_spdx(sample_report.rich()))
    texts = {one["licenseId"]: one for one in whole["hasExtractedLicensingInfos"]}
    assert set(texts) == {"LicenseRef-acme-permissive-1", "LicenseRef-acme-community-1"}
    found = texts["LicenseRef-acme-permissive-1"]
    assert found["name"] == "Acme Permissive, Version 1"
    assert found["seeAlsos"] == ["https://acme.example/acme-permissive-1"]
    assert found["extractedText"].startswith(
        "No copy is enclosed. The text stands in LICENSE, lines 10 to 12 of"
    )
    assert f"SHA-256 {'b' * 64}" in found["extractedText"]
    absent = texts["LicenseRef-acme-community-1"]["extractedText"]
    assert absent.startswith("The text was not found in the scanned releases, and no copy is enclosed.")


def test_files_bear_the_digest_that_is_known_and_no_other():
    whole = valid(render_spdx(sample_report.single()))
    files = [one for one in packages(whole) if "-file-" in one["SPDXID"]]
    assert [one["name"] for one in files] == ["README.md", "model.gguf", "weights.bin"]
    assert [one.get("checksums") for one in files] == [
        [{"algorithm": "SHA256", "checksumValue": "d" * 64}],
        None,
        None,
    ]
    assert {one["primaryPackagePurpose"] for one in files} == {"FILE"}
    assert f"header-sha256: {'c' * 64}" in files[1]["comment"]


@pytest.mark.parametrize("relation", Relation)
def test_parents_are_linked(relation):
    (edge,) = sample_report.release(2, VerdictWord.ALLOWED, (sample_report.STATED,)).lineage
    whole = valid(render_spdx(changed(lineage=(msgspec.structs.replace(edge, relation=relation),))))
    (link,) = [one for one in whole["relationships"] if one["relatedSpdxElement"] == "SPDXRef-parent-1"]
    assert link["relationshipType"] == RELATIONSHIPS[relation]
    (parent,) = packages(whole, "parent")
    assert (parent["name"], parent["licenseConcluded"]) == ("acme/base", "LicenseRef-acme-community-1")
    assert parent["licenseComments"] == "acme-community-1: By its name."


def test_a_parent_in_the_tree_is_the_release_itself():
    first, second = (sample_report.release(one, VerdictWord.ALLOWED, ()) for one in (1, 2))
    (edge,) = second.lineage
    terms = msgspec.structs.replace(edge.terms, release=first.path, how="in-tree")
    second = msgspec.structs.replace(second, lineage=(msgspec.structs.replace(edge, terms=terms),))
    whole = valid(render_spdx(sample_report.report(first, second)))
    links = [(one["spdxElementId"], one["relatedSpdxElement"]) for one in whole["relationships"]]
    assert ("SPDXRef-release-2", "SPDXRef-release-1") in links


def test_the_terms_of_a_data_set_are_stated_when_its_own_card_says_them():
    whole = valid(render_spdx(sample_report.single()))
    known, other = packages(whole, "data-set")
    assert known["licenseConcluded"] == "LicenseRef-acme-permissive-1"
    assert other["licenseConcluded"] == "NOASSERTION"
    assert other["licenseComments"] == "not known: its terms are not known here"


def curated(**more):
    made = {"concluded": "mit", "reason": "the letter", "evidence": "ticket 7", "person": "A. B. (counsel)"}
    conclusion = ConcludedLicense(
        component=Component.WEIGHTS,
        status=Status.CURATED,
        why="a person says so",
        keys=("mit",),
        expression="MIT",
        curation=Curation(release="acme/model-2", **made | more),
    )
    licenses = sample_report.release(2, VerdictWord.ALLOWED, ()).licenses
    whole = valid(render_spdx(changed(licenses=msgspec.structs.replace(licenses, concluded=(conclusion,)))))
    (package,) = releases(whole)
    return package["annotations"]


def test_a_review_is_a_persons_with_its_own_day():
    (review,) = [one for one in curated(date="2026-01-05") if one["annotationType"] == "REVIEW"]
    assert review["annotator"] == "Person: A. B. [counsel]"
    assert review["annotationDate"] == "2026-01-05T00:00:00Z"
    assert review["comment"] == "weights: concluded mit. the letter (ticket 7)"


@pytest.mark.parametrize("date", [None, "2026", "2026-01"])
def test_no_day_is_invented_for_a_review(date):
    said = curated(date=date)
    assert {one["annotationType"] for one in said} == {"OTHER"}
    assert any("by A. B. (counsel), on no stated day" in one["comment"] for one in said)


def signed(state, signature):
    one = ReportedSignoff(
        use_case="hosted",
        state=state,
        why="a reason",
        decision=Decision.APPROVE,
        approver=Approver(name="A. B.", email="a.b@acme.example"),
        decided="2026-01-05",
        until="2026-12-31",
        signature=Signature(state=signature),
        digest="9" * 64,
    )
    (package,) = releases(valid(render_spdx(changed(signoffs=(one,)))))
    said = [
        entry for entry in package["annotations"] if "decision approve until 2026-12-31" in entry["comment"]
    ]
    return {entry["annotationType"]: entry for entry in said}


@pytest.mark.parametrize("state", [State.VALID, State.EXPIRED, State.STALE])
def test_a_sign_off_that_verifies_is_its_persons_review_with_its_state(state):
    found = signed(state, "verified")
    assert found["OTHER"]["comment"].startswith(f"modelscan:signoff:hosted: {state.value}: a reason; ")
    assert found["REVIEW"]["annotator"] == "Person: A. B."
    assert found["REVIEW"]["annotationDate"] == "2026-01-05T00:00:00Z"
    assert found["REVIEW"]["comment"].startswith(f"hosted: {state.value}: a reason; ")


@pytest.mark.parametrize(
    ("state", "signature"),
    [(State.INVALID, "verified"), (State.UNSIGNED, "absent"), (State.VALID, "unchecked")],
)
def test_a_sign_off_that_does_not_verify_is_nobodys_review(state, signature):
    assert signed(state, signature).keys() == {"OTHER"}


def test_the_hub_is_the_place_of_a_release_and_nothing_names_a_supplier():
    release = sample_report.release(1, VerdictWord.ALLOWED, ())
    whole = valid(render_spdx(sample_report.report(release)))
    (package,) = releases(whole)
    assert package["downloadLocation"] == f"git+https://huggingface.co/acme/model-1@{'a' * 40}"
    assert package["externalRefs"][0]["referenceLocator"] == release.purl
    assert not {"supplier", "originator", "releaseDate", "builtDate"} & package.keys()
    (package,) = releases(valid(render_spdx(changed(purl="pkg:huggingface/acme/../x@main"))))
    assert package["downloadLocation"] == "NOASSERTION"
    assert "externalRefs" not in package


def test_strangers_steer_nothing():
    text = render_spdx(sample_report.hostile())
    assert not set(text) & set("\x00\x07\x1b\x7f\u202e\u202c\udc80")
    text.encode("utf-8")
    refs = [one["SPDXID"] for one in releases(json.loads(text))]
    assert refs == [f"SPDXRef-release-{number}" for number in range(1, len(sample_report.HOSTILE) + 1)]


def test_the_same_report_gives_the_same_bytes_and_another_another_namespace():
    first, again, other = (render_spdx(one()) for one in (*[sample_report.rich] * 2, sample_report.assumed))
    assert first == again
    assert json.loads(first)["creationInfo"]["created"] == "2026-01-31T00:00:00Z"
    assert json.loads(first)["documentNamespace"] != json.loads(other)["documentNamespace"]
