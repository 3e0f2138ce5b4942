# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""References in configuration: keys of YAML, JSON and TOML, commands and environments that stand in them."""

from collections.abc import Iterator, Sequence

from scanner.dependencies import shell
from scanner.dependencies.hits import Hit, named
from scanner.dependencies.scalars import Place, Scalar
from scanner.dependencies.shell import Python, Word
from scanner.dependencies.tables import Key, any_of, tables

COMMANDS = frozenset(
    {"command", "cmd", "run", "args", "script", "entrypoint", "before_script", "after_script"}
)
"""Keys whose value is a command or its words."""


def hits(scalars: Sequence[Scalar], lines: Sequence[str], path: str, python: Python) -> Iterator[Hit]:
    """Yield the models that a configuration names.

    Args:
        scalars: Its texts.
        lines: Of the file.
        path: Of the file.
        python: Reads a program within a command.
    """
    folder, _, name = path.rpartition("/")
    by_place = {scalar.place: scalar for scalar in scalars}
    table = [entry for entry in tables().configs if not entry.files or any_of(entry.files).match(name)]
    routed = {id(scalar) for scalar in scalars if "litellm_params" in scalar.place}
    for scalar in scalars:
        for entry in table:
            if id(scalar) in routed and entry.scheme != "route" and scalar.place[-1] == "model":
                continue
            if _fits(entry, scalar.place):
                hit = _hit(entry, scalar, by_place, lines, folder if entry.relative else "")
                if hit:
                    yield hit
                break
    yield from _environments(scalars, by_place, lines)
    yield from _commands(scalars, lines, python)


def _fits(entry: Key, place: Place) -> bool:  # noqa: PLR0911  one answer for each form of a key
    last = place[-1] if place else ""
    if isinstance(last, int):
        if "#" not in entry.keys:
            return False
        return len(place) > 1 and place[-2] in entry.under
    if last not in entry.keys:
        return False
    if not entry.under:
        return True
    above = tuple(part for part in place[:-1] if isinstance(part, str))
    if entry.direct:
        return len(above) > 0 and any_of(entry.under).match(str(above[-1])) is not None
    if entry.files and "#" in entry.keys and len(place) == 1:
        return True
    return any(part in entry.under for part in above)


def _hit(
    entry: Key, scalar: Scalar, by_place: dict[Place, Scalar], lines: Sequence[str], folder: str
) -> Hit | None:
    if scalar.block or "{{" in scalar.text:
        return None
    beside = scalar.place[:-1]
    revision = next(
        (by_place[(*beside, key)].text for key in entry.revision if (*beside, key) in by_place), None
    )
    if revision is not None and entry.revision == ("md5",):
        revision = f"md5:{revision}"
    repo_type = next(
        (by_place[(*beside, key)].text for key in entry.repo_type if (*beside, key) in by_place), None
    )
    if entry.excluded and any_of(entry.excluded).match(scalar.text):
        return None
    values = shell.substituted(scalar.text, {}) if "$" in scalar.text else [scalar.text]
    for value in values:
        return named(
            entry,
            f"{folder}/{value}" if folder else value,
            line=scalar.line,
            column=column(lines, scalar),
            expression=f"{scalar.place[-1] if scalar.place else ''}: {scalar.text}",
            revision=revision,
            repo_type=repo_type,
        )
    return None


def column(lines: Sequence[str], scalar: Scalar) -> int:
    """Return where a text begins in its line; 1 where it is written in another way."""
    line = lines[scalar.line - 1] if scalar.line <= len(lines) else ""
    return max(line.find(scalar.text[:80]), 0) + 1


def _environments(
    scalars: Sequence[Scalar], by_place: dict[Place, Scalar], lines: Sequence[str]
) -> Iterator[Hit]:
    """Yield models in variables: ``NAME: value``, ``NAME=value`` and ``{name: NAME, value: value}``."""
    for scalar in scalars:
        last = scalar.place[-1] if scalar.place else ""
        if isinstance(last, int):
            name, sign, value = scalar.text.partition("=")
            if not sign or name.startswith("-"):
                continue
        elif last == "value" and (*scalar.place[:-1], "name") in by_place:
            name, value = by_place[(*scalar.place[:-1], "name")].text, scalar.text
        elif last.isupper():
            name, value = last, scalar.text
        else:
            continue
        word = Word(scalar.text, scalar.line, column(lines, scalar))
        yield from shell.variable(name, value, shell.substituted(value, {}), word)


def _commands(scalars: Sequence[Scalar], lines: Sequence[str], python: Python) -> Iterator[Hit]:
    groups: dict[Place, dict[str, list[Scalar]]] = {}
    for scalar in scalars:
        keys = [number for number, part in enumerate(scalar.place) if part in COMMANDS]
        if not keys:
            continue
        at = keys[-1]
        key = str(scalar.place[at])
        if len(scalar.place) - at > 2:  # noqa: PLR2004  the key, or an item of its list
            continue
        if len(scalar.place) == at + 1 or (scalar.block or "\n" in scalar.text) or key.endswith("script"):
            yield from _text(scalar, lines, python)
        if len(scalar.place) == at + 2:
            groups.setdefault(scalar.place[:at], {}).setdefault(key, []).append(scalar)
    for group in groups.values():
        order = [*group.get("entrypoint", ()), *group.get("command", ()), *group.get("args", ())]
        rest = [
            one
            for key, items in group.items()
            if key not in ("entrypoint", "command", "args")
            for one in items
        ]
        for items in (order, rest):
            words = [Word(one.text, one.line, column(lines, one)) for one in items if "\n" not in one.text]
            yield from shell.command(words, {}, python)


def _text(scalar: Scalar, lines: Sequence[str], python: Python) -> Iterator[Hit]:
    """Yield what a command in one text names; a block is read from the lines as they stand."""
    if not scalar.block:
        yield from (hit.moved(scalar.line - 1) for hit in shell.hits(scalar.text, python))
        return
    head = lines[scalar.line - 1] if scalar.line <= len(lines) else ""
    indent = len(head) - len(head.lstrip())
    kept: list[str] = []
    for line in lines[scalar.line :]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        kept.append(line)
    yield from (hit.moved(scalar.line) for hit in shell.hits("\n".join(kept), python))
