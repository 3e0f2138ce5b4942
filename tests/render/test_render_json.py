# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The JSON report keeps everything, in the published shape, and its schema is strict."""

import copy
import json

import pytest
import sample_report
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from scanner.model.conclusion import Relation, Status
from scanner.model.finding import VerdictWord
from scanner.model.license import Act
from scanner.model.openness import Axis, Grade, Label
from scanner.model.reading import Source
from scanner.model.release import ArtifactKind
from scanner.model.report import DISCLAIMER
from scanner.render.json import render_embedded, render_json, schema

MAKERS = ("rich", "assumed", "hostile", "empty")


@pytest.fixture(params=MAKERS)
def report(request):
    return getattr(sample_report, request.param)()


def objects(node):
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def test_every_report_satisfies_the_schema(report):
    Draft202012Validator(schema()).validate(json.loads(render_json(report)))


def test_the_schema_is_valid_and_closed():
    Draft202012Validator.check_schema(schema())
    found = list(objects(schema()))
    assert len(found) > 20
    assert all(one["additionalProperties"] is False for one in found)


def test_a_name_that_the_schema_does_not_know_is_refused():
    document = json.loads(render_json(sample_report.rich()))
    extra = copy.deepcopy(document)
    extra["releases"][0]["licenses"]["declared"][0]["surprise"] = 1
    with pytest.raises(ValidationError):
        Draft202012Validator(schema()).validate(extra)


def test_the_schema_knows_every_word_of_the_model():
    definitions = schema()["$defs"]
    properties = {name: one.get("properties", {}) for name, one in definitions.items()}
    pairs = (
        (definitions["verdict_word"], VerdictWord),
        (definitions["act"], Act),
        (definitions["relation"], Relation),
        (properties["conclusion"]["status"], Status),
        (properties["reading"]["source"], Source),
        (properties["file"]["kind"], ArtifactKind),
        (properties["axis"]["grade"], Grade),
        (properties["openness"]["label"], Label),
    )
    for node, words in pairs:
        assert set(node["enum"]) == set(words)
    assert set(properties["openness"]["axes"]["properties"]) == set(Axis)


def test_evidence_of_a_reading_is_laid_flat():
    release = json.loads(render_json(sample_report.rich()))["releases"][0]
    detected = release["licenses"]["detected"][0]
    assert detected["path"] == "LICENSE"
    assert detected["lines"] == [10, 12]
    assert detected["quote"] == "You may use\r\nthe Model \nas you wish."
    assert detected["how"] == "exact"
    assert set(release["licenses"]["concluded"]) == {"weights", "code", "data", "documentation"}
    assert release["openness"]["axes"]["weights"]["grade"] == "open"


def test_effective_terms_are_listed_whole_and_by_clause():
    effective = json.loads(render_json(sample_report.assumed()))["releases"][0]["effective"]
    own = [one for one in effective if one["via"] is None]
    inherited = [one for one in effective if one["via"] == "acme/base"]
    assert [one["applies"] for one in own] == [None, "yes", "no", "unknown"]
    assert inherited[0]["certain"] is False
    assert inherited[1]["clause"] == "restriction/case-4:acme-permissive-1"


def test_it_says_first_that_no_use_case_was_stated_and_ends_with_the_disclaimer():
    document = json.loads(render_json(sample_report.assumed()))
    assert document["statement"].startswith("No use case was stated")
    assert document["use_case_stated"] is False
    assert list(document)[-1] == "disclaimer"
    assert document["disclaimer"] == DISCLAIMER


def test_words_of_strangers_survive_and_cannot_steer_a_terminal():
    text = render_json(sample_report.hostile())
    assert not set(text) & set("\x00\x07\x1b\x7f\u202e\u202c\udc80")
    text.encode("utf-8")
    names = [release["name"] for release in json.loads(text)["releases"]]
    assert names == [f"acme/{words}" for words in sample_report.HOSTILE]


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_comes_back_as_it_was(words):
    report = sample_report.report(
        sample_report.release(1, VerdictWord.REVIEW, (sample_report.STATED,), name=words)
    )
    assert json.loads(render_json(report))["releases"][0]["name"] == words
    embedded = render_embedded(report)
    assert "<" not in embedded
    assert json.loads(embedded)["releases"][0]["name"] == words


def test_the_same_report_gives_the_same_bytes():
    assert render_json(sample_report.rich()) == render_json(sample_report.rich())


def test_json_snapshot(snapshot):
    snapshot("report.json", render_json(sample_report.single()))
