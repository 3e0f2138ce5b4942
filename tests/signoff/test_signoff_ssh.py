# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Real keys, real signatures: what OpenSSH makes of them."""

import subprocess

import msgspec
import pytest
from decisions import recorded

from scanner.errors import UsageError
from scanner.signoff import check, sign
from scanner.signoff.ssh import NAMESPACE

DAY = "2026-12-01"


@pytest.fixture
def key(new_key):
    return new_key("lawyer")


def line(key, options="", who="a@example.org"):
    words = key.with_name(key.name + ".pub").read_text().split()[:2]
    return " ".join(filter(None, (who, options, *words))).encode() + b"\n"


def signed(key, one=None, namespace=None):
    one = one or recorded()
    if namespace is None:
        signature = sign(one.data, key)
    else:
        command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", namespace]
        signature = subprocess.run(command, input=one.data, capture_output=True, check=True).stdout
    return msgspec.structs.replace(one, signature=signature)


def test_a_signature_of_the_approver(key):
    found = check(signed(key), line(key, f'namespaces="{NAMESPACE}"'), as_of=DAY)
    assert found.state == "verified"
    assert found.key.startswith("ED25519 key SHA256:")


def test_no_signature(key):
    assert check(recorded(), line(key), as_of=DAY).state == "absent"


def test_an_edited_statement(key):
    one = signed(key)
    other = recorded(note="I never wrote that.")
    moved = msgspec.structs.replace(other, signature=one.signature)
    found = check(moved, line(key), as_of=DAY)
    assert found.state == "failed"
    assert "edited" in found.why


def test_an_edited_signature(key):
    for data in (b"", b"no signature", signed(key).signature[:-60]):
        found = check(msgspec.structs.replace(recorded(), signature=data), line(key), as_of=DAY)
        assert found.state == "failed"
        assert "no SSH signature" in found.why


def test_another_signer(key, new_key):
    other = new_key("other")
    found = check(signed(other), line(key), as_of=DAY)
    assert (found.state, "not one that allowed_signers gives" in found.why) == ("failed", True)
    listed = line(key) + line(other, who="b@example.org")
    assert check(signed(other), listed, as_of=DAY).state == "failed", "B. signs for nobody but B."


def test_another_namespace(key):
    found = check(signed(key, namespace="git"), line(key), as_of=DAY)
    assert (found.state, "another purpose" in found.why) == ("failed", True)
    assert check(signed(key), line(key, 'namespaces="git"'), as_of=DAY).state == "failed"


def test_a_key_that_ended(key):
    signers = line(key, 'valid-before="20261201"')
    assert check(signed(key), signers, as_of="2026-11-30").state == "verified"
    found = check(signed(key), signers, as_of=DAY)
    assert (found.state, "has expired" in found.why) == ("failed", True)
    early = check(signed(key), line(key, 'valid-after="20261202"'), as_of=DAY)
    assert (early.state, "not yet valid" in early.why) == ("failed", True)


def test_nobody_may_sign(key):
    assert check(signed(key), None, as_of=DAY).state == "failed"
    assert check(signed(key), b"", as_of=DAY).state == "failed"
    assert check(signed(key), b"\x00\xff garbage\n" * 100, as_of=DAY).state == "failed"


def test_a_comment_of_the_key_is_no_principal(key):
    assert check(signed(key), line(key, who="b@example.org,c@example.org"), as_of=DAY).state == "failed"
    assert check(signed(key), line(key, who="*@example.org"), as_of=DAY).state == "verified"


def test_a_key_that_is_none(key, tmp_path):
    with pytest.raises(UsageError, match="refused the key"):
        sign(b"x", tmp_path / "none")


def test_without_openssh(key, monkeypatch, tmp_path):
    one = signed(key)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = check(one, line(key), as_of=DAY)
    assert (found.state, found.why) == ("unchecked", "ssh-keygen is not installed")
    with pytest.raises(UsageError, match="not installed") as caught:
        sign(b"x", key)
    assert "openssh-client" in caught.value.advice


def test_an_openssh_that_is_too_old(key, monkeypatch, tmp_path):
    old = tmp_path / "ssh-keygen"
    old.write_text("#!/bin/sh\necho 'usage: ssh-keygen [-q]' >&2\nexit 1\n")
    old.chmod(0o755)
    one = signed(key)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert check(one, line(key), as_of=DAY).state == "unchecked"
