# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Each grade of each axis, each label, the tables, and what holds for every release."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scanner.model.base import Evidence
from scanner.model.conclusion import ConcludedLicense, EffectiveLicense, Licenses, Status
from scanner.model.license import (
    AcceptableUse,
    Catalogue,
    Category,
    CommercialUse,
    License,
    OutputTraining,
    Rights,
    TextStatus,
    UserThreshold,
)
from scanner.model.openness import Axis, Grade, Label, Presence
from scanner.model.reading import Facts, LegalText, Reading, Source
from scanner.model.release import Artifact, ArtifactKind, Component, Release, Unread
from scanner.openness import assess, components
from scanner.openness.components import component_signs
from scanner.openness.signs import LINE_LIMIT, LINES_LIMIT
from scanner.openness.subject import Subject
from scanner.openness.tables import accepted, compiled, signs_table, terms_table
from scanner.openness.terms import RANK

WEIGHTS, CODE, DATA, DOCS = Component


def record(key, category=Category.PERMISSIVE, *, read="read_full", **more):
    return License(
        key=key,
        name=key,
        family=key,
        category=category,
        source="https://example.org",
        text=TextStatus(status=read, source="here"),
        **more,
    )


USERS = UserThreshold(
    section="2",
    value=1_000_000,
    metric="monthly-active-users",
    comparator="greater_than",
    counts="group",
    measured="continuing",
    effect="license-needed",
)
RECORDS = (
    record("mit", spdx_id="MIT"),
    record("quay", osi_approved=True),
    record("plain"),
    record("seen", Category.SOURCE_AVAILABLE),
    record("unseen", read="not_read"),
    record("vague", Category.UNKNOWN),
    record("nc", Category.NON_COMMERCIAL),
    record("research", Category.RESEARCH_ONLY),
    record("rail", Category.RAIL),
    record("llama", Category.COMMUNITY),
    record("users", user_threshold=(USERS,)),
    record("shown", user_threshold=(replace(USERS, effect="display"),)),
    record("half", commercial_use=(CommercialUse(section="1", value="conditional"),)),
    record("uses", acceptable_use=(AcceptableUse(section="3", mode="embedded"),)),
    record("still", rights=(Rights(section="1", modify=False),)),
    record("outputs", output_training=(OutputTraining(section="4", value="prohibited"),)),
)
CATALOGUE = Catalogue(licenses={one.key: one for one in RECORDS}, names={}, tags={}, families=(), digest="0")


def concluded(component, *keys, expression=None, status=None, candidates=()):
    return ConcludedLicense(
        component=component,
        status=status or (Status.DECLARED if keys else Status.UNKNOWN),
        why="as the test says",
        keys=keys,
        expression=expression,
        candidates=candidates,
    )


def terms(weights=None, code=None, data=None, docs=None):
    pairs = ((WEIGHTS, weights), (CODE, code), (DATA, data), (DOCS, docs))
    return Licenses(
        concluded=tuple(
            one if isinstance(one, ConcludedLicense) else concluded(component, *([one] if one else []))
            for component, one in pairs
        )
    )


KINDS = {
    "safetensors": ArtifactKind.WEIGHTS,
    "gguf": ArtifactKind.WEIGHTS,
    "py": ArtifactKind.CODE,
    "sh": ArtifactKind.CODE,
    "ipynb": ArtifactKind.CODE,
    "parquet": ArtifactKind.DATA,
    "jsonl": ArtifactKind.DATA,
    "csv": ArtifactKind.DATA,
    "npz": ArtifactKind.DATA,
    "md": ArtifactKind.CARD,
    "json": ArtifactKind.OTHER,
    "pdf": ArtifactKind.OTHER,
}


def release(*paths, form=None, size=100):
    return Release(
        name="org/model",
        path=".",
        root="/nowhere",
        named_by="folder",
        artifacts=tuple(
            Artifact(path=path, kind=KINDS[path.rsplit(".", 1)[-1]], size=size, format=form) for path in paths
        ),
    )


def said(name, value="yes", source=Source.CARD):
    evidence = Evidence(path="README.md", reader="model-card", lines=(2, 2), key=name)
    return Reading(name=name, value=value, source=source, evidence=evidence)


def card(text, first_line=1):
    return LegalText(
        path="README.md", source=Source.CARD, text=text, sha256="0", encoding="utf-8", first_line=first_line
    )


