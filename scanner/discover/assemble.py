# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Folders to releases: which folder is one, what belongs to it, what it is called."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec.structs import replace

from scanner.discover import hub_layout
from scanner.discover.kinds import classify
from scanner.discover.signs import (
    bare_readme,
    build_file,
    data_card,
    describes_one_model,
    is_pipeline,
    own_identity,
    strong_signs,
    weak_sign,
)
from scanner.discover.walk import Folder, Found
from scanner.guarded.files import opened
from scanner.guarded.refused import Refused
from scanner.model.release import Artifact, ArtifactKind, Confidence, Discovery, Release, Unread

_SHARD = re.compile(r"[-_.]?\d{5}-of-\d{5}(?=\.[^.]+$)")

POINTER_LIMIT = 1_024
"""Bytes; a Git LFS pointer is about 130."""


def releases_in(folders: Sequence[Folder], lead: str) -> Discovery:
    """Return the releases among the folders of one scanned path.

    Args:
        folders: What :func:`scanner.discover.walk.walk` returned.
        lead: Put before every path, when several paths are scanned; empty otherwise.
    """
    by_path = {folder.path: folder for folder in folders if not hub_layout.is_plumbing(folder)}
    signs = {path: strong_signs(folder) for path, folder in by_path.items()}
    heads = _heads(by_path, signs)
    data = {path for path, folder in by_path.items() if _owner(path, heads) is None and data_card(folder)}
    weak = _weak_heads(by_path, heads) - data
    every = heads | weak
    parts: dict[str | None, list[Folder]] = {}
    for path, folder in by_path.items():
        parts.setdefault(_owner(path, every), []).append(folder)
    releases = [
        release
        for path in sorted({*heads, *weak})
        for release in _of_head(by_path[path], by_path, parts[path], signs[path], every, lead)
    ]
    data_sets = (
        one
        for path in sorted(data)
        for one in _of_head(by_path[path], by_path, [by_path[path]], (), every, lead)
    )
    return Discovery(
        releases=tuple(releases),
        data_sets=tuple(data_sets),
        not_checked=tuple(_not_checked(by_path, folders, heads, weak, lead)),
    )


def single_file(path: Path, lead: str) -> Discovery:
    """Return one weights file as a release."""
    kind, container = classify(path.name)
    shown = lead or path.name
    if kind is not ArtifactKind.WEIGHTS:
        reason = "is no weights file; name its folder to scan the release"
        return Discovery(not_checked=(Unread(path=shown, reason=reason),))
    target = str(path.resolve()) if path.is_symlink() else None
    found = Found(name=path.name, size=path.stat().st_size, target=target)
    root = path.parent.resolve()
    return Discovery(
        releases=(
            Release(
                name=path.stem,
                path=shown,
                root=str(root),
                named_by="file",
                artifacts=(_artifact(root, found.name, found),),
                signs=(f"weights: {path.name} ({container})",),
            ),
        )
    )


