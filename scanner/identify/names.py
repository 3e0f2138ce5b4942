# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Declared names to catalogue keys: tags, SPDX expressions, names, spellings and addresses.

The law: a key is returned only when the value names one version, and never because it is likely. What
names a family has candidates; what names nothing that is known says so. The ways, in their order:

1. the Hub's tags, and what the catalogue calls a licence (keys, SPDX identifiers, aliases, card names);
2. the identifiers of the SPDX list, and expressions of them;
3. the same words in another spelling (:func:`spellings`), equal as a whole and in every number;
4. a family of the catalogue, when the value lacks the numbers that tell its members apart.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from scanner.identify.expression import (
    ONLY,
    OR_LATER,
    REF,
    Joined,
    Node,
    SpdxId,
    Term,
    operators,
    parse,
    spdx_exceptions,
    spdx_ids,
    terms,
    written,
)
from scanner.model.base import Value
from scanner.model.license import Catalogue, LicenseTag

MAX_NAME = 300
"""Characters of a name or an expression; what is longer is a text."""

MAX_ADDRESS = 2_000
"""Characters of an address."""

MAX_CANDIDATES = 40
"""Of one value; the largest family has fewer, and a test counts it."""

SAYS_NOTHING = frozenset({"", "none", "null", "nil", "n/a", "na", "tbd", "todo", "-", "~", "?", "{license}"})
"""Values that stand there and state nothing."""


class Resolved(Value, frozen=True, kw_only=True):
    """What a declared value names."""

    how: str
    """``tag``, ``expression``, ``name`` or ``link``."""

    key: str | None = None
    """Catalogue key, when one version is named. It may have no record yet."""

    expression: str | None = None
    """SPDX licence expression, when every licence in it is known."""

    candidates: tuple[str, ...] = ()
    """Keys it may be; for an expression, every key it is made of."""

    stranger: bool = False
    """Whether it names, alone or among others, a licence that is not known here."""

    note: str = ""


def resolve(name: str, value: str, catalogue: Catalogue) -> Resolved:
    """Return what a declared value names.

    Args:
        name: The reading's name, e.g. ``license`` or ``general.license.link``.
        value: As it stands in the file: anything.
        catalogue: What is known.

    Returns:
        How it was understood, and what it names. It never raises, and case and white space never matter.
    """
    field = name.rsplit(".", 1)[-1].rsplit("_", 1)[-1].lower()
    text = _clean(value)
    if text in SAYS_NOTHING:
        return Resolved(how=_HOW.get(field, "tag"), note="states nothing")
    if field == "link" or _ADDRESS.match(text):
        return _link(text, catalogue)
    if len(text) > MAX_NAME:
        return Resolved(
            how=_HOW.get(field, "tag"), note=f"is longer than {MAX_NAME} characters: no name of a licence"
        )
    found = _named(text, catalogue, card_name=field == "name")
    return found or _unknown(_HOW.get(field, "tag"), text)


_HOW = {"name": "name", "link": "link"}
"""How a value is said to have been declared when it is not understood, by the last word of its field."""


def _unknown(how: str, text: str) -> Resolved:
    note = "it is no tag of the Hub and no SPDX identifier, and no licence is known by it"
    return Resolved(how=how, stranger=names_something(text), note=note)


_POINTERS = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "this",
            "that",
            "our",
            "its",
            "same",
            "following",
            "as",
            "and",
            "or",
            "of",
            "for",
        ),
        *("in", "at", "to", "on", "under", "from", "by", "with", "see", "refer", "please", "below", "above"),
        *("license", "licenses", "licence", "licences", "licensed", "licensing", "agreement", "terms", "use"),
        *("conditions", "file", "files", "md", "txt", "pdf", "repo", "repository", "readme", "card", "page"),
        *("model", "models", "weights", "code", "data", "dataset", "base", "original", "details", "more"),
        *(
            "custom",
            "other",
            "unknown",
            "unspecified",
            "various",
            "specific",
            "own",
            "here",
            "link",
            "section",
        ),
    }
)
"""Words that point to terms, or say that there are some, and are no name of theirs."""


