# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The patterns of clauses against every text at hand, and against what three readers wrote down.

``READ`` is what a person found in each text of the reference folder, kind by kind; a text that is
not in it holds none of these clauses. ``-s`` prints precision and recall.
"""

import re
import zipfile
from collections import Counter, defaultdict

import pytest
from msgspec.structs import replace

from scanner.catalog import load_catalogue
from scanner.data import folder
from scanner.guarded.yaml import load_own
from scanner.identify.values import alarms, find_clauses, find_with
from scanner.identify.values.patterns import Reader, own_reader

pytestmark = pytest.mark.corpus

MAU, USERS = "monthly-active-users", "users"
NC = [("commercial_use", "no", None)]
STUDY = [("research_only", None, None)]
LLM, ANY = [("output_training", "prohibited", "llm")], [("output_training", "prohibited", "any_model")]
COMPETING = [("output_training", "prohibited_if_competitive", "competing_model")]
SOLD = [("output_training", "prohibited_if_commercial", None)]
GIVEN = [("output_training", "allowed_with_conditions", None)]
FROM_AFAR = [("updates", "the licensor may restrict use", None)]
EFFORTS = [("updates", "reasonable efforts", None)]
ANNEX = [("acceptable_use", "Attachment A", None)]


def users(value, unit=MAU):
    return [("user_threshold", value, unit)]


def money(value, unit):
    return [("revenue_threshold", value, unit)]


def without(*places):
    return [("territory", ", ".join(places), None)]


def shown(phrase, unit=None):
    return [("display_phrase", phrase, unit)]


def named(prefix):
    return [("naming", prefix, None)]


def policy(address):
    return [("acceptable_use", address, None)]


RAIL = GIVEN + ANNEX + FROM_AFAR
OPT = NC + STUDY + SOLD
LLAMA = users(700_000_000) + shown("Built with Llama") + named("Llama") + GIVEN
HUNYUAN = GIVEN + policy(None) + shown("Powered by Tencent Hunyuan", "encouraged")
CHAMELEON = "https://ai.meta.com/resources/models-and-libraries/chameleon-use-policy/"
SEAMLESS = "https://ai.meta.com/resources/models-and-libraries/seamless-use-policy"

FALCON = (
    "[name of relevant Derivative Work] is built using Falcon LLM technology "
    "from the Technology Innovation Institute"
)

READ = {
    "ai2-model-license-tulu": OPT,
    "apple-amlr": NC + STUDY,
    "aup-llama3_2": without("EU"),
    "aup-llama3_3": without("EU"),
    "aup-llama4": without("EU"),
    "bigcode-openrail-m-v1": RAIL,
    "bigscience-bloom-rail-1.0": RAIL + EFFORTS,
    "bigscience-openrail-m": RAIL + EFFORTS,
    "bilibili-indextts2": users(10**8)
    + money(10**9, "CNY/year")
    + [("output_training", "prohibited_unless_noncommercial", None)],
    "bilibili-indextts2-zh": users(10**8)
    + money(10**8, "CNY/year")
    + [("output_training", "prohibited_unless_noncommercial", None)],
    "cc-by-nc-4.0": NC,
    "cc-by-nc-nd-4.0": NC,
    "cc-by-nc-sa-4.0": NC,
    "chameleon-research": NC + STUDY + policy(None) + policy(CHAMELEON),
    "cogvideox": users(10**6, "monthly-visits"),
    "creativeml-openrail-m": RAIL + EFFORTS,
    "databricks-open-model": users(700_000_000)
    + LLM
    + FROM_AFAR
    + EFFORTS
    + policy("https://www.databricks.com/legal/acceptable-use-policy-open-model"),
    "deepfloyd-if": OPT,
    "deepseek-1.0": RAIL,
    "epfl-apple-sample-code-1.1-nc": NC,
    "exaone-1.1-nc": NC + STUDY + ANY + named("EXAONE"),
    "exaone-1.2-nc": NC + STUDY + COMPETING + named("EXAONE"),
    "fair-nc-research": NC + STUDY + policy(None),
    "flux-dev-nc-1.1.1": NC + COMPETING + SOLD,
    "glm-130b": NC + STUDY,
    "hunyuan-3d-2": users(10**6) + without("EU", "GB", "KR") + ANY + HUNYUAN,
    "hunyuan-a13b": users(10**8) + without("EU", "GB", "KR") + ANY + HUNYUAN,
    "hunyuan-dit": users(10**8) + without("EU") + LLM + HUNYUAN,
    "hunyuan-large": users(10**8) + without("EU") + LLM + HUNYUAN,
    "hunyuan-video": users(10**8) + without("EU", "GB", "KR") + ANY + HUNYUAN,
    "kolors-model": users(3 * 10**8) + ANY + [("output_training", "prohibited", None)] + GIVEN,
    "lfm-1.0": money(10**7, "USD/year"),
    "llama-2": users(700_000_000) + LLM + policy("https://ai.meta.com/llama/use-policy"),
    "llama-2--v2": users(700_000_000) + LLM + policy("https://llama.com/use-policy"),
    "llama-3": users(700_000_000)
    + LLM
    + shown("Built with Meta Llama 3")
    + named("Llama 3")
    + policy("https://llama.meta.com/llama3/use-policy"),
    "llama-3.1": LLAMA + policy("https://llama.meta.com/llama3_1/use-policy"),
    "llama-3.2": LLAMA + policy("https://www.llama.com/llama3_2/use-policy"),
    "llama-3.3": LLAMA + policy("https://www.llama.com/llama3_3/use-policy"),
    "llama-4": LLAMA + policy("https://www.llama.com/llama4/use-policy"),
    "llama-4--v2": LLAMA + policy("https://llama.com/llama4/use-policy"),
    "minimax-model-2025": policy(None),
    "modelgo-mg-by-nc-2.0": NC,
    "modelgo-mg-by-nc-nd-2.0": NC,
    "modelgo-mg-by-nc-rai-2.0": NC,
    "modelgo-raw-bigscience-bloom-openrail-m": RAIL + EFFORTS,
    "modelgo-raw-bigscience-bloom-rail-1-0": RAIL + EFFORTS,
    "modelgo-raw-creativeml-openrail-m": RAIL + EFFORTS,
    "modelgo-raw-llama2": users(700_000_000) + LLM + policy("https://ai.meta.com/llama/use-policy"),
    "modelgo-raw-openrail-": RAIL,
    "modelgo-raw-opt-175b": OPT,
    "modified-mit-kimi-k2": users(10**8) + money(2 * 10**7, "USD/month") + shown("Kimi K2"),
    "modified-mit-minimax-m2": users(10**8) + money(3 * 10**7, "USD/year") + shown("MiniMax M2"),
    "nvidia-nc": NC + STUDY,
    "nvidia-open-model-license-2025-09-23--extracted-from-card-yaml": shown("Built on NVIDIA Cosmos"),
    "openrail++-m-2022": RAIL,
    "openrail++-m-2023": RAIL,
    "opt-175b": OPT,
    "sai-nc-research-2023": NC + policy("https://stability.ai/use-policy") + policy(None),
    "seamless": NC + STUDY + policy(SEAMLESS),
    "tii-falcon-1.0": money(10**6, "USD/year") + shown(FALCON),
    "tongyi-qianwen": users(10**8) + LLM,
    "tongyi-qianwen-research": NC + STUDY + LLM,
}


def clauses_of(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    return {(clause.kind, clause.value, clause.unit) for clause in find_clauses(text)}


def expected(path):
    return set(READ.get(path.stem) or READ.get(re.sub(r"--v\d+$", "", path.stem), ()))


def table(pairs):
    """Print precision and recall for each kind, and return them."""
    counts = defaultdict(Counter)
    for wanted, found in pairs:
        for kind in {clause[0] for clause in wanted | found}:
            of_kind = [{clause for clause in side if clause[0] == kind} for side in (wanted, found)]
            counts[kind]["right"] += len(of_kind[0] & of_kind[1])
            counts[kind]["missed"] += len(of_kind[0] - of_kind[1])
            counts[kind]["false"] += len(of_kind[1] - of_kind[0])
    rates = {}
    for kind, count in sorted(counts.items()):
        precision = count["right"] / max(1, count["right"] + count["false"])
        recall = count["right"] / max(1, count["right"] + count["missed"])
        rates[kind] = (precision, recall)
        print(f"{kind:18} right {count['right']:3}  precision {precision:6.1%}  recall {recall:6.1%}")
    return rates


def test_every_text_of_the_folder(corpus):
    paths = sorted((corpus / "licences").glob("*.txt"))
    assert len(paths) > 100
    pairs = {path: (expected(path), clauses_of(path)) for path in paths}
    assert all(rate == (1, 1) for rate in table(pairs.values()).values())
    assert {path.stem: found ^ wanted for path, (wanted, found) in pairs.items() if found != wanted} == {}


FACTS = {
    "llama-2": ["llama-2"],
    "llama-3.1": ["llama-3.1"],
    "llama-3.2": ["llama-3.2", "aup-llama3_2"],
    "llama-4": ["llama-4", "aup-llama4"],
    "llama-4-aup": ["aup-llama4"],
    "opt-175b": ["opt-175b"],
    "dinov3-license": ["dinov3"],
    "bigscience-bloom-rail-1.0": ["bigscience-bloom-rail-1.0"],
    "bigscience-openrail-m": ["bigscience-openrail-m"],
    "creativeml-openrail-m": ["creativeml-openrail-m"],
    "deepseek-license-1.0": ["deepseek-1.0"],
    "tongyi-qianwen-2023": ["tongyi-qianwen"],
    "chatglm-6b-license": ["chatglm-6b"],
    "glm-130b-license": ["glm-130b"],
    "kolors-license": ["kolors-model"],
    "exaone-1.1-nc": ["exaone-1.1-nc"],
    "tencent-hunyuan-dit-2024": ["hunyuan-dit"],
    "openmdw-1.0": ["openmdw-1.0"],
    "kimi-k2-modified-mit": ["modified-mit-kimi-k2"],
    "minimax-model-license-2025": ["minimax-model-2025"],
    "falcon-llm-tii-1.0": ["tii-falcon-1.0"],
    "lfm-open-1.0": ["lfm-1.0"],
    "apache-2.0": ["apache-2.0"],
    "mit": ["mit"],
    "bsd-3-clause": ["bsd-3-clause"],
    "gpl-3.0": ["gpl-3.0"],
    "agpl-3.0": ["agpl-3.0"],
    "cc-by-4.0": ["cc-by-4.0"],
    "cc-by-nc-4.0": ["cc-by-nc-4.0"],
}
"""Records of the fact sheet whose text is at hand, and the files."""

PERIODS = {"annual": "year", "preceding 12 months": "year", "monthly": "month"}
PLACES = {"European Union": "EU"}


def stated(record):
    """Return the clauses that the fact sheet gives for a licence, as the patterns would read them."""
    return {*lines_of(record), *words_of(record), *limits_of(record)}


def given(record, name):
    return record.get(name) if isinstance(record.get(name), dict) else {}


def lines_of(record):
    if users_of := given(record, "mau_threshold"):
        yield ("user_threshold", users_of["value"], MAU)
    if revenue := given(record, "revenue_threshold"):
        yield (
            "revenue_threshold",
            revenue["amount"],
            f"{revenue['currency'][:3]}/{PERIODS[revenue['period']]}",
        )


def words_of(record):
    phrase = given(record, "attribution_display")
    if phrase.get("phrase"):
        yield ("display_phrase", phrase["phrase"], None if phrase["mandatory"] else "encouraged")
    if name := given(record, "naming"):
        yield ("naming", name["prefix"], None)


def limits_of(record):
    if place := given(record, "territory"):
        where = str(place.get("excluded") or place["who"])
        yield ("territory", next(code for name, code in PLACES.items() if name in where), None)
    if given(record, "commercial_use").get("value") == "no":
        yield ("commercial_use", "no", None)
    if record.get("research_only") is True:
        yield ("research_only", None, None)
    if given(record, "updates").get("must_use_latest") is True:
        yield ("updates", "reasonable efforts", None)
    outputs = given(record, "outputs")
    if str(outputs.get("train_other_models")).startswith("prohibited"):
        scope = outputs.get("train_other_models_scope")
        yield ("output_training", outputs["train_other_models"], None if scope == "texts_differ" else scope)


def test_the_fact_sheet(corpus):
    """What the sheet has no field for is left out: duties on outputs, remote restriction, addresses."""
    records = {record["id"]: record for record in load_own(corpus / "facts" / "licences.yaml")["records"]}
    pairs = []
    for name, files in FACTS.items():
        found = set().union(*(clauses_of(corpus / "licences" / f"{file}.txt") for file in files))
        comparable = {
            clause
            for clause in found
            if clause[0] != "acceptable_use"
            and clause not in FROM_AFAR + GIVEN
            and not (name == "kolors-license" and clause in ANY)  # the two languages differ, says the sheet
        }
        wanted = stated(records[name])
        assert comparable == wanted, name
        pairs.append((wanted, comparable))
    assert all(rate == (1, 1) for rate in table(pairs).values())


KINDS = {
    "mau_threshold": "user_threshold",
    "attribution_phrase": "display_phrase",
    "name_prefix": "naming",
    "territory_exclusion": "territory",
    "non_commercial": "commercial_use",
    "output_training_restriction": "output_training",
}


def test_the_releases(corpus):
    truth = load_own(corpus / "corpus" / "truth.yaml")["releases"]
    pairs = []
    for release in truth:
        for name, clause in (release.get("clauses") or {}).items():
            file = clause.get("evidence_file") or release["licence"]["evidence_file"]
            if name in KINDS and file:
                text = clauses_of(corpus / "corpus" / release["release"] / file)
                pairs.append(_compared(name, clause["value"], text))
    assert len(pairs) > 100
    assert all(rate == (1, 1) for rate in table(pairs).values())


def _compared(name, value, found):
    """Return what one line of the truth says, and what was read of that kind."""
    kind = KINDS[name]
    values = {clause[1] for clause in found if clause[0] == kind}
    if name == "territory_exclusion":
        wanted = {", ".join(PLACES[place] for place in value)}
    elif name == "non_commercial":
        wanted = {"no"} if value else set()
    elif name == "output_training_restriction":
        wanted = {"prohibited"} if value else set()
        values = {one for one in values if one.startswith("prohibited")}
    else:
        wanted = {value}
    return {(kind, one) for one in wanted}, {(kind, one) for one in values}


OTHERS = {
    "acter-psl-1.0": users(100, USERS),
    "bilibili-model-ula-2025-09-09": users(10**8) + money(10**9, "CNY/year"),
    "broadleaf-fair-use": money(5 * 10**6, "USD/year"),
    "exaone-ai-model-1.1-nc": named("EXAONE"),
    "gumroad-cl-1.0": money(10**6, "USD/year"),
    "hyperclova-x-seed-2025": users(10**7) + named("HyperCLOVA X"),
    "leap-motion-sdk-2019": money(50_000, "USD/year"),
    "llama-2-license-2023": users(700_000_000),
    "llama-3.1-license-2024": users(700_000_000) + named("Llama"),
    "llama-3.2-license-2024": users(700_000_000) + named("Llama"),
    "llama-3.3-license-2024": users(700_000_000) + named("Llama"),
    "llama-4-cla-2025": users(700_000_000) + named("Llama"),
    "llama-4-license-2025": without("EU"),
    "ltxv-owl-2025-04-17": money(10**7, "USD/year"),
    "ltxv-owl-2025-05-05": money(10**7, "USD/year"),
    "moonshot-ai-modified-mit-2025": users(10**8) + money(2 * 10**7, "USD/month"),
    "playground-v2-community": users(10**6, "monthly-unique-users"),
    "polyform-small-business-1.0.0": money(10**6, "USD/year"),
    "qt-commercial-1.1": money(10**5, "USD/year"),
    "qwen-2024": users(10**8),
    "sencha-commercial-3.17": money(10**4, "USD/year"),
    "six-labors-split-1.0": money(10**6, "USD/year"),
    "stability-ai-community-2024": money(10**6, "USD/year"),
    "tanuki-development": money(5 * 10**6, "USD/year"),
    "teleport-ce-2024": money(10**7, "USD/year"),
    "tencent-hunyuan-3d-2.0-cla": users(10**6) + without("EU", "GB", "KR"),
    "tongyi-qianwen-2023": users(10**8),
    "xceed-community-2021": users(10, USERS),
}
"""What a person found in the other texts that a list of licences has.

