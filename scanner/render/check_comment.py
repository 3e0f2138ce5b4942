# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as the one comment on a pull request that is written again on every run."""

from collections.abc import Iterator

from scanner.model.gate import CheckReport
from scanner.render.check_markdown import findings, opening, parts
from scanner.render.markdown import Section, page

MARKER = "<!-- modelscan-check -->"
"""First line, by which the comment is found again."""

LIMIT = 65_536
"""Characters that GitHub takes; counted in bytes here, which are never fewer."""

_SHORT_ROWS, _SHORT_WORDS = 20, 200
_TOO_LONG = (
    "The check has more to say than a comment holds: the job summary and the JSON report have all of it."
)


def render_check_comment(report: CheckReport) -> str:
    """Return a check as a comment; where it would be too long, the result and what fails first."""
    whole = page((_marker(), *parts(report, folded=True)))
    if len(whole.encode("utf-8")) <= LIMIT:
        return whole
    return page((_marker(), *_short(report)), LIMIT)


def _short(report: CheckReport) -> Iterator[Section]:
    yield opening(report)
    yield Section(head=(_TOO_LONG, ""), foot=())
    failing = [one for one in report.findings if one.gates]
    if failing:
        yield findings(f"First of {len(failing):,} that fail", failing[:_SHORT_ROWS], words=_SHORT_WORDS)


def _marker() -> Section:
    return Section(head=(MARKER,), foot=())
