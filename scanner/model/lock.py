# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan.lock``: what a repository's models were when somebody looked, as facts.

It holds no verdict: under another use case, policy or catalogue the same facts are judged anew.
"""

from collections.abc import Mapping
from typing import Literal

from scanner.model.base import Value
from scanner.model.conclusion import Relation, Status
from scanner.model.finding import Outcome, Severity
from scanner.model.forms import Commit, Sha256
from scanner.model.openness import Axis, Grade, Label, MofClass
from scanner.model.reading import Source
from scanner.model.reference import ReferenceKind
from scanner.model.release import Component

LOCK_NAME = "modelscan.lock"
LOCK_VERSION = 1


class LockedFile(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One file whose content decides something: weights, and texts that may bind."""

    path: str
    size: int
    """Bytes."""

    sha256: Sha256 | None = None
    """Of the whole file, where it was recorded or computed."""


class LockedText(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One text that may bind, by its digests."""

    path: str
    source: Source
    sha256: Sha256
    words_sha256: Sha256
    prose: bool = False
    """A card that holds no terms itself."""


class LockedConclusion(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What was concluded for one component."""

    status: Status
    rule: str = ""
    keys: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    expression: str | None = None


class LockedTerm(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One licence that binds the weights, or may."""

    license: str
    via: str | None = None
    relation: Relation | None = None
    certain: bool = True


class LockedBase(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One base model that the release names."""

    id: str
    relation: Relation
    how: Literal["declared", "observed"]
    release: str | None = None


class LockedOpenness(Value, frozen=True, kw_only=True, omit_defaults=True):
    """How open the release was found to be."""

    label: Label
    axes: Mapping[Axis, Grade]
    mof: MofClass | None = None


class LockedFinding(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What the evidence leaves open or in conflict: it cannot be found again without the files."""

    rule: str
    severity: Severity
    outcome: Outcome = Outcome.FINDING
    message: str
    how_to_fix: str
    fingerprint: str


class LockEntry(Value, frozen=True, kw_only=True, omit_defaults=True):
    """One model at one revision: everything that a judgement needs."""

    id: str
    """As references name it: ``org/name``, or ``local:PATH``."""

    kind: ReferenceKind = ReferenceKind.MODEL
    requested: str | None = None
    """Revision as the references write it; None: none is written."""

    revision: Commit | None = None
    """Of the Hub."""

    purl: str | None = None
    source: Literal["hub", "files", "correction"]
    """Read from the Hub; from files on disk (a cache, a folder); or stated by a person's correction alone."""

    declared: tuple[str, ...] = ()
    """Licences as the author names them."""

    detected: tuple[str, ...] = ()
    """Licences whose texts were recognised."""

    concluded: Mapping[Component, LockedConclusion]
    effective: tuple[LockedTerm, ...] = ()
    multimodal: bool | None = None
    base_models: tuple[LockedBase, ...] = ()
    obligations: tuple[str, ...] = ()
    """Ids of the duties that applied under the use cases of the configuration."""

    openness: LockedOpenness | None = None
    findings: tuple[LockedFinding, ...] = ()
    legal_files: tuple[LockedText, ...] = ()
    files: tuple[LockedFile, ...] = ()
    """Weights, sorted by path."""

    tree_digest: Sha256 | None = None
    """Of the paths and sizes of all files of the release."""

    signoff: str | None = None
    """Digest of the sign-off that held when the lock was written."""

    references: tuple[str, ...] = ()
    """Files that name it."""

    @property
    def weights(self) -> LockedConclusion:
        """What was concluded for the weights."""
        return self.concluded.get(Component.WEIGHTS) or LockedConclusion(status=Status.UNKNOWN)

    @property
    def license_words(self) -> str:
        """The licence of the weights, and how it is known, in a few words."""
        weights = self.weights
        if weights.keys:
            return f"{' and '.join(weights.keys)} ({weights.status.value})"
        may = f": {' or '.join(weights.candidates)}" if weights.candidates else ""
        return f"{weights.status.value}{may}"

    @property
    def legal_digests(self) -> frozenset[str]:
        """Digests of the words of licences, policies and notices; a card's prose is none of them."""
        return frozenset(one.words_sha256 for one in self.legal_files if one.source is not Source.CARD)


class Lock(Value, frozen=True, kw_only=True):
    """The whole file, sorted."""

    version: Literal[1] = 1
    models: tuple[LockEntry, ...] = ()

    def entry(self, id_: str, requested: str | None) -> LockEntry | None:
        """Return the entry of a model as it is named, at the revision as it is written."""
        for one in self.models:
            if one.id.casefold() == id_.casefold() and one.requested == requested:
                return one
        return None
