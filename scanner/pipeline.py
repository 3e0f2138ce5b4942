# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The one place that knows the order of the stages; it assembles the Report.

Every release is examined by itself (read, identify, conclude), so that one bad release never takes
the others down. Lineage looks at all of them, since a parent may lie in the same tree. Then each is
judged under every use case, and the Report is put together, sorted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from scanner import __version__
from scanner.conclude.curations import unused
from scanner.config import Config, comes_with
from scanner.discover import HubSource, Online, discover, is_release, may_be_release
from scanner.errors import NoScanError
from scanner.evaluate import Evaluation, Subject, evaluate, multimodal
from scanner.evaluate.alone import license_by_act
from scanner.examine import Examined, Knowledge, clauses_of, examine, legal_files
from scanner.lineage import Lineage, Shapes
from scanner.lookup import Lenders, barred, by_name_alone, data_terms, lenders, resolved
from scanner.model.base import Evidence, Value
from scanner.model.conclusion import DataTerms, EffectiveLicense, Hint, Licenses
from scanner.model.curation import Curation
from scanner.model.finding import ActVerdict, VerdictWord
from scanner.model.license import Catalogue
from scanner.model.notice import Holding
from scanner.model.reading import Facts
from scanner.model.release import Artifact, Component, Discovery, Release, Unread
from scanner.model.report import (
    SCHEMA_VERSION,
    LicenseActs,
    NamedDataSet,
    NamedLicense,
    ReleaseReport,
    Report,
    Summary,
    Tool,
)
from scanner.model.usecase import DEFAULT_USE_CASE, UseCase
from scanner.openness import MofFile, assess, frameworks, review_of, unfit
from scanner.provenance import Seen
from scanner.read import read

Step = Callable[[str, int, int], None]
"""Called with a stage, how many releases it has done, and of how many."""


class Around(Value, frozen=True, kw_only=True):
    """What a release is judged with, beside itself."""

    lineage: Lineage
    data_sets: Mapping[str, DataTerms]
    """Those of the scanned tree, by the names that cards may use."""

    hints: tuple[Hint, ...]


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
    hold: Callable[[Holding], None] = lambda _: None,
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
        hold: Told of the files of each release, and of each base model that was read from the Hub.

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
    lent = lenders(examined, hub, knowledge) if hub is not None else Lenders()
    for holding in _holdings(examined, lent):
        hold(holding)
    lineage = resolved(examined, lent, knowledge.catalogue)
    by_name = by_name_alone(lineage[one.release.path] for one in examined)
    open_ones = lent.unread if hub is not None else by_name
    data_sets = data_terms(discovery.data_sets, knowledge)
    shapes = Shapes(knowledge.catalogue)
    reports = []
    for count, one in enumerate(examined):
        step("judging", count, len(examined))
        review = review_of(one.release, reviews, alone=len(examined) == 1)
        whole = msgspec.structs.replace(one, review=review)
        around = Around(
            lineage=lineage[one.release.path],
            data_sets=data_sets,
            hints=_hints(one, lineage[one.release.path], shapes),
        )
        reports.append(_judge(whole, around, knowledge, config, as_of))
    step("judging", len(examined), len(examined))
    seen = [(one.release, one.facts) for one in examined]
    idle = [
        *(_idle(one) for one in unused(config.curations, seen)),
        *(_misfit(one, examined, reviews) for one in unfit(reviews, [one.release for one in examined])),
    ]
    notes = (*discovery.not_checked, *open_ones, *idle, *_replaced(knowledge))
    discovery = msgspec.structs.replace(discovery, not_checked=notes)
    return _assemble(reports, discovery, knowledge, config, as_of)


def seen(paths: Sequence[Path], step: Step) -> tuple[Seen, ...]:
    """Return the files of every release below paths as they lie there now, for a report to be held against.

    Raises:
        PathError: a path does not exist or cannot be read.
    """
    found = []
    releases = discover(paths).releases
    for count, release in enumerate(releases):
        step("reading", count, len(releases))
        found.append(Seen(release=release, files=_files(release, read(release))))
    return tuple(found)


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


def _holdings(examined: Sequence[Examined], lent: Lenders) -> Iterator[Holding]:
    """Yield where the files of each release are at hand, then those of base models that were fetched."""
    named = [(one.release.name, one.release.path, one) for one in examined]
    for name, path, one in (*named, *((lent.names[key], None, one) for key, one in lent.examined.items())):
        yield Holding(
            name=name,
            path=path,
            root=one.release.root,
            files=one.release.artifacts,
            legal=legal_files(one.facts.texts),
            detected=one.licenses.detected,
        )


def _idle(curation: Curation) -> Unread:
    """Return a correction that changed nothing, so that a misspelt name does not pass in silence."""
    reason = f"the correction by {curation.person} of {curation.subject} fits no release of this scan"
    return Unread(path="modelscan.yml", reason=reason, matters=False)


def _replaced(knowledge: Knowledge) -> Iterator[Unread]:
    """Yield what of our knowledge was not followed, since the user's own took its place."""
    changed = [
        ("--catalogue", "record", record.key)
        for record in knowledge.catalogue.headings.values()
        if record.replaces
    ] + [("--rules", "rule", rule.id) for rule in knowledge.rules if rule.replaces]
    for option, what, name in changed:
        reason = f"the user's own {what} {name} takes the place of the one that comes with the scanner"
        yield Unread(path=option, reason=reason, matters=False)


