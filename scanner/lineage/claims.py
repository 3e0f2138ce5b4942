# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Readings to claims: every place where a file names a model that this one may come from.

What a field is worth stands in :data:`FIELDS`; nothing else in the scanner decides that.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Literal

from msgspec.structs import replace

from scanner.lineage.names import Form, Name, named
from scanner.lineage.prose import Said, said
from scanner.model.base import Evidence, Value
from scanner.model.conclusion import Relation
from scanner.model.reading import Facts, LegalText, Reading, Source
from scanner.model.release import Confidence


class Field(Value, frozen=True, kw_only=True):
    """What it is worth when one field names a model."""

    how: Literal["declared", "observed"]
    confidence: Confidence
    """The most that it supports; a name that is not ``org/name`` supports less."""

    made: Relation | None = None
    """The relation that the field itself shows."""

    loads: bool = False
    """Whether the weights, or a part of them, were loaded from there."""

    base: bool = False
    """Whether the author names it as the base model."""

    start: bool = False
    """Whether it is what an adapter named in the same file is put on."""


class Claim(Value, frozen=True, kw_only=True):
    """One place where a model is named."""

    name: Name
    field: Field
    stated: Relation | None = None
    """What its author says that the relation is."""

    told: Relation | None = None
    """What the card's sentences say that it is; weaker than what is stated in a field."""

    source: Source
    evidence: tuple[Evidence, ...]

    @property
    def confidence(self) -> Confidence:
        """How sure it is that this very model is meant."""
        return max(self.field.confidence, _MOST[self.name.form], key=list(Confidence).index)

    @property
    def rank(self) -> tuple[int, int, str, int, str]:
        """Order among the claims of one parent: the surest first, and of those the one that says most."""
        told = -len(self.name.text) if self.told else 0
        forms = list(Form).index(self.name.form)
        return list(Confidence).index(self.confidence), forms, self.field.how, told, self.name.text


_MOST: Mapping[Form, Confidence] = {
    Form.HUB: Confidence.HIGH,
    Form.BARE: Confidence.MEDIUM,
    Form.DIGEST: Confidence.MEDIUM,
    Form.PATH: Confidence.LOW,
    Form.WORDS: Confidence.LOW,
}

CARD = Field(how="declared", confidence=Confidence.HIGH, base=True)
TOKENIZER = Field(how="observed", confidence=Confidence.LOW)
"""Of a tokenizer's own configuration: vocabularies are taken over without the weights."""

LINKED = Field(how="observed", confidence=Confidence.LOW)
"""Of a link to another repository's licence file: whose terms are named, that one's model may be here."""

SAID = Field(how="declared", confidence=Confidence.MEDIUM)
"""Of a card's own words that link a model or set its name apart."""

SPOKEN = Field(how="declared", confidence=Confidence.LOW)
"""Of a card's running words."""

CONVERTED = Field(how="observed", confidence=Confidence.MEDIUM, made=Relation.QUANTIZED, loads=True)
GGUF_BASE = Field(how="observed", confidence=Confidence.MEDIUM, base=True)
GGUF_ADDRESS = Field(how="observed", confidence=Confidence.HIGH, base=True)

TRAINED_FROM = Field(how="observed", confidence=Confidence.MEDIUM, made=Relation.ADAPTER, loads=True)
"""Of what kohya's trainers write of the checkpoint that an adapter was trained on."""

CHECKPOINT_DIGEST, SHORT_HASH = "ss_new_sd_model_hash", "ss_sd_model_hash"
"""Keys of its digest: SHA-256 of the whole file, and the old short hash of a piece, which names none."""

FIELDS: Mapping[tuple[Source, str], Field] = {
    (Source.CARD, "base_model"): CARD,
    (Source.CARD, "license_link"): LINKED,
    (Source.ADAPTER_CONFIG, "base_model_name_or_path"): Field(
        how="observed", confidence=Confidence.HIGH, made=Relation.ADAPTER, loads=True
    ),
    (Source.CONFIG, "_name_or_path"): Field(how="observed", confidence=Confidence.MEDIUM, loads=True),
    (Source.MODEL_INDEX, "_name_or_path"): Field(how="observed", confidence=Confidence.MEDIUM, loads=True),
    (Source.MERGEKIT, "model"): Field(
        how="declared", confidence=Confidence.HIGH, made=Relation.MERGE, loads=True
    ),
    (Source.MERGEKIT, "base_model"): Field(
        how="declared", confidence=Confidence.HIGH, made=Relation.MERGE, loads=True
    ),
    (Source.MERGEKIT, "tokenizer_source"): Field(how="declared", confidence=Confidence.LOW),
    (Source.GGUF, "general.source.repo_url"): CONVERTED,
    (Source.GGUF, "general.source.huggingface.repository"): CONVERTED,
    (Source.SAFETENSORS, "modelspec.merged_from"): Field(
        how="observed", confidence=Confidence.MEDIUM, made=Relation.MERGE, loads=True
    ),
    (Source.SAFETENSORS, "ss_sd_model_name"): TRAINED_FROM,
    (Source.MODELFILE, "FROM"): Field(how="declared", confidence=Confidence.HIGH, loads=True, start=True),
    (Source.MODELFILE, "ADAPTER"): Field(how="declared", confidence=Confidence.HIGH, loads=True),
}
"""By source and name of the reading."""

