# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The records against the texts themselves, where these are at hand."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec
import pytest

from scanner.catalog import load_catalogue
from scanner.data import folder
from scanner.guarded.yaml import load_own
from scanner.identify import identify
from scanner.model.license import CLAUSE_KINDS, Category

CATALOGUE = load_catalogue()
RECORDS = tuple(record for record in CATALOGUE.licenses.values() if record.read)

ALL = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
RUN = 12
"""Words in a row that are taken for a quotation."""

VERBATIM = {"exact_text", "phrase"}
"""Fields with words that a licence obliges its user to reproduce."""

NO_CLAUSE_ALTHOUGH_FOUND = {
    ("databricks-open-model", "share_alike", "may provide additional or different terms and conditions"): (
        "own terms for derivatives are permitted; no use restriction has to go with them"
    ),
}
"""Patterns of other records that match where a record says that there is no such clause, and why."""

NUMBERED_TWICE = {"ai2-model-license-tulu", "bigscience-bloom-rail-1.0", "cecill-2.1", "chameleon-research"}
"""Texts that number what stands within a section, or their definitions, like the sections."""

HEADING_WITHIN_A_LINE = {"cc-by-nc-nd-2.0"}
"""Texts of which the copy at hand has a section's heading in the middle of a line."""

NUMBERED = [record for record in RECORDS if record.key not in NUMBERED_TWICE | HEADING_WITHIN_A_LINE]

DATED = [record for record in RECORDS if record.date]

WORDS = {" million": 10**6, "m": 10**6, " billion": 10**9, "亿": 10**8}
"""How texts write large numbers."""

CHINESE = {"bilibili-indextts2-zh.txt"}
"""Files that hold the Chinese text alone; of the others, some hold both."""

_HEADING = re.compile(
    r"^\W*(?P<word>section\s+)?(?P<number>\d+)\b(?!\.\d)[\s\\.:*\u2013-]+[A-Z]", re.IGNORECASE
)


def collapsed(text):
    """Return a text with every run of white space as one space, as clauses are searched for."""
    return " ".join(text.split())


def found(pattern, text):
    """Return the first hit of a clause's pattern in a collapsed text."""
    return re.search(pattern, text, re.IGNORECASE)


def plain(text):
    """Return the words of a text with quotation marks, markup, copyright signs and line ends alike."""
    text = text.replace("\u00a9", "(c)").replace("**", "").replace("\\", "")
    text = re.sub(r"(?<=\w)-\n\s*", "-", text)
    return collapsed(re.sub("['\"\u2018\u2019\u201c\u201d]", "", text)).lower()


def at_hand(record, texts):
    """Return every copy of a record's text, or skip: some are in ScanCode's wheel alone."""
    if not texts[record.key]:
        pytest.skip("no copy of the text is at hand")
    return texts[record.key]


def document_of(record, clause):
    """Return the key of the document in which a clause stands."""
    if getattr(clause, "document", "license") == "use-policy" and record.category is not Category.POLICY:
        return f"{record.key}-use-policy"
    return record.key


def copies_of(record, clause, texts):
    """Return the copies a clause stands in; where each language has a file, a section may name one."""
    copies = texts[document_of(record, clause)]
    chinese = [copy for copy in copies if copy[0] in CHINESE]
    english = [copy for copy in copies if copy[0] not in CHINESE]
    if chinese and "of the Chinese text" in clause.section:
        return chinese
    if chinese and "of the English text" in clause.section:
        return english
    return copies


def clauses(record):
    """Yield every clause with its kind."""
    for kind in CLAUSE_KINDS:
        for clause in getattr(record, kind) or ():
            yield kind, clause


