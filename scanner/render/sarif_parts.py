# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What every SARIF 2.1.0 log of ours shares: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

Places are percent-encoded and relative to one root, which a log describes and does not disclose.
"""

import json
import re
from typing import Any
from urllib.parse import quote

from scanner.sanitize import inert_json, one_line

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SRCROOT"
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Lone surrogates that stand for no byte of a path."""


def log_of(run: dict[str, Any]) -> str:
    """Return a log with one run as text."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return inert_json(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def root_of(words: str) -> dict[str, Any]:
    """Return the root that places are relative to, in words."""
    return {ROOT: {"description": {"text": words}}}


def artifact(path: str) -> dict[str, Any]:
    """Return a file by its path below the root: the bytes of its name, percent-encoded."""
    uri = quote(_NO_BYTE.sub("\ufffd", path).encode("utf-8", "surrogateescape"))
    return {"artifactLocation": {"uri": uri, "uriBaseId": ROOT}}


def message(text: str) -> str:
    """Return words as a plain text message: no placeholder (3.11.5) and no embedded link (3.11.6)."""
    return one_line(text).replace("{", "{{").replace("}", "}}").replace("](", "]\u200b(")


def problem(level: str) -> str:
    """Return a severity in the words of GitHub's code scanning."""
    return "recommendation" if level == "note" else level


def notification(level: str, text: str) -> dict[str, Any]:
    """Return something that was noticed while the tool ran."""
    return {"level": level, "message": {"text": message(text)}}
