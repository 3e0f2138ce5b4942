# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The matrix of acts: every act by itself, whether it is planned or not."""

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from scanner import pipeline
from scanner.catalog import load_catalogue
from scanner.cli import main
from scanner.config import Config
from scanner.evaluate import by_act, evaluate, weighed
from scanner.evaluate.alone import license_by_act
from scanner.evaluate.contexts import World
from scanner.evaluate.rules import load_rules
from scanner.evaluate.verdict import word_of
from scanner.model.finding import VerdictWord
from scanner.model.license import Act
from scanner.model.usecase import DEFAULT_USE_CASE, UseCase

USE_CASES = (
    DEFAULT_USE_CASE,
    UseCase(id="none", commercial=None, acts=None),
    UseCase(id="free", commercial=False, research=True, acts=(Act.MERGING,), establishment="FR", users=()),
)
LICENSES = load_catalogue().licenses
RULES = load_rules()


@pytest.mark.corpus
def test_an_act_by_itself_is_judged_as_a_use_case_with_that_act_alone(corpus, knowledge, monkeypatch):
    judged = []

    def keep(subject, rules, use_case):
        judged.append((World(subject), rules, use_case))
        return evaluate(subject, rules, use_case)

    monkeypatch.setattr(pipeline, "evaluate", keep)
    config = Config(use_cases=USE_CASES)
    pipeline.scan([corpus / "corpus"], knowledge, config, as_of="2026-11-25", step=lambda *_: None)
    for world, rules, use_case in judged[::2]:
        for act, word in by_act(world, rules, use_case):
            alone = replace(use_case, acts=(act,))
            assert word is word_of(weighed(world, rules, alone)), (world.subject.release.name, act)


def test_every_act_is_there_and_the_planned_ones_are_marked(tmp_path, scanned):
    (tmp_path / "README.md").write_text("---\nlicense: apache-2.0\nbase_model: org/a\n---\n\n# A model\n")
    (release,) = scanned(tmp_path, use_cases=USE_CASES).releases
    for use_case in USE_CASES:
        own = [cell for cell in release.acts if cell.use_case == use_case.id]
        assert [cell.act for cell in own] == list(Act)
        assert {cell.act for cell in own if cell.planned} == set(use_case.acts or ())


def test_the_report_has_a_row_for_each_licence_that_binds(tmp_path, scanned):
    (tmp_path / "README.md").write_text(
        "---\nlicense: apache-2.0\nbase_model: meta-llama/Llama-3.1-8B\n---\n"
    )
    (tmp_path / "config.json").write_text('{"model_type": "llama"}')
    report = scanned(tmp_path, use_cases=USE_CASES)
    assert [row.license for row in report.license_acts] == ["apache-2.0", "llama-3.1"]
    for row in report.license_acts:
        assert [cell.use_case for cell in row.acts] == [case.id for case in USE_CASES for _ in Act]
        own = [cell for cell in row.acts if cell.use_case == USE_CASES[0].id]
        by_itself = license_by_act(LICENSES[row.license], RULES, USE_CASES[0], report.as_of)
        assert {cell.act: cell.verdict for cell in own} == by_itself
        assert {cell.act for cell in own if cell.planned} == set(USE_CASES[0].acts)


@pytest.mark.parametrize(
    ("key", "act", "word"),
    [
        ("apache-2.0", Act.INTERNAL_USE, "allowed"),
        ("apache-2.0", Act.REDISTRIBUTION, "conditional"),
        ("cc-by-nc-4.0", Act.HOSTED_SERVICE, "blocked"),
        ("cc-by-nd-4.0", Act.FINE_TUNING, "allowed"),
        ("llama-2", Act.OUTPUT_TRAINING, "blocked"),
        ("llama-3.1", Act.HOSTED_SERVICE, "review"),
    ],
)
def test_a_licence_by_itself(key, act, word):
    found = license_by_act(LICENSES[key], RULES, DEFAULT_USE_CASE, "2026-11-25")
    assert list(found) == list(Act)
    assert found[act] == word


def test_of_a_licence_that_was_not_read_nothing_is_called_allowed():
    for record in LICENSES.values():
        if not record.read:
            words = license_by_act(record, RULES, DEFAULT_USE_CASE, "2026-11-25").values()
            assert set(words) <= {VerdictWord.REVIEW, VerdictWord.BLOCKED}, record.key


def test_the_command_prints_the_row_of_a_licence():
    text = CliRunner().invoke(main, ["licenses", "show", "apache-2.0"]).stdout
    _, _, row = text.partition("Each act by itself")
    assert len(row.splitlines()) == len(Act) + 1
    assert "  redistribution          conditional\n" in row
