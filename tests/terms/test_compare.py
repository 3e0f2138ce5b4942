# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Two licences, clause by clause."""

import json

import pytest
from click.testing import CliRunner

from scanner.catalog import load_catalogue
from scanner.cli import main
from scanner.model.license import CLAUSE_KINDS
from scanner.terms.compare import _TELLING, compare

RECORDS = load_catalogue().licenses


def rows(left, right):
    return {row.kind: row for row in compare(RECORDS[left], RECORDS[right]).rows}


def test_the_month_of_the_threshold_is_what_differs_between_two_versions():
    row = rows("llama-3", "llama-3.1")["user_threshold"]
    assert [(one.field, one.left, one.right) for one in row.differences] == [
        ("measured_month", "2024-03", "2024-06")
    ]


def test_what_one_has_alone_is_said():
    row = rows("apache-2.0", "mit")["state_changes"]
    assert (row.state, row.left_sections, row.right_sections) == ("left only", ("4(b)",), ())
    assert row.left_says == ("say in changed files, where it is seen, that they were changed",)


def test_every_clause_says_something_where_the_record_does():
    for key, record in RECORDS.items():
        for kind in CLAUSE_KINDS:
            told = rows(key, key)[kind].left_says
            assert len(told) == sum(
                any(getattr(clause, name, None) for name in _TELLING) for clause in record.clauses(kind) or ()
            )


def test_what_was_not_read_is_not_called_the_same():
    assert {row.state for row in rows("grok-2-community", "mit").values()} == {"not read"}


@pytest.mark.parametrize("key", [key for key, record in RECORDS.items() if record.read])
def test_a_licence_is_the_same_as_itself(key):
    assert {row.state for row in rows(key, key).values()} <= {"same", "in neither", "not read"}
    assert [row.kind for row in compare(RECORDS[key], RECORDS[key]).rows] == list(CLAUSE_KINDS)


def test_the_two_sides_are_alike():
    swap = {"left only": "right only", "right only": "left only"}
    there, back = rows("gemma-2024-04-01", "mit"), rows("mit", "gemma-2024-04-01")
    assert {kind: swap.get(row.state, row.state) for kind, row in there.items()} == {
        kind: row.state for kind, row in back.items()
    }


def test_the_command():
    text = CliRunner().invoke(main, ["licenses", "compare", "LLAMA-3", "llama-3.1"]).stdout
    assert "measured month: 2024-03 | 2024-06" in text
    assert "llama3_1/use-policy" in text  # an address is not reworded
    assert "The same in both: rights" in text
    whole = CliRunner().invoke(main, ["licenses", "compare", "mit", "mit", "--all"]).stdout
    assert "rights: same" in whole
    data = json.loads(CliRunner().invoke(main, ["licenses", "compare", "mit", "isc", "-f", "json"]).stdout)
    assert {"left", "right", "rows"} == set(data)


def test_versions_of_one_family_are_compared_in_our_words_too():
    found = rows("gemma-2024-04-01", "gemma-2025-03-24")
    assert found["rights"].state == "differs"
    assert [one.field for one in found["rights"].differences] == ["covers"]
    assert found["commercial_use"].state == "same"
