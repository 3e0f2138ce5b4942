# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Signs of other licences beside those that bind: a policy, a notice, or the words that one prescribes.

A release that carries Llama's notice or use policy was very likely made from a Llama, whatever its tag
says. The signs decide nothing; a person is told of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from scanner.evaluate.locate import Searchable, find_name, find_words
from scanner.model.base import Evidence
from scanner.model.license import Catalogue, Category, License, LicenseHeading
from scanner.model.reading import LicenseReading, Source

_OF_LIBRARIES = frozenset({Category.PERMISSIVE, Category.PUBLIC_DOMAIN, Category.COPYLEFT})
"""Licences whose texts a notice holds for the sake of libraries that came along."""

_BESIDE = frozenset({Source.POLICY_FILE, Source.NOTICE_FILE})


class Sign(NamedTuple):
    """Something that points to another licence, in words, with the place where it stands."""

    words: str
    evidence: Evidence


def signs_of_others(
    detected: Iterable[LicenseReading],
    texts: Iterable[Searchable],
    binding: Collection[str],
    catalogue: Catalogue,
) -> tuple[Sign, ...]:
    """Return what points to a licence that is not among those that bind, each with its place.

    Args:
        detected: What was recognised in the release's texts.
        texts: Its notices and its card.
        binding: Keys of every licence that binds, or may.
        catalogue: What each licence prescribes.
    """
    bound = [catalogue.licenses[key] for key in binding if key in catalogue.licenses]
    every = tuple(texts)
    found = (
        *_texts(detected, bound, catalogue.licenses),
        *_words(every, bound, catalogue.prescribed),
    )
    return tuple(dict.fromkeys(found))


def _texts(
    detected: Iterable[LicenseReading], bound: Collection[License], licenses: Mapping[str, License]
) -> Iterator[Sign]:
    """Yield the policies and notices that are the text of a licence, or go with one, that does not bind."""
    for reading in detected:
        record = licenses.get(reading.key or "")
        if record is None or reading.source not in _BESIDE or record.category in _OF_LIBRARIES:
            continue
        if not any(_same_edition(record, own) for own in bound):
            lines = reading.evidence.lines
            place = f"{reading.evidence.path}{f':{lines[0]}' if lines else ''}"
            yield Sign(f"{place} is the text of {record.name}", reading.evidence)


def _same_edition(record: License, own: License) -> bool:
    return record.key == own.key or (record.family == own.family and record.version == own.version)


def _words(
    texts: Collection[Searchable], bound: Collection[License], every: Mapping[str, Sequence[str]]
) -> Iterator[Sign]:
    """Yield the prescribed words that stand in the release though no licence that binds prescribes them."""
    own = {words for record in bound for words in record.prescribed}
    for prescribed, names in every.items():
        found = find_words(prescribed, texts) if prescribed not in own else None
        if found is not None and found.lines is not None:
            words = f"{found.path}:{found.lines[0]} has the words that {' or '.join(names)} prescribes"
            yield Sign(words, found)


_PURPOSE = frozenset({Category.NON_COMMERCIAL, Category.RESEARCH_ONLY})
_WITHHOLDING = _PURPOSE | {Category.COMMUNITY, Category.RAIL, Category.SOURCE_AVAILABLE}
"""Licences that withhold some use: their names in a card are told even where no reading placed them."""

_LEAST = 8
"""Characters of a name that is looked for; shorter ones are words of other things."""

_IN_GENERAL = ("CC BY-NC", "licenses/by-nc", "non-commercial license", "noncommercial license")
"""Spellings that bar commercial use and name no version."""


def named_beside(
    texts: Collection[Searchable], binding: Collection[str], licenses: Mapping[str, LicenseHeading]
) -> Iterator[Sign]:
    """Yield the licences that withhold something and are named, wherever, though they do not bind.

    The last net: a sentence in a form that nobody foresaw may be the one that puts the weights under them.

    Args:
        texts: The release's notices and its card.
        binding: Keys of every licence that binds, or may.
        licenses: The headings of the catalogue by key.
    """
    bound = [licenses[key] for key in binding if key in licenses]
    limited = any(record.category in _PURPOSE for record in bound)
    own = {(record.family, record.version) for record in bound}
    for record in licenses.values():
        if record.category not in _WITHHOLDING or (record.family, record.version) in own:
            continue
        if limited and record.category in _PURPOSE:
            continue
        for name in filter(None, (record.name.removesuffix(" Agreement"), record.spdx_id)):
            found = find_name(name, texts) if len(name) >= _LEAST else None
            if found is not None and found.lines is not None:
                yield Sign(f"{found.path}:{found.lines[0]} names {record.name}", found)
                break
    for name in () if limited else _IN_GENERAL:
        found = find_name(name, texts)
        if found is not None and found.lines is not None:
            yield Sign(f"{found.path}:{found.lines[0]} has the words “{name}”", found)
