# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Releases, readings and links in one line each."""

from types import SimpleNamespace

import pytest

from scanner.catalog import load_catalogue
from scanner.model.base import Evidence
from scanner.model.conclusion import ConcludedLicense, LineageEdge, ParentTerms, Relation, Status
from scanner.model.license import Catalogue, Family, FamilyModels
from scanner.model.reading import Facts, Reading, Source
from scanner.model.release import Artifact, ArtifactKind, Component, Confidence, Release

_FILES = {
    Source.CARD: ("README.md", "model-card"),
    Source.ADAPTER_CONFIG: ("adapter_config.json", "json-config"),
    Source.CONFIG: ("config.json", "json-config"),
    Source.MODEL_INDEX: ("model_index.json", "json-config"),
    Source.MERGEKIT: ("mergekit_config.yml", "mergekit"),
    Source.MODELFILE: ("Modelfile", "modelfile"),
    Source.GGUF: ("model.gguf", "gguf-header"),
    Source.SAFETENSORS: ("model.safetensors", "safetensors-header"),
}


def reading(source, name, value, *, path=None, key=None):
    default, reader = _FILES[source]
    evidence = Evidence(path=path or default, reader=reader, key=key or name, quote=value)
    return Reading(name=name, value=value, source=source, evidence=evidence)


def release(*weights, name="acme/child"):
    artifacts = tuple(
        Artifact(path=path, kind=ArtifactKind.WEIGHTS, size=1, format=path.rsplit(".", 1)[-1])
        for path in weights
    )
    return Release(name=name, path="child", root="/x", named_by="hub-cache", artifacts=artifacts)


def facts(*readings):
    return Facts(readings=readings)


def card(*names):
    return tuple(reading(Source.CARD, "base_model", name, key=f"base_model.{name}") for name in names)


def edge(parent, relation=Relation.FINETUNE, how="declared", confidence=Confidence.HIGH):
    return LineageEdge(
        parent=parent,
        relation=relation,
        how=how,
        confidence=confidence,
        evidence=(Evidence(path="README.md", reader="model-card", key="base_model", quote=parent),),
        terms=ParentTerms(why="open"),
    )


def weights(*keys, candidates=(), status=Status.TEXT):
    return ConcludedLicense(
        component=Component.WEIGHTS,
        status=status if keys else Status.UNKNOWN,
        why="a text of it is here" if keys else "nothing is sure",
        keys=keys,
        candidates=candidates,
    )


def family(*entries, id="house"):  # noqa: A002  the field's own name
    return Family(id=id, name=id.title(), sources=("x",), checked_on="2026-01-01", models=entries)


def models(*match, keys=(), **more):
    return FamilyModels(match=match, keys=keys, **more)


def catalogue(*families):
    return Catalogue(licenses={}, names={}, tags={}, families=families, digest="0")


@pytest.fixture(scope="session")
def ours():
    """The committed catalogue."""
    return load_catalogue()


@pytest.fixture(scope="session")
def make():
    """Everything that builds values."""
    return SimpleNamespace(
        reading=reading,
        release=release,
        facts=facts,
        card=card,
        edge=edge,
        weights=weights,
        family=family,
        models=models,
        catalogue=catalogue,
    )
