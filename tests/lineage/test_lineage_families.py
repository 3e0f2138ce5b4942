# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The family table as it is committed: well formed, and right for names that people use."""

import datetime as dt
import re

import pytest

from scanner.data import folder
from scanner.identify.index import load_index
from scanner.lineage.families import Table
from scanner.lineage.names import named

UNKNOWN = ()
GEMMA = ("gemma-2024-04-01", "gemma-2025-03-24")

NAMES = {
    # Llama
    "huggyllama/llama-7b": ("llama-1",),
    "meta-llama/Llama-2-7b": ("llama-2",),
    "meta-llama/Llama-2-13b-chat-hf": ("llama-2",),
    "meta-llama/Llama-2-70b-hf": ("llama-2",),
    "NousResearch/Llama-2-7b-chat-hf": ("llama-2",),
    "TheBloke/Llama-2-7B-Chat-GGUF": ("llama-2",),
    "codellama/CodeLlama-34b-Instruct-hf": ("llama-2",),
    "meta-llama/CodeLlama-7b-hf": ("llama-2",),
    "meta-llama/LlamaGuard-7b": ("llama-2",),
    "meta-llama/Meta-Llama-3-8B": ("llama-3",),
    "meta-llama/Meta-Llama-3-70B-Instruct": ("llama-3",),
    "NousResearch/Meta-Llama-3-8B": ("llama-3",),
    "unsloth/llama-3-8b-bnb-4bit": ("llama-3",),
    "meta-llama/Meta-Llama-3.1-8B": ("llama-3.1",),
    "meta-llama/Llama-3.1-8B-Instruct": ("llama-3.1",),
    "meta-llama/Llama-3.1-405B-FP8": ("llama-3.1",),
    "NousResearch/Meta-Llama-3.1-8B-Instruct": ("llama-3.1",),
    "unsloth/meta-llama-3.1-8b-bnb-4bit": ("llama-3.1",),
    "unsloth/Llama-3.1-8B-Instruct": ("llama-3.1",),
    "meta-llama/Llama-3.2-1B": ("llama-3.2",),
    "meta-llama/Llama-3.2-3B-Instruct": ("llama-3.2",),
    "meta-llama/Llama-3.2-11B-Vision-Instruct": ("llama-3.2",),
    "unsloth/Llama-3.2-1B-Instruct-bnb-4bit": ("llama-3.2",),
    "meta-llama/Llama-3.3-70B-Instruct": ("llama-3.3",),
    "unsloth/Llama-3.3-70B-Instruct-GGUF": ("llama-3.3",),
    "meta-llama/Llama-4-Scout-17B-16E": ("llama-4",),
    "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8": ("llama-4",),
    "meta-llama/Llama-Guard-4-12B": ("llama-4",),
    "meta-llama/Llama-Guard-3-8B": ("llama-3.1", "llama-3.2"),
    "meta-llama/Prompt-Guard-86M": UNKNOWN,
    "library/llama3.1": ("llama-3.1",),
    # Gemma
    "google/gemma-2b": GEMMA,
    "google/gemma-7b-it": GEMMA,
    "google/gemma-2-9b-it": GEMMA,
    "google/gemma-2-27b": GEMMA,
    "google/gemma-3-4b-it": GEMMA,
    "google/gemma-3-1b-pt": GEMMA,
    "google/gemma-3n-E4B-it": GEMMA,
    "google/codegemma-7b": GEMMA,
    "google/paligemma-3b-pt-224": GEMMA,
    "unsloth/gemma-2-9b-bnb-4bit": GEMMA,
    # Qwen
    "Qwen/Qwen-1_8B-Chat": ("tongyi-qianwen-research",),
    "Qwen/Qwen-7B": ("tongyi-qianwen",),
    "Qwen/Qwen-14B-Chat-Int4": ("tongyi-qianwen",),
    "Qwen/Qwen-72B": ("tongyi-qianwen",),
    "Qwen/Qwen-VL-Chat": ("tongyi-qianwen",),
    "Qwen/Qwen1.5-7B-Chat": ("tongyi-qianwen",),
    "Qwen/Qwen1.5-0.5B": ("tongyi-qianwen-research",),
    "Qwen/Qwen2-7B-Instruct": ("apache-2.0",),
    "Qwen/Qwen2-72B-Instruct": ("tongyi-qianwen",),
    "Qwen/Qwen2-VL-7B-Instruct": ("apache-2.0",),
    "Qwen/Qwen2.5-0.5B": ("apache-2.0",),
    "Qwen/Qwen2.5-3B-Instruct": ("qwen-research-2024",),
    "Qwen/Qwen2.5-Coder-3B": ("qwen-research-2024",),
    "Qwen/Qwen2.5-VL-3B-Instruct": ("qwen-research-2024",),
    "Qwen/Qwen2.5-7B-Instruct-1M": ("apache-2.0",),
    "Qwen/Qwen2.5-32B": ("apache-2.0",),
    "Qwen/Qwen2.5-72B-Instruct": ("qwen-2024",),
    "Qwen/Qwen2.5-Coder-1.5B": ("apache-2.0",),
    "Qwen/Qwen2.5-Coder-32B-Instruct": ("apache-2.0",),
    "Qwen/Qwen2.5-VL-7B-Instruct": ("apache-2.0",),
    "Qwen/QwQ-32B": ("apache-2.0",),
    "Qwen/Qwen3-8B": ("apache-2.0",),
    "Qwen/Qwen3-30B-A3B-Instruct-2507": ("apache-2.0",),
    "unsloth/Qwen2.5-7B-Instruct-bnb-4bit": ("apache-2.0",),
    # Mistral
    "mistralai/Mistral-7B-v0.1": ("apache-2.0",),
    "mistralai/Mistral-7B-Instruct-v0.3": ("apache-2.0",),
    "mistralai/Mixtral-8x7B-Instruct-v0.1": ("apache-2.0",),
    "mistralai/Mixtral-8x22B-v0.1": ("apache-2.0",),
    "mistralai/Mistral-Nemo-Instruct-2407": ("apache-2.0",),
    "mistralai/Mistral-Small-3.1-24B-Instruct-2503": ("apache-2.0",),
    "mistralai/Mistral-Small-24B-Base-2501": ("apache-2.0",),
    "mistralai/Mistral-Small-Instruct-2409": ("mistral-mrl-0.1",),
    "mistralai/Mistral-Large-Instruct-2407": ("mistral-mrl-0.1",),
    "mistralai/Mistral-Large-Instruct-2411": ("mistral-mrl-0.1",),
    "mistralai/Ministral-8B-Instruct-2410": ("mistral-mrl-0.1",),
    "mistralai/Codestral-22B-v0.1": ("mistral-mnpl-0.1",),
    "mistralai/Pixtral-12B-2409": ("apache-2.0",),
    "mistralai/Devstral-Small-2507": ("apache-2.0",),
    "mistralai/Devstral-2-123B-Instruct-2512": UNKNOWN,
    "unsloth/mistral-7b-instruct-v0.3-bnb-4bit": ("apache-2.0",),
    # DeepSeek
    "deepseek-ai/deepseek-llm-7b-base": ("deepseek-1.0",),
    "deepseek-ai/deepseek-coder-6.7b-instruct": ("deepseek-1.0",),
    "deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct": ("deepseek-1.0",),
    "deepseek-ai/DeepSeek-V2-Lite": ("deepseek-1.0",),
    "deepseek-ai/DeepSeek-V2.5": ("deepseek-1.0",),
    "deepseek-ai/DeepSeek-V3": ("deepseek-1.0",),
    "deepseek-ai/DeepSeek-V3-Base": ("deepseek-1.0",),
    "deepseek-ai/DeepSeek-V3-0324": ("mit",),
    "deepseek-ai/DeepSeek-V3.1": ("mit",),
    "deepseek-ai/DeepSeek-V3.2-Exp": ("mit",),
    "deepseek-ai/DeepSeek-R1": ("mit",),
    "deepseek-ai/DeepSeek-R1-0528": ("mit",),
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B": ("mit", "apache-2.0"),
    "deepseek-ai/DeepSeek-R1-Distill-Llama-8B": ("mit", "llama-3.1"),
    "deepseek-ai/DeepSeek-R1-Distill-Llama-70B": ("mit", "llama-3.3"),
    "unsloth/DeepSeek-R1-Distill-Llama-8B": ("mit", "llama-3.1"),
    "deepseek-ai/deepseek-vl2-tiny": ("deepseek-1.0",),
    "deepseek-ai/Janus-Pro-7B": ("deepseek-1.0",),
    # Phi, Falcon, Databricks, Yi
    "microsoft/phi-1_5": ("mit",),
    "microsoft/phi-2": ("mit",),
    "microsoft/Phi-3-mini-4k-instruct": ("mit",),
    "microsoft/Phi-3.5-vision-instruct": ("mit",),
    "microsoft/phi-4": ("mit",),
    "tiiuae/falcon-7b-instruct": ("apache-2.0",),
    "tiiuae/falcon-40b": ("apache-2.0",),
    "tiiuae/falcon-11B": ("falcon-2-11b",),
    "tiiuae/falcon-180B-chat": ("falcon-180b-tii-1.0",),
    "tiiuae/Falcon3-7B-Base": ("falcon-llm-tii-2.0",),
    "databricks/dbrx-instruct": ("databricks-open-model",),
    "databricks/dolly-v2-12b": ("mit",),
    "mosaicml/mpt-7b": ("apache-2.0",),
    "mosaicml/mpt-7b-chat": ("cc-by-nc-sa-4.0",),
    "01-ai/Yi-34B": ("apache-2.0", "yi-series-community-2.1"),
    "01-ai/Yi-1.5-6B-Chat": ("apache-2.0",),
    # Images
    "CompVis/stable-diffusion-v1-4": ("creativeml-openrail-m",),
    "runwayml/stable-diffusion-v1-5": ("creativeml-openrail-m",),
    "stable-diffusion-v1-5/stable-diffusion-v1-5": ("creativeml-openrail-m",),
    "stabilityai/stable-diffusion-2-1": ("openrail-plus-plus-m-2022",),
    "stabilityai/stable-diffusion-xl-base-1.0": ("openrail-plus-plus-m-2023",),
    "stabilityai/sdxl-turbo": ("sai-nc-research-2023", "stability-ai-community-2024"),
    "stabilityai/stable-diffusion-3.5-large": ("stability-ai-community-2024",),
    "black-forest-labs/FLUX.1-schnell": ("apache-2.0",),
    "black-forest-labs/FLUX.1-dev": ("flux-dev-nc-1.0", "flux-dev-nc-1.1.1"),
    "black-forest-labs/FLUX.1-Kontext-dev": ("flux-dev-nc-1.0", "flux-dev-nc-1.1.1"),
    "black-forest-labs/FLUX.2-dev": ("flux-dev-nc-2.0",),
    "Kwai-Kolors/Kolors": ("kolors-model",),
    # Open models
    "bigscience/bloom": ("bigscience-bloom-rail-1.0",),
    "bigscience/bloom-560m": ("bigscience-bloom-rail-1.0",),
    "bigscience/bloomz-7b1": ("bigscience-bloom-rail-1.0",),
    "bigcode/starcoder2-15b": ("bigcode-openrail-m-v1",),
    "bigcode/santacoder": ("codeml-openrail-m-0.1",),
    "EleutherAI/pythia-12b": ("apache-2.0",),
    "EleutherAI/gpt-neox-20b": ("apache-2.0",),
    "EleutherAI/gpt-j-6b": ("apache-2.0",),
    "allenai/OLMo-2-1124-7B": ("apache-2.0",),
    "ibm-granite/granite-3.1-1b-a400m-base": ("apache-2.0",),
    "ibm/granite-7b-base": ("apache-2.0",),
    "HuggingFaceTB/SmolLM2-135M": ("apache-2.0",),
    "TinyLlama/TinyLlama-1.1B-Chat-v1.0": ("apache-2.0",),
    "openai/gpt-oss-20b": ("apache-2.0",),
    "openai/whisper-large-v3": ("mit", "apache-2.0"),
    "openai/clip-vit-large-patch14": ("mit",),
    "openai-community/gpt2-medium": ("mit",),
    "google-bert/bert-base-uncased": ("apache-2.0",),
    "FacebookAI/xlm-roberta-base": ("mit",),
    "google-t5/t5-small": ("apache-2.0",),
    "google/flan-t5-xl": ("apache-2.0",),
    # Others
    "facebook/opt-6.7b": ("opt-175b",),
    "facebook/musicgen-small": ("cc-by-nc-4.0",),
    "facebook/dinov3-vitb16-pretrain-lvd1689m": ("dinov3",),
    "CohereForAI/c4ai-command-r-plus": ("cc-by-nc-4.0",),
    "CohereLabs/aya-101": ("apache-2.0",),
    "moonshotai/Kimi-K2-Instruct": ("modified-mit-kimi-k2",),
    "moonshotai/Kimi-K2.5": UNKNOWN,
    "MiniMaxAI/MiniMax-Text-01": ("minimax-model-2025",),
    "MiniMaxAI/MiniMax-M2": ("modified-mit-minimax-m2", "mit", "apache-2.0"),
    "THUDM/chatglm3-6b": ("chatglm3-6b",),
    "THUDM/glm-4-9b-chat": ("glm-4-9b",),
    "zai-org/GLM-4.5": ("mit",),
    "internlm/internlm2_5-7b-chat": ("apache-2.0",),
    "tencent/HunyuanVideo": ("hunyuan-video",),
    "LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct": ("exaone-1.1-nc",),
    "xai-org/grok-1": ("apache-2.0",),
    "xai-org/grok-2": ("grok-2-community",),
    "baichuan-inc/Baichuan2-13B-Chat": ("baichuan2-community",),
    "ai21labs/AI21-Jamba-1.5-Mini": ("jamba-open-model",),
    "ai21labs/AI21-Jamba-Large-1.7": ("jamba-open-model",),
    "ai21labs/AI21-Jamba-Reasoning-3B": ("apache-2.0",),
    "stabilityai/stable-diffusion-xl-base-0.9": ("sdxl-0.9-research",),
    "tiiuae/Falcon-H1-7B-Instruct": ("falcon-llm-tii-2.0",),
    "tiiuae/falcon-mamba-7b": UNKNOWN,
    # Made from others
    "lmsys/vicuna-7b-v1.5": ("llama-2",),
    "lmsys/vicuna-13b-v1.5-16k": ("llama-2",),
    "TheBloke/vicuna-13B-v1.5-GGUF": ("llama-2",),
    "lmsys/vicuna-33b-v1.3": ("llama-1",),
    "HuggingFaceH4/zephyr-7b-beta": ("mit", "apache-2.0"),
    "TheBloke/zephyr-7B-beta-GGUF": ("mit", "apache-2.0"),
    "teknium/OpenHermes-2.5-Mistral-7B": ("apache-2.0",),
    "NousResearch/Hermes-2-Pro-Mistral-7B": ("apache-2.0",),
    "NousResearch/Hermes-2-Pro-Llama-3-8B": ("llama-3",),
    "NousResearch/Hermes-3-Llama-3.1-8B": ("llama-3.1",),
    "NousResearch/Hermes-3-Llama-3.2-3B": ("llama-3.2",),
    "nvidia/Llama-3.1-Nemotron-70B-Instruct-HF": ("llama-3.1",),
    "allenai/Llama-3.1-Tulu-3-8B": ("llama-3.1",),
    "bartowski/Meta-Llama-3.1-8B-Instruct-GGUF": ("llama-3.1",),
    "bartowski/gemma-2-9b-it-GGUF": GEMMA,
    "bartowski/Qwen2.5-7B-Instruct-GGUF": ("apache-2.0",),
    "unsloth/Qwen2.5-3B-Instruct-unsloth-bnb-4bit": ("qwen-research-2024",),
    "llava-hf/llava-1.5-7b-hf": ("llama-2",),
    "llava-hf/llava-v1.6-mistral-7b-hf": ("apache-2.0",),
    # Images, sound and text
    "Qwen/Qwen-Image": ("apache-2.0",),
    "Salesforce/blip2-opt-2.7b": ("mit", "opt-175b"),
    "Salesforce/blip2-flan-t5-xl": ("mit", "apache-2.0"),
    "Salesforce/instructblip-vicuna-7b": ("llama-1",),
    "Salesforce/blip-image-captioning-large": ("bsd-3-clause",),
    "coqui/XTTS-v2": ("coqui-public-model-1.0.0",),
    "suno/bark": ("mit",),
    "distil-whisper/distil-large-v3": ("mit",),
    "facebook/wav2vec2-base-960h": ("apache-2.0",),
    "microsoft/Florence-2-large": ("mit",),
    "microsoft/layoutlmv3-base": ("cc-by-nc-sa-4.0",),
    "depth-anything/Depth-Anything-V2-Small-hf": ("apache-2.0",),
    "depth-anything/Depth-Anything-V2-Large": ("cc-by-nc-4.0",),
    "Wan-AI/Wan2.1-T2V-14B": ("apache-2.0",),
    "stabilityai/sd-vae-ft-mse": ("mit",),
    "BAAI/bge-small-en-v1.5": ("mit",),
    "BAAI/bge-m3": ("mit",),
    "BAAI/bge-reranker-v2-m3": ("apache-2.0",),
    "intfloat/e5-large-v2": ("mit",),
    "intfloat/multilingual-e5-large": ("mit",),
    "sentence-transformers/all-MiniLM-L6-v2": ("apache-2.0",),
    "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2": ("apache-2.0",),
    "jinaai/jina-embeddings-v3": ("cc-by-nc-4.0",),
    "answerdotai/ModernBERT-base": ("apache-2.0",),
    "facebook/nllb-200-distilled-600M": ("cc-by-nc-4.0",),
    "facebook/m2m100_418M": ("mit",),
}
"""Real names with the keys that the table must give; no keys: the model is known, its terms are not."""

