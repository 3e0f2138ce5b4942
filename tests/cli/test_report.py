# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The main job as a person calls it: what is written, what is printed where, and the exit code."""

import json
import os
import re
import sys

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.model.report import DISCLAIMER

CARD = "---\nlicense: {}\n---\n\n# A model\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def call(*arguments, **options):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)

    return call


@pytest.fixture
def models(tmp_path):
    """Give a folder with three small releases."""
    for name, tag in (("free", "apache-2.0"), ("study", "cc-by-nc-4.0"), ("silent", "")):
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(CARD.format(tag))
    return tmp_path / "models"


@pytest.mark.wheel
def test_it_writes_the_page_prints_a_summary_and_exits_with_0(run, models, tmp_path):
    result = run("report", models, env={"COLUMNS": "300"})
    assert result.exit_code == 0, result.output
    assert (tmp_path / "modelscan-report.html").read_text().startswith("<!doctype html>")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("No use case was stated")
    assert "modelscan-report.html" in result.stdout
    assert lines[-1] == DISCLAIMER
    assert len(lines) <= 10
    assert result.stderr == ""


def test_json_to_stdout_is_json_alone(run, models):
    result = run("report", models, "-f", "json", "-o", "-")
    report = json.loads(result.stdout)
    verdicts = {release["path"]: release["verdict"] for release in report["releases"]}
    assert verdicts == {"free": "conditional", "study": "blocked", "silent": "review"}
    assert report["summary"] == {"releases": 3, "allowed": 0, "conditional": 1, "review": 1, "blocked": 1}


def test_the_ending_tells_the_format_and_output_repeats(run, models, tmp_path):
    result = run("report", models, "-o", "a.html", "-o", "a.json", "-o", "a.txt")
    assert result.exit_code == 0
    assert json.loads((tmp_path / "a.json").read_text())["releases"]
    assert DISCLAIMER in (tmp_path / "a.txt").read_text()


def test_bills_of_materials_are_told_by_the_longest_ending(run, models, tmp_path):
    names = ("a.cdx.json", "a.cdx17.json", "a.spdx.json", "a.spdx3.json", "a.json")
    result = run(
        "report", models, "-q", "--as-of", "2026-11-25", *(word for name in names for word in ("-o", name))
    )
    assert result.exit_code == 0, result.output
    cdx, newer, spdx, spdx3, own = (json.loads((tmp_path / name).read_text()) for name in names)
    assert (cdx["specVersion"], newer["specVersion"]) == ("1.6", "1.7")
    assert spdx["spdxVersion"] == "SPDX-2.3"
    assert spdx3["@context"].startswith("https://spdx.org/rdf/3.0.1/")
    assert spdx["creationInfo"]["created"] == cdx["metadata"]["timestamp"] == "2026-11-25T00:00:00Z"
    assert len(cdx["components"]) == len(own["releases"]) == 3


@pytest.mark.parametrize(
    ("level", "code"), [("never", 0), ("conditional", 1), ("review", 1), ("blocked", 1), (None, 0)]
)
def test_fail_on(run, models, level, code):
    arguments = [] if level is None else ["--fail-on", level]
    assert run("report", models, "-q", *arguments).exit_code == code
    assert run("report", models, "-q", *arguments, "--exit-zero").exit_code == 0


