# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the files say: readings, legal texts, and the licences that are declared and detected in them."""

from enum import StrEnum
from typing import Literal

from scanner.model.base import Evidence, Value
from scanner.model.release import Component, Unread


class Source(StrEnum):
    """Which kind of file a reading comes from."""

    CARD = "card"
    GATE = "gate"
    """What the card puts before the download (``extra_gated_*``): who takes the files has agreed to it."""

    LICENSE_FILE = "license-file"
    POLICY_FILE = "policy-file"
    NOTICE_FILE = "notice-file"
    SAFETENSORS = "safetensors"
    GGUF = "gguf"
    ONNX = "onnx"
    CONFIG = "config"
    ADAPTER_CONFIG = "adapter-config"
    MODEL_INDEX = "model-index"
    MERGEKIT = "mergekit"
    MODELFILE = "modelfile"
    CITATION = "citation"
    CODE = "code"
    HUB = "hub"
    """No file: what the Hub itself says of the repository."""


class Reading(Value, frozen=True, kw_only=True):
    """One fact with its evidence.

    Names are the field's own: card and header keys as they are spelt there (``license``,
    ``base_model``, ``general.license``, ``modelspec.license``, ``base_model_name_or_path``,
    ``_name_or_path``, ``architectures``), and ``problem`` for something wrong with the file itself.
    """

    name: str

    value: str | None
    """None: the key stands there and states nothing (null, empty). One reading per list item."""

    source: Source

    evidence: Evidence


class LegalText(Value, frozen=True, kw_only=True):
    """A text that may bind: a licence, notice or use-policy file, or a text inside a card."""

    path: str
    """POSIX path relative to the release root."""

    source: Source

    text: str
    """Decoded to Unicode; line breaks as in the file (``\\n``, ``\\r\\n`` or ``\\r``)."""

    sha256: str
    """Hex digest of the file's bytes."""

    encoding: str

    first_line: int = 1
    """Line of the file on which this text begins, when it is a part of the file."""


class WeightsHeader(Value, frozen=True, kw_only=True):
    """What a weights file says of itself, without its tensors."""

    path: str
    format: str
    sha256: str
    """Hex digest of the header bytes."""

    parameters: int | None = None
    """Number of weights, when the header states every shape."""

    problems: tuple[str, ...] = ()
    """What is wrong with the layout; an empty tuple means that the safetensors library reads it too."""


class Listing(Value, frozen=True, kw_only=True):
    """A file in which the author lists what is released and under which licences (``MOF.yml``): a claim."""

    path: str
    text: str
    sha256: str | None


class Facts(Value, frozen=True, kw_only=True):
    """Everything read from one release."""

    readings: tuple[Reading, ...] = ()
    texts: tuple[LegalText, ...] = ()
    headers: tuple[WeightsHeader, ...] = ()
    unread: tuple[Unread, ...] = ()
    listings: tuple[Listing, ...] = ()

    def named(self, *names: str) -> tuple[Reading, ...]:
        """Return the readings with one of these names, in the order of reading."""
        return tuple(reading for reading in self.readings if reading.name in names)


class How(StrEnum):
    """How a text relates to a licence. Only ``exact`` and ``equivalent`` state the licence."""

    EXACT = "exact"
    """The same words in the same order."""

    EQUIVALENT = "equivalent"
    """The same after the SPDX matching guidelines (copyright line, title, list marks, varietal words)."""

    MODIFIED = "modified"
    """The licence with words added, removed or changed: not that licence."""

    PARTIAL = "partial"
    """A part of the licence."""

    CLOSEST = "closest"
    """The nearest known text; too far to be called a modification of it."""

    MENTION = "mention"
    """Named in words, by link or by identifier, without its text."""


class Edit(Value, frozen=True, kw_only=True):
    """One difference between a text and the licence that it is a modification of."""

    kind: Literal["insert", "delete", "replace"]
    lines: tuple[int, int]
    """Lines of the scanned file, counted from 1; for a deletion, the line at which words are missing."""

    words: str | None
    """The scanned file's own words; None for a deletion (the index holds no text)."""

    count: int
    """Number of words inserted or changed, or missing."""

    missing: str | None = None
    """The licence's own words that stand here no more; only where the user has its text."""

    meaning: Literal["harmless", "meaningful"]
    why: str
    """The written rule that decided the meaning."""


class LicenseMatch(Value, frozen=True, kw_only=True):
    """How far one text, or a part of it, is one licence (ScanCode ``LicenseMatch``, with edits)."""

    key: str
    expression: str
    """SPDX expression for the licence."""

    how: How
    lines: tuple[int, int]
    coverage: float
    """Share of the licence's words found in the text, 0 to 1."""

    share: float
    """Share of the text's words that this match covers, 0 to 1."""

    edits: tuple[Edit, ...] = ()

    also: tuple[str, ...] = ()
    """Other keys that this very text supports equally well (twins that differ only in what is not here)."""


