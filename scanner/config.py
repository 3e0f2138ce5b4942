# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The user's own configuration: use cases, policy and paths, each value remembering its origin.

``--config FILE`` wins, then the environment variable ``MODELSCAN_CONFIG``, then the nearest
``modelscan.yml`` or ``[tool.modelscan]`` in ``pyproject.toml`` from a folder upward to the top of
its git checkout. Both side by side are an error. A file inside a scanned release is never asked.
"""

import hashlib
import os
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec.structs import replace

from scanner.codes import country_problem, currency_problem, unions
from scanner.errors import ConfigError
from scanner.guarded.strict import Problem, convert, document, is_date, nearest, refuse
from scanner.guarded.yaml import MAX_CHARACTERS, Place, read_own
from scanner.model.base import Value
from scanner.model.curation import Curation
from scanner.model.license import CLAUSE_KINDS, Catalogue, Category, UserMetric
from scanner.model.openness import MofClass
from scanner.model.policy import POLICY_WORDS, OpennessMinimum, Paths, Policy, PolicyException, Section
from scanner.model.release import Release
from scanner.model.usecase import ANY_MONTH, Revenue, UseCase, UserCount

FILE_NAMES = ("modelscan.yml", "modelscan.yaml")
PROJECT = "pyproject.toml"
VARIABLE = "MODELSCAN_CONFIG"


class Config(Value, frozen=True, kw_only=True):
    """What the user configured."""

    use_cases: tuple[UseCase, ...] = ()
    """Empty: none stated, the defaults of the product apply."""

    policy: Policy = Policy()
    paths: Paths = Paths()
    curations: tuple[Curation, ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    sections: tuple[Section, ...] = ()
    """Parts of a source repository; the first that fits a path holds for it."""

    organisation: str | None = None
    """The organisation's policy file that was followed."""

    ignored: tuple[str, ...] = ()
    """What stands in the file and does not count, since the organisation's policy does not let it."""

    origin: str | None = None
    """The file it was read from, as a person would name it; None: built-in defaults."""

    by_place: bool = False
    """Whether the file was found from the working directory upward, and nobody named it."""

    @property
    def policy_digest(self) -> str:
        """Hex sha256 of the policy, the same for the same meaning however it is written."""
        return hashlib.sha256(msgspec.json.encode(self.policy, order="deterministic")).hexdigest()


