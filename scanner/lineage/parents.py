# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Claims to links: one for each parent, with everything that names it and the relation they show.

The rules stand in ``docs/lineage.md``; :func:`_relation` applies them in its order.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from posixpath import dirname, join, normpath

from scanner.lineage.claims import Claim, claims, relation_word
from scanner.lineage.names import Form, Name
from scanner.lineage.prose import tokens
from scanner.model.base import Evidence, Value
from scanner.model.conclusion import LineageEdge, ParentTerms, Relation
from scanner.model.reading import Facts, Source
from scanner.model.release import ArtifactKind, Release

MAX_EVIDENCE = 20
"""Places that are kept for one parent, the surest first; a merge names one model in every slice."""

NOT_CARRYING = frozenset({Relation.DISTILLED, Relation.TRAINED_ON})
"""Relations in which the release holds no weights of its parent."""

TOLD = (
    Relation.ADAPTER,
    Relation.MERGE,
    Relation.QUANTIZED,
    Relation.FINETUNE,
    Relation.DISTILLED,
    Relation.TRAINED_ON,
    Relation.UNKNOWN,
)
"""Of several relations that are told the first counts: those that hold the parent's weights go first."""

NOT_LOOKED_UP = ParentTerms(why="its terms were not looked up")
"""Until the whole tree is known."""


class Signs(Value, frozen=True, kw_only=True):
    """What the release as a whole shows about how it was made."""

    adapter: bool
    """It holds the configuration of an adapter, or a weights file that calls itself one."""

    merge: bool
    """Its card carries the tag of a merge."""

    converted: bool
    """All of its weights are in the format that models are converted to, not trained in."""

    on_top: bool
    """A Modelfile puts an adapter on the model that it starts from."""

    bases: int
    """Number of models that the card names as base model; where it names none, that headers name."""

    declared: bool
    """Whether it is the card that names them."""


def edges(release: Release, facts: Facts) -> tuple[LineageEdge, ...]:
    """Return the links of one release to its parents, declared ones first; their terms are still open."""
    found = [claim for claim in claims(facts, release.name) if not _own(claim, release)]
    groups = _grouped(found)
    signs = _signs(release, facts, groups.values())
    links = [_edge(group, signs) for group in groups.values()]
    return tuple(sorted(links, key=lambda edge: (edge.how, edge.parent.lower(), edge.parent)))


def _own(claim: Claim, release: Release) -> bool:
    """Whether a claim names the release itself, or one of its own files."""
    name = claim.name
    if name.key == release.name.lower() or name.key in _joined(release.name):
        return True
    if claim.told and tokens(name.text) == tokens(re.split(r"/|__", release.name)[-1]):
        return True
    if name.form is Form.PATH and _inside(name.text, claim, release):
        return True
    # A configuration keeps the name under which the model was saved, and a folder may be called like it.
    loaded = claim.source in {Source.CONFIG, Source.MODEL_INDEX}
    return loaded and "/" not in release.name and name.tail == release.name.lower()


def _joined(name: str) -> frozenset[str]:
    """Return how ``org/name`` reads where a folder was named after it: ``org__name``, ``org--name``."""
    lower = name.lower()
    return frozenset(lower.replace(mark, "/", 1) for mark in ("__", "--") if mark in lower)


def _inside(path: str, claim: Claim, release: Release) -> bool:
    """Whether a path leads to the release's own folder or files."""
    place = normpath(path)
    if claim.source is Source.MODELFILE:
        # What it names below its own folder is published with it, whether it is here or not.
        return not place.startswith(("/", "..", "~"))
    here = normpath(join(dirname(claim.evidence[0].path), place))
    return place == "." or any(
        artifact.path == here or artifact.path.startswith(f"{here}/") for artifact in release.artifacts
    )


def _grouped(found: Sequence[Claim]) -> Mapping[str, list[Claim]]:
    """Return the claims by parent: a path or a bare name joins the one repository that ends like it."""
    repositories: defaultdict[str, set[str]] = defaultdict(set)
    for claim in found:
        if claim.name.form is Form.HUB:
            repositories[claim.name.tail].add(claim.name.key)
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in found:
        groups[_parent_key(claim.name, repositories)].append(claim)
    return _without_vaguer(groups)


def _without_vaguer(groups: Mapping[str, list[Claim]]) -> Mapping[str, list[Claim]]:
    """Return the parents, a name from running words joined to the more exact name that holds all its words.

    "Llama 3.1" beside ``meta-llama/Llama-3.1-8B`` speaks of the same parent, and of no second one.
    """
    words = {key: tokens(group[0].name.text) for key, group in groups.items()}
    letters = {key: re.sub(r"[^a-z0-9]", "", group[0].name.key) for key, group in groups.items()}
    vague = {
        key
        for key, group in groups.items()
        if all(claim.told and claim.name.form is not Form.HUB for claim in group)
    }
    joined = {key: list(group) for key, group in groups.items()}
    for key in sorted(vague, key=lambda one: (len(words[one]), one)):
        wider = [
            other
            for other in joined
            if other != key
            and (
                words[key] < words[other]
                or (words[key] == words[other] and other not in vague)
                or bool(re.search(rf"{letters[key]}(?!\d)[a-z]", letters[other]))
            )
        ]
        if wider:
            best = min(wider, key=lambda other: (other in vague, len(words[other]), other))
            joined[best] += joined.pop(key)
    return joined


