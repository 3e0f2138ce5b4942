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
from scanner.model.license import Act
from scanner.model.usecase import UseCase

command = importlib.import_module("scanner.cli.init")  # the name itself is the command


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Call it in an empty folder, as on a terminal, with answers line by line."""
    monkeypatch.chdir(tmp_path)
    terminal = type("Terminal", (), {"isatty": staticmethod(lambda: True)})

    def call(*arguments, answers=None):
        if answers is not None:
            monkeypatch.setattr(command.sys, "stdin", terminal)
        given = "\n".join(answers or ()) + "\n"
        return CliRunner().invoke(main, ["init", *arguments], input=given)

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


def test_every_answer_becomes_a_key(answered):
    found = answered(
        "A plan: “x”", "A. Lawyer", "yes", "no", "2, fine-tuning", "2 000 000", "eur 3,000,000", "de", "DE at"
    )
    assert (found.title, found.stated_by, found.commercial) == ("A plan: “x”", "A. Lawyer", True)
    assert found.research is False
    assert found.acts == (Act.HOSTED_SERVICE, Act.FINE_TUNING)
    (users,), (revenue,) = found.users, found.revenue
    assert (users.of, users.month, users.value) == ("group", "any", 2_000_000)
    assert (revenue.of, revenue.currency, revenue.amount) == ("group", "EUR", 3_000_000)
    assert (found.establishment, found.deployment) == ("DE", ("DE", "AT"))


def test_what_is_left_empty_stays_unknown(answered):
    assert answered("", "", "no", "", "", "", "", "", "") == UseCase(commercial=False)


def test_an_answer_that_is_none_is_asked_again(answered, capsys):
    found = answered(
        *("", "", "perhaps", "yes", "", "11", "internal-use", "many", "1.5", "700M", "1e6", "5"),
        *("3", "XYZ 3", "€ 3", "USD 3", "UK", "GB", ",", ""),
    )
    assert (found.commercial, found.acts, found.users[0].value) == (True, (Act.INTERNAL_USE,), 5)
    told = capsys.readouterr().err
    assert "answer yes or no" in told
    assert "the United Kingdom is GB" in told
    assert "'XYZ' is no currency code" in told
    assert "the euro is EUR" in told
    assert "name at least one" in told


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
    assert command._revenue(answer).endswith("currency: EUR, amount: 3000000}")


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
