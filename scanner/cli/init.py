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

from scanner.cli.common import print_text, write_atomically
from scanner.errors import UsageError

FILE = Path("modelscan.yml")
CODE = 2
"""Letters of a country code."""

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
    from scanner.guarded.strict import nearest
    from scanner.model.license import Act

    acts = [act.value for act in Act]
    numbered = {str(number): act for number, act in enumerate(acts, 1)}
    chosen = []
    for word in _words(answer):
        act = numbered.get(word, word.lower().replace("_", "-"))
        if act not in acts:
            told = f"{word!r} is neither a number from 1 to {len(acts)} nor an act"
            raise ValueError(told + nearest(word, acts))
        chosen.append(act)
    return f"[{', '.join(dict.fromkeys(chosen))}]"


def _words(answer: str) -> list[str]:
    """Return the words of a list, separated by commas or, without these, by spaces."""
    found = re.split(r"[,;]" if re.search("[,;]", answer) else r"\s+", answer)
    words = [word.strip() for word in found if word.strip()]
    if not words:
        raise ValueError("name at least one, or leave it empty")
    return words


_NUMBER = re.compile(r"[0-9]{1,15}|[0-9]{1,3}([ _',.\u00a0\u202f])[0-9]{3}(\1[0-9]{3}){0,3}")
"""Digits alone, or in groups of three: ``1.5`` is no number here, so that nobody has fifteen users by it."""


def _number(answer: str) -> int:
    if not _NUMBER.fullmatch(answer.strip()):
        raise ValueError("write a whole number, as in 2000000")
    return int(re.sub("[^0-9]", "", answer))


def _users(answer: str) -> str:
    return f"\n  - {{of: group, metric: monthly-active-users, month: any, value: {_number(answer)}}}"


def _revenue(answer: str) -> str:
    from scanner.codes import currency_problem

    found = re.fullmatch(r"(?P<before>[^\d\s]*)\s*(?P<amount>\d.*?\d|\d)\s*(?P<after>[^\d\s]*)", answer)
    if found is None or bool(found["before"]) == bool(found["after"]):
        raise ValueError("write currency and amount, as in EUR 3000000")
    currency = (found["before"] or found["after"]).upper()
    problem = currency_problem(currency)
    if problem:
        raise ValueError(problem)
    return f"\n  - {{of: group, period: year, currency: {currency}, amount: {_number(found['amount'])}}}"


def _country(answer: str) -> str:
    from scanner.codes import country_problem

    code = answer.upper() if len(answer) == CODE else answer
    problem = country_problem(code)
    if problem:
        raise ValueError(problem)
    return json.dumps(code)


def _countries(answer: str) -> str:
    return f"[{', '.join(map(_country, _words(answer)))}]"


def questions() -> tuple[Question, ...]:
    """Return what is asked, in order."""
    from scanner.model.license import Act

    numbered = ", ".join(f"{number}={act.value}" for number, act in enumerate(Act, 1))
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
            "research",
            "Is all of it research, academic or scientific? (yes or no)",
            "Some licences permit research alone; other use is then barred even where it earns nothing.",
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
    from scanner.config import nearest_file

    if FILE.exists() and not force:
        raise UsageError(f"{FILE} is there already", advice="edit it, or replace it with --force")
    there = None if FILE.exists() else nearest_file(Path.cwd())
    if there is not None and there.parent == Path.cwd():
        raise UsageError(
            f"{there.name} configures modelscan here already", advice="edit it; there can be but one"
        )
    if not template and not sys.stdin.isatty():
        raise UsageError(
            "there is no terminal to ask on", advice="modelscan init --template writes a file to fill in"
        )
    write_atomically(FILE, _template() if template else _asked())
    click.echo(f"Written: {FILE}. Next: modelscan report ./models")


def _asked() -> str:
    print_text(f"{_SKIP}\n\n", err=True)
    lines = []
    for question in questions():
        answer = _answer(question)
        if answer is not None:
            lines += [f"  {line}" for line in answer.splitlines()]
    return "\n".join(["use_case:" if lines else "use_case: {}", *lines, ""])


def _answer(question: Question) -> str | None:
    """Ask until the answer is one, or none."""
    print_text(f"{question.ask}\n  {question.why}", err=True)
    while True:
        given = click.prompt("", prompt_suffix="> ", default="", show_default=False, err=True).strip()
        click.echo("", err=True)
        if not given:
            return None
        try:
            return _line(question, given)
        except ValueError as problem:
            print_text(f"{str(problem).rstrip('.?')}{'?' if str(problem).endswith('?') else '.'}", err=True)


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
        "research": "no",
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
