# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Bills of materials stay valid whatever strangers, and the user's own catalogue, write."""

import json

import msgspec
import pytest
import sample_report
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.finding import VerdictWord
from scanner.model.report import NamedLicense
from scanner.render import bill
from scanner.render.cyclonedx import render_cyclonedx, render_cyclonedx_17
from scanner.render.spdx import render_spdx
from scanner.render.spdx3 import render_spdx3

TRAPS = (
    "",
    "  ",
    "%",
    "#",
    "LicenseRef-x y",
    "http://[",
    f"pkg:huggingface/a/b@{'a' * 40}",
    "NONE",
    "MIT OR",
    "(",
)
WORDS = st.sampled_from(TRAPS) | st.text(st.characters(exclude_categories=()), max_size=40)


def written_by_strangers(words):
    """Return a report in which every place that a stranger can reach holds these words."""
    one = sample_report.release(1, VerdictWord.REVIEW, (sample_report.STATED,), name=words, words=words)
    declared = tuple(
        msgspec.structs.replace(reading, raw=words, expression=None, key=None)
        for reading in one.licenses.declared
    )
    one = msgspec.structs.replace(
        one,
        path=words,
        purl=words,
        revision=words,
        licenses=msgspec.structs.replace(one.licenses, declared=declared),
        lineage=tuple(msgspec.structs.replace(edge, parent=words) for edge in one.lineage),
    )
    own = tuple(msgspec.structs.replace(known, name=words, source=words) for known in sample_report.LICENSES)
    return msgspec.structs.replace(sample_report.report(one), licenses=own)


@settings(max_examples=15)
@given(WORDS)
def test_cyclonedx_stays_valid(words):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    report = written_by_strangers(words)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(render_cyclonedx(report)) is None
    assert JsonStrictValidator(SchemaVersion.V1_7).validate_str(render_cyclonedx_17(report)) is None


@given(WORDS)
def test_spdx_stays_valid(words):
    from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    whole = json.loads(render_spdx(written_by_strangers(words)))
    messages = validate_full_spdx_document(JsonLikeDictParser().parse(whole))
    assert [one.validation_message for one in messages] == []


@given(WORDS)
def test_spdx_3_is_read_back_whole(words):
    import spdx_python_model

    whole = json.loads(render_spdx3(written_by_strangers(words)))
    model, read = spdx_python_model.load_data(whole)
    assert read.missing_ids == set()
    assert model.JSONLDSerializer().serialize_data(read) == whole


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        ("https://acme.example/license?a=1#b", True),
        ("http://acme.example", True),
        ("javascript:alert(1)", False),
        ("https://acme.example/%zz", False),
        ("https://acme.example/a b", False),
        ("a letter of 2026", False),
    ],
)
def test_only_addresses_of_the_web_are_links(source, taken):
    known = NamedLicense(key="own", name="Own", expression="LicenseRef-own", source=source)
    assert bill.link(known) == (source if taken else None)


def test_terms_of_which_one_is_not_known_are_no_expression():
    known = {one.key: one for one in sample_report.LICENSES}
    assert bill.all_of(("acme-permissive-1", "unheard-of"), known) is None
    assert bill.all_of((), known) is None
    both = bill.all_of(("acme-permissive-1", "acme-community-1"), known)
    assert both == "LicenseRef-acme-permissive-1 AND LicenseRef-acme-community-1"
