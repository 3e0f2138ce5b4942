# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Decisions as a person records, signs and checks them: real files, real keys, real git."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.signoff import digest
from scanner.signoff.ssh import NAMESPACE

EXAMPLES = Path(__file__).parents[2] / "examples"
CATALOGUE = ("--catalogue", str(EXAMPLES / "catalogue"))
DAY = "2026-11-25"
LAST = "2027-01-31"
HOSTED = "commercial: true\nacts: [hosted-service]\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A repository of the organisation with one release in it, of somebody else."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    repository = tmp_path / "repository"
    shutil.copytree(EXAMPLES / "models/02-community-in-order", repository / "model")
    monkeypatch.chdir(repository)
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "config", "user.name", "A. Lawyer"], check=True)
    subprocess.run(["git", "config", "user.email", "a@example.org"], check=True)
    return repository


def signoff(*arguments, day=DAY):
    return CliRunner().invoke(main, ["signoff", *map(str, arguments), "--as-of", day])


def record(*arguments, path="model", decision="approve", until=LAST, day=DAY):
    run = signoff("new", path, "--decision", decision, "--until", until, *CATALOGUE, *arguments, day=day)
    assert run.exit_code == 0, run.output
    return Path(run.stdout.split("written: ")[1].strip())


def verified(*arguments, path="model", day=DAY):
    """Return the exit code of a verification, and what it told."""
    run = signoff("verify", path, "-f", "json", *CATALOGUE, *arguments, day=day)
    assert run.exit_code in {0, 1}, run.output
    return run.exit_code, json.loads(run.stdout)


def state(*arguments, **options):
    code, (one,) = verified(*arguments, **options)
    return code, one["state"]


def allow(place, key, options=f'namespaces="{NAMESPACE}"', who="a@example.org"):
    words = key.with_name(key.name + ".pub").read_text().split()[:2]
    (place / ".modelscan/allowed_signers").write_text(" ".join((who, options, *words)).strip() + "\n")


@pytest.fixture
def key(new_key):
    return new_key("lawyer")


@pytest.fixture
def signed(place, key):
    """A signed approval with the digests of the weights."""
    written = record("--hash", "--accept-all")
    allow(place, key)
    run = signoff("sign", written, "--key", key)
    assert "verifies: a@example.org" in run.stdout
    return written


def test_one_statement_under_the_git_root(place):
    written = record("--note", "ticket 12")
    assert written.relative_to(place).parts[:3] == (".modelscan", "signoffs", "model")
    statement = json.loads(written.read_text())
    decision = statement["predicate"]
    assert (decision["decided"], decision["until"], decision["note"]) == (DAY, LAST, "ticket 12")
    assert decision["approver"] == {"name": "A. Lawyer", "email": "a@example.org"}
    assert {one["name"] for one in statement["subject"]} >= {"LICENSE", "README.md", "weights manifest"}
    assert not list(place.rglob(".*.json.*")), "nothing half written is left"


def test_beside_the_configuration(place, monkeypatch):
    (place / "team").mkdir()
    (place / "team/modelscan.yml").write_text("policy: {}\n")
    monkeypatch.chdir(place / "team")
    assert record(path="../model").is_relative_to(place / "team/.modelscan")


def test_valid(signed):
    code, (one,) = verified("--hash")
    assert (code, one["state"], one["signature"]["state"], one["weights"]) == (
        0,
        "valid",
        "verified",
        "computed",
    )
    assert one["changes"] == one["uncovered"] == []


def test_weights_that_were_not_read_again(signed):
    assert state() == (0, "weights-not-reread")
    text = signoff("verify", "model", *CATALOGUE).stdout
    assert "valid, weights not re-read" in text
    assert "by size and header only" in text


def test_unsigned(place):
    record("--hash")
    code, (one,) = verified("--hash")
    assert (code, one["state"], one["signature"]["state"]) == (0, "unsigned", "absent")
    assert "recorded, unsigned" in signoff("verify", "model", *CATALOGUE).stdout
    assert "recorded, unsigned" in signoff("list").stdout


