# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Licence texts: exact to the version, and what was changed in them.

>>> import scanner.identify
>>> scanner.identify.identify("nothing that anybody ever licensed").stated
()

The room itself can be called, ``scanner.identify(text)``, with the same arguments.

The way of a text: ``normalize`` (words), ``index`` (known texts), ``match`` and ``align`` (which one,
where), ``meaning`` (which differences matter), ``decide`` (what may be said). ``build`` makes the index.
"""

import sys
from collections.abc import Mapping
from functools import cache
from types import ModuleType

from msgspec.structs import replace

from scanner.data import folder
from scanner.identify.decide import decide
from scanner.identify.index import Index, load_index
from scanner.identify.match import Query
from scanner.identify.normalize import Words
from scanner.model.reading import Identification


def identify(
    text: str,
    index: Index | None = None,
    *,
    first_line: int = 1,
    reference_texts: Mapping[str, str] | None = None,
    clauses: bool | None = None,
) -> Identification:
    """Say which licence a text is, to the very version, and what was changed in it.

    ``stated`` holds a key only when every word of that licence is there and nothing is added, missing
    or changed, apart from differences that a written rule calls harmless (``docs/identification.md``).
    Everything else is a match that says how far it goes: ``modified`` with its edits, ``partial``,
    ``closest``. When several licences fit equally well none is stated, and ``also`` names the others.

    Args:
        text: Decoded text: a licence file, a card, a header; of any size, but only the first four
            million characters are looked at, and ``note`` says so.
        index: Known licence texts, see :func:`scanner.identify.index.load_index`; default: the one that
            comes with the scanner.
        first_line: Line of the file on which the text begins; every line that is returned counts
            from there.
        reference_texts: Licence texts by key, where the user has them: edits then show the words that
            are missing.
        clauses: Whether to read limits, bans and duties from the text itself; default: where it states no
            licence, since of a licence that is stated the record says more.

    Returns:
        The identification. It never raises for anything that a text may hold.

    Raises:
        DataError: the scanner's own index is damaged.
    """
    query = Query(Words(text), _own_index() if index is None else index)
    found = decide(query, first_line, reference_texts or {})
    if clauses is False or (clauses is None and found.stated):
        return found
    # Imported here: most texts are known, and the wording of clauses takes its time to load.
    from scanner.identify.values import find_clauses

    return replace(found, clauses=find_clauses(text, first_line))


@cache
def _own_index() -> Index:
    return load_index(folder("licenses") / "index.bin")


class _Callable(ModuleType):
    """Lets ``scanner.identify(text)`` be the call, although the room has the same name."""

    def __call__(
        self,
        text: str,
        index: Index | None = None,
        *,
        first_line: int = 1,
        reference_texts: Mapping[str, str] | None = None,
        clauses: bool | None = None,
    ) -> Identification:
        return identify(text, index, first_line=first_line, reference_texts=reference_texts, clauses=clauses)


sys.modules[__name__].__class__ = _Callable
