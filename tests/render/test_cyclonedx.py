# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""CycloneDX holds to the official schemas, keeps declared and concluded apart, and says what JSON says."""

import json
from collections import Counter

import msgspec
import pytest
import sample_report

from scanner.catalog import load_catalogue
from scanner.model.conclusion import Licenses
from scanner.model.finding import VerdictWord
from scanner.model.reading import Source
from scanner.render.cyclonedx import render_cyclonedx, render_cyclonedx_17
from scanner.render.json import document

FORMS = {"1.6": render_cyclonedx, "1.7": render_cyclonedx_17}
MAKERS = ("rich", "assumed", "hostile", "empty")


@pytest.fixture(params=FORMS)
def form(request):
    return request.param, FORMS[request.param]


def problem(version, text):
    """Return what the official validator has against a document; None: nothing."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    return JsonStrictValidator(SchemaVersion.from_version(version)).validate_str(text)


def models(text):
    return [one for one in json.loads(text)["components"] if one["type"] == "machine-learning-model"]


def values(component, name):
    return [one["value"] for one in component["properties"] if one["name"] == f"modelscan:{name}"]


def with_readings(*expressions, concluded=None):
    """Return a report of one release whose card declares these expressions."""
    release = sample_report.release(2, VerdictWord.ALLOWED, (sample_report.STATED,))
    proof = sample_report.evidence(3)
    weights = msgspec.structs.replace(release.licenses.concluded[0], expression=concluded)
    readings = [sample_report.reading(Source.CARD, proof, expression=one, raw=one) for one in expressions]
    licenses = Licenses(declared=tuple(readings), concluded=(weights,))
    return sample_report.report(msgspec.structs.replace(release, licenses=licenses))


@pytest.mark.parametrize("maker", MAKERS)
def test_it_holds_to_the_official_schema(form, maker):
    version, render = form
    text = render(getattr(sample_report, maker)())
    assert problem(version, text) is None
    assert json.loads(text)["specVersion"] == version


@pytest.mark.parametrize(
    "expressions",
    [("MIT OR Apache-2.0",), ("MIT OR Apache-2.0", "CC-BY-4.0"), ("Apache-2.0+",), ("Acme own",)],
)
def test_expressions_hold_to_the_schema_alone_and_beside_others(form, expressions):
    version, render = form
    for concluded in (None, "MIT AND Apache-2.0"):
        text = render(with_readings(*expressions, concluded=concluded))
        assert problem(version, text) is None


def test_a_schema_that_is_broken_is_noticed():
    text = render_cyclonedx(sample_report.rich()).replace('"modelCard"', '"modelCards"')
    assert problem("1.6", text) is not None


def test_it_says_what_json_says(form):
    _, render = form
    for maker in MAKERS:
        report = getattr(sample_report, maker)()
        whole, text = document(report), render(report)
        summary = {
            one["name"].rpartition(":")[2]: int(one["value"])
            for one in json.loads(text)["metadata"]["properties"]
            if one["name"].startswith("modelscan:summary:")
        }
        assert summary == whole["summary"]
        found = models(text)
        verdicts = Counter(value for one in found for value in values(one, "verdict"))
        assert verdicts == Counter(one["verdict"] for one in whole["releases"])
        for release, component in zip(whole["releases"], found, strict=True):
            names = [one["name"] for one in component["properties"]]
            assert sum(name.startswith("modelscan:finding:") for name in names) == len(release["findings"])
            assert sum(name.startswith("modelscan:obligation:") for name in names) == len(
                release["obligations"]
            )
            assert len(component["components"]) == len(release["files"])


def test_declared_and_concluded_are_kept_apart():
    (component,) = models(render_cyclonedx(with_readings("MIT", concluded="Apache-2.0")))
    assert [one["license"] for one in component["licenses"]] == [
        {"id": "MIT", "acknowledgement": "declared"},
        {"id": "Apache-2.0", "acknowledgement": "concluded"},
    ]


def test_nothing_concluded_is_no_licence_and_says_why():
    (component,) = models(render_cyclonedx(sample_report.single()))
    assert {one["license"]["acknowledgement"] for one in component["licenses"]} == {"declared"}
    (why,) = values(component, "license:concluded:weights")
    assert why.startswith("not concluded; it may be acme-permissive-1 or acme-community-1 (conflict: ")


def test_a_licence_that_is_not_on_the_list_has_its_name_and_address():
    report = with_readings(concluded="LicenseRef-acme-permissive-1")
    (component,) = models(render_cyclonedx(report))
    assert component["licenses"] == [
        {
            "license": {
                "name": "Acme Permissive, Version 1",
                "acknowledgement": "concluded",
                "url": "https://acme.example/acme-permissive-1",
                "properties": [
                    {"name": "modelscan:license:expression", "value": "LicenseRef-acme-permissive-1"}
                ],
            }
        }
    ]


def test_expressions_stand_beside_licences_only_where_the_version_allows_it():
    report = with_readings("MIT OR Apache-2.0", concluded="MIT")
    (older,), (newer,) = models(render_cyclonedx(report)), models(render_cyclonedx_17(report))
    assert older["licenses"][0] == {"license": {"name": "MIT OR Apache-2.0", "acknowledgement": "declared"}}
    assert newer["licenses"][0] == {"expression": "MIT OR Apache-2.0", "acknowledgement": "declared"}


def test_words_that_are_no_expression_are_never_written_as_one(form):
    _, render = form
    release = sample_report.release(2, VerdictWord.REVIEW, (sample_report.STATED,))
    reading = sample_report.reading(Source.CARD, sample_report.evidence(3), raw="ours OR theirs", key=None)
    licenses = Licenses(declared=(reading,), concluded=release.licenses.concluded)
    (component,) = models(render(sample_report.report(msgspec.structs.replace(release, licenses=licenses))))
    assert component["licenses"] == [{"license": {"name": "ours OR theirs", "acknowledgement": "declared"}}]


def test_ancestors_and_data_sets_are_linked():
    whole = json.loads(render_cyclonedx(sample_report.single()))
    model, first, second = whole["components"]
    (ancestor,) = model["pedigree"]["ancestors"]
    assert ancestor["name"] == "acme/base"
    assert values(ancestor, "lineage:relation") == ["merge"]
    assert model["modelCard"]["modelParameters"]["datasets"] == [{"ref": "data-set-1"}, {"ref": "data-set-2"}]
    assert (first["type"], first["name"], len(first["licenses"])) == ("data", "acme/data", 1)
    assert "licenses" not in second
    assert values(second, "data-set:terms") == ["not known: its terms are not known here"]
    assert whole["dependencies"] == [{"ref": "release-1", "dependsOn": ["data-set-1", "data-set-2"]}]


def test_the_hub_gives_purl_and_version_and_hashes_are_those_of_the_files():
    release = sample_report.release(1, VerdictWord.ALLOWED, (sample_report.STATED,))
    (component,) = models(render_cyclonedx(sample_report.report(release)))
    assert (component["group"], component["name"], component["version"]) == ("acme", "model-1", "a" * 40)
    assert component["purl"] == release.purl
    first, second, _ = component["components"]
    assert first["hashes"] == [{"alg": "SHA-256", "content": "d" * 64}]
    assert "hashes" not in second
    assert values(second, "file:header-sha256") == ["c" * 64]


def test_every_identifier_of_the_catalogue_is_in_the_schema(form):
    version, render = form
    ids = sorted({one.spdx_expression for one in load_catalogue().headings.values()})
    text = render(with_readings(*(one for one in ids if not one.startswith("LicenseRef-"))))
    assert problem(version, text) is None


def test_strangers_steer_nothing(form):
    _, render = form
    text = render(sample_report.hostile())
    assert not set(text) & set("\x00\x07\x1b\x7f\u202e\u202c\udc80")
    text.encode("utf-8")
    refs = [one["bom-ref"] for one in models(text)]
    assert refs == [f"release-{number}" for number in range(1, len(sample_report.HOSTILE) + 1)]


def test_the_same_report_gives_the_same_bytes_and_another_another_number(form):
    _, render = form
    first, again, other = (render(one()) for one in (*[sample_report.rich] * 2, sample_report.assumed))
    assert first == again
    assert json.loads(first)["metadata"]["timestamp"] == "2026-01-31T00:00:00Z"
    assert json.loads(first)["serialNumber"] != json.loads(other)["serialNumber"]
