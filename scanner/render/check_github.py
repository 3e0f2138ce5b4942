# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A check as workflow commands: annotations on the lines of a pull request.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest in silence, so what matters
comes first and the last line tells how many are left out. See
https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from collections.abc import Iterable, Iterator

from scanner.model.finding import Severity
from scanner.model.gate import CheckReport, GateFinding
from scanner.render.check_places import first_place, path_from_top
from scanner.render.check_text import headline, place_words
from scanner.sanitize import no_order, one_line

LIMIT = 10
"""Annotations of each kind; of notices one is kept for the last line."""

WORDS = 2_000
"""Characters of a message."""


def render_check_github(report: CheckReport) -> str:
    """Return a check as lines for the log of a workflow; what is accepted or was there before is no news."""
    news = [one for one in report.findings if one.introduced and not one.accepted]
    shown = list(_shown(sorted(news, key=_order)))
    lines = [no_order(one_line(headline(report))), *(_command(report, one) for one in shown)]
    more = len(news) - len(shown)
    if more:
        lines.append(f"::notice title=modelscan::+{more} more in the summary")
    return "\n".join(lines) + "\n"


def _shown(findings: Iterable[GateFinding]) -> Iterator[GateFinding]:
    left = {"error": LIMIT, "warning": LIMIT, "notice": LIMIT - 1}
    for one in findings:
        left[_kind(one)] -= 1
        if left[_kind(one)] >= 0:
            yield one


def _order(one: GateFinding) -> tuple[bool, int]:
    return not one.gates, list(Severity).index(one.severity)


def _kind(one: GateFinding) -> str:
    """Return the kind of annotation; what fails nothing is a notice, however severe it would be elsewhere."""
    return "notice" if not one.gates or one.severity is Severity.NOTE else one.severity.value


def _command(report: CheckReport, one: GateFinding) -> str:
    place = first_place(one)
    values = {"title": f"modelscan {one.rule}", "file": path_from_top(report, place.path)}
    if place.line is not None and place.cell is None:
        values["line"] = str(place.line)
        values["col"] = str(place.column or 1)
    message = f"{one_line(one.message, WORDS)}\nat {place_words(one) or place.path}\nfix: {one.how_to_fix}"
    inside = ",".join(f"{name}={_property(value)}" for name, value in values.items())
    return f"::{_kind(one)} {inside}::{_data(message)}"


def _data(text: str) -> str:
    """Return words as the message of a command: lines stay lines, nothing else is read as an order."""
    clean = "\n".join(no_order(one_line(line, WORDS)) for line in text.split("\n"))
    return clean.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
