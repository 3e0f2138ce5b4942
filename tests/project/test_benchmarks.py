# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The commands behind the figures run; what they print is no matter of a test."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "options"), [("lineage.py", ("--nodes", "200")), ("scan.py", ())])
def test_a_benchmark_runs_to_its_end(corpus, name, options):
    run = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / name, *options], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout
