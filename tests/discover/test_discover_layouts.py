# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Which folders become releases, what they are called, and what their layouts record."""

import json
import os
from pathlib import Path

import pytest

from scanner.discover import discover
from scanner.errors import PathError
from scanner.model.release import ArtifactKind, Confidence, Discovery

REVISION = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "ab" * 32
CORPUS_FLOOR = 71
"""Two of the 73 hold nothing but a README without front matter, which is no sign."""

CARD = "---\nlicense: other\n---\n# A model\n"


def tree(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def names(found: Discovery) -> dict[str, str]:
    return {release.path: release.name for release in found.releases}


@pytest.mark.parametrize(
    "files",
    [
        {"m/model.safetensors": "x"},
        {"m/model.safetensors.index.json": "{}"},
        {"m/config.json": json.dumps({"architectures": ["A"]})},
        {"m/adapter_config.json": "{}"},
        {"m/model_index.json": "{}"},
        {"m/README.md": CARD},
        {"m/README.md": "---\npipeline_tag: text-generation\n---\n"},
    ],
)
def test_a_strong_sign_makes_a_release(tmp_path: Path, files: dict[str, str]) -> None:
    (release,) = discover([tree(tmp_path, files)]).releases
    assert release.confidence is Confidence.HIGH
    assert release.signs


@pytest.mark.parametrize(
    "files",
    [
        {"m/config.json": '{"port": 80}'},
        {"m/README.md": "# Words only"},
        {"m/README.md": "---\ntask_categories: [x]\nlicense: other\n---\n"},
        {"m/LICENSE": "words"},
    ],
)
def test_other_folders_are_no_release(tmp_path: Path, files: dict[str, str]) -> None:
    assert discover([tree(tmp_path, files)]).releases == ()


def test_weak_sign_alone_is_believed_and_marked(tmp_path: Path) -> None:
    (release,) = discover([tree(tmp_path, {"m/README.md": "# x", "m/LICENSE": "y"})]).releases
    assert release.confidence is Confidence.LOW


def test_weak_sign_with_a_build_file_is_not_checked(tmp_path: Path) -> None:
    found = discover([tree(tmp_path, {"m/README.md": "x", "m/LICENSE": "y", "m/setup.py": ""})])
    assert not found.releases
    assert [(one.path, "setup.py" in one.reason) for one in found.not_checked] == [("m", True)]


def test_weak_sign_above_a_release_is_not_checked(tmp_path: Path) -> None:
    found = discover(
        [tree(tmp_path, {"README.md": "x", "LICENSE": "y", "m/model.gguf": "", "m/README.md": CARD})]
    )
    assert list(names(found)) == ["m"]
    assert [one.path for one in found.not_checked] == ["."]


def test_parts_of_a_pipeline_are_one_release(tmp_path: Path) -> None:
    found = discover(
        [
            tree(
                tmp_path,
                {
                    "p/model_index.json": "{}",
                    "p/unet/config.json": '{"architectures": ["U"]}',
                    "p/unet/README.md": CARD,
                    "p/vae/model.safetensors": "x",
                },
            )
        ]
    )
    (release,) = found.releases
    assert {"unet/README.md", "vae/model.safetensors"} <= {one.path for one in release.artifacts}


def test_a_subfolder_without_a_card_belongs_to_the_release_above(tmp_path: Path) -> None:
    files = {"m/README.md": CARD, "m/original/model.pth": "x", "m/other/README.md": CARD}
    assert set(names(discover([tree(tmp_path, files)]))) == {"m", "m/other"}


def test_stray_weights_do_not_swallow_the_releases_below(tmp_path: Path) -> None:
    files = {
        "stray.gguf": "",
        "README.md": "my models",
        "a/config.json": '{"architectures": []}',
        "b/x.onnx": "",
    }
    assert set(names(discover([tree(tmp_path, files)]))) == {".", "a", "b/x.onnx"}


def test_loose_files_are_a_release_each_and_shards_one(tmp_path: Path) -> None:
    files = {"a.gguf": "", "b-00001-of-00002.gguf": "", "b-00002-of-00002.gguf": ""}
    found = discover([tree(tmp_path, files)])
    assert {one.name: len(one.artifacts) for one in found.releases} == {"a": 1, "b": 2}


def test_quantizations_beside_one_card_are_one_release(tmp_path: Path) -> None:
    (release,) = discover([tree(tmp_path, {"m/README.md": CARD, "m/q4.gguf": "", "m/q8.gguf": ""})]).releases
    assert len(release.artifacts) == 3


def test_org_and_name_come_from_a_folder_of_folders(tmp_path: Path) -> None:
    found = discover([tree(tmp_path, {"models/org/name/README.md": CARD})])
    assert names(found) == {"models/org/name": "org/name"}
    assert found.releases[0].named_by == "folder"
    assert found.releases[0].purl is None


def test_identity_never_comes_from_the_configuration(tmp_path: Path) -> None:
    text = json.dumps({"architectures": ["A"], "_name_or_path": "big/parent"})
    (release,) = discover([tree(tmp_path, {"mine/config.json": text})]).releases
    assert release.name == "mine"


def cache(root: Path) -> Path:
    repository = root / "hub" / "models--org--name"
    tree(repository, {f"blobs/{DIGEST}": "weights", "blobs/" + "c" * 40: CARD, "refs/main": REVISION})
    snapshot = repository / "snapshots" / REVISION
    snapshot.mkdir(parents=True)
    (snapshot / "model.safetensors").symlink_to(f"../../blobs/{DIGEST}")
    (snapshot / "README.md").symlink_to("../../blobs/" + "c" * 40)
    return snapshot


@pytest.mark.parametrize("depth", [0, 1, 2, 3, 4])
def test_hub_cache_records_name_revision_and_digest(tmp_path: Path, depth: int) -> None:
    snapshot = cache(tmp_path)
    (release,) = discover([[snapshot, *snapshot.parents][depth]]).releases
    assert (release.name, release.revision, release.named_by) == ("org/name", REVISION, "hub-cache")
    assert release.purl == f"pkg:huggingface/org/name@{REVISION}"
    digests = {one.path: (one.sha256, one.sha256_how) for one in release.artifacts}
    assert digests == {"README.md": (None, "none"), "model.safetensors": (DIGEST, "recorded")}


def test_a_cache_below_dot_cache_is_found(tmp_path: Path) -> None:
    cache(tmp_path / ".cache" / "huggingface")
    assert len(discover([tmp_path]).releases) == 1


def test_several_snapshots_are_several_releases(tmp_path: Path) -> None:
    snapshot = cache(tmp_path)
    tree(snapshot.parent / ("f" * 40), {"README.md": CARD})
    assert {one.revision for one in discover([tmp_path]).releases} == {REVISION, "f" * 40}


def test_other_repositories_of_a_cache_are_not_checked(tmp_path: Path) -> None:
    tree(tmp_path, {f"datasets--o--d/snapshots/{REVISION}/x.bin": "", "models--o--m/blobs/x.incomplete": ""})
    found = discover([tmp_path])
    assert not found.releases
    assert [one.path for one in found.not_checked] == ["datasets--o--d", "models--o--m"]


def test_local_download_records_revision_and_digest(tmp_path: Path) -> None:
    records = "m/.cache/huggingface/download"
    tree(tmp_path, {"m/model.safetensors": "x", "m/README.md": CARD})
    tree(tmp_path, {f"{records}/model.safetensors.metadata": f"{REVISION}\n{DIGEST}\n1.5\n"})
    (release,) = discover([tmp_path]).releases
    assert (release.revision, release.named_by, release.purl) == (REVISION, "local-dir", None)
    assert {one.path: one.sha256 for one in release.artifacts} == {
        "README.md": None,
        "model.safetensors": DIGEST,
    }


def test_lfs_pointer_states_digest_and_size(tmp_path: Path) -> None:
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{DIGEST}\nsize 12345\n"
    (release,) = discover([tree(tmp_path, {"m/model.safetensors": text})]).releases
    (artifact,) = release.artifacts
    assert (artifact.format, artifact.size, artifact.sha256, artifact.sha256_how) == (
        "lfs-pointer",
        12345,
        DIGEST,
        "recorded",
    )


def test_one_weights_file_is_a_release(tmp_path: Path) -> None:
    tree(tmp_path, {"tiny.gguf": "x", "README.md": CARD})
    (release,) = discover([tmp_path / "tiny.gguf"]).releases
    assert (release.name, release.path, len(release.artifacts)) == ("tiny", "tiny.gguf", 1)


def test_one_file_of_a_cache_keeps_its_name(tmp_path: Path) -> None:
    snapshot = cache(tmp_path)
    (release,) = discover([snapshot / "model.safetensors"]).releases
    assert (Path(release.root) / release.artifacts[0].path).is_file()
    assert release.artifacts[0].sha256 == DIGEST


def test_paths_of_equal_name_stay_apart(tmp_path: Path) -> None:
    tree(tmp_path, {"a/m/x.gguf": "", "a/m/README.md": CARD, "b/m/x.gguf": "", "b/m/README.md": CARD})
    found = discover([tmp_path / "a/m", tmp_path / "b/m", tmp_path / "a/m"])
    assert [one.path for one in found.releases] == ["m", "m (2)"]


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PathError):
        discover([tmp_path / "none"])


