# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A licence file covers a component for a reason."""

import pytest

from scanner.conclude.coverage import coverage
from scanner.conclude.pointers import only_points
from scanner.model.reading import Detection, Identification, LegalText, Source
from scanner.model.release import Component

WEIGHTS, CODE, DATA, DOCS = Component


def file(path, source=Source.LICENSE_FILE, text="terms"):
    return LegalText(path=path, source=source, text=text, sha256="0" * 64, encoding="utf-8")


def card(text):
    return file("README.md", Source.CARD, text)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("LICENSE-MODEL", (WEIGHTS,)),
        ("LICENSE_weights.txt", (WEIGHTS,)),
        ("MODEL_LICENSE", (WEIGHTS,)),
        ("LICENSE-CODE", (CODE,)),
        ("LICENSE_DATA", (DATA,)),
        ("src/LICENSE", (CODE,)),
        ("models/LICENSE", (WEIGHTS,)),
        ("LICENSE", (WEIGHTS, CODE, DOCS)),
        ("Modelica LICENSE", (WEIGHTS, CODE, DOCS)),
        ("LICENSE.docs.md", (DOCS,)),
    ],
)
def test_a_path_names_the_component(path, expected):
    assert coverage(file(path), [file(path)], "r").components == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The code is under the terms in [LICENSE](LICENSE).", (CODE,)),
        ("The model weights are under [these terms](./LICENSE).", (WEIGHTS,)),
        ("Code and weights are released as [LICENSE](LICENSE) says.", (WEIGHTS, CODE)),
        ("This library is free software. See [LICENCE](./LICENCE).", (CODE,)),
        ("Read [LICENSE](LICENSE) for the code and\n[OTHER](OTHER) for the models.", (CODE,)),
        ("- Code: [Permissive](./LICENSE)\n- Models: [Other](./OTHER)", (CODE,)),
        ("模型权重遵循 [LICENSE](LICENSE)。", (WEIGHTS,)),
        ("The library: https://host/org/acme-7b/blob/main/LICENSE", (WEIGHTS, CODE, DOCS)),
        ("The code: [terms](https://host/org/acme-7b/blob/main/LICENSE)", (CODE,)),
        ("The code of our parent: [terms](https://host/org/other/blob/main/LICENSE)", (WEIGHTS, CODE, DOCS)),
        ("Nothing here links to it. The code is nice.", (WEIGHTS, CODE, DOCS)),
    ],
)
def test_the_card_says_what_a_plain_file_covers(sentence, expected):
    texts = [file("LICENSE"), card(f"# Acme 7B\n\nIntro about models.\n\n{sentence}\n")]
    assert coverage(texts[0], texts, "org/Acme-7B").components == expected


def test_a_file_of_the_weights_leaves_the_code_to_the_plain_one():
    texts = [file("LICENSE"), file("LICENSE-MODEL")]
    found = coverage(texts[0], texts, "r")
    assert found.components == (CODE,)
    assert "LICENSE-MODEL" in found.why


def test_a_file_that_nothing_limits_is_not_sure():
    assert coverage(file("LICENSE"), [file("LICENSE")], "r").standing == "default"
    assert coverage(file("LICENSE-MODEL"), [file("LICENSE-MODEL")], "r").standing == "sure"


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("See https://example.org/no-license", True),
        ("The terms are those of the base model.", True),
        ("MIT, but not for military use.", False),
        ("仅供研究使用", False),
        ("word " * 61, False),
        ("one two three", False),
        ("", False),
    ],
)
def test_a_file_points_when_it_is_short_and_has_no_word_of_terms(words, points):
    assert only_points(Detection(text=file("LICENSE", text=words), found=Identification())) is points
