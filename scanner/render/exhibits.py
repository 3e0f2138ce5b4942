# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Evidence as numbered exhibits: shown once for each release, cited by everything that rests on it."""

from collections.abc import Iterable

from scanner.model.base import Evidence, Value
from scanner.render.words import place


class Cite(Value, frozen=True, kw_only=True):
    """A reference to an exhibit."""

    id: str
    label: str
    place: str


class QuotedLine(Value, frozen=True, kw_only=True):
    """One line of a quote with its number in the file."""

    number: int | None
    text: str


class Exhibit(Value, frozen=True, kw_only=True):
    """One piece of evidence and what rests on it."""

    id: str
    label: str
    place: str
    reader: str
    sha256: str | None
    lines: tuple[QuotedLine, ...]
    uses: tuple[str, ...]


class Exhibits:
    """Numbers the evidence of one release in the order in which it is first cited."""

    def __init__(self, anchor: str) -> None:
        """Begin with nothing cited.

        Args:
            anchor: Anchor of the release; the anchors of its exhibits begin with it.
        """
        self._anchor = anchor
        self._uses: dict[Evidence, dict[str, None]] = {}
        self._numbers: dict[Evidence, int] = {}

    def cite(self, evidence: Evidence, use: str) -> Cite:
        """Return a reference, and remember what it is used for."""
        number = self._numbers.setdefault(evidence, len(self._numbers) + 1)
        self._uses.setdefault(evidence, {})[use] = None
        return Cite(id=f"{self._anchor}-e{number}", label=f"E{number}", place=place(evidence))

    def cites(self, evidence: Iterable[Evidence], use: str) -> tuple[Cite, ...]:
        """Return a reference for each."""
        return tuple(self.cite(one, use) for one in evidence)

    def all(self) -> tuple[Exhibit, ...]:
        """Return every exhibit that was cited, in order."""
        return tuple(
            Exhibit(
                id=f"{self._anchor}-e{number}",
                label=f"E{number}",
                place=place(evidence),
                reader=evidence.reader.replace("-", " "),
                sha256=evidence.sha256,
                lines=_numbered(evidence),
                uses=tuple(self._uses[evidence]),
            )
            for evidence, number in self._numbers.items()
        )


def _numbered(evidence: Evidence) -> tuple[QuotedLine, ...]:
    r"""Split a quote as the readers count lines: at ``\n``, ``\r\n`` and ``\r``."""
    if evidence.quote is None:
        return ()
    lines = evidence.quote.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if evidence.lines is None:
        return tuple(QuotedLine(number=None, text=line) for line in lines)
    first = evidence.lines[0]
    return tuple(QuotedLine(number=first + offset, text=line) for offset, line in enumerate(lines))
