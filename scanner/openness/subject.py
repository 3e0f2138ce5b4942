# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""One release with all that its openness may rest on."""

from scanner.model.base import Value
from scanner.model.conclusion import EffectiveLicense, Licenses
from scanner.model.license import Catalogue
from scanner.model.openness import Grade
from scanner.model.reading import Facts, ReadClause
from scanner.model.release import Artifact, ArtifactKind, Component, Release
from scanner.openness.signs import gates
from scanner.openness.terms import Terms, inherited_limit, of_component, of_headers, worst


class Subject(Value, frozen=True, kw_only=True):
    """One release with all that a grade may rest on."""

    release: Release
    facts: Facts
    licenses: Licenses
    catalogue: Catalogue
    inherited: tuple[EffectiveLicense, ...] = ()
    barred: tuple[ReadClause, ...] = ()
    """Clauses of card, gate or policy that bar uses which no licence of the weights bars."""

    doubts: tuple[str, ...] = ()
    """Ancestors of which it is not settled what binds them, and so neither what binds the weights."""

    def artifacts(self, kind: ArtifactKind) -> tuple[Artifact, ...]:
        """Return the files of one kind, in the order of their paths."""
        found = (artifact for artifact in self.release.artifacts if artifact.kind is kind)
        return tuple(sorted(found, key=lambda artifact: artifact.path))

    def terms(self, component: Component) -> Terms:
        """Return how far the terms of one component are open; of code, no further than its headers."""
        terms = of_component(component, self.licenses, self.catalogue)
        headers = of_headers(self.facts) if component is Component.CODE else None
        return worst((headers, terms)) if headers else terms

    def ungated(self, component: Component) -> Terms:
        """Return how far what lies here is open by its terms and those of ancestors."""
        terms = self.terms(component)
        if component is not Component.WEIGHTS:
            return terms
        limit = inherited_limit(self.inherited, self.catalogue)
        if self.barred:
            first = self.barred[0]
            said = f", and {first.path}:{first.clause.lines[0]} bars some uses; otherwise"
            why = f"{said}{terms.why.removeprefix(',')}"
            terms = worst((terms, Terms(grade=Grade.RESTRICTED, why=why)))
        if self.doubts:
            said = f", and what binds {self.doubts[0]}, from which it comes, is not settled; otherwise"
            why = f"{said}{terms.why.removeprefix(',')}"
            terms = worst((terms, Terms(grade=Grade.UNKNOWN, why=why)))
        return worst((terms, limit)) if limit else terms

    def published(self, component: Component) -> Terms:
        """Return how far what lies here is open: its terms, those of ancestors, and the Hub's gate.

        The gate keeps weights, code and data from those who are not let in; the card stays public.
        """
        terms = self.ungated(component)
        found = gates(self.facts)
        if component is Component.DOCUMENTATION or not found:
            return terms
        says = "the Hub" if found[0].reader == "hub" else "the card"
        why = f" only to those who ask and are let in, as {says} says; otherwise{terms.why.removeprefix(',')}"
        return worst((terms, Terms(grade=Grade.RESTRICTED, why=why)))
