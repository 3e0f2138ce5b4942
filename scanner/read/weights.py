# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Weights files: what their headers say of themselves, and a plain word about those that are not opened."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scanner.guarded import gguf, onnx, safetensors
from scanner.guarded.refused import Refused
from scanner.model.base import Value
from scanner.model.reading import Facts, LegalText, Source, WeightsHeader
from scanner.model.release import Artifact, Unread
from scanner.read.page import LONG, MAX_ITEMS, Witness, cleaned, gathered

MAX_FILES = 5_000
"""Weights files of one release whose headers are read; the largest releases have a few hundred."""

MAX_BYTES = 500_000_000
"""Bytes of all headers of one release together; a shard's header has below one million."""

UNOPENED: Mapping[str, str] = {
    "pickle": "the licence cannot be read safely from this file",
    "lfs-pointer": "is a Git LFS pointer, not weights",
}
"""Containers that are listed and never opened, and why."""

PICKLED = re.compile(r".*\.(?:bin|pt|pth|ckpt|pkl|pickle|joblib|mar)", re.IGNORECASE | re.DOTALL)
"""Names of files that hold pickled values, whether weights or not."""

METADATA = frozenset(
    {
        "license",
        "format",
        "modelspec.license",
        "modelspec.title",
        "modelspec.author",
        "modelspec.architecture",
        "modelspec.merged_from",
        "modelspec.implementation",
        "modelspec.date",
        "ss_sd_model_name",
        "ss_sd_model_hash",
        "ss_new_sd_model_hash",
        "ss_base_model_version",
        "ss_output_name",
    }
)
"""Keys of ``__metadata__`` that are read. Others hold settings, or folders and names of persons."""

GENERAL = "general."
"""Beginning of the GGUF keys that speak of the model as a whole."""

FILE_TYPES = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
}
"""Names of ``general.file_type`` (llama.cpp, ``llama_ftype``)."""


class Header(Value, frozen=True, kw_only=True):
    """One header, whatever its format."""

    facts: Facts
    length: int
    """Bytes that were read for it."""


def read_weights(root: Path, artifacts: Sequence[Artifact]) -> Facts:
    """Read the headers of the weights files, one after another, within a bound of all together."""
    return gathered(_each(root, artifacts))


def _each(root: Path, artifacts: Sequence[Artifact]) -> Iterator[Facts]:
    spent = 0
    for count, artifact in enumerate(artifacts):
        reader = _READERS.get(artifact.format or "")
        if reader is None:
            yield _unopened(artifact)
        elif artifact.here == "no":
            continue  # discover says why
        elif count >= MAX_FILES or spent > MAX_BYTES:
            yield _unread(artifact, "its header was not read: the headers before it reached the bound")
        else:
            try:
                header = reader(root, artifact)
            except Refused as refused:
                yield _unread(artifact, f"its header was not read: {refused.reason}")
            else:
                spent += header.length
                yield header.facts


def _unopened(artifact: Artifact) -> Facts:
    reason = UNOPENED.get(artifact.format or "")
    if reason is None:
        reason = f"this version reads no metadata of this format ({artifact.format or 'not known'})"
    return Facts(unread=(Unread(path=artifact.path, reason=reason, matters=False),))


def _unread(artifact: Artifact, reason: str) -> Facts:
    return Facts(unread=(Unread(path=artifact.path, reason=reason),))


def _stated(artifact: Artifact) -> int | None:
    """Return the size of a file of which only the beginning is here, as the Hub states it."""
    return artifact.size if artifact.here == "head" else None


def _safetensors(root: Path, artifact: Artifact) -> Header:
    header = safetensors.read_header(root / artifact.path, _stated(artifact))
    said = Witness(
        path=artifact.path, reader="safetensors-header", source=Source.SAFETENSORS, sha256=header.sha256
    )
    pairs = [(key, value) for key, value in header.metadata if key in METADATA]
    return Header(
        facts=gathered(
            (
                Facts(
                    headers=(
                        WeightsHeader(
                            path=artifact.path,
                            format="safetensors",
                            sha256=header.sha256,
                            parameters=header.parameters,
                            problems=tuple(map(cleaned, header.problems)),
                        ),
                    )
                ),
                *(_fact(key, f"{safetensors.METADATA}.{key}", value, said) for key, value in pairs),
            )
        ),
        length=header.length,
    )


def _gguf(root: Path, artifact: Artifact) -> Header:
    header = gguf.read_header(root / artifact.path, _stated(artifact))
    said = Witness(path=artifact.path, reader="gguf-header", source=Source.GGUF, sha256=header.sha256)
    pairs = [(key, value) for key, value in gguf.texts(header) if key.startswith(GENERAL)]
    pairs += [
        (key, FILE_TYPES.get(value, str(value)))
        for key, value in header.pairs
        if key == f"{GENERAL}file_type" and type(value) is int
    ]
    left = f"more than {MAX_ITEMS:,} keys; the rest was left out"
    short = "the keys behind its first {:,} bytes were not read: only its beginning was fetched"
    unread = (Unread(path=artifact.path, reason=short.format(header.length)),) if header.short else ()
    return Header(
        facts=gathered(
            (
                Facts(
                    headers=(
                        WeightsHeader(
                            path=artifact.path,
                            format="gguf",
                            sha256=header.sha256,
                            problems=(*header.problems, *((left,) if len(pairs) > MAX_ITEMS else ())),
                        ),
                    ),
                    unread=unread,
                ),
                *(_fact(key, key, value, said) for key, value in pairs[:MAX_ITEMS]),
            )
        ),
        length=header.length,
    )


ONNX = frozenset({"license", "license_name", "license_link", "base_model", "author", "name", "version"})
"""Keys of ``metadata_props`` that are read, in any case. Others hold settings, or texts of any kind."""


def _onnx(root: Path, artifact: Artifact) -> Header:
    header = onnx.read_header(root / artifact.path)
    said = Witness(path=artifact.path, reader="onnx-header", source=Source.ONNX, sha256=header.sha256)
    found = WeightsHeader(
        path=artifact.path,
        format="onnx",
        sha256=header.sha256,
        problems=tuple(map(cleaned, header.problems)),
    )
    pairs = [(key, value) for key, value in header.pairs if key.lower() in ONNX][:MAX_ITEMS]
    return Header(
        facts=gathered(
            (Facts(headers=(found,)), *(_fact(key.lower(), key, value, said) for key, value in pairs))
        ),
        length=header.length,
    )


_READERS = {"safetensors": _safetensors, "gguf": _gguf, "onnx": _onnx}
"""By container."""


def _fact(name: str, key: str, value: str, said: Witness) -> Facts:
    """Return one key as a reading; a licence that is a whole text is a text as well."""
    readings = (said.says(name[:QUOTED_KEY], value, key=cleaned(key[:QUOTED_KEY])),)
    if "license" not in name.split(".") or len(value) < LONG or said.sha256 is None:
        return Facts(readings=readings)
    text = LegalText(
        path=said.path, source=said.source, text=cleaned(value), sha256=said.sha256, encoding="utf-8"
    )
    return Facts(readings=readings, texts=(text,))


QUOTED_KEY = 200
"""Characters of a key that are kept."""
