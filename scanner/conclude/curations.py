# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Corrections by people, applied openly: the conclusion says who, why, and what it was before.

They come from the organisation's own configuration and never from a scanned release.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from scanner.model.conclusion import ConcludedLicense, Licenses, Status
from scanner.model.curation import Curation
from scanner.model.license import Catalogue
from scanner.model.reading import Facts, Source
from scanner.model.release import ArtifactKind, Release

RULE = "curation"
"""The name that a corrected conclusion carries in the place of a rule of precedence."""


def curated(
    licenses: Licenses, release: Release, facts: Facts, curations: Sequence[Curation], catalogue: Catalogue
) -> Licenses:
    """Return the conclusions with the corrections that are meant for this release.

    A correction that names a digest or a revision which the release does not have any more is not
    applied, and ``Licenses.stale`` says so.
    """
    meant = [one for one in curations if _named(one, release) is not False]
    digests = frozenset(_digests(release, facts)) if meant else frozenset()
    alone = frozenset(_own_digests(release, facts)) if meant else frozenset()
    fitting = [one for one in meant if _fits(one, release, digests if one.release else alone)]
    stale = [one for one in meant if one.release and one not in fitting]
    return replace(
        licenses,
        concluded=tuple(_corrected(one, fitting, catalogue) for one in licenses.concluded),
        stale=tuple(f"the correction by {one.person} of {one.subject}" for one in stale),
    )


def unused(curations: Iterable[Curation], releases: Sequence[tuple[Release, Facts]]) -> Iterator[Curation]:
    """Yield the corrections that are meant for none of the releases."""
    for one in curations:
        if not any(
            _named(one, release)
            if one.release
            else _fits(one, release, frozenset(_own_digests(release, facts)))
            for release, facts in releases
        ):
            yield one


def _named(curation: Curation, release: Release) -> bool | None:
    """Whether the correction names this release; None when it names none and goes by digest alone."""
    if curation.release is None:
        return None
    name = curation.release.partition("@")[0].casefold()
    return name in {release.name.casefold(), release.path.casefold()}


def _fits(curation: Curation, release: Release, digests: frozenset[str]) -> bool:
    """Whether what the correction was made for is what is here."""
    revision = (curation.release or "").partition("@")[2]
    if revision and revision != release.revision:
        return False
    return curation.digest is None or curation.digest.lower() in digests


def _digests(release: Release, facts: Facts) -> Iterator[str]:
    """Yield every digest of the release that is known: of whole files and of headers."""
    yield from (one.sha256 for one in facts.texts)
    yield from (one.sha256 for one in facts.headers)
    yield from (one.sha256 for one in release.artifacts if one.sha256)
    yield from (one.evidence.sha256 for one in facts.readings if one.evidence.sha256)


def _own_digests(release: Release, facts: Facts) -> Iterator[str]:
    """Yield the digests that no other release shares by nature: of its card and of whole weights files.

    A licence's text, and the header of weights, are the same in many releases.
    """
    kinds = {ArtifactKind.WEIGHTS, ArtifactKind.CARD}
    yield from (one.sha256 for one in release.artifacts if one.sha256 and one.kind in kinds)
    yield from (one.sha256 for one in facts.texts if one.source is Source.CARD)


def _corrected(
    conclusion: ConcludedLicense, fitting: Iterable[Curation], catalogue: Catalogue
) -> ConcludedLicense:
    """Return a conclusion as it was corrected; of two corrections, one with a digest counts first."""
    own = [one for one in fitting if one.component is conclusion.component]
    if not own:
        return conclusion
    curation = min(own, key=lambda one: one.digest is None)
    keys = tuple(sorted(dict.fromkeys(catalogue.names.get(name.lower(), name) for name in curation.named)))
    records = [catalogue.licenses.get(key) for key in keys]
    on = f" on {curation.date}" if curation.date else ""
    before = conclusion.expression or conclusion.status.value
    return ConcludedLicense(
        component=conclusion.component,
        status=Status.CURATED,
        rule=RULE,
        why=(
            f"corrected by {curation.person}{on}: {curation.reason.strip().removesuffix('.')} "
            f"(evidence: {curation.evidence}); before: {before}, because {conclusion.why}"
        ),
        keys=keys,
        expression=" AND ".join(
            record.spdx_expression if record else f"LicenseRef-{key}"
            for key, record in zip(keys, records, strict=True)
        ),
        rejected=conclusion.rejected,
        evidence=conclusion.evidence,
        curation=curation,
    )
