# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the artifacts of a release say: readings with their evidence, texts that may bind, headers.

Only what ``discover`` listed is opened, each file once. One bad file never takes the others down: it
becomes a reading named ``problem`` or an ``Unread`` with the reason. A card speaks of its own folder:
that of a folder inside the release states something of the release only where weights lie in that
folder, and its words are not those of the release's card.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from scanner.guarded.refused import Refused
from scanner.model.base import Evidence, Value
from scanner.model.reading import Facts, Reading, Source
from scanner.model.release import Artifact, ArtifactKind, Release, Unread
from scanner.read.card import read_card
from scanner.read.code import read_code
from scanner.read.configs import FILES, read_config, read_shard_index
from scanner.read.legal import SOURCES, read_if_terms, read_legal
from scanner.read.page import Page, gathered, open_page
from scanner.read.recipes import read_citation, read_listing, read_merge, read_modelfile
from scanner.read.weights import PICKLED, UNOPENED, read_weights

MAX_DOCUMENTS = 2_000
"""Text files of one release that are read."""

MAX_BYTES = 128_000_000
"""Bytes of all text files of one release together."""

TEXT_LIMIT = 4_000_000
"""Bytes of a card or of a file of terms; the rest of a larger one is named as not read."""

CONFIG_LIMIT = 8_000_000
"""Bytes of a configuration; a larger one is not read."""

INDEX_LIMIT = 64_000_000
"""Bytes of a shard index; that of the largest models is below 20 million."""

MAX_UNNAMED = 100
"""Files whose name says nothing, and whose opening lines are looked at."""

UNNAMED_LIMIT = 400_000
"""Bytes of such a file; terms are shorter."""

MAX_CODE = 1_000
"""Source files of one release whose heads are looked at."""

CODE_LIMIT = 16_000
"""Bytes of the head of a source file."""

MAX_ALIKE = 5
"""Source files that are named for one and the same identifier."""

_CARDS = re.compile(r"readme[-_.][\w.\-]*\.(?:md|markdown|rst|txt)|.*model[-_ ]?card.*\.(?:md|rst|txt)")
"""Cards beside those that ``discover`` knows by name: translations, cards named after their model."""

_TEXTLIKE = re.compile(r"[^.]+|.*\.(?:txt|md|markdown|rst|html?)", re.DOTALL)
"""Names of files that people write to be read; no ending, or one of a document."""

_CLAIMS = re.compile(r"\.?modelscan\.ya?ml|(?:.*\.)?mof\.ya?ml")
"""Names of files that would steer a scanner, or grade the release by itself."""

Reader = Callable[[Page], Facts]


class Job(Value, frozen=True, kw_only=True):
    """One text file and how it is read."""

    artifact: Artifact
    reader: Reader
    limit: int

    @property
    def cost(self) -> int:
        """Bytes that will be read at most."""
        return min(self.artifact.size, self.limit)


def read(release: Release) -> Facts:
    """Return everything that the artifacts of a release say, the nearest to its root first.

    It never raises for anything that a file holds or for a file that is gone.
    """
    root = Path(release.root)
    artifacts = sorted(release.artifacts, key=lambda artifact: (artifact.path.count("/"), artifact.path))
    weights = [artifact for artifact in artifacts if artifact.kind is ArtifactKind.WEIGHTS]
    here = [artifact for artifact in artifacts if artifact.here == "whole"]
    facts = gathered(
        (
            *_documents(root, here, release),
            *_code(root, [artifact for artifact in here if artifact.kind is ArtifactKind.CODE]),
            read_weights(root, weights),
            *_set_aside(artifacts),
            *_gate(release),
        )
    )
    return Facts(
        readings=facts.readings,
        texts=facts.texts,
        headers=facts.headers,
        unread=tuple(sorted(set(facts.unread), key=lambda unread: (unread.path, unread.reason))),
        listings=facts.listings,
    )


def _documents(root: Path, artifacts: Sequence[Artifact], release: Release) -> Iterator[Facts]:
    """Read the text files: those with a known name, then a bounded number of others."""
    jobs = [job for artifact in artifacts if (job := _job(artifact, release))]
    unnamed = [
        Job(artifact=artifact, reader=read_if_terms, limit=UNNAMED_LIMIT)
        for artifact in artifacts
        if _is_unnamed(artifact, release)
    ]
    spent = 0
    for count, job in enumerate((*jobs, *unnamed[:MAX_UNNAMED])):
        spent += job.cost
        if count >= MAX_DOCUMENTS or spent > MAX_BYTES:
            reason = "was not read: the text files before it reached the bound"
            yield Facts(unread=(Unread(path=job.artifact.path, reason=reason),))
        else:
            yield _done(root, job)
    for job in unnamed[MAX_UNNAMED:]:
        reason = f"was not looked at for terms: {MAX_UNNAMED} files without a telling name came before it"
        yield Facts(unread=(Unread(path=job.artifact.path, reason=reason, matters=False),))


