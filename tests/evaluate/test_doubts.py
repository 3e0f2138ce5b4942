# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a text leaves open whether a clause holds, the answer is unknown and quotes why, neither way."""

import pytest

from scanner.catalog import load_catalogue, load_record, record_schema
from scanner.data import folder
from scanner.errors import ConfigError
from scanner.model.conclusion import Relation
from scanner.model.license import CLAUSE_KINDS, Act
from scanner.model.usecase import Agreement, Revenue, UseCase, UserCount
from scanner.terms.compatible import compatible

RECORDS = load_catalogue().licenses
DOUBTED = {
    (key, kind)
    for key, record in RECORDS.items()
    for kind in CLAUSE_KINDS
    for clause in record.clauses(kind) or ()
    if clause.doubts
}
MILLION = 1_000_000
FEW = (UserCount(of="group", month="any", value=1),)


def earned(amount, currency="USD", of="group"):
    return (Revenue(of=of, currency=currency, amount=amount),)


def used(value, of="group", metric="monthly-active-users"):
    return (UserCount(of=of, metric=metric, value=value),)


def plan(**answers):
    given = {"commercial": True, "acts": (Act.INTERNAL_USE,), "users": FEW, "revenue": earned(1)}
    return UseCase(id="a", **(given | answers))


CASES = {
    ("lfm-1.0", "revenue_threshold"): [
        (plan(revenue=earned(10 * MILLION - 1)), "no"),
        (plan(revenue=earned(10 * MILLION)), "unknown"),
        (plan(revenue=earned(10 * MILLION + 1)), "yes"),
        (plan(revenue=earned(10 * MILLION), commercial=False), "no"),
    ],
    ("stability-ai-community-2024", "revenue_threshold"): [
        (plan(revenue=earned(MILLION - 1)), "no"),
        (plan(revenue=earned(MILLION)), "unknown"),
        (plan(revenue=earned(MILLION + 1)), "yes"),
        (plan(revenue=earned(MILLION - 1), commercial=False), "no"),
        (plan(revenue=earned(MILLION), commercial=False), "unknown"),
        (plan(revenue=earned(MILLION + 1), commercial=False), "unknown"),
        (plan(revenue=earned(MILLION + 1), commercial=None), "unknown"),
    ],
    ("polyform-small-business-1.0.0", "revenue_threshold"): [
        (plan(revenue=earned(MILLION - 1)), "no"),
        (plan(revenue=earned(MILLION)), "unknown"),
        (plan(revenue=earned(2 * MILLION - 1)), "unknown"),
        (plan(revenue=earned(2 * MILLION)), "yes"),
    ],
    ("playground-v2-community", "user_threshold"): [
        (plan(users=used(MILLION, metric="monthly-unique-users")), "no"),
        (plan(users=used(MILLION + 1, metric="monthly-unique-users")), "unknown"),
    ],
    ("bilibili-indextts2", "user_threshold"): [
        (plan(users=used(100 * MILLION)), "no"),
        (plan(users=used(100 * MILLION + 1)), "unknown"),
        (plan(users=used(100 * MILLION + 1, of="entity")), "yes"),
    ],
    ("bilibili-indextts2", "revenue_threshold"): [
        (plan(revenue=earned(100 * MILLION, "CNY")), "no"),
        (plan(revenue=earned(100 * MILLION + 1, "CNY")), "unknown"),
        (plan(revenue=earned(100 * MILLION + 1, "CNY", of="entity")), "yes"),
    ],
    **{
        (key, "rights"): [
            (plan(commercial=False, research=True), "no"),
            (plan(commercial=False, research=True, acts=(Act.REDISTRIBUTION,)), "unknown"),
            (plan(commercial=False, research=True, acts=(Act.EMBEDDING,)), "unknown"),
        ]
        for key in ("exaone-1.1-nc", "exaone-1.2-nc")
    },
    **{
        (key, "rights"): [
            (plan(commercial=False, acts=(Act.REDISTRIBUTION,)), "no"),
            (plan(commercial=False, acts=(Act.QUANTIZING, Act.REDISTRIBUTION)), "unknown"),
            (plan(commercial=False, acts=(Act.MERGING, Act.REDISTRIBUTION)), "yes"),
            (plan(commercial=False, acts=(Act.QUANTIZING, Act.FINE_TUNING, Act.REDISTRIBUTION)), "yes"),
        ]
        for key in RECORDS
        if key.startswith("cc-by") and "-nd-" in key
    },
    ("odc-by-1.0", "share_alike"): [
        (plan(), "no"),
        (plan(acts=(Act.REDISTRIBUTION,)), "no"),
        (plan(acts=(Act.FINE_TUNING, Act.REDISTRIBUTION)), "unknown"),
    ],
}
"""Uses on each side of every doubt, and whether the clause holds."""

