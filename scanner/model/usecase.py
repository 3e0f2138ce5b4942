# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the organisation does with a model, in its own figures."""

from typing import Annotated, Literal

from msgspec import Meta

from scanner.model.base import Value
from scanner.model.license import Act

ANY_MONTH = "any"
"""Of a figure that no month has ever passed."""

Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""``YYYY-MM``."""

Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""


class UserCount(Value, frozen=True, kw_only=True):
    """A number of users for one metric, group and month."""

    metric: Literal["monthly-active-users", "daily-active-users", "users"] = "monthly-active-users"
    of: Literal["product", "entity", "group"]
    """Whose users: of the product that uses the model, of the organisation, or with its affiliates."""

    month: Annotated[str, Meta(pattern=r"^(\d{4}-(0[1-9]|1[0-2])|any)$")] | None = None
    """``YYYY-MM``; ``any``: never more than this in any month. None: the latest month."""

    value: Annotated[int, Meta(ge=0)]


class Revenue(Value, frozen=True, kw_only=True):
    """An amount of revenue for one group and period."""

    of: Literal["product", "entity", "group"]
    period: Literal["year", "month"] = "year"
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    """ISO 4217."""

    ending: Month | None = None
    """``YYYY-MM`` in which the period ends. None: the latest."""

    amount: Annotated[int, Meta(ge=0)]


Limit = Literal[
    "rights",
    "commercial_use",
    "research_only",
    "user_threshold",
    "revenue_threshold",
    "territory",
    "output_training",
]
"""Kinds of clauses by which a licence withholds something that an agreement can give."""


class Agreement(Value, frozen=True, kw_only=True):
    """A separate agreement with a licensor."""

    license: str
    """Catalogue key of the licence whose terms it replaces or extends."""

    reference: str
    covers: tuple[Limit, ...] | None = None
    """Kinds of clauses that it lifts. None: all of them."""


class UseCase(Value, frozen=True, kw_only=True):
    """One planned use. A field that is None was not stated."""

    id: str = "default"
    title: str | None = None
    stated_by: str | None = None
    """Who gave the answers. None: nobody did, the defaults apply."""

    commercial: bool | None = None
    acts: tuple[Act, ...] | None = None
    users: tuple[UserCount, ...] | None = None
    revenue: tuple[Revenue, ...] | None = None
    establishment: Country | None = None
    """ISO 3166-1 alpha-2 code of the organisation's principal place of business."""

    deployment: tuple[Country, ...] | None = None
    """ISO 3166-1 alpha-2 codes of the countries in which the model or its outputs are used."""

    industry: str | None = None
    sensitive_uses: tuple[str, ...] | None = None
    agreements: tuple[Agreement, ...] = ()


DEFAULT_USE_CASE = UseCase(
    title="the default use case",
    commercial=True,
    acts=(Act.INTERNAL_USE, Act.HOSTED_SERVICE, Act.FINE_TUNING, Act.REDISTRIBUTION),
)
"""What is read when no use case is stated; the first sentence of every output says so."""
