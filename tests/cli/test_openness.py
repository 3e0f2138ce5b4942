# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan openness`` as a user types it, ``report --mof`` and the tool's YAML as an output."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.openness.mof_file import read_mof

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/models/01-clean-apache"
MOF = """framework:
  name: Model Openness Framework
  version: '1.0'
  date: '2024-12-15'
release:
  name: quoll
  producer: acme
  license:
    distribution:
      name: Apache-2.0
  components:
    - name: Model architecture
    - name: Model card
      license: CC-BY-4.0
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return CliRunner().invoke(main, [str(one) for one in arguments], prog_name="modelscan")

    return call


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "quoll.yml"
    path.write_text(MOF, encoding="utf-8")
    return path


def test_a_file_is_classed_by_itself(run, file):
    result = run("openness", file, "-f", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert (found["class"], found["next"]) == (None, "III")
    assert found["completion"] == {"III": 33, "II": 18, "I": 13}
    assert "technical-report" in found["classes"]["III"]["missing"]
    assert found["components"]["model-architecture"]["license"] == "Apache-2.0"


def test_the_text_names_what_is_missing(run, file):
    text = " ".join(run("openness", file).stdout.split())
    assert "quoll: unclassified (III 33 %, II 18 %, I 13 %)" in text
    assert "missing: Model parameters (Final), Data card, Technical report, Evaluation results" in text
    assert text.endswith("Indications for counsel, not legal advice.")


def test_a_file_is_written_as_it_was(run, file, tmp_path):
    again = tmp_path / "again.yml"
    again.write_text(run("openness", file, "-f", "mof").stdout, encoding="utf-8")
    assert read_mof(again) == read_mof(file)


HOSTILE = ("esc\x1b[31m", "turn\u202etxt.exe", "::error::x", "c1\x9b31m", "<script>")


@pytest.mark.parametrize("form", ["text", "json", "mof"])
def test_a_stranger_s_words_give_no_orders(run, file, form):
    words = json.dumps(" ".join(HOSTILE))
    file.write_text(MOF.replace("name: quoll", f"name: {words}").replace("CC-BY-4.0", words))
    result = run("openness", file, "-f", form)
    assert result.exit_code == 0, result.output
    assert not {"\x1b", "\x9b", "\u202e"} & set(result.stdout)
    if form == "mof":
        again = file.with_name("again.yml")
        again.write_text(result.stdout, encoding="utf-8")
        assert read_mof(again) == read_mof(file)


def test_a_mistake_is_named_with_its_place(run, file):
    file.write_text(MOF.replace("Model card", "Model crad"), encoding="utf-8")
    result = run("openness", file)
    assert result.exit_code == 2
    assert "quoll.yml:13: release.components[1].name: 'Model crad'" in result.stderr
    assert "did you mean 'Model card'?" in result.stderr


def test_what_does_not_exist_is_no_scan(run):
    result = run("openness", "nothing")
    assert result.exit_code == 3
    assert "no scan was performed" in result.stderr


def test_a_folder_is_graded_by_its_files(run, tmp_path):
    found = json.loads(run("openness", EXAMPLE, "-f", "json").stdout)
    assert [one["label"] for one in found] == ["weights only, open terms"]
    assert found[0]["mof"]["class"] is None
    text = run("openness", EXAMPLE).stdout
    assert "One step up: inference or training code here" in text
    draft = tmp_path / "draft.mof.yml"
    draft.write_text(run("openness", EXAMPLE, "-f", "mof").stdout, encoding="utf-8")
    assert read_mof(draft).release.name == "01-clean-apache"


def test_a_report_takes_a_review_and_writes_the_tool_s_yaml(run, file, tmp_path):
    plain, reviewed = tmp_path / "a.json", tmp_path / "b.json"
    assert run("report", EXAMPLE, "-q", "-o", plain).exit_code == 0
    result = run("report", EXAMPLE, "-q", "-o", reviewed, "-o", tmp_path / "b.mof.yml", "--mof", file)
    assert result.exit_code == 0, result.output
    states = [
        json.loads(path.read_text())["releases"][0]["openness"]["mof"]["components"]["model-card"]
        for path in (plain, reviewed)
    ]
    assert [one["presence"] for one in states] == ["not-found", "reviewed"]
    names = {entry.name: entry.license for entry in read_mof(tmp_path / "b.mof.yml").release.components}
    assert names["Model card"] == "CC-BY-4.0"


def test_a_wrong_review_stops_the_report_before_it_scans(run, file):
    file.write_text(MOF.replace("producer", "producre"), encoding="utf-8")
    result = run("report", EXAMPLE, "--mof", file)
    assert result.exit_code == 2
    assert "did you mean 'producer'?" in result.stderr


@pytest.mark.parametrize(
    ("policy", "word"),
    [
        ("openness: {wieghts: open}", "did you mean 'weights'?"),
        ("openness: {weights: opne}", "did you mean 'open'?"),
        ("mof: IV", "no value of"),
    ],
)
def test_a_misspelt_minimum_is_refused(run, tmp_path, policy, word):
    (tmp_path / "modelscan.yml").write_text(f"policy:\n  {policy}\n", encoding="utf-8")
    result = run("report", EXAMPLE)
    assert result.exit_code == 2
    assert word in result.stderr


def test_a_minimum_blocks_what_is_below_it(run, tmp_path):
    (tmp_path / "modelscan.yml").write_text("policy:\n  openness: {training_code: open}\n  mof: III\n")
    result = run("report", EXAMPLE, "-q", "-f", "json", "--fail-on", "blocked")
    assert result.exit_code == 1
    (release,) = json.loads(result.stdout)["releases"]
    assert any(finding["rule"] == "policy/openness-minimum" for finding in release["findings"])


def test_a_per_cent_says_what_it_is_a_share_of(run, file):
    said = " ".join(run("openness", file).stdout.split())
    assert "2 of 6 required components, 33 %" in said
    assert "2 of 10 required components; 18 % as the framework's tool counts it, with optional" in said


@pytest.mark.parametrize("written", ["Apache 2.0", "apache-2.0"])
@pytest.mark.parametrize("whole", [True, False])
def test_the_identifier_that_is_meant_is_named(run, file, written, whole):
    old = "name: Apache-2.0" if whole else "license: CC-BY-4.0"
    new = old.split(":", maxsplit=1)[0] + f": {written}"
    file.write_text(MOF.replace(old, new), encoding="utf-8")
    said = " ".join(run("openness", file).stdout.split())
    assert f"under {written}, which the framework does not accept; did you mean 'Apache-2.0'?" in said
