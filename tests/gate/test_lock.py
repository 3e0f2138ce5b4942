# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan.lock``: what stands in it, and that judging it is judging the release."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.config import Config
from scanner.dependencies.lock import lock_text, read_lock
from scanner.errors import ConfigError
from scanner.gate.entries import entry_of
from scanner.gate.evidence import Located
from scanner.gate.judge import Judge, Terms
from scanner.gate.locking import mismatches
from scanner.model.license import Act
from scanner.model.lock import LOCK_NAME, Lock, LockEntry
from scanner.model.policy import Policy
from scanner.model.usecase import DEFAULT_USE_CASE, UseCase, UserCount
from scanner.pipeline import scan

NAME = "northwind/seven-b"
CONFIG = b'{"model_type": "llama"}'


def locking(repository):
    return list(mismatches(repository.asked()))


def test_what_stands_in_it(repository, fake, ask, card):
    text = b"MIT License\n\nsome words\n"
    commit = fake.add(
        NAME,
        {"README.md": card("mit"), "LICENSE": text, "config.json": CONFIG, "model.safetensors": b"x" * 9},
    )
    repository.loads(NAME, revision=commit)
    repository.loads(NAME, path="lib/other.py", revision=commit)
    written = repository.lock(ask())
    (entry,) = repository.locked.models
    assert written.changed[0].startswith(f"{NAME}@{commit}: new at {commit[:12]}")
    assert (entry.id, entry.requested, entry.revision, entry.source) == (NAME, commit, commit, "hub")
    assert entry.purl == f"pkg:huggingface/{NAME}@{commit}"
    assert entry.references == ("app.py", "lib/other.py")
    assert {one.path for one in entry.legal_files} == {"LICENSE", "README.md"}
    assert [(one.path, one.size, bool(one.sha256)) for one in entry.files] == [("model.safetensors", 9, True)]
    assert entry.openness.label
    assert entry.declared == ("MIT",)


def test_it_is_the_same_bytes_each_time(repository, cached, card):
    for name in ("northwind/b", "northwind/a"):
        cached(name, {"README.md": card("mit"), "config.json": CONFIG})
    repository.loads("northwind/b", "northwind/a")
    repository.lock()
    first = (repository.root / LOCK_NAME).read_bytes()
    repository.write("zzz.py", "x = 1\n")
    repository.lock()
    assert (repository.root / LOCK_NAME).read_bytes() == first
    assert [one.id for one in repository.locked.models] == ["northwind/a", "northwind/b"]


def test_commits_stay_until_they_are_upgraded(repository, fake, ask, card):
    first = fake.add(NAME, {"README.md": card("mit"), "config.json": CONFIG})
    repository.loads(NAME)
    repository.lock(ask())
    second = fake.add(NAME, {"README.md": card("apache-2.0"), "config.json": CONFIG})
    fake.online._found.clear()
    repository.lock(fake.online)
    assert repository.locked.models[0].revision == first
    fake.online._found.clear()
    written = repository.lock(fake.online, upgrade={NAME})
    assert repository.locked.models[0].revision == second
    assert any("licence of the weights: mit (declared) in the lock" in line for line in written.changed)


def test_what_cannot_be_looked_at_is_told(repository):
    repository.loads(NAME)
    written = repository.lock()
    assert written.lock.models == ()
    assert written.left[0].startswith(f"{NAME}: it is not in the Hub's cache")


def test_what_is_gone_from_the_code_is_taken_out(repository, cached, card, ids):
    cached(NAME, {"README.md": card("mit"), "config.json": CONFIG})
    repository.loads(NAME)
    repository.lock()
    repository.write("app.py", "x = 1\n")
    assert ids(repository.check(), failing=False) == ["gate/not-referenced"]
    assert locking(repository) == [f"{NAME} is in the lock and not in the code any more"]
    repository.lock()
    assert repository.locked.models == ()


