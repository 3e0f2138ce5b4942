# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Sign-offs at the gate: made on the release itself, they hold for what the lock says of it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.discover import HubSource
from scanner.gate.approvals import Approvals
from scanner.gate.entries import entry_of
from scanner.gate.evidence import Located
from scanner.gate.judge import Judge, Terms
from scanner.model.policy import Policy
from scanner.model.signoff import Approver, Decision, Signoff
from scanner.model.usecase import DEFAULT_USE_CASE
from scanner.pipeline import scan
from scanner.signoff import changes, contents_of, encoded, place, sign, statement_of
from scanner.signoff.store import ENDING, FOLDER

NAME = "northwind/seven-b"
CONFIG = b'{"model_type": "llama"}'


class Office:
    """Who approves models, with a key."""

    def __init__(self, repository, knowledge, key):
        self._repository, self._knowledge, self.key = repository, knowledge, key

    def allow(self):
        public = Path(f"{self.key}.pub").read_text().split()
        self._repository.write(".modelscan/allowed_signers", f"a@example.org {public[0]} {public[1]}\n")

    def decide(self, hub, *, signed=True, accept=False, decision=Decision.APPROVE, until="2027-11-25"):
        report = scan(
            [HubSource(id=NAME)],
            self._knowledge,
            Config(),
            as_of="2026-11-20",
            step=lambda *_: None,
            hub=hub,
        )
        (content,) = contents_of(report)
        statement = statement_of(
            Signoff(
                decision=decision,
                content=content,
                accepted=tuple(one.fingerprint for one in content.findings) if accept else (),
                approver=Approver(name="A. Lawyer", email="a@example.org"),
                decided="2026-11-20",
                until=until,
            )
        )
        data, path = encoded(statement), f".modelscan/{FOLDER}/{place(statement)}"
        self._repository.write(path, data.decode())
        if signed:
            self._repository.write(path + ENDING, sign(data, self.key).decode())
        return path


@pytest.fixture
def office(repository, knowledge, tmp_path):
    if shutil.which("ssh-keygen") is None:
        pytest.skip("OpenSSH is not here")
    key = tmp_path / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "a@example.org", "-f", key], check=True
    )
    return Office(repository, knowledge, key)


@pytest.fixture
def wanting(repository, fake, ask, card, office):
    """A repository whose policy wants signed approvals, with one locked model."""

    def made(tag="mit", require="signoff, signature", deny=""):
        commit = fake.add(NAME, {"README.md": card(tag), "config.json": CONFIG})
        hub = ask()
        repository.loads(NAME, revision=commit)
        repository.write("modelscan.yml", f"policy: {{require: [{require}], deny: [{deny}]}}\n")
        office.allow()
        repository.lock(hub)
        return hub

    return made


def test_none_then_one_that_is_signed(repository, wanting, office, ids):
    hub = wanting()
    base = repository.commit()
    assert ids(repository.check()) == ["gate/signoff-missing"]
    office.decide(hub)
    repository.commit()
    report = repository.check(base)
    assert (report.verdict, report.models[0].signoff) == ("passed", "valid")
    assert ids(repository.check()) == []
    repository.lock(hub)
    assert repository.locked.models[0].signoff == report.models[0].signoff_digest


def test_an_unsigned_one_is_told_apart(repository, wanting, office, ids):
    hub = wanting()
    base = repository.commit()
    office.decide(hub, signed=False)
    head = repository.commit()
    assert ids(repository.check()) == ["gate/signature-missing"]
    assert repository.check(base).models[0].signoff is None
    repository.write("modelscan.yml", "policy: {require: [signoff]}\n")
    repository.commit()
    assert repository.check(head).models[0].signoff == "unsigned"


def test_a_key_that_the_change_adds_signs_nothing(repository, wanting, office, ids):
    hub = wanting()
    (repository.root / ".modelscan/allowed_signers").write_text("")
    base = repository.commit()
    office.allow()
    office.decide(hub)
    repository.commit()
    report = repository.check(base)
    assert ids(report) == ["gate/trust-changed"]
    assert "gate/signoff-missing" in ids(report, failing=False)
    assert report.models[0].signoff is None


