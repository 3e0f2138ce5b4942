# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Codes of countries and currencies: what is none is told with what was meant."""

import pytest

from scanner.codes import country_problem, currency_problem, place_problem, unions


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("DE", None),
        ("NO", None),
        ("de", "did you mean 'DE'?"),
        ("Germany", "did you mean 'DE'?"),
        ("Germnay", "did you mean 'DE'?"),
        ("united kingdom", "did you mean 'GB'?"),
        ("UK", "the United Kingdom is GB"),
        ("EU", "name the member states"),
        ("XX", "'XX' is no country code of ISO 3166-1"),
    ],
)
def test_countries(word, told):
    problem = country_problem(word)
    assert problem is None if told is None else problem.endswith(told)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("EUR", None),
        ("eur", "did you mean 'EUR'?"),
        ("€", "the euro is EUR"),
        ("rmb", "the yuan is CNY"),
        ("XYZ", "'XYZ' is no currency code of ISO 4217"),
    ],
)
def test_currencies(word, told):
    problem = currency_problem(word)
    assert problem is None if told is None else problem.endswith(told)


def test_places_of_a_licence_may_be_unions():
    assert place_problem("EU") is None
    assert place_problem("UK")
    assert all(country_problem(member) is None for members in unions().values() for member in members)
