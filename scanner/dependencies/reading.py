# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""One file to what it names: which reader, what it may cost, and what could not be read."""

import os
import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from scanner.dependencies import configs, dockerfile, prose, python, scalars, shell, started, tokens, urls
from scanner.dependencies.hits import Hit, referenced
from scanner.dependencies.names import is_weights
from scanner.dependencies.scopes import Module
from scanner.dependencies.tables import any_of, tables
from scanner.dependencies.tiers import tier_of
from scanner.guarded.files import read_bounded
from scanner.guarded.refused import Refused
from scanner.guarded.text import decode
from scanner.model.base import Value
from scanner.model.reference import Reference, ReferenceKind
from scanner.model.release import Confidence, Unread

MAX_BYTES = 2_000_000
"""Of one file that is read; notebooks, with their pictures, are longer."""

MAX_NOTEBOOK = 30_000_000
POINTER = 1_000
"""Bytes of a pointer of Git LFS."""

UNPARSED = "no Python that could be parsed; calls were read without their context"
READ_OTHERWISE = (UNPARSED, "read line by line")
"""Beginnings of what is told of a file that was read all the same, in a simpler way."""

MAX_MODULES = 200
"""Modules of the same repository that one file's constants are looked up in."""

_LFS = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.{1,200}\n)*?oid (sha256:[0-9a-f]{64})\n"
)


class FileReferences(Value, frozen=True, kw_only=True):
    """What one file names."""

    references: tuple[Reference, ...] = ()
    unread: tuple[Unread, ...] = ()
    modules: tuple[tuple[str, ...], ...] = ()
    """Paths at which a module was looked for whose constants it uses; it is as new as they are."""