@ALL
def test_the_copy_that_was_read_is_the_one_at_hand(record, corpus, wheel_files):
    origin = record.text.source
    if origin.startswith("scancode-toolkit-mini"):
        if not wheel_files:
            pytest.skip("ScanCode's wheel is not here")
        assert sha256(wheel_files[record.scancode_key]).hexdigest() == record.text.sha256
        assert origin.endswith(f"/{record.scancode_key}.LICENSE")
        return
    copies = {copy["source"]: copy for copy in load_own(corpus / "licences/SOURCES.yaml")}
    copy = corpus / "licences" / copies[origin]["file"]
    assert sha256(copy.read_bytes()).hexdigest() == record.text.sha256


@ALL
def test_every_pattern_is_found_in_every_copy(record, texts):
    missing = [
        f"{kind} {clause.section}: {clause.pattern!r} is not in {source}"
        for kind, clause in clauses(record)
        for source, text in copies_of(record, clause, texts)
        if not found(clause.pattern, collapsed(text))
    ]
    assert not missing


@pytest.mark.parametrize("record", NUMBERED, ids=lambda record: record.key)
def test_a_pattern_is_found_in_the_section_it_names(record, texts):
    misplaced = [
        f"{kind}: {clause.pattern!r} is in section {section} of {source}, not {clause.section}"
        for kind, clause in clauses(record)
        for source, text in texts[document_of(record, clause)]
        if (wanted := set(re.findall(r"(?:^|, )(\d+)", clause.section)))
        and (section := section_of(clause.pattern, text)) is not None
        and section not in wanted
    ]
    assert not misplaced


def section_of(pattern, text):
    """Return the number of the section in which a pattern is first found; None when none is numbered."""
    hit = found(pattern, collapsed(text))
    began = None
    for start, number in section_starts(text):
        if hit and start <= hit.start():
            began = number
    return began


def section_starts(text):
    """Yield the place of each numbered heading in the collapsed text, with its number, counting up."""
    headings, at = [], 0
    for line in text.splitlines():
        words = collapsed(line)
        if heading := _HEADING.match(words):
            headings.append((at, heading))
        at += len(words) + bool(words)
    worded = [heading for heading in headings if heading[1]["word"]]
    expected = {0, 1}
    for place, heading in worded or headings:
        if int(heading["number"]) in expected:
            expected = {int(heading["number"]) + 1}
            yield place, heading["number"]


@ALL
def test_numbers_stand_beside_the_pattern(record, texts):
    for kind in ("user_threshold", "revenue_threshold"):
        for clause in getattr(record, kind) or ():
            value = getattr(clause, "value", None) or clause.amount
            ways = {f"{value:,}", str(value)}
            ways |= {f"{value // unit}{word}" for word, unit in WORDS.items() if value % unit == 0}
            for source, text in copies_of(record, clause, texts):
                hit = found(clause.pattern, collapsed(text))
                around = collapsed(text)[max(0, hit.start() - 100) : hit.end() + 100]
                assert any(way in around for way in ways), source


@ALL
def test_words_that_must_be_reproduced_are_the_texts_own(record, texts):
    for _, clause in clauses(record):
        for name in VERBATIM & set(clause.__struct_fields__):
            words = getattr(clause, name)
            for source, text in copies_of(record, clause, texts) if words else ():
                assert plain(words) in plain(text), f"{source}: {words}"


@pytest.mark.parametrize("record", DATED, ids=lambda record: record.key)
def test_the_date_is_that_of_the_text(record, texts):
    day = dt.date.fromisoformat(f"{record.date}-01"[:10])
    written = {f"{day:%B} {day.day}, {day.year}", f"{day:%B %d, %Y}", f"{day.day} {day:%B} {day.year}"}
    written |= {f"{day.year}/{day.month}/{day.day}", day.isoformat(), f"{day:%B} {day.day}th, {day.year}"}
    written.add(f"{day:%b} {day.day}, {day.year}")
    if record.date == f"{day:%Y-%m}":
        written = {f"{day:%B %Y}", f"{day:%b %Y}"}
    assert any(way in collapsed(text) for way in written for _, text in at_hand(record, texts))


