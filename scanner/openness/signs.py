# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a release holds for each axis, and what it only claims: by paths, card keys and links."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from scanner.model.base import Evidence, Value, excerpt
from scanner.model.openness import Axis
from scanner.model.reading import Facts, LegalText, Source
from scanner.model.release import Artifact, ArtifactKind, Component, Release
from scanner.openness.tables import Sign, compiled, signs_table

READER = "file-list"

SHOWN = 5
"""Pieces of evidence that are kept for one axis."""

LINE_LIMIT = 2_000
"""Characters of a line of a card that are looked at."""

LINES_LIMIT = 20_000
"""Lines of a card that are looked at."""

QUOTE_LIMIT = 300

ADDRESSES = r"https?://[^\s)\]>\"']+"
"""What is an address in a line; its own words say nothing of what it leads to."""


LFS_POINTER = "lfs-pointer"
"""Format of a file that only says where the content is."""

WRITTEN_LEAST = 32
"""Bytes of code or of a document below which nothing was written into it: a mark of order, a line feed."""

_DOCUMENTS = (".pdf", ".md", ".tex", ".html", ".htm")


class Found(Value, frozen=True, kw_only=True):
    """Something that is published in the release itself."""

    what: str
    """In words: ``modeling_x.py (code that loads or runs the model)``."""

    carrier: Component
    """The component whose licence it is under."""

    evidence: Evidence


class Claim(Value, frozen=True, kw_only=True):
    """Something that the release says is published elsewhere."""

    what: str
    evidence: Evidence


def files_of(axis: Axis, release: Release) -> tuple[Found, ...]:
    """Return the files that are evidence of one axis, in the order of their paths."""
    return tuple(found for found_axis, found in _all_files(release) if found_axis is axis)


def is_empty(artifact: Artifact) -> bool:
    """Whether a file holds nothing that could be evidence; a pointer is as large as it states."""
    written = artifact.kind is ArtifactKind.CODE or artifact.path.lower().endswith(_DOCUMENTS)
    return artifact.size < (WRITTEN_LEAST if written else 1)


def empty_files_of(axis: Axis, release: Release) -> tuple[Found, ...]:
    """Return the files that would be evidence of one axis, were they not empty."""
    return tuple(found for found_axis, found in _all_files(release, empty=True) if found_axis is axis)


def _all_files(release: Release, *, empty: bool = False) -> Iterator[tuple[Axis, Found]]:
    table = signs_table()
    tables = {ArtifactKind.CODE: table.code, ArtifactKind.DATA: table.data, ArtifactKind.OTHER: table.other}
    for artifact in sorted(release.artifacts, key=lambda artifact: artifact.path):
        sign = _sign(artifact, tables.get(artifact.kind, ()))
        if sign is not None and sign.axis is not None and is_empty(artifact) is empty:
            pointer = ", a pointer only" if artifact.format == LFS_POINTER else ""
            what = f"{artifact.path} ({sign.words}{pointer})"
            yield (
                sign.axis,
                Found(what=what, carrier=_carrier(artifact, sign.axis), evidence=of_file(artifact)),
            )


def _sign(artifact: Artifact, signs: Iterable[Sign]) -> Sign | None:
    """Return the first sign that a path fits; only the end of a very long path is looked at."""
    path = artifact.path[-LINE_LIMIT:].lower()
    return next((sign for sign in signs if compiled(sign.pattern).search(path)), None)


def _carrier(artifact: Artifact, axis: Axis) -> Component:
    """Return the component whose terms a file is under: what it is decides, not what it is good for."""
    if artifact.kind is ArtifactKind.CODE:
        return Component.CODE
    return Component.DATA if axis is Axis.TRAINING_DATA else Component.DOCUMENTATION


def of_file(artifact: Artifact) -> Evidence:
    """Return a file's being there as evidence."""
    return Evidence(path=artifact.path, reader=READER, sha256=artifact.sha256)


def open_on_the_hub(facts: Facts) -> bool:
    """Whether the Hub says that there is no gate, so that nothing is asked before the download."""
    return any(one.source is Source.HUB and one.value in NO_GATE for one in facts.named("gated"))


def gates(facts: Facts) -> tuple[Evidence, ...]:
    """Return where the Hub says that files are given only to some; where it was not asked, the card."""
    hub = [reading for reading in facts.named("gated") if reading.source is Source.HUB]
    if hub:
        return tuple(reading.evidence for reading in hub if reading.value not in NO_GATE)
    return tuple(
        reading.evidence
        for reading in facts.readings
        if reading.source is Source.CARD
        and (reading.name.startswith("extra_gated_") or reading.name == "gated")
        and (reading.value or "").strip().lower() not in NO_GATE
    )


