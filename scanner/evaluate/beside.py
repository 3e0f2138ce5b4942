# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Signs of other licences beside those that bind: a policy, a notice, or the words that one prescribes.

A release that carries Llama's notice or use policy was very likely made from a Llama, whatever its tag
says. The signs decide nothing; a person is told of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from scanner.evaluate.locate import Searchable, find_words
from scanner.model.license import Catalogue, Category, License
from scanner.model.reading import LicenseReading, Source

_OF_LIBRARIES = frozenset({Category.PERMISSIVE, Category.PUBLIC_DOMAIN, Category.COPYLEFT})
"""Licences whose texts a notice holds for the sake of libraries that came along."""

_BESIDE = frozenset({Source.POLICY_FILE, Source.NOTICE_FILE})


def signs_of_others(
    detected: Iterable[LicenseReading],
    texts: Iterable[Searchable],
    binding: Collection[str],
    catalogue: Catalogue,
) -> tuple[str, ...]:
    """Return what points to a licence that is not among those that bind, each with its place.

    Args:
        detected: What was recognised in the release's texts.
        texts: Its notices and its card.
        binding: Keys of every licence that binds, or may.
        catalogue: What each licence prescribes.
    """
    bound = [catalogue.licenses[key] for key in binding if key in catalogue.licenses]
    found = (*_texts(detected, bound, catalogue.licenses), *_words(tuple(texts), bound, catalogue.prescribed))
    return tuple(dict.fromkeys(found))


def _texts(
    detected: Iterable[LicenseReading], bound: Collection[License], licenses: Mapping[str, License]
) -> Iterator[str]:
    """Yield the policies and notices that are the text of a licence, or go with one, that does not bind."""
    for reading in detected:
        record = licenses.get(reading.key or "")
        if record is None or reading.source not in _BESIDE or record.category in _OF_LIBRARIES:
            continue
        if not any(_same_edition(record, own) for own in bound):
            lines = reading.evidence.lines
            yield f"{reading.evidence.path}{f':{lines[0]}' if lines else ''} is the text of {record.name}"


def _same_edition(record: License, own: License) -> bool:
    return record.key == own.key or (record.family == own.family and record.version == own.version)


def _words(
    texts: Collection[Searchable], bound: Collection[License], every: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Yield the prescribed words that stand in the release though no licence that binds prescribes them."""
    own = {words for record in bound for words in record.prescribed}
    for words, names in every.items():
        found = find_words(words, texts) if words not in own else None
        if found is not None and found.lines is not None:
            yield f"{found.path}:{found.lines[0]} has the words that {' or '.join(names)} prescribes"
