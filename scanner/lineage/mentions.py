# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a sentence names something that may be a model, by its form alone.

A link to the Hub, ``code``, a name with figures or inner capitals. Whether it
is one, the words around it say.
"""

# ruff: noqa: RUF001  cards are written in Chinese, and with typographic marks

import re
from collections.abc import Iterator

from scanner.lineage.names import Form, named
from scanner.model.base import Value

MARK, END = "\ue000", "\ue001"
"""Around the number of a mention in a text in which mentions were replaced."""


class Mention(Value, frozen=True, kw_only=True):
    """One name."""

    written: str
    start: int
    exact: bool
    """Whether it is linked on the Hub, set apart, or has the parts of a checkpoint's name."""

    apart: bool
    """Whether it is linked on the Hub, or set apart from the running words."""

    followed_by_other: bool = False
    """Whether a word follows that says what it is, and it is no model: a data set, a library."""


class Marked(Value, frozen=True, kw_only=True):
    """A text with its mentions replaced by their numbers."""

    text: str
    mentions: tuple[Mention, ...]


_LINK = r"!?\[(?P<text>[^\]\n]{0,200})\]\((?P<url>[^)\s]{0,400})[^)\n]*\)"
_URL = r"(?P<bare>https?://(?:www\.)?(?:huggingface\.co|hf\.co)/[\w./-]+)[^\s),;]*"
_OTHER_URL = r"https?://[^\s)]+"
_CODE = r"`{1,2}(?P<code>[A-Za-z0-9][\w./+-]{1,95})`{1,2}|[\"“](?P<quoted>[A-Za-z][\w.+-]*[-\d][\w.+-]*)[\"”]"
_REPO = r"(?<![\w/.@-])(?P<repo>[A-Za-z][\w.-]{2,40}/[A-Za-z][\w.-]*(?:[-_]|\d)[\w.-]*[A-Za-z0-9])(?![\w/])"
_PART = (
    r"(?:[vV]?\d+(?:\.\d+)*[bBmMkK]?|base|Base|large|Large|BASE|LARGE|small|Small|medium|mini|tiny|xl|xxl"
    r"|xxlarge"
    r"|uncased|cased|instruct|Instruct|chat|Chat|vision|Vision|Scout|Maverick|Sonnet|Opus|Haiku"
    r"|[vV]ersion \d+(?:\.\d+)?)\b"
)
_HEAD = (
    r"(?:[A-Za-z]*[a-z][A-Z][A-Za-z]*\d*|[A-Z]{2,}[A-Za-z]*\d*|[A-Za-z]+\d[\w.]*"
    r"|[A-Z][A-Za-z]+(?=[ -]v?\d)|[A-Z][a-z]+(?=-(?:[A-Z]{3,}|(?:[A-Za-z]+-)*[A-Za-z]*\d|base\b|large\b))"
    r"|[A-Z][a-z]{3,} [A-Z][a-z]+(?= \d)|[A-Z][a-z]{3,}(?=[ ](?:base|large|Sonnet|Opus|xxlarge)\b)"
    r"|[a-z]+(?=-(?:base|large|small|medium|tiny)\b)"
    r"|[a-z]+\d*(?=-[a-z]*\d*-?(?:base|large|cased|uncased|small))"
    r"|[A-Z][a-z]{4,}(?= model (?:fine|that|trained)))"
)
_WORDS = (
    rf"(?<![\w.@-])(?P<words>(?:Meta |[Mm]ultilingual )?{_HEAD}(?:[-.+‑_](?!based\b)\w[\w.+‑]*|[ -]{_PART})*"
    r"|[Mm]ultilingual [Bb][Ee][Rr][Tt]|[a-z]+ chinese large|bert base uncased)(?!\w)"
)
_ALL = re.compile(f"{_LINK}|{_URL}|{_OTHER_URL}|{_CODE}|{_REPO}|{_WORDS}")

_NO_NAME = re.compile(
    r"\b(?:card|paper|pages?|data ?sets?|demo|repo|repository|blog|docs?|documentation|hub|here|link|script"
    r"|notebook|authors?|website|library)\b",
    re.IGNORECASE,
)
_NO_NAME_ENDING = re.compile(
    r"\.(?:py|sh|json|ya?ml|txt|md|ipynb|cpp|com|org)\b|For[A-Z]|(?:Model|Tokenizer|Config|Trainer|Pipeline)$"
)
"""Endings of files, of addresses and of classes in code."""

