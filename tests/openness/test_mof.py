# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The classes of the Model Openness Framework: golden files of its tool, laws, the file format, mistakes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.guarded.yaml import load_untrusted, written
from scanner.model.openness import ComponentState, MofClass, Presence
from scanner.openness.mof import classify, mof_table
from scanner.openness.mof_file import classified, read_mof, states, written_out
from scanner.openness.tables import accepted_ids

IDS = [component.id for component in mof_table().components]
NAMES = {component.id: component.name for component in mof_table().components}
OPEN, SHUT = "CC-BY-4.0", "CC-BY-NC-4.0"
ORDER = [None, *MofClass]

HEAD = "framework:\n  name: Model Openness Framework\n  version: '1.0'\n  date: '2024-12-15'\n"


def listed(accepted):
    return [
        ComponentState(id=id_, presence=Presence.REVIEWED, accepted=id_ in accepted, why="x") for id_ in IDS
    ]


def text(components, license_="{}", more=""):
    entries = "".join(
        f"    - name: {NAMES.get(id_, id_)}\n" + (f"      license: {name}\n" if name is not None else "")
        for id_, name in components.items()
    )
    return f"{HEAD}release:\n  name: a\n{more}  license: {license_}\n  components:\n{entries}"


def read(tmp_path, content):
    path = tmp_path / "a.yml"
    path.write_text(content, encoding="utf-8")
    return read_mof(path)


@pytest.mark.corpus
def test_the_golden_files_of_the_tool(corpus):
    files = sorted((corpus / "data/mot/tests").glob("*.yml"))
    assert len(files) == 27
    for path in files:
        assessed = classified(read_mof(path))
        stated = re.search(r"_C1_(\d+)%-C2_(\d+)%-C3_(\d+)%", path.name)
        figures = dict(zip((MofClass.I, MofClass.II, MofClass.III), map(int, stated.groups()), strict=True))
        assert {class_: one.completion for class_, one in assessed.classes.items()} == figures, path.name
        reached = [class_ for class_ in MofClass if figures[class_] == 100]
        assert assessed.reached == (reached[-1] if reached else None), path.name


@pytest.mark.corpus
def test_the_golden_files_come_back_as_they_were(corpus, tmp_path):
    for path in sorted((corpus / "data/mot/tests").glob("*.yml")):
        file = read_mof(path)
        again = tmp_path / "again.yml"
        again.write_text(written_out(file), encoding="utf-8")
        assert read_mof(again) == file
        assert written_out(read_mof(again)) == written_out(file)


@pytest.mark.corpus
def test_the_components_are_those_of_the_tool(corpus):
    text_ = (corpus / "data/mot/mof.settings.yml").read_text(encoding="utf-8")
    theirs = {
        one["name"]: (one["content_type"], one["class"], one["required"])
        for one in load_untrusted(text_, resolve=True).value["components"]
    }
    numbers = {MofClass.I: 1, MofClass.II: 2, MofClass.III: 3}
    ours = {one.name: (one.kind, numbers[one.class_], one.required) for one in mof_table().components}
    assert ours == theirs


@given(st.sets(st.sampled_from(IDS)), st.sampled_from(IDS))
def test_a_further_accepted_component_never_lowers_a_class(accepted, more):
    before, after = classify(listed(accepted)), classify(listed(accepted | {more}))
    assert ORDER.index(after.reached) >= ORDER.index(before.reached)


@given(
    st.dictionaries(st.sampled_from(IDS), st.sampled_from([OPEN, "MIT", SHUT, "unlicensed", "''"])), st.data()
)
def test_restricting_a_licence_never_raises_a_class(tmp_path_factory, components, data):
    if not components:
        return
    changed = data.draw(st.sampled_from(sorted(components)))
    folder = tmp_path_factory.mktemp("mof")
    before = classified(read(folder, text(components)))
    after = classified(read(folder, text({**components, changed: SHUT})))
    assert ORDER.index(after.reached) <= ORDER.index(before.reached)


@given(st.sets(st.sampled_from(IDS)))
def test_classes_are_cumulative_and_say_what_is_missing(accepted):
    assessed = classify(listed(accepted))
    reached = [assessed.classes[class_].reached for class_ in MofClass]
    assert reached == sorted(reached, reverse=True)
    for class_, standing in assessed.classes.items():
        assert 0 <= standing.completion <= 100
        assert standing.met + len(standing.missing) == standing.required
        if assessed.next is class_:
            assert standing.missing
    if assessed.next is None:
        assert assessed.reached is MofClass.I


