# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Names of licences in prose: what is one, where it stands, and what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.catalog import load_catalogue
from scanner.identify.mentions import MAX_MENTIONS, find_mentions

CATALOGUE = load_catalogue()


def named(text):
    return [(one.key, one.how) for one in find_mentions(text, CATALOGUE)]


@pytest.mark.parametrize(
    ("text", "key", "how"),
    [
        ("// SPDX-License-Identifier: Apache-2.0", "apache-2.0", "spdx"),
        ("/* SPDX-License-Identifier: MIT */", "mit", "spdx"),
        ("The model is licensed under the Llama 3.1 Community License.", "llama-3.1", "prose"),
        (
            "The weights are released under the Apache License, Version 2.0 (the terms).",
            "apache-2.0",
            "prose",
        ),
        ("Code is made available under [the MIT License](LICENSE-CODE).", "mit", "prose"),
        ("The model weights are released under MIT.", "mit", "prose"),
        ("These files are distributed under CC BY-NC 4.0.", "cc-by-nc-4.0", "prose"),
        ("**License:** Apache 2.0", "apache-2.0", "prose"),
        ("## License\n\nApache-2.0\n", "apache-2.0", "prose"),
        ("![License](https://img.shields.io/badge/License-Apache%202.0-blue.svg)", "apache-2.0", "badge"),
        ("See http://www.apache.org/licenses/LICENSE-2.0.", "apache-2.0", "link"),
        ("[terms](https://creativecommons.org/licenses/by-nc/4.0/)", "cc-by-nc-4.0", "link"),
        ("本模型遵循 Apache-2.0 许可协议。", "apache-2.0", "prose"),
        ("# License\n\n- Code: MIT\n- Model weights: CC BY-NC 4.0\n", "cc-by-nc-4.0", "prose"),
        ("It is not licensed under the MIT License.", "mit", "denial"),
        ("The data is not covered by the MIT License.", "mit", "denial"),
        ("| Model | License |\n|---|---|\n| 2B | Apache 2.0 |\n| 5B | [MIT](x) |\n", "mit", "table"),
    ],
)
def test_a_mention_is_found_with_how_it_stands(text, key, how):
    assert (key, how) in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Limited, permitted, submitted and committed: see our transmit code.",
        "Full provenance will be released with our open dataset.",
        "The model is available under certain conditions.",
        "It was released by MIT and shared with ISC.",
        "We use the English data used by Llama Guard.",
        "建议使用CUDA 11.4及以上",
        "This model is subject to the Lighthouse Terms.",
        "# Details\n\n- Model: Llama 3.1\n- Data: MIT press corpus\n",
        "| Model | Size |\n|---|---|\n| Apache 2.0 | 3 |\n",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert named(text) == []


def test_a_longer_name_is_never_cut_to_a_known_one():
    text = "Licensed under the Tongyi Qianwen RESEARCH Terms, and subject to the DeepSeek Model License."
    assert {key for key, _ in named(text)} & {"tongyi-qianwen", "deepseek-1.0"} == set()


def test_terms_that_are_not_known_are_named_all_the_same():
    (mention,) = find_mentions("The weights are licensed under the Lighthouse Model License.", CATALOGUE)
    assert (mention.key, mention.raw) == (None, "Lighthouse Model License")


def test_lines_count_from_the_line_that_is_given():
    (mention,) = find_mentions("\n\nlicensed under the MIT License\n", CATALOGUE, first_line=10)
    assert mention.lines == (12, 12)
    assert mention.quote == "licensed under the MIT License"


PIECES = st.sampled_from(
    [
        "licensed under ",
        "the ",
        "MIT ",
        "License",
        "[",
        "](https://",
        "apache.org/licenses/LICENSE-2.0",
        ") ",
        "\n# ",
        "#>*|- " * 9,
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_has_mentions_or_none_and_each_in_its_line(text):
    lines = text.count("\n") + 1
    for mention in find_mentions(text, CATALOGUE):
        assert 1 <= mention.lines[0] <= mention.lines[1] <= lines
        assert mention.raw


@pytest.mark.parametrize(
    "text", ["#>*|- " * 60_000, "licensed under " * 20_000, "[" * 300_000, "(see " * 60_000]
)
def test_no_text_takes_for_ever(text):
    assert len(find_mentions(text, CATALOGUE)) <= MAX_MENTIONS