def test_white_space_never_voids(signed, place):
    for name in ("LICENSE", "README.md"):
        text = (place / "model" / name).read_text()
        (place / "model" / name).write_text(text.replace("\n\n", "\n\n\n") + "\n \n")
    assert state("--hash") == (0, "valid")


def test_a_word_of_the_licence(signed, place):
    path = place / "model/LICENSE"
    text = path.read_text()
    path.write_text(text.rstrip() + "\nAnd nothing on Sundays.\n")
    code, (one,) = verified("--hash")
    assert (code, one["state"]) == (1, "stale")
    assert ("text", "LICENSE", True) in [(c["part"], c["what"], c["voids"]) for c in one["changes"]]
    path.write_text(text)
    assert state("--hash") == (0, "valid"), "what is as it was holds again"


def test_prose_of_the_card(signed, place):
    path = place / "model/README.md"
    path.write_text(path.read_text() + "\nThis model likes rain.\n")
    code, (one,) = verified("--hash")
    assert (code, one["state"]) == (0, "review-suggested")
    assert [change["part"] for change in one["changes"]] == ["card"]


def test_weights_of_another_size(signed, place):
    (path,) = (place / "model").glob("*.safetensors")
    path.write_bytes(path.read_bytes() + b"\0")
    code, (one,) = verified()
    assert (code, one["state"]) == (1, "stale")
    assert "weights" in [change["part"] for change in one["changes"]]


def test_weights_of_the_same_size_are_seen_when_they_are_read(signed, place):
    (path,) = (place / "model").glob("*.safetensors")
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert state() == (0, "weights-not-reread")
    assert state("--hash") == (1, "stale")


def test_another_use_case(signed, place):
    (place / "use.yml").write_text(f"id: default\n{HOSTED}")
    code, (one,) = verified("--use-case", "use.yml")
    assert (code, one["state"]) == (1, "stale")
    assert "use-case" in one["why"]
    (place / "other.yml").write_text(HOSTED)
    code, (one,) = verified("--use-case", "other.yml")
    assert (code, one["state"], one["why"]) == (1, None, "not signed off")


def test_a_decision_for_each_use_case(place):
    (place / "modelscan.yml").write_text(
        "use_cases:\n  - {id: one, commercial: true}\n  - {id: two, commercial: false}\n"
    )
    run = signoff("new", "model", "--decision", "approve", "--until", LAST, *CATALOGUE)
    assert run.exit_code == 2
    assert "several: one, two" in run.stderr
    record("--for", "one")
    code, both = verified()
    assert (code, [one["why"] for one in both][1]) == (1, "not signed off")
    record("--for", "two")
    code, both = verified()
    assert (code, [one["use_case"] for one in both]) == (0, ["one", "two"])


def test_copied_to_another_release(signed, place):
    shutil.copytree(place / "model", place / "other")
    folder = place / ".modelscan/signoffs"
    shutil.copytree(folder / "model", folder / "other")
    code, (one,) = verified("--hash", path="other")
    assert (code, one["state"]) == (1, "invalid")
    assert one["why"] == "it is for model, and this is other"


def test_an_edited_statement(signed):
    text = signed.read_text()
    signed.write_text(text.replace(LAST, "2037-01-31"))
    code, (one,) = verified("--hash")
    assert (code, one["state"]) == (1, "invalid")
    renamed = signed.with_name(f"{digest(signed.read_bytes())[:16]}.json")
    signed.rename(renamed)
    Path(f"{signed}.sig").rename(f"{renamed}.sig")
    code, (one,) = verified("--hash")
    assert (code, one["state"]) == (1, "invalid")
    assert "edited" in one["why"]


def test_another_signer(signed, place, new_key):
    allow(place, new_key("somebody"))
    code, (one,) = verified("--hash")
    assert (code, one["state"], "allowed_signers" in one["why"]) == (1, "invalid", True)
    (place / ".modelscan/allowed_signers").unlink()
    assert state("--hash") == (1, "invalid")


def test_another_namespace(signed, place, key):
    signature = Path(f"{signed}.sig")
    signature.unlink()
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "git", signed], check=True)
    code, (one,) = verified("--hash")
    assert (code, one["state"], "another purpose" in one["why"]) == (1, "invalid", True)


