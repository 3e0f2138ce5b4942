# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What others state of a release's components: its author in a ``MOF.yml``, a reviewer in ``--mof FILE``.

The author's file is a claim: it raises no class. A reviewer's word takes the place of what was found, for
the components that it lists with a licence, and leaves the rest as it is.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from scanner.errors import ConfigError
from scanner.model.base import Evidence
from scanner.model.openness import ComponentState, MofClaim, Presence
from scanner.model.reading import Facts, Listing
from scanner.model.release import Release
from scanner.openness.mof_file import MofFile, classified, parse_mof, states


def claim_of(facts: Facts) -> MofClaim | None:
    """Return what the author's own file claims; of several, the one nearest to the root."""
    nearest = sorted(facts.listings, key=lambda one: (one.path.count("/"), one.path))
    return _claim(nearest[0]) if nearest else None


def _claim(listing: Listing) -> MofClaim:
    evidence = (Evidence(path=listing.path, reader="mof-file", sha256=listing.sha256),)
    try:
        reached = classified(parse_mof(listing.text, Path(listing.path))).reached
    except ConfigError as error:
        return MofClaim(
            reached=None, why=f"{error.source} could not be read: {error.message}", evidence=evidence
        )
    said = f"class {reached}" if reached else "no class"
    return MofClaim(
        reached=reached, why=f"by its author's {listing.path} it reaches {said}: a claim", evidence=evidence
    )


def listed_by_author(facts: Facts) -> dict[str, ComponentState]:
    """Return the components that the author's files list, as claims, by their ids."""
    found: dict[str, ComponentState] = {}
    for listing in facts.listings:
        try:
            given = states(parse_mof(listing.text, Path(listing.path)))
        except ConfigError:
            continue
        for state in given:
            found.setdefault(
                state.id,
                ComponentState(
                    id=state.id,
                    presence=Presence.ELSEWHERE,
                    license=state.license,
                    path=state.path,
                    why=f"listed in the author's {listing.path}, {state.why}",
                    evidence=(Evidence(path=listing.path, reader="mof-file", sha256=listing.sha256),),
                ),
            )
    return found


def reviewed(found: Sequence[ComponentState], review: MofFile | None) -> tuple[ComponentState, ...]:
    """Return the components with the reviewer's word in the place of what was found."""
    if review is None:
        return tuple(found)
    given = {state.id: state for state in states(review) if state.license is not None}
    return tuple(given.get(state.id, state) for state in found)


def review_of(release: Release, reviews: Iterable[MofFile], *, alone: bool) -> MofFile | None:
    """Return the review that was made for a release.

    Args:
        release: Which one.
        reviews: All that were given.
        alone: Whether it is the only release of the scan: then a single review is meant for it.
    """
    every = tuple(reviews)
    meant = every[0] if alone and len(every) == 1 else None
    return next((one for one in every if _fits(one, release)), meant)


def unfit(reviews: Sequence[MofFile], releases: Sequence[Release]) -> tuple[MofFile, ...]:
    """Return the reviews that name none of the releases."""
    return tuple(one for one in reviews if not any(_fits(one, release) for release in releases))


def _fits(review: MofFile, release: Release) -> bool:
    """Whether a file names a release: by its name, its folder, or the repository on the Hub."""
    said = {_letters(review.release.name)}
    hub = re.search(r"huggingface\.co/([\w.-]+/[\w.-]+)", review.release.huggingface or "")
    said |= {_letters(hub[1])} if hub else set()
    names = {release.name, release.name.rsplit("/", 1)[-1], PurePosixPath(release.path).name}
    return not said.isdisjoint({_letters(name) for name in names} - {""})


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