They were read after the patterns were written. The first run found every threshold but one without a
comparator, and five things that are none: a year in brackets (2), a figure of goods behind a figure of
revenue (1), "outside" and "any country ... excluding" (2). The rules that followed are in the patterns.
"""

COUNTED = {"user_threshold", "revenue_threshold", "territory", "naming"}


def test_two_thousand_other_licences():
    """Thresholds, places and names in the texts of ScanCode's list: nothing else is found in any of them."""
    wheels = sorted((folder("licenses").parent / "index-sources").glob("scancode_toolkit_mini-*.whl"))
    if not wheels:
        pytest.skip("ScanCode's list of licences is not here")
    own = own_reader().wording
    reader = Reader(replace(own, patterns=tuple(one for one in own.patterns if one.kind in COUNTED)))
    found = {}
    with zipfile.ZipFile(wheels[0]) as wheel:
        for name in wheel.namelist():
            if name.endswith(".LICENSE"):
                text = wheel.read(name).decode("utf-8", "replace").split("\n---\n", 1)[-1]
                clauses = {(one.kind, one.value, one.unit) for one in find_with(reader, text)}
                if clauses:
                    found[name.rpartition("/")[2].removesuffix(".LICENSE")] = clauses
    assert found == {name: set(clauses) for name, clauses in OTHERS.items()}