def test_what_openssh_signs_by_itself_counts(signed, key):
    Path(f"{signed}.sig").unlink()
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", NAMESPACE, signed], check=True)
    assert state("--hash") == (0, "valid")


def test_a_key_that_ended(signed, place, key):
    allow(place, key, 'valid-before="20261201"')
    assert state("--hash") == (0, "valid")
    code, (one,) = verified("--hash", day="2026-12-01")
    assert (code, one["state"], "expired" in one["why"]) == (1, "invalid", True)


def test_expired(signed):
    assert state("--hash", day=LAST) == (0, "valid")
    assert state("--hash", day="2027-02-01") == (1, "expired")


def test_a_clock_before_the_approval(signed):
    assert state("--hash", day="2026-11-24") == (1, "invalid")
    arguments = ["new", "model", "--decision", "reject", "--until", LAST, *CATALOGUE]
    run = signoff(*arguments, day="2026-11-24")
    assert run.exit_code == 2
    assert "before that of an earlier decision" in run.stderr


def test_a_chain_of_decisions(signed, key):
    second = record("--note", "looked again", "--hash")
    third = record("--note", "no more", decision="reject", day="2026-11-26")
    assert len({signed, second, third}) == 3
    code, found = verified("--hash", day="2026-11-26")
    assert code == 1, "a rejection holds and is no approval"
    states = {one["path"].split("/")[1]: one["state"] for one in found}
    assert states == {
        signed.name: "superseded",
        second.name: "superseded",
        third.name: "weights-not-reread",
    }
    listed = json.loads(signoff("list", "-f", "json", day="2026-11-26").stdout)
    assert [one["state"] for one in listed].count("superseded") == 2


def test_two_at_once(place):
    first = record("--note", "before")
    command = [sys.executable, "-m", "scanner", "signoff", "new", "model", "--decision", "approve"]
    command += ["--until", LAST, "--as-of", DAY, *CATALOGUE]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    both = [
        subprocess.Popen([*command, "--note", note], env=environment, stdout=subprocess.PIPE)
        for note in ("mine", "yours")
    ]
    written = {Path(one.communicate(timeout=120)[0].decode().split("written: ")[1].strip()) for one in both}
    assert [one.returncode for one in both] == [0, 0]
    assert len(written) == 2
    last = record("--note", "both")
    code, found = verified()
    assert code == 0
    states = {one["path"].split("/")[1]: one["state"] for one in found}
    assert states.pop(last.name) == "weights-not-reread"
    assert states == {one.name: "superseded" for one in (first, *written)}


def test_the_same_decision_twice_is_one_file(place):
    assert record("--store", "a") == Path("a/signoffs/model") / record("--store", "b").name


def test_a_target_that_cannot_be_written(place):
    (place / ".modelscan").write_text("a file")
    run = signoff("new", "model", "--decision", "approve", "--until", LAST, *CATALOGUE)
    assert run.exit_code == 2
    assert "cannot be written" in run.stderr


def test_a_read_only_target(place):
    """Also for root, to whom no folder of his own is read-only."""
    arguments = ["new", "model", "--decision", "reject", "--until", LAST, *CATALOGUE]
    run = signoff(*arguments, "--store", "/proc/modelscan")
    assert run.exit_code == 2
    assert "cannot be written" in run.stderr


def test_from_a_report(place):
    CliRunner().invoke(main, ["report", "model", "-o", "audit.json", "-q", "--as-of", DAY, *CATALOGUE])
    run = signoff("new", "audit.json", "--decision", "approve", "--until", LAST)
    assert run.exit_code == 0, run.output
    assert state() == (0, "weights-not-reread"), "the files are still those of the report"
    assert signoff("verify", "audit.json").exit_code == 0
    assert signoff("verify", "audit.json", "--hash").exit_code == 2


def test_one_release_of_several(place):
    shutil.copytree(EXAMPLES / "models/01-clean-apache", place / "models/clean")
    shutil.copytree(EXAMPLES / "models/07-non-commercial", place / "models/other")
    run = signoff("new", "models", "--decision", "approve", "--until", LAST)
    assert (run.exit_code, "several: clean, other" in run.stderr) == (2, True)
    assert signoff("new", "models", "--decision", "approve", "--until", LAST, "--release", "x").exit_code == 2
    record("--release", "clean", path="models")
    code, found = verified(path="models")
    assert (code, [one["why"] for one in found][1]) == (1, "not signed off")


