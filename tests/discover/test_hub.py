# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A repository on the Hub as a release: what is fetched, what is stated of the rest, and how it is kept."""

import hashlib
import json
import struct

import pytest

from scanner.discover import HubSource, Unanswered, hub_source
from scanner.discover.hub import opened_hub
from scanner.discover.hub_plan import planned
from scanner.discover.hub_snapshot import cache_folder
from scanner.errors import PathError, UsageError
from scanner.model.reading import Source
from scanner.read import read


def safetensors(metadata=None, size=64):
    """Return a whole file of one tensor."""
    header = {"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}
    if metadata:
        header["__metadata__"] = metadata
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + bytes(size)


def gguf(keys, body=1_000):
    """Return a GGUF file of texts, with some bytes of weights behind its keys."""
    data = b"GGUF" + struct.pack("<IQQ", 3, 0, len(keys))
    for key, value in keys.items():
        data += (
            struct.pack("<Q", len(key)) + key.encode() + struct.pack("<IQ", 8, len(value)) + value.encode()
        )
    return data + bytes(body)


FILES = {
    "README.md": b"---\nlicense: mit\n---\n\n# A model\n",
    "LICENSE": b"Some terms.\n",
    "config.json": b'{"model_type": "x"}',
    "model.safetensors": safetensors({"license": "apache-2.0"}, 300_000),
    "pytorch_model.bin": b"x" * 3_000,
    "tokenizer.json": b"{}",
    "images/a.png": b"\x89PNG",
}


@pytest.fixture
def releases(ask):
    def found(name="acme/model", revision=None, **options):
        return ask(**options).discovery(HubSource(id=name, revision=revision)).releases

    return found


def test_a_repository_is_read_like_any_release(fake, releases):
    commit = fake.add("acme/model", FILES, gated="manual")
    (release,) = releases()
    assert (release.name, release.path, release.named_by) == ("acme/model", ".", "hub")
    assert (release.revision, release.purl) == (commit, f"pkg:huggingface/acme/model@{commit}")
    assert release.gate == "manual"
    facts = read(release)
    assert [reading.value for reading in facts.named("license")] == ["mit", "apache-2.0"]
    assert facts.headers[0].problems == ()
    assert facts.named("gated")[0].source is Source.HUB
    assert [text.path for text in facts.texts][:1] == ["LICENSE"]


def test_every_file_is_listed_and_weights_are_not_downloaded(fake, releases):
    fake.add("acme/model", FILES)
    (release,) = releases()
    by_path = {one.path: one for one in release.artifacts}
    assert set(by_path) == set(FILES)
    assert {path: one.size for path, one in by_path.items()} == {
        path: len(data) for path, data in FILES.items()
    }
    assert {path: one.here for path, one in by_path.items() if one.here != "whole"} == {
        "model.safetensors": "head",
        "pytorch_model.bin": "no",
        "tokenizer.json": "no",
        "images/a.png": "no",
    }
    weights = by_path["pytorch_model.bin"]
    assert (weights.sha256, weights.sha256_how) == (
        hashlib.sha256(FILES["pytorch_model.bin"]).hexdigest(),
        "stated",
    )
    assert by_path["images/a.png"].sha256_how == "none"
    note = release.unread[-1]
    assert "the header of the weights read from the Hub; the weights were not downloaded" in note.reason
    assert not note.matters


def test_of_safetensors_only_the_beginning_is_asked_for(fake, releases):
    fake.add("acme/model", FILES)
    releases()
    asked = [headers["range"] for path, headers in fake.log if path.startswith("/stored")]
    assert asked == ["bytes=0-99999"]
    assert fake.online.hub.bytes < 110_000


def test_a_long_header_is_asked_for_in_two_parts(fake, releases):
    fake.add("acme/model", {"model.safetensors": safetensors({"license": "mit", "x": "y" * 250_000})})
    (release,) = releases()
    assert read(release).named("license")[0].value == "mit"
    assert read(release).headers[0].problems == ()
    asked = [headers["range"] for path, headers in fake.log if path.startswith("/stored")]
    assert asked[0] == "bytes=0-99999"
    assert asked[1].startswith("bytes=100000-2")


@pytest.mark.parametrize("length", [2**63, 99_000_000, 10])
def test_a_header_that_lies_about_its_length_is_left_to_the_reader(fake, releases, length):
    fake.add("acme/model", {"README.md": b"# x", "m.safetensors": length.to_bytes(8, "little") + bytes(500)})
    (release,) = releases()
    assert "header" in next(one.reason for one in read(release).unread if one.path == "m.safetensors")


def test_the_keys_of_a_gguf_file_are_asked_for_until_they_are_whole(fake, releases):
    keys = {f"tokenizer.{number}": "z" * 900_000 for number in range(2)} | {"general.license": "mit"}
    fake.add("acme/model", {"m.gguf": gguf(keys, body=5_000_000)})
    (release,) = releases()
    facts = read(release)
    assert [(one.name, one.value) for one in facts.named("general.license")] == [("general.license", "mit")]
    assert facts.headers[0].problems == ()
    assert fake.online.hub.bytes < 2_200_000


def test_keys_beyond_the_bound_are_said_to_be_unread(fake, releases, monkeypatch):
    monkeypatch.setattr("scanner.discover.hub_snapshot.LAST_GGUF", 600_000)
    keys = {"general.license": "mit"} | {f"tokenizer.{number}": "z" * 900_000 for number in range(3)}
    fake.add("acme/model", {"m.gguf": gguf(keys)})
    (release,) = releases()
    facts = read(release)
    assert facts.named("general.license")[0].value == "mit"
    assert facts.headers[0].problems == ()
    assert any("only its beginning was fetched" in one.reason and one.matters for one in facts.unread)


def test_what_read_opens_is_what_is_fetched(fake, releases):
    files = {
        "README_zh.md": b"# x",
        "NOTICE": b"x",
        "USE_POLICY.md": b"x",
        "a/config.json": b"{}",
        "model_index.json": b"{}",
        "tokenizer_config.json": b"{}",
        "adapter_config.json": b"{}",
        "model.safetensors.index.json": b"{}",
        "mergekit_config.yml": b"{}",
        "Modelfile": b"FROM x",
        "CITATION.cff": b"x: y",
        "MOF.yml": b"x: y",
        "TERMS": b"x",
        "modeling.py": b"# x",
        "empty.txt": b"",
    }
    fake.add("acme/model", files)
    (release,) = releases()
    assert {one.path for one in release.artifacts if one.here == "whole"} == set(files)


def test_a_revision_is_resolved_and_shown(fake, releases):
    commit = fake.add("acme/model", FILES)
    (release,) = releases(revision="v1")
    assert release.revision == commit
    assert f"revision {commit}, asked for as v1" in release.unread[-1].reason


def test_a_renamed_repository_is_followed_and_said_so(fake, releases):
    fake.add("acme/new", FILES)
    fake.renamed["acme/old"] = "acme/new"
    (release,) = releases("acme/old")
    assert release.name == "acme/new"
    assert "acme/new, asked for as acme/old" in release.unread[-1].reason


def test_the_list_of_files_has_pages(fake, releases):
    fake.page = 3
    fake.add("acme/model", FILES)
    (release,) = releases()
    assert len(release.artifacts) == len(FILES)


def test_several_models_in_one_repository(fake, releases):
    commit = fake.add("acme/model", {f"{name}/README.md": FILES["README.md"] for name in ("a", "b")})
    found = releases()
    assert [(one.path, one.purl) for one in found] == [
        ("a", f"pkg:huggingface/acme/model@{commit}#a"),
        ("b", f"pkg:huggingface/acme/model@{commit}#b"),
    ]


def test_a_snapshot_is_kept_and_asked_for_only_once(fake, releases):
    fake.add("acme/model", FILES)
    first = releases()
    before = len(fake.log)
    second = releases()
    assert [one.artifacts for one in first] == [one.artifacts for one in second]
    assert len(fake.log) == before + 1, "only whether it is still the same commit"


def test_a_kept_snapshot_that_was_changed_is_fetched_anew(fake, releases, tmp_path):
    fake.add("acme/model", FILES)
    releases()
    (kept,) = (tmp_path / "cache").rglob("README.md")
    kept.write_bytes(b"---\nlicense: other\n---\n")
    (release,) = releases()
    assert read(release).named("license")[0].value == "mit"
    assert kept.read_bytes() == FILES["README.md"]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 99}', b"\xff" * 10])
