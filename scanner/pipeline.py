# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one place that knows the order of the stages; it assembles the Report.

Every release is examined by itself (read, identify, conclude), so that one bad release never takes
the others down. Lineage looks at all of them, since a parent may lie in the same tree. Then each is
judged under every use case, and the Report is put together, sorted.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from scanner import __version__
from scanner.catalog import load_catalogue, load_texts
from scanner.conclude import conclude
from scanner.conclude.curations import curated, unused
from scanner.conclude.pointers import only_points
from scanner.config import Config, comes_with
from scanner.data import folder
from scanner.discover import HubSource, Online, Unanswered, discover, is_release, may_be_release
from scanner.errors import NoScanError
from scanner.evaluate import Evaluation, Subject, evaluate
from scanner.evaluate.rules import load_rules
from scanner.identify import identify
from scanner.identify.declared import declared
from scanner.identify.index import Index, load_index
from scanner.identify.mentions import find_mentions
from scanner.identify.values import alarms
from scanner.lineage import Asked, Form, Lineage, edges, named, resolve, wanted
from scanner.model.base import Value
from scanner.model.conclusion import ConcludedLicense, EffectiveLicense, Licenses, LineageEdge, Status
from scanner.model.curation import Curation
from scanner.model.finding import Rule, VerdictWord
from scanner.model.license import Catalogue
from scanner.model.reading import Detection, Facts, LegalText, ReadClause, Source, Spoken
from scanner.model.release import Artifact, ArtifactKind, Component, Discovery, Release, Unread
from scanner.model.report import SCHEMA_VERSION, ReleaseReport, Report, Summary, Tool
from scanner.model.usecase import DEFAULT_USE_CASE, UseCase
from scanner.openness import MofFile, assess, frameworks, review_of, unfit
from scanner.read import read

Step = Callable[[str, int, int], None]
"""Called with a stage, how many releases it has done, and of how many."""


MAX_PARENTS = 50
"""Base models that are looked up on the Hub in one run."""

MAX_GENERATIONS = 8
"""Generations of base models that are looked up."""


class Knowledge(Value, frozen=True, kw_only=True):
    """What the scanner knows before it looks at anything."""

    catalogue: Catalogue
    index: Index
    rules: tuple[Rule, ...]

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


class Lenders(Value, frozen=True, kw_only=True):
    """Base models that were read from the Hub: they lend their terms, and are not judged themselves."""

    examined: Mapping[str, Examined] = {}
    """By a path of their own, which no release of the tree can have."""

    names: Mapping[str, str] = {}
    """By the same path, the name that others call them by."""

    refused: Mapping[str, str] = {}
    """Why others could not be read, by their name in lower case."""

    unread: tuple[Unread, ...] = ()
    """Those that could not be read, or not wholly, each with the reason."""


def scan(  # noqa: PLR0913  the parts of one question
    paths: Sequence[Path | HubSource],
    knowledge: Knowledge,
    config: Config,
    *,
    as_of: str,
    step: Step,
    use_cases: tuple[UseCase, ...] = (),
    reviews: Sequence[MofFile] = (),
    hub: Online | None = None,
) -> Report:
    """Scan paths and return the whole report.

    Args:
        paths: Folders, single weights files or repositories on the Hub.
        knowledge: What :func:`load_knowledge` returned.
        config: Use cases, policy and paths of the user.
        as_of: ISO date that the evaluation is made for.
        step: Told of the progress.
        use_cases: Named by the user, in the place of those of the configuration.
        reviews: What a person of the organisation states of the components of releases.
        hub: Asked for repositories, and for base models that are not below the paths. None: no network.

    Raises:
        PathError: a path does not exist or cannot be read.
        NoScanError: there is no release below the paths.
    """
    if hub is not None:
        hub.told = lambda done, every: step("fetching", done, every)
    discovery, config = _discovered(paths, config, hub)
    config = msgspec.structs.replace(config, use_cases=use_cases or config.use_cases)
    if not discovery.releases:
        raise _nothing(discovery)
    examined = []
    for count, release in enumerate(discovery.releases):
        step("reading", count, len(discovery.releases))
        examined.append(examine(release, knowledge, config.curations))
    step("reading", len(examined), len(examined))
    lenders = _lenders(examined, hub, knowledge) if hub is not None else Lenders()
    lineage = _lineage(examined, lenders, knowledge.catalogue)
    by_name = _by_name_alone(lineage[one.release.path] for one in examined)
    open_ones = lenders.unread if hub is not None else by_name
    reports = []
    for count, one in enumerate(examined):
        step("judging", count, len(examined))
        review = review_of(one.release, reviews, alone=len(examined) == 1)
        whole = msgspec.structs.replace(one, review=review)
        reports.append(_judge(whole, lineage[one.release.path], knowledge, config, as_of))
    step("judging", len(examined), len(examined))
    seen = [(one.release, one.facts) for one in examined]
    idle = [
        *(_idle(one) for one in unused(config.curations, seen)),
        *(_misfit(one) for one in unfit(reviews, [one.release for one in examined])),
    ]
    notes = (*discovery.not_checked, *open_ones, *idle, *_replaced(knowledge))
    discovery = msgspec.structs.replace(discovery, not_checked=notes)
    return _assemble(reports, discovery, knowledge, config, as_of)


