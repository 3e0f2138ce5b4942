# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Corrections by people: applied openly, bound to what was looked at, and never in silence."""

import pytest

from scanner.catalog import load_catalogue
from scanner.conclude import conclude
from scanner.conclude.curations import curated, unused
from scanner.model.conclusion import Status
from scanner.model.curation import Curation
from scanner.model.reading import Facts, LegalText, Source
from scanner.model.release import Component, Release

DIGEST = "ab" * 32
RELEASE = Release(name="acme/model", path="models/acme", root="/r", named_by="local-dir", revision="0" * 40)
CARD = "ef" * 32
FACTS = Facts(
    texts=(
        LegalText(path="LICENSE", source=Source.LICENSE_FILE, text="x", sha256=DIGEST, encoding="utf-8"),
        LegalText(path="README.md", source=Source.CARD, text="x", sha256=CARD, encoding="utf-8"),
    )
)
CATALOGUE = load_catalogue()


def correction(**fields):
    return Curation(
        **{
            "release": "acme/model",
            "concluded": "mit",
            "reason": "The publisher wrote so.",
            "evidence": "letter 7",
            "person": "A. Counsel",
            **fields,
        }
    )


def corrected(*curations):
    plain = conclude(RELEASE, (), (), CATALOGUE.licenses)
    return curated(plain, RELEASE, FACTS, curations, CATALOGUE)


def test_a_correction_says_who_why_and_what_it_was_before():
    found = corrected(correction(date="2026-11-20")).of(Component.WEIGHTS)
    assert (found.status, found.keys, found.expression) == (Status.CURATED, ("mit",), "MIT")
    assert found.why.startswith(
        "corrected by A. Counsel on 2026-11-20: The publisher wrote so (evidence: letter 7)"
    )
    assert "before: unknown, because nothing in the release states terms" in found.why
    assert found.curation is not None


@pytest.mark.parametrize("release", ["ACME/Model", "models/acme", "acme/model@" + "0" * 40])
def test_a_release_is_named_by_name_path_or_revision(release):
    assert corrected(correction(release=release)).of(Component.WEIGHTS).status is Status.CURATED


@pytest.mark.parametrize("release", ["acme/model2", "model", "models"])
def test_another_release_is_not_touched(release):
    assert corrected(correction(release=release)).of(Component.WEIGHTS).status is Status.UNKNOWN


@pytest.mark.parametrize("fields", [{"digest": "cd" * 32}, {"release": "acme/model@" + "1" * 40}])
def test_what_was_made_for_another_state_is_not_applied_and_is_said(fields):
    found = corrected(correction(**fields))
    assert found.of(Component.WEIGHTS).status is Status.UNKNOWN
    assert "A. Counsel" in found.stale[0]


def test_a_digest_alone_finds_the_release():
    found = corrected(correction(release=None, digest=CARD.upper()))
    assert found.of(Component.WEIGHTS).keys == ("mit",)
    licence = corrected(correction(release=None, digest=DIGEST))
    assert licence.of(Component.WEIGHTS).status is Status.UNKNOWN  # its text is in other releases as well
    assert not corrected(correction(release=None, digest="cd" * 32)).stale


def test_of_two_corrections_the_one_with_a_digest_counts():
    found = corrected(correction(), correction(digest=DIGEST, concluded="apache-2.0"))
    assert found.of(Component.WEIGHTS).keys == ("apache-2.0",)


def test_several_licences_apply_together():
    found = corrected(correction(concluded=("MIT", "cc-by-nc-4.0"))).of(Component.WEIGHTS)
    assert (found.keys, found.expression) == (("cc-by-nc-4.0", "mit"), "CC-BY-NC-4.0 AND MIT")


def test_only_the_component_that_is_named_is_corrected():
    found = corrected(correction(component=Component.CODE))
    assert found.of(Component.CODE).keys == ("mit",)
    assert found.of(Component.WEIGHTS).status is Status.UNKNOWN


def test_a_correction_that_fits_nothing_is_told():
    idle = correction(release="nobody/none")
    assert list(unused([correction(), idle], [(RELEASE, FACTS)])) == [idle]
