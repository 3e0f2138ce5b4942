# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""All surfaces of a report say the same, and on none of them a stranger's word is more than a word."""

import csv
import importlib.util
import io
import json
import re
from collections import Counter

import pytest
import sample_check
import sample_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from scanner.cli.report import report as command
from scanner.model.finding import VerdictWord
from scanner.model.report import DISCLAIMER
from scanner.model.signoff import Approver, Decision, ReportedSignoff, Signature, State
from scanner.render.formats import FORMATS
from scanner.render.tables import tables
from scanner.render.words import label, opening, tally, worst_first

TEXTS = [name for name in FORMATS if name not in {"xlsx", "html", "mof.yml"}]
"""What strangers' words reach as text; the page has tests of its own, in a browser."""

TABLE = ("obligations.csv", "restrictions.csv", "findings.csv", "files.csv")
STEERING = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def told_by_json(text, _):
    document = json.loads(text)
    told = Counter(one["verdict"] for one in document["releases"])
    assert {
        word: number for word, number in document["summary"].items() if number and word != "releases"
    } == told
    return [(one["path"], one["verdict"]) for one in document["releases"]]


def told_by_csv(text, _):
    return [(row["path"], row["verdict"]) for row in csv.DictReader(io.StringIO(text, newline=""))]


def told_by_sarif(text, _):
    properties = json.loads(text)["runs"][0]["properties"]
    told = Counter(one["verdict"] for one in properties["releases"])
    assert {word: properties["summary"][word] for word in told} == told
    return [(one["path"], one["verdict"]) for one in properties["releases"]]


def told_by_junit(text, report):
    suite = sample_check.parsed(text).find("testsuite")
    values = {one.get("name"): one.get("value") for one in suite.iter("property")}
    assert {word.value: int(values[word.value]) for word in VerdictWord} == {
        word.value: getattr(report.summary, word.value) for word in VerdictWord
    }
    cases = suite.findall("testcase")
    failed = [one for one in cases if one.find("failure") is not None]
    assert (int(suite.get("tests")), int(suite.get("failures"))) == (len(cases), len(failed))
    paths = {label(one): one.path for one in report.releases}
    return [
        (paths[one.get("name")], next(part.text for part in one).partition(":")[0])
        for one in cases
        if one.get("classname").endswith(report.use_cases[0].id)
    ]


