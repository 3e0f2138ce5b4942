# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Real releases: every base model that a reader found in their files, and no other."""

from pathlib import Path

import pytest

from scanner.discover import discover
from scanner.guarded.strict import load_own
from scanner.lineage import edges, resolve
from scanner.model.conclusion import Relation
from scanner.read import read

FILES = ("front_matter", "config.json", "adapter_config.json", "mergekit_config.yml")
"""Where the truth says that a base model stands in a field; prose has a truth of its own (tests/truth)."""


@pytest.fixture(scope="module")
def truth(corpus):
    releases = load_own(corpus / "corpus" / "truth.yaml")["releases"]
    return {entry["release"]: entry["base_models"] for entry in releases}


@pytest.fixture(scope="module")
def found(corpus):
    return {release.name: edges(release, read(release)) for release in discover([corpus / "corpus"]).releases}


def written(sources):
    values = [sources.get(source) or [] for source in FILES]
    return {one for value in values for one in ([value] if isinstance(value, str) else value)}


def itself(release, name):
    return name == release.replace("__", "/", 1)


@pytest.mark.corpus
def test_every_base_model_in_a_file_is_a_parent_and_no_other(truth, found):
    assert len(truth) > 50
    wrong = {}
    for release, sources in truth.items():
        expected = {name for name in written(sources) if not itself(release, name)}
        # Two folders hold no model; a link to another repository's licence is a hint and names no base model.
        parents = {
            edge.parent for edge in found.get(release, ()) if not (only_linked(edge) or only_told(edge))
        }
        if parents != expected:
            wrong[release] = (expected, parents)
    assert wrong == {}


def only_told(edge):
    return all(evidence.key is None for evidence in edge.evidence)


def only_linked(edge):
    return {evidence.key for evidence in edge.evidence} == {"license_link"}


@pytest.mark.corpus
def test_relations_and_terms_of_some_whose_story_is_known(found, ours):
    names = {name: name for name in found}
    lineages = resolve(found, {}, names, ours)

    def told(release):
        lineage = lineages[release]
        relations = {edge.relation for edge in lineage.edges}
        return relations, {(one.key, one.certain) for one in lineage.inherited}

    gemma = {("gemma-2024-04-01", False), ("gemma-2025-03-24", False)}
    assert told("CogniX__Cogni-OpenModel") == (
        {Relation.ADAPTER, Relation.TRAINED_ON},
        {("llama-3.1", True)},
    )
    assert told("Devavrat28__Gemma2-Peshwa") == ({Relation.ADAPTER}, gemma)
    assert told("Irfanuruchi__Llama-2-13B-Computer-Engineering") == ({Relation.FINETUNE}, {("llama-2", True)})
    assert told("Irfanuruchi__Llama-3.2-1B-ComputerEngineeringLLM") == (
        {Relation.FINETUNE},
        {("llama-3.2", True), ("llama-3.1", False)},  # its base says that it learnt from a larger one
    )
    assert told("YouriLalain__2PRYMMAL-Yi1.5-6B-SLERP") == ({Relation.MERGE}, {("apache-2.0", True)})
    assert told("YouriLalain__1PARAMMYL-8B-ModelStock") == ({Relation.MERGE}, set())


def test_the_examples_of_the_project():
    examples = Path(__file__).parents[2] / "examples" / "models"
    found = {release.name: edges(release, read(release)) for release in discover([examples]).releases}
    told = {
        name: {(edge.parent, edge.relation.value) for edge in parents}
        for name, parents in found.items()
        if parents
    }
    assert told == {
        "05-llama-fine-tune-tagged-mit": {("meta-llama/Llama-3.1-8B-Instruct", "finetune")},
        "08-gguf-quantization": {("mistralai/Mistral-7B-v0.1", "quantized")},
        "09-adapter": {("meta-llama/Llama-3.2-1B", "adapter")},
        "10-merge": {
            ("mistralai/Mistral-7B-v0.1", "merge"),
            ("HuggingFaceH4/mistral-7b-sft-alpha", "merge"),
            ("CohereForAI/c4ai-command-r-v01", "merge"),
        },
    }