def _misfit(review: MofFile, examined: Sequence[Examined], reviews: Sequence[MofFile]) -> Unread:
    """Return a review of components that names no release of this scan, and what became of it."""
    taken = len(examined) == len(reviews) == 1
    reason = (
        f"this review of components names another release, and was taken for {examined[0].release.path}"
        if taken
        else "this review of components fits no release of this scan; its release.name or huggingface tells"
    )
    return Unread(path=review.release.name, reason=reason, matters=False)


def _hints(one: Examined, lineage: Lineage, shapes: Shapes) -> tuple[Hint, ...]:
    """Return the base models that a release looks like, though it names none."""
    weights = one.licenses.of(Component.WEIGHTS)
    stated = (*weights.keys, *weights.candidates)
    return shapes.hints(one.facts, lineage, one.release.name, stated)


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
    around: Around,
    knowledge: Knowledge,
    config: Config,
    as_of: str,
) -> ReleaseReport:
    """Evaluate one release under every use case."""
    lineage = around.lineage
    binding = effective(one.licenses, lineage)
    clauses = clauses_of(one.detections)
    bars = barred(clauses, [term.key for term in binding], knowledge.catalogue)
    openness = assess(
        one.release,
        one.facts,
        one.licenses,
        knowledge.catalogue,
        binding,
        review=one.review,
        barred=bars,
        doubts=[doubt.via for doubt in lineage.unsettled],
    )
    subject = Subject(
        release=one.release,
        facts=one.facts,
        licenses=one.licenses,
        clauses=clauses,
        effective=binding,
        by_name=lineage.by_name,
        lineage=lineage.edges,
        data_sets=around.data_sets,
        hints=around.hints,
        barred=bars,
        unsettled=lineage.unsettled,
        catalogue=knowledge.catalogue,
        policy=config.policy,
        openness=openness,
        multimodal=multimodal(one.facts),
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
        legal=legal_files(one.facts.texts),
        multimodal=subject.multimodal,
        lineage=lineage.edges,
        data_sets=tuple(_data_sets(one.facts, around.data_sets, knowledge.catalogue)),
        effective=binding,
        obligations=_all(evaluations, "obligations"),
        restrictions=_all(evaluations, "restrictions"),
        findings=_all(evaluations, "findings"),
        openness=openness,
        files=_files(release, one.facts),
        unread=tuple(sorted({*release.unread, *one.facts.unread}, key=lambda unread: unread.path)),
    )


def _data_sets(facts: Facts, here: Mapping[str, DataTerms], catalogue: Catalogue) -> Iterator[NamedDataSet]:
    """Yield the data sets that a release names, each with the terms that are known for it."""
    places: dict[str, list[Evidence]] = {}
    for reading in facts.named("datasets", "general.datasets"):
        if reading.value:
            places.setdefault(reading.value, []).append(reading.evidence)
    for name, evidence in places.items():
        own, known = here.get(name.lower()), catalogue.datasets.get(name.lower())
        keys: tuple[str, ...] = ()
        sure, why = False, "its terms are not known here"
        if own is not None and own.keys:
            keys, sure = own.keys, own.certain
            why = f"its own card is in the scanned tree, {own.path}: {own.why}"
        elif known is not None:
            keys, why = known.keys, f"{known.note}, {known.confidence} confidence"
        yield NamedDataSet(name=name, keys=keys, certain=sure, why=why, evidence=tuple(evidence))


def _named(releases: Iterable[ReleaseReport], catalogue: Catalogue) -> Iterator[NamedLicense]:
    """Yield what the keys stand for that releases speak of, sorted."""
    keys = {key for release in releases for key in _keys(release)}
    for key in sorted(keys & catalogue.headings.keys()):
        heading = catalogue.headings[key]
        yield NamedLicense(
            key=key, name=heading.name, expression=heading.spdx_expression, source=heading.source
        )


def _keys(release: ReleaseReport) -> Iterator[str]:
    """Yield every licence key that is said of a release."""
    for reading in (*release.licenses.declared, *release.licenses.detected):
        yield from (*filter(None, [reading.key]), *reading.candidates)
    for conclusion in release.licenses.concluded:
        yield from (*conclusion.keys, *conclusion.candidates)
    yield from (binding.key for binding in release.effective)
    yield from (key for edge in release.lineage for key in edge.terms.keys)
    yield from (key for data_set in release.data_sets for key in data_set.keys)


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
    use_cases = config.use_cases or (DEFAULT_USE_CASE,)
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="modelscan", version=__version__),
        catalogue_digest=knowledge.digest,
        policy_digest=config.policy_digest,
        as_of=as_of,
        use_cases=use_cases,
        use_case_stated=bool(config.use_cases),
        summary=Summary(releases=len(ordered), **{word.value: counts[word] for word in VerdictWord}),
        releases=ordered,
        licenses=tuple(_named(ordered, knowledge.catalogue)),
        license_acts=tuple(_by_license(ordered, knowledge, use_cases, as_of)),
        frameworks=frameworks(),
        not_checked=discovery.not_checked,
    )


def _by_license(
    releases: Sequence[ReleaseReport], knowledge: Knowledge, use_cases: Sequence[UseCase], as_of: str
) -> Iterator[LicenseActs]:
    """Yield what each licence that binds a release, or may, makes of each act by itself."""
    licenses = knowledge.catalogue.licenses
    binding = {one.key for release in releases for one in release.effective}
    for key in sorted(binding & set(licenses)):
        record = licenses[key]
        cells = (
            ActVerdict(use_case=case.id, act=act, planned=act in (case.acts or ()), verdict=word)
            for case in use_cases
            for act, word in license_by_act(record, knowledge.rules, case, as_of).items()
        )
        yield LicenseActs(license=key, title=record.name, acts=tuple(cells))
