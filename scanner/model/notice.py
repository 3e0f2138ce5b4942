# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The material that must go along with models: what is at hand, what must be shown, what is wanting."""

from scanner.model.base import Value
from scanner.model.finding import VerdictWord
from scanner.model.reading import LicenseReading
from scanner.model.release import Artifact
from scanner.model.report import LegalFile


class Holding(Value, frozen=True, kw_only=True):
    """The files of one release at hand: of the report, or a base model that was read from the Hub."""

    name: str
    path: str | None
    """The release's path in the report; None: a base model that is no release of it."""

    root: str
    """Absolute folder that paths are relative to. Never printed, never in a report or a bundle."""

    files: tuple[Artifact, ...]
    legal: tuple[LegalFile, ...] = ()
    detected: tuple[LicenseReading, ...] = ()


class Origin(Value, frozen=True, kw_only=True):
    """Where a copy comes from."""

    release: str
    path: str
    """POSIX path relative to the release root."""


class Copy(Value, frozen=True, kw_only=True):
    """A file of one or more releases that goes along, byte for byte, and once however many hold it."""

    name: str
    """File name in the bundle: letters, digits, ``.``, ``-`` and ``_`` alone."""

    sha256: str
    """Hex digest of the bytes."""

    data: bytes
    licenses: tuple[str, ...]
    """Names of the licences whose text stands in it word for word."""

    origins: tuple[Origin, ...]
    """Every file with these bytes, sorted."""

    covers: tuple[str, ...]
    """Paths of the releases of the report that it goes along with, sorted."""


class Words(Value, frozen=True, kw_only=True):
    """Something that a licence asks for and that no file of the release is."""

    license: str
    """Name of the licence."""

    section: str
    text: str
    """Verbatim where the licence prescribes it, else in our words."""

    where: str = ""
    """Where it must stand, in our words; empty: with what is passed on."""

    via: str | None = None
    """The ancestor that it comes from; None: the release's own licence."""


class Attribution(Value, frozen=True, kw_only=True):
    """What must go along with one release under the planned uses."""

    release: str
    path: str
    """As in the report."""

    purl: str | None
    licenses: str
    """The concluded licence of the weights; empty: none is concluded."""

    verdict: VerdictWord
    notices: tuple[Words, ...] = ()
    """Lines that a licence prescribes, verbatim."""

    phrases: tuple[Words, ...] = ()
    """Words that must be shown, verbatim."""

    credits: tuple[Words, ...] = ()
    changes: tuple[Words, ...] = ()
    """Why a statement of changes is owed; a person fills it in."""

    policies: tuple[Words, ...] = ()
    """Addresses of use policies."""

    terms: tuple[Words, ...] = ()
    """What else is owed to those who receive the model."""

    copies: tuple[str, ...] = ()
    """Names of the copies in the bundle."""

    @property
    def empty(self) -> bool:
        """Whether nothing need go along."""
        kinds = (self.notices, self.phrases, self.credits, self.changes, self.policies, self.terms)
        return not any((*kinds, self.copies))


class Gap(Value, frozen=True, kw_only=True):
    """What is required and not at hand, or may be."""

    path: str
    """The release's, as in the report."""

    license: str
    """Name of the licence; empty: none is known."""

    section: str
    what: str
    why: str = ""
    """Why it is not sure that it is required; empty: it is."""

    address: str = ""
    """Where it can be had; empty: not known."""


class Bundle(Value, frozen=True, kw_only=True):
    """The attribution and licence material of a report's releases under its use cases."""

    statement: str
    """The first sentence of every output."""

    tool: str
    as_of: str
    releases: tuple[Attribution, ...]
    copies: tuple[Copy, ...]
    missing: tuple[Gap, ...]
    """Required and not at hand."""

    unsettled: tuple[Gap, ...]
    """What may be required: a fact is wanting, or a licence is one of several that may bind."""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing is open."""
        return not self.missing and not self.unsettled