RELATIONS: Mapping[str, Relation] = {
    "adapter": Relation.ADAPTER,
    "lora": Relation.ADAPTER,
    "distill": Relation.DISTILLED,
    "distillation": Relation.DISTILLED,
    "distilled": Relation.DISTILLED,
    "finetune": Relation.FINETUNE,
    "finetuned": Relation.FINETUNE,
    "merge": Relation.MERGE,
    "merged": Relation.MERGE,
    "quantization": Relation.QUANTIZED,
    "quantized": Relation.QUANTIZED,
    "trainedon": Relation.TRAINED_ON,
}
"""Words of ``base_model_relation`` and of tags, lower case and without marks."""

QUOTE = 300
"""Characters of a line that is quoted."""

OLLAMA = "library"
"""The organisation under which Ollama's registry keeps what is named without one."""

_TAG = re.compile(r"base_model:(?:(?P<relation>[A-Za-z_-]+):)?(?P<name>[^:\s]+/[^:\s]+)", re.IGNORECASE)
_REPOSITORY_FILE = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/[^/]+/[^/]+/(?:blob|resolve|raw)/"
)
_REPOSITORIES = re.compile(r"(?<![^\s,;|&+])[\w.-]+/[\w.-]+(?![^\s,;|&+])")
_SEVERAL = re.compile(r"\s*[,;|&+]\s*(?:and\s+)?|\s+and\s+|\s+")
"""What stands between several names that somebody wrote into one string."""

_GGUF_BASE = re.compile(r"general\.base_model\.(?P<number>\d{1,4})\.(?P<what>name|organization|repo_url|url)")
_WORDS = ("organization", "name")
"""Keys of a GGUF base model that name it in words."""

_OWN_WORDS = frozenset({"union", "base"})
"""Values of mergekit's ``tokenizer_source`` that name no model."""


def claims(facts: Facts, own: str) -> tuple[Claim, ...]:
    """Return every claim of a release, in the order of reading; GGUF base models come last, then prose.

    Args:
        facts: What its files say.
        own: Its name, to tell it from other models in its card.
    """
    stated = stated_relation(facts)
    found = chain.from_iterable(_claims(reading, stated) for reading in facts.readings)
    return (*_with_digests(tuple(found), facts), *_gguf_bases(facts.readings), *_in_prose(facts, own))


def _with_digests(found: Sequence[Claim], facts: Facts) -> Iterator[Claim]:
    """Yield the claims, and a checkpoint's digest as trainers write it: beside its name, or in its place."""
    digests: defaultdict[str, list[Reading]] = defaultdict(list)
    for key in (CHECKPOINT_DIGEST, SHORT_HASH):
        for reading in facts.named(key):
            if reading.source is Source.SAFETENSORS and reading.value:
                digests[reading.evidence.path].append(reading)
    for claim in found:
        more = digests.pop(claim.evidence[0].path, []) if claim.field is TRAINED_FROM else []
        evidence = (*claim.evidence, *(reading.evidence for reading in more))
        yield replace(claim, evidence=evidence) if more else claim
    for readings in digests.values():
        first = readings[0]
        written = f"sha256:{first.value}" if first.name == CHECKPOINT_DIGEST else f"checkpoint {first.value}"
        name = named(written)
        if name is not None:
            evidence = tuple(reading.evidence for reading in readings)
            yield Claim(name=name, field=TRAINED_FROM, source=Source.SAFETENSORS, evidence=evidence)


def _in_prose(facts: Facts, own: str) -> Iterator[Claim]:
    """Yield the models that a card's body says the release was made from."""
    for text in facts.texts:
        if text.source is not Source.CARD or any(
            reading.evidence.path == text.path
            and reading.evidence.lines
            and reading.evidence.lines[0] <= text.first_line <= reading.evidence.lines[1]
            for reading in facts.readings
        ):
            continue
        for one in said(text.text, text.first_line, own):
            name = named(one.written)
            if name is not None and name.form is not Form.PATH:
                yield _told(one, name, text)


def _told(one: Said, name: Name, text: LegalText) -> Claim:
    evidence = Evidence(
        path=text.path,
        reader="model-card",
        lines=(one.line, one.line),
        quote=one.quote[:QUOTE],
        sha256=text.sha256,
    )
    return Claim(
        name=name,
        field=SAID if one.exact else SPOKEN,
        told=one.relation,
        source=Source.CARD,
        evidence=(evidence,),
    )