def _discovered(
    paths: Sequence[Path | HubSource], config: Config, hub: Online | None
) -> tuple[Discovery, Config]:
    """Find the releases, and drop a configuration that came with one of them.

    Whoever scans from inside a downloaded release must not be configured by its author.
    """
    discovery = discover(paths, config.paths.skip, hub)
    whole = discover(paths, hub=hub) if config.by_place and config.paths.skip else discovery
    if config.origin is None or not config.by_place:
        return discovery, config
    own = Path(config.origin)
    if is_release(own.parent) or any(comes_with(config, one) for one in whole.releases):
        return _told(whole, own, "lies in a release and does not configure this scan"), Config()
    below = any(own.resolve().is_relative_to(path.resolve()) for path in paths if isinstance(path, Path))
    if config.curations and (below or may_be_release(own.parent)):
        reason = (
            "lies among what is scanned, or beside what may be a release: its corrections are not applied"
        )
        told = _told(discovery, own, reason)
        return told, msgspec.structs.replace(config, curations=())
    return discovery, config


def _told(discovery: Discovery, own: Path, reason: str) -> Discovery:
    """Return what was found, with a word on the configuration that was not followed."""
    note = Unread(path=own.name, reason=f"{reason}; if it is yours, name it with --config", matters=False)
    return msgspec.structs.replace(discovery, not_checked=(*discovery.not_checked, note))


def _idle(curation: Curation) -> Unread:
    """Return a correction that changed nothing, so that a misspelt name does not pass in silence."""
    reason = f"the correction by {curation.person} of {curation.subject} fits no release of this scan"
    return Unread(path="modelscan.yml", reason=reason, matters=False)


def _replaced(knowledge: Knowledge) -> Iterator[Unread]:
    """Yield what of our knowledge was not followed, since the user's own took its place."""
    changed = [
        ("--catalogue", "record", record.key)
        for record in knowledge.catalogue.licenses.values()
        if record.replaces
    ] + [("--rules", "rule", rule.id) for rule in knowledge.rules if rule.replaces]
    for option, what, name in changed:
        reason = f"the user's own {what} {name} takes the place of the one that comes with the scanner"
        yield Unread(path=option, reason=reason, matters=False)


def _misfit(review: MofFile) -> Unread:
    """Return a review of components that was made for no release of this scan."""
    reason = "this review of components fits no release of this scan; its release.name or huggingface tells"
    return Unread(path=review.release.name, reason=reason, matters=False)


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


def _clauses(detections: Iterable[Detection]) -> tuple[ReadClause, ...]:
    """Return what was read from the texts themselves, each with its alarm."""
    return tuple(
        ReadClause(
            path=one.text.path,
            source=one.text.source,
            clause=clause,
            alarm=next((alarm.message for alarm in one.alarms if alarm.found == clause), None),
        )
        for one in detections
        for clause in one.found.clauses
    )


def _lenders(examined: Sequence[Examined], hub: Online, knowledge: Knowledge) -> Lenders:
    """Read the base models that are not in the tree from the Hub, one generation after another."""
    found: dict[str, Examined] = {}
    names: dict[str, str] = {}
    refused: dict[str, str] = {}
    unread: list[Unread] = []

    def wanting() -> list[str]:
        known = {*refused, *(name.lower() for name in names.values())}
        return [name for name in _wanted(examined, found, names) if name.lower() not in known]

    def refuse(name: str, reason: str) -> None:
        refused[name.lower()] = reason
        unread.append(_not_resolved(name, reason))

    for _ in range(MAX_GENERATIONS):
        missing = wanting()
        if not missing:
            break
        for name in missing:
            path = f"{_HUB}{name.lower()}"
            try:
                if len(names) + len(refused) >= MAX_PARENTS:
                    raise Unanswered.bound(f"{MAX_PARENTS} base models are looked up in one run")
                found[path] = examine(hub.parent(name), knowledge)
                names[path] = name
            except Unanswered as unanswered:
                refuse(name, unanswered.reason)
    for name in wanting():
        refuse(name, f"{MAX_GENERATIONS} generations of base models are looked up")
    return Lenders(
        examined=found,
        names=names,
        refused=refused,
        unread=(
            *unread,
            *(_in_part(names[path], one) for path, one in found.items() if _gaps(one)),
            *_unnamed(examined),
        ),
    )