class Reader:
    """Reads files of one repository."""

    def __init__(self, root: Path) -> None:
        """Keep the folder that paths are relative to."""
        self._root = root
        self._modules: dict[str, Module | None] = {}
        self._looked: dict[str, dict[str, tuple[str, ...]]] = {}
        """By the path of a module: where it looked for others, whose constants it passes on."""

    def read(self, path: str, size: int) -> FileReferences:
        """Return what a file names; never fails.

        Args:
            path: POSIX, relative.
            size: In bytes.
        """
        name = path.rpartition("/")[2]
        surface = surface_of(name)
        if is_weights(name):
            return self._weights(path, size)
        if not surface and os.path.splitext(name)[1].lower() in tables().files.binary:  # noqa: PTH122  fast
            return FileReferences()
        limit = MAX_NOTEBOOK if surface == "notebook" else MAX_BYTES
        try:
            data = read_bounded(self._root / path, limit)
        except Refused as refused:
            # A long file of data names no model that anybody would look for there.
            matters = bool(surface) and not name.endswith(".json")
            return FileReferences(unread=(Unread(path=path, reason=refused.reason, matters=matters),))
        if surface == "shell":
            data = data.replace(b"\0", b"")  # as a shell does
        surface = surface or _interpreted(data)
        if surface == "python":
            data = as_stated(data)
        if _binary(data) or not (_named(name) or _worth(_as_compared(data, surface), surface)):
            return FileReferences()
        if name in tables().files.ours and _configures(data):
            return FileReferences()
        return self._text(path, name, surface, decode(data).text.replace("\r\n", "\n").replace("\r", "\n"))

    def _text(self, path: str, name: str, surface: str, text: str) -> FileReferences:
        one = _Text(self, path, name)
        found: list[Hit] = []
        try:
            found += one.surface(surface, text)
        except Refused as refused:
            one.problems.append(refused.reason)
        except RecursionError:
            one.problems.append("nested too deeply")
        references = referenced(found, path, tier_of(path))
        unread = tuple(
            Unread(path=path, reason=problem, matters=True) for problem in dict.fromkeys(one.problems)
        )
        return FileReferences(references=references, unread=unread, modules=self.looked_at(one.modules))

    def _weights(self, path: str, size: int) -> FileReferences:
        """Return a weights file in the tree; of a pointer, with the digest of what it points to."""
        revision, expression = None, f"{size:,} bytes"
        try:
            data = read_bounded(self._root / path, POINTER) if size < POINTER else b""
        except Refused as refused:
            return FileReferences(unread=(Unread(path=path, reason=refused.reason),))
        pointer = _LFS.match(data)
        if pointer:
            revision, expression = pointer[1].decode(), "pointer of Git LFS"
        elif path.lower().endswith((".pth", ".pt", ".engine")) and (size == 0 or _printable(data)):
            return FileReferences()  # also the ending of files that say where Python looks for modules
        hit = Hit(
            kind=ReferenceKind.MODEL,
            id=f"local:{path}",
            revision=revision,
            line=1,
            column=1,
            expression=expression,
            how="weights in the tree" if not pointer else "weights in the tree, as a pointer",
            confidence=Confidence.HIGH,
        )
        return FileReferences(references=referenced([hit], path, tier_of(path)))

    def module(self, path: str) -> Module | None:
        """Return a module of the repository for its constants; None when there is none that can be read."""
        if path not in self._modules:
            if len(self._modules) > MAX_MODULES * 10:
                self._modules.clear()
            self._modules[path] = None
            try:
                text = decode(as_stated(read_bounded(self._inside(path), MAX_BYTES))).text
            except Refused:
                return None
            used = self._looked.setdefault(path, {})
            self._modules[path] = python.parse(text, package_of(path), self.finder(path, used))
        return self._modules[path]

    def looked_at(self, used: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        """Return where modules were looked for, and where those looked: a constant may pass through many."""
        found: dict[tuple[str, ...], None] = {}
        waiting = list(used.values())
        while waiting:
            paths = waiting.pop()
            if paths not in found:
                found[paths] = None
                waiting += [more for path in paths for more in self._looked.get(path, {}).values()]
        return tuple(sorted(found))

    def _inside(self, path: str) -> Path:
        """Return where a file is, when no link stands on the way.

        Raises:
            Refused: a link.
        """
        place = self._root
        for part in path.split("/"):
            place = place / part
            if place.is_symlink():
                raise Refused("a link")
        return place

    def finder(self, path: str, used: dict[str, tuple[str, ...]]) -> Callable[[str], Module | None]:
        """Return what looks up a module as the file at a path would import it, noting where it looked."""

        def find(dotted: str) -> Module | None:
            candidates = _candidates(path, dotted)
            used[dotted] = candidates
            if len(used) > MAX_MODULES:
                return None
            return next((module for one in candidates if (module := self.module(one))), None)

        return find


class _Text:
    """The surfaces of one file."""

    def __init__(self, reader: Reader, path: str, name: str) -> None:
        self.problems: list[str] = []
        self.modules: dict[str, tuple[str, ...]] = {}
        self._reader, self._path, self._name = reader, path, name

    def surface(self, surface: str, text: str) -> Iterator[Hit]:  # noqa: C901  one branch for each surface
        """Yield what a text names by the rules of a surface, and by its addresses."""
        if surface == "notebook":
            yield from prose.notebook(text, self._cell)
            return
        if surface == "python":
            yield from self._python(text, note=True)
            return
        yield from urls.hits(text, hashes=surface in _HASHES)
        if surface == "javascript":
            yield from tokens.hits(text, "javascript")
        elif surface == "shell":
            yield from shell.hits(text, self._quiet)
        elif surface == "dockerfile":
            yield from dockerfile.hits(text, self._quiet)
        elif surface == "modelfile":
            yield from dockerfile.modelfile(text)
        elif surface == "environment":
            yield from dockerfile.environment(text)
        elif surface == "structured":
            yield from self._structured(text)
        elif surface == "toml":
            yield from configs.hits(list(scalars.toml(text)), text.split("\n"), self._path, self._quiet)
        elif surface == "card":
            yield from prose.markdown(
                text, self._embedded, lambda head: self._structured(head, name="card.md")
            )
        elif surface == "rst":
            yield from prose.rst(text, self._embedded)

    def _structured(self, text: str, name: str = "") -> Iterator[Hit]:
        found, problems = scalars.structured(text)
        self.problems += problems
        yield from configs.hits(found, text.split("\n"), name or self._path, self._quiet)

    def _python(self, text: str, *, note: bool) -> Iterator[Hit]:
        finder = self._reader.finder(self._path, self.modules)
        module = python.parse(text, package_of(self._path), finder)
        if module:
            if module.cut:
                self.problems.append("too long to be read whole")
            yield from python.hits(text, module)
            return
        if note:
            self.problems.append(UNPARSED)
        yield from tokens.hits(text, "python")
        yield from urls.hits(text, hashes=True)

    def _quiet(self, text: str) -> Iterator[Hit]:
        return self._python(text, note=False)

    def _embedded(self, language: str, text: str) -> Iterator[Hit]:
        if language == "python":
            yield from self._quiet(text)
        elif language == "shell":
            yield from shell.hits(text, self._quiet)
        elif language == "javascript":
            yield from tokens.hits(text, "javascript")
        elif language == "dockerfile":
            yield from dockerfile.hits(text, self._quiet)
        elif language == "yaml":
            yield from configs.hits(scalars.structured(text)[0], text.split("\n"), "page.yaml", self._quiet)

    def _cell(self, language: str, text: str) -> Iterator[Hit]:
        if language == "python":
            yield from self._python(text, note=True)
            return
        yield from urls.hits(text)
        yield from self._embedded(language, text)


_HASHES = frozenset({"shell", "dockerfile", "modelfile", "environment", "structured", "toml"})
"""Surfaces whose comments begin with a hash."""


@cache
def surface_of(name: str) -> str:
    """Return the surface of a file's name; empty for one that is only searched for addresses."""
    for surface, patterns in tables().files.surfaces.items():
        if any_of(patterns).match(name):
            return surface
    return ""


def _binary(data: bytes) -> bool:
    return b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _interpreted(data: bytes) -> str:
    """Return the surface of a program whose name tells none, by its first line; empty: it tells none."""
    found = _INTERPRETER.match(data)
    if not found:
        return ""
    return {b"python": "python", b"node": "javascript"}.get(found[1], "shell")


_INTERPRETER = re.compile(rb"#![^\n]{0,200}?\b(python|node|bash|sh|zsh|ksh|dash)[\d.]*(?:\s|\Z)")


def as_stated(data: bytes) -> bytes:
    """Return Python source as UTF-8, also where it states another encoding (PEP 263).

    Python runs what the encoding makes of the bytes; an encoding that is not known here leaves them alone.
    """
    first, *rest = re.split(rb"\r\n|\r|\n", data, maxsplit=2)
    lines = (first, *rest[:1]) if _SAYS_NOTHING.match(first) else (first,)
    stated = next(filter(None, map(_ENCODING.match, lines)), None)
    name = stated[1].decode("ascii", "replace").lower().replace("_", "-") if stated else "utf-8"
    if name.startswith(_AS_THEY_ARE):
        return data
    try:
        return data.decode(name).encode("utf-8", "surrogatepass")
    except (LookupError, ValueError):
        return data


_ENCODING = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]{1,40})")
_SAYS_NOTHING = re.compile(rb"[ \t\f]*(?:#|\Z)")
_AS_THEY_ARE = ("utf-8", "utf-16", "utf-32", "ascii", "us-ascii", "punycode", "idna")
"""Encodings that are read anyway, and such as Python itself accepts for no source."""


