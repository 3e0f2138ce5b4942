# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as a Markdown report: everything, for a file or a wiki."""

from scanner.model.gate import CheckReport
from scanner.render.check_markdown import parts
from scanner.render.markdown import page


def render_check_md(report: CheckReport) -> str:
    """Return a check as Markdown."""
    return page(parts(report, folded=False))
