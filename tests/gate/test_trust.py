# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""With a base, nothing that a change edits decides about the change."""

import re
import subprocess

import pytest

from scanner.errors import NoScanError, UsageError
from scanner.model.finding import VerdictWord

FORBIDDEN = "cc-by-nc-4.0"
NAME = "northwind/seven-b"


def exception(rule, until="2026-12-31", more=""):
    return (
        f"exceptions:\n  - {{model: {NAME}, rules: [{rule}], reason: r, person: p, since: 2026-11-01,"
        f" until: {until}{more}}}\n"
    )


@pytest.fixture
def forbidden(fake, ask, card):
    """A model on the Hub whose terms forbid commercial use, and the way to ask for it."""
    commit = fake.add(NAME, {"README.md": card(FORBIDDEN), "config.json": b'{"model_type": "llama"}'})
    return commit, ask()


@pytest.fixture
def free(fake, ask, card):
    commit = fake.add(NAME, {"README.md": card("mit"), "config.json": b'{"model_type": "llama"}'})
    return commit, ask()


def test_the_normal_flow(repository, free, ids):
    """The developer locks with the network and commits; the gate looks again, then believes the base."""
    commit, hub = free
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    assert repository.lock(hub).left == ()
    head = repository.commit()
    report = repository.check(base, hub=hub)
    assert (report.verdict, ids(report)) == ("passed", [])
    assert report.models[0].known_by == "hub"
    assert ids(repository.check(base)) == ["gate/lock-not-rechecked"]
    repository.write("other.py", "x = 1\n")
    repository.commit()
    later = repository.check(head)
    assert (later.verdict, later.models[0].known_by, ids(later)) == ("passed", "lock", [])


def test_a_lock_that_was_edited_by_hand(repository, forbidden, ids):
    commit, hub = forbidden
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    repository.lock(hub)
    text = (repository.root / "modelscan.lock").read_text()
    assert FORBIDDEN in text
    repository.write("modelscan.lock", text.replace(FORBIDDEN, "mit").replace("CC-BY-NC-4.0", "MIT"))
    repository.commit()
    assert repository.locked.models[0].weights.keys == ("mit",)
    offline = repository.check(base)
    assert (offline.verdict, ids(offline)) == ("failed", ["gate/lock-not-rechecked"])
    online = repository.check(base, hub=hub)
    assert ids(online) == ["gate/lock-disagrees", "gate/not-allowed"]
    assert online.worst is VerdictWord.BLOCKED


def test_a_locked_model_whose_entry_is_edited_later(repository, forbidden, ids):
    """An entry that was reviewed once is a claim again as soon as a change touches it."""
    commit, hub = forbidden
    repository.loads(NAME, revision=commit)
    repository.lock(hub)
    base = repository.commit()
    text = (repository.root / "modelscan.lock").read_text()
    repository.write("modelscan.lock", text.replace(FORBIDDEN, "mit"))
    repository.commit()
    assert ids(repository.check(base)) == ["gate/lock-not-rechecked"]
    assert "gate/lock-disagrees" in ids(repository.check(base, hub=hub))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("severity: warning", "severity: note"),
        ("    revision: [0-9a-f]{40}\n", ""),
        ("    base_models:\n(?:      .*\n)*", ""),
        ("    files:\n(?:      .*\n)*", ""),
    ],
)
def test_a_lock_that_says_less_than_was_read(repository, fake, ask, card, was, now, ids):  # noqa: PLR0913, PLR0917
    """What is believed once it is merged must not be edited beside the licence either."""
    files = {"README.md": card("mit", "northwind/base"), "config.json": b'{"model_type": "llama"}'}
    commit = fake.add(NAME, files | {"model.safetensors": b"x" * 20})
    hub = ask()
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    repository.lock(hub)
    text = (repository.root / "modelscan.lock").read_text()
    edited = re.sub(was, now, text, count=1)
    assert edited != text
    repository.commit()
    assert "gate/lock-disagrees" not in ids(repository.check(base, hub=hub))
    repository.write("modelscan.lock", edited)
    repository.commit()
    assert "gate/lock-disagrees" in ids(repository.check(base, hub=hub))


