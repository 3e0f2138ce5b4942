# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Accepted findings: for a time, by a person, and what terms forbid only with an agreement."""

import pytest

from scanner.errors import ConfigError

NAME = "northwind/seven-b"


@pytest.fixture
def excepted(repository, cached, card):
    """Give a repository with one model, and exceptions from its findings."""

    def made(tag, rules, *, model=NAME, policy="", **fields):
        commit = cached(NAME, {"README.md": card(tag), "config.json": b'{"model_type": "llama"}'})
        repository.loads(NAME, revision=commit)
        usual = {"reason": "r", "person": "p", "since": "2026-11-01", "until": "2027-06-30"}
        told = ", ".join(f"{key}: {value}" for key, value in (usual | fields).items())
        entry = f"exceptions:\n  - {{model: {model}, rules: [{', '.join(rules)}], {told}}}\n"
        repository.write("modelscan.yml", f"{policy}\n{entry}")
        return repository

    return made


DENIES = "policy: {deny: [permissive]}"


def test_a_waiver_of_our_own_policy(excepted, ids):
    report = excepted("mit", ["policy/denied"], policy=DENIES).check()
    assert (report.verdict, ids(report), report.summary.accepted) == ("passed", [], 1)
    found = next(one for one in report.findings if one.rule == "gate/not-allowed")
    assert found.accepted == "accepted by p until 2027-06-30: r"
    assert report.models[0].verdict.value == "blocked"


def test_every_reason_must_be_accepted(excepted, ids):
    policy = 'policy: {deny: [permissive, "publisher:northwind"]}'
    assert ids(excepted("mit", ["policy/denied"], policy=policy).check()) == ["gate/not-allowed"]
    both = ["policy/denied", "policy/publisher-denied"]
    assert ids(excepted("mit", both, policy=policy).check()) == []


def test_what_terms_forbid_needs_an_agreement(excepted, ids):
    report = excepted("cc-by-nc-4.0", ["terms/non-commercial"]).check()
    assert ids(report) == ["gate/exception-without-agreement", "gate/not-allowed"]
    agreed = excepted("cc-by-nc-4.0", ["terms/non-commercial"], agreement="Contract 7").check()
    assert (agreed.verdict, ids(agreed)) == ("passed", [])
    assert "Contract 7" in next(one.accepted for one in agreed.findings if one.accepted)


@pytest.mark.parametrize(
    ("day", "state", "fails"),
    [
        ("2027-05-30", None, False),
        ("2027-05-31", "gate/exception-ends-soon", False),
        ("2027-06-30", "gate/exception-ends-soon", False),
        ("2027-07-01", "gate/exception-expired", True),
    ],
)
def test_an_exception_ends(excepted, ids, day, state, fails):
    report = excepted("mit", ["policy/denied"], policy=DENIES).check(as_of=day)
    told = [one for one in ids(report, failing=False) if one.startswith("gate/exception")]
    assert told == ([state] if state else [])
    assert ("gate/not-allowed" in ids(report)) is fails


@pytest.mark.parametrize(("longest", "holds"), [(240, False), (241, True), (242, True)])
def test_the_policy_bounds_its_length(excepted, ids, longest, holds):
    policy = f"policy: {{deny: [permissive], longest_exception: {longest}}}"
    report = excepted("mit", ["policy/denied"], policy=policy).check()
    wanted = [] if holds else ["gate/exception-too-long", "gate/not-allowed"]
    assert ids(report) == wanted


def test_without_a_beginning_the_length_counts_from_the_day_of_the_check(excepted, ids):
    policy = "policy: {deny: [permissive], longest_exception: 241}"
    repository = excepted("mit", ["policy/denied"], policy=policy)
    text = (repository.root / "modelscan.yml").read_text().replace("since: 2026-11-01, ", "")
    repository.write("modelscan.yml", text)
    assert "gate/not-allowed" not in ids(repository.check(as_of="2026-11-01"))
    assert "gate/not-allowed" in ids(repository.check(as_of="2026-10-31"))


def test_one_that_covers_nothing_is_told(excepted, ids):
    report = excepted("mit", ["policy/denied"]).check()
    assert ids(report, failing=False) == ["gate/exception-idle"]
    other = excepted("mit", ["policy/denied"], policy=DENIES, model="northwind/other").check()
    assert ids(other, failing=False) == ["gate/exception-idle", "gate/not-allowed"]


