# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan init``: ask for the use case, explain each question, write ``modelscan.yml``."""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

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
    """Several questions in a row may be about one; their answers then stand below each other."""

    ask: str
    why: str
    example: str
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


_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_METRICS = {
    **dict.fromkeys(("monthly-active-users", "monthly", "mau"), "monthly-active-users"),
    **dict.fromkeys(("daily-active-users", "daily", "dau"), "daily-active-users"),
    **dict.fromkeys(("monthly-unique-users", "unique", "muu"), "monthly-unique-users"),
    **dict.fromkeys(("monthly-visits", "visits"), "monthly-visits"),
    "users": "users",
}
_PERIODS = {"year": "year", "month": "month"}


def _users(of: str) -> Callable[[str], str]:
    """Return what writes counts of users of a product, an entity or a group."""

    def one(answer: str) -> str:
        month, rest = _taken(answer, lambda word: word if _MONTH.fullmatch(word) or word == "any" else None)
        metric, rest = _taken(rest, _METRICS.get)
        metric, month = metric or "monthly-active-users", month or "any"
        return f"{{of: {of}, metric: {metric}, month: {month}, value: {_number(rest)}}}"

    return lambda answer: _items(answer, one)


def _revenue(of: str) -> Callable[[str], str]:
    """Return what writes the revenue of a product, an entity or a group."""
    from scanner.codes import currency_problem

    def one(answer: str) -> str:
        ending, rest = _taken(answer, lambda word: word if _MONTH.fullmatch(word) else None)
        period, rest = _taken(rest, _PERIODS.get)
        found = re.fullmatch(r"(?P<before>[^\d\s]*)\s*(?P<amount>\d.*?\d|\d)\s*(?P<after>[^\d\s]*)", rest)
        if found is None or bool(found["before"]) == bool(found["after"]):
            raise ValueError("write currency and amount, as in EUR 3000000")
        currency = (found["before"] or found["after"]).upper()
        problem = currency_problem(currency)
        if problem:
            raise ValueError(problem)
        last = f"ending: {ending}, " if ending else ""
        amount = _number(found["amount"])
        return f"{{of: {of}, period: {period or 'year'}, currency: {currency}, {last}amount: {amount}}}"

    return lambda answer: _items(answer, one)


def _taken(answer: str, meaning: Callable[[str], str | None]) -> tuple[str | None, str]:
    """Return what the one word of an answer that has a meaning means, and the answer without it."""
    words = answer.split()
    found = [word for word in words if meaning(word.lower()) is not None]
    if len(found) > 1:
        raise ValueError(f"{found[0]!r} and {found[1]!r} in one answer; put a semicolon between two figures")
    rest = " ".join(word for word in words if word not in found)
    return (meaning(found[0].lower()) if found else None), rest


def _items(answer: str, written: Callable[[str], str]) -> str:
    """Return one or several figures, separated by semicolons, as the items of a list."""
    parts = [part.strip() for part in answer.split(";") if part.strip()]
    if not parts:
        raise ValueError("name at least one, or leave it empty")
    return "".join(f"\n  - {written(part)}" for part in parts)


def _industry(answer: str) -> str:
    from scanner.guarded.strict import nearest
    from scanner.model.usecase import INDUSTRIES

    word = answer.lower().replace("_", "-").replace(" ", "-")
    if word not in INDUSTRIES:
        known = "" if nearest(word, INDUSTRIES) else f"; there are {', '.join(INDUSTRIES)}"
        raise ValueError(f"{answer!r} is no industry of the list{nearest(word, INDUSTRIES)}{known}")
    return word


def _sensitive(answer: str) -> str:
    uses = [] if answer.lower() in {"none", "no"} else [use.strip() for use in re.split("[,;]", answer)]
    return f"[{', '.join(_text(use) for use in uses if use)}]"


_AGREEMENT = re.compile(r"(?P<license>[^:]+?)\s*:\s*(?P<reference>.+?)(?:\s+covers\s+(?P<covers>[a-z_ ,]+))?")


