# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The rules about a source repository, asked of each model, exception and edit: a finding a matter."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from scanner.dependencies.reading import READ_OTHERWISE
from scanner.dependencies.tiers import tier_of
from scanner.evaluate import answer, filled
from scanner.gate.evidence import Located
from scanner.gate.exceptions import Accepting, Standing, accepted_words
from scanner.gate.judge import blocking, entry_words
from scanner.lineage import Table, terms_by_name
from scanner.model.base import Value
from scanner.model.finding import Outcome, Rule, Severity
from scanner.model.gate import Dependency, GateFinding, GatePlace, JudgedModel, Matter
from scanner.model.license import Catalogue
from scanner.model.lock import LOCK_NAME, LockEntry
from scanner.model.policy import Policy
from scanner.model.reference import Reference, ReferenceKind
from scanner.model.release import Confidence, Unread

_VERDICTS = {True: "gate/not-allowed", False: "gate/needs-review"}


class Edit(Value, frozen=True, kw_only=True):
    """A file that decides how changes are judged, and that this one edits."""

    path: str
    what: str
    content: tuple[str, ...] = ()
    """Names of its objects before and after: another edit of the same file is another matter."""


class Names:
    """What is known of models and data sets by their names alone; it decides nothing."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Make the table of families ready once."""
        self._table = Table(catalogue.families)
        self._datasets = catalogue.datasets

    def told(self, dependency: Dependency) -> str:
        """Return what a name tells, as a sentence of its own."""
        if dependency.id is None:
            return ""
        if dependency.kind is ReferenceKind.DATASET:
            known = self._datasets.get(dependency.id.lower())
            return f" By its name it is known for {', '.join(known.keys)} ({known.note})." if known else ""
        terms = terms_by_name(dependency.id, self._table)
        if not terms.keys:
            return ""
        keys = " or ".join(terms.keys)
        return f" By its name alone it would be under {keys} ({terms.confidence} confidence)."


