# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the organisation does with a model, in its own figures."""

from typing import Literal, get_args

from scanner.model.base import Value
from scanner.model.forms import Amount, Country, Currency, Month, MonthOrAny
from scanner.model.license import Act, UserMetric

ANY_MONTH = "any"
"""Of a figure that no month has ever passed."""

Industry = Literal[
    "agriculture",
    "mining",
    "manufacturing",
    "energy",
    "water-and-waste",
    "construction",
    "retail",
    "transport",
    "hospitality",
    "media",
    "software",
    "telecommunications",
    "finance",
    "real-estate",
    "professional-services",
    "administrative-services",
    "public-administration",
    "defence",
    "law-enforcement",
    "education",
    "research",
    "health",
    "arts-and-sports",
    "other-services",
]
"""The sections of ISIC (United Nations, rev. 5) in one word each; those that terms single out stand apart."""

INDUSTRIES: tuple[str, ...] = get_args(Industry)


class UserCount(Value, frozen=True, kw_only=True):
    """A number of users for one metric, group and month."""

    metric: UserMetric = "monthly-active-users"
    of: Literal["product", "entity", "group"]
    """Whose users: of the product that uses the model, of the organisation, or with its affiliates."""

    month: MonthOrAny | None = None
    """``YYYY-MM``; ``any``: never more than this in any month. None: the latest month."""

    value: Amount


class Revenue(Value, frozen=True, kw_only=True):
    """An amount of revenue for one group and period."""

    of: Literal["product", "entity", "group"]
    period: Literal["year", "month"] = "year"
    currency: Currency
    """ISO 4217."""

    ending: Month | None = None
    """``YYYY-MM`` in which the period ends. None: the latest."""

    amount: Amount


Limit = Literal[
    "rights",
    "commercial_use",
    "research_only",
    "user_threshold",
    "revenue_threshold",
    "territory",
    "output_training",
    "registration",
]
"""Kinds of clauses by which a licence withholds, or asks for first, what an agreement can give."""

LIMITS: tuple[str, ...] = get_args(Limit)


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
    research: bool | None = None
    """Whether all of it is research, academic or scientific."""

    multimodal: bool | None = None
    """Whether the models take or make more than text; it answers where their own files do not."""

    acts: tuple[Act, ...] | None = None
    users: tuple[UserCount, ...] | None = None
    revenue: tuple[Revenue, ...] | None = None
    establishment: Country | None = None
    """ISO 3166-1 alpha-2 code of the organisation's principal place of business."""

    deployment: tuple[Country, ...] | None = None
    """ISO 3166-1 alpha-2 codes of the countries in which the model or its outputs are used."""

    industry: Industry | None = None
    sensitive_uses: tuple[str, ...] | None = None
    agreements: tuple[Agreement, ...] = ()


DEFAULT_USE_CASE = UseCase(
    title="the default use case",
    commercial=True,
    acts=(Act.INTERNAL_USE, Act.HOSTED_SERVICE, Act.FINE_TUNING, Act.REDISTRIBUTION),
)
"""What is read when no use case is stated; the first sentence of every output says so."""
