# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where ``licenses/``, ``rules/`` and ``reports/`` are, in a wheel and in a checkout."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from scanner.errors import DataError


@cache
def folder(name: str) -> Path:
    """Return the folder of data with this name.

    In a wheel it lies inside the package, in a checkout beside it.

    Raises:
        DataError: the installation has no such folder.
    """
    package = Path(str(files("scanner")))
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    message = f"the installation has no data folder {name!r}"
    raise DataError(message, advice="reinstall modelscan-audit")
