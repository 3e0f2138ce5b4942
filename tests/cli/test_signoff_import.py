# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Decisions taken in the page of a report, downloaded, and made into statements: all on one machine."""

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main

CHROMIUM = Path("/usr/bin/chromium")
CARD = "---\nlicense: {}\n---\n\n# A model\n"
WHO = ("--approver", "A. Lawyer", "--email", "a@example.org", "--as-of", "2026-11-25")


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def written(tmp_path, monkeypatch):
    """A repository of our own, two models, and the report on them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MODELSCAN_CONFIG", raising=False)
    (tmp_path / ".git").mkdir()
    for name, tag in (("one", "mit"), ("<b>two", "cc-by-nc-4.0")):
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(CARD.format(tag))
        (folder / "config.json").write_text('{"model_type": "llama"}')
    done = call("report", "models", "-q", "-o", "a.html", "-o", "a.json", "--as-of", "2026-11-25")
    assert done.exit_code == 0, done.output
    return tmp_path


def decision(folder, **fields):
    digest = re.search(r'id="report-digest">([0-9a-f]{64})', (folder / "a.html").read_text())[1]
    usual = {"release": "one", "use_case": "default", "decision": "approve", "until": "2027-01-31"}
    text = json.dumps({"version": 1, "report": fields.pop("report", digest), "decisions": [usual | fields]})
    (folder / "d.json").write_text(text)


@pytest.mark.browser
def test_from_the_page_to_a_statement(written):
    if not CHROMIUM.exists():
        if os.environ.get("MODELSCAN_REQUIRE_BROWSER") == "1":
            pytest.fail("Debian's chromium is missing")
        pytest.skip("Debian's chromium is not here")
    from playwright.sync_api import sync_playwright

    noise = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_context(offline=True, accept_downloads=True).new_page()
        page.on(
            "request", lambda request: request.url.startswith(("file:", "blob:")) or noise.append(request.url)
        )
        page.on("console", lambda line: line.type == "error" and noise.append(line.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.goto((written / "a.html").as_uri())
        page.get_by_role("button", name="Record decisions").click()
        page.get_by_role("button", name="Download decisions.json").click()
        assert page.locator("#decide-count").inner_text() == "no decision is taken yet"
        first = page.locator('fieldset[data-release="one"]')
        first.get_by_label("Decision").select_option("conditional")
        page.get_by_role("button", name="Download decisions.json").click()
        assert "say until when" in page.locator("#decide-count").inner_text()
        first.get_by_label("Holds until").fill("2027-01-31")
        first.get_by_label("Note", exact=True).fill("ticket <12>")
        first.get_by_label("Conditions, one on each line").fill("show the notice\n\n  keep a copy ")
        first.locator("[name=accepted]").first.check()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download decisions.json").click()
        download.value.save_as(written / "decisions.json")
        assert page.locator("#decide-count").inner_text() == "1 of 2 decisions written"
        assert page.locator("fieldset b").count() == 0
        browser.close()
    assert noise == []
    result = call("signoff", "import", "decisions.json", "--report", "a.html", *WHO)
    assert result.exit_code == 0, result.output
    (path,) = (written / ".modelscan" / "signoffs" / "one").glob("*.json")
    predicate = json.loads(path.read_text())["predicate"]
    assert (predicate["decision"], predicate["until"], predicate["note"]) == (
        "conditional",
        "2027-01-31",
        "ticket <12>",
    )
    assert predicate["conditions"] == ["show the notice", "keep a copy"]
    assert len(predicate["accepted"]) == 1
    assert call("signoff", "verify", "models", "--release", "one", "--as-of", "2026-11-25").exit_code in {
        0,
        2,
    }


@pytest.mark.parametrize("name", ["a.html", "a.json"])
def test_a_decision_holds_for_what_was_reported(written, name):
    decision(written)
    assert call("signoff", "import", "d.json", "--report", name, *WHO).exit_code == 0
    assert call("report", "models", "-q", "-o", "b.json", "--as-of", "2026-11-25").exit_code == 0
    releases = json.loads((written / "b.json").read_text())["releases"]
    states = {one["path"]: [signoff["state"] for signoff in one["signoffs"]] for one in releases}
    assert states == {"one": ["unsigned"], "<b>two": []}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"report": "0" * 64}, "the decisions were taken in report"),
        ({"release": "three"}, "has no release 'three'"),
        ({"use_case": "other"}, "under the use case 'other'"),
        ({"accepted": ["f" * 64]}, "has no finding"),
        ({"decision": "maybe"}, "these are no decisions"),
        ({"until": "soon"}, "is not a date"),
        ({"more": 1}, "these are no decisions"),
    ],
)
def test_what_does_not_fit_is_refused(written, fields, words):
    decision(written, **fields)
    result = call("signoff", "import", "d.json", "--report", "a.html", *WHO)
    assert result.exit_code == 2, result.output
    assert words in result.output
    assert not (written / ".modelscan" / "signoffs").exists()


def test_a_page_that_was_edited_is_refused(written):
    decision(written)
    page = (written / "a.html").read_text()
    (written / "a.html").write_text(page.replace("Blocked", "Allowed", 1))
    result = call("signoff", "import", "d.json", "--report", "a.html", *WHO)
    assert (result.exit_code, "nothing is recorded" in result.output) == (2, True)