EACH = [
    pytest.param(key, kind, use_case, applies, id=f"{key} {kind} {number} {applies}")
    for (key, kind), cases in CASES.items()
    for number, (use_case, applies) in enumerate(cases)
]


def test_every_doubt_has_its_cases():
    assert CASES.keys() == DOUBTED
    assert all("unknown" in {applies for _, applies in cases} for cases in CASES.values())


@pytest.mark.parametrize(("key", "kind", "use_case", "applies"), EACH)
def test_a_doubt_is_neither_blocked_nor_passed(judged, key, kind, use_case, applies):
    found = judged(key, use_case)
    clauses = RECORDS[key].clauses(kind)
    sections = {clause.section for clause in clauses}
    duties = [
        one
        for one in (*found.restrictions, *found.obligations)
        if one.section in sections and one.id.split(":")[0] in JUDGES[kind]
    ]
    assert applies in {one.applies for one in duties}
    if applies != "unknown":
        return
    whys = [doubt.why for clause in clauses for doubt in clause.doubts]
    (doubted,) = (one for one in duties if one.applies == "unknown")
    assert any(why in doubted.why for why in whys)
    reasons = [one for one in found.verdict.reasons if any(why in one for why in whys)]
    assert reasons
    rules = {one.rule for one in found.findings if one.message in reasons}
    assert rules <= JUDGES[kind]
    held = {one.rule for one in found.findings if one.severity == "error" and one.outcome == "finding"}
    assert held.isdisjoint(JUDGES[kind])
    assert found.verdict.verdict == ("blocked" if held else "review")


JUDGES = {
    "rights": {"terms/use-not-granted"},
    "user_threshold": {"terms/user-threshold", "duties/user-threshold"},
    "revenue_threshold": {"terms/revenue-threshold", "duties/revenue-threshold"},
    "share_alike": {"duties/share-alike"},
}


def test_an_answer_that_would_settle_it_is_asked_for(judged):
    found = judged(
        "stability-ai-community-2024", plan(commercial=None, revenue=earned(2 * MILLION), acts=(Act.MERGING,))
    )
    assert "State whether the use is commercial" in found.verdict.settle


def test_an_agreement_settles_it(judged):
    agreement = Agreement(license="lfm-1.0", reference="a contract")
    found = judged("lfm-1.0", plan(revenue=earned(10 * MILLION), agreements=(agreement,)))
    assert found.verdict.verdict == "allowed"


@pytest.mark.parametrize(
    ("parent", "relation", "outcome"),
    [
        ("cc-by-nd-4.0", "quantized", "unknown"),
        ("cc-by-nd-3.0", "quantized", "unknown"),
        ("cc-by-nd-4.0", "finetune", "conflict"),
        ("odc-by-1.0", "finetune", "unknown"),
    ],
)
def test_what_is_open_is_no_conflict(parent, relation, outcome):
    release = "odbl-1.0" if parent == "odc-by-1.0" else parent
    found = compatible([RECORDS[parent]], RECORDS[release], Relation(relation))
    assert found.outcome == outcome
    doubts = {
        doubt.why for kind in CLAUSE_KINDS for one in RECORDS[parent].clauses(kind) for doubt in one.doubts
    }
    assert (outcome == "unknown") == any(why in one.why for one in found.reasons for why in doubts)


def test_the_schema_knows_doubts():
    doubt = record_schema()["$defs"]["Doubt"]
    assert doubt["required"] == ["why"]
    assert {"comparator", "line", "counts", "commercial_only", "not_for"} < doubt["properties"].keys()


@pytest.mark.parametrize(
    ("doubt", "message"),
    [
        ("{comparator: at_least}", "it is the same as in the clause itself"),
        ("{line: 10000000}", "it is the same as in the clause itself"),
        ("{comparatr: at_least}", "did you mean 'comparator'"),
    ],
)
def test_a_mistake_in_a_doubt_is_named(tmp_path, doubt, message):
    text = (folder("licenses") / "records/lfm-1.0.yaml").read_text()
    path = tmp_path / "lfm-1.0.yaml"
    start = text.index("  doubts:\n")
    end = text.index("territory:")
    path.write_text(f"{text[:start]}  doubts: [{doubt[:-1]}, why: x}}]\n{text[end:]}")
    with pytest.raises(ConfigError, match=r"lfm-1\.0\.yaml") as caught:
        load_record(path)
    assert message in str(caught.value)


def test_a_doubt_names_only_what_the_clause_has(tmp_path):
    text = (folder("licenses") / "records/mit.yaml").read_text()
    path = tmp_path / "mit.yaml"
    path.write_text(
        text.replace("commercial_use:\n", "commercial_use:\n  doubts: [{counts: group, why: x}]\n")
    )
    with pytest.raises(ConfigError, match="such a clause has no counts that could be another one"):
        load_record(path)
