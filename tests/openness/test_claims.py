# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Sentences that call this very model open source, in the languages of cards, and those that do not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.openness.claims import claims, claims_table

NAME = "acme/Quoll-7B-Instruct"

SAYS = [
    "Quoll-7B is a fully open-source large language model.",
    "Quoll is open source.",
    "Quoll 7B is open-sourced under the Quoll licence.",
    "We introduce Quoll, an open-source language model for code.",
    "We present Quoll-7B, a strong open-source Mixture-of-Experts (MoE) model.",
    "Introducing Quoll: the first open-source reasoning LLM.",
    "We open-source Quoll-7B, with long context.",
    "We have open-sourced Quoll-7B-Instruct and its base.",
    "To support the research community, we have open-sourced Quoll-1B and Quoll-7B.",
    "Today we are open-sourcing the model weights.",
    "Our model is open source and free for everyone.",
    "This model is fully open-sourced.",
    "The weights are open source.",
    "In releasing Quoll as an open-source model we hope to help.",
    "In order to foster research, we have made Quoll 7B Base and Quoll 7B Chat open source.",
    "Quoll stands as the best-performing open-source model.",
    "Built with care, this is a truly open source model.",
    "For details on the open-source model of Quoll-7B, see our page.",
    "我们开源了Quoll-7B模型。",
    "Quoll-7B是一个开源的大语言模型。",
    "本模型已全面开源。",
    "本モデルはオープンソースとして公開されています。",
    "이 모델은 오픈소스로 공개되었습니다.",
    "Quoll ist ein vollständig quelloffenes Modell.",
    "Dieses Modell ist Open Source.",
    "Ce modèle est entièrement open source.",
    "Quoll est un modèle de langage open source.",
    "Este modelo es de código abierto.",
    "Este modelo é totalmente open source.",
    "Эта модель с открытым исходным кодом.",  # noqa: RUF001  Russian
    "Questo modello è open source.",
    "Quoll is released as open source.",
    "We are excited to open source Quoll.",
    "Quoll, unlike GPT-4, is open source.",
    "Our open-source model beats GPT-4.",
    "This project is open-sourced.",
    "An open-source, multilingual language model",
    "本项目开源。",
    "هذا النموذج مفتوح المصدر.",
    "Quoll مفتوح المصدر بالكامل.",
]

SAYS_NOT = [
    "The training code of Quoll is open source.",
    "The data for Quoll are open source.",
    "We are excited to open source our training code.",
    "An open-source model is used as the teacher.",
    "Quoll, based on a project of others, is not open source.",
    "本项目开源代码。",
    "هذا النموذج ليس مفتوح المصدر.",
    "كود هذا النموذج مفتوح المصدر.",
    "Quoll is not open source.",
    "This model isn't open-source: the weights are for research only.",
    "Quoll is open-weight rather than open source.",
    "We will be open-sourcing the model soon.",
    "We plan to open-source the model.",
    "Our open-source code is on GitHub.",
    "We open-source our training code.",
    "We open-source the inference kernels of the model.",
    "Thanks to the open source community for their work on the model.",
    "Quoll was built with open source libraries.",
    "Quoll outperforms other open-source models on most benchmarks.",
    "Quoll surpasses the best open-source models.",
    "Compared with existing open source models, the model is fast.",
    "Quoll is fine-tuned from the open-source model Marmot.",
    "This model is a fine-tune of Marmot-7B, an open-source model by others.",
    "This model is based on an open-source model.",
    "Quoll was trained on open-source datasets.",
    "Quoll is distilled from a leading open-source LLM.",
    "The model is evaluated on the open-source benchmark.",
    "See the open source license of the code.",
    "Is this model open source? That depends on whether you ask lawyers or engineers if it is open source.",
    "Quoll 基于开源模型微调。",
    "我们的代码已开源。",
    "Quoll 超越其他开源模型。",
    "我们即将开源模型。",
    "本モデルはオープンソースではありません。",
    "이 모델은 오픈소스가 아닙니다.",
    "Dieses Modell ist nicht Open Source.",
    "Ce modèle n'est pas open source.",
    "Este modelo no es de código abierto.",
    "Este modelo não é open source.",
    "Эта модель не open source.",
    "Questo modello non è open source.",
    "The weights are published under a research licence.",
]


@pytest.mark.parametrize("sentence", SAYS)
def test_it_calls_itself_open_source(sentence):
    assert claims(sentence, NAME)


@pytest.mark.parametrize("sentence", SAYS_NOT)
def test_it_does_not(sentence):
    assert not claims(sentence, NAME)


@pytest.mark.parametrize("name", ["Quoll-w13", "acme/Quoll-v2.1-GGUF", "Quoll-8x7B-Instruct-AWQ", "quoll"])
def test_a_suffix_of_the_name_is_not_looked_for(name):
    assert claims("Quoll is open source.", name)
    assert not claims("Marmot is open source.", name)


def test_eleven_languages_are_known():
    languages = {one.language for one in claims_table().languages}
    assert len(languages) == 11
    assert {"English", "Chinese", "Japanese", "Korean", "German", "French", "Spanish", "Arabic"} < languages


@given(st.text(max_size=300), st.text(min_size=1, max_size=40))
def test_any_words_and_any_name_are_looked_at_without_a_fault(sentence, name):
    assert claims(f"open source {sentence}", name) in (True, False)


@pytest.mark.parametrize(
    "words", ["we made the ", "Quoll ", "open-source ", "我们开源", "the open source model is "]
)
def test_a_hostile_sentence_is_looked_at_in_time(words):
    begin = time.monotonic()
    claims(f"open source {words * 400} open source", NAME)
    assert time.monotonic() - begin < 5
