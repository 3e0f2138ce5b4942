# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a verdict means: the product's own table, and the stories of the examples, each in one line."""

from pathlib import Path

import pytest

from scanner.config import load_use_case
from scanner.model.conclusion import Status
from scanner.model.finding import VerdictWord
from scanner.model.license import Act
from scanner.model.policy import Policy
from scanner.model.release import Component
from scanner.model.report import Report
from scanner.model.usecase import Agreement, UseCase, UserCount

EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTED = load_use_case(EXAMPLES / "use-cases/hosted-2m-germany.yml")


def only(report: Report):
    (release,) = report.releases
    return release


def rules(release) -> set[str]:
    return {finding.rule for finding in release.findings}


@pytest.fixture
def made(tmp_path, scanned):
    """Scan one release made of a card's front matter and files."""

    def call(front: str, *, use_cases=(), policy=None, **files: str):
        folder = tmp_path / "org" / "model"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "README.md").write_text(f"---\n{front}\n---\n\n# A model\n")
        for name, text in files.items():
            (folder / name).write_text(text)
        return only(scanned(folder, use_cases=use_cases, policy=policy))

    return call


@pytest.fixture
def text(corpus):
    """Give the text of a real licence by its key, read where it is."""
    return lambda key: (corpus / "licences" / f"{key}.txt").read_text(encoding="utf-8")


@pytest.mark.corpus
def test_apache_by_tag_and_text(made, text):
    files = {"LICENSE": text("apache-2.0")}
    free = made("license: apache-2.0", **files)
    assert free.verdict is VerdictWord.CONDITIONAL
    assert free.licenses.of(Component.WEIGHTS).status is Status.TEXT
    redistribution = {duty.id.split(":")[0] for duty in free.obligations if duty.applies == "yes"}
    wanted = {"duties/license-copy", "duties/state-changes", "duties/notice-other"}
    assert redistribution == wanted
    with_notice = made("license: apache-2.0", NOTICE="Made by us.", **files)
    assert {one.satisfied for one in with_notice.obligations if one.id.startswith("duties/notice-file")} == {
        "yes"
    }
    assert {duty.triggered_by for duty in free.obligations if duty.applies == "yes"} == {
        (Act.REDISTRIBUTION,)
    }
    assert made("license: apache-2.0", use_cases=(HOSTED,), **files).verdict is VerdictWord.ALLOWED


def test_apache_by_tag_alone(made):
    free = made("license: apache-2.0")
    assert free.verdict is VerdictWord.CONDITIONAL
    assert any(reason.startswith("No licence text in the release") for reason in free.verdicts[0].reasons)
    hosted = made("license: apache-2.0", use_cases=(HOSTED,))
    assert hosted.verdict is VerdictWord.ALLOWED
    assert any(reason.startswith("No licence text in the release") for reason in hosted.verdicts[0].reasons)


@pytest.mark.corpus
def test_llama_in_order(made, corpus, text):
    files = {
        "LICENSE": text("llama-3.1"),
        "USE_POLICY.md": text("aup-llama3_1"),
        "config.json": '{"architectures": ["LlamaForCausalLM"], "model_type": "llama"}',
    }
    front = "license: llama3.1\npipeline_tag: text-generation"
    assumed = made(front, **files)
    assert assumed.verdict is VerdictWord.REVIEW
    assert assumed.verdicts[0].because == ("answer-missing",)
    (settle,) = assumed.verdicts[0].settle
    assert "affiliates in the month 2024-06" in settle
    hosted = made(front, use_cases=(HOSTED,), **files)
    assert hosted.verdict is VerdictWord.CONDITIONAL
    applying = {duty.id.split(":")[0] for duty in hosted.obligations if duty.applies == "yes"}
    assert applying == {"duties/acceptable-use", "duties/display-phrase"}
    (threshold,) = (duty for duty in hosted.restrictions if duty.id.startswith("terms/user-threshold"))
    assert threshold.applies == "no"
    (place,) = threshold.evidence
    assert (place.path, place.lines) == ("LICENSE", (32, 32))
    assert "700 million" in place.quote


@pytest.mark.corpus
@pytest.mark.parametrize("use_cases", [(), (HOSTED,)])
def test_llama_text_under_an_apache_tag(made, text, use_cases):
    release = made("license: apache-2.0", use_cases=use_cases, LICENSE=text("llama-3.1"))
    assert release.verdict is VerdictWord.REVIEW
    assert "evidence/tag-and-text-disagree" in rules(release)
    assert release.licenses.of(Component.WEIGHTS).status is Status.CONFLICT
    assert release.licenses.of(Component.WEIGHTS).keys == ()
    assert {one.key for one in release.effective} == {"apache-2.0", "llama-3.1"}