class File(Value, frozen=True, kw_only=True):
    """The shape of the configuration file."""

    use_case: UseCase | None = None
    use_cases: tuple[UseCase, ...] = ()
    policy: Policy = Policy()
    paths: Paths = Paths()
    curations: tuple[Curation, ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    sections: tuple[Section, ...] = ()


class OrganisationFile(Value, frozen=True, kw_only=True):
    """The shape of an organisation's own policy file."""

    policy: Policy
    exceptions: tuple[PolicyException, ...] = ()


def load_config(  # noqa: PLR0913  the parts of one question
    start: Path,
    *,
    explicit: Path | None = None,
    environment: Mapping[str, str],
    catalogue: Catalogue | None = None,
    rules: Collection[str] = (),
    elsewhere: Callable[[Path], Path] = lambda path: path,
) -> Config:
    """Return the configuration that holds for a working directory.

    Args:
        start: Folder from which the nearest file is looked for upward.
        explicit: The file named on the command line.
        environment: The process's environment.
        catalogue: When given, a word of the policy, of a correction or of an agreement that names no licence
            is refused: it would hold for nothing.
        rules: When given, ids of the rules that an exception may name.
        elsewhere: Gives the place at which a file that the configuration names is read.

    Raises:
        ConfigError: two files side by side, a file that cannot be read, or a value that is wrong.
    """
    named = explicit or (Path(environment[VARIABLE]) if environment.get(VARIABLE) else None)
    path = named or nearest_file(start)
    if path is None:
        return Config()
    if not path.exists():
        raise ConfigError("there is no such configuration file", source=str(path))
    content, lines = _content(path)
    file = convert(content, File, path, lines)
    refuse(_problems(file, catalogue, rules), path, lines)
    config = Config(
        use_cases=((file.use_case,) if file.use_case else ()) + file.use_cases,
        policy=file.policy,
        paths=file.paths,
        curations=file.curations,
        exceptions=file.exceptions,
        sections=file.sections,
        origin=str(path),
        by_place=named is None,
    )
    if file.policy.organisation is None:
        return config
    place = elsewhere(Path(os.path.normpath(path.parent / file.policy.organisation)))
    return _organised(config, place, catalogue, rules)


def _organised(config: Config, place: Path, catalogue: Catalogue | None, rules: Collection[str]) -> Config:
    """Return a configuration under the organisation's policy, which it can only make stricter.

    Raises:
        ConfigError: the organisation's file is missing or wrong.
    """
    if not place.exists():
        raise ConfigError(
            "there is no such policy file of the organisation",
            source=str(place),
            advice=f"{config.origin} names it under policy.organisation",
        )
    written = document(place)
    own = convert(written.value, OrganisationFile, place, written.lines)
    refuse(
        _problems(File(policy=own.policy, exceptions=own.exceptions), catalogue, rules), place, written.lines
    )
    if own.policy.organisation is not None:
        told = "an organisation's file names no other one"
        refuse([(("policy", "organisation"), told)], place, written.lines)
    looser, accepts = "looser" in own.policy.local, {"looser", "exceptions"} & set(own.policy.local)
    ignored = (
        [] if accepts or not config.exceptions else ["exceptions: the organisation accepts findings itself"]
    )

    def under(policy: Policy) -> Policy:
        return policy if looser else stricter(own.policy, policy)

    return msgspec.structs.replace(
        config,
        policy=under(config.policy),
        sections=tuple(
            msgspec.structs.replace(one, policy=under(one.policy)) if one.policy is not None else one
            for one in config.sections
        ),
        exceptions=(*own.exceptions, *(config.exceptions if accepts else ())),
        organisation=str(place),
        ignored=tuple(ignored),
    )


def stricter(one: Policy, other: Policy) -> Policy:
    """Return the policy that forbids whatever either of two forbids."""
    allows = [policy.allow for policy in (one, other) if policy.allow is not None]
    longest = [policy.longest_exception for policy in (one, other) if policy.longest_exception is not None]
    classes = [found for policy in (one, other) for found in (policy.mof, policy.openness.mof) if found]
    return Policy(
        allow=tuple(word for word in allows[0] if all(word in words for words in allows)) if allows else None,
        deny=_joined(one.deny, other.deny),
        review=_joined(one.review, other.review),
        require=_joined(one.require, other.require),
        openness=OpennessMinimum(
            **{
                name: _least(getattr(one.openness, name), getattr(other.openness, name))
                for name in OpennessMinimum.__struct_fields__
                if name != "mof"
            }
        ),
        mof=max(classes, key=list(MofClass).index, default=None),
        tiers=_joined(one.tiers, other.tiers),
        longest_exception=min(longest, default=None),
    )


def _joined(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*one, *other)))


_GRADES = (None, "restricted", "available", "open")


def _least(one: Any, other: Any) -> Any:  # noqa: ANN401  a grade, or none
    return max(one, other, key=_GRADES.index)


def comes_with(config: Config, release: Release) -> bool:
    """Whether a configuration that nobody named is a file of a release, and so its author's."""
    if config.origin is None or not config.by_place:
        return False
    own = Path(config.origin).resolve()
    alike = (one for one in release.artifacts if one.path.endswith(own.name))
    return any(Path(release.root, one.path).resolve() == own for one in alike)


