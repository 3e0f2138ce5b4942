# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Each rule of docs/precedence.md, and what holds for all of them."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scanner.catalog import load_catalogue
from scanner.conclude import conclude
from scanner.conclude.precedence import conclude_component
from scanner.model.base import Evidence
from scanner.model.conclusion import Status
from scanner.model.reading import (
    Detection,
    How,
    Identification,
    LegalText,
    LicenseMatch,
    LicenseReading,
    Source,
)
from scanner.model.release import Component, Release

WEIGHTS = Component.WEIGHTS
RELEASE = Release(name="r", path="r", root="/r", named_by="folder")


def text(key, path="LICENSE", source=Source.LICENSE_FILE):
    return LicenseReading(
        source=source,
        component=WEIGHTS,
        evidence=Evidence(path=path, reader="license-text", lines=(1, 9)),
        how=How.EXACT,
        raw=key,
        key=key,
        expression=f"LicenseRef-{key}",
    )


def near(*candidates, path="LICENSE", how=How.MODIFIED):
    return LicenseReading(
        source=Source.LICENSE_FILE,
        component=WEIGHTS,
        evidence=Evidence(path=path, reader="license-text", lines=(1, 9)),
        how=how,
        raw=candidates[0] if candidates else "",
        candidates=candidates,
        note="one paragraph was added",
    )


def tag(key=None, candidates=(), line=2, raw=None):
    return LicenseReading(
        source=Source.CARD,
        component=WEIGHTS,
        evidence=Evidence(path="README.md", reader="model-card", lines=(line, line), key="license"),
        how="tag",
        raw=raw or key or "family",
        key=key,
        expression=f"LicenseRef-{key}" if key else None,
        candidates=candidates,
    )


def expression(written, *candidates):
    return replace(tag(candidates=candidates, raw=written), expression=written, how="expression")


def concluded(*readings):
    declared = [reading for reading in readings if reading.source is Source.CARD]
    detected = [reading for reading in readings if reading.source is not Source.CARD]
    return conclude_component(WEIGHTS, declared, detected, {})


def test_rule_1_two_texts_are_a_conflict():
    found = concluded(text("acme-1.0"), text("acme-2.0", path="LICENSE2"))
    assert (found.status, found.keys, found.candidates) == (Status.CONFLICT, (), ("acme-1.0", "acme-2.0"))


def test_rule_1_a_known_text_beside_one_that_is_not_recognised_is_a_conflict():
    found = concluded(text("acme-1.0"), near(path="TERMS"))
    assert found.status is Status.CONFLICT
    assert "TERMS" in found.why


def test_rule_2_text_against_tag_is_a_conflict_that_names_both_places():
    found = concluded(text("acme-1.0"), tag("free-1.0"))
    assert (found.status, found.candidates) == (Status.CONFLICT, ("acme-1.0", "free-1.0"))
    assert "LICENSE" in found.why
    assert "README.md:2" in found.why


def test_rule_2_a_family_tag_that_leaves_no_room_for_the_text_is_a_conflict():
    found = concluded(text("acme-1.0"), tag(candidates=("free-1.0", "free-2.0")))
    assert (found.status, found.candidates) == (Status.CONFLICT, ("acme-1.0", "free-1.0", "free-2.0"))


def test_rule_3_the_text_concludes_and_the_tag_agrees():
    found = concluded(text("acme-1.0"), tag("acme-1.0"))
    assert (found.status, found.keys, found.expression) == (Status.TEXT, ("acme-1.0",), "LicenseRef-acme-1.0")


def test_rule_3_the_text_decides_among_the_versions_of_a_family_tag():
    found = concluded(text("acme-1.0"), tag(candidates=("acme-1.0", "acme-1.1")))
    assert (found.status, found.keys) == (Status.TEXT, ("acme-1.0",))
    assert [rejected.key for rejected in found.rejected] == ["family"]


def test_rule_3_a_tag_that_says_nothing_disagrees_with_nobody():
    assert concluded(text("acme-1.0"), tag(raw="own")).status is Status.TEXT


