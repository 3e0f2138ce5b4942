# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one list of formats of a check: the ending of an output's name chooses from it."""

from collections.abc import Callable

from scanner.model.gate import CheckReport
from scanner.render.check_json import render_check_json
from scanner.render.check_text import render_check_text

CHECK_FORMATS: dict[str, Callable[[CheckReport], str]] = {
    "txt": render_check_text,
    "json": render_check_json,
}
"""Ending of the output's name, without the dot, to the function that renders it."""
