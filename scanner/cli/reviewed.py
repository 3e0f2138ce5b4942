# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a sign-off is about: releases as they are, or as a report says, and the folder of the decisions."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.model.report import Report
    from scanner.model.signoff import Content
    from scanner.signoff.state import Checked

FOLDER = ".modelscan"

REPORT_LIMIT = 1_000_000_000
"""Bytes of a report that is read."""


class Asked(NamedTuple):
    """What a command is about."""

    contents: "tuple[Content, ...]"
    places: tuple[Path | None, ...]
    """The folder of each release; None: only its report is at hand."""

    config: "Config"


def asked(
    subject: Path,
    day: str,
    judging: Mapping[str, Any],
    *,
    name: str | None = None,
    use_id: str | None = None,
    hashed: bool,
) -> Asked:
    """Return the contents that a command is about: of a scan, or of a report in JSON.

    Args:
        subject: A folder, a weights file, or the JSON of a report.
        day: ISO date that a scan is made for.
        judging: The options of a scan, by the names of their parameters.
        name: The one release that is meant.
        use_id: The one use case that is meant.
        hashed: Whether the weights are read in full.

    Raises:
        UsageError: there is no such release or use case, or it is on the Hub.
    """
    from scanner.discover import hub_source
    from scanner.errors import UsageError

    if hub_source(str(subject)) is not None:
        advice = f"modelscan report {subject} --online -o report.json; then name report.json here"
        raise UsageError("a decision is on files, or on a report", source=str(subject), advice=advice)
    if subject.suffix == ".json" and subject.is_file():
        found = _reported(subject, judging, hashed=hashed)
    else:
        found = _scanned(subject, day, judging)
    wanted = [
        (content, place)
        for content, place in zip(found.contents, found.places, strict=True)
        if name in {None, content.name} and use_id in {None, content.use_case.id}
    ]
    if not wanted:
        raise _none_of_these(found.contents)
    contents = tuple(_read_in_full(*one) if hashed else one[0] for one in wanted)
    return Asked(contents, tuple(place for _, place in wanted), found.config)


def _reported(path: Path, judging: Mapping[str, Any], *, hashed: bool) -> Asked:
    from scanner.config import load_config
    from scanner.errors import PathError, UsageError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.signoff import contents_of_document

    given = [
        option for option in ("use_case_files", "mof_files", "catalogue", "own_rules") if judging[option]
    ]
    if hashed or given:
        raise UsageError(
            "a report was judged when it was written: --hash, --use-case, --mof, --catalogue and --rules "
            "do not change it",
            source=str(path),
            advice="name the folder of the release instead",
        )
    try:
        data = read_bounded(path, REPORT_LIMIT)
    except Refused as refused:
        raise PathError(refused.reason, source=str(path)) from None
    contents = contents_of_document(data, str(path))
    config = load_config(Path.cwd(), explicit=judging["config_file"], environment=os.environ)
    return Asked(contents, (None,) * len(contents), config)


def _scanned(path: Path, day: str, judging: Mapping[str, Any]) -> Asked:
    from scanner.config import load_config, load_use_cases
    from scanner.examine import load_knowledge
    from scanner.openness.mof_file import read_mof
    from scanner.pipeline import scan
    from scanner.signoff import contents_of

    reviews = tuple(map(read_mof, judging["mof_files"]))
    knowledge = load_knowledge(judging["catalogue"], judging["own_rules"])
    known = knowledge.catalogue
    config = load_config(Path.cwd(), explicit=judging["config_file"], environment=os.environ, catalogue=known)
    report = scan(
        [path],
        knowledge,
        config,
        as_of=day,
        step=lambda *_: None,
        use_cases=load_use_cases(judging["use_case_files"], known),
        reviews=reviews,
    )
    return Asked(contents_of(report), tuple(_places(report, path)), config)


def _places(report: "Report", path: Path) -> Iterable[Path]:
    """Give the folder of the release of each content."""
    for release in report.releases:
        place = path / release.path if path.is_dir() else path.parent
        yield from (place for _ in report.use_cases)


def _read_in_full(content: "Content", place: Path | None) -> "Content":
    from scanner.signoff import digested

    return digested(content, place) if place is not None else content


def _none_of_these(contents: "Iterable[Content]") -> Exception:
    from scanner.errors import UsageError

    known = ", ".join(dict.fromkeys(f"{one.name} for {one.use_case.id}" for one in contents))
    return UsageError("there is no such release or use case here", advice=f"there is: {known}")


def the_only(contents: "Sequence[Content]") -> "Content":
    """Return the one content that a decision is on.

    Raises:
        UsageError: there are several.
    """
    from scanner.errors import UsageError

    if len(contents) == 1:
        return contents[0]
    if len({one.use_case.id for one in contents}) > 1:
        ids = ", ".join(dict.fromkeys(one.use_case.id for one in contents))
        raise UsageError(
            f"a decision is on one use case, and these are several: {ids}", advice="add --for ID"
        )
    names = ", ".join(one.name for one in contents)
    raise UsageError(
        f"a decision is on one release, and these are several: {names}",
        advice="name its folder, or add --release NAME",
    )


def store_folder(store: Path | None, config: "Config", places: Sequence[Path | None]) -> Path:
    """Return the folder that holds the sign-offs and the allowed signers.

    One that comes with a scanned release is its author's: he must not approve his own work here.

    Raises:
        UsageError: it lies in a release, and nobody named it.
    """
    from scanner.discover import is_release
    from scanner.errors import UsageError

    if store is not None:
        return store
    root = Path(config.origin).parent if config.origin else _git_root(Path.cwd())
    real = root.resolve()
    inside = any(place is not None and real.is_relative_to(place.resolve()) for place in places)
    if inside or is_release(real):
        raise UsageError(
            "the sign-offs would lie in a release, whose author is a stranger",
            source=str(root / FOLDER),
            advice=f"go to your own repository, or name the folder with --store DIR/{FOLDER}",
        )
    return root / FOLDER


def _git_root(start: Path) -> Path:
    """Return the top of the git checkout of a folder, or the folder itself."""
    return next((one for one in (start, *start.parents) if (one / ".git").exists()), start)


def checked_store(folder: Path, day: str) -> "tuple[Checked, ...]":
    """Return every file of the sign-offs, and what comes of checking its signature on a day.

    Raises:
        PathError: the folder holds too many files, or the allowed signers cannot be read.
    """
    from scanner.errors import PathError
    from scanner.guarded.refused import Refused
    from scanner.signoff import check, collect, on_disk, signers_on_disk

    try:
        records, signers = collect(on_disk(folder)), signers_on_disk(folder)
    except Refused as refused:
        raise PathError(refused.reason, source=str(folder)) from None
    return tuple((one, check(one, signers, as_of=day)) for one in records)
