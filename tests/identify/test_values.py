# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Clauses are read from the text itself, and differ from a record where they differ.

The proof against real texts is ``test_values_corpus.py``.
"""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from scanner.data import folder
from scanner.errors import ConfigError
from scanner.identify.values import MAX_FOUND, MAX_WINDOWS, alarms, find_clauses, find_with
from scanner.identify.values.alarms import NOT_READ
from scanner.identify.values.flat import Flat, collapsed, kept_columns, level
from scanner.identify.values.patterns import NUMBER, Reader, load_wording, own_reader
from scanner.model.license import (
    AcceptableUse,
    CommercialUse,
    DisplayPhrase,
    Duty,
    License,
    Naming,
    OutputTraining,
    RevenueThreshold,
    Territory,
    TextStatus,
    UserThreshold,
)

READER = own_reader()
PATTERNS = {pattern.name: pattern for pattern in READER.wording.patterns}
EXAMPLES = [(pattern, example) for pattern in PATTERNS.values() for example in pattern.examples]
REJECTS = [(pattern, text) for pattern in PATTERNS.values() for text in pattern.rejects]
ALONE = {name: Reader(replace(READER.wording, patterns=(pattern,))) for name, pattern in PATTERNS.items()}


def read(text):
    return [(clause.kind, clause.value, clause.unit) for clause in find_clauses(text)]


# ---------------------------------------------------------------------------------------- the patterns


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES, ids=lambda one: getattr(one, "name", ""))
def test_each_example_is_read(pattern, example):
    [found] = find_with(ALONE[pattern.name], example.text)
    assert (found.kind, found.value, found.unit) == (pattern.kind, example.value, example.unit)


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES, ids=lambda one: getattr(one, "name", ""))
def test_each_example_is_read_once_among_all_patterns(pattern, example):
    assert [clause for clause in read(example.text) if clause[0] == pattern.kind] == [
        (pattern.kind, example.value, example.unit)
    ]


@pytest.mark.parametrize(("pattern", "text"), REJECTS, ids=lambda one: getattr(one, "name", ""))
def test_nothing_is_read_in_what_a_pattern_rejects(pattern, text):
    assert find_with(ALONE[pattern.name], text) == ()


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda pattern: pattern.name)
def test_every_pattern_is_bounded(pattern):
    """No run of unbounded length may be tried: only numbers and words, which end where they end."""
    compiled = READER.compiled(pattern.pattern).pattern
    open_ended = re.sub(rf"{NUMBER}\+\+|\\u\{{|\\[+*]|\[[^\]]*\]", "", compiled)
    assert not re.search(r"[.)\]][*+](?![+])", open_ended.replace(")*", ")~")), pattern.name
    assert pattern.examples
    assert pattern.rejects


def test_names_are_used_once():
    assert len(PATTERNS) == len(READER.wording.patterns)


def test_places_are_codes():
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in READER.wording.places)


@pytest.mark.parametrize(
    ("key", "written", "says"),
    [
        ("kind: naming", "kind: nameing", "there is no clause of the kind 'nameing'"),
        ("{gap40}", "{gap41}", "there is no part 'gap41'"),
        ("    unit: users", "    units: users", "unknown key 'units'"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_line(tmp_path, key, written, says):
    path = tmp_path / "clauses.yaml"
    own = (folder("rules") / "clauses.yaml").read_text()
    path.write_text(own.replace(key, written, 1))
    with pytest.raises(ConfigError, match=says) as error:
        load_wording(path)
    assert re.search(r"clauses\.yaml:\d+", error.value.source)


# ------------------------------------------------------------------------------------------- the text


HARBOUR = """Harbour Licence

1. You may use the model, unless your product has
   more than **one hundred
   million (100,000,000)** monthly active users.
2. You shall prominently display \u201cPowered by
   Harbour\u201d on its page. The Harbour Territory means the world, excluding
   the European Union and South Korea.