class Span(Value, frozen=True, kw_only=True):
    """A run of lines."""

    lines: tuple[int, int]
    words: int = 0
    quote: str | None = None


class FoundClause(Value, frozen=True, kw_only=True):
    """A clause read from a text itself, whatever licence it is."""

    kind: str
    """Clause kind as in the licence records, e.g. ``user_threshold``."""

    value: str | int | None
    unit: str | None
    lines: tuple[int, int]
    quote: str


class Mention(Value, frozen=True, kw_only=True):
    """A licence that a text names without being its text."""

    raw: str
    """The name as it stands there."""

    how: str
    """``spdx``, ``prose``, ``table``, ``badge``, ``link``; ``denial``: this is not the licence."""

    key: str | None = None
    """Catalogue key, when one version is named."""

    expression: str | None = None
    candidates: tuple[str, ...] = ()
    stranger: bool = False
    """Whether it has a name of its own that is not known here."""

    lines: tuple[int, int]
    quote: str


class Identification(Value, frozen=True, kw_only=True):
    """Which licence one text is."""

    stated: tuple[str, ...] = ()
    """Keys that the text supports to the very version. Empty when nothing does."""

    matches: tuple[LicenseMatch, ...] = ()
    """Best first."""

    clauses: tuple[FoundClause, ...] = ()
    leftover: tuple[Span, ...] = ()
    """Parts of the text that belong to no match."""

    note: str = ""
    """Why nothing is stated, in one sentence, when nothing is."""


class ClauseAlarm(Value, frozen=True, kw_only=True):
    """A clause of a text that says something else than the record of the licence it was matched with."""

    kind: str
    found: FoundClause
    recorded: str
    """What the record says, in words."""

    message: str


class IdentifiedFile(Value, frozen=True, kw_only=True):
    """One file and which licence it is."""

    path: str
    """As the user named it."""

    encoding: str
    found: Identification
    mentions: tuple[Mention, ...] = ()
    """Licences that the text names; looked for when it states none."""

    alarms: tuple[ClauseAlarm, ...] = ()


class Detection(Value, frozen=True, kw_only=True):
    """One legal text and which licence it is."""

    text: LegalText
    found: Identification
    alarms: tuple[ClauseAlarm, ...] = ()
    """Where a text that is near a licence says something else than that licence's record."""


class Spoken(Value, frozen=True, kw_only=True):
    """One text of the release and the licences that it names without being their text."""

    text: LegalText
    mentions: tuple[Mention, ...]


class ReadClause(Value, frozen=True, kw_only=True):
    """A clause read from a text of the release that states no licence word for word."""

    path: str
    source: Source
    clause: FoundClause
    alarm: str | None = None
    """How it differs from the record of the licence that the text is near."""

    sha256: str | None = None
    """Hex digest of the file."""

    @property
    def evidence(self) -> Evidence:
        """Where its words stand."""
        return Evidence(
            path=self.path,
            reader="clause-wording",
            lines=self.clause.lines,
            quote=self.clause.quote,
            sha256=self.sha256,
        )


class LicenseReading(Value, frozen=True, kw_only=True):
    """One licence that is declared or detected somewhere in the release."""

    source: Source
    component: Component
    """Which component it speaks of."""

    standing: Literal["sure", "default", "elsewhere"] = "sure"
    """Whether it speaks of that component for a reason that can be named, only because nothing limits it,
    or of something else: another model, a third party's work. The last binds nothing here."""

    evidence: Evidence
    how: str
    """Declared: ``tag``, ``expression``, ``name``, ``link``, ``prose``, ``table``, ``badge``, ``denial``.
    Detected: a value of :class:`How`."""

    raw: str
    """What stands there: the tag as written, or the key of the nearest licence."""

    key: str | None = None
    """Catalogue key, when the reading supports exactly one version."""

    expression: str | None = None
    """SPDX licence expression, when one can be written."""

    candidates: tuple[str, ...] = ()
    """Keys it may be, when it supports none exactly (a family tag, a closest text)."""

    stranger: bool = False
    """Whether it names a licence that is not known here: it agrees with no other."""

    note: str = ""
    """What a reader must know about this reading, e.g. what is left over in a modified text."""


GRANTED = "granted"
"""Unit of a clause that stands in the words of a grant: what may be done, and no more."""


def bars_uses(read: ReadClause) -> bool:
    """Whether a clause of card, gate or use policy bars commercial use, or all but research.

    A card that calls a model "intended for research only" describes; one by which it "may be used for
    research only" grants no more. In a use policy, or in what is agreed to before the download, such words
    bind.
    """
    if read.source not in {Source.CARD, Source.GATE, Source.POLICY_FILE}:
        return False
    binds = read.source is not Source.CARD or read.clause.unit == GRANTED
    return read.clause.kind == "commercial_use" or (binds and read.clause.kind == "research_only")
