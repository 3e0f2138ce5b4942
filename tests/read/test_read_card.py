# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Model cards: every key with its line, nothing lost of a broken one, the body as a text."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scanner.read
from scanner.model.reading import Source
from scanner.read.card import read_card
from scanner.read.page import open_page

TERMS = "You agree to these words before you take the files. " * 20


def said(facts, *names):
    return [reading.value for reading in facts.named(*names)]


def reasons(facts):
    return {unread.path: unread.reason for unread in facts.unread}


def gating(facts):
    return {unread.path for unread in facts.unread if unread.matters}


def card(front, body="# Words\n"):
    return f"---\n{front}---\n{body}"


def test_every_key_is_read_with_its_line(facts):
    text = card(
        "language: en\nlicense: other\nlicense_name: a-licence\nbase_model:\n- one/a\n- two/b\n"
        "base_model_relation: merge\ndatasets: [d1, d2]\ntags:\n- merge\n- license:x\n"
        "model-index:\n- name: x\nwidget:\n- text: hello\nextra_gated_fields:\n  Company: text\n"
    )
    found = facts({"README.md": text})
    assert said(found, "license") == ["other"]
    assert said(found, "base_model") == ["one/a", "two/b"]
    assert said(found, "datasets") == ["d1", "d2"]
    assert said(found, "tags") == ["merge", "license:x"]
    assert said(found, "model-index") == ["present"]
    assert said(found, "extra_gated_fields") == ["text"]
    assert said(found, "widget", "problem") == []
    second = found.named("base_model")[1].evidence
    assert (second.path, second.lines, second.key, second.quote) == (
        "README.md",
        (7, 7),
        "base_model[1]",
        "- two/b",
    )
    assert second.reader == "model-card"
    assert second.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert found.named("extra_gated_fields")[0].evidence.key == "extra_gated_fields.Company"
    assert {reading.source for reading in found.named("license")} == {Source.CARD}


@pytest.mark.parametrize(
    ("front", "values"),
    [
        ("license: 3.10\n", ["3.10"]),
        ("license: no\n", ["no"]),
        ("license: [mit, b]\n", ["mit", "b"]),
        ("license:\n- mit\n- b\n", ["mit", "b"]),
        ("license: null\n", [None]),
        ("license:\n", [None]),
        ("license: []\n", [None]),
        ("license: ''\n", [None]),
        ("license: {name: x, link: y}\n", ["x", "y"]),
        ("License: x\n", ["x"]),
        ("licence: x\n", ["x"]),
        ("{license: x}\n", ["x"]),
        ("  license: x\n  tags: [a]\n", ["x"]),
        ("license: >\n  x\n  y\n", ["x y"]),
    ],
)
def test_ways_to_write_a_licence(facts, front, values):
    found = facts({"README.md": card(front)})
    assert said(found, "license") == values
    assert not gating(found)


def test_a_mapping_where_a_name_is_expected_is_a_problem(facts):
    found = facts({"README.md": card("license:\n  name: x\n")})
    assert "keys and values" in said(found, "problem")[0]
    assert found.named("license")[0].evidence.lines == (3, 3)


def test_both_of_two_keys_are_read_and_it_is_a_problem(facts):
    found = facts({"README.md": card("license: x\ntags: [a]\nlicense:\n- y\n- z\n")})
    assert said(found, "license") == ["x", "y", "z"]
    assert [reading.evidence.lines for reading in found.named("license")] == [(2, 2), (5, 5), (6, 6)]
    assert said(found, "problem") == ["the key 'license' stands twice"]
    assert found.named("problem")[0].evidence.lines == (4, 4)


@pytest.mark.parametrize(
    ("front", "kept", "lost"),
    [
        ("license: x\nbase_model: [\n", ["x"], "base_model"),
        ("license: x\nbase_model: &a [*a]\n", ["x"], "base_model"),
        ("license: x\nbase_model: " + "[" * 25_000 + "\n", ["x"], "base_model"),
        ("license: x\nbase_model: !!python/name:os.system y\n", ["x"], "base_model"),
        ("license: [\nlicense_name: y\n", [], "license"),
        ("- [\nlicense: x\n", ["x"], "lines without a key"),
        ("license: x\nbase_model: a\0b\n", ["x"], "base_model"),
    ],
)
def test_a_broken_key_takes_no_other_along(facts, front, kept, lost):
    found = facts({"README.md": card(front)})
    assert said(found, "license") == kept
    assert reasons(found)["README.md"].endswith(f"lost in it: {lost}")
    assert gating(found) == {"README.md"}
    assert found.named("problem")
    assert found.texts[0].text == "# Words\n"


def test_a_broken_key_that_is_not_read_is_a_problem_only(facts):
    found = facts({"README.md": card('widget:\n- text: "a": b\nlicense: x\n')})
    assert said(found, "license") == ["x"]
    assert found.named("problem")
    assert not gating(found)


def test_more_keys_than_are_tried_may_hide_one(facts):
    front = "a: [\n" + "".join(f"k{number}: v\n" for number in range(2_100)) + "license: [\n"
    found = facts({"README.md": card(front)})
    assert "lines without a key" in reasons(found)["README.md"]


def test_front_matter_that_is_never_closed(facts):
    found = facts({"README.md": "---\nlicense: x\nbase_model: a/b\n\n# Words\n"})
    assert said(found, "license", "base_model") == ["x", "a/b"]
    assert "never closed" in said(found, "problem")[0]
    assert (found.texts[0].text, found.texts[0].first_line) == ("\n# Words\n", 4)