def test_an_entry_of_another_commit_than_the_code_names(repository, fake, ask, card, ids):
    """The lock speaks of a commit with good terms, the code loads one with bad terms."""
    good = fake.add(NAME, {"README.md": card("mit"), "config.json": b'{"model_type": "llama"}'})
    bad = fake.add(NAME, {"README.md": card(FORBIDDEN), "config.json": b'{"model_type": "llama"}'})
    hub = ask()
    base = repository.commit()
    repository.loads(NAME, revision=good)
    repository.lock(hub)
    text = (repository.root / "modelscan.lock").read_text()
    repository.write("modelscan.lock", text.replace(f"requested: {good}", f"requested: {bad}"))
    repository.loads(NAME, revision=bad)
    repository.commit()
    report = repository.check(base, hub=hub)
    assert {"gate/not-allowed", "gate/lock-disagrees"} <= set(ids(report))
    assert "gate/lock-disagrees" in ids(repository.check(base))


def test_a_floating_name_is_judged_as_the_code_would_load_it(repository, fake, ask, card, ids):
    good = fake.add(NAME, {"README.md": card("mit"), "config.json": b'{"model_type": "llama"}'})
    hub = ask()
    base = repository.commit()
    repository.loads(NAME)
    repository.lock(hub)
    repository.commit()
    assert repository.locked.models[0].revision == good
    fake.add(NAME, {"README.md": card(FORBIDDEN), "config.json": b'{"model_type": "llama"}'})
    report = repository.check(base, hub=ask(cache=False) if False else _anew(hub))
    assert {"gate/not-allowed", "gate/upstream-changed"} <= set(ids(report))


def _anew(hub):
    """Forget what was asked in this run."""
    hub._found.clear()
    return hub


def test_an_added_exception_does_not_accept_its_own_change(repository, forbidden, ids):
    commit, hub = forbidden
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    repository.write("modelscan.yml", exception("terms/non-commercial", more=", agreement: a"))
    head = repository.commit()
    report = repository.check(base, hub=hub)
    assert ids(report) == ["gate/not-allowed", "gate/trust-changed"]
    assert {one.places[0].path for one in report.findings if one.rule == "gate/trust-changed"} == {
        "modelscan.yml"
    }
    repository.write("other.py", "x = 1\n")
    repository.loads(NAME, path="second.py", revision=commit)
    repository.commit()
    after = repository.check(head, hub=hub)
    assert after.verdict == "passed"


def test_a_weakened_policy_does_not_hold_for_its_own_change(repository, free, ids):
    commit, hub = free
    repository.write("modelscan.yml", "policy: {deny: [permissive]}\n")
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    repository.write("modelscan.yml", "policy: {}\n")
    repository.commit()
    assert ids(repository.check(base, hub=hub)) == ["gate/not-allowed", "gate/trust-changed"]


@pytest.mark.parametrize("how", ["removed", "pyproject", "nearer"])
def test_a_policy_that_is_put_elsewhere(repository, free, how, ids):
    commit, hub = free
    repository.write("modelscan.yml", "policy: {deny: [permissive]}\n")
    repository.write("code/app.py", "x = 1\n")
    base = repository.commit()
    repository.loads(NAME, path="code/app.py", revision=commit)
    if how == "nearer":
        repository.write("code/modelscan.yml", "policy: {}\n")
    else:
        (repository.root / "modelscan.yml").unlink()
    if how == "pyproject":
        repository.write("pyproject.toml", "[tool.modelscan.policy]\n")
    repository.commit()
    root = repository.root
    repository.root = root / "code" if how == "nearer" else root
    assert ids(repository.check(base, hub=hub)) == ["gate/not-allowed", "gate/trust-changed"]


def test_another_part_of_the_project_file_is_no_policy(repository, ids):
    repository.write(
        "pyproject.toml", '[project]\nname = "x"\n[tool.modelscan.policy]\ndeny = ["permissive"]\n'
    )
    base = repository.commit()
    repository.write(
        "pyproject.toml", '[project]\nname = "y"\n[tool.modelscan.policy]\ndeny = ["permissive"]\n'
    )
    repository.commit()
    assert ids(repository.check(base), failing=False) == []


def test_a_new_correction_does_not_hold_for_its_own_change(repository, forbidden, ids):
    commit, hub = forbidden
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    curation = f"{{release: {NAME}, concluded: mit, reason: r, evidence: e, person: p}}"
    repository.write("modelscan.yml", f"curations: [{curation}]\n")
    repository.lock(hub)
    repository.commit()
    assert {"gate/not-allowed", "gate/trust-changed"} <= set(ids(repository.check(base, hub=hub)))
    assert {"gate/lock-not-rechecked", "gate/trust-changed"} == set(ids(repository.check(base)))


