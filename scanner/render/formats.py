# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one list of formats: the ending of an output's name chooses from it."""

from collections.abc import Callable

from scanner.model.report import Report
from scanner.render.cyclonedx import render_cyclonedx, render_cyclonedx_17
from scanner.render.html import render_html
from scanner.render.json import render_json
from scanner.render.openness import render_mof
from scanner.render.spdx import render_spdx
from scanner.render.spdx3 import render_spdx3
from scanner.render.text import render_plain_text

FORMATS: dict[str, Callable[[Report], str]] = {
    "html": render_html,
    "json": render_json,
    "txt": render_plain_text,
    "mof.yml": render_mof,
    "cdx.json": render_cyclonedx,
    "cdx17.json": render_cyclonedx_17,
    "spdx.json": render_spdx,
    "spdx3.json": render_spdx3,
}
"""Ending of the output's name, without the dot, to the function that renders it."""
