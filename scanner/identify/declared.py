# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Declared licences: what cards and metadata name, as licence readings."""

from collections.abc import Iterable

from scanner.identify.names import resolve
from scanner.model.license import Catalogue
from scanner.model.reading import LicenseReading, Reading, Source
from scanner.model.release import Component

NAMING = frozenset(
    {
        "license",
        "license_name",
        "license_link",
        "modelspec.license",
        "general.license",
        "general.license.name",
        "general.license.link",
        "SPDX-License-Identifier",
    }
)
"""Names of readings that declare a licence."""

TAGS = frozenset({"tags", "general.tags"})
PREFIX = "license:"
"""The Hub writes the licence among the tags in this form, and authors copy it."""

_SPEAKS_OF = {Source.CITATION: Component.CODE, Source.CODE: Component.CODE}
"""A citation file is about the work that is cited, a source file about itself, all else about the weights."""


def declared(readings: Iterable[Reading], catalogue: Catalogue) -> tuple[LicenseReading, ...]:
    """Return every declaration of a licence, resolved as far as it goes, in the order of reading."""
    return tuple(
        _declaration(reading, *named, catalogue) for reading in readings if (named := _named(reading))
    )


def _named(reading: Reading) -> tuple[str, str] | None:
    """Return the field and the value in which a reading names a licence, if it does."""
    if reading.value is None:
        return None
    if reading.name in TAGS:
        tag = reading.value.strip()
        return ("license", tag[len(PREFIX) :].strip()) if tag.lower().startswith(PREFIX) else None
    return (reading.name, reading.value) if reading.name in NAMING else None


def _declaration(reading: Reading, field: str, value: str, catalogue: Catalogue) -> LicenseReading:
    resolved = resolve(field, value, catalogue)
    return LicenseReading(
        source=reading.source,
        component=_SPEAKS_OF.get(reading.source, Component.WEIGHTS),
        evidence=reading.evidence,
        how=resolved.how,
        raw=value,
        key=resolved.key,
        expression=resolved.expression,
        candidates=resolved.candidates,
        stranger=resolved.stranger,
        note=resolved.note,
    )
