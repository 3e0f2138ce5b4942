# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Releases that are bound by one record, judged without files."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import pytest

from scanner.catalog import load_catalogue
from scanner.evaluate import Evaluation, Subject, evaluate
from scanner.evaluate import weighed as weighed_in
from scanner.evaluate.contexts import World
from scanner.evaluate.facts import clause_kind
from scanner.evaluate.outcomes import Weighed
from scanner.evaluate.rules import load_rules
from scanner.model.base import Evidence
from scanner.model.conclusion import (
    ConcludedLicense,
    EffectiveLicense,
    Licenses,
    LineageEdge,
    ParentTerms,
    Relation,
    Status,
)
from scanner.model.policy import Policy
from scanner.model.reading import Facts, How, LegalText, LicenseReading, Reading, Source
from scanner.model.release import Artifact, ArtifactKind, Component, Confidence, Release
from scanner.model.usecase import UseCase

CATALOGUE = load_catalogue()
RULES = load_rules()
AS_OF = "2026-11-25"

FILES = {
    Source.CARD: ArtifactKind.CARD,
    Source.LICENSE_FILE: ArtifactKind.LICENSE,
    Source.NOTICE_FILE: ArtifactKind.NOTICE,
    Source.POLICY_FILE: ArtifactKind.POLICY,
}
TASKS = {True: "image-text-to-text", False: "text-generation"}


def subject(
    key: str,
    *,
    multimodal: bool | None = None,
    files: dict[Source, str] | None = None,
    parents: Mapping[str, Relation] | None = None,
    policies: Sequence[str] = (),
) -> Subject:
    """Return a release whose weights are under one licence, with its text beside them.

    Args:
        key: The licence.
        multimodal: Whether the model takes more than text; None: nothing says.
        files: Texts by what they are.
        parents: Base models under the same licence, each with how it comes from it.
        policies: Use policies whose text is there.
    """
    place = Evidence(path="LICENSE", reader="license-text")
    files = files or {}
    texts = (
        LegalText(path=source.value, source=source, text=text, sha256="0" * 64, encoding="utf-8")
        for source, text in files.items()
    )
    artifacts = (
        Artifact(path=source.value, kind=FILES[source], size=len(text)) for source, text in files.items()
    )
    task = Reading(
        name="pipeline_tag",
        value=TASKS.get(multimodal),
        source=Source.CARD,
        evidence=Evidence(path="README.md", reader="model-card"),
    )
    stated = tuple(
        LicenseReading(
            source=Source.LICENSE_FILE if one == key else Source.POLICY_FILE,
            component=Component.WEIGHTS,
            evidence=place,
            how=How.EXACT.value,
            raw=one,
            key=one,
        )
        for one in (key, *policies)
    )
    terms = ParentTerms(keys=(key,), how="family", why="its name")
    lineage = tuple(
        LineageEdge(
            parent=name,
            relation=relation,
            how="declared",
            confidence=Confidence.HIGH,
            evidence=(place,),
            terms=terms,
        )
        for name, relation in (parents or {}).items()
    )
    concluded = tuple(
        ConcludedLicense(component=one, status=Status.TEXT, keys=(key,), why="its text", evidence=(place,))
        for one in Component
    )
    return Subject(
        release=Release(
            name="org/model", path="model", root="/", named_by="folder", artifacts=tuple(artifacts)
        ),
        facts=Facts(readings=(task,), texts=tuple(texts)),
        licenses=Licenses(detected=stated, concluded=concluded),
        effective=(EffectiveLicense(key=key, why="its text"),),
        lineage=lineage,
        catalogue=CATALOGUE,
        policy=Policy(),
        multimodal=multimodal,
        as_of=AS_OF,
    )


@pytest.fixture(scope="session")
def judged() -> Callable[..., Evaluation]:
    """Judge a release that is bound by one record."""

    def call(key: str, use_case: UseCase, **changes) -> Evaluation:
        return evaluate(subject(key, **changes), RULES, use_case)

    return call


@pytest.fixture(scope="session")
def weighed() -> Callable[..., list[Weighed]]:
    """Weigh the rules about the lines of one record, and nothing else."""
    kinds = {"user_threshold", "revenue_threshold"}
    rules = tuple(rule for rule in RULES if clause_kind(rule.ranges_over) in kinds)
    world = cache(lambda key: World(subject(key)))
    return lambda key, use_case: weighed_in(world(key), rules, use_case)
