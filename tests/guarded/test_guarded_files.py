# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Reading from disk: regular files only, never more than asked for."""

import hashlib
import os

import pytest

from scanner.guarded import files
from scanner.guarded.files import opened, read_bounded, read_head
from scanner.guarded.refused import Refused


def test_the_head_of_a_file_comes_with_the_digest_of_all_of_it(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"abcdef")
    head = read_head(path, 4)
    assert (head.data, head.size, head.whole) == (b"abcd", 6, False)
    assert head.sha256 == hashlib.sha256(b"abcdef").hexdigest()
    for limit in (6, 7):
        assert read_head(path, limit).whole
        assert read_head(path, limit).sha256 == head.sha256


def test_what_is_too_large_to_digest_has_no_digest(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_DIGESTED", 5)
    path = tmp_path / "a"
    path.write_bytes(b"abcdef")
    assert read_head(path, 4).sha256 is None
    assert read_head(path, 9).sha256


@pytest.mark.parametrize("reader", [read_bounded, read_head])
def test_what_is_no_readable_file_is_refused(tmp_path, reader):
    os.mkfifo(tmp_path / "pipe")
    for name, reason in {"gone": "cannot be read", "pipe": "no regular file", ".": "regular"}.items():
        with pytest.raises(Refused, match=reason):
            reader(tmp_path / name, 10)


def test_an_error_of_the_disk_is_an_answer(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(Refused, match="Input/output"), opened(tmp_path / "a"):
        raise OSError(5, "Input/output error")


def test_a_larger_file_is_not_read(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 11)
    with pytest.raises(Refused, match="larger than 10"):
        read_bounded(tmp_path / "a", 10)
