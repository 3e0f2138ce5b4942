# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Makes the runner importable, and gives one with a repository."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from steps import Repository, Runner


@pytest.fixture
def repository(tmp_path) -> Repository:
    """Give an empty repository."""
    return Repository(tmp_path / "checkout")


@pytest.fixture
def runner(tmp_path, repository) -> Runner:
    """Give a runner that has checked the repository out."""
    return Runner(tmp_path, repository)
