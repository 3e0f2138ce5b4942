# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Real releases against what a reader found in them; the floors rise as the scanner gets better.

``pytest -s tests/pipeline/test_corpus.py`` prints the figures.
"""

import re
from pathlib import Path

import pytest

from scanner.guarded.strict import load_own
from scanner.model.conclusion import Status
from scanner.model.finding import VerdictWord
from scanner.model.release import Component

pytestmark = pytest.mark.corpus

STATED = {Status.TEXT, Status.DECLARED}
KEY = re.compile(r"[a-z0-9.+-]+")
CONFLICTS = {
    "evidence/tag-and-text-disagree": "tag-text",
    "evidence/declarations-disagree": "declarations",
    "evidence/texts-disagree": "texts",
    "evidence/terms-of-another-license": "policy",
    "evidence/card-narrows-the-terms": "purpose",
    "lineage/terms-not-carried": "base",
}


@pytest.fixture(scope="module")
def truth(corpus):
    return {one["release"]: one for one in load_own(corpus / "corpus/truth.yaml")["releases"]}


@pytest.fixture(scope="module")
def read_by_a_person():
    return load_own(Path(__file__).parents[1] / "truth/corpus.yaml")


@pytest.fixture(scope="module")
def report(corpus, scanned):
    return scanned(corpus / "corpus")


@pytest.fixture(scope="module")
def releases(report):
    return {release.path: release for release in report.releases}


def test_every_folder_is_a_release_or_named_with_its_reason(report, truth):
    named = {release.path for release in report.releases} | {one.path for one in report.not_checked}
    assert truth.keys() <= named


def test_the_licence_of_the_weights(releases, truth, knowledge):
    names = knowledge.catalogue.names
    right, open_, wrong, code = [], [], [], []
    for name, one in truth.items():
        wanted = str(one["weights"].get("licence") or "")
        if name not in releases or not KEY.fullmatch(wanted):
            continue
        concluded = releases[name].licenses.of(Component.WEIGHTS)
        keys = set(concluded.keys)
        if concluded.status not in STATED:
            open_.append((name, concluded.status.value, wanted))
        elif names.get(wanted, wanted) in keys:
            right.append(name)
        else:
            wrong.append((name, keys, wanted))
        of_file = one["licence"].get("key")
        if one["weights"]["licence_file_covers_weights"] == "no" and of_file in keys and wanted != of_file:
            code.append((name, keys, wanted))
    count = len(right) + len(open_) + len(wrong)
    print(f"\nlicence of the weights: {len(right)} of {count} right, {len(open_)} open, {len(wrong)} wrong")
    assert wrong == []
    assert code == []
    assert len(right) >= 0.95 * count


def test_the_licence_of_the_evidence_file(releases, truth):
    right, silent, wrong = 0, [], []
    for name, one in truth.items():
        about = one["licence"]
        if name not in releases or not (about.get("text_present") and about.get("key")):
            continue
        found = [
            reading
            for reading in releases[name].licenses.detected
            if reading.evidence.path == about["evidence_file"]
        ]
        keys = {reading.key for reading in found if reading.key}
        if about["key"] in keys:
            right += 1
        elif keys:
            wrong.append((name, keys, about["key"]))
        else:
            silent.append((name, about["key"]))
    print(f"\nlicence of the evidence file: {right} right, {len(silent)} not stated, {len(wrong)} wrong")
    assert wrong == []
    assert len(silent) <= 1


def test_tag_against_text(releases, truth):
    """A disagreement between tag and text that a reader saw is a conflict, and agreement is none."""
    missed, invented = [], []
    for name, one in truth.items():
        if name not in releases:
            continue
        conflict = releases[name].licenses.of(Component.WEIGHTS).rule == "text-against-name"
        if one["tag_vs_text_is"] == "disagrees" and not conflict:
            missed.append(name)
        if one["tag_vs_text_is"] == "agrees" and conflict:
            invented.append(name)
    print(f"\ntag against text: missed {missed}, invented {invented}")
    assert invented == []


def said(concluded):
    """What a conclusion says, in the words of tests/truth: a key, `open`, or None for nothing stated."""
    if concluded.status in STATED:
        return concluded.keys[0] if len(concluded.keys) == 1 else concluded.keys
    nothing = concluded.status is Status.UNKNOWN and not concluded.candidates
    return None if nothing else "open"


@pytest.mark.parametrize("component", [Component.WEIGHTS, Component.CODE])
def test_each_component_as_a_person_reads_it(releases, read_by_a_person, component):
    wrong, open_, count = [], [], 0
    for name, one in read_by_a_person.items():
        if one["weights"] == "not-a-release":
            continue
        wanted = one[component.value]
        found, count = said(releases[name].licenses.of(component)), count + 1
        if found != wanted:
            (open_ if found in (None, "open") else wrong).append((name, found, wanted))
    print(f"\n{component.value}: {count - len(open_) - len(wrong)} of {count} as read, {open_=}, {wrong=}")
    assert wrong == []
    assert len(open_) <= 0.05 * count


def test_the_conflicts_that_a_person_sees(releases, read_by_a_person):
    missed, invented, count = [], [], 0
    for name, one in read_by_a_person.items():
        if one["weights"] == "not-a-release":
            continue
        found = {CONFLICTS[finding.rule] for finding in releases[name].findings if finding.rule in CONFLICTS}
        count += len(one["conflicts"])
        if "base-version" in one["conflicts"] and "base" in found:
            found = (found - {"base"}) | {"base-version"}
        missed += [(name, kind) for kind in one["conflicts"] if kind not in found]
        invented += [(name, kind) for kind in found if kind not in one["conflicts"]]
    print(f"\nconflicts: {count - len(missed)} of {count} found, {missed=}, {invented=}")
    assert invented == []
    assert len(missed) <= 3


def test_nothing_is_allowed_for_want_of_evidence(releases):
    for release in releases.values():
        if release.verdict in {VerdictWord.ALLOWED, VerdictWord.CONDITIONAL}:
            assert release.licenses.of(Component.WEIGHTS).status in STATED, release.path


def test_every_quote_stands_where_it_is_said_to_stand(corpus, releases):
    checked = 0
    for release in releases.values():
        for reading in (*release.licenses.declared, *release.licenses.detected):
            evidence = reading.evidence
            if not evidence.quote or not evidence.lines:
                continue
            data = (corpus / "corpus" / release.path / evidence.path).read_bytes()
            lines = re.split(r"\r\n|\r|\n", data.decode("utf-8-sig", "replace"))
            stands = "\n".join(lines[evidence.lines[0] - 1 : evidence.lines[1]])
            for line in evidence.quote.splitlines():
                assert line.strip("… ")[:60] in stands, (release.path, evidence)
            checked += 1
    assert checked > 100
