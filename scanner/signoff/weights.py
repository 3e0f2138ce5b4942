# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Weights files to digests that are computed now, where a person asks for it: every byte is read."""

from pathlib import Path

import msgspec

from scanner.guarded.files import digest_of, opened
from scanner.guarded.refused import Refused
from scanner.model.signoff import BoundFile, Content


def digested(content: Content, root: Path) -> Content:
    """Return a content with computed digests of the weights files that lie whole below a folder.

    A file that is not there, cannot be read or has another size (a Git LFS pointer stands for a larger one)
    keeps what was known of it.
    """
    files = tuple(_digested(one, root / one.path) for one in content.weights)
    return msgspec.structs.replace(content, weights=files)


def _digested(one: BoundFile, path: Path) -> BoundFile:
    try:
        with opened(path) as (handle, size):
            if size != one.size:
                return one
            return msgspec.structs.replace(one, sha256=digest_of(handle, size), how="computed")
    except Refused:
        return one
