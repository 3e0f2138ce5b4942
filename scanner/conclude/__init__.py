# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Declared and detected evidence to one concluded licence for each component.

The rules of precedence stand in ``docs/precedence.md``; the function of the same number in
``precedence.py`` applies each. A later word never overwrites an earlier one: what was not followed
is kept among ``rejected`` with its reason.
"""

from collections.abc import Mapping, Sequence

from scanner.conclude.coverage import placed
from scanner.conclude.pointers import named, says_nothing_more
from scanner.conclude.precedence import conclude_component
from scanner.conclude.prose import in_prose
from scanner.conclude.readings import detected
from scanner.model.conclusion import Licenses
from scanner.model.license import License
from scanner.model.reading import Detection, LicenseReading, Source, Spoken
from scanner.model.release import ArtifactKind, Component, Release


def conclude(
    release: Release,
    declared: Sequence[LicenseReading],
    detections: Sequence[Detection],
    licenses: Mapping[str, License],
    spoken: Sequence[Spoken] = (),
) -> Licenses:
    """Return what is declared, detected and concluded for one release.

    Args:
        release: Its name is known among links, and its files say where weights stand.
        declared: What cards and metadata name.
        detections: Every legal text of the release with what it was recognised as.
        licenses: The catalogue's records by key.
        spoken: Texts with the licences that they name in their own words.
    """
    weights_in = _weights_in(release)
    texts = [detection.text for detection in detections]
    pointing = {one.text.path for one in spoken if _is_file(one) and says_nothing_more(one)}
    found = detected(detections, licenses, release.name, weights_in, pointing)
    declared = (
        *map(placed, declared),
        *in_prose(spoken, licenses, release.name),
        *named(spoken, texts, licenses, release.name, weights_in),
    )
    return Licenses(
        declared=tuple(declared),
        detected=found,
        concluded=tuple(conclude_component(component, declared, found, licenses) for component in Component),
    )


def _is_file(one: Spoken) -> bool:
    return one.text.source is Source.LICENSE_FILE


def _weights_in(release: Release) -> frozenset[str]:
    """Return the folders of a release that hold weights, relative to its root."""
    weights = (one.path for one in release.artifacts if one.kind is ArtifactKind.WEIGHTS)
    return frozenset(path.rpartition("/")[0] for path in weights)


__all__ = ["conclude"]
