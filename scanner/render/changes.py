# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The difference of two reports as text and as Markdown: for a terminal, and for a comment on a change."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import fill

from scanner.model.change import Change, ChangeKind, Difference
from scanner.model.report import DISCLAIMER
from scanner.render.markdown import plain
from scanner.sanitize import one_line

_SAID: dict[ChangeKind, str] = {
    ChangeKind.ADDED: "added: {after}, under {what}",
    ChangeKind.REMOVED: "removed; it was under {before}",
    ChangeKind.VERDICT: "verdict: {before}, now {after}",
    ChangeKind.LICENSE: "licence of the weights: {before}, now {after}",
    ChangeKind.TERMS_ADDED: "binds or may bind now: {what}",
    ChangeKind.TERMS_REMOVED: "binds no more: {what}",
    ChangeKind.DUTY_ADDED: "new duty or limit: {what}",
    ChangeKind.DUTY_REMOVED: "no duty or limit any more: {what}",
    ChangeKind.OPENNESS: "openness, {what}: {before}, now {after}",
    ChangeKind.REVISION: "revision: {before}, now {after}",
    ChangeKind.SIGNOFF: "sign-off: {before}, now {after}",
    ChangeKind.MOVED: "named in other places: {before}, now {after}",
    ChangeKind.FINDING_ADDED: "new finding: {what}",
    ChangeKind.FINDING_REMOVED: "no finding any more: {what}",
}
"""What a reader is told of each kind of change."""


def render_changes(found: Difference, *, width: int) -> str:
    """Return the differences as text, release by release."""
    lines = [opening(found)]
    for release, changes in groupby(found.changes, key=lambda one: one.release):
        lines += ["", one_line(release)]
        for change in changes:
            lines += [
                fill(text, width, initial_indent=indent, subsequent_indent="    ", break_long_words=False)
                for indent, text in _told(change)
            ]
    return "\n".join([*lines, "", f"{DISCLAIMER}\n"])


def render_changes_md(found: Difference) -> str:
    """Return the differences as Markdown in which no stranger's word is markup."""
    lines = [f"**{opening(found)}**"]
    for release, changes in groupby(found.changes, key=lambda one: one.release):
        lines += ["", f"### {plain(release)}", ""]
        lines += [f"{indent}{plain(text)}" for change in changes for indent, text in _told(change)]
    return "\n".join([*lines, "", f"_{DISCLAIMER}_\n"])


def change_items(changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """Yield changes as lines of text, each with its indent and the model that it is of."""
    for change in changes:
        for indent, text in _told(change):
            yield indent, f"{one_line(change.release)}: {text}" if indent == "- " else text


def opening(found: Difference) -> str:
    """Return the first sentence: how much changed, and whether our own knowledge did."""
    releases = len({change.release for change in found.changes})
    what = f"{len(found.changes):,} changes in {releases:,} releases" if found.changes else "nothing changed"
    new = f"; the worst new verdict is {found.introduced.value}" if found.introduced else ""
    same = "" if found.same_knowledge else "; records, rules or policy differ as well, which may be the cause"
    return f"From {found.older} to {found.newer}: {what}{new}{same}."


def _told(change: Change) -> Iterator[tuple[str, str]]:
    """Yield the lines of one change, each with its indent."""
    values = {
        name: one_line(value) if value is not None else "not stated"
        for name in ("before", "after", "what")
        for value in [getattr(change, name)]
    }
    case = f" [{change.use_case}]" if change.use_case not in {None, "default"} else ""
    yield "- ", f"{_SAID[change.kind].format_map(values)}{one_line(case)}"
    for clause in change.clauses:
        yield "  - ", clause
