# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A notice bundle as one text, and as the files of a folder.

The words that a licence prescribes stand on a line of their own, unwrapped. Texts of releases are copied
byte for byte into a folder; within the one text they are shown as text, and what cannot be shown unchanged
there is missing from it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from scanner.guarded.text import decode
from scanner.model.base import Value
from scanner.model.license import cited
from scanner.model.notice import Attribution, Bundle, Copy, Gap, Words
from scanner.model.report import DISCLAIMER
from scanner.render.words import VERDICTS, counted
from scanner.sanitize import REPLACEMENT, many_lines, one_line

TEXTS = "texts"
"""Folder of the copies."""

OVERVIEW = "NOTICE.txt"

_SEAL = "SHA-256 of the text above as it was written: "

_RULE = "=" * 72
_LINE = "-" * 72


class _Page(Value, frozen=True, kw_only=True):
    """What every part of the text needs."""

    bundle: Bundle
    labels: Mapping[str, str]
    """How releases are called, by their paths."""


def render_notice(bundle: Bundle) -> str:
    """Return the bundle as one text with every copy in it; give it what :func:`in_one_text` returned."""
    text = "\n".join([*_overview(bundle, folder=""), *_texts(bundle)]) + "\n"
    return f"{text}{_SEAL}{_digest(text)}\n{DISCLAIMER}\n"


def unchanged(text: str) -> bool:
    """Whether a text is what :func:`render_notice` wrote, with nothing filled in or changed since."""
    body, seal, rest = text.rpartition(_SEAL)
    return bool(seal) and rest.partition("\n")[0] == _digest(body)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def notice_files(bundle: Bundle) -> dict[str, bytes]:
    """Return the files of a folder by their names: the overview, and each copy byte for byte."""
    overview = "\n".join([*_overview(bundle, folder=f"{TEXTS}/"), DISCLAIMER]) + "\n"
    copies = {f"{TEXTS}/{one.name}": one.data for one in bundle.copies}
    return {OVERVIEW: overview.encode("utf-8", "backslashreplace"), **copies}


def in_one_text(bundle: Bundle) -> Bundle:
    """Return a bundle in which those copies are missing that one text cannot hold unchanged."""
    lost = [(one, why) for one in bundle.copies if (why := _unfit(one))]
    gaps = tuple(
        Gap(
            path=path,
            license=", ".join(one.licenses),
            section="",
            what=f"{one.origins[0].path}, which {why}: enclose the file, or write a folder (-o notices/)",
        )
        for one, why in lost
        for path in one.covers
    )
    return msgspec.structs.replace(bundle, missing=(*bundle.missing, *gaps))


def _unfit(copy: Copy) -> str:
    """Return why a copy cannot stand in a text; empty: it can."""
    decoded = decode(copy.data)
    if decoded.binary or copy.data.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "is no plain text"
    if decoded.problems:
        return f"holds {' and '.join(decoded.problems)}"
    strange = _shown(copy).count(REPLACEMENT) - decoded.text.count(REPLACEMENT)
    return f"holds {counted(strange, 'character')} that a text cannot show safely" if strange else ""


def _shown(copy: Copy) -> str:
    text = "\n".join(line.replace("\t", "    ") for line in decode(copy.data).text.splitlines())
    return many_lines(text)


def _overview(bundle: Bundle, *, folder: str) -> list[str]:
    labels = {one.path: _label(one) for one in bundle.releases}
    page = _Page(bundle=bundle, labels=labels)
    needing = [one for one in bundle.releases if not one.empty]
    lines = ["NOTICE", "", one_line(bundle.statement), ""]
    lines += [f"Attribution and licence material of {counted(len(needing), 'model')}, {bundle.as_of},"]
    lines += [f"put together by {one_line(bundle.tool)}."]
    lines += ["", *_before(page)]
    for one in needing:
        lines += _release(one, folder)
    open_ = {gap.path for gap in (*bundle.missing, *bundle.unsettled)}
    rest = [
        f"- {labels[one.path]}{' (not settled, see the first part)' if one.path in open_ else ''}"
        for one in bundle.releases
        if one.empty
    ]
    if rest:
        lines += [_RULE, "Nothing was found that must go along with", _RULE, *rest, ""]
    return lines


