# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan init``: what is answered is written, and what is not stays unknown."""

import importlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.config import load_config
from scanner.evaluate.conditions import leaves
from scanner.evaluate.rules import load_rules
from scanner.model.license import Act
from scanner.model.usecase import UseCase

command = importlib.import_module("scanner.cli.init")  # the name itself is the command


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Call it in an empty folder, as on a terminal, with answers line by line."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments, answers=()):
        return CliRunner().invoke(main, ["init", *arguments], input="".join(f"{one}\n" for one in answers))

    return call


def written() -> UseCase:
    (use_case,) = load_config(Path.cwd(), explicit=Path("modelscan.yml"), environment={}).use_cases
    return use_case


@pytest.fixture
def answered(tmp_path, monkeypatch):
    """Answer the questions without a terminal and read what was written."""
    monkeypatch.chdir(tmp_path)

    def call(*answers):
        given = iter(answers)
        monkeypatch.setattr(command.click, "prompt", lambda *_, **__: next(given))
        Path("modelscan.yml").write_text(command._asked())
        return written()

    return call


ANSWERS = {
    "title": "A plan: “x”",
    "stated_by": "A. Lawyer",
    "commercial": "yes",
    "research": "no",
    "multimodal": "yes",
    "acts": "2, fine-tuning",
    "users of the group": "2 000 000; 700 000 2024-06 daily",
    "users of the entity": "1,500,000 2026-10",
    "users of the product": "90000 users 2026-09",
    "revenue of the group": "eur 3,000,000",
    "revenue of the entity": "2000000 USD 2025-12",
    "revenue of the product": "USD 20000 month 2026-10; USD 90000",
    "establishment": "de",
    "deployment": "DE at",
    "industry": "Public administration",
    "sensitive_uses": "Military, credit scoring",
    "agreements": "LLAMA-3.1: contract “17”; hunyuan-a13b: letter 3 covers territory, user_threshold",
}
"""An answer to each question, in their order."""

EMPTY = dict.fromkeys(ANSWERS, "")


def only(**answers):
    return [*{**EMPTY, **answers}.values()]


def test_every_answer_becomes_a_key(answered):
    found = answered(*ANSWERS.values())
    assert (found.title, found.stated_by, found.commercial) == ("A plan: “x”", "A. Lawyer", True)
    assert (found.research, found.multimodal) == (False, True)
    assert found.acts == (Act.HOSTED_SERVICE, Act.FINE_TUNING)
    assert (found.establishment, found.deployment) == ("DE", ("DE", "AT"))
    assert found.industry == "public-administration"
    assert found.sensitive_uses == ("Military", "credit scoring")


def test_figures_are_written_for_whom_of_what_and_when(answered):
    found = answered(*ANSWERS.values())
    assert [(one.of, one.metric, one.month, one.value) for one in found.users] == [
        ("group", "monthly-active-users", "any", 2_000_000),
        ("group", "daily-active-users", "2024-06", 700_000),
        ("entity", "monthly-active-users", "2026-10", 1_500_000),
        ("product", "users", "2026-09", 90_000),
    ]
    assert [(one.of, one.period, one.currency, one.ending, one.amount) for one in found.revenue] == [
        ("group", "year", "EUR", None, 3_000_000),
        ("entity", "year", "USD", "2025-12", 2_000_000),
        ("product", "month", "USD", "2026-10", 20_000),
        ("product", "year", "USD", None, 90_000),
    ]


def test_an_agreement_names_a_licence_and_what_it_lifts(answered):
    assert [(one.license, one.reference, one.covers) for one in answered(*ANSWERS.values()).agreements] == [
        ("llama-3.1", "contract “17”", None),
        ("hunyuan-a13b", "letter 3", ("territory", "user_threshold")),
    ]


def test_what_is_left_empty_stays_unknown(answered):
    assert answered(*only(commercial="no")) == UseCase(commercial=False)


def test_no_sensitive_use_is_an_answer(answered):
    assert answered(*only(sensitive_uses="none")) == UseCase(sensitive_uses=())


@pytest.mark.parametrize("key", ANSWERS)
def test_each_answer_alone_makes_a_file_that_is_read(answered, key):
    assert answered(*only(**{key: ANSWERS[key]})) != UseCase()