def _agreements(answer: str) -> str:
    return _items(answer, _agreement)


def _agreement(answer: str) -> str:
    from scanner.catalog import load_catalogue
    from scanner.guarded.strict import nearest
    from scanner.model.usecase import LIMITS

    found = _AGREEMENT.fullmatch(answer)
    if found is None:
        raise ValueError("write licence and reference, as in llama-3.1: contract 17 of 2025-04-05")
    names = load_catalogue().names
    key = names.get(found["license"].lower())
    if key is None:
        raise ValueError(
            f"{found['license']!r} is no licence of the catalogue{nearest(found['license'], names)}"
        )
    covers = _words(found["covers"]) if found["covers"] else []
    for kind in covers:
        if kind not in LIMITS:
            raise ValueError(f"{kind!r} is nothing that an agreement covers; there are {', '.join(LIMITS)}")
    only = f", covers: [{', '.join(covers)}]" if covers else ""
    return f"{{license: {_text(key)}, reference: {_text(found['reference'])}{only}}}"


def _country(answer: str) -> str:
    from scanner.codes import country_problem

    code = answer.upper() if len(answer) == CODE else answer
    problem = country_problem(code)
    if problem:
        raise ValueError(problem)
    return json.dumps(code)


def _countries(answer: str) -> str:
    return f"[{', '.join(map(_country, _words(answer)))}]"


_WHOSE = {
    "group": "do you and your affiliates have, over all products",
    "entity": "do you have without affiliates, over all products",
    "product": "does the product with the model have",
}
"""Whose figures are asked for; those of the group first, since they bound the others."""


def questions() -> tuple[Question, ...]:
    """Return what is asked, in order."""
    from scanner.model.license import Act
    from scanner.model.usecase import INDUSTRIES, LIMITS

    numbered = ", ".join(f"{number}={act.value}" for number, act in enumerate(Act, 1))
    return (
        Question(
            "title", "What is the plan, in a few words?", "It heads the report.", "A hosted assistant", _text
        ),
        Question(
            "stated_by",
            "Who gives these answers?",
            "A report names who answered for the use case.",
            "A. Lawyer",
            _text,
        ),
        Question(
            "commercial",
            "Is it commercial? (yes or no)",
            "Many licences of models bar commercial use, or ask for registration or a fee"
            f" ({_several('commercial_use', lambda use: use.value != 'yes')}).",
            "yes",
            _yes_or_no,
        ),
        Question(
            "research",
            "Is all of it research, academic or scientific? (yes or no)",
            "Some licences permit research alone, and bar other use even where it earns nothing"
            f" ({_several('research_only', bool)}).",
            "no",
            _yes_or_no,
        ),
        Question(
            "multimodal",
            "Does the model take or make more than text, as images or speech? (yes or no)",
            "Some clauses are for such models alone"
            f" ({_several('territory', lambda place: place.models == 'multimodal')})."
            " Asked for where a model's own files do not say.",
            "no",
            _yes_or_no,
        ),
        Question(
            "acts",
            f"What will be done with the model? ({numbered})",
            "Duties of nearly every licence hang on acts: passing weights on owes more than using them."
            " Numbers or names.",
            "hosted-service, fine-tuning",
            _acts,
        ),
        *(
            Question(
                "users",
                f"How many users {whose}, at most? (as in 2000000, monthly active ones in whichever month;"
                " add daily-active-users, monthly-unique-users, monthly-visits or users where these were"
                " counted, and 2026-10 where it is the number of that month alone)",
                f"{_counting('user_threshold', of)} Several figures: put semicolons between them.",
                "2000000",
                _users(of),
            )
            for of, whose in _WHOSE.items()
        ),
        *(
            Question(
                "revenue",
                f"What revenue {whose}? (as in EUR 3000000, of the latest year; add month for that of a"
                " month, and 2025-12 where the period ended then)",
                f"{_counting('revenue_threshold', of)} Several figures: put semicolons between them.",
                "EUR 3000000",
                _revenue(of),
            )
            for of, whose in _WHOSE.items()
        ),
        Question(
            "establishment",
            "Where is the organisation established? (country code)",
            "Some licences give no rights to those established in some places"
            f" ({_several('territory', bool)}).",
            "DE",
            _country,
        ),
        Question(
            "deployment",
            "In which countries are the model or its outputs used? (country codes)",
            "The same licences exclude use in some places, some of outputs too"
            f" ({_several('territory', lambda place: place.covers_outputs)}).",
            "DE, AT",
            _countries,
        ),
        Question(
            "industry",
            f"In which industry is it used? ({', '.join(INDUSTRIES)})",
            "No rule of ours needs it today: it stands in the report, and rules of your own may ask for it.",
            "software",
            _industry,
        ),
        Question(
            "sensitive_uses",
            "Which sensitive uses are planned, as in military, medical advice, minors? (or none)",
            "Lists of forbidden uses name such fields"
            f" ({_several('acceptable_use', lambda use: bool(use.topics))}).",
            "none",
            _sensitive,
        ),
        Question(
            "agreements",
            "Which agreements with licensors do you have? (as in llama-3.1: contract 17 of 2025-04-05; add"
            f" covers and what it lifts where that is not everything: {', '.join(LIMITS)})",
            "An agreement gives what a licence withholds: every one that withholds something asks for it.",
            "llama-3.1: contract 17 of 2025-04-05",
            _agreements,
        ),
    )


