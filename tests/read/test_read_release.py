# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""One release as a whole: one bad file takes nothing along, everything is named, nothing else is opened."""

import os

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scanner.read
from scanner.model.reading import Source
from scanner.model.release import Artifact, ArtifactKind, Release
from scanner.read import read

CARD = "---\nlicense: x\n---\n# Words\n"
AGREEMENT = "Orchard License\n\nYou shall keep this. It is granted as is, without warranty; it terminates.\n"


def said(facts, *names):
    return [reading.value for reading in facts.named(*names)]


def reasons(facts):
    return {unread.path: unread.reason for unread in facts.unread}


def test_files_that_vanish_or_cannot_be_read(release_of):
    release = release_of({"README.md": CARD, "LICENSE": "terms", "config.json": "{}", "m.gguf": b"x"})
    for name in ("LICENSE", "config.json", "m.gguf", "model.safetensors"):
        os.unlink(f"{release.root}/{name}")  # noqa: PTH108
    os.mkfifo(f"{release.root}/LICENSE")
    found = read(release)
    assert said(found, "license") == ["x"]
    assert set(reasons(found)) == {"LICENSE", "config.json", "m.gguf", "model.safetensors"}
    assert all(unread.matters for unread in found.unread)


NAMES = {
    "README.md": ArtifactKind.CARD,
    "LICENSE": ArtifactKind.LICENSE,
    "config.json": ArtifactKind.CONFIG,
    "m.safetensors.index.json": ArtifactKind.CONFIG,
    "mergekit_config.yml": ArtifactKind.CONFIG,
    "Modelfile": ArtifactKind.CONFIG,
    "CITATION.cff": ArtifactKind.OTHER,
    "words.txt": ArtifactKind.OTHER,
    "m.safetensors": ArtifactKind.WEIGHTS,
    "m.gguf": ArtifactKind.WEIGHTS,
}
WORDS = rb"""--- license: - [ ] { } " : , license model weight_map FROM \ud800 # |""".split()
BYTES = (b"\n", b"---\n", b"\r", b" ", b"\0", b"\xff\xfe", b"GGUF", b"\3\0\0\0", b"\1\0\0\0\0\0\0\0", b'"""')
PIECES = st.sampled_from([*WORDS, *BYTES])


@given(st.lists(PIECES, max_size=40).map(b"".join) | st.binary(max_size=200))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_files_hold_there_is_an_answer(tmp_path, data):
    artifacts = []
    for name, kind in NAMES.items():
        (tmp_path / name).write_bytes(data)
        form = name.rsplit(".", 1)[-1] if kind is ArtifactKind.WEIGHTS else None
        artifacts.append(Artifact(path=name, kind=kind, size=len(data), format=form))
    release = Release(name="r", path=".", root=str(tmp_path), named_by="folder", artifacts=tuple(artifacts))
    found = read(release)
    msgspec.json.encode(found)
    assert found == read(release)
    assert {"m.safetensors", "m.gguf"} <= {*reasons(found), *(header.path for header in found.headers)}


def test_nothing_but_the_artifacts_is_opened(release_of):
    release = release_of({"README.md": CARD})
    for name in ("LICENSE", "NOTICE", "config.json"):
        with open(f"{release.root}/{name}", "w") as handle:  # noqa: PTH123
            handle.write("words")
    assert {text.path for text in read(release).texts} == {"README.md"}


def test_files_that_would_steer_the_scan_are_named_and_not_followed(facts):
    found = facts(
        {
            "README.md": CARD,
            "modelscan.yml": "policy: {}\n",
            "MOF.yml": "release: {}\n",
            "sub/.modelscan.yaml": "x",
            ".modelscan/signoffs/one.json": "{}",
        }
    )
    assert set(reasons(found)) == {
        "modelscan.yml",
        "MOF.yml",
        "sub/.modelscan.yaml",
        ".modelscan/signoffs/one.json",
    }
    assert not any(unread.matters for unread in found.unread)
    assert all("never configuration" in unread.reason for unread in found.unread)


@pytest.mark.parametrize(
    "name", ['LICENSE "a".txt', "LICENSE\nb", "LICENSE <script>", "LICENSE-\u202egpj.txt"]
)
def test_odd_names_are_kept_as_they_are(facts, name):
    found = facts({name: "terms of the orchard\n"})
    assert [text.path for text in found.texts] == [name]


def test_the_nearest_to_the_root_comes_first(facts):
    found = facts({"a/LICENSE": "one\n", "LICENSE": "two\n", "README.md": CARD})
    assert [text.path for text in found.texts] == ["LICENSE", "README.md", "a/LICENSE"]


def test_the_same_release_gives_the_same_facts(release_of):
    release = release_of({"README.md": CARD, "LICENSE": "terms\n", "x.bin": b"x", "a.onnx": b"x"})
    assert read(release) == read(release)


def test_text_files_are_bounded_and_it_is_said(facts, monkeypatch):
    monkeypatch.setattr(scanner.read, "MAX_DOCUMENTS", 2)
    found = facts({"README.md": CARD, "LICENSE": "terms\n", "NOTICE": "words\n"})
    assert len(found.texts) == 2
    assert set(reasons(found)) == {"README.md", "adapter_config.json"}
    assert all("reached the bound" in unread.reason and unread.matters for unread in found.unread)


def test_the_bytes_of_text_files_are_bounded_together(facts, monkeypatch):
    monkeypatch.setattr(scanner.read, "MAX_BYTES", 100)
    found = facts({"LICENSE": "w" * 80, "NOTICE": "w" * 80})
    assert [text.path for text in found.texts] == ["LICENSE"]
    assert set(reasons(found)) == {"NOTICE", "adapter_config.json"}


def test_files_without_a_telling_name_are_bounded_and_it_is_said(facts, monkeypatch):
    monkeypatch.setattr(scanner.read, "MAX_UNNAMED", 2)
    found = facts({f"{letter}.txt": AGREEMENT for letter in "abc"})
    assert [(text.path, text.source) for text in found.texts] == [
        ("a.txt", Source.LICENSE_FILE),
        ("b.txt", Source.LICENSE_FILE),
    ]
    assert set(reasons(found)) == {"c.txt"}


def test_every_digest_of_a_text_file_is_that_of_the_whole_file(facts):
    found = facts({"README.md": CARD, "config.json": '{"model_type": "a"}', "CITATION.cff": "license: x\n"})
    digests = {}
    for reading in found.readings:
        digests.setdefault(reading.evidence.path, set()).add(reading.evidence.sha256)
    assert all(len(found) == 1 and None not in found for found in digests.values())


def test_a_release_that_is_gone_gives_only_what_was_not_read(tmp_path):
    paths = {
        "README.md": ArtifactKind.CARD,
        "m.safetensors": ArtifactKind.WEIGHTS,
        "x.txt": ArtifactKind.OTHER,
    }
    artifacts = tuple(
        Artifact(path=path, kind=kind, size=9, format="safetensors" if kind is ArtifactKind.WEIGHTS else None)
        for path, kind in paths.items()
    )
    release = Release(name="r", path=".", root=str(tmp_path / "gone"), named_by="folder", artifacts=artifacts)
    assert set(reasons(read(release))) == set(paths)
