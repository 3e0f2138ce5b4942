# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Development only: build ``licenses/index.bin`` from the reference texts.

``python -m scanner.identify.build`` writes it, ``--check`` compares it with what is committed. The
texts are read from ScanCode's wheel, of which nothing is run, and from the reference folder
(``MODELSCAN_CORPUS``, default ``../shared``); which text has which key is in
``licenses/index-sources.yaml``.
"""

import argparse
import os
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from scanner.data import folder
from scanner.errors import DataError, ModelscanError
from scanner.guarded.yaml import load_untrusted
from scanner.identify import normalize
from scanner.identify.index import gram_hashes, sampled, title_names, whole_hash, word_hash, write_index
from scanner.model.base import Value

MIN_WORDS = 16
"""Shorter texts are notices; they are in no licence file by themselves."""

_FRONT = re.compile(r"\A---\n(.*?)^---\n?(.*)\Z", re.DOTALL | re.MULTILINE)
_SKIPPED = ("is_deprecated", "is_generic", "is_unknown")


class Known(Value, frozen=True, kw_only=True):
    """One text of one licence as its source has it."""

    key: str
    source: str
    text: str
    names: tuple[str, ...] = ()
    """Names that the source gives the licence."""

    spdx: str = ""
    """Identifier on the SPDX list, without what the text does not say (``-only``)."""


class Reference(Value, frozen=True, kw_only=True):
    """One text of one licence in words."""

    key: str
    source: str
    words: tuple[str, ...]
    names: tuple[str, ...] = ()
    """Names of the licence, whose words its title may hold."""

    spdx: str = ""
    """Identifier on the SPDX list, without what the text does not say (``-only``)."""


def main(arguments: list[str] | None = None) -> int:
    """Build or check the index; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scanner.identify.build", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed index, write nothing"
    )
    parser.add_argument(
        "--sources", type=Path, default=Path("index-sources"), help="where the wheel is, or goes"
    )
    options = parser.parse_args(arguments)
    target = folder("licenses") / "index.bin"
    try:
        data = build(options.sources, corpus_folder() / "licences")
    except ModelscanError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    if options.check:
        same = target.is_file() and target.read_bytes() == data
        sys.stderr.write("the index is up to date\n" if same else "the index differs: run make index\n")
        return 0 if same else 1
    target.write_bytes(data)
    sys.stderr.write(f"{target}: {len(data):,} bytes\n")
    return 0


def corpus_folder() -> Path:
    """Return where the reference material stands."""
    return Path(os.environ.get("MODELSCAN_CORPUS", folder("licenses").parent.parent / "shared"))


def build(sources: Path, reference: Path) -> bytes:
    """Return the bytes of the index.

    Raises:
        DataError: a source is missing.
    """
    table = _table()
    wheel = fetched_wheel(sources, table["scancode"])
    texts = [_referenced(known) for known in known_texts(sources, reference)]
    made_from = {
        "index-sources.yaml": sha256((folder("licenses") / "index-sources.yaml").read_bytes()).hexdigest(),
        wheel.name: sha256(wheel.read_bytes()).hexdigest(),
    } | {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(reference.glob("*.txt"))}
    return write_index(_sections(_distinct(texts, table), table["title_words"]), made_from)


def fetched_wheel(sources: Path, requirement: str) -> Path:
    """Return ScanCode's wheel, fetched when it is not there; it is unpacked in memory and never run."""
    pattern = requirement.replace("-", "_").replace("==", "-") + "-*.whl"
    found = sorted(sources.glob(pattern))
    if not found:
        sources.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--quiet",
            "-d",
            str(sources),
            requirement,
        ]
        if subprocess.run(command, check=False).returncode:  # noqa: S603  a fixed command of ours
            raise DataError(f"{requirement} cannot be fetched", source=str(sources))
        found = sorted(sources.glob(pattern))
    return found[0]


def known_texts(sources: Path, reference: Path) -> Iterator[Known]:
    """Yield every text that goes into the index, with its key.

    Raises:
        DataError: a source is missing.
    """
    table = _table()
    wheel = fetched_wheel(sources, table["scancode"])
    if not reference.is_dir():
        raise DataError(
            "the reference texts are missing", source=str(reference), advice="set MODELSCAN_CORPUS"
        )
    yield from _reference_texts(reference, table)
    yield from _scancode_texts(wheel, table)


def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = load_untrusted(
        (folder("licenses") / "index-sources.yaml").read_text("utf-8")
    ).value
    return table


def _reference_texts(reference: Path, table: Mapping[str, Any]) -> Iterator[Known]:
    for path in sorted(reference.glob("*.txt")):
        if path.name in table["left_out"]:
            continue
        key = table["reference_keys"].get(path.name) or re.sub(r"--v\d+$", "", path.stem)
        yield Known(key=key, source=f"reference/{path.name}", text=path.read_text("utf-8", "replace"))


