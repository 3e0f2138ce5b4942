# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What each rule is evaluated on: the release, each binding licence, each of its clauses, each base model."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from msgspec import UNSET

from scanner.data import folder
from scanner.evaluate.beside import Sign, named_beside, signs_of_others
from scanner.evaluate.facts import clause_kind
from scanner.evaluate.given import clause_facts, license_facts, other_reading
from scanner.evaluate.here import Here
from scanner.evaluate.locate import Searchable, find_clause, find_pattern
from scanner.evaluate.openness import openness_facts
from scanner.evaluate.ours import policy_facts, publisher, record_against
from scanner.guarded.strict import load_own
from scanner.model.base import Evidence, Value, excerpt
from scanner.model.conclusion import (
    ConcludedLicense,
    DataTerms,
    EffectiveLicense,
    Hint,
    Licenses,
    LineageEdge,
    ParentTerms,
    Unsettled,
)
from scanner.model.license import Act, Catalogue, Category, Clause, License
from scanner.model.openness import OpennessAssessment
from scanner.model.policy import Policy
from scanner.model.reading import Facts, ReadClause, Source
from scanner.model.release import Component, Confidence, Release


class Subject(Value, frozen=True, kw_only=True):
    """One release with everything that rules may ask about."""

    release: Release
    facts: Facts
    licenses: Licenses
    clauses: tuple[ReadClause, ...] = ()
    effective: tuple[EffectiveLicense, ...]
    by_name: ParentTerms | None = None
    """What the family table says of a release of this name."""

    lineage: tuple[LineageEdge, ...]
    data_sets: Mapping[str, DataTerms] = {}
    """Data sets of the scanned tree, by every name in lower case under which cards may name them."""

    barred: tuple[ReadClause, ...] = ()
    """Clauses of card, gate or policy that bar uses which no licence of the weights bars."""

    unsettled: tuple[Unsettled, ...] = ()
    """Ancestors of which it is not settled what binds them."""

    hints: tuple[Hint, ...] = ()
    """Base models that it looks like, though it names none."""

    catalogue: Catalogue
    policy: Policy
    openness: OpennessAssessment | None = None
    multimodal: bool | None = None
    """Whether the model takes or makes more than text; None: its files do not tell."""

    as_of: str
    """ISO date that the evaluation is made for."""

    @property
    def weights(self) -> ConcludedLicense:
        """What is concluded for the weights."""
        return self.licenses.of(Component.WEIGHTS)


class Reading(Value, frozen=True, kw_only=True):
    """What a clause says as its text may be read as well."""

    why: str
    facts: Mapping[str, Any] | None
    """What takes the place of its facts; None: it does not hold at all."""

    not_for: tuple[Act, ...] = ()
    """Acts that it then leaves alone."""


class Context(Value, frozen=True, kw_only=True):
    """One thing that a rule is evaluated on."""

    facts: Mapping[str, Any]
    """Facts that stay the same under every use case."""

    binding: EffectiveLicense | None = None
    clause: Clause | None = None
    readings: tuple[Reading, ...] = ()
    """Other ways to read the clause."""

    edge: LineageEdge | None = None
    number: int = 1
    """Among the clauses of one kind in the same section of the same licence."""

    evidence: tuple[Evidence, ...] = ()
    places: Mapping[str, tuple[Evidence, ...]] = {}
    """By the names of facts, the places that they were read from."""


