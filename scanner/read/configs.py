# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""JSON files that programs write beside weights: configurations, adapters, pipelines, shard indexes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from scanner.guarded.json import Parsed, load_json
from scanner.guarded.refused import Refused
from scanner.model.base import Value
from scanner.model.reading import Facts, Reading, Source
from scanner.read.page import (
    MAX_ITEMS,
    Page,
    Witness,
    condition,
    dotted,
    gathered,
    leaves,
    require_whole,
    witness,
)

READER = "json-config"


class Keys(Value, frozen=True, kw_only=True):
    """What is read from a JSON file of one name."""

    source: Source
    values: tuple[str, ...]
    """Top-level keys, each item of a list a reading of its own."""

    presence: tuple[str, ...] = ()
    """Top-level keys of which only that they are there is read."""

    nested: tuple[str, ...] = ()
    """Keys that are also read one level down: the parts of a model name their own origin."""


FIGURES = (
    "vocab_size",
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "intermediate_size",
    "rope_theta",
    "bos_token_id",
)
"""Keys of a configuration that say which shape a model has (transformers, ``PretrainedConfig``)."""

FILES: Mapping[str, Keys] = {
    "config.json": Keys(
        source=Source.CONFIG,
        values=("architectures", "model_type", "_class_name", "_name_or_path", "license", *FIGURES),
        presence=("auto_map",),
        nested=("_name_or_path",),
    ),
    "tokenizer_config.json": Keys(source=Source.CONFIG, values=("_name_or_path", "name_or_path")),
    "adapter_config.json": Keys(
        source=Source.ADAPTER_CONFIG, values=("base_model_name_or_path", "revision", "peft_type")
    ),
    "model_index.json": Keys(source=Source.MODEL_INDEX, values=("_class_name", "_name_or_path", "license")),
}
"""By file name, wherever in the release it lies."""

SHOWN = 3
"""Missing shards that are named one by one."""


def read_config(page: Page) -> Facts:
    """Return what one of :data:`FILES` says.

    Raises:
        Refused: it is no JSON, or too large or too deep to be believed.
    """
    keys = FILES[page.name.lower()]
    said = witness(page, READER, keys.source)
    parsed = _parse(page)
    if not isinstance(parsed.value, dict):
        return Facts(readings=(said.problem("the file holds no JSON object"),))
    return gathered(
        (
            Facts(readings=tuple(_readings(parsed.value, keys, said))),
            Facts(readings=tuple(_duplicates(parsed, keys, said))),
            condition(page, said),
        )
    )


def read_shard_index(page: Page, paths: AbstractSet[str]) -> Facts:
    """Say which shards an index names that are no artifact of the release.

    No terms stand in an index: one that cannot be read is a problem of the file and nothing more.
    """
    said = witness(page, READER, Source.CONFIG)
    try:
        parsed = _parse(page)
    except Refused as refused:
        return Facts(
            readings=(said.problem(f"the index cannot be read: {refused.reason}", line=refused.line),)
        )
    weights = parsed.value.get("weight_map") if isinstance(parsed.value, dict) else None
    if not isinstance(weights, dict):
        return Facts(readings=(said.problem("the index maps no weights to files"),))
    named = sorted({name for name in weights.values() if isinstance(name, str)})
    folder = page.path.removesuffix(page.name)
    missing = [name for name in named if folder + name not in paths]
    if not missing:
        return Facts()
    shown = ", ".join(missing[:SHOWN]) + (", ..." if len(missing) > SHOWN else "")
    what = f"{len(missing)} of the {len(named)} weights files that it names are not here: {shown}"
    return Facts(readings=(said.problem(what, key="weight_map"),))


def _parse(page: Page) -> Parsed:
    require_whole(page)
    return load_json(page.text)


def _readings(content: Mapping[str, Any], keys: Keys, said: Witness) -> Iterator[Reading]:
    for name in keys.values:
        if name in content:
            yield from _leaves(name, content[name], (name,), said)
    for name in keys.presence:
        if content.get(name):
            yield said.says(name, "present", lines=_line(name, said))
    for name in keys.nested:
        for part, inside in list(content.items())[:MAX_ITEMS]:
            if isinstance(inside, dict) and inside.get(name):
                yield said.says(name, inside[name], key=dotted((part, name)))


def _leaves(name: str, value: object, place: tuple[str, ...], said: Witness) -> Iterator[Reading]:
    line = _line(name, said)
    for count, (where, leaf) in enumerate(leaves(value, place)):
        if count >= MAX_ITEMS:
            yield said.problem(f"{name} has more than {MAX_ITEMS:,} entries; the rest was left out")
            return
        yield said.says(name, leaf, key=dotted(where), lines=line)


def _duplicates(parsed: Parsed, keys: Keys, said: Witness) -> Iterator[Reading]:
    """Yield a problem for each key that stands twice, and what the earlier one said."""
    for key, earlier in parsed.duplicates[:MAX_ITEMS]:
        yield said.problem(f"the key {key[:80]!r} stands twice", key=dotted((key,)))
        if key in keys.values:
            yield from (said.says(key, leaf, key=dotted(place)) for place, leaf in leaves(earlier, (key,)))


def _line(key: str, said: Witness) -> tuple[int, int] | None:
    """Return the line on which a key stands, when it stands on one line of the file only."""
    pattern = re.compile(rf'"{re.escape(key)}"[ \t]*:')
    lines = _lines_with(pattern, said.lines)
    return (lines[0], lines[0]) if len(lines) == 1 else None


def _lines_with(pattern: re.Pattern[str], lines: Sequence[str]) -> list[int]:
    return [number for number, line in enumerate(lines, 1) if pattern.search(line)]
