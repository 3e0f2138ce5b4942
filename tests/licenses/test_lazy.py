# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A record is decoded when it is asked for, and nothing that is said depends on when."""

import msgspec
import pytest

from scanner.catalog import Records, load_catalogue, load_record
from scanner.config import Config
from scanner.data import folder
from scanner.errors import DataError
from scanner.examine import load_knowledge
from scanner.model.license import License, LicenseHeading
from scanner.pipeline import scan

CATALOGUE = load_catalogue()


def scanned(paths, knowledge):
    return scan(paths, knowledge, Config(), as_of="2026-11-25", step=lambda *_: None)


@pytest.fixture
def apache(tmp_path):
    """A release under a licence that every other one is compared with by name."""
    place = tmp_path / "org" / "model"
    place.mkdir(parents=True)
    (place / "README.md").write_text("---\nlicense: apache-2.0\nbase_model: org/other\n---\n\n# A model\n")
    return place


def test_loading_decodes_nothing():
    assert load_catalogue().licenses.decoded == ()


def test_a_scan_of_one_release_decodes_the_record_that_it_needs(apache):
    knowledge = load_knowledge()
    scanned([apache], knowledge)
    assert knowledge.catalogue.licenses.decoded == ("apache-2.0",)


@pytest.mark.corpus
def test_no_release_of_the_corpus_needs_more_than_a_few(corpus):
    for place in sorted((corpus / "corpus").iterdir())[::6]:
        knowledge = load_knowledge()
        if place.is_dir() and "Prompt-Guard" not in place.name and "Qwen3-8B" not in place.name:
            scanned([place], knowledge)
            assert len(knowledge.catalogue.licenses.decoded) <= 6, place.name


@pytest.mark.corpus
def test_a_report_is_the_same_when_everything_was_decoded_at_once(corpus):
    lazy = load_knowledge()
    whole = msgspec.structs.replace(lazy.catalogue, licenses=dict(lazy.catalogue.licenses), table=None)
    eager = msgspec.structs.replace(lazy, catalogue=whole)
    place = [corpus / "corpus"]
    assert msgspec.json.encode(scanned(place, load_knowledge())) == msgspec.json.encode(scanned(place, eager))


def test_every_record_is_what_its_file_says():
    for key, record in CATALOGUE.licenses.items():
        assert record == load_record(folder("licenses") / "records" / f"{key}.yaml")


def test_a_heading_says_what_the_record_says():
    assert list(CATALOGUE.headings) == list(CATALOGUE.licenses)
    for key, heading in CATALOGUE.headings.items():
        record = CATALOGUE.licenses[key]
        assert all(
            getattr(heading, name) == getattr(record, name) for name in LicenseHeading.__struct_fields__
        )


def test_prescribed_words_are_those_of_the_records():
    told = {(words, name) for words, names in CATALOGUE.prescribed.items() for name in names}
    assert told == {(words, one.name) for one in CATALOGUE.licenses.values() for words in one.prescribed}


@pytest.fixture
def acme():
    """One record of ours, encoded, and one of the user's that is there already."""
    ours = msgspec.structs.replace(CATALOGUE.licenses["mit"], key="acme-1.0", name="Acme")
    own = msgspec.structs.replace(ours, key="own-1.0")
    return Records(["acme-1.0", "own-1.0"], {"acme-1.0": msgspec.msgpack.encode(ours)}, [own])


def test_asking_whether_a_record_is_there_decodes_nothing(acme):
    assert "acme-1.0" in acme
    assert "wharf" not in acme
    assert (list(acme), len(acme), acme.get("wharf")) == (["acme-1.0", "own-1.0"], 2, None)
    assert acme.decoded == ("own-1.0",)


def test_a_record_is_decoded_once(acme):
    assert acme["acme-1.0"] is acme["acme-1.0"]
    assert isinstance(acme["acme-1.0"], License)
    assert acme.decoded == ("own-1.0", "acme-1.0")


def test_a_damaged_record_says_so():
    broken = Records(["acme-1.0"], {"acme-1.0": b"\xc1"}, [])
    with pytest.raises(DataError, match=r"acme-1\.0"):
        broken["acme-1.0"]
