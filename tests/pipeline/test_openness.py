# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Openness of whole folders: components, classes, lists of author and reviewer, policy, the finding."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.config import Config
from scanner.model.finding import Outcome
from scanner.model.openness import CheckOutcome, Label, MofClass, Presence
from scanner.model.policy import OpennessMinimum, Policy
from scanner.openness.mof import mof_table
from scanner.openness.mof_file import classified, parse_mof
from scanner.pipeline import scan
from scanner.render.openness import mof_yaml

WORDS = "The model answers questions of many kinds and was measured with care by its makers. " * 12
CARD = f"""---
license: {{license}}
---
# Quoll

{WORDS}

## Training data

{WORDS}

## Evaluation

| task | score |
|---|---|
| one | 71.5 |
"""
CODE = "# SPDX-License-Identifier: Apache-2.0\n"
TEXTS = {"apache-2.0": "Apache-2.0", "cc-by-nc-4.0": "CC-BY-NC-4.0"}


def weights(path):
    header = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))


def release(folder, *, license_="apache-2.0", card=CARD, **files):
    folder.mkdir(parents=True, exist_ok=True)
    weights(folder / "model.safetensors")
    (folder / "README.md").write_text(card.replace("{license}", license_), encoding="utf-8")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def one(knowledge):
    def call(folder, *, policy=None, reviews=()):
        config = Config(policy=policy or Policy())
        report = scan([folder], knowledge, config, as_of="2026-11-25", step=lambda *_: None, reviews=reviews)
        return report.releases[0]

    return call


def states(found):
    return {state.id: state for state in found.openness.mof.components}


def test_components_by_their_files_sections_and_links(tmp_path, one):
    card = CARD + (
        "\nTraining code: https://github.com/acme/quoll-train\n"
        "\nIt was trained on https://huggingface.co/datasets/acme/pond\n"
        "\nThe paper: https://arxiv.org/abs/2501.00001\n"
    )
    folder = release(
        tmp_path / "quoll",
        card=card,
        **{
            "modeling_quoll.py": CODE,
            "evaluate.py": CODE,
            "prepare_data.py": CODE,
            "requirements.txt": "numpy\n",
            "technical_report.pdf": "%PDF-1.7 a report of what was done and how" * 2,
            "trainer_state.json": "{}",
        },
    )
    weights(folder / "checkpoint-500/model.safetensors")
    found = states(one(folder))
    here = {id_ for id_, state in found.items() if state.presence is Presence.HERE}
    assert here == {
        "model-architecture",
        "inference-code",
        "evaluation-code",
        "data-preprocessing-code",
        "supporting-libraries",
        "technical-report",
        "model-metadata",
        "model-parameters-final",
        "model-parameters-intermediate",
        "model-card",
        "data-card",
        "evaluation-results",
    }
    elsewhere = {id_: state.path for id_, state in found.items() if state.presence is Presence.ELSEWHERE}
    assert elsewhere == {
        "training-code": "github.com/acme/quoll-train",
        "datasets": "huggingface.co/datasets/acme/pond",
        "research-paper": "arxiv.org/abs/2501.00001",
    }
    assert not any(found[id_].accepted for id_ in elsewhere)
    assert all(state.evidence for state in found.values() if state.presence is not Presence.NOT_FOUND)
    assert found["model-parameters-final"].conditional


@pytest.mark.parametrize(
    "words",
    ["base_model: acme/other", "It was trained for a long time.", "We train with care.", "See our training."],
)
def test_a_base_model_and_the_word_train_are_evidence_of_nothing(tmp_path, one, words):
    front = words if words.startswith("base_model") else "language: en"
    card = f"---\nlicense: apache-2.0\n{front}\n---\n# Quoll\n\n{words}\n"
    found = states(one(release(tmp_path / "quoll", card=card)))
    assert found["training-code"].presence is Presence.NOT_FOUND
    assert found["datasets"].presence is Presence.NOT_FOUND


def test_a_stub_is_no_model_card(tmp_path, one):
    found = states(one(release(tmp_path / "quoll", card="---\nlicense: mit\n---\nA model.\n")))
    assert found["model-card"].presence is Presence.NOT_FOUND


