# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""How well licence texts are identified: ``python benchmarks/identify.py [--scancode PYTHON]``.

Prints each bar with its figure. The texts are read where they are (``MODELSCAN_CORPUS``, and ScanCode's
wheel in ``index-sources/``). With ``--scancode`` a Python that has scancode-toolkit answers the same files
in the same run, for the comparison of time and memory.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from identify_variants import HARMLESS, meaning_changed, variants

from scanner.data import folder
from scanner.guarded.strict import load_own
from scanner.guarded.text import decode
from scanner.identify import identify
from scanner.identify.build import Known, corpus_folder, known_texts
from scanner.identify.index import Index, load_index
from scanner.identify.normalize import words
from scanner.model.reading import How, Identification

GENERAL = (
    *("apache-2.0", "mit", "bsd-3-clause", "bsd-2-clause", "isc", "unlicense", "mpl-2.0"),
    *("gpl-2.0", "gpl-3.0", "agpl-3.0", "lgpl-2.1", "cc-by-4.0", "cc-by-nc-4.0", "cc0-1.0"),
)
"""The fourteen general licences of the suite; the thirty-six others are licences of models."""

MODEL_LICENSES = 36


class Real(NamedTuple):
    """A real file whose licence a reader has named."""

    name: str
    data: bytes
    key: str


class Bar(NamedTuple):
    """A figure beside what it must reach."""

    what: str
    figure: str
    bar: str
    met: bool


def main() -> int:
    """Print every bar; return 1 when one is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scancode", type=Path, help="a Python that has scancode-toolkit 32.5.0")
    parser.add_argument("-v", "--verbose", action="store_true", help="name each file that missed")
    options = parser.parse_args()
    say: Callable[[str], None] = (lambda text: print("  " + text)) if options.verbose else (lambda _: None)
    index = load_index(folder("licenses") / "index.bin")
    texts = list(known_texts(Path("index-sources"), corpus_folder() / "licences"))
    suite = chosen(texts)
    real = list(real_files())
    bars = [
        *perturbed(suite, index, say),
        *on_real(real, index, say),
        left_out(texts, index, say),
        *unseen(texts, index, say),
        *edits(suite, index, say),
        size(),
        *costs(suite, real, index, options.scancode),
    ]
    for bar in bars:
        print(f"{'met ' if bar.met else 'MISS'}  {bar.what}: {bar.figure}  (bar: {bar.bar})")
    return 0 if all(bar.met for bar in bars) else 1


def size() -> Bar:
    """Measure the committed index."""
    count = (folder("licenses") / "index.bin").stat().st_size
    return Bar("size of the index", f"{count:,} bytes", "15 MB", met=count <= 15_000_000)


def chosen(texts: Iterable[Known]) -> list[Known]:
    """Return one text of each licence of the suite: the longest list of model licences first by name."""
    first: dict[str, Known] = {}
    for text in texts:
        first.setdefault(text.key, text)
    models = [
        text
        for key, text in sorted(first.items())
        if text.source.startswith("reference/") and key not in GENERAL and "policy" not in key
    ]
    step = len(models) / MODEL_LICENSES
    picked = [models[int(number * step)] for number in range(MODEL_LICENSES)]
    return [*picked, *(first[key] for key in GENERAL)]


def real_files() -> Iterator[Real]:
    """Yield the evidence files of the corpus, with the key that its truth names."""
    corpus = corpus_folder() / "corpus"
    for release in load_own(corpus / "truth.yaml")["releases"]:
        about = release["licence"]
        path = corpus / release["release"] / (about.get("evidence_file") or "-")
        if about.get("text_present") and about.get("key") and path.is_file():
            yield Real(f"{release['release']}/{path.name}", path.read_bytes(), about["key"])
    table = load_own(folder("licenses") / "index-sources.yaml")
    for path in sorted((corpus_folder() / "licences").glob("*.txt")):
        if path.name not in table["left_out"]:
            key = table["reference_keys"].get(path.name) or path.stem.split("--v")[0]
            yield Real(path.name, path.read_bytes(), key)


def named(found: Identification) -> set[str]:
    """Return the keys that an answer states or names as nearest."""
    if found.stated:
        return set(found.stated)
    return {key for match in found.matches for key in (match.key, *match.also)}


def perturbed(suite: Sequence[Known], index: Index, say: Callable[[str], None]) -> Iterator[Bar]:
    """Run the perturbation suite."""
    right: Counter[str] = Counter()
    wrong: list[str] = []
    flagged = harmless = 0
    for number, text in enumerate(suite):
        other = suite[(number + 7) % len(suite)]
        for variant, data in variants(text.key, text.text, other.text):
            found = identify(decode(data).text, index)
            right[variant] += text.key in named(found)
            wanted = {text.key, other.key} if variant == "two concatenated" else {text.key}
            if set(found.stated) - wanted:
                wrong.append(f"{text.key} ({variant}) stated {found.stated}")
            if text.key not in named(found):
                say(f"{variant}: {text.key} came out as {sorted(named(found))[:3]}")
            if variant in HARMLESS:
                harmless += 1
                flagged += text.key not in found.stated
                if text.key not in found.stated:
                    say(f"harmless {variant}: {text.key} not stated: {found.note}")
    for line in wrong:
        say(line)
    total = len(suite) * len(right)
    share = sum(right.values()) / total
    yield Bar("perturbation suite, right key", f"{share:.1%} of {total}", "99 %", met=share >= 0.99)
    yield Bar("perturbation suite, another licence stated", f"{len(wrong)}", "0", met=not wrong)
    yield Bar(
        "harmless variants flagged",
        f"{flagged / harmless:.1%} of {harmless}",
        "1 %",
        flagged <= 0.01 * harmless,
    )


def on_real(real: Sequence[Real], index: Index, say: Callable[[str], None]) -> Iterator[Bar]:
    """Answer the real files whose key is in the index."""
    known = [file for file in real if file.key in index.keys]
    right = wrong = 0
    for file in known:
        stated = set(identify(decode(file.data).text, index).stated)
        right += stated == {file.key}
        wrong += bool(stated - {file.key})
        if stated != {file.key}:
            say(f"{file.name}: {file.key}, stated {sorted(stated)}")
    yield Bar(
        "real files, stated right",
        f"{right / len(known):.1%} of {len(known)}",
        "97 %",
        right >= 0.97 * len(known),
    )
    yield Bar("real files, confidently wrong", str(wrong), "0", met=wrong == 0)


def left_out(texts: Sequence[Known], index: Index, say: Callable[[str], None]) -> Bar:
    """Remove every text of a key, and see whether a neighbour's name is stated for it."""
    stated = 0
    for text in texts:
        found = identify(text.text, index.without([text.key]))
        if found.stated:
            stated += 1
            say(f"without {text.key} ({text.source}): stated {found.stated}")
    return Bar("leave one key out, a neighbour stated", f"{stated} of {len(texts)}", "0", met=stated == 0)


