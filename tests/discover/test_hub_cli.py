# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``report hf:org/name`` and ``--online`` as a person calls them, against a Hub on loopback."""

import json
import signal
import socket
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from scanner.cli import main

TOKEN = "hf_this-is-nobodys-token"  # noqa: S105  of the local server


def card(tag, *bases):
    base = f"base_model: [{', '.join(bases)}]\n" if bases else ""
    return f"---\nlicense: {tag}\n{base}---\n\n# A model\n".encode()


def error(status, code=""):
    return status, {"X-Error-Code": code} if code else {}, b"{}"


def told(result):
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    return report["releases"][0], {one["path"]: one["reason"] for one in report["not_checked"]}


@pytest.fixture
def child(tmp_path):
    """Give a folder with one release, made from some others."""

    def made(*bases, tag="mit"):
        folder = tmp_path / "child"
        folder.mkdir(exist_ok=True)
        (folder / "README.md").write_bytes(card(tag, *bases))
        return folder

    return made


def test_a_release_straight_from_the_hub(fake, modelscan):
    commit = fake.add("acme/model", {"README.md": card("cc-by-nc-4.0"), "pytorch_model.bin": b"x" * 99})
    result = modelscan("report", "hf:acme/model@main", "--online", "-f", "json")
    release, _ = told(result)
    assert (release["name"], release["revision"], release["verdict"]) == ("acme/model", commit, "blocked")
    assert release["purl"] == f"pkg:huggingface/acme/model@{commit}"
    weights = next(one for one in release["files"] if one["path"] == "pytorch_model.bin")
    assert (weights["sha256_how"], weights["here"], weights["size"]) == ("stated", "no", 99)
    assert "127.0.0.1" not in result.stdout


def test_the_page_of_a_release_from_the_hub(fake, modelscan, tmp_path):
    fake.add("acme/model", {"README.md": card("mit"), "pytorch_model.bin": b"x" * 99}, gated="auto")
    result = modelscan("report", "hf:acme/model", "--online")
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "work/modelscan-report.html").read_text()
    assert "stated by the Hub" in page
    assert "the weights were not downloaded" in page
    assert "as the Hub says" in page


def test_a_path_and_a_repository_side_by_side(fake, modelscan, child):
    fake.add("acme/model", {"README.md": card("mit")})
    result = modelscan("report", child(), "hf:acme/model", "--online", "-f", "json")
    assert [one["path"] for one in json.loads(result.stdout)["releases"]] == ["child", "hf:acme/model"]


def test_a_base_model_lends_its_terms_and_is_not_judged(fake, modelscan, child):
    commit = fake.add("nobody/base", {"README.md": card("cc-by-nc-4.0")})
    result = modelscan("report", child("nobody/base"), "--online", "-f", "json")
    release, left = told(result)
    assert left == {}
    (edge,) = release["lineage"]
    assert edge["terms"]["keys"] == ["cc-by-nc-4.0"]
    assert edge["terms"]["how"] == "hub"
    assert edge["terms"]["release"] is None
    assert f"was read from the Hub, revision {commit}" in edge["terms"]["why"]
    assert {one["license"] for one in release["effective"] if one["via"]} == {"cc-by-nc-4.0"}
    assert release["verdict"] == "blocked"
    assert json.loads(result.stdout)["summary"]["releases"] == 1


def test_generations_of_base_models(fake, modelscan, child):
    fake.add("a/parent", {"README.md": card("mit", "b/grandparent")})
    fake.add("b/grandparent", {"README.md": card("mit", "c/first")})
    fake.add("c/first", {"README.md": card("cc-by-nc-4.0", "a/parent")})
    release, left = told(modelscan("report", child("a/parent"), "--online", "-f", "json"))
    assert left == {}
    assert ("cc-by-nc-4.0", "c/first") in {(one["license"], one["via"]) for one in release["effective"]}


def test_a_renamed_base_model(fake, modelscan, child):
    fake.add("b/new", {"README.md": card("cc-by-nc-4.0")})
    fake.renamed["a/old"] = "b/new"
    release, left = told(modelscan("report", child("a/old"), "--online", "-f", "json"))
    assert left == {"a/old": "base model, read from the Hub, where it is now called b/new"}
    assert release["lineage"][0]["terms"]["keys"] == ["cc-by-nc-4.0"]


def test_a_renamed_base_model_that_names_itself_ends(fake, modelscan, child):
    fake.add("b/new", {"README.md": card("mit", "a/old")})
    fake.renamed["a/old"] = "b/new"
    _, left = told(modelscan("report", child("a/old"), "--online", "-f", "json"))
    assert left == {"a/old": "base model, read from the Hub, where it is now called b/new"}
    assert len([path for path in fake.paths() if path.startswith("/api/models/a/old")]) == 1


