# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan.lock``, read strictly and written so that a review can read its difference.

The law: ``read_lock(write of lock_text(lock)) == lock``, and the same models give the same bytes.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from scanner.guarded.strict import Problem, convert, document, refuse
from scanner.guarded.yaml import written
from scanner.model.gate import Dependency
from scanner.model.lock import LOCK_VERSION, Lock, LockEntry
from scanner.model.reference import ReferenceKind

_HEAD = """\
# Written by `modelscan lock`; reviewed like code, not edited by hand. `modelscan check` judges what stands
# here anew, and `modelscan check --base` believes no entry that the change itself brings.
"""


def read_lock(path: Path) -> Lock | None:
    """Return the lock of a repository; None: it has none.

    Raises:
        ConfigError: it is damaged, with the line and what is wrong there.
    """
    if not path.exists():
        return None
    found = document(path)
    lock = convert(found.value, Lock, path, found.lines, strict=False)
    refuse(_problems(lock), path, found.lines)
    return lock


def lock_text(lock: Lock) -> str:
    """Return a lock as YAML, sorted."""
    models = sorted(lock.models, key=lambda one: (one.id.casefold(), one.requested or ""))
    plain = msgspec.to_builtins({"version": LOCK_VERSION, "models": models}, str_keys=True, enc_hook=None)
    return _HEAD + written(plain)


def unlocked(dependencies: Iterable[Dependency], lock: Lock) -> tuple[Dependency, ...]:
    """Return the models that a repository names and its lock does not hold."""
    return tuple(
        one
        for one in dependencies
        if one.kind is ReferenceKind.MODEL and one.id is not None and lock.entry(one.id, one.revision) is None
    )


def unreferenced(lock: Lock, dependencies: Iterable[Dependency]) -> tuple[LockEntry, ...]:
    """Return the entries that nothing in the repository names any more."""
    named = {(one.id.casefold(), one.revision) for one in dependencies if one.id is not None}
    return tuple(one for one in lock.models if (one.id.casefold(), one.requested) not in named)


def _problems(lock: Lock) -> Iterator[Problem]:
    seen: set[tuple[str, str | None]] = set()
    for number, one in enumerate(lock.models):
        key = (one.id.casefold(), one.requested)
        if key in seen:
            yield ("models", number, "id"), f"{one.id!r} stands twice with the same requested revision"
        seen.add(key)


__all__ = ["lock_text", "read_lock", "unlocked", "unreferenced"]
