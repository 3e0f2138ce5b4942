# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Codes of countries (ISO 3166-1 alpha-2) and currencies (ISO 4217), and what was meant by what is none."""

import difflib
from collections.abc import Collection, Mapping
from functools import cache

from scanner.data import folder
from scanner.guarded.strict import load_table
from scanner.model.base import Value


class Countries(Value, frozen=True, kw_only=True):
    """The shape of ``rules/territories.yaml``."""

    unions: Mapping[str, tuple[str, ...]]
    """Members of the unions that licences name."""

    countries: Mapping[str, str]
    """Usual name by code."""

    mistaken: Mapping[str, str]
    """What was probably meant, by what is often written in upper case."""


class Currencies(Value, frozen=True, kw_only=True):
    """The shape of ``rules/currencies.yaml``."""

    codes: frozenset[str]
    mistaken: Mapping[str, str]


def country_problem(word: str) -> str | None:
    """Return what is wrong with a country code, with the right one where it is known what is meant."""
    known = _countries()
    if word in known.countries:
        return None
    named = {name.casefold(): code for code, name in known.countries.items()}
    close = difflib.get_close_matches(word.casefold(), named, n=1, cutoff=0.8)
    meant = named[close[0]] if close else word.upper()
    hint = known.mistaken.get(word.upper()) or _meant(meant, known.countries)
    return f"{word!r} is no country code of ISO 3166-1" + (f"; {hint}" if hint else "")


def place_problem(word: str) -> str | None:
    """Do as :func:`country_problem` for the places of a licence, which may be unions too."""
    return None if word in unions() else country_problem(word)


def currency_problem(word: str) -> str | None:
    """Do as :func:`country_problem` for the code of a currency."""
    known = _currencies()
    if word in known.codes:
        return None
    hint = known.mistaken.get(word.upper()) or _meant(word.upper(), known.codes)
    return f"{word!r} is no currency code of ISO 4217" + (f"; {hint}" if hint else "")


def unions() -> Mapping[str, tuple[str, ...]]:
    """Return the unions of countries that licences name, with the codes of their members."""
    return _countries().unions


def _meant(code: str, codes: Collection[str]) -> str | None:
    return f"did you mean {code!r}?" if code in codes else None


@cache
def _countries() -> Countries:
    return load_table(folder("rules") / "territories.yaml", Countries)


@cache
def _currencies() -> Currencies:
    return load_table(folder("rules") / "currencies.yaml", Currencies)