def test_it_may_be_for_one_revision(excepted, ids):
    ours = excepted("mit", ["policy/denied"], policy=DENIES, model=f'"{NAME}@{"a" * 40}"').check()
    assert ids(ours) == []
    other = excepted("mit", ["policy/denied"], policy=DENIES, model=f'"{NAME}@{"b" * 40}"').check()
    assert ids(other) == ["gate/not-allowed"]


def test_a_finding_of_the_gate_itself_may_be_accepted(repository, ids):
    repository.write("app.py", "from transformers import AutoModel\nAutoModel.from_pretrained(load())\n")
    fields = "rules: [gate/unresolved], reason: r, person: p, until: 2027-01-01"
    repository.write("modelscan.yml", f'exceptions: [{{model: "load()", {fields}}}]\n')
    assert ids(repository.check()) == []


def test_it_may_be_for_some_places(repository, ids):
    """The words of a name that cannot be told may stand anywhere; what was accepted is one place."""
    call = "from transformers import AutoModel\nAutoModel.from_pretrained(args.model)\n"
    repository.write("serve/app.py", call)
    repository.write(
        "modelscan.yml",
        "exceptions: [{model: args.model, rules: [gate/unresolved], paths: ['serve/*'], reason: r, person: p,"
        " since: 2026-11-01, until: 2026-12-31}]\n",
    )
    assert ids(repository.check()) == []
    repository.write("other.py", call)
    report = repository.check()
    assert [one.places[0].path for one in report.findings if one.gates] == ["other.py"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("until", "soon", "no date"),
        ("until", "2027-02-30", "no date"),
        ("person", '""', "it is empty"),
        ("rules", "[]", "name the rules"),
        ("rules", "[policy/denid]", "policy/denied"),
        ("reasn", "x", "reason"),
    ],
)
def test_a_mistake_in_one_is_refused(repository, field, value, words):
    usual = {"model": NAME, "rules": "[policy/denied]", "reason": "r", "person": "p", "until": "2027-01-01"}
    told = ", ".join(f"{key}: {one}" for key, one in (usual | {field: value}).items())
    repository.write("modelscan.yml", f"exceptions:\n  - {{{told}}}\n")
    with pytest.raises(ConfigError, match=words):
        repository.check()


def organisation(repository, own, theirs):
    repository.write("all.yml", theirs)
    repository.write("modelscan.yml", own)
    return repository.check()


def test_an_organisations_policy_can_only_be_made_stricter(repository, cached, card, ids):
    commit = cached(NAME, {"README.md": card("mit"), "config.json": b'{"model_type": "llama"}'})
    repository.loads(NAME, revision=commit)
    looser = organisation(
        repository, "policy: {organisation: all.yml, allow: [mit]}\n", "policy: {allow: [apache-2.0]}\n"
    )
    assert ids(looser) == ["gate/not-allowed"]
    stricter = organisation(
        repository, "policy: {organisation: all.yml, deny: [mit]}\n", "policy: {allow: [permissive, mit]}\n"
    )
    assert ids(stricter) == ["gate/not-allowed"]
    allowed = organisation(
        repository,
        "policy: {organisation: all.yml, allow: [mit]}\n",
        "policy: {allow: [apache-2.0], local: [looser]}\n",
    )
    assert ids(allowed) == []


def test_local_exceptions_need_the_organisations_leave(repository, cached, card, ids):
    commit = cached(NAME, {"README.md": card("mit"), "config.json": b'{"model_type": "llama"}'})
    repository.loads(NAME, revision=commit)
    fields = f"model: {NAME}, rules: [policy/denied], reason: r, person: p, until: 2027-06-01"
    own = f"policy: {{organisation: all.yml}}\nexceptions: [{{{fields}}}]\n"
    refused = organisation(repository, own, "policy: {deny: [mit]}\n")
    assert ids(refused) == ["gate/not-allowed"]
    assert any("exceptions" in note for note in refused.notes)
    assert ids(organisation(repository, own, "policy: {deny: [mit], local: [exceptions]}\n")) == []
    theirs = f"policy: {{deny: [mit]}}\nexceptions: [{{{fields}}}]\n"
    assert ids(organisation(repository, "policy: {organisation: all.yml}\n", theirs)) == []


def test_a_section_cannot_be_looser_than_the_organisation(repository, cached, card, ids):
    commit = cached(NAME, {"README.md": card("mit"), "config.json": b'{"model_type": "llama"}'})
    repository.loads(NAME, path="research/try.py", revision=commit)
    own = 'policy: {organisation: all.yml}\nsections: [{paths: ["research/*"], policy: {}}]\n'
    assert ids(organisation(repository, own, "policy: {deny: [mit]}\n")) == ["gate/not-allowed"]