def facts(*readings, body=None, unread=()):
    return Facts(readings=readings, texts=(card(body),) if body is not None else (), unread=unread)


def assessed(paths=("model.safetensors",), read=None, licenses=None, inherited=()):
    licenses = licenses or terms("mit")
    return assess(release(*paths), read or Facts(), licenses, CATALOGUE, inherited)


def graded(axis, *args, **named):
    return next(one for one in assessed(*args, **named).axes if one.axis is axis)


# --- weights ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "grade", "says"),
    [
        ("mit", Grade.OPEN, "approved by the Open Source Initiative"),
        ("quay", Grade.OPEN, "approved"),
        ("apache-2.0", Grade.OPEN, "approved"),  # no record, and on the list
        ("cc-by-4.0", Grade.OPEN, "open data licences"),
        ("openmdw-1.0", Grade.OPEN, "made for models"),
        ("openmdw-1.1", Grade.OPEN, "made for models"),
        ("plain", Grade.AVAILABLE, "on no list"),
        ("shown", Grade.AVAILABLE, "on no list"),
        ("seen", Grade.AVAILABLE, "no open licence"),
        ("nc", Grade.RESTRICTED, "no commercial use"),
        ("research", Grade.RESTRICTED, "research only"),
        ("rail", Grade.RESTRICTED, "forbids a list of uses"),
        ("llama", Grade.RESTRICTED, "who may use"),
        ("users", Grade.RESTRICTED, "number of users"),
        ("half", Grade.RESTRICTED, "commercial use"),
        ("uses", Grade.RESTRICTED, "list of uses"),
        ("still", Grade.RESTRICTED, "no modification"),
        ("outputs", Grade.RESTRICTED, "what outputs may train"),
        ("unseen", Grade.UNKNOWN, "not read"),
        ("vague", Grade.UNKNOWN, "no known kind"),
        ("never-heard-of", Grade.UNKNOWN, "no record"),
    ],
)
def test_weights_by_their_licence(key, grade, says):
    one = graded(Axis.WEIGHTS, licenses=terms(key))
    assert one.grade is grade
    assert says in one.why
    assert key in one.why
    assert one.evidence[0].path == "model.safetensors"


@pytest.mark.parametrize(
    ("status", "candidates", "grade"),
    [
        (Status.UNKNOWN, (), Grade.UNKNOWN),
        (Status.CONFLICT, ("mit", "quay"), Grade.UNKNOWN),
        (Status.CLOSEST, ("mit",), Grade.UNKNOWN),
        (Status.CONFLICT, ("mit", "llama"), Grade.RESTRICTED),
        (Status.UNKNOWN, ("rail", "llama"), Grade.RESTRICTED),
    ],
)
def test_weights_whose_terms_are_not_settled_are_never_open(status, candidates, grade):
    unsettled = concluded(WEIGHTS, status=status, candidates=candidates)
    one = graded(Axis.WEIGHTS, licenses=terms(unsettled))
    assert one.grade is grade
    assert "settled" in one.why


@pytest.mark.parametrize(
    ("keys", "expression", "grade"),
    [
        (("mit", "quay"), "MIT AND LicenseRef-quay", Grade.OPEN),
        (("mit", "nc"), "MIT AND LicenseRef-nc", Grade.RESTRICTED),
        (("mit", "nc"), "MIT OR LicenseRef-nc", Grade.OPEN),
        (("nc", "vague"), "LicenseRef-vague OR LicenseRef-nc", Grade.UNKNOWN),
        (("mit", "nc", "plain"), "MIT OR (LicenseRef-nc AND LicenseRef-plain)", Grade.RESTRICTED),
        (("mit", "nc"), None, Grade.RESTRICTED),
    ],
)
def test_several_licences(keys, expression, grade):
    conclusion = concluded(WEIGHTS, *keys, expression=expression)
    assert graded(Axis.WEIGHTS, licenses=terms(conclusion)).grade is grade


def test_no_weights_are_absent_here():
    one = graded(Axis.WEIGHTS, paths=("README.md",))
    assert one.grade is Grade.ABSENT
    assert one.why.startswith("no weights in this folder")


def test_an_index_names_weights_that_are_not_here():
    one = graded(Axis.WEIGHTS, paths=("README.md", "model.safetensors.index.json"))
    assert one.grade is Grade.ABSENT
    assert "model.safetensors.index.json names weights that are not here" in one.why


