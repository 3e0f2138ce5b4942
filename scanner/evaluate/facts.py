# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The facts that a rule may read: their names, types and plain words, for each thing a rule ranges over.

The table is closed: a rule that names another fact is refused when it is loaded. A value of None is
"not stated"; facts that are marked total never are.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from scanner.evaluate.phrases import derived_names
from scanner.model.base import Value
from scanner.model.license import CLAUSE_KINDS, Act, Clause, License
from scanner.model.usecase import Industry, Revenue, UserCount


class FactKind(Value, frozen=True, kw_only=True):
    """What one fact holds."""

    words: str
    """As a sentence names it."""

    type: Any
    """The type of its value."""

    total: bool = False
    """Whether it always has a value."""

    stated: str | None = None
    """What a person states to settle it, as it follows the word "state"."""


def _kind(
    words: str,
    type_: Any,  # noqa: ANN401  a type
    *,
    total: bool = False,
    stated: str | None = None,
) -> FactKind:
    return FactKind(words=words, type=type_, total=total, stated=stated)


_WORDS = tuple[str, ...]

USE: Mapping[str, FactKind] = {
    "use.commercial": _kind("commercial use", bool, stated="whether the use is commercial"),
    "use.research": _kind(
        "whether the use is research", bool, stated="whether all of the use is research (research: true)"
    ),
    "use.acts": _kind("what is planned", tuple[Act, ...], stated="what is planned with the model"),
    "use.users": _kind("the number of users", tuple[UserCount, ...]),
    "use.revenue": _kind("the revenue", tuple[Revenue, ...]),
    "use.establishment": _kind(
        "the organisation's place of business",
        _WORDS,
        stated="in which country the organisation is established",
    ),
    "use.deployment": _kind(
        "the countries of use", _WORDS, stated="in which countries the model or its outputs are used"
    ),
    "use.industry": _kind("the industry", Industry, stated="the industry"),
    "use.sensitive_uses": _kind(
        "the sensitive uses", _WORDS, stated="which sensitive uses are planned, or none"
    ),
    "use.sensitive": _kind("the sensitive uses that are stated", _WORDS, total=True),
    "use.agreements": _kind("the licences with an agreement of their own", _WORDS, total=True),
    "policy.lists": _kind("whether our policy lists what it allows", bool, total=True),
    "policy.allow": _kind("what our policy allows", _WORDS, total=True),
    "policy.deny": _kind("what our policy denies", _WORDS, total=True),
    "policy.review": _kind("what our policy wants reviewed", _WORDS, total=True),
    "policy.require": _kind("what our policy requires", _WORDS, total=True),
}