class Asking:
    """The rules of the gate, by what they range over."""

    def __init__(self, rules: Iterable[Rule], catalogue: Catalogue) -> None:
        """Sort the rules."""
        self._names = Names(catalogue)
        self._by_range: dict[str, list[Rule]] = {}
        for rule in rules:
            self._by_range.setdefault(rule.ranges_over, []).append(rule)

    def of_model(
        self, judged: JudgedModel, located: Located, policy: Policy, accepting: Accepting, *, has_lock: bool
    ) -> Iterator[GateFinding]:
        """Yield what is to be said of one model; what exceptions accept is marked so."""
        facts = dependency_facts(judged, located, policy, self._names, has_lock=has_lock)
        dependency = judged.dependency
        for rule, references in self._asked(dependency, facts):
            matters = _about(rule.id, judged)
            gates = any(_counts(one, judged, policy) for one in references)
            found = GateFinding(
                rule=rule.id,
                severity=rule.severity,
                outcome=Outcome.FINDING,
                model=dependency.name,
                section=judged.section,
                message=filled(rule.message, facts.__getitem__),
                how_to_fix=filled(rule.fix, facts.__getitem__).strip(),
                places=tuple(map(_place, references)),
                gates=gates and rule.severity is not Severity.NOTE,
                accepted=_acceptance(rule.id, matters, replace(dependency, references=references), accepting),
                fingerprint=_fingerprint(rule.id, judged, located, matters, references[0].path),
            )
            yield replace(found, gates=False) if found.accepted else found

    def _asked(
        self, dependency: Dependency, facts: Mapping[str, Any]
    ) -> Iterator[tuple[Rule, tuple[Reference, ...]]]:
        """Yield the rules that speak of a model with its places; of no model, a file's places by themselves.

        The same words in two files may be two models.
        """
        apart: dict[str, list[Reference]] = {}
        for one in dependency.references:
            apart.setdefault("" if dependency.id is not None else one.path, []).append(one)
        for rule in self._holding("dependency", facts):
            yield from ((rule, tuple(ones)) for ones in apart.values())

    def of_exceptions(self, standings: Iterable[Standing], longest: int | None) -> Iterator[GateFinding]:
        """Yield what is wrong with exceptions, or soon will be."""
        for standing in standings:
            one = standing.exception
            facts = {
                "exception.model": one.model,
                "exception.rules": one.rules,
                "exception.person": one.person,
                "exception.until": one.until,
                "exception.days": standing.days,
                "exception.state": standing.state,
                "exception.longest": longest or 0,
            }
            about = (one.model, *one.rules, one.until)
            yield from self._plain("exception", facts, one.model, about)

    def of_edits(self, edits: Iterable[Edit]) -> Iterator[GateFinding]:
        """Yield the edits of what decides how changes are judged."""
        for edit in edits:
            facts = {"edit.path": edit.path, "edit.what": edit.what}
            place = (GatePlace(path=edit.path),)
            yield from self._plain("edit", facts, edit.path, (edit.path, *edit.content), place)

    def of_files(self, unread: Iterable[Unread], policies: Callable[[str], Policy]) -> Iterator[GateFinding]:
        """Yield the files of judged parts that were not read, though they may name models."""
        for one in unread:
            if not one.matters or one.reason.startswith(READ_OTHERWISE):
                continue
            facts = {"file.path": one.path, "file.reason": one.reason}
            place = (GatePlace(path=one.path),)
            counts = tier_of(one.path) in policies(one.path).tiers
            for found in self._plain("file", facts, one.path, (one.path, one.reason), place):
                yield found if counts else replace(found, gates=False)

    def of_entries(self, entries: Iterable[LockEntry]) -> Iterator[GateFinding]:
        """Yield the entries of the lock that nothing in the repository names."""
        for entry in entries:
            name = f"{entry.id}@{entry.requested}" if entry.requested else entry.id
            facts = {"entry.name": name, "entry.named": False}
            yield from self._plain("entry", facts, name, (name,), (GatePlace(path=LOCK_NAME),))

    def _plain(
        self,
        ranges_over: str,
        facts: Mapping[str, Any],
        name: str,
        about: Sequence[str],
        places: tuple[GatePlace, ...] = (),
    ) -> Iterator[GateFinding]:
        for rule in self._holding(ranges_over, facts):
            yield GateFinding(
                rule=rule.id,
                severity=rule.severity,
                outcome=Outcome.FINDING,
                model=name,
                message=filled(rule.message, facts.__getitem__),
                how_to_fix=filled(rule.fix, facts.__getitem__).strip(),
                places=places,
                gates=rule.severity is not Severity.NOTE,
                fingerprint=_digest(rule.id, *about),
            )

    def _holding(self, ranges_over: str, facts: Mapping[str, Any]) -> Iterator[Rule]:
        ask: Callable[[str], Any] = facts.__getitem__
        for rule in self._by_range.get(ranges_over, ()):
            speaks = rule.where is None or answer(rule.where, ask) != "false"
            if speaks and answer(rule.when, ask) == "true":
                yield rule


def dependency_facts(
    judged: JudgedModel, located: Located, policy: Policy, names: Names, *, has_lock: bool
) -> Mapping[str, Any]:
    """Return everything that rules about a repository may ask of one model."""
    dependency, entry = judged.dependency, judged.entry
    first = dependency.references[0]
    blockers = tuple(one for one in judged.matters if blocking(one))
    others = tuple(one for one in judged.matters if not blocking(one))
    weights = entry.weights if entry else None
    return {
        "policy.require": policy.require,
        "dependency.name": dependency.name,
        "dependency.kind": dependency.kind.value,
        "dependency.scheme": _scheme(dependency),
        "dependency.resolved": dependency.id is not None,
        "dependency.sure": entry is not None or any(map(_sure, dependency.references)),
        "dependency.how": first.how,
        "dependency.revision": dependency.revision or "",
        "dependency.pinned": any(one.pinned for one in dependency.references),
        "dependency.pin": _pin(first, entry.revision if entry else None),
        "dependency.known_by": judged.known_by,
        "dependency.why": judged.why,
        "dependency.license": entry_words(entry),
        "dependency.licensed": bool(weights and (weights.keys or weights.candidates)),
        "dependency.blocking": tuple(one.message for one in blockers),
        "dependency.reviewing": tuple(one.message for one in others),
        "dependency.remedies": tuple(dict.fromkeys(one.how_to_fix for one in (*blockers, *others))),
        "dependency.has_lock": has_lock,
        "dependency.locked": located.locked,
        "dependency.rechecked": located.rechecked,
        "dependency.disagreements": located.disagreements,
        "dependency.moved_to": (located.moved_to or "")[:12],
        "dependency.moved": located.moved,
        "dependency.known_terms": names.told(dependency) if entry is None else "",
        "dependency.signoff": judged.signoff or "none",
        "dependency.signoff_why": judged.signoff_why or "there is no sign-off for it",
    }


