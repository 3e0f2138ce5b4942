# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""One release by itself: read, its texts recognised, its licences concluded."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from scanner.catalog import load_catalogue, load_texts
from scanner.conclude import conclude
from scanner.conclude.curations import curated
from scanner.conclude.pointers import only_points
from scanner.data import folder
from scanner.evaluate.rules import load_rules
from scanner.identify import identify
from scanner.identify.declared import declared
from scanner.identify.index import Index, load_index
from scanner.identify.mentions import find_mentions
from scanner.identify.normalize import normalize
from scanner.identify.values import alarms
from scanner.lineage import edges
from scanner.model.base import Value
from scanner.model.conclusion import Licenses, LineageEdge
from scanner.model.curation import Curation
from scanner.model.finding import Rule
from scanner.model.license import Catalogue
from scanner.model.reading import Detection, Facts, LegalText, ReadClause, Source, Spoken
from scanner.model.release import Release
from scanner.model.report import LegalFile
from scanner.openness import MofFile
from scanner.read import read


class Knowledge(Value, frozen=True, kw_only=True):
    """What the scanner knows before it looks at anything."""

    catalogue: Catalogue
    index: Index
    rules: tuple[Rule, ...]

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """Every id by which a rule may be named."""
        return tuple(name for rule in self.rules for name in (rule.id, *rule.aliases))

    @property
    def digest(self) -> str:
        """Hex sha256 over all that a verdict rests on: records, tables, index and rules."""
        parts = (self.catalogue.digest, self.index.digest, msgspec.json.encode(self.rules, order="sorted"))
        return hashlib.sha256(repr(parts).encode()).hexdigest()


class Examined(Value, frozen=True, kw_only=True):
    """One release by itself: what its files say and what they support."""

    release: Release
    facts: Facts
    detections: tuple[Detection, ...]
    licenses: Licenses
    edges: tuple[LineageEdge, ...]
    review: MofFile | None = None
    """What a person of the organisation states of its components."""


def load_knowledge(extra: Path | None = None, own_rules: Path | None = None) -> Knowledge:
    """Load catalogue, index and rules, with the user's own records, texts and rules when given.

    Raises:
        ConfigError: a record or rule of the user is wrong.
        DataError: our own data is damaged.
    """
    catalogue = load_catalogue(extra=extra)
    index = load_index(folder("licenses") / "index.bin")
    if extra is not None:
        index = index.with_texts(load_texts(extra, catalogue))
    return Knowledge(catalogue=catalogue, index=index, rules=load_rules(own_rules))


def examine(release: Release, knowledge: Knowledge, curations: Sequence[Curation] = ()) -> Examined:
    """Read one release, recognise its texts and conclude its licences, as people corrected them."""
    facts = read(release)
    detections = tuple(_detected(text, knowledge) for text in facts.texts)
    names = declared(facts.readings, knowledge.catalogue)
    pointing = {one.text.path for one in detections if only_points(one)}
    spoken = tuple(
        Spoken(text=text, mentions=find_mentions(text.text, knowledge.catalogue, first_line=text.first_line))
        for text in facts.texts
        if text.source in {Source.CARD, Source.GATE} or text.path in pointing
    )
    licenses = conclude(release, names, detections, knowledge.catalogue.licenses, spoken)
    return Examined(
        release=release,
        facts=facts,
        detections=detections,
        licenses=curated(licenses, release, facts, curations, knowledge.catalogue),
        edges=edges(release, facts),
    )


def _detected(text: LegalText, knowledge: Knowledge) -> Detection:
    """Recognise one text, and hold what it says against the record of the licence that it is near."""
    found = identify(text.text, knowledge.index, first_line=text.first_line)
    near = next((match.key for match in found.matches), None) if not found.stated else None
    record = knowledge.catalogue.licenses.get(near) if near else None
    return Detection(text=text, found=found, alarms=alarms(found.clauses, record) if record else ())


def clauses_of(detections: Iterable[Detection]) -> tuple[ReadClause, ...]:
    """Return what was read from the texts themselves, each with its alarm."""
    return tuple(
        ReadClause(
            path=one.text.path,
            source=one.text.source,
            sha256=one.text.sha256,
            clause=clause,
            alarm=next((alarm.message for alarm in one.alarms if alarm.found == clause), None),
        )
        for one in detections
        for clause in one.found.clauses
    )


def legal_files(texts: Iterable[LegalText]) -> tuple[LegalFile, ...]:
    """Return the texts that may bind by their digests; of a file with several texts the words are joined."""
    joined: dict[tuple[str, Source], list[LegalText]] = {}
    for text in texts:
        joined.setdefault((text.path, text.source), []).append(text)
    return tuple(
        LegalFile(path=path, source=source, sha256=parts[0].sha256, words_sha256=_words_digest(parts))
        for (path, source), parts in sorted(joined.items())
    )


def _words_digest(parts: Iterable[LegalText]) -> str:
    words = " ".join(word for part in parts for word in normalize(part.text).split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
