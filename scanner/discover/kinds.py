# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What one file is for, told by its name; its content is asked only where a name says nothing."""

import re

from scanner.model.release import ArtifactKind

FORMATS = {
    "safetensors": "safetensors",
    "gguf": "gguf",
    "ggml": "ggml",
    "onnx": "onnx",
    "h5": "hdf5",
    "hdf5": "hdf5",
    "keras": "keras",
    "tflite": "tflite",
    "msgpack": "flax",
    "mlmodel": "coreml",
    "engine": "tensorrt",
    "nemo": "nemo",
    "llamafile": "llamafile",
    "bin": "pickle",
    "pt": "pickle",
    "pth": "pickle",
    "ckpt": "pickle",
    "pkl": "pickle",
    "pickle": "pickle",
    "joblib": "pickle",
    "mar": "pickle",
}
"""Container of a weights file by the ending of its name."""

NO_WEIGHTS = re.compile(
    r"training_args\.bin|optimizer.*\.(?:pt|bin)|scheduler\.pt|rng_state.*\.pth|.*\.(?:tiktoken|spm|bpe)\.bin",
    re.IGNORECASE,
)
"""Names with the ending of a weights file that hold something else."""

_NAMES: tuple[tuple[ArtifactKind, str], ...] = (
    (ArtifactKind.SIGNATURE, r"model\.sig|.*\.(?:sig|asc|sigstore|sigstore\.json|intoto\.jsonl)"),
    (
        ArtifactKind.POLICY,
        r".*(?:us(?:e|age)[-_ ]?(?:restrictions?|policy)|(?:acceptable|prohibited)[-_ ]?use).*",
    ),
    (
        ArtifactKind.LICENSE,
        (
            r"(?:.*[^a-z])?(?:licen[cs]es?|copying|unlicense|lizenz)(?:[^a-z].*)?|eula.*"
            r"|terms[-_ ]of[-_ ]use.*"
            r"|(?:.*[-_ ])?terms(?:[-_ ].*)?\.(?:txt|md|rst|pdf|html?|docx?)"
        ),
    ),
    (ArtifactKind.NOTICE, r"(?:third[-_ ]?party[-_ ]?)?notices?(?:[^a-z].*)?|copyright(?:\.(?:txt|md))?"),
    (ArtifactKind.CARD, r"readme(?:\.(?:md|markdown|rst|txt))?|model[-_ ]?card(?:\.md)?"),
    (
        ArtifactKind.TOKENIZER,
        (
            r"tokenizer.*|vocab.*|merges\.txt|special_tokens_map\.json|added_tokens\.json|.*\.(?:spm|tiktoken)"
            r"|spiece\.model|sentencepiece.*\.model|chat_template.*"
        ),
    ),
    (
        ArtifactKind.CONFIG,
        r".*config.*\.(?:json|ya?ml)|model_index\.json|.*\.index\.json|modelfile(?:\..*)?|params\.json|.*config",
    ),
    (
        ArtifactKind.CODE,
        r".*\.(?:py|ipynb|cu|cuh|c|cc|cpp|h|hpp|rs|go|js|ts|sh|jl|java|m)|dockerfile|makefile",
    ),
    (ArtifactKind.DATA, r".*\.(?:parquet|arrow|jsonl|csv|tsv|npz|npy|tfrecord|wav|flac|mp3|mp4)"),
)
"""Kinds by whole name in lower case; the first that fits decides."""

NAMES = tuple((kind, re.compile(pattern)) for kind, pattern in _NAMES)

CODE_ENDINGS = re.compile(r".*\.(?:py|json|ipynb|c|cpp|h|js|ts|rs|go|sh|ya?ml)")
"""A licence word in the name of such a file is about licences; it is no licence text."""


def classify(name: str) -> tuple[ArtifactKind, str | None]:
    """Return the kind of a file and, for weights, its container, by its name alone."""
    lower = name.lower()
    ending = lower.rsplit(".", 1)[-1] if "." in lower else ""
    other_trade = ending in FORMATS or CODE_ENDINGS.fullmatch(lower)
    for kind, pattern in NAMES:
        if pattern.fullmatch(lower) and not (_legal(kind) and other_trade):
            return kind, None
    if ending in FORMATS and not NO_WEIGHTS.fullmatch(lower):
        return ArtifactKind.WEIGHTS, FORMATS[ending]
    return ArtifactKind.OTHER, None


def _legal(kind: ArtifactKind) -> bool:
    return kind in (ArtifactKind.LICENSE, ArtifactKind.NOTICE, ArtifactKind.POLICY)
