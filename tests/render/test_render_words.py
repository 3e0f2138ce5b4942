# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""No value of the model reaches a reader without words of its own."""

import pytest

from scanner.identify import names
from scanner.model.conclusion import Relation, Status
from scanner.model.finding import Severity, VerdictWord
from scanner.model.license import Act
from scanner.model.openness import Axis, Grade
from scanner.model.reading import How, Source
from scanner.model.release import Component
from scanner.model.usecase import UserCount
from scanner.render import words


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (words.VERDICTS, VerdictWord),
        (words.MEANINGS, VerdictWord),
        (words.SEVERITIES, Severity),
        (words.ACTS, Act),
        (words.COMPONENTS, Component),
        (words.STATUSES, Status),
        (words.RELATIONS, Relation),
        (words.AXES, Axis),
        (words.GRADES, Grade),
        (words.SOURCES, Source),
    ],
)
def test_every_value_has_words(table, values):
    assert set(table) == set(values)


def test_every_way_in_which_a_licence_is_read_has_words():
    declared = {"tag", "expression", "name", "link", "prose", "table", "badge", "spdx", "denial"}
    assert set(words.READ_AS) == {*How, *declared}
    assert set(names._HOW.values()) <= declared


def test_users_are_a_whole_sentence_whatever_the_month_is():
    def said(month):
        return words.users(UserCount(of="group", value=2_000_000, month=month))

    assert said("any") == "never more than 2,000,000 monthly active users of the group in any month"
    assert said("2024-06") == "2,000,000 monthly active users of the group in 2024-06"
    assert said(None) == "2,000,000 monthly active users of the group in the latest month"


def test_acts_are_called_the_same_in_a_table_and_in_a_sentence():
    assert all(words.ACTS[act] == act.words for act in Act)
