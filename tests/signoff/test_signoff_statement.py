# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Decisions to bytes and back, and bytes of strangers."""

import json

import msgspec
import pytest
from decisions import CONTENT, SIGNOFF, content, sha
from hypothesis import given
from hypothesis import strategies as st

from scanner.guarded.refused import Refused
from scanner.model.signoff import BoundText
from scanner.signoff import encoded, read_statement, statement_of
from scanner.signoff.statement import MAX_BYTES, manifest_digest

STATEMENT = statement_of(SIGNOFF)
DATA = encoded(STATEMENT)


def spelt(value):
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def edited(change):
    value = json.loads(DATA)
    change(value)
    return spelt(value)


def test_it_is_an_in_toto_statement():
    value = json.loads(DATA)
    assert value.keys() == {"_type", "subject", "predicateType", "predicate"}
    assert value["_type"] == "https://in-toto.io/Statement/v1"
    assert value["subject"] == [
        {"name": "LICENSE", "digest": {"sha256": sha("licence")}},
        {"name": "README.md", "digest": {"sha256": sha("card")}},
        {"name": "weights manifest", "digest": {"sha256": manifest_digest(CONTENT)}},
    ]


@given(
    st.text(max_size=50),
    st.lists(st.text(min_size=1, max_size=20), max_size=3),
    st.text(st.characters(), min_size=1, max_size=20),
)
def test_what_is_written_is_read_back(note, conditions, path):
    text = BoundText(path=path, source="license-file", sha256=sha("a"), words_sha256=sha("b"))
    decision = msgspec.structs.replace(
        SIGNOFF, note=note, conditions=tuple(conditions), content=content(texts=(text,))
    )
    statement = statement_of(decision)
    assert read_statement(encoded(statement)) == statement


def test_names_of_files_that_are_no_text_survive():
    text = BoundText(path="LIC\udcff", source="license-file", sha256=sha("a"), words_sha256=sha("b"))
    statement = statement_of(msgspec.structs.replace(SIGNOFF, content=content(texts=(text,))))
    assert read_statement(encoded(statement)) == statement


def test_marks_that_reorder_a_page_are_escaped():
    statement = statement_of(msgspec.structs.replace(SIGNOFF, note="a\u202eb"))
    assert b"\\u202e" in encoded(statement)
    assert read_statement(encoded(statement)) == statement


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no UTF-8"),
        (b"[" * 100_000, "nested deeper"),
        (b"{}", "no sign-off"),
        (b"null", "no sign-off"),
        (b" " * (MAX_BYTES + 1), "larger than"),
        (DATA.replace(b'"note": ""', b'"note": "", "note": ""'), "stands twice"),
        (DATA.replace(b"  ", b"\t"), "not spelt as it was written"),
        (DATA.rstrip(), "not spelt as it was written"),
        (DATA.replace(b'"size": 10', b'"size": 1e1'), "no sign-off"),
        (DATA.replace(b'"size": 10', b'"size": NaN'), "no JSON"),
    ],
    ids=range(11),
)
def test_what_is_no_statement(data, told):
    with pytest.raises(Refused, match=told):
        read_statement(data)


def _in(*path, to):
    def change(value):
        for key in path[:-1]:
            value = value[key]
        value[path[-1]] = to

    return change


CONTENT_AT = ("predicate", "content")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_in("_type", to="https://in-toto.io/Statement/v0.1"), "no sign-off"),
        (_in("predicateType", to="https://slsa.dev/provenance/v1"), "no sign-off"),
        (_in("more", to=1), "unknown field"),
        (_in("predicate", "decision", to="maybe"), "no sign-off"),
        (_in("predicate", "decided", to="2026-02-30"), "2026-02-30 is no day"),
        (_in("predicate", "decided", to="2026-11-25\n"), "no sign-off"),
        (_in("predicate", "until", to="2026-11-24"), "before it was decided"),
        (_in("predicate", "approver", "email", to="*@example.org"), "no sign-off"),
        (_in("predicate", "approver", "email", to="-oX@example.org"), "no sign-off"),
        (_in("predicate", "approver", "email", to="a@example.org\x00"), "no sign-off"),
        (_in("predicate", "approver", "name", to=""), "no sign-off"),
        (_in("predicate", "accepted", to=["A" * 64]), "no sign-off"),
        (_in("predicate", "accepted", to=["a" * 64]), "accepts a finding that is not in its content"),
        (_in("predicate", "owners", to=[{"duty": "x", "owner": "B. B."}]), "owner of a duty that is not"),
        (_in("predicate", "supersedes", to=["f" * 64 + "\n"]), "no sign-off"),
        (_in("subject", to=[]), "subjects are not those"),
        (_in("subject", 0, "digest", "sha256", to="f" * 64), "subjects are not those"),
        (_in(*CONTENT_AT, "weights", 0, "size", to=11), "subjects are not those"),
        (_in(*CONTENT_AT, "weights", 0, "size", to=-1), "no sign-off"),
        (
            _in(*CONTENT_AT, "duties", to=[{"id": "a", "applies": "yes"}, {"id": "a", "applies": "no"}]),
            "a duty stands",
        ),
        (_in("predicate", "note", to="x" * 10_001), "no sign-off"),
    ],
    ids=range(21),
)
def test_what_no_statement_says(change, told):
    with pytest.raises(Refused, match=told):
        read_statement(edited(change))
