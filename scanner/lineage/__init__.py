# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Base-model links to a graph, and the terms that come with them.

``names`` reads what was written where a model is named, ``mentions`` and ``prose`` what a
card says in its own words, ``claims`` collects every such place,
``parents`` makes one link of all that names one parent; ``tree`` and ``families`` know parents by
their names, ``terms`` says what a parent lends, ``graph`` lets it travel; ``shapes``
hints at base models that nobody names. The rules stand in
``docs/lineage.md``.
"""

from scanner.lineage.families import Table
from scanner.lineage.graph import Lineage, resolve, wanted
from scanner.lineage.names import Form, named
from scanner.lineage.parents import edges
from scanner.lineage.shapes import Shapes
from scanner.lineage.terms import Asked, terms_by_name
from scanner.lineage.tree import spellings

__all__ = [
    "Asked",
    "Form",
    "Lineage",
    "Shapes",
    "Table",
    "edges",
    "named",
    "resolve",
    "spellings",
    "terms_by_name",
    "wanted",
]