def test_a_paper_stands_in_for_the_report_and_not_the_other_way():
    third = {one.id for one in mof_table().components if one.class_ is MofClass.III and one.required}
    paper = classify(listed(third - {"technical-report"} | {"research-paper"}))
    assert paper.reached is MofClass.III
    every = set(IDS) - {"research-paper"}
    assert classify(listed(every)).reached is MofClass.II
    assert classify(listed(every)).classes[MofClass.I].missing == ("research-paper",)
    assert classify(listed(set(IDS) - {"technical-report"})).reached is MofClass.I


def test_the_order_of_licences(tmp_path):
    licenses = "{distribution: {name: MIT}, data: {name: CC0-1.0}}"
    components = {"training-code": None, "datasets": None, "model-card": "CC-BY-4.0", "data-card": "''"}
    found = {one.id: one for one in states(read(tmp_path, text(components, licenses)))}
    assert found["training-code"].license == "MIT"
    assert "whole distribution" in found["training-code"].why
    assert found["datasets"].license == "CC0-1.0"
    assert found["model-card"].license == "CC-BY-4.0"
    # Left empty is unlicensed, as the tool has it; it does not fall back to the licence of the whole.
    assert found["data-card"].license is None
    assert not found["data-card"].accepted


def test_a_licence_for_other_content_passes_on_condition(tmp_path):
    found = {one.id: one for one in states(read(tmp_path, text({"datasets": "MIT", "training-code": "MIT"})))}
    assert (found["datasets"].accepted, found["datasets"].conditional) == (True, True)
    assert "made for code" in found["datasets"].why
    assert (found["training-code"].accepted, found["training-code"].conditional) == (True, False)


@pytest.mark.parametrize(
    "name", ["Apache 2.0", "MIT license", "BSD-3", "apache-2.0", "unlicensed", "llama3", SHUT]
)
def test_a_name_counts_to_the_letter(tmp_path, name):
    (state,) = states(read(tmp_path, text({"model-card": name})))
    assert not state.accepted


def test_the_meant_identifier_is_named(tmp_path):
    (state,) = states(read(tmp_path, text({"model-card": "Apache 2.0"})))
    assert "did you mean 'Apache-2.0'?" in state.why


MISTAKES = [
    (
        text({"Model crad": None}),
        9,
        "components[0].name: 'Model crad' is no component of the framework; did you mean 'Model card'?",
    ),
    (HEAD.replace("version", "verison"), 3, "unknown key 'verison' in framework; did you mean 'version'?"),
    (HEAD + "relaese: {}\n", 5, "unknown key 'relaese'; did you mean 'release'?"),
    (
        text({"model-card": None}, license_="{distribution: {nmae: MIT}}"),
        7,
        "unknown key 'nmae' in release.license.distribution; did you mean 'name'?",
    ),
    (text({}, more="  name: b\n"), 7, "the key release.name stands twice"),
    (text({"model-card": None}) + "    - name: Model card\n", 10, "'Model card' is listed twice"),
    (text({"model-card": "[MIT]"}), 10, "release.components[0].license: a text is wanted here"),
    (
        "framework: {name: Model Openess Framework}\nrelease: {name: a}\n",
        1,
        "is no value of framework.name; did you mean 'Model Openness Framework'?",
    ),
    ("a: &x 1\nb: *x\n", 2, "aliases are not followed"),
    ("a: !!python/object:os.system 1\n", 1, "is not followed"),
    ("[" * 40 + "]" * 40, 1, "nested deeper than 32 levels"),
    ("", None, "framework"),
    ("just words", None, "a mapping is wanted"),
]


@pytest.mark.parametrize(("content", "line", "words"), MISTAKES)
def test_mistakes_are_named_with_place_and_right_word(tmp_path, content, line, words):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, content)
    assert words in caught.value.message
    if line is not None:
        assert caught.value.source.endswith(f"a.yml:{line}")


def test_what_is_no_file_is_an_error(tmp_path):
    with pytest.raises(ConfigError):
        read_mof(tmp_path / "nothing.yml")
    (tmp_path / "big.yml").write_bytes(b"#" * 1_100_000)
    with pytest.raises(ConfigError, match="larger"):
        read_mof(tmp_path / "big.yml")


@given(
    st.recursive(
        st.none() | st.text(max_size=30).filter(lambda one: one.isprintable() or one == "a\nb"),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("abc-_1", min_size=1), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_is_written_reads_as_the_same(value):
    assert load_untrusted(written(value)).value == value


def test_every_list_says_what_it_is_made_for():
    assert all(accepted_ids().values())
    assert "code" in accepted_ids()["MIT"]
    assert accepted_ids()["OpenMDW-1.0"] == {"code", "data", "document"}