def test_cards_of_models_hold_no_clauses(corpus):
    """None of these cards holds a clause: a search for their words found none either."""
    cards = [path for path in sorted((corpus / "cards").rglob("*.md")) if path.is_file()]
    cards += [
        path for path in sorted((corpus / "cards").rglob("README*")) if path.is_file() and path not in cards
    ]
    cards += [path for path in sorted((corpus / "cards").iterdir()) if path.is_file() and path.suffix == ""]
    assert len(cards) > 200
    assert {path.name: found for path in cards if (found := clauses_of(path))} == {}


def test_records_and_texts_agree(corpus):
    """Every record with its text at hand; the one alarm is a true one: a copy with another address."""
    licenses = load_catalogue().licenses
    seen = {}
    for path in sorted((corpus / "licences").glob("*.txt")):
        stem = re.sub(r"--v\d+$", "", path.stem)
        policy_of = re.fullmatch(r"aup-llama(\d)(?:_(\d))?", stem)
        key = f"llama-{'.'.join(filter(None, policy_of.groups()))}-use-policy" if policy_of else stem
        if key in licenses:
            found = find_clauses(path.read_text(encoding="utf-8", errors="replace"))
            seen[path.stem] = [(alarm.kind, alarm.found.value) for alarm in alarms(found, licenses[key])]
    assert len(seen) > 60
    assert {name: raised for name, raised in seen.items() if raised} == {
        "llama-2--v2": [("acceptable_use", "https://llama.com/use-policy")]
    }