def test_a_pointer_is_a_published_file():
    here = assess(release("model.safetensors", form="lfs-pointer"), Facts(), terms("mit"), CATALOGUE)
    assert here.axes[0].grade is Grade.OPEN
    assert "pointers only" in here.axes[0].why


def test_nothing_concluded_at_all_is_unknown():
    assert graded(Axis.WEIGHTS, licenses=Licenses()).grade is Grade.UNKNOWN


@pytest.mark.parametrize("key", ["extra_gated_prompt", "extra_gated_fields", "gated"])
def test_the_gate_restricts_weights_code_and_data(key):
    files = ("model.safetensors", "modeling_x.py", "data/train.parquet", "README.md")
    everything = terms("mit", "mit", "mit", "mit")
    axes = assessed(files, facts(said(key), body="word " * 200), everything).axes
    grades = {one.axis: one.grade for one in axes}
    assert {grades[Axis.WEIGHTS], grades[Axis.INFERENCE_CODE], grades[Axis.TRAINING_DATA]} == {
        Grade.RESTRICTED
    }
    assert grades[Axis.DOCUMENTATION] is Grade.OPEN
    assert "let in" in axes[0].why


@pytest.mark.parametrize("value", [None, "false", ""])
def test_a_gate_that_stands_open_is_none(value):
    assert graded(Axis.WEIGHTS, read=facts(said("gated", value))).grade is Grade.OPEN


def test_the_hubs_word_on_the_gate_outweighs_the_cards():
    keys = said("extra_gated_prompt")
    closed = graded(Axis.WEIGHTS, read=facts(said("gated", "manual", source=Source.HUB)))
    assert closed.grade is Grade.RESTRICTED
    assert graded(Axis.WEIGHTS, read=facts(keys, said("gated", "no", source=Source.HUB))).grade is Grade.OPEN


@pytest.mark.parametrize(
    ("via", "key", "certain", "grade"),
    [
        ("meta/base", "llama", True, Grade.RESTRICTED),
        ("meta/base", "llama", False, Grade.RESTRICTED),
        ("org/base", "mit", True, Grade.OPEN),
        (None, "llama", True, Grade.OPEN),  # the release's own licences were concluded already
    ],
)
def test_what_is_inherited_counts(via, key, certain, grade):
    inherited = (EffectiveLicense(key=key, via=via, certain=certain, why="so"),)
    one = graded(Axis.WEIGHTS, inherited=inherited)
    assert one.grade is grade
    assert (grade is Grade.OPEN) or "meta/base" in one.why


# --- code and data ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "axis"),
    [
        ("modeling_x.py", Axis.INFERENCE_CODE),
        ("configuration_x.py", Axis.INFERENCE_CODE),
        ("inference.ipynb", Axis.INFERENCE_CODE),
        ("pretrained_utils.py", Axis.INFERENCE_CODE),
        ("restrain.py", Axis.INFERENCE_CODE),
        ("train.py", Axis.TRAINING_CODE),
        ("run_training.sh", Axis.TRAINING_CODE),
        ("scripts/finetune_lora.py", Axis.TRAINING_CODE),
        ("fine-tuning/main.py", Axis.TRAINING_CODE),
        ("trainer.py", Axis.TRAINING_CODE),
        ("pretrain/loop.py", Axis.TRAINING_CODE),
        ("eval/run.py", Axis.EVALUATION),
        ("evaluate_model.py", Axis.EVALUATION),
        ("eval_results.json", Axis.EVALUATION),
        ("all_results.json", Axis.EVALUATION),
        ("results/scores.csv", Axis.EVALUATION),
        ("data/part-1.csv", Axis.TRAINING_DATA),
        ("train.parquet", Axis.TRAINING_DATA),
        ("corpus.jsonl", Axis.TRAINING_DATA),
        ("tech_report.pdf", Axis.DOCUMENTATION),
    ],
)
def test_what_a_file_is_evidence_of(path, axis):
    grades = {one.axis: one for one in assessed((path,), licenses=terms("mit", "mit", "mit", "mit")).axes}
    assert grades.pop(axis).grade is Grade.OPEN
    assert {one.grade for one in grades.values()} == {Grade.ABSENT}


