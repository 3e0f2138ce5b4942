# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Releases that look permitted and are not, or not surely: each must reach a person.

A release is written as its files; ``{mit}`` stands for the text of that licence in the reference material.
"""

import json
import re
import struct

import pytest

from scanner.config import load_use_case
from scanner.model.finding import VerdictWord
from scanner.model.release import Component

pytestmark = pytest.mark.corpus

STOPPED = {VerdictWord.REVIEW, VerdictWord.BLOCKED}
TAG = "---\nlicense: {}\n---\n# A model\n"
APACHE = TAG.format("apache-2.0")
MIT = TAG.format("mit")


def weights(metadata=None):
    header = {"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}
    text = json.dumps({"__metadata__": metadata, **header} if metadata else header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(4)


@pytest.fixture
def scanned_files(tmp_path, corpus, scanned, request):
    """Scan one tree of releases under a use case for a hosted service."""
    texts = corpus / "licences"
    use_case = load_use_case(request.config.rootpath / "examples/use-cases/hosted-2m-germany.yml")

    def call(files, *, metadata=None, folder="model"):
        root = tmp_path / folder
        for name, text in {"model.safetensors": None, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.write_bytes(weights(metadata))
                continue
            whole = re.sub(r"\{([a-z0-9.+_-]+)\}", lambda one: (texts / f"{one[1]}.txt").read_text(), text)
            path.write_text(whole)
        return {one.path: one for one in scanned(tmp_path, use_cases=(use_case,)).releases}

    return call


LLAMA_NOTICE = (
    "Llama 3.1 is licensed under the Llama 3.1 Community License, "
    "Copyright © Meta Platforms, Inc. All Rights Reserved."
)
FRONT = "---\nlicense: apache-2.0\n{}\n---\n# A model\n{}\n"

REACHES_A_PERSON = {
    # A name that is not known agrees with no text.
    "a licence that is not known beside a permissive text": {
        "README.md": TAG.format("acme-nc"),
        "LICENSE": "{mit}",
    },
    "a proprietary tag beside a permissive text": {
        "README.md": TAG.format("proprietary"),
        "LICENSE": "{mit}",
    },
    "a version that does not exist": {"README.md": TAG.format("cc-by-nc-5.0"), "LICENSE": "{apache-2.0}"},
    "a name beside a tag": {"README.md": FRONT.format("license_name: acme-non-commercial-license", "")},
    "a list with a name that is not known": {"README.md": TAG.format("[mit, foo-nc]")},
    "a known licence and an unknown one together": {
        "README.md": TAG.format("MIT AND LicenseRef-foo"),
        "LICENSE": "{mit}",
    },
    # Prose.
    "prose puts the weights under other terms": {
        "README.md": FRONT.format("", "The model weights are released under CC-BY-NC-4.0.")
    },
    "the same with another verb": {
        "README.md": FRONT.format("", "The weights are released under the Acme Model License."),
        "LICENSE": "{apache-2.0}",
    },
    "prose puts the weights under terms that are not known": {
        "README.md": FRONT.format("", "The model weights are licensed under the Acme Community License.")
    },
    "the same words in a table": {
        "README.md": FRONT.format("", "| part | license |\n|---|---|\n| weights | cc-by-nc-4.0 |")
    },
    "prose takes the tag back": {
        "README.md": FRONT.format(
            "", "This model is NOT licensed under Apache 2.0. It is under the Llama 3.1 Community License."
        )
    },
    # A third party's licence is not the release's.
    **{
        f"a licence of something else: {path}": {"README.md": "# A model\n", path: "{mit}"}
        for path in (
            "third_party/lib/LICENSE",
            "llama.cpp/LICENSE",
            "flash_attn/LICENSE",
            "tokenizer/LICENSE",
            "models/vendor/LICENSE",
            "THIRD_PARTY_LICENSES.txt",
            "LICENSE-3RD-PARTY",
            "LICENSE.flash-attention",
        )
    },
    # Another licence beside the one that is stated.
    "a notice of another licence": {"README.md": APACHE, "LICENSE": "{apache-2.0}", "NOTICE": LLAMA_NOTICE},
    "another licence's text as notice": {
        "README.md": APACHE,
        "LICENSE": "{apache-2.0}",
        "NOTICE": "{llama-3.1}",
    },
    "the use policy of another licence": {"README.md": MIT, "USE_POLICY.md": "{aup-llama3_2}"},
    "a use policy that bars commercial use": {
        "README.md": MIT,
        "USE_POLICY.md": "You shall not use the model for commercial purposes.",
    },
    "the words that another licence prescribes": {"README.md": FRONT.format("", "Built with Meta Llama 3")},
    # What is agreed to at download.
    "a gate that bars commercial use": {
        "README.md": FRONT.format(
            'extra_gated_prompt: "You agree to use this model only for non-commercial purposes."', ""
        )
    },
    # Tags and links.
    "a licence among the tags": {"README.md": FRONT.format("tags: ['license:cc-by-nc-4.0']", "")},
    "a link to the licence of another repository": {
        "README.md": FRONT.format(
            "license_link: https://huggingface.co/meta-llama/Llama-3.1-8B/blob/main/LICENSE", ""
        )
    },
    # Base models.
    "a base model under two licences together": {
        "README.md": MIT.replace("license:", "base_model: deepseek-ai/DeepSeek-R1-Distill-Llama-8B\nlicense:")
    },
    # Sentences in forms that no reading places: the name of a licence that withholds something is told.
    **{
        f"a form that nobody foresaw: {words}": {"README.md": FRONT.format("", words)}
        for words in (
            "The weights are CC BY-NC 4.0 licensed.",
            "License of the weights: CC BY-NC 4.0",
            "Weights (CC-BY-NC-4.0), code (MIT).",
            "<a href='https://creativecommons.org/licenses/by-nc/4.0/'>CC BY-NC 4.0</a>",
            "Die Gewichte stehen unter CC BY-NC 4.0.",
            "Les poids sont sous licence CC BY-NC 4.0.",
            "模型权重的许可协议为 CC BY-NC 4.0。",
            "As with the base model, our weights are licensed under the CC BY-NC 4.0 license.",
            "The weights are released under a non-commercial license.",
        )
    },
    "a notice file that names it": {"README.md": APACHE, "NOTICE": "The weights: CC BY-NC 4.0."},
    # A licence file of a few words.
    "a licence file that narrows what it names": {
        "README.md": MIT,
        "LICENSE": "MIT License, for non-commercial research only.\n",
    },
    "a licence file that points to a text that is not here": {
        "README.md": MIT,
        "LICENSE": "Please refer to the LICENSE of the base model.\n",
    },
    "a licence file that names another licence than the tag": {
        "README.md": MIT,
        "LICENSE": "This model is licensed under the Llama 3.1 Community License.\n",
    },
    **{
        f"a licence file with a word more: {words}": {
            "README.md": APACHE,
            "LICENSE": f"Licensed under the Apache License 2.0. {words}\n",
        }
        for words in (
            "Noncommercial use.",
            "You cannot sell this model.",
            "For evaluation purposes.",
            "Use in the military is banned.",
            "The Commons Clause applies.",
            "Subject to the Acme Acceptable Use Policy.",
            "Nur für Forschungszwecke.",
            "À des fins de recherche uniquement.",
            "商业使用需要另行授权。",
        )
    },
    "a pointing file that splits code and weights": {
        "LICENSE": "The code is licensed under the Apache License 2.0. Terms of the weights: https://acme.example/t\n"
    },
    # A text of the weights that something milder would displace.
    **{
        f"a sentence about other models: {words}": {
            "README.md": f"# A\n\n{words}\n",
            "LICENSE": "{cc-by-nc-4.0}",
        }
        for words in (
            "Unlike ours, most baseline models are released under the Apache License 2.0.",
            "A future version of the model will be released under the Apache License 2.0.",
            "The tokenizer model is released under the MIT License.",
        )
    },
    "a file named after the base model": {"LICENSE": "{cc-by-nc-4.0}", "LICENSE-base-model": "{apache-2.0}"},
    "a folder named after models": {"LICENSE": "{cc-by-nc-4.0}", "src/models/LICENSE": "{apache-2.0}"},
    # What stands behind the name of a licence.
    "the code's licence before the weights'": {
        "README.md": "# A\n\n## License\n\nApache 2.0 (code), CC BY-NC 4.0 (weights)\n"
    },
    # Choices.
    "a choice of two licences": {"README.md": TAG.format("apache-2.0 OR cc-by-nc-4.0")},
}


@pytest.mark.parametrize("name", REACHES_A_PERSON)
def test_it_reaches_a_person(scanned_files, name):
    release = scanned_files(REACHES_A_PERSON[name])["model"]
    assert release.verdict in STOPPED, release.licenses.of(Component.WEIGHTS)


def test_a_planted_copy_of_the_base_model_changes_nothing(scanned_files):
    card = MIT.replace("license:", "base_model: meta-llama/Llama-3.1-8B\nlicense:")
    assert scanned_files({"README.md": card})["model"].verdict in STOPPED
    planted = {"../meta-llama/Llama-3.1-8B/README.md": MIT, "README.md": card}
    assert scanned_files(planted)["model"].verdict in STOPPED


def test_what_came_with_other_work_does_not_block_the_release(scanned_files):
    files = {"README.md": MIT, "LICENSE": "{mit}", "third_party/x/LICENSE": "{cc-by-nc-4.0}"}
    assert scanned_files(files)["model"].verdict is VerdictWord.ALLOWED


def test_a_licence_above_several_releases_is_not_passed_over(scanned_files):
    above = {"../LICENSE": "{cc-by-nc-4.0}"}
    found = scanned_files({"README.md": MIT, **above}, folder="models/a")
    assert found["models/a"].verdict in STOPPED


def test_a_repository_known_by_the_layout_is_held_against_the_table(scanned_files):
    folder = f"models--meta-llama--Llama-3.1-8B/snapshots/{'0' * 40}"
    (release,) = scanned_files({"README.md": MIT}, folder=folder).values()
    assert release.verdict in STOPPED


@pytest.mark.parametrize(
    "words",
    [
        "See the license at https://www.apache.org/licenses/LICENSE-2.0\n",
        "Copyright 2026 Example Ltd.\n\nLicensed under the Apache License, Version 2.0.\n",
        "SPDX-License-Identifier: Apache-2.0\n",
    ],
)
def test_a_licence_file_that_only_points_declares_what_it_names(scanned_files, words):
    release = scanned_files({"README.md": APACHE, "LICENSE": words})["model"]
    weights = release.licenses.of(Component.WEIGHTS)
    assert (weights.status.value, weights.keys) == ("declared", ("apache-2.0",))
    assert {one.path for one in weights.evidence} == {"LICENSE", "README.md"}


def findings(release):
    return {one.rule: one.message for one in release.findings}


def test_an_adapter_that_names_another_base_than_its_card(scanned_files):
    card = MIT.replace("license:", "base_model: acme/one\nlicense:")
    files = {"README.md": card, "adapter_config.json": '{"base_model_name_or_path": "acme/two"}'}
    told = findings(scanned_files(files)["model"])["lineage/bases-disagree"]
    assert "acme/one" in told
    assert "acme/two (adapter_config.json)" in told


def test_a_path_on_somebodys_disk_contradicts_no_card(scanned_files):
    card = MIT.replace("license:", "base_model: acme/one\nlicense:")
    files = {"README.md": card, "adapter_config.json": '{"base_model_name_or_path": "/home/me/one"}'}
    assert "lineage/bases-disagree" not in findings(scanned_files(files)["model"])


def test_the_terms_of_a_data_set_inform_and_decide_nothing(scanned_files):
    card = MIT.replace("license:", "datasets: [facebook/anli, acme/own]\nlicense:")
    release = scanned_files({"README.md": card, "LICENSE": "{mit}"})["model"]
    assert "facebook/anli: cc-by-nc-4.0" in findings(release)["evidence/data-terms"]
    assert release.verdict is VerdictWord.ALLOWED


@pytest.mark.parametrize(
    "words",
    [
        "Code here is licensed under Apache 2.0, while model weights are released under CC BY-NC 4.0.",
        "The code is under the Apache License 2.0. The model weights are released under CC BY-NC 4.0.",
        "代码采用 Apache-2.0 许可。模型权重采用 CC BY-NC 4.0 许可。",
        "Apache 2.0 for the code. The model weights are licensed under CC BY-NC 4.0.",
    ],
)
def test_a_card_that_splits_code_and_weights_is_read_so(scanned_files, words):
    release = scanned_files({"README.md": f"# A\n\n{words}\n"})["model"]
    assert release.licenses.of(Component.WEIGHTS).keys == ("cc-by-nc-4.0",)
    assert release.verdict is VerdictWord.BLOCKED
