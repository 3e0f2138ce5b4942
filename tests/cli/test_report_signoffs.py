# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Decisions of people beside the verdicts of a report."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.render.json import schema

CARD = "---\nlicense: mit\n---\n\n# A model\n"


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def decided(tmp_path, monkeypatch):
    """A repository of our own with one model, approved and not signed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MODELSCAN_CONFIG", raising=False)
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "models" / "one"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(CARD)
    (folder / "config.json").write_text('{"model_type": "llama"}')
    done = call(
        "signoff", "new", "models", "--decision", "conditional", "--until", "2027-11-25", "--note", "a note",
        "--condition", "show the notice", "--approver", "A. Lawyer", "--email", "a@example.org",
        "--as-of", "2026-11-25",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return folder


def reported(day="2026-11-25"):
    done = call("report", "models", "-q", "-o", "a.json", "-o", "a.html", "-o", "a.txt", "--as-of", day)
    assert done.exit_code == 0, done.output
    found = json.loads(Path("a.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema())
    return found["releases"][0]


def texts(tmp_path):
    return [(tmp_path / name).read_text() for name in ("a.html", "a.txt")]


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        ("2026-11-25", "unsigned", "nobody signed it"),
        ("2027-11-25", "unsigned", "nobody signed it"),
        ("2027-11-26", "expired", "it held until 2027-11-25"),
        ("2026-11-24", "invalid", "it was decided on 2026-11-25"),
    ],
)
def test_each_day_has_its_state(decided, tmp_path, day, state, words):
    release = reported(day)
    (one,) = release["signoffs"]
    assert (one["state"], one["decision"], one["conditions"]) == (state, "conditional", ["show the notice"])
    assert release["verdict"] == "conditional"
    for text in texts(tmp_path):
        flat = " ".join(text.split())
        assert words.lower() in flat.lower()
        assert "A. Lawyer" in flat


def test_what_changed_since_is_shown(decided, tmp_path):
    (decided / "README.md").write_text(CARD.replace("mit", "apache-2.0"))
    (one,) = reported()["signoffs"]
    assert one["state"] == "stale"
    assert {"licence", "terms"} <= {change["part"] for change in one["changes"]}
    assert "mit (declared), now apache-2.0 (declared)" in texts(tmp_path)[0]


def test_without_one_there_is_room_for_ink(decided, tmp_path):
    (tmp_path / ".modelscan").rename(tmp_path / "elsewhere")
    assert reported()["signoffs"] == []
    assert "Not signed off." in texts(tmp_path)[0]
    assert 'class="ink"' in texts(tmp_path)[0]


def test_those_that_come_with_a_release_do_not_count(decided, tmp_path):
    (tmp_path / ".modelscan").rename(decided / ".modelscan")
    assert reported()["signoffs"] == []


@pytest.mark.parametrize(
    ("fields", "day", "state", "words"),
    [
        ("rules: [policy/denied], until: 2027-06-30", "2026-11-25", "holds", "217 days left"),
        ("rules: [policy/denied], until: 2026-12-01", "2026-11-25", "ends-soon", "6 days left"),
        ("rules: [policy/denied], until: 2026-11-24", "2026-11-25", "expired", "1 day ago"),
        ("rules: [policy/needs-review], until: 2027-06-30", "2026-11-25", "idle", "Covers nothing"),
        ("rules: [policy/denied], until: 2030-06-30", "2026-11-25", "too-long", "Longer than our policy"),
    ],
)
def test_exceptions_stand_in_the_report(  # noqa: PLR0913, PLR0917
    decided, tmp_path, fields, day, state, words
):
    policy = "policy: {deny: [mit], longest_exception: 365}"
    entry = f"exceptions:\n  - {{model: one, reason: because, person: A. Lawyer, {fields}}}\n"
    (tmp_path / "modelscan.yml").write_text(f"{policy}\n{entry}")
    assert reported(day)["verdict"] == "blocked"
    (one,) = json.loads(Path("a.json").read_text(encoding="utf-8"))["exceptions"]
    assert (one["state"], len(one["covers"])) == (state, 0 if state == "idle" else 1)
    assert words in texts(tmp_path)[0]


def test_an_exception_to_terms_lacks_its_agreement(decided, tmp_path):
    (decided / "README.md").write_text(CARD.replace("mit", "cc-by-nc-4.0"))
    entry = "{model: one, rules: [terms/non-commercial], reason: r, person: p, until: 2027-01-31}"
    (tmp_path / "modelscan.yml").write_text(f"exceptions: [{entry}]\n")
    assert reported()["verdict"] == "blocked"
    (one,) = json.loads(Path("a.json").read_text(encoding="utf-8"))["exceptions"]
    assert one["state"] == "no-agreement"
