# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The user's own configuration: use cases, policy and paths, each value remembering its origin.

``--config FILE`` wins, then the environment variable ``MODELSCAN_CONFIG``, then the nearest
``modelscan.yml`` or ``[tool.modelscan]`` in ``pyproject.toml`` from a folder upward to the top of
its git checkout. Both side by side are an error. A file inside a scanned release is never asked.
"""

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from scanner.data import folder
from scanner.errors import ConfigError
from scanner.guarded.strict import convert, document, load_own, nearest
from scanner.model.base import Value
from scanner.model.curation import Curation
from scanner.model.license import Catalogue, Category
from scanner.model.policy import Paths, Policy
from scanner.model.release import Release
from scanner.model.usecase import UseCase

FILE_NAMES = ("modelscan.yml", "modelscan.yaml")
VARIABLE = "MODELSCAN_CONFIG"


class Config(Value, frozen=True, kw_only=True):
    """What the user configured."""

    use_cases: tuple[UseCase, ...] = ()
    """Empty: none stated, the defaults of the product apply."""

    policy: Policy = Policy()
    paths: Paths = Paths()
    curations: tuple[Curation, ...] = ()
    origin: str | None = None
    """The file it was read from, as a person would name it; None: built-in defaults."""

    by_place: bool = False
    """Whether the file was found from the working directory upward, and nobody named it."""

    @property
    def policy_digest(self) -> str:
        """Hex sha256 of the policy, the same for the same meaning however it is written."""
        return hashlib.sha256(msgspec.json.encode(self.policy, order="deterministic")).hexdigest()


class File(Value, frozen=True, kw_only=True):
    """The shape of the configuration file."""

    use_case: UseCase | None = None
    use_cases: tuple[UseCase, ...] = ()
    policy: Policy = Policy()
    paths: Paths = Paths()
    curations: tuple[Curation, ...] = ()


def load_config(start: Path, *, explicit: Path | None = None, environment: Mapping[str, str]) -> Config:
    """Return the configuration that holds for a working directory.

    Args:
        start: Folder from which the nearest file is looked for upward.
        explicit: The file named on the command line.
        environment: The process's environment.

    Raises:
        ConfigError: two files side by side, a file that cannot be read, or a value that is wrong.
    """
    named = explicit or (Path(environment[VARIABLE]) if environment.get(VARIABLE) else None)
    path = named or _nearest(start)
    if path is None:
        return Config()
    if not path.is_file():
        raise ConfigError("there is no such configuration file", source=str(path))
    file = _file(path)
    given = ((file.use_case,) if file.use_case else ()) + file.use_cases
    return Config(
        use_cases=tuple(_usable(one, path) for one in _distinct(given, path)),
        policy=file.policy,
        paths=file.paths,
        curations=_agreeing(
            tuple(_checked(one, place, path) for place, one in enumerate(file.curations, 1)), path
        ),
        origin=str(path),
        by_place=named is None,
    )


def comes_with(config: Config, release: Release) -> bool:
    """Whether a configuration that nobody named is a file of a release, and so its author's."""
    if config.origin is None or not config.by_place:
        return False
    own = Path(config.origin).resolve()
    alike = (one for one in release.artifacts if one.path.endswith(own.name))
    return any(Path(release.root, one.path).resolve() == own for one in alike)


def load_use_case(path: Path) -> UseCase:
    """Return the use case in a file of its own (``--use-case FILE``), named after the file if nameless.

    Raises:
        ConfigError: the file cannot be read, states nothing, or a value is wrong.
    """
    written = document(path)
    content, lines = written.value, written.lines
    if isinstance(content, dict) and set(content) == {"use_case"}:
        content = content["use_case"]
        lines = {place[1:]: line for place, line in lines.items()}
    if not content:
        advice = "state at least `commercial` and `acts`; examples/use-cases shows how"
        raise ConfigError("the file states no use case", source=str(path), advice=advice)
    if isinstance(content, dict):
        content = {"id": path.stem, **content}
    return _usable(convert(content, UseCase, path, lines), path)


def check_names(config: Config, catalogue: Catalogue, use_cases: tuple[UseCase, ...] = ()) -> None:
    """Refuse a policy or an agreement about a licence that does not exist: it would hold for nothing.

    Raises:
        ConfigError: with the nearest right word.
    """
    keys = {*catalogue.licenses, *catalogue.names.values()}
    words = keys | {category.value for category in Category}
    policy, source = config.policy, config.origin or "the policy"
    for field in ("allow", "deny", "review"):
        for word in getattr(policy, field) or ():
            _known(word, words, f"policy.{field}", source)
    for place, curation in enumerate(config.curations, 1):
        for word in curation.named:
            _known(catalogue.names.get(word.lower(), word), keys, f"curation {place}", source)
    for origin, every in ((source, config.use_cases), ("--use-case", use_cases)):
        for use_case in every:
            for agreement in use_case.agreements:
                _known(agreement.license, keys, f"agreements of use case {use_case.id!r}", origin)


