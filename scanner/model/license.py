# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a licence says, as data: the licence record and its clauses.

Every clause kind is a field of :class:`License`. Three states are kept apart for each:
``UNSET`` (the record's author did not read for it: unknown, never "no"), the empty tuple (the text
was read and has no such clause), and one or more clauses, each with the section it stands in.
In the YAML files these are: the key is absent; ``none: true``; a mapping or a list of mappings.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from msgspec import UNSET, UnsetType

from scanner.model.base import Value
from scanner.model.forms import Amount, Currency, Date, Month, Sha256, SpdxId
from scanner.model.release import Confidence

_LABEL = re.compile(r"\d|[IVX]+\b|[A-Z]\b")
"""How the label of a numbered section begins."""


class Act(StrEnum):
    """Something that an organisation does with a model; duties attach to acts."""

    INTERNAL_USE = "internal-use"
    HOSTED_SERVICE = "hosted-service"
    REDISTRIBUTION = "redistribution"
    EMBEDDING = "embedding"
    FINE_TUNING = "fine-tuning"
    MERGING = "merging"
    QUANTIZING = "quantizing"
    DISTILLING = "distilling"
    OUTPUT_TRAINING = "output-training"
    PUBLISHING_OUTPUTS = "publishing-outputs"

    @property
    def words(self) -> str:
        """The act for a sentence."""
        return _ACT_WORDS.get(self, self.value.replace("-", " "))


_ACT_WORDS: Mapping[Act, str] = {
    Act.EMBEDDING: "embedding in a product",
    Act.FINE_TUNING: "fine-tuning",
    Act.OUTPUT_TRAINING: "training on outputs",
}
"""Where the name itself would not do."""


class Category(StrEnum):
    """The broad class of a licence; every category is handled by some rule."""

    PERMISSIVE = "permissive"
    COPYLEFT = "copyleft"
    PUBLIC_DOMAIN = "public-domain"
    OPEN_DATA = "open-data"
    RAIL = "rail"
    COMMUNITY = "community"
    NON_COMMERCIAL = "non-commercial"
    RESEARCH_ONLY = "research-only"
    SOURCE_AVAILABLE = "source-available"
    POLICY = "policy"
    UNKNOWN = "unknown"


class TextStatus(Value, frozen=True, kw_only=True):
    """How far the licence's text was read, and which copy."""

    status: Literal["read_full", "read_operative", "secondary", "not_read"]
    source: str
    """Where the copy that was read can be found."""

    sha256: Sha256 | None = None
    """Hex digest of that copy's bytes."""

    read_on: Date | None = None
    """ISO date."""


def cited(section: str) -> str:
    """Return a section for a sentence.

    >>> cited("2.a")
    'section 2.a'
    >>> cited("1(i), 2(a)(1)")
    'sections 1(i) and 2(a)(1)'
    >>> cited("4, last paragraph")
    'section 4, last paragraph'
    >>> cited("paragraph 2")
    'paragraph 2'
    >>> cited("Term and Termination")
    'section “Term and Termination”'
    """
    parts = section.split(", ")
    if not _LABEL.match(section):
        return f"section “{section}”" if section[:1].isupper() else section
    if all(map(_LABEL.match, parts)) and (len(parts) > 1 or " to " in section):
        return f"sections {' and '.join(filter(None, (', '.join(parts[:-1]), parts[-1])))}"
    return f"section {section}"


class Doubt(Value, frozen=True, kw_only=True):
    """Another way to read a clause where its text allows two, or where no figure shows whom it is for.

    A field that is named here takes the place of the clause's own. With none, the clause may not hold at all.
    A rule that then answers otherwise is unknown for this reason, neither finding nor pass.

    That weights are a work, and what is trained, merged or quantized from them derived from it, is what most
    licences of models take for granted; that a text does not say so is no doubt about its clauses.
    """

    why: str
    """What the text says on either side, with its sections, in our words."""

    comparator: Literal["greater_than", "at_least"] | None = None
    line: Amount | None = None
    """Another number of users, or amount: the line may be drawn anywhere from the clause's own to this."""

    counts: Literal["product", "entity", "group"] | None = None
    """Others whose users or income may be meant."""

    commercial_only: bool | None = None
    not_for: tuple[Act, ...] = ()
    """Acts that the clause may leave alone."""

    @property
    def whole(self) -> bool:
        """Whether the clause may not hold at all."""
        return not self.not_for and self.replaced == {}

    @property
    def replaced(self) -> Mapping[str, object]:
        """The fields of the clause that have another value under the other reading, but for the line."""
        fields = ("comparator", "line", "counts", "commercial_only")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