def test_a_settings_file_in_a_release_is_only_a_file(tmp_path: Path) -> None:
    (release,) = discover(
        [tree(tmp_path, {"m/README.md": CARD, "m/modelscan.yml": "x", "m/PROVENANCE.json": "{}"})]
    ).releases
    kinds = {one.path: one.kind for one in release.artifacts}
    assert kinds["modelscan.yml"] is kinds["PROVENANCE.json"] is ArtifactKind.OTHER


@pytest.mark.corpus
def test_each_folder_of_the_corpus_is_one_release_or_says_why_not() -> None:
    place = Path(os.environ.get("MODELSCAN_CORPUS", Path(__file__).parents[2].parent / "shared")) / "corpus"
    if not place.is_dir():
        if os.environ.get("MODELSCAN_REQUIRE_CORPUS") == "1":
            pytest.fail("the corpus is required and absent")
        pytest.skip("the corpus is absent")
    found = discover([place])
    folders = {one.name for one in place.iterdir() if one.is_dir()}
    assert all(release.name == release.path for release in found.releases)
    assert {*names(found), *(one.path for one in found.not_checked)} == folders
    assert len(found.releases) >= CORPUS_FLOOR


def test_what_stands_beside_loose_weights_is_named(tmp_path):
    for name in ("a.gguf", "b.gguf", "notes.txt", "CITATION.cff"):
        (tmp_path / name).write_bytes(b"x")
    found = discover([tmp_path])
    assert {release.path for release in found.releases} == {"a.gguf", "b.gguf"}
    (beside,) = found.not_checked
    assert beside.reason.endswith("CITATION.cff, notes.txt")


def test_a_use_policy_ties_weights_together(tmp_path):
    for name in ("a.gguf", "b.gguf", "USE_POLICY.md"):
        (tmp_path / name).write_bytes(b"x")
    (release,) = discover([tmp_path]).releases
    assert len(release.artifacts) == 3


@pytest.mark.parametrize("weights", [(), ("model.gguf",)])
def test_a_recipe_of_ollama_makes_a_folder_one_release(tmp_path, weights):
    (tmp_path / "Modelfile").write_text("FROM llama3.1:8b\n")
    for name in weights:
        (tmp_path / name).write_bytes(b"GGUF")
    (release,) = discover([tmp_path]).releases
    assert "recipe: Modelfile" in release.signs
    assert {one.path for one in release.artifacts} == {"Modelfile", *weights}
