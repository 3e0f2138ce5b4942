# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""SARIF of a report holds to the standard's own schema, and its places are those of the scanned root."""

import json
from urllib.parse import unquote

import pytest
import sample_report
from msgspec.structs import replace

from scanner.model.finding import Outcome, VerdictWord
from scanner.model.release import Artifact, ArtifactKind
from scanner.render.sarif import render_sarif


def run(report):
    (found,) = json.loads(render_sarif(report))["runs"]
    return found


@pytest.mark.parametrize("made", ["rich", "assumed", "hostile", "empty", "single"])
def test_it_holds_to_the_schema(standard, made):
    log = json.loads(render_sarif(getattr(sample_report, made)()))
    assert [error.message for error in standard.iter_errors(log)] == []


def test_each_finding_is_a_result_that_points_at_its_rule():
    report = sample_report.rich()
    found = run(report)
    rules = found["tool"]["driver"]["rules"]
    every = [(release, one) for release in report.releases for one in release.findings]
    for (release, one), result in zip(every, found["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.rule
        assert result["partialFingerprints"] == {"modelscan/v1": one.fingerprint}
        assert result["properties"]["release"] == release.path
        assert one.message in result["message"]["text"]


def test_what_is_open_is_at_most_a_warning_and_a_pass_is_no_fault():
    report = sample_report.rich()
    for one, result in zip(
        (one for release in report.releases for one in release.findings), run(report)["results"], strict=True
    ):
        assert (result.get("kind") == "pass") == (one.outcome is Outcome.PASS) == (result["level"] == "none")
        assert one.outcome is not Outcome.UNKNOWN or result["level"] != "error"


def place(release):
    result = run(sample_report.report(release))["results"][0]
    return result["locations"][0]["physicalLocation"]


def test_a_place_is_a_line_below_the_scanned_root_with_its_words():
    release = sample_report.release(1, VerdictWord.REVIEW, (sample_report.STATED,))
    found = place(release)
    assert found["artifactLocation"]["uri"] == "models/acme/model-1/README.md"
    assert found["region"] == {"startLine": 3, "endLine": 3, "snippet": {"text": "license: acme"}}
    assert place(replace(release, path="."))["artifactLocation"]["uri"] == "README.md"


def test_of_loose_weights_the_place_is_the_file():
    release = sample_report.release(1, VerdictWord.REVIEW, (sample_report.STATED,))
    shards = tuple(
        Artifact(path=f"m-0000{number}-of-00002.safetensors", kind=ArtifactKind.WEIGHTS, size=1)
        for number in (1, 2)
    )
    finding = replace(release.findings[0], evidence=())
    loose = replace(release, path="models/m.safetensors", files=shards, findings=(finding,))
    assert place(loose)["artifactLocation"]["uri"] == "models/m-00001-of-00002.safetensors"


def test_what_no_line_says_stands_at_the_card():
    release = sample_report.release(1, VerdictWord.REVIEW, (sample_report.STATED,))
    bare = replace(release, findings=(replace(release.findings[0], evidence=()),))
    assert place(bare) == {
        "artifactLocation": {"uri": "models/acme/model-1/README.md", "uriBaseId": "SRCROOT"}
    }


def test_hostile_names_are_percent_encoded():
    for result in run(sample_report.hostile())["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert not set(uri) & set(' #?:<>"{}')
        assert unquote(uri).startswith("models/acme/model-")