def _heads(folders: Mapping[str, Folder], signs: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the folders that are a release by a strong sign.

    A folder inside a release belongs to it (``original/``, ``onnx/``, a checkpoint), unless it has
    a model card of its own, or nothing in the folder above speaks of one model (loose weights).
    Inside a pipeline everything belongs to the pipeline.
    """
    heads: set[str] = set()
    for path in sorted(folders, key=lambda path: (path != ".", path.count("/"), path)):
        if not signs[path]:
            continue
        above = _nearest_above(path, heads)
        if above is not None and is_pipeline(folders[above]):
            continue
        if above is None or own_identity(folders[path]) or not describes_one_model(folders[above]):
            heads.add(path)
    return heads


def _weak_heads(folders: Mapping[str, Folder], heads: set[str]) -> set[str]:
    """Return the folders that are a release only by the weak sign."""
    candidates = {path for path, folder in folders.items() if weak_sign(folder) and not build_file(folder)}
    return {
        path
        for path in candidates
        if not any(_related(path, other) for other in (heads | candidates) - {path})
    }


def _nearest_above(path: str, heads: AbstractSet[str]) -> str | None:
    while path != ".":
        path = path.rpartition("/")[0] or "."
        if path in heads:
            return path
    return None


def _above(path: str) -> Iterator[str]:
    """Yield the folders above one, the nearest first."""
    while path != ".":
        path = path.rpartition("/")[0] or "."
        yield path


def _terms_in(folder: Folder) -> Iterator[str]:
    """Yield the paths of the licence files in a folder itself."""
    for found in folder.files:
        if classify(found.name)[0] is ArtifactKind.LICENSE:
            yield _joined(folder.path, found.name)


def _contains(folder: str, path: str) -> bool:
    return folder in {".", path} or path.startswith(f"{folder}/")


def _related(one: str, other: str) -> bool:
    return _contains(one, other) or _contains(other, one)


def _of_head(  # noqa: PLR0913, PLR0917  what is known of the tree
    head: Folder,
    folders: Mapping[str, Folder],
    parts: Sequence[Folder],
    signs: tuple[str, ...],
    heads: AbstractSet[str],
    lead: str,
) -> Iterator[Release]:
    """Yield the release of one folder, or one for each model when it holds only loose weights."""
    if _is_loose(head, signs):
        yield from _loose(head, lead)
        return
    identity = hub_layout.identity(head)
    above = {
        found
        for path in _above(head.path)
        if path in folders and _owner(path, heads) is None
        for found in _terms_in(folders[path])
    }
    yield Release(
        name=identity.name or _folder_name(head, folders),
        path=_shown(lead, head.path),
        root=head.root,
        named_by=identity.named_by,
        artifacts=tuple(_artifacts(head, parts, identity)),
        revision=identity.revision,
        purl=identity.purl,
        signs=signs or (weak_sign(head) or "",),
        confidence=Confidence.HIGH if signs else Confidence.LOW,
        unread=tuple(_unread(head, parts)),
        terms_above=tuple(sorted(_shown(lead, path) for path in above)),
    )


def _is_loose(head: Folder, signs: tuple[str, ...]) -> bool:
    """Whether a folder holds weights files that nothing beside them ties together."""
    kinds = {classify(found.name)[0] for found in head.files}
    if hub_layout.identity(head).revision is not None:
        return False
    together = {ArtifactKind.CARD, ArtifactKind.LICENSE, ArtifactKind.NOTICE, ArtifactKind.POLICY}
    alone = not describes_one_model(head) and not head.has("config.json")
    return bool(signs) and alone and not kinds & together


def _loose(head: Folder, lead: str) -> Iterator[Release]:
    """Yield one release for each weights file, the shards of one model together."""
    groups: dict[str, list[Found]] = {}
    for found in head.files:
        if classify(found.name)[0] is ArtifactKind.WEIGHTS:
            groups.setdefault(_SHARD.sub("", found.name), []).append(found)
    for name, files in sorted(groups.items()):
        yield Release(
            name=name.rsplit(".", 1)[0],
            path=_shown(lead, name if head.path == "." else f"{head.path}/{name}"),
            root=head.root,
            named_by="file",
            artifacts=tuple(_artifact(Path(head.root), found.name, found) for found in files),
            signs=tuple(f"weights: {found.name}" for found in files),
        )


def _owner(path: str, heads: AbstractSet[str]) -> str | None:
    return path if path in heads else _nearest_above(path, heads)


def _shown(lead: str, path: str) -> str:
    if not lead:
        return path
    return lead if path == "." else f"{lead}/{path}"


def _folder_name(head: Folder, folders: Mapping[str, Folder]) -> str:
    """Return ``org/name`` where the folder above holds nothing but folders, else the folder's name.

    A weak claim, since anyone may name folders: such a release says ``folder`` under ``named_by``.
    """
    own = Path(head.root).name.encode("utf-8", "surrogateescape").decode("utf-8", "replace") or "release"
    above = head.path.rsplit("/", 1)[0] if "/" in head.path else None
    if above is not None and above in folders and not folders[above].files:
        return f"{above.rsplit('/', 1)[-1]}/{own}"
    return own


def _artifacts(head: Folder, parts: Iterable[Folder], identity: hub_layout.Identity) -> Iterator[Artifact]:
    for folder in parts:
        inside = _relative(head, folder)
        for found in folder.files:
            path = f"{inside}{found.name}"
            yield _artifact(Path(head.root), path, found, identity.recorded.get(path))


def _artifact(root: Path, path: str, found: Found, recorded: str | None = None) -> Artifact:
    kind, container = classify(found.name)
    blob = hub_layout.blob_digest(found)
    pointer = _pointer(root / path) if kind is ArtifactKind.WEIGHTS and found.size <= POINTER_LIMIT else None
    digest = blob or recorded or (pointer[0] if pointer else None)
    return Artifact(
        path=path,
        kind=kind,
        size=pointer[1] if pointer else found.size,
        format="lfs-pointer" if pointer else container,
        sha256=digest,
        sha256_how="recorded" if digest else "none",
    )


_POINTER = re.compile(rb"\Aversion https://git-lfs\S+\noid sha256:([0-9a-f]{64})\nsize (\d{1,18})\n?\Z")


def _pointer(path: Path) -> tuple[str, int] | None:
    """Return the digest and size that a Git LFS pointer states, or None for any other file."""
    try:
        with opened(path) as (handle, _):
            found = _POINTER.match(handle.read(POINTER_LIMIT))
    except (Refused, OSError):
        return None
    return (found[1].decode(), int(found[2])) if found else None


def _unread(head: Folder, parts: Iterable[Folder]) -> Iterator[Unread]:
    for folder in parts:
        inside = _relative(head, folder)
        for one in folder.unread:
            path = inside.rstrip("/") or "." if one.path == "." else f"{inside}{one.path}"
            yield replace(one, path=path)


def _relative(head: Folder, folder: Folder) -> str:
    """Return the way from a release's folder to one inside it, with a slash at the end."""
    if folder.path == head.path:
        return ""
    below = folder.path if head.path == "." else folder.path.removeprefix(f"{head.path}/")
    return f"{below}/"


def _not_checked(
    folders: Mapping[str, Folder],
    everything: Iterable[Folder],
    heads: set[str],
    weak: set[str],
    lead: str,
) -> Iterator[Unread]:
    """Yield what was seen and belongs to no release, each with the reason."""
    loose = {path for path in heads if _is_loose(folders[path], strong_signs(folders[path]))}
    every = heads | weak
    for folder in everything:
        if _owner(folder.path, every) in {None, *loose} or folder.path not in folders:
            yield from (
                replace(one, path=_shown(lead, _joined(folder.path, one.path))) for one in folder.unread
            )
    yield from (
        Unread(path=_shown(lead, path), reason=reason)
        for path in sorted(loose)
        if (reason := _beside_loose(folders[path])) is not None
    )
    for path, folder in folders.items():
        reason = _unowned(folder) if _owner(path, every) is None else None
        if reason:
            yield Unread(path=_shown(lead, path), reason=reason)
    for folder in everything:
        kind = hub_layout.other_repository(folder)
        if kind:
            yield Unread(path=_shown(lead, folder.path), reason=f"is a {kind} in a Hub cache, no model")
        elif hub_layout.without_snapshot(folder):
            yield Unread(path=_shown(lead, folder.path), reason="is a Hub cache folder without a snapshot")


def _unowned(folder: Folder) -> str | None:
    """Return what a folder that belongs to no release holds, as far as a reader should know."""
    card = data_card(folder)
    if card:
        return f"{card} is the card of a data set: it is read for its terms alone"
    sign, build = weak_sign(folder), build_file(folder)
    if sign:
        reason = f"{build} builds software here" if build else "a folder above or below is a release or alike"
        return f"only {sign}, and {reason}"
    terms = ", ".join(map(_last, _terms_in(folder)))
    if terms:
        return f"{terms} stands in no release"
    readme = bare_readme(folder)
    return (
        f"only {readme}, with no model key in it and no licence beside it" if readme and not build else None
    )


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1]


NAMED = 5
"""Files that are named of those that stand beside loose weights."""


def _beside_loose(folder: Folder) -> str | None:
    """Say which files stand beside loose weights and belong to none of them."""
    others = [found.name for found in folder.files if classify(found.name)[0] is not ArtifactKind.WEIGHTS]
    if not others:
        return None
    more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
    return f"beside loose weights, and read for none of them: {', '.join(others[:NAMED])}{more}"


def _joined(path: str, inside: str) -> str:
    if inside == ".":
        return path
    return inside if path == "." else f"{path}/{inside}"