_HUB = "/hub/"
"""Begins the paths of base models that were read from the Hub; no path below a scanned root does."""


def _wanted(
    examined: Sequence[Examined], found: Mapping[str, Examined], names: Mapping[str, str]
) -> tuple[str, ...]:
    every = {one.release.path: one for one in examined} | dict(found)
    own = {one.release.path: one.release.name for one in examined}
    return wanted({path: one.edges for path, one in every.items()}, own | dict(names))


_TERMS = frozenset({ArtifactKind.CARD, ArtifactKind.LICENSE, ArtifactKind.NOTICE, ArtifactKind.POLICY})


def _gaps(one: Examined) -> tuple[Unread, ...]:
    """Return the files of a base model in which its terms may stand and that could not be fetched."""
    kinds = {artifact.path: artifact.kind for artifact in one.release.artifacts}
    return tuple(
        unread
        for unread in one.release.unread
        if unread.matters and kinds.get(unread.path, ArtifactKind.CARD) in _TERMS
    )


def _in_part(name: str, one: Examined) -> Unread:
    first, *others = _gaps(one)
    more = f", and {len(others):,} more" if others else ""
    return Unread(
        path=name, reason=f"base model, read from the Hub in part: {first.path} {first.reason}{more}"
    )


def _lent(one: Examined) -> ConcludedLicense:
    """Return what a base model's weights are under; nothing is sure where its terms were not all fetched."""
    weights = one.licenses.of(Component.WEIGHTS)
    gaps = _gaps(one)
    if not gaps:
        return weights
    return msgspec.structs.replace(
        weights,
        keys=(),
        expression=None,
        candidates=weights.keys or weights.candidates,
        status=Status.UNKNOWN,
        why=f"{weights.why}; but {gaps[0].path} could not be fetched",
    )


def _not_resolved(name: str, reason: str) -> Unread:
    return Unread(path=name, reason=f"base model, not read from the Hub: {reason}")


def _unnamed(examined: Sequence[Examined]) -> tuple[Unread, ...]:
    """Return the base models that no repository's name leads to."""
    reason = "it is not named as org/name, so it cannot be looked up"
    parents = {edge.parent for one in examined for edge in one.edges if not _on_the_hub(edge)}
    return tuple(_not_resolved(parent, reason) for parent in sorted(parents))


def _on_the_hub(edge: LineageEdge) -> bool:
    name = named(edge.parent)
    return name is not None and name.form is Form.HUB


def _by_name_alone(lineages: Iterable[Lineage]) -> tuple[Unread, ...]:
    """Say in one line how many base models were not looked at, since the network was not to be used."""
    terms = {
        edge.parent.lower(): edge.terms
        for lineage in lineages
        for edge in lineage.edges
        if edge.terms.release is None and _on_the_hub(edge)
    }
    if not terms:
        return ()
    unknown = sum(not one.keys for one in terms.values())
    known = len(terms) - unknown
    parts = [f"the terms of {known:,} are known by name only"] * bool(known)
    parts += [f"those of {unknown:,} are not known"] * bool(unknown)
    which = "one is" if len(terms) == 1 else f"{len(terms):,} are"
    reason = f"{which} not in the scanned tree: {' and '.join(parts)}; --online looks them up on the Hub"
    return (Unread(path="base models", reason=reason, matters=False),)


def _lineage(examined: Sequence[Examined], lenders: Lenders, catalogue: Catalogue) -> Mapping[str, Lineage]:
    """Resolve the parents of all releases together, by release path."""
    every = {one.release.path: one for one in examined} | dict(lenders.examined)
    return resolve(
        {path: one.edges for path, one in every.items()},
        {one.release.path: one.licenses.of(Component.WEIGHTS) for one in examined}
        | {path: _lent(one) for path, one in lenders.examined.items()},
        {path: lenders.names.get(path, one.release.name) for path, one in every.items()},
        catalogue,
        Asked(
            revisions={path: one.release.revision or "" for path, one in lenders.examined.items()},
            refused=lenders.refused,
        ),
    )


