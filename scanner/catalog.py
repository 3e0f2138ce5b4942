# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Data folders to typed records: licences, Hub tags, links, families. Whatever is misspelt is refused.

Loading is lazy: of each licence its heading is at hand, its record is decoded when it is first asked for.

The folders are ours (``licenses/``) and, with ``--catalogue DIR``, the user's own, of the same shape:
``records/<key>.yaml``, and ``texts/<key>.txt`` to be recognised by. A name belongs to one licence only; a
record of the user takes the place of ours when it says so (``replaces: <key>``), never by its name alone.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from scanner.codes import currency_problem, place_problem
from scanner.data import folder
from scanner.errors import ConfigError, DataError
from scanner.guarded.patterns import pattern_problem
from scanner.guarded.strict import Problem, convert, document, is_date, nearest, refuse, where
from scanner.guarded.yaml import MAX_CHARACTERS, Place, read_own
from scanner.model.base import Value
from scanner.model.license import (
    CLAUSE_KINDS,
    Catalogue,
    Clause,
    DatasetTable,
    Family,
    License,
    LicenseHeading,
    LicenseLink,
    LicenseTag,
    RevenueThreshold,
    ShapeTable,
    Territory,
    UserThreshold,
)
from scanner.stored import digest_of, stored

_Kind = TypeVar("_Kind")

STORE = "catalogue.msgpack"
"""Made by ``make data``."""


def load_catalogue(*, extra: Path | None = None) -> Catalogue:
    """Load our knowledge and, when given, the user's.

    Args:
        extra: A folder of the user with ``records/``.

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
    own = () if extra is None else tuple(_own_records(extra, ours))
    headings = dict(sorted({one.key: one for one in (*ours.headings, *own)}.items()))
    return Catalogue(
        licenses=Records(headings, ours.records, own),
        table=headings,
        names=_names(headings.values()),
        tags={tag.tag: tag for tag in (*ours.tags, *_tags(own))},
        links=ours.links,
        families=ours.families,
        datasets={name.lower(): one for one in ours.datasets.datasets for name in one.names},
        shapes=ours.shapes,
        prescribed=_prescribed(
            headings.values(), {**ours.prescribed, **{one.key: one.prescribed for one in own}}
        ),
        digest=_digest(digest, extra),
    )


class Knowledge(Value, frozen=True, kw_only=True):
    """What stands in our own folder."""

    headings: tuple[LicenseHeading, ...]
    records: Mapping[str, bytes]
    """Each record by key, whole, as MessagePack of its own."""

    prescribed: Mapping[str, tuple[str, ...]]
    """The words that a licence prescribes, by its key; licences that prescribe none are left out."""

    tags: tuple[LicenseTag, ...]
    links: tuple[LicenseLink, ...]
    families: tuple[Family, ...]
    datasets: DatasetTable
    shapes: ShapeTable


class Records(Mapping[str, License]):
    """Licence records by key, each decoded when it is first asked for and then kept."""

    def __init__(self, keys: Iterable[str], encoded: Mapping[str, bytes], own: Iterable[License]) -> None:
        """Keep what the records are made from.

        Args:
            keys: Of all records, in their order.
            encoded: Ours, as :class:`Knowledge` holds them.
            own: The user's, which go before ours.
        """
        self._keys = dict.fromkeys(keys)
        self._encoded = encoded
        self._decoded = {record.key: record for record in own}

    @property
    def decoded(self) -> Sequence[str]:
        """Keys of the records that were asked for so far, and of the user's."""
        return tuple(self._decoded)

    def __getitem__(self, key: str) -> License:
        """Return a record.

        Raises:
            KeyError: there is none with this key.
            DataError: the store is damaged.
        """
        known = self._decoded.get(key)
        if known is None:
            try:
                known = _DECODER.decode(self._encoded[key])
            except msgspec.MsgspecError as error:
                message = f"the record {key!r} cannot be read from {STORE}: {error}"
                raise DataError(message, advice="reinstall modelscan-audit") from None
            self._decoded[key] = known
        return known

    def __contains__(self, key: object) -> bool:
        """Whether there is such a record; it is not decoded for that."""
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._keys)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._keys)


