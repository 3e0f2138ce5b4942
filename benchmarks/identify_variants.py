# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Altered copies of licence texts: nineteen kinds, the same bytes on every run.

Used by ``identify.py``. Nothing of a licence text is written here; the texts are read where they are.
"""

import html
import random
import re
import textwrap
from collections.abc import Callable, Iterator

HARMLESS = (
    "verbatim",
    "re-wrapped",
    "one line",
    "markdown",
    "html and entities",
    "smart quotes",
    "copyright changed",
    "utf-16 with mark",
    "cp1252 with accents",
)
"""Variants that a lawyer would call the same text."""

COMMON = {
    "software": "program",
    "use": "utilise",
    "distribute": "spread",
    "rights": "powers",
    "notice": "note",
    "work": "piece",
    "party": "side",
    "damages": "harms",
    "including": "comprising",
    "terms": "words",
    "copy": "duplicate",
    "purpose": "aim",
    "model": "system",
    "materials": "items",
}
FOREIGN = (
    "Le présent contrat est régi par la loi du port, et nul ne saurait prétendre l'ignorer. ",
    "本协议受港口法律管辖，任何人不得声称不知情。使用者应当遵守所有规定。",
)
CLAUSE = (
    "If the products or services that You make available have more than 250 million monthly active users, "
    "You must request a further license from the licensor, which it may grant in its sole discretion."
)
README_HEAD = (
    "# Lighthouse 7B\n\nA small model of the sea, made for joy.\n\n## Usage\n\n```python\nrun()\n```\n"
)
MEANING = (
    (r"\bmay not\b", "may"),
    (r"\bshall not\b", "shall"),
    (r"\b700 million\b", "100 million"),
    (r"\bnon-?exclusive\b", "exclusive"),
    (r"\broyalty-free\b", "royalty-bearing"),
    (r"\bnot\b", "indeed"),
    (r"\bwithout\b", "with"),
    (r"\bNOT\b", "ALWAYS"),
)


def variants(key: str, text: str, other: str) -> Iterator[tuple[str, bytes]]:
    """Yield every altered copy of one text.

    Args:
        key: Of the licence; it seeds what is drawn by lot.
        text: The licence text.
        other: Another licence text, for the file that holds two.
    """
    for name, change in CHANGES.items():
        yield name, change(text, random.Random(f"{key}/{name}")).encode()  # noqa: S311  repeatable, no secret
    yield "two concatenated", f"{text}\n\n{'=' * 40}\n\n{other}".encode()
    yield "utf-16 with mark", b"\xff\xfe" + text.encode("utf-16-le")
    accented = "Copyright (c) 2021 Zoé Müller, François Peña\n\n" + text.replace("\u2019", "'") + "\n"
    western = all(ord(character) < 0x2E80 for character in accented)
    yield "cp1252 with accents", accented.encode("cp1252" if western else "utf-8", "replace")


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def _wrapped(text: str, _: random.Random) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), 61) for part in _paragraphs(text))


def _one_line(text: str, _: random.Random) -> str:
    return " ".join(text.split())


def _markdown(text: str, _: random.Random) -> str:
    parts = []
    for number, part in enumerate(_paragraphs(text)):
        line = " ".join(part.split())
        if number == 0 and len(line) < 120:
            line = f"# {line}"
        elif len(line) < 60:
            line = f"**{line}**"
        parts.append(re.sub(r"(?<!\\)_", r"\_", line).replace("<", r"\<"))
    return "\n\n".join(parts)


def _html(text: str, _: random.Random) -> str:
    body = "\n".join(f"<p class='t'>{html.escape(part)}</p>" for part in _paragraphs(text))
    return f"<html><body>{body}</body></html>".replace("'", "&#39;").replace("class=&#39;t&#39;", "class='t'")


def _quotes(text: str, _: random.Random) -> str:
    text = re.sub(r'"([^"\n]*)"', "\u201c\\1\u201d", text).replace("'", "\u2019")
    return re.sub(r"(\w) (\w)", lambda m: f"{m[1]}\u00a0{m[2]}", text, count=20)


def _holder(text: str, _: random.Random) -> str:
    changed = re.sub(
        r"(?im)^([ \t]*)copyright (?:\(c\)|©|\d{4}).*$", r"\1Copyright (c) 1999-2003 Ada Lovelace", text
    )
    return (
        changed
        if changed != text
        else f"Copyright (c) 1999-2003 Ada Lovelace. All rights reserved.\n\n{text}"
    )


def _readme(text: str, _: random.Random) -> str:
    return f"{README_HEAD}\n## License\n\n{text.strip()}\n"


def _thinned(text: str, lot: random.Random) -> str:
    return re.sub(r"\S+", lambda match: "" if lot.random() < 0.1 else match[0], text)


def _with_clause(text: str, _: random.Random) -> str:
    parts = _paragraphs(text)
    middle = max(1, len(parts) // 2)
    return "\n\n".join([*parts[:middle], CLAUSE, *parts[middle:]])


def _headless(text: str, _: random.Random) -> str:
    words = re.findall(r"\S+\s*", text)
    return "".join(words[int(len(words) * 0.15) :])


def _half(text: str, _: random.Random) -> str:
    words = re.findall(r"\S+\s*", text)
    return "".join(words[: len(words) // 2])


def _foreign(text: str, lot: random.Random) -> str:
    words = re.findall(r"\S+\s*", text)
    begin, count = len(words) * 5 // 12, len(words) // 6
    return "".join(words[:begin]) + "\n" + lot.choice(FOREIGN) * 6 + "\n" + "".join(words[begin + count :])


def _renamed(text: str, lot: random.Random) -> str:
    names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?= [a-z])", text)
    if not names:
        return text
    return re.sub(rf"\b{lot.choice(sorted(set(names)))}\b", "Lighthouse", text)


def _substituted(text: str, lot: random.Random) -> str:
    pattern = re.compile(rf"\b(?:{'|'.join(COMMON)})\b", re.IGNORECASE)
    return pattern.sub(lambda match: COMMON[match[0].lower()] if lot.random() < 0.25 else match[0], text)


def meaning_changed(text: str, _: random.Random) -> str:
    """Return the text with one word changed that turns its meaning."""
    for pattern, words in MEANING:
        changed = re.sub(pattern, words, text, count=1)
        if changed != text:
            return changed
    return text


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "verbatim": lambda text, _: text,
    "re-wrapped": _wrapped,
    "one line": _one_line,
    "markdown": _markdown,
    "html and entities": _html,
    "smart quotes": _quotes,
    "copyright changed": _holder,
    "in a README": _readme,
    "10 % of words deleted": _thinned,
    "extra threshold clause": _with_clause,
    "first 15 % cut": _headless,
    "last 50 % cut": _half,
    "middle sixth foreign": _foreign,
    "product renamed": _renamed,
    "25 % of common words": _substituted,
    "one meaning-changing word": meaning_changed,
}