def rows_of(text):
    """Return the cells of the first table of a page of Markdown."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    begin, end = (
        next(n for n, one in enumerate(tokens) if one.type == kind) for kind in ("tbody_open", "tbody_close")
    )
    rows = []
    for one in tokens[begin:end]:
        if one.type == "tr_open":
            rows.append([])
        elif one.type == "inline":
            rows[-1].append("".join(part.content for part in one.children))
    return rows


def told_by_md(text, report):
    paths = {label(one): one.path for one in report.releases}
    return [(paths[row[1]], row[0]) for row in rows_of(text)] if report.releases else []


def told_by_txt(text, report):
    entries = re.findall(
        r"^(blocked|review|conditional|allowed) +acme/model-\d+ \((.*?)\):", text, re.MULTILINE
    )
    return [(path, verdict) for verdict, path in entries]


TOLD = {
    "json": told_by_json,
    "csv": told_by_csv,
    "sarif": told_by_sarif,
    "junit.xml": told_by_junit,
    "md": told_by_md,
    "txt": told_by_txt,
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(VerdictWord), max_size=8), st.booleans())
def test_all_surfaces_tell_the_same_counts_and_verdicts(verdicts, stated):
    use_cases = (
        (sample_report.STATED, sample_report.INTERNAL) if stated else (sample_report.DEFAULT_USE_CASE,)
    )
    releases = (sample_report.release(number, word, use_cases) for number, word in enumerate(verdicts))
    report = sample_report.report(*releases, use_cases=use_cases, stated=stated)
    wanted = sorted((one.path, one.verdict.value) for one in report.releases)
    for name, told in TOLD.items():
        assert sorted(told(FORMATS[name](report), report)) == wanted, name
    (sheet,) = (one for one in tables(report) if one.name == "releases")
    assert sorted((row[2], row[0]) for row in sheet.rows) == wanted
    assert tally(report) in re.sub(r"\s+", " ", FORMATS["html"](report))


def test_all_surfaces_tell_the_same_findings_and_duties():
    report = sample_report.rich()
    document = json.loads(FORMATS["json"](report))
    findings = [one for release in document["releases"] for one in release["findings"]]
    told = [one for one in findings if one["outcome"] != "pass"]
    results = json.loads(FORMATS["sarif"](report))["runs"][0]["results"]
    assert len(results) == len(findings)
    assert sum(one["level"] == "error" for one in results) == sum(
        (one["severity"], one["outcome"]) == ("error", "finding") for one in told
    )
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](report), newline="")))
    assert sum(int(row["errors"]) for row in rows) == sum(one["level"] == "error" for one in results)
    counted = sum(int(row[name]) for row in rows for name in ("errors", "warnings", "notes", "unsettled"))
    assert counted == len(told) == len(list(csv.DictReader(io.StringIO(FORMATS["findings.csv"](report)))))
    applying = [
        one for release in document["releases"] for one in release["obligations"] if one["applies"] == "yes"
    ]
    assert sum(int(row["obligations"]) for row in rows) == len(applying)
    assert FORMATS["junit.xml"](report).count("\nduty: ") == len(applying)
    assert FORMATS["md"](report).count("\n| yes | ") == len(applying)


@pytest.mark.parametrize("name", ["csv", "md", "junit.xml", "sarif", "txt"])
def test_a_decision_of_a_person_stands_beside_the_verdict_with_its_state(name):
    release = sample_report.release(1, VerdictWord.BLOCKED, (sample_report.STATED,))
    signed = ReportedSignoff(
        use_case="hosted",
        state=State.STALE,
        why="LICENSE differs",
        decision=Decision.APPROVE,
        approver=Approver(name="A. B.", email="ab@acme.example"),
        until="2027-01-31",
        signature=Signature(state="absent"),
        digest="0" * 64,
    )
    text = FORMATS[name](sample_report.report(replace(release, signoffs=(signed,))))
    assert "stale" in text
    assert "blocked" in text


@pytest.mark.parametrize("name", [*TOLD, "html"])
def test_each_begins_with_the_same_sentence_and_ends_with_the_same_words(name):
    report = sample_report.assumed()
    text = FORMATS[name](report)
    plain = re.sub(r"\s+", " ", text.replace("\\", ""))
    assert opening(report) in plain
    assert DISCLAIMER in plain


@pytest.mark.parametrize("name", FORMATS)
def test_each_surface_is_the_same_twice(name):
    if name == "xlsx" and importlib.util.find_spec("xlsxwriter") is None:
        pytest.skip("the extra xlsx is not installed")
    assert FORMATS[name](sample_report.rich()) == FORMATS[name](sample_report.rich())


@pytest.mark.parametrize("name", TEXTS)
def test_no_surface_steers_a_terminal_or_a_runner(name):
    text = FORMATS[name](sample_report.hostile())
    assert STEERING.findall(text) == []
    text.encode("utf-8")
    assert [line for line in text.split("\n") if line.lstrip().startswith("::")] == []
    assert not re.search(r"##\w*\[", text)


def test_markdown_holds_no_link_image_or_markup_of_a_stranger():
    tokens = MarkdownIt("commonmark").enable("table").parse(FORMATS["md"](sample_report.hostile()))
    inside = {part.type for one in tokens for part in one.children or ()}
    assert inside <= {"text", "code_inline", "softbreak", "em_open", "em_close", "text_special"}
    assert {one.type for one in tokens} & {"html_block", "fence", "code_block", "hr"} == set()


def test_the_help_names_every_format():
    named = next(one.help for one in command.params if one.name == "form").removeprefix("Format: ")
    listed = set(re.split(r", | or ", named.rstrip(".")))
    assert listed == {*FORMATS, "notice", "pdf"} - set(TABLE) | {"TABLE.csv"}


def test_the_order_of_a_page_is_the_worst_first():
    report = sample_report.rich()
    rows = rows_of(FORMATS["md"](report))
    assert [row[0] for row in rows] == [one.verdict.value for one in worst_first(report)]


@pytest.mark.parametrize("name", [*TEXTS, "html"])
def test_a_report_without_releases_is_whole(name):
    assert FORMATS[name](sample_report.empty())


@pytest.mark.parametrize("name", [one for one in TEXTS if one not in {"json", "txt"}])
def test_snapshot(name, snapshot):
    snapshot(f"report.{name}.txt", FORMATS[name](sample_report.single()))