@pytest.mark.parametrize("use_cases", [(), (HOSTED,)])
def test_mit_tagged_fine_tune_of_llama(made, use_cases):
    release = made("license: mit\nbase_model: meta-llama/Llama-3.1-8B", use_cases=use_cases)
    assert release.verdict is VerdictWord.REVIEW
    assert "lineage/terms-not-carried" in rules(release)
    assert ("llama-3.1", "meta-llama/Llama-3.1-8B") in {(one.key, one.via) for one in release.effective}


@pytest.mark.parametrize("use_cases", [(), (HOSTED,)])
def test_non_commercial(made, use_cases):
    release = made("license: cc-by-nc-4.0", use_cases=use_cases)
    assert release.verdict is VerdictWord.BLOCKED
    assert release.verdicts[0].because == ("terms",)


@pytest.mark.parametrize("use_cases", [(), (HOSTED,)])
def test_no_licence_and_an_unknown_text(made, use_cases):
    assert made("pipeline_tag: text-generation", use_cases=use_cases).verdict is VerdictWord.REVIEW
    strange = "Model Licence of the Lighthouse\n\n" + "Whoever tends the lamp may burn the oil. " * 40
    release = made("license: other", use_cases=use_cases, LICENSE=strange)
    assert release.verdict is VerdictWord.REVIEW
    assert rules(release) >= {"evidence/text-not-recognised"}


def test_a_family_tag_is_judged_by_the_strictest_that_may_bind(made):
    release = made("license: cc")
    weights = release.licenses.of(Component.WEIGHTS)
    assert weights.status is Status.UNKNOWN
    assert "cc-by-nc-4.0" in weights.candidates
    assert release.verdict is VerdictWord.BLOCKED


def test_what_terms_forbid_and_what_our_policy_forbids_are_not_mixed_up(made):
    release = made("license: mit", policy=Policy(deny=("permissive",)))
    assert release.verdict is VerdictWord.BLOCKED
    assert release.verdicts[0].because == ("policy",)
    listed = made("license: mit", policy=Policy(allow=("apache-2.0",)))
    assert rules(listed) >= {"policy/not-allowed"}
    text_wanted = made("license: mit", policy=Policy(require=("licence-text",)))
    assert text_wanted.verdict is VerdictWord.REVIEW


def test_an_agreement_lifts_what_it_is_about(made):
    plan = UseCase(id="a", commercial=True, acts=(Act.INTERNAL_USE,), agreements=())
    agreed = {"agreements": [{"license": "cc-by-nc-4.0", "reference": "contract 7"}]}
    import msgspec

    with_agreement = msgspec.convert({**msgspec.to_builtins(plan), **agreed}, UseCase)
    assert made("license: cc-by-nc-4.0", use_cases=(plan,)).verdict is VerdictWord.BLOCKED
    assert made("license: cc-by-nc-4.0", use_cases=(with_agreement,)).verdict is VerdictWord.ALLOWED


@pytest.mark.parametrize(
    ("users", "verdict"),
    [
        (UserCount(of="group", month="2024-06", value=700_000_001), VerdictWord.BLOCKED),
        (UserCount(of="group", month="2024-06", value=700_000_000), VerdictWord.CONDITIONAL),
        (UserCount(of="group", month="2025-06", value=900_000_000), VerdictWord.REVIEW),
        (UserCount(of="product", month="2024-06", value=10), VerdictWord.REVIEW),
        (UserCount(of="product", month="2024-06", value=900_000_000), VerdictWord.BLOCKED),
    ],
)
def test_the_700_million_clause(made, users, verdict):
    plan = UseCase(id="a", commercial=False, acts=(Act.HOSTED_SERVICE,), users=(users,), deployment=("US",))
    assert made("license: llama3.1", use_cases=(plan,)).verdict is verdict


@pytest.mark.parametrize(
    ("task", "country", "verdict"),
    [
        ("text-generation", "DE", VerdictWord.CONDITIONAL),
        ("image-text-to-text", "DE", VerdictWord.BLOCKED),
        ("image-text-to-text", "US", VerdictWord.CONDITIONAL),
        ("depth-estimation", "DE", VerdictWord.REVIEW),
    ],
)
def test_the_european_union_and_multimodal_llamas(made, task, country, verdict):
    users = (UserCount(of="group", month="any", value=10),)
    plan = UseCase(id="a", commercial=True, acts=(Act.HOSTED_SERVICE,), users=users, establishment=country)
    assert made(f"license: llama3.2\npipeline_tag: {task}", use_cases=(plan,)).verdict is verdict


