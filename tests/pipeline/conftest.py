# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Scans as the command line does, without the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.examine import Knowledge, load_knowledge
from scanner.model.policy import Policy
from scanner.model.usecase import UseCase
from scanner.pipeline import scan

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(EXAMPLES / "catalogue")


@pytest.fixture(scope="session")
def scanned(knowledge) -> Callable:
    def call(*paths: Path, use_cases: tuple[UseCase, ...] = (), policy: Policy | None = None):
        config = Config(use_cases=use_cases, policy=policy or Policy())
        return scan(paths, knowledge, config, as_of="2026-11-25", step=lambda *_: None)

    return call