class Clause(Value, frozen=True, kw_only=True):
    """What all clauses share."""

    section: str
    """The licence's own section number, or words that find the place when it has none."""

    pattern: str | None = None
    """A short regular expression that finds the clause in a real copy of the text."""

    consequence: str | None = None
    """What follows from the clause, in our words."""

    note: str | None = None
    doubts: tuple[Doubt, ...] = ()
    """Where the text itself leaves open whether, when or for whom the clause holds."""


class Rights(Clause, frozen=True, kw_only=True):
    """What is granted. None: not established."""

    use: bool | None = None
    modify: bool | None = None
    changed_not_for: tuple[Act, ...] = ()
    """Acts that are withheld for a changed version, although one may be made (Share in CC BY-ND 4.0)."""

    redistribute: bool | None = None
    sublicense: Literal["granted", "not_granted", "not_mentioned"] | None = None
    patent: (
        Literal["express", "ip_general", "implied_by_acts", "copyright_only", "excluded", "silent"] | None
    ) = None
    covers: str | None = None
    """Where the text says which models it is for, in our words; None: not established."""


class CommercialUse(Clause, frozen=True, kw_only=True):
    """Whether commercial use is permitted."""

    value: Literal["yes", "no", "conditional"]
    condition: str | None = None
    acts: tuple[Act, ...] | None = None
    """Acts that are forbidden when commercial; None: all."""

    reaches: Literal["commercial", "all-but-research", "any"] = "commercial"
    """Which use a condition holds for: commercial use alone, whatever is no research, or any use."""


UserMetric = Literal[
    "daily-active-users", "monthly-active-users", "monthly-unique-users", "monthly-visits", "users"
]
"""What is counted; all but the last in the order in which one is at most the next."""


class UserThreshold(Clause, frozen=True, kw_only=True):
    """A line counted in users."""

    value: Amount
    metric: UserMetric
    comparator: Literal["greater_than", "at_least"]
    counts: Literal["product", "entity", "group", "not-stated"]
    """Whose users: of the product that uses the model, of the licensee, or with affiliates."""

    measured: Literal["at-date", "continuing"]
    measured_month: Month | None = None
    """``YYYY-MM``: the calendar month that counts, when measured at a date."""

    effect: Literal["no-rights", "license-needed", "display", "registration"]
    """What happens above the line."""

    commercial_only: bool = False
    """True when the clause speaks only of commercial use."""

    exception: str | None = None


class RevenueThreshold(Clause, frozen=True, kw_only=True):
    """A line counted in money."""

    amount: Amount
    currency: Currency
    """ISO 4217."""

    period: Literal["year", "month"]
    comparator: Literal["greater_than", "at_least"]
    counts: Literal["product", "entity", "group", "not-stated"]
    measured: Literal["at-date", "continuing"] = "continuing"
    effect: Literal["no-rights", "license-needed", "display", "registration", "royalty"]
    commercial_only: bool = False
    exception: str | None = None