@pytest.mark.parametrize(
    "path",
    ["setup.py", "tests/test_train.py", "convert_to_gguf.py", "prepare_data.py", "samples/a.csv", "x.npz"],
)
def test_what_is_evidence_of_nothing(path):
    axes = assessed((path,), licenses=terms("mit", "mit", "mit", "mit")).axes
    assert {one.grade for one in axes} == {Grade.ABSENT}


@pytest.mark.parametrize(
    ("key", "grade"),
    [("mit", Grade.OPEN), ("plain", Grade.AVAILABLE), ("nc", Grade.RESTRICTED), (None, Grade.UNKNOWN)],
)
@pytest.mark.parametrize(
    ("path", "axis"),
    [
        ("modeling_x.py", Axis.INFERENCE_CODE),
        ("train.py", Axis.TRAINING_CODE),
        ("train.parquet", Axis.TRAINING_DATA),
    ],
)
def test_code_and_data_by_their_own_terms(path, axis, key, grade):
    """The licence of the weights settles nothing here."""
    one = graded(axis, paths=("model.safetensors", path), licenses=terms("mit", key, key))
    assert one.grade is grade
    assert path in one.why


CODE_LINK = "Our [training code](https://github.com/org/train) is public."


@pytest.mark.parametrize(
    ("body", "axis"),
    [
        (CODE_LINK, Axis.TRAINING_CODE),
        ("The code for pre-training: https://github.com/org/x", Axis.TRAINING_CODE),
        ("Code: https://github.com/org/x", Axis.INFERENCE_CODE),
        ("See [GitHub](https://github.com/org/x).", Axis.INFERENCE_CODE),
        ("We evaluate with https://github.com/org/harness", Axis.EVALUATION),
        ("Trained on https://huggingface.co/datasets/org/set", Axis.TRAINING_DATA),
    ],
)
def test_a_link_is_a_claim(body, axis):
    read = Facts(texts=(card(f"\n\n{body}", first_line=5),))
    one = graded(axis, read=read, licenses=terms("mit", "mit", "mit", "mit"))
    assert one.grade is Grade.UNKNOWN
    assert "points to it" in one.why
    assert [(evidence.lines, evidence.quote) for evidence in one.evidence] == [((7, 7), body)]


@pytest.mark.parametrize(
    "body",
    [
        "It was trained for a week.",
        "Fine-tuned from org/base.",
        "![logo](https://github.com/org/code/logo.png)",
        "Join https://example.org/training-code",
        "See https://huggingface.co/datasets/org/set",
    ],
)
def test_a_word_or_a_bare_link_is_no_evidence(body):
    read = facts(said("base_model", "org/base"), body=body)
    for axis in (Axis.INFERENCE_CODE, Axis.TRAINING_CODE, Axis.TRAINING_DATA, Axis.EVALUATION):
        assert graded(axis, read=read).grade is Grade.ABSENT


@pytest.mark.parametrize("key", ["datasets", "general.dataset.0.repo_url", "general.datasets"])
def test_named_data_is_a_claim(key):
    one = graded(Axis.TRAINING_DATA, read=facts(said(key, "org/set")), licenses=terms("mit", data="mit"))
    assert one.grade is Grade.UNKNOWN
    assert "org/set" in one.why
    assert one.evidence[0].key == key


def test_code_that_a_configuration_names_and_that_is_not_here_is_a_claim():
    named = facts(said("auto_map", source=Source.CONFIG))
    assert graded(Axis.INFERENCE_CODE, read=named).grade is Grade.UNKNOWN
    here = graded(Axis.INFERENCE_CODE, ("modeling_x.py",), named, terms("mit", "mit"))
    assert here.grade is Grade.OPEN


# --- evaluation and documentation ---------------------------------------------------------------------

LONG = "word " * 120


@pytest.mark.parametrize(
    ("docs", "grade"), [("mit", Grade.OPEN), (None, Grade.AVAILABLE), ("nc", Grade.RESTRICTED)]
)
def test_a_card_can_be_read_whatever_its_terms(docs, grade):
    one = graded(Axis.DOCUMENTATION, ("README.md",), facts(body=LONG), terms(docs=docs))
    assert one.grade is grade
    assert "120 words" in one.why


@pytest.mark.parametrize(
    ("body", "grade"),
    [
        ("Two words.", Grade.AVAILABLE),
        ("[More Information Needed]\n" * 200, Grade.ABSENT),
        ("", Grade.ABSENT),
    ],
)
def test_a_stub_is_never_open(body, grade):
    assert graded(Axis.DOCUMENTATION, ("README.md",), facts(body=body), terms(docs="mit")).grade is grade


