# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Merges, Modelfiles and citations."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.model.reading import Source
from scanner.read.page import open_page
from scanner.read.recipes import read_modelfile

MERGE = """models:
  - model: one/a
  - model: one/a+two/lora
    parameters: {weight: 0.5, model: not-this}
slices:
  - sources:
      - model: {model: {path: three/b, revision: main}, lora: {path: four/l}}
        layer_range: [0, 8]
      - model: one/a
modules:
  text: {models: [{model: five/c}]}
experts:
  - source_model: six/d
base_model: seven/e
tokenizer: {source: eight/f}
merge_method: slerp
dtype: bfloat16
"""


def said(facts, *names):
    return [reading.value for reading in facts.named(*names)]


@pytest.mark.parametrize("name", ["mergekit_config.yml", "mergekit_config.yaml", "mergekit_moe_config.yml"])
def test_every_model_of_a_merge_once(facts, name):
    found = facts({name: MERGE})
    assert said(found, "model") == ["one/a", "one/a+two/lora", "three/b", "four/l", "five/c", "six/d"]
    assert said(found, "base_model", "tokenizer_source", "merge_method") == ["seven/e", "eight/f", "slerp"]
    nested = found.named("model")[2].evidence
    assert (nested.key, nested.lines) == ("slices[0].sources[0].model.model.path", (7, 7))
    assert {reading.source for reading in found.readings} == {Source.MERGEKIT}


@pytest.mark.parametrize("text", ["- a\n- b\n", "a", "", "models:\n- model:\n"])
def test_merges_that_name_nothing(facts, text):
    assert not facts({"mergekit_config.yml": text}).readings


@pytest.mark.parametrize("text", ["a: [", "a: 1\n---\nb: 2\n", "a: &x [*x]", "a: " + "[" * 25_000])
def test_a_merge_that_cannot_be_read_is_said(facts, text):
    (unread,) = facts({"mergekit_config.yml": text}).unread
    assert unread.matters


def test_a_modelfile(facts):
    terms = "\n".join(["Orchard terms"] * 40)
    text = '# FROM nothing\nFROM ./a.gguf\nfrom two/b\nTEMPLATE """\nLICENSE inside\n"""\nADAPTER "./c"\n'
    found = facts(
        {"Modelfile": f'{text}LICENSE short\nLICENSE """\n{terms}\n"""\nPARAMETER a "x"\nLICENSE """one"""\n'}
    )
    assert said(found, "FROM", "ADAPTER", "license") == ["./a.gguf", "two/b", "./c", "short", "one"]
    assert found.named("license")[0].evidence.lines == (8, 8)
    (legal,) = found.texts
    assert (legal.source, legal.first_line, legal.text) == (Source.MODELFILE, 10, terms + "\n")


def test_a_modelfile_whose_licence_is_never_closed(facts):
    found = facts({"Modelfile": 'FROM a\nLICENSE """Orchard\nterms\nFROM inside\n'})
    assert said(found, "FROM", "problem") == ["a", "a quotation is never closed"]
    assert (found.texts[0].text, found.texts[0].first_line) == ("Orchard\nterms\nFROM inside\n", 2)


def test_many_instructions_are_bounded_and_it_is_said(facts):
    found = facts({"Modelfile": "FROM a\n" * 1_500})
    assert len(said(found, "FROM")) == 1_000
    assert "more than 1,000" in said(found, "problem")[0]


@given(st.text('"\n FROMLICENSEadapter#', max_size=120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_modelfile_is_read(tmp_path, text):
    (tmp_path / "Modelfile").write_bytes(text.encode())
    for reading in read_modelfile(open_page(tmp_path, "Modelfile", 1_000)).readings:
        first, last = reading.evidence.lines
        assert 1 <= first <= last <= text.count("\n") + 1


def test_a_citation(facts):
    found = facts({"CITATION.cff": "cff-version: 1.2.0\nlicense:\n- x\n- y\nlicense-url: z\nlicense: w\n"})
    assert said(found, "license", "license-url") == ["x", "y", "z", "w"]
    assert [reading.evidence.lines for reading in found.named("license")] == [(3, 3), (4, 4), (6, 6)]
    assert {reading.source for reading in found.readings} == {Source.CITATION}
    assert len(said(found, "problem")) == 1


@pytest.mark.parametrize(("text", "count"), [("a: [", 1), ("- a", 0)])
def test_a_citation_that_cannot_be_read_is_said(facts, text, count):
    found = facts({"CITATION.cff": text})
    assert len(found.unread) == count
    assert count or found.named("problem")
