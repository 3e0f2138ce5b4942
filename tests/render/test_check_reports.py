# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What GitLab and Jenkins show of a check."""

import json
import re

import pytest
import sample_check

from scanner.model.finding import Severity
from scanner.render.check_codequality import render_check_codequality
from scanner.render.check_junit import render_check_junit

ERROR = sample_check.Flags(severity=Severity.ERROR, standing="gates")
ACCEPTED = sample_check.Flags(severity=Severity.ERROR, standing="accepted")
BEFORE = sample_check.Flags(severity=Severity.WARNING, standing="before")
TOLD = sample_check.Flags(severity=Severity.NOTE, standing="told")


def cases(*findings):
    root = sample_check.parsed(render_check_junit(sample_check.report(findings)))
    return {one.get("name"): one for one in root.iter("testcase")}


@pytest.mark.parametrize("words", ["acme/model", *sample_check.HOSTILE])
def test_an_issue_has_what_gitlab_asks_for(words):
    issues = json.loads(render_check_codequality(sample_check.rich(words)))
    for one in issues:
        assert set(one) == {
            "description",
            "check_name",
            "fingerprint",
            "severity",
            "location",
            "modelscan",
        }
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"]["path"].startswith("part/")
        assert one["location"]["lines"]["begin"] >= 1
        assert "\n" not in one["description"]
    assert len({one["fingerprint"] for one in issues}) == len(issues)


def test_what_is_accepted_alarms_nobody():
    (issue,) = json.loads(render_check_codequality(sample_check.report((sample_check.finding(1, ACCEPTED),))))
    assert issue["severity"] == "info"
    assert issue["description"].startswith("accepted by")


def test_a_fingerprint_that_two_issues_share_is_told_apart_the_same_way_every_time():
    one = sample_check.finding(1, ERROR)
    other = sample_check.replaced(one, message="another word for it")
    texts = {render_check_codequality(sample_check.report((one, other))) for _ in range(2)}
    first, second = json.loads(texts.pop())
    assert not texts
    assert first["fingerprint"] == one.fingerprint != second["fingerprint"]
    assert re.fullmatch("[0-9a-f]{64}", second["fingerprint"])


def test_a_model_fails_with_all_that_counts_in_one_failure():
    found = cases(sample_check.finding(0, ERROR), sample_check.finding(2, ERROR))
    assert list(found) == ["acme/model"]
    (failure,) = found["acme/model"].findall("failure")
    assert failure.text.count("error: acme/model may not be used here [gate/rule-error]") == 2
    assert failure.get("message") == "acme/model may not be used here"


@pytest.mark.parametrize(
    ("flags", "reason"), [(ACCEPTED, "accepted by acme/model"), (BEFORE, "there before this change")]
)
def test_a_model_of_which_all_is_known_is_skipped(flags, reason):
    case = cases(sample_check.finding(0, flags))["acme/model"]
    assert case.find("skipped").get("message").startswith(reason)
    assert case.find("failure") is None
    assert "acme/model may not be used here" in case.find("system-out").text


def test_a_model_with_a_note_passes():
    case = cases(sample_check.finding(0, TOLD))["acme/model"]
    assert [one.tag for one in case] == ["system-out"]


def test_what_is_about_a_file_has_a_case_of_its_own():
    assert list(cases(sample_check.finding(0, ERROR, "modelscan.yml"))) == ["acme/model", "modelscan.yml"]