_DECODER = msgspec.msgpack.Decoder(License)


def sources() -> list[Path]:
    """Return the files that our own knowledge is read from."""
    place = folder("licenses")
    tables = [place / name for name in ("datasets.yaml", "links.yaml", "shapes.yaml", "tags.yaml")]
    return [*_files(place / "records"), *_files(place / "families"), *tables]


def read_knowledge() -> Knowledge:
    """Read and check our own files.

    Raises:
        ConfigError: with file and line, and the nearest right word.
    """
    place = folder("licenses")
    records = tuple(_records(place / "records"))
    return Knowledge(
        headings=tuple(map(_heading, records)),
        records={record.key: msgspec.msgpack.encode(record) for record in records},
        prescribed={record.key: record.prescribed for record in records if record.prescribed},
        tags=_table(place / "tags.yaml", tuple[LicenseTag, ...]),
        links=_table(place / "links.yaml", tuple[LicenseLink, ...]),
        families=tuple(map(_family, _files(place / "families"))),
        datasets=_table(place / "datasets.yaml", DatasetTable),
        shapes=_table(place / "shapes.yaml", ShapeTable),
    )


def load_texts(extra: Path, catalogue: Catalogue) -> Mapping[str, str]:
    """Return the user's licence texts by key: ``texts/<key>.txt``.

    Raises:
        ConfigError: a text has no record, or cannot be read.
    """
    texts = {}
    for path in _texts(extra):
        if path.suffix != ".txt":
            raise ConfigError("a text is named <key>.txt", source=str(path))
        if path.stem not in catalogue.licenses:
            message = f"there is no record {path.stem!r}{nearest(path.stem, catalogue.licenses)}"
            raise ConfigError(message, source=str(path), advice=f"write records/{path.stem}.yaml")
        texts[path.stem] = read_own(path, MAX_CHARACTERS)
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


def _heading(record: License) -> LicenseHeading:
    return LicenseHeading(**{name: getattr(record, name) for name in LicenseHeading.__struct_fields__})


def _own_records(extra: Path, ours: Knowledge) -> Iterator[License]:
    """Yield the user's records, each checked against those before it and against ours.

    Raises:
        ConfigError: a file is wrong, or takes a name that is taken without saying that it replaces its owner.
    """
    paths = _own_files(extra)
    replaced = {path.stem for path in paths}
    source = folder("licenses") / "records"
    owners = {
        (what, name): (record.key, source / f"{record.key}.yaml")
        for record in ours.headings
        if record.key not in replaced
        for _, what, name in _claims(record)
    }
    for path in paths:
        record, lines = _read_record(path)
        _claim(record, path, lines, owners)
        refuse(_own_problems(record, ours), path, lines)
        yield record


def _own_files(extra: Path) -> Sequence[Path]:
    """Return the files of the user's records; one that stands in another place is not passed over in silence.

    Raises:
        ConfigError: there is no record, or one in another place.
    """
    place = extra / "records"
    if not place.is_dir():
        advice = "put <key>.yaml files into records/"
        raise ConfigError("there is no folder records/ in it", source=str(extra), advice=advice)
    beside = (path for path in _files(extra) if _is_like_a_record(path))
    for path in (*beside, *_files(extra / "texts"), *sorted(place.glob("*/*.y*ml"))):
        raise ConfigError("a record is not read here", source=str(path), advice=f"put it into {place}")
    paths = _files(place)
    if not paths and not _texts(extra):
        advice = "put <key>.yaml files into records/; CONTRIBUTING.md says what stands in one"
        raise ConfigError("there is no record in it", source=str(extra), advice=advice)
    return paths


def _is_like_a_record(path: Path) -> bool:
    """Whether a file beside the folder of records was meant to be one; other YAML may well stand there."""
    try:
        text = read_own(path, MAX_CHARACTERS)
    except ConfigError:
        return False
    return {"name", "family", "category"} <= set(re.findall(r"^(\w+):", text, re.MULTILINE))


