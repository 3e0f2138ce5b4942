# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a clause asks for or draws, in words: facts that rules use in their sentences."""

from collections.abc import Mapping

from scanner.model.license import Clause, NoticeFile, RevenueThreshold, Territory, UserThreshold

_WHOSE: Mapping[str, str] = {
    "product": "of the product or service",
    "entity": "of the organisation",
    "group": "of the organisation together with its affiliates",
    "not-stated": "(whose, the clause does not say)",
}
_HOW: Mapping[str, str] = {"greater_than": "more than", "at_least": "at least"}


def derived(clause: Clause) -> Mapping[str, str]:
    """Return the facts that are made from a clause's other facts: ``clause.line`` and ``clause.asked``."""
    if isinstance(clause, UserThreshold):
        counted = f"{clause.metric.replace('-', ' ')} {_WHOSE[clause.counts]}"
        when = f"in the month {clause.measured_month}" if clause.measured == "at-date" else "in any month"
        asked = (
            f"in the month {clause.measured_month}" if clause.measured == "at-date" else "in the latest month"
        )
        return {
            "clause.line": f"{_HOW[clause.comparator]} {clause.value:,} {counted} {when}",
            "clause.asked": f"the number of {counted} {asked}",
        }
    if isinstance(clause, RevenueThreshold):
        counted = f"revenue {_WHOSE[clause.counts]} in a {clause.period}"
        return {
            "clause.line": f"{_HOW[clause.comparator]} {clause.currency} {clause.amount:,} of {counted}",
            "clause.asked": f"the {counted}, in {clause.currency}",
        }
    if isinstance(clause, Territory):
        return {"clause.line": _territory(clause), "clause.asked": _place(clause)}
    if isinstance(clause, NoticeFile):
        return {"clause.asked": _notice(clause)}
    return {}


def derived_names(kind: type[Clause]) -> tuple[str, ...]:
    """Return the names of the facts that are made for clauses of one type."""
    if issubclass(kind, (UserThreshold, RevenueThreshold, Territory)):
        return ("clause.line", "clause.asked")
    return ("clause.asked",) if issubclass(kind, NoticeFile) else ()


def _territory(clause: Territory) -> str:
    whom = "to those established in" if clause.tests == "establishment" else "for use in"
    models = ", for multimodal models" if clause.models == "multimodal" else ""
    outputs = ", outputs included" if clause.covers_outputs else ""
    return f"no rights {whom} {', '.join(clause.places)}{models}{outputs}"


def _place(clause: Territory) -> str:
    """Return the section, and the document when it is not the licence itself."""
    policy = clause.document == "use-policy" and "policy" not in clause.section
    return f"section {clause.section}" + (" of the use policy" if policy else "")


def _notice(clause: NoticeFile) -> str:
    if clause.exact_text:
        return f"a notice with the words “{clause.exact_text}”"
    if clause.required == "only-if-notice":
        return "the notice file that comes with the work, where there is one"
    return "a notice"
