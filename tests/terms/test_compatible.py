# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What may be released under which licence."""

import json
from typing import get_args, get_type_hints

import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scanner.catalog import load_catalogue
from scanner.cli import main
from scanner.cli.licenses import RELATIONS
from scanner.model.conclusion import Relation
from scanner.model.license import OutputTraining, ShareAlike
from scanner.terms import compatible as module
from scanner.terms.compatible import ACTS, Later, Outcome, compatible, known_pairs

RECORDS = load_catalogue().licenses
PAIRS = known_pairs()
ORDER = get_args(Outcome)


def answer(*parents, release, relation="finetune"):
    return compatible([RECORDS[key] for key in parents], RECORDS[release], Relation(relation), PAIRS)


@pytest.mark.parametrize(
    ("parents", "release", "relation", "outcome"),
    [
        (["unlicense"], "mit", "finetune", "allowed"),
        (["mit"], "apache-2.0", "finetune", "conditional"),
        (["mit"], "mit", "finetune", "conditional"),
        (["mit"], "cc-by-nc-4.0", "finetune", "conditional"),
        (["apache-2.0", "mit"], "apache-2.0", "merge", "conditional"),
        (["llama-3.1"], "llama-3.1", "finetune", "conditional"),
        (["llama-3.1"], "mit", "finetune", "conflict"),
        (["llama-3.1"], "mit", "quantized", "conflict"),
        (["llama-3.1"], "llama-3.2", "finetune", "unknown"),  # another month is counted
        (["llama-3.2"], "llama-3.1", "finetune", "conflict"),  # one alone has a limit of territory
        (["cc-by-nc-4.0"], "apache-2.0", "adapter", "conflict"),
        (["cc-by-nc-4.0"], "cc-by-nc-sa-4.0", "finetune", "conditional"),
        (["cc-by-nd-4.0"], "cc-by-nd-4.0", "finetune", "conflict"),
        (["creativeml-openrail-m"], "mit", "finetune", "conditional"),
        (["creativeml-openrail-m"], "gpl-3.0", "finetune", "conflict"),
        (["gpl-3.0"], "mit", "merge", "conflict"),
        (["gpl-3.0", "agpl-3.0"], "agpl-3.0", "merge", "conditional"),
        (["gpl-3.0"], "agpl-3.0", "finetune", "conflict"),  # nothing under the other goes in
        (["eupl-1.2", "gpl-3.0"], "gpl-3.0", "merge", "conditional"),
        (["eupl-1.2"], "gpl-3.0", "finetune", "conflict"),
        (["eupl-1.1"], "eupl-1.2", "finetune", "conditional"),
        (["epl-2.0", "gpl-2.0"], "gpl-2.0", "merge", "unknown"),
        (["gpl-2.0"], "gpl-3.0", "finetune", "unknown"),
        (["cc-by-sa-2.0"], "cc-by-sa-4.0", "finetune", "conditional"),
        (["apache-2.0"], "gpl-2.0", "finetune", "conflict"),
        (["apache-2.0"], "gpl-3.0", "finetune", "conditional"),
        (["grok-2-community"], "mit", "finetune", "unknown"),
        (["mit"], "grok-2-community", "finetune", "unknown"),
        (["llama-2"], "mit", "trained-on", "unknown"),  # other large language models alone
        (["exaone-1.1-nc"], "mit", "trained-on", "conflict"),  # any other model
        (["llama-3.1"], "mit", "trained-on", "conditional"),
        (["deepseek-1.0"], "mit", "distilled", "conditional"),
        (["deepseek-1.0"], "gpl-3.0", "distilled", "conflict"),
        (["deepseek-1.0"], "gpl-3.0", "trained-on", "unknown"),
        (["modelgo-mg-by-nd-2.0"], "mit", "distilled", "conflict"),
        (["modelgo-mg-by-nd-2.0"], "mit", "trained-on", "unknown"),
        (["apache-2.0"], "mit", "distilled", "allowed"),
        (["cc-by-sa-4.0"], "mit", "trained-on", "unknown"),
        (["gpl-3.0"], "mit", "trained-on", "unknown"),
        (["modified-mit-kimi-k2"], "gpl-3.0", "finetune", "unknown"),
    ],
)
def test_what_may_be_released_under_which(parents, release, relation, outcome):
    found = answer(*parents, release=release, relation=relation)
    assert found.outcome == outcome, found.reasons


