# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Licence identifiers in the heads of source files."""

import pytest

from scanner.model.reading import Source

TAG = "SPDX-License-Identifier"


def identifiers(facts):
    return [(reading.evidence.path, reading.evidence.lines, reading.value) for reading in facts.named(TAG)]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.py", f"# {TAG}: MIT\n"),
        ("a.c", f"/* {TAG}: MIT */\n"),
        ("a.h", f"/*\n * {TAG}: MIT\n */\n"),
        ("a.cpp", f"// {TAG}: MIT\r\n"),
        ("a.sh", f"#!/bin/sh\n#\t{TAG.lower()}:MIT\n"),
        ("a.js", f"/*! {TAG}: MIT */\n"),
        ("a.jl", f"#= {TAG}: MIT\n"),
        ("a.ipynb", f'{{"cells": [{{"source": [\n    "# {TAG}: MIT\\n",\n    "x"]}}]}}\n'),
    ],
)
def test_an_identifier_is_read_in_every_kind_of_comment(facts, name, head):
    found = facts({name: head})
    assert [value for _, _, value in identifiers(found)] == ["MIT"]
    assert {reading.source for reading in found.named(TAG)} == {Source.CODE}


def test_an_expression_is_kept_as_it_stands(facts):
    found = facts({"a.py": f"x = 1\n# {TAG}: Apache-2.0 WITH LLVM-exception OR MIT\n"})
    assert identifiers(found) == [("a.py", (2, 2), "Apache-2.0 WITH LLVM-exception OR MIT")]


@pytest.mark.parametrize(
    "line", [f'print("see {TAG}: MIT")', f"tag = '{TAG}: MIT'", f"# the line {TAG}: MIT is wanted"]
)
def test_a_line_that_speaks_of_the_tag_has_none(facts, line):
    assert not identifiers(facts({"a.py": line + "\n"}))


def test_only_the_head_is_read(facts):
    assert not identifiers(facts({"a.py": "x = 1\n" * 4_000 + f"# {TAG}: MIT\n"}))


def test_many_files_that_say_the_same_are_named_by_a_few(facts):
    found = facts(
        {f"f{number:02}.py": f"# {TAG}: MIT\n" for number in range(20)} | {"z.py": f"# {TAG}: ISC\n"}
    )
    assert len(identifiers(found)) == 6
    assert identifiers(found)[-1] == ("z.py", (1, 1), "ISC")


def test_files_beyond_the_bound_are_said_and_need_nobody(facts, monkeypatch):
    monkeypatch.setattr("scanner.read.MAX_CODE", 2)
    found = facts({f"f{number}.py": f"# {TAG}: MIT\n" for number in range(5)})
    (unread,) = found.unread
    assert (unread.path, unread.matters) == ("f2.py", False)
    assert "2 other source files" in unread.reason


def test_what_is_no_text_says_nothing(facts):
    assert not facts({"a.py": b"\0\1\2" * 500}).readings
