# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Reports to what decisions are bound to: from values and from JSON alike."""

import json
from pathlib import Path

import msgspec
import pytest

from scanner.config import Config
from scanner.errors import ConfigError
from scanner.examine import load_knowledge
from scanner.model.license import Act
from scanner.model.signoff import Content
from scanner.model.usecase import DEFAULT_USE_CASE, UseCase, UserCount
from scanner.pipeline import scan
from scanner.render.json import render_json
from scanner.signoff import contents_of, contents_of_document, use_digest

EXAMPLES = Path(__file__).parents[2] / "examples"
TWO = (
    UseCase(id="hosted", commercial=True, acts=(Act.HOSTED_SERVICE,)),
    UseCase(id="embedded", commercial=True, acts=(Act.EMBEDDING, Act.REDISTRIBUTION)),
)


@pytest.fixture(scope="module")
def report():
    knowledge = load_knowledge(EXAMPLES / "catalogue")
    paths = [EXAMPLES / "models"]
    return scan(paths, knowledge, Config(), as_of="2026-11-25", step=lambda *_: None, use_cases=TWO)


def test_json_gives_the_same_as_the_report(report):
    contents = contents_of(report)
    assert len(contents) == 2 * len(report.releases)
    assert contents_of_document(render_json(report).encode(), "report.json") == contents


def test_what_is_bound_is_what_the_report_says(report):
    contents = contents_of(report)
    for release in report.releases:
        for use in TWO:
            (one,) = (one for one in contents if (one.name, one.use_case.id) == (release.name, use.id))
            found = {finding.fingerprint for finding in release.findings if finding.use_case == use.id}
            assert {finding.fingerprint for finding in one.findings} == found
            assert {text.path for text in one.texts} == {text.path for text in release.legal}
            assert {file.path for file in one.weights} == {
                file.path for file in release.files if file.kind == "weights"
            }
            assert one.verdict in {verdict.verdict for verdict in release.verdicts}
            assert {duty.id for duty in one.duties} >= {
                duty.id for duty in release.obligations if duty.use_case == use.id
            }


def test_a_content_can_be_written_and_read(report):
    for one in contents_of(report):
        assert msgspec.convert(msgspec.to_builtins(one), Content) == one


def test_the_digest_of_a_use_case_is_of_its_answers():
    plain = msgspec.to_builtins
    one = plain(TWO[0])
    renamed = plain(msgspec.structs.replace(TWO[0], id="b", title="T", stated_by="A. B."))
    assert use_digest(one) == use_digest(renamed)
    turned = plain(msgspec.structs.replace(TWO[1], acts=TWO[1].acts[::-1]))
    assert use_digest(plain(TWO[1])) == use_digest(turned)
    users = msgspec.structs.replace(TWO[0], users=(UserCount(of="group", value=5),))
    digests = {use_digest(plain(case)) for case in (*TWO, users, DEFAULT_USE_CASE, UseCase())}
    assert len(digests) == 5
    assert use_digest(plain(UseCase(commercial=False))) != use_digest(plain(UseCase()))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"[" * 1_000_000, b'{"releases": 7}'])
def test_what_is_no_report(data):
    with pytest.raises(ConfigError, match="no report of modelscan"):
        contents_of_document(data, "bad.json")


def test_a_report_with_a_wrong_digest(report):
    document = json.loads(render_json(report))
    document["releases"][0]["legal"][0]["words_sha256"] = "x"
    with pytest.raises(ConfigError, match="no report of modelscan"):
        contents_of_document(json.dumps(document).encode(), "bad.json")
