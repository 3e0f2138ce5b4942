# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The list of well-known data sets: no name twice, no unknown licence, nothing surer than it was read."""

from pathlib import Path

import pytest

from scanner.catalog import load_catalogue
from scanner.guarded.strict import load_own

LEAST = 60


@pytest.fixture(scope="module")
def content():
    return load_own(Path(__file__).parents[2] / "licenses/datasets.yaml")


def test_every_entry_says_how_sure_it_is_and_why(content):
    assert len(content["datasets"]) >= LEAST
    for entry in content["datasets"]:
        assert set(entry) <= {"names", "keys", "confidence", "note"}
        assert entry["confidence"] in {"medium", "low"}
        assert entry["note"].startswith(content["source"])
        assert entry.get("keys") or len(entry["note"]) > len(content["source"]), "without terms, a reason"


def test_every_licence_is_in_the_catalogue(content):
    known = load_catalogue().licenses
    assert {key for entry in content["datasets"] for key in entry.get("keys", [])} <= known.keys()


def test_no_name_stands_twice(content):
    names = [name for entry in content["datasets"] for name in entry["names"]]
    assert sorted(set(names)) == sorted(names)
