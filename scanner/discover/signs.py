# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What makes a folder a release: strong signs, and the weak one."""

import re
from pathlib import Path

from scanner.discover.kinds import classify
from scanner.discover.walk import Folder
from scanner.guarded.files import opened, read_bounded
from scanner.guarded.json import load_json
from scanner.guarded.refused import Refused
from scanner.guarded.text import decode
from scanner.model.release import ArtifactKind

BUILD_FILES = frozenset(
    {
        "pyproject.toml",
        "setup.py",
        "setup.cfg",
        "package.json",
        "go.mod",
        "cargo.toml",
        "pom.xml",
        "cmakelists.txt",
    }
)
"""Files that build software: such a folder is a code base, its README and licence speak of code."""

HEAD = 65_536
"""Bytes of a card in which its front matter is looked for."""

CONFIG_LIMIT = 4_000_000
"""Bytes of a configuration."""

_WEIGHT_INDEX = re.compile(r".*\.(?:safetensors|bin|h5|msgpack)\.index\.json", re.DOTALL)

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)(?:^---[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)

_MODEL_KEYS = re.compile(
    r"^(?:base_model|base_model_relation|pipeline_tag|library_name|model-index|model_name|license|license_name|"
    r"datasets|metrics|widget|inference|new_version|extra_gated_prompt)[ \t]*:",
    re.MULTILINE,
)
"""Keys of a model card (Hub documentation, "Model Cards")."""

_DATA_KEYS = re.compile(
    r"^(?:dataset_info|task_categories|task_ids|size_categories|annotations_creators)[ \t]*:", re.MULTILINE
)
"""Keys that only cards of datasets have (Hub documentation, "Dataset Cards")."""

_SPACE_KEYS = re.compile(r"^(?:sdk|sdk_version|app_file)[ \t]*:", re.MULTILINE)
"""Keys that only cards of Spaces have."""


RECIPES = frozenset({"modelfile", "ollama.modelfile"})
"""Recipes of Ollama: what a model is made from, with its licence. They speak of one model as a whole."""


def strong_signs(folder: Folder) -> tuple[str, ...]:
    """Return why this folder is a release, in words, strongest first; empty when it is none."""
    signs = []
    for found in folder.files:
        kind, container = classify(found.name)
        if kind is ArtifactKind.WEIGHTS:
            signs.append(f"weights: {found.name} ({container})")
    signs += [f"weight index: {found.name}" for found in folder.files if _WEIGHT_INDEX.fullmatch(found.name)]
    signs += _configurations(folder)
    signs += [f"model card: {found.name}" for found in folder.files if _is_model_card(folder, found.name)]
    return tuple(signs)


def own_identity(folder: Folder) -> bool:
    """Whether a folder inside a release is one of its own: it has a model card besides other signs."""
    return any(_is_model_card(folder, found.name) for found in folder.files)


def describes_one_model(folder: Folder) -> bool:
    """Whether something here speaks of one model as a whole: loose weights alone do not."""
    return (
        bool(_configurations(folder))
        or own_identity(folder)
        or any(_WEIGHT_INDEX.fullmatch(found.name) for found in folder.files)
    )


def is_pipeline(folder: Folder) -> bool:
    """Whether the folder is a diffusers pipeline, whose parts lie in folders below it."""
    return folder.has("model_index.json")


def weak_sign(folder: Folder) -> str | None:
    """Return the weak sign in words: a README beside a licence or use policy."""
    kinds = {classify(found.name)[0]: found.name for found in reversed(folder.files)}
    legal = kinds.get(ArtifactKind.LICENSE) or kinds.get(ArtifactKind.POLICY)
    card = kinds.get(ArtifactKind.CARD)
    return f"{card} beside {legal}" if card and legal else None


def data_card(folder: Folder) -> str | None:
    """Return the card of a data set, if there is one here."""
    cards = (found.name for found in folder.files if classify(found.name)[0] is ArtifactKind.CARD)
    return next((name for name in cards if _DATA_KEYS.search(_front_matter(folder, name))), None)


def bare_readme(folder: Folder) -> str | None:
    """Return a README that stands without any sign of a model beside it, if there is one."""
    return next((found.name for found in folder.files if classify(found.name)[0] is ArtifactKind.CARD), None)


def build_file(folder: Folder) -> str | None:
    """Return the file by which software is built here, if there is one."""
    return next((found.name for found in folder.files if found.name.lower() in BUILD_FILES), None)


def _configurations(folder: Folder) -> list[str]:
    signs = []
    if folder.has("model_index.json"):
        signs.append("pipeline: model_index.json")
    if folder.has("adapter_config.json"):
        signs.append("adapter: adapter_config.json")
    if folder.has("config.json") and _names_a_model(Path(folder.root) / "config.json"):
        signs.append("model configuration: config.json")
    if folder.has("mergekit_config.yml"):
        signs.append("merge: mergekit_config.yml")
    signs += [f"recipe: {found.name}" for found in folder.files if found.name.lower() in RECIPES]
    return signs


def _names_a_model(path: Path) -> bool:
    try:
        value = load_json(decode(read_bounded(path, CONFIG_LIMIT)).text).value
    except Refused:
        return False
    return isinstance(value, dict) and ("architectures" in value or "model_type" in value)


def _is_model_card(folder: Folder, name: str) -> bool:
    front = _front_matter(folder, name)
    return bool(_MODEL_KEYS.search(front)) and not _DATA_KEYS.search(front) and not _SPACE_KEYS.search(front)


def _front_matter(folder: Folder, name: str) -> str:
    """Return what stands between the fences of a card, or nothing."""
    if classify(name)[0] is not ArtifactKind.CARD:
        return ""
    try:
        with opened(Path(folder.root) / name) as (handle, _):
            head = decode(handle.read(HEAD)).text
    except (Refused, OSError):
        return ""
    block = _FRONT_MATTER.match(head.lstrip("\ufeff"))
    return block[1] if block else ""