@pytest.mark.parametrize(
    ("parent", "release", "told", "outcome"),
    [
        ("gpl-2.0", "gpl-3.0", Later(), "unknown"),
        ("gpl-2.0", "gpl-3.0", Later(parents={"gpl-2.0": True}), "conditional"),
        ("gpl-2.0", "gpl-3.0", Later(parents={"gpl-2.0": False}), "conflict"),
        ("gpl-2.0", "gpl-3.0", Later(release=True), "unknown"),
        ("lgpl-2.1", "lgpl-3.0", Later(parents={"lgpl-2.1": False}), "conflict"),
        ("apache-2.0", "gpl-2.0", Later(), "conflict"),
        ("apache-2.0", "gpl-2.0", Later(release=False), "conflict"),
        ("apache-2.0", "gpl-2.0", Later(release=True), "conditional"),
        ("apache-2.0", "gpl-3.0", Later(release=False), "conditional"),
        ("apache-2.0", "lgpl-2.1", Later(), "unknown"),
        ("apache-2.0", "agpl-3.0", Later(), "conditional"),
        ("gpl-2.0", "agpl-3.0", Later(parents={"gpl-2.0": True}), "conflict"),  # nothing under it goes in
    ],
)
def test_a_later_version_may_open_the_way(parent, release, told, outcome):
    found = compatible([RECORDS[parent]], RECORDS[release], Relation.FINETUNE, PAIRS, told)
    assert found.outcome == outcome, found.reasons


def test_the_way_that_a_later_version_opens_is_told():
    (reason, *_) = answer("apache-2.0", release="gpl-2.0").reasons
    assert 'only where gpl-2.0 stands for its version "or any later version"' in reason.why
    assert "the whole can be given under version 3" in reason.why
    assert "GPL-2.0, section 6" in reason.why


@pytest.mark.parametrize(
    ("parents", "release", "told", "outcome"),
    [
        (("gpl-3.0", "agpl-3.0"), "agpl-3.0", Later(), "conditional"),  # each section 13
        (("gpl-3.0", "agpl-3.0"), "gpl-3.0", Later(), "conflict"),  # its part keeps the network clause
        (("gpl-2.0", "agpl-3.0"), "agpl-3.0", Later(), "unknown"),
        (("gpl-2.0", "agpl-3.0"), "agpl-3.0", Later(parents={"gpl-2.0": True}), "conditional"),
        (("gpl-2.0", "agpl-3.0"), "agpl-3.0", Later(parents={"gpl-2.0": False}), "conflict"),
        (("gpl-2.0", "agpl-3.0"), "gpl-2.0", Later(parents={"gpl-2.0": True}), "conflict"),
        (("gpl-2.0", "gpl-3.0"), "gpl-3.0", Later(parents={"gpl-2.0": False}), "conflict"),
        (("lgpl-2.1", "agpl-3.0"), "agpl-3.0", Later(), "conditional"),
    ],
)
def test_the_gpl_and_its_sister_for_networks(parents, release, told, outcome):
    found = compatible([RECORDS[key] for key in parents], RECORDS[release], Relation.MERGE, PAIRS, told)
    assert found.outcome == outcome, found.reasons
    deciding = [one for one in found.reasons if one.outcome == outcome]
    assert any("section" in one.why or one.section for one in deciding)


def test_what_is_told_of_later_versions_settles_the_answer():
    for pair in (pair for pair in PAIRS if pair.or_later):
        for parent in pair.parents:
            for release in pair.releases:
                outcomes = [
                    compatible(
                        [RECORDS[parent], RECORDS[release]],
                        RECORDS[release],
                        Relation.MERGE,
                        PAIRS,
                        Later(parents={parent: told}, release=told),
                    ).outcome
                    for told in (True, False)
                ]
                assert outcomes == ["conditional", "conflict"], (parent, release)


def test_every_reason_but_the_general_ones_names_its_section():
    for one in answer("llama-3.1", release="mit").reasons:
        assert one.section


def test_the_name_is_owed_where_only_outputs_go_in():
    (naming,) = [
        one
        for one in answer("llama-3.1", release="mit", relation="trained-on").reasons
        if "the name begins" in one.why
    ]
    assert naming.section == "1.b.i, last sentence"