_NAMED = 4
"""Licences that an explanation names."""


def _several(kind: str, fits: Callable[[Any], bool]) -> str:
    """Return some licences with a clause that fits, one for each family, the largest families first."""
    from scanner.catalog import load_catalogue

    headings = load_catalogue().headings
    keys = tuple(dict.fromkeys(key for key, clause in _clauses(kind) if fits(clause)))
    sizes = Counter(headings[key].family for key in keys)
    newest = {headings[key].family: key for key in keys}
    named = [newest[family] for family, _ in sizes.most_common(_NAMED)]
    more = len(keys) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


@cache
def _clauses(kind: str) -> tuple[tuple[str, Any], ...]:
    """Return the clauses of one kind in the whole catalogue, each with the key of its licence."""
    from scanner.catalog import load_catalogue

    records = load_catalogue().licenses.values()
    return tuple((record.key, clause) for record in records for clause in record.clauses(kind) or ())


def _counting(kind: str, of: str) -> str:
    """Return which licences draw a line in figures of a product, an entity or a group."""
    counted = {of, "not-stated"}
    return f"Lines in such figures are drawn by {_several(kind, lambda clause: clause.counts in counted)}."


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
    answers: dict[str, str] = {}
    for question in questions():
        answer = _answer(question)
        if answer is not None:
            answers[question.key] = answers.get(question.key, "") + answer
    lines = [f"  {line}" for key, written in answers.items() for line in _line(key, written).splitlines()]
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
            return question.written(given)
        except ValueError as problem:
            print_text(f"{str(problem).rstrip('.?')}{'?' if str(problem).endswith('?') else '.'}", err=True)


def _line(key: str, written: str) -> str:
    """Return a key of YAML with what is written for it."""
    return f"{key}:{written if written.startswith(chr(10)) else f' {written}'}"


def _template() -> str:
    """Return the questions as comments, each with an example that is commented out."""
    lines = [
        "# What you plan with the models. Take out the # before what you know; the rest stays unknown.",
        "use_case:",
    ]
    for key, group in groupby(questions(), key=attrgetter("key")):
        asked = tuple(group)
        lines += [f"  # {question.ask} {question.why}" for question in asked]
        written = "".join(question.written(question.example) for question in asked)
        lines += [f"  # {line}" for line in _line(key, written).splitlines()]
    return "\n".join([*lines, ""])