STRANGERS = [
    "someone/Llama-3.1-8B-finetune",
    "meta-llama-mirror/Llama-3.1-8B",
    "arcee-ai/Llama-3.1-SuperNova-Lite",
    "Dampfinchen/Llama-3.1-8B-Ultra-Instruct",
    "TheBloke/Llama-2-7B-32K-Instruct-GGUF",
    "unsloth/Llama-3.1-Storm-8B",
    "nvidia/Llama-3.1-Minitron-4B-Width-Base",
    "jpacifico/Chocolatine-3B-Instruct-DPO-Revised",
    "google/medgemma-4b-it",
    "mistralai/Mistral-Something-New",
    "Qwen/Qwen2.5-100B",
    "evil/meta-llama/Llama-3.1-8B",
    "xmeta-llama/Llama-3.1-8B",
    "meta-llamax/Llama-3.1-8B",
    "deepseek-ai/DeepSeek-R2",
    "BAAI/bge-multilingual-gemma2",
]
"""Names of others, and of models that nobody here has looked at."""


@pytest.fixture(scope="module")
def entries(ours):
    return [(family, models) for family in ours.families for models in family.models]


@pytest.fixture(scope="module")
def table(ours):
    return Table(ours.families)


def test_there_are_families(ours, entries):
    """An entry is one series of models under one set of terms; those without terms are not counted."""
    assert len(ours.families) >= 25
    assert len([models for _, models in entries if models.keys]) >= 200