def test_a_heading_says_what_a_data_set_below_it_is_for(tmp_path, one):
    link = "- https://huggingface.co/datasets/acme/pond\n"
    train = one(release(tmp_path / "a/quoll", card=f"{CARD}\n## Training data sets\n\n{link}"))
    other = one(release(tmp_path / "b/quoll", card=f"{CARD}\n## Pictures\n\n{link}"))
    assert states(train)["datasets"].presence is Presence.ELSEWHERE
    assert states(other)["datasets"].presence is Presence.NOT_FOUND


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("Evaluation datasets", WORDS),
        ("Loading with datasets", WORDS),
        ("Training data", "```python\n" + WORDS + "\n```"),
        ("Training data", "To be written."),
    ],
)
def test_a_section_that_describes_no_training_data_is_no_data_card(tmp_path, one, heading, body):
    card = f"---\nlicense: mit\n---\n# Quoll\n\n{WORDS}\n\n## {heading}\n\n{body}\n"
    assert states(one(release(tmp_path / "quoll", card=card)))["data-card"].presence is Presence.NOT_FOUND


def test_thanks_claim_nothing(tmp_path, one):
    card = f"{CARD}\nWe thank the authors of the evaluation code https://github.com/others/bench\n"
    assert (
        states(one(release(tmp_path / "quoll", card=card)))["evaluation-code"].presence is Presence.NOT_FOUND
    )


MOF = """framework: {{name: Model Openness Framework, version: '1.0', date: '2024-12-15'}}
release:
  name: {name}
  license: {{distribution: {{name: {license}}}}}
  components:
{components}"""


def mof(name, license_, ids=None):
    chosen = [component for component in mof_table().components if ids is None or component.id in ids]
    lines = "".join(f"    - name: {component.name}\n" for component in chosen)
    return MOF.format(name=name, license=license_, components=lines)


def test_the_author_s_list_is_a_claim(tmp_path, one):
    folder = release(tmp_path / "quoll", **{"MOF.yml": mof("quoll", "Apache-2.0")})
    assessed = one(folder).openness.mof
    assert assessed.claimed.reached is MofClass.I
    assert "a claim" in assessed.claimed.why
    assert assessed.reached is None
    listed = {state.id: state for state in assessed.components}["training-code"]
    assert (listed.presence, listed.accepted) == (Presence.ELSEWHERE, False)
    assert "MOF.yml" in listed.why


def test_a_broken_list_of_the_author_is_told_and_harms_nothing(tmp_path, one):
    folder = release(tmp_path / "quoll", **{"MOF.yml": "framework: [\n"})
    claimed = one(folder).openness.mof.claimed
    assert claimed.reached is None
    assert claimed.why.startswith("MOF.yml:")


def test_a_reviewer_s_list_takes_the_place_of_what_was_found(tmp_path, one):
    folder = release(tmp_path / "quoll")
    review = parse_mof(mof("Quoll", "Apache-2.0"), Path("review.yml"))
    found = one(folder, reviews=[review])
    assert found.openness.mof.reached is MofClass.I
    assert states(found)["training-code"].presence is Presence.REVIEWED
    assert found.openness.label is one(folder).openness.label
    lower = parse_mof(mof("Quoll", "CC-BY-NC-4.0"), Path("review.yml"))
    assert not any(state.accepted for state in one(folder, reviews=[lower]).openness.mof.components)


def test_a_review_of_another_release_is_not_applied_and_told(tmp_path, knowledge):
    for name in ("quoll", "marmot"):
        release(tmp_path / name)
    reviews = [parse_mof(mof(name, "MIT"), Path("a.yml")) for name in ("Quoll", "Wombat")]
    report = scan([tmp_path], knowledge, Config(), as_of="2026-11-25", step=lambda *_: None, reviews=reviews)
    reached = {one.name: one.openness.mof.reached for one in report.releases}
    assert reached == {"marmot": None, "quoll": MofClass.I}
    assert [one.path for one in report.not_checked if "fits no release" in one.reason] == ["Wombat"]