def unseen(texts: Sequence[Known], index: Index, say: Callable[[str], None]) -> Iterator[Bar]:
    """Remove one text of a key that has several, and see what is said of it: a copy nobody has seen."""
    same = Counter(tuple(words(text.text)) for text in texts)
    distinct = [text for text in texts if same[tuple(words(text.text))] == 1]
    several = Counter(text.key for text in distinct)
    copies = [one for one in distinct if one.source.startswith("reference/") and several[one.key] > 1]
    right = nearest = wrong = 0
    for text in copies:
        found = identify(text.text, index.without(sources=[text.source, f"{text.source} (complete)"]))
        right += found.stated == (text.key,)
        nearest += not found.stated and text.key in named(found)
        wrong += bool(set(found.stated) - {text.key})
        if found.stated != (text.key,):
            say(f"unseen {text.source}: stated {found.stated}, {found.note}")
    told = f"{right} stated, {nearest} named nearest, {wrong} wrong of {len(copies)}"
    yield Bar("copies that the index has not seen", told, "none wrong", met=wrong == 0)


def edits(suite: Sequence[Known], index: Index, say: Callable[[str], None]) -> Iterator[Bar]:
    """Change one word that turns the meaning, add and remove a clause; see whether each is located."""
    done = found = 0
    for text in suite:
        for what, changed, lines in _changes(text):
            done += 1
            answer = identify(changed, index)
            if what == "removed clause" and _another(answer, text.key):
                # What is left is another known licence: two conditions less one are those of a third.
                done -= 1
                continue
            places = [
                edit.lines for match in answer.matches for edit in match.edits if edit.meaning == "meaningful"
            ]
            hit = any(begin <= lines[1] and lines[0] <= end for begin, end in places)
            found += hit and text.key not in answer.stated
            if not hit or text.key in answer.stated:
                say(f"{what} in {text.key}, lines {lines}: stated {answer.stated}, edits at {places}")
    yield Bar("meaning-changing edits located", f"{found} of {done}", "100 %", met=found == done)