def names_something(text: str) -> bool:
    """Whether a name that is not known has a word of its own: "acme-nc" has, "see the LICENSE file" not."""
    return any(word not in _POINTERS for word in re.findall(r"[^\W_]+", text.lower()))


def _clean(value: str) -> str:
    """Fold case, width and white space, and take off quotation marks around the whole."""
    text = _folded(value[: MAX_ADDRESS + 1])
    return " ".join(text.split()).strip("\"'`<> ")


def _folded(text: str) -> str:
    """Fold case and width; twice, since folding the width may bring back capital letters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).casefold()


def _named(text: str, catalogue: Catalogue, *, card_name: bool = False) -> Resolved | None:
    """Resolve a name by the first way that has an answer."""
    ways = (_tag, _card_name, _exact) if not card_name else (_card_name, _tag, _exact)
    for way in (*ways, _or_later, _expression, _spelled, _list, _with_address):
        found = way(text, catalogue)
        if found is not None:
            return found
    return None


def _tag(text: str, catalogue: Catalogue) -> Resolved | None:
    """A tag of the Hub: of one licence, of several, or of none."""
    tag = catalogue.tags.get(text)
    return None if tag is None else _of_tag(tag, catalogue)


def _of_tag(tag: LicenseTag, catalogue: Catalogue) -> Resolved:
    if len(tag.keys) > 1:
        note = tag.note or "is a tag that covers several licences"
        return Resolved(how="tag", candidates=_sorted(tag.keys), note=note)
    ids = spdx_ids(catalogue)
    if tag.keys:
        own = ids.get(tag.tag.lower())
        fits = own is not None and _key(own, catalogue) == tag.keys[0]
        found = _of_key(tag.keys[0], catalogue, how="tag", spdx=own if fits else None)
    elif tag.spdx:
        listed = ids.get(tag.spdx.lower()) or SpdxId(id=tag.spdx, stated=tag.spdx)
        found = _of_key(_key(listed, catalogue), catalogue, how="tag", spdx=listed)
    else:
        return Resolved(how="tag", note=tag.note or "is a tag that names no licence")
    return replace(found, note="; ".join(filter(None, (found.note, tag.note))))


def _card_name(text: str, catalogue: Catalogue) -> Resolved | None:
    """A value of the card key ``license_name`` that a record claims."""
    for key, record in catalogue.headings.items():
        if text in map(str.lower, record.license_names):
            return _of_key(key, catalogue, how="name")
    return None


def _exact(text: str, catalogue: Catalogue) -> Resolved | None:
    """An identifier of the SPDX list, or a name that the catalogue gives to one licence."""
    spdx = spdx_ids(catalogue).get(text)
    key = catalogue.names.get(text)
    if spdx is not None:
        if not spdx.silent and spdx.id.endswith(OR_LATER):
            return _later(spdx, catalogue)
        return _of_key(key or _key(spdx, catalogue), catalogue, how="expression", spdx=spdx)
    return None if key is None else _of_key(key, catalogue, how="name")


_LATER = re.compile(r"(?:,? or (?:any )?(?:later|newer|above)(?: versions?)?|[- ]or[- ]later|(?<!\+)\+)$")


def _or_later(text: str, catalogue: Catalogue) -> Resolved | None:
    """A licence "or any later version": it is held under the version named, at the least."""
    stem = _LATER.sub("", text)
    if stem == text:
        return None
    base = _exact(stem, catalogue) or _spelled(stem, catalogue)
    if base is None or base.key is None:
        return base
    spdx = spdx_ids(catalogue).get(f"{base.key}{OR_LATER}")
    if spdx is not None:
        return _later(spdx, catalogue)
    own = base.expression is None or base.expression.startswith(REF)
    return replace(base, expression=base.expression if own else f"{base.expression}+", note=_ANY_LATER)


def _later(spdx: SpdxId, catalogue: Catalogue) -> Resolved:
    ids = spdx_ids(catalogue)
    base = ids.get(f"{spdx.id.removesuffix(OR_LATER)}{ONLY}".lower())
    known = catalogue.names.get(spdx.id.lower())
    return Resolved(
        how="expression",
        key=known or _key(base or spdx, catalogue),
        expression=spdx.id,
        note=_ANY_LATER,
    )


_ANY_LATER = "or any later version, at the choice of who receives it"


def _key(spdx: SpdxId, catalogue: Catalogue) -> str:
    """Return the key of an identifier: that of its record, else the one that a record will have."""
    names = catalogue.names
    return names.get(spdx.id.lower()) or names.get(spdx.stated.lower()) or names.get(spdx.key) or spdx.key


def _of_key(key: str, catalogue: Catalogue, *, how: str, spdx: SpdxId | None = None) -> Resolved:
    """Return one licence with the expression to write for it: the identifier as stated, else its own."""
    spdx = spdx or spdx_ids(catalogue).get(key)
    record = catalogue.headings.get(key)
    if spdx is not None:
        expression = spdx.stated if spdx.silent else spdx.id
    else:
        expression = record.spdx_expression if record is not None else f"{REF}{key}"
    return Resolved(how=how, key=key, expression=expression, note=_SILENT if spdx and spdx.silent else "")


_SILENT = "is a deprecated SPDX identifier: it does not say whether later versions may be chosen"


def _expression(text: str, catalogue: Catalogue) -> Resolved | None:
    """An SPDX licence expression of more than one word: joined, or with an exception."""
    node = parse(text)
    if node is None or node == Term(license=text):
        return None
    found = {term: _term(term, catalogue) for term in terms(node)}
    if not any(one and (one.key or one.candidates) for one in found.values()):
        return None
    keys = _sorted(key for one in found.values() if one for key in _keys(one))
    missing = sorted({term.license for term, one in found.items() if one is None or one.key is None})
    strange = sorted({term.exception for term in found if term.exception and _exception(term) is None})
    if missing or strange:
        plain = ", ".join(repr(word) for word in (*missing, *strange))
        note = f"is an expression in which {plain} names no known licence"
        return Resolved(how="expression", candidates=keys, stranger=True, note=note)
    spelt = {term: _spelt(term, one) for term, one in found.items() if one}
    return _joined(node, keys, written(node, lambda term: spelt[term]))


def _term(term: Term, catalogue: Catalogue) -> Resolved | None:
    for way in (_exact, _tag, _or_later, _spelled):
        found = way(term.license, catalogue)
        if found is not None:
            return found
    return None


def _exception(term: Term) -> str | None:
    return spdx_exceptions().get((term.exception or "").lower())


def _spelt(term: Term, found: Resolved) -> str:
    expression = found.expression or f"{REF}{found.key}"
    return f"{expression} WITH {_exception(term)}" if term.exception else expression


def _joined(node: Node, keys: Sequence[str], expression: str) -> Resolved:
    """Return an expression whose every part is known, and say how its parts go together."""
    if len(keys) == 1 and isinstance(node, Joined):
        return Resolved(how="expression", key=keys[0], expression=expression)
    return Resolved(
        how="expression", candidates=tuple(keys), expression=expression, note=_TOGETHER[operators(node)]
    )


_TOGETHER: Mapping[frozenset[str], str] = {
    frozenset(): "an exception adds permissions to the licence",
    frozenset({"OR"}): "a choice: any one of the licences may be taken",
    frozenset({"AND"}): "all of the licences apply together",
    frozenset({"AND", "OR"}): "some of the licences apply together, and of some one may be chosen",
}


_BEHIND = re.compile(r"\[?(?P<name>[^\[\]()<>]+?)\]? ?[(<](?P<link>https?://[^\s()<>]+)[)>]")


def _with_address(text: str, catalogue: Catalogue) -> Resolved | None:
    """A name with its address in brackets; where the two name different licences, none is named."""
    parts = _BEHIND.fullmatch(text)
    named = _named(parts["name"], catalogue) if parts else None
    if parts is None or named is None:
        return None
    linked = _keys(_link(parts["link"], catalogue))
    return named if not linked or set(linked) & set(_keys(named)) else None


def _list(text: str, catalogue: Catalogue) -> Resolved | None:
    """Several names side by side, without a word on whether they are a choice."""
    parts = [part.strip() for part in re.split(r"[/,;&|]| plus ", text) if part.strip()]
    if not 1 < len(parts) <= MAX_PARTS:
        return None
    found = [_term(Term(license=part), catalogue) for part in parts]
    if not all(found):
        return None
    keys = _sorted(key for one in found if one for key in _keys(one))
    note = "names several licences and does not say whether all apply or one may be chosen"
    return Resolved(how="name", candidates=keys, note=note)


MAX_PARTS = 6
"""Of a list of names."""


# --- spellings ------------------------------------------------------------------------------------

Spelling = tuple[str, tuple[str, ...]]
"""The letters of a name and its numbers, in order."""

_FILLERS = frozenset(
    {
        *("a", "an", "the", "of", "under", "agreement", "family", "version", "software", "gnu"),
        *("license", "licenses", "licence", "licences", "licensed"),
        *("international", "unported", "generic", "universal"),
    }
)
"""Words that distinguish no licence from another."""

_VERSION = re.compile(r"(?:version|ver\.?|v\.?)[ ._-]?(?=\d)")
_DASHED = re.compile(r"(?<![\d.])\d+(?:[-_]\d+)+(?![\d.])")
_WORD = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_ZEROS = re.compile(r"(?:\.0)+$")


@lru_cache(maxsize=16_384)
def spellings(name: str) -> frozenset[Spelling]:
    """Return what is left of a name when nothing but its spelling is taken away.

    Letters are joined (``Non Commercial`` is ``noncommercial``), once in the order written and once
    sorted by word; words that distinguish nothing are left out, ``+`` is a word, ``v2``, ``version 2``
    and ``2.0`` are the number 2. Two names are one when a spelling of theirs is equal as a whole.

    >>> spellings("The Wharf Licence, version 2.0") == spellings("wharf-v2")
    True
    >>> spellings("wharf 2.1") & spellings("wharf 2")
    frozenset()
    """
    text = _folded(name).replace("+", " plus ")
    text = _VERSION.sub(" ", text)
    text = _DASHED.sub(lambda found: re.sub("[-_]", ".", found[0]), text)
    words = [word for word in _WORD.findall(text) if word not in _FILLERS]
    numbers = tuple(_ZEROS.sub("", word) for word in words if word[0].isdigit())
    letters = [word for word in words if not word[0].isdigit()]
    if not letters:
        return frozenset()
    return frozenset({("".join(letters), numbers), ("".join(sorted(letters)), numbers)})


def _spelled(text: str, catalogue: Catalogue) -> Resolved | None:
    """The words of a known name in another spelling, or those of a family without its numbers."""
    mine = spellings(text)
    if not mine:
        return None
    same: list[tuple[str, str]] = []
    family: set[str] = set()
    for known, key in _known(catalogue):
        theirs = spellings(known)
        if mine & theirs:
            same.append((known, key))
        elif any(_begins(one, other) for one in mine for other in theirs):
            family.add(key)
    keys = {key for _, key in same}
    if len(keys) == 1:
        ids = spdx_ids(catalogue)
        stated = [ids[known] for known, _ in sorted(same) if known in ids]
        return _of_key(keys.pop(), catalogue, how="name", spdx=stated[0] if stated else None)
    candidates = _sorted(keys or family)
    if not candidates:
        return None
    return Resolved(how="name", candidates=candidates, note=_VAGUE)


_VAGUE = "names a family of licences without the version"


def _begins(one: Spelling, other: Spelling) -> bool:
    """Whether two spellings have the same letters, and the other goes on with more numbers."""
    return one[0] == other[0] and len(one[1]) < len(other[1]) and other[1][: len(one[1])] == one[1]


def _known(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield every name that may be spelt differently, in lower case, with a key that it names.

    A name without a number counts only where the catalogue has it: bare identifiers of the SPDX list
    are common words, and the title of a licence with versions names none of them.
    """
    yield from catalogue.names.items()
    for key, record in catalogue.headings.items():
        yield from ((name.lower(), key) for name in record.license_names)
        if _numbered(record.name) or not (record.version or record.date):
            yield record.name.lower(), key
    for tag in catalogue.tags.values():
        yield from ((name.lower(), key) for key in tag.keys for name in (tag.tag, tag.name))
    for id_, spdx in spdx_ids(catalogue).items():
        if _numbered(id_) and not spdx.id.endswith(OR_LATER):
            yield id_, _key(spdx, catalogue)