class World:
    """A subject as contexts: built once, whatever the use cases and acts are."""

    def __init__(self, subject: Subject) -> None:
        """Keep the subject; contexts are built when a rule asks for them."""
        self.subject = subject
        self._built: dict[str, tuple[Context, ...]] = {}

    def contexts(self, ranges_over: str) -> tuple[Context, ...]:
        """Return everything that a rule ranges over."""
        if ranges_over not in self._built:
            self._built[ranges_over] = tuple(self._build(ranges_over))
        return self._built[ranges_over]

    def _build(self, ranges_over: str) -> Iterator[Context]:
        kind = clause_kind(ranges_over)
        if kind is not None:
            yield from self._clauses(kind)
        elif ranges_over == "release":
            evidence = self.subject.weights.evidence
            yield Context(facts=self._release, evidence=evidence, places=self._places)
        elif ranges_over == "license":
            yield from map(self._license, self._bindings)
        elif ranges_over == "openness":
            yield self._openness
        elif ranges_over == "duty":
            return  # duties follow from the acts, see ``weighed``
        else:
            yield from map(self._parent, self.subject.lineage)

    @cached_property
    def _release(self) -> Mapping[str, Any]:
        subject, weights = self.subject, self.subject.weights
        return {
            "release.name": subject.release.name,
            **policy_facts(subject.policy, publisher(subject.release.purl)),
            "release.multimodal": subject.multimodal,
            "release.terms_above": subject.release.terms_above,
            **self._by_name,
            **self._bases,
            "release.data_terms": tuple(self._data_terms()),
            **self._alike,
            "release.unsettled": tuple(self._unsettled()),
            "release.unreadable": tuple(
                f"{unread.path} ({unread.reason})"
                for unread in (*subject.release.unread, *subject.facts.unread)
                if unread.matters
            ),
            "release.damaged": tuple(
                f"{header.path}: {header.problems[0]}" for header in subject.facts.headers if header.problems
            ),
            "release.problems": tuple(
                f"{reading.evidence.path}: {reading.value}"
                for reading in subject.facts.readings
                if reading.name == "problem"
            ),
            "weights.status": weights.status.value,
            "weights.rule": weights.rule,
            "weights.why": weights.why,
            "weights.keys": weights.keys,
            "weights.candidates": weights.candidates,
            "weights.clauses": tuple(map(_told, self._read(Source.LICENSE_FILE, Source.POLICY_FILE))),
            "weights.alarms": tuple(
                f"{one.path}:{one.clause.lines[0]}: {one.alarm}" for one in subject.clauses if one.alarm
            ),
            "release.corrected": tuple(
                f"{one.component}: {one.why}" for one in subject.licenses.concluded if one.curation
            ),
            "release.stale": subject.licenses.stale,
            "release.others": tuple(sign.words for sign in self._others),
            "code.differs": _code_differs(subject.licenses),
            "release.named": tuple(sign.words for sign in self._named),
            "card.clauses": tuple(map(_told, self.subject.barred)),
            "weights.nearest": tuple(
                sorted(
                    {
                        reading.raw
                        for reading in subject.licenses.detected
                        if reading.component is Component.WEIGHTS and reading.raw and not reading.key
                    }
                )
            ),
        }

    @property
    def _openness(self) -> Context:
        assessed = self.subject.openness
        return Context(
            facts={**self._release, **openness_facts(assessed, self.subject.policy)},
            evidence=assessed.calls_itself_open if assessed is not None else (),
        )

    @property
    def _bases(self) -> Mapping[str, Any]:
        """Base models that files name although the card, which names some, does not name them.

        A path on somebody's disk contradicts nothing, and what only a sentence says is no field of the card.
        """
        edges = self.subject.lineage
        declared = [edge.parent for edge in edges if _read_by(edge, _CARD_FIELDS)]
        others = [
            f"{edge.parent} ({', '.join(dict.fromkeys(one.path for one in edge.evidence))})"
            for edge in edges
            if declared and not _read_by(edge, _CARD) and _REPOSITORY.fullmatch(edge.parent)
        ]
        return {"release.card_bases": tuple(declared), "release.other_bases": tuple(others)}

    def _unsettled(self) -> Iterator[str]:
        """Yield the ancestors of which it is not settled what binds them and no other rule tells."""
        told = {edge.parent for edge in self.subject.lineage if not edge.terms.keys}
        for one in self.subject.unsettled:
            if not (one.direct and one.via in told):
                yield f"{one.via}: {one.why}"

    @property
    def _alike(self) -> Mapping[str, Any]:
        """What the release looks like, though it names no base model."""
        hints = self.subject.hints
        records = (self._record(key) for hint in hints for key in hint.keys)
        return {
            "release.alike": tuple(
                f"{' or '.join(hint.models)} ({' or '.join(hint.keys) or 'terms not known'})"
                for hint in hints
            ),
            "release.alike_families": len(hints),
            "release.alike_figures": hints[0].figures if hints else "",
            "release.alike_categories": tuple(
                sorted({record.category.value for record in records if record})
            ),
        }

    def _data_terms(self) -> Iterator[str]:
        """Yield the data sets that the card names and whose terms are known to bind those who use them."""
        named = self.subject.facts.named("datasets", "general.datasets")
        for name in dict.fromkeys(reading.value for reading in named if reading.value):
            here = self.subject.data_sets.get(name.lower())
            known = self.subject.catalogue.datasets.get(name.lower())
            if here is not None and here.keys:
                keys, how = here.keys, f"its own card is in the scanned tree, {here.path}: {here.why}"
            elif known is not None:
                keys, how = known.keys, f"{known.note}, {known.confidence} confidence"
            else:
                continue
            records = [record for key in keys if (record := self._record(key))]
            if any(record.category not in _FREE_DATA for record in records):
                yield f"{name}: {', '.join(keys)} ({how})"

    @property
    def _by_name(self) -> Mapping[str, Any]:
        """What is known of a release of this name and contradicts what this copy states."""
        known, weights = self.subject.by_name, self.subject.weights
        stated = {*weights.keys, *weights.candidates}
        contradicts = known is not None and bool(stated) and stated.isdisjoint(known.keys)
        return {
            "release.known_terms": known.keys if known and contradicts else (),
            "release.known_why": known.why if known and contradicts else "",
        }

    def _read(self, *sources: Source) -> Iterator[ReadClause]:
        return (one for one in self.subject.clauses if one.source in sources)

    @cached_property
    def _others(self) -> tuple[Sign, ...]:
        """What points to another licence than those that bind."""
        return signs_of_others(
            self.subject.licenses.detected,
            self._from(Source.NOTICE_FILE, Source.CARD, Source.GATE),
            {binding.key for binding in self.subject.effective},
            self.subject.catalogue,
        )

    @cached_property
    def _named(self) -> tuple[Sign, ...]:
        """Licences that are named and bind nothing that is known."""
        texts = tuple(self._from(Source.NOTICE_FILE, Source.CARD, Source.GATE))
        keys = {binding.key for binding in self.subject.effective}
        return tuple(named_beside(texts, keys, self.subject.catalogue.headings))

    @property
    def _places(self) -> Mapping[str, tuple[Evidence, ...]]:
        """The places behind facts about the release that a rule may quote instead of the conclusion's."""
        facts = self.subject.facts
        return {
            "release.others": tuple(sign.evidence for sign in self._others),
            "release.named": tuple(sign.evidence for sign in self._named),
            "card.clauses": tuple(one.evidence for one in self.subject.barred),
            "weights.alarms": tuple(one.evidence for one in self.subject.clauses if one.alarm),
            "release.problems": tuple(
                reading.evidence for reading in facts.readings if reading.name == "problem"
            ),
            "release.data_terms": tuple(
                reading.evidence for reading in facts.named("datasets", "general.datasets") if reading.value
            ),
            "release.alike": tuple(evidence for hint in self.subject.hints for evidence in hint.evidence),
        }

    def _license(self, binding: EffectiveLicense) -> Context:
        record = self._record(binding.key)
        return Context(
            facts={
                **self._release,
                **license_facts(binding, record),
                **record_against(self.subject.policy, record),
                **self._descent(binding),
            },
            binding=binding,
            evidence=self._binding_evidence(binding),
        )

    def _descent(self, binding: EffectiveLicense) -> Mapping[str, Any]:
        """Return whether a licence comes from further back than the bases, and whether it is carried."""
        weights = self.subject.weights
        stated = {*weights.keys, *weights.candidates}
        alike = {one.key for one in self.subject.effective if one.via == binding.via}
        direct = binding.via is None or any(edge.parent == binding.via for edge in self.subject.lineage)
        return {
            "license.direct": direct,
            "license.carried": not alike.isdisjoint(stated),
            "license.relation": binding.relation.value if binding.relation else "",
            "license.kept": self._kept((binding.key,)),
        }

    def _clauses(self, kind: str) -> Iterator[Context]:
        for binding in self._bindings:
            record = self._record(binding.key)
            clauses = record.clauses(kind) if record else UNSET
            if not clauses:
                continue
            base = self._license(binding)
            sections: Counter[str] = Counter()
            for clause in clauses:
                sections[clause.section] += 1
                own = clause_facts(clause)
                here, found = self._here.facts(binding, clause)
                yield Context(
                    facts={**base.facts, **own, **here},
                    binding=binding,
                    clause=clause,
                    readings=tuple(_readings(clause)),
                    number=sections[clause.section],
                    evidence=(*self._located(binding, clause), *found) or self._whence(binding, base),
                )

    def _whence(self, binding: EffectiveLicense, base: Context) -> tuple[Evidence, ...]:
        """Return what shows that a licence binds, but for its text, which does not hold the clause."""
        readings = self.subject.licenses.detected
        texts = {one.evidence for one in readings if one.key == binding.key or binding.key in one.candidates}
        return tuple(evidence for evidence in base.evidence if evidence not in texts)

    @cached_property
    def _bindings(self) -> tuple[EffectiveLicense, ...]:
        """Each licence once, as it binds most surely: the same duty through an ancestor is no second duty."""
        surest: dict[str, EffectiveLicense] = {}
        for binding in self.subject.effective:
            known = surest.setdefault(binding.key, binding)
            if binding.certain and not known.certain:
                surest[binding.key] = binding
        return tuple(surest.values())

    def _parent(self, edge: LineageEdge) -> Context:
        missing = self._not_stated(edge)
        records = [self._record(key) for key in missing]
        return Context(
            facts={
                **self._release,
                "parent.name": edge.parent,
                "parent.relation": edge.relation.value,
                "parent.how": edge.how,
                "parent.confidence": edge.confidence.value,
                "parent.terms": edge.terms.keys,
                "parent.known": bool(edge.terms.keys),
                "parent.missing": missing,
                "parent.carried": self._carried(edge, missing),
                "parent.categories": tuple(
                    sorted({(record.category if record else Category.UNKNOWN).value for record in records})
                ),
                "parent.why": edge.terms.why,
                "parent.made": "Perhaps made from" if edge.confidence is Confidence.LOW else "Made from",
                "parent.kept": self._kept(missing),
                "parent.owner": _owner(edge.parent, self.subject.release.name),
            },
            edge=edge,
            evidence=edge.evidence,
        )

    def _not_stated(self, edge: LineageEdge) -> tuple[str, ...]:
        """Return the parent's licences that the release does not state."""
        weights = self.subject.weights
        return tuple(key for key in edge.terms.keys if key not in {*weights.keys, *weights.candidates})

    def _carried(self, edge: LineageEdge, missing: tuple[str, ...]) -> bool | None:
        """Whether the release states its parent's terms; None when only one of several possible ones."""
        if not missing or len(missing) == len(edge.terms.keys):
            return not missing
        certain = {binding.key for binding in self.subject.effective if binding.certain}
        return None if certain.isdisjoint(missing) else False

    def _kept(self, missing: tuple[str, ...]) -> str:
        """Return where the card says that the base model keeps terms that the release does not state."""
        places = (
            f"{one.evidence.path}:{one.evidence.lines[0]}"
            for one in self.subject.licenses.declared
            if one.standing == "elsewhere"
            and one.evidence.reader == "card-prose"
            and one.evidence.lines
            and not {one.key, *one.candidates}.isdisjoint(missing)
        )
        return next(places, "")

    def _record(self, key: str) -> License | None:
        return self.subject.catalogue.licenses.get(key)

    def _binding_evidence(self, binding: EffectiveLicense) -> tuple[Evidence, ...]:
        """Return what shows that a licence binds: the conclusion's evidence, or the link to the ancestor."""
        if binding.via is None:
            return self.subject.weights.evidence
        direct = [edge for edge in self.subject.lineage if edge.parent == binding.via]
        # What comes from further back comes through the links of this release, whichever it is.
        edges = direct or self.subject.lineage
        return tuple(evidence for edge in edges for evidence in edge.evidence)

    def _located(self, binding: EffectiveLicense, clause: Clause) -> tuple[Evidence, ...]:
        if clause.pattern is None:
            return ()
        found = find_clause(clause.pattern, binding.key, self._texts, self.subject.licenses.detected)
        if found is None and getattr(clause, "document", None) == "use-policy":
            found = find_pattern(clause.pattern, self._from(Source.POLICY_FILE))
        return (found,) if found else ()

    @cached_property
    def _texts(self) -> tuple[Searchable, ...]:
        return tuple(map(Searchable, self.subject.facts.texts))

    @cached_property
    def _here(self) -> Here:
        return Here(self.subject, self._from)

    def _from(self, *sources: Source) -> Iterator[Searchable]:
        return (
            searchable
            for searchable, text in zip(self._texts, self.subject.facts.texts, strict=True)
            if text.source in sources
        )


