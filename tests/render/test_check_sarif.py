# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""SARIF of a check holds to the standard's own schema, and its places are those of the repository."""

import json
from urllib.parse import unquote_to_bytes

import pytest
import sample_check

from scanner.model.finding import Severity
from scanner.render.check_sarif import render_check_sarif


def run(report):
    (found,) = json.loads(render_check_sarif(report))["runs"]
    return found


@pytest.mark.parametrize("words", ["acme/model", *sample_check.HOSTILE])
def test_it_holds_to_the_schema(standard, words):
    log = json.loads(render_check_sarif(sample_check.rich(words)))
    assert [error.message for error in standard.iter_errors(log)] == []
    assert log["$schema"] == standard.schema["id"]


def test_an_empty_check_holds_to_the_schema(standard):
    log = json.loads(render_check_sarif(sample_check.report((), compared=False)))
    assert list(standard.iter_errors(log)) == []


def test_each_result_points_at_its_rule():
    found = run(sample_check.rich())
    rules = found["tool"]["driver"]["rules"]
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[0]["help"]["text"] == "What is forbidden stays so. What to do: Replace [the model]."
    assert rules[0]["deprecatedIds"] == ["gate/older"]
    assert {one["properties"]["problem.severity"] for one in rules} == {"error", "warning", "recommendation"}


def test_levels_states_and_suppressions_say_how_a_finding_stands():
    report = sample_check.rich()
    for one, result in zip(report.findings, run(report)["results"], strict=True):
        assert result["level"] == one.severity.value
        assert result["baselineState"] == ("new" if one.introduced else "unchanged")
        assert ("suppressions" in result) == (one.accepted is not None)
        assert result["partialFingerprints"] == {"modelscan/v1": one.fingerprint}


def test_without_a_base_no_result_claims_to_be_new():
    flags = sample_check.Flags(severity=Severity.ERROR, standing="gates")
    (result,) = run(sample_check.report((sample_check.finding(1, flags),), compared=False))["results"]
    assert "baselineState" not in result


def test_every_place_is_told_and_one_in_a_notebook_without_a_line_of_the_file():
    flags = sample_check.Flags(severity=Severity.ERROR, standing="gates")
    (result,) = run(sample_check.report((sample_check.finding(1, flags),)))["results"]
    first, second = result["locations"]
    assert first["physicalLocation"] == {
        "artifactLocation": {"uri": "part/src/acme/model.py", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 2, "startColumn": 3},
    }
    assert "region" not in second["physicalLocation"]
    assert second["message"] == {"text": "cell 4, line 2"}


@pytest.mark.parametrize("name", ["a b#c?d%.py", "x:y.py", "\u6a21.py", "bad\udcff.py", "lone\ud800.py"])
def test_paths_are_percent_encoded_to_the_bytes_that_they_are(name):
    flags = sample_check.Flags(severity=Severity.ERROR, standing="gates")
    one = sample_check.finding(1, flags)
    one = sample_check.replaced(one, places=(sample_check.replaced(one.places[0], path=name),))
    (result,) = run(sample_check.report((one,)))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set(" #?:")
    wanted = name.replace("\ud800", "\ufffd").encode("utf-8", "surrogateescape")
    assert unquote_to_bytes(uri) == b"part/" + wanted


def test_messages_hold_no_placeholder_and_no_link():
    text = run(sample_check.rich("{0} [a](https://evil.example)"))["results"][0]["message"]["text"]
    assert text.startswith("{{0}} [a]\u200b(https")