def test_a_card_that_could_not_be_read_is_unknown():
    read = facts(unread=(Unread(path="README.md", reason="is no text"),))
    assert graded(Axis.DOCUMENTATION, ("README.md",), read).grade is Grade.UNKNOWN


def test_a_text_inside_the_front_matter_is_no_body():
    read = Facts(texts=(card(LONG, first_line=3), card("Short.", first_line=40)))
    assert "1 word " in graded(Axis.DOCUMENTATION, ("README.md",), read).why


@pytest.mark.parametrize(
    ("read", "grade"),
    [
        (facts(said("model-index")), Grade.AVAILABLE),
        (facts(body="## Evaluation\n\n| task | score |\n|--|--|\n| a | 71.3 |"), Grade.AVAILABLE),
        (facts(body="## Results\n\nMore information needed."), Grade.ABSENT),
        (facts(body="## Usage\n\nVersion 2."), Grade.ABSENT),
    ],
)
def test_evaluation_results(read, grade):
    assert graded(Axis.EVALUATION, read=read).grade is grade


def test_the_most_open_part_of_an_axis_decides():
    read = facts(said("model-index"))
    one = graded(Axis.EVALUATION, ("evaluate.py",), read, terms(code="mit", docs="nc"))
    assert one.grade is Grade.OPEN
    assert one.evidence[0].path == "evaluate.py"


# --- the label ----------------------------------------------------------------------------------------

ALL = ("model.safetensors", "modeling_x.py", "train.py", "train.parquet")


@pytest.mark.parametrize(
    ("paths", "licenses", "expected"),
    [
        (ALL, terms("mit", "mit", "mit"), Label.WEIGHTS_CODE_DATA),
        (ALL, terms("mit", "mit"), Label.WEIGHTS_AND_CODE),
        (ALL[:3], terms("mit", "mit", "mit"), Label.WEIGHTS_AND_CODE),
        (ALL[:2], terms("mit", "mit"), Label.WEIGHTS_AND_CODE),
        (("model.safetensors", "modeling_x.py", "train.parquet"), terms("mit", "mit", "mit"),
         Label.WEIGHTS_AND_CODE),
        (ALL, terms("mit"), Label.WEIGHTS_OPEN),
        (ALL[:1], terms("mit"), Label.WEIGHTS_OPEN),
        (ALL, terms("llama", "mit", "mit"), Label.WEIGHTS_RESTRICTED),
        (ALL, terms("plain", "mit", "mit"), Label.WEIGHTS_RESTRICTED),
        (ALL, terms(None, "mit", "mit"), Label.UNKNOWN),
        ((), terms(), Label.UNKNOWN),
        (("README.md", "train.py"), terms(None, "mit"), Label.UNKNOWN),
    ],
)  # fmt: skip
def test_label(paths, licenses, expected):
    result = assessed(paths, licenses=licenses)
    assert result.label is expected
    assert result.why


@pytest.mark.parametrize(
    "body",
    [
        "The weights are not released.",
        "Model weights will not be publicly released to the public",
        "We do not publish the weights.",
        "The model is available only through our API.",
    ],
)
def test_closed_on_the_word_of_the_card_alone(body):
    result = assessed(("README.md",), facts(body=f"# Card\n\n{body}"))
    assert result.label is Label.CLOSED
    assert "the card says that they are not published" in result.why
    assert [one.quote for one in result.axes[0].evidence] == [body]
    assert assessed(("model.safetensors",), facts(body=body)).label is Label.WEIGHTS_OPEN


@pytest.mark.parametrize(
    "body",
    [
        "A model for naming things.",
        "The weights are not available for commercial use.",
        "The weights are not released under an open licence.",
        "The parameters are not shared across layers.",
        "The weights are released. Data is not released.",
        "Use it through our API.",
    ],
)
def test_a_folder_without_weights_is_not_called_closed(body):
    result = assessed(("README.md",), facts(body=body))
    assert result.label is Label.UNKNOWN
    assert "says nothing about elsewhere" in result.why


def test_the_label_says_what_is_missing():
    assert "inference code: absent" in assessed().why
    assert "training data: unknown" in assessed(ALL, licenses=terms("mit", "mit")).why


def test_one_grade_for_each_axis_in_order():
    assert [one.axis for one in assessed().axes] == list(Axis)


