# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Makes the hand-made report importable, compares snapshots and opens pages in Debian's chromium."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
