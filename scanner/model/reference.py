# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a source repository depends on: models and data sets that it names."""

from enum import StrEnum

from scanner.model.base import Value
from scanner.model.release import Confidence, Unread


class ReferenceKind(StrEnum):
    """What is named."""

    MODEL = "model"
    DATASET = "dataset"


class Tier(StrEnum):
    """What part of a repository names it; a policy may ask less of some."""

    PRODUCT = "product"
    EXAMPLE = "example"
    DOCS = "docs"
    TESTS = "tests"


class Reference(Value, frozen=True, kw_only=True):
    """One place in a source repository that names a model or a data set."""

    path: str
    """POSIX path relative to the repository."""

    line: int
    """Of the words that name it, counted from 1; in a notebook, within the cell."""

    column: int
    """Counted from 1."""

    cell: int | None = None
    """Of a notebook, counted from 1; None elsewhere."""

    kind: ReferenceKind

    id: str | None
    """``org/name`` of the Hub, a bare name, or ``SCHEME:NAME`` (``local:``, ``ollama:``, ``spacy:``, ...).
    None: it names something that cannot be told without running the code."""

    revision: str | None = None
    """As written: a commit, a branch, a tag, a digest. None: not stated."""

    expression: str
    """The words in the file, cut to a bounded length."""

    how: str
    """How the name was found: the entry of the tables, and what it was resolved through."""

    confidence: Confidence
    tier: Tier

    @property
    def resolved(self) -> bool:
        """Whether it is known what is named."""
        return self.id is not None

    @property
    def pinned(self) -> bool:
        """Whether the revision is a commit or a digest, which nobody can move."""
        return _fixed(self.revision)

    @property
    def purl(self) -> str | None:
        """Package URL of a model on the Hub; None for everything else."""
        if self.kind is not ReferenceKind.MODEL or not self.id or ":" in self.id or "/" not in self.id:
            return None
        version = f"@{self.revision}" if self.revision and self.pinned else ""
        return f"pkg:huggingface/{self.id}{version}"


class References(Value, frozen=True, kw_only=True):
    """Everything that a repository names, sorted by place, and what could not be read."""

    references: tuple[Reference, ...]
    unread: tuple[Unread, ...]

    files: int
    """Files that were seen."""

    read: int
    """Files that were read in this run, since no cache knew them."""


def _fixed(revision: str | None) -> bool:
    if revision is None:
        return False
    algorithm, colon, value = revision.rpartition(":")
    lengths = {"": (40,), "sha256": (64,), "md5": (32,)}.get(algorithm if colon else "", ())
    return len(value) in lengths and all(letter in "0123456789abcdef" for letter in value.lower())