def test_every_family_says_where_and_when_it_was_read(ours):
    for family in ours.families:
        assert family.sources, family.id
        assert all(re.fullmatch(r"https://\S+", source) for source in family.sources), family.id
        assert dt.date.fromisoformat(family.checked_on) <= dt.datetime.now(dt.UTC).date()
        assert family.models, family.id


def test_every_entry_says_how_it_is_known(entries):
    assert [models.match for _, models in entries if not models.note] == []


def test_every_key_has_a_record_or_stands_in_the_index(ours, entries):
    known = {*ours.licenses, *load_index(folder("licenses") / "index.bin").keys}
    assert {key for _, models in entries for key in models.keys} <= known


def test_every_pattern_names_its_organisation(entries):
    for _, models in entries:
        for pattern in models.match:
            organisation, slash, name = pattern.partition("/")
            assert slash, pattern
            assert re.fullmatch(r"[A-Za-z0-9._-]+", organisation), pattern
            assert re.fullmatch(r"[A-Za-z0-9._*-]+", name), pattern
            assert name.strip("*"), pattern


def test_bare_names_hold_no_pattern(entries):
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for _, models in entries for name in models.bare)


def test_only_several_keys_can_bind_together(entries):
    assert [models.match for _, models in entries if models.together and len(models.keys) < 2] == []