def test_a_changed_number_in_a_real_text_raises_an_alarm(corpus):
    licenses = load_catalogue().licenses
    text = (corpus / "licences" / "llama-3.1.txt").read_text(encoding="utf-8")
    changed = text.replace("700 million", "70 million").replace("Built with Llama", "Built with Alpaca")
    raised = alarms(find_clauses(changed), licenses["llama-3.1"])
    assert {(alarm.kind, alarm.found.value, alarm.recorded) for alarm in raised} == {
        ("user_threshold", 70_000_000, "700,000,000 monthly active users"),
        ("display_phrase", "Built with Alpaca", "Built with Llama"),
    }


def test_no_example_repeats_a_real_text(corpus):
    """Examples are invented: no nine words in a row of them stand in a text at hand."""
    texts = " ".join(
        path.read_text(encoding="utf-8", errors="replace") for path in (corpus / "licences").glob("*.txt")
    )
    runs = set(_runs(texts))
    written = [example.text for pattern in own_reader().wording.patterns for example in pattern.examples]
    written += [text for pattern in own_reader().wording.patterns for text in pattern.rejects]
    assert [text for text in written if runs.intersection(_runs(text))] == []


def _runs(text, length=9):
    words = re.findall(r"\w+", text.lower())
    return (hash(tuple(words[start : start + length])) for start in range(len(words) - length + 1))
