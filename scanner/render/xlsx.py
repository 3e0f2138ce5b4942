# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report as a workbook with a sheet for each table, as the optional extra ``xlsx``.

XlsxWriter only writes: there is no reader of foreign workbooks in it, it depends on nothing, and the same
tables give the same bytes. Every cell is written as a string, whatever it looks like.
"""

import io
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from scanner.errors import UsageError
from scanner.model.report import DISCLAIMER, Report
from scanner.render.tables import Table, tables
from scanner.render.words import opening
from scanner.sanitize import one_line

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

CELL_LIMIT = 32_000
"""Characters of a cell; the format takes 32,767."""

ROW_LIMIT = 1_000_000
"""Rows of a sheet; the format takes 1,048,576."""

_WIDE = 60
_NARROW = 10
"""Columns of characters that a column has at most and at least."""

_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def require_xlsx() -> None:
    """Refuse early where the extra is not installed.

    Raises:
        UsageError: it is not.
    """
    if find_spec("xlsxwriter") is None:
        advice = "pip install 'modelscan-audit[xlsx]', or write .csv"
        raise UsageError("workbooks need the extra xlsx, which is not installed", advice=advice)


def render_xlsx(report: Report) -> bytes:
    """Return a report as a workbook.

    Raises:
        UsageError: the extra is not installed.
    """
    require_xlsx()
    from xlsxwriter.workbook import Workbook

    data = io.BytesIO()
    with Workbook(data, _PLAIN) as book:
        made = datetime.fromisoformat(f"{report.as_of}T00:00:00")
        book.set_properties({"title": "Model licence audit", "subject": opening(report), "created": made})
        looks = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        for table in tables(report):
            _sheet(book, table, *looks)
    return data.getvalue()


def _sheet(book: "Workbook", table: Table, head: "Format", body: "Format") -> None:
    sheet = book.add_worksheet(table.title)
    rows = [table.columns, *table.rows[:ROW_LIMIT]]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, one_line(text, CELL_LIMIT), body if number else head)
    if len(table.rows) > ROW_LIMIT:
        left = f"{len(table.rows) - ROW_LIMIT:,} rows are left out; the CSV has all of them."
        sheet.write_string(len(rows), 0, left)
    for column, name in enumerate(table.columns):
        longest = max((len(row[column]) for row in table.rows[:1_000]), default=0)
        sheet.set_column(column, column, min(max(longest, len(name) + 2, _NARROW), _WIDE))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows) - 1, len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{DISCLAIMER}&RPage &P of &N")
