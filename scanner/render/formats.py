# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one list of formats: the ending of an output's name chooses from it."""

from collections.abc import Callable
from functools import partial

from scanner.model.report import Report
from scanner.render.csv import render_csv
from scanner.render.cyclonedx import render_cyclonedx, render_cyclonedx_17
from scanner.render.html import render_html
from scanner.render.json import render_json
from scanner.render.junit import render_junit
from scanner.render.md import render_md
from scanner.render.openness import render_mof
from scanner.render.sarif import render_sarif
from scanner.render.spdx import render_spdx
from scanner.render.spdx3 import render_spdx3
from scanner.render.text import render_plain_text
from scanner.render.xlsx import render_xlsx, require_xlsx

FORMATS: dict[str, Callable[[Report], str | bytes]] = {
    "html": render_html,
    "json": render_json,
    "txt": render_plain_text,
    "md": render_md,
    "csv": render_csv,
    "obligations.csv": partial(render_csv, table="obligations"),
    "restrictions.csv": partial(render_csv, table="restrictions"),
    "findings.csv": partial(render_csv, table="findings"),
    "files.csv": partial(render_csv, table="files"),
    "xlsx": render_xlsx,
    "sarif": render_sarif,
    "junit.xml": render_junit,
    "mof.yml": render_mof,
    "cdx.json": render_cyclonedx,
    "cdx17.json": render_cyclonedx_17,
    "spdx.json": render_spdx,
    "spdx3.json": render_spdx3,
}
"""Ending of the output's name, without the dot, to the function that renders it."""

NEEDS: dict[str, Callable[[], None]] = {"xlsx": require_xlsx}
"""What is asked before a scan, so that none is made in vain: whether an optional extra is there."""
