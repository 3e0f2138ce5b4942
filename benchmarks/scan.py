# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Print what a scan spends where: our own data, the rules, a whole report of one release.

``python benchmarks/scan.py``; the releases are those of the reference corpus (``MODELSCAN_CORPUS``, default:
a folder ``shared`` beside the checkout).
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scanner import pipeline
from scanner.catalog import load_catalogue
from scanner.config import Config
from scanner.evaluate import Evaluation, Subject, by_act, evaluate, weighed
from scanner.evaluate.contexts import World
from scanner.evaluate.rules import load_rules
from scanner.examine import load_knowledge
from scanner.lineage.families import Table
from scanner.model.finding import Rule
from scanner.model.usecase import UseCase

CORPUS = Path(os.environ.get("MODELSCAN_CORPUS", Path(__file__).parents[2] / "shared")) / "corpus"
RUNS = 15


def milliseconds(call: Callable[[], object]) -> float:
    """Return the median of some runs."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1_000


def evaluations() -> list[tuple[Subject, tuple[Rule, ...], UseCase]]:
    """Return what each release of the corpus is judged on."""
    kept: list[tuple[Subject, tuple[Rule, ...], UseCase]] = []

    def keep(subject: Subject, rules: tuple[Rule, ...], use_case: UseCase) -> Evaluation:
        kept.append((subject, rules, use_case))
        return evaluate(subject, rules, use_case)

    pipeline.evaluate = keep  # type: ignore[attr-defined]
    pipeline.scan([CORPUS], load_knowledge(), Config(), as_of="2026-11-25", step=lambda *_: None)
    return kept


def catalogue() -> str:
    """Return what one release costs of the catalogue: as it is, and with every record decoded at once."""
    release = next(path for path in sorted(CORPUS.iterdir()) if "Llama-4" in path.name)
    knowledge = load_knowledge()
    pipeline.scan([release], knowledge, Config(), as_of="2026-11-25", step=lambda *_: None)
    used = knowledge.catalogue.licenses.decoded  # type: ignore[attr-defined]

    def needed() -> None:
        licenses = load_catalogue().licenses
        for key in used:
            licenses[key]

    lazy, eager = milliseconds(needed), milliseconds(lambda: dict(load_catalogue().licenses))
    every = len(knowledge.catalogue.licenses)
    return (
        f"{lazy:.1f} ms with {len(used)} records decoded for {release.name}; {eager:.1f} ms with all {every}"
    )


def command(*arguments: str) -> float:
    """Return the milliseconds of a whole process."""
    return milliseconds(lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True))  # noqa: S603


def main() -> None:
    """Print the figures."""
    families = load_catalogue().families
    print(f"catalogue: {catalogue()}")
    print(f"families, ready for names: {milliseconds(lambda: Table(families)):.1f} ms")
    print(f"rules: {milliseconds(load_rules):.1f} ms for {len(load_rules())}")
    judged = evaluations()
    worlds = [(World(subject), rules, use_case) for subject, rules, use_case in judged]
    alone = milliseconds(lambda: [weighed(*one) for one in worlds]) / len(worlds)
    acts = milliseconds(lambda: [tuple(by_act(*one)) for one in worlds]) / len(worlds)
    whole = milliseconds(lambda: [evaluate(*one) for one in judged]) / len(judged)
    print(f"rules alone on one release under one use case, the bar's measure: {alone:.2f} ms")
    print(f"the same with each of the ten acts by itself: {acts:.2f} ms")
    print(f"the same with clauses located in the texts and findings worded: {whole:.2f} ms")
    with tempfile.TemporaryDirectory() as place:
        release = next(path for path in sorted(CORPUS.iterdir()) if path.is_dir())
        report = command("-m", "scanner", "report", str(release), "-q", "-o", f"{place}/r.html")
    print(f"report of one release, whole process: {report / command('-c', 'pass'):.0f} times an empty Python")


if __name__ == "__main__":
    main()
