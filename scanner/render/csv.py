# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report as CSV (RFC 4180, UTF-8 without a mark): one table for each file, one thing for each row.

``NAME.csv`` has a row for each release, the inventory that people file; the other tables have names of
their own, since a file that mixes them can neither be sorted nor summed. Each row ends with what every
output says first and last, so that it still says it in another sheet.
"""

import csv
import io

from scanner.model.report import DISCLAIMER, Report
from scanner.render.tables import TABLES, cell
from scanner.render.words import opening


def render_csv(report: Report, table: str = "releases") -> str:
    """Return one table of a report, every cell in quotation marks."""
    found = TABLES[table](report)
    ending = {"as_of": report.as_of, "statement": opening(report), "disclaimer": DISCLAIMER}
    said = tuple(map(cell, ending.values()))
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow((*found.columns, *ending))
    writer.writerows((*row, *said) for row in found.rows)
    return text.getvalue()