def test_the_hub_and_the_family_table_stand_both(fake, modelscan, child):
    fake.add("meta-llama/Llama-3.1-8B", {"README.md": card("mit")})
    release, _ = told(modelscan("report", child("meta-llama/Llama-3.1-8B"), "--online", "-f", "json"))
    terms = release["lineage"][0]["terms"]
    assert terms["keys"] == ["mit", "llama-3.1"]
    assert "by its name it is under llama-3.1" in terms["why"]
    inherited = {one["license"]: one["certain"] for one in release["effective"] if one["via"]}
    assert inherited == {"mit": False, "llama-3.1": False}


def test_what_could_not_be_resolved_is_told_one_by_one(fake, modelscan, child):
    fake.add("a/gated", {"README.md": card("mit")}, gated="manual", closed=True)
    fake.add("a/part", {"README.md": card("mit"), "LICENSE": b"Some terms."})
    fake.always("/a/part/resolve/.*LICENSE", error(404, "EntryNotFound"))
    result = modelscan("report", child("a/gated", "a/gone", "a/part", "bare"), "--online", "-f", "json")
    release, left = told(result)
    assert "gated: the terms at the Hub must be accepted" in left["a/gated"]
    assert "no such model on the Hub" in left["a/gone"]
    assert "read from the Hub in part: LICENSE" in left["a/part"]
    assert "not named as org/name" in left["bare"]
    terms = {one["parent"]: one["terms"] for one in release["lineage"]}
    assert terms["a/gated"]["how"] == "unknown"
    assert "asked for at the Hub: gated" in terms["a/gated"]["why"]
    assert not any(one["certain"] for one in release["effective"] if one["via"])
    assert release["verdict"] == "review"


def test_base_models_beyond_the_bound(fake, modelscan, child):
    for number in range(53):
        fake.add(f"a/m{number}", {"README.md": card("mit")})
    _, left = told(
        modelscan("report", child(*(f"a/m{number}" for number in range(53))), "--online", "-f", "json")
    )
    assert len(left) == 3
    assert all("50 base models are looked up in one run" in reason for reason in left.values())


def test_generations_beyond_the_bound(fake, modelscan, child):
    for number in range(12):
        fake.add(f"a/m{number}", {"README.md": card("mit", f"a/m{number + 1}")})
    _, left = told(modelscan("report", child("a/m0"), "--online", "-f", "json"))
    assert list(left) == ["a/m8"]
    assert "8 generations" in left["a/m8"]


def test_offline_it_says_what_was_not_looked_up(fake, modelscan, child):
    result = modelscan("report", child("meta-llama/Llama-3.1-8B", "nobody/knows"), "-f", "json")
    _, left = told(result)
    assert left == {
        "base models": "2 are not in the scanned tree: the terms of 1 are known by name only and those of 1 "
        "are not known; --online looks them up on the Hub"
    }
    assert fake.log == []


def test_the_network_only_with_online(fake, modelscan):
    fake.add("acme/model", {"README.md": card("mit")})
    result = modelscan("report", "hf:acme/model")
    assert result.returncode == 2
    assert "add --online" in result.stderr
    assert fake.log == []


def test_offline_no_socket_is_opened_and_no_client_imported(child, monkeypatch):
    def closed(*_, **__):
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", closed)
    monkeypatch.setattr(socket, "create_connection", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)
    result = CliRunner().invoke(main, ["report", str(child("nobody/knows")), "-f", "json", "-o", "-"])
    assert result.exit_code == 0, result.output


def test_offline_the_client_is_not_imported(child):
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: print({'huggingface_hub', 'httpx2'} & set(sys.modules)))\n"
        "from scanner.cli import main\n"
        "main(sys.argv[1:], standalone_mode=False)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, "report", str(child("nobody/knows")), "-f", "txt", "-o", "-"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.strip().endswith("set()"), result.stderr


@pytest.mark.parametrize(
    ("source", "words", "advice"),
    [
        ("hf:not a name", "no model on the Hub can be called so", "hf:org/name"),
        ("hf:a/b/c", "no model on the Hub can be called so", "hf:org/name"),
        ("hf:acme/none", "no such model on the Hub", "check the name"),
        ("hf:acme/gated", "gated: the terms at the Hub must be accepted", "hf auth login"),
        ("hf:acme/there@v9", "no such revision", "behind the @"),
        ("hf:acme/broken", "the Hub answered 418", "again later"),
    ],
)
def test_a_source_that_cannot_be_read_is_no_scan(fake, modelscan, source, words, advice):
    fake.add("acme/gated", {"README.md": card("mit")}, gated="manual", closed=True)
    fake.add("acme/there", {"README.md": card("mit")})
    fake.always("acme/broken", error(418))
    result = modelscan("report", source, "--online")
    assert result.returncode == 3
    assert source in result.stderr
    assert words in result.stderr
    assert advice in result.stderr
    assert "no scan was performed" in result.stderr
    assert "127.0.0.1" not in result.stderr
    assert "Traceback" not in result.stderr


