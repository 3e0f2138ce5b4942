# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The JSON of a check satisfies its schema, which is strict and lies where it is published."""

import copy
import json
from pathlib import Path

import msgspec
import pytest
import sample_check
from click.testing import CliRunner
from jsonschema import Draft202012Validator, ValidationError

from scanner.cli import main
from scanner.data import folder
from scanner.model.finding import Outcome, Severity, Verdict, VerdictWord
from scanner.model.gate import Matter
from scanner.model.lock import Lock
from scanner.render.check_json import check_document, render_check_json
from scanner.render.check_schema import check_schema

ROOT = Path(__file__).parents[2]
CHECK = Draft202012Validator(check_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def objects(node):
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def whole():
    """Return a check in which every kind of part stands."""
    report = sample_check.rich()
    matter = Matter(
        rule="a/b",
        severity=Severity.WARNING,
        outcome=Outcome.UNKNOWN,
        because="terms",
        message="what",
        how_to_fix="how",
        identity="one",
        accepted="accepted by somebody until 2027-01-01",
    )
    verdict = Verdict(use_case="default", verdict=VerdictWord.REVIEW, because=("terms",), reasons=("why",))
    (model,) = report.models
    model = sample_check.replaced(model, matters=(matter,), verdicts=(verdict,))
    return sample_check.replaced(report, models=(model,))


@pytest.mark.parametrize(
    "report",
    [
        whole(),
        sample_check.report((), compared=False),
        *map(sample_check.rich, sample_check.HOSTILE),
    ],
)
def test_every_check_satisfies_it(report):
    CHECK.validate(json.loads(render_check_json(report)))


def test_it_is_valid_and_closed():
    schema = check_schema()
    Draft202012Validator.check_schema(schema)
    closed = [one.get("additionalProperties") for one in objects(schema)]
    assert len(closed) > 20
    assert all(one is False or isinstance(one, dict) for one in closed)


def test_every_definition_is_used():
    schema = check_schema()
    text = json.dumps(schema)
    assert [name for name in schema["$defs"] if f'"#/$defs/{name}"' not in text] == []


@pytest.mark.parametrize("part", ["models", "findings", "references", "changes", "rules", "unread"])
def test_what_is_missing_or_unknown_is_refused(part):
    document = check_document(whole())
    extra, less = copy.deepcopy(document), copy.deepcopy(document)
    extra[part][0]["surprise"] = 1
    del less[part][0][next(iter(less[part][0]))]
    for wrong in (extra, less):
        with pytest.raises(ValidationError):
            CHECK.validate(json.loads(json.dumps(wrong)))


def test_the_published_file_is_what_the_values_say():
    text = (folder("reports") / "check.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == check_schema()


def test_the_command_prints_both_schemas():
    for name in ("check", "lock"):
        result = CliRunner().invoke(main, ["schema", name])
        assert result.exit_code == 0
        Draft202012Validator.check_schema(json.loads(result.output))


def test_a_lock_satisfies_its_schema():
    schema = Draft202012Validator(json.loads(CliRunner().invoke(main, ["schema", "lock"]).output))
    (model,) = sample_check.rich().models
    written = json.loads(msgspec.json.encode(Lock(models=(model.entry,))))
    schema.validate(written)
    written["models"][0]["surprise"] = 1
    assert not schema.is_valid(written)
