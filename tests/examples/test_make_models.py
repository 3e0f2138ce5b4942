# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The example releases are what their script makes."""

import subprocess
import sys
from pathlib import Path

from scanner.config import load_use_case
from scanner.discover import discover

EXAMPLES = Path(__file__).parents[2] / "examples"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_script_makes_the_committed_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "make_models.py", tmp_path], check=True)
    assert contents(tmp_path) == contents(EXAMPLES / "models")


def test_eleven_stories_are_eleven_releases() -> None:
    found = discover([EXAMPLES / "models"])
    assert len(found.releases) == 11
    assert found.not_checked == ()


def test_the_two_versions_differ_in_the_version_and_one_number() -> None:
    texts = EXAMPLES / "catalogue" / "texts"
    one, two = ((texts / f"example-community-{v}.txt").read_text("utf-8").split() for v in ("1.0", "1.1"))
    assert [(a, b) for a, b in zip(one, two, strict=True) if a != b] == [
        ("1.0", "1.1"),
        ("5,000,000", "8,000,000"),
    ]


def test_the_use_case_loads() -> None:
    assert load_use_case(EXAMPLES / "use-cases" / "hosted-2m-germany.yml").deployment == ("DE",)


def test_every_broken_release_is_found_and_what_was_not_followed_is_said(tmp_path: Path) -> None:
    target = tmp_path / "broken"
    command = [sys.executable, str(EXAMPLES / "make_models.py"), "--broken", str(target)]
    subprocess.run(command, check=True)
    found = discover([target])
    heads = {release.path.split("/")[0]: release for release in found.releases}
    assert set(heads) == {path.name for path in target.iterdir()}
    assert {one.path for one in heads["links-and-pipe"].unread} == {"loop", "LICENSE", "NOTICE"}
