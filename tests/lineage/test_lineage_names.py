# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What is written where a model is named, to a name that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.lineage.names import LIMIT, Form, named

HUB = [
    ("acme/small-7B", "acme/small-7B"),
    (" 'acme/small-7B' ", "acme/small-7B"),
    ("acme/small-7B@main", "acme/small-7B"),
    ("acme/small-7B:Q4_K_M", "acme/small-7B"),
    ("hf:acme/small", "acme/small"),
    ("hf://acme/small", "acme/small"),
    ("hf.co/acme/small:Q4", "acme/small"),
    ("https://huggingface.co/acme/small", "acme/small"),
    ("https://huggingface.co/acme/small/", "acme/small"),
    ("https://huggingface.co/acme/small/blob/main/LICENSE", "acme/small"),
    ("HTTPS://www.HuggingFace.co/acme/small?library=x#top", "acme/small"),
    ("/root/.cache/huggingface/hub/models--acme--small/snapshots/0123", "acme/small"),
    (r"C:\cache\models--acme--small\snapshots\0123", "acme/small"),
    ("models--acme--two--words", "acme/two--words"),
]


@pytest.mark.parametrize(("written", "text"), HUB)
def test_a_repository_is_reduced_to_its_name(written, text):
    name = named(written)
    assert (name.text, name.form) == (text, Form.HUB)


@pytest.mark.parametrize(
    "written",
    [
        "/home/ann/small",
        "./out",
        "../base",
        "~/models/small",
        r"D:\models\small",
        r"out\small",
        "a/b/c",
        "output/checkpoint-500",
        "runs/small",
        "acme/checkpoint-12",
        "small.Q4_K_M.gguf",
        "acme/small.safetensors",
        ".",
        "/",
    ],
)
def test_a_path_stays_a_path(written):
    name = named(written)
    assert (name.text, name.form) == (written, Form.PATH)


@pytest.mark.parametrize("written", ["small", "small-7b", "https://huggingface.co/small", "small:8b"])
def test_a_name_without_an_organisation_is_bare(written):
    assert named(written).form is Form.BARE
    assert "/" not in named(written).text


@pytest.mark.parametrize(
    "written",
    [
        "a model of our own",
        "https://example.org/acme/small",
        "https://huggingface.co/datasets/acme/rows",
        "https://huggingface.co/spaces/acme/demo",
        "https://huggingface.co/",
    ],
)
def test_anything_else_is_kept_as_it_was_written(written):
    name = named(written)
    assert (name.text, name.form) == (written, Form.WORDS)


@pytest.mark.parametrize("written", ["", " ", "none", "None", "N/A", "-", "null", '""', "from scratch"])
def test_words_that_name_nothing_are_no_parent(written):
    assert named(written) is None


def test_the_tail_is_the_last_part_without_the_ending_of_a_weights_file():
    assert named("/m/Small-7B.Q4_K_M.gguf").tail == "small-7b.q4_k_m"
    assert named(r"D:\m\Small\\").tail == "small"
    assert named("acme/Small").tail == "small"
    assert named("Small 7B").tail == "small-7b"


@given(st.text(max_size=400))
def test_naming_a_name_again_changes_nothing(text):
    name = named(text)
    if name is not None:
        assert len(name.text) <= LIMIT
        assert named(name.text) == name
        assert name.tail
        assert isinstance(name.last_two, str)


_PART = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{3,20}", fullmatch=True)


@given(_PART, _PART, st.sampled_from(["{}", "hf:{}", "https://huggingface.co/{}/tree/main", "{}@v1", " {} "]))
def test_every_spelling_of_a_repository_gives_the_same_name(organisation, model, spelling):
    whole = f"{organisation}/{model}"
    plain = named(whole)
    if plain.form is Form.HUB:
        assert named(spelling.format(whole)) == plain
