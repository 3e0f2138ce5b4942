# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The terms of one parent: its own release's, where it lies in the scanned tree, else by its name.

Law: looking at more never takes a term away. Where the tree and the family table disagree, both stand.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from scanner.lineage.families import Known, Table
from scanner.lineage.names import Form, Name, named
from scanner.lineage.tree import Found, Tree, spellings
from scanner.model.base import Value
from scanner.model.conclusion import ConcludedLicense, ParentTerms, Status
from scanner.model.release import Confidence

NOT_KNOWN = "it is neither in the scanned tree nor in the table of model families"


class Lent(Value, frozen=True, kw_only=True):
    """What a parent lends."""

    name: Name
    keys: Mapping[str, bool]
    """Each licence with whether it is certain."""

    terms: ParentTerms
    paths: tuple[str, ...] = ()
    """The parent's own releases in the tree."""

    unsettled: str | None = None
    """Why it is not settled what binds it, where it is not."""


class Asked(Value, frozen=True, kw_only=True):
    """What came of asking the Hub for parents that are not in the scanned tree."""

    revisions: Mapping[str, str] = {}
    """Commit of every release that was read to lend its terms, by its path."""

    refused: Mapping[str, str] = {}
    """Why a parent could not be read, by its name in lower case."""

    renamed: Mapping[str, str] = {}
    """Of those that were read under another name than they were asked for, the name that they have now."""


class Lender:
    """Looks up parents: in the tree first, then in the family table."""

    def __init__(
        self,
        tree: Tree,
        weights_by_path: Mapping[str, ConcludedLicense],
        table: Table,
        asked: Asked,
        unsettled: Mapping[str, str],
    ) -> None:
        """Keep where terms are looked up, what the Hub said, and which releases are not settled."""
        self._tree, self._weights, self._table, self._asked = tree, weights_by_path, table, asked
        self._unsettled = unsettled

    def lend(self, parent: str, child: str) -> Lent:
        """Return the terms of a parent as one of its children names it."""
        name = named(parent) or Name(text=parent, form=Form.WORDS)
        found = self._tree.find(name, child)
        known = self._table.find(name)
        if found is None:
            return _refused(_by_name(name, known), self._asked.refused.get(name.key))
        now = self._asked.renamed.get(found.paths[0])
        return self._in_tree(name, found, known or (self._known(now) if now else None))

    def by_name(self, path: str, own: str) -> ParentTerms | None:
        """Return what the family table says of a release by its own full name, where it is sure."""
        for spelling in spellings(path, own):
            known = self._known(spelling)
            if known is not None and known.models.keys and known.confidence is not Confidence.LOW:
                return _by_name(Name(text=spelling, form=Form.HUB), known).terms
        return None

    def _known(self, own: str) -> Known | None:
        name = named(own)
        return self._table.find(name) if name is not None and name.form is Form.HUB else None

    def _in_tree(self, name: Name, found: Found, known: Known | None) -> Lent:
        conclusions = [self._weights[path] for path in found.paths if path in self._weights]
        own = _own_keys(conclusions, certain=found.whole)
        by_name = _by_name(name, known)
        revision = self._asked.revisions.get(found.paths[0])
        where = f"was read from the Hub, revision {revision}" if revision else "is in the scanned tree"
        release = None if revision else found.paths[0]
        if not own and by_name.keys:
            return _with_release(by_name, found, where, release)
        keys, extra = _joined(own, by_name, known, settles=revision is None)
        return Lent(
            name=name,
            keys=keys,
            terms=ParentTerms(
                keys=tuple(keys),
                certain=all(keys.values()),
                how="hub" if revision else "in-tree",
                confidence=_confidence(keys, conclusions),
                why=_why(found, conclusions, extra, where),
                release=release,
            ),
            paths=found.paths,
            unsettled=self._doubt(found, conclusions, keys, known),
        )

    def _doubt(
        self,
        found: Found,
        conclusions: Sequence[ConcludedLicense],
        keys: Mapping[str, bool],
        known: Known | None,
    ) -> str | None:
        """Return why it is not settled what binds a parent's own release, where it is not."""
        reasons = [self._unsettled[path] for path in found.paths if path in self._unsettled]
        reasons += [one.why for one in conclusions if one.status in {Status.CONFLICT, Status.CLOSEST}]
        if known is not None and not known.models.keys:
            reasons.append(f"the table of model families knows it, and no terms of it{_noted(known)}")
        if not keys:
            reasons.append("its own release states no terms that are known")
        elif len(keys) == 1 and not any(keys.values()) and found.whole:
            reasons.append(conclusions[0].why)
        return reasons[0] if reasons else None


