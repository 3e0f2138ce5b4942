# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The index of licence texts: word numbers, hashed word groups, and no text.

One file, read through a memory map: a header that says where each section is and what made it, then
the sections as little-endian arrays. ``build.py`` writes it; ``docs/identification.md`` explains it.
"""

import json
import mmap
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from scanner.errors import DataError
from scanner.identify import normalize

MAGIC = b"MSCNIDX1"
NGRAM = 4
SAMPLING = 8
"""One hashed group of words in so many is kept, by its own value: text and index keep the same ones."""

SHORT = 400
SHORT_SAMPLING = 2
"""Texts of fewer words keep more of their groups."""

MAX_TITLE_WORDS = 14
UNKNOWN = -1
EXTRA = 1 << 16
"""First number of a word that only texts added in memory have."""

SECTIONS: Mapping[str, Literal["B", "H", "I", "Q"]] = {
    "vocabulary": "Q",
    "stream": "H",
    "text_key": "H",
    "text_source": "H",
    "text_start": "I",
    "text_grams": "H",
    "whole_hash": "Q",
    "whole_text": "H",
    "gram_hash": "I",
    "gram_start": "I",
    "gram_text": "H",
    "title_start": "I",
    "title_word": "H",
    "common_title": "H",
    "keys": "B",
    "expressions": "B",
    "sources": "B",
}
"""Every section with its array type: a word number is 16 bits, a word's hash 64."""


