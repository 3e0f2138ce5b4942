# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Badly made releases: each gets a clear statement, none takes the others down, nothing is lost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.examine import examine
from scanner.model.finding import VerdictWord
from scanner.render.formats import FORMATS

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def report(tmp_path_factory, scanned):
    folder = tmp_path_factory.mktemp("bad") / "models"
    command = [sys.executable, str(EXAMPLES / "make_models.py"), "--broken", str(folder)]
    subprocess.run(command, check=True)
    (folder / "sound").mkdir()
    (folder / "sound/README.md").write_text("---\nlicense: mit\n---\n")
    return scanned(folder)


def said(release) -> str:
    """Return everything that is said of a release's files."""
    unread = [f"{one.path}: {one.reason}" for one in release.unread]
    return "\n".join([*unread, *(finding.message for finding in release.findings)])


def by_name(report):
    return {release.path.split("/")[0]: release for release in report.releases}


def test_a_bad_release_never_takes_the_others_down(report):
    assert by_name(report)["sound"].verdict is VerdictWord.CONDITIONAL


def test_nothing_broken_is_ever_allowed(report):
    free = {name for name, one in by_name(report).items() if one.verdict in {"allowed", "conditional"}}
    assert free <= {"sound", "nul-bytes"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("deep-yaml", "nest"),
        ("cyclic-yaml", "aliases are not followed"),
        ("broken-yaml", "no YAML"),
        ("duplicate-keys", "mit"),
        ("license-number", "3.10"),
        ("license-no", "no"),
        ("license-list", "apache-2.0"),
        ("license-null", "No licence is stated"),
        ("nul-bytes", "NUL"),
        ("truncated-safetensors", "model.safetensors"),
        ("lying-safetensors", "model.safetensors"),
        ("trailing-safetensors", "trailing bytes"),
        ("empty-safetensors", "model.safetensors"),
        ("truncated-gguf", "model.gguf"),
        ("gigantic-gguf", "model.gguf"),
        ("deep-json", "nested deeper"),
        ("duplicate-json", "twice"),
        ("settings-inside", "modelscan.yml"),
        ("links-and-pipe", "is a link that leaves the scanned folder"),
    ],
)
def test_the_matter_is_named(report, name, words):
    assert words in said(by_name(report)[name])


def test_every_format_can_say_it(report):
    for render in FORMATS.values():
        text = render(report)
        if isinstance(text, bytes):
            assert text.startswith(b"PK")  # a workbook; its cells are read back in the tests of the format
            continue
        assert text.encode("utf-8")
        assert not set(text) & set("\x00\x07\x1b\u202e")


def test_names_are_shown_whole_and_inert(report):
    paths = {file["path"] for one in json.loads(FORMATS["json"](report))["releases"] for file in one["files"]}
    assert {'a"b', "a\nb", "<script>", "a\u202eb"} <= paths


def test_a_file_that_vanishes_during_the_scan_is_said(tmp_path, knowledge):
    from scanner.discover import discover

    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: mit\n---\n")
    (folder / "LICENSE").write_text("a text\n")
    (release,) = discover([folder]).releases
    (folder / "LICENSE").unlink()
    examined = examine(release, knowledge)
    assert [(one.path, one.matters) for one in examined.facts.unread] == [("LICENSE", True)]


def test_an_unreadable_licence_makes_a_release_review_at_best(tmp_path, scanned):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: mit\n---\n")
    (folder / "LICENSE.pdf").write_bytes(b"%PDF-1.7\n")
    (release,) = scanned(folder).releases
    assert release.verdict is VerdictWord.REVIEW
    assert "LICENSE.pdf" in said(release)


def test_a_card_of_200_megabytes_is_read_at_its_head(tmp_path, scanned):
    folder = tmp_path / "model"
    folder.mkdir()
    with (folder / "README.md").open("wb") as card:
        card.write(b"---\nlicense: cc-by-nc-4.0\n---\n\n# Big\n")
        card.truncate(200_000_000)
    (release,) = scanned(folder).releases
    assert release.verdict is VerdictWord.BLOCKED
    assert "README.md" in said(release)
