# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as a job summary on GitHub (``$GITHUB_STEP_SUMMARY``)."""

from scanner.model.gate import CheckReport
from scanner.render.check_markdown import parts
from scanner.render.markdown import page

LIMIT = 1_000_000
"""Bytes. GitHub drops a step's summary whole when it is longer than 1 MiB; other steps' words stand in a
summary of their own."""


def render_check_summary(report: CheckReport) -> str:
    """Return a check as a job summary, cut at whole lines."""
    return page(parts(report, folded=False), LIMIT)
