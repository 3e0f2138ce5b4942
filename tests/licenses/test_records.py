# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What every licence record keeps to, whether or not the texts are at hand."""

import datetime as dt
import re

import pytest
from msgspec import UNSET

from scanner.catalog import load_catalogue, load_record
from scanner.data import folder
from scanner.errors import ConfigError
from scanner.model.license import CLAUSE_KINDS, Act, Category

CATALOGUE = load_catalogue()
RECORDS = tuple(CATALOGUE.licenses.values())
READ = tuple(record for record in RECORDS if record.read)
BY_NAME_ONLY = tuple(record for record in RECORDS if not record.read)

PATHS = sorted((folder("licenses") / "records").glob("*.yaml"))
POINTS_ELSEWHERE = {"evolutionaryscale-index"}
"""Pages that only say which agreement covers what: where they are silent, the agreements may not be."""

POLICIES_BY_ANOTHER_NAME = {"gemma-pup-2024-02-21"}
"""Use policies whose key is ScanCode's, which names the edition."""

CLAUSES = [
    pytest.param(record, kind, clause, id=f"{record.key}-{kind}-{clause.section}")
    for record in RECORDS
    for kind in CLAUSE_KINDS
    for clause in getattr(record, kind) or ()
]
ALL = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
EACH_READ = pytest.mark.parametrize("record", READ, ids=lambda record: record.key)
EACH_CLAUSE = pytest.mark.parametrize(("record", "kind", "clause"), CLAUSES)


def month_before(date):
    """Return the calendar month before the month of an ISO date."""
    first = dt.date.fromisoformat(date).replace(day=1)
    return (first - dt.timedelta(days=1)).strftime("%Y-%m")