def _own_problems(record: License, ours: Knowledge) -> Iterator[Problem]:
    """Yield where a record of the user does not fit our knowledge."""
    if not _KEY.fullmatch(record.key):
        yield (), f"the file's name is the key: small letters, figures, - and . alone, not {record.key!r}"
    theirs = {one.key: one for one in ours.headings}
    other = theirs.get(record.key)
    if record.replaces not in (None, record.key) or (record.replaces and other is None):
        told = "a record takes the place of the one of ours whose key, so whose file name, it has"
        yield ("replaces",), f"{told}; {record.replaces!r} is none{nearest(record.replaces, theirs)}"
    if other is not None and record.replaces != record.key:
        file = folder("licenses") / "records" / f"{other.key}.yaml"
        say = f"choose another name, or write replaces: {other.key} when it is to take its place"
        yield (), f"the key {record.key!r} is that of {other.name} ({file}); {say}"
    tags = {tag.tag: tag for tag in ours.tags}
    for place, what, name in _claims(record):
        tag = tags.get(name)
        if tag is not None and set(tag.keys) != {record.key} and (tag.keys or tag.spdx is None):
            stands = f"stands for {', '.join(tag.keys)}" if tag.keys else "names no licence"
            yield (
                place,
                f"the {what} {name!r} is a Hub tag that {stands} ({folder('licenses') / 'tags.yaml'})",
            )
    families = {one.family for one in ours.headings}
    hint = nearest(record.family, families, cutoff=0.8)
    if record.family not in families and hint and not record.key.startswith(record.family):
        yield ("family",), f"{record.family!r} is no family of the catalogue{hint}"


def _records(place: Path) -> Iterator[License]:
    """Yield our records, each checked against those before it."""
    owners: dict[tuple[str, str], tuple[str, Path]] = {}
    for path in _files(place):
        record = load_record(path)
        _claim(record, path, None, owners)
        yield record


def _claim(
    record: License,
    path: Path,
    lines: Mapping[Place, int] | None,
    owners: dict[tuple[str, str], tuple[str, Path]],
) -> None:
    """Note whose the names of a record are.

    Raises:
        ConfigError: one of them is that of another record; both files are named.
    """
    for field, what, name in _claims(record):
        owner, other = owners.setdefault((what, name), (record.key, path))
        if other != path:
            message = f"the {what} {name!r} is that of {owner} ({other})"
            raise ConfigError(message, source=where(path, lines, field))


def load_record(path: Path) -> License:
    """Return the licence record in one YAML file.

    Raises:
        ConfigError: with file and line, and the nearest right word for a misspelt one.
    """
    return _read_record(path)[0]


def _read_record(path: Path) -> tuple[License, Mapping[Place, int]]:
    """Return the record with the line of every value of its file."""
    written = document(path)
    refuse(_written_problems(written.value), path, written.lines)
    content = {
        name: _clauses(value) if name in CLAUSE_KINDS else value for name, value in written.value.items()
    }
    record = convert({"key": path.stem, **content}, License, path, written.lines)
    refuse(_problems(record), path, written.lines)
    return record, written.lines


_KEY = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_NO_CLAUSE = {"none": True}
_NONE = "write {none: true} alone where the text has no such clause; leave out what was not read for"


def _written_problems(value: object) -> Iterator[Problem]:
    """Yield what is wrong with a record before it is one."""
    if not isinstance(value, dict):
        yield (), "a record is a mapping, as in name: The Acme License"
        return
    if "key" in value:
        yield ("key",), "the key is the file's name and does not stand in it"
    for kind in CLAUSE_KINDS:
        clauses = value.get(kind, _NO_CLAUSE)
        if clauses != _NO_CLAUSE and (not clauses or (isinstance(clauses, dict) and "none" in clauses)):
            yield (kind,), _NONE


def _problems(record: License) -> Iterator[Problem]:
    """Yield what is wrong with a record beyond the types of its fields."""
    for place, date in ((("date",), record.date), (("text", "read_on"), record.text.read_on)):
        if date is not None and not is_date(f"{date}-01-01"[:10]):
            yield place, f"{date!r} is no date; write it as in 2025-04-05"
    for kind in CLAUSE_KINDS:
        clauses = getattr(record, kind)
        if clauses is not UNSET and record.text.status == "not_read":
            yield (kind,), "nothing is known of the clauses of a text that was not read (text.status)"
        for number, clause in enumerate(clauses or ()):
            for inside, problem in _clause_problems(clause):
                yield (kind, number, *inside), problem