def effective(licenses: Licenses, lineage: Lineage) -> tuple[EffectiveLicense, ...]:
    """Return every licence that binds the weights, or may: the release's own, then inherited ones."""
    weights = licenses.of(Component.WEIGHTS)
    own = [EffectiveLicense(key=key, certain=True, why=weights.why) for key in weights.keys] + [
        EffectiveLicense(key=key, certain=False, why=f"one of the licences that may bind: {weights.why}")
        for key in weights.candidates
    ]
    return (*own, *lineage.inherited)


def _judge(
    one: Examined,
    lineage: Lineage,
    knowledge: Knowledge,
    config: Config,
    as_of: str,
) -> ReleaseReport:
    """Evaluate one release under every use case."""
    binding = effective(one.licenses, lineage)
    openness = assess(one.release, one.facts, one.licenses, knowledge.catalogue, binding, review=one.review)
    clauses = _clauses(one.detections)
    subject = Subject(
        release=one.release,
        facts=one.facts,
        licenses=one.licenses,
        clauses=clauses,
        effective=binding,
        by_name=lineage.by_name,
        lineage=lineage.edges,
        catalogue=knowledge.catalogue,
        policy=config.policy,
        openness=openness,
        as_of=as_of,
    )
    use_cases = config.use_cases or (DEFAULT_USE_CASE,)
    evaluations = [evaluate(subject, knowledge.rules, use_case) for use_case in use_cases]
    release = one.release
    return ReleaseReport(
        name=release.name,
        path=release.path,
        purl=release.purl,
        revision=release.revision,
        confidence=release.confidence,
        signs=release.signs,
        verdict=_worst(evaluation.verdict.verdict for evaluation in evaluations),
        verdicts=tuple(evaluation.verdict for evaluation in evaluations),
        acts=tuple(act for evaluation in evaluations for act in evaluation.acts),
        licenses=one.licenses,
        clauses=clauses,
        lineage=lineage.edges,
        effective=binding,
        obligations=_all(evaluations, "obligations"),
        restrictions=_all(evaluations, "restrictions"),
        findings=_all(evaluations, "findings"),
        openness=openness,
        files=_files(release, one.facts),
        unread=tuple(sorted({*release.unread, *one.facts.unread}, key=lambda unread: unread.path)),
    )


def _all(evaluations: Sequence[Evaluation], name: str) -> tuple[Any, ...]:
    """Return one field of every evaluation, one after another."""
    return tuple(item for evaluation in evaluations for item in getattr(evaluation, name))


def _worst(words: Iterable[VerdictWord]) -> VerdictWord:
    return max(words, key=list(VerdictWord).index)


def _files(release: Release, facts: Facts) -> tuple[Artifact, ...]:
    """Return the artifacts with the digests of what was read."""
    headers = {header.path: header.sha256 for header in facts.headers}
    whole = {text.path: text.sha256 for text in facts.texts}
    whole |= {
        reading.evidence.path: reading.evidence.sha256
        for reading in facts.readings
        if reading.evidence.sha256 and reading.evidence.path not in headers
    }
    return tuple(_digested(artifact, headers, whole) for artifact in release.artifacts)


def _digested(artifact: Artifact, headers: Mapping[str, str], whole: Mapping[str, str]) -> Artifact:
    if artifact.path in headers:
        return msgspec.structs.replace(artifact, header_sha256=headers[artifact.path])
    if artifact.path in whole:
        return msgspec.structs.replace(artifact, sha256=whole[artifact.path], sha256_how="computed")
    return artifact


def _nothing(discovery: Discovery) -> NoScanError:
    """Say plainly that there was nothing to scan, and what was seen instead."""
    seen = "; ".join(f"{unread.path}: {unread.reason}" for unread in discovery.not_checked[:5])
    return NoScanError(
        "there is no model release here" + (f" ({seen})" if seen else ""),
        advice="name a folder that holds a model card, a config or a weights file",
    )


def _assemble(
    releases: Sequence[ReleaseReport],
    discovery: Discovery,
    knowledge: Knowledge,
    config: Config,
    as_of: str,
) -> Report:
    ordered = tuple(sorted(releases, key=lambda release: release.path))
    counts = Counter(release.verdict for release in ordered)
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="modelscan", version=__version__),
        catalogue_digest=knowledge.digest,
        policy_digest=config.policy_digest,
        as_of=as_of,
        use_cases=config.use_cases or (DEFAULT_USE_CASE,),
        use_case_stated=bool(config.use_cases),
        summary=Summary(releases=len(ordered), **{word.value: counts[word] for word in VerdictWord}),
        releases=ordered,
        frameworks=frameworks(),
        not_checked=discovery.not_checked,
    )