# --- for every release --------------------------------------------------------------------------------

KEYS = st.sampled_from([one.key for one in RECORDS])
ANY_TERMS = st.tuples(*[st.one_of(st.none(), KEYS)] * 4)
FILES = st.sets(st.sampled_from([*ALL, "README.md", "eval.py", "x.csv", "paper.pdf"]))
LABELS = [
    Label.CLOSED,
    Label.WEIGHTS_RESTRICTED,
    Label.UNKNOWN,
    Label.WEIGHTS_OPEN,
    Label.WEIGHTS_AND_CODE,
    Label.WEIGHTS_CODE_DATA,
]


def with_records(change):
    licenses = {key: change(one) for key, one in CATALOGUE.licenses.items()}
    return replace(CATALOGUE, licenses=licenses)


RESTRICTIONS = st.sampled_from(
    [
        {"category": Category.NON_COMMERCIAL},
        {"category": Category.RAIL},
        {"category": Category.COMMUNITY},
        {"category": Category.RESEARCH_ONLY},
        {"user_threshold": (USERS,)},
        {"acceptable_use": (AcceptableUse(section="3", mode="embedded"),)},
        {"commercial_use": (CommercialUse(section="1", value="no"),)},
    ]
)


@given(FILES, ANY_TERMS, KEYS, RESTRICTIONS, st.booleans())
def test_restricting_a_licence_never_raises_a_grade_or_the_label(files, keys, restricted, change, choice):
    one_more = concluded(WEIGHTS, keys[0] or "mit", restricted, expression="A OR B" if choice else "A AND B")
    licenses = replace(terms(*keys), concluded=(one_more, *terms(*keys).concluded[1:]))
    paths = release(*sorted(files))
    before = assess(paths, facts(body=LONG), licenses, CATALOGUE)
    stricter = with_records(lambda one: replace(one, **change) if one.key == restricted else one)
    after = assess(paths, facts(body=LONG), licenses, stricter)
    for was, now in zip(before.axes, after.axes, strict=True):
        assert RANK[now.grade] <= RANK[was.grade]
    if Label.UNKNOWN not in {before.label, after.label}:  # unknown may turn out to be any of the others
        assert LABELS.index(after.label) <= LABELS.index(before.label)


@given(FILES, ANY_TERMS)
def test_unknown_terms_are_never_open(files, keys):
    nothing = Licenses(concluded=tuple(concluded(component) for component in Component))
    for one in assess(release(*sorted(files)), facts(body=LONG), nothing, CATALOGUE).axes:
        assert one.grade is not Grade.OPEN
    known = assess(release(*sorted(files)), facts(body=LONG), terms(*keys), CATALOGUE)
    assert all(one.why for one in known.axes)
    assert all(one.evidence for one in known.axes if one.grade is not Grade.ABSENT)


@given(st.text(), st.text(max_size=30), st.text(max_size=30))
def test_whatever_stands_in_a_card(body, key, value):
    read = facts(said(key, value), said("datasets", value), body=body)
    result = assess(release("model.safetensors", "README.md"), read, terms("mit"), CATALOGUE)
    assert len(result.axes) == len(Axis)


# --- the tables ---------------------------------------------------------------------------------------


def test_every_category_has_a_grade_that_is_not_open():
    grades = {category: one.grade for category, one in terms_table().categories.items()}
    assert set(grades) == set(Category)
    assert Grade.OPEN not in grades.values()


def test_every_limit_speaks_of_a_field_and_values_that_a_clause_can_have():
    fields = License.__annotations__
    for limit in terms_table().clauses:
        (clause, *_), _ = fields[limit.kind].__args__[0].__args__, None
        assert limit.field is None or limit.field in clause.__struct_fields__
        allowed = str(clause.__annotations__[limit.field]) if limit.field else ""
        assert all(str(value) in allowed or isinstance(value, bool) for value in limit.values), limit


@pytest.mark.parametrize(
    ("key", "is_accepted"),
    [
        ("mit", True),
        ("gpl-3.0", True),
        ("agpl-3.0-or-later", True),
        ("cdla-permissive-2.0", True),
        ("pddl-1.0", True),
        ("cc-by-nc-4.0", False),
        ("cc-by-nd-4.0", False),
        ("llama-3.1", False),
        ("busl-1.1", False),
        ("cc-by-3.0-igo", True),
    ],
)
def test_the_accepted_licences(key, is_accepted):
    assert (key in accepted()) is is_accepted