NO_GATE = frozenset({"", "false", "no", "none", "null"})
"""Values of a key of the gate that say that there is none."""


def named_data(facts: Facts) -> tuple[Claim, ...]:
    """Return the data sets that the card or a weights header names."""
    return tuple(
        Claim(what=reading.value, evidence=reading.evidence)
        for reading in facts.readings
        if reading.value and (reading.name in _DATA_KEYS or reading.name.startswith("general.dataset."))
    )


_DATA_KEYS = frozenset({"datasets", "general.datasets"})


def named_code(facts: Facts) -> tuple[Claim, ...]:
    """Return where a configuration names code of the release by which the model is loaded."""
    return tuple(
        Claim(what=f"{reading.evidence.path} names code of its own", evidence=reading.evidence)
        for reading in facts.named("auto_map")
    )


def links(axis: Axis, facts: Facts) -> tuple[Claim, ...]:
    """Return the links of the card whose line says that they lead to one axis."""
    return tuple(
        Claim(what=address, evidence=line_of(text, number, line))
        for text in bodies(facts)
        for number, line, heading in headed_lines(text)
        for found_axis, address in _link(line, heading)
        if found_axis is axis
    )


def _link(line: str, heading: str) -> Iterator[tuple[Axis, str]]:
    """Yield what the first link of a line claims; the words of the address itself say nothing."""
    if "/" not in line or thanks(line):
        return
    for link in signs_table().links:
        address = compiled(link.pattern).search(line)
        if not address:
            continue
        said = f"{compiled(ADDRESSES).sub(' ', line)} {heading if link.headed else ''}"
        if compiled(link.says).search(said):
            yield link.axis, address[0].rstrip(".")
            return


def thanks(line: str) -> bool:
    """Whether a line only thanks others, and claims nothing of the release."""
    return bool(compiled(signs_table().thanks).search(line))


def withheld(facts: Facts) -> Evidence | None:
    """Return the line in which a card says that the weights are not published."""
    pattern = compiled(signs_table().weights_withheld)
    lines = ((text, number, line) for text in bodies(facts) for number, line in lines_of(text))
    return next((line_of(*found) for found in lines if pattern.search(found[2])), None)


def bodies(facts: Facts) -> tuple[LegalText, ...]:
    """Return the body of each card: of the texts in one file, the one that begins last."""
    last: dict[str, LegalText] = {}
    for text in facts.texts:
        if text.source is Source.CARD and text.first_line >= getattr(last.get(text.path), "first_line", 0):
            last[text.path] = text
    return tuple(last.values())


def words(text: LegalText) -> int:
    """Count the words that somebody wrote into a card."""
    placeholder = compiled(signs_table().documentation.placeholder)
    return sum(len(line.split()) for _, line in lines_of(text) if not placeholder.search(line))


_LINK = r"!?\[[^\]]{0,300}\]\([^)]{0,300}\)|https?://\S+"


def results_in(text: LegalText) -> Evidence | None:
    """Return the heading of a card's section of results, when there is a result in it or in a part of it."""
    signs = signs_table().documentation
    heading, figure, link = compiled(signs.evaluation_heading), compiled(signs.figure), compiled(_LINK)
    found: Evidence | None = None
    level = 0
    for number, line in lines_of(text):
        depth = len(line.lstrip()) - len(line.lstrip().lstrip("#")) if line.strip(" #") else 0
        if depth and heading.search(line):
            found, level = line_of(text, number, line), depth
        elif depth and depth <= level:
            found = None
        elif not depth and found is not None and figure.search(link.sub(" ", line)):
            return found
    return None


def lines_of(text: LegalText) -> Sequence[tuple[int, str]]:
    """Return the lines of a text with their numbers in the file, each cut to a bounded length."""
    return _cut(text)


@lru_cache(maxsize=4)
def _cut(text: LegalText) -> tuple[tuple[int, str], ...]:
    """Cut a text into lines, once for all that look at a release's card."""
    lines = compiled(r"\r\n|\r|\n").split(text.text, maxsplit=LINES_LIMIT)[:LINES_LIMIT]
    return tuple((number, line[:LINE_LIMIT]) for number, line in enumerate(lines, start=text.first_line))


def headed_lines(text: LegalText) -> Iterator[tuple[int, str, str]]:
    """Yield the lines of a text with their numbers and the heading that each stands below."""
    heading = ""
    for number, line in lines_of(text):
        if line.lstrip().startswith("#") and line.strip(" #"):
            heading = line
        yield number, line, heading


def line_of(text: LegalText, number: int, line: str) -> Evidence:
    """Return one line of a card as evidence."""
    return Evidence(
        path=text.path,
        reader="model-card",
        lines=(number, number),
        quote=excerpt(line.strip(), QUOTE_LIMIT),
        sha256=text.sha256,
    )
