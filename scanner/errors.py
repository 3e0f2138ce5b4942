# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What can go wrong, as a tree.

::

    ModelscanError
    ├── UsageError          the call or the configuration is wrong       exit 2
    │   └── ConfigError     modelscan.yml, a record or a rule of the user
    └── NoScanError         nothing could be evaluated                   exit 3
        ├── PathError       a path does not exist or cannot be read
        └── DataError       our own data is damaged
"""


class ModelscanError(Exception):
    """Root of every error that a user can meet; anything else is a bug."""

    def __init__(self, message: str, *, source: str | None = None, advice: str | None = None) -> None:
        """Say what happened, where, and what to do next.

        Args:
            message: One sentence.
            source: File, with line where known, that the message speaks of.
            advice: The next step.
        """
        super().__init__(message)
        self.message = message
        self.source = source
        self.advice = advice

    def __str__(self) -> str:
        """Return ``source: message``."""
        return f"{self.source}: {self.message}" if self.source else self.message


class UsageError(ModelscanError):
    """The call is wrong."""


class ConfigError(UsageError):
    """A file that the user wrote, configuration or data, is wrong."""


class NoScanError(ModelscanError):
    """Nothing could be evaluated."""


class PathError(NoScanError):
    """A path does not exist or cannot be read."""


class DataError(NoScanError):
    """The scanner's own data is damaged."""
