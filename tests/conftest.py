# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What every test may ask for."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# Where a landing depends on it the examples are the same on every run; elsewhere they are drawn anew.
settings.register_profile("landing", derandomize=True, deadline=None)
settings.register_profile("drawn", deadline=None)
settings.load_profile("landing" if os.environ.get("MODELSCAN_REQUIRE_CORPUS") == "1" else "drawn")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The reference material; without it the test is skipped, or fails where it is promised."""
    beside = Path(__file__).parents[2] / "shared"
    root = Path(os.environ.get("MODELSCAN_CORPUS", beside))
    if not root.is_dir():
        if os.environ.get("MODELSCAN_REQUIRE_CORPUS") == "1":
            pytest.fail(f"the reference material is missing: {root}")
        pytest.skip(f"the reference material is not here: {root}")
    return root


@pytest.fixture
def new_key(tmp_path_factory) -> Callable[[str], Path]:
    """Make an SSH key of a name; without OpenSSH the test is skipped, or fails where it is promised."""
    if shutil.which("ssh-keygen") is None:
        if os.environ.get("MODELSCAN_REQUIRE_SSH") == "1":
            pytest.fail("ssh-keygen is required and absent")
        pytest.skip("ssh-keygen is not installed (on Debian: openssh-client)")
    folder = tmp_path_factory.mktemp("keys")

    def make(name: str) -> Path:
        key = folder / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
        return key

    return make