def test_on_a_terminal_it_asks_explains_and_writes(run, monkeypatch):
    monkeypatch.setattr(command, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    result = run(answers=ANSWERS.values())
    assert result.exit_code == 0
    assert written().revenue[1].ending == "2025-12"
    for question in command.questions():
        assert " ".join(question.why.split()[:6]) in " ".join(result.stderr.split())


def test_an_answer_that_is_none_is_asked_again(answered, capsys):
    found = answered(
        *("", "", "perhaps", "yes", "", "", "11", "internal-use", "many", "1.5", "700M", "1e6", "5 2025-13"),
        *("5 2025-04 2025-05", ";", "5", "", ""),
        *("3", "XYZ 3", "€ 3", "USD 3 year month", "USD 3", "", ""),
        *("UK", "GB", ",", "", "bank", "softwear", "software", "", "x", "wharf: 1", "llama-3.11: 1"),
        *("mit: 1 covers everything", ""),
    )
    assert (found.commercial, found.acts, found.users[0].value) == (True, (Act.INTERNAL_USE,), 5)
    assert found.industry == "software"
    told = capsys.readouterr().err
    for words in (
        "answer yes or no",
        "the United Kingdom is GB",
        "'XYZ' is no currency code",
        "the euro is EUR",
        "name at least one",
        "put a semicolon between two figures",
        "'bank' is no industry of the list; there are agriculture",
        "did you mean 'software'?",
        "write licence and reference",
        "'wharf' is no licence of the catalogue",
        "did you mean 'llama-3.1'?",
        "'everything' is nothing that an agreement covers",
    ):
        assert words in " ".join(told.split()), words


def test_a_licence_is_named_where_a_line_is_drawn_for_those_figures():
    for question in command.questions():
        if question.key in {"users", "revenue"}:
            assert "Lines in such figures are drawn by" in question.why
            assert "drawn by ." not in question.why


def test_no_rule_asks_for_the_industry_as_its_question_says():
    assert "use.industry" not in {fact for rule in load_rules() for fact in named(rule)}


def named(rule):
    conditions = [one for one in (rule.where, rule.when, rule.satisfied_when) if one]
    return [fact for one in conditions for leaf in leaves(one) for fact in leaf.facts]


@pytest.mark.parametrize(
    ("answer", "number"),
    [("2000000", 2_000_000), ("2 000 000", 2_000_000), ("2.000.000", 2_000_000), ("2'000", 2_000), ("0", 0)],
)
def test_a_number_is_read_with_its_groups(answer, number):
    assert command._number(answer) == number


@pytest.mark.parametrize("answer", ["1.5", "2,5", "1e6", "700M", "-5", "1.000,000", "²", "1,00", "9" * 16])
def test_what_may_be_another_number_is_none(answer):
    with pytest.raises(ValueError, match="whole number"):
        command._number(answer)


@pytest.mark.parametrize("answer", ["EUR 3000000", "eur3000000", "3.000.000 EUR", "EUR 3,000,000"])
def test_a_currency_stands_on_either_side(answer):
    assert command._revenue("group")(answer).endswith("currency: EUR, amount: 3000000}")


def test_a_misspelt_act_is_told_with_the_right_one():
    with pytest.raises(ValueError, match="did you mean 'hosted-service'"):
        command._acts("hosted-servise")


@pytest.mark.parametrize("name", ["modelscan.yaml", "pyproject.toml"])
def test_another_configuration_is_not_shadowed(run, name):
    Path(name).write_text("[tool.modelscan]\n" if name == "pyproject.toml" else "{}\n")
    result = run("--template", "--force")
    assert result.exit_code == 2
    assert f"{name} configures modelscan here already" in result.stderr
    assert not Path("modelscan.yml").exists()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_who_stops_writes_nothing(run, monkeypatch, stop):
    def stopped(*_, **__):
        raise stop

    monkeypatch.setattr(command.click.termui, "visible_prompt_func", stopped)
    monkeypatch.setattr(command, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    result = run()
    assert result.exit_code == 130
    assert "nothing was written" in result.stderr
    assert not Path("modelscan.yml").exists()


def test_every_question_is_about_a_key_of_the_use_case():
    assert {question.key for question in command.questions()} <= set(UseCase.__struct_fields__)


def test_the_template_holds_nothing_until_the_marks_are_taken_out(run):
    assert run("--template").exit_code == 0
    text = Path("modelscan.yml").read_text()
    assert load_config(Path.cwd(), explicit=None, environment={}).use_cases == ()
    filled = (
        text.replace("  # title", "  title").replace("  # acts", "  acts").replace("  # users", "  users")
    )
    Path("modelscan.yml").write_text(filled.replace("  #   - {of: group, metric", "    - {of: group, metric"))
    assert written().title == "A hosted assistant"
    assert written().users[0].value == 2_000_000


def test_a_file_that_is_there_is_not_replaced_unasked(run):
    Path("modelscan.yml").write_text("{}\n")
    result = run("--template")
    assert (result.exit_code, Path("modelscan.yml").read_text()) == (2, "{}\n")
    assert "--force" in result.stderr
    assert run("--template", "--force").exit_code == 0


def test_without_a_terminal_it_says_what_to_do(run):
    result = run()
    assert result.exit_code == 2
    assert "--template" in result.stderr
