# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The terminal text says the verdict first, wraps and never cuts, and ends with the disclaimer."""

import re

import pytest
import sample_report

from scanner.model.finding import VerdictWord
from scanner.model.report import DISCLAIMER
from scanner.render.formats import FORMATS
from scanner.render.text import render_plain_text, render_summary, render_text

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def test_the_first_sentence_says_that_no_use_case_was_stated():
    text = " ".join(render_summary(sample_report.assumed(), width=80, color=False).split())
    assert text.startswith(
        "No use case was stated, so each release is read for commercial internal use, hosted service, "
        "fine-tuning and redistribution, with no figures: of 4 releases 1 is blocked, 1 needs review, "
        "1 is conditional and 1 is allowed."
    )


def test_the_first_sentence_names_a_stated_use_case_and_who_stated_it():
    release = sample_report.release(1, VerdictWord.ALLOWED, (sample_report.STATED,))
    report = sample_report.report(release, use_cases=(sample_report.STATED,), stated=True)
    text = render_summary(report, width=300, color=False)
    assert text.startswith(
        "For the use case Hosted assistant, as stated by A. B., product counsel: of 1 release 1 is allowed."
    )


def test_the_summary_has_ten_lines_at_most_and_names_the_worst_first():
    text = render_summary(sample_report.large(40), width=4000, color=False, written=("a.html", "a.json"))
    lines = text.splitlines()
    assert len(lines) <= 10
    assert [line.split()[0] for line in lines[1:6]] == ["blocked"] * 5
    assert any(line.startswith("and 25 more: ") for line in lines)
    assert "Report: a.html, a.json" in lines
    assert lines[-1] == DISCLAIMER


@pytest.mark.parametrize("width", [60, 90, 120, 160, 4000])
def test_the_summary_keeps_to_ten_lines_and_names_three_at_least(width):
    text = render_summary(sample_report.large(40), width=width, color=False, written=("a.html",))
    lines = text.splitlines()
    named = [line for line in lines if line.startswith("blocked  ")]
    assert len(named) >= 3
    assert len(lines) <= 10 or len(named) == 3


@pytest.mark.parametrize("render", [render_summary, render_text])
@pytest.mark.parametrize("maker", ["rich", "assumed", "hostile", "empty"])
def test_colour_adds_nothing_but_colour(render, maker):
    report = getattr(sample_report, maker)()
    plain = render(report, width=80, color=False)
    assert "\x1b" not in plain
    assert ESCAPE.sub("", render(report, width=80, color=True)) == plain
    assert plain.splitlines()[-1] == DISCLAIMER


def test_long_names_are_wrapped_and_never_cut():
    name = "acme/" + "long-name-" * 12
    release = sample_report.release(1, VerdictWord.REVIEW, (sample_report.STATED,), name=name)
    assert name in render_summary(sample_report.report(release), width=40, color=False)


def test_words_of_strangers_cannot_steer_the_terminal():
    text = render_plain_text(sample_report.hostile())
    assert not set(text) & set("\x00\x07\x1b\u202e\udc80\r")
    assert not any(line.startswith("::") for line in text.splitlines())


def test_the_whole_text_lists_every_release_and_what_would_settle_it():
    text = " ".join(render_plain_text(sample_report.rich()).split())
    for number in range(4):
        assert f"acme/model-{number}" in text
        assert f"State the users in {number}." in text
    assert "tools: it holds a build file and no sign of a model" in text


def test_every_format_ends_with_the_disclaimer_and_is_deterministic():
    for name, render in FORMATS.items():
        if name == "xlsx":
            continue  # no text; its own tests look at each sheet
        text = render(sample_report.rich())
        assert text == render(sample_report.rich())
        assert DISCLAIMER in text[-300_000:]


def test_text_snapshots(snapshot):
    snapshot("report.txt", render_plain_text(sample_report.rich()))
    snapshot("summary.txt", render_summary(sample_report.rich(), width=80, color=True, written=("a.html",)))


def test_several_use_cases_stand_side_by_side():
    several = render_text(sample_report.rich(), width=4000, color=False)
    assert ": Hosted assistant: blocked; “internal”: blocked. " in several
    assert "Hosted assistant: " not in render_text(sample_report.single(), width=4000, color=False)


def test_no_line_is_an_order_to_a_build_runner():
    words = "x " * 40 + " ::error::owned " * 9 + "##[add-mask]e"
    release = sample_report.release(1, VerdictWord.REVIEW, (sample_report.STATED,), name=words)
    text = render_text(sample_report.report(release), width=60, color=False)
    assert [line for line in text.splitlines() if line.lstrip().startswith("::")] == []
    assert "##[" not in text