FILES = {
    "LICENSE": None,
    "modeling_quoll.py": CODE,
    "train.py": CODE,
    "evaluate.py": CODE,
    "prepare_data.py": CODE,
    "technical_report.pdf": "%PDF-1.7 a report of what was done and how" * 2,
    "data/train.jsonl": '{"a": 1}\n',
    "requirements.txt": "numpy\n",
}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.sets(st.sampled_from(sorted(FILES))), more=st.sampled_from(sorted(FILES)))
def test_a_further_file_never_lowers_a_class_and_a_stricter_licence_never_raises_one(
    tmp_path_factory, one, corpus, files, more
):
    text = next((corpus / "licences").rglob("*pache*"), None)
    apache = text.read_text(errors="replace") if text and text.is_file() else "x"
    order = [None, *MofClass]

    def reached(names, license_):
        given_ = {name: FILES[name] or apache for name in names}
        folder = release(tmp_path_factory.mktemp("a") / "quoll", license_=license_, **given_)
        found = one(folder)
        accepted = sum(state.accepted for state in found.openness.mof.components)
        return order.index(found.openness.mof.reached), accepted, found

    before, counted, found = reached(files, "apache-2.0")
    after, counted_more, _ = reached(files | {more}, "apache-2.0")
    assert after >= before
    assert counted_more >= counted
    stricter, fewer, _ = reached(files, "cc-by-nc-4.0")
    assert stricter <= before
    assert fewer <= counted
    draft = mof_yaml(found, scan_frameworks())
    assert order.index(classified(parse_mof(draft, Path("a.yml"))).reached) <= before


def scan_frameworks():
    from scanner.openness import frameworks

    return frameworks()


def test_the_draft_for_the_tool_counts_what_counts_here(tmp_path, one):
    folder = release(tmp_path / "quoll", **{"modeling_quoll.py": CODE, "train.py": CODE})
    found = one(folder)
    file = parse_mof(mof_yaml(found, scan_frameworks()), Path("a.yml"))
    counted = {state.id for state in classified(file).components if state.accepted}
    assert counted == {state.id for state in found.openness.mof.components if state.accepted}


GATED = (
    "---\nlicense: apache-2.0\nextra_gated_fields:\n  Country: country\n  Date of birth: date_picker\n---\n"
)


def checks(found, test="eu_ai_act"):
    return {check.id: check for check in getattr(found.openness, test).checks}


def test_a_gate_is_a_matter_for_review_and_counts_as_no_open_component(tmp_path, one):
    found = one(release(tmp_path / "quoll", card=GATED + WORDS))
    assert checks(found)["access"].outcome is CheckOutcome.REVIEW
    assert checks(found)["monetisation"].outcome is CheckOutcome.REVIEW
    assert checks(found, "osaid")["freedoms"].outcome is CheckOutcome.REVIEW
    assert not states(found)["model-parameters-final"].accepted
    assert found.openness.osaid.outcome == "cannot-be-met"
    draft = mof_yaml(found, scan_frameworks())
    assert "Apache-2.0 with further conditions" in draft
    assert not any(state.accepted for state in classified(parse_mof(draft, Path("a.yml"))).components)


def test_the_gate_against_europe_speaks_against_the_exemption(tmp_path, one):
    card = "---\nlicense: apache-2.0\nextra_gated_eu_disallowed: true\n---\n" + WORDS
    found = one(release(tmp_path / "quoll", card=card))
    assert checks(found)["access"].outcome is CheckOutcome.AGAINST
    assert "(paragraph 79)" in found.openness.eu_ai_act.why


def test_non_commercial_terms_speak_against_both(tmp_path, one):
    found = one(release(tmp_path / "quoll", license_="cc-by-nc-4.0"))
    assert checks(found)["non-commercial"].outcome is CheckOutcome.AGAINST
    assert "paragraph 83" in found.openness.eu_ai_act.why
    assert found.openness.osaid.outcome == "cannot-be-met"
    assert checks(found)["copyright-policy"].outcome is CheckOutcome.NOT_FOUND


