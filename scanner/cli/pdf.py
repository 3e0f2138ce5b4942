# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The page of a report on paper, through a browser of the user's: Chromium or one of its kind.

The page allows no network and no script but ours; the browser gets a profile of its own, without extensions,
that is gone afterwards.
"""

import os
import tempfile
from pathlib import Path

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "brave-browser",
)
"""Names by which they are installed, in the order in which they are tried."""

VARIABLE = "MODELSCAN_BROWSER"
SECONDS = 300


def pdf_of(page: str) -> bytes:
    """Return a page as PDF.

    Raises:
        UsageError: there is no browser that can, or it made none.
    """
    from scanner.errors import UsageError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.process import run
    from scanner.guarded.refused import Refused

    browser = _browser()
    with tempfile.TemporaryDirectory(prefix="modelscan-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8", errors="backslashreplace")
        try:
            done = run(
                browser, [*_arguments(folder), f"--print-to-pdf={target}", source.as_uri()], seconds=SECONDS
            )
            return read_bounded(target, 2_000_000_000)
        except Refused as refused:
            told = refused.reason if not target.exists() else "the PDF cannot be read"
            said = done.errors.strip().splitlines()[-1:] if "done" in locals() else []
            raise UsageError(
                f"no PDF was made: {told}{''.join(f' ({line})' for line in said)}",
                source=browser,
                advice="write NAME.html and print it to PDF in a browser",
            ) from None


def _browser() -> str:
    """Return the browser to use.

    Raises:
        UsageError: none is installed.
    """
    import shutil

    from scanner.errors import UsageError

    named = os.environ.get(VARIABLE)
    found = next((name for name in ((named,) if named else BROWSERS) if shutil.which(name)), None)
    if found is None:
        what = f"{VARIABLE}={named} names no program" if named else "no Chromium, Chrome or Edge is installed"
        raise UsageError(
            f"a PDF is made by a browser, and {what}",
            advice="install chromium (Debian: apt-get install chromium), or write NAME.html and print that",
        )
    return found


def _arguments(folder: str) -> list[str]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        "--headless=new",
        *(["--no-sandbox"] if root else []),  # the browser refuses to start as root with it
        "--disable-gpu",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={folder}/profile",
        "--no-pdf-header-footer",
        "--virtual-time-budget=10000",
    ]
