# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

# ruff: noqa: RUF001  look-alike characters are what is tested

"""Exact to the version, and never confidently wrong; shown on licences that nobody has ever used."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.identify import identify
from scanner.model.reading import How

HARBOUR = (Path(__file__).parent / "texts/harbour-1.0.txt").read_text()
ORCHARD = (Path(__file__).parent / "texts/orchard.txt").read_text()


def meaningful(match):
    return [edit for edit in match.edits if edit.meaning == "meaningful"]


@pytest.mark.parametrize("key", ["harbour-1.0", "orchard"])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: "\n\n".join(textwrap.fill(part, 50) for part in text.split("\n\n")),
        lambda text: " ".join(text.split()),
        str.upper,
        lambda text: text.replace("'", "’").replace("-", "‐"),
        lambda text: "<html><body><p>" + text.strip().replace("\n\n", "</p>\n<p>") + "</p></body></html>",
        lambda text: "".join(f"# {line}\n" for line in text.splitlines()),
        lambda text: text.replace("The Harbour Keepers", "Grace Hopper, 1906-1992"),
        lambda text: "\0" + text.replace("\n", "\r\n"),
        lambda text: text.split("\n", 3)[3],
    ],
    ids=[
        "same",
        "wrapped",
        "one line",
        "upper",
        "quotes",
        "html",
        "comment",
        "holder",
        "nul crlf",
        "no title",
    ],
)
def test_layout_holder_and_title_do_not_matter(index, key, change):
    text = change({"harbour-1.0": HARBOUR, "orchard": ORCHARD}[key])
    assert identify(text, index).stated == (key,)


def test_exact_and_equivalent_are_told_apart(index):
    assert identify(ORCHARD, index).matches[0].how is How.EXACT
    assert identify(HARBOUR, index).matches[0].how is How.EQUIVALENT


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("40 million", "400 million", "a number differs"),
        ("Nobody may", "Everybody may", "words differ"),
        ("may run it", "may not run it", "a negation differs"),
        ("must ask", "may ask", "a modal verb differs"),
        ("none of the rights", "some of the rights", "a negation differs"),
        ("hand it on to other people, ", "", "words are missing"),
        ("it was found on the quay", "it was found on the quay in Hamburg", "words were added"),
    ],
)
def test_one_changed_word_is_found_in_its_line(index, old, new, why):
    text = HARBOUR.replace(old, new)
    assert text != HARBOUR
    found = identify(text, index)
    assert found.stated == ()
    (match,) = found.matches
    assert (match.key, match.how) == ("harbour-1.0", How.MODIFIED)
    (edit,) = meaningful(match)
    assert edit.why == why
    line = HARBOUR[: HARBOUR.index(old)].count("\n") + 1
    assert edit.lines[0] <= line <= edit.lines[1]


def test_a_sibling_version_is_not_the_licence(index):
    text = HARBOUR.replace("1.0", "1.2").replace("40 million", "50 million")
    assert identify(text, index).stated == ()
    assert identify(HARBOUR, index.without(["harbour-1.0"])).stated == ()


def test_twins_are_both_named_when_the_difference_is_cut_off(committed):
    twins = committed.with_texts(
        {"a": ORCHARD.replace("The", "First"), "b": ORCHARD.replace("The", "Second")}
    )
    found = identify(ORCHARD.split("\n", 2)[2], twins)
    assert found.stated == ()
    assert {found.matches[0].key, *found.matches[0].also} == {"a", "b"}


def test_an_added_paragraph_is_located(index):
    extra = "\nWhoever sells the fruit must pay the gardener a tenth of the price.\n"
    found = identify(ORCHARD + extra, index, first_line=11)
    assert found.stated == ()
    (match,) = found.matches
    assert (match.key, match.how) == ("orchard", How.MODIFIED)
    (edit,) = meaningful(match)
    assert edit.kind == "insert"
    assert edit.lines == (19, 19)
    assert edit.words == extra.strip().rstrip(".")


def test_half_a_text_is_partial(index):
    half = HARBOUR[HARBOUR.index("2. A company") :]
    (match,) = identify(half, index).matches
    assert match.how is How.PARTIAL
    assert identify(half, index).stated == ()


def test_two_licences_in_one_file(index):
    found = identify(HARBOUR + "\n\n" + ORCHARD, index)
    assert sorted(found.stated) == ["harbour-1.0", "orchard"]


def test_a_licence_in_a_readme(index):
    before, after = "# Boats\n\nA model of boats, not of ships.\n\n## License\n\n", "\n## Thanks\n\nTo Ada.\n"
    readme = before + ORCHARD + after
    found = identify(readme, index)
    assert found.stated == ("orchard",)
    assert found.matches[0].lines == (8, 13)
    assert found.leftover


def test_missing_words_are_shown_where_the_reference_is_at_hand(index):
    text = ORCHARD.replace("sell it or ", "")
    plain = identify(text, index)
    shown = identify(text, index, reference_texts={"orchard": ORCHARD})
    assert plain.matches[0].edits[0].missing is None
    assert shown.matches[0].edits[0].missing == "sell it or"


@pytest.mark.parametrize(
    "text", ["", "\0\0\0", "\n" * 1000, "limited permitted submit", "x" * 10_000, "许可"]
)
def test_what_is_no_licence_states_nothing(index, text):
    found = identify(text, index)
    assert found.stated == ()
    assert found.note


def test_a_huge_text_is_looked_at_in_part_and_says_so(index):
    found = identify("any word at all " * 400_000, index)
    assert found.stated == ()
    assert "only the first" in found.note


WORDS = HARBOUR.split()


@given(st.integers(0, len(WORDS) - 1), st.sampled_from(["not", "unless", "7", "except", "purple"]))
@settings(max_examples=60, deadline=None)
def test_no_inserted_word_goes_unseen(index, at, word):
    text = " ".join([*WORDS[:at], word, *WORDS[at:]])
    if "Copyright" not in " ".join(WORDS[max(0, at - 8) : at + 1]):
        assert identify(text, index).stated == ()


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_has_an_answer(index, text):
    assert identify(text, index).stated == ()
