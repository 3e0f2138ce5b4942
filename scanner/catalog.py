# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Data folders to typed records: licences, Hub tags, links, families. Whatever is misspelt is refused.

The folders are ours (``licenses/``) and, with ``--catalogue DIR``, the user's own, of the same shape:
``records/<key>.yaml``, and ``texts/<key>.txt`` to be recognised by.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from scanner.data import folder
from scanner.errors import ConfigError, DataError
from scanner.guarded.strict import convert, document
from scanner.model.base import Value
from scanner.model.license import (
    CLAUSE_KINDS,
    Catalogue,
    DatasetTable,
    Family,
    License,
    LicenseLink,
    LicenseTag,
)
from scanner.stored import digest_of, stored

_Kind = TypeVar("_Kind")

STORE = "catalogue.msgpack"
"""Made by ``make data``."""


def load_catalogue(*, extra: Path | None = None) -> Catalogue:
    """Load our knowledge and, when given, the user's.

    Args:
        extra: A folder of the user with ``records/``; its records win over ours of the same key.

    Raises:
        ConfigError: a file of the user is wrong; the message names file and line.
        DataError: a file of ours is wrong.
    """
    place = folder("licenses")
    digest = digest_of(place, sources())
    try:
        ours = stored(place / STORE, digest, Knowledge, read_knowledge)
    except ConfigError as error:
        raise DataError(error.message, source=error.source, advice="reinstall modelscan-audit") from None
    own = tuple(_own_records(extra))
    _check_own(own, ours.records)
    records = {record.key: record for record in (*ours.records, *own)}
    return Catalogue(
        licenses=dict(sorted(records.items())),
        names=_names(records.values()),
        tags={tag.tag: tag for tag in ours.tags},
        links=ours.links,
        families=ours.families,
        datasets={name.lower(): one for one in ours.datasets.datasets for name in one.names},
        prescribed=_prescribed(records.values()),
        digest=_digest(digest, extra),
    )


class Knowledge(Value, frozen=True, kw_only=True):
    """What stands in our own folder."""

    records: tuple[License, ...]
    tags: tuple[LicenseTag, ...]
    links: tuple[LicenseLink, ...]
    families: tuple[Family, ...]
    datasets: DatasetTable


def sources() -> list[Path]:
    """Return the files that our own knowledge is read from."""
    place = folder("licenses")
    tables = [place / name for name in ("datasets.yaml", "links.yaml", "tags.yaml")]
    return [*_files(place / "records"), *_files(place / "families"), *tables]


def read_knowledge() -> Knowledge:
    """Read and check our own files.

    Raises:
        ConfigError: with file and line, and the nearest right word.
    """
    place = folder("licenses")
    return Knowledge(
        records=tuple(_records(place / "records")),
        tags=_table(place / "tags.yaml", tuple[LicenseTag, ...]),
        links=_table(place / "links.yaml", tuple[LicenseLink, ...]),
        families=tuple(map(_family, _files(place / "families"))),
        datasets=_table(place / "datasets.yaml", DatasetTable),
    )


