# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report held against itself and against the files: whatever is changed is told."""

import json
import shutil

import pytest
from click.testing import CliRunner

from scanner.cli import main

CARD = "---\nlicense: mit\n---\n\n# A model\n"


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Models, and the reports on them; the working directory holds no sign-offs."""
    models = tmp_path / "models"
    for name in ("one", "two"):
        (models / name).mkdir(parents=True)
        (models / name / "README.md").write_text(CARD)
        (models / name / "config.json").write_text("{}")
    (models / "one" / "pytorch_model.bin").write_bytes(b"x" * 100)
    monkeypatch.chdir(tmp_path)
    done = call("report", models, "-q", "-o", "audit.html", "-o", "audit.json")
    assert done.exit_code == 0, done.output
    return tmp_path


@pytest.mark.parametrize("name", ["audit.html", "audit.json"])
def test_what_was_written_holds(written, name):
    result = call("verify", name, "--models", "models")
    assert result.exit_code == 0, result.output
    assert "its own digests hold" in result.stdout
    assert "every file is the one it speaks of" in result.stdout
    assert "sign-offs: none" in result.stdout


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("conditional</span>", "allowed</span>"),
        ('"verdict":"conditional"', '"verdict":"allowed"'),
        ("<title>", "<title>x"),
        ("</body>", "<p>approved</p></body>"),
    ],
)
def test_an_edited_page_does_not(written, before, after):
    page = (written / "audit.html").read_text()
    assert before.lower() in page.lower()
    place = page.lower().index(before.lower())
    (written / "audit.html").write_text(page[:place] + after + page[place + len(before) :])
    result = call("verify", "audit.html")
    assert result.exit_code == 1
    assert "the page is not the one that was written" in result.stdout


def test_a_word_of_a_stranger_cannot_pass_for_the_digest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m").mkdir()
    mark = '<meta name="modelscan-page" content="sha256-@page@">'
    (tmp_path / "m" / "README.md").write_text(f"---\nlicense: other\nlicense_name: '{mark}'\n---\n{mark}\n")
    (tmp_path / "m" / "config.json").write_text("{}")
    assert call("report", "m", "-q", "-o", "a.html").exit_code == 0
    assert call("verify", "a.html").exit_code == 0


def test_edited_data_do_not(written):
    text = (written / "audit.json").read_text()
    (written / "audit.json").write_text(text.replace('"conditional"', '"allowed"', 1).replace("  ", " ", 1))
    assert call("verify", "audit.json").exit_code == 1


def test_files_that_changed_are_told(written):
    models = written / "models"
    (models / "one" / "README.md").write_text(CARD.replace("mit", "mi7"))
    (models / "one" / "pytorch_model.bin").write_bytes(b"x" * 101)
    (models / "one" / "LICENSE").write_text("new")
    (models / "two" / "config.json").unlink()
    found = json.loads(call("verify", "audit.json", "--models", "models", "-f", "json").stdout)
    told = {(one["release"], one["path"], one["what"]) for one in found["mismatches"]}
    assert told == {
        ("one", "README.md", "digest"),
        ("one", "pytorch_model.bin", "size"),
        ("one", "LICENSE", "new"),
        ("two", "config.json", "gone"),
    }
    shutil.rmtree(models / "two")
    text = call("verify", "audit.html", "--models", "models")
    assert (text.exit_code, "two/.: this release is there no more" in text.stdout) == (1, True)


def test_recorded_digests_are_computed_when_asked(tmp_path, monkeypatch):
    """A download states a digest; weights of the same size with other bytes are seen with --hash alone."""
    import hashlib

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MODELSCAN_CONFIG", "")
    folder = tmp_path / "m"
    records = folder / ".cache/huggingface/download"
    records.mkdir(parents=True)
    (folder / "README.md").write_text(CARD)
    (folder / "pytorch_model.bin").write_bytes(b"x" * 50)
    digest = hashlib.sha256(b"x" * 50).hexdigest()
    (records / "pytorch_model.bin.metadata").write_text(f"{'a' * 40}\n{digest}\n0\n")
    assert call("report", "m", "-q", "-o", "a.json").exit_code == 0
    assert call("verify", "a.json", "--models", "m", "--hash").exit_code == 0
    (folder / "pytorch_model.bin").write_bytes(b"y" * 50)
    assert call("verify", "a.json", "--models", "m").exit_code == 0
    result = call("verify", "a.json", "--models", "m", "--hash")
    assert result.exit_code == 1
    assert "m/" not in result.stdout.replace("models", "")
    assert "pytorch_model.bin: its digest is" in result.stdout


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "cannot be read"),
        (b"{}", "not those of a report"),
        (b"[" * 100_000, "cannot be read"),
        (b"<html></html>", "lacks the data"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path, monkeypatch, data, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_bytes(data)
    result = call("verify", "x")
    assert result.exit_code == 2
    assert words in result.output
    assert call("verify", "nowhere.html").exit_code == 3