def test_what_stays_due_is_found_in_the_card(tmp_path, one):
    card = CARD + "\nOur copyright policy is at example.org. A summary of training content is beside it.\n"
    found = one(release(tmp_path / "quoll", card=card))
    assert checks(found)["copyright-policy"].outcome is CheckOutcome.FOUND
    assert checks(found)["training-content-summary"].outcome is CheckOutcome.FOUND


def findings(found, rule):
    return [finding for finding in found.findings if finding.rule == rule]


def test_the_policy_demands_a_minimum(tmp_path, one):
    folder = release(tmp_path / "quoll", license_="cc-by-nc-4.0")
    policy = Policy(openness=OpennessMinimum(weights="open"), mof=MofClass.III)
    found = one(folder, policy=policy)
    (finding,) = findings(found, "policy/openness-minimum")
    assert finding.outcome is Outcome.FINDING
    assert "weights is restricted" in finding.message
    assert "class III is wanted" in finding.message
    assert found.verdict == "blocked"
    at_least = Policy(openness=OpennessMinimum(weights="restricted", documentation="available"))
    assert not findings(one(folder, policy=at_least), "policy/openness-minimum")
    assert not findings(one(folder), "policy/openness-minimum")


def test_terms_that_are_not_settled_leave_the_minimum_unknown(tmp_path, one):
    folder = release(tmp_path / "quoll", card=WORDS)
    found = one(folder, policy=Policy(openness=OpennessMinimum(weights="open")))
    (finding,) = findings(found, "policy/openness-minimum")
    assert finding.outcome is Outcome.UNKNOWN


def test_a_card_that_calls_a_restricted_model_open_source_is_told(tmp_path, one):
    card = CARD + "\nQuoll is a fully open-source model.\n"
    found = one(release(tmp_path / "quoll", license_="cc-by-nc-4.0", card=card))
    (finding,) = findings(found, "evidence/open-source-claim")
    assert finding.outcome is Outcome.FINDING
    assert "cannot be met because" in finding.message
    assert "fully open-source model" in finding.message
    assert finding.evidence == found.openness.calls_itself_open
    clean = one(release(tmp_path / "b/quoll", license_="cc-by-nc-4.0"))
    assert not findings(clean, "evidence/open-source-claim")


def test_a_full_release_is_no_washing(tmp_path, one, corpus):
    text = (corpus / "corpus/EleutherAI__pythia-12b/LICENSE").read_text()
    said = "The dataset is licensed under Apache-2.0. The documentation is licensed under Apache-2.0."
    card = f"{CARD}\nQuoll is a fully open-source model.\n\n{said}\n"
    files = {name: FILES[name] or text for name in FILES}
    found = one(release(tmp_path / "quoll", card=card, **files))
    assert found.openness.label is Label.WEIGHTS_CODE_DATA, found.openness.why
    assert found.openness.mof.reached is MofClass.III
    assert not findings(found, "evidence/open-source-claim")


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        ("", True),
        ("For non-commercial use only.", False),
        ("The weights may be used commercially, too.", True),
    ],
)
def test_words_of_the_card_that_bar_uses_keep_weights_from_being_open(tmp_path, one, words, open_):
    found = one(release(tmp_path / "quoll", card=f"{CARD}\n{words}\n"))
    (grade,) = (axis.grade for axis in found.openness.axes if axis.axis == "weights")
    assert (grade == "open") is open_
    assert ("open terms" in found.openness.label) is open_
    checks = found.openness.eu_ai_act.checks
    against = {check.id: check.evidence for check in checks if check.outcome is CheckOutcome.AGAINST}
    assert ("non-commercial" in against) is not open_
    assert all(
        one.path == "README.md" and "commercial" in one.quote for one in against.get("non-commercial", ())
    )


def test_a_review_that_names_another_release_is_told_when_it_is_taken_for_the_only_one(tmp_path, knowledge):
    folder = release(tmp_path / "quoll")
    reviews = [parse_mof(mof("Wombat", "MIT"), Path("a.yml"))]
    report = scan([folder], knowledge, Config(), as_of="2026-11-25", step=lambda *_: None, reviews=reviews)
    assert report.releases[0].openness.mof.reached is MofClass.I
    assert [one.path for one in report.not_checked if "names another release" in one.reason] == ["Wombat"]
