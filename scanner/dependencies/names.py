# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What is written where a model is named, to one canonical id.

``org/name`` is the Hub's; everything else carries a scheme: ``local:``, ``ollama:``, ``spacy:``, ...
"""

import re
from urllib.parse import unquote

from scanner.dependencies.tables import any_of, tables
from scanner.model.base import Value
from scanner.model.reference import ReferenceKind

LIMIT = 300
"""Characters of a name; longer ones are none."""

_HUB = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,95}/[A-Za-z0-9_][A-Za-z0-9_.\-]{0,95}\Z")
_BARE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,120}\Z")
_TAGGED = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-/]{0,200}(?::[A-Za-z0-9_.\-]{1,100})?\Z")
_HUB_PREFIX = ("hf_hub:", "hf-hub:", "hf://", "local-dir:", "huggingface://")
_PATH = ("./", "../", "/", "~", "$HOME", "file://", ".\\")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_CODE = re.compile(
    r"\.(?:py|js|ts|json|ya?ml|txt|md|sh|html?|css|csv|jsonl|png|jpe?g|xml|toml|cfg|ini|so|log)\Z",
    re.IGNORECASE,
)


class Name(Value, frozen=True, kw_only=True):
    """A name that was understood."""

    id: str
    revision: str | None = None
    kind: ReferenceKind | None = None
    """Where the words themselves tell it."""


def name_of(
    text: str, scheme: str = "hub", organisation: str | None = None, *, strict: bool = False
) -> Name | None:
    """Return what a text names, or None when it is the name of nothing.

    Args:
        text: As written.
        scheme: What a name stands for that says nothing itself.
        organisation: Put before a bare name.
        strict: Only ``org/name`` counts.
    """
    text = text.strip()
    if not text or len(text) > LIMIT:
        return None
    if strict:
        found = _sure(text)
        return None if found and _hosted(found.id) else found
    maker = _SCHEMES.get(scheme)
    if maker:
        return maker(text)
    return _any(text, scheme, organisation)


def is_placeholder(name: str) -> bool:
    """Tell whether a reader has to put a name of his own in its place."""
    table = tables().names.placeholders
    organisation, slash, last = name.rpartition("/")
    if not slash:
        return bool(any_of(("your*", "<*", "xxx*")).match(name))
    return bool(any_of(table.organisations).match(organisation) or any_of(table.names).match(last))


def is_weights(path: str) -> bool:
    """Tell whether a file's name is that of weights."""
    return path.lower().endswith(tables().names.weights)


def _hosted(name: str) -> bool:
    return bool(any_of(tables().names.hosted).match(name))


def _sure(text: str) -> Name | None:
    for prefix in _HUB_PREFIX:
        if text.startswith(prefix):
            return _hub(text.removeprefix(prefix))
    if text.startswith("https://"):
        return _address(text)
    organisation, _, last = text.partition("/")
    if not _HUB.match(text) or organisation.lower() in tables().names.media or _CODE.search(last):
        return None
    if is_weights(last) or (organisation.isdigit() and last.isdigit()):
        return None
    return Name(id=text)


def _address(text: str) -> Name | None:
    from scanner.dependencies.urls import in_url

    return in_url(text)


def _hub(text: str) -> Name | None:
    """Read ``org/name``, ``org/name@revision``, ``org/name:revision`` or a file within."""
    kind = ReferenceKind.DATASET if text.startswith("datasets/") else None
    text = text.removeprefix("datasets/").removeprefix("models/")
    body, _, revision = text.replace("@", ":").partition(":")
    name = "/".join(body.split("/")[:2])
    return Name(id=name, revision=revision or None, kind=kind) if _HUB.match(name) else None


_OWN = frozenset({"modelscope", "kernel"})
"""Schemes under which ``org/name`` is something else than a model on the Hub."""