@pytest.mark.parametrize("key", ["gemma-2025-03-24", "deepseek-1.0", "hyperclova-x-seed-2025"])
def test_what_is_made_to_perform_like_its_parent_bears_the_duties_of_a_derivative(key):
    told = {one.why for one in answer(key, release="mit", relation="distilled").reasons}
    assert "its text goes with the release" in told
    assert "it is said what was changed" in told
    loose = {one.why for one in answer(key, release="mit", relation="trained-on").reasons}
    assert "where the model is made to perform alike: its text goes with the release" in loose


def test_what_is_made_with_outputs_and_is_free_bears_none():
    told = [one.why for one in answer("modelgo-mg-by-2.0", release="mit", relation="distilled").reasons]
    assert told == ["outputs may train other models"]


def test_a_restriction_beside_copyleft_is_told_once():
    reasons = answer("creativeml-openrail-m", release="gpl-3.0").reasons
    assert [one.outcome for one in reasons if "acceptable use" in one.why] == ["conflict"]
    assert not any("beside gpl-3.0" in one.why for one in reasons)


def test_a_duty_above_a_line_is_told():
    told = [one.why for one in answer("modified-mit-kimi-k2", release="mit").reasons]
    assert any("a further duty above its line (display)" in why for why in told)


KEYS = st.sampled_from(sorted(RECORDS))


@settings(max_examples=200, deadline=None)
@given(st.lists(KEYS, min_size=1, max_size=3), KEYS, KEYS, st.sampled_from(RELATIONS))
def test_one_more_parent_never_makes_it_easier(parents, more, release, relation):
    """But for a work under the licence of the release itself, which some licences ask for."""
    assume(more != release)
    before = answer(*parents, release=release, relation=relation).outcome
    after = answer(*parents, more, release=release, relation=relation).outcome
    assert ORDER.index(after) >= ORDER.index(before)


@settings(max_examples=100, deadline=None)
@given(KEYS, KEYS, st.sampled_from(RELATIONS))
def test_the_order_of_the_parents_does_not_matter(one, two, relation):
    there = answer(one, two, release="mit", relation=relation)
    back = answer(two, one, release="mit", relation=relation)
    assert there.outcome == back.outcome
    assert set(there.reasons) == set(back.reasons)


@pytest.mark.parametrize("parent", sorted(key for key, record in RECORDS.items() if not record.read))
def test_what_was_not_read_is_never_allowed(parent):
    for relation in RELATIONS:
        assert answer(parent, release="mit", relation=relation).outcome == "unknown"


def test_the_tables_cover_every_word_of_the_records():
    assert set(ACTS) == {Relation(name) for name in RELATIONS} == set(Relation) - {Relation.UNKNOWN}
    assert set(module._OUTPUT) == set(get_args(get_type_hints(OutputTraining)["value"])) - {"silent"}
    assert set(module._DEMANDS) == set(get_args(get_type_hints(ShareAlike)["applies"]))


def test_the_pairs_are_of_licences_that_are_known_and_stand_once():
    named = [(parent, release) for one in PAIRS for parent in one.parents for release in one.releases]
    assert all(parent in RECORDS and release in RECORDS for parent, release in named)
    assert len(set(named)) == len(named)


def test_the_command():
    run = CliRunner().invoke
    command = ["licenses", "compatible"]
    text = run(main, [*command, "llama-3.1", "MIT", "--as", "apache-2.0", "--relation", "merge"]).stdout
    assert text.startswith("llama-3.1, mit as apache-2.0, merge: conflict")
    assert "llama-3.1, section 2: user threshold: apache-2.0 would give what this clause withholds" in text
    assert "Nothing in them stands in the way" in run(main, [*command, "unlicense", "--as", "mit"]).stdout
    data = json.loads(run(main, [*command, "mit", "--as", "mit", "-f", "json"]).stdout)
    assert data["outcome"] == "conditional"
    assert run(main, [*command, "mitt", "--as", "mit"]).exit_code == 2
    for name, outcome in (("only", "conflict"), ("or-later", "conditional")):
        assert f"finetune: {outcome}" in run(main, [*command, "apache-2.0", "--as", f"GPL-2.0-{name}"]).stdout
        assert f"finetune: {outcome}" in run(main, [*command, f"gpl-2.0-{name}", "--as", "gpl-3.0"]).stdout
