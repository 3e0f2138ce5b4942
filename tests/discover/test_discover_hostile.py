# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Trees made to mislead or to hang: nothing is followed out, nothing is lost, everything ends."""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.discover import discover
from scanner.discover.kinds import classify
from scanner.model.release import ArtifactKind, Unread


def model(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text("---\nlicense: other\n---\n", encoding="utf-8")
    (folder / "model.gguf").write_bytes(b"x")
    return folder


def unread(root: Path) -> dict[str, str]:
    (release,) = discover([root]).releases
    return {one.path: one.reason for one in release.unread}


def test_links_that_leave_are_reported_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    root = model(tmp_path / "m")
    (root / "LICENSE").symlink_to("../secret.txt")
    (root / "up").symlink_to("..")
    (root / "nothing").symlink_to("missing")
    (root / "self").symlink_to("self")
    assert set(unread(root)) == {"LICENSE", "up", "nothing", "self"}


def test_a_link_to_blobs_of_another_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / ("a" * 64)).write_text("x", encoding="utf-8")
    root = model(tmp_path / "m")
    (root / "LICENSE").symlink_to("../blobs/" + "a" * 64)
    assert set(unread(root)) == {"LICENSE"}


def test_loops_end(tmp_path: Path) -> None:
    root = model(tmp_path / "m")
    (root / "again").symlink_to(root)
    (root / "sub").mkdir()
    (root / "sub" / "back").symlink_to("..")
    assert set(unread(root)) == {"again", "sub/back"}


def test_pipes_are_reported(tmp_path: Path) -> None:
    root = model(tmp_path / "m")
    os.mkfifo(root / "LICENSE")
    assert unread(root) == {"LICENSE": "is no regular file"}


def test_an_unreadable_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = model(tmp_path / "m")
    (root / "closed").mkdir()
    real = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert unread(root) == {"closed": "the folder cannot be read: Permission denied"}


def test_depth_is_bounded_and_stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["scanner.discover.walk"], "MAX_DEPTH", 2)
    root = model(tmp_path / "m")
    (root / "a" / "b" / "c").mkdir(parents=True)
    assert unread(root) == {"a/b": "not looked at any further: more than 2 levels deep"}


def test_reasons_beside_loose_weights_are_kept(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe")
    assert discover([tmp_path]).not_checked == (Unread(path="pipe", reason="is no regular file"),)


def test_version_control_and_environments_are_skipped(tmp_path: Path) -> None:
    for name in (".git", "node_modules", ".venv"):
        model(tmp_path / name / "m")
    assert discover([tmp_path]).releases == ()


def test_a_name_that_is_no_utf8_is_reported_with_its_bytes_replaced(tmp_path: Path) -> None:
    root = model(tmp_path / "m")
    Path(os.fsdecode(os.fsencode(root) + b"/bad\xff.py")).write_bytes(b"x")
    assert unread(root) == {"bad\ufffd.py": "its name is no UTF-8"}


@pytest.mark.parametrize("name", ["a\nb.py", 'a"b.py', "<script>.py", "a\u202eb.py", " .py"])
def test_hostile_names_stay_as_they_are(tmp_path: Path, name: str) -> None:
    root = model(tmp_path / "m")
    (root / name).write_bytes(b"x")
    (release,) = discover([root]).releases
    assert name in {one.path for one in release.artifacts}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40
        ).filter(lambda name: name not in {".", ".."}),
        max_size=5,
        unique=True,
    )
)
def test_every_file_is_an_artifact_whatever_its_name(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = model(Path(place) / "m")
        for name in names:
            (root / name).write_bytes(b"")
        (release,) = discover([root]).releases
        assert {one.path for one in release.artifacts} == {path.name for path in root.iterdir()}


@given(st.text(max_size=60))
def test_every_name_has_a_kind_and_only_weights_a_container(name: str) -> None:
    kind, container = classify(name)
    assert (container is not None) is (kind is ArtifactKind.WEIGHTS)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("LICENSE", ArtifactKind.LICENSE),
        ("LICENCE.txt", ArtifactKind.LICENSE),
        ("LICENSE-MODEL", ArtifactKind.LICENSE),
        ("COPYING", ArtifactKind.LICENSE),
        ("Acme 2 LICENSE AGREEMENT.pdf", ArtifactKind.LICENSE),
        ("NOTICE", ArtifactKind.NOTICE),
        ("NOTICE_FILE.txt", ArtifactKind.NOTICE),
        ("USE_POLICY.md", ArtifactKind.POLICY),
        ("ACCEPTABLE_USE_POLICY", ArtifactKind.POLICY),
        ("license.py", ArtifactKind.CODE),
        ("LICENSE.bin", ArtifactKind.WEIGHTS),
        ("pytorch_model.bin", ArtifactKind.WEIGHTS),
        ("tokenizer.json", ArtifactKind.TOKENIZER),
        ("config.json", ArtifactKind.CONFIG),
        ("model.sig", ArtifactKind.SIGNATURE),
        ("modelcard.md", ArtifactKind.CARD),
        ("picture.png", ArtifactKind.OTHER),
    ],
)
def test_kinds_by_name(name: str, kind: ArtifactKind) -> None:
    assert classify(name)[0] is kind
