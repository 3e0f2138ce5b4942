# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The openness bar: one strip for each axis, the same words as the table, well-formed for every grade."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from scanner.model.openness import Axis, AxisGrade, Grade
from scanner.render.bar import HEIGHT, openness_bar
from scanner.render.words import AXES, GRADES


@given(st.tuples(*(st.sampled_from(Grade) for _ in Axis)))
def test_the_bar_says_what_the_table_says(grades):
    axes = [AxisGrade(axis=axis, grade=grade, why="x") for axis, grade in zip(Axis, grades, strict=True)]
    svg = ET.fromstring(openness_bar(axes))  # noqa: S314  our own words
    texts = [one.text for one in svg.iter("text")]
    assert texts == [word for one in axes for word in (AXES[one.axis], GRADES[one.grade])]
    drawn = [one.attrib["href"] for one in svg.iter("use")]
    assert drawn == [f"#grade-{grade.value}" for grade in grades]
    assert all(f"{AXES[one.axis]}: {GRADES[one.grade]}" in svg.attrib["aria-label"] for one in axes)
    assert svg.attrib["viewBox"].endswith(f" {len(axes) * HEIGHT}")


def test_every_grade_has_its_drawing():
    from scanner.data import folder

    sprite = (folder("reports") / "partials/sprite.html.j2").read_text(encoding="utf-8")
    assert all(f'id="grade-{grade.value}"' in sprite for grade in Grade)
