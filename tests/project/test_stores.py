# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The stores of our own data say what the files say, and count only while they do."""

import msgspec
import pytest

from scanner.stored import digest_of, store_bytes, stored
from scanner.stores import contents, main


def test_the_committed_stores_are_made_from_the_committed_files():
    assert [path.name for path, data in contents().items() if path.read_bytes() != data] == []
    assert main(["--check"]) == 0


@pytest.fixture
def numbers(tmp_path):
    """Two files, and a store of their sum."""
    for name, text in (("a.txt", "1"), ("b.txt", "2")):
        (tmp_path / name).write_text(text)
    sources = [tmp_path / "a.txt", tmp_path / "b.txt"]
    (tmp_path / "sum").write_bytes(store_bytes(tmp_path, sources, 3))
    made = []

    def make():
        made.append(True)
        return sum(int(path.read_text()) for path in sources)

    def read():
        return stored(tmp_path / "sum", digest_of(tmp_path, sources), int, make)

    return tmp_path, read, made


def test_a_store_that_fits_its_files_is_read(numbers):
    _, read, made = numbers
    assert (read(), made) == (3, [])


@pytest.mark.parametrize("text", ["5", "1 "])
def test_files_that_changed_are_read_themselves(numbers, text):
    place, read, made = numbers
    (place / "a.txt").write_text(text)
    assert (read(), made) == (int(text) + 2, [True])


def test_a_file_of_another_name_is_another_source(tmp_path):
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").write_text("x")
    assert digest_of(tmp_path, [tmp_path / "a"]) != digest_of(tmp_path, [tmp_path / "b"])


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_store_that_is_damaged_or_absent_is_passed_over(numbers, damage):
    place, read, made = numbers
    if damage is None:
        (place / "sum").unlink()
    else:
        (place / "sum").write_bytes(damage)
    assert (read(), made) == (3, [True])


def test_a_store_of_another_shape_is_passed_over(numbers):
    place, read, made = numbers
    sources = [place / "a.txt", place / "b.txt"]
    (place / "sum").write_bytes(digest_of(place, sources) + msgspec.msgpack.encode({"other": 1}))
    assert (read(), made) == (3, [True])
