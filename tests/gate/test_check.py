# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a check says of a repository's models, with and without evidence, as the files lie there."""

import pytest

from scanner.model.finding import VerdictWord


def one(report, rule):
    found = [finding for finding in report.findings if finding.rule == rule]
    assert len(found) == 1, [finding.message for finding in report.findings]
    return found[0]


def test_without_evidence_nothing_passes(repository, ids):
    repository.loads("northwind/seven-b")
    report = repository.check()
    assert (report.verdict, report.worst) == ("failed", VerdictWord.REVIEW)
    assert ids(report) == ["gate/not-examined", "gate/unpinned"]
    assert "--online" in one(report, "gate/not-examined").message


def test_no_model_is_named(repository):
    repository.write("app.py", "print('application/json')\n")
    report = repository.check()
    assert (report.verdict, report.worst, report.models, report.findings) == ("passed", None, (), ())


def test_a_permissive_model_at_a_commit_passes(repository, cached, card):
    commit = cached("northwind/seven-b", {"README.md": card("mit"), "config.json": b"{}"})
    repository.loads("northwind/seven-b", revision=commit)
    report = repository.check()
    assert (report.verdict, report.worst) == ("passed", VerdictWord.CONDITIONAL)
    assert report.models[0].entry.weights.keys == ("mit",)
    assert report.models[0].known_by == "files"


def test_what_terms_forbid_is_an_error(repository, cached, card, ids):
    commit = cached("northwind/seven-b", {"README.md": card("cc-by-nc-4.0"), "config.json": b"{}"})
    repository.loads("northwind/seven-b", revision=commit)
    report = repository.check()
    assert (ids(report), report.worst) == (["gate/not-allowed"], VerdictWord.BLOCKED)
    assert one(report, "gate/not-allowed").places[0].line == 3


def test_an_unknown_licence_fails(repository, cached, ids):
    commit = cached(
        "northwind/seven-b", {"README.md": b"# A model\n", "config.json": b'{"model_type": "llama"}'}
    )
    repository.loads("northwind/seven-b", revision=commit)
    assert ids(repository.check()) == ["gate/license-unknown"]


def test_one_finding_for_each_model_with_all_its_places(repository):
    for number in range(3):
        repository.loads("northwind/seven-b", path=f"part{number}.py")
    report = repository.check()
    found = one(report, "gate/not-examined")
    assert [place.path for place in found.places] == ["part0.py", "part1.py", "part2.py"]
    assert report.summary.models == 1
    assert report.summary.references == 3


def test_a_name_from_elsewhere_is_no_silence(repository, ids):
    repository.write("app.py", "from transformers import AutoModel\nAutoModel.from_pretrained(load())\n")
    assert ids(repository.check()) == ["gate/unresolved"]


def test_tests_and_documentation_fail_nothing_unless_the_policy_says_so(repository, ids):
    repository.loads("northwind/seven-b", path="tests/test_it.py")
    report = repository.check()
    assert report.verdict == "passed"
    assert ids(report, failing=False) == ["gate/not-examined", "gate/unpinned"]
    repository.write("modelscan.yml", "policy: {tiers: [product, tests]}\n")
    assert repository.check().verdict == "failed"


def test_the_policy_decides_beside_the_terms(repository, cached, card, ids):
    commit = cached("northwind/seven-b", {"README.md": card("mit"), "config.json": b"{}"})
    repository.loads("northwind/seven-b", revision=commit)
    for word in (
        "permissive",
        "mit",
        "obligation:license-copy",
        "clause:license_copy",
        "publisher:northwind",
    ):
        repository.write("modelscan.yml", f'policy: {{deny: ["{word}"]}}\n')
        assert ids(repository.check()) == ["gate/not-allowed"], word
        repository.write("modelscan.yml", f'policy: {{review: ["{word}"]}}\n')
        assert ids(repository.check()) == ["gate/needs-review"], word
    repository.write("modelscan.yml", 'policy: {allow: [mit, "publisher:northwind"]}\n')
    assert repository.check().verdict == "passed"
    repository.write("modelscan.yml", 'policy: {allow: [mit, "publisher:other"]}\n')
    assert ids(repository.check()) == ["gate/not-allowed"]


