# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The page in a real browser: silent, readable without scripts, whole on a phone and on paper."""

import shutil
import subprocess

import pytest
import sample_report

from scanner.render.html import render_html

pytestmark = pytest.mark.browser

TITLE = "Model licence audit, as of 2026-01-31"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name in ("rich", "hostile", "large"):
        report = sample_report.large(8) if name == "large" else getattr(sample_report, name)()
        (folder / f"{name}.html").write_text(render_html(report), encoding="utf-8")
    return folder


@pytest.fixture
def opened(chromium, pages):
    """Give a function that opens a page without network; requests and console errors are collected."""
    contexts = []

    def opener(name, **options):
        context = chromium.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.noise = []
        address = (pages / f"{name}.html").as_uri()
        page.on("request", lambda request: request.url == address or page.noise.append(request.url))
        page.on("console", lambda line: line.type == "error" and page.noise.append(line.text))
        page.on("pageerror", lambda error: page.noise.append(str(error)))
        page.on("dialog", lambda dialog: page.noise.append(dialog.message))
        page.goto(address)
        return page

    yield opener
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", ["rich", "hostile"])
def test_no_request_no_error_and_the_title_stays(opened, name):
    page = opened(name)
    page.wait_for_timeout(100)
    assert page.noise == []
    assert page.title() == TITLE


def test_without_scripts_every_word_is_there(opened):
    page = opened("rich", java_script_enabled=False)
    text = " ".join(page.locator("body").text_content().split())
    for release in sample_report.rich().releases:
        for one in release.findings:
            assert one.message.strip() in text
    assert page.locator("#filter").is_hidden()


@pytest.mark.parametrize("name", ["rich", "hostile"])
def test_a_phone_scrolls_one_way_only_and_loses_no_cell(opened, name):
    page = opened(name, viewport={"width": 320, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    lost = "[...document.querySelectorAll('td, tbody th')].filter(one => !one.offsetHeight).length"
    assert page.evaluate(lost) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_rules_hold(opened, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = opened("rich", color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert [one["id"] for one in found.response["violations"]] == []


def test_the_filter_narrows_the_inventory_and_says_so(opened):
    page = opened("rich")
    page.get_by_label("Show releases that contain").fill("model-2")
    assert page.locator("#inventory-table tbody tr:visible").count() == 1
    assert page.locator("#filter-count").text_content() == "showing 1 of 4"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_paper_holds_every_word_even_while_filtered(opened, tmp_path, paper):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    page = opened("large", color_scheme="dark")
    page.get_by_label("Show releases that contain").fill("nothing has this name")
    page.pdf(path=tmp_path / "report.pdf", format=paper, prefer_css_page_size=False)
    laid_out, raw = (_text(tmp_path / "report.pdf", layout) for layout in ("-layout", "-raw"))
    joined = "".join(raw.split())
    for release in sample_report.large(8).releases:
        wanted = [release.name, release.path, *(one.message for one in release.findings)]
        wanted += [one.evidence.quote for one in release.licenses.detected]
        wanted += [one.what for one in (*release.obligations, *release.restrictions)]
        wanted += [file.path for file in release.files]
        missing = [text for text in wanted if "".join(text.split()) not in joined]
        assert [text for text in missing if not _with_numbers(text, joined)] == []
    sheets = laid_out.split("\f")[:-1]
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert "sha256:" in sheet


def _text(pdf, layout: str) -> str:
    command = ["pdftotext", layout, pdf, "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _with_numbers(quote: str, joined: str) -> bool:
    """Tell whether the lines of a quote are there, each after its number."""
    return all("".join(line.split()) in joined for line in quote.splitlines())