def _readings(clause: Clause) -> Iterator[Reading]:
    for doubt in clause.doubts:
        other = other_reading(clause, doubt)
        facts = None if other is None else clause_facts(other)
        yield Reading(why=doubt.why, facts=facts, not_for=doubt.not_for)


def _code_differs(licenses: Licenses) -> tuple[str, ...]:
    """Return what is concluded for the code, where something is and it is not as the weights are."""
    code, weights = licenses.of(Component.CODE), licenses.of(Component.WEIGHTS)
    if code.rule == "nothing" or (code.status, code.keys) == (weights.status, weights.keys):
        return ()
    named = (
        " and ".join(code.keys) or f"{code.status.value}: {' or '.join(code.candidates) or 'not recognised'}"
    )
    return (f"{named} ({code.why})",) if set(code.keys) != set(weights.keys) or not code.keys else ()


def _owner(parent: str, release: str) -> str:
    """Return the way out where the release bears the name of its base model's own publisher; else nothing."""
    theirs, _, _ = parent.partition("/")
    ours = re.split(r"/|__|--", release)[0]
    if "/" not in parent or theirs.lower() != ours.lower() or ours == release:
        return ""
    return (
        f"Both bear the name of {theirs}: whoever owns the base model may give other terms for what is made"
        " from it. A name proves no publisher, so make sure that this copy comes from there."
    )