def test_the_key_is_the_file_name():
    assert [record.key for record in RECORDS] == sorted(path.stem for path in PATHS)
    assert all(re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", path.stem) for path in PATHS)


@EACH_READ
def test_a_misspelt_word_is_refused(record, tmp_path):
    path = folder("licenses") / "records" / f"{record.key}.yaml"
    broken = tmp_path / path.name
    broken.write_text(path.read_text().replace("\ncommercial_use:", "\ncommercal_use:"))
    with pytest.raises(ConfigError, match="did you mean 'commercial_use'"):
        load_record(broken)


def names_of(record):
    """Yield everything that may belong to one record only, with what it is."""
    given = (record.key, record.spdx_id, record.scancode_key, *record.aliases)
    yield from (("name", name) for name in {name.lower() for name in given if name})
    yield "full name", record.name.lower()
    yield from (("tag", tag.lower()) for tag in record.tags)
    yield from (("license_name", name.lower()) for name in record.license_names)


def test_no_name_belongs_to_two_records():
    claims = [claim for record in RECORDS for claim in names_of(record)]
    assert sorted(claims) == sorted(set(claims))


@ALL
def test_names_are_well_formed(record):
    if record.spdx_id:
        assert re.fullmatch(r"[A-Za-z0-9.+-]+", record.spdx_id)
    assert re.fullmatch(r"[A-Za-z0-9.+-]+", record.spdx_expression)
    assert record.source.startswith("https://")
    assert (record.category is Category.POLICY) == (
        record.key.endswith("-use-policy") or record.key in POLICIES_BY_ANOTHER_NAME
    )


@EACH_READ
def test_the_copy_that_was_read_is_named(record):
    assert re.fullmatch(r"[0-9a-f]{64}", record.text.sha256)
    assert dt.date.fromisoformat(record.text.read_on)


@EACH_READ
def test_every_matter_was_read_for(record):
    unread = [kind for kind in CLAUSE_KINDS if getattr(record, kind) is UNSET]
    assert bool(unread) == (record.key in POINTS_ELSEWHERE)


@pytest.mark.parametrize("record", BY_NAME_ONLY, ids=lambda record: record.key)
def test_a_license_known_by_name_alone_says_nothing_of_its_terms(record):
    assert record.text.status == "not_read"
    assert record.text.sha256 is None
    assert all(getattr(record, kind) is UNSET for kind in CLAUSE_KINDS)


@EACH_CLAUSE
def test_a_clause_has_its_section_and_a_short_pattern(record, kind, clause):
    assert clause.section
    assert clause.pattern, f"{record.key}: {kind} cannot be found in a copy"
    assert len(clause.pattern) <= 80
    assert len(clause.pattern.split()) < 12
    re.compile(clause.pattern, re.IGNORECASE)


@EACH_CLAUSE
def test_a_duty_names_the_acts_that_trigger_it(record, kind, clause):
    triggers = getattr(clause, "triggers", None)
    if triggers is not None:
        assert triggers
        assert len(set(triggers)) == len(triggers)


def counted(words):
    """Return how many words there are; Chinese has no spaces, and two signs are taken for a word."""
    return len(words.split()) + len(re.findall("[\u4e00-\u9fff]", words)) // 2


@EACH_CLAUSE
def test_verbatim_words_are_few(record, kind, clause):
    for words in (getattr(clause, "exact_text", None), getattr(clause, "phrase", None)):
        assert words is None or 1 < counted(words) <= 40


@EACH_READ
def test_a_line_frozen_at_a_date_counts_the_month_before_it(record):
    for clause in record.user_threshold or ():
        if clause.measured == "at-date":
            assert clause.measured_month == month_before(record.date)
        else:
            assert clause.measured_month is None


@pytest.mark.parametrize(
    ("key", "month"),
    [
        ("llama-2", "2023-06"),
        ("llama-3", "2024-03"),
        ("llama-3.1", "2024-06"),
        ("llama-3.2", "2024-08"),
        ("llama-3.3", "2024-11"),
        ("llama-4", "2025-03"),
        ("databricks-open-model", "2024-02"),
    ],
)
def test_lines_of_700_million_users(key, month):
    [clause] = CATALOGUE.licenses[key].user_threshold
    assert clause.value == 700_000_000
    assert clause.comparator == "greater_than"
    assert clause.counts == "group"
    assert clause.measured_month == month
    assert clause.effect == "no-rights"
    assert not clause.commercial_only
    assert clause.exception


def test_a_line_that_is_not_frozen():
    [clause] = CATALOGUE.licenses["tongyi-qianwen"].user_threshold
    assert (clause.value, clause.counts, clause.measured) == (100_000_000, "product", "continuing")
    assert clause.commercial_only


@pytest.mark.parametrize("key", ["llama-3.2", "llama-3.3", "llama-4"])
def test_the_place_that_only_multimodal_models_are_kept_from(key):
    for document in (key, f"{key}-use-policy"):
        [clause] = CATALOGUE.licenses[document].territory
        assert clause.places == ("EU",)
        assert clause.models == "multimodal"
        assert clause.tests == "establishment"
        assert clause.document == "use-policy"


@pytest.mark.parametrize("key", ["llama-2", "llama-3", "llama-3.1"])
def test_earlier_versions_keep_nobody_out(key):
    assert CATALOGUE.licenses[key].territory == ()


@pytest.mark.parametrize(
    ("key", "phrase", "prefix", "outputs"),
    [
        ("llama-2", None, None, "prohibited"),
        ("llama-3", "Built with Meta Llama 3", "Llama 3", "prohibited"),
        ("llama-3.1", "Built with Llama", "Llama", "allowed_with_conditions"),
        ("llama-4", "Built with Llama", "Llama", "allowed_with_conditions"),
    ],
)
def test_what_changed_from_version_to_version(key, phrase, prefix, outputs):
    record = CATALOGUE.licenses[key]
    assert [clause.phrase for clause in record.display_phrase] == ([phrase] if phrase else [])
    assert [clause.prefix for clause in record.naming] == ([prefix] if prefix else [])
    assert [clause.value for clause in record.output_training] == [outputs]


OWED_BY_A_SERVICE = {
    "afl-3.0": "use by others over a network counts as distribution (5)",
    "bsd-4-clause": "whoever advertises with the work owes the acknowledgement (3)",
    "modelgo-mg-by-2.0": "a hosted service is a distribution (1)",
    "mgb-1.0": "whoever markets what is derived from the work owes the acknowledgement (5(b))",
}
"""Permissive texts under which a hosted service owes something all the same, and why."""

PERMISSIVE_KEYS = [
    record.key
    for record in RECORDS
    if record.category is Category.PERMISSIVE and record.key not in OWED_BY_A_SERVICE
]


@pytest.mark.parametrize("key", PERMISSIVE_KEYS)
def test_a_hosted_service_owes_nothing_under_permissive_terms(key):
    record = CATALOGUE.licenses[key]
    duties = [kind for kind in CLAUSE_KINDS if kind not in {"trademark", "rights"}]
    owed = [
        kind
        for kind in duties
        for clause in getattr(record, kind)
        if Act.HOSTED_SERVICE in (getattr(clause, "triggers", None) or ())
    ]
    assert not owed
    assert record.acceptable_use == ()


@pytest.mark.parametrize(
    "key",
    [
        "gemma-2024-04-01",
        "gemma-2025-03-24",
        "creativeml-openrail-m",
        "bigscience-bloom-rail-1.0",
        "deepseek-1.0",
    ],
)
def test_hosting_counts_as_distribution_where_the_text_says_so(key):
    record = CATALOGUE.licenses[key]
    for clause in (*record.flow_down, *record.license_copy, *record.state_changes):
        assert Act.HOSTED_SERVICE in clause.triggers
    assert all(clause.strength == "enforceable" for clause in record.flow_down)
    assert all(Act.HOSTED_SERVICE not in clause.triggers for clause in record.notice_file)
