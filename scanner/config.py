# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The user's own configuration: use cases, policy and paths, each value remembering its origin.

``--config FILE`` wins, then the environment variable ``MODELSCAN_CONFIG``, then the nearest
``modelscan.yml`` or ``[tool.modelscan]`` in ``pyproject.toml`` from a folder upward to the top of
its git checkout. Both side by side are an error. A file inside a scanned release is never asked.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from scanner.errors import ConfigError
from scanner.guarded.strict import convert, load_own
from scanner.model.base import Value
from scanner.model.policy import Paths, Policy
from scanner.model.usecase import UseCase

FILE_NAMES = ("modelscan.yml", "modelscan.yaml")
VARIABLE = "MODELSCAN_CONFIG"


class Config(Value, frozen=True, kw_only=True):
    """What the user configured."""

    use_cases: tuple[UseCase, ...] = ()
    """Empty: none stated, the defaults of the product apply."""

    policy: Policy = Policy()
    paths: Paths = Paths()
    origin: str | None = None
    """The file it was read from, as a person would name it; None: built-in defaults."""

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
    file = _decode(_content(path), path)
    given = ((file.use_case,) if file.use_case else ()) + file.use_cases
    return Config(use_cases=_distinct(given, path), policy=file.policy, paths=file.paths, origin=str(path))


def load_use_case(path: Path) -> UseCase:
    """Return the use case in a file of its own (``--use-case FILE``), named after the file if nameless.

    Raises:
        ConfigError: the file cannot be read, or a value is wrong.
    """
    content = load_own(path)
    if isinstance(content, dict) and set(content) == {"use_case"}:
        content = content["use_case"]
    if isinstance(content, dict):
        content = {"id": path.stem, **content}
    return convert(content, UseCase, path)


def _nearest(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        found = [folder / name for name in FILE_NAMES if (folder / name).is_file()]
        project = folder / "pyproject.toml"
        if project.is_file() and _section(project) is not None:
            found.append(project)
        if len(found) > 1:
            names = " and ".join(path.name for path in found)
            raise ConfigError(
                f"{names} both configure modelscan",
                source=str(folder),
                advice="keep one of them, or name one with --config",
            )
        if found:
            return found[0]
        if (folder / ".git").exists():
            return None
    return None


def _content(path: Path) -> object:
    return _section(path) if path.suffix == ".toml" else load_own(path)


def _section(path: Path) -> object:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("modelscan")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot be read as TOML: {error}", source=str(path)) from None


def _decode(content: object, path: Path) -> File:
    return convert(content, File, path)


def _distinct(use_cases: tuple[UseCase, ...], path: Path) -> tuple[UseCase, ...]:
    seen: set[str] = set()
    for use_case in use_cases:
        if use_case.id in seen:
            raise ConfigError(f"two use cases have the id {use_case.id!r}", source=str(path))
        seen.add(use_case.id)
    return use_cases
