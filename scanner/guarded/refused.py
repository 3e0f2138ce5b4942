# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Why bytes were not believed."""


class Refused(Exception):  # noqa: N818  it is an answer, not a failure of ours
    """Input that is not read, with the reason and, where known, the line."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        """Keep the reason and the line, counted from 1."""
        super().__init__(reason)
        self.reason = reason
        self.line = line
