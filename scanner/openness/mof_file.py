# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The YAML of the Model Openness Tool, read and written.

The law: ``parse(written_out(file))`` is the same file. A licence counts only when its name is an SPDX
identifier to the letter. Its order: the component's own, the one for its kind of content, the one for the
whole distribution. A component whose own licence is empty is unlicensed, as the tool has it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec import UNSET, UnsetType, field

from scanner.errors import ConfigError
from scanner.guarded.files import read_bounded
from scanner.guarded.refused import Refused
from scanner.guarded.strict import convert, nearest
from scanner.guarded.text import decode
from scanner.guarded.yaml import Document, load_untrusted, written
from scanner.model.base import Evidence, Value
from scanner.model.openness import ComponentState, MofAssessment, Presence
from scanner.openness.mof import MofComponent, classify, mof_table
from scanner.openness.tables import accepted_ids, plain_id

LIMIT = 1_000_000
"""Bytes of one file; those of the tool's catalogue are below 20,000."""

FILE_NAMES = frozenset({"mof.yml", "mof.yaml"})
"""Of the author's own file in a release, in lower case."""

_Word = str | int | bool | None
"""A scalar; a version such as ``7`` is written without quotes."""


class Head(Value, frozen=True, kw_only=True):
    """``framework``."""

    name: Literal["Model Openness Framework"]
    version: _Word = None
    date: _Word = None


class Named(Value, frozen=True, kw_only=True):
    """One licence that holds for a whole kind of content."""

    name: str | None = None
    path: str | None = None


class Global(Value, frozen=True, kw_only=True):
    """``release.license``."""

    distribution: Named | None = None
    code: Named | None = None
    data: Named | None = None
    document: Named | None = None


class Listed(Value, frozen=True, kw_only=True):
    """One entry of ``release.components``."""

    name: str
    description: str | None = None
    component_path: str | None = None
    license: str | UnsetType | None = UNSET
    license_path: str | None = None


class Described(Value, frozen=True, kw_only=True):
    """``release``."""

    name: str
    version: _Word = None
    date: _Word = None
    type: str | None = None
    architecture: str | None = None
    treatment: str | None = None
    origin: str | None = None
    producer: str | None = None
    contact: str | None = None
    repository: str | None = None
    huggingface: str | None = None
    license: Global | None = field(default=None)
    components: tuple[Listed, ...] | None = None


class MofFile(Value, frozen=True, kw_only=True):
    """One file of the Model Openness Tool."""

    framework: Head
    release: Described


def read_mof(path: Path) -> MofFile:
    """Read a file of the Model Openness Tool, which anybody may have written.

    Raises:
        ConfigError: with file, line, the place in the file and the nearest right word.
    """
    try:
        decoded = decode(read_bounded(path, LIMIT))
    except Refused as refused:
        raise ConfigError(refused.reason, source=str(path)) from None
    if decoded.binary:
        raise ConfigError("this is no text", source=str(path))
    return parse_mof(decoded.text, path)


def parse_mof(text: str, name: Path) -> MofFile:
    """Read the text of a file of the Model Openness Tool.

    Args:
        text: The whole file.
        name: Of the file, for messages.

    Raises:
        ConfigError: with file, line, the place in the file and the nearest right word.
    """
    try:
        document = load_untrusted(text, resolve=True)
    except Refused as refused:
        raise ConfigError(refused.reason, source=f"{name}:{refused.line or 1}") from None
    for duplicate in document.duplicates:
        raise ConfigError(
            f"the key {_place(duplicate.place)} stands twice", source=f"{name}:{duplicate.line}"
        )
    return _checked(convert(document.value, MofFile, name, document.lines), document, name)


