# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Source files: the licence identifier in their heads, and nothing else of them.

See the SPDX specification, annex "Using SPDX short identifiers in source files".
"""

import re

from scanner.model.reading import Facts, Source
from scanner.read.page import MAX_ITEMS, Page, witness

IDENTIFIER = "SPDX-License-Identifier"
"""The tag, and the name of its reading."""

_HEADER = re.compile(
    r"""[\s#/*;%'"!=.(<-]*(?:rem\s+|dnl\s+)?"""  # marks that begin a comment, in whatever language
    r"SPDX-License-Identifier:[ \t]*(?P<expression>[^\r\n]*)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"""(?:\s*(?:\*+/|-->|\*\)|#\}|"{3}|'{3}|\\n",?|",?))+\s*$""")
"""Marks that end a comment or a line of a notebook, behind the expression."""


def read_code(page: Page) -> Facts:
    """Return the licence identifiers in the head of a source file."""
    if page.binary or page.container:
        return Facts()
    said = witness(page, "spdx-header", Source.CODE)
    found = ((number, _HEADER.match(line)) for number, line in enumerate(page.lines, 1))
    readings = [
        said.says(IDENTIFIER, _CLOSING.sub("", match["expression"]), lines=(number, number))
        for number, match in found
        if match
    ]
    return Facts(readings=tuple(readings[:MAX_ITEMS]))
