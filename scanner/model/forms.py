# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Forms of values that people write: each says what it is and gives an example, for schemas and messages."""

from typing import Annotated

from msgspec import Meta

_MONTH = r"\d{4}-(0[1-9]|1[0-2])"

Month = Annotated[str, Meta(pattern=f"^{_MONTH}$", description="a month", examples=["2025-04"])]
"""``YYYY-MM``."""

MonthOrAny = Annotated[
    str, Meta(pattern=f"^({_MONTH}|any)$", description="a month or the word any", examples=["2025-04"])
]
"""``YYYY-MM``, or ``any``."""

Date = Annotated[str, Meta(description="a date", examples=["2025-04-05"])]
"""ISO date; that the day exists is checked where files are read."""

Amount = Annotated[int, Meta(ge=0, description="a number from 0", examples=[2000000])]

Sha256 = Annotated[str, Meta(pattern="^[0-9a-fA-F]{64}$", description="a sha256 of 64 hex digits")]

Commit = Annotated[
    str,
    Meta(
        pattern="^[0-9a-f]{40}$",
        description="a commit of 40 hex digits",
        examples=["0" * 40],
    ),
]
"""Name of a commit in git, as the Hub gives it."""

Country = Annotated[
    str, Meta(description="a country", examples=["DE"], extra_json_schema={"pattern": "^[A-Z]{2}$"})
]
"""ISO 3166-1 alpha-2; :mod:`scanner.codes` knows which there are."""

Currency = Annotated[
    str, Meta(description="a currency", examples=["EUR"], extra_json_schema={"pattern": "^[A-Z]{3}$"})
]
"""ISO 4217; :mod:`scanner.codes` knows which there are."""

SpdxId = Annotated[
    str,
    Meta(pattern="^[A-Za-z0-9.+-]+$", description="an SPDX identifier", examples=["LicenseRef-acme-1.0"]),
]
"""On the SPDX licence list, or ``LicenseRef-`` followed by letters, digits, ``-`` and ``.``."""