def _numbered(name: str) -> bool:
    return any(numbers for _, numbers in spellings(name))


def _keys(found: Resolved) -> tuple[str, ...]:
    return (found.key,) if found.key else found.candidates


def _sorted(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(keys))[:MAX_CANDIDATES])


# --- addresses ------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|^(?:[a-z0-9-]+\.)+[a-z]{2,}/")
"""How an address begins: with its scheme, or with the name of a site and a slash."""

_SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?|^www\.")
_TAIL = re.compile(r"(?:/(?:legalcode|deed)(?:[._-]\w{1,7}){0,3})?(?:\.(?:txt|html?|md|php|en|pdf)){0,2}$")
"""What may end an address and changes nothing: the form in which the page is shown."""

_BY_ID = re.compile(
    r"^(?:spdx\.org/licenses|opensource\.org/licenses?|choosealicense\.com/licenses"
    r"|scancode-licensedb\.aboutcode\.org)/([^/]+)$"
)
"""Sites that name a licence by its identifier."""

_BLOB = re.compile(
    r"^(?:huggingface\.co|hf\.co|github\.com|raw\.githubusercontent\.com|gitlab\.com)/[^/]+/[^/]+/."
)
"""A file of a repository."""


def _link(text: str, catalogue: Catalogue) -> Resolved:
    """An address: well known, of a site that names licences by identifier, or of something else."""
    if len(text) > MAX_ADDRESS:
        return Resolved(how="link", note=f"is longer than {MAX_ADDRESS:,} characters: no address")
    if not _ADDRESS.match(text):
        return Resolved(how="link", note="names a file, whose text decides")
    address = _TAIL.sub("", _SCHEME.sub("", re.split(r"[?#\s]", text, maxsplit=1)[0]).rstrip("/"))
    for known in catalogue.links:
        if _fits(known.match.lower(), address):
            return _of_link(known.keys, known.note, catalogue)
    by_id = _BY_ID.match(address)
    found = _by_id(by_id[1], catalogue) if by_id else None
    if found is not None:
        return found
    if _BLOB.match(address):
        return Resolved(how="link", note="points into another repository, where the text may change")
    return Resolved(how="link", note="is no well-known address of a licence text")


def _of_link(keys: tuple[str, ...], note: str | None, catalogue: Catalogue) -> Resolved:
    if len(keys) == 1:
        return replace(_of_key(keys[0], catalogue, how="link"), note=note or "")
    return Resolved(
        how="link", candidates=_sorted(keys), note=note or "is the address of a page that changes"
    )


def _by_id(slug: str, catalogue: Catalogue) -> Resolved | None:
    """Resolve an identifier in an address; there a dot may be written as a hyphen."""
    for id_ in dict.fromkeys((slug, re.sub(r"(?<=\d)-(?=\d)", ".", slug))):
        found = _exact(id_, catalogue)
        if found is not None:
            return replace(found, how="link")
    return None


def _fits(pattern: str, address: str) -> bool:
    """Whether an address fits a pattern in which ``*`` is any run of characters."""
    return _compiled(_TAIL.sub("", pattern) if "*" not in pattern else pattern).fullmatch(address) is not None


@lru_cache(maxsize=1_024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