def test_a_list_is_no_front_matter_and_says_so(facts):
    found = facts({"README.md": "---\n- license\n- x\n---\nWords\n"})
    assert "no mapping" in reasons(found)["README.md"]


@pytest.mark.parametrize(
    "text",
    [
        "# Words\nlicense: x\n",
        "---\nA sentence between rules.\n---\nWords\n",
        "---\n\nWords: none\n\nMore\n",
        "Words",
    ],
)
def test_without_front_matter_all_is_body(facts, text):
    found = facts({"README.md": text})
    assert not found.readings
    assert (found.texts[0].text, found.texts[0].first_line) == (text, 1)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(facts, newline):
    text = "\n---\nlanguage: \N{LINE SEPARATOR}en\nlicense: x\n---\n\nBody\n".replace("\n", newline)
    found = facts({"README.md": text.encode()})
    assert found.named("license")[0].evidence.lines == (4, 4)
    assert (found.texts[0].first_line, found.texts[0].text) == (6, f"{newline}Body{newline}")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(facts, encoding):
    text = card("license: x\n", "Caf\xe9 and more words to read\n")
    found = facts({"README.md": text.encode(encoding)})
    assert said(found, "license") == ["x"]
    assert "Caf\xe9" in found.texts[0].text


def test_a_long_prompt_is_a_text_on_its_own_lines(facts):
    lines = "".join(f"  {line}.\n" for line in TERMS.split(". "))
    found = facts(
        {"README.md": card(f"license: x\nextra_gated_prompt: |-\n{lines}\n  The end.\ntags: [a]\n")}
    )
    prompt, body = found.texts
    assert (prompt.source, prompt.first_line) == (Source.GATE, 4)
    assert prompt.text.splitlines()[0] == "You agree to these words before you take the files."
    assert prompt.text.splitlines()[-1] == "The end."
    assert body.text == "# Words\n"
    assert found.named("extra_gated_prompt")[0].evidence.lines == (3, 26)


def test_a_long_quoted_prompt_is_a_text(facts):
    found = facts({"README.md": card(f'license: x\nextra_gated_prompt: "{TERMS}"\n')})
    assert (found.texts[0].text, found.texts[0].first_line) == (TERMS, 3)
    assert found.named("extra_gated_prompt")[0].evidence.quote.startswith("You agree")


def test_the_head_of_a_huge_card_is_read_and_the_rest_named(facts, release_of):
    release = release_of({"README.md": card("license: x\n")})
    path = f"{release.root}/README.md"
    with open(path, "r+b") as handle:  # noqa: PTH123  to grow it in place
        handle.seek(0, 2)
        handle.write(b"words\n")
        handle.truncate(200_000_000)
    found = scanner.read.read(release)
    assert said(found, "license") == ["x"]
    assert reasons(found)["README.md"] == "only the first 4,000,000 of 200,000,000 bytes were read"
    with open(path, "rb") as handle:  # noqa: PTH123
        assert found.named("license")[0].evidence.sha256 == hashlib.file_digest(handle, "sha256").hexdigest()


def test_nul_bytes_are_a_problem_and_the_rest_is_read(facts):
    found = facts({"README.md": card("license: x\n", "\0\0\0 Words\n")})
    assert said(found, "license", "problem") == ["x", "the file holds 3 NUL characters"]
    assert "Words" in found.texts[0].text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 words", "is a PDF"),
        (b"\x7fELF\0\1\2\3" * 20, "is no text"),
        (b"PK\x03\x04", "zip container"),
    ],
)
def test_a_card_that_is_no_text(facts, data, reason):
    found = facts({"README.md": data})
    assert reason in reasons(found)["README.md"]
    assert not found.texts


def test_several_cards_are_all_read(facts):
    cards = ("README.md", "MODEL_CARD.md", "README_zh.md", "Example-model-card.md", "README.rst")
    found = facts({name: card(f"license: {number}\n") for number, name in enumerate(cards)})
    assert sorted(said(found, "license")) == ["0", "1", "2", "3", "4"]
    assert {text.path for text in found.texts} == set(cards)


def test_a_card_in_a_folder_speaks_of_that_folder(facts):
    found = facts(
        {
            "model_index.json": "{}",
            "README.md": card("license: x\n"),
            "vae/model.safetensors": b"\x08\0\0\0\0\0\0\0{}      ",
            "vae/README.md": card("license: y\n"),
            "docs/README.md": card("license: z\n"),
        }
    )
    assert said(found, "license") == ["x", "y"]
    assert [text.path for text in found.texts] == ["README.md"]
    assert "no weights lie there" in reasons(found)["docs/README.md"]
    assert not gating(found)


def test_long_lists_are_bounded_and_it_is_said(facts):
    found = facts({"README.md": card("tags:\n" + "- a\n" * 1_200)})
    assert len(said(found, "tags")) == 1_000
    assert "more than 1,000 entries" in said(found, "problem")[0]


@given(
    st.text("-\n\r: []{}&*'\"|>#\tlicensebodyx\u2028", max_size=200),
    st.sampled_from(["", "---\n", "---\nlicense: x\n"]),
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_card_is_read(tmp_path, text, start):
    (tmp_path / "README.md").write_bytes((start + text).encode())
    found = read_card(open_page(tmp_path, "README.md", 10_000))
    count = len((start + text).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for reading in found.readings:
        first, last = reading.evidence.lines or (1, 1)
        assert 1 <= first <= last <= count
    for one in found.texts:
        assert 1 <= one.first_line <= count