_CHECKPOINT = re.compile(
    r"\d+(?:\.\d+)?[bBmM]\b|\d\.\d"
    r"|[-_ ](?:base|large|x?small|medium|tiny|uncased|cased|instruct|chat)\b|\.ckpt$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"[\s`\"*_)\]]*(?:data ?sets?|corpus|corpora|dump|tasks?|benchmarks?|librar\w+|scripts?|code\b|codebase"
    r"|repositor\w+|repo\b|paper|framework|tokeni[sz]ers?|vocab\w*|architectures?|format|gpus?|tpus?|license"
    r"|community|series|trainer|objective|stages?|parameters|train set|data\b)",
    re.IGNORECASE,
)
_NOT_MODELS = frozenset(
    {
        "adamw",
        "ai",
        "apache",
        "api",
        "apis",
        "awq",
        "bf16",
        "biobert.v",
        "bpe",
        "clm",
        "cls",
        "colab",
        "conll",
        "cord",
        "cot",
        "cpu",
        "cuda",
        "deepset",
        "dpo",
        "facebook",
        "farm",
        "fp16",
        "gguf",
        "github",
        "glue",
        "google",
        "gptq",
        "gpu",
        "gpus",
        "gqa",
        "huggingface",
        "id",
        "ids",
        "imdb",
        "int4",
        "int8",
        "it",
        "jax",
        "json",
        "kv",
        "lazymergekit",
        "llm",
        "llms",
        "lm",
        "lora",
        "mergekit",
        "meta",
        "microsoft",
        "mimic",
        "mlm",
        "mlx",
        "mnli",
        "moe",
        "multinli",
        "ner",
        "nli",
        "nlp",
        "nsp",
        "nvidia",
        "onnx",
        "openai",
        "oscar",
        "paddlepaddle",
        "peft",
        "ppo",
        "pubmed",
        "pytorch",
        "qa",
        "qat",
        "qlora",
        "rag",
        "rl",
        "rlhf",
        "sft",
        "slerp",
        "snli",
        "sota",
        "squad",
        "sts",
        "tensorflow",
        "tpu",
        "tpus",
        "transformers",
        "trl",
        "unsloth",
        "url",
        "usa",
        "v1",
        "v2",
        "v3",
        "vlm",
        "we",
        "wikipedia",
        "wmt",
        "xnli",
        "yaml",
    }
)
"""What looks like a name and is a library, a machine, a method, a licence or a data set."""


def marked(text: str) -> Marked:
    """Return a text in which everything that may be a model's name is replaced by its number."""
    mentions: list[Mention] = []
    pieces: list[str] = []
    last = 0
    for match in _ALL.finditer(text):
        mention = next(_mention(match, text), None)
        if mention is None and not match["url"]:
            if match[0].startswith("http"):
                pieces += [text[last : match.start()], " "]
                last = match.end()
            continue
        pieces.append(text[last : match.start()])
        if mention is None:
            pieces.append(match["text"])
        else:
            pieces.append(f"{MARK}{len(mentions)}{END}")
            mentions.append(mention)
        last = match.end()
    return Marked(text="".join((*pieces, text[last:])), mentions=tuple(mentions))


def _mention(match: re.Match[str], text: str) -> Iterator[Mention]:
    written, exact = _written(match)
    if not written:
        return
    other = bool(_OTHERS.match(text[match.end() : match.end() + 40]))
    apart = match["words"] is None and match["url"] in {None, written}
    yield Mention(written=written, start=match.start(), exact=exact, apart=apart, followed_by_other=other)


def _written(match: re.Match[str]) -> tuple[str, bool]:
    """Return the name in one match, empty where it is none."""
    if match["url"] is not None:
        return _linked(match["text"].strip("*_`\"' "), match["url"])
    if match["bare"]:
        return (match["bare"], True) if _on_hub(match["bare"]) else ("", False)
    for group in ("code", "quoted", "repo"):
        if match[group]:
            return (match[group], True) if _is_name(match[group]) else ("", False)
    words = (match["words"] or "").rstrip(".")
    return (words, bool(_CHECKPOINT.search(words))) if words and _is_name(words) else ("", False)


def _linked(text: str, url: str) -> tuple[str, bool]:
    if _on_hub(url) and not _NO_NAME.search(text):
        return url, True
    inner = _ALL.search(text)
    name = (inner and (inner["code"] or inner["repo"] or inner["words"])) or ""
    whole = bool(inner) and len(text.split()) <= 4 and (len(name) > len(text) // 2)  # noqa: PLR2004
    if "huggingface.co/datasets" in url or not whole or not _is_name(name):
        return "", False
    return name, bool(_CHECKPOINT.search(name))


def _on_hub(url: str) -> bool:
    name = named(url) if re.match(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/", url) else None
    return name is not None and name.form in {Form.HUB, Form.BARE}


def _is_name(word: str) -> bool:
    if _NO_NAME_ENDING.search(word):
        return False
    first = re.split(r"[-\s]", word.rsplit("/", maxsplit=1)[-1])[0].lower()
    return (
        first not in _NOT_MODELS and word.lower() not in _NOT_MODELS and bool(re.search(r"[A-Za-z]{2}", word))
    )
