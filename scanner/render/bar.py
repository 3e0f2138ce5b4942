# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The openness bar: a strip for each axis, as one inline SVG; the table beside it says the same in words.

Patterns and words tell the grades apart, never colour alone. The drawings of the grades stand once, in the
page's sprite.
"""

from collections.abc import Sequence
from html import escape

from scanner.model.openness import AxisGrade
from scanner.render.words import AXES, GRADES

HEIGHT = 24
"""Units of the drawing between two strips."""

WIDTH = 320


def openness_bar(axes: Sequence[AxisGrade]) -> str:
    """Return the bar as SVG; every text in it is one of our own words, and escaped all the same."""
    told = "; ".join(f"{AXES[one.axis]}: {GRADES[one.grade]}" for one in axes)
    height = len(axes) * HEIGHT
    strips = "".join(_strip(number * HEIGHT, one) for number, one in enumerate(axes))
    return (
        f'<svg class="bar" role="img" aria-label="Openness. {escape(told)}"'
        f' viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">{strips}</svg>'
    )


def _strip(y: int, graded: AxisGrade) -> str:
    name, grade = escape(AXES[graded.axis]), escape(GRADES[graded.grade])
    return (
        f'<text x="0" y="{y + 13}">{name}</text>'
        f'<use href="#grade-{escape(graded.grade.value)}" x="110" y="{y + 2}"/>'
        f'<text x="240" y="{y + 13}">{grade}</text>'
    )