def test_a_damaged_record_is_fetched_anew(fake, releases, tmp_path, damage):
    fake.add("acme/model", FILES)
    releases()
    (record,) = (tmp_path / "cache").rglob("record.json")
    record.write_bytes(damage)
    assert len(releases()[0].artifacts) == len(FILES)


def test_access_that_was_taken_back_ends_what_was_kept(fake, releases):
    fake.add("acme/model", FILES)
    releases()
    fake.repositories.clear()
    with pytest.raises(PathError, match="no such model"):
        releases()


def test_without_a_place_to_keep_it_the_run_goes_on(fake, releases, tmp_path):
    (tmp_path / "cache").write_text("a file")
    fake.add("acme/model", FILES)
    assert len(releases()[0].artifacts) == len(FILES)


def test_a_gate_that_was_closed_ends_what_was_kept(fake, releases):
    fake.add("acme/model", FILES, gated="manual")
    releases()
    fake.repositories["acme/model"]["closed"] = True
    with pytest.raises(PathError, match="gated"):
        releases()


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({"MODELSCAN_CACHE": "/c"}, "/c/hub"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/modelscan/hub"),
    ],
)
def test_where_snapshots_are_kept(environment, place):
    assert str(cache_folder(environment)) == place


@pytest.mark.parametrize(
    ("written", "name", "revision"),
    [
        ("hf:acme/model", "acme/model", None),
        ("hf://acme/model@refs/pr/1", "acme/model", "refs/pr/1"),
        ("hf:old@main", "old", "main"),
    ],
)
def test_addresses(written, name, revision):
    assert hub_source(written) == HubSource(id=name, revision=revision)