def test_findings_are_accepted_one_by_one(place):
    shutil.copytree(EXAMPLES / "models/06-no-license", place / "bare")
    arguments = ["new", "bare", "--decision", "approve", "--until", LAST]
    run = signoff(*arguments)
    assert "open: " in run.stdout
    assert "not covered" in run.stderr
    _, (one,) = verified(path="bare")
    (finding,) = one["uncovered"][:1]
    record("--accept", finding["fingerprint"][:8], path="bare")
    _, found = verified(path="bare")
    current = next(one for one in found if one["state"] != "superseded")
    assert current["accepted"] == [finding["fingerprint"]]
    assert finding not in current["uncovered"]
    run = signoff(*arguments, "--accept", "00000000")
    assert (run.exit_code, "names no finding" in run.stderr) == (2, True)
    assert signoff(*arguments, "--accept", finding["fingerprint"][:7]).exit_code == 2


def test_conditions(place):
    record("--condition", "show the phrase (B. Builder)", "--condition", "no resale", decision="conditional")
    text = signoff("verify", "model", *CATALOGUE).stdout
    assert "approved with conditions by A. Lawyer" in text
    assert "condition: show the phrase (B. Builder)" in text


def test_owners_of_duties(place):
    (duty, *_) = [
        one["id"]
        for one in json.loads(record().read_text())["predicate"]["content"]["duties"]
        if one["applies"] == "yes"
    ]
    written = record("--owner", f"{duty}=B. Builder")
    assert json.loads(written.read_text())["predicate"]["owners"] == [{"duty": duty, "owner": "B. Builder"}]
    assert f"B. Builder sees to {duty}" in signoff("verify", "model", *CATALOGUE).stdout
    for wrong in ("none/such=B. Builder", duty, f"{duty}= ", "=B. Builder"):
        run = signoff("new", "model", "--decision", "approve", "--until", LAST, *CATALOGUE, "--owner", wrong)
        assert (run.exit_code, "names no duty" in run.stderr) == (2, True)


def test_who_decides(place, tmp_path, monkeypatch):
    written = record("--approver", "B. C.", "--email", "b@example.org")
    assert json.loads(written.read_text())["predicate"]["approver"]["name"] == "B. C."
    subprocess.run(["git", "config", "--unset", "user.email"], check=True)
    arguments = ["new", "model", "--decision", "approve", "--until", LAST, *CATALOGUE]
    run = signoff(*arguments)
    assert (run.exit_code, "--email ADDRESS" in run.stderr) == (2, True)
    monkeypatch.setenv("PATH", str(tmp_path))
    run = signoff(*arguments)
    assert (run.exit_code, "--approver NAME" in run.stderr) == (2, True), "nor is there any git"


@pytest.mark.parametrize(
    "wrong",
    [
        ("--until", "2026-11-24"),
        ("--until", "soon"),
        ("--until", "2027-02-30"),
        ("--email", "nobody"),
        ("--email", "*@example.org"),
        ("--condition", ""),
        ("--note", "x" * 10_001),
    ],
)
def test_what_cannot_be_recorded(place, wrong):
    run = signoff("new", "model", "--decision", "approve", "--until", LAST, *wrong, *CATALOGUE)
    assert run.exit_code == 2
    assert "not recorded" in run.stderr
    assert not (place / ".modelscan").exists()


def test_a_store_that_comes_with_a_release(place, monkeypatch):
    """Its author would approve his own work."""
    record("--store", "model/.modelscan")
    monkeypatch.chdir(place / "model")
    subprocess.run(["git", "init", "-q"], check=True)
    run = signoff("verify", ".", *CATALOGUE)
    assert run.exit_code == 2
    assert "stranger" in run.stderr
    assert signoff("list").exit_code == 2
    assert signoff("list", "--store", ".modelscan").exit_code == 0