STORIES = {
    "01-clean-apache": ("conditional", "allowed", "No licence text in the release"),
    "02-community-in-order": ("review", "conditional", "5,000,000 monthly active users"),
    "03-community-text-apache-tag": ("review", "review", "Declared and detected licence disagree"),
    "04-community-text-one-number-changed": ("review", "review", "line 9: a number differs, “3,000,000”"),
    "05-llama-fine-tune-tagged-mit": ("review", "review", "does not state llama-3.1"),
    "06-no-license": ("review", "review", "No licence is stated for the weights"),
    "07-non-commercial": ("blocked", "blocked", "permits no commercial use"),
    "08-gguf-quantization": ("conditional", "allowed", "No licence text in the release"),
    "09-adapter": ("review", "conditional", "700,000,000 monthly active users"),
    "10-merge": ("blocked", "blocked", "through CohereForAI/c4ai-command-r-v01"),
    "11-pipeline": ("conditional", "conditional", "keep to the use policy"),
}


def test_each_story_says_the_right_thing_in_one_line(scanned):
    assumed = scanned(EXAMPLES / "models")
    hosted = scanned(EXAMPLES / "models", use_cases=(HOSTED,))
    said = {
        one.path: (one.verdict.value, other.verdict.value, " ".join(one.verdicts[0].reasons))
        for one, other in zip(assumed.releases, hosted.releases, strict=True)
    }
    assert said.keys() == STORIES.keys()
    for path, (first, second, words) in STORIES.items():
        assert said[path][:2] == (first, second), path
        assert words in said[path][2], path


def test_a_changed_number_is_held_against_the_record(scanned):
    release = next(one for one in scanned(EXAMPLES / "models").releases if one.path.startswith("04"))
    (threshold,) = (one for one in release.clauses if one.clause.kind == "user_threshold")
    assert threshold.clause.value == 3_000_000
    assert "5,000,000" in (threshold.alarm or "")
    assert "evidence/clause-differs" in rules(release)


def test_an_unknown_licence_shows_the_clauses_that_were_found(made):
    text = "Licence of the Lighthouse\n\nYou may burn the oil.\n\nNon-commercial use only. "
    text += "You must request a licence if you have more than 2 million monthly active users.\n"
    release = made("license: other", LICENSE=text + "The lamp must be kept clean at all times. " * 20)
    found = {(one.clause.kind, one.clause.value) for one in release.clauses}
    assert ("user_threshold", 2_000_000) in found
    assert {kind for kind, _ in found} >= {"user_threshold", "commercial_use"}
    assert "evidence/text-not-recognised" in rules(release)


def test_a_card_that_bars_commercial_use_is_not_passed_over(made, tmp_path):
    made("license: mit")
    card = tmp_path / "org/model/README.md"
    card.write_text(card.read_text() + "\nThis model may not be used for commercial purposes.\n")
    from scanner.config import Config
    from scanner.examine import load_knowledge
    from scanner.pipeline import scan

    report = scan([card.parent], load_knowledge(), Config(), as_of="2026-11-25", step=lambda *_: None)
    assert "evidence/card-narrows-the-terms" in rules(only(report))
    assert only(report).verdict is VerdictWord.REVIEW


KIMI = "license: other\nlicense_name: modified-mit-kimi-k2"


def use(**answers) -> UseCase:
    assumed = {"acts": (Act.HOSTED_SERVICE,), "commercial": True}
    return UseCase(id="u", stated_by="a test", **(assumed | answers))


def of_product(value: int) -> tuple[UserCount, ...]:
    return (UserCount(of="product", month="any", value=value),)


def many(value: int) -> tuple[UserCount, ...]:
    return (UserCount(of="product", value=value),)


def test_either_of_two_lines_that_is_passed_settles_the_other(made):
    passed, below, nothing = use(users=many(200_000_000)), use(users=of_product(5)), use()
    for planned, settle in (
        (passed, ()),
        (below, ("State the revenue of the product or service in a month, in USD",)),
    ):
        release = made(KIMI, use_cases=(planned,))
        assert release.verdicts[0].settle == settle
    shown = [one for one in made(KIMI, use_cases=(passed,)).obligations if "threshold" in one.id]
    assert {one.applies for one in shown} == {"yes", "no"}
    assert any(one.why.startswith("another line of the same section is passed") for one in shown)
    assert len(made(KIMI, use_cases=(nothing,)).verdicts[0].settle) == 2


def test_what_would_settle_an_answer_is_the_fact_that_is_wanting(made):
    planned = use(users=many(200_000_000), commercial=None)
    assert "State whether the use is commercial" in made(KIMI, use_cases=(planned,)).verdicts[0].settle
    (verdict,) = made("license: llama3.2", use_cases=(use(establishment="DE"),)).verdicts
    wanted = "State whether the model takes or makes more than text (multimodal: true or false)"
    assert wanted in verdict.settle
    assert not any("established" in one for one in verdict.settle)


