# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The knowledge, readable: licences, rules, explanations, schemas, configuration, completion."""

import json

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from scanner.cli import main
from scanner.data import folder
from scanner.guarded.strict import load_own


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), prog_name="modelscan")


@pytest.mark.wheel
def test_licenses_list():
    listed = json.loads(run("licenses", "list", "-f", "json").stdout)
    assert {"key", "name", "spdx_id", "scancode_key", "aliases", "tags", "text_status"} == set(listed[0])
    assert "mit" in {one["key"] for one in listed}
    assert f"{len(listed)} licences" in run("licenses", "list").stdout


@pytest.mark.parametrize("name", ["llama-3.1", "llama-3.1-license-2024", "LLAMA-3.1", "llama3.1"])
def test_show_takes_every_name(name):
    text = run("licenses", "show", name).stdout
    assert text.startswith("llama-3.1: ")
    assert "700000000" in text.replace(",", "")
    assert "section 2" in text


def test_an_unknown_name_is_answered_with_the_nearest():
    result = run("licenses", "show", "llama-3.11")
    assert result.exit_code == 2
    assert "llama-3.1" in result.stderr


def test_a_tag_of_several_licences_names_them():
    result = run("licenses", "show", "gemma")
    assert result.exit_code == 2
    assert "gemma-2024-04-01" in result.stderr


def test_explain_takes_rules_and_licences():
    assert "terms/user-threshold" in run("explain", "terms/user-threshold").stdout
    assert run("explain", "mit").stdout.startswith("mit: ")
    assert run("explain", "nothing/such").exit_code == 2


def test_rules_list():
    listed = json.loads(run("rules", "list", "-f", "json").stdout)
    assert {one["severity"] for one in listed} == {"error", "warning", "note"}
    assert "evidence/no-license" in run("rules", "list").stdout


@pytest.mark.parametrize("name", ["report", "license", "rule", "config"])
def test_schemas_are_schemas(name):
    Draft202012Validator.check_schema(json.loads(run("schema", name).stdout))


def test_our_own_data_satisfy_the_published_schemas():
    records = Draft202012Validator(json.loads(run("schema", "license").stdout))
    for path in sorted((folder("licenses") / "records").glob("*.yaml")):
        records.validate(load_own(path))
    rules = Draft202012Validator(json.loads(run("schema", "rule").stdout))
    for path in sorted(folder("rules").glob("*/*.yaml")):
        if path.parent.name not in ("openness", "references"):
            rules.validate(load_own(path))


def test_config_show_tells_the_origin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "modelscan.yml").write_text("policy: {deny: [non-commercial]}\n")
    text = run("config", "show").stdout
    assert "modelscan.yml" in text
    assert "[default]" in text
    assert json.loads(run("config", "show", "-f", "json").stdout)["policy"]["deny"] == ["non-commercial"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell):
    assert "modelscan" in run("completion", shell).stdout.lower()


def test_identify(tmp_path):
    (tmp_path / "LICENSE").write_text("nothing that anybody ever licensed\n")
    found = json.loads(run("identify", str(tmp_path / "LICENSE"), "-f", "json").stdout)
    assert found[0]["stated"] == []
    assert found[0]["note"]
    assert run("identify", str(tmp_path / "none")).exit_code == 3
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 20)
    assert "this is no text" in run("identify", str(tmp_path / "binary")).stdout


def test_a_damaged_index_is_said_and_exits_with_3(tmp_path, monkeypatch):
    (tmp_path / "index.bin").write_bytes((folder("licenses") / "index.bin").read_bytes()[:-1])
    (tmp_path / "LICENSE").write_text("a text\n")
    monkeypatch.setattr("scanner.data.folder", lambda _: tmp_path)
    result = run("identify", str(tmp_path / "LICENSE"))
    assert result.exit_code == 3
    assert "damaged" in result.stderr
