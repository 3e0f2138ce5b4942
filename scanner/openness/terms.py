# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""How far the terms of one component are open: of a licence, of a conclusion, of what is inherited.

The law: terms that are not settled are never open. One candidate that restricts the use decides; else
they are unknown.
"""

from collections.abc import Iterable

from scanner.model.base import Value
from scanner.model.conclusion import ConcludedLicense, EffectiveLicense, Licenses
from scanner.model.license import Catalogue, License
from scanner.model.openness import Grade
from scanner.model.reading import Facts, Reading
from scanner.model.release import Component
from scanner.openness.tables import accepted, plain_id, terms_table

RANK = {Grade.ABSENT: 0, Grade.RESTRICTED: 1, Grade.UNKNOWN: 2, Grade.AVAILABLE: 3, Grade.OPEN: 4}
"""From closed to open. Unknown stands above restricted, since it may turn out to be either."""


class Terms(Value, frozen=True, kw_only=True):
    """How far terms are open, and why."""

    grade: Grade
    why: str
    """Goes on after "published here": ``under X, which ...`` or ``, and ...``."""


def of_component(component: Component, licenses: Licenses, catalogue: Catalogue) -> Terms:
    """Return how far the concluded terms of one component are open."""
    conclusion = next((one for one in licenses.concluded if one.component is component), None)
    if conclusion is None:
        return Terms(grade=Grade.UNKNOWN, why=f", and nothing was concluded for the {component}")
    if not conclusion.keys:
        return _unsettled(conclusion, catalogue)
    graded = [of_license(key, catalogue) for key in conclusion.keys]
    return best(graded) if is_choice(conclusion) else worst(graded)


def of_license(key: str, catalogue: Catalogue) -> Terms:
    """Return how far one licence is open."""
    record = catalogue.licenses.get(key)
    table = terms_table()
    if record is not None and table.categories[record.category].grade is Grade.RESTRICTED:
        return _terms(key, Grade.RESTRICTED, table.categories[record.category].words)
    approval = _approval(key, record)
    if approval is not None:
        return _terms(key, Grade.OPEN, approval)
    if record is None:
        return _terms(key, Grade.UNKNOWN, "has no record in the catalogue")
    limits = [limit.words for limit in table.clauses if limit.holds(record)]
    if limits:
        return _terms(key, Grade.RESTRICTED, limits[0])
    if not record.read:
        return _terms(key, Grade.UNKNOWN, "has a record whose text was not read")
    by_category = table.categories[record.category]
    return _terms(key, by_category.grade, by_category.words)


def inherited_limit(inherited: Iterable[EffectiveLicense], catalogue: Catalogue) -> Terms | None:
    """Return the strictest terms that weights carry from their ancestors, when they restrict the use."""
    for license_ in inherited:
        terms = of_license(license_.key, catalogue)
        if license_.via is not None and terms.grade is Grade.RESTRICTED:
            binds = "comes" if license_.certain else "may come"
            why = f", and made from {license_.via}; with it {binds} {_after_under(terms)}"
            return Terms(grade=Grade.RESTRICTED, why=why)
    return None


def header_terms(facts: Facts) -> tuple[Reading, ...]:
    """Return the words of source files' heads that restrict the use or keep all rights, strictest first."""
    return tuple(sorted(facts.named("header-terms"), key=lambda one: one.value != "restricted"))


def of_headers(facts: Facts) -> Terms | None:
    """Return how far code is open whose own headers restrict it, whatever a licence file beside it says."""
    found = header_terms(facts)
    if not found:
        return None
    seen = found[0].evidence
    where = f"{seen.path}:{seen.lines[0]}" if seen.lines else seen.path
    if found[0].value == "restricted":
        return Terms(grade=Grade.RESTRICTED, why=f", and {where} lets it be used only for some uses")
    return Terms(grade=Grade.UNKNOWN, why=f", and {where} keeps all rights and names no licence")


def best(terms: Iterable[Terms]) -> Terms:
    """Return the most open terms."""
    return max(terms, key=lambda one: RANK[one.grade])


def worst(terms: Iterable[Terms]) -> Terms:
    """Return the least open terms."""
    return min(terms, key=lambda one: RANK[one.grade])


def _unsettled(conclusion: ConcludedLicense, catalogue: Catalogue) -> Terms:
    for key in conclusion.candidates:
        terms = of_license(key, catalogue)
        if terms.grade is Grade.RESTRICTED:
            why = f", and it is not settled under which terms; one that may bind is {_after_under(terms)}"
            return Terms(grade=Grade.RESTRICTED, why=why)
    return Terms(grade=Grade.UNKNOWN, why=f", and its terms are not settled: {conclusion.why}")


def _after_under(terms: Terms) -> str:
    return terms.why.removeprefix(" under ")


def is_choice(conclusion: ConcludedLicense) -> bool:
    """Whether the licences of an expression are alternatives, and nothing but that."""
    words = (conclusion.expression or "").split()
    return "OR" in words and "AND" not in words


def _approval(key: str, record: License | None) -> str | None:
    ids = (key, record.spdx_id) if record is not None else (key,)
    for id_ in ids:
        if id_ and plain_id(id_) in accepted():
            return accepted()[plain_id(id_)]
    return "is approved by the Open Source Initiative" if record is not None and record.osi_approved else None


def _terms(key: str, grade: Grade, words: str) -> Terms:
    return Terms(grade=grade, why=f" under {key}, which {words}")
