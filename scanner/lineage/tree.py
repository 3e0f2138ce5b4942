# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The releases of the scanned tree, found by the names under which others speak of them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from scanner.lineage.names import Form, Name, named
from scanner.model.base import Value


class Found(Value, frozen=True, kw_only=True):
    """The releases that a name means."""

    paths: tuple[str, ...]
    """Several where the tree holds one repository more than once."""

    whole: bool
    """Whether the whole ``org/name`` is theirs; False: only the last part, and no other release ends so."""


class Tree:
    """Release paths by name."""

    def __init__(
        self,
        names_by_path: Mapping[str, str],
        lending: Collection[str] = (),
        digests_by_path: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Index the releases; those that only lend their terms are found by their whole name alone."""
        self._digests: defaultdict[str, set[str]] = defaultdict(set)
        for path, digests in (digests_by_path or {}).items():
            for digest in digests:
                self._digests[f"sha256:{digest}"].add(path)
        self._lending = frozenset(lending)
        self._names = {path: name.lower() for path, name in names_by_path.items()}
        self._whole: defaultdict[str, set[str]] = defaultdict(set)
        self._endings: defaultdict[str, set[str]] = defaultdict(set)
        self._unowned: defaultdict[str, set[str]] = defaultdict(set)
        for path, name in names_by_path.items():
            for spelling in spellings(path, name):
                self._whole[spelling].add(path)
            if path in lending:
                continue
            ending = _ending(name)
            self._endings[ending].add(path)
            if "/" not in name:
                self._unowned[ending].add(path)

    def name(self, path: str) -> str:
        """Return the name of a release in lower case."""
        return self._names.get(path, "")

    def find(self, name: Name, child: str) -> Found | None:
        """Return the releases that a name means, seen from the release that names it."""
        if name.form is Form.HUB:
            paths = self._whole.get(name.key, set()) - {child}
            # Another organisation's model of the same name is another model.
            like = self._only(self._unowned.get(name.tail, set()) - {child})
            if paths and paths <= self._lending and like is not None:
                # What the tree alone would have said is not lost by asking the Hub as well.
                return Found(paths=(*sorted(paths), *like.paths), whole=True)
            return Found(paths=tuple(sorted(paths)), whole=True) if paths else like
        if name.form is Form.DIGEST:
            paths = self._digests.get(name.key, set()) - {child}
            return Found(paths=tuple(sorted(paths)), whole=True) if paths else None
        if name.form is Form.WORDS and "/" in name.text:
            return None
        return self._only(self._endings.get(name.tail, set()) - {child})

    @staticmethod
    def _only(paths: set[str]) -> Found | None:
        return Found(paths=tuple(paths), whole=False) if len(paths) == 1 else None


def spellings(path: str, name: str) -> Iterator[str]:
    """Yield every ``org/name`` under which a release or a data set may be known, lower case."""
    lower = name.lower()
    if "/" in name:
        yield lower
        return
    yield from (lower.replace(mark, "/", 1) for mark in ("__", "--") if mark in lower)
    parts = path.lower().split("/")
    if parts[-1] == lower:
        yield "/".join(parts[-2:])


def _ending(name: str) -> str:
    read = named(name)
    return read.tail if read else name.lower()