def test_an_agreement_lifts_no_more_than_it_covers(made):
    front = "license: cc-by-nc-4.0"
    for covers, verdict in ((("commercial_use",), "allowed"), (("territory",), "blocked"), (None, "allowed")):
        agreement = Agreement(license="cc-by-nc-4.0", reference="a contract", covers=covers)
        release = made(front, use_cases=(use(agreements=(agreement,)),))
        assert release.verdict == verdict, covers


def test_no_derivatives_may_be_made_and_not_passed_on(made):
    front = "license: cc-by-nd-4.0"
    own = use(acts=(Act.FINE_TUNING, Act.INTERNAL_USE))
    passed_on = use(acts=(Act.FINE_TUNING, Act.REDISTRIBUTION))
    assert made(front, use_cases=(own,)).verdict is not VerdictWord.BLOCKED
    assert made(front, use_cases=(passed_on,)).verdict is VerdictWord.BLOCKED
    assert made(front, use_cases=(use(acts=(Act.REDISTRIBUTION,)),)).verdict is not VerdictWord.BLOCKED


@pytest.mark.parametrize(
    ("front", "verdict"),
    [
        ("extra_gated_prompt: You agree to use the model for research purposes only.", VerdictWord.REVIEW),
        ("extra_gated_prompt: You agree to tell us who you are.", VerdictWord.CONDITIONAL),
        ("extra_gated_heading: Before you download", VerdictWord.CONDITIONAL),
    ],
)
def test_what_is_agreed_to_before_the_download_binds(made, front, verdict):
    release = made(f"license: apache-2.0\n{front}")
    assert release.verdict is verdict
    assert ("evidence/card-narrows-the-terms" in rules(release)) == (verdict is VerdictWord.REVIEW)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("establishment", "deployment", "verdict"),
    [("DE", ("US",), "review"), ("DE", ("DE",), "blocked"), ("US", ("US",), "conditional")],
)
def test_whoever_is_established_where_a_licence_does_not_apply(
    made, text, establishment, deployment, verdict
):
    never_more = (UserCount(of="group", month="any", value=10),)
    planned = use(establishment=establishment, deployment=deployment, users=never_more)
    release = made(
        "license: other\nlicense_name: tencent-hunyuan-a13b",
        use_cases=(planned,),
        LICENSE=text("hunyuan-a13b"),
    )
    assert ("terms/established-outside" in rules(release)) == (verdict == "review")
    assert release.verdict == verdict


def test_a_finding_quotes_the_lines_that_it_speaks_of(made):
    front = "license: apache-2.0\nextra_gated_prompt: You agree to use the model for research purposes only."
    release = made(front)
    (finding,) = (one for one in release.findings if one.rule == "evidence/card-narrows-the-terms")
    (evidence,) = finding.evidence
    assert evidence.lines == (3, 3)
    assert "research purposes only" in evidence.quote


@pytest.mark.parametrize(
    ("uses", "verdict"),
    [(("military",), "blocked"), (("credit scoring",), "review"), ((), "conditional"), (None, "conditional")],
)
def test_sensitive_uses_are_held_against_the_list_of_the_licence(made, uses, verdict):
    planned = use(sensitive_uses=uses)
    front = "license: other\nlicense_name: deepseek-license"
    assert made(front, use_cases=(planned,)).verdict == verdict


@pytest.mark.parametrize(
    ("research", "verdict"), [(True, "conditional"), (False, "blocked"), (None, "review")]
)
def test_research_alone_is_a_question_of_its_own(made, research, verdict):
    """What earns nothing is no research yet; a demonstration of research may be."""
    planned = use(commercial=False, research=research)
    release = made("license: other\nlicense_name: opt-175b", use_cases=(planned,))
    assert release.verdict == verdict or (verdict == "conditional" and release.verdict == "allowed")


@pytest.mark.parametrize(("body", "satisfied"), [("Built with Llama", "yes"), ("Made by us.", "no")])
def test_prescribed_words_are_looked_for_in_the_card(scanned, tmp_path, body, satisfied):
    (tmp_path / "README.md").write_text(f"---\nlicense: llama3.1\n---\n# A model\n\n{body}\n")
    release = only(scanned(tmp_path))
    shown = {one.satisfied for one in release.obligations if one.id.startswith("duties/display-phrase")}
    assert shown == {satisfied}


@pytest.mark.parametrize(
    ("words", "narrows"),
    [
        ("The weights may be used for academic research only.", True),
        ("It is intended for research only.", False),
    ],
)
def test_a_grant_for_research_alone_binds_and_an_intention_does_not(scanned, tmp_path, words, narrows):
    (tmp_path / "README.md").write_text(
        f"---\nlicense: apache-2.0\npipeline_tag: x\n---\n# A model\n\n{words}\n"
    )
    release = only(scanned(tmp_path))
    assert ("evidence/card-narrows-the-terms" in rules(release)) is narrows