@ALL
def test_a_text_is_recognised_as_itself_alone(record, texts, index):
    for source, text in at_hand(record, texts):
        own = {record.key, f"{record.key}-use-policy"}
        stated = set(identify(text, index).stated)
        assert record.key in stated, source
        assert stated <= own, source


@ALL
def test_no_clause_means_that_no_other_records_pattern_finds_one(record, texts):
    contradicted = [
        f"{kind}: {clause.pattern!r} of {other.key} is in {source}"
        for kind in CLAUSE_KINDS
        if getattr(record, kind) == ()
        for other in RECORDS
        for clause in getattr(other, kind) or ()
        for source, text in texts[record.key]
        if document_of(other, clause) == other.key
        and (record.key, kind, clause.pattern) not in NO_CLAUSE_ALTHOUGH_FOUND
        and found(clause.pattern, collapsed(text))
    ]
    assert not contradicted


def test_every_listed_contradiction_is_one(texts):
    for key, _, pattern in NO_CLAUSE_ALTHOUGH_FOUND:
        assert any(found(pattern, collapsed(text)) for _, text in texts[key])


def words_of(text):
    """Return a text's words in lower case."""
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(words):
    """Yield every run of twelve words."""
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def strings(value, name="") -> Iterator[str]:
    """Yield every string of plain data but those that are verbatim."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings(inner, key)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner, name)
    elif isinstance(value, str) and name not in VERBATIM:
        yield value


def test_no_data_of_ours_quotes_a_licence(reference_texts, texts):
    known = {
        run
        for copies in (*reference_texts.values(), *texts.values())
        for _, text in copies
        for run in runs(words_of(text))
    }
    paths = sorted(folder("licenses").glob("**/*.yaml"))
    data = [load_own(path) for path in paths]
    quoted = [" ".join(run) for text in strings(data) for run in runs(words_of(text)) if run in known]
    assert len(paths) > len(RECORDS)
    assert not quoted


def test_the_clauses_that_others_found_by_hand(corpus):
    releases = load_own(corpus / "corpus/truth.yaml")["releases"]
    compared = 0
    for release in releases:
        licence = release["licence"] or {}
        record = CATALOGUE.licenses.get(CATALOGUE.names.get(licence.get("key") or "", ""))
        for name, clause in (release["clauses"] or {}).items() if record else ():
            assert _SAME[name](record, clause["value"]), f"{release['release']}: {name} {clause['value']!r}"
            compared += 1
    assert compared > 50


_SAME = {
    "mau_threshold": lambda record, value: [one.value for one in record.user_threshold] == [value],
    "attribution_notice": lambda record, value: record.notice_file[0].exact_text.startswith(value),
    "attribution_phrase": lambda record, value: [one.phrase for one in record.display_phrase] == [value],
    "name_prefix": lambda record, value: [one.prefix for one in record.naming] == [value],
    "aup": lambda record, value: bool(record.acceptable_use) is bool(value),
    "non_commercial": lambda record, value: (record.commercial_use[0].value == "no") is value,
    "territory_exclusion": lambda record, value: (
        value == ["European Union"] and [one.places for one in record.territory] == [("EU",)]
    ),
    "output_training_restriction": lambda record, value: (
        any(one.value.startswith("prohibited") for one in record.output_training) is bool(value)
    ),
}
"""How a clause found by hand is said in a record."""


def test_ids_of_the_reference_lists_are_names_of_ours(corpus):
    entries = load_own(corpus / "facts/licences.yaml")["records"]
    ids = {entry["scancode_key"]: entry["id"] for entry in entries if entry["scancode_key"]}
    shared = [record for record in RECORDS if record.scancode_key in ids]
    assert len(shared) > 15
    for record in shared:
        assert CATALOGUE.names[ids[record.scancode_key]] == record.key


def test_a_record_survives_being_written_and_read():
    for record in RECORDS:
        assert msgspec.json.decode(msgspec.json.encode(record), type=type(record)) == record
