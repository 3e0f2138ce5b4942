# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Licence texts: exact to the version, and what was changed in them.

>>> from scanner.data import folder
>>> from scanner.identify.index import load_index
>>> index = load_index(folder("licenses") / "index.bin")
>>> identify("nothing that anybody ever licensed", index).stated
()

The way of a text: ``normalize`` (words), ``index`` (known texts), ``match`` and ``align`` (which one,
where), ``meaning`` (which differences matter), ``decide`` (what may be said). ``build`` makes the index.
"""

from collections.abc import Mapping

from scanner.identify.decide import decide
from scanner.identify.index import Index
from scanner.identify.match import Query
from scanner.identify.normalize import Words
from scanner.model.reading import Identification


def identify(
    text: str,
    index: Index,
    *,
    first_line: int = 1,
    reference_texts: Mapping[str, str] | None = None,
) -> Identification:
    """Say which licence a text is, to the very version, and what was changed in it.

    ``stated`` holds a key only when every word of that licence is there and nothing is added, missing
    or changed, apart from differences that a written rule calls harmless (``docs/identification.md``).
    Everything else is a match that says how far it goes: ``modified`` with its edits, ``partial``,
    ``closest``. When several licences fit equally well none is stated, and ``also`` names the others.

    Args:
        text: Decoded text: a licence file, a card, a header; of any size, but only the first four
            million characters are looked at, and ``note`` says so.
        index: Known licence texts, see :func:`scanner.identify.index.load_index`.
        first_line: Line of the file on which the text begins; every line that is returned counts
            from there.
        reference_texts: Licence texts by key, where the user has them: edits then show the words that
            are missing.

    Returns:
        The identification. It never raises for anything that a text may hold.
    """
    words = Words(text)
    return decide(Query(words, index), first_line, reference_texts or {})