@pytest.mark.parametrize(
    "written",
    ["hf:", "hf:a/b/c", "hf:../x", "hf:a b/c", "hf:a/b@", "hf:a/b@../x", "hf:a--b/c", "hf:a/b@x y", "hf:/a"],
)
def test_no_addresses(written):
    with pytest.raises(PathError, match="can be called so"):
        hub_source(written)


def test_a_path_is_no_address():
    assert hub_source("./hf:x") is None


def test_bounds_of_one_repository(monkeypatch):
    from scanner.discover.hub_answers import Entry

    monkeypatch.setattr("scanner.discover.hub_plan.MAX_WHOLE", 2)
    monkeypatch.setattr("scanner.discover.hub_plan.MAX_HEADS", 1)
    names = ["LICENSE", "README.md", "config.json", "a.safetensors", "b.safetensors", "m.onnx"]
    wishes, unread = planned([Entry(path=name, size=10, blob="0" * 40) for name in names])
    assert [wish.entry.path for wish in wishes] == ["LICENSE", "README.md", "a.safetensors"]
    assert {one.path for one in unread} == {"config.json", "b.safetensors", "m.onnx"}
    assert all(one.matters for one in unread)


def test_a_card_that_is_too_large_is_said_to_be_unread():
    from scanner.discover.hub_answers import Entry

    wishes, (unread,) = planned([Entry(path="README.md", size=5_000_000, blob="0" * 40)])
    assert wishes == []
    assert "fetched up to 4,000,000" in unread.reason


def test_a_parent_is_the_release_at_the_top(fake, ask):
    fake.add("acme/model", {"a/README.md": FILES["README.md"]})
    with pytest.raises(Unanswered, match="holds no model release at its top"):
        ask().parent("acme/model")


def test_nothing_is_kept_where_there_is_no_place(fake, releases, tmp_path):
    fake.add("acme/model", FILES)
    releases(cache=False)
    before = len(fake.log)
    releases(cache=False)
    assert len(fake.log) > before + 1
    assert not (tmp_path / "cache").exists()


def test_a_full_disk_is_said_plainly(fake, releases, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scanner.discover.hub_snapshot._write", full)
    fake.add("acme/model", FILES)
    with pytest.raises(PathError, match="cannot be kept: No space left on device"):
        releases()


def test_headers_have_a_bound_together(fake, releases, monkeypatch):
    monkeypatch.setattr("scanner.discover.hub_snapshot.MAX_HEADS_BYTES", 10)
    fake.add("acme/model", {f"{name}.safetensors": safetensors() for name in "ab"} | {"README.md": b"# x"})
    (release,) = releases()
    assert [one.path for one in release.unread if "the headers before it" in one.reason] == ["b.safetensors"]


@pytest.mark.parametrize("data", [b"GGML" + bytes(900_000), b"GGUF", b"G"])
def test_what_is_no_gguf_file_is_left_to_the_reader(fake, releases, data):
    fake.add("acme/model", {"README.md": b"# x", "m.gguf": data})
    (release,) = releases()
    assert [one.path for one in read(release).unread if one.path == "m.gguf"] == ["m.gguf"]


def test_what_the_user_skips_is_skipped_there_too(fake, ask):
    fake.add("acme/model", FILES | {"old/README.md": b"# x"})
    (release,) = ask().discovery(HubSource(id="acme/model"), skip=("old",)).releases
    assert "old/README.md" not in {one.path for one in release.artifacts}


def test_a_login_that_is_not_to_be_used_is_not(fake, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", fake.url)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_IMPLICIT_TOKEN", True)
    monkeypatch.setenv("HF_TOKEN", "hf_nobodys")
    fake.add("acme/model", FILES)
    with opened_hub() as hub:
        hub.info(HubSource(id="acme/model"))
    assert "authorization" not in fake.log[0][1]


def test_a_login_that_fails_is_said_without_its_words(fake, monkeypatch):
    from huggingface_hub import constants

    def fails():
        raise ValueError("hf_secret is wrong")

    monkeypatch.setattr(constants, "ENDPOINT", fake.url)
    monkeypatch.setattr("huggingface_hub.get_token", fails)
    with pytest.raises(UsageError) as refused, opened_hub():
        pass
    assert "hf_secret" not in f"{refused.value} {refused.value.advice}"
