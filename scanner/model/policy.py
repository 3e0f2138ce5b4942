# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the organisation itself allows, apart from what the terms allow."""

from typing import Literal

from scanner.model.base import Value
from scanner.model.forms import Date
from scanner.model.openness import MofClass
from scanner.model.reference import Tier

MinimumGrade = Literal["open", "available", "restricted"]


POLICY_WORDS = ("clause", "obligation", "territory", "publisher")
"""What a word of a policy may begin with, beside the names of licences and categories."""


class OpennessMinimum(Value, frozen=True, kw_only=True):
    """The least grade of each axis that the organisation accepts; None: any."""

    weights: MinimumGrade | None = None
    inference_code: MinimumGrade | None = None
    training_code: MinimumGrade | None = None
    training_data: MinimumGrade | None = None
    evaluation: MinimumGrade | None = None
    documentation: MinimumGrade | None = None
    mof: MofClass | None = None
    """The least class of the Model Openness Framework."""


class Policy(Value, frozen=True, kw_only=True):
    """The organisation's own rules. What they forbid is never mixed up with what a licence forbids."""

    allow: tuple[str, ...] | None = None
    """Licence keys or categories, and ``publisher:NAME``; None: everything that is not denied. Licences are
    limited by the licences that are named, publishers by the publishers."""

    deny: tuple[str, ...] = ()
    """Licence keys or categories; ``clause:KIND`` (a licence that has such a clause), ``obligation:NAME`` (a
    duty that the planned acts trigger), ``territory:CODE`` (a licence that leaves out a country or union),
    ``publisher:NAME``."""

    review: tuple[str, ...] = ()
    """The same words: a person must look at it."""

    require: tuple[Literal["licence-text", "pin", "signoff", "signature"], ...] = ()
    """``licence-text``: a licence that is only declared needs review. ``pin``: so does a model whose revision
    the code does not name. ``signoff``: so does one that nobody has approved; ``signature``: whose approval
    is not signed."""

    openness: OpennessMinimum = OpennessMinimum()
    mof: MofClass | None = None
    """The same as ``openness.mof``; where both stand, the higher class is wanted."""

    tiers: tuple[Tier, ...] = (Tier.PRODUCT,)
    """Parts of a source repository whose models are judged; those of others are told, and fail nothing."""

    longest_exception: int | None = None
    """Days for which an exception may hold at most; None: as long as it says."""

    organisation: str | None = None
    """Path of the organisation's own policy file, from this one: what it says can only be made stricter here,
    unless it says otherwise."""

    local: tuple[Literal["looser", "exceptions"], ...] = ()
    """In an organisation's file: what repositories may do on their own. ``looser``: their policy takes the
    place of this one; ``exceptions``: accept findings."""

    def named(self, words: str, kind: str) -> frozenset[str]:
        """Return the names of one kind in ``allow``, ``deny`` or ``review``, in lower case.

        Args:
            words: Which list.
            kind: ``clause``, ``obligation``, ``territory`` or ``publisher``.
        """
        lead = f"{kind}:"
        found = getattr(self, words) or ()
        return frozenset(one.removeprefix(lead).lower() for one in found if one.startswith(lead))

    @property
    def lists_licenses(self) -> bool:
        """Whether only the licences that are named are allowed."""
        return self.allow is not None and (not self.allow or any(":" not in one for one in self.allow))

    @property
    def minimum(self) -> tuple[tuple[str, str], ...]:
        """What is demanded of the openness of a release: an axis or ``mof``, and the least value."""
        order = [None, *MofClass]
        least = max((self.openness.mof, self.mof), key=order.index)
        named = ((name, getattr(self.openness, name)) for name in OpennessMinimum.__struct_fields__)
        axes = tuple((name, value) for name, value in named if value is not None and name != "mof")
        return (*axes, ("mof", least.value)) if least is not None else axes


class Paths(Value, frozen=True, kw_only=True):
    """Which parts of the scanned tree are looked at."""

    skip: tuple[str, ...] = ()
    """Patterns over POSIX paths below the scanned root; ``*`` stands for any run of characters."""


class PolicyException(Value, frozen=True, kw_only=True):
    """A finding that a person accepts for a time: "we take the risk", which is not "the card is wrong"."""

    model: str
    """As references name it; ``@REVISION`` may follow."""

    rules: tuple[str, ...]
    """Ids of the rules whose findings are accepted."""

    paths: tuple[str, ...] = ()
    """Patterns over POSIX paths below the repository, every place must fit one; empty: wherever it is."""

    reason: str
    person: str
    since: Date | None = None
    """ISO date on which it was accepted; None: its length is counted from the day of the check."""

    until: Date
    """ISO date of the last day on which it holds."""

    agreement: str | None = None
    """What permits the use where the terms forbid it: a contract, a letter."""


class Section(Value, frozen=True, kw_only=True):
    """A part of a source repository with a use case, or a policy, of its own."""

    paths: tuple[str, ...]
    """Patterns over POSIX paths below the repository; ``*`` stands for any run of characters."""

    use_case: str | None = None
    """Id of one of the configured use cases; None: all of them."""

    policy: Policy | None = None
    """Takes the place of the policy as a whole; None: the policy as it is."""

    @property
    def name(self) -> str:
        """How it is told apart."""
        return ", ".join(self.paths)