def stated_relation(facts: Facts) -> Relation | None:
    """Return what the card says of all its base models; None where it says nothing, or two things."""
    said = {
        relation_word(reading.value)
        for reading in facts.named("base_model_relation")
        if reading.source is Source.CARD and reading.value
    }
    return said.pop() if len(said) == 1 else None


def relation_word(word: str) -> Relation | None:
    """Return the relation that a word names."""
    return RELATIONS.get(re.sub(r"[^a-z]", "", word.lower()))


def _claims(reading: Reading, stated: Relation | None) -> Iterator[Claim]:
    """Yield the models that one reading names."""
    if reading.value is None:
        return
    if (reading.source, reading.name) == (Source.CARD, "tags"):
        yield from _tag(reading, reading.value)
        return
    field = _field(reading)
    if field is None:
        return
    for written in _written(reading, reading.value):
        name = named(written)
        if name is not None:
            yield Claim(
                name=_ollama(name) if reading.name == "FROM" else name,
                field=field,
                stated=stated if reading.source is Source.CARD else None,
                source=reading.source,
                evidence=(reading.evidence,),
            )


def _field(reading: Reading) -> Field | None:
    if reading.source is Source.CONFIG and reading.evidence.path.lower().endswith("tokenizer_config.json"):
        return TOKENIZER if reading.name in {"_name_or_path", "name_or_path"} else None
    return FIELDS.get((reading.source, reading.name))


def _written(reading: Reading, value: str) -> Iterable[str]:
    """Return the names in one value: lists with commas, and mergekit's ``model+lora``."""
    if reading.name == "modelspec.merged_from":
        return value.split(",")
    if reading.name == "license_link":
        return (value,) if _REPOSITORY_FILE.match(value) else ()
    if reading.source is Source.CARD and len(_REPOSITORIES.findall(value)) > 1:
        return _SEVERAL.split(value.strip())
    if reading.source is not Source.MERGEKIT:
        return (value,)
    if reading.name == "tokenizer_source" and value.lower() in _OWN_WORDS:
        return ()
    return value.removeprefix("model:").split("+")


def _tag(reading: Reading, value: str) -> Iterator[Claim]:
    """Yield the base model of a tag ``base_model:relation:org/name``, as the Hub writes them."""
    tag = _TAG.fullmatch(value.strip())
    name = named(tag["name"]) if tag else None
    if tag and name:
        stated = relation_word(tag["relation"]) if tag["relation"] else None
        yield Claim(name=name, field=CARD, stated=stated, source=reading.source, evidence=(reading.evidence,))


def _ollama(name: Name) -> Name:
    """Return a name of Ollama's registry in full."""
    return Name(text=f"{OLLAMA}/{name.text}", form=Form.HUB) if name.form is Form.BARE else name


def _gguf_bases(readings: Iterable[Reading]) -> Iterator[Claim]:
    """Yield the base models of GGUF headers: each is spread over several keys, and a key may stand twice."""
    groups: defaultdict[tuple[str, str], defaultdict[str, list[Reading]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for reading in readings:
        key = _GGUF_BASE.fullmatch(reading.name) if reading.source is Source.GGUF else None
        if key and reading.value:
            groups[reading.evidence.path, key["number"]][key["what"]].append(reading)
    for group in groups.values():
        yield from tuple(_by_address(group)) or tuple(_by_words(group))


def _by_address(said: Mapping[str, Sequence[Reading]]) -> Iterator[Claim]:
    """Yield the base models whose repository a group of keys states; its other keys bear witness too."""
    others = tuple(reading.evidence for what in _WORDS for reading in said.get(what, ()))
    for reading in (*said.get("repo_url", ()), *said.get("url", ())):
        name = named(reading.value or "")
        if name is not None and name.form is Form.HUB:
            yield Claim(
                name=name, field=GGUF_ADDRESS, source=Source.GGUF, evidence=(reading.evidence, *others)
            )


def _by_words(said: Mapping[str, Sequence[Reading]]) -> Iterator[Claim]:
    """Yield the base models that a group of keys names in words, or by an address elsewhere.

    Converters split a repository's name at its hyphens: "Meta Llama", "Small 7B".
    """
    organisations = said.get("organization", ())
    for reading, organisation in zip_longest(said.get("name", ()), organisations):
        parts = [part for part in (organisation, reading) if part is not None]
        name = named("/".join((part.value or "").replace(" ", "-") for part in parts)) if reading else None
        if name is not None:
            evidence = tuple(part.evidence for part in parts)
            yield Claim(name=name, field=GGUF_BASE, source=Source.GGUF, evidence=evidence)
    for reading in () if said.get("name") else said.get("repo_url", ()):
        name = named(reading.value or "")
        if name is not None:
            yield Claim(name=name, field=GGUF_BASE, source=Source.GGUF, evidence=(reading.evidence,))
