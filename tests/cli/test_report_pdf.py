# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The report on paper: every word of the page, on A4 or letter, through a browser that is installed."""

import os
import shutil
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main

CARD = "---\nlicense: cc-by-nc-4.0\n---\n\n# A model\n"


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def model(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "README.md").write_text(CARD)
    (tmp_path / "m" / "config.json").write_text("{}")
    return tmp_path


@pytest.mark.browser
@pytest.mark.parametrize(("paper", "points"), [("A4", (595, 842)), ("letter", (612, 792))])
def test_the_words_and_the_size(model, paper, points):
    if not Path("/usr/bin/chromium").exists():
        if os.environ.get("MODELSCAN_REQUIRE_BROWSER") == "1":
            pytest.fail("Debian's chromium is missing")
        pytest.skip("Debian's chromium is not here")
    from pypdf import PdfReader

    result = call("report", "m", "-q", "-o", "a.pdf", "-o", "a.json", "--paper", paper)
    assert result.exit_code == 0, result.output
    pages = PdfReader(model / "a.pdf").pages
    text = unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in pages))  # ligatures
    text = " ".join(text.split())
    assert tuple(round(float(side)) for side in pages[0].mediabox[2:]) == points
    for words in ("Blocked", "cc-by-nc-4.0", "Page 1 of", "Not signed off", "signature", "not legal advice"):
        assert words in text, words


def test_without_a_browser_it_says_what_to_do(model, monkeypatch):
    monkeypatch.setenv("PATH", str(model))
    monkeypatch.delenv("MODELSCAN_BROWSER", raising=False)
    result = call("report", "m", "-q", "-o", "a.pdf")
    assert result.exit_code == 2
    assert "no Chromium, Chrome or Edge is installed" in result.output
    assert "NAME.html" in result.output
    assert not (model / "a.pdf").exists()


@pytest.mark.parametrize(("script", "words"), [("exit 3", "it ended with 3"), ("echo broken >&2", "broken")])
def test_a_browser_that_fails_is_told(model, monkeypatch, script, words):
    program = model / "browser"
    program.write_text(f"#!{shutil.which('sh')}\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("MODELSCAN_BROWSER", str(program))
    result = call("report", "m", "-q", "-o", "a.pdf")
    assert result.exit_code == 2
    assert words in result.output
