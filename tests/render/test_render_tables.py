# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Spreadsheets: a row for each thing, and no cell that a spreadsheet runs."""

import csv
import io

import pytest
import sample_report
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import UsageError
from scanner.model.finding import Outcome
from scanner.render.csv import render_csv
from scanner.render.formats import FORMATS
from scanner.render.tables import TABLES, cell, tables
from scanner.render.xlsx import CELL_LIMIT, render_xlsx

STARTS = ("=", "+", "-", "@", " =", "\t=", "\r=", "\n=", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufeff=")


def rows(report, table="releases"):
    return list(csv.DictReader(io.StringIO(render_csv(report, table), newline="")))


@pytest.fixture
def workbook():
    """Write a workbook and read it back with another library."""
    pytest.importorskip("xlsxwriter", reason="the extra xlsx is not installed")
    openpyxl = pytest.importorskip("openpyxl", reason="the second opinion on workbooks is not installed")

    def read(report):
        return openpyxl.load_workbook(io.BytesIO(render_xlsx(report)), rich_text=False)

    return read


def test_a_row_for_each_release_with_what_decides_about_it():
    report = sample_report.rich()
    found = rows(report)
    assert [row["path"] for row in found] == [release.path for release in report.releases]
    blocked = next(row for row in found if row["verdict"] == "blocked")
    assert blocked["license"] == "LicenseRef-acme-permissive-1"
    assert blocked["effective"] == "acme-permissive-1; acme-community-1 by way of acme/base (may bind)"
    assert blocked["verdicts"] == "hosted: blocked; internal: blocked"
    assert (blocked["obligations"], blocked["obligations_unknown"]) == ("2", "2")
    assert blocked["statement"].startswith("For 2 use cases")
    assert blocked["disclaimer"] == "Indications for counsel, not legal advice."


def test_the_other_tables_have_a_row_for_each_thing():
    report = sample_report.rich()
    every = report.releases
    assert len(rows(report, "obligations")) == sum(len(one.obligations) for one in every)
    assert len(rows(report, "restrictions")) == sum(len(one.restrictions) for one in every)
    told = [one for release in every for one in release.findings if one.outcome is not Outcome.PASS]
    assert [row["fingerprint"] for row in rows(report, "findings")] == [one.fingerprint for one in told]
    files = rows(report, "files")
    assert len(files) == sum(len(one.files) for one in every)
    assert {row["unread"] for row in files if row["path"] == "weights.bin"} == {
        "a pickle is never opened",
        "",
    }


@pytest.mark.parametrize("start", STARTS)
def test_a_formula_is_a_text(start):
    assert cell(f'{start}cmd|" /C calc"!A0').startswith("'")


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula_or_breaks_its_line(text):
    found = cell(text)
    assert not found.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b"))
    assert not set(found) & set("\r\n\t\0\x1b")


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_is_guarded_quoted_and_in_its_column(table):
    text = render_csv(sample_report.hostile(), table)
    text.encode()
    assert all(line.startswith('"') for line in text.splitlines())
    (head, *found) = csv.reader(io.StringIO(text, newline=""))
    assert {len(row) for row in found} <= {len(head)}
    assert [value for row in found for value in row if value != cell(value) and value[0] != "'"] == []


def test_a_hostile_workbook_holds_texts_alone(workbook):
    report = sample_report.hostile()
    book = workbook(report)
    for table in tables(report):
        sheet = book[table.title]
        found = [[one.value or "" for one in row] for row in sheet.iter_rows()]
        assert found == [list(table.columns), *map(list, table.rows)]
        assert {one.data_type for row in sheet.iter_rows() for one in row if one.value} == {"s"}
        assert not any(one.hyperlink for row in sheet.iter_rows() for one in row)
    assert book.sheetnames == ["About", "Releases", "Obligations", "Restrictions", "Findings", "Files"]


def test_escapes_of_the_format_and_long_cells_stay_texts(workbook):
    words = "_x000D_ " + "w" * 40_000
    release = sample_report.release(0, sample_report.VerdictWord.REVIEW, (), name=words)
    value = workbook(sample_report.report(release))["Releases"]["B2"].value
    assert value == words[: CELL_LIMIT - 1] + "…"


def test_the_same_report_gives_the_same_workbook(workbook):
    report = sample_report.rich()
    assert render_xlsx(report) == render_xlsx(report)
    assert str(workbook(report).properties.created) == "2026-01-31 00:00:00"


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("scanner.render.xlsx.find_spec", lambda _: None)
    with pytest.raises(UsageError) as error:
        FORMATS["xlsx"](sample_report.single())
    assert "modelscan-audit[xlsx]" in error.value.advice
