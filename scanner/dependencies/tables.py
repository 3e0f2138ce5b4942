# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``rules/references/`` as typed tables: which calls, commands and keys name a model."""

import re
from collections.abc import Mapping
from fnmatch import translate
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import field

from scanner.data import folder
from scanner.errors import ConfigError, DataError
from scanner.guarded.strict import convert, document
from scanner.model.base import Value
from scanner.model.reference import ReferenceKind
from scanner.model.release import Confidence

_Kind = TypeVar("_Kind")


class Holder(Value, frozen=True, kw_only=True):
    """Which argument holds the name."""

    keywords: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    position: int | None = None


class Entry(Value, frozen=True, kw_only=True):
    """What all surfaces know of one API."""

    name: str
    kind: ReferenceKind = ReferenceKind.MODEL
    scheme: str = "hub"
    """What a name stands for that says nothing itself."""

    organisation: str | None = None
    """Before a name without one."""

    strict: bool = False
    """Only ``org/name`` counts; anything else is no reference, rather than an unresolved one."""

    tag: bool = False
    """A ``:word`` after the name is a variant."""

    optional: bool = False
    """A call without the argument names nothing."""

    confidence: Confidence = Confidence.HIGH
    revision: tuple[str, ...] = ("revision",)
    repo_type: tuple[str, ...] = ()
    excluded: tuple[str, ...] = field(name="not", default=())
    """Values that name nothing."""

    examples: Mapping[str, str] = {}
    rejects: tuple[str, ...] = ()


class Call(Entry, frozen=True, kw_only=True):
    """One call of Python or JavaScript."""

    names: tuple[str, ...]
    modules: tuple[str, ...] = ()
    """Packages that the called name must come from; none: any."""

    needs: tuple[str, ...] = ()
    """Words one of which the file must hold."""

    id: Holder


class Command(Entry, frozen=True, kw_only=True):
    """One command of a shell."""

    command: tuple[str, ...]
    id: Holder
    flags: tuple[str, ...] = ()
    """Options that take no value."""

    pairs: tuple[str, ...] = ()
    """The value is ``key=value,...``, and these keys hold the name."""


class Options(Value, frozen=True, kw_only=True):
    """Options that mean the same under any command."""

    model: tuple[str, ...]
    dataset: tuple[str, ...]
    pairs: tuple[str, ...]
    revision: tuple[str, ...]


class Commands(Value, frozen=True, kw_only=True):
    """``commands.yaml``."""

    commands: tuple[Command, ...]
    options: Options
    variables: tuple[str, ...]


class Key(Entry, frozen=True, kw_only=True):
    """One key of a configuration file."""

    keys: tuple[str, ...]
    """``#`` is an item of a list."""

    under: tuple[str, ...] = ()
    direct: bool = False
    """The key of ``under`` must be the very next above."""

    files: tuple[str, ...] = ()
    relative: bool = False
    """The value is a path from where the file lies."""

    file: str = "file.yaml"
    """Name of the file in the examples."""


class Placeholders(Value, frozen=True, kw_only=True):
    """Patterns of names that a reader has to replace."""

    organisations: tuple[str, ...]
    names: tuple[str, ...]


class Names(Value, frozen=True, kw_only=True):
    """``names.yaml``."""

    legacy: tuple[str, ...]
    media: tuple[str, ...]
    placeholders: Placeholders
    hosted: tuple[str, ...]
    routes: Mapping[str, str]
    weights: tuple[str, ...]


class Urls(Value, frozen=True, kw_only=True):
    """``urls.yaml``."""

    hub: tuple[str, ...]
    reserved: frozenset[str]
    modelscope: tuple[str, ...]
    civitai: tuple[str, ...]
    weights: tuple[str, ...]
    examples: Mapping[str, str] = {}
    rejects: tuple[str, ...] = ()


class Files(Value, frozen=True, kw_only=True):
    """``files.yaml``."""

    surfaces: Mapping[str, tuple[str, ...]]
    ours: frozenset[str]
    """Names of our own files, which name models and load none."""

    configures: frozenset[str]
    """Their keys; a file with others is somebody else's."""

    skipped: frozenset[str]
    binary: frozenset[str]
    tiers: Mapping[Literal["tests", "example", "docs"], tuple[str, ...]]


class Tables(Value, frozen=True, kw_only=True):
    """All of ``rules/references/``."""

    python: tuple[Call, ...]
    javascript: tuple[Call, ...]
    commands: Commands
    configs: tuple[Key, ...]
    names: Names
    urls: Urls
    files: Files
    digest: str
    """sha256 over the files, in hex."""


@cache
def tables() -> Tables:
    """Return the tables.

    Raises:
        DataError: the installation is damaged.
    """
    place = folder("rules") / "references"
    state = sha256()
    for path in sorted(place.glob("*.yaml")):
        state.update(path.read_bytes())
    try:
        return Tables(
            python=_table(place / "python.yaml", tuple[Call, ...]),
            javascript=_table(place / "javascript.yaml", tuple[Call, ...]),
            commands=_table(place / "commands.yaml", Commands),
            configs=_table(place / "configs.yaml", tuple[Key, ...]),
            names=_table(place / "names.yaml", Names),
            urls=_table(place / "urls.yaml", Urls),
            files=_table(place / "files.yaml", Files),
            digest=state.hexdigest(),
        )
    except ConfigError as error:
        raise DataError(error.message, source=error.source, advice="reinstall modelscan-audit") from None


def _table(path: Path, kind: type[_Kind]) -> _Kind:
    written = document(path)
    return convert(written.value, kind, path, written.lines)


@cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one expression that matches what any of some shell patterns does, whatever the case."""
    return re.compile("|".join(map(translate, patterns)) or r"(?!)", re.IGNORECASE)


@cache
def by_last(language: Literal["python", "javascript"]) -> Mapping[str, tuple[Call, ...]]:
    """Return the calls of a language by the last part of their names, in the order of the table."""
    table = tables().python if language == "python" else tables().javascript
    found: dict[str, tuple[Call, ...]] = {}
    for call in table:
        for last in dict.fromkeys(name.rpartition(".")[2] for name in call.names):
            found[last] = (*found.get(last, ()), call)
    return found


def fitting(language: Literal["python", "javascript"], dotted: str, text: str, *, known: bool) -> Call | None:
    """Return the first entry that a called name fits.

    Args:
        language: Whose table.
        dotted: The called name, with what was imported in place of its alias; ``?`` for what has no name.
        text: Of the whole file.
        known: Whether imports were resolved; else a package's name anywhere in the file will do.
    """
    parts = dotted.split(".")
    for call in by_last(language).get(parts[-1], ()):
        if not any(_ends(parts, name.split(".")) for name in call.names):
            continue
        if call.needs and not _holds(call.needs, text):
            continue
        if call.modules and not (set(call.modules) & set(parts[:-1]) if known else _named(call, text)):
            continue
        return call
    return None


def _ends(parts: list[str], name: list[str]) -> bool:
    """Tell whether a called name is a table's: its last part, and its first where the table names one."""
    return parts[-1] == name[-1] and (len(name) == 1 or name[-2] in parts[:-1])


def _named(call: Call, text: str) -> bool:
    return _holds(call.modules, text)


@lru_cache(maxsize=64)
def _holds(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)
