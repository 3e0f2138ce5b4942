# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What every JUnit XML of ours shares: one suite, without a time, which would differ."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from scanner.sanitize import no_order, one_line


def suite_of(  # noqa: PLR0913  the parts of one suite
    title: str,
    cases: Sequence[str],
    *,
    failures: int,
    skipped: int,
    told: Iterable[tuple[str, str]],
    out: str,
) -> str:
    """Return test cases as one suite of characters that XML 1.0 allows.

    Args:
        title: Name of the suite.
        cases: Whole elements, indented by four spaces.
        failures: How many of them hold a failure.
        skipped: How many of them are skipped.
        told: Properties of the suite by their names.
        out: What the suite says of itself.
    """
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites name={attribute(title)} {counts}>",
        f'  <testsuite name={attribute(title)} {counts} skipped="{skipped}" time="0">',
        "    <properties>",
        *(f"      <property name={attribute(name)} value={attribute(value)}/>" for name, value in told),
        "    </properties>",
        *cases,
        f"    <system-out>{text(out)}</system-out>",
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def text(words: str) -> str:
    """Return words as the text of an element, in one line."""
    return escape(no_order(one_line(words)))


def attribute(words: str) -> str:
    """Return words as the value of an attribute, with its quotation marks."""
    return quoteattr(no_order(one_line(words)))
