# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What ``identify`` says of files: JSON in its published shape, and text with a redline."""

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import Any

import msgspec

from scanner.model.reading import Edit, FoundClause, How, IdentifiedFile, LicenseMatch
from scanner.render.words import counted, listed
from scanner.sanitize import one_line

_RED, _GREEN, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"
INDENT = "    "


def identification_document(files: Iterable[IdentifiedFile]) -> list[dict[str, Any]]:
    """Return plain values for JSON: one mapping for each file."""
    return [
        {"path": file.path, "encoding": file.encoding, **msgspec.to_builtins(file.found)}
        | {"mentions": msgspec.to_builtins(file.mentions), "alarms": msgspec.to_builtins(file.alarms)}
        for file in files
    ]


def render_identification(files: Iterable[IdentifiedFile], *, width: int, color: bool) -> str:
    """Return each file's answer, its changes located and its clauses, as text for a terminal.

    Words that were added stand between ``{+`` and ``+}``, words that are missing between ``[-`` and
    ``-]``, in green and red where there is colour.
    """
    return "\n".join(line for file in files for line in _file(file, width, color=color))


def _file(file: IdentifiedFile, width: int, *, color: bool) -> Iterable[str]:
    yield _headline(file, color=color)
    for match in file.found.matches:
        yield _wrapped(_described(match), width, "  ")
        for edit in match.edits:
            if edit.meaning == "meaningful":
                yield _redline(edit, width, color=color)
        harmless = [edit for edit in match.edits if edit.meaning == "harmless"]
        if harmless:
            reasons = listed(sorted({edit.why for edit in harmless}))
            yield _wrapped(f"{counted(len(harmless), 'harmless difference')}: {reasons}", width, INDENT)
    if file.found.leftover:
        places = listed(_lines(span.lines) for span in file.found.leftover)
        yield _wrapped(f"belongs to no licence that is known: {places}", width, "  ")
    for clause in file.found.clauses:
        yield _wrapped(_clause(clause), width, "  ")
    for mention in file.mentions:
        named = mention.key or mention.expression or listed(mention.candidates, "or") or "unknown terms"
        yield _wrapped(
            f"{_lines(mention.lines)}: names {named} ({mention.how}): “{mention.quote}”", width, "  "
        )
    for alarm in file.alarms:
        yield _wrapped(f"differs from the record: {alarm.message}", width, "  ")


def _headline(file: IdentifiedFile, *, color: bool) -> str:
    found = file.found
    answer = listed(found.stated) if found.stated else f"nothing is stated: {found.note}"
    name = one_line(file.path)
    if found.stated and found.note:
        answer += f" ({found.note})"
    return f"{_BOLD}{name}{_PLAIN}: {one_line(answer)}" if color else f"{name}: {one_line(answer)}"


def _described(match: LicenseMatch) -> str:
    how = {
        How.EXACT: "word for word",
        How.EQUIVALENT: "the same but for harmless differences",
        How.MODIFIED: f"changed in {counted(_meaningful(match), 'place')}",
        How.PARTIAL: f"a part of it, {match.coverage:.0%} of its words",
        How.CLOSEST: f"the nearest known text, {match.coverage:.0%} of whose words are here",
        How.MENTION: "named only",
    }[match.how]
    twins = f"; fits {listed(match.also, 'or')} equally well" if match.also else ""
    return f"{_lines(match.lines)}: {match.key}, {how}{twins}"


def _meaningful(match: LicenseMatch) -> int:
    return sum(edit.meaning == "meaningful" for edit in match.edits)


def _redline(edit: Edit, width: int, *, color: bool) -> str:
    added = f"{{+{one_line(edit.words)}+}}" if edit.words else ""
    missing = one_line(edit.missing) if edit.missing else counted(edit.count, "word")
    gone = f"[-{missing}-]" if edit.kind != "insert" else ""
    text = _wrapped(f"{_lines(edit.lines)}: {edit.why}: {gone}{added}", width, INDENT)
    if not color:
        return text
    for mark, tone in (("{+", _GREEN), ("[-", _RED)):
        text = text.replace(mark, tone + mark)
    return text.replace("+}", "+}" + _PLAIN).replace("-]", "-]" + _PLAIN)


def _clause(clause: FoundClause) -> str:
    value = f"{clause.value:,}" if isinstance(clause.value, int) else clause.value
    said = " ".join(part for part in (clause.kind.replace("_", " "), value, clause.unit) if part)
    return f"{_lines(clause.lines)}: {said}: “{clause.quote}”"


def _lines(lines: Sequence[int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _wrapped(text: str, width: int, indent: str) -> str:
    return fill(
        one_line(text),
        max(width, 40),
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
