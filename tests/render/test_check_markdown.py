# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Markdown of a check: whole tables, inside the limits, and no stranger's word is markup."""

import re
from itertools import pairwise

import pytest
import sample_check
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scanner.model.finding import Severity
from scanner.render.check_comment import LIMIT, MARKER, render_check_comment
from scanner.render.check_formats import CHECK_FORMATS
from scanner.render.check_summary import render_check_summary
from scanner.render.markdown import Section, code, page, plain
from scanner.sanitize import one_line

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SURFACES = ("md", "summary.md", "comment.md")
OURS = re.compile(r"<!-- modelscan-check -->|<details><summary>[\w ,()]+</summary>|</details>")
PLAIN = {"text", "code_inline", "softbreak", "em_open", "em_close"}


def cells(text):
    """Return the words of each cell of the tables in a page."""
    tokens = MARKDOWN.parse(text)
    inside = [one for before, one in pairwise(tokens) if before.type in {"td_open", "th_open"}]
    return ["".join(part.content for part in one.children) for one in inside]


def words_of(text):
    return text.replace("\u200b", "").strip()


def many(number, words):
    flags = sample_check.Flags(severity=Severity.ERROR, standing="gates")
    return sample_check.report(tuple(sample_check.finding(n, flags, words) for n in range(number)), words)


@pytest.mark.parametrize("words", sample_check.HOSTILE)
@pytest.mark.parametrize("name", SURFACES)
def test_there_is_no_markup_but_ours(name, words):
    for token in MARKDOWN.parse(CHECK_FORMATS[name](sample_check.rich(words))):
        if token.type == "html_block":
            assert [line for line in token.content.split("\n") if line and not OURS.fullmatch(line)] == []
        assert token.type not in {"fence", "code_block", "blockquote_open", "ordered_list_open", "hr"}
        assert {part.type for part in token.children or ()} <= PLAIN
        if token.type == "heading_open":
            assert token.tag in {"h2", "h3"}


@pytest.mark.parametrize("words", sample_check.HOSTILE)
@pytest.mark.parametrize("name", SURFACES)
def test_nobody_is_called_and_nothing_is_linked(name, words):
    for token in MARKDOWN.parse(CHECK_FORMATS[name](sample_check.rich(words))):
        for part in token.children or ():
            if part.type == "text":
                assert not re.search(r"@\w|#\d|://|\bwww\.|\bGH-\d", part.content)


MARKS = st.text(st.sampled_from("`|\\*_[]()<>&;#@!~$:/.w1a -\n"), max_size=20)


@given(st.text(st.characters(exclude_categories=()), max_size=40) | MARKS)
@example("a|b|c")
@example("1. a")
@example("`a`")
def test_any_words_are_one_cell_and_the_same_words(words):
    table = f"| a | b | c |\n|---|---|---|\n| {plain(words)} | {code(words)} | z |\n"
    found = cells(table)
    assert len(found) == 6
    wanted = one_line(words).replace("\u200b", "").strip()
    assert [words_of(one) for one in found[3:]] == [wanted, wanted, "z"]


def test_the_comment_is_found_again_by_its_first_line():
    assert render_check_comment(sample_check.rich()).splitlines()[0] == MARKER == "<!-- modelscan-check -->"


@pytest.mark.parametrize("number", [1, 40, 600])
@pytest.mark.parametrize("words", ["acme/model", "\N{CJK UNIFIED IDEOGRAPH-6A21}" * 900, "|" * 900])
def test_a_comment_is_never_too_long_and_says_what_it_leaves_out(number, words):
    text = render_check_comment(many(number, words))
    assert len(text.encode()) <= LIMIT
    assert text.startswith(MARKER)
    assert f"failing: {number:,}" in text
    assert number < 100 or "the job summary" in text
    assert text.count("<details>") == text.count("</details>")


@pytest.mark.parametrize("words", ["acme/" + "m" * 300, "\N{CJK UNIFIED IDEOGRAPH-6A21}" * 400])
def test_a_summary_stays_below_its_limit_in_whole_rows(words):
    text = render_check_summary(many(1_500, words))
    assert 500_000 < len(text.encode()) <= 1_000_000
    assert re.search(r"_[\d,]+ rows are left out", text)
    assert all(line.endswith("|") for line in text.split("\n") if line.startswith("|"))
    assert text.count("<details>") == text.count("</details>")


@given(st.lists(st.integers(0, 300), max_size=8), st.integers(300, 2_000))
def test_a_page_is_never_longer_than_its_limit(lengths, limit):
    sections = [Section(head=("head",), rows=("x" * length,) * 3) for length in lengths]
    text = page(sections, limit)
    assert len(text.encode()) <= limit
