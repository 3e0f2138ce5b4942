# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""When a declaration and a text speak of the same licence, although they do not use the same words."""

import re
from collections.abc import Sequence

from scanner.conclude.case import Case
from scanner.conclude.prose import DENIAL
from scanner.model.reading import LicenseReading


def agrees(reading: LicenseReading, keys: Sequence[str]) -> bool:
    """Whether a declaration leaves room for one of the keys.

    One that says nothing does; one that names a licence which is not known here does not.
    """
    if reading.stranger:
        return False
    if reading.how == DENIAL:
        return set(keys).isdisjoint(reading.candidates)
    said = {reading.key, *reading.candidates} - {None}
    return not said or not said.isdisjoint(keys)


def shortens(reading: LicenseReading, case: Case) -> bool:
    """Whether an unknown name is a part of that of the licence whose text is here: "Sample Code license"."""
    said = _own_words(reading.raw)
    records = (case.licenses.get(key) for key in case.text_keys)
    return reading.stranger and any(record and said <= _own_words(record.name) for record in records)


_COMMON = frozenset(
    {"the", "license", "licence", "agreement", "terms", "as", "found", "in", "under", "of", "and"}
)
"""Words of a licence's name, and of a sentence about one, that are no name."""


def _own_words(name: str) -> set[str]:
    words = set(re.findall(r"[a-z0-9]+", name.lower()))
    return words - _COMMON


_WITHHOLDS = re.compile(r"(?i)non|\bnc\b|research|academic|commercial|evaluation|internal|-nd\b")
"""Words of a name that say more than whose licence it is."""


def labels(reading: LicenseReading, case: Case) -> bool:
    """Whether an unknown name is only what the publisher calls the text that is here.

    The Hub wants a ``license_name`` beside ``license: other``; publishers write names of their own there.
    """
    other = any(one.how == "tag" and not one.candidates and not one.stranger for one in case.vague)
    return reading.stranger and reading.how == "name" and other and not _WITHHOLDS.search(reading.raw)


def adds(reading: LicenseReading, keys: Sequence[str]) -> bool:
    """Whether an expression demands other licences beside those of the texts."""
    expression = reading.expression or ""
    return not reading.key and " AND " in expression and not set(reading.candidates) <= set(keys)
