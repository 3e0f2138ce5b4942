# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Real releases: white space of their texts voids no decision, a word does."""

import shutil
from pathlib import Path

import pytest
from decisions import SIGNOFF, recorded

from scanner.config import Config
from scanner.examine import load_knowledge
from scanner.model.signoff import Part, Signature, State
from scanner.pipeline import scan
from scanner.signoff import contents_of, state_of

pytestmark = pytest.mark.corpus
GOOD = Signature(state="verified")
TERMS = ("license-file", "policy-file", "notice-file")


@pytest.fixture(scope="module")
def releases(corpus, tmp_path_factory):
    """Every fourth release, for a test to write to."""
    root = tmp_path_factory.mktemp("releases")
    for folder in sorted(one for one in (corpus / "corpus").iterdir() if one.is_dir())[::4]:
        shutil.copytree(folder, root / folder.name)
    return root


@pytest.fixture(scope="module")
def looked_at(releases):
    """Return the content of every release by name, as it is on the disk now."""
    knowledge = load_knowledge()

    def call():
        report = scan([releases], knowledge, Config(), as_of=SIGNOFF.decided, step=lambda *_: None)
        return {
            one.name: (one, release.path)
            for one, release in zip(contents_of(report), report.releases, strict=True)
        }

    return call


def files(found, releases):
    """Give the files of terms of all releases."""
    for content, path in found.values():
        for text in content.texts:
            if text.source in TERMS:
                yield Path(releases, path, text.path)


def test_white_space_never_voids_and_a_word_does(releases, looked_at):
    before = looked_at()
    decisions = {name: recorded(content=one, accepted=()) for name, (one, _) in before.items()}
    for file in files(before, releases):
        data = file.read_bytes().replace(b"\r\n", b"\n")
        file.write_bytes(data.replace(b"\n\n", b"\n \n\n") + b"\n\n")
    for name, (now, _) in looked_at().items():
        found = state_of(decisions[name], GOOD, now, as_of=SIGNOFF.decided)
        assert (found.state, found.changes) == (State.VALID, ()), name
    touched = set()
    for file in files(before, releases):
        file.write_bytes(file.read_bytes() + b"\nUnless it rains.\n")
        touched.add(file)
    assert len(touched) > 5
    for name, (now, path) in looked_at().items():
        found = state_of(decisions[name], GOOD, now, as_of=SIGNOFF.decided)
        wanted = {file for file in touched if file.is_relative_to(Path(releases, path))}
        seen = {Path(releases, path, one.what) for one in found.changes if one.part is Part.TEXT}
        assert seen == wanted, name
        assert (found.state is State.STALE) == bool(wanted), name
