# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A report as it was written, page or JSON, to its data and whether its own digests hold.

A digest proves that nothing was changed by accident or by an editor who did not recompute it. Who made a
report, and who approved what it says, only a signature proves: see ``docs/signoff.md``.
"""

import hashlib
import json
import re
from typing import Any, Literal

import msgspec

from scanner.errors import ConfigError
from scanner.model.base import Value
from scanner.sanitize import inert_json

_MARK = re.compile(rb'<meta name="modelscan-page" content="sha256-([0-9a-f]{64}|@page@)">')
_STATED = re.compile(rb'<dd class="digest" id="report-digest">([0-9a-f]{64})</dd>')
_DATA = re.compile(rb'<script type="application/json" id="report-data">(.*?)</script>', re.DOTALL)


class Opened(Value, frozen=True, kw_only=True):
    """A report that was opened."""

    form: Literal["html", "json"]
    digest: str
    """Hex sha256 of its JSON as it is written to a file, computed now."""

    problems: tuple[str, ...]
    """What of its own digests does not hold."""

    data: dict[str, Any]


def opened_report(data: bytes, source: str) -> Opened:
    """Open a report that ``modelscan report`` wrote, as HTML or JSON.

    Raises:
        ConfigError: it is none.
    """
    return _page(data, source) if data.lstrip()[:1] == b"<" else _json(data, source)


def _json(data: bytes, source: str) -> Opened:
    found = _decoded(data, source)
    digest = hashlib.sha256(data).hexdigest()
    written = digest == digest_of_json(found)
    told = "it is not written as modelscan writes it: it was edited, or laid out anew by another program"
    return Opened(form="json", digest=digest, problems=() if written else (told,), data=found)


def _page(data: bytes, source: str) -> Opened:
    embedded, stated, mark = _DATA.search(data), _STATED.search(data), _MARK.search(data)
    if embedded is None or stated is None or mark is None:
        raise _none(source, "it lacks the data or the digests of a report")
    found = _decoded(embedded[1], source)
    digest = digest_of_json(found)
    problems = []
    if digest.encode() != stated[1]:
        problems.append("the data in the page are not those whose digest it states")
    if page_digest(data).encode() != mark[1]:
        problems.append("the page is not the one that was written: some word or mark of it was changed")
    return Opened(form="html", digest=digest, problems=tuple(problems), data=found)


def digest_of_json(data: object) -> str:
    """Return the hex sha256 of data as they are written to a file of JSON."""
    text = inert_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
    return hashlib.sha256(text.encode()).hexdigest()


def page_digest(page: bytes) -> str:
    """Return the hex sha256 of a page in which its own digest is blank."""
    return hashlib.sha256(
        _MARK.sub(b'<meta name="modelscan-page" content="sha256-@page@">', page, 1)
    ).hexdigest()


def _decoded(data: bytes, source: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _none(source, f"its data cannot be read: {error}") from None
    if not isinstance(found, dict) or not {"schema_version", "releases", "as_of"} <= found.keys():
        raise _none(source, "its data are not those of a report")
    return found


def _none(source: str, why: str) -> ConfigError:
    return ConfigError(
        f"it is no report of modelscan: {why}",
        source=source,
        advice="write one with `modelscan report PATH -o NAME.html` or NAME.json",
    )
