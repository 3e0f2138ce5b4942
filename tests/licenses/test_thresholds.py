# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The figures of the records against those that were read from the texts apart from them."""

import re
from pathlib import Path

import pytest

from scanner.catalog import load_catalogue
from scanner.guarded.yaml import load_own
from scanner.model.license import CLAUSE_KINDS

LICENSES = load_catalogue().licenses
READ = load_own(Path(__file__).parents[1] / "truth/thresholds.yaml")
NUMBERS = {1: "one", 2: "two", 3: "three", 14: "fourteen", 30: "thirty", 60: "sixty"}
FIELDS = {
    "users": ("user_threshold", "value", "comparator", "metric", "counts", "measured", "effect"),
    "revenue": (
        "revenue_threshold",
        "amount",
        "currency",
        "comparator",
        "period",
        "counts",
        "measured",
        "effect",
    ),
}


def figures(what, clause):
    """Return the figures of a clause of a record as the table writes them."""
    told = {name: getattr(clause, name) for name in (*FIELDS[what][1:], "commercial_only")}
    month = {"month": clause.measured_month} if what == "users" else {}
    return {**told, **month, "excepted": clause.exception is not None}


def wanted(what):
    return [dict(one) for one in READ[what]]


@pytest.mark.parametrize("what", FIELDS)
def test_every_line_is_as_it_was_read(what):
    for line in wanted(what):
        key, section = line.pop("key"), line.pop("section")
        clauses = getattr(LICENSES[key], FIELDS[what][0])
        found = [clause for clause in clauses if figures(what, clause) == line]
        assert len(found) == 1, (key, line, [figures(what, clause) for clause in clauses])
        assert section is None or _within(section, found[0].section), (key, section, found[0].section)


@pytest.mark.parametrize("what", FIELDS)
def test_no_record_has_a_line_that_was_not_read(what):
    read = sorted(line["key"] for line in wanted(what))
    assert read == sorted(
        record.key for record in LICENSES.values() for _ in record.clauses(FIELDS[what][0]) or ()
    )


PERIODS = [(key, period) for period in READ["periods"] for key in period["keys"]]


@pytest.mark.parametrize(("key", "period"), PERIODS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_period_of_time_stands_in_the_record_under_its_section(key, period):
    number, unit, section = period["number"], period["unit"].rstrip("s"), period["section"]
    told = [
        clause
        for kind in CLAUSE_KINDS
        for clause in LICENSES[key].clauses(kind) or ()
        if (number, unit) in set(_periods(clause))
    ]
    assert told, f"{number} {unit}"
    assert section is None or any(
        _within(section, clause.section) or f"({section})" in _words(clause) for clause in told
    ), [clause.section for clause in told]


def test_no_record_tells_of_a_period_that_was_not_read():
    read = {(key, period["number"], period["unit"].rstrip("s")) for key, period in PERIODS}
    told = {
        (record.key, number, unit)
        for record in LICENSES.values()
        for kind in CLAUSE_KINDS
        for clause in record.clauses(kind) or ()
        for number, unit in _periods(clause)
    }
    assert told - read == set()


_SPELT = {words: number for number, words in NUMBERS.items()}
_PERIOD = re.compile(rf"\b(\d+|{'|'.join(_SPELT)})[ -](day|month|year)s?\b")


def _periods(clause):
    """Yield the periods of time that the words of a clause tell of."""
    for number, unit in _PERIOD.findall(_words(clause)):
        yield int(number) if number.isdigit() else _SPELT[number], unit


def _words(clause):
    fields = ("what", "consequence", "note", "condition", "exception")
    return " ".join(filter(None, (getattr(clause, name, None) for name in fields))).lower()


def _within(section, place):
    """Whether a section is one of those that a record names, or inside of one, or around one."""
    mine = _levels(section)
    named = map(_levels, re.split(r", | and | to ", place))
    return any(all(map(str.__eq__, mine, theirs)) for theirs in named)


def _levels(section):
    """Return the levels of a section: ``8.2(c)`` is 8, 2, c."""
    return re.findall(r"[^\W_]+", section.lower())


_LINE = re.compile(
    r"(monthly|daily) (active|unique) users|(annual|monthly|total)( recurring)? revenues?|visits per month"
    r"|royalty threshold|月活跃用户|年收入",
    re.IGNORECASE,
)
"""Words by which texts draw lines in users and money."""


@pytest.mark.corpus
def test_no_text_draws_a_line_that_was_not_read(texts):
    read = {line["key"] for what in FIELDS for line in READ[what]}
    drawn = {
        key
        for key, copies in texts.items()
        if any(_LINE.search(re.sub(r"\s+", " ", text)) for _, text in copies)
    }
    assert drawn - read == set()
