# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Every rule, every record and every word of the records has its page, and links lead somewhere."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.catalog import load_catalogue
from scanner.evaluate.rules import load_rules

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
RULES = load_rules()


@pytest.fixture(scope="module")
def glossary():
    """The script itself, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("glossary", ROOT / "docs/glossary.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def anchors(page):
    """Return the anchors of a page as its host makes them from headings."""
    heads = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_rule_and_every_record_has_a_page_that_the_index_names():
    rules, licences = (ROOT / f"docs/{name}.md" for name in ("rules", "licenses"))
    for rule in RULES:
        assert (ROOT / f"docs/rules/{rule.id}.md").is_file()
        assert f"(rules/{rule.id}.md)" in rules.read_text(encoding="utf-8")
    for key in load_catalogue().headings:
        assert (ROOT / f"docs/licenses/{key}.md").is_file()
        assert f"(licenses/{key}.md)" in licences.read_text(encoding="utf-8")


def test_a_link_leads_to_a_file_and_a_heading_that_are_there():
    known = {page: anchors(page) for page in PAGES}
    lost = []
    for page in PAGES:
        for target, _, anchor in re.findall(
            r"\]\((?!https?:)([^)#\s]*)(#([\w-]+))?\)", page.read_text("utf-8")
        ):
            found = (page.parent / target).resolve() if target else page
            if not found.exists() or (anchor and anchor not in known.get(found, {anchor})):
                lost.append(f"{page.relative_to(ROOT)}: {target}#{anchor}")
    assert lost == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_page_of_a_rule_says_all_that_a_reader_asks(rule):
    page = (ROOT / f"docs/rules/{rule.id}.md").read_text(encoding="utf-8")
    heads = re.findall(r"(?m)^## (.+)$", page)
    wanted = ["What it says", "Why it matters", "When", "How to fix it", "Examples"]
    assert [head for head in heads if head in wanted] == wanted
    assert "{" not in page
    conditions = page.partition("## When")[2].partition("\n## ")[0]
    assert not re.search(r"\b(use|license|release|weights|clause|here|parent|policy)\.[a-z_]+", conditions)


def test_a_word_without_a_meaning_is_refused(glossary):
    glossary._fit("acts", {"a": "A."}, ["a"])
    with pytest.raises(ValueError, match=r"no meaning for {'b'}"):
        glossary._fit("acts", {"a": "A."}, ["a", "b"])
    with pytest.raises(ValueError, match=r"no word for {'a'}"):
        glossary._fit("acts", {"a": "A."}, [])


def test_every_word_of_a_record_is_in_the_glossary(glossary):
    page = glossary.glossary()
    for kind in glossary._types():
        for _, values in glossary._closed(kind):
            assert all(f"- *{value.replace('_', ' ')}*: " in page for value in values)


def test_the_generated_pages_are_what_the_commands_give():
    run = subprocess.run(
        [sys.executable, ROOT / "docs/generate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
