# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The knowledge, readable: licences, rules, explanations, schemas, configuration, completion."""

import contextlib
import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from scanner.cli import main
from scanner.data import folder
from scanner.evaluate.rules import load_rules
from scanner.guarded.strict import load_own


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), prog_name="modelscan")


@pytest.mark.wheel
def test_licenses_list():
    listed = json.loads(run("licenses", "list", "-f", "json").stdout)
    assert {"key", "name", "spdx_id", "scancode_key", "aliases", "tags", "text_status"} == set(listed[0])
    assert "mit" in {one["key"] for one in listed}
    text = run("licenses", "list").stdout
    assert f"{len(listed)} licences" in text
    unread = sum(one["text_status"] == "not_read" for one in listed)
    assert text.count("(known by its name only)") == unread > 0


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


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("explain", "terms/user-treshold"), "terms/user-threshold"),
        (("explain", "user-threshold"), "duties/user-threshold, terms/user-threshold"),
        (("explain", "user_threshold"), "duties/user-threshold, terms/user-threshold"),
        (("explain", "lama-3.1"), "llama-3.1"),
        (("explain", "zzz"), "modelscan rules list"),
        (("licenses", "compare", "mit", "mti"), "did you mean mit"),
        (("licenses", "show", "kimi-k2"), "did you mean modified-mit-kimi-k2"),
        (("licenses", "compatible", "mit", "--as", "apache-2"), "apache-2.0"),
        (("licenses", "compatible", "mti", "--as", "mit"), "did you mean mit"),
        (("licenses", "shw", "mit"), "Did you mean 'show'?"),
        (("licenses", "compatible", "mit", "--as", "mit", "--relation", "merg"), "did you mean 'merge'?"),
        (("rules", "list", "-f", "jsn"), "did you mean 'json'?"),
        (("schema", "licence"), "did you mean 'license'?"),
        (("completion", "bahs"), "did you mean 'bash'?"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(arguments, told):
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_an_explanation_has_words_in_the_place_of_facts(rule):
    text = run("explain", rule.id).stdout
    assert not set(text) & set("{}")
    assert rule.why in text


def test_a_value_is_shown_as_a_reader_wants_it():
    text = run("licenses", "show", "llama-3.1").stdout
    assert "value: 700,000,000" in text
    assert "sublicense: not mentioned" in text


def on_a_terminal(arguments, columns):
    """Run it on a terminal of so many columns; give the lines."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    command = [sys.executable, "-m", "scanner", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, env=environment) as process:
        os.close(theirs)
        read = b""
        with contextlib.suppress(OSError):  # the terminal is gone with the process
            while piece := os.read(ours, 65536):
                read += piece
    os.close(ours)
    assert process.returncode == 0
    return read.decode().splitlines()


@pytest.mark.parametrize(
    "arguments",
    [
        ("licenses", "list"),
        ("licenses", "show", "llama-3.1"),
        ("licenses", "compare", "llama-3", "llama-3.1"),
        ("licenses", "compatible", "llama-3.1", "--as", "mit"),
        ("rules", "list"),
        ("explain", "terms/user-threshold"),
    ],
)
def test_text_fits_a_terminal_and_piped_lines_stay_whole(arguments):
    lines = on_a_terminal(arguments, 80)
    assert max(map(len, lines)) <= 80
    assert not any("\x1b" in line for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(run(*arguments).stdout.split())


@pytest.mark.parametrize("arguments", [("licenses", "list"), ("rules", "list"), ("schema", "report")])
def test_a_reader_that_goes_away_is_no_error(arguments):
    command = [sys.executable, "-m", "scanner", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", 0)
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_said():
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "scanner", "licenses", "list"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith("error: the output cannot be written")


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
