# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Writing the notice bundle: one text, or a folder that is replaced only where it is ours and unchanged."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.model.license import Catalogue
    from scanner.model.notice import Bundle, Holding
    from scanner.model.report import Report

FORM = "notice"
"""Name of the format."""

_TEXT_LIMIT = 300_000_000
"""Bytes of a text of ours, which holds every copy."""


def is_bundle(name: str) -> bool:
    """Whether an output's name is that of a notice bundle: ``NOTICE*``, or a folder."""
    return name != "-" and (is_folder(name) or Path(name).name.startswith("NOTICE"))


def is_folder(name: str) -> bool:
    """Whether an output's name is that of a folder: a slash at its end, or a folder that is there."""
    return name.endswith(("/", os.sep)) or Path(name).is_dir()


def bundled(report: "Report", holdings: "Sequence[Holding]", catalogue: "Catalogue") -> "Bundle":
    """Return the bundle of a report, while the files that it was made from are still there."""
    from scanner.notice import bundle_of
    from scanner.render.words import opening

    return bundle_of(report, holdings, catalogue, statement=opening(report))


def gaps_told(bundle: "Bundle", name: str) -> str:
    """Return in one line what a bundle lacks; empty: nothing."""
    if bundle.complete:
        return ""
    missing, unsettled = len(bundle.missing), len(bundle.unsettled)
    return (
        f"{name}: {missing} missing, {unsettled} not settled; its first part lists them with their addresses"
    )


def refuse_others_file(place: Path) -> None:
    """Refuse to write the one text over a file that is not ours, or in which something was filled in.

    Raises:
        UsageError: something else is there.
    """
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.render.notice import unchanged

    if not os.path.lexists(place):
        return
    try:
        ours = unchanged(read_bounded(place, _TEXT_LIMIT).decode("utf-8", "replace"))
    except Refused:
        ours = False
    if not ours:
        advice = "move it to another place, or name another file"
        reason = "is not of an earlier run, or was changed since: nothing was written"
        raise UsageError(reason, source=str(place), advice=advice)


def write_folder(place: Path, files: Mapping[str, bytes]) -> None:
    """Write files as a folder that takes its place at once; a reader sees the old one, the new one or none.

    Raises:
        UsageError: it cannot be written, or something is there that is not ours.
    """
    from scanner.notice.mark import MARK, mark_of

    place = Path(os.path.realpath(place))
    try:
        _refuse_others(place)
        with _draft(place) as draft:
            for name, data in files.items():
                _write(draft / name, data)
            _write(draft / MARK, mark_of(files))
            _settle(draft, place)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", source=str(place)) from None


@contextlib.contextmanager
def _draft(place: Path) -> Iterator[Path]:
    """Give a folder beside the place, which is gone at the end unless it took its place."""
    draft = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    try:
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(0o777 & ~mask)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _settle(draft: Path, place: Path) -> None:
    """Put the new folder in the place of the old one; the old one comes back when that fails."""
    try:
        draft.rename(place)  # nothing there, or an empty folder
    except OSError:
        if not place.is_dir():
            raise
    else:
        return
    old = draft.with_name(f"{draft.name}.old")
    place.rename(old)
    try:
        draft.rename(place)
    except BaseException:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _refuse_others(place: Path) -> None:
    """Refuse a folder in which something is not ours, or was changed since.

    Raises:
        UsageError: with the first such file.
    """
    if not place.exists():
        return
    if not place.is_dir():
        raise UsageError("is a file, and a folder was asked for", source=str(place))
    there = {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*"))}
    if not there:
        return
    ours = _ours(place)
    if ours is None:
        advice = "name a folder that is new or empty, or one that this command wrote"
        raise UsageError(
            "is not empty and no bundle of ours: nothing was written", source=str(place), advice=advice
        )
    for name, path in there.items():
        changed = _changed(name, path, ours)
        if changed:
            advice = "move it to another place, or name another folder"
            raise UsageError(f"{name} {changed}: nothing was written", source=str(place), advice=advice)


def _ours(place: Path) -> Mapping[str, str] | None:
    """Return the files of an earlier bundle by its mark; None: there is no mark that can be believed."""
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.notice.mark import MARK, MARK_LIMIT, marked

    path = place / MARK
    if path.is_symlink():
        return None
    try:
        return marked(read_bounded(path, MARK_LIMIT))
    except Refused:
        return None


def _changed(name: str, path: Path, ours: Mapping[str, str]) -> str:
    """Return why a file of the folder is not as we left it; empty: it is."""
    from scanner.guarded.files import digest_of, opened
    from scanner.guarded.refused import Refused
    from scanner.notice.mark import MARK

    mode = path.lstat().st_mode
    inside = any(one.startswith(f"{name}/") for one in ours)
    if name == MARK or (stat.S_ISDIR(mode) and inside):
        return ""
    if name not in ours or not stat.S_ISREG(mode):
        return "is not of an earlier bundle"
    try:
        with opened(path) as (handle, size):
            same = digest_of(handle, size) == ours[name]
    except Refused as refused:
        return str(refused)
    return "" if same else "was changed since it was written"