def load_use_cases(paths: Sequence[Path], catalogue: Catalogue | None = None) -> tuple[UseCase, ...]:
    """Return the use cases in files of their own (``--use-case FILE``), which say them side by side.

    Raises:
        ConfigError: a file is wrong, or two of them have one id.
    """
    found: dict[str, Path] = {}
    use_cases: list[UseCase] = []
    for path in paths:
        use_case = load_use_case(path, catalogue)
        other = found.setdefault(use_case.id, path)
        if len(found) == len(use_cases):
            advice = "give each a name with `id:`"
            raise ConfigError(f"its id {use_case.id!r} is that of {other}", source=str(path), advice=advice)
        use_cases.append(use_case)
    return tuple(use_cases)


def load_use_case(path: Path, catalogue: Catalogue | None = None) -> UseCase:
    """Return the use case in a file of its own, named after the file if nameless.

    Raises:
        ConfigError: the file cannot be read, states nothing, or a value is wrong.
    """
    written = document(path)
    content: object = written.value
    below: Place = ()
    if isinstance(content, dict) and set(content) == {"use_case"}:
        content, below = content["use_case"], ("use_case",)
    if not content:
        advice = "state at least `commercial` and `acts`; examples/use-cases shows how"
        raise ConfigError("the file states no use case", source=str(path), advice=advice)
    if isinstance(content, dict):
        others = content.keys() & set(File.__struct_fields__)
        told = "this stands in modelscan.yml (--config), not in the file of one use case"
        refuse((((one,), told) for one in sorted(others)), path, written.lines)
        content = {"id": path.stem, **content}
    use_case = convert(content, UseCase, path, written.lines, below=below)
    refuse(_use_case_problems(use_case, below, catalogue), path, written.lines)
    return use_case


def _problems(file: File, catalogue: Catalogue | None, rules: Collection[str] = ()) -> Iterator[Problem]:
    """Yield what is wrong with a configuration beyond the types of its values."""
    places: list[Place] = [("use_case",)] if file.use_case else []
    places += [("use_cases", number) for number in range(len(file.use_cases))]
    ids: set[str] = set()
    for place, use_case in zip(places, (*filter(None, (file.use_case,)), *file.use_cases), strict=True):
        if use_case.id in ids:
            yield (*place, "id"), f"two use cases have the name {use_case.id!r}; give each its own"
        ids.add(use_case.id)
        yield from _use_case_problems(use_case, place, catalogue)
    yield from _policy_problems(file.policy, ("policy",), catalogue, rules)
    for number, section in enumerate(file.sections):
        yield from _section_problems(section, ("sections", number), ids, catalogue, rules)
    for number, exception in enumerate(file.exceptions):
        yield from _exception_problems(exception, ("exceptions", number), rules)
    said: dict[tuple[str, str, str], tuple[int, set[str]]] = {}
    for number, curation in enumerate(file.curations):
        place = ("curations", number)
        yield from _curation_problems(curation, place)
        yield from _unknown(curation.named, (*place, "concluded"), catalogue)
        subject = (
            (curation.release or "").lower(),
            (curation.digest or "").lower(),
            curation.component.value,
        )
        first, named = said.setdefault(subject, (number, set(curation.named)))
        if named != set(curation.named):
            both = f"curations {first + 1} and {number + 1}"
            yield place, f"{both} conclude different things of {curation.subject}; keep the one that holds"


def _policy_problems(
    policy: Policy, place: Place, catalogue: Catalogue | None, rules: Collection[str]
) -> Iterator[Problem]:
    """Yield the words of a policy that mean nothing."""
    for field in ("allow", "deny", "review"):
        words = getattr(policy, field) or ()
        yield from _unknown(words, (*place, field), catalogue, categories=True)
        for number, word in enumerate(words):
            kind, colon, name = word.partition(":")
            problem = _word_problem(field, kind, name, rules) if colon else None
            if problem:
                yield (*place, field, number), problem
    if policy.longest_exception is not None and policy.longest_exception < 1:
        yield (*place, "longest_exception"), "it is a number of days, at least 1"
    if policy.tiers == ():
        yield (*place, "tiers"), "no part of a repository would be judged; name at least one"