def test_fail_on_looks_at_the_worst(run, models):
    assert run("report", models / "free", "-q", "--fail-on", "review").exit_code == 0
    assert run("report", models / "free", "-q", "--fail-on", "conditional").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no such file or folder"),
        (["empty"], "there is no model release here"),
        (["prose"], "only README.md"),
    ],
)
def test_nothing_to_scan_is_said_plainly(run, tmp_path, arguments, said):
    (tmp_path / "empty").mkdir()
    (tmp_path / "prose").mkdir()
    (tmp_path / "prose/README.md").write_text("# Notes\n")
    result = run("report", *arguments)
    assert result.exit_code == 3
    assert said in result.stderr
    assert "no scan was performed" in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "modelscan-report.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.docx"], "cannot tell the format"),
        (["-f", "docx"], "there is no format 'docx'"),
        (["--as-of", "yesterday"], "is not a date"),
        (["--use-case", "none.yml"], "cannot be read"),
        (["--config", "none.yml"], "there is no such configuration file"),
        (["--catalogue", "none"], "there is no folder records/"),
        (["-o", "no/such/folder/a.html"], "cannot be written"),
    ],
)
def test_wrong_usage_exits_with_2(run, models, arguments, said):
    result = run("report", models, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_misspelt_key_is_answered_with_the_right_one(run, models, tmp_path):
    (tmp_path / "modelscan.yml").write_text("use_case:\n  comercial: true\n")
    result = run("report", models)
    assert result.exit_code == 2
    assert "unknown key 'comercial' in use_case; did you mean 'commercial'?" in result.stderr


def test_two_configurations_side_by_side_are_an_error(run, models, tmp_path):
    (tmp_path / "modelscan.yml").write_text("{}\n")
    (tmp_path / "pyproject.toml").write_text("[tool.modelscan]\n")
    assert "both configure modelscan" in run("report", models).stderr


def test_the_configuration_is_found_and_its_policy_held(run, models, tmp_path):
    (tmp_path / "modelscan.yml").write_text("policy: {deny: [permissive]}\npaths: {skip: [study]}\n")
    report = json.loads(run("report", models, "-f", "json", "-o", "-").stdout)
    (free, _) = report["releases"]
    assert free["verdict"] == "blocked"
    assert free["verdicts"][0]["because"] == ["policy"]
    assert {"path": "study", "reason": "skipped, as the configuration says", "matters": False} in report[
        "not_checked"
    ]


def test_a_configuration_inside_a_release_is_never_asked(run, models):
    (models / "study/modelscan.yml").write_text(
        "policy: {allow: [non-commercial]}\nuse_case: {commercial: false}\n"
    )
    report = json.loads(run("report", models / "study", "-f", "json", "-o", "-").stdout)
    assert report["use_case_stated"] is False
    assert report["releases"][0]["verdict"] == "blocked"


def test_who_scans_from_inside_a_release_is_not_configured_by_its_author(run, models, monkeypatch):
    """Also not by what it says of paths, of use cases and of conclusions that people corrected."""
    (models / "study/modelscan.yml").write_text(
        "use_case: {commercial: false, acts: [internal-use]}\npaths: {skip: ['*']}\n"
        "curations: [{release: study, concluded: mit, reason: a, evidence: b, person: c}]\n"
    )
    monkeypatch.chdir(models / "study")
    report = json.loads(run("report", ".", "-f", "json", "-o", "-").stdout)
    assert report["use_case_stated"] is False
    assert report["releases"][0]["verdict"] == "blocked"
    (note,) = report["not_checked"]
    assert "does not configure this scan" in note["reason"]
    assert (
        run("report", ".", "--config", "modelscan.yml").exit_code == 3
    )  # named, it is followed: all is skipped


def test_a_configuration_beside_loose_files_is_the_users(run, tmp_path):
    (tmp_path / "a.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{}      ")
    (tmp_path / "modelscan.yml").write_text("use_case: {commercial: false, acts: [internal-use]}\n")
    assert json.loads(run("report", ".", "-f", "json", "-o", "-").stdout)["use_case_stated"] is True


CURATED = "curations: [{release: study, concluded: mit, reason: a, evidence: b, person: c}]\n"


def test_corrections_that_lie_among_what_is_scanned_are_not_applied(run, models, tmp_path):
    (models / "modelscan.yml").write_text(CURATED)
    (tmp_path / "mine.yml").write_text(CURATED)

    def status(*arguments):
        report = json.loads(run("report", *arguments, "-f", "json", "-o", "-").stdout)
        study = next(one for one in report["releases"] if one["path"].endswith("study"))
        return study["licenses"]["concluded"]["weights"]["status"], report["not_checked"]

    os.chdir(models)
    found, notes = status(".")
    assert found == "declared"
    assert any("not applied" in note["reason"] for note in notes)
    assert status(".", "--config", "../mine.yml")[0] == "curated"


def test_the_root_of_a_code_base_may_configure_and_correct(run, models, tmp_path):
    for name in ("README.md", "LICENSE", "pyproject.toml"):
        (tmp_path / name).write_text("")
    (tmp_path / "modelscan.yml").write_text(CURATED + "use_case: {commercial: false, acts: [internal-use]}\n")

    def study():
        report = json.loads(run("report", "models", "-f", "json", "-o", "-").stdout)
        assert report["use_case_stated"] is True
        release = next(one for one in report["releases"] if one["path"].endswith("study"))
        return release["licenses"]["concluded"]["weights"]["status"]

    assert study() == "curated"
    (tmp_path / "pyproject.toml").unlink()
    assert study() == "declared"  # it may be a release, so its corrections want to be named


def test_a_single_file_of_a_release_is_not_configured_by_it(run, models):
    (models / "study/modelscan.yml").write_text(CURATED.replace("study", "x"))
    (models / "study/x.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{}      ")
    os.chdir(models / "study")
    report = json.loads(run("report", "x.safetensors", "-f", "json", "-o", "-").stdout)
    assert report["releases"][0]["licenses"]["concluded"]["weights"]["status"] != "curated"


def test_corrections_that_contradict_each_other_are_an_error(run, models, tmp_path):
    one = "{release: study, concluded: %s, reason: a, evidence: b, person: c}"
    (tmp_path / "modelscan.yml").write_text(f"curations: [{one % 'mit'}, {one % 'isc'}]\n")
    result = run("report", models)
    assert result.exit_code == 2
    assert "curations 1 and 2" in result.stderr


def test_use_cases_stand_side_by_side(run, models, tmp_path):
    (tmp_path / "inside.yml").write_text("commercial: false\nacts: [internal-use]\n")
    (tmp_path / "shop.yml").write_text("commercial: true\nacts: [hosted-service]\n")
    arguments = ["--use-case", "inside.yml", "--use-case", "shop.yml", "-f", "json", "-o", "-"]
    report = json.loads(run("report", models / "study", *arguments).stdout)
    assert [one["use_case"] for one in report["releases"][0]["verdicts"]] == ["inside", "shop"]
    assert [one["verdict"] for one in report["releases"][0]["verdicts"]] == ["allowed", "blocked"]
    assert report["releases"][0]["verdict"] == "blocked"


@pytest.mark.parametrize("name", ["html", "json", "txt"])
def test_the_same_files_and_date_give_the_same_bytes(run, models, tmp_path, name):
    for place in ("one", "two"):
        run("report", models, "--as-of", "2026-01-31", "-q", "-o", f"{place}.{name}")
    assert (tmp_path / f"one.{name}").read_bytes() == (tmp_path / f"two.{name}").read_bytes()


def test_no_absolute_path_reaches_a_report(run, models, tmp_path):
    run("report", models, "-q", "-o", "a.html", "-o", "a.json", "-o", "a.txt")
    for name in ("a.html", "a.json", "a.txt"):
        assert str(tmp_path) not in (tmp_path / name).read_text()


def test_the_date_is_an_input(run, models, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert json.loads(run("report", models, "-f", "json").stdout)["as_of"] == "1970-01-02"
    assert (
        json.loads(run("report", models, "-f", "json", "--as-of", "2026-05-01").stdout)["as_of"]
        == "2026-05-01"
    )


def test_colour_is_a_choice(run, models):
    assert "\x1b[" not in run("report", models, env={"NO_COLOR": "1", "FORCE_COLOR": "1"}).stdout
    assert "\x1b[" in run("report", models, env={"FORCE_COLOR": "1", "NO_COLOR": ""}).stdout
    assert "\x1b[" not in run("report", models, env={"TERM": "dumb", "NO_COLOR": ""}).stdout


def test_a_user_catalogue_is_recognised_and_judged(run, tmp_path):
    for name in ("records", "texts"):
        (tmp_path / "own" / name).mkdir(parents=True)
    text = "Cellar Licence 3\n\n" + " ".join(
        f"word{number} may be kept in the cellar" for number in range(30)
    )
    (tmp_path / "own/texts/cellar-3.txt").write_text(text)
    (tmp_path / "own/records/cellar-3.yaml").write_text(
        "name: Cellar Licence 3\nfamily: cellar\ncategory: non-commercial\nsource: https://example.org\n"
        "text: {status: read_full, source: here}\ncommercial_use: {section: '1', value: 'no'}\n"
    )
    folder = tmp_path / "models/wine"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(CARD.format("other"))
    (folder / "LICENSE").write_text(text)
    report = json.loads(run("report", "models", "--catalogue", "own", "-f", "json").stdout)
    concluded = report["releases"][0]["licenses"]["concluded"]["weights"]
    assert (concluded["status"], concluded["keys"]) == ("text", ["cellar-3"])
    assert report["releases"][0]["verdict"] == "blocked"


def test_progress_is_shown_on_a_terminal_only(run, models):
    assert run("report", models).stderr == ""


def test_help_names_the_exits():
    text = CliRunner().invoke(main, ["--help"]).stdout
    assert re.search(r"Exit codes: 0 .* 1 .* 2 .* 3", " ".join(text.split()))


def test_version_imports_nothing_heavy():
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom scanner.cli import main\n"
        "print(CliRunner().invoke(main, ['--version']).stdout.strip())\n"
        "heavy = {'jinja2', 'yaml', 'msgspec', 'rich', 'safetensors', 'license_expression'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    import subprocess

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    version, heavy = done.stdout.splitlines()
    assert re.fullmatch(r"modelscan, version \d+\.\d+\.\d+\S*", version)
    assert heavy == "[]"


def test_a_table_goes_to_stdout(run, models):
    result = run("report", models, "-f", "csv", "-o", "-")
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 4
    assert result.stdout.startswith('"verdict","name","path"')


def test_a_workbook_goes_to_stdout_as_bytes(run, models):
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    assert run("report", models, "-f", "xlsx", "-o", "-").stdout_bytes.startswith(b"PK")


def test_a_missing_extra_is_told_before_anything_is_scanned(run, tmp_path, monkeypatch):
    monkeypatch.setattr("scanner.render.xlsx.find_spec", lambda _: None)
    result = run("report", "nowhere", "-o", "a.xlsx")
    assert result.exit_code == 2
    assert "modelscan-audit[xlsx]" in result.stderr
