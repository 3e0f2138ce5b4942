# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The catalogue's records, and every copy of their texts that is at hand."""

import re
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest

from scanner.catalog import load_catalogue
from scanner.data import folder
from scanner.guarded.yaml import load_own
from scanner.identify.index import load_index

RECORDS = tuple(load_catalogue().licenses.values())
WHEELS = Path(__file__).parents[2] / "index-sources"


@pytest.fixture(scope="session")
def index():
    """The committed index."""
    return load_index(folder("licenses") / "index.bin")


@pytest.fixture(scope="session")
def reference_texts(corpus):
    """Every text of the reference folder: key to (file, text)."""
    table = load_own(folder("licenses") / "index-sources.yaml")
    texts = defaultdict(list)
    for path in sorted((corpus / "licences").glob("*.txt")):
        if path.name not in table["left_out"]:
            key = table["reference_keys"].get(path.name) or re.sub(r"--v\d+$", "", path.stem)
            texts[key].append((path.name, path.read_text("utf-8", "replace")))
    return texts


@pytest.fixture(scope="session")
def wheel_files():
    """ScanCode's copies of the texts of our records by ScanCode's key, as bytes; none without its wheel."""
    files = {}
    for wheel in WHEELS.glob("scancode_toolkit_mini-*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            for record in RECORDS:
                if record.scancode_key:
                    member = f"licensedcode/data/licenses/{record.scancode_key}.LICENSE"
                    files[record.scancode_key] = archive.read(member)
    return files


@pytest.fixture(scope="session")
def texts(reference_texts, wheel_files):
    """Every copy at hand of the texts of our records: key to (source, text)."""
    own = {record.key: list(reference_texts.get(record.key, ())) for record in RECORDS}
    for record in RECORDS:
        if record.scancode_key in wheel_files:
            front, text = re.split(
                r"^---\n", wheel_files[record.scancode_key].decode("utf-8"), maxsplit=2, flags=re.MULTILINE
            )[1:]
            own[record.key].append((f"scancode:{record.scancode_key}", text))
            assert f"key: {record.scancode_key}" in front
    return own
