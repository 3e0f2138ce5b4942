# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What our own policy says beyond licences: of clauses, duties, territories and publishers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scanner.codes import unions
from scanner.model.license import CLAUSE_KINDS, License, Territory
from scanner.model.policy import Policy

_HUB = re.compile(r"pkg:huggingface/([^/@#]+)/")


def publisher(purl: str | None) -> str:
    """Return the account on the Hub that a release comes from, in lower case; empty: not known."""
    found = _HUB.match(purl or "")
    return found[1].lower() if found else ""


def policy_facts(policy: Policy, owner: str) -> Mapping[str, Any]:
    """Return what the policy says of whoever publishes a release."""
    allowed = policy.named("allow", "publisher")
    return {
        "release.publisher": owner,
        "release.denied": (f"publisher {owner}",) if owner in policy.named("deny", "publisher") else (),
        "release.reviewed": (f"publisher {owner}",) if owner in policy.named("review", "publisher") else (),
        "release.unlisted": bool(allowed) and owner not in allowed,
    }


def record_against(policy: Policy, record: License | None) -> Mapping[str, Any]:
    """Return what the policy says of the clauses of a licence."""
    return {
        "license.denied": tuple(_named(policy, "deny", record)),
        "license.reviewed": tuple(_named(policy, "review", record)),
    }


def _named(policy: Policy, words: str, record: License | None) -> Iterator[str]:
    clauses = policy.named(words, "clause")
    territories = policy.named(words, "territory")
    if record is None or not (clauses or territories):
        return
    for kind in CLAUSE_KINDS:
        if kind in {one.replace("-", "_") for one in clauses} and getattr(record, kind):
            yield f"a clause on {kind.replace('_', ' ')}"
    for code in sorted(territories):
        if any(_leaves_out(clause, code.upper()) for clause in record.territory or ()):
            yield f"a territory without {code.upper()}"


def _leaves_out(clause: Territory, code: str) -> bool:
    """Whether a clause leaves out a country, or a union of countries, or a part of it."""
    wanted = {code, *unions().get(code, ())}
    named = {place for one in clause.places for place in (one, *unions().get(one, ()))}
    return bool(named & wanted)


def names_duties(policy: Policy) -> bool:
    """Whether the policy speaks of duties at all."""
    return bool(policy.named("deny", "obligation") or policy.named("review", "obligation"))


def duty_facts(policy: Policy, rule: str, title: str, *, applies: bool) -> Mapping[str, Any]:
    """Return what the policy says of a duty; one that may apply does not for certain."""
    name = rule.rpartition("/")[2]
    return {
        "duty.title": title,
        "duty.applies": True if applies else None,
        "duty.denied": name in policy.named("deny", "obligation"),
        "duty.reviewed": name in policy.named("review", "obligation"),
    }
