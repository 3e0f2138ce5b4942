# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one list of formats of a check: the ending of an output's name chooses from it."""

from collections.abc import Callable

from scanner.model.gate import CheckReport
from scanner.render.check_codequality import render_check_codequality
from scanner.render.check_comment import render_check_comment
from scanner.render.check_github import render_check_github
from scanner.render.check_json import render_check_json
from scanner.render.check_junit import render_check_junit
from scanner.render.check_md import render_check_md
from scanner.render.check_sarif import render_check_sarif
from scanner.render.check_summary import render_check_summary
from scanner.render.check_text import render_check_text

CHECK_FORMATS: dict[str, Callable[[CheckReport], str]] = {
    "txt": render_check_text,
    "json": render_check_json,
    "sarif": render_check_sarif,
    "github": render_check_github,
    "summary.md": render_check_summary,
    "comment.md": render_check_comment,
    "codequality.json": render_check_codequality,
    "junit.xml": render_check_junit,
    "md": render_check_md,
}
"""Ending of the output's name, without the dot, to the function that renders it."""