def test_no_entry_is_hidden_by_one_before_it(entries, table):
    """A pattern whose plainest name goes to another entry says nothing."""
    hidden = []
    for family, models in entries:
        for pattern in models.match:
            for filling in ("", "7b"):
                name = named(pattern.replace("*", filling))
                found = table.find(name)
                if found is not None and found.models is models:
                    break
            else:
                hidden.append((family.id, pattern))
    assert hidden == []


@pytest.mark.parametrize("name", NAMES)
def test_no_two_families_match_one_name(ours, name):
    hits = [family.id for family in ours.families if Table((family,)).find(named(name))]
    assert len(hits) == 1


@pytest.mark.parametrize(("name", "keys"), NAMES.items())
def test_known_names_have_their_keys(table, name, keys):
    assert table.find(named(name)).models.keys == keys
    assert table.find(named(name.upper())).models.keys == keys


@pytest.mark.parametrize("name", STRANGERS)
def test_other_names_are_not_known(table, name):
    found = table.find(named(name))
    assert found is None or found.by_ending


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("/data/models/Llama-3.1-8B-Instruct", ("llama-3.1",)),
        ("sd_xl_base_1.0.safetensors", ("openrail-plus-plus-m-2023",)),
        ("v1-5-pruned-emaonly.ckpt", ("creativeml-openrail-m",)),
        ("Qwen2.5-72B-Instruct", ("qwen-2024",)),
    ],
)
def test_a_last_part_is_a_hint_and_no_more(table, written, keys):
    found = table.find(named(written))
    assert found.models.keys == keys
    assert (found.by_ending, found.confidence) == (True, "low")