def _clause_problems(clause: Clause) -> Iterator[Problem]:
    problem = None if clause.pattern is None else pattern_problem(clause.pattern)
    if problem:
        yield ("pattern",), f"{clause.pattern!r}: {problem}"
    if isinstance(clause, RevenueThreshold) and (problem := currency_problem(clause.currency)):
        yield ("currency",), problem
    for number, place in enumerate(clause.places if isinstance(clause, Territory) else ()):
        if problem := place_problem(place):
            yield ("places", number), problem
    yield from _doubt_problems(clause)
    if isinstance(clause, UserThreshold) and (clause.measured == "at-date") != bool(clause.measured_month):
        yield ("measured_month",), "a month stands here when users are counted at a date, and only then"


def _doubt_problems(clause: Clause) -> Iterator[Problem]:
    """Yield what another reading of a clause names and the clause has not, or has already."""
    line = {"line": "value" if isinstance(clause, UserThreshold) else "amount"}
    for number, doubt in enumerate(clause.doubts):
        for name, value in doubt.replaced.items():
            own = getattr(clause, line.get(name, name), None)
            if own is None or (name == "line" and not isinstance(clause, UserThreshold | RevenueThreshold)):
                yield ("doubts", number, name), f"such a clause has no {name} that could be another one"
            elif own == value:
                yield ("doubts", number, name), "it is the same as in the clause itself"


def _clauses(value: object) -> object:
    """Return the clauses of one kind as a list: none, one or several stand in the file."""
    if value == _NO_CLAUSE:
        return []
    return [value] if isinstance(value, dict) else value


def _claims(record: LicenseHeading) -> Iterator[tuple[Place, str, str]]:
    """Yield every name that may belong to one licence only: where it stands, what it is, and the name."""
    given = ((("spdx_id",), record.spdx_id), (("scancode_key",), record.scancode_key))
    yield (), "name", record.key.lower()
    yield from ((place, "name", name.lower()) for place, name in given if name)
    for field, what in (("aliases", "name"), ("tags", "tag"), ("license_names", "license_name")):
        yield from (
            ((field, number), what, name.lower()) for number, name in enumerate(getattr(record, field))
        )


def _distinct_names(record: LicenseHeading) -> Iterator[str]:
    given = (record.key, record.spdx_id, record.scancode_key, *record.aliases)
    yield from dict.fromkeys(name.lower() for name in given if name)


def _tags(own: Iterable[License]) -> Iterator[LicenseTag]:
    """Yield the Hub tags that records of the user bring along."""
    for record in own:
        yield from (LicenseTag(tag=tag.lower(), name=record.name, keys=(record.key,)) for tag in record.tags)


def _names(records: Iterable[LicenseHeading]) -> dict[str, str]:
    return {name: record.key for record in records for name in _distinct_names(record)}


def _prescribed(
    headings: Iterable[LicenseHeading], by_key: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    every: dict[str, tuple[str, ...]] = {}
    for one in headings:
        for words in by_key.get(one.key, ()):
            every[words] = (*every.get(words, ()), one.name)
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
    if not place.is_dir():
        return []
    files = (path for path in place.iterdir() if path.name.endswith((".yaml", ".yml")))
    return sorted(files, key=attrgetter("name"))


def _texts(extra: Path) -> Sequence[Path]:
    """Return the files among the user's texts, apart from hidden ones and a word to the reader."""
    files = (path for path in (extra / "texts").glob("*") if path.is_file())
    return sorted(path for path in files if not path.name.lower().startswith((".", "readme")))


def _digest(ours: bytes, extra: Path | None) -> str:
    """Return one digest, in hex, over our files and the user's."""
    state = hashlib.sha256(ours)
    if extra is not None:
        state.update(digest_of(extra, [*_files(extra / "records"), *_texts(extra)]))
    return state.hexdigest()