def test_the_network_is_down(modelscan):
    result = modelscan("report", "hf:acme/model", "--online", HF_ENDPOINT="http://127.0.0.1:9")
    assert result.returncode == 3
    assert "could not be reached three times" in result.stderr


def test_a_repository_without_a_release(fake, modelscan):
    fake.add("acme/empty", {".gitattributes": b"x"})
    result = modelscan("report", "hf:acme/empty", "--online")
    assert result.returncode == 3
    assert "no model release" in result.stderr


@pytest.mark.parametrize("arguments", [("hf:acme/model", "--online"), (".", "--online")])
def test_the_users_own_offline_mode_is_respected(fake, modelscan, arguments):
    result = modelscan("report", *arguments, HF_HUB_OFFLINE="1")
    assert result.returncode == 2
    assert "HF_HUB_OFFLINE is set" in result.stderr
    assert fake.log == []


def test_the_token_is_in_no_output(fake, modelscan, child, tmp_path):
    fake.add("acme/model", {"README.md": card("mit", "acme/gated", "acme/gone", "acme/odd")})
    fake.add("acme/gated", {"README.md": card("mit")}, gated="manual", closed=True)
    fake.always("acme/odd", error(403))
    names = [f"out.{ending}" for ending in ("html", "json", "txt")]
    outputs = [word for name in names for word in ("-o", name)]
    results = [
        modelscan("report", "hf:acme/model", "--online", *outputs, HF_TOKEN=TOKEN),
        modelscan("report", "hf:acme/none", "--online", HF_TOKEN=TOKEN),
        modelscan("report", "hf:acme/gated", "--online", HF_TOKEN=TOKEN),
        modelscan("report", "hf:acme/odd", "--online", HF_TOKEN=TOKEN),
        modelscan("report", "hf:acme/model", "--online", HF_TOKEN=f"{TOKEN} \u00e4"),
        modelscan("report", "hf:acme/model", "--online", HF_TOKEN=TOKEN, HF_ENDPOINT="http://127.0.0.1:9"),
        modelscan("report", "hf:acme/model", "--online", HF_TOKEN=TOKEN, HF_ENDPOINT="http://[bad"),
        modelscan("report", "hf:acme/model", "--online", HF_TOKEN=TOKEN, HF_ENDPOINT="ftp://x"),
    ]
    assert [result.returncode for result in results] == [0, 3, 3, 3, 2, 3, 2, 2]
    assert any(headers.get("authorization") == f"Bearer {TOKEN}" for _, headers in fake.log)
    for result in results:
        assert TOKEN not in result.stdout + result.stderr
        assert "Traceback" not in result.stderr
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len([path for path in written if path.name in names]) == len(names)
    assert not [path for path in written if TOKEN.encode() in path.read_bytes()]


def test_the_same_release_gives_the_same_bytes(fake, modelscan):
    fake.add("acme/model", {"README.md": card("mit", "nobody/base")})
    fake.add("nobody/base", {"README.md": card("mit")})
    arguments = ("report", "hf:acme/model", "--online", "-f", "json", "--as-of", "2026-11-25")
    assert modelscan(*arguments).stdout == modelscan(*arguments).stdout


def test_interrupted_it_leaves_nothing_behind(fake, modelscan, tmp_path):
    fake.add("acme/model", {"README.md": card("mit")})
    fake.always("/tree/", lambda handler: handler.hub.stop.wait(20))
    real = subprocess.run

    def run(command, **options):
        options = {name: options[name] for name in ("cwd", "env", "text")}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        for _ in range(200):
            if any("/tree/" in path for path in fake.paths()):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    subprocess.run = run
    try:
        result = modelscan("report", "hf:acme/model", "--online")
    finally:
        subprocess.run = real
    assert result.returncode == 130
    assert "interrupted" in result.stderr
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []


def test_a_base_model_elsewhere_is_not_asked_for(fake, modelscan):
    fake.add("acme/model", {"README.md": card("mit", "http://169.254.169.254/latest")})
    _, left = told(modelscan("report", "hf:acme/model", "--online", "-f", "json"))
    assert all("169.254" not in path for path in fake.paths())
    assert any("not named as org/name" in reason for reason in left.values())
