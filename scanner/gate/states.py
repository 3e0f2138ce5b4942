# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The states of a repository that a check looks at, and what decides how it is judged.

Without a base there is one state, the files as they lie there, and everything in it is believed. With a base,
the files of three commits are written into a folder of our own: the head that is judged, the commit that it
grew from, and the base as it is now, whose policy, exceptions, corrections, signers and baseline hold.
"""

import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from glob import escape
from itertools import accumulate
from pathlib import Path, PurePosixPath

from scanner.config import FILE_NAMES, PROJECT, Config, load_config, nearest_file, section_of
from scanner.dependencies.git import Git, Tree
from scanner.dependencies.lock import read_lock
from scanner.errors import ConfigError
from scanner.gate.findings import Edit
from scanner.guarded.refused import Refused
from scanner.model.base import Value
from scanner.model.gate import Comparison
from scanner.model.license import Catalogue
from scanner.model.lock import LOCK_NAME, Lock
from scanner.model.release import Unread
from scanner.signoff import Checked, check, collect, on_disk, signers_on_disk
from scanner.signoff.store import FOLDER, SIGNERS

OWN_FOLDER = ".modelscan"
"""Signers and sign-offs, beside the configuration or at the top of the repository."""


class State(Value, frozen=True, kw_only=True):
    """The files of a repository at one time."""

    root: Path
    lock: Lock | None
    unread: tuple[Unread, ...] = ()
    checked: tuple[Checked, ...] = ()
    """Sign-offs that count, with what came of checking their signatures."""

    same: frozenset[str] = frozenset()
    """Paths with the same content in the head."""


class States(Value, frozen=True, kw_only=True):
    """What a check looks at."""

    head: State
    before: State | None = None
    """What the change grew from; None: there is no base."""

    since: State | None = None
    """The base as it is now, where it has gone on since then."""

    believed: Lock | None = None
    """The lock of the base as it is now."""

    config: Config
    trusted: Path
    """Folder of the state whose configuration holds."""

    comparison: Comparison | None = None
    edits: tuple[Edit, ...] = ()


class Wanted(Value, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    root: Path
    base: str | None
    head: str
    explicit: Path | None
    """``--config``."""

    baseline: Path | None
    others: tuple[Path, ...] = ()
    """Records, rules and use cases of the user, which decide too."""

    environment: Mapping[str, str]
    as_of: str
    """ISO date on which keys must be valid."""

    @property
    def named(self) -> Path | None:
        """The configuration that was named, by option or environment."""
        if self.explicit is not None:
            return self.explicit
        variable = self.environment.get("MODELSCAN_CONFIG")
        return Path(variable) if variable else None


def as_it_lies(wanted: Wanted, catalogue: Catalogue, rules: Collection[str]) -> States:
    """Return the files as they lie on disk, which are believed.

    Raises:
        ConfigError: the configuration or the lock is wrong.
    """
    config = load_config(
        wanted.root,
        explicit=wanted.named,
        environment={},
        catalogue=catalogue,
        rules=rules,
    )
    top = next((one for one in wanted.root.resolve().parents if (one / ".git").exists()), wanted.root)
    top = wanted.root if (wanted.root / ".git").exists() else top
    own = (Path(config.origin).parent if config.origin else top) / OWN_FOLDER
    head = State(
        root=wanted.root,
        lock=read_lock(wanted.root / LOCK_NAME),
        checked=_checked(own, own, wanted.as_of),
    )
    return States(head=head, config=config, trusted=wanted.root)


def compared(wanted: Wanted, scratch: Path, catalogue: Catalogue, rules: Collection[str]) -> States:
    """Return the states that a change lies between, written into a folder of our own.

    Raises:
        NoScanError: a commit or its files are not in this clone.
        ConfigError: the configuration of the base, or a lock, is wrong.
    """
    assert wanted.base is not None  # noqa: S101  the caller's case
    git = Git(Git(wanted.root).top)
    inside = wanted.root.resolve().relative_to(git.top.resolve())
    base, head = git.commit(wanted.base), git.commit(wanted.head)
    merge_base = git.merge_base(base, head)
    # Nothing above this folder is asked for a configuration, as nothing above a checkout is.
    (scratch / ".git").touch()
    trees = {commit: git.tree(commit) for commit in dict.fromkeys((head, merge_base, base))}
    moved = _Moved(git.top.resolve(), scratch / base)
    named = [moved.inside(wanted.named)] if wanted.named else _may_configure(inside)
    _refuse_links(trees[base], [*filter(None, named), (inside / LOCK_NAME).as_posix()])
    places: dict[str, Path] = {}
    for commit, tree in trees.items():
        places[commit] = _written(git, tree, scratch / commit, [(trees[one], places[one]) for one in places])
    for place in places.values():
        (place / inside).mkdir(parents=True, exist_ok=True)
    trusted = places[base]
    own = _Moved(git.top.resolve(), trusted)
    config = load_config(
        trusted / inside,
        explicit=own.place(wanted.named) if wanted.named else None,
        environment={},
        catalogue=catalogue,
        rules=rules,
        elsewhere=own.back,
    )
    states = {
        commit: State(
            root=places[commit] / inside,
            lock=read_lock(places[commit] / inside / LOCK_NAME),
            unread=tree.unread,
            checked=_checked(*_own_folders(config, own, trusted, places[commit]), wanted.as_of),
            same=_same(trees[head], tree, inside),
        )
        for commit, tree in trees.items()
    }
    return States(
        head=states[head],
        before=states[merge_base],
        since=states[base] if base != merge_base else None,
        believed=read_lock(trusted / inside / LOCK_NAME),
        config=config,
        trusted=trusted / inside,
        comparison=Comparison(base=base, merge_base=merge_base, head=head),
        edits=tuple(
            _edits(
                wanted,
                own,
                _Change(
                    base=trees[base],
                    head=trees[head],
                    head_place=places[head],
                    inside=inside,
                    config=config,
                ),
            )
        ),
    )


def _same(head: Tree, other: Tree, inside: Path) -> frozenset[str]:
    """Return the paths, below a folder, of what is the same in both trees."""
    lead = "" if inside == Path() else f"{inside.as_posix()}/"
    known = {path: blob.id for path, blob in other.blobs.items()} | dict(other.others)
    every = {path: blob.id for path, blob in head.blobs.items()} | dict(head.others)
    return frozenset(
        path.removeprefix(lead)
        for path, name in every.items()
        if path.startswith(lead) and known.get(path) == name
    )


def _own_folders(config: Config, own: "_Moved", trusted: Path, state: Path) -> tuple[Path, Path]:
    """Return where base and a state have signers and sign-offs: beside the configuration, else at the top."""
    beside = own.inside_state(config.origin)
    inside = PurePosixPath(beside).parent if beside else PurePosixPath()
    return trusted / inside / OWN_FOLDER, state / inside / OWN_FOLDER


def _checked(base: Path, state: Path, as_of: str) -> tuple[Checked, ...]:
    """Return the sign-offs that count: signed by whom the base lists, or in the base already.

    One of the base that is taken away, or edited, counts as it was: a rejection must not go with its file.

    Raises:
        ConfigError: the signers, or the sign-offs, are more than anybody wrote.
    """
    try:
        signers = signers_on_disk(base)
        records = collect(on_disk(state))
        reviewed = records if base == state else collect(on_disk(base))
    except Refused as refused:
        raise ConfigError(refused.reason, source=OWN_FOLDER) from None
    known, here = ({one.digest for one in ones} for ones in (reviewed, records))
    taken = tuple(one for one in reviewed if one.digest not in here)
    checked = [(one, check(one, signers, as_of=as_of)) for one in (*records, *taken)]
    return tuple(
        (one, signature)
        for one, signature in checked
        if signature.state == "verified" or one.digest in known or one.problem is not None
    )


def trusted_place(wanted: Wanted, states: States, path: Path) -> Path:
    """Return where a file that was named is read: in the base, where it lies in the repository."""
    if states.comparison is None:
        return path
    top = Git(wanted.root).top.resolve()
    depth = len(wanted.root.resolve().relative_to(top).parts)
    trusted = states.trusted.parents[depth - 1] if depth else states.trusted
    return _Moved(top, trusted).place(path)


@contextmanager
def of_the_base(wanted: Wanted, folders: Sequence[Path | None]) -> Iterator[tuple[Path | None, ...]]:
    """Give files and folders that a person names as the base has them, where they lie in the repository.

    Raises:
        NoScanError: the base is not in this clone.
    """
    if wanted.base is None or not any(folders):
        yield tuple(folders)
        return
    git = Git(Git(wanted.root).top)
    tree = git.tree(git.commit(wanted.base))
    with tempfile.TemporaryDirectory(prefix="modelscan-") as scratch:
        place = Path(scratch).resolve() / "base"
        moved = _Moved(git.top.resolve(), place)
        names = {folder: moved.inside(folder) for folder in folders if folder is not None}
        inside = tuple(f"{name}/" for name in names.values() if name is not None)
        place.mkdir()
        _refuse_links(tree, filter(None, names.values()))
        git.write(
            tree, place, [path for path in tree.blobs if f"{path}/".startswith(inside)] if inside else ()
        )
        yield tuple(folder and (place / name if (name := names[folder]) else folder) for folder in folders)


def _refuse_links(tree: Tree, names: Iterable[str]) -> None:
    """Refuse what decides how changes are judged where it is a link: it would be passed over without a word.

    Raises:
        ConfigError: one is.
    """
    links = {one.path for one in tree.unread}
    for name in names:
        parts = name.split("/")
        found = next((path for path in accumulate(parts, "{}/{}".format) if path in links), None)
        if found is not None:
            raise ConfigError(
                "it is a link, or a submodule, and these are not followed with --base",
                source=found,
                advice="put the file itself there, or name it with --config",
            )


def _may_configure(inside: Path) -> Iterator[str]:
    """Yield every path at which a configuration is looked for, from a folder upward."""
    for folder in (inside, *inside.parents):
        for name in (*FILE_NAMES, PROJECT):
            yield (folder / name).as_posix()


def skipped(config: Config, root: Path) -> tuple[str, ...]:
    """Return the patterns of paths that are not looked at; a policy names models and loads none."""
    own = Path(config.organisation) if config.organisation else None
    if own is None or not own.is_relative_to(root):
        return config.paths.skip
    return (*config.paths.skip, escape(own.relative_to(root).as_posix()))


class _Moved:
    """Where the files of a repository lie in a state of it."""

    def __init__(self, top: Path, state: Path) -> None:
        self._top, self.state = top, state

    def place(self, path: Path) -> Path:
        """Return where a file of the repository lies in the state; any other file where it is."""
        whole = Path(os.path.abspath(path))  # noqa: PTH100  a link in the repository is not followed
        parent = whole.parent.resolve() / whole.name
        return self.state / parent.relative_to(self._top) if parent.is_relative_to(self._top) else path

    def inside(self, path: Path) -> str | None:
        """Return the path of a file of the repository below its top; None: it lies elsewhere."""
        moved = self.place(path)
        return moved.relative_to(self.state).as_posix() if moved.is_relative_to(self.state) else None

    def inside_state(self, name: str | None) -> str | None:
        """Return the path below the top of a file that lies in the state; None: it lies elsewhere."""
        path = Path(name or "")
        return path.relative_to(self.state).as_posix() if path.is_relative_to(self.state) else None

    def back(self, path: Path) -> Path:
        """Return where a file named in the state is read: there, or beside the real repository."""
        if path.is_relative_to(self.state):
            return path
        relative = os.path.relpath(path, self.state)
        near = path.is_relative_to(self.state.parent)
        return Path(os.path.normpath(self._top / relative)) if near else path


def _written(git: Git, tree: Tree, folder: Path, earlier: list[tuple[Tree, Path]]) -> Path:
    """Write a tree into a folder; what an earlier one holds is the same file."""
    folder.mkdir()
    left: list[str] = []
    for path, blob in tree.blobs.items():
        source = next((place / path for one, place in earlier if one.blobs.get(path) == blob), None)
        if source is None:
            left.append(path)
            continue
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, place)
    git.write(tree, folder, left)
    return folder


class _Change(Value, frozen=True, kw_only=True):
    """Both ends of a change, as far as it may edit what it is judged by."""

    base: Tree
    head: Tree
    head_place: Path
    inside: Path
    """Of the folder that is checked, below the top."""

    config: Config


def _edits(wanted: Wanted, own: _Moved, change: _Change) -> Iterator[Edit]:
    """Yield the files that decide how changes are judged, and that differ between base and head."""
    for path, what in sorted(dict(_deciding(wanted, own, change)).items()):
        was, now = change.base.blobs.get(path), change.head.blobs.get(path)
        if was != now and not _same_section(own.state / path, change.head_place / path):
            content = tuple(blob.id if blob else "" for blob in (was, now))
            yield Edit(path=path, what=what, content=content)


def _deciding(wanted: Wanted, own: _Moved, change: _Change) -> Iterator[tuple[str, str]]:
    """Yield every file of the repository that decides how changes are judged, with what it decides."""
    every = {*change.base.blobs, *change.head.blobs}
    for folder in filter(None, map(own.inside, wanted.others)):
        below = (path for path in every if f"{path}/".startswith(f"{folder}/"))
        yield from ((path, "records, rules or use cases") for path in below)
    for path in every:
        if f"/{OWN_FOLDER}/{SIGNERS}" in f"/{path}":
            yield path, "whose signatures count"
        elif f"/{OWN_FOLDER}/{FOLDER}/" in f"/{path}" and path in change.base.blobs:
            yield path, "what was approved or rejected"
    named = {
        "which findings are old": own.inside(wanted.baseline) if wanted.baseline else None,
        "the organisation's policy": own.inside_state(change.config.organisation),
    }
    yield from ((path, what) for what, path in named.items() if path is not None)
    yield from ((path, _POLICY) for path in _configurations(wanted, own, change) if path is not None)


_POLICY = "policy, exceptions and corrections"


def _configurations(wanted: Wanted, own: _Moved, change: _Change) -> Iterator[str | None]:
    """Yield the configuration of the base, and the one that the head would have."""
    if wanted.named is not None:
        yield own.inside(wanted.named)
        return
    yield own.inside_state(change.config.origin)
    nearest = nearest_file(change.head_place / change.inside)
    yield nearest.relative_to(change.head_place).as_posix() if nearest else None


def _same_section(one: Path, other: Path) -> bool:
    """Whether two project files configure the same, whatever else differs in them."""
    both = one.name == PROJECT and one.exists() and other.exists()
    return both and section_of(one) == section_of(other)
