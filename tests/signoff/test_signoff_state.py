# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a decision is worth: every state, what voids and what does not, who takes whose place."""

import msgspec
import pytest
from decisions import CONTENT, SIGNOFF, content, recorded, sha

from scanner.model.signoff import (
    BoundDuty,
    BoundFile,
    BoundFinding,
    BoundLicense,
    BoundTerm,
    BoundText,
    BoundUse,
    Decision,
    GrantedException,
    Part,
    Recorded,
    Signature,
    State,
)
from scanner.render.signoff import DECISIONS, WORDS
from scanner.signoff import approved, current, judge, standing, state_of, superseded

DAY = "2026-12-01"
NONE = Signature(state="absent")
GOOD = Signature(state="verified", key="ED25519 key SHA256:x")
BAD = Signature(state="failed", why="its signature does not hold")
UNCHECKED = Signature(state="unchecked", why="ssh-keygen is not installed")

NOTE = BoundFinding(fingerprint=sha("new note"), rule="a/d", severity="note", message="New.")
LICENSE, CARD = CONTENT.texts
(FILE,) = CONTENT.weights


def changed(one, **fields):
    return msgspec.structs.replace(one, **fields)


def state(now=CONTENT, signature=GOOD, as_of=DAY, **decision):
    return state_of(recorded(**decision), signature, now, as_of=as_of)


def test_valid():
    found = state()
    assert (found.state, found.changes, found.uncovered) == (State.VALID, (), ())
    assert (found.holds, found.approves) == (True, True)


def test_unsigned_is_labelled():
    assert state(signature=NONE).state is State.UNSIGNED
    found = state(signature=UNCHECKED)
    assert found.state is State.UNSIGNED, "what was not checked is no better than what is not there"
    assert "ssh-keygen is not installed" in found.why


VOIDING = {
    "weights of another size": (
        Part.WEIGHTS,
        content(weights=(changed(FILE, size=11, sha256=None, how="none"),)),
    ),
    "weights of another digest": (Part.WEIGHTS, content(weights=(changed(FILE, sha256=sha("other")),))),
    "weights that came": (Part.WEIGHTS, content(weights=(FILE, BoundFile(path="x.gguf", size=1)))),
    "weights that went": (Part.WEIGHTS, content(weights=())),
    "another word in the licence": (
        Part.TEXT,
        content(texts=(changed(LICENSE, words_sha256=sha("x")), CARD)),
    ),
    "a licence that went": (Part.TEXT, content(texts=(CARD,))),
    "a policy that came": (
        Part.TEXT,
        content(
            texts=(
                *CONTENT.texts,
                BoundText(path="USE", source="policy-file", sha256=sha("a"), words_sha256=sha("b")),
            )
        ),
    ),
    "terms in the card": (
        Part.TEXT,
        content(texts=(LICENSE, changed(CARD, prose=False, words_sha256=sha("x")))),
    ),
    "another licence": (
        Part.LICENSE,
        content(concluded=(BoundLicense(component="weights", status="text", keys=("other",)),)),
    ),
    "a licence that is no more sure": (
        Part.LICENSE,
        content(concluded=(BoundLicense(component="weights", status="conflict"),)),
    ),
    "terms of a parent": (
        Part.TERMS,
        content(effective=(*CONTENT.effective, BoundTerm(license="x", via="org/parent"))),
    ),
    "another verdict": (Part.VERDICT, content(verdict="review")),
    "a duty that came": (Part.DUTY, content(duties=(*CONTENT.duties, BoundDuty(id="duties/new")))),
    "a duty that applies now": (
        Part.DUTY,
        content(duties=(BoundDuty(id="duties/copy"), BoundDuty(id="duties/notice"))),
    ),
    "a new finding, be it a note": (Part.FINDING, content(findings=(*CONTENT.findings, NOTE))),
    "an accepted finding that went": (Part.FINDING, content(findings=CONTENT.findings[1:])),
    "other answers": (Part.USE_CASE, content(use_case=BoundUse(id="hosted", digest=sha("other")))),
    "another use case": (Part.USE_CASE, content(use_case=BoundUse(id="embedded", digest=sha("hosted")))),
}


