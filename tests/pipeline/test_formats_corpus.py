# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Real releases in every format at once: whole, the same twice, and with the same counts."""

import csv
import importlib.util
import io
import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.render.formats import FORMATS

NAMES = [f"audit.{name}" for name in FORMATS if name != "xlsx" or importlib.util.find_spec("xlsxwriter")]


@pytest.fixture(scope="module")
def written(corpus, tmp_path_factory):
    """Write every format and both notice bundles of the corpus, twice."""
    places = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    for place in places:
        outputs = [word for name in (*NAMES, "NOTICE.txt", "notices/") for word in ("-o", f"{place}/{name}")]
        result = CliRunner().invoke(
            main, ["report", str(corpus / "corpus"), "-q", "--as-of", "2026-11-25", *outputs]
        )
        assert result.exit_code == 1, result.output  # many a release lacks a text that must go along
    return places


def test_each_file_is_the_same_twice(written):
    one, two = (
        {path.relative_to(place): path.read_bytes() for path in place.rglob("*") if path.is_file()}
        for place in written
    )
    assert [name for name in one if one[name] != two[name]] == []
    assert one.keys() == two.keys()


def test_all_tell_the_same_verdicts(written):
    place, _ = written
    document = json.loads((place / "audit.json").read_text())
    verdicts = {one["path"]: one["verdict"] for one in document["releases"]}
    assert len(verdicts) == document["summary"]["releases"] > 50
    rows = csv.DictReader(io.StringIO((place / "audit.csv").read_text(), newline=""))
    assert {row["path"]: row["verdict"] for row in rows} == verdicts
    told = json.loads((place / "audit.sarif").read_text())["runs"][0]["properties"]["releases"]
    assert {one["path"]: one["verdict"] for one in told} == verdicts
    suite = ET.parse(place / "audit.junit.xml").getroot().find("testsuite")  # noqa: S314  our own file
    failing = sum(word in {"blocked", "review"} for word in verdicts.values())
    assert (int(suite.get("tests")), int(suite.get("failures"))) == (len(verdicts), failing)
    lines = re.findall(
        r"^\| (blocked|review|conditional|allowed) \|", (place / "audit.md").read_text(), re.MULTILINE
    )
    assert Counter(lines) == Counter(verdicts.values())
    statement = document["statement"]
    for name in ("audit.csv", "NOTICE.txt", "notices/NOTICE.txt"):
        assert statement in (place / name).read_text()


def test_every_copy_in_the_bundle_is_a_file_of_a_release(written, corpus):
    place, _ = written
    copies = {path.read_bytes() for path in (place / "notices/texts").iterdir()}
    assert len(copies) == len(list((place / "notices/texts").iterdir())) > 20
    originals = {path.read_bytes() for path in (corpus / "corpus").rglob("*") if path.is_file()}
    assert copies <= originals


def test_what_is_missing_has_an_address(written):
    place, _ = written
    text = (place / "notices/NOTICE.txt").read_text()
    part = re.search(r"^MISSING \((\d+)\)[^\n]*\n(.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    lines = part[2].splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("- ")]
    assert sum(line.startswith("  - ") for line in lines) == int(part[1]) > 0
    assert all(re.match(r"  To be had at https://", lines[number + 1]) for number in heads)