def test_a_territory_that_a_licence_leaves_out(repository, cached, card, ids, knowledge):
    found = [
        record
        for record in knowledge.catalogue.licenses.values()
        if record.territory and any("EU" in clause.places for clause in record.territory)
    ]
    key = next(record.key for record in found if record.spdx_id is None or record.tags)
    commit = cached("northwind/seven-b", {"README.md": card("mit"), "config.json": b"{}"})
    repository.loads("northwind/seven-b", revision=commit)
    curation = f"{{release: northwind/seven-b, concluded: {key}, reason: r, evidence: e, person: p}}"
    repository.write("modelscan.yml", f'policy: {{deny: ["territory:DE"]}}\ncurations: [{curation}]\n')
    report = repository.check()
    assert "territory without DE" in one(report, "gate/not-allowed").message
    assert "gate/not-allowed" in ids(report)


def test_a_folder_may_use_what_another_may_not(repository, cached, card, ids):
    commit = cached("northwind/seven-b", {"README.md": card("cc-by-nc-4.0"), "config.json": b"{}"})
    repository.loads("northwind/seven-b", path="research/try.py", revision=commit)
    config = """\
use_cases:
  - {id: product, commercial: true, acts: [hosted-service]}
  - {id: study, commercial: false, research: true, acts: [internal-use]}
sections:
  - {paths: ["research/*"], use_case: study}
  - {paths: ["product/*"], use_case: product}
"""
    repository.write("modelscan.yml", config)
    assert repository.check().verdict == "passed"
    repository.loads("northwind/seven-b", path="product/app.py", revision=commit)
    report = repository.check()
    assert ids(report) == ["gate/not-allowed"]
    assert [place.path for place in one(report, "gate/not-allowed").places] == ["product/app.py"]


def test_weights_in_the_repository_are_judged_where_they_lie(repository, card, ids):
    repository.write("models/own/README.md", card("cc-by-nc-4.0").decode())
    repository.write("models/own/config.json", "{}")
    repository.write(
        "app.py", 'from transformers import AutoModel\nAutoModel.from_pretrained("./models/own")\n'
    )
    report = repository.check()
    assert ids(report) == ["gate/not-allowed"]
    assert report.models[0].dependency.id == "local:models/own"


@pytest.mark.parametrize("path", ["../outside", "link"])
def test_a_path_never_leads_out(repository, tmp_path, card, path, ids):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "README.md").write_bytes(card("mit"))
    (outside / "config.json").write_text("{}")
    (repository.root / "link").symlink_to(outside)
    repository.write("app.py", f'from transformers import AutoModel\nAutoModel.from_pretrained("./{path}")\n')
    assert ids(repository.check()) == ["gate/not-examined"]


def test_a_correction_stands_in_for_what_cannot_be_looked_at(repository, ids):
    repository.write("Modelfile", "FROM llama3.1:8b\n")
    report = repository.check()
    assert ids(report) == ["gate/not-examined"]
    name = report.models[0].dependency.id
    repository.write(
        "modelscan.yml",
        f'curations: [{{release: "{name}", concluded: mit, reason: r, evidence: e, person: p}}]\n',
    )
    report = repository.check()
    assert report.models[0].known_by == "correction"
    assert report.verdict == "passed"


def test_a_policy_may_want_commits_and_sign_offs(repository, cached, card, ids):
    cached("northwind/seven-b", {"README.md": card("mit"), "config.json": b"{}"})
    repository.loads("northwind/seven-b")
    repository.lock()
    assert repository.check().verdict == "passed"
    repository.write("modelscan.yml", "policy: {require: [pin, signoff]}\n")
    assert ids(repository.check()) == ["gate/pin-required", "gate/signoff-missing"]


def test_a_data_set_is_told(repository, ids):
    repository.write("app.py", 'from datasets import load_dataset\nload_dataset("northwind/some-data")\n')
    report = repository.check()
    assert (report.verdict, ids(report, failing=False)) == ("passed", ["gate/data-set"])


def test_a_wrong_word_in_the_policy_is_refused(repository):
    from scanner.errors import ConfigError

    repository.loads("northwind/seven-b")
    for policy, words in (
        ('deny: ["clause:share_alik"]', "share_alike"),
        ('deny: ["publishr:acme"]', "publisher"),
        ('allow: ["clause:share_alike"]', "stands in deny or review"),
        ('deny: ["obligation:display-phras"]', "display-phrase"),
        ('deny: ["territory:GX"]', "GX"),
        ("tiers: []", "no part of a repository"),
        ("longest_exception: 0", "at least 1"),
        ("organisation: missing.yml", "no such policy file"),
    ):
        repository.write("modelscan.yml", f"policy:\n  {policy}\n")
        with pytest.raises(ConfigError, match=words):
            repository.check()
