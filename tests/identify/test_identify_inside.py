# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Licences inside other files, and files that are none: where each stands and what is left over."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import scanner.identify
from scanner.cli import main
from scanner.data import folder
from scanner.identify import identify
from scanner.model.reading import How

HARBOUR = (Path(__file__).parent / "texts/harbour-1.0.txt").read_text()
ORCHARD = (Path(__file__).parent / "texts/orchard.txt").read_text()


def indented(text, by="  "):
    return "".join(by + line for line in text.splitlines(keepends=True))


def test_a_text_in_the_gated_prompt_of_a_card(index):
    head, tail = "---\nlicense: other\nextra_gated_prompt: |\n", "\nextra_gated_fields:\n  Name: text\n---\n"
    card = head + indented(ORCHARD) + tail
    found = identify(card, index)
    assert found.stated == ("orchard",)
    assert found.matches[0].lines[0] == 5  # the text begins with a blank line


def test_a_carve_out_after_a_licence_makes_it_another(index):
    carved = ORCHARD + "\nThis licence does not apply to the folder weights, whose terms are others.\n"
    found = identify(carved, index)
    assert found.stated == ()
    assert found.matches[0].key == "orchard"
    assert [edit.lines for edit in found.matches[0].edits if edit.meaning == "meaningful"] == [(9, 9)]


def test_two_licences_and_terms_that_are_not_known(index):
    middle = "\n\n# Terms of the quay\n\nNobody may moor here without the permission of the keeper.\n\n"
    found = identify(HARBOUR + middle + ORCHARD, index)
    assert {match.key for match in found.matches} == {"harbour-1.0", "orchard"}
    assert found.stated == ()
    assert found.leftover


def test_an_excerpt_states_nothing_and_says_how_much_is_there(index):
    sentences = HARBOUR.split(". ")
    found = identify(". ".join(sentences[len(sentences) // 3 : 2 * len(sentences) // 3]), index)
    assert found.stated == ()
    assert all(match.how in {How.PARTIAL, How.CLOSEST} for match in found.matches)
    assert all(match.coverage < 0.8 for match in found.matches)


@pytest.fixture
def call(tmp_path):
    """Identify bytes by the command; give its exit code and answer."""

    def run(data: bytes, *arguments: str):
        path = tmp_path / "LICENSE"
        path.write_bytes(data)
        result = CliRunner().invoke(main, ["identify", str(path), "-f", "json", *arguments])
        return result.exit_code, json.loads(result.stdout)[0]

    return run


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"", "there are no words in it"),
        (bytes(range(256)) * 40, "this is no text"),
        (b"\xff\xfe\xfa not any encoding \x81\x8d", "no known licence text is near this one"),
        (b"word " * 2_000_000, "only the first"),
        (b"may not " * 6_500_000, "only the first"),
    ],
    ids=["empty", "binary", "invalid UTF-8", "one line of 10 MB", "52 MB"],
)
def test_what_is_no_licence_is_answered(call, data, note):
    code, answer = call(data)
    assert code == 0
    assert answer["stated"] == []
    assert note in answer["note"]


def test_more_than_is_read_of_one_file_is_refused(tmp_path):
    path = tmp_path / "LICENSE"
    with path.open("wb") as handle:
        handle.truncate(65_000_000)
    result = CliRunner().invoke(main, ["identify", str(path)])
    assert result.exit_code == 3
    assert "was not read" in result.stderr


@pytest.mark.parametrize("cut", [0, 10, 1_000, 7_000_000])
def test_a_truncated_index_is_refused(tmp_path, monkeypatch, cut):
    (tmp_path / "index.bin").write_bytes((folder("licenses") / "index.bin").read_bytes()[:cut])
    monkeypatch.setattr("scanner.data.folder", lambda _: tmp_path)
    (tmp_path / "LICENSE").write_text("a text")
    result = CliRunner().invoke(main, ["identify", str(tmp_path / "LICENSE")])
    assert result.exit_code == 3
    assert "index of licence texts" in result.stderr


@pytest.mark.corpus
def test_the_answer_has_what_was_read_from_the_text(call, corpus):
    text = (corpus / "licences/llama-3.1.txt").read_bytes()
    _, answer = call(text)
    assert answer["stated"] == ["llama-3.1"]
    (threshold,) = (one for one in answer["clauses"] if one["kind"] == "user_threshold")
    assert (threshold["value"], threshold["lines"]) == (700_000_000, [32, 32])
    _, changed = call(
        text.replace(b"700 million", b"100 million"), "--reference-texts", str(corpus / "licences")
    )
    assert changed["stated"] == []
    (edit,) = (one for one in changed["matches"][0]["edits"] if one["meaning"] == "meaningful")
    assert (edit["lines"], edit["words"], edit["missing"]) == ([32, 32], "100", "700")
    assert "700,000,000" in changed["alarms"][0]["message"]


@pytest.mark.corpus
def test_the_redline_shows_what_came_and_what_went(tmp_path, corpus):
    text = (corpus / "licences/llama-3.1.txt").read_text()
    path = tmp_path / "LICENSE"
    path.write_text(text.replace("700 million", "100 million"))
    arguments = ["identify", str(path), "--reference-texts", str(corpus / "licences")]
    plain = CliRunner().invoke(main, arguments, env={"NO_COLOR": "1"}).stdout
    assert "[-700-]{+100+}" in plain
    colored = CliRunner().invoke(main, arguments, env={"FORCE_COLOR": "1", "NO_COLOR": ""}).stdout
    assert "\x1b[31m[-700-]\x1b[0m\x1b[32m{+100+}\x1b[0m" in colored


def test_the_room_itself_can_be_called():
    assert scanner.identify("nothing that anybody ever licensed").stated == ()


def test_a_text_of_a_million_empty_lines_is_read(index):
    found = identify("\n" * 1_000_000 + "MIT" + "\n" * 1_000_000, index)
    assert not found.stated


def test_hundreds_of_licences_in_one_file_are_bounded_and_the_rest_is_said(index):
    """What was not compared any more is a rest, and never passes as recognised."""
    found = identify(HARBOUR * 400, index)
    assert "other terms that are not recognised" in found.note