def _word_problem(field: str, kind: str, name: str, rules: Collection[str]) -> str | None:
    """Return what is wrong with a word such as ``clause:share_alike``; None: nothing."""
    if kind not in POLICY_WORDS:
        return f"{kind!r} is no kind of word{nearest(kind, POLICY_WORDS) or f'; there are {POLICY_WORDS}'}"
    if field == "allow" and kind != "publisher":
        return f"{kind}: stands in deny or review; allow names licences and publishers"
    if kind == "clause" and name.replace("-", "_") not in CLAUSE_KINDS:
        return f"there is no kind of clause {name!r}{nearest(name.replace('-', '_'), CLAUSE_KINDS)}"
    duties = [one.rpartition("/")[2] for one in rules if one.startswith("duties/")]
    if kind == "obligation" and duties and name not in duties:
        return f"there is no duty {name!r}{nearest(name, duties)}"
    if kind == "territory" and name.upper() not in unions():
        return country_problem(name.upper())
    return None if name.strip() else f"it names no {kind}"


def _section_problems(
    section: Section,
    place: Place,
    use_cases: Collection[str],
    catalogue: Catalogue | None,
    rules: Collection[str],
) -> Iterator[Problem]:
    if not section.paths:
        yield (*place, "paths"), "it is empty; name patterns such as research/*"
    if section.use_case is not None and section.use_case not in use_cases:
        hint = nearest(section.use_case, use_cases)
        yield (*place, "use_case"), f"there is no use case {section.use_case!r}{hint}"
    if section.policy is not None:
        yield from _policy_problems(section.policy, (*place, "policy"), catalogue, rules)
        if section.policy.organisation is not None:
            yield (*place, "policy", "organisation"), "it stands in the policy of the whole repository"


def _exception_problems(one: PolicyException, place: Place, rules: Collection[str]) -> Iterator[Problem]:
    """Yield what an exception lacks: it says what, why, by whom and until when."""
    for name in ("model", "reason", "person"):
        if not getattr(one, name).strip():
            yield (*place, name), "it is empty; an exception says for what, why and by whom"
    for name in ("since", "until"):
        value = getattr(one, name)
        if value is not None and not is_date(value):
            yield (*place, name), f"{value!r} is no date; write it as in 2025-04-05"
    if not one.rules:
        yield (*place, "rules"), "it is empty; name the rules whose findings are accepted"
    for number, rule in enumerate(one.rules):
        if rules and rule not in rules:
            hint = nearest(rule, rules) or "; `modelscan rules list` shows them"
            yield (*place, "rules", number), f"there is no rule {rule!r}{hint}"


def _use_case_problems(use_case: UseCase, place: Place, catalogue: Catalogue | None) -> Iterator[Problem]:
    """Yield the words of a use case that mean nothing."""
    if not use_case.id.strip():
        yield (*place, "id"), "it is empty; write a short name, as in hosted"
    if use_case.acts == ():
        told = "no act is planned; name the acts, or leave the key out while they are not known"
        yield (*place, "acts"), told
    for field, countries in (("establishment", use_case.establishment), ("deployment", use_case.deployment)):
        for number, country in enumerate((countries,) if isinstance(countries, str) else countries or ()):
            problem = country_problem(country)
            if problem:
                yield (*place, field, number), problem
    for number, revenue in enumerate(use_case.revenue or ()):
        problem = currency_problem(revenue.currency)
        if problem:
            yield (*place, "revenue", number, "currency"), problem
    yield from _contradictions(use_case, place)
    licenses = [agreement.license for agreement in use_case.agreements]
    yield from _unknown(licenses, (*place, "agreements"), catalogue, inside=("license",))