@pytest.mark.parametrize(
    "written", ["./out", "/x/model", "/x/final", "/x/checkpoint-500", "base", "merged_model", "llama"]
)
def test_ordinary_words_hint_at_nothing(table, written):
    assert table.find(named(written)) is None


def test_bare_names(table):
    assert table.find(named("bert-base-uncased")).models.keys == ("apache-2.0",)
    assert not table.find(named("bert-base-uncased")).by_ending


def test_only_what_was_read_is_called_sure(entries):
    assert [
        models.match
        for _, models in entries
        if models.confidence == "high" and models.note == "general knowledge"
    ] == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Qwen/Qwen2.5-7B-Instruct", {"apache-2.0"}),
        ("Qwen/Qwen2.5-3B-Instruct", {"qwen-research-2024"}),
        ("Qwen/Qwen2.5-72B-Instruct", {"qwen-2024"}),
        ("01-ai/Yi-34B", {"apache-2.0", "yi-series-community-2.1"}),
        ("01-ai/Yi-1.5-34B", {"apache-2.0"}),
        ("tiiuae/falcon-7b", {"apache-2.0"}),
        ("tiiuae/falcon-180B", {"falcon-180b-tii-1.0"}),
        ("tiiuae/falcon-11B", {"falcon-2-11b"}),
        ("tiiuae/Falcon3-7B-Base", {"falcon-llm-tii-2.0"}),
        ("google/gemma-2-9b", {"gemma-2024-04-01", "gemma-2025-03-24"}),
        ("google/gemma-3-4b-it", {"gemma-2024-04-01", "gemma-2025-03-24"}),
        ("mistralai/Mistral-7B-v0.1", {"apache-2.0"}),
        ("mistralai/Mistral-Large-Instruct-2407", {"mistral-mrl-0.1"}),
        ("mistralai/Codestral-22B-v0.1", {"mistral-mnpl-0.1"}),
        ("THUDM/CogVideoX-2b", {"apache-2.0"}),
        ("THUDM/CogVideoX-5b", {"cogvideox"}),
        ("deepseek-ai/DeepSeek-V3", {"deepseek-1.0"}),
        ("deepseek-ai/DeepSeek-V3-0324", {"mit"}),
    ],
)
def test_members_of_a_family_that_differ(ours, name, keys):
    known = Table(ours.families).find(named(name))
    assert known is not None
    assert set(known.models.keys) == keys
    assert known.models.note
