# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Two reports against each other, as the command tells it."""

import json

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.model.change import ChangeKind
from scanner.render.changes import _SAID


def card(license_, *more, body="# A model\n"):
    return "\n".join(["---", f"license: {license_}", *more, "pipeline_tag: text-generation", "---", body])


@pytest.fixture
def reported(tmp_path):
    """Write releases given as {name: card}, and return the report on them as a file."""

    def call(name, **cards):
        root = tmp_path / name
        for release, text in cards.items():
            (root / release).mkdir(parents=True)
            (root / release / "README.md").write_text(text)
        out = tmp_path / f"{name}.json"
        run = CliRunner().invoke(main, ["report", str(root), "-o", str(out), "-q", "--as-of", "2026-11-25"])
        assert run.exit_code == 0, run.output
        return out

    return call


def diff(*arguments):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def found(*arguments):
    return json.loads(diff(*arguments, "-f", "json").stdout)


def test_nothing_changed(reported):
    same = {"a": card("mit")}
    assert "nothing changed" in diff(reported("old", **same), reported("new", **same)).stdout


def test_a_release_came_and_one_went(reported):
    old = reported("old", a=card("mit"), b=card("mit"))
    new = reported("new", a=card("mit"), c=card("cc-by-nc-4.0"))
    told = found(old, new)
    kinds = [(one["kind"], one["release"], one["after"]) for one in told["changes"]]
    assert kinds == [("removed", "b", None), ("added", "c", "blocked")]
    assert told["introduced"] == "blocked"
    assert diff(old, new, "--fail-on", "blocked").exit_code == 1
    assert diff(old, new).exit_code == 0
    assert diff(new, old, "--fail-on", "blocked").exit_code == 0, "what went away is nothing new"


def test_a_licence_that_changed_says_in_which_clauses(reported):
    old, new = reported("old", a=card("llama3")), reported("new", a=card("llama3.1"))
    (change,) = (one for one in found(old, new)["changes"] if one["kind"] == "licence-changed")
    assert (change["before"], change["after"]) == ("llama-3 (declared)", "llama-3.1 (declared)")
    assert "user threshold: differs" in change["clauses"]
    text = diff(old, new).stdout
    assert "licence of the weights: llama-3 (declared), now llama-3.1 (declared)" in text
    assert "  - user threshold: differs" in text


def test_what_was_there_already_never_fails(reported):
    old = reported("old", a=card("cc-by-nc-4.0"))
    new = reported("new", a=card("cc-by-nc-4.0", body="# A model\n\nMore words.\n"))
    assert diff(old, new, "--fail-on", "conditional").exit_code == 0


def test_a_verdict_that_became_milder_is_nothing_new(reported):
    old, new = reported("old", a=card("cc-by-nc-4.0")), reported("new", a=card("apache-2.0"))
    verdict = next(one for one in found(old, new)["changes"] if one["kind"] == "verdict-changed")
    assert (verdict["before"], verdict["after"], verdict["worse"]) == ("blocked", "conditional", False)
    assert diff(old, new, "--fail-on", "conditional").exit_code == 0
    assert diff(new, old, "--fail-on", "blocked").exit_code == 1


def test_terms_duties_and_findings_that_came(reported):
    old = reported("old", a=card("mit"))
    new = reported("new", a=card("mit", "base_model: meta-llama/Llama-3.1-8B"))
    told = {one["kind"]: one for one in found(old, new)["changes"]}
    assert told["terms-added"]["what"] == "llama-3.1 from meta-llama/Llama-3.1-8B"
    assert {"duty-added", "finding-added"} <= told.keys()
    assert told.keys() <= {one.value for one in ChangeKind}


def test_strangers_words_are_inert(reported):
    name = "a`@someone[x](y)"
    new = reported("new", **{"z": card("mit"), name: card("mit")})
    text = diff(reported("old", z=card("mit")), new, "-f", "md").stdout
    assert "a\\`\\@\u200bsomeone\\[x\\]\\(y\\)" in text


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema_version": "0.1"}', "\x00", '{"releases": 7}'])
def test_what_is_no_report_is_told(reported, tmp_path, content):
    bad = tmp_path / "bad.json"
    bad.write_text(content)
    run = diff(bad, reported("new", a=card("mit")))
    assert run.exit_code == 2
    assert "no report of modelscan" in run.stderr
    assert "modelscan report PATH" in run.stderr


def test_a_file_that_is_not_there(reported, tmp_path):
    run = diff(tmp_path / "none.json", reported("new", a=card("mit")))
    assert run.exit_code == 3
    assert "no scan was performed" in run.stderr


def test_every_kind_of_change_has_its_words():
    assert set(_SAID) == set(ChangeKind)