@lru_cache(maxsize=1 << 16)
def word_hash(word: str) -> int:
    """Return 64 bits that stand for a word, the same on every machine."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def whole_hash(hashes: Sequence[int]) -> int:
    """Return 64 bits that stand for a sequence of word hashes."""
    return int.from_bytes(blake2b(_packed("Q", hashes), digest_size=8).digest(), "little")


def gram_hashes(hashes: Sequence[int]) -> list[int]:
    """Return 32 bits for each group of successive words."""
    data = _packed("I", [value & 0xFFFFFFFF for value in hashes])
    width = 4 * NGRAM
    return [crc32(data[at : at + width]) for at in range(0, len(data) - width + 4, 4)]


def sampled(grams: Iterable[int], words: int) -> set[int]:
    """Return the groups that are kept of a text with so many words."""
    rate = SHORT_SAMPLING if words < SHORT else SAMPLING
    return {gram for gram in grams if gram % rate == 0}


def _packed(code: str, values: Sequence[int]) -> bytes:
    packed = array(code, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


class Index:
    """Known licence texts, each a sequence of word numbers under a key.

    A value: :meth:`with_texts` and :meth:`without` return another index and leave this one as it is.
    """

    digest: str
    """sha256 of the file's content, hex."""

    def __init__(self, data: bytes | mmap.mmap, source: str = "index") -> None:
        """Read the header and check that nothing is damaged.

        Raises:
            DataError: this is no index, it is truncated, or it was made by other rules.
        """
        header, body = _header(data, source)
        self.digest = header["sha256"]
        self.made_from: Mapping[str, str] = header["made_from"]
        self._sections = _sections(header, memoryview(data)[body:], source)
        self.keys = tuple(bytes(self._sections["keys"]).decode().split("\n"))
        expressions = bytes(self._sections["expressions"]).decode().split("\n")
        self._expressions = dict(zip(self.keys, expressions, strict=True))
        self._extra = _Extra()
        self._without: frozenset[int] = frozenset()

    def with_texts(self, texts: Mapping[str, str]) -> "Index":
        """Return this index with more texts, in memory.

        Args:
            texts: Licence text by key. A key that is known already gets one more variant.
        """
        return self._changed(_extra=self._extra.grown(texts, self))

    def without(self, keys: Collection[str] = (), sources: Collection[str] = ()) -> "Index":
        """Return this index without every text of some keys, and without the texts of some sources."""
        names = bytes(self._sections["sources"]).decode().split("\n") if sources else []
        gone = {
            number
            for number in range(len(self))
            if self.key(number) in keys or (number < len(names) and names[number] in sources)
        }
        return self._changed(_without=self._without | gone)

    def _changed(self, **fields: object) -> "Index":
        other = object.__new__(Index)
        other.__dict__.update(self.__dict__ | fields)
        return other

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._sections["text_key"]) + len(self._extra.texts)

    def numbers(self, hashes: Mapping[str, int]) -> dict[str, int]:
        """Return the number of each word; words that no text has get negative ones of their own."""
        vocabulary = self._sections["vocabulary"]
        size = len(vocabulary)
        found: dict[str, int] = {}
        for word, value in hashes.items():
            at = bisect_left(vocabulary, value)
            known = at < size and vocabulary[at] == value
            found[word] = at if known else self._extra.words.get(value, UNKNOWN - len(found))
        return found

    def key(self, text: int) -> str:
        """Return the key of a text."""
        base = self._sections["text_key"]
        return self.keys[base[text]] if text < len(base) else self._extra.texts[text - len(base)][0]

    def expression(self, key: str) -> str:
        """Return the SPDX expression for a licence: its id on the SPDX list, else a ``LicenseRef-``."""
        return self._expressions.get(key) or f"LicenseRef-{key}"

    def source(self, text: int) -> str:
        """Return where a text was read."""
        base = self._sections["text_source"]
        if text >= len(base):
            return "added in memory"
        return bytes(self._sections["sources"]).decode().split("\n")[base[text]]

    def words(self, text: int) -> list[int]:
        """Return the word numbers of a text."""
        count = len(self._sections["text_key"])
        if text >= count:
            return self._extra.texts[text - count][1]
        starts = self._sections["text_start"]
        numbers: list[int] = self._sections["stream"][starts[text] : starts[text + 1]].tolist()
        return numbers

    def length(self, text: int) -> int:
        """Return how many words a text has."""
        count = len(self._sections["text_key"])
        if text >= count:
            return len(self._extra.texts[text - count][1])
        starts = self._sections["text_start"]
        return int(starts[text + 1] - starts[text])

    def title(self, key: str) -> frozenset[int]:
        """Return the numbers of the words that a title of this licence may hold."""
        number = bisect_left(self.keys, key)
        if number == len(self.keys) or self.keys[number] != key:
            return self._extra.titles.get(key, frozenset()) | self.common_title
        starts = self._sections["title_start"]
        return frozenset(self._sections["title_word"][starts[number] : starts[number + 1]])

    @cached_property
    def common_title(self) -> frozenset[int]:
        """Numbers of the words that a title of any licence may hold."""
        return frozenset(self._sections["common_title"])

    def whole(self, value: int) -> tuple[int, ...]:
        """Return the texts that consist of exactly these words."""
        hashes, texts = self._sections["whole_hash"], self._sections["whole_text"]
        found = list(self._extra.wholes.get(value, ()))
        at = bisect_left(hashes, value)
        while at < len(hashes) and hashes[at] == value:
            found.append(texts[at])
            at += 1
        return tuple(text for text in found if text not in self._without)

    def shared(self, grams: Iterable[int]) -> Counter[int]:
        """Return how many of these groups each text has."""
        hashes, starts = self._sections["gram_hash"], self._sections["gram_start"]
        texts, extra, size = self._sections["gram_text"], self._extra.grams, len(self._sections["gram_hash"])
        found: list[int] = []
        for gram in grams:
            at = bisect_left(hashes, gram)
            if at < size and hashes[at] == gram:
                found += texts[starts[at] : starts[at + 1]]
            if gram in extra:
                found += extra[gram]
        counts = Counter(found)
        if self._without:
            for text in self._without.intersection(counts):
                del counts[text]
        return counts

    def size(self, text: int) -> int:
        """Return how many groups are kept of a text."""
        base = self._sections["text_grams"]
        return base[text] if text < len(base) else self._extra.texts[text - len(base)][2]


class _Extra:
    """Texts added in memory."""

    def __init__(self) -> None:
        self.words: dict[int, int] = {}
        self.texts: list[tuple[str, list[int], int]] = []
        self.wholes: dict[int, list[int]] = {}
        self.grams: dict[int, list[int]] = {}
        self.titles: dict[str, frozenset[int]] = {}

    def grown(self, texts: Mapping[str, str], index: Index) -> "_Extra":
        other = _Extra()
        other.words = dict(self.words)
        other.texts = list(self.texts)
        other.wholes = {value: list(found) for value, found in self.wholes.items()}
        other.grams = {gram: list(found) for gram, found in self.grams.items()}
        other.titles = dict(self.titles)
        for key, text in sorted(texts.items()):
            hashes = [word_hash(word) for word in normalize.words(text)]
            if hashes:
                other._add(key, hashes, index)
                titles = [
                    word_hash(word) for name in title_names(key, text) for word in normalize.words(name)
                ]
                other.titles[key] = frozenset(other._numbered(titles, index)) | other.titles.get(
                    key, frozenset()
                )
        return other

    def _add(self, key: str, hashes: list[int], index: Index) -> None:
        number = len(index._sections["text_key"]) + len(self.texts)  # noqa: SLF001  the two are one thing
        grams = sampled(gram_hashes(hashes), len(hashes))
        self.texts.append((key, self._numbered(hashes, index), len(grams)))
        self.wholes.setdefault(whole_hash(hashes), []).append(number)
        for gram in grams:
            self.grams.setdefault(gram, []).append(number)

    def _numbered(self, hashes: list[int], index: Index) -> list[int]:
        """Return word numbers; words that are new get numbers of their own."""
        vocabulary = index._sections["vocabulary"]  # noqa: SLF001  the two are one thing
        numbers = []
        for value in hashes:
            at = bisect_left(vocabulary, value)
            known = at < len(vocabulary) and vocabulary[at] == value
            numbers.append(at if known else self.words.setdefault(value, EXTRA + len(self.words)))
        return numbers


