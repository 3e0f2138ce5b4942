# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The tables of ``rules/openness/``, typed: what a framework accepts, and what is a sign of what."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from msgspec import UNSET

from scanner.data import folder
from scanner.errors import ConfigError, DataError
from scanner.guarded.strict import convert, document
from scanner.model.base import Value
from scanner.model.license import CLAUSE_KINDS, Category, Clause, License
from scanner.model.openness import Axis, ContentKind, Grade

_Kind = TypeVar("_Kind")


class Accepted(Value, frozen=True, kw_only=True):
    """One list of licences under which a component counts as open."""

    words: str
    """Why they are accepted, as a sentence goes on after the licence's name."""

    source: str
    kinds: tuple[ContentKind, ...]
    """Content that these licences are made for."""

    ids: tuple[str, ...]
    """SPDX identifiers, or the licence's own name for its versions; without ``-only``."""


class CategoryGrade(Value, frozen=True, kw_only=True):
    """How far licences of one category are open, when nothing else decides."""

    grade: Grade
    words: str


class Limit(Value, frozen=True, kw_only=True):
    """A clause that lets a component be used only by some or only for some uses."""

    kind: str
    field: str | None = None
    values: tuple[str | bool, ...] = ()
    words: str

    def holds(self, record: License) -> bool:
        """Whether the record has such a clause."""
        clauses = record.clauses(self.kind)
        return clauses is not UNSET and any(map(self._fits, clauses))

    def _fits(self, clause: Clause) -> bool:
        return self.field is None or getattr(clause, self.field) in self.values


class TermsTable(Value, frozen=True, kw_only=True):
    """``terms.yaml``."""

    categories: Mapping[Category, CategoryGrade]
    clauses: tuple[Limit, ...]


class Sign(Value, frozen=True, kw_only=True):
    """What a file is evidence of, by its path."""

    pattern: str
    words: str
    axis: Axis | None = None
    """None: of none."""


class Link(Value, frozen=True, kw_only=True):
    """What a link in the card claims, by its address and the words of its line."""

    axis: Axis
    pattern: str
    says: str
    headed: bool = False
    """Whether the heading above the line may say it, too."""


class DocumentationSigns(Value, frozen=True, kw_only=True):
    """What a card must have to be more than a stub."""

    minimum_words: int
    placeholder: str
    evaluation_heading: str
    figure: str


class SignsTable(Value, frozen=True, kw_only=True):
    """``signs.yaml``."""

    code: tuple[Sign, ...]
    data: tuple[Sign, ...]
    other: tuple[Sign, ...]
    weights_named: str
    weights_withheld: str
    thanks: str
    links: tuple[Link, ...]
    documentation: DocumentationSigns


@cache
def accepted() -> Mapping[str, str]:
    """Return why a licence is accepted, by :func:`plain_id`; the first list that has it decides."""
    return {plain_id(id_): one.words for one in reversed(_lists()) for id_ in one.ids}


@cache
def accepted_ids() -> Mapping[str, frozenset[ContentKind]]:
    """Return the content that each accepted licence is made for, by its SPDX identifier exactly."""
    found: dict[str, frozenset[ContentKind]] = {}
    for one in _lists():
        for id_ in one.ids:
            for written in (id_, f"{id_}-only"):
                found[written] = found.get(written, frozenset()) | frozenset(one.kinds)
    return found


def _lists() -> tuple[Accepted, ...]:
    return table("accepted", tuple[Accepted, ...])


@cache
def terms_table() -> TermsTable:
    """Return how far a licence is open by its record.

    Raises:
        DataError: a category has no grade, or a clause is none that a record can have.
    """
    found = table("terms", TermsTable)
    missing = sorted(set(Category) - set(found.categories))
    strange = sorted({limit.kind for limit in found.clauses} - set(CLAUSE_KINDS))
    for wrong, what in ((missing, "no grade for"), (strange, "no clause kind:")):
        if wrong:
            raise DataError(f"{what} {', '.join(wrong)}", source="rules/openness/terms.yaml")
    return found


@cache
def signs_table() -> SignsTable:
    """Return what is a sign of what."""
    return table("signs", SignsTable)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the tables, ready to search."""
    return re.compile(pattern, re.IGNORECASE)


def plain_id(name: str) -> str:
    """Return an identifier as the tables compare it: the catalogue's key of that licence."""
    return name.removesuffix("-only").lower()


def table(name: str, kind: type[_Kind]) -> _Kind:
    """Return one file of ``rules/openness/`` as a typed value.

    Raises:
        DataError: the file is damaged.
    """
    path = folder("rules") / "openness" / f"{name}.yaml"
    try:
        written = document(path)
        return convert(written.value, kind, path, written.lines)
    except ConfigError as error:
        raise DataError(error.message, source=error.source, advice="reinstall modelscan-audit") from None
