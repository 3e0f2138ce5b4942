# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Rules of the user beside ours: used like ours, and refused with place and nearest right word."""

import json

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.data import folder

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


OURS = RULE.replace("id: house/no-share-alike", "id: duties/share-alike")
WHEN = "when: {overlaps: {use.acts: $clause.triggers}}"


def test_an_id_of_ours_is_not_taken_over(run):
    result = run("report", "model", rule=OURS, path="duties/share-alike.yaml")
    assert result.exit_code == 2
    assert "rules/duties/share-alike.yaml:1" in result.stderr
    assert f"is that of a rule of ours ({folder('rules') / 'duties/share-alike.yaml'})" in result.stderr
    assert "write replaces: duties/share-alike" in result.stderr


def test_a_rule_that_says_so_takes_the_place_of_ours_and_the_report_says_it(run):
    rule = OURS.replace("kind:", "replaces: duties/share-alike\nkind:")
    report = json.loads(
        run("report", "model", "-f", "json", rule=rule, path="duties/share-alike.yaml").stdout
    )
    (told,) = (one["reason"] for one in report["not_checked"] if one["path"] == "--rules")
    assert "the user's own rule duties/share-alike takes the place" in told
    release = report["releases"][0]
    assert "duties/share-alike" in {one["rule"] for one in release["findings"]}
    assert "duties/share-alike" not in {one["id"].split(":")[0] for one in release["obligations"]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("references: []", "references: []\nreplaces: duties/share-alik"),
            "did you mean 'duties/share-alike'",
        ),
        (("references: []", "references: []\naliases: [terms/non-commercial]"), "terms/non-commercial.yaml"),
        (("{license.name}", "{license.nam}"), "no-share-alike.yaml:11: message: there is no fact"),
        (("{license.name}", "{license.name"), "a brace has no other"),
        ((WHEN, "when: {exceeds: {use.acts: 5}}"), "'exceeds' takes use.users or use.revenue"),
        ((WHEN, "when: {before: {use.acts: 5}}"), "'before' compares one word or number"),
        ((WHEN, "when: {in: {use.industry: 5}}"), "'in' compares one word or number with a list"),
        ((WHEN, "when: {has: {use.acts: [a]}}"), "'has' compares a list with one word"),
        ((WHEN, "when: {overlaps: {use.acts: [[a]]}}"), "it is never ['a']"),
        ((WHEN, "when: {is: {use.commercial: yes}}"), "it is never 'yes'"),
        ((WHEN, "when: {is: {use.industry: helth}}"), "did you mean 'health'"),
        ((WHEN, "when:"), "when: a mapping is wanted here, not nothing"),
        ((WHEN, "when: {}"), "a mapping with one operator"),
        (("use.acts: [redistribution]", "use.acts: [redistribute]"), "no-share-alike.yaml:17"),
        (("use.acts: [redistribution]", "use.acts: [redistribute]"), "did you mean 'redistribution'"),
        (("applies: same_license,", "applys: same_license,"), "did you mean 'applies'"),
        (("expect: finding", "expect: fail"), "use one of finding, pass, unknown"),
        (("use.acts: [internal-use]", "use.acts: [redistribution]"), "no-share-alike.yaml:24"),
        ((RULE, ""), "the key 'id' is missing"),
        ((RULE, "- a"), "a mapping is wanted here, not a list"),
    ],
)
def test_a_rule_that_would_fail_in_a_scan_is_refused_before(run, change, told):
    result = run("rules", "list", rule=RULE.replace(*change, 1))
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "no-share-alike.yaml" in result.stderr
    assert told in result.stderr


def test_two_rules_with_one_id_are_both_named(run):
    run("rules", "list", path="house/no-share-alike.yml")
    result = run("rules", "list")
    assert result.exit_code == 2
    assert "no-share-alike.yml:1" in result.stderr
    assert "house/no-share-alike.yaml" in result.stderr


@pytest.mark.parametrize("path", ["no-share-alike.yaml", "a/house/no-share-alike.yaml", "openness/x.yaml"])
def test_a_rule_in_another_place_is_not_passed_over(run, path):
    result = run("rules", "list", path=path)
    assert result.exit_code == 2
    assert f"{path}: it is not read here" in result.stderr


def test_both_endings_are_read(run):
    assert "house/no-share-alike" in run("rules", "list", path="house/no-share-alike.yml").stdout


def test_a_folder_without_rules_is_an_error(run, tmp_path):
    run("rules", "list")
    result = CliRunner().invoke(main, ["rules", "list", "--rules", str(tmp_path / "model")])
    assert result.exit_code == 2
    assert "no rule in it" in result.stderr
