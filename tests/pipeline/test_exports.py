# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Real releases as bills of materials: valid by each format's own validator, with the verdicts of JSON."""

import json

import pytest

from scanner.model.report import Report
from scanner.render.formats import FORMATS

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def report(corpus, scanned) -> Report:
    return scanned(corpus / "corpus")


@pytest.mark.parametrize(("form", "version"), [("cdx.json", "1.6"), ("cdx17.json", "1.7")])
def test_cyclonedx_holds_to_the_official_schema(report, form, version):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = FORMATS[form](report)
    assert JsonStrictValidator(SchemaVersion.from_version(version)).validate_str(text) is None
    found = [one for one in json.loads(text)["components"] if one["type"] == "machine-learning-model"]
    verdicts = [
        entry["value"] for one in found for entry in one["properties"] if entry["name"] == "modelscan:verdict"
    ]
    assert verdicts == [release.verdict.value for release in report.releases]


def test_spdx_is_valid_by_spdx_tools(report):
    from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    whole = json.loads(FORMATS["spdx.json"](report))
    messages = validate_full_spdx_document(JsonLikeDictParser().parse(whole))
    assert [one.validation_message for one in messages] == []
    said = [entry["comment"] for one in whole["packages"] for entry in one.get("annotations", ())]
    verdicts = [one.partition(": ")[2] for one in said if one.startswith("modelscan:verdict: ")]
    assert verdicts == [release.verdict.value for release in report.releases]


def test_spdx_3_is_read_back_whole_by_its_bindings(report):
    import spdx_python_model

    whole = json.loads(FORMATS["spdx3.json"](report))
    _, read = spdx_python_model.load_data(whole)
    assert read.missing_ids == set()
    said = [one["statement"] for one in whole["@graph"] if one["type"] == "Annotation"]
    verdicts = [one.partition(": ")[2] for one in said if one.startswith("modelscan:verdict: ")]
    assert sorted(verdicts) == sorted(release.verdict.value for release in report.releases)
