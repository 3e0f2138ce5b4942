# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Configuration and use cases with mistakes: one readable error with file, line, key and the right word."""

import json

import pytest
from click.testing import CliRunner

from scanner.cli import main

CURATION = """\
curations:
  - release: study
    concluded: mit
    reason: asked
    evidence: a letter
    person: A. B.
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Scan a small release with files of the user: name to content."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model").mkdir()
    (tmp_path / "model/README.md").write_text("---\nlicense: mit\n---\n")

    def call(*arguments, **files):
        for name, content in files.items():
            path = tmp_path / f"{name}.{'toml' if name == 'pyproject' else 'yml'}"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(main, ["report", "model", "-f", "json", *arguments])

    return call


def refused(result, *told):
    """Whether it ended with one readable error that says all of this."""
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) <= 2
    assert not {"regex", "`str`", "`int`", "Object"} & set(result.stderr.split())
    missing = [words for words in told if words not in result.stderr]
    assert not missing, result.stderr


USE_CASE = [
    ("comercial: true", "did you mean 'commercial'"),
    ("users: [{of: group, value: 4, when: 2025-01}]", "its keys are metric, month, of, value"),
    ("users: [{of: group, value: 4}, {of: group, value: 5}]", "5 is more than users[0], 4"),
    (
        "users: [{of: group, month: any, value: 4}, {of: product, month: 2025-01, value: 5}]",
        "more than users[0]",
    ),
    ("users: [{of: entity, metric: monthly-visits, value: 4}, {of: entity, value: 5}]", "more than users[0]"),
    (
        "revenue: [{of: group, currency: EUR, amount: 4}, {of: group, currency: EUR, amount: 5}]",
        "another amount stands in revenue[0]",
    ),
    ("commercial: yes", "true or false is wanted here, not 'yes'; write true"),
    ("acts: hosted-service", "write [hosted-service]"),
    ("acts: [hosted]", "did you mean 'hosted-service'"),
    ("acts: [HOSTED_SERVICE]", "did you mean 'hosted-service'"),
    ("acts: []", "no act is planned"),
    ("users: 5", "each item is a mapping with of, value"),
    ("users: [{of: group, value: 1e6}]", "users[0].value: a whole number is wanted here, not '1e6'"),
    ("users: [{of: group, value: 1.000.000}]", "write it as in 2000000"),
    ("users: [{of: group, value: 700M}]", "write it as in 2000000"),
    ("users: [{of: group, value: -4}]", "users[0].value: -4 is not a number from 0"),
    (f"users: [{{of: group, value: {'9' * 26}}}]", "write it as in 2000000"),
    ("users: [{of: grp, value: 4}]", "did you mean 'group'"),
    ("users: [{value: 4}]", "the key 'of' is missing"),
    ("users: [{of: group, value: 4, month: 2025-13}]", "'2025-13' is not a month"),
    ("users: [{of: group, value: 4, month: June}]", "write it as in 2025-04"),
    ("revenue: [{of: group, currency: XYZ, amount: 4}]", "'XYZ' is no currency code of ISO 4217"),
    ("revenue: [{of: group, currency: eur, amount: 4}]", "did you mean 'EUR'"),
    ("revenue: [{of: group, currency: EUR, amount: 4.5}]", "a whole number is wanted here, not '4.5'"),
    ("revenue: [{of: group, currency: EUR, amount: 4, ending: 2025}]", "write it as in 2025-04"),
    ("revenue: [{of: group, currency: EUR, amount: 4, period: annual}]", "use one of month, year"),
    ("establishment: UK", "the United Kingdom is GB"),
    ("establishment: Germany", "did you mean 'DE'"),
    ("deployment: [de]", "did you mean 'DE'"),
    ("deployment: [XX]", "'XX' is no country code of ISO 3166-1"),
    ("deployment: DE", "write [DE]"),
    ("industry: helth", "did you mean 'health'"),
    ("industry: 5", "use one of administrative-services, agriculture"),
    ("agreements: [{license: lama-3.1, reference: x}]", "agreements[0].license: 'lama-3.1'"),
    ("agreements: [{license: llama-3.1}]", "the key 'reference' is missing"),
    ("id: ''", "write a short name"),
    ("title: [a]", "a text is wanted here, not a list"),
]


@pytest.mark.parametrize(("line", "told"), USE_CASE)
def test_a_mistake_in_a_use_case_is_named_with_its_line(run, line, told):
    refused(run(modelscan=f"use_case:\n  stated_by: me\n  {line}\n"), "modelscan.yml:3: ", told)
    one = run("--use-case", "own.yml", modelscan="", own=f"stated_by: me\n{line}\n")
    refused(one, "own.yml:2: ", told)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("polcy: {}\n", 1, "did you mean 'policy'"),
        ("policy:\n  deny: [non-comercial]\n", 2, "policy.deny[0]: 'non-comercial'"),
        ("policy:\n  allow:\n    - mit\n    - aapche-2.0\n", 4, "did you mean 'apache-2.0'"),
        ("policy:\n  deny: [LicenseRef-scancode-llama-3.1-license-2024]\n", 2, "did you mean 'llama-3.1'"),
        ("policy:\n  deny: non-commercial\n", 2, "write [non-commercial]"),
        ("policy:\n  deny:\n", 2, "leave the key out"),
        ("policy:\n  require: [license-text]\n", 2, "did you mean 'licence-text'"),
        ("paths: {skp: []}\n", 1, "did you mean 'skip'"),
        ("paths:\n  skip: '*.md'\n", 2, "write [*.md]"),
        ("use_cases:\n  - id: a\n  - id: a\n", 3, "two use cases have the name 'a'"),
        ("use_case: {id: a}\nuse_cases:\n  - commercial: true\n  - id: a\n", 4, "use_cases[1].id"),
        (CURATION.replace("mit", "mti"), 3, "did you mean 'mit'"),
        (CURATION.replace("mit", "[mit, mti]"), 3, "concluded[1]: 'mti'"),
        (CURATION.replace("A. B.", "' '"), 6, "curations[0].person: it is empty"),
        (CURATION.replace("person", "persn"), 6, "did you mean 'person'"),
        (CURATION.replace("release: study", "digest: zz"), 2, "64 hex digits"),
        (CURATION.replace("release: study\n    ", ""), 2, "names neither"),
        (CURATION + "    date: 2025-02-30\n", 7, "'2025-02-30' is no date; write it as in 2025-04-05"),
        (CURATION + "    component: weigths\n", 7, "did you mean 'weights'"),
        (CURATION + CURATION.replace("curations:\n", "").replace("mit", "isc"), 7, "curations 1 and 2"),
        ("use_case:\n  title: a\n  title: b\n", 3, "stands twice"),
        ("use_case: &a {title: b}\nuse_cases: [*a]\n", 2, "aliases are not followed"),
        ("use_case:\n\ttitle: a\n", 2, "no YAML"),
        ("use_case: [\n", 2, "no YAML"),
        (b"use_case:\n  title: M\xfcller\n", 2, "this is no UTF-8"),
    ],
)
def test_a_mistake_in_the_configuration_is_named_with_its_line(run, text, line, told):
    refused(run(modelscan=text), f"modelscan.yml:{line}: ", told)


@pytest.mark.parametrize("text", ["- a\n", "words\n", "5\n"])
def test_a_file_that_is_no_mapping_is_refused(run, text):
    refused(run(modelscan=text), "modelscan.yml", "a mapping is wanted here")
    refused(run("--use-case", "own.yml", modelscan="", own=text), "own.yml", "a mapping is wanted here")


@pytest.mark.parametrize("text", ["", "use_case:\n", "\ufeff# nothing yet\n"])
def test_an_empty_configuration_states_nothing(run, text):
    result = run(modelscan=text)
    assert result.exit_code == 0
    assert [one["stated_by"] for one in json.loads(result.stdout)["use_cases"]] == [None]


def test_a_word_of_a_megabyte_is_not_repeated(run):
    for line in (f"{'x' * 1_000_000}: a", f"id: [{'x' * 1_000_000}]", f"acts: [{'x' * 1_000_000}]"):
        result = run(modelscan=f"use_case:\n  {line}\n")
        refused(result, "modelscan.yml:2: ")
        assert len(result.stderr) < 3000


def test_a_folder_where_the_configuration_is_wanted(run, tmp_path):
    (tmp_path / "modelscan.yml").mkdir()
    refused(run(), "modelscan.yml", "cannot be read: is a directory")
    refused(run("--use-case", "model"), "cannot be read: is a directory")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[tool.modelscan.use_case]\ncomercial = true\n", "did you mean 'commercial'"),
        ("[tool.modelscan.use_case]\nusers = [{of = 'group', value = 1e6}]\n", "users[0].value"),
        ("[tool]\nmodelscan = 5\n", "a mapping is wanted here, not 5"),
        ("[tool\n", "no TOML"),
    ],
)
def test_a_mistake_in_pyproject_is_named_with_its_key(run, text, told):
    refused(run(pyproject=text), "pyproject.toml: ", told)


def test_a_pyproject_of_another_shape_configures_nothing(run):
    assert run(pyproject="tool = 5\n").exit_code == 0


@pytest.mark.parametrize("text", ["policy: {deny: [mit]}\nuse_case: {commercial: true}\n", "use_cases: []\n"])
def test_a_configuration_is_no_use_case(run, text):
    refused(run("--use-case", "own.yml", own=text), "own.yml:1: ", "stands in modelscan.yml")


def test_two_use_cases_of_one_name_are_both_named(run, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.yml").write_text("commercial: true\n")
    result = run("--use-case", "a/plan.yml", "--use-case", "b/plan.yml")
    refused(result, "b/plan.yml: its id 'plan' is that of a/plan.yml", "give each a name")
