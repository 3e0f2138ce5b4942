# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan init``: ask for the use case, explain each question, write ``modelscan.yml``."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from scanner.cli.common import write_atomically
from scanner.errors import UsageError

FILE = Path("modelscan.yml")

_SKIP = "Leave it empty if you do not know: what depends on it is then answered with “unknown”."


class Question(NamedTuple):
    """One key of the use case."""

    key: str
    ask: str
    why: str
    written: Callable[[str], str]
    """Turns an answer into YAML; raises ValueError with what is wrong."""


def _text(answer: str) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _yes_or_no(answer: str) -> str:
    known = {"yes": "true", "y": "true", "true": "true", "no": "false", "n": "false", "false": "false"}
    if answer.lower() not in known:
        raise ValueError("answer yes or no")
    return known[answer.lower()]


def _acts(answer: str) -> str:
    from scanner.model.license import Act

    acts = list(Act)
    chosen = []
    for word in re.split(r"[,\s]+", answer.strip()):
        number = int(word) if word.isdigit() else 0
        if word in {act.value for act in acts}:
            chosen.append(word)
        elif 1 <= number <= len(acts):
            chosen.append(acts[number - 1].value)
        else:
            raise ValueError(f"{word!r} is neither a number from 1 to {len(acts)} nor an act")
    return f"[{', '.join(dict.fromkeys(chosen))}]"


def _number(answer: str) -> int:
    digits = re.sub(r"[\s_',.]", "", answer)
    if not digits.isdigit():
        raise ValueError("write a whole number, as in 2000000")
    return int(digits)


def _users(answer: str) -> str:
    return f"\n  - {{of: group, metric: monthly-active-users, month: any, value: {_number(answer)}}}"


def _revenue(answer: str) -> str:
    found = re.fullmatch(r"([A-Za-z]{3})\s*(.+)", answer)
    if found is None:
        raise ValueError("write currency and amount, as in EUR 3000000")
    return f"\n  - {{of: group, period: year, currency: {found[1].upper()}, amount: {_number(found[2])}}}"


def _country(answer: str) -> str:
    from scanner.codes import country_problem

    problem = country_problem(answer.upper())
    if problem:
        raise ValueError(problem)
    return json.dumps(answer.upper())


def _countries(answer: str) -> str:
    return f"[{', '.join(_country(word) for word in re.split(r'[,; ]+', answer) if word)}]"


def questions() -> tuple[Question, ...]:
    """Return what is asked, in order."""
    from scanner.model.license import Act

    numbered = ", ".join(f"{number} {act.value}" for number, act in enumerate(Act, 1))
    return (
        Question("title", "What is the plan, in a few words?", "It heads the report.", _text),
        Question(
            "stated_by", "Who gives these answers?", "A report names who answered for the use case.", _text
        ),
        Question(
            "commercial",
            "Is it commercial? (yes or no)",
            "Many licences of models bar commercial use, or ask for registration or a fee.",
            _yes_or_no,
        ),
        Question(
            "acts",
            f"What will be done with the model? ({numbered})",
            "Duties hang on acts: passing weights on owes more than using them inside. Numbers or names.",
            _acts,
        ),
        Question(
            "users",
            "How many monthly active users do you and your affiliates have at most, over all products?",
            "Llama's line is 700 million in the month before a version's release; others begin at a million.",
            _users,
        ),
        Question(
            "revenue",
            "What revenue do you and your affiliates have in a year? (as in EUR 3000000)",
            "Some licences end, or cost money, above a line such as one million US dollars.",
            _revenue,
        ),
        Question(
            "establishment",
            "Where is the organisation established? (country code)",
            "Some licences give no rights to those established in some places, as in the European Union.",
            _country,
        ),
        Question(
            "deployment",
            "In which countries are the model or its outputs used? (country codes)",
            "Some licences exclude use in some places; that of Hunyuan covers outputs too.",
            _countries,
        ),
    )


@click.command(short_help="Ask for your use case and write modelscan.yml.")
@click.option("--template", is_flag=True, help="Ask nothing; write a file to fill in.")
@click.option("--force", is_flag=True, help="Replace a modelscan.yml that is there.")
def init(*, template: bool, force: bool) -> None:
    """Ask for the use case that models are judged for, and write modelscan.yml here.

    Each question says why it matters. What you leave empty stays unknown: no verdict rests on a guess.
    """
    if FILE.exists() and not force:
        raise UsageError(f"{FILE} is there already", advice="edit it, or replace it with --force")
    if not template and not sys.stdin.isatty():
        raise UsageError(
            "there is no terminal to ask on", advice="modelscan init --template writes a file to fill in"
        )
    write_atomically(FILE, _template() if template else _asked())
    click.echo(f"Written: {FILE}. Next: modelscan report ./models")


def _asked() -> str:
    click.echo(f"{_SKIP}\n", err=True)
    lines = []
    for question in questions():
        answer = _answer(question)
        if answer is not None:
            lines += [f"  {line}" for line in answer.splitlines()]
    return "\n".join(["use_case:" if lines else "use_case: {}", *lines, ""])


def _answer(question: Question) -> str | None:
    """Ask until the answer is one, or none."""
    click.echo(question.why, err=True)
    while True:
        given = click.prompt(question.ask, default="", show_default=False, err=True).strip()
        click.echo("", err=True)
        if not given:
            return None
        try:
            return _line(question, given)
        except ValueError as problem:
            click.echo(f"{problem}.", err=True)


def _line(question: Question, answer: str) -> str:
    """Return the answer as a key of YAML."""
    written = question.written(answer)
    return f"{question.key}:{written if written.startswith(chr(10)) else f' {written}'}"


def _template() -> str:
    """Return the questions as comments, each with an example that is commented out."""
    lines = [
        "# What you plan with the models. Take out the # before what you know; the rest stays unknown.",
        "use_case:",
    ]
    examples = {
        "title": "A hosted assistant",
        "stated_by": "A. Lawyer",
        "commercial": "yes",
        "acts": "hosted-service, fine-tuning",
        "users": "2000000",
        "revenue": "EUR 3000000",
        "establishment": "DE",
        "deployment": "DE, AT",
    }
    for question in questions():
        lines.append(f"  # {question.ask} {question.why}")
        lines += [f"  # {line}" for line in _line(question, examples[question.key]).splitlines()]
    return "\n".join([*lines, ""])
