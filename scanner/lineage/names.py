# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What somebody wrote where a model is named, to a name that can be compared.

Hub addresses, revisions, Ollama tags and cache folders are reduced to ``org/name``; what is a path on
somebody's disk stays a path. Law: naming a name again changes nothing.
"""

import re
from enum import StrEnum

from scanner.model.base import Value

LIMIT = 300
"""Characters of a name that are kept; the Hub allows 96 for each half."""


class Form(StrEnum):
    """What kind of name was written, from the surest to the vaguest."""

    HUB = "hub"
    """``org/name``: one repository."""

    BARE = "bare"
    """A name without an organisation."""

    DIGEST = "digest"
    """``sha256:`` and 64 hex digits: one weights file, whatever it is called."""

    PATH = "path"
    """A place on a disk: evidence of a path, not of a repository."""

    WORDS = "words"
    """Anything else: another address, a sentence."""


class Name(Value, frozen=True, kw_only=True):
    """A model as it was named."""

    text: str
    """``org/name`` where it could be reduced to that, else as it was written."""

    form: Form

    @property
    def key(self) -> str:
        """What two spellings of one name share: the Hub's names do not differ by case alone."""
        return self.text.lower()

    @property
    def tail(self) -> str:
        """The last part, lower case, without the ending of a weights file."""
        return _ENDING.sub("", _parts(self.text)[-1]).lower().replace(" ", "-")

    @property
    def last_two(self) -> str:
        """The last two parts as they would be ``org/name``, lower case; empty where there is one."""
        return "/".join(_parts(self.text)[-2:]).lower() if len(_parts(self.text)) > 1 else ""


_ENDING = re.compile(r"\.(?:gguf|ggml|safetensors|bin|ckpt|pth?|onnx|h5|msgpack)\Z", re.IGNORECASE)
_HUB = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9._-]{1,96}")
_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
_ADDRESS = re.compile(
    r"(?:hf:(?://)?|(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/)(?P<path>.*)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_CACHED = re.compile(r"(?:^|[/\\])models--([A-Za-z0-9._-]+?)(?:--([A-Za-z0-9._-]+))?(?=[/\\]|\Z)")
_ROOTED = re.compile(r"[/~.\\]|[A-Za-z]:[/\\]")
_CHECKPOINT = re.compile(r"(?:checkpoint|epoch|step)s?[-_]?\d+", re.IGNORECASE)

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")

NOTHING = frozenset({"", "-", "none", "null", "nil", "n/a", "na", "no", "false", "from scratch", "scratch"})
"""Words that say that there is no base model."""

FOLDERS = frozenset(
    {
        "checkpoint",
        "checkpoints",
        "ckpt",
        "ckpts",
        "content",
        "data",
        "home",
        "kaggle",
        "mnt",
        "model",
        "models",
        "notebooks",
        "out",
        "output",
        "outputs",
        "results",
        "root",
        "runs",
        "saved_models",
        "saves",
        "tmp",
        "weights",
        "workspace",
    }
)
"""First parts that are a folder of somebody's disk, and no organisation."""

_NO_MODELS = frozenset(
    {
        "api",
        "blog",
        "collections",
        "course",
        "datasets",
        "docs",
        "join",
        "learn",
        "login",
        "metrics",
        "models",
        "new",
        "nlp",
        "papers",
        "settings",
        "spaces",
        "tasks",
        "transformers",
    }
)
"""First parts of Hub addresses that lead to something else than a model."""


def named(written: str) -> Name | None:
    """Return the model that was named; None where the words say that there is none."""
    text = " ".join(written.split())[:LIMIT].strip("\"'` ")
    if text.lower() in NOTHING:
        return None
    if _DIGEST.fullmatch(text.lower()):
        return Name(text=text.lower(), form=Form.DIGEST)
    address = _ADDRESS.fullmatch(text)
    if address:
        return _on_the_hub(address["path"]) or Name(text=text, form=Form.WORDS)
    if _SCHEME.match(text):
        return Name(text=text, form=Form.WORDS)
    return _from_disk(text) or _plain(text) or Name(text=text, form=Form.WORDS)


def _from_disk(text: str) -> Name | None:
    """Return a path, or the repository that a folder of the Hub's cache holds."""
    cached = _CACHED.search(text)
    if cached:
        whole = "/".join(part for part in cached.groups() if part)
        return Name(text=whole, form=Form.HUB if "/" in whole else Form.BARE)
    return Name(text=text, form=Form.PATH) if _is_path(text) else None


def _on_the_hub(path: str) -> Name | None:
    """Return the repository that an address on the Hub leads to."""
    parts = [part for part in re.split(r"[?#]", path)[0].split("/") if part]
    if not parts or parts[0].lower() in _NO_MODELS:
        return None
    return _plain("/".join(parts[:2]))


def _plain(text: str) -> Name | None:
    """Return ``org/name`` or a name alone, without the revision or tag behind it."""
    bare = re.split(r"[@:]", text)[0]
    if _HUB.fullmatch(bare):
        return Name(text=bare, form=Form.HUB)
    return Name(text=bare, form=Form.BARE) if _BARE.fullmatch(bare) else None


def _is_path(text: str) -> bool:
    parts = _parts(text)
    return bool(
        _ROOTED.match(text)
        or "\\" in text
        or len(parts) > 2  # noqa: PLR2004  a repository has two parts
        or (_ENDING.search(text) and " " not in text)
        or (len(parts) > 1 and (parts[0].lower() in FOLDERS or _CHECKPOINT.fullmatch(parts[-1])))
    )


def _parts(text: str) -> list[str]:
    """Return the parts of a path of any system, at least one."""
    return [part for part in re.split(r"[/\\]+", text) if part not in {"", "."}] or [text]
