# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""SPDX licence expressions: their shape, and which identifiers are on the list.

The package ``license-expression`` reads the grammar and brings a list that lags behind SPDX, so the
catalogue's identifiers are fed to it in one place, :func:`spdx_ids`. Writing what was read gives the
same shape again: ``parse(written(parse(text))) == parse(text)``.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Literal

from scanner.model.base import Value
from scanner.model.license import Catalogue

MAX_PARENTHESES = 16
"""In one expression; real ones use two."""

REF = "LicenseRef-"
"""Begins an identifier that is not on the list."""

ONLY = "-only"
OR_LATER = "-or-later"


class Term(Value, frozen=True, kw_only=True):
    """One licence of an expression, as it is written there."""

    license: str
    exception: str | None = None


class Joined(Value, frozen=True, kw_only=True):
    """Terms that all apply (AND), or of which one may be chosen (OR)."""

    operator: Literal["AND", "OR"]
    parts: tuple["Joined | Term", ...]


Node = Joined | Term


class SpdxId(Value, frozen=True, kw_only=True):
    """An identifier on the list."""

    id: str
    """The identifier to write today."""

    stated: str
    """The identifier as the list spells, or once spelt, what was written."""

    silent: bool = False
    """A deprecated GNU identifier, which does not say whether later versions may be chosen."""

    @property
    def key(self) -> str:
        """The catalogue key of a licence that has no record yet."""
        return self.id.removesuffix(ONLY).lower()


def parse(text: str) -> Node | None:
    """Return the shape of an expression, or None when it is none. It never raises."""
    from license_expression import Licensing  # type: ignore[import-untyped]  # brings no types

    if text.count("(") > MAX_PARENTHESES:
        return None
    try:
        return _node(Licensing().parse(text))
    except Exception:  # noqa: BLE001  the package raises several kinds for what strangers write
        return None


def terms(node: Node) -> Iterator[Term]:
    """Yield every licence of an expression, from left to right."""
    if isinstance(node, Term):
        yield node
        return
    for part in node.parts:
        yield from terms(part)


def operators(node: Node) -> frozenset[str]:
    """Return the operators that an expression uses."""
    if isinstance(node, Term):
        return frozenset()
    return frozenset({node.operator}).union(*map(operators, node.parts))


def written(node: Node, spell: Callable[[Term], str] | None = None) -> str:
    """Write an expression, each licence as ``spell`` gives it, and else as it stands."""
    if isinstance(node, Term):
        return spell(node) if spell else _as_it_stands(node)
    parts = (
        f"({written(part, spell)})" if isinstance(part, Joined) else written(part, spell)
        for part in node.parts
    )
    return f" {node.operator} ".join(parts)


def spdx_ids(catalogue: Catalogue) -> Mapping[str, SpdxId]:
    """Return the list by lower-case identifier: the package's, with the catalogue's added."""
    own = [record.spdx_id for record in catalogue.headings.values()]
    own += [tag.spdx for tag in catalogue.tags.values()]
    added = {id_.lower(): SpdxId(id=id_, stated=id_) for id_ in own if id_ and not id_.startswith(REF)}
    return {**added, **_listed()}


@cache
def spdx_exceptions() -> Mapping[str, str]:
    """Return the exceptions of the list by lower-case identifier."""
    entries = (entry["spdx_license_key"] for entry in _entries() if entry["is_exception"])
    return {id_.lower(): id_ for id_ in entries if id_ and not id_.startswith(REF)}


@cache
def _listed() -> Mapping[str, SpdxId]:
    """Return the package's list; a name of today wins over an older name of another licence."""
    found: dict[str, SpdxId] = {}
    current = [
        (entry["spdx_license_key"], entry["other_spdx_license_keys"])
        for entry in _entries()
        if not entry["is_exception"] and not (entry["spdx_license_key"] or REF).startswith(REF)
    ]
    for id_, others in current:
        for other in others:
            # Only the older GNU spellings: among the package's other names are short ones of a family.
            silent = f"{other}{ONLY}" == id_
            if silent or f"{other.removesuffix('+')}{OR_LATER}" == id_ != f"{other}{OR_LATER}":
                found[other.lower()] = SpdxId(id=id_, stated=other, silent=silent)
    return found | {id_.lower(): SpdxId(id=id_, stated=id_) for id_, _ in current}


@cache
def _entries() -> tuple[dict[str, Any], ...]:
    from license_expression import get_license_index

    return tuple(get_license_index())


def _node(parsed: Any) -> Node | None:  # noqa: ANN401  a tree of the package, which has no types
    if parsed is None:
        return None
    operator = getattr(parsed, "operator", "").strip()
    if operator in ("AND", "OR"):
        parts = tuple(part for part in map(_node, parsed.args) if part is not None)
        return Joined(operator="AND" if operator == "AND" else "OR", parts=parts)
    exception = getattr(parsed, "exception_symbol", None)
    if exception is not None:
        return Term(license=parsed.license_symbol.key, exception=exception.key)
    return Term(license=parsed.key)


def _as_it_stands(term: Term) -> str:
    return f"{term.license} WITH {term.exception}" if term.exception else term.license