def title_names(key: str, text: str) -> list[str]:
    """Return what a text calls its licence: its key in words, and its first line when that is a title."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return [key.replace("-", " "), *([first] if len(first.split()) <= MAX_TITLE_WORDS else [])]


def load_index(path: Path) -> Index:
    """Return the index in a file, memory-mapped.

    Raises:
        DataError: the file is not there, is no index, is damaged, or was made by other rules.
    """
    try:
        with path.open("rb") as handle:
            data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise DataError(f"the index of licence texts cannot be read: {error}", source=path.name) from None
    return Index(data, path.name)


def _damaged(source: str, what: str) -> DataError:
    return DataError(
        f"the index of licence texts is damaged: {what}", source=source, advice="reinstall modelscan-audit"
    )


def _header(data: bytes | mmap.mmap, source: str) -> tuple[dict[str, Any], int]:
    """Return the header and where the sections begin."""
    start = len(MAGIC) + 4
    if data[: len(MAGIC)] != MAGIC or len(data) < start:
        raise _damaged(source, "it does not begin like one")
    body = start + int.from_bytes(data[len(MAGIC) : start], "little")
    try:
        header = json.loads(data[start:body])
        size, digest, rules = header["size"], header["sha256"], header["rules"]
    except (ValueError, KeyError, TypeError):
        raise _damaged(source, "its header cannot be read") from None
    if len(data) - body != size or sha256(memoryview(data)[body:]).hexdigest() != digest:
        raise _damaged(source, "its content is not what was written")
    if rules != RULES:
        raise DataError(
            f"the index of licence texts was made by other rules: {rules}",
            source=source,
            advice="run make index",
        )
    return header, body


def _sections(header: Mapping[str, object], body: memoryview, source: str) -> dict[str, "memoryview[int]"]:
    sizes = header.get("sections")
    if not isinstance(sizes, dict) or set(sizes) != set(SECTIONS):
        raise _damaged(source, "sections are missing")
    sections, at = {}, 0
    for name, code in SECTIONS.items():
        sections[name] = _typed(body[at : at + sizes[name]], code)
        at += sizes[name] + -sizes[name] % 8
    return sections


def _typed(data: memoryview, code: Literal["B", "H", "I", "Q"]) -> "memoryview[int]":
    if sys.byteorder == "little":
        return data.cast(code)
    turned: array[int] = array(code, bytes(data))
    turned.byteswap()
    return memoryview(turned.tobytes()).cast(code)


RULES = {
    "normalizer": normalize.VERSION,
    "ngram": NGRAM,
    "sampling": SAMPLING,
    "short": SHORT,
    "short_sampling": SHORT_SAMPLING,
}
"""What must be equal for fingerprints to compare."""


def write_index(sections: Mapping[str, Sequence[int] | bytes], made_from: Mapping[str, str]) -> bytes:
    """Return the bytes of an index file; the same sections give the same bytes."""
    parts, sizes = [], {}
    for name, code in SECTIONS.items():
        content = sections[name]
        part = content if isinstance(content, bytes) else _packed(code, content)
        sizes[name] = len(part)
        parts.append(part + b"\0" * (-len(part) % 8))
    body = b"".join(parts)
    header = {
        "rules": RULES,
        "size": len(body),
        "sha256": sha256(body).hexdigest(),
        "sections": sizes,
        "made_from": dict(sorted(made_from.items())),
    }
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % 8)
    return MAGIC + len(text).to_bytes(4, "little") + text + body
