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


def header_terms(facts):
    return [
        (reading.value, reading.evidence.lines, reading.evidence.quote)
        for reading in facts.named("header-terms")
    ]


@pytest.mark.parametrize(
    ("head", "value", "line"),
    [
        ("# Copyright A\n# All rights reserved. For non-commercial research use only.\n", "restricted", 2),
        ("# Licensed under the Creative Commons Attribution-NonCommercial 4.0 license.\n", "restricted", 1),
        ("import os\n\n/*\n * for research purposes only\n */\n", "restricted", 4),
        ('"""A model.\n\nLicence: CC-BY-NC-4.0\n"""\n', "restricted", 3),
        ("// May be used only for academic\n// work\n", "restricted", 1),
        ("# For research use\n# only.\n", "restricted", 1),
        ('{"source": [\n  "# For research use only\\n"]}\n', "restricted", 2),
        ("# (c) Acme. All rights reserved.\n", "reserved", 1),
        ("# x\n# Proprietary and confidential\n", "reserved", 2),
        ("# All rights\n# reserved.\nx = 1\n", "reserved", 1),
    ],
)
def test_words_of_a_header_that_restrict_are_read(facts, head, value, line):
    found = header_terms(facts({"modeling_a.py": head}))
    assert [(one, lines) for one, lines, _ in found] == [(value, (line, line))]
    assert found[0][2] == head.splitlines()[line - 1].strip()


@pytest.mark.parametrize(
    "head",
    [
        "# Copyright A. All rights reserved.\n#\n# Licensed under the Apache License, Version 2.0\n",
        f"# Copyright A. All rights reserved.\n# {TAG}: MIT\n",
        "# All rights reserved.\n# This source code is licensed under the terms in the LICENSE file.\n",
        "# Copyright A. All rights reserved.\n# Redistribution and use in source and binary forms\n",
        "# For commercial and non-commercial use.\n",
        'x = "for research use only"\n',
        "print('all rights reserved')\n",
        "# A research tool; the only one.\n",
        "x = 1\n" * 200 + "# for research use only\n",
    ],
)
def test_words_that_restrict_nothing_are_not(facts, head):
    assert not header_terms(facts({"modeling_a.py": head}))