def _contradictions(use_case: UseCase, place: Place) -> Iterator[Problem]:
    """Yield figures that cannot be true beside another: twice the same, or a part above its whole."""
    for (number, part), (other, whole) in permutations(enumerate(use_case.users or ()), 2):
        if _within(part, whole) and part.value > whole.value:
            told = (
                f"{part.value:,} is more than users[{other}], {whole.value:,}, which counts at least as much"
            )
            yield (*place, "users", number, "value"), f"{told}; correct one, or leave it out"
    seen: dict[Revenue, int] = {}
    for number, revenue in enumerate(use_case.revenue or ()):
        other = seen.setdefault(replace(revenue, amount=0), number)
        if revenue.amount != (use_case.revenue or ())[other].amount:
            told = f"another amount stands in revenue[{other}] for the same; leave one out"
            yield (*place, "revenue", number, "amount"), told


def _within(part: UserCount, whole: UserCount) -> bool:
    """Whether one figure of users counts a part of what another one counts, or the very same."""
    if part.month == ANY_MONTH or whole.month not in {part.month, ANY_MONTH}:
        return False
    metrics, groups = get_args(UserMetric)[:-1], ("product", "entity", "group")
    if part.metric != whole.metric and not {part.metric, whole.metric} <= set(metrics):
        return False
    ordered = part.metric == whole.metric or metrics.index(part.metric) < metrics.index(whole.metric)
    return ordered and groups.index(part.of) <= groups.index(whole.of)


def _curation_problems(curation: Curation, place: Place) -> Iterator[Problem]:
    """Yield what a correction lacks: it says for what, by whom and why."""
    if not curation.subject:
        yield place, "a correction names its release or a digest; this one names neither"
    if not curation.named or not all(word.strip() for word in curation.named):
        yield (*place, "concluded"), "it names no licence"
    if curation.date is not None and not is_date(curation.date):
        yield (*place, "date"), f"{curation.date!r} is no date; write it as in 2025-04-05"
    for name in ("reason", "evidence", "person"):
        if not getattr(curation, name).strip():
            yield (*place, name), "it is empty; a correction says why, from what evidence, and by whom"


def _unknown(
    words: Sequence[str],
    place: Place,
    catalogue: Catalogue | None,
    *,
    inside: Place = (),
    categories: bool = False,
) -> Iterator[Problem]:
    """Yield the words that name no licence: what is said of them would hold for nothing."""
    if catalogue is None:
        return
    keys = {*catalogue.licenses, *catalogue.names.values()}
    known = keys | ({category.value for category in Category} if categories else set())
    for number, word in enumerate(words):
        if categories and ":" in word:
            continue
        if word not in known and not (place[-1] == "concluded" and word.lower() in catalogue.names):
            what = "licence key or category" if categories else "licence key"
            meant = catalogue.names.get(word.lower(), word)
            hint = nearest(meant, known) or "; `modelscan licenses list` shows them"
            yield (*place, number, *inside), f"{word!r} is no {what} of the catalogue{hint}"


def nearest_file(start: Path) -> Path | None:
    """Return the configuration file of a folder, or of the nearest one above it in its git checkout.

    Raises:
        ConfigError: two stand side by side.
    """
    for place in (start, *start.parents):
        found = [place / name for name in FILE_NAMES if (place / name).exists()]
        project = place / PROJECT
        if project.is_file() and section_of(project) is not None:
            found.append(project)
        if len(found) > 1:
            names = " and ".join(path.name for path in found)
            raise ConfigError(
                f"{names} both configure modelscan",
                source=str(place),
                advice="keep one of them, or name one with --config",
            )
        if found:
            return found[0]
        if (place / ".git").exists():
            return None
    return None


def section_of(path: Path) -> object:
    """Return what ``pyproject.toml`` configures, as plain values; None: nothing.

    Raises:
        ConfigError: it is no TOML.
    """
    try:
        tool = tomllib.loads(read_own(path, MAX_CHARACTERS)).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"no TOML: {error}", source=str(path)) from None
    return tool.get("modelscan") if isinstance(tool, dict) else None


def _content(path: Path) -> tuple[object, Mapping[Place, int]]:
    """Return what a configuration file says, with its lines, which ``pyproject.toml`` has not."""
    if path.suffix == ".toml":
        return section_of(path), {}
    written = document(path)
    return written.value, written.lines
