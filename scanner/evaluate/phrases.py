# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a clause asks for or draws, in words: facts that rules use in their sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from scanner.model.license import (
    AcceptableUse,
    Clause,
    NoticeFile,
    OutputTraining,
    RevenueThreshold,
    Rights,
    Territory,
    UserThreshold,
    cited,
)

_WHOSE: Mapping[str, str] = {
    "product": "of the product or service",
    "entity": "of the organisation",
    "group": "of the organisation together with its affiliates",
    "not-stated": "(whose, the clause does not say)",
}
_HOW: Mapping[str, str] = {"greater_than": "more than", "at_least": "at least"}

_LISTS: Mapping[str, str] = {
    "embedded": "the list of forbidden uses in the licence",
    "by-reference": "the use policy that the licence names",
    "this-document": "this policy",
}
_TRAINED: Mapping[str, str] = {
    "allowed": "they may train {}",
    "allowed_with_conditions": "they may train {}, on conditions",
    "prohibited": "they may not train {}",
    "prohibited_if_competitive": "they may not train {} that compete",
    "prohibited_if_commercial": "they may not train {} for commercial purposes",
    "prohibited_unless_noncommercial": "they may train {} for non-commercial purposes alone",
    "silent": "nothing is said",
}

SAID: Mapping[str, Mapping[str, str]] = {
    "clause.effect": {
        "no-rights": "no rights",
        "license-needed": "a licence is needed",
        "display": "a name must be shown",
        "registration": "registration",
        "royalty": "a royalty is due",
    },
    "clause.strength": {
        "copy": "with a copy of them",
        "no-inconsistent-terms": "with no terms that contradict them",
        "enforceable": "in terms that can be enforced",
        "same-license": "under the same licence",
    },
    "clause.applies": {
        "same_license": "the same licence",
        "same_license_network": "the same licence, also when they are offered over a network",
        "same_terms_effect": "terms of the same effect",
        "use_restrictions_only": "the use restrictions, beside terms of your own",
        "licensor_owns_derivatives": "the licensor owns them",
    },
}
"""The words for values that rules put into their sentences."""


def derived(clause: Clause) -> Mapping[str, str]:
    """Return the facts that are made from a clause's other facts, by name, as ``clause.place``."""
    made = {f"clause.{name}": phrase(clause) for name, phrase in _MADE.get(type(clause), {}).items()}
    return {"clause.place": _place(clause), **made}


def derived_names(kind: type[Clause]) -> tuple[str, ...]:
    """Return the names of the facts that are made for clauses of one type."""
    return ("clause.place", *(f"clause.{name}" for name in _MADE.get(kind, {})))


def _counted(clause: UserThreshold) -> str:
    return f"{clause.metric.replace('-', ' ')} {_WHOSE[clause.counts]}"


def _month(clause: UserThreshold, otherwise: str) -> str:
    return f"in the month {clause.measured_month}" if clause.measured == "at-date" else otherwise


def _users(clause: UserThreshold) -> str:
    over = f"{_HOW[clause.comparator]} {clause.value:,} {_counted(clause)}"
    return f"{over} {_month(clause, 'in any month')}"


def _users_asked(clause: UserThreshold) -> str:
    return f"the number of {_counted(clause)} {_month(clause, 'in the latest month')}"


def _revenue(clause: RevenueThreshold) -> str:
    return f"{_HOW[clause.comparator]} {clause.currency} {clause.amount:,} of {_earned(clause)}"


def _earned(clause: RevenueThreshold) -> str:
    return f"revenue {_WHOSE[clause.counts]} in a {clause.period}"


def _territory(clause: Territory) -> str:
    whom = "to those established in" if clause.tests == "establishment" else "for use in"
    models = ", for multimodal models" if clause.models == "multimodal" else ""
    outputs = ", outputs included" if clause.covers_outputs else ""
    return f"no rights {whom} {', '.join(clause.places)}{models}{outputs}"


def _place(clause: Clause) -> str:
    """Return the section, and the document when it is not the licence itself."""
    policy = getattr(clause, "document", "license") == "use-policy" and "policy" not in clause.section
    return cited(clause.section) + (" of the use policy" if policy else "")


def _topics(clause: AcceptableUse) -> str:
    return ", ".join(clause.topics) or "not said in the licence itself"


def _rights(clause: Rights) -> str:
    """Return which of the three rights are granted, withheld and not mentioned."""
    rights = {"use": clause.use, "changing": clause.modify, "passing on": clause.redistribute}
    words = {True: "given", False: "withheld", None: "not mentioned"}
    parts = [
        f"{words[answer]}: {', '.join(named)}"
        for answer in (True, False, None)
        if (named := [name for name, value in rights.items() if value is answer])
    ]
    if clause.changed_not_for:
        parts.append(
            f"withheld for what was changed: {', '.join(act.words for act in clause.changed_not_for)}"
        )
    return "; ".join(parts)


def _trained(clause: OutputTraining) -> str:
    words = _TRAINED[clause.value].format(clause.models)
    return words.removesuffix(" that compete") if clause.scope == "competing_model" else words


def _notice(clause: NoticeFile) -> str:
    if clause.exact_text:
        return f"a notice with the words “{clause.exact_text}”"
    if clause.required == "only-if-notice":
        return "the notice file that comes with the work, where there is one"
    return "a notice"


_MADE: Mapping[type[Clause], Mapping[str, Callable[[Any], str]]] = {
    UserThreshold: {"line": _users, "asked": _users_asked},
    RevenueThreshold: {
        "line": _revenue,
        "asked": lambda clause: f"the {_earned(clause)}, in {clause.currency}",
    },
    Territory: {"line": _territory},
    AcceptableUse: {"line": _topics, "asked": lambda clause: _LISTS[clause.mode]},
    Rights: {"line": _rights},
    OutputTraining: {"line": _trained},
    NoticeFile: {"asked": _notice},
}
"""What is made for the clauses of a type: ``line`` is what it draws, ``asked`` what it asks for."""


def said(name: str, value: str) -> str:
    """Return the words for a fact's value in a sentence; what has none of its own is written with spaces."""
    words = SAID.get(name, {}).get(value, value)
    return words.replace("_", " ") if name.startswith("clause.") or name == "license.unread" else words