def _another(found: Identification, key: str) -> bool:
    """Whether a text is, as far as it goes, another licence than this one."""
    whole = {match.key for match in found.matches if match.how in {How.EXACT, How.EQUIVALENT}}
    return key not in named(found) or bool(whole - {key})


def _changes(text: Known) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Yield changed texts with the lines of the change."""
    turned = meaning_changed(text.text, None)
    if turned != text.text:
        at = next(i for i, (a, b) in enumerate(zip(text.text, turned, strict=False)) if a != b)
        line = turned.count("\n", 0, at) + 1
        yield "one word", turned, (line, line + 1)
    paragraphs = text.text.split("\n\n")
    middle = max(1, len(paragraphs) // 2)
    clause = "You must not use the work in any product that has more than 250 million monthly users."
    before = "\n\n".join(paragraphs[:middle])
    line = before.count("\n") + 3
    yield "added clause", "\n\n".join([*paragraphs[:middle], clause, *paragraphs[middle:]]), (line, line)
    if len(paragraphs) > 3:
        removed = next((part for part in paragraphs[middle:] if len(words(part)) > 12), None)
        if removed:
            at = text.text.index(removed)
            line = text.text.count("\n", 0, at)
            yield "removed clause", text.text.replace(removed, "", 1), (max(1, line - 3), line + 4)


def costs(suite: Sequence[Known], real: Sequence[Real], index: Index, scancode: Path | None) -> Iterator[Bar]:
    """Measure time and memory, beside ScanCode's where it is at hand."""
    files = [file.data for file in real] + [text.text.encode() for text in suite]
    with tempfile.TemporaryDirectory() as place:
        paths = []
        for number, data in enumerate(files):
            paths.append(Path(place) / f"{number:04}.txt")
            paths[-1].write_bytes(data)
        ours = _in_process(paths, index)
        cold, memory = _command([sys.executable, "-m", "scanner", "identify", str(paths[0])])
        small = memory <= 80 * 1024
        yield Bar("peak memory of the command", f"{memory / 1024:.0f} MB", "80 MB", met=small)
        if scancode is None:
            yield Bar("time per file, in-process", f"{ours * 1000:.2f} ms", "with --scancode", met=True)
            yield Bar("cold command", f"{cold:.2f} s", "with --scancode", met=True)
            return
        match = [scancode, Path(__file__).parent / "scancode_match.py", *paths]
        theirs = json.loads(_output(match).splitlines()[-1])["seconds_per_file"]
        ours = (ours + _in_process(paths, index)) / 2
        told = f"{theirs / ours:.0f} times faster ({ours * 1000:.2f} ms against {theirs * 1000:.0f} ms)"
        yield Bar("time per file against ScanCode in-process", told, "40 times", met=theirs >= 40 * ours)
        answer = str(Path(place) / "scancode.json")
        whole = [str(scancode.parent / "scancode"), "-l", "--json", answer, str(paths[0])]
        their_cold, their_memory = _command(whole)
        told = f"{their_cold / cold:.0f} times faster ({cold:.2f} s against {their_cold:.1f} s)"
        yield Bar("cold command against ScanCode", told, "30 times", met=their_cold >= 30 * cold)
        yield Bar("peak memory of ScanCode's command", f"{their_memory / 1024:.0f} MB", "none", met=True)


def _in_process(paths: Sequence[Path], index: Index) -> float:
    """Return seconds per file, reading included."""
    begin = time.perf_counter()
    for path in paths:
        identify(decode(path.read_bytes()).text, index)
    return (time.perf_counter() - begin) / len(paths)


PEAK = """\
import resource, subprocess, sys
subprocess.run(sys.argv[1:], capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _command(command: list[str]) -> tuple[float, int]:
    """Return the seconds (best of three) and peak kilobytes of a command."""
    runs = []
    for _ in range(3):
        begin = time.perf_counter()
        _output(command)
        runs.append(time.perf_counter() - begin)
    return min(runs), int(_output([sys.executable, "-c", PEAK, *command]))


def _output(command: Sequence[object]) -> str:
    done = subprocess.run(  # noqa: S603  commands of ours
        [str(part) for part in command], capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
