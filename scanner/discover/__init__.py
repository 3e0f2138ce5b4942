# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A path, a Hub cache or a download to releases and their artifacts.

A folder is a release when something in it is published with a model: weights, a weight index, a
model configuration, an adapter, a pipeline, or a card that speaks of a model (strong signs). A
README beside a licence is a weak sign, believed only where no folder above or below is a release
and nothing builds software there. What was seen and is no release is returned with its reason.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from scanner.discover.assemble import releases_in, single_file
from scanner.discover.hub import Unanswered
from scanner.discover.hub_answers import HubSource, hub_source, is_repository
from scanner.discover.hub_layout import cached_snapshot, hub_cache
from scanner.discover.hub_snapshot import Online, online
from scanner.discover.signs import build_file, describes_one_model, weak_sign
from scanner.discover.walk import look, walk
from scanner.errors import PathError, UsageError
from scanner.model.release import Discovery


def discover(
    paths: Sequence[Path | HubSource], skip: Sequence[str] = (), hub: Online | None = None
) -> Discovery:
    """Return every release below the paths, sorted by path, and what was seen and not scanned.

    Args:
        paths: Folders, single weights files or repositories on the Hub. With several, each one's name leads
            its paths.
        skip: Patterns over POSIX paths below a scanned folder; ``*`` stands for any run of characters.
        hub: Asked for the repositories; None: the network is not used.

    Raises:
        PathError: a path does not exist or cannot be read, or the Hub does not give a repository.
        UsageError: a repository on the Hub, and no way to ask.
    """
    unique = list(
        dict.fromkeys(
            path if isinstance(path, HubSource) else Path(os.path.abspath(path))  # noqa: PTH100  keeps links
            for path in paths
        )
    )
    leads = _leads(unique) if len(unique) > 1 else [""]
    found = [
        _on_the_hub(path, lead, skip, hub) if isinstance(path, HubSource) else _below(path, lead, skip)
        for path, lead in zip(unique, leads, strict=True)
    ]
    return Discovery(
        releases=tuple(
            sorted((one for part in found for one in part.releases), key=lambda release: release.path)
        ),
        data_sets=tuple(
            sorted((one for part in found for one in part.data_sets), key=lambda data: data.path)
        ),
        not_checked=tuple(
            sorted((one for part in found for one in part.not_checked), key=lambda unread: unread.path)
        ),
    )


def is_release(folder: Path) -> bool:
    """Whether something directly in a folder speaks of one model: a card, a configuration, an index."""
    return describes_one_model(look(folder))


def may_be_release(folder: Path) -> bool:
    """Whether a folder has the weak sign of a release, a README beside a licence, and builds no software."""
    found = look(folder)
    return weak_sign(found) is not None and build_file(found) is None


def _on_the_hub(source: HubSource, lead: str, skip: Sequence[str], hub: Online | None) -> Discovery:
    if hub is None:
        raise UsageError(
            "it lies on the Hub, and the network is used only when it is asked for",
            source=str(source),
            advice="add --online",
        )
    return hub.discovery(source, lead, skip)


def _below(path: Path, lead: str, skip: Sequence[str]) -> Discovery:
    try:
        path.stat()
        if path.is_dir():
            os.scandir(path).close()
    except FileNotFoundError:
        raise PathError("there is no such file or folder", source=str(path)) from None
    except (OSError, ValueError) as error:
        raise PathError(f"cannot be read: {error}", source=str(path)) from None
    if path.is_dir():
        return releases_in(walk(path, skip), lead)
    if not path.is_file():
        raise PathError("is neither a folder nor a regular file", source=str(path))
    return single_file(path, lead)


def _leads(paths: Sequence[Path | HubSource]) -> list[str]:
    """Return one name for each path; equal names are numbered, so that no two releases share a path."""
    leads: list[str] = []
    for path in paths:
        own = str(path) if isinstance(path, HubSource) else path.name
        name = own.encode("utf-8", "surrogateescape").decode("utf-8", "replace") or "root"
        lead, count = name, 1
        while lead in leads:
            count += 1
            lead = f"{name} ({count})"
        leads.append(lead)
    return leads


__all__ = [
    "HubSource",
    "Online",
    "Unanswered",
    "cached_snapshot",
    "discover",
    "hub_cache",
    "hub_source",
    "is_repository",
    "online",
]
