# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Workflow commands as the runner reads them: limits, order, and nothing in them but what was meant."""

import re

import pytest
import sample_check
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.finding import Severity
from scanner.render.check_github import render_check_github
from scanner.sanitize import no_order, one_line

ALLOWED = {"title", "file", "line", "col"}


def decoded(text, signs):
    for sign, character in signs.items():
        text = text.replace(sign, character)
    return text.replace("%25", "%")


def command(line):
    """Return a line as the runner takes it: kind, properties, message (``ActionCommand.TryParseV2``)."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    kind, _, inside = head.partition(" ")
    lines = {"%0D": "\r", "%0A": "\n"}
    pairs = (one.split("=", 1) for one in inside.split(","))
    properties = {name: decoded(value, {**lines, "%3A": ":", "%2C": ","}) for name, value in pairs}
    return kind, properties, decoded(data, lines)


def commands(report):
    first, *rest = render_check_github(report).splitlines()
    assert first.startswith("modelscan check ")
    return list(map(command, rest))


def many(counts):
    """Return a check with this many new findings of each severity."""
    flags = [
        sample_check.Flags(severity=severity, standing="gates")
        for severity, number in counts.items()
        for _ in range(number)
    ]
    return sample_check.report(tuple(sample_check.finding(n, one) for n, one in enumerate(flags)))


@pytest.mark.parametrize("words", sample_check.HOSTILE)
def test_every_command_is_ours_whatever_strangers_write(words):
    for kind, properties, message in commands(sample_check.rich(words)):
        assert kind in {"error", "warning", "notice"}
        assert set(properties) <= ALLOWED
        assert properties["title"].startswith("modelscan gate/rule-")
        assert message.splitlines()[0] == no_order(one_line(f"{words} may not be used here", 2_000))


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_words_come_through_as_they_were(words):
    found = commands(sample_check.rich(words))
    assert all(set(properties) <= ALLOWED for _, properties, _ in found)
    paths = {properties["file"] for _, properties, _ in found}
    assert paths <= {no_order(one_line(f"part/src/{words}.py")), "part/modelscan.yml"}


def test_what_is_accepted_or_was_there_before_is_no_news():
    found = commands(sample_check.rich())
    assert [kind for kind, _, _ in found] == ["error", "warning", "notice", "notice", "notice", "notice"]


def test_no_more_than_the_runner_shows_and_the_last_line_tells_the_rest():
    found = commands(many({Severity.NOTE: 12, Severity.WARNING: 14, Severity.ERROR: 11}))
    kinds = [kind for kind, _, _ in found]
    assert (kinds.count("error"), kinds.count("warning"), kinds.count("notice")) == (10, 10, 10)
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert found[-1] == ("notice", {"title": "modelscan"}, "+8 more in the summary")


def test_as_many_as_fit_leave_nothing_to_tell():
    text = render_check_github(many({Severity.ERROR: 10, Severity.NOTE: 9}))
    assert "more in the summary" not in text
    assert text.count("::error ") == 10


def test_a_line_within_a_cell_is_no_line_of_the_file():
    flags = sample_check.Flags(severity=Severity.ERROR, standing="gates")
    one = sample_check.finding(1, flags)
    only = sample_check.replaced(one, places=one.places[1:])
    ((_, properties, message),) = commands(sample_check.report((only,)))
    assert properties == {"title": "modelscan gate/rule-error", "file": "part/notes.ipynb"}
    assert "notes.ipynb cell 4:2" in message


def test_places_are_counted_from_the_top_of_the_repository():
    for _, properties, _ in commands(sample_check.rich()):
        assert re.match("part/(src/acme/model.py|modelscan.yml)$", properties["file"])