RELEASE: Mapping[str, FactKind] = {
    **USE,
    "release.name": _kind("the release's name", str, total=True),
    "release.publisher": _kind("whose account on the Hub it comes from", str, total=True),
    "release.denied": _kind("what our policy denies of the release", _WORDS, total=True),
    "release.reviewed": _kind("what our policy wants reviewed of the release", _WORDS, total=True),
    "release.unlisted": _kind(
        "whether its publisher is not among those that our policy allows", bool, total=True
    ),
    "release.multimodal": _kind(
        "whether the model takes or makes more than text",
        bool,
        stated="whether the model takes or makes more than text (multimodal: true or false)",
    ),
    "release.unreadable": _kind("the files that could not be read", _WORDS, total=True),
    "release.damaged": _kind("the weights files with a damaged header", _WORDS, total=True),
    "release.problems": _kind("what is wrong with other files", _WORDS, total=True),
    "release.terms_above": _kind("the licence files above the release", _WORDS, total=True),
    "release.known_terms": _kind(
        "the terms that a release of this name is known to have", _WORDS, total=True
    ),
    "release.known_why": _kind("how they are known", str, total=True),
    "release.corrected": _kind("the conclusions that a person corrected", _WORDS, total=True),
    "release.stale": _kind("the corrections that were made for another state", _WORDS, total=True),
    "release.other_bases": _kind("the base models that files name and the card does not", _WORDS, total=True),
    "release.card_bases": _kind("the base models that the card names", _WORDS, total=True),
    "code.differs": _kind("how the terms of the code differ from those of the weights", _WORDS, total=True),
    "release.named": _kind("licences that are named and bind nothing that is known", _WORDS, total=True),
    "release.data_terms": _kind("terms of its data sets that bind their users", _WORDS, total=True),
    "release.unsettled": _kind("ancestors of which it is not settled what binds them", _WORDS, total=True),
    "release.alike": _kind("base models that it looks like, though it names none", _WORDS, total=True),
    "release.alike_families": _kind("the number of their families", int, total=True),
    "release.alike_figures": _kind("what they have in common", str, total=True),
    "release.alike_categories": _kind("the categories of their licences", _WORDS, total=True),
    "release.others": _kind("what points to another licence than those that bind", _WORDS, total=True),
    "weights.status": _kind("how the licence of the weights is known", str, total=True),
    "weights.rule": _kind("the rule by which it was concluded", str, total=True),
    "weights.why": _kind("the reason", str, total=True),
    "weights.keys": _kind("the licence of the weights", _WORDS, total=True),
    "weights.candidates": _kind("the licences that may bind", _WORDS, total=True),
    "weights.clauses": _kind("the clauses read from the licence text itself", _WORDS, total=True),
    "weights.alarms": _kind("where that text differs from the licence it is near", _WORDS, total=True),
    "card.clauses": _kind("what the card says about the purpose beyond the licence", _WORDS, total=True),
    "weights.nearest": _kind("the licences that the text is near", _WORDS, total=True),
}

LICENSE: Mapping[str, FactKind] = {
    **RELEASE,
    "license.key": _kind("the licence", str, total=True),
    "license.title": _kind("the licence's name", str, total=True),
    "license.name": _kind("the licence's name, and the base model it comes through", str, total=True),
    "license.names": _kind("the licence's key and category", _WORDS, total=True),
    "license.category": _kind("the licence's category", str, total=True),
    "license.read": _kind("whether its text was read", bool, total=True),
    "license.unread": _kind("the matters for which its text was not read", _WORDS, total=True),
    "license.source": _kind("where the licensor publishes it", str, total=True),
    "license.copy_acts": _kind("the acts with which its text must go along", tuple[Act, ...], total=True),
    "license.certain": _kind("whether it binds beyond doubt", bool, total=True),
    "license.inherited": _kind("whether it comes from a base model", bool, total=True),
    "license.direct": _kind(
        "whether it is the release's own or that of a base model it names", bool, total=True
    ),
    "license.carried": _kind(
        "whether the release states it, or another one of that ancestor", bool, total=True
    ),
    "license.relation": _kind("the relation to the ancestor", str, total=True),
    "license.kept": _kind("where the card says that the ancestor keeps its terms", str, total=True),
    "license.via": _kind("the base model that it comes from", str, total=True),
    "license.denied": _kind("what our policy denies of its clauses", _WORDS, total=True),
    "license.reviewed": _kind("what our policy wants reviewed of its clauses", _WORDS, total=True),
}

DUTY: Mapping[str, FactKind] = {
    **LICENSE,
    "duty.title": _kind("the duty", str, total=True),
    "duty.applies": _kind("whether the duty applies", bool),
    "duty.denied": _kind("whether our policy denies such duties", bool, total=True),
    "duty.reviewed": _kind("whether our policy wants such duties reviewed", bool, total=True),
}

OPENNESS: Mapping[str, FactKind] = {
    **RELEASE,
    "openness.label": _kind("how open the release is", str, total=True),
    "openness.claims": _kind("where the card calls the model open source", _WORDS, total=True),
    "openness.shortfall": _kind("whether it is open source", str),
    "openness.standing": _kind("what the Open Source AI Definition says", str, total=True),
    "openness.minimum": _kind("how open our policy wants it", _WORDS, total=True),
    "openness.below": _kind("what is less open than our policy wants", _WORDS),
}

