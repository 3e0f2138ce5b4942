# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What is there: releases, their artifacts, and what could not be looked at."""

from enum import StrEnum
from typing import Literal

from scanner.model.base import Value


class Component(StrEnum):
    """What carries a licence or a grade of its own (Model Openness Framework, coarsened)."""

    WEIGHTS = "weights"
    CODE = "code"
    DATA = "data"
    DOCUMENTATION = "documentation"


class ArtifactKind(StrEnum):
    """What one file of a release is for."""

    WEIGHTS = "weights"
    CODE = "code"
    DATA = "data"
    CARD = "card"
    LICENSE = "license"
    NOTICE = "notice"
    POLICY = "policy"
    CONFIG = "config"
    TOKENIZER = "tokenizer"
    SIGNATURE = "signature"
    OTHER = "other"


class Confidence(StrEnum):
    """How sure we are; a second axis beside severity."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Artifact(Value, frozen=True, kw_only=True):
    """One file of a release."""

    path: str
    """POSIX path relative to the release root."""

    kind: ArtifactKind

    size: int
    """Bytes on disk; for a Git LFS pointer, the size that the pointer states."""

    format: str | None = None
    """Container of a weights file (``safetensors``, ``gguf``, ``pickle``, ``lfs-pointer``, ...)."""

    sha256: str | None = None
    """Hex digest of the whole file, when known."""

    sha256_how: Literal["computed", "recorded", "stated", "none"] = "none"
    """``recorded``: by a Hub cache, an LFS pointer or a download record; ``stated``: by the Hub itself, when
    it was asked. Neither is recomputed here."""

    header_sha256: str | None = None
    """Hex digest of the header bytes that were read, for weights files."""

    here: Literal["whole", "head", "no"] = "whole"
    """How much of it lies on disk: of a release that was read from the Hub, weights are not fetched."""


class Unread(Value, frozen=True, kw_only=True):
    """Something that was not looked at, and why. A value, not a log line."""

    path: str
    """POSIX path relative to the release root, or to the scanned root where no release was made."""

    reason: str

    matters: bool = True
    """Whether terms may stand there, so that the release needs a person's eye. False for what holds
    none that could be read (weights in a pickle, a pointer) and for what is ignored on purpose."""


class Release(Value, frozen=True, kw_only=True):
    """One published model on disk (SPDX 3 ``ai_AIPackage``; CycloneDX ``machine-learning-model``)."""

    name: str
    """``org/name`` where the layout tells, else the folder's or file's name."""

    path: str
    """POSIX path relative to the scanned root; ``.`` for the root itself."""

    root: str
    """Absolute folder that artifact paths are relative to. Never printed, never in a report."""

    named_by: str
    """Where the name comes from: ``hub``, ``hub-cache``, ``local-dir``, ``folder``, ``file``."""

    artifacts: tuple[Artifact, ...] = ()

    revision: str | None = None
    """40-hex commit, when the layout records one."""

    purl: str | None = None
    """``pkg:huggingface/org/name@revision``, when name and revision are known from a Hub layout."""

    terms_above: tuple[str, ...] = ()
    """Paths of licence files in folders above that belong to no release, relative to the scanned root."""

    signs: tuple[str, ...] = ()
    """Why this folder was taken for a release, in words, strongest first."""

    confidence: Confidence = Confidence.HIGH
    """High for a strong sign, low when only a weak sign (a README beside a licence) was there."""

    unread: tuple[Unread, ...] = ()

    gate: Literal["auto", "manual", "no"] | None = None
    """Whether the Hub gives the files only to those who ask, as it says itself; None: it was not asked."""


class Discovery(Value, frozen=True, kw_only=True):
    """Everything that was found under one scanned path."""

    releases: tuple[Release, ...] = ()

    data_sets: tuple[Release, ...] = ()
    """Folders with the card of a data set: read for its terms, and no releases of a model."""

    not_checked: tuple[Unread, ...] = ()
    """Folders and links that were seen and not scanned, each with its reason."""
