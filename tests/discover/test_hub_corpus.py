# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Real releases say the same whether they lie on disk or are read from the Hub."""

import pytest
from msgspec.structs import replace

from scanner.discover import HubSource, discover
from scanner.model.reading import Source
from scanner.read import read

pytestmark = pytest.mark.corpus


def said(release):
    facts = read(release)
    readings = {
        (one.name, one.value, one.source, replace(one.evidence, sha256=None))
        for one in facts.readings
        if one.source is not Source.HUB
    }
    texts = {(one.path, one.sha256, one.first_line) for one in facts.texts}
    return readings, texts, {one.path for one in facts.headers}


def test_real_releases_say_the_same(fake, ask, corpus):
    way = ask()
    compared = 0
    for folder in sorted(path for path in (corpus / "corpus").iterdir() if path.is_dir()):
        local = {one.path: one for one in discover([folder]).releases}
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        name = f"corpus/{folder.name}".replace("__", ".")
        fake.add(name, files)
        found = {one.path: one for one in way.discovery(HubSource(id=name)).releases}
        assert set(found) == set(local), folder.name
        for path, release in local.items():
            assert said(found[path]) == said(release), folder.name
            compared += 1
    assert compared >= 70
    print(f"{compared} releases, {way.hub.requests} requests, {way.hub.bytes:,} bytes")
