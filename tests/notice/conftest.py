# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Small releases under an invented licence, and the command that is called on them."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli import main

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def catalogue(tmp_path):
    """Give a folder with the invented record and its text."""
    from sample_terms import RECORD, TEXT

    folder = tmp_path / "catalogue"
    (folder / "records").mkdir(parents=True)
    (folder / "texts").mkdir()
    (folder / "records/acme-terms-7.yaml").write_text(RECORD)
    (folder / "texts/acme-terms-7.txt").write_text(TEXT)
    return folder


@pytest.fixture
def release(tmp_path):
    """Make a release below ``models``."""
    from sample_terms import CARD

    def make(name="model", files=None) -> Path:
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        for path, data in {"README.md": CARD, **(files or {})}.items():
            (folder / path).parent.mkdir(exist_ok=True, parents=True)
            (folder / path).write_bytes(data if isinstance(data, bytes) else data.encode())
        return folder

    return make


@pytest.fixture
def run(tmp_path, catalogue, monkeypatch):
    """Call ``modelscan report`` on what ``release`` made."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments, path="models"):
        words = ("report", path, "--catalogue", str(catalogue), "--as-of", "2026-01-31", *map(str, arguments))
        return CliRunner().invoke(main, words)

    return call