def _parent_key(name: Name, repositories: Mapping[str, set[str]]) -> str:
    ending = repositories.get(name.tail, set())
    return next(iter(ending)) if name.form is not Form.HUB and len(ending) == 1 else name.key


def _signs(release: Release, facts: Facts, groups: Iterable[Sequence[Claim]]) -> Signs:
    weights = [artifact for artifact in release.artifacts if artifact.kind is ArtifactKind.WEIGHTS]
    bases = [group for group in groups if any(claim.field.base for claim in group)]
    declared = [group for group in bases if _declared_base(group)]
    return Signs(
        adapter=any(
            reading.source is Source.ADAPTER_CONFIG
            or (reading.name == "general.type" and _says(reading.value, Relation.ADAPTER))
            for reading in facts.readings
        ),
        merge=any(
            reading.source is Source.CARD and _says(reading.value, Relation.MERGE)
            for reading in facts.named("tags")
        ),
        converted=bool(weights) and all(artifact.format == "gguf" for artifact in weights),
        on_top=any(reading.source is Source.MODELFILE for reading in facts.named("ADAPTER")),
        bases=len(declared or bases),
        declared=bool(declared),
    )


def _declared_base(group: Sequence[Claim]) -> bool:
    return any(claim.field.base and claim.field.how == "declared" for claim in group)


def _says(value: str | None, relation: Relation) -> bool:
    return value is not None and relation_word(value) is relation


def _edge(group: Sequence[Claim], signs: Signs) -> LineageEdge:
    """Return the link to one parent; the surest claim gives its name."""
    ordered = sorted(group, key=lambda claim: claim.rank)
    return LineageEdge(
        parent=ordered[0].name.text,
        relation=_relation(group, signs),
        how="declared" if any(claim.field.how == "declared" for claim in group) else "observed",
        confidence=ordered[0].confidence,
        evidence=_evidence(ordered),
        terms=NOT_LOOKED_UP,
    )


def _evidence(ordered: Iterable[Claim]) -> tuple[Evidence, ...]:
    places = dict.fromkeys(place for claim in ordered for place in claim.evidence)
    return tuple(places)[:MAX_EVIDENCE]


def _relation(group: Sequence[Claim], signs: Signs) -> Relation:
    """Return what the first rule says that has an answer."""
    answers = (rule(group, signs) for rule in RULES)
    return next((answer for answer in answers if answer is not None), Relation.UNKNOWN)


def _made(group: Sequence[Claim], _: Signs) -> Relation | None:
    """Rules 1 and 2: a file that the making itself left behind: adapter before merge."""
    made = {claim.field.made for claim in group}
    return next((one for one in (Relation.ADAPTER, Relation.MERGE) if one in made), None)


def _on_top(group: Sequence[Claim], signs: Signs) -> Relation | None:
    """Rule 1 for Modelfiles: FROM names what the ADAPTER is put on."""
    starts = any(claim.field.start for claim in group)
    return Relation.ADAPTER if starts and signs.on_top else None


def _stated(group: Sequence[Claim], _: Signs) -> Relation | None:
    """Rule 3: the author's word, unless it denies weights that a file shows to be there."""
    stated = {claim.stated for claim in group if claim.stated}
    if len(stated) != 1:
        return None
    (word,) = stated
    denied = word in NOT_CARRYING and any(claim.field.loads for claim in group)
    return Relation.UNKNOWN if denied else word


def _converted(group: Sequence[Claim], _: Signs) -> Relation | None:
    """Rule 4: a header says what the file was converted from."""
    converted = any(claim.field.made is Relation.QUANTIZED for claim in group)
    return Relation.QUANTIZED if converted else None


def _by_signs(group: Sequence[Claim], signs: Signs) -> Relation | None:
    """Rules 5 to 7: a base model of which nothing more is said, by what the release as a whole shows."""
    named = _declared_base(group) if signs.declared else any(claim.field.base for claim in group)
    if not named:
        return None
    if signs.bases > 1:
        return Relation.MERGE if signs.merge else None
    if signs.adapter:
        return Relation.ADAPTER
    if signs.converted:
        return Relation.QUANTIZED
    return Relation.MERGE if signs.merge else None


def _told(group: Sequence[Claim], _: Signs) -> Relation | None:
    """Rule 8: the card's sentences; what they deny never outweighs a base model in a field or a file."""
    told = {claim.told for claim in group if claim.told}
    word = next((one for one in TOLD if one in told), None)
    denied = word in NOT_CARRYING and any(claim.field.loads or claim.field.base for claim in group)
    return Relation.UNKNOWN if denied else word


def _default(group: Sequence[Claim], signs: Signs) -> Relation | None:
    """Rule 9: one base model of which nothing is said is fine-tuned, as the Hub reads it."""
    named = _declared_base(group) if signs.declared else any(claim.field.base for claim in group)
    return Relation.FINETUNE if named and signs.bases == 1 else None


RULES: Sequence[Callable[[Sequence[Claim], Signs], Relation | None]] = (
    _made,
    _on_top,
    _stated,
    _converted,
    _by_signs,
    _told,
    _default,
)
"""In order of precedence."""