def test_rule_4_a_modified_text_is_never_its_licence_even_with_its_tag():
    found = concluded(near("acme-1.0"), tag("acme-1.0"))
    assert (found.status, found.keys, found.candidates) == (Status.CLOSEST, (), ("acme-1.0",))
    assert "one paragraph was added" in found.why


def test_rule_5_two_tags_disagree():
    found = concluded(tag("acme-1.0"), tag("free-1.0", line=3))
    assert (found.status, found.candidates) == (Status.CONFLICT, ("acme-1.0", "free-1.0"))


def test_rule_5_a_tag_and_a_family_it_does_not_belong_to_disagree():
    assert concluded(tag("acme-1.0"), tag(candidates=("free-1.0",))).status is Status.CONFLICT


def test_rule_3_an_expression_that_demands_more_than_the_text_adds_its_licences():
    both = expression("acme-1.0 AND free-1.0", "acme-1.0", "free-1.0")
    found = concluded(text("acme-1.0"), both)
    assert (found.status, found.keys) == (Status.DECLARED, ("acme-1.0", "free-1.0"))


def test_rule_6_a_choice_is_for_a_person():
    found = concluded(expression("acme-1.0 OR free-1.0", "acme-1.0", "free-1.0"))
    assert (found.status, found.rule, found.keys) == (Status.UNKNOWN, "choice", ())
    assert found.candidates == ("acme-1.0", "free-1.0")


def test_a_name_that_is_not_known_agrees_with_no_text_and_no_name():
    stranger = replace(tag(raw="acme-nc"), stranger=True)
    assert concluded(text("acme-1.0"), stranger).rule == "text-against-name"
    assert concluded(tag("acme-1.0"), stranger).rule == "names-disagree"


def test_a_name_of_the_publishers_own_beside_other_labels_the_text():
    other = tag(raw="other")
    name = replace(tag(raw="modified-mit", line=3), stranger=True, how="name")
    assert concluded(text("acme-1.0"), other, name).status is Status.TEXT
    assert concluded(text("acme-1.0"), other, replace(name, raw="acme-nc")).status is Status.CONFLICT
    assert concluded(text("acme-1.0"), name).status is Status.CONFLICT


def test_a_part_of_the_name_of_the_text_that_is_here_disagrees_with_nobody():
    records = load_catalogue().licenses
    said = replace(tag(raw="Sample Code license"), stranger=True, how="prose")
    fitting = conclude_component(WEIGHTS, [said], [text("apple-sample-code")], records)
    other = conclude_component(WEIGHTS, [replace(said, raw="Acme Code license")], [text("mit")], records)
    assert (fitting.status, other.status) == (Status.TEXT, Status.CONFLICT)


def test_a_sentence_that_takes_a_licence_back_disagrees_with_it_alone():
    denial = replace(tag(candidates=("acme-1.0",), raw="Acme"), how="denial")
    assert concluded(text("acme-1.0"), denial).status is Status.CONFLICT
    found = concluded(text("free-1.0"), denial)
    assert (found.status, found.rejected[-1].why) == (Status.TEXT, "it denies what nothing claims")


def test_a_text_by_default_gives_way_to_one_for_a_reason():
    default = replace(text("acme-1.0"), standing="default")
    found = concluded(default, text("free-1.0", path="LICENSE-MODEL"))
    assert (found.status, found.keys) == (Status.TEXT, ("free-1.0",))
    assert "covers it for a reason" in found.rejected[0].why


def test_a_text_by_default_gives_way_to_a_sentence_about_the_weights_and_not_to_a_tag():
    default = replace(text("acme-1.0"), standing="default")
    told = replace(tag("free-1.0"), how="prose")
    assert concluded(default, told).keys == ("free-1.0",)
    assert concluded(default, replace(told, standing="default")).status is Status.CONFLICT
    assert concluded(default, tag("free-1.0")).status is Status.CONFLICT


def test_what_speaks_of_another_work_binds_nothing():
    other = replace(text("acme-1.0"), standing="elsewhere", note="a notice speaks of third parties' works")
    found = concluded(other, tag("free-1.0"))
    assert (found.status, found.keys) == (Status.DECLARED, ("free-1.0",))
    assert [rejected.key for rejected in found.rejected] == ["acme-1.0"]


