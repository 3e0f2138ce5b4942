# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Files that say how a model was made or is to be run: merges, Modelfiles, citations."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from scanner.guarded.yaml import Place, load_untrusted
from scanner.model.base import Value
from scanner.model.reading import Facts, Listing, Reading, Source
from scanner.read.page import (
    LONG,
    MAX_ITEMS,
    Page,
    Witness,
    condition,
    dotted,
    gathered,
    leaves,
    legal_text,
    require_whole,
    witness,
)

MERGE_KEYS: Mapping[str, str] = {
    "model": "model",
    "source_model": "model",
    "base_model": "base_model",
    "tokenizer_source": "tokenizer_source",
    "merge_method": "merge_method",
}
"""Keys of a mergekit file at any depth whose value names a model, and the name of their reading."""

CITATION_KEYS = ("license", "license-url")
"""Keys of a CITATION.cff (Citation File Format 1.2) that speak of terms."""


def read_merge(page: Page) -> Facts:
    """Return every model that a mergekit configuration refers to, each once, and the method.

    Raises:
        Refused: it is no YAML that can be believed.
    """
    require_whole(page)
    said = witness(page, "mergekit", Source.MERGEKIT)
    document = load_untrusted(page.text)
    readings: dict[tuple[str, str | None], Reading] = {}
    for place, leaf in leaves(document.value):
        name = _merge_name(place)
        if name and leaf is not None:
            reading = said.says(name, leaf, key=dotted(place), lines=_line(place, document.lines))
            readings.setdefault((name, reading.value), reading)
    if len(readings) > MAX_ITEMS:
        problem = said.problem(f"more than {MAX_ITEMS:,} models are named; the rest was left out")
        return Facts(readings=(*list(readings.values())[:MAX_ITEMS], problem))
    return gathered((Facts(readings=tuple(readings.values())), condition(page, said)))


def _merge_name(place: Place) -> str | None:
    """Return the reading of a leaf: its own key, or that around it, as in ``model: {path: ..}``."""
    words = [part for part in reversed(place) if isinstance(part, str)]
    if not words or "parameters" in words:
        return None
    key, *around = words
    if place[-2:] == ("tokenizer", "source"):
        return "tokenizer_source"
    if key in {"path", "lora"} or (around and around[0] == "lora"):
        return next((MERGE_KEYS[part] for part in around if part in MERGE_KEYS), None)
    return MERGE_KEYS.get(key)


def _line(place: Place, lines: Mapping[Place, int]) -> tuple[int, int] | None:
    line = lines.get(place)
    return (line, line) if line else None


def read_citation(page: Page) -> Facts:
    """Return the licence that a citation file states for the work that is cited.

    Raises:
        Refused: it is no YAML that can be believed.
    """
    require_whole(page)
    said = witness(page, "citation", Source.CITATION)
    document = load_untrusted(page.text)
    if not isinstance(document.value, dict):
        return Facts(readings=(said.problem("the file is no mapping of keys to values"),))
    readings = [
        said.says(key, leaf, key=dotted(place), lines=_line(place, document.lines))
        for key in CITATION_KEYS
        if key in document.value
        for place, leaf in list(leaves(document.value[key], (key,)))[:MAX_ITEMS]
    ]
    for duplicate in document.duplicates[:MAX_ITEMS]:
        key = str(duplicate.place[-1])
        readings.append(said.problem(f"the key {key!r} stands twice", line=duplicate.line))
        if len(duplicate.place) == 1 and key in CITATION_KEYS:
            lines = (duplicate.line, duplicate.line)
            readings += [said.says(key, leaf, lines=lines) for _, leaf in leaves(duplicate.value)]
    return gathered((Facts(readings=tuple(readings)), condition(page, said)))


class Instruction(Value, frozen=True, kw_only=True):
    """One instruction of a Modelfile."""

    word: str
    """In upper case: ``FROM``."""

    value: str
    lines: tuple[int, int]
    first: int
    """Line on which the value begins."""

    closed: bool = True


_INSTRUCTION = re.compile(r"[ \t]*(?P<word>[A-Za-z]+)[ \t]+(?P<rest>.*)", re.DOTALL)
_QUOTES = re.compile(r'"""|"')

MODELFILE_NAMES: Mapping[str, str] = {"FROM": "FROM", "ADAPTER": "ADAPTER", "LICENSE": "license"}
"""Instructions that are read, and the name of their reading."""


def read_modelfile(page: Page) -> Facts:
    """Return what a Modelfile (Ollama) is built from, and its licence as a name or a text.

    Raises:
        Refused: it is too large for a Modelfile.
    """
    require_whole(page)
    said = witness(page, "modelfile", Source.MODELFILE)
    chosen = (found for found in _instructions(page.lines) if found.word in MODELFILE_NAMES)
    parts = [_instruction(page, found, said) for found in islice(chosen, MAX_ITEMS)]
    if next(chosen, None):
        parts.append(
            Facts(readings=(said.problem(f"more than {MAX_ITEMS:,} instructions; the rest was left out"),))
        )
    return gathered((*parts, condition(page, said)))


def _instruction(page: Page, found: Instruction, said: Witness) -> Facts:
    name = MODELFILE_NAMES[found.word]
    problems = () if found.closed else (said.problem("a quotation is never closed", line=found.lines[0]),)
    if found.word == "LICENSE" and (len(found.value) >= LONG or "\n" in found.value.strip()):
        text = legal_text(page, Source.MODELFILE, found.value, found.first)
        return gathered((text, Facts(readings=problems)))
    reading = said.says(name, found.value, key=found.word, lines=found.lines)
    return Facts(readings=(reading, *problems))


def _instructions(lines: tuple[str, ...]) -> Iterator[Instruction]:
    """Yield the instructions; a value may be quoted over many lines, and what is in it is no instruction."""
    number = 0
    while number < len(lines):
        begin = number
        number += 1
        match = _INSTRUCTION.fullmatch(lines[begin])
        if match is None:
            continue
        rest = match["rest"]
        quote = _QUOTES.match(rest)
        if quote is None:
            yield _bare(match["word"], rest, begin)
            continue
        rest = rest[quote.end() :]
        pieces = [rest]
        while quote[0] not in pieces[-1] and number < len(lines):
            pieces.append(lines[number])
            number += 1
        closed = quote[0] in pieces[-1]
        pieces[-1] = pieces[-1].partition(quote[0])[0] if closed else pieces[-1]
        leading = 0 if pieces[0].strip() or len(pieces) == 1 else 1
        yield Instruction(
            word=match["word"].upper(),
            value="".join(pieces[leading:]),
            lines=(begin + 1, begin + len(pieces)),
            first=begin + 1 + leading,
            closed=closed,
        )


def _bare(word: str, rest: str, begin: int) -> Instruction:
    return Instruction(word=word.upper(), value=rest.strip(), lines=(begin + 1, begin + 1), first=begin + 1)


def read_listing(page: Page) -> Facts:
    """Return the author's list of what is released as it stands; what it claims is graded elsewhere.

    Raises:
        Refused: it is too large, or no text.
    """
    require_whole(page)
    return Facts(listings=(Listing(path=page.path, text="".join(page.lines), sha256=page.sha256),))
