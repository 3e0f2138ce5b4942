# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The words that rules put into their sentences."""

from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from scanner.catalog import load_catalogue
from scanner.evaluate.facts import clause_kind, clause_type
from scanner.evaluate.outcomes import filled
from scanner.evaluate.phrases import SAID, derived, said
from scanner.evaluate.rules import load_rules
from scanner.model.license import CLAUSE_KINDS, OutputTraining, Rights, cited

PLAIN = {
    ("clause.required", "always"),
    ("clause.period", "year"),
    ("clause.period", "month"),
}
"""Values that are words of their own."""


def values(hint):
    """Yield the string members of every Literal in a hint."""
    if get_origin(hint) is Literal:
        yield from (value for value in get_args(hint) if isinstance(value, str))
    else:
        for inner in get_args(hint):
            yield from values(inner)


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_every_value_that_a_rule_says_has_words(rule):
    kind = clause_kind(rule.ranges_over)
    hints = get_type_hints(clause_type(kind)) if kind else {}
    wording = " ".join(filter(None, (rule.message, rule.fix, rule.settles, rule.title, rule.why_not)))
    for name, hint in hints.items():
        if f"{{clause.{name}}}" in wording:
            for value in values(hint):
                assert value in SAID.get(f"clause.{name}", ()) or (f"clause.{name}", value) in PLAIN


def test_every_clause_of_every_record_has_its_phrases():
    catalogue = load_catalogue()
    for record in catalogue.licenses.values():
        for kind in CLAUSE_KINDS:
            for clause in record.clauses(kind) or ():
                words = derived(clause)
                assert all(words.values())
                assert "_" not in "".join(words.values()), (record.key, kind)
                assert not words["clause.place"].startswith("section section")


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("2", "section 2"),
        ("1(i), 2(a)(1)", "sections 1(i) and 2(a)(1)"),
        ("2(1), 2(2), 2(3)", "sections 2(1), 2(2) and 2(3)"),
        ("1.b.iii to 1.b.v", "sections 1.b.iii to 1.b.v"),
        ("4, Attachment A", "section 4, Attachment A"),
        ("II, III", "sections II and III"),
        ("License Scope", "section “License Scope”"),
        ("conditions 1 and 2", "conditions 1 and 2"),
        ("use policy, unnumbered paragraph", "use policy, unnumbered paragraph"),
    ],
)
def test_a_section_is_said_as_a_lawyer_says_it(section, words):
    assert cited(section) == words


def test_rights_say_what_is_not_mentioned():
    line = derived(Rights(section="2", use=True, modify=False))["clause.line"]
    assert line == "given: use; withheld: changing; not mentioned: passing on"


def test_what_outputs_may_train_is_a_sentence():
    clause = OutputTraining(section="1.b.v", value="prohibited_if_competitive", scope="llm")
    assert derived(clause)["clause.line"] == "they may not train other large language models that compete"


def test_a_fact_that_ends_with_a_full_stop_does_not_double_it():
    facts = {"clause.what": "Say so.", "license.name": "A"}.get
    assert filled("{license.name}: {clause.what}.", facts) == "A: Say so."
    assert filled("{license.name} ({clause.what})", facts) == "A (Say so.)"


def test_words_without_an_entry_lose_their_underscores_only():
    assert said("clause.what", "as_is") == "as is"
    assert said("release.name", "my_model") == "my_model"