def plain_name(name: str) -> str:
    """Return ``org/name`` without the scheme that says that it is no model on the Hub."""
    scheme, colon, rest = name.partition(":")
    return rest if colon and scheme in _OWN else name


def _any(text: str, scheme: str, organisation: str | None) -> Name | None:  # noqa: C901, PLR0911  one answer for each form
    if text.startswith(_PATH) or _DRIVE.match(text):
        return Name(id=f"local:{text}")
    if text.startswith(("http://", "https://")):
        return _address(text) or Name(id=text)
    for prefix in _HUB_PREFIX:
        if text.startswith(prefix):
            return _hub(text.removeprefix(prefix))
    body, _, revision = text.partition("@")
    if _HUB.match(body):
        if is_weights(body):
            return Name(id=f"local:{text}")
        return Name(id=f"{scheme}:{body}" if scheme in _OWN else body, revision=revision or None)
    if text.count("/") > 1 and re.match(r"[\w.\-/]+\Z", text):
        return Name(id=f"local:{text}")
    if not _BARE.match(text):
        return None
    if is_weights(text):
        return Name(id=f"local:{text}")
    if scheme != "hub":
        return Name(id=f"{scheme}:{text}")
    return Name(id=f"{organisation}/{text}" if organisation else text)


def _ollama(text: str) -> Name | None:
    for prefix in ("hf.co/", "huggingface.co/", "https://huggingface.co/"):
        if text.startswith(prefix):
            body = text.removeprefix(prefix).partition(":")[0]
            return Name(id=body) if _HUB.match(body) else None
    if text.startswith(_PATH) or is_weights(text):
        return Name(id=f"local:{text}")
    return Name(id=f"ollama:{text}") if _TAGGED.match(text) else None


def _docker(text: str) -> Name | None:
    if text.startswith(("hf.co/", "huggingface.co/")):
        return _ollama(text)
    return Name(id=f"docker:{text}") if _TAGGED.match(text) else None


def _torchhub(text: str) -> Name | None:
    body, _, revision = text.partition(":")
    if text.startswith(_PATH):
        return Name(id=f"local:{text}")
    return Name(id=f"torchhub:{body}", revision=revision or None) if _HUB.match(body) else None


def _local(text: str) -> Name | None:
    return Name(id=f"local:{text}")


def _weights(text: str) -> Name | None:
    return Name(id=f"local:{text}") if is_weights(text) and " " not in text else None


def _file(text: str) -> Name | None:
    return Name(id=f"file:{text}") if is_weights(text) or text.endswith(".bin") else None


def _uri(text: str) -> Name | None:
    if text.startswith("hf://"):
        return _hub(text.removeprefix("hf://"))
    if text.startswith("modelscope://"):
        found = _hub(text.removeprefix("modelscope://"))
        return found and Name(id=f"modelscope:{found.id}", revision=found.revision)
    if text.startswith("oci://"):
        body, _, digest = text.partition("@")
        return Name(id=body, revision=digest or None)
    return Name(id=text) if text.startswith("pvc://") else None


def _route(text: str) -> Name | None:
    first, _, rest = text.partition("/")
    route = tables().names.routes.get(first)
    if route == "hosted":
        return None
    if route == "ollama":
        return _ollama(rest)
    return _sure(rest) if route == "hub" else None


def _open_clip(text: str) -> Name | None:
    return (
        _hub(text.partition(":")[2])
        if text.startswith(("hf-hub:", "hf_hub:"))
        else Name(id=f"open_clip:{text}")
    )


_SCHEMES = {
    "ollama": _ollama,
    "docker": _docker,
    "torchhub": _torchhub,
    "local": _local,
    "path": _local,
    "weights": _weights,
    "file": _file,
    "uri": _uri,
    "route": _route,
    "open_clip": _open_clip,
}
"""Schemes whose names have a form of their own."""


def plain(text: str) -> str:
    """Return the part of an address without what the Hub's own links add."""
    return unquote(text.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])
