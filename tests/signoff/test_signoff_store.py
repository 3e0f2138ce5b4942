# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Files of the store: from a disk or from bytes, each believed or not with its reason."""

import os

import pytest
from decisions import CONTENT, SIGNOFF, content, recorded, sha

from scanner.guarded.refused import Refused
from scanner.model.signoff import BoundFile
from scanner.signoff import collect, digested, encoded, on_disk, place, signers_on_disk, slug, statement_of
from scanner.signoff.statement import MAX_BYTES
from scanner.signoff.store import MAX_SIGNATURE

STATEMENT = statement_of(SIGNOFF)
DATA = encoded(STATEMENT)
PLACE = place(STATEMENT)


def problem(stored):
    (one,) = collect(stored)
    return one.problem


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a/../b", "/", "..", "", "-rf", "a\x00b", "x" * 500, "模型/模型", ".git", "con\n"],
)
def test_a_name_leads_nowhere_else(name):
    found = slug(name)
    assert found
    assert "/" not in found
    assert not found.startswith((".", "-"))
    assert len(found) <= 80


def test_what_lies_where_it_should_is_believed():
    (one,) = collect({PLACE: DATA, PLACE + ".sig": b"signature", "org--model/notes.txt": b"x"})
    assert (one.problem, one.statement, one.signature, one.data) == (None, STATEMENT, b"signature", DATA)


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ({"other/" + PLACE.split("/")[1]: DATA}, "folder of another release"),
        ({"org--model/0000000000000000.json": DATA}, "its name is not the digest"),
        ({PLACE: DATA.replace(b"A. Lawyer", b"B. Lawyer")}, "its name is not the digest"),
        ({PLACE: Refused("is no regular file")}, "is no regular file"),
        ({PLACE: b"{}"}, "no sign-off"),
        ({PLACE: DATA, PLACE + ".sig": b"x" * (MAX_SIGNATURE + 1)}, "its signature is larger"),
        ({PLACE: DATA, PLACE + ".sig": Refused("is larger than it may be")}, "its signature is larger"),
    ],
    ids=range(7),
)
def test_what_is_not_believed(stored, told):
    assert told in problem(stored)


def test_the_disk_is_read_with_bounds(tmp_path):
    folder = tmp_path / "signoffs" / "org--model"
    folder.mkdir(parents=True)
    (folder / PLACE.split("/")[1]).write_bytes(DATA)
    (folder / (PLACE.split("/")[1] + ".sig")).write_bytes(b"x" * (MAX_SIGNATURE + 1))
    (folder / "large.json").write_bytes(b"x" * (MAX_BYTES + 1))
    os.mkfifo(folder / "pipe.json")
    (folder / "gone.json").symlink_to("nowhere")
    (folder / "notes.jsonl").write_text("x")
    problems = {one.path.split("/")[1]: one.problem for one in collect(on_disk(tmp_path))}
    assert problems.keys() == {PLACE.split("/")[1], "large.json", "pipe.json", "gone.json"}
    assert all(problems.values())


def test_no_folder_is_no_sign_off(tmp_path):
    assert on_disk(tmp_path) == {}
    assert signers_on_disk(tmp_path) is None


def test_one_decision_is_one_file_whoever_writes_it():
    assert recorded() == recorded()
    assert recorded(note="a").path != recorded(note="b").path


def test_weights_that_are_read_in_full(tmp_path):
    (tmp_path / "w.safetensors").write_bytes(b"weights")
    (tmp_path / "pointer").write_bytes(b"version ...")
    files = (
        BoundFile(path="w.safetensors", size=7),
        BoundFile(path="pointer", size=10_000, sha256=sha("x"), how="recorded"),
        BoundFile(path="gone", size=7),
    )
    found = digested(content(weights=files), tmp_path).weights
    assert found[0] == BoundFile(path="w.safetensors", size=7, sha256=sha("weights"), how="computed")
    assert found[1:] == files[1:]
    assert digested(CONTENT, tmp_path).texts == CONTENT.texts
