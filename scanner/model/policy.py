# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the organisation itself allows, apart from what the terms allow."""

from typing import Literal

from scanner.model.base import Value


class Policy(Value, frozen=True, kw_only=True):
    """The organisation's own rules. What they forbid is never mixed up with what a licence forbids."""

    allow: tuple[str, ...] | None = None
    """Licence keys or categories; None: every licence that is not denied."""

    deny: tuple[str, ...] = ()
    """Licence keys or categories."""

    review: tuple[str, ...] = ()
    """Licence keys or categories that a person must look at."""

    require: tuple[Literal["licence-text"], ...] = ()
    """``licence-text``: a licence that is only declared needs review."""


class Paths(Value, frozen=True, kw_only=True):
    """Which parts of the scanned tree are looked at."""

    skip: tuple[str, ...] = ()
    """Patterns over POSIX paths below the scanned root; ``*`` stands for any run of characters."""
