# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Facts that a person of the organisation corrected: "the card is wrong", which is not "we take the risk"."""

from scanner.model.base import Value
from scanner.model.forms import Date, Sha256
from scanner.model.release import Component


class Curation(Value, frozen=True, kw_only=True):
    """One corrected conclusion (ORT ``package curation``)."""

    release: str | None = None
    """Name or path of the release, as a report gives it; ``@REVISION`` may follow the name."""

    digest: Sha256 | None = None
    """Hex sha256 of a file of the release, as reports give it: the correction ends when the file changes.

    Beside a name any file does; alone only that of its card or of a whole weights file, since licence texts
    and headers are the same in many releases.
    """

    component: Component = Component.WEIGHTS
    concluded: str | tuple[str, ...]
    """Licence keys or SPDX identifiers; several apply together."""

    reason: str
    evidence: str
    """Where it can be checked: an address, a letter, a ticket."""

    person: str
    """Who answers for it."""

    date: Date | None = None
    """ISO date on which it was made."""

    @property
    def named(self) -> tuple[str, ...]:
        """What is concluded, always as several."""
        return (self.concluded,) if isinstance(self.concluded, str) else self.concluded

    @property
    def subject(self) -> str:
        """What it is for, in a few words."""
        return " ".join(filter(None, (self.release, f"sha256 {self.digest[:12]}" if self.digest else None)))
