# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Source repositories in git, and the gate asked about them."""

import os
import subprocess
from pathlib import Path

import pytest

from scanner.dependencies.lock import lock_text, read_lock
from scanner.examine import load_knowledge
from scanner.gate import Means, Wanted, check
from scanner.gate.locking import asked, written_lock
from scanner.model.gate import Dependency
from scanner.model.lock import LOCK_NAME
from scanner.model.reference import Reference, ReferenceKind, Tier
from scanner.model.release import Confidence

DAY = "2026-11-25"
CALL = "from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained({})\n"


def card(tag, *bases):
    base = f"base_model: [{', '.join(bases)}]\n" if bases else ""
    return f"---\nlicense: {tag}\n{base}---\n\n# A model\n".encode()


class Repository:
    """One source repository."""

    def __init__(self, root, knowledge, cache):
        self.root, self._knowledge, self._cache = root, knowledge, cache
        root.mkdir(parents=True)
        self.git("init", "-q", "-b", "main", ".")

    def git(self, *words):
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        name = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *name, *words], cwd=self.root, env=os.environ | own, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    def write(self, path, text):
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def loads(self, *names, path="app.py", revision=None):
        more = f', revision="{revision}"' if revision else ""
        self.write(path, "".join(CALL.format(f'"{name}"{more}') for name in names))

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "a commit")
        return self.git("rev-parse", "HEAD")

    def wanted(self, base=None, **more):
        usual = {"head": "HEAD", "explicit": None, "baseline": None, "environment": {}, "as_of": DAY}
        return Wanted(root=self.root, base=base, **(usual | more))

    def check(self, base=None, *, hub=None, as_of=DAY, **more):
        return check(self.wanted(base, **{"as_of": as_of, **more}), self.means(hub, as_of))

    def means(self, hub=None, as_of=DAY):
        return Means(
            knowledge=self._knowledge,
            hub=hub,
            cache=self._cache,
            as_of=as_of,
            step=lambda *_: None,
            no_cache=True,
        )

    def asked(self, hub=None):
        return asked(self.wanted(), self.means(hub))

    def lock(self, hub=None, upgrade=()):
        written = written_lock(self.asked(hub), upgrade)
        (self.root / LOCK_NAME).write_text(lock_text(written.lock), encoding="utf-8")
        return written

    @property
    def locked(self):
        return read_lock(self.root / LOCK_NAME)


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge()


@pytest.fixture
def repository(tmp_path, knowledge):
    return Repository(tmp_path / "repository", knowledge, tmp_path / "hub-cache")


@pytest.fixture
def cached(tmp_path):
    """Put a model into the Hub's cache on this machine."""

    def put(name, files, commit="a" * 40, ref="main"):
        place = tmp_path / "hub-cache" / f"models--{name.replace('/', '--')}"
        folder = place / "snapshots" / commit
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            (folder / path).write_bytes(data)
        (place / "refs").mkdir(exist_ok=True)
        (place / "refs" / ref).write_text(commit, encoding="ascii")
        return commit

    return put


def rules(report, *, failing=True):
    """Return the ids of the rules whose findings count, or of all."""
    return sorted({one.rule for one in report.findings if one.gates or not failing})


@pytest.fixture
def ids():
    return rules


@pytest.fixture(name="card")
def card_of():
    return card


@pytest.fixture(scope="session")
def here():
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def named():
    """Give the dependency on a model that one place in the code names."""

    def made(name):
        place = Reference(
            path="app.py",
            line=1,
            column=1,
            kind=ReferenceKind.MODEL,
            id=name,
            expression="x",
            how="a call",
            confidence=Confidence.HIGH,
            tier=Tier.PRODUCT,
        )
        return Dependency(kind=ReferenceKind.MODEL, id=name, revision=None, references=(place,))

    return made
