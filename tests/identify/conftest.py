# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""An index, and licences that nobody has ever used."""

import os
from pathlib import Path

import pytest

from scanner.data import folder
from scanner.identify.index import load_index

TEXTS = Path(__file__).parent / "texts"
HARBOUR = (TEXTS / "harbour-1.0.txt").read_text()
ORCHARD = (TEXTS / "orchard.txt").read_text()


@pytest.fixture(scope="session")
def committed():
    """The index as it is committed."""
    return load_index(folder("licenses") / "index.bin")


@pytest.fixture(scope="session")
def index(committed):
    """The committed index with two versions of one invented licence, and another."""
    return committed.with_texts(
        {
            "harbour-1.0": HARBOUR,
            "harbour-1.1": HARBOUR.replace("1.0", "1.1").replace("40 million", "4 million"),
            "orchard": ORCHARD,
        }
    )


@pytest.fixture(scope="session")
def reference():
    """The reference material; without it the test is skipped, or fails where it is promised."""
    root = Path(os.environ.get("MODELSCAN_CORPUS", folder("licenses").parent.parent / "shared"))
    if not root.is_dir():
        if os.environ.get("MODELSCAN_REQUIRE_CORPUS") == "1":
            pytest.fail("the reference material is missing")
        pytest.skip("the reference material is not here")
    return root