def _as_compared(data: bytes, surface: str) -> bytes:
    """Return source as names in it are compared: Python takes letters of other forms for the plain ones."""
    if surface not in {"python", "notebook"} or data.isascii():
        return data
    return unicodedata.normalize("NFKC", decode(data).text).encode("utf-8", "surrogatepass")


def package_of(path: str) -> str:
    """Return the dotted name of the package that a file lies in."""
    return path.rpartition("/")[0].replace("/", ".")


def _candidates(path: str, dotted: str) -> tuple[str, ...]:
    """Return where a module may lie: below the root, ``src`` and each folder above the file."""
    if not re.fullmatch(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,8}", dotted):
        return ()
    below = dotted.replace(".", "/")
    folders = path.split("/")[:-1]
    above = ["/".join(folders[:count]) for count in range(len(folders), -1, -1)]
    found = [
        f"{place}/{below}{ending}".lstrip("/")
        for place in (*above, "src")
        for ending in (".py", "/__init__.py")
    ]
    return tuple(dict.fromkeys(found))


def _printable(data: bytes) -> bool:
    return bool(data) and all(byte in b"\t\n\r" or 32 <= byte < 127 for byte in data[:64])  # noqa: PLR2004  ASCII


@cache
def _named(name: str) -> bool:
    """Tell whether the tables know a file by its very name."""
    patterns = tuple(
        one
        for entry in tables().configs
        for one in entry.files
        if not one.startswith("*") and one != "config.json"
    )
    return bool(any_of(patterns).match(name))