def merged(findings: Iterable[GateFinding]) -> tuple[GateFinding, ...]:
    """Return each matter once, with the places of all that say the same, the worst first."""
    found: dict[tuple[str, str, str], GateFinding] = {}
    for one in findings:
        key = (one.rule, one.fingerprint, one.message)
        known = found.get(key)
        if known is None:
            found[key] = one
        else:
            places = tuple(dict.fromkeys((*known.places, *one.places)))
            found[key] = replace(known, places=places, gates=known.gates or one.gates)
    return tuple(sorted(found.values(), key=_order))


def _order(one: GateFinding) -> tuple[Any, ...]:
    first = one.places[0] if one.places else GatePlace(path="")
    severity = list(Severity).index(one.severity)
    return (not one.gates, severity, not one.introduced, first.path, first.line or 0, one.rule, one.model)


def _about(rule: str, judged: JudgedModel) -> tuple[Matter, ...]:
    """Return the reasons that a finding about a verdict sums up."""
    if rule == _VERDICTS[True]:
        return tuple(one for one in judged.matters if blocking(one))
    if rule in {_VERDICTS[False], "gate/license-unknown"}:
        return tuple(one for one in judged.matters if not blocking(one))
    return ()


def _acceptance(
    rule: str, matters: Sequence[Matter], dependency: Dependency, accepting: Accepting
) -> str | None:
    """Return who accepted a finding: the finding itself, or every reason that it sums up."""
    if matters:
        each = [one.accepted or _excepted(one, dependency, accepting) for one in matters]
        if all(each):
            return "; ".join(dict.fromkeys(filter(None, each)))
    elif (one := accepting.finding(rule, dependency)) is not None:
        return accepted_words(one)
    return None


def _excepted(matter: Matter, dependency: Dependency, accepting: Accepting) -> str | None:
    found = accepting.matter(matter, dependency)
    return accepted_words(found) if found is not None else None


def _fingerprint(
    rule: str, judged: JudgedModel, located: Located, matters: Sequence[Matter], path: str
) -> str:
    """Return a digest of the matter: of the model, its legal texts and what is the matter, not of lines.

    Where nothing is known of a model, each revision of it is a matter of its own; where not even the model
    is known, each file is.
    """
    dependency, entry = judged.dependency, judged.entry
    legal = sorted(entry.legal_digests) if entry else []
    terms = sorted({one.license for one in entry.effective}) if entry else []
    what = sorted(one.identity for one in matters)
    return _digest(
        rule,
        dependency.kind.value,
        (dependency.id or dependency.name).casefold(),
        judged.section,
        *legal,
        "",
        *terms,
        "",
        *what,
        *located.disagreements,
        *located.moved,
        *((dependency.revision or "",) if entry is None else ()),
        *((path,) if dependency.id is None else ()),
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _counts(one: Reference, judged: JudgedModel, policy: Policy) -> bool:
    """Whether a place is in a part that is judged; what looks like a placeholder and exists is none."""
    exists = judged.entry is not None and not _sure(one)
    return (tier_of(one.path) if exists else one.tier) in policy.tiers


def _sure(one: Reference) -> bool:
    return one.confidence is not Confidence.LOW


def _place(one: Reference) -> GatePlace:
    return GatePlace(path=one.path, line=one.line, column=one.column, cell=one.cell)


def _scheme(dependency: Dependency) -> str:
    if dependency.id is None:
        return "unknown"
    scheme, colon, _ = dependency.id.partition(":")
    return scheme if colon else "hub"


def _pin(first: Reference, revision: str | None) -> str:
    """Return the words that pin a model where the code names it."""
    commit = revision or "<commit>"
    where = f"{first.path}:{first.line}"
    hint = "" if revision else " (`modelscan lock --online` finds it)"
    return (
        f'At {where}, name the commit: revision="{commit}" in Python, --revision {commit} in commands{hint}.'
    )


__all__ = ["Asking", "Edit", "dependency_facts", "merged"]
