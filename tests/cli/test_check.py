# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan check`` and ``modelscan lock`` as a person calls them."""

import json
import os
import subprocess

import pytest
from click.testing import CliRunner

from scanner.cli import main

NAME = "northwind/seven-b"
FORBIDDEN = b"---\nlicense: cc-by-nc-4.0\n---\n\n# A model\n"
FREE = b"---\nlicense: mit\n---\n\n# A model\n"


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A source repository, and a Hub's cache with one model of these terms."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("MODELSCAN_CONFIG", raising=False)

    def made(card=FREE, *, pinned=True):
        commit = "a" * 40
        place = tmp_path / "hub" / f"models--{NAME.replace('/', '--')}"
        (place / "snapshots" / commit).mkdir(parents=True, exist_ok=True)
        (place / "snapshots" / commit / "README.md").write_bytes(card)
        (place / "snapshots" / commit / "config.json").write_text('{"model_type": "llama"}')
        (place / "refs").mkdir(exist_ok=True)
        (place / "refs" / "main").write_text(commit)
        root = tmp_path / "code"
        root.mkdir(exist_ok=True)
        more = f', revision="{commit}"' if pinned else ""
        (root / "app.py").write_text(
            f'from transformers import AutoModel\nAutoModel.from_pretrained("{NAME}"{more})\n'
        )
        return root

    return made


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_the_exit_code_follows_the_level(code):
    root = code(FORBIDDEN)
    for level, wanted in (("never", 0), ("conditional", 1), ("review", 1), ("blocked", 1)):
        assert call("check", root, "--fail-on", level).exit_code == wanted, level
    assert call("check", root).exit_code == 1
    assert call("check", root, "--exit-zero").exit_code == 0
    free = code(FREE)
    for level, wanted in (("never", 0), ("conditional", 1), ("review", 0), ("blocked", 0)):
        assert call("check", free, "--fail-on", level).exit_code == wanted, level
    warned = code(FREE, pinned=False)
    assert call("check", warned, "--fail-on", "blocked").exit_code == 0
    assert call("check", warned).exit_code == 1


def test_text_is_printed_and_files_are_written_beside_it(code, tmp_path):
    place = tmp_path / "out.json"
    result = call("check", code(FORBIDDEN), "-o", place)
    assert result.stdout.startswith(
        "modelscan check failed: 1 model or data set is named in 1 place; 1 error, 0 warnings"
    )
    assert "app.py:2" in result.stdout
    assert "not legal advice" in result.stdout
    found = json.loads(place.read_text())
    assert (found["verdict"], found["worst"]) == ("failed", "blocked")
    assert found["references"][0]["line"] == 2
    assert json.loads(call("check", code(FORBIDDEN), "-f", "json").stdout) == found


def test_the_same_input_gives_the_same_bytes(code):
    root = code(FORBIDDEN)
    words = ("check", root, "-f", "json", "--as-of", "2026-11-25")
    assert call(*words).stdout == call(*words, "--no-cache").stdout
    assert str(root) not in call(*words).stdout


def test_a_baseline_is_written_and_followed(code, tmp_path):
    root, place = code(FORBIDDEN), tmp_path / "old.json"
    written = call("check", root, "--write-baseline", place)
    assert written.exit_code == 0
    assert call("check", root, "--baseline", place).exit_code == 0
    text = (root / "app.py").read_text()
    (root / "app.py").write_text(f"\n\n# moved\n{text}")
    assert call("check", root, "--baseline", place).exit_code == 0
    (root / "app.py").write_text(text.replace(NAME, "northwind/other"))
    assert call("check", root, "--baseline", place).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code_", "words"),
    [
        (["check", "nowhere"], 3, "no such folder"),
        (["check", ".", "-f", "pdf"], 2, "there is no format"),
        (["check", ".", "-o", "x.unknown"], 2, "cannot tell the format"),
        (["check", ".", "--base", "HEAD"], 2, "no git repository"),
        (["check", ".", "--baseline", "missing.json"], 2, "--write-baseline"),
        (["check", ".", "--config", "missing.yml"], 2, "no such configuration"),
        (["lock", "nowhere"], 3, "no such folder"),
        (["lock", ".", "--upgrade", "a/b"], 2, "--online"),
    ],
)
def test_a_mistake_says_what_is_wrong(tmp_path, monkeypatch, arguments, code_, words):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    result = call(*arguments)
    assert result.exit_code == code_, result.output
    assert words in result.output


def test_locking_from_files_at_hand(code):
    root = code(FREE)
    result = call("lock", root)
    assert result.exit_code == 0, result.output
    assert f"{NAME}@{'a' * 40}: new at {'a' * 12}, mit (declared)" in result.stdout
    assert call("lock", root, "--check").exit_code == 0
    before = (root / "modelscan.lock").read_bytes()
    assert call("lock", root).exit_code == 0
    assert (root / "modelscan.lock").read_bytes() == before
    (root / "more.py").write_text(
        'from transformers import AutoModel\nAutoModel.from_pretrained("northwind/b")\n'
    )
    checked = call("lock", root, "--check")
    assert checked.exit_code == 1
    assert "northwind/b is in the code (more.py:2)" in checked.stdout
    left = call("lock", root)
    assert (left.exit_code, "not locked: northwind/b" in left.stderr) == (1, True)


def test_a_change_in_git_as_a_person_calls_it(code):
    root = code(FREE)
    own = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    name = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]

    def git(*words):
        subprocess.run(["git", *name, *words], cwd=root, env=own, check=True, capture_output=True)

    git("init", "-q", ".")
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    (root / "app.py").write_text(
        'from transformers import AutoModel\nAutoModel.from_pretrained("northwind/b")\n'
    )
    git("commit", "-q", "-a", "-m", "two")
    result = call("check", root, "--base", "HEAD~1")
    assert result.exit_code == 1
    assert f"- {NAME}@{'a' * 40}: removed; it was under mit (declared)" in " ".join(result.stdout.split())
    assert "northwind/b: added: not examined, under unknown" in " ".join(result.stdout.split())
    assert call("check", root / ".", "--base", "HEAD").exit_code == 0