PARENT: Mapping[str, FactKind] = {
    **RELEASE,
    "parent.name": _kind("the base model", str, total=True),
    "parent.relation": _kind("the relation to the base model", str, total=True),
    "parent.how": _kind("how the base model is known", str, total=True),
    "parent.confidence": _kind("how sure the base model is", str, total=True),
    "parent.terms": _kind("the base model's licence", _WORDS, total=True),
    "parent.known": _kind("whether the base model's licence is known", bool, total=True),
    "parent.missing": _kind("the base model's licences that the release does not state", _WORDS, total=True),
    "parent.carried": _kind("whether the release states the base model's licence", bool),
    "parent.categories": _kind("the category of what it does not state", _WORDS, total=True),
    "parent.why": _kind("how the base model's licence is known", str, total=True),
    "parent.made": _kind("how surely it was made from the base model, in words", str, total=True),
    "parent.kept": _kind("where the card says that the base model keeps its terms", str, total=True),
    "parent.owner": _kind("what follows where the release bears its publisher's name", str, total=True),
}

DEPENDENCY: Mapping[str, FactKind] = {
    "policy.require": USE["policy.require"],
    "dependency.name": _kind("the model", str, total=True),
    "dependency.kind": _kind("whether a model or a data set is named", str, total=True),
    "dependency.scheme": _kind("where such names lead", str, total=True),
    "dependency.resolved": _kind("whether it can be told what is named", bool, total=True),
    "dependency.sure": _kind("whether a model is named for certain", bool, total=True),
    "dependency.how": _kind("how the name was found", str, total=True),
    "dependency.revision": _kind("the revision that the code names", str, total=True),
    "dependency.pinned": _kind("whether that is a commit or digest", bool, total=True),
    "dependency.pin": _kind("the line that pins it", str, total=True),
    "dependency.known_by": _kind("where the evidence is", str, total=True),
    "dependency.why": _kind("what was looked at", str, total=True),
    "dependency.license": _kind("the licence of the weights", str, total=True),
    "dependency.licensed": _kind("whether any licence was found", bool, total=True),
    "dependency.blocking": _kind("what terms or policy forbid", _WORDS, total=True),
    "dependency.reviewing": _kind("what a person must settle", _WORDS, total=True),
    "dependency.remedies": _kind("what settles it", _WORDS, total=True),
    "dependency.has_lock": _kind("whether the repository has a lock", bool, total=True),
    "dependency.locked": _kind("whether the lock holds it", bool, total=True),
    "dependency.rechecked": _kind("whether more than a new entry of the lock shows it", bool, total=True),
    "dependency.disagreements": _kind("where the lock and what was read differ", _WORDS, total=True),
    "dependency.moved_to": _kind("the commit that the branch or tag is at now", str, total=True),
    "dependency.moved": _kind("what became different there", _WORDS, total=True),
    "dependency.known_terms": _kind("the terms that it is known for by name", str, total=True),
    "dependency.signoff": _kind("the state of its sign-off", str, total=True),
    "dependency.signoff_why": _kind("why the sign-off is in that state", str, total=True),
}

EXCEPTION: Mapping[str, FactKind] = {
    "exception.model": _kind("the model of the exception", str, total=True),
    "exception.rules": _kind("the rules whose findings it accepts", _WORDS, total=True),
    "exception.person": _kind("who accepted them", str, total=True),
    "exception.until": _kind("its last day", str, total=True),
    "exception.days": _kind("the days that are left", int, total=True),
    "exception.state": _kind("whether it holds", str, total=True),
    "exception.longest": _kind("the longest that our policy allows, in days", int, total=True),
}

EDIT: Mapping[str, FactKind] = {
    "edit.path": _kind("the file", str, total=True),
    "edit.what": _kind("what it decides", str, total=True),
}

