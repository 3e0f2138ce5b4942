# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a surface finds, before it is known where in the repository the text stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.dependencies.names import is_placeholder, name_of, plain_name
from scanner.dependencies.tables import Entry
from scanner.model.base import excerpt
from scanner.model.reference import Reference, ReferenceKind, Tier
from scanner.model.release import Confidence

QUOTED = 200
"""Characters of an expression that are kept."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One name at one place of a text; lines count from 1 in that text."""

    kind: ReferenceKind
    id: str | None
    revision: str | None
    line: int
    column: int
    expression: str
    how: str
    confidence: Confidence
    cell: int | None = None
    tier: Tier | None = None
    """Where the place in the text says more than the path does."""

    def moved(self, lines: int, tier: Tier | None = None) -> "Hit":
        """Return the hit as it stands in a text of which its own is a part."""
        return Hit(**{**self.__dict__, "line": self.line + lines, "tier": tier or self.tier})

    def in_cell(self, cell: int, line: int) -> "Hit":
        """Return the hit at a line of a notebook's cell."""
        return Hit(**{**self.__dict__, "cell": cell, "line": line})


def named(  # noqa: PLR0913  a place, a name and what is known of them
    entry: Entry,
    text: str | None,
    *,
    line: int,
    column: int,
    expression: str,
    revision: str | None = None,
    how: str = "",
    repo_type: str | None = None,
) -> Hit | None:
    """Return the hit for a text that stands where an entry expects a name; None when it names nothing.

    Args:
        entry: Of the tables.
        text: What was found there; None when it cannot be told.
        line: Of the expression.
        column: Of the expression.
        expression: As written.
        revision: As written beside it.
        how: What the text was resolved through.
        repo_type: ``model``, ``dataset`` or ``space``, where the call says so.
    """
    if repo_type == "space" or (text is not None and text in entry.excluded):
        return None
    kind = ReferenceKind.DATASET if repo_type == "dataset" else entry.kind
    words = f"{entry.name}{f' ({how})' if how else ''}"
    if text is None:
        if entry.strict:
            return None
        return Hit(
            kind=kind,
            id=None,
            revision=None,
            line=line,
            column=column,
            expression=expression,
            how=words,
            confidence=Confidence.HIGH,
        )
    if entry.tag:
        text = text.partition(":")[0]
    found = name_of(text, entry.scheme, entry.organisation, strict=entry.strict)
    if found is None:
        unknown = entry.scheme == "uri" and "://" in text and not text.startswith("http")
        return named(entry, None, line=line, column=column, expression=expression) if unknown else None
    confidence = (
        Confidence.MEDIUM if "default" in how and entry.confidence is Confidence.HIGH else entry.confidence
    )
    if is_placeholder(found.id):
        words, confidence = f"{words}, a placeholder", Confidence.LOW
    return Hit(
        kind=found.kind or kind,
        id=found.id,
        revision=revision or found.revision,
        line=line,
        column=column,
        expression=expression,
        how=words,
        confidence=confidence,
        tier=Tier.EXAMPLE if confidence is Confidence.LOW and "placeholder" in words else None,
    )


def _rank(hit: Hit) -> tuple[bool, bool]:
    """Return what makes one of two readings of the same words the better one: an API tells what they are."""
    return hit.id is not None and plain_name(hit.id) != hit.id, bool(hit.revision)


def referenced(hits: Iterable[Hit], path: str, tier: Tier) -> tuple[Reference, ...]:
    """Return the references of a file, one for each name and place, sorted by place."""
    best: dict[tuple[object, ...], Hit] = {}
    for hit in hits:
        key = (hit.cell, hit.line, hit.kind, plain_name(hit.id) if hit.id else hit.expression)
        there = best.get(key)
        if there is None or _rank(hit) > _rank(there):
            best[key] = hit
    return tuple(
        Reference(
            path=path,
            line=hit.line,
            column=hit.column,
            cell=hit.cell,
            kind=hit.kind,
            id=hit.id,
            revision=hit.revision,
            expression=excerpt(hit.expression, QUOTED),
            how=hit.how,
            confidence=hit.confidence,
            tier=hit.tier or tier,
        )
        for hit in sorted(best.values(), key=lambda hit: (hit.cell or 0, hit.line, hit.column, hit.id or ""))
    )
