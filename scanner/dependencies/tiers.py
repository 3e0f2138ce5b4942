# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a path says about the code in it: product, tests, examples or documentation."""

from functools import lru_cache

from scanner.dependencies.tables import any_of, tables
from scanner.model.reference import Tier


@lru_cache(maxsize=4096)
def _word(name: str) -> Tier | None:
    for tier, patterns in tables().files.tiers.items():
        if any_of(patterns).match(name):
            return Tier(tier)
    return None


def tier_of(path: str) -> Tier:
    """Return the tier of a file: of the first part of its path that tells one, tests before all others."""
    found = [tier for tier in map(_word, path.split("/")) if tier]
    if Tier.TESTS in found:
        return Tier.TESTS
    return found[0] if found else Tier.PRODUCT
