# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Print how many references are found, how many are invented, and what a large repository takes.

``python benchmarks/references.py [PACKAGE_FOLDER...]``; each folder is an unpacked package from PyPI, of
which the count is printed, with ``--sample N`` also a drawn sample to be checked by hand.
"""

import argparse
import random
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from pathlib import Path

from scanner.dependencies import find_references
from scanner.guarded.yaml import load_own
from scanner.model.reference import Reference

FIXTURE = Path(__file__).parent.parent / "tests" / "dependencies" / "fixture"
FILES = 50_000
SEED = 8

TEMPLATES = {
    "ts": 'import {{ a }} from "./a{0}";\nexport const route{0} = "users/list";\nfetch("/api/{0}");\n' * 20,
    "yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c{0}}}\ndata:\n  route: users/list\n",
    "json": '{{"name": "p{0}", "version": "1.0.0", "scripts": {{"build": "tsc"}}, "model": "none"}}\n',
    "md": "# Page {0}\n\nWords and/or a [link](https://example.com/{0}).\n\n```bash\nmake build\n```\n" * 5,
}


def key(reference: Reference) -> tuple[object, ...]:
    """Return what a label says of a reference."""
    tier, kind = reference.tier.value, reference.kind.value
    return (reference.path, reference.cell, reference.line, kind, reference.id, reference.revision, tier)


def score(part: str) -> tuple[int, int, int]:
    """Return right, labelled and found references of a part of the fixture."""
    labels = load_own(FIXTURE / f"{part}.yaml")
    names = ("path", "cell", "line", "kind", "id", "revision", "tier")
    wanted = Counter(tuple(label.get(name) for name in names) for label in labels)
    found = Counter(map(key, find_references(FIXTURE / part, no_cache=True).references))
    return (wanted & found).total(), wanted.total(), found.total()


def repository(root: Path) -> None:
    """Write a repository: two thirds sources of Python's library, the rest web, configuration and pages."""
    library = Path(sysconfig.get_paths()["stdlib"])
    sources = [path.read_bytes() for path in sorted(library.glob("*.py")) if path.stat().st_size < 30_000]
    kinds = list(TEMPLATES)
    for number in range(FILES):
        folder = root / f"part{number % 50}" / f"unit{number % 500}"
        folder.mkdir(parents=True, exist_ok=True)
        if number % 3:
            data = sources[number % len(sources)]
            if number % 100 == 1:
                data += f'\nx = AutoModel.from_pretrained("acme/net-{number}")\n'.encode()
            (folder / f"m{number}.py").write_bytes(data)
        else:
            kind = kinds[number // 3 % len(kinds)]
            (folder / f"f{number}.{kind}").write_text(TEMPLATES[kind].format(number), encoding="utf-8")


def seconds(root: Path, cache: Path) -> tuple[float, int, int]:
    """Return the seconds of one run, the files that it read and what it found."""
    begin = time.perf_counter()
    found = find_references(root, cache=cache)
    return time.perf_counter() - begin, found.read, len(found.references)


def large() -> None:
    """Print the times of a large repository, without a cache and with one after a change of one file."""
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder) / "repository", Path(folder) / "cache"
        repository(root)
        for words in ("cold", "with the cache, nothing changed", "with the cache, one file changed"):
            if "one file" in words:
                (root / "part1" / "unit1" / "m1.py").write_text('AutoModel.from_pretrained("acme/new")\n')
            taken, read, count = seconds(root, cache)
            print(f"{FILES:,} files, {words}: {taken:.2f} s, {read:,} read, {count:,} references")


def packages(folders: list[Path], sample: int) -> None:
    """Print what packages name, and a sample of it."""
    drawn: list[tuple[str, Reference]] = []
    for folder in folders:
        found = find_references(folder, no_cache=True)
        unresolved = sum(not reference.resolved for reference in found.references)
        tiers = dict(Counter(reference.tier.value for reference in found.references))
        print(f"{folder.name}: {len(found.references)} references, {unresolved} unresolved, {tiers}")
        drawn += [(folder.name, reference) for reference in found.references]
    random.Random(SEED).shuffle(drawn)  # noqa: S311  a sample, no secret
    for name, reference in drawn[:sample]:
        print(
            f"  {name}/{reference.path}:{reference.line}",
            f"{reference.tier.value} {reference.id} ({reference.how})",
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--no-large", action="store_true")
    given = parser.parse_args()
    print(f"Python {sys.version.split()[0]}")
    for part in ("main", "heldout"):
        right, labelled, found = score(part)
        print(
            f"{part}: recall {right / labelled:.1%} of {labelled}, precision {right / found:.1%} of {found}"
        )
    packages(given.folders, given.sample)
    if not given.no_large:
        large()


if __name__ == "__main__":
    main()