def _before(page: _Page) -> Iterator[str]:
    """Yield what is to be done before this is passed on; nothing when all is there."""
    bundle = page.bundle
    verdicts = [
        f"- {page.labels[one.path]}: {VERDICTS[one.verdict].word.lower()}"
        for one in bundle.releases
        if one.verdict.value in {"blocked", "review"}
    ]
    changes = [
        f"- {page.labels[one.path]}: the statement of changes" for one in bundle.releases if one.changes
    ]
    parts = {
        f"MISSING ({len(bundle.missing)}): required, and not at hand": _gaps(page, bundle.missing),
        f"NOT SETTLED ({len(bundle.unsettled)}): it may be required": _gaps(page, bundle.unsettled),
        f"TO FILL IN ({len(changes)})": changes,
        f"VERDICTS ({len(verdicts)}): this notice does not lift them": verdicts,
    }
    if any(parts.values()):
        yield from (_RULE, "Before this goes along: settle this part, then take it out", _RULE)
        for title, rows in parts.items():
            if rows:
                yield from (title, *rows, "")


def _gaps(page: _Page, gaps: Iterable[Gap]) -> list[str]:
    """Return gaps below the release and licence that they are of."""
    groups: dict[tuple[str, str, str, str], list[Gap]] = {}
    for one in gaps:
        groups.setdefault((one.path, one.license, one.why, one.address), []).append(one)
    lines = []
    for (path, license_, why, address), those in groups.items():
        told = [f"- {page.labels.get(path, '')}"]
        told += [f": {one_line(license_)}"] if license_ else []
        told += [f" ({one_line(why)})"] if why else []
        lines += ["".join(told), *([f"  To be had at {one_line(address)}"] if address else [])]
        lines += [f"  - {one_line(one.what)}{_section(one)}" for one in those]
    return lines


def _section(gap: Gap) -> str:
    return f" ({one_line(cited(gap.section))})" if gap.section else ""


def _label(one: Attribution) -> str:
    return one_line(one.release if one.path in {".", one.release} else f"{one.release} ({one.path})")


def _release(one: Attribution, folder: str) -> Iterator[str]:
    yield from (_RULE, _label(one), _RULE)
    if one.purl:
        yield f"Package: {one_line(one.purl)}"
    yield f"Licence of the weights: {one_line(one.licenses or 'not concluded')}"
    yield ""
    yield from _verbatim("Notices", one.notices)
    yield from _verbatim("Words to show", one.phrases)
    yield from _told("Notices to keep and credit to give", one.credits)
    if one.changes:
        yield from _told("Changes", one.changes)
        yield from (
            "[ ] Changed by: ____________________  on: ____________________",
            "    What was changed, in which files: ____________________",
            "",
        )
    yield from _list("Use policies", [f"{each.text} ({_source(each)})" for each in one.policies])
    yield from _told("Owed to those who receive the model", one.terms)
    if one.copies:
        yield from ("Texts that go along:", *(f"- {folder}{name}" for name in one.copies), "")


def _verbatim(title: str, words: Sequence[Words]) -> Iterator[str]:
    """Yield prescribed words, each on a line of its own, and below it where they come from."""
    if words:
        yield f"{title}:"
        for one in words:
            where = f"; {one.where}" if one.where else ""
            yield from ("", one_line(one.text), f"    ({_source(one)}{one_line(where)})")
        yield ""


def _told(title: str, words: Sequence[Words]) -> Iterator[str]:
    """Yield what is asked for in our words, which name licence and section themselves."""
    return _list(title, [one.text for one in words])


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from (f"{title}:", *(f"- {one_line(item)}" for item in items), "")


def _source(one: Words) -> str:
    via = f", by way of {one.via}" if one.via else ""
    return one_line(f"{one.license}, {cited(one.section)}{via}" if one.section else f"{one.license}{via}")


def _texts(bundle: Bundle) -> Iterator[str]:
    """Yield every copy as text, once, with the releases that it goes along with."""
    labels = {one.path: _label(one) for one in bundle.releases}
    for one in bundle.copies:
        yield from (_RULE, one.name, _RULE)
        if one.licenses:
            yield f"Holds word for word: {one_line(', '.join(one.licenses))}"
        yield from (f"From: {one_line(f'{each.release}, {each.path}')}" for each in one.origins)
        yield from (f"For: {labels[path]}" for path in one.covers)
        yield f"SHA-256 of the file: {one.sha256}"
        yield _LINE
        yield f"(not shown: it {_unfit(one)})" if _unfit(one) else _shown(one)
        yield from (_LINE, "")