@pytest.mark.parametrize("name", VOIDING)
def test_stale(name):
    part, now = VOIDING[name]
    found = state(now)
    assert found.state is State.STALE
    assert (part, True) in [(one.part, one.voids) for one in found.changes]
    assert part.value in found.why
    assert not found.holds


SUGGESTING = {
    "other prose": (Part.CARD, content(texts=(LICENSE, changed(CARD, words_sha256=sha("x"))))),
    "a card that came": (
        Part.CARD,
        content(
            texts=(
                *CONTENT.texts,
                BoundText(path="b.md", source="card", sha256=sha("a"), words_sha256=sha("b"), prose=True),
            )
        ),
    ),
    "another version of the tool": (Part.TOOL, content(tool="modelscan 0.2.0")),
    "other records": (Part.CATALOGUE, content(catalogue_digest=sha("x"))),
    "another policy": (Part.POLICY, content(policy_digest=sha("x"))),
    "another revision": (Part.REVISION, content(revision="b" * 40)),
    "a note that went": (Part.FINDING, content(findings=CONTENT.findings[:1])),
}


@pytest.mark.parametrize("name", SUGGESTING)
def test_review_suggested(name):
    part, now = SUGGESTING[name]
    found = state(now)
    assert found.state is State.REVIEW_SUGGESTED
    assert [(one.part, one.voids) for one in found.changes] == [(part, False)]
    assert found.approves


