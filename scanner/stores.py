# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Write the stores of our own data (``make data``), or say which is out of date.

``python -m scanner.stores [--check]``
"""

import argparse
import sys
from pathlib import Path

from scanner import catalog
from scanner.data import folder
from scanner.evaluate import rules
from scanner.stored import store_bytes


def contents() -> dict[Path, bytes]:
    """Return every store with what belongs into it, made from the files themselves."""
    licenses, own_rules = folder("licenses"), folder("rules")
    return {
        licenses / catalog.STORE: store_bytes(licenses, catalog.sources(), catalog.read_knowledge()),
        own_rules / rules.STORE: store_bytes(own_rules, rules.sources(own_rules), rules.rules_in(own_rules)),
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the stores; with ``--check`` compare only. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scanner.stores", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when one is out of date")
    check = parser.parse_args(arguments).check
    stale = [path for path, data in contents().items() if not path.is_file() or path.read_bytes() != data]
    for path in stale:
        if not check:
            path.write_bytes(contents()[path])
        sys.stderr.write(f"{path.name}: {'is out of date; run make data' if check else 'written'}\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
