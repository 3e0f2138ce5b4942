# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Detected texts as licence readings: what each one is, and of which component it speaks."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from scanner.conclude.coverage import Coverage, Standing, coverage, covered, unclear_name
from scanner.conclude.pointers import only_points
from scanner.model.base import Evidence, excerpt
from scanner.model.license import Category, License
from scanner.model.reading import Detection, Edit, How, LegalText, LicenseMatch, LicenseReading, Source
from scanner.model.release import Component

POINTS = "it is short, names terms without holding them, and what else it says must be read"

QUOTE_LIMIT = 300
"""Characters of a text that are quoted as evidence."""

_LICENSE_SOURCES = frozenset(
    {
        Source.LICENSE_FILE,
        Source.CARD,
        Source.GATE,
        Source.MODELFILE,
        Source.GGUF,
        Source.SAFETENSORS,
        Source.ONNX,
    }
)
"""Where a text may license the release; notices speak of third parties, policies go with a licence."""


def detected(
    detections: Sequence[Detection],
    licenses: Mapping[str, License],
    release: str,
    weights_in: Collection[str],
    pointing: Collection[str] = (),
) -> tuple[LicenseReading, ...]:
    """Return one reading for each licence found in a text and each component it speaks of.

    ``pointing`` are the paths of licence files that name a licence and hold none: no text was detected there.
    """
    texts = [detection.text for detection in detections]
    return tuple(
        reading
        for detection in detections
        if detection.text.path not in pointing
        for reading in _of_text(
            detection, coverage(detection.text, texts, release, weights_in), licenses, release
        )
    )


def _of_text(
    detection: Detection, covers: Coverage, licenses: Mapping[str, License], release: str
) -> Iterable[LicenseReading]:
    text, found = detection.text, detection.found
    matches = found.matches if text.source is Source.LICENSE_FILE else _embedded(found.matches)
    stated = [
        match for match in matches if match.how in (How.EXACT, How.EQUIVALENT) and match.key in found.stated
    ]
    for component, standing in covered(covers):
        unclear = _unclear(text, matches, release) if standing == "default" else ""
        if unclear:
            yield _reading(text, matches[0], component, standing, licenses, key=None, note=unclear)
            continue
        for match in stated:
            yield _reading(text, match, component, standing, licenses, key=match.key, note=covers.why)
        if not stated and matches:
            note = f"{found.note or 'not the text of a known licence'}{_changes(matches[0])}; {covers.why}"
            yield _reading(text, matches[0], component, standing, licenses, key=None, note=note)
        if not matches and text.source is Source.LICENSE_FILE:
            note = POINTS if only_points(detection) else found.note
            yield _unrecognised(text, component, standing, note, covers)


def _unclear(text: LegalText, matches: Sequence[LicenseMatch], release: str) -> str:
    """Return why a text cannot be taken for the release's own by its name, or nothing."""
    if text.source is not Source.LICENSE_FILE or not matches:
        return ""
    words = unclear_name(text.path, release, (match.key for match in matches))
    return f"the name of the file speaks of “{words}”, and nothing says what it covers" if words else ""


SHOWN_CHANGES = 3


def _changes(match: LicenseMatch) -> str:
    """Return the first changes of a modified text with their lines, in brackets."""
    edits = [edit for edit in match.edits if edit.meaning == "meaningful"]
    if match.how is not How.MODIFIED or not edits:
        return ""
    told = [_change(edit) for edit in edits[:SHOWN_CHANGES]]
    more = f"; and {len(edits) - SHOWN_CHANGES} more" if len(edits) > SHOWN_CHANGES else ""
    return f" ({'; '.join(told)}{more})"


def _change(edit: Edit) -> str:
    first, last = edit.lines
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"{where}: {edit.why}" + (f", “{edit.words[:80]}”" if edit.words else "")


EMBEDDED_COVERAGE = 0.5
"""Share of a licence that must stand in a card before it counts as a text there, not as a mention."""


def _embedded(matches: Iterable[LicenseMatch]) -> tuple[LicenseMatch, ...]:
    """Keep what counts inside a larger document: a notice or a likeness there is no licence text."""
    return tuple(
        match
        for match in matches
        if match.how not in (How.CLOSEST, How.MENTION) and match.coverage >= EMBEDDED_COVERAGE
    )


def _reading(  # noqa: PLR0913  the parts of one value
    text: LegalText,
    match: LicenseMatch,
    component: Component,
    standing: Standing,
    licenses: Mapping[str, License],
    *,
    key: str | None,
    note: str,
) -> LicenseReading:
    license_ = licenses.get(match.key)
    return LicenseReading(
        source=_source(text, license_),
        component=component,
        standing=standing,
        evidence=_evidence(text, match.lines),
        how=match.how,
        raw=match.key,
        key=key,
        expression=(license_.spdx_expression if license_ else match.expression) if key else None,
        candidates=() if key else (match.key, *match.also),
        note=note,
    )


def _source(text: LegalText, license_: License | None) -> Source:
    """A use policy is no licence, whatever its file is called."""
    if license_ is not None and license_.category is Category.POLICY:
        return Source.POLICY_FILE
    return text.source


def _unrecognised(
    text: LegalText, component: Component, standing: Standing, note: str, covers: Coverage
) -> LicenseReading:
    return LicenseReading(
        source=text.source,
        component=component,
        standing=standing,
        evidence=_evidence(text, (text.first_line, text.first_line)),
        how=How.CLOSEST,
        raw="",
        note=f"{note or 'the text is near no known licence'}; {covers.why}",
    )


def _evidence(text: LegalText, lines: tuple[int, int]) -> Evidence:
    return Evidence(
        path=text.path,
        reader="license-text",
        lines=lines,
        quote=_opening(text, lines),
        sha256=text.sha256,
    )


def _opening(text: LegalText, lines: tuple[int, int]) -> str:
    """Return the first words of the lines, as they stand, cut to a bounded length."""
    chosen = text.text.splitlines()[lines[0] - text.first_line : lines[1] - text.first_line + 1]
    written = [line.strip() for line in chosen if line.strip()]
    return excerpt("\n".join(written[:3]), QUOTE_LIMIT)


def licensing(reading: LicenseReading) -> bool:
    """Whether a reading may license the release at all."""
    return reading.source in _LICENSE_SOURCES