def test_rule_7_a_tag_without_a_text_is_declared():
    found = concluded(tag("acme-1.0"))
    assert (found.status, found.keys) == (Status.DECLARED, ("acme-1.0",))
    assert found.evidence[0].path == "README.md"


def test_rule_8_a_family_tag_concludes_nothing_and_lists_its_versions():
    found = concluded(tag(candidates=("acme-1.0", "acme-1.1")))
    assert (found.status, found.keys, found.candidates) == (Status.UNKNOWN, (), ("acme-1.0", "acme-1.1"))


def test_rule_9_nothing_is_unknown():
    found = concluded()
    assert (found.status, found.keys, found.candidates) == (Status.UNKNOWN, (), ())


KEYS = ("a-1.0", "a-2.0", "b-1.0")
READINGS = st.one_of(
    st.builds(text, st.sampled_from(KEYS), st.sampled_from(["LICENSE", "TERMS"])),
    st.builds(near, st.sampled_from(KEYS)),
    st.builds(near),
    st.builds(tag, st.sampled_from(KEYS)),
    st.builds(lambda keys: tag(candidates=tuple(sorted(keys))), st.sets(st.sampled_from(KEYS))),
)


@given(st.lists(READINGS, max_size=5))
def test_a_concluded_licence_is_one_that_no_evidence_rules_out(readings):
    found = concluded(*readings)
    for key in found.keys:
        assert all(
            not {reading.key, *reading.candidates} - {None} or key in (reading.key, *reading.candidates)
            for reading in readings
        )


@given(st.lists(READINGS, max_size=5))
def test_every_licence_that_is_named_is_concluded_or_a_candidate(readings):
    found = concluded(*readings)
    named = {reading.key for reading in readings} - {None}
    assert named <= {*found.keys, *found.candidates}


@given(st.lists(READINGS, max_size=4), st.randoms())
def test_the_order_of_the_evidence_does_not_matter(readings, random):
    shuffled = list(readings)
    random.shuffle(shuffled)
    first, second = concluded(*readings), concluded(*shuffled)
    assert (first.status, first.keys, first.candidates) == (second.status, second.keys, second.candidates)


def detection(path, source, *matches, stated=(), note=""):
    legal = LegalText(path=path, source=source, text="one\ntwo\nthree", sha256="0" * 64, encoding="utf-8")
    return Detection(text=legal, found=Identification(matches=matches, stated=stated, note=note))


def match(key, how=How.EXACT, coverage=1.0):
    return LicenseMatch(
        key=key, expression=f"LicenseRef-{key}", how=how, lines=(1, 3), coverage=coverage, share=1.0
    )


def test_a_licence_of_the_code_is_never_concluded_for_the_weights():
    found = conclude(
        RELEASE, (), [detection("LICENSE-CODE", Source.LICENSE_FILE, match("a"), stated=("a",))], {}
    )
    assert found.of(Component.CODE).keys == ("a",)
    assert found.of(Component.WEIGHTS).status is Status.UNKNOWN


def test_a_text_in_the_card_counts_when_half_a_licence_stands_there():
    whole = conclude(RELEASE, (), [detection("README.md", Source.CARD, match("a"), stated=("a",))], {})
    assert whole.of(WEIGHTS).keys == ("a",)
    notice = match("a", How.PARTIAL, coverage=0.1)
    assert conclude(RELEASE, (), [detection("README.md", Source.CARD, notice)], {}).detected == ()


def test_an_unknown_text_is_a_reading_that_names_nothing():
    (reading, *_) = conclude(
        RELEASE, (), [detection("LICENSE", Source.LICENSE_FILE, note="new")], {}
    ).detected
    assert (reading.key, reading.raw, reading.candidates) == (None, "", ())
    assert reading.note.startswith("new")


def test_a_notice_does_not_license_the_weights():
    found = conclude(RELEASE, (), [detection("NOTICE", Source.NOTICE_FILE, match("a"), stated=("a",))], {})
    assert found.of(WEIGHTS).status is Status.UNKNOWN