def load_texts(extra: Path) -> Mapping[str, str]:
    """Return the user's licence texts by key: ``texts/<key>.txt``.

    Raises:
        ConfigError: a text has no record beside it, or cannot be read.
    """
    texts = {}
    for path in sorted((extra / "texts").glob("*.txt")):
        try:
            texts[path.stem] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"cannot be read: {error}", source=str(path)) from None
    return texts


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a licence record as it is written in YAML."""
    schema: dict[str, Any] = msgspec.json.schema(License)
    record = schema["$defs"]["License"]
    record["properties"].pop("key")
    record["required"].remove("key")
    nothing = {"type": "object", "properties": {"none": {"const": True}}, "required": ["none"]}
    for kind in CLAUSE_KINDS:
        one = record["properties"][kind]["items"]
        record["properties"][kind] = {"anyOf": [nothing, one, {"type": "array", "items": one, "minItems": 1}]}
    return schema


def _own_records(extra: Path | None) -> Iterator[License]:
    if extra is None:
        return
    if not (extra / "records").is_dir():
        raise ConfigError(
            "there is no folder records/ in it",
            source=str(extra),
            advice="put <key>.yaml files into records/",
        )
    yield from _records(extra / "records")


def _check_own(own: Sequence[License], ours: Sequence[License]) -> None:
    """Refuse a record of the user that takes a name of another licence of ours.

    Raises:
        ConfigError: a name, a tag or a card name stands for a licence with another key.
    """
    owners = {claim: record.key for record in ours for claim in _claims(record)}
    for record in own:
        for what, name in _claims(record):
            owner = owners.get((what, name), record.key)
            if owner != record.key:
                message = f"the {what} {name!r} is that of {owner}, which comes with the scanner"
                raise ConfigError(message, source=f"records/{record.key}.yaml")


def _records(place: Path) -> Iterator[License]:
    """Yield the records of a folder, each checked against those before it."""
    owners: dict[tuple[str, str], str] = {}
    for path in _files(place):
        record = load_record(path)
        for what, name in _claims(record):
            owner = owners.setdefault((what, name), record.key)
            if owner != record.key:
                raise ConfigError(f"the {what} {name!r} is also that of {owner}", source=path.name)
        yield record


def load_record(path: Path) -> License:
    """Return the licence record in one YAML file.

    Raises:
        ConfigError: with file and line, and the nearest right word for a misspelt one.
    """
    written = document(path)
    if not isinstance(written.value, dict):
        raise ConfigError("is no mapping", source=path.name)
    content = {
        name: _clauses(value) if name in CLAUSE_KINDS else value for name, value in written.value.items()
    }
    if "key" in content:
        raise ConfigError("the key is the file's name and does not stand in it", source=path.name)
    record = convert({"key": path.stem, **content}, License, path, written.lines)
    for kind in CLAUSE_KINDS:
        for clause in record.clauses(kind) or ():
            _check_pattern(clause.pattern, kind, path)
            _check_date(getattr(clause, "measured_month", None), f"{kind}.measured_month", path)
    _check_date(record.date, "date", path)
    _check_date(record.text.read_on, "text.read_on", path)
    return record


def _check_date(written: str | None, field: str, path: Path) -> None:
    """Refuse a day, month or year that does not exist."""
    if written is None:
        return
    try:
        dt.date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        raise ConfigError(f"{field}: {written!r} is no date", source=str(path)) from None


def _check_pattern(pattern: str | None, kind: str, path: Path) -> None:
    try:
        re.compile(pattern or "")
    except re.error as error:
        message = f"{kind}.pattern: {pattern!r} is no regular expression ({error})"
        raise ConfigError(message, source=str(path)) from None


def _clauses(value: object) -> object:
    """Return the clauses of one kind as a list: none, one or several stand in the file."""
    if value == {"none": True}:
        return []
    return [value] if isinstance(value, dict) else value


def _claims(record: License) -> Iterator[tuple[str, str]]:
    """Yield every name that may belong to one licence only, with what it is."""
    yield from (("name", name) for name in _distinct_names(record))
    yield from (("tag", tag.lower()) for tag in record.tags)
    yield from (("license_name", name.lower()) for name in record.license_names)


def _distinct_names(record: License) -> Iterator[str]:
    given = (record.key, record.spdx_id, record.scancode_key, *record.aliases)
    yield from dict.fromkeys(name.lower() for name in given if name)


def _names(records: Iterable[License]) -> dict[str, str]:
    return {name: record.key for record in records for name in _distinct_names(record)}


def _prescribed(records: Iterable[License]) -> dict[str, tuple[str, ...]]:
    every: dict[str, tuple[str, ...]] = {}
    for record in records:
        for words in record.prescribed:
            every[words] = (*every.get(words, ()), record.name)
    return every


def _table(path: Path, kind: type[_Kind]) -> _Kind:
    written = document(path)
    return convert(written.value or [], kind, path, written.lines)


def _family(path: Path) -> Family:
    written = document(path)
    if not isinstance(written.value, dict):
        raise ConfigError("is no mapping", source=path.name)
    return convert({"id": path.stem, **written.value}, Family, path, written.lines)


def _files(place: Path) -> Sequence[Path]:
    return sorted(place.glob("*.yaml"))


def _digest(ours: bytes, extra: Path | None) -> str:
    """Return one digest, in hex, over our files and the user's."""
    state = hashlib.sha256(ours)
    if extra is not None:
        state.update(digest_of(extra, [*_files(extra / "records"), *sorted((extra / "texts").glob("*.txt"))]))
    return state.hexdigest()