def test_every_pattern_of_the_signs_compiles():
    table = signs_table()
    for sign in (*table.code, *table.data, *table.other, *table.links):
        compiled(sign.pattern)


# --- empty files --------------------------------------------------------------------------------------

CLASS_THREE = ("model.safetensors", "technical_report.pdf", "modeling_x.py", "train.py", "eval.py")


@pytest.mark.parametrize(("size", "here"), [(0, False), (31, False), (32, True)])
def test_an_empty_file_is_no_evidence(size, here):
    held = release(*CLASS_THREE, size=size)
    weights = replace(held.artifacts[0], size=1_000)
    held = replace(held, artifacts=(weights, *held.artifacts[1:]))
    found = assess(held, Facts(), terms("mit", "mit", "mit", "mit"), CATALOGUE)
    assert (found.label is Label.WEIGHTS_AND_CODE) is here
    axes = {one.axis: one for one in found.axes}
    for axis in (Axis.INFERENCE_CODE, Axis.TRAINING_CODE, Axis.EVALUATION, Axis.DOCUMENTATION):
        assert (axes[axis].grade is Grade.ABSENT) is not here
        assert ("is empty" in axes[axis].why) is not here
    states = {one.id: one for one in found.mof.components}
    for id_ in ("technical-report", "model-architecture", "training-code", "evaluation-code"):
        assert states[id_].presence is (Presence.HERE if here else Presence.NOT_FOUND)
        assert states[id_].why.endswith("is empty") is not here


def test_empty_weights_are_none():
    found = assess(release("model.safetensors", size=0), Facts(), terms("mit"), CATALOGUE)
    assert found.axes[0].grade is Grade.ABSENT
    assert "model.safetensors is empty" in found.axes[0].why
    assert found.label is Label.UNKNOWN


def test_a_pointer_to_code_is_called_one():
    held = release("train.py", form="lfs-pointer")
    found = assess(held, Facts(), terms("mit", "mit"), CATALOGUE)
    assert "a pointer only" in next(one for one in found.axes if one.axis is Axis.TRAINING_CODE).why


@pytest.mark.parametrize(
    ("value", "key", "grade", "says"),
    [
        ("restricted", "mit", Grade.RESTRICTED, "only for some uses"),
        ("reserved", "mit", Grade.UNKNOWN, "keeps all rights"),
        ("restricted", None, Grade.RESTRICTED, "only for some uses"),
        ("reserved", "nc", Grade.RESTRICTED, "no commercial use"),
    ],
)
def test_a_header_that_restricts_goes_before_the_licence_file(value, key, grade, says):
    line = Evidence(path="modeling_x.py", reader="spdx-header", lines=(2, 2), quote="as it stands")
    read = Facts(readings=(Reading(name="header-terms", value=value, source=Source.CODE, evidence=line),))
    paths = ("model.safetensors", "modeling_x.py")
    found = assess(release(*paths), read, terms("mit", key), CATALOGUE)
    one = next(one for one in found.axes if one.axis is Axis.INFERENCE_CODE)
    assert one.grade is grade
    assert says in one.why
    assert line in one.evidence
    assert found.label is Label.WEIGHTS_OPEN
    assert not next(one for one in found.mof.components if one.id == "inference-code").accepted
    assert found.axes[0].grade is Grade.OPEN


# --- hostile cards ------------------------------------------------------------------------------------


def test_no_pattern_for_links_looks_over_a_whole_line_from_every_character():
    patterns = [sign.says for sign in (*component_signs().links, *signs_table().links)]
    assert any(".*" in one for one in patterns)
    assert all(one.startswith((r"\A", "^")) for one in patterns if ".*" in one)


def test_a_card_of_links_is_looked_at_line_by_line_and_up_to_a_bound(monkeypatch):
    looked = []
    monkeypatch.setattr(components, "_link", lambda line, _: looked.append(len(line)) or ())
    body = ("https://github.com/a/b " * 200 + "\n") * (LINES_LIMIT + 500)
    subject = Subject(release=release(), facts=facts(body=body), licenses=terms("mit"), catalogue=CATALOGUE)
    assert not list(components._links(subject))
    assert len(looked) == LINES_LIMIT
    assert max(looked) == LINE_LIMIT