def _scancode_texts(wheel: Path, table: Mapping[str, Any]) -> Iterator[Known]:
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if not (name.startswith("licensedcode/data/licenses/") and name.endswith(".LICENSE")):
                continue
            front = _FRONT.match(archive.read(name).decode("utf-8"))
            if not front or not front[2].strip():
                continue
            about = load_untrusted(front[1], resolve=True).value
            if any(about.get(flag) for flag in _SKIPPED):
                continue
            key = table["scancode_keys"].get(about["key"]) or _key_of(about)
            yield Known(
                key=table["same_license"].get(key, key),
                source=f"scancode/{about['key']}",
                text=front[2],
                names=tuple(
                    about.get(field) or "" for field in ("name", "short_name", "spdx_license_key", "key")
                ),
                spdx=_spdx(about),
            )


def _key_of(about: Mapping[str, Any]) -> str:
    return (_spdx(about).lower() or str(about["key"])).replace("+", "-plus")


def _spdx(about: Mapping[str, Any]) -> str:
    spdx = str(about.get("spdx_license_key") or "LicenseRef-")
    return "" if spdx.startswith("LicenseRef-") else spdx.removesuffix("-only")


def _referenced(known: Known) -> Reference:
    return Reference(
        key=known.key,
        source=known.source,
        words=tuple(normalize.words(known.text)),
        names=tuple(dict.fromkeys([*title_names(known.key, known.text), *known.names])),
        spdx=known.spdx,
    )


def _distinct(texts: list[Reference], table: Mapping[str, Any]) -> list[Reference]:
    """Return each sequence of words once; a text under two names keeps the first, ours before ScanCode's."""
    first: dict[tuple[str, ...], Reference] = {}
    kept = []
    for text in _with_complete(texts, table["complete_after"]):
        if len(text.words) < MIN_WORDS:
            continue
        same = first.setdefault(text.words, text)
        words = text.words if same is text else ()
        kept.append(
            Reference(key=same.key, source=text.source, words=words, names=text.names, spdx=text.spdx)
        )
    return kept


def _with_complete(texts: list[Reference], phrases: Mapping[str, str]) -> Iterator[Reference]:
    """Yield the texts, and those with an appendix once more without it."""
    for text in texts:
        yield text
    done = {text.words for text in texts}
    for text in texts:
        phrase = tuple(phrases.get(text.key, "").split())
        at = _find(text.words, phrase) if phrase else -1
        for end in {at, at + len(phrase)} if at >= 0 else ():
            if text.words[:end] not in done:
                done.add(text.words[:end])
                yield Reference(
                    key=text.key,
                    source=f"{text.source} (complete)",
                    words=text.words[:end],
                    names=text.names,
                    spdx=text.spdx,
                )


def _find(words: tuple[str, ...], phrase: tuple[str, ...]) -> int:
    width = len(phrase)
    return next((at for at in range(len(words) - width, -1, -1) if words[at : at + width] == phrase), -1)


def _sections(texts: list[Reference], title_words: list[str]) -> dict[str, Any]:
    """Return the arrays of the index."""
    titles: dict[str, set[str]] = defaultdict(lambda: set(title_words))
    for text in texts:
        titles[text.key] |= {word for name in text.names for word in normalize.words(name)}
    expressions = {text.key: text.spdx for text in texts if text.spdx}
    texts = sorted((text for text in texts if text.words), key=lambda text: (text.key, text.source))
    hashes = {word: word_hash(word) for text in texts for word in text.words}
    vocabulary = sorted(set(hashes.values()))
    numbers = {value: number for number, value in enumerate(vocabulary)}
    keys = sorted({text.key for text in texts})
    postings: dict[int, list[int]] = defaultdict(list)
    starts, stream, counts, wholes = [0], [], [], []
    for number, text in enumerate(texts):
        values = [hashes[word] for word in text.words]
        grams = sampled(gram_hashes(values), len(values))
        for gram in grams:
            postings[gram].append(number)
        stream += [numbers[value] for value in values]
        starts.append(len(stream))
        counts.append(len(grams))
        wholes.append((whole_hash(values), number))
    grams_sorted = sorted(postings)
    gram_starts = [0]
    for gram in grams_sorted:
        gram_starts.append(gram_starts[-1] + len(postings[gram]))
    title_numbers = [
        sorted(numbers[word_hash(word)] for word in titles[key] if word_hash(word) in numbers) for key in keys
    ]
    title_starts = [0]
    for found in title_numbers:
        title_starts.append(title_starts[-1] + len(found))
    return {
        "vocabulary": vocabulary,
        "stream": stream,
        "text_key": [keys.index(text.key) for text in texts],
        "text_source": list(range(len(texts))),
        "text_start": starts,
        "text_grams": counts,
        "whole_hash": [value for value, _ in sorted(wholes)],
        "whole_text": [number for _, number in sorted(wholes)],
        "gram_hash": grams_sorted,
        "gram_start": gram_starts,
        "gram_text": [number for gram in grams_sorted for number in postings[gram]],
        "title_start": title_starts,
        "title_word": [number for found in title_numbers for number in found],
        "common_title": sorted(numbers[word_hash(word)] for word in title_words),
        "keys": "\n".join(keys).encode(),
        "expressions": "\n".join(expressions.get(key, "") for key in keys).encode(),
        "sources": "\n".join(text.source for text in texts).encode(),
    }


if __name__ == "__main__":
    sys.exit(main())