def test_a_decision_that_the_change_takes_away_still_counts(repository, wanting, office, ids):
    hub = wanting()
    office.decide(hub)
    path = office.decide(hub, decision=Decision.REJECT)
    base = repository.commit()
    (repository.root / path).unlink()
    repository.loads(NAME, path="other.py", revision=repository.locked.models[0].revision)
    repository.commit()
    report = repository.check(base)
    assert {one.model for one in report.findings if one.rule == "gate/trust-changed"} == {path}
    assert report.models[0].signoff == "rejected"
    (repository.root / path).write_text("{}")
    repository.commit()
    edited = repository.check(base)
    assert edited.models[0].signoff in {"rejected", "invalid"}
    assert "gate/trust-changed" in ids(edited)


def test_an_approval_that_the_change_takes_away_is_told(repository, wanting, office, ids):
    hub = wanting()
    path = office.decide(hub)
    base = repository.commit()
    (repository.root / path).unlink()
    repository.commit()
    assert ids(repository.check(base)) == ["gate/trust-changed"]


def test_a_rejection_that_the_change_adds_breaks_the_approval(repository, wanting, office, ids):
    hub = wanting()
    base = repository.commit()
    office.decide(hub)
    head = repository.commit()
    office.decide(hub, decision=Decision.REJECT)
    repository.commit()
    report = repository.check(head)
    assert ids(report) == ["gate/signoff-lapsed"]
    assert "signoff-broken" in {one.kind.value for one in report.changes}
    assert repository.check(base).models[0].signoff == "rejected"


@pytest.mark.parametrize(("day", "state"), [("2027-11-25", "valid"), ("2027-11-26", "expired")])
def test_it_ends(  # noqa: PLR0913, PLR0917
    repository, wanting, office, day, state, ids
):
    office.decide(wanting())
    report = repository.check(as_of=day)
    assert report.models[0].signoff == state
    assert ids(report) == (["gate/signoff-lapsed"] if state == "expired" else [])


def test_it_is_stale_when_the_terms_change(  # noqa: PLR0913, PLR0917
    repository, wanting, office, fake, card, ids
):
    office.decide(wanting())
    repository.commit()
    base = repository.git("rev-parse", "HEAD")
    commit = fake.add(NAME, {"README.md": card("apache-2.0"), "config.json": CONFIG})
    fake.online._found.clear()
    repository.loads(NAME, revision=commit)
    repository.lock(fake.online)
    repository.commit()
    report = repository.check(base, hub=fake.online)
    assert ids(report) == ["gate/signoff-lapsed"]
    assert "signoff-broken" in {one.kind.value for one in report.changes}


def test_a_rejection_fails(repository, wanting, office, ids):
    office.decide(wanting(), decision=Decision.REJECT)
    report = repository.check()
    assert (report.models[0].signoff, ids(report)) == ("rejected", ["gate/signoff-lapsed"])


def test_what_it_accepts_is_accepted_and_what_terms_forbid_is_not(repository, wanting, office, ids):
    hub = wanting("other", "signoff")
    office.decide(hub, accept=True)
    report = repository.check()
    assert ids(report) == []
    assert any("A. Lawyer" in (one.accepted or "") for one in report.findings)


def test_terms_that_forbid_need_an_agreement(repository, wanting, office, ids):
    hub = wanting("cc-by-nc-4.0", "signoff")
    office.decide(hub, accept=True)
    assert ids(repository.check()) == ["gate/not-allowed"]


@pytest.mark.corpus
def test_an_entry_is_bound_as_its_release_is(corpus, knowledge, named):
    """The law: a decision on a report holds for the entry that is made of it, without any change."""
    report = scan([corpus / "corpus"], knowledge, Config(), as_of="2026-11-25", step=lambda *_: None)
    judge = Judge(knowledge.catalogue, knowledge.rules, "2026-11-25", _Keeping())
    contents = {one.name: one for one in contents_of(report)}
    for release in report.releases:
        dependency = named(release.name)
        located = Located(known_by="files", entry=entry_of(dependency, release, "files"), why="read")
        judge.judged(dependency, located, Terms(use_cases=(DEFAULT_USE_CASE,), policy=Policy()))
        decision = Signoff(
            decision=Decision.APPROVE,
            content=contents[release.name],
            approver=Approver(name="A", email="a@example.org"),
            decided="2026-11-25",
            until="2027-11-25",
        )
        assert changes(decision, judge._approvals.seen[-1]) == (), release.path


class _Keeping(Approvals):
    """Keeps what it is asked about."""

    def __init__(self):
        super().__init__((), "2026-11-25")
        self.seen = []

    def of(self, contents):
        self.seen.extend(contents)
        return super().of(())