class Territory(Clause, frozen=True, kw_only=True):
    """Places in which, or persons to whom, rights are not given."""

    type: Literal["excluded", "rights-withheld"]
    places: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes; ``EU`` for the European Union."""

    tests: Literal["establishment", "use"]
    """What is tested: where the licensee is established, or where the model or its outputs are used."""

    models: Literal["all", "multimodal"] = "all"
    covers_outputs: bool = False
    document: Literal["license", "use-policy"] = "license"
    exception: str | None = None


class AcceptableUse(Clause, frozen=True, kw_only=True):
    """A list of forbidden uses."""

    mode: Literal["embedded", "by-reference", "this-document"]
    url: str | None = None
    updatable: bool | None = None
    topics: tuple[str, ...] = ()
    """The fields that the list speaks of, in our words, e.g. ``military``, ``medical advice``."""


class FlowDown(Clause, frozen=True, kw_only=True):
    """What must be imposed on those who receive the model or a derivative."""

    strength: Literal["copy", "no-inconsistent-terms", "enforceable", "same-license"]
    what: str
    triggers: tuple[Act, ...]


class DisplayPhrase(Clause, frozen=True, kw_only=True):
    """Words that must be shown."""

    phrase: str
    """Verbatim."""

    where: str
    triggers: tuple[Act, ...]
    when_also: tuple[Act, ...] = ()
    """Acts of which one must come with the trigger, e.g. passing on what was trained; empty: none."""

    models: Literal["all", "multimodal"] = "all"
    """Which models owe it."""

    mandatory: bool = True


class NoticeFile(Clause, frozen=True, kw_only=True):
    """A notice that must accompany copies."""

    required: Literal["always", "only-if-notice"]
    exact_text: str | None = None
    """Verbatim, where the licence prescribes the words."""

    triggers: tuple[Act, ...]


class Duty(Clause, frozen=True, kw_only=True):
    """A duty with no parameters beyond what it is and what triggers it."""

    what: str
    triggers: tuple[Act, ...]
    commercial_only: bool = False
    """Whether only commercial use owes it."""

    changed_only: bool = False
    """Whether only a changed version owes it."""


class StateChanges(Duty, frozen=True, kw_only=True):
    """A duty to say what was changed."""

    needs: tuple[Literal["date", "account", "notice"], ...] = ()
    """What a statement of changes needs beside saying that there are any: their date, an account of what was
    changed, or a place in the notice that goes with copies."""


class Naming(Clause, frozen=True, kw_only=True):
    """Words that the name of a derivative must begin with."""

    prefix: str
    triggers: tuple[Act, ...]
    when_also: tuple[Act, ...] = ()
    """Acts of which one must come with the trigger, e.g. passing on what was trained; empty: none."""

    covers_output_trained: bool | None = None


class OutputTraining(Clause, frozen=True, kw_only=True):
    """Whether outputs may train other models."""

    value: Literal[
        "allowed",
        "allowed_with_conditions",
        "prohibited",
        "prohibited_if_competitive",
        "prohibited_if_commercial",
        "prohibited_unless_noncommercial",
        "silent",
    ]
    scope: Literal["llm", "foundation_model", "text_to_image", "competing_model", "any_model"] | None = None
    condition: str | None = None
    made: Literal["derivative", "derivative-if-alike", "bound-if-alike", "free"] | None = None
    """What a model that is made with outputs is to the licence: a derivative, one only where it is made to
    perform alike, no derivative and yet bound where so made, or nothing. None: the text does not say."""

    @property
    def models(self) -> str:
        """The class of models that it reaches, in words."""
        return _REACHED[self.scope]


_REACHED: Mapping[str | None, str] = {
    "llm": "other large language models",
    "foundation_model": "other foundation models",
    "text_to_image": "other models that make images from text",
    "competing_model": "models that compete with the licensor's",
    "any_model": "other models",
    None: "other models",
}


class ShareAlike(Clause, frozen=True, kw_only=True):
    """Terms that derivatives must carry."""

    applies: Literal[
        "same_license",
        "same_license_network",
        "same_terms_effect",
        "use_restrictions_only",
        "licensor_owns_derivatives",
    ]
    triggers: tuple[Act, ...]


class LicenseHeading(Value, frozen=True, kw_only=True):
    """What is known of every licence without opening its record: names, family, category.

    A name is looked for among all licences, so these are loaded at once; the clauses are not.
    """

    key: str
    """The record's file name."""

    name: str
    version: str | None = None
    date: Date | None = None
    """ISO date that the text itself bears; a year or a month where it says no more."""

    family: str
    licensor: str | None = None
    category: Category
    spdx_id: SpdxId | None = None
    """On the SPDX licence list, or ``LicenseRef-`` followed by letters, digits, ``-`` and ``.``."""

    scancode_key: str | None = None
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Hub tags that name exactly this version."""

    license_names: tuple[str, ...] = ()
    """Values of the card key ``license_name`` that name exactly this version."""

    replaces: str | None = None
    """In a record of the user: its own key, when it takes the place of ours on purpose."""

    osi_approved: bool | None = None
    source: str
    """Address at which the licensor publishes the text."""

    @property
    def spdx_expression(self) -> str:
        """The identifier to write in an SPDX expression."""
        return self.spdx_id or f"LicenseRef-{self.key}"


class License(LicenseHeading, frozen=True, kw_only=True):
    """One licence, exact to the version."""

    text: TextStatus

    rights: tuple[Rights, ...] | UnsetType = UNSET
    commercial_use: tuple[CommercialUse, ...] | UnsetType = UNSET
    research_only: tuple[Duty, ...] | UnsetType = UNSET
    user_threshold: tuple[UserThreshold, ...] | UnsetType = UNSET
    revenue_threshold: tuple[RevenueThreshold, ...] | UnsetType = UNSET
    territory: tuple[Territory, ...] | UnsetType = UNSET
    acceptable_use: tuple[AcceptableUse, ...] | UnsetType = UNSET
    flow_down: tuple[FlowDown, ...] | UnsetType = UNSET
    display_phrase: tuple[DisplayPhrase, ...] | UnsetType = UNSET
    notice_file: tuple[NoticeFile, ...] | UnsetType = UNSET
    notice_other: tuple[Duty, ...] | UnsetType = UNSET
    license_copy: tuple[Duty, ...] | UnsetType = UNSET
    state_changes: tuple[StateChanges, ...] | UnsetType = UNSET
    source_disclosure: tuple[Duty, ...] | UnsetType = UNSET
    naming: tuple[Naming, ...] | UnsetType = UNSET
    trademark: tuple[Duty, ...] | UnsetType = UNSET
    output_training: tuple[OutputTraining, ...] | UnsetType = UNSET
    share_alike: tuple[ShareAlike, ...] | UnsetType = UNSET
    registration: tuple[Duty, ...] | UnsetType = UNSET
    updates: tuple[Duty, ...] | UnsetType = UNSET
    ip_litigation: tuple[Clause, ...] | UnsetType = UNSET
    termination: tuple[Clause, ...] | UnsetType = UNSET
    governing_law: tuple[Clause, ...] | UnsetType = UNSET
    export_control: tuple[Clause, ...] | UnsetType = UNSET
    indemnity: tuple[Clause, ...] | UnsetType = UNSET
    unilateral_change: tuple[Clause, ...] | UnsetType = UNSET

    @property
    def read(self) -> bool:
        """Whether the text was read: only then may a clause support more than "unknown"."""
        return self.text.status in {"read_full", "read_operative"}

    @property
    def prescribed(self) -> tuple[str, ...]:
        """The exact words that it demands in a notice or where users see them."""
        notices = (one.exact_text for one in self.clauses("notice_file") or () if isinstance(one, NoticeFile))
        shown = (
            one.phrase
            for one in self.clauses("display_phrase") or ()
            if isinstance(one, DisplayPhrase) and one.mandatory
        )
        return tuple(words for words in (*notices, *shown) if words)

    @property
    def limits_purpose(self) -> bool:
        """Whether it is for research alone, or bars commercial use."""
        uses = self.clauses("commercial_use") or ()
        return bool(self.clauses("research_only")) or any(
            isinstance(use, CommercialUse) and use.value == "no" for use in uses
        )

    def clauses(self, kind: str) -> tuple[Clause, ...] | UnsetType:
        """Return the clauses of one kind: ``UNSET`` when not read for, ``()`` when there is none."""
        found: tuple[Clause, ...] | UnsetType = getattr(self, kind)
        return found if self.read else UNSET


HEADER_FIELDS = frozenset({*LicenseHeading.__struct_fields__, "text"})
"""Fields of a record that are not clauses."""

CLAUSE_KINDS = tuple(name for name in License.__struct_fields__ if name not in HEADER_FIELDS)
"""The published list of clause kinds, in the order of the record."""


class LicenseTag(Value, frozen=True, kw_only=True):
    """What one Hub tag can mean."""

    tag: str
    name: str
    keys: tuple[str, ...] = ()
    """Catalogue keys that the tag covers. One key: exact. Several: none can be concluded."""

    spdx: str | None = None
    """SPDX identifier, for tags whose licence has no record yet."""

    note: str | None = None


class LicenseLink(Value, frozen=True, kw_only=True):
    """A well-known address of a licence text."""

    match: str
    """Case-insensitive pattern over the address without scheme; ``*`` is any run of characters."""

    keys: tuple[str, ...]
    """One key: the address names that very version. Several: the page changes, or covers them all."""

    note: str | None = None


class Family(Value, frozen=True, kw_only=True):
    """A base-model family and the terms of its members."""

    id: str
    name: str
    sources: tuple[str, ...]
    checked_on: str
    """ISO date."""

    models: tuple["FamilyModels", ...]


class FamilyModels(Value, frozen=True, kw_only=True):
    """Models of a family that share their terms; the first entry whose pattern matches decides."""

    match: tuple[str, ...]
    """Case-insensitive patterns over the whole ``org/name``; ``*`` stands for any run of characters."""

    bare: tuple[str, ...] = ()
    """Whole names without an organisation, as the Hub keeps them for its oldest models."""

    keys: tuple[str, ...] = ()
    """Catalogue keys. Empty: the terms are not known to us."""

    together: bool = False
    """Of several keys: True, all of them bind; False, one of them does and the name does not say which."""

    confidence: Literal["high", "medium", "low"] = "medium"
    multimodal: bool | None = None
    note: str | None = None


class DatasetTerms(Value, frozen=True, kw_only=True):
    """What is known of a data set's terms by its name."""

    names: tuple[str, ...]
    keys: tuple[str, ...] = ()
    """Empty: its terms are its own, several, or not known; the note says which."""

    confidence: Confidence
    note: str