def test_a_new_baseline_does_not_hold_for_its_own_change(repository, forbidden, ids, tmp_path):
    from scanner.gate.baseline import baseline_text

    commit, hub = forbidden
    place = repository.root / "old.json"
    place.write_text(baseline_text([]))
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    repository.commit()
    report = repository.check(base, hub=hub, baseline=place)
    assert ids(report) == ["gate/not-allowed"]
    place.write_text(baseline_text(report.findings))
    head = repository.commit()
    again = repository.check(base, hub=hub, baseline=place)
    assert ids(again) == ["gate/not-allowed", "gate/trust-changed"]
    elsewhere = tmp_path / "kept.json"
    elsewhere.write_text(place.read_text())
    assert repository.check(head, hub=hub, baseline=place).verdict == "passed"
    assert ids(repository.check(base, hub=hub, baseline=elsewhere)) == []


def test_an_added_key_is_told(repository, ids):
    base = repository.commit()
    repository.write(".modelscan/allowed_signers", "mallory@example.org ssh-ed25519 AAAA\n")
    repository.commit()
    assert ids(repository.check(base)) == ["gate/trust-changed"]


def test_the_organisations_policy_in_the_repository(repository, free, ids):
    commit, hub = free
    repository.write("policy/all.yml", "policy: {deny: [permissive]}\n")
    repository.write("modelscan.yml", "policy: {organisation: policy/all.yml}\n")
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    repository.write("policy/all.yml", "policy: {}\n")
    repository.commit()
    assert ids(repository.check(base, hub=hub)) == ["gate/not-allowed", "gate/trust-changed"]


def test_the_organisations_policy_beside_the_repository(repository, free, ids, tmp_path):
    commit, hub = free
    (tmp_path / "all.yml").write_text("policy: {deny: [permissive]}\n")
    repository.write("modelscan.yml", "policy: {organisation: ../all.yml}\n")
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    repository.commit()
    assert ids(repository.check(base, hub=hub)) == ["gate/not-allowed"]


def test_own_records_and_rules_are_those_of_the_base(repository, tmp_path, here):
    """Records that a change edits do not decide about it."""
    from scanner.gate import of_the_base

    repository.write("own/records/house-1.0.yaml", "one\n")
    base = repository.commit()
    repository.write("own/records/house-1.0.yaml", "two\n")
    repository.commit()
    wanted = repository.wanted(base, others=(repository.root / "own",))
    with of_the_base(wanted, (repository.root / "own", tmp_path / "outside")) as (own, outside):
        assert (own / "records" / "house-1.0.yaml").read_text() == "one\n"
        assert outside == tmp_path / "outside"
    found = repository.check(base, others=(repository.root / "own",)).findings
    assert [(one.rule, one.model) for one in found] == [("gate/trust-changed", "own/records/house-1.0.yaml")]


def test_only_what_the_change_brings_in_can_fail(repository, forbidden, ids):
    commit, hub = forbidden
    repository.loads(NAME, revision=commit)
    base = repository.commit()
    repository.write("app.py", "\n\n# moved\n" + (repository.root / "app.py").read_text())
    repository.loads("northwind/other", path="other.py")
    repository.commit()
    report = repository.check(base, hub=hub)
    assert ids(report) == ["gate/not-examined", "gate/unpinned"]
    assert report.summary.existing == 1
    assert {one.kind.value for one in report.changes} == {"added"}


def test_a_change_of_revision_with_other_terms(repository, fake, ask, card, ids):
    good = fake.add(NAME, {"README.md": card("mit"), "config.json": b'{"model_type": "llama"}'})
    bad = fake.add(NAME, {"README.md": card(FORBIDDEN), "config.json": b'{"model_type": "llama"}'})
    hub = ask()
    repository.loads(NAME, revision=good)
    repository.lock(hub)
    base = repository.commit()
    repository.loads(NAME, revision=bad)
    repository.lock(hub)
    repository.commit()
    report = repository.check(base, hub=hub)
    assert ids(report) == ["gate/not-allowed"]
    kinds = {one.kind.value: one for one in report.changes}
    assert {"revision-changed", "verdict-changed", "licence-changed", "terms-added"} <= set(kinds)
    assert kinds["licence-changed"].clauses


def test_nothing_of_the_working_tree_is_looked_at(repository, ids):
    base = repository.commit()
    repository.loads("northwind/other")
    assert ids(repository.check(base), failing=False) == []
    assert ids(repository.check()) == ["gate/not-examined", "gate/unpinned"]