SAME = {
    "white space of the licence": content(texts=(changed(LICENSE, sha256=sha("two blanks")), CARD)),
    "white space of the card": content(texts=(LICENSE, changed(CARD, sha256=sha("two blanks")))),
    "a duty that does not apply": content(duties=CONTENT.duties[:1]),
    "an order": content(findings=CONTENT.findings[::-1], duties=CONTENT.duties[::-1], texts=(CARD, LICENSE)),
    "what is not known": content(
        purl=None, revision=None, verdict=None, tool=None, policy_digest=None, catalogue_digest=None
    ),
    "words of a message": content(
        findings=tuple(changed(one, message="Said better.") for one in CONTENT.findings)
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_no_difference(name):
    assert state(SAME[name]).state is State.VALID


COMPARED = [
    ({"how": "recorded"}, {"how": "computed"}, "computed", State.VALID),
    ({"how": "computed"}, {"how": "recorded"}, "recorded", State.NOT_REREAD),
    ({}, {"sha256": None, "how": "none"}, "size", State.NOT_REREAD),
    (
        {"header_sha256": sha("h")},
        {"header_sha256": sha("h"), "sha256": None, "how": "none"},
        "header",
        State.NOT_REREAD,
    ),
]


@pytest.mark.parametrize(("then", "now", "way", "wanted"), COMPARED)
def test_weights_that_were_not_read_again_are_said_to_be_so(then, now, way, wanted):
    decided = {"content": content(weights=(changed(FILE, **then),))}
    found = state(content(weights=(changed(FILE, **now),)), **decided)
    assert (found.weights, found.state) == (way, wanted)
    assert state(content(weights=(changed(FILE, **now),)), NONE, **decided).signature.state == "absent"


def test_the_weakest_way_is_told():
    two = (FILE, BoundFile(path="x.gguf", size=5))
    assert state(content(weights=two), content=content(weights=two)).weights == "size"


def test_another_header_is_another_file():
    first = content(weights=(BoundFile(path="w", size=1, header_sha256=sha("a")),))
    second = content(weights=(BoundFile(path="w", size=1, header_sha256=sha("b")),))
    assert state(second, content=first).state is State.STALE


def test_no_weights_at_all_need_no_reading():
    assert state(content(weights=()), content=content(weights=())).state is State.VALID


def test_expired_on_the_day_after_the_last():
    assert state(as_of="2027-01-31").state is State.VALID
    assert state(as_of="2027-02-01").state is State.EXPIRED


def test_an_exception_that_ended():
    one = GrantedException(fingerprint=sha("warned"), reason="asked", person="A. B.", until="2026-11-30")
    found = state(exceptions=(one,))
    assert found.state is State.EXPIRED
    assert "asked" in found.why


def test_a_clock_before_the_decision():
    found = state(as_of="2026-11-24")
    assert found.state is State.INVALID
    assert "after 2026-11-24" in found.why


def test_a_signature_that_does_not_hold():
    assert state(signature=BAD).state is State.INVALID


@pytest.mark.parametrize(
    "other",
    [
        {"name": "org/other"},
        {"name": "org/other", "purl": None},
        {"purl": "pkg:huggingface/else/model@" + "a" * 40},
    ],
)
def test_copied_to_another_release(other):
    found = state(content(**other))
    assert found.state is State.INVALID
    assert "it is for org/model" in found.why


def test_a_new_revision_is_the_same_release():
    assert state(content(purl="pkg:huggingface/org/model@" + "b" * 40)).state is State.VALID


def test_findings_that_are_not_accepted_stay_open():
    assert [one.fingerprint for one in state(accepted=()).uncovered] == [sha("warned")]
    unknown = BoundFinding(fingerprint=sha("from a lock"))
    found = state(content(findings=(*CONTENT.findings, unknown)))
    assert found.uncovered == (unknown,), "one of which nothing is known is open"


def test_a_rejection_holds_and_does_not_approve():
    found = state(decision=Decision.REJECT)
    assert (found.holds, found.approves) == (True, False)


def test_the_order_of_precedence():
    """Everything is wrong at once; what is worst is told, and then what is next."""
    one = recorded(until="2026-11-30")
    wrong = content(
        weights=(changed(FILE, size=11, sha256=None, how="none"),),
        texts=(LICENSE, changed(CARD, words_sha256=sha("x"))),
    )
    prose = content(weights=(changed(FILE, how="recorded"),), texts=wrong.texts)
    late = {"as_of": DAY}
    assert state_of(one, BAD, wrong, superseded_by="f" * 64, **late).state is State.INVALID
    assert state_of(one, NONE, wrong, superseded_by="f" * 64, **late).state is State.SUPERSEDED
    assert state_of(one, NONE, wrong, **late).state is State.STALE
    assert state_of(one, NONE, prose, **late).state is State.EXPIRED
    assert state_of(recorded(), NONE, prose, **late).state is State.REVIEW_SUGGESTED
    recent = content(weights=prose.weights)
    assert state_of(recorded(), NONE, recent, **late).state is State.NOT_REREAD
    assert state_of(recorded(), NONE, CONTENT, **late).state is State.UNSIGNED


def test_a_file_that_cannot_be_read_is_invalid():
    one = Recorded(path="org--model/0.json", digest="", problem="is no regular file")
    found = state_of(one, NONE, CONTENT, as_of=DAY)
    assert (found.state, found.why) == (State.INVALID, "is no regular file")


def chain(*decisions, signatures=None):
    """Return decisions of which each supersedes the one before."""
    made = []
    for one in decisions:
        older = (made[-1].digest,) if made else ()
        made.append(recorded(**{"supersedes": older, **one}))
    return [(one, (signatures or {}).get(number, GOOD)) for number, one in enumerate(made)]


def test_a_chain_leaves_the_last():
    checked = chain({}, {"note": "again"}, {"note": "once more"})
    first, second, third = (one.digest for one, _ in checked)
    assert superseded(checked, as_of=DAY) == {first: second, second: third}
    assert [one.digest for one in current(checked, CONTENT, as_of=DAY)] == [third]
    states = [one.state.state for one in judge(checked, [CONTENT], as_of=DAY)]
    assert sorted(states) == [State.SUPERSEDED, State.SUPERSEDED, State.VALID]


def test_two_at_once_both_stand_until_one_takes_the_place_of_both():
    first, second = recorded(note="mine"), recorded(note="yours", decision=Decision.REJECT)
    checked = [(first, GOOD), (second, GOOD)]
    assert len(current(checked, CONTENT, as_of=DAY)) == 2
    assert not approved(judge(checked, [CONTENT], as_of=DAY)), "one of them rejects"
    both = recorded(note="ours", supersedes=tuple(sorted((first.digest, second.digest))))
    checked.append((both, GOOD))
    assert current(checked, CONTENT, as_of=DAY) == (both,)
    assert approved(judge(checked, [CONTENT], as_of=DAY))


@pytest.mark.parametrize(
    ("later", "signature"),
    [
        ({}, BAD),
        ({"content": content(name="org/other")}, GOOD),
        ({"content": content(use_case=BoundUse(id="embedded", digest=sha("x")))}, GOOD),
        ({"decided": "2026-12-24"}, GOOD),
    ],
    ids=["forged", "of another release", "of another use case", "of a day to come"],
)
def test_what_is_not_sound_takes_no_place(later, signature):
    checked = chain({}, {"note": "later", **later}, signatures={1: signature})
    assert superseded(checked, as_of=DAY) == {}
    assert current(checked, CONTENT, as_of=DAY)[0] == checked[0][0]


def test_an_expired_decision_is_not_brought_back():
    checked = chain({}, {"until": "2026-11-30"})
    assert superseded(checked, as_of=DAY) != {}
    assert not approved(judge(checked, [CONTENT], as_of=DAY))


def test_a_release_without_a_sign_off_is_told():
    other = content(name="org/other")
    judged = judge([(recorded(), GOOD)], [CONTENT, other], as_of=DAY)
    assert [(one.release, one.recorded is None) for one in judged] == [
        ("org/model", False),
        ("org/other", True),
    ]
    assert not approved(judged)
    assert approved(judge([(recorded(), GOOD)], [CONTENT], as_of=DAY))


def test_another_use_case_is_not_signed_off():
    other = content(use_case=BoundUse(id="embedded", digest=sha("hosted")))
    (judged,) = judge([(recorded(), GOOD)], [other], as_of=DAY)
    assert judged.recorded is None


def test_two_releases_of_one_folder_do_not_disturb_each_other():
    twin = content(name="org--model", purl=None)
    checked = [(recorded(), GOOD), (recorded(content=twin), GOOD)]
    assert len({one.path.split("/")[0] for one, _ in checked}) == 1
    judged = judge(checked, [CONTENT, twin], as_of=DAY)
    assert [one.state.state for one in judged] == [State.VALID, State.VALID]
    assert not approved(judge(checked[:1], [twin], as_of=DAY))


def test_standing_without_the_release():
    assert standing(recorded(), GOOD, as_of=DAY) is None
    assert standing(recorded(), BAD, as_of=DAY).state is State.INVALID
    assert standing(recorded(), GOOD, as_of=DAY, superseded_by="f" * 64).state is State.SUPERSEDED
    assert standing(recorded(), GOOD, as_of="2027-02-01").state is State.EXPIRED
    broken = Recorded(path="a/b.json", digest="", problem="it is no UTF-8")
    assert standing(broken, NONE, as_of=DAY).state is State.INVALID


def test_every_state_and_decision_has_a_word_of_its_own():
    assert set(WORDS) == set(State)
    assert len(set(WORDS.values())) == len(State)
    assert set(DECISIONS) == set(Decision)


def test_nothing_in_a_decision_is_forgotten():
    """A field that is added must be compared, or named here as one that only tells."""
    told = {"name", "purl"}
    compared = {part for part, _ in (*VOIDING.values(), *SUGGESTING.values())}
    assert compared == set(Part)
    assert set(type(SIGNOFF.content).__struct_fields__) - told == {
        "revision",
        "texts",
        "weights",
        "concluded",
        "effective",
        "use_case",
        "verdict",
        "findings",
        "duties",
        "policy_digest",
        "catalogue_digest",
        "tool",
    }
