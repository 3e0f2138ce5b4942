# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the evidence supports: concluded licences, lineage, and the terms that bind."""

from enum import StrEnum
from typing import Literal

from scanner.model.base import Evidence, Value
from scanner.model.curation import Curation
from scanner.model.reading import LicenseReading
from scanner.model.release import Component, Confidence


class Status(StrEnum):
    """How a conclusion is supported."""

    TEXT = "text"
    """The licence's own text is in the release and nothing disagrees."""

    DECLARED = "declared"
    """Named exactly, without its text, and nothing disagrees."""

    CLOSEST = "closest"
    """A text is there that is near a known licence and is not it."""

    CONFLICT = "conflict"
    """Two pieces of evidence disagree."""

    UNKNOWN = "unknown"
    """Nothing, or nothing that names one version."""

    CURATED = "curated"
    """Corrected by a person of the organisation; the reason says what the evidence alone supports."""


class Rejected(Value, frozen=True, kw_only=True):
    """A reading that was not followed, and why."""

    key: str
    """Catalogue key, or the words as they stand when there is no key."""

    source: str
    path: str
    lines: tuple[int, int] | None = None
    why: str


class ConcludedLicense(Value, frozen=True, kw_only=True):
    """What the evidence as a whole supports for one component (SPDX ``licenseConcluded``)."""

    component: Component
    status: Status
    why: str
    """One sentence with the reason."""

    rule: str = ""
    """Name of the rule of precedence that decided (``docs/precedence.md``)."""

    keys: tuple[str, ...] = ()
    """Catalogue keys that are concluded. Empty for conflict, unknown and closest."""

    expression: str | None = None
    """SPDX expression; None when nothing is concluded."""

    candidates: tuple[str, ...] = ()
    """Keys that may bind when none is concluded; the strictest of them decides the verdict."""

    rejected: tuple[Rejected, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    curation: Curation | None = None
    """The correction by a person, when there is one."""


class Relation(StrEnum):
    """How a release comes from its parent (Hub ``base_model_relation``, and ours)."""

    FINETUNE = "finetune"
    ADAPTER = "adapter"
    MERGE = "merge"
    QUANTIZED = "quantized"
    DISTILLED = "distilled"
    TRAINED_ON = "trained-on"
    UNKNOWN = "unknown"


class ParentTerms(Value, frozen=True, kw_only=True):
    """The terms of a named parent, and how they are known."""

    keys: tuple[str, ...] = ()
    """Catalogue keys. Empty: not known."""

    certain: bool = True
    """False: they may bind; one of them does and it is not known which, or the parent itself is not sure."""

    how: Literal["in-tree", "hub", "family", "unknown"] = "unknown"
    """``in-tree``: concluded for a release in the scanned tree; ``hub``: for one that was read from the Hub;
    ``family``: from the family table by name."""

    confidence: Confidence = Confidence.LOW
    why: str
    release: str | None = None
    """Path of the release in the scanned tree, when the parent is there."""


class Unsettled(Value, frozen=True, kw_only=True):
    """An ancestor of which it is not settled what binds it."""

    via: str
    why: str
    direct: bool
    """Whether the release itself names it."""


class Hint(Value, frozen=True, kw_only=True):
    """Base models of one family that a release looks like, though it names none: it proves nothing."""

    models: tuple[str, ...]
    """Those with this shape."""

    keys: tuple[str, ...]
    """Licences of which one, or all, would bind."""

    figures: str
    """What the configuration and the models have in common, in words."""

    evidence: tuple[Evidence, ...]


class DataTerms(Value, frozen=True, kw_only=True):
    """The terms of a data set whose card lies in the scanned tree."""

    path: str
    keys: tuple[str, ...]
    """Catalogue keys that its card and texts conclude, or that may hold."""

    certain: bool = True
    """False: they may hold."""

    why: str


class LineageEdge(Value, frozen=True, kw_only=True):
    """One link from a release to a parent (SPDX ``descendantOf``; CycloneDX pedigree)."""

    parent: str
    relation: Relation
    how: Literal["declared", "observed"]
    """Declared: the card or a merge file says so. Observed: found in a config or header field."""

    confidence: Confidence
    evidence: tuple[Evidence, ...]
    terms: ParentTerms


class EffectiveLicense(Value, frozen=True, kw_only=True):
    """One licence whose clauses bind the weights, or may."""

    key: str
    via: str | None = None
    """The ancestor whose licence it is; None: the release's own."""

    relation: Relation | None = None
    certain: bool = True
    """False: it is one of several candidates, and is applied because it may bind."""

    why: str


class Licenses(Value, frozen=True, kw_only=True):
    """The three kinds of licence statement, kept apart to the last page."""

    declared: tuple[LicenseReading, ...] = ()
    detected: tuple[LicenseReading, ...] = ()
    concluded: tuple[ConcludedLicense, ...] = ()
    """One for each component, in the order of :class:`Component`."""

    stale: tuple[str, ...] = ()
    """Corrections that were made for other bytes or another revision, and are not applied."""

    def of(self, component: Component) -> ConcludedLicense:
        """Return the conclusion for one component.

        Raises:
            KeyError: nothing was concluded for it, not even unknown.
        """
        for conclusion in self.concluded:
            if conclusion.component is component:
                return conclusion
        raise KeyError(component)
