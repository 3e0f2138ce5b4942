# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Which files of a repository are fetched: what ``read`` opens, and of weights the header alone.

A change here needs another ``FORMAT`` in ``hub_snapshot``, or what is kept lacks what is new.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from scanner.discover.hub_answers import Entry
from scanner.discover.kinds import classify
from scanner.model.base import Value
from scanner.model.release import ArtifactKind, Unread

TEXT_LIMIT = 4_000_000
CONFIG_LIMIT = 8_000_000
INDEX_LIMIT = 64_000_000
SMALL_LIMIT = 400_000
CODE_LIMIT = 1_000_000
"""Bytes of a file of each kind that are fetched: what ``read`` reads of it."""

MAX_WHOLE = 400
"""Files of one repository that are fetched whole."""

MAX_WHOLE_BYTES = 128_000_000
"""Bytes of them together."""

MAX_HEADS = 500
"""Weights files of one repository whose headers are fetched; the largest releases have a few hundred."""

How = Literal["whole", "safetensors", "gguf"]

_TEXTLIKE = re.compile(r"[^.]+|.*\.(?:txt|md|markdown|rst|html?|ya?ml|cff|modelfile)", re.DOTALL)
"""Names of small files that people write to be read."""


class Wish(Value, frozen=True, kw_only=True):
    """One file that is to be fetched, and how much of it."""

    entry: Entry
    how: How
    limit: int
    matters: bool = True
    """Whether terms may stand in it."""


def planned(entries: Sequence[Entry]) -> tuple[list[Wish], list[Unread]]:
    """Return what is fetched of a repository, terms and cards first, and what is left although it is read."""
    wishes, unread = [], []
    whole = heads = size = 0
    for entry in sorted(entries, key=_order):
        wish = _wish(entry)
        if wish is None or (wish.limit == SMALL_LIMIT < entry.size):
            continue
        reason = None
        if wish.how == "whole":
            whole, size = whole + 1, size + entry.size
            if entry.size > wish.limit:
                reason = (
                    f"it has {entry.size:,} bytes, and files of its kind are fetched up to {wish.limit:,}"
                )
                size -= entry.size
            elif whole > MAX_WHOLE or size > MAX_WHOLE_BYTES:
                reason = "the files before it reached the bound"
        else:
            heads += 1
            reason = f"{MAX_HEADS} weights files came before it" if heads > MAX_HEADS else None
        if reason:
            unread.append(missing(wish, reason))
        else:
            wishes.append(wish)
    unread += [
        Unread(path=entry.path, reason="its metadata was not read: weights are not downloaded")
        for entry in entries
        if classify(entry.path.rsplit("/", 1)[-1])[1] == "onnx"
    ]
    return wishes, unread


_RANKS = (
    frozenset({ArtifactKind.LICENSE, ArtifactKind.NOTICE, ArtifactKind.POLICY, ArtifactKind.CARD}),
    frozenset({ArtifactKind.CONFIG, ArtifactKind.TOKENIZER}),
    frozenset({ArtifactKind.OTHER}),
    frozenset({ArtifactKind.CODE}),
)


def _order(entry: Entry) -> tuple[int, int, str]:
    kind = classify(entry.path.rsplit("/", 1)[-1])[0]
    rank = next((rank for rank, kinds in enumerate(_RANKS) if kind in kinds), len(_RANKS))
    return rank, entry.path.count("/"), entry.path


def _wish(entry: Entry) -> Wish | None:
    """Return how a file is fetched, by the kind that its name tells; None: no stage would read it."""
    name = entry.path.rsplit("/", 1)[-1].lower()
    kind, container = classify(name)
    if container is not None:
        how = _HEADS.get(container)
        return Wish(entry=entry, how=how, limit=entry.size) if how else None
    limit = _limit(kind, name)
    if limit is None:
        return None
    return Wish(entry=entry, how="whole", limit=limit, matters=kind is not ArtifactKind.CODE)


_HEADS: Mapping[str, How] = {"safetensors": "safetensors", "gguf": "gguf"}
"""Containers whose header stands at the beginning of the file."""


def _limit(kind: ArtifactKind, name: str) -> int | None:
    """Return the bytes up to which a file is fetched whole; None: no stage would read it."""
    if kind is ArtifactKind.CONFIG:
        return INDEX_LIMIT if name.endswith(".index.json") else CONFIG_LIMIT
    if kind is ArtifactKind.TOKENIZER:
        return CONFIG_LIMIT if name == "tokenizer_config.json" else None
    if kind is ArtifactKind.OTHER and _TEXTLIKE.fullmatch(name):
        return TEXT_LIMIT if name.startswith("readme") or "card" in name else SMALL_LIMIT
    if kind is ArtifactKind.CODE:
        return CODE_LIMIT
    return TEXT_LIMIT if kind in _RANKS[0] else None


def missing(wish: Wish, reason: str) -> Unread:
    """Return a file that was to be fetched and was not, with the reason."""
    what = "was not fetched" if wish.how == "whole" else "its header was not fetched"
    return Unread(path=wish.entry.path, reason=f"{what}: {reason}", matters=wish.matters)
