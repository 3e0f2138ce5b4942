# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Duties that are checked on the release: what its files say and never more."""

import pytest

from scanner.model.conclusion import Relation
from scanner.model.license import Act
from scanner.model.reading import Source
from scanner.model.usecase import UseCase

PLAN = UseCase(id="a", commercial=False, acts=(Act.FINE_TUNING, Act.REDISTRIBUTION))
BASE = "acme/Base-3.1-8B"
CHANGED = {BASE: Relation.FINETUNE}


def satisfied(found, rule):
    """Return whether the release does what one duty asks for, with the lines that show it."""
    (duty,) = (one for one in found.obligations if one.id.startswith(f"{rule}:"))
    return duty.satisfied, [one.quote for one in duty.evidence if one.quote]


STATED = [
    "This model is a fine-tuned version of acme/Base-3.1-8B on our data.",
    "We fine-tuned Base-3.1-8B for ten epochs.",
    "# Model\n\nIt is a merge of [acme/Base-3.1-8B](https://example.org/acme/Base-3.1-8B) and others.",
    "- **Finetuned from model :** acme/Base-3.1-8B\n- **License:** apache-2.0",
    "The weights in this repository were\nquantized from Base-3.1-8B.",
    "Modified version of Base-3.1-8B.",
    "This model was fine-tuned from https://huggingface.co/acme/Base-3.1-8B.",
]
NOT_STATED = [
    "",
    "A model for chats.",
    "The base model is Base-3.1-8B.",
    "This model is based on Base-3.1-8B.",
    "Base-3.1-8B was fine-tuned on human preferences.",  # of the base model itself
    "Base-3.1-8B is a fine-tuned version of acme/Base-3.1-8B-pt.",  # a copy of the base model's card
    "This is not a fine-tuned version of Base-3.1-8B.",
    "You may have modified Base-3.1-8B.",
    "It can be fine-tuned like Base-3.1-8B.",
    "This model scores higher than a fine-tuned Base-3.1-8B.",
    "Use our code for fine-tuning Base-3.1-8B.",
    "This model was fine-tuned. See also Base-3.1-8B.",
    "This model was fine-tuned from Base-3.1-8B-Instruct.",
    "This model was fine-tuned from other/NewBase-3.1-8B.",
    "This model was fine-tuned from other/Base-3.1-8B.",
    "Many results of the long study in the paper that is beside are of a fine-tuned Base-3.1-8B.",
]


@pytest.mark.parametrize("source", [Source.CARD, Source.NOTICE_FILE])
@pytest.mark.parametrize("words", STATED)
def test_a_sentence_that_names_the_base_model_states_the_change(judged, words, source):
    found = judged("apache-2.0", PLAN, files={source: words}, parents=CHANGED)
    answer, quotes = satisfied(found, "duties/state-changes")
    assert answer == "yes"
    assert any("Base-3.1-8B" in quote for quote in quotes)


@pytest.mark.parametrize("words", NOT_STATED)
def test_nothing_less_states_it(judged, words):
    found = judged("apache-2.0", PLAN, files={Source.CARD: words}, parents=CHANGED)
    assert satisfied(found, "duties/state-changes")[0] == "unknown"


def test_a_release_that_is_no_derivative_has_nothing_to_state(judged):
    files = {Source.CARD: STATED[0]}
    assert satisfied(judged("apache-2.0", PLAN, files=files), "duties/state-changes")[0] == "unknown"
    outputs = judged("apache-2.0", PLAN, files=files, parents={BASE: Relation.DISTILLED})
    assert satisfied(outputs, "duties/state-changes")[0] == "unknown"


def test_every_base_model_has_to_be_named(judged):
    two = {**CHANGED, "other/Model-2": Relation.MERGE}
    one_named = judged("apache-2.0", PLAN, files={Source.CARD: STATED[0]}, parents=two)
    assert satisfied(one_named, "duties/state-changes")[0] == "unknown"
    words = "This is a merge of Base-3.1-8B and Model-2."
    both = judged("apache-2.0", PLAN, files={Source.CARD: words}, parents=two)
    assert satisfied(both, "duties/state-changes")[0] == "yes"


@pytest.mark.parametrize(
    ("key", "source", "words", "answer"),
    [
        ("gpl-3.0", Source.CARD, "We fine-tuned Base-3.1-8B.", "unknown"),  # its date is asked for
        ("gpl-3.0", Source.CARD, "We fine-tuned Base-3.1-8B in May 2025.", "yes"),
        ("gpl-3.0", Source.CARD, "On 2025-05-03 we modified Base-3.1-8B.", "yes"),
        ("flux-dev-nc-1.1.1", Source.CARD, "We fine-tuned Base-3.1-8B.", "unknown"),  # in the notice
        ("flux-dev-nc-1.1.1", Source.NOTICE_FILE, "We fine-tuned Base-3.1-8B.", "yes"),
        ("psf-2.0", Source.NOTICE_FILE, "We fine-tuned Base-3.1-8B.", "unknown"),  # an account of the changes
    ],
)
def test_what_more_a_licence_asks_for_counts(judged, key, source, words, answer):
    found = judged(key, PLAN, files={source: words}, parents=CHANGED)
    assert satisfied(found, "duties/state-changes")[0] == answer


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"policies": ["llama-3.1-use-policy"]}, "yes"),
        ({"policies": ["llama-3.2-use-policy"]}, "no"),  # of another version
        ({"files": {Source.LICENSE_FILE: "See https://llama.meta.com/llama3_1/use-policy."}}, "yes"),
        ({"files": {Source.CARD: "[policy](https://llama.meta.com/llama3_1/use-policy/)"}}, "yes"),
        ({"files": {Source.CARD: "See https://llama.meta.com/llama3/use-policy."}}, "no"),
        ({"files": {Source.CARD: "See https://llama.meta.com/llama3_1/use-policy-2."}}, "no"),
        ({"files": {Source.POLICY_FILE: "Be kind."}}, "unknown"),  # a policy that is not recognised
        ({}, "no"),
    ],
)
def test_the_policy_that_the_licence_names_is_looked_for(judged, changes, answer):
    assert satisfied(judged("llama-3.1", PLAN, **changes), "duties/use-policy")[0] == answer


@pytest.mark.parametrize("www", ["", "www.", "https://www."])
def test_an_address_is_the_same_however_it_begins(judged, www):
    files = {Source.LICENSE_FILE: f"It is at {www}llama.com/llama3_2/use-policy, and part of this."}
    assert satisfied(judged("llama-3.2", PLAN, files=files), "duties/use-policy")[0] == "yes"


def test_a_front_page_is_no_address_of_a_policy(judged):
    files = {Source.CARD: "https://falconllm.tii.ae"}
    assert satisfied(judged("falcon-2-11b", PLAN, files=files), "duties/use-policy")[0] == "unknown"


def test_keeping_to_a_policy_cannot_be_seen_in_files(judged):
    found = judged("llama-3.1", PLAN, policies=["llama-3.1-use-policy"])
    assert satisfied(found, "duties/acceptable-use")[0] == "unknown"