def terms_by_name(written: str, table: Table) -> ParentTerms:
    """Return what the family table says of a model as somebody names it; no keys where it knows nothing."""
    name = named(written) or Name(text=written, form=Form.WORDS)
    return _by_name(name, table.find(name)).terms


def _noted(known: Known) -> str:
    return f" ({known.models.note})" if known.models.note else ""


def _joined(
    own: Mapping[str, bool], by_name: Lent, known: Known | None, *, settles: bool
) -> tuple[Mapping[str, bool], Sequence[str]]:
    """Return a release's own licences with those that its name adds, and which these are.

    A release in the tree that concludes one of several texts that go by its name settles which of them it
    is. The Hub's copy of today does not: the child may have been made from a revision under another text.
    """
    extra = [key for key in by_name.keys if key not in own]
    if known is not None and known.models.together:
        return {**by_name.keys, **own}, extra
    if settles and all(own.values()) and own.keys() <= by_name.keys.keys():
        return own, ()
    return {key: certain and not extra for key, certain in own.items()} | dict.fromkeys(extra, False), extra


def _own_keys(conclusions: Iterable[ConcludedLicense], *, certain: bool) -> Mapping[str, bool]:
    """Return what the parent's releases conclude, or may be under; copies that differ make it uncertain."""
    sets = [(one.keys or one.candidates, bool(one.keys)) for one in conclusions]
    agreed = len({frozenset(keys) for keys, _ in sets}) == 1
    every = {key: sure for keys, sure in sorted(sets, reverse=True) for key in keys}
    return {key: sure and agreed and certain for key, sure in sorted(every.items())}


def _confidence(keys: Mapping[str, bool], conclusions: Sequence[ConcludedLicense]) -> Confidence:
    if not keys or not all(keys.values()):
        return Confidence.LOW
    texts = all(conclusion.status is Status.TEXT for conclusion in conclusions)
    return Confidence.HIGH if texts else Confidence.MEDIUM


def _why(found: Found, conclusions: Sequence[ConcludedLicense], extra: Sequence[str], where: str) -> str:
    which = "" if found.whole else ", found by the last part of its name alone"
    said = conclusions[0].why if conclusions else "it states no terms"
    other = f"; by its name it is under {' and '.join(extra)}" if extra else ""
    return f"its own release {where}{which}: {said}{other}"


def _with_release(lent: Lent, found: Found, where: str, release: str | None) -> Lent:
    """Return terms by name for a parent whose own release states none."""
    terms = ParentTerms(
        keys=lent.terms.keys,
        certain=lent.terms.certain,
        how=lent.terms.how,
        confidence=lent.terms.confidence,
        why=f"its own release {where} and names no terms; {lent.terms.why}",
        release=release,
    )
    return Lent(name=lent.name, keys=lent.keys, terms=terms, paths=found.paths)


def _refused(lent: Lent, reason: str | None) -> Lent:
    """Return terms by name for a parent that the Hub was asked for in vain."""
    if reason is None:
        return lent
    return replace(lent, terms=replace(lent.terms, why=f"{lent.terms.why}; asked for at the Hub: {reason}"))


def _by_name(name: Name, known: Known | None) -> Lent:
    if known is None:
        path = name.form is Form.PATH
        why = "it is a path, and no model is known by its last part" if path else NOT_KNOWN
        return Lent(
            name=name, keys={}, terms=ParentTerms(why=why), unsettled=f"its terms are not known: {why}"
        )
    note = _noted(known)
    if not known.models.keys:
        why = f"the table of model families names none for it{note}"
        return Lent(
            name=name, keys={}, terms=ParentTerms(why=why), unsettled=f"its terms are not known: {why}"
        )
    certain = known.exact and known.confidence is not Confidence.LOW
    fits = "the last part of its name fits" if known.by_ending else "by its name it is one of"
    either = "" if known.exact else ": one of several texts, and the name does not say which"
    return Lent(
        name=name,
        keys=dict.fromkeys(known.models.keys, certain),
        terms=ParentTerms(
            keys=known.models.keys,
            certain=certain,
            how="family",
            confidence=known.confidence,
            why=f"{fits} the {known.family.name} models{either}{note}",
        ),
    )