def _place(place: tuple[str | int, ...]) -> str:
    """Return a place as ``release.components[2].name``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".")


def _checked(file: MofFile, document: Document, path: Path) -> MofFile:
    """Refuse what is no component of the framework, and one that is listed twice.

    Raises:
        ConfigError: with the line and the nearest right name.
    """
    names = {component.name for component in mof_table().components}
    seen: set[str] = set()
    for number, listed in enumerate(file.release.components or ()):
        place = ("release", "components", number, "name")
        source = f"{path}:{document.lines.get(place, 1)}"
        if listed.name not in names:
            problem = f"{listed.name!r} is no component of the framework{nearest(listed.name, names)}"
            raise ConfigError(f"{_place(place)}: {problem}", source=source)
        if listed.name in seen:
            raise ConfigError(f"{_place(place)}: {listed.name!r} is listed twice", source=source)
        seen.add(listed.name)
    return file


def states(file: MofFile, shown: str = "") -> tuple[ComponentState, ...]:
    """Return the components that a file lists, each with the licence that holds for it.

    Args:
        file: What was read.
        shown: Path of the file for the evidence; empty: none is given.
    """
    return tuple(_states(file, shown))


def _states(file: MofFile, shown: str) -> Iterator[ComponentState]:
    listed = {entry.name: entry for entry in file.release.components or ()}
    for component in mof_table().components:
        entry = listed.get(component.name)
        if entry is None:
            continue
        license_, whence = _license(entry, component, file.release.license or Global())
        accepted, conditional, why = judged(license_, component)
        yield ComponentState(
            id=component.id,
            presence=Presence.REVIEWED,
            license=license_,
            path=entry.component_path or None,
            accepted=accepted,
            conditional=conditional,
            why=f"{why}{whence}",
            evidence=(Evidence(path=shown, reader="mof-file", quote=license_),) if shown else (),
        )


def _license(entry: Listed, component: MofComponent, all_: Global) -> tuple[str | None, str]:
    """Return the licence of one entry by the tool's order, and where it comes from in words."""
    if entry.license is not UNSET and entry.license is not None:
        return entry.license or None, ""
    for named, whence in (
        (getattr(all_, component.kind), f", as all {_PLURAL[component.kind]} of the release"),
        (all_.distribution, ", as the whole distribution"),
    ):
        if named is not None and named.name:
            return named.name, whence
    return None, ""


_PLURAL: Mapping[str, str] = {"code": "code", "data": "data", "document": "documents"}


def judged(license_: str | None, component: MofComponent) -> tuple[bool, bool, str]:
    """Return whether a licence is accepted for a component, whether on condition, and why."""
    if license_ is None or license_.strip().lower() in mof_table().no_license:
        return False, False, "under no licence"
    kinds = accepted_ids().get(license_)
    if kinds is None:
        return False, False, f"under {license_}, which the framework does not accept{_meant(license_)}"
    if component.kind in kinds:
        return True, False, f"under {license_}"
    made = " and ".join(_PLURAL[kind] for kind in sorted(kinds))
    return True, True, f"under {license_}, which is accepted and made for {made}: a conditional pass"


def _meant(license_: str) -> str:
    """Return the identifier that a name nearly is; such a name is not taken for it."""
    plain = plain_id(license_.strip().replace(" ", "-"))
    same = [id_ for id_ in accepted_ids() if id_.lower() in {plain, f"{plain}.0"}]
    return f"; did you mean {same[0]!r}?" if same else ""


def classified(file: MofFile, shown: str = "") -> MofAssessment:
    """Return the class that a file of the tool reaches by what it says."""
    return classify(states(file, shown))


def written_out(file: MofFile) -> str:
    """Return a file of the tool as YAML, in the tool's own order of keys."""
    release = file.release
    described = {
        name: value
        for name in Described.__struct_fields__
        if name not in {"license", "components"} and (value := getattr(release, name)) is not None
    }
    all_ = release.license or Global()
    licenses = {
        name: _some(named) for name in Global.__struct_fields__ if (named := getattr(all_, name)) is not None
    }
    return written(
        {
            "framework": _some(file.framework),
            "release": {
                **described,
                "license": licenses,
                "components": [_some(entry) for entry in release.components or ()],
            },
        }
    )


def _some(value: Value) -> dict[str, object]:
    """Return the fields of a value that say something."""
    fields = ((name, getattr(value, name)) for name in value.__struct_fields__)
    return {name: one for name, one in fields if one is not None and one is not UNSET}
