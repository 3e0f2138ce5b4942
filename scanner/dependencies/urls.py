# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Addresses of models in any text."""

import re
from collections.abc import Iterator
from functools import cache

from scanner.dependencies.hits import Hit
from scanner.dependencies.names import Name, is_placeholder, plain
from scanner.dependencies.tables import tables
from scanner.model.reference import ReferenceKind, Tier
from scanner.model.release import Confidence

NEAR = 300
"""Characters before an address that are searched for the sign of a comment."""

_REST = r"[^\s\"'<>)\]\\,`|^*]"
_URL = re.compile(
    rf"(?:(?:https?|hf|git\+https|modelscope)://{_REST}{{4,600}}"
    rf"|(?<![\w.@/:-])(?:hf\.co|huggingface\.co)/(?:{_REST}{{1,96}}/){{1,3}}resolve/{_REST}{{4,400}}"
    rf"|(?<![\w.])(?:ssh://)?git@(?:hf\.co|huggingface\.co)[:/]{_REST}{{3,300}})",
    re.IGNORECASE,
)
"""With a scheme; of the Hub's files without one; and as git takes them over SSH."""

_SIGN = re.compile(r"://|hf\.co|huggingface\.co", re.IGNORECASE)
_SSH = re.compile(r"(?:ssh://)?git@(hf\.co|huggingface\.co)[:/]/?", re.IGNORECASE)
_SPACY = re.compile(r"/([a-z]{2,3}_[a-z0-9_]+)-(\d+(?:\.\d+){1,3}(?:[a-z]\d+)?)[-/.]")
_HUB = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,95}\Z")
_COMMENT = re.compile(r"\s*(?://|#|\*(?=[\s/])|/\*|--(?=\s)|<!--|;)")
_HASH = re.compile(r"\s*(?:#|<!--)")
"""In languages where the other signs begin no comment."""

_OPEN = ("{", "$", "%", "<")


def hits(text: str, *, hashes: bool = False) -> Iterator[Hit]:
    """Yield the models that addresses in a text name.

    Args:
        text: As it stands in the file.
        hashes: In its language comments begin with ``#`` alone.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not _SIGN.search(line):
            continue
        for match in _URL.finditer(line):
            hit = _hit(_whole(match[0].rstrip(".;:!?")), number, match.start() + 1)
            if hit:
                comment = _HASH.match(line) if hashes else _commented(line, match.start())
                yield hit.moved(0, Tier.DOCS if comment else hit.tier)


def _commented(line: str, place: int) -> bool:
    """Whether an address stands in a comment, as far as the line alone tells."""
    before = line[max(0, place - NEAR) : place]
    return bool(_COMMENT.match(line)) or "//" in before.replace("://", "")


def _whole(address: str) -> str:
    """Return an address with its scheme, as it is written or understood."""
    ssh = _SSH.match(address)
    if ssh:
        return f"https://{ssh[1]}/{address[ssh.end() :]}"
    scheme, sign, rest = address.partition("://")
    return f"{scheme.lower()}://{rest}" if sign else f"https://{address}"


def in_url(url: str) -> Name | None:  # noqa: PLR0911  one answer for each host
    """Return what an address names, or None."""
    scheme, _, rest = url.partition("://")
    if scheme == "hf":
        body, _, revision = rest.replace("@", ":").partition(":")
        parts = body.split("/")
        return _repository(parts, revision or None)
    host, _, path = rest.partition("/")
    table = tables().urls
    host = host.rpartition("@")[2].lower()
    parts = [part for part in plain(path).split("/") if part]
    if host in table.hub:
        return _hub(parts)
    if host in table.modelscope:
        return _modelscope(parts)
    if host in table.civitai:
        return _civitai(parts)
    if "spacy-models" in path and (match := _SPACY.search("/" + path)):
        return Name(id=f"spacy:{match[1]}", revision=match[2])
    if (
        len(parts) > 0
        and parts[-1].lower().endswith(table.weights)
        and not any(sign in url for sign in _OPEN)
    ):
        return Name(id=url.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])
    return None


def _hit(url: str, line: int, column: int) -> Hit | None:
    found = in_url(url)
    unresolved = found is None and _unresolved(url)
    if found is None and not unresolved:
        return None
    kind = (found and found.kind) or ReferenceKind.MODEL
    placeholder = found is not None and is_placeholder(found.id)
    return Hit(
        kind=kind,
        id=found.id if found else None,
        revision=found.revision if found else None,
        line=line,
        column=column,
        expression=url,
        how="address, a placeholder" if placeholder else "address",
        confidence=Confidence.LOW if placeholder else Confidence.HIGH,
        tier=Tier.EXAMPLE if placeholder else None,
    )


def _unresolved(url: str) -> bool:
    """Tell whether an address is one of the Hub's files with a name that is filled in later."""
    host, _, path = url.partition("://")[2].partition("/")
    first = "/".join(path.split("/")[:2])
    return host.lower() in tables().urls.hub and "/resolve/" in path and any(sign in first for sign in _OPEN)


def _hub(parts: list[str]) -> Name | None:
    if parts[:2] == ["api", "models"] or parts[:1] == ["models"]:
        parts = parts[parts.index("models") + 1 :]
        return _repository(parts, None)
    if parts[:2] == ["api", "datasets"]:
        parts = parts[1:]
    return _repository(parts, None)


def _repository(parts: list[str], revision: str | None) -> Name | None:
    kind = None
    if parts[:1] == ["datasets"]:
        kind, parts = ReferenceKind.DATASET, parts[1:]
    if not parts or parts[0] in tables().urls.reserved:
        return None
    verbs = ("resolve", "blob", "raw", "tree", "commit")
    single = len(parts) == 1 or parts[1] in verbs
    if single and len(parts) == 1 and parts[0] not in tables().names.legacy:
        return None
    name, rest = (parts[:1], parts[1:]) if single else (parts[:2], parts[2:])
    name[-1] = name[-1].removesuffix(".git")
    if not all(map(_HUB.match, name)):
        return None
    if len(rest) > 1 and rest[0] in verbs:
        taken = 3 if rest[1] == "refs" else 1
        revision = "/".join(rest[1 : 1 + taken])
        revision = None if any(sign in revision for sign in _OPEN) else revision
    return Name(id="/".join(name), revision=revision, kind=kind)


def _modelscope(parts: list[str]) -> Name | None:
    if parts[:2] == ["api", "v1"]:
        parts = parts[2:]
    if len(parts) < 3 or parts[0] not in ("models", "datasets") or not all(map(_HUB.match, parts[1:3])):  # noqa: PLR2004  org, name
        return None
    kind = ReferenceKind.DATASET if parts[0] == "datasets" else None
    return Name(id=f"modelscope:{parts[1]}/{parts[2]}", kind=kind)


def _civitai(parts: list[str]) -> Name | None:
    for word in ("models", "model-versions"):
        if word in parts and len(parts) > parts.index(word) + 1:
            number = parts[parts.index(word) + 1]
            return Name(id=f"civitai:{number}") if number.isdigit() else None
    return None


@cache
def needles() -> tuple[str, ...]:
    """Return words one of which stands in every text that has such an address."""
    table = tables().urls
    return (*table.hub, *table.modelscope, *table.civitai, "spacy-models", "hf://", *table.weights)
