# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""All surfaces of a check say the same, and on none of them a stranger's word is more than a word."""

import json
import re

import pytest
import sample_check
from hypothesis import given
from hypothesis import strategies as st

from scanner.cli.check import check
from scanner.model.finding import Severity
from scanner.render.check_formats import CHECK_FORMATS
from scanner.render.check_text import headline
from scanner.sanitize import no_order, one_line

COUNTS = ("failing", "errors", "warnings", "notes", "accepted", "existing")
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def unwrapped(text):
    """Return text as words alone: no wrapping, no markup of Markdown."""
    return re.sub(r"\s+", " ", text.replace("\\", ""))


def counted(issues):
    """Return the counts of a list of issues that say how each of them stands."""
    by_severity = [sum(one["severity"] == word for one in issues) for word in ("error", "warning", "note")]
    return (
        sum(one["gates"] for one in issues),
        *by_severity,
        sum(one["accepted"] is not None for one in issues),
        sum(not one["introduced"] for one in issues),
    )


def told_by_sarif(text):
    run = json.loads(text)["runs"][0]
    issues = [
        {
            **one["properties"],
            "severity": one["level"],
            "accepted": one.get("suppressions"),
            "introduced": one.get("baselineState") != "unchanged",
        }
        for one in run["results"]
    ]
    assert counted(issues) == tuple(run["properties"]["summary"][name] for name in COUNTS)
    return (*counted(issues), run["properties"]["verdict"])


def told_by_codequality(text):
    issues = [one["modelscan"] for one in json.loads(text)]
    return (*counted(issues), "failed" if any(one["gates"] for one in issues) else "passed")


def told_by_junit(text):
    suite = sample_check.parsed(text).find("testsuite")
    values = {one.get("name"): one.get("value") for one in suite.iter("property")}
    cases = suite.findall("testcase")
    failed = [one for one in cases if one.find("failure") is not None]
    assert (int(suite.get("tests")), int(suite.get("failures"))) == (len(cases), len(failed))
    assert int(suite.get("skipped")) == sum(one.find("skipped") is not None for one in cases)
    assert bool(failed) == (values["verdict"] == "failed")
    return (*(int(values[name]) for name in COUNTS), values["verdict"])


def told_by_json(text):
    document = json.loads(text)
    assert counted(document["findings"]) == tuple(document["summary"][name] for name in COUNTS)
    return (*(document["summary"][name] for name in COUNTS), document["verdict"])


TOLD = {
    "sarif": told_by_sarif,
    "codequality.json": told_by_codequality,
    "junit.xml": told_by_junit,
    "json": told_by_json,
}


@given(st.lists(sample_check.flags(), max_size=30), st.booleans())
def test_all_surfaces_tell_the_same_counts_and_the_same_verdict(every, compared):
    if not compared:
        every = [one for one in every if one.standing != "before"]
    findings = tuple(sample_check.finding(number, one) for number, one in enumerate(every))
    report = sample_check.report(findings, compared=compared)
    wanted = (*(getattr(report.summary, name) for name in COUNTS), report.verdict)
    for name, render in CHECK_FORMATS.items():
        text = render(report)
        if name in TOLD:
            assert TOLD[name](text) == wanted, name
        else:
            assert headline(report) in unwrapped(text), name


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_each_surface_is_the_same_twice_and_ends_with_one_line_break(name):
    text = CHECK_FORMATS[name](sample_check.rich())
    assert text == CHECK_FORMATS[name](sample_check.rich())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("words", sample_check.HOSTILE)
@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_no_surface_steers_a_terminal_or_a_runner(name, words):
    text = CHECK_FORMATS[name](sample_check.rich(words))
    assert STEERING.findall(text) == []
    text.encode("utf-8")
    orders = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    assert orders == [] or name == "github"
    assert not re.search(r"##\w*\[", text)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_words_leave_json_and_xml_whole(words):
    report = sample_check.rich(words)
    found = json.loads(CHECK_FORMATS["json"](report))["findings"]
    assert [one["model"] for one in found] == [words] * len(found)
    json.loads(CHECK_FORMATS["sarif"](report))
    json.loads(CHECK_FORMATS["codequality.json"](report))
    cases = sample_check.parsed(CHECK_FORMATS["junit.xml"](report)).iter("testcase")
    names = {re.sub("\\s", " ", one.get("name")) for one in cases}
    assert names == {re.sub("\\s", " ", no_order(one_line(words)))}


@given(st.text(max_size=40))
def test_what_is_no_order_stays_none(line):
    once = no_order(line)
    assert no_order(once) == once
    assert not re.match(r"[\s\ufeff]*::", once)
    assert once.replace("\u200b", "") == line.replace("\u200b", "")


def test_the_help_names_every_format():
    named = next(one.help for one in check.params if one.name == "form").rpartition("Formats: ")[2]
    assert set(named.rstrip(".").split(", ")) == set(CHECK_FORMATS)


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_snapshot(name, snapshot):
    """What the surfaces look like, from one check with a finding of each standing."""
    flags = (
        sample_check.Flags(severity=Severity.ERROR, standing="gates"),
        sample_check.Flags(severity=Severity.WARNING, standing="accepted"),
        sample_check.Flags(severity=Severity.WARNING, standing="before"),
        sample_check.Flags(severity=Severity.NOTE, standing="told"),
    )
    findings = tuple(sample_check.finding(number, one) for number, one in enumerate(flags, 1))
    snapshot(f"check.{name}.txt", CHECK_FORMATS[name](sample_check.report(findings)))