_TOP = re.compile(rb"^([A-Za-z_]\w*)\s*:", re.MULTILINE)


def _configures(data: bytes) -> bool:
    """Whether a file of our own name is our configuration: others may be called so and be deployed."""
    return set(_TOP.findall(data)) <= {name.encode() for name in tables().files.configures}


@cache
def _needles(surface: str) -> tuple[bytes, ...]:
    """Return words one of which stands in every file of a surface that names something."""
    table = tables()
    words: set[str] = set()
    if surface in ("shell", "dockerfile", "structured", "card", "rst", "notebook"):
        words |= {part.split(" ")[0] for entry in table.commands.commands for part in entry.command} - {
            "main",
            "hf",
        }
        words |= {"hf download", "model", "MODEL", "REPO", "dataset", "hf-repo"}
    if surface in ("structured", "toml", "card"):
        common = {"#", "name", "id", "path", "uri", "repo", "repository", "model"}
        words |= {key for entry in table.configs for key in entry.keys} - common
        words |= {"model", "MODEL", "REPO", "hf://", "dataset", "outs:"}
    if surface == "environment":
        words |= {"MODEL", "REPO"}
    words |= set(urls.needles())
    short = {word for word in words if not any(other != word and other in word for other in words)}
    return tuple(word.encode() for word in sorted(short))


@cache
def _calls(surface: str) -> tuple[tuple[tuple[bytes, ...], tuple[bytes, ...]], ...]:
    """Return the names of each call, and the words one of which must stand beside it."""
    calls = [
        *(tables().python if surface in ("python", "notebook", "card", "rst", "shell", "dockerfile") else ())
    ]
    calls += tables().javascript if surface in ("javascript", "card", "rst") else ()
    return tuple(
        (
            tuple({name.rpartition(".")[2].encode() for name in call.names}),
            () if "self" in call.modules else tuple(word.encode() for word in (*call.modules, *call.needs)),
        )
        for call in calls
    )


@cache
def _called_names() -> frozenset[bytes]:
    """Return the last names of all calls that Python source may hold."""
    return frozenset(name for names, _ in _calls("python") for name in names)


_LETTERS = frozenset(f"{string.ascii_letters}{string.digits}_".encode())
_WORDS = bytes(one if one in _LETTERS or not bytes((one,)).isascii() else ord(" ") for one in range(256))
"""Leaves what a name in Python can be made of, and puts a blank in the place of everything else."""

_LITERAL = re.compile(rb"""["'][A-Za-z0-9][\w.\-]{0,95}/[\w.\-]{1,96}["']""")
"""A text that may be a name of the Hub."""

_HOLDERS = (b"model", b"MODEL", b"Model", b"checkpoint", b"CHECKPOINT", b"repo_id", b"REPO_ID")


def _worth(data: bytes, surface: str) -> bool:
    """Tell whether anything in a file can name a model, before any of it is understood."""
    if surface == "modelfile":
        return True
    folded = data.lower()
    if b"huggingface.co" in folded or b"hf.co" in folded:
        return True
    addresses = surface not in ("python", "javascript", "") or b"://" in data
    if addresses and any(word in data for word in _needles(surface)):
        return True
    held = surface in ("python", "notebook") and any(word in data for word in _HOLDERS)
    if held and _LITERAL.search(data):
        return True
    if surface in ("python", "notebook") and started.may_start(data):
        return True
    return _may_call(data, surface)


def _may_call(data: bytes, surface: str) -> bool:
    """Tell whether a call of the tables may stand in a file, with the words that must stand beside it."""
    # Plain source holds a name as a word of its own; elsewhere an escape may stand right before it.
    if surface == "python" and _called_names().isdisjoint(data.translate(_WORDS).split()):
        return False
    beside: dict[bytes, bool] = {}
    for names, words in _calls(surface):
        for word in words:
            if word not in beside:
                beside[word] = word in data
        if (not words or any(beside[word] for word in words)) and any(name in data for name in names):
            return True
    return False