def test_hostile_files_are_told_and_inert(place):
    folder = place / ".modelscan/signoffs/model"
    folder.mkdir(parents=True)
    (folder / "a\x1b[31m.json").write_text("{}")
    (folder / "deep.json").write_text("[" * 100_000)
    os.mkfifo(folder / "pipe.json")
    written = record("--note", "red \x1b[31m and \u202e turned")
    run = signoff("verify", "model", *CATALOGUE)
    assert run.exit_code == 1
    assert "\x1b" not in run.stdout
    assert "\u202e" not in run.stdout + written.read_text()
    assert run.stdout.count(": invalid") == 3


def test_signing(place, key, monkeypatch):
    written = record()
    run = signoff("sign", written)
    assert (run.exit_code, "--key" in run.stderr) == (2, True)
    run = signoff("sign", written, "--key", key)
    assert run.exit_code == 0
    line = next(one for one in run.stderr.splitlines() if one.startswith("a@example.org"))
    assert state() == (1, "invalid"), "nobody allowed the key yet"
    (place / ".modelscan/allowed_signers").write_text(line + "\n")
    assert state() == (0, "weights-not-reread")
    again = signoff("sign", written, "--key", key)
    assert (again.exit_code, "signed already" in again.stderr) == (2, True)
    Path(f"{written}.sig").unlink()
    subprocess.run(["git", "config", "gpg.format", "ssh"], check=True)
    subprocess.run(["git", "config", "user.signingkey", str(key)], check=True)
    assert "verifies" in signoff("sign", written).stdout


def test_a_key_without_its_public_half(place, key):
    written = record()
    key.with_name(key.name + ".pub").unlink()
    run = signoff("sign", written, "--key", key)
    assert run.exit_code == 0
    assert f"what `ssh-keygen -y -f {key}` prints" in run.stderr.replace("\n", " ")


def test_a_forged_decision_of_a_day_to_come_blocks_nobody(signed):
    signed.write_text(signed.read_text().replace(f'"decided": "{DAY}"', '"decided": "2027-01-01"'))
    assert record().exists()


def test_what_changed_is_told_in_words(signed, place):
    path = place / "model/README.md"
    path.write_text(path.read_text().replace("---\n", "---\nlicense_name: other\n", 1) + "\nMore words.\n")
    (place / "model/LICENSE").unlink()
    run = signoff("verify", "model", *CATALOGUE)
    assert run.exit_code == 1
    assert ": stale\n" in run.stdout
    assert "why: changed since it was decided: " in run.stdout
    lines = [line for line in run.stdout.splitlines() if line.startswith("  - ")]
    assert any(
        line.startswith("  - text LICENSE: words sha256 ") and line.endswith("now gone") for line in lines
    )
    assert any(line.startswith("  - finding ") and ": was not there, now " in line for line in lines)
    assert any(line.startswith("  - card README.md: ") and "(does not void)" in line for line in lines)


def test_nothing_that_is_wrong_is_signed(place, key):
    written = record()
    written.write_text(written.read_text().replace(LAST, "2037-01-31"))
    run = signoff("sign", written, "--key", key)
    assert (run.exit_code, "not signed" in run.stderr) == (2, True)
    assert signoff("sign", "no.json", "--key", key).exit_code == 3
    assert signoff("sign", "model/LICENSE", "--key", key).exit_code == 2
    assert not Path(f"{written}.sig").exists()


def test_without_openssh(signed, place, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").symlink_to(shutil.which("git"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    run = signoff("verify", "model", *CATALOGUE)
    assert run.exit_code == 3
    assert "ssh-keygen is not installed" in run.stderr
    assert "openssh-client" in run.stderr
    assert "not checked" in signoff("list").stdout


def test_nothing_to_list(place):
    assert "There is no sign-off" in signoff("list").stdout
    assert json.loads(signoff("list", "-f", "json").stdout) == []
    assert verified()[0] == 1, "what nobody signed off is not approved"


def test_a_repository_on_the_hub_is_reported_first(place):
    run = signoff("verify", "hf:org/name")
    assert run.exit_code == 2
    assert "modelscan report hf:org/name --online -o report.json" in run.stderr