def test_the_check_of_code_and_lock(repository, cached, card, ids):
    commit = cached(NAME, {"README.md": card("mit"), "config.json": CONFIG})
    repository.loads(NAME)
    repository.lock()
    assert locking(repository) == []
    repository.loads(NAME, revision=commit)
    assert len(locking(repository)) == 2
    assert "gate/not-locked" in ids(repository.check())
    repository.lock()
    assert locking(repository) == []


def test_weights_in_the_repository_are_locked_too(repository, card):
    repository.write("models/own/README.md", card("mit").decode())
    repository.write("models/own/config.json", "{}")
    repository.write(
        "app.py", 'from transformers import AutoModel\nAutoModel.from_pretrained("./models/own")\n'
    )
    repository.lock()
    assert locking(repository) == []
    repository.write("models/own/README.md", card("apache-2.0").decode())
    assert any("licence of the weights" in line for line in locking(repository))


ENTRY = "  - {id: a/b, source: hub, concluded: {}}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("version: 2\nmodels: []\n", "version"),
        ("version: 1\nmodls: []\n", "models"),
        ("version: 1\nmodels:\n  - {id: a/b, source: hub}\n", "concluded"),
        (f"version: 1\nmodels:\n{ENTRY}", None),
        (f"version: 1\nmodels:\n{ENTRY}{ENTRY.replace('a/b', 'A/b')}", "stands twice"),
        (f"version: 1\nmodels:\n{ENTRY.replace('source', 'revision: main, source')}", "40 hex|revision"),
        ("[" * 50_000, "levels|depth|nest"),
    ],
)
def test_a_damaged_lock_is_refused(repository, text, words):
    repository.loads(NAME)
    repository.write(LOCK_NAME, text)
    if words is None:
        assert repository.check().verdict == "failed"
        return
    with pytest.raises(ConfigError, match=words):
        repository.check()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(
    entries=st.lists(
        st.builds(
            msgspec.structs.replace,
            st.just(LockEntry(id="x", source="hub", concluded={})),
            id=WORDS,
            requested=st.none() | WORDS,
            declared=st.lists(WORDS, max_size=3).map(tuple),
            references=st.lists(WORDS, max_size=3).map(tuple),
            multimodal=st.none() | st.booleans(),
        ),
        max_size=4,
        unique_by=lambda one: (one.id.casefold(), one.requested),
    )
)
def test_what_is_written_is_read(tmp_path_factory, entries):
    place = tmp_path_factory.mktemp("lock") / LOCK_NAME
    lock = Lock(models=tuple(entries))
    place.write_text(lock_text(lock), encoding="utf-8")
    read = read_lock(place)
    assert sorted(read.models, key=repr) == sorted(lock.models, key=repr)
    assert lock_text(read) == lock_text(lock)


HOSTED = UseCase(
    id="hosted",
    commercial=True,
    acts=(Act.HOSTED_SERVICE,),
    users=(UserCount(of="group", month="any", value=2_000_000),),
    establishment="DE",
    deployment=("DE",),
)
POLICIES = [Policy(), Policy(deny=("non-commercial",), require=("licence-text",))]


@pytest.mark.corpus
@pytest.mark.parametrize("policy", POLICIES, ids=["none", "some"])
@pytest.mark.parametrize("use_case", [DEFAULT_USE_CASE, HOSTED], ids=["default", "hosted"])
def test_an_entry_is_judged_as_its_release_is(corpus, knowledge, named, policy, use_case):
    config = Config(use_cases=(use_case,), policy=policy)
    report = scan([corpus / "corpus"], knowledge, config, as_of="2026-11-25", step=lambda *_: None)
    assert len(report.releases) > 60
    judge = Judge(knowledge.catalogue, knowledge.rules, "2026-11-25")
    for release in report.releases:
        dependency = named(release.path)
        entry = entry_of(dependency, release, "files")
        located = Located(known_by="files", entry=entry, why="read")
        judged = judge.judged(dependency, located, Terms(use_cases=(use_case,), policy=policy))
        assert judged.verdict is release.verdict, release.path
        due = {one.id for one in release.obligations if one.applies != "no"}
        assert {one.id for one in judged.obligations} == due, release.path
