# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A release made of files, and what is read from it."""

from pathlib import Path

import pytest

from scanner.discover import discover
from scanner.read import read

WEIGHTS = b"\x08\0\0\0\0\0\0\0{}      "
"""A safetensors file without a tensor."""


@pytest.fixture
def facts(tmp_path):
    """Write files by path and read the release that they are; weights make it one."""

    def make(files, *, weights=True):
        return read(_release(tmp_path / "release", files, weights=weights))

    return make


@pytest.fixture
def release_of(tmp_path):
    """Write files and return the release, unread."""
    return lambda files: _release(tmp_path / "release", files, weights=True)


def _release(root: Path, files, *, weights):
    """Write a release that is one by a sign that says nothing, an empty adapter configuration."""
    beside = {"adapter_config.json": "{}", **({"model.safetensors": WEIGHTS} if weights else {})}
    for path, content in {**beside, **files}.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    (release,) = discover([root]).releases
    return release
