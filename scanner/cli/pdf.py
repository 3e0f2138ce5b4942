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
LARGEST = 2_000_000_000
"""Bytes of a PDF."""

PDF = "pdf"
"""The format's name, and the ending of its files."""


def pdf_of(page: str) -> bytes:
    """Return a page as PDF.

    Raises:
        UsageError: there is no browser that can, or it made none.
    """
    from scanner.guarded.files import read_bounded
    from scanner.guarded.process import run
    from scanner.guarded.refused import Refused

    program = browser()
    with tempfile.TemporaryDirectory(prefix="modelscan-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8", errors="backslashreplace")
        try:
            arguments = [*_arguments(folder), f"--print-to-pdf={target}", source.as_uri()]
            done = run(program, arguments, seconds=SECONDS)
        except Refused as refused:
            raise _none(program, refused.reason) from None
        try:
            return read_bounded(target, LARGEST)
        except Refused as refused:
            said = (done.errors.strip().splitlines() or [f"it ended with {done.code}"])[-1]
            raise _none(program, f"{refused.reason} ({said})") from None


def _none(program: str, why: str) -> Exception:
    from scanner.errors import UsageError

    advice = "write NAME.html and print it to PDF in a browser"
    return UsageError(f"no PDF was made: {why}", source=program, advice=advice)


def browser() -> str:
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
