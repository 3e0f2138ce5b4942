# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What each licence tag of the Hub can mean."""

import pytest

from scanner.catalog import load_catalogue
from scanner.guarded.yaml import load_own

CATALOGUE = load_catalogue()
RECORDS = tuple(CATALOGUE.licenses.values())

BY_NAME_ONLY = {"grok-2-community", "h-research", "intel-research"}
"""Keys whose record knows the name alone; no text of them is at hand."""

FAMILIES = {"bsd", "cc", "gemma", "gfdl", "gpl", "lgpl", "openrail", "openrail++"}


def test_every_tag_of_the_hub_has_an_entry(corpus):
    known = {entry["id"] for entry in load_own(corpus / "data/hub/licences.yaml")}
    assert len(known) == 83
    assert set(CATALOGUE.tags) == known


@pytest.mark.parametrize("tag", CATALOGUE.tags.values(), ids=lambda tag: tag.tag)
def test_a_tag_names_known_keys(tag, index):
    assert tag.tag == tag.tag.lower()
    assert len(set(tag.keys)) == len(tag.keys)
    assert set(tag.keys) <= {*index.keys, *CATALOGUE.licenses, *BY_NAME_ONLY}
    if tag.spdx:
        assert len(tag.keys) == 1, "a family has no one identifier"
        assert not set(tag.keys) & set(CATALOGUE.licenses), "the record has the identifier"
    if BY_NAME_ONLY & set(tag.keys) or not tag.keys:
        assert tag.note


def test_families_name_no_single_version():
    several = {tag.tag for tag in CATALOGUE.tags.values() if len(tag.keys) > 1}
    none = {tag.tag for tag in CATALOGUE.tags.values() if not tag.keys}
    assert several == FAMILIES
    assert none == {"other", "unknown"}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_the_tags_of_a_record_name_it_alone(record):
    for tag in record.tags:
        assert CATALOGUE.tags[tag].keys == (record.key,)
    exact = {tag.tag for tag in CATALOGUE.tags.values() if tag.keys == (record.key,)}
    assert exact == set(record.tags)
