# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Findings that were there when a repository began to be checked: known by what they are, not by lines."""

import json
from collections.abc import Iterable
from pathlib import Path

import msgspec

from scanner.errors import ConfigError
from scanner.guarded.files import read_bounded
from scanner.guarded.refused import Refused
from scanner.model.gate import GateFinding

LIMIT = 50_000_000
"""Bytes of a baseline that are read."""


class _Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fingerprint: str
    rule: str
    about: str


class _Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    findings: tuple[_Known, ...]


def read_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints of a baseline.

    Raises:
        ConfigError: it is missing, or none.
    """
    advice = "write one with `modelscan check --write-baseline FILE`"
    try:
        found = msgspec.json.decode(read_bounded(path, LIMIT), type=_Baseline)
    except Refused as refused:
        raise ConfigError(refused.reason, source=str(path), advice=advice) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"it is no baseline: {error}", source=str(path), advice=advice) from None
    if found.version != 1:
        raise ConfigError(f"its version {found.version} is not known here", source=str(path), advice=advice)
    return frozenset(one.fingerprint for one in found.findings)


def baseline_text(findings: Iterable[GateFinding]) -> str:
    """Return findings as a baseline, sorted; what is a note already fails nothing and is left out."""
    known = sorted({(one.model, one.rule, one.fingerprint) for one in findings if one.gates})
    plain = [{"fingerprint": digest, "rule": rule, "about": model} for model, rule, digest in known]
    return json.dumps({"version": 1, "findings": plain}, indent=2, ensure_ascii=False) + "\n"


__all__ = ["baseline_text", "read_baseline"]
