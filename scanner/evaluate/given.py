# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Facts that follow from one value alone: a clause, a binding licence, a use case."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from scanner.codes import unions
from scanner.evaluate.figures import dated
from scanner.evaluate.phrases import derived
from scanner.model.conclusion import EffectiveLicense
from scanner.model.license import CLAUSE_KINDS, Act, Category, Clause, Doubt, Duty, License, UserThreshold
from scanner.model.policy import Policy
from scanner.model.usecase import UseCase


def clause_facts(clause: Clause) -> Mapping[str, Any]:
    """Return what a clause says as facts; a clause that limits no acts speaks of all of them."""
    facts = {f"clause.{name}": getattr(clause, name) for name in clause.__struct_fields__}
    if "clause.acts" in facts and facts["clause.acts"] is None:
        facts["clause.acts"] = tuple(Act)
    return {**facts, **derived(clause), "clause": clause}


def other_reading(clause: Clause, doubt: Doubt) -> Clause | None:
    """Return a clause as its text may be read as well; None: as if it did not hold at all."""
    if doubt.whole:
        return None
    changes = dict(doubt.replaced)
    if "line" in changes:
        changes["value" if isinstance(clause, UserThreshold) else "amount"] = changes.pop("line")
    return replace(clause, **changes)


def license_facts(binding: EffectiveLicense, record: License | None) -> Mapping[str, Any]:
    """Return the facts about a licence that binds, or may, and its record."""
    category = record.category if record else Category.UNKNOWN
    name = record.name if record else binding.key
    return {
        "license.key": binding.key,
        "license.title": name,
        "license.name": f"{name} (through {binding.via})" if binding.via else name,
        "license.names": (binding.key, category.value),
        "license.category": category.value,
        "license.read": bool(record and record.read),
        "license.unread": _unread(record) if record and record.read else (),
        "license.source": record.source if record else "",
        "license.copy_acts": _copied(record) if record else (),
        "license.certain": binding.certain,
        "license.inherited": binding.via is not None,
        "license.via": binding.via or "",
    }


def _copied(record: License) -> tuple[Act, ...]:
    """Return the acts with which the licence's own text must go along."""
    clauses = record.clauses("license_copy") or ()
    acts = {act for clause in clauses if isinstance(clause, Duty) for act in clause.triggers}
    return tuple(act for act in Act if act in acts)


def _unread(record: License) -> tuple[str, ...]:
    return tuple(kind for kind in CLAUSE_KINDS if getattr(record, kind) is UNSET)


def use_facts(use_case: UseCase, policy: Policy, as_of: str) -> Mapping[str, Any]:
    """Return the facts about the use case, on a day, and our own policy."""
    return {
        "use.commercial": use_case.commercial,
        "use.research": use_case.research,
        "use.acts": use_case.acts,
        "use.users": None if use_case.users is None else dated(use_case.users, as_of),
        "use.revenue": None if use_case.revenue is None else dated(use_case.revenue, as_of),
        "use.establishment": _places((use_case.establishment,)) if use_case.establishment else None,
        "use.deployment": _places(use_case.deployment) if use_case.deployment is not None else None,
        "use.industry": use_case.industry,
        "use.sensitive_uses": use_case.sensitive_uses,
        "use.sensitive": tuple(use.strip().lower() for use in use_case.sensitive_uses or ()),
        "use.agreements": agreed(use_case, None),
        "policy.lists": policy.lists_licenses,
        "policy.allow": policy.allow or (),
        "policy.deny": policy.deny,
        "policy.review": policy.review,
        "policy.require": policy.require,
    }


def agreed(use_case: UseCase, kind: str | None) -> tuple[str, ...]:
    """Return the licences with an agreement that reaches clauses of a kind; None: any clause."""
    return tuple(
        one.license for one in use_case.agreements if one.covers is None or kind is None or kind in one.covers
    )


def _places(countries: Iterable[str]) -> tuple[str, ...]:
    """Return countries with the unions that they belong to."""
    countries = tuple(countries)
    joined = (union for union, members in unions().items() if not set(countries).isdisjoint(members))
    return (*countries, *joined)