_FREE_DATA = frozenset({Category.PERMISSIVE, Category.PUBLIC_DOMAIN, Category.OPEN_DATA})
"""Categories of terms on data that ask for credit at most."""

_CARD_FIELDS = frozenset({"model-card"})
_CARD = _CARD_FIELDS | {"card-prose"}
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


def _read_by(edge: LineageEdge, readers: Collection[str]) -> bool:
    return any(one.reader in readers for one in edge.evidence)


def _told(read: ReadClause) -> str:
    """Return a clause that was read from a text in words, with its place."""
    clause = read.clause
    value = f" {clause.value:,}" if isinstance(clause.value, int) else ""
    place = f"{read.path}:{clause.lines[0]}"
    return f"{clause.kind.replace('_', ' ')}{value} ({place}, “{excerpt(clause.quote, 80)}”)"


@cache
def _modalities() -> Mapping[str, Mapping[str, bool]]:
    tables: Mapping[str, Mapping[str, bool]] = load_own(folder("rules") / "modalities.yaml")
    return tables


def multimodal(facts: Facts) -> bool | None:
    """Whether a model takes or makes more than text, as far as its own files say."""
    for name, table in _modalities().items():
        for reading in facts.named(name):
            for pattern, more in table.items():
                if reading.value is not None and _fits(pattern, reading.value):
                    return more
    return None


def _fits(pattern: str, value: str) -> bool:
    return value.endswith(pattern[1:]) if pattern.startswith("*") else value == pattern
