# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the release itself holds of what a clause asks for: facts ``here.*``, with their places.

True only on evidence that can be quoted; None where it cannot be told.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from scanner.evaluate.locate import Searchable, find_pattern, find_words, plain
from scanner.evaluate.stated import change_stated
from scanner.model.base import Evidence
from scanner.model.conclusion import EffectiveLicense, Relation
from scanner.model.license import (
    AcceptableUse,
    Category,
    Clause,
    DisplayPhrase,
    Naming,
    NoticeFile,
    StateChanges,
)
from scanner.model.reading import Source
from scanner.model.release import ArtifactKind, Confidence

if TYPE_CHECKING:
    from scanner.evaluate.contexts import Subject

Found = tuple[bool | None, tuple[Evidence, ...]]
"""The value of a fact, and where that stands."""

_LEGAL = (Source.LICENSE_FILE, Source.POLICY_FILE, Source.NOTICE_FILE, Source.CARD)
_OUTPUTS = frozenset({Relation.DISTILLED, Relation.TRAINED_ON})
"""Relations in which nothing of the base model itself is changed."""


class Here:
    """One release, asked for what clauses want."""

    def __init__(self, subject: "Subject", texts: Callable[..., Iterator[Searchable]]) -> None:
        """Keep the release and what gives its texts by their sources."""
        self._subject = subject
        self._texts = texts
        self._kinds = {artifact.kind for artifact in subject.release.artifacts}
        self._name = subject.release.name.rsplit("/", 1)[-1].lower()

    def facts(
        self, binding: EffectiveLicense, clause: Clause
    ) -> tuple[Mapping[str, Any], tuple[Evidence, ...]]:
        """Return what the release holds of what a clause asks for, and where."""
        asked: Mapping[str, Found] = {
            "here.license_text": (self._has_text(binding.key), ()),
            "here.notice": self._notice(clause),
            "here.phrase": self._phrase(clause),
            "here.prefix": (self._prefix(clause), ()),
            "here.changes": self._changed(binding, clause),
            "here.policy": self._policy(clause),
        }
        places = tuple(place for _, found in asked.values() for place in found)
        return {name: value for name, (value, _) in asked.items()}, places

    def _has_text(self, key: str) -> bool:
        return any(reading.key == key for reading in self._subject.licenses.detected)

    def _notice(self, clause: Clause) -> Found:
        if not isinstance(clause, NoticeFile) or not clause.exact_text:
            return ArtifactKind.NOTICE in self._kinds, ()
        return _found(find_words(clause.exact_text, self._texts(Source.NOTICE_FILE, Source.CARD)))

    def _phrase(self, clause: Clause) -> Found:
        if not isinstance(clause, DisplayPhrase):
            return None, ()
        return _found(find_words(clause.phrase, self._texts(Source.CARD)))

    def _prefix(self, clause: Clause) -> bool | None:
        return self._name.startswith(clause.prefix.lower()) if isinstance(clause, Naming) else None

    def _policy(self, clause: Clause) -> Found:
        """Return whether a use policy that stands apart from the licence is here, or the address of it."""
        if not isinstance(clause, AcceptableUse) or clause.mode != "by-reference" or not clause.url:
            return None, ()
        enclosed = [
            one.evidence
            for one in self._subject.licenses.detected
            if one.key and clause.url in self._addresses_of_policy(one.key)
        ]
        if enclosed:
            return True, (enclosed[0],)
        address = re.sub(r"^https?://(?:www\.)?|/$", "", clause.url)
        if "/" not in address:
            return None, ()  # the front page of a publisher stands in many a text for other reasons
        pattern = rf"(?:(?<![\w.-])|(?<=www\.)){re.escape(address)}(?![\w-]|/\w)"
        holding = (text for text in self._texts(*_LEGAL) if text.may_hold(plain(address)))
        named = find_pattern(pattern, holding)
        if named is not None:
            return True, (named,)
        unread = (*self._subject.release.unread, *self._subject.facts.unread)
        unsure = ArtifactKind.POLICY in self._kinds or any(one.matters for one in unread)
        return None if unsure else False, ()

    def _addresses_of_policy(self, key: str) -> set[str | None]:
        """Return where a use policy is published; nothing of what is no use policy."""
        record = self._subject.catalogue.licenses.get(key)
        if record is None or record.category is not Category.POLICY:
            return set()
        return _addresses(record.clauses("acceptable_use"))

    def _changed(self, binding: EffectiveLicense, clause: Clause) -> Found:
        """Return whether it says of every base model under the licence that it was changed from it.

        That nothing was found is no "no": the changed files may say it themselves.
        """
        if not isinstance(clause, StateChanges):
            return None, ()
        parents = [
            edge.parent
            for edge in self._subject.lineage
            if edge.relation not in _OUTPUTS
            and edge.confidence is not Confidence.LOW
            and (edge.parent == binding.via or binding.key in edge.terms.keys)
        ]
        if not parents or "account" in clause.needs:
            return None, ()
        sources = (Source.NOTICE_FILE,) if "notice" in clause.needs else (Source.NOTICE_FILE, Source.CARD)
        stated = [
            change_stated(parent, self._texts(*sources), dated="date" in clause.needs)
            for parent in dict.fromkeys(parents)
        ]
        places = tuple(place for place in stated if place is not None)
        return (True, places) if len(places) == len(stated) else (None, ())


def _found(place: Evidence | None) -> Found:
    return place is not None, (place,) if place else ()


def _addresses(clauses: Any) -> set[str | None]:  # noqa: ANN401  the clauses of one kind, or UNSET
    return {clause.url for clause in clauses or () if isinstance(clause, AcceptableUse)}