_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


def _checked(curation: Curation, place: int, path: Path) -> Curation:
    """Return a correction that says for what, by whom and why.

    Raises:
        ConfigError: one of these is missing, or a digest or date is none.
    """
    problem = None
    if not curation.subject:
        problem = "names neither a release nor a digest"
    elif not curation.named or not all(word.strip() for word in curation.named):
        problem = "concludes no licence"
    elif curation.digest is not None and not _DIGEST.fullmatch(curation.digest):
        problem = f"the digest {curation.digest!r} is no sha256 of 64 hex digits"
    elif curation.date is not None and not _is_date(curation.date):
        problem = f"the date {curation.date!r} is none; write it as in 2026-11-25"
    else:
        empty = [name for name in ("reason", "evidence", "person") if not getattr(curation, name).strip()]
        problem = f"says nothing under {empty[0]!r}" if empty else None
    if problem:
        advice = "a correction names its release or digest, the licence, a reason, the evidence and a person"
        raise ConfigError(f"curation {place}: {problem}", source=str(path), advice=advice)
    return curation


def _agreeing(curations: tuple[Curation, ...], path: Path) -> tuple[Curation, ...]:
    """Return corrections of which no two say different things of the same component.

    Raises:
        ConfigError: two of them do.
    """
    said: dict[tuple[str, str, str], tuple[int, set[str]]] = {}
    for place, one in enumerate(curations, 1):
        subject = ((one.release or "").lower(), (one.digest or "").lower(), one.component.value)
        first, named = said.setdefault(subject, (place, set(one.named)))
        if named != set(one.named):
            message = f"curations {first} and {place} conclude different things of {one.subject}"
            raise ConfigError(message, source=str(path), advice="keep the one that holds")
    return curations


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _known(word: str, words: set[str], place: str, source: str) -> None:
    if word not in words:
        message = f"{place}: {word!r} is no licence key or category of the catalogue{nearest(word, words)}"
        raise ConfigError(message, source=source, advice="`modelscan licenses list` shows the keys")


def _usable(use_case: UseCase, path: Path) -> UseCase:
    """Return a use case whose words mean something.

    Raises:
        ConfigError: no act is planned, or a country does not exist.
    """
    if use_case.acts == ():
        advice = "name the planned acts, or leave the key out while they are not known"
        raise ConfigError(f"use case {use_case.id!r} plans no act", source=str(path), advice=advice)
    for country in _named_countries(use_case):
        problem = country_problem(country)
        if problem:
            message = f"use case {use_case.id!r}: {problem}"
            raise ConfigError(message, source=str(path), advice="use codes of two letters, as in DE or US")
    return use_case


def country_problem(country: str) -> str | None:
    """Return what is wrong with a country code, with the right one where it is known what is meant."""
    places = _countries()
    if country in places["countries"]:
        return None
    meant = places["mistaken"].get(country)
    return f"{country!r} is no country code of ISO 3166-1" + (f"; {meant}" if meant else "")


def _named_countries(use_case: UseCase) -> Iterator[str]:
    if use_case.establishment is not None:
        yield use_case.establishment
    yield from use_case.deployment or ()


@cache
def _countries() -> Mapping[str, Any]:
    places: Mapping[str, Any] = load_own(folder("rules") / "territories.yaml")
    return places


def _nearest(start: Path) -> Path | None:
    for place in (start, *start.parents):
        found = [place / name for name in FILE_NAMES if (place / name).is_file()]
        project = place / "pyproject.toml"
        if project.is_file() and _section(project) is not None:
            found.append(project)
        if len(found) > 1:
            names = " and ".join(path.name for path in found)
            raise ConfigError(
                f"{names} both configure modelscan",
                source=str(place),
                advice="keep one of them, or name one with --config",
            )
        if found:
            return found[0]
        if (place / ".git").exists():
            return None
    return None


def _section(path: Path) -> object:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("modelscan")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot be read as TOML: {error}", source=str(path)) from None


def _file(path: Path) -> File:
    """Return what a configuration file says, in YAML or as a section of ``pyproject.toml``."""
    if path.suffix == ".toml":
        return convert(_section(path), File, path)
    written = document(path)
    return convert(written.value, File, path, written.lines)


def _distinct(use_cases: tuple[UseCase, ...], path: Path) -> tuple[UseCase, ...]:
    seen: set[str] = set()
    for use_case in use_cases:
        if use_case.id in seen:
            raise ConfigError(f"two use cases have the id {use_case.id!r}", source=str(path))
        seen.add(use_case.id)
    return use_cases