class DatasetTable(Value, frozen=True, kw_only=True):
    """The well-known data sets (``licenses/datasets.yaml``)."""

    checked_on: str
    source: str
    datasets: tuple[DatasetTerms, ...]


class Shape(Value, frozen=True, kw_only=True):
    """What the configuration of a base model says of its shape."""

    models: tuple[str, ...]
    """``org/name``; several of one publisher share a shape."""

    read: bool
    """Whether such a configuration was at hand."""

    model_type: str
    figures: Mapping[str, int]
    """By the keys of transformers' ``config.json``."""

    tokens: Mapping[str, int] = {}
    """Ids of special tokens, by the same; a configuration that states another one is of another shape."""


class ShapeTable(Value, frozen=True, kw_only=True):
    """The shapes of well-known base models (``licenses/shapes.yaml``)."""

    checked_on: str
    source: str
    shapes: tuple[Shape, ...]


class Catalogue(Value, frozen=True, kw_only=True):
    """Licence knowledge, loaded and checked."""

    licenses: Mapping[str, License]
    """By key. A record may be read only when it is asked for, so whoever looks through all takes headings."""

    table: Mapping[str, LicenseHeading] | None = None
    """What is known without opening a record, by key; None: the records themselves say it."""

    names: Mapping[str, str]
    """Lower-case key, SPDX id, ScanCode key or alias to key."""

    tags: Mapping[str, LicenseTag]
    """By Hub tag, lower case."""

    links: tuple[LicenseLink, ...] = ()
    """The first whose pattern matches decides."""

    families: tuple[Family, ...]
    prescribed: Mapping[str, tuple[str, ...]] = {}
    """Words that licences prescribe, each with the names of those that do."""

    datasets: Mapping[str, DatasetTerms] = {}
    """By name, lower case."""

    shapes: ShapeTable = ShapeTable(checked_on="", source="", shapes=())
    digest: str
    """sha256 over the records, tags, links and families, and over the texts of the user, in hex."""

    @property
    def headings(self) -> Mapping[str, LicenseHeading]:
        """Names, family and category of every licence, by key."""
        return self.licenses if self.table is None else self.table