def _code(root: Path, artifacts: Sequence[Artifact]) -> Iterator[Facts]:
    """Read the heads of a bounded number of source files; many that say the same are named by a few."""
    told: Counter[str | None] = Counter()
    for artifact in artifacts[:MAX_CODE]:
        facts = _done(root, Job(artifact=artifact, reader=read_code, limit=CODE_LIMIT))
        told.update({reading.value for reading in facts.readings})
        yield Facts(
            readings=tuple(one for one in facts.readings if told[one.value] <= MAX_ALIKE),
            unread=tuple(replace(one, matters=False) for one in facts.unread),
        )
    left = artifacts[MAX_CODE:]
    if left:
        reason = f"this and {len(left) - 1:,} other source files were not looked at for SPDX headers"
        yield Facts(unread=(Unread(path=left[0].path, reason=reason, matters=False),))


def _done(root: Path, job: Job) -> Facts:
    try:
        return job.reader(open_page(root, job.artifact.path, job.limit))
    except Refused as refused:
        place = f" (line {refused.line})" if refused.line else ""
        return Facts(unread=(Unread(path=job.artifact.path, reason=f"{refused.reason}{place}"),))


def _job(artifact: Artifact, release: Release) -> Job | None:
    """Return how a file with a telling name is read."""
    name = artifact.path.rsplit("/", 1)[-1].lower()
    if artifact.kind in SOURCES:
        return Job(
            artifact=artifact, reader=partial(read_legal, source=SOURCES[artifact.kind]), limit=TEXT_LIMIT
        )
    if artifact.kind is ArtifactKind.CARD or (artifact.kind is ArtifactKind.OTHER and _CARDS.fullmatch(name)):
        return Job(artifact=artifact, reader=partial(_card, release=release), limit=TEXT_LIMIT)
    if name in FILES:
        return Job(artifact=artifact, reader=read_config, limit=CONFIG_LIMIT)
    if name.endswith(".safetensors.index.json"):
        paths = frozenset(other.path for other in release.artifacts)
        return Job(artifact=artifact, reader=partial(read_shard_index, paths=paths), limit=INDEX_LIMIT)
    reader = next((reader for pattern, reader in _RECIPES if pattern.fullmatch(name)), None)
    return Job(artifact=artifact, reader=reader, limit=CONFIG_LIMIT) if reader else None


_RECIPES: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"mergekit[\w\-]*config[\w\-]*\.ya?ml"), read_merge),
    (re.compile(r"modelfile(?:\..*)?|.*\.modelfile"), read_modelfile),
    (re.compile(r"citation\.cff"), read_citation),
    (re.compile(r"(?:.*\.)?mof\.ya?ml"), read_listing),
)
"""By whole name in lower case."""


def _is_unnamed(artifact: Artifact, release: Release) -> bool:
    """Whether a file may hold terms although its name says nothing."""
    name = artifact.path.rsplit("/", 1)[-1].lower()
    return (
        artifact.kind is ArtifactKind.OTHER
        and 0 < artifact.size <= UNNAMED_LIMIT
        and bool(_TEXTLIKE.fullmatch(name))
        and _job(artifact, release) is None
    )


def _card(page: Page, release: Release) -> Facts:
    """Read a card, and of one in a folder below only what is said of weights in that folder."""
    facts = read_card(page)
    folder = page.path.removesuffix(page.name)
    if not folder:
        return facts
    weights = any(
        artifact.kind is ArtifactKind.WEIGHTS and artifact.path.startswith(folder)
        for artifact in release.artifacts
    )
    kept = "what its front matter says of the weights there was read" if weights else "no weights lie there"
    note = Unread(
        path=page.path, reason=f"speaks of its own folder, not of the release; {kept}", matters=False
    )
    readings = facts.readings if weights else facts.readings[:0]
    return Facts(readings=readings, unread=(*(facts.unread if weights else ()), note))


def _set_aside(artifacts: Iterable[Artifact]) -> Iterator[Facts]:
    """Name what is not opened on purpose: pickled values, and files that claim to steer the scan."""
    for artifact in artifacts:
        name = artifact.path.rsplit("/", 1)[-1].lower()
        reason = None
        if _CLAIMS.fullmatch(name) or ".modelscan/" in f"/{artifact.path}":
            reason = "comes with the release: a claim of its author, never configuration of this scan"
        elif artifact.kind is ArtifactKind.OTHER and PICKLED.fullmatch(name):
            reason = UNOPENED["pickle"]
        if reason:
            yield Facts(unread=(Unread(path=artifact.path, reason=reason, matters=False),))


def _gate(release: Release) -> Iterator[Facts]:
    """Yield what the Hub says of the gate before a repository, where it was asked."""
    if release.gate is not None:
        evidence = Evidence(path=".", reader="hub", key=GATED, quote=release.gate)
        yield Facts(readings=(Reading(name=GATED, value=release.gate, source=Source.HUB, evidence=evidence),))


GATED = "gated"
"""The Hub's own name for it (``ModelInfo.gated``)."""

__all__ = ["read"]
