# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Take the pictures of README and docs: ``python docs/pictures.py`` (needs Debian's chromium)."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs/pictures"
SIZE = {"width": 1100, "height": 1180}


def main() -> None:
    """Scan the examples and photograph the report: its first page, and one release."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        page_file = Path(place) / "report.html"
        command = [
            *(sys.executable, "-m", "scanner", "report", "examples/models", "--quiet"),
            *("--catalogue", "examples/catalogue", "--as-of", "2026-11-25", "-o", str(page_file)),
        ]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  our own command
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            page.goto(page_file.as_uri())
            page.screenshot(path=PICTURES / "report.png")
            # The third story: a community licence under a permissive tag.
            page.evaluate("document.querySelectorAll('article')[2].scrollIntoView()")
            page.screenshot(path=PICTURES / "release.png")
            browser.close()


if __name__ == "__main__":
    main()