ENTRY: Mapping[str, FactKind] = {
    "entry.name": _kind("the model that the lock holds", str, total=True),
    "entry.named": _kind("whether the code still names it", bool, total=True),
}

FILE: Mapping[str, FactKind] = {
    "file.path": _kind("the file or folder", str, total=True),
    "file.reason": _kind("why it was not read", str, total=True),
}

_HERE: Mapping[str, FactKind] = {
    "here.license_text": _kind("whether the licence's text is in the release", bool, total=True),
    "here.notice": _kind("whether the notice is in the release", bool),
    "here.phrase": _kind("whether the card has the words", bool),
    "here.prefix": _kind("whether the release's name begins so", bool),
    "here.changes": _kind("whether the card or a notice says what it was changed from", bool),
    "here.policy": _kind("whether the use policy, or its address, is in the release", bool),
}
"""What a clause asks for, looked up in the release itself."""


_OWN: Mapping[str, str] = {
    "what": "what must be done",
    "where": "where it must be done",
    "phrase": "the prescribed words",
    "prefix": "the prescribed beginning",
    "strength": "how it must be done",
    "applies": "the prescribed terms",
}
"""Words for fields of a clause whose names alone say little."""

_MADE: Mapping[str, str] = {
    "clause.place": "its section",
    "clause.line": "the line that it draws",
    "clause.asked": "what it asks for",
}
"""Words for what is made from a clause, see :mod:`scanner.evaluate.phrases`."""


def clause_type(kind: str) -> type[Clause]:
    """Return the type of the clauses of one kind.

    Raises:
        KeyError: there is no such kind.
    """
    if kind not in CLAUSE_KINDS:
        raise KeyError(kind)
    return next(found for found in _parts(get_type_hints(License)[kind]) if issubclass(found, Clause))


@cache
def facts_of(ranges_over: str) -> Mapping[str, FactKind]:
    """Return the facts that a rule may read which ranges over this.

    Raises:
        KeyError: a rule cannot range over it.
    """
    if ranges_over in _RANGES:
        return _RANGES[ranges_over]
    named = re.fullmatch(r"clause\((\w+)\)", ranges_over)
    if named is None:
        raise KeyError(ranges_over)
    kind = clause_type(named[1])
    fields = get_type_hints(kind)
    own = {
        f"clause.{name}": _kind(
            _OWN.get(name, f"the clause's {name.replace('_', ' ')}"),
            fields[name],
            total=type(None) not in get_args(fields[name]),
        )
        for name in kind.__struct_fields__
    }
    made = {name: _kind(_MADE[name], str, total=True) for name in derived_names(kind)}
    return {**LICENSE, **_HERE, **own, **made, "clause": _kind("the licence's line", kind, total=True)}


def clause_kind(ranges_over: str) -> str | None:
    """Return the clause kind that a rule ranges over, or None."""
    named = re.fullmatch(r"clause\((\w+)\)", ranges_over)
    return named[1] if named else None


_RANGES: Mapping[str, Mapping[str, FactKind]] = {
    "release": RELEASE,
    "license": LICENSE,
    "openness": OPENNESS,
    "parent": PARENT,
    "duty": DUTY,
    "dependency": DEPENDENCY,
    "exception": EXCEPTION,
    "edit": EDIT,
    "entry": ENTRY,
    "file": FILE,
}

OF_A_REPOSITORY = frozenset({"dependency", "exception", "edit", "entry", "file"})
"""Ranges of rules about a source repository; a release is not asked about these."""

RANGES = (*_RANGES, "clause(KIND)")
"""What a rule may range over."""


def _parts(hint: Any) -> list[type]:  # noqa: ANN401  a type hint
    """Return the plain classes inside a type hint."""
    if get_origin(hint) in {Union, UnionType, tuple}:
        return [part for inner in get_args(hint) for part in _parts(inner)]
    return [hint] if isinstance(hint, type) else []