def test_a_shallow_clone_is_explained(repository, tmp_path):
    base = repository.commit()
    repository.write("a.py", "x = 1\n")
    repository.commit()
    shallow = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", repository.root.as_uri(), shallow],
        check=True,
        capture_output=True,
    )
    repository.root = shallow
    with pytest.raises(NoScanError) as caught:
        repository.check(base)
    assert "fetch-depth: 0" in caught.value.advice


def test_no_repository_and_no_such_commit(repository, tmp_path):
    repository.commit()
    with pytest.raises(NoScanError, match="no commit"):
        repository.check("nowhere")
    with pytest.raises(NoScanError, match="no commit"):
        repository.check("--output=/tmp/x")
    plain = tmp_path / "plain"
    plain.mkdir()
    repository.root = plain
    with pytest.raises(UsageError, match="no git repository"):
        repository.check("HEAD")


def test_nothing_in_the_repository_is_run(repository, tmp_path):
    """Hooks, filters, attributes and monitors of the repository take no effect."""
    proof = tmp_path / "ran"
    script = tmp_path / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch {proof}\ncat\n")
    script.chmod(0o755)
    repository.write(".gitattributes", "* filter=evil diff=evil export-subst\n")
    repository.write("app.py", "x = 1\n")
    base = repository.commit()
    for key in (
        "core.fsmonitor",
        "filter.evil.smudge",
        "filter.evil.clean",
        "diff.evil.textconv",
        "core.pager",
    ):
        repository.git("config", key, str(script))
    repository.write(".git/hooks/post-checkout", script.read_text())
    (repository.root / ".git/hooks/post-checkout").chmod(0o755)
    assert not proof.exists()
    assert repository.check(base).verdict == "passed"
    assert not proof.exists()


def test_links_and_submodules_in_the_tree(repository, tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text('from transformers import AutoModel\nAutoModel.from_pretrained("northwind/secret")\n')
    base = repository.commit()
    (repository.root / "link.py").symlink_to(secret)
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{base},module")
    repository.git("add", "link.py")
    repository.git("commit", "-q", "-m", "links")
    report = repository.check(base)
    assert report.models == ()
    assert {(one.path, one.matters) for one in report.unread} == {("link.py", True), ("module", False)}


def test_a_folder_that_is_committed_is_looked_at_whatever_it_is_called(repository, ids):
    base = repository.commit()
    for folder in ("env", "node_modules/x", ".cache", "venv", ".modelscan"):
        repository.loads(f"northwind/{folder[:3].strip('.')}", path=f"{folder}/load.py")
    repository.git("add", "-f", "-A")
    repository.commit()
    report = repository.check(base)
    assert len({one.path for one in report.references}) == 5
    assert report.verdict == "failed"


def test_a_use_case_that_the_change_edits(repository, forbidden, ids):
    from scanner.gate import of_the_base

    commit, _ = forbidden
    place = repository.root / "product.yml"
    repository.write("product.yml", "{commercial: true, acts: [hosted-service]}\n")
    base = repository.commit()
    repository.write("product.yml", "{commercial: false, acts: [internal-use]}\n")
    repository.loads(NAME, revision=commit)
    repository.commit()
    with of_the_base(repository.wanted(base), (None, place)) as (_, case):
        assert "commercial: true" in case.read_text()
    report = repository.check(base, others=(place,))
    assert "gate/trust-changed" in ids(report)


@pytest.mark.parametrize("link", ["modelscan.yml", "pyproject.toml", "modelscan.lock"])
def test_a_policy_behind_a_link_is_not_passed_over(repository, link):
    from scanner.errors import ConfigError

    repository.write("policies/real.yml", "policy: {deny: [permissive]}\n")
    (repository.root / link).symlink_to("policies/real.yml")
    base = repository.commit()
    with pytest.raises(ConfigError, match="is a link"):
        repository.check(base)


def test_what_looks_like_a_placeholder_and_exists_is_none(repository, fake, ask, card, ids):
    commit = fake.add("your-org/your-model", {"README.md": card(FORBIDDEN), "config.json": b"{}"})
    base = repository.commit()
    repository.loads("your-org/your-model", revision=commit)
    repository.commit()
    assert repository.check(base).verdict == "passed"
    assert ids(repository.check(base, hub=ask())) == ["gate/not-allowed"]
