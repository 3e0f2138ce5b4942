# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Rules of the user beside ours: used like ours, and refused with place and nearest right word."""

import json

import pytest
from click.testing import CliRunner

from scanner.cli import main

RULE = """id: house/no-share-alike
kind: finding
title: No terms that travel
severity: warning
confidence: high
because: policy
why: We do not want terms that bind what we make.
references: []
for: clause(share_alike)
when: {overlaps: {use.acts: $clause.triggers}}
message: "{license.name}, {clause.place}: we do not take terms that travel."
fix: Choose another model.
settles: what is planned
examples:
  - name: a planned act
    facts:
      use.acts: [redistribution]
      clause: {section: "4", applies: same_license, triggers: [redistribution]}
    expect: finding
  - name: another act
    facts:
      use.acts: [internal-use]
      clause: {section: "4", applies: same_license, triggers: [redistribution]}
    expect: pass
  - name: not stated
    facts: {clause: {section: "4", applies: same_license, triggers: [redistribution]}}
    expect: unknown
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, rule=RULE, path="house/no-share-alike.yaml"):
        place = tmp_path / "rules" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(rule)
        (tmp_path / "model").mkdir(exist_ok=True)
        (tmp_path / "model/README.md").write_text("---\nlicense: gpl-3.0\n---\n# x\n")
        return CliRunner().invoke(main, [*arguments, "--rules", "rules"])

    return call


def test_a_rule_of_the_user_speaks_in_the_report(run):
    report = json.loads(run("report", "model", "-f", "json", "-o", "-").stdout)
    found = [one for one in report["releases"][0]["findings"] if one["rule"] == "house/no-share-alike"]
    assert found[0]["because"] == "policy"
    assert found[0]["message"].endswith("we do not take terms that travel.")
    assert report["releases"][0]["verdict"] == "review"


def test_it_is_listed_and_explained_like_ours(run):
    assert "house/no-share-alike" in run("rules", "list").stdout
    assert "We do not want terms" in run("explain", "house/no-share-alike").stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("severity: warning", "severity: warnin"), "warning"),
        (("message:", "mesage:"), "message"),
        (("use.acts: $clause.triggers", "use.act: $clause.triggers"), "use.acts"),
        (("overlaps: {use.acts: $", "overlap: {use.acts: $"), "overlaps"),
        (("use.acts: [internal-use]", "use.acts: [redistribution]"), "another act"),
        (("id: house/no-share-alike", "id: house/other"), "is not the path"),
        (("for: clause(share_alike)", "for: clause(share_alik)"), "share_alike"),
        (("when: {overlaps", "where: {is: {clause.applies: same_licence}}\nwhen: {overlaps"), "same_license"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_the_right_word(run, change, told):
    result = run("report", "model", rule=RULE.replace(*change, 1))
    assert result.exit_code == 2
    assert "no-share-alike.yaml" in result.stderr
    assert told in result.stderr


def test_an_id_of_ours_is_not_taken_over(run):
    result = run(
        "report",
        "model",
        rule=RULE.replace("id: house/no-share-alike", "id: duties/share-alike"),
        path="duties/share-alike.yaml",
    )
    assert result.exit_code == 2
    assert "is that of a rule of ours" in result.stderr


def test_a_folder_without_rules_is_an_error(run, tmp_path):
    run("rules", "list")
    result = CliRunner().invoke(main, ["rules", "list", "--rules", str(tmp_path / "model")])
    assert result.exit_code == 2
    assert "no rule in it" in result.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("aliases: []", "aliases: [MIT]"), "is that of mit"),
        (("pattern: leave is given", "pattern: 'to (deal'"), "is no regular expression"),
        (("name: Acme", "name: Acme\ndate: 2024-07-45"), "is no date"),
    ],
)
def test_a_record_of_the_user_with_a_mistake_is_refused(tmp_path, change, told):
    record = (
        "name: Acme\nfamily: acme\ncategory: community\naliases: []\nsource: https://example.org\n"
        "text: {status: read_full, source: own}\n"
        'rights: {section: "1", pattern: leave is given, use: true}\n'
    )
    (tmp_path / "records").mkdir()
    (tmp_path / "records/acme-1.0.yaml").write_text(record.replace(*change))
    result = CliRunner().invoke(main, ["licenses", "list", "--catalogue", str(tmp_path)])
    assert result.exit_code == 2
    assert "acme-1.0.yaml" in result.stderr
    assert told in result.stderr
