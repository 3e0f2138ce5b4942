# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What is not the same in two reports."""

from enum import StrEnum

from scanner.model.base import Value
from scanner.model.finding import VerdictWord


class ChangeKind(StrEnum):
    """What kind of thing changed; the order is that in which a reader is told."""

    ADDED = "added"
    REMOVED = "removed"
    VERDICT = "verdict-changed"
    LICENSE = "licence-changed"
    TERMS_ADDED = "terms-added"
    TERMS_REMOVED = "terms-removed"
    DUTY_ADDED = "duty-added"
    DUTY_REMOVED = "duty-removed"
    OPENNESS = "openness-changed"
    REVISION = "revision-changed"
    SIGNOFF = "signoff-broken"
    MOVED = "references-moved"
    FINDING_ADDED = "finding-added"
    FINDING_REMOVED = "finding-removed"


class Change(Value, frozen=True, kw_only=True):
    """One difference between the older report and the newer one."""

    kind: ChangeKind
    release: str
    use_case: str | None = None
    before: str | None = None
    after: str | None = None
    what: str | None = None
    """The duty, the term or the finding in words."""

    clauses: tuple[str, ...] = ()
    """Of a licence that changed: kinds of clauses in which the old and the new one differ."""

    worse: bool = False
    """Whether somebody may do less, or owes more, than before."""


class Difference(Value, frozen=True, kw_only=True):
    """Everything that differs between two reports."""

    older: str
    """As-of date of the older report."""

    newer: str
    same_knowledge: bool
    """Whether both were made with the same records, rules and policy; else that may be what changed."""

    changes: tuple[Change, ...]
    introduced: VerdictWord | None
    """The worst verdict that is new: of a release that was added, or that is worse than before."""