"""


def test_each_clause_has_its_lines_and_its_own_words():
    users, phrase, places = find_clauses(HARBOUR, first_line=11)
    assert (users.kind, users.value, users.lines) == ("user_threshold", 100_000_000, (14, 15))
    assert users.quote == "more than **one hundred million (100,000,000)** monthly active users"
    assert (phrase.value, phrase.lines) == ("Powered by Harbour", (16, 17))
    assert phrase.quote == "shall prominently display \u201cPowered by Harbour\u201d"
    assert (places.value, places.lines) == ("EU, KR", (17, 18))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file(ending):
    text = HARBOUR.replace("\n", ending)
    assert [clause.lines for clause in find_clauses(text)] == [(4, 5), (6, 7), (7, 8)]


@pytest.mark.parametrize(
    "written",
    [
        "for non-commercial use only",
        "for NON\u2011COMMERCIAL use only",
        "for non-\ncommercial use\nonly",
        "# for non-commercial\n# use only",
        "<p>for <b>non-commercial</b>\nuse only</p>",
        "> *for* non\u00adcommercial use only",
        "for non&#45;commercial use only",
    ],
)
def test_markup_and_layout_make_no_difference(written):
    assert read(written) == [("commercial_use", "no", None)]


def test_chinese_lines_are_joined_without_a_space():
    assert read("产品的月活跃用\n  户数超过 2亿 的") == [
        ("user_threshold", 200_000_000, "monthly-active-users")
    ]


def test_figures_that_contradict_their_words_are_two_clauses():
    text = "more than one hundred million (10,000,000) monthly active users"
    assert [value for _, value, _ in read(text)] == [100_000_000, 10_000_000]


def test_a_year_in_brackets_is_no_amount():
    assert read("less than 1,000,000 USD (2019) total revenue") == [("revenue_threshold", 1_000_000, "USD")]


def test_an_amount_without_currency_says_so():
    assert read("annual revenue above 5 million") == [("revenue_threshold", 5_000_000, "unknown/year")]


def test_two_languages_are_two_places():
    text = "月活跃用户数超过3亿。\nIt has more than 300 million monthly active users."
    assert [clause.lines for clause in find_clauses(text)] == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Sanctions means measures of the United Nations, the European Union or the United Kingdom.",
        "You may not use the work if you are located in a country under embargo, such as Cuba.",
        "This agreement is governed by the laws of Germany; its courts have jurisdiction.",
        "Write to us at 1 Quay, Lisbon, Portugal. If you live in the European Union, write to Cork, Ireland.",
        "Data is not transferred outside the European Union.",
        "The limitation in section 4 of this agreement does not apply in France.",
        "This alternative is allowed only occasionally and noncommercially.",
        "for commercial and non-commercial purposes alike, without restriction",
        "any and all other commercial damages or losses",
        'An interface displays "Appropriate Legal Notices" if it shows them.',
        "keep the NOTICE at the beginning of each file",
        "Train your own model with our data of 7B parameters for 3 million steps.",
        "Our acceptable use policy is our own affair; write to policy@harbour.example.",
    ],
)
def test_what_only_sounds_like_a_clause_is_none(text):
    assert read(text) == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_can_be_read(text):
    lines = text.count("\n") + text.count("\r") + 1
    for clause in find_clauses(text):
        assert 1 <= clause.lines[0] <= clause.lines[1] <= lines


HEAP = """may not use {number} monthly active users exceed " revenue $ 5 million display the territory means
worldwide excluding european union noncommercial only research for to improve any other model at the beginning
of name latest version acceptable use policy incorporated . , ( ) 月活跃用户数 超过 7亿 商业"""
WORDS = st.sampled_from([*HEAP.split(), "\n"])


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_any_heap_of_the_words_of_clauses_can_be_read(text):
    found = find_clauses(text)
    assert [clause.lines for clause in found] == sorted(clause.lines for clause in found)
    places = Counter((clause.kind, clause.lines, clause.quote, clause.value) for clause in found)
    assert all(count == 1 for count in places.values()) or len(set(found)) < len(found)


LINES = st.text(alphabet=st.sampled_from("ab -#*\u200b\t\u00a0\u201c\u3000中\\|"), max_size=40)


@given(LINES)
def test_columns_lead_back_to_what_was_kept(line):
    levelled = level(line)
    assert len(levelled) == len(line)
    kept, columns = collapsed(levelled), kept_columns(levelled)
    assert len(columns) == max(1, len(kept))
    assert all(
        levelled[column] == character or character == " "
        for column, character in zip(columns, kept, strict=False)
    )


@given(st.lists(st.text(alphabet="ab -\u201d中", max_size=30), max_size=8).map("\n".join))
def test_a_quote_holds_the_words_of_the_flat_text(text):
    flat = Flat(text)
    if flat.text.strip():
        quoted = Flat(flat.quote(0, len(flat.text), limit=10_000)).text
        assert re.sub(r"[\s-]", "", quoted) == re.sub(r"[\s-]", "", flat.text)


# -------------------------------------------------------------------------------------- hostile texts


@pytest.mark.parametrize(
    "heap",
    [
        "may not use " * 300_000 + "for commercial purposes",
        "acceptable use policy at " * 150_000,
        "more than 5 users " * 200_000,
        'shall display "' * 250_000,
        "granted non-commercial " * 150_000,
        "1," * 1_500_000 + " revenue",
        "territory means excluding " * 150_000,
        "<a &amp " * 400_000,
    ],
    ids=lambda heap: heap[:12],
)
def test_four_megabytes_of_one_thing_end_soon(heap):
    """Not timed: were it quadratic, the suite would not end."""
    assert len(find_clauses(heap)) <= 2 * MAX_FOUND + MAX_WINDOWS


def test_what_was_not_looked_at_is_said():
    text = "non-commercial study\n" * (MAX_WINDOWS + 5)
    unread = {clause for clause in find_clauses(text) if clause.unit == NOT_READ}
    assert "commercial_use" in {clause.kind for clause in unread}
    assert {clause.lines[0] for clause in unread} == {MAX_WINDOWS + 1}
    assert {clause.value for clause in unread} == {None}


# ----------------------------------------------------------------------------------------- the alarms


RECORD = License(
    key="harbour",
    name="Harbour Licence",
    family="harbour",
    category="community",
    source="https://harbour.example/licence",
    text=TextStatus(status="read_full", source="invented"),
    user_threshold=(
        UserThreshold(
            section="1",
            value=40_000_000,
            metric="monthly-active-users",
            comparator="greater_than",
            counts="group",
            measured="continuing",
            effect="no-rights",
        ),
    ),
    revenue_threshold=(
        RevenueThreshold(
            section="2",
            amount=5_000_000,
            currency="EUR",
            period="year",
            comparator="greater_than",
            counts="entity",
            effect="no-rights",
        ),
    ),
    territory=(Territory(section="3", type="excluded", places=("KR", "EU"), tests="use"),),
    commercial_use=(CommercialUse(section="4", value="yes"),),
    research_only=(),
    display_phrase=(DisplayPhrase(section="5", phrase="Powered by Harbour", where="page", triggers=()),),
    naming=(Naming(section="6", prefix="Harbour", triggers=()),),
    output_training=(OutputTraining(section="7", value="prohibited", scope="llm"),),
    updates=(Duty(section="8", what="use the latest version", triggers=()),),
    acceptable_use=(
        AcceptableUse(section="9", mode="by-reference", url="https://www.harbour.example/policy"),
    ),
)

SAME = """more than 40 million monthly active users
annual revenue above EUR 5,000,000
"Territory" means the world, excluding South Korea and the European Union.
You shall display "powered by harbour" to users.
It must include "HARBOUR" at the beginning of its name.
You shall not use outputs to improve any other large language model.
You must always use the latest version of it.
Acceptable Use Policy (available at http://harbour.example/policy/)
"""


def test_a_text_that_says_what_the_record_says_raises_no_alarm():
    assert len(find_clauses(SAME)) == 8
    assert alarms(find_clauses(SAME), RECORD) == ()


@pytest.mark.parametrize(
    ("old", "new", "recorded"),
    [
        ("40 million", "400 million", "40,000,000 monthly active users"),
        ("monthly active", "daily active", "40,000,000 monthly active users"),
        ("5,000,000", "50,000,000", "5,000,000 EUR/year"),
        ("EUR", "USD", "5,000,000 EUR/year"),
        ("annual", "monthly", "5,000,000 EUR/year"),
        ("South Korea", "Japan", "EU, KR"),
        ('"powered by harbour"', '"built with harbour"', "Powered by Harbour"),
        ('"HARBOUR"', '"Haven"', "Harbour"),
        ("large language model", "AI model", "prohibited llm"),
        ("harbour.example/policy", "haven.example/policy", "https://www.harbour.example/policy"),
        ("You must always use", "Only for non-commercial use. You must always use", "yes"),
        ("You must always use", "It is for research purposes only. You must always use", "none"),
    ],
)
def test_a_text_that_says_something_else_raises_one(old, new, recorded):
    assert old in SAME
    [alarm] = alarms(find_clauses(SAME.replace(old, new)), RECORD)
    assert (alarm.kind, alarm.recorded) == (alarm.found.kind, recorded)
    assert f"line {alarm.found.lines[0]}" in alarm.message


def test_what_the_record_was_not_read_for_is_no_alarm():
    found = find_clauses(SAME.replace("40 million", "400 million"))
    assert alarms(found, replace(RECORD, user_threshold=UNSET)) == ()
    unread = replace(RECORD, text=TextStatus(status="not_read", source="invented"))
    assert alarms(found, unread) == ()


def test_a_record_without_the_clause_raises_one():
    [alarm] = alarms(
        find_clauses("more than 9 million monthly active users"), replace(RECORD, user_threshold=())
    )
    assert alarm.recorded == "none"
    assert alarm.message == (
        "user threshold: the text says 9,000,000 monthly-active-users (line 1), the record has none"
    )


def test_a_free_grant_for_non_commercial_use_does_not_contradict_a_conditional_one():
    record = replace(RECORD, commercial_use=(CommercialUse(section="4", value="conditional"),))
    assert alarms(find_clauses("You may use it solely for non-commercial purposes."), record) == ()


def test_unread_text_and_open_values_contradict_nothing():
    found = find_clauses("more than 5 million in yearly revenue")
    assert found[0].unit == "unknown/year"
    assert alarms(found, RECORD) == ()
    unread = replace(found[0], value=None, unit=NOT_READ)
    assert alarms([unread], replace(RECORD, revenue_threshold=())) == ()
