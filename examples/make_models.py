# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Make the example releases: ``python examples/make_models.py [FOLDER | --broken FOLDER]``.

Tiny real weights, cards of our own, and licences that we invented; the same bytes on every run.
"""

import json
import os
import struct
import sys
from pathlib import Path

HERE = Path(__file__).parent
TEXTS = HERE / "catalogue" / "texts"


def community(version: str = "1.0") -> str:
    """Return the text of the invented community licence."""
    return (TEXTS / f"example-community-{version}.txt").read_text(encoding="utf-8")


def card(title: str, body: str, **keys: str) -> str:
    """Return a model card; keys keep the order in which they are given."""
    front = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\n{front}---\n\n# {title}\n\n{body}\n"


def safetensors() -> bytes:
    """Return a weights file of one tensor, as the safetensors library writes it."""
    import numpy as np
    from safetensors.numpy import save

    return save({"layer.weight": np.arange(4, dtype=np.float32)}, metadata={"format": "pt"})


def write_gguf(path: Path) -> None:
    """Write a GGUF file of one tensor, as the gguf package writes it."""
    import gguf
    import numpy as np

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Example Small")
    writer.add_license("apache-2.0")
    writer.add_base_model_count(1)
    writer.add_base_model_name(0, "Mistral 7B v0.1")
    writer.add_base_model_organization(0, "mistralai")
    writer.add_base_model_repo_url(0, "https://huggingface.co/mistralai/Mistral-7B-v0.1")
    writer.add_tensor("layer.weight", np.arange(32, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


CONFIG = json.dumps({"architectures": ["LlamaForCausalLM"], "model_type": "llama"}, indent=2) + "\n"
ADAPTER = (
    json.dumps({"base_model_name_or_path": "meta-llama/Llama-3.2-1B", "peft_type": "LORA", "r": 4}, indent=2)
    + "\n"
)
PIPELINE = (
    json.dumps({"_class_name": "StableDiffusionPipeline", "vae": ["diffusers", "AutoencoderKL"]}) + "\n"
)
MERGE = """\
merge_method: slerp
base_model: mistralai/Mistral-7B-v0.1
models:
  - model: mistralai/Mistral-7B-v0.1
  - model: HuggingFaceH4/mistral-7b-sft-alpha
  - model: CohereForAI/c4ai-command-r-v01
"""
POLICY = "Example Use Policy\n\nDo not use the Works to deceive, to harm or to watch people unlawfully.\n"
NAMED = {"license": "other", "license_name": "example-community-1.0", "license_link": "LICENSE"}


def stories() -> dict[str, dict[str, str]]:
    """Return the text files of every story by folder and name."""
    changed = community().replace("5,000,000", "3,000,000")
    policy = {"USE_POLICY.md": POLICY}
    named = card("Example Chat", "A chat model. Made with Example.", **NAMED)
    return {
        "01-clean-apache": {
            "README.md": card(
                "Small",
                "A small model that completes sentences.\n\n## Use\n\nInternal and commercial use alike.",
                license="apache-2.0",
                pipeline_tag="text-generation",
            )
        },
        "02-community-in-order": {"README.md": named, "LICENSE": community(), **policy},
        "03-community-text-apache-tag": {
            "README.md": card("Example Chat", "A chat model.", license="apache-2.0"),
            "LICENSE": community(),
            **policy,
        },
        "04-community-text-one-number-changed": {"README.md": named, "LICENSE": changed, **policy},
        "05-llama-fine-tune-tagged-mit": {
            "README.md": card(
                "Helper",
                "Fine-tuned on our own conversations.",
                license="mit",
                base_model="meta-llama/Llama-3.1-8B-Instruct",
                pipeline_tag="text-generation",
            )
        },
        "06-no-license": {"README.md": card("Silent", "Nobody said.", pipeline_tag="text-generation")},
        "07-non-commercial": {"README.md": card("Study", "For study.", license="cc-by-nc-4.0")},
        "08-gguf-quantization": {
            "README.md": card(
                "Mistral 7B, 8 bits",
                "A quantization for small machines.",
                license="apache-2.0",
                base_model="mistralai/Mistral-7B-v0.1",
                base_model_relation="quantized",
            )
        },
        "09-adapter": {
            "README.md": card(
                "Llama 3.2 1B for recipes",
                "A LoRA adapter. Built with Llama.",
                license="llama3.2",
                base_model="meta-llama/Llama-3.2-1B",
                base_model_relation="adapter",
                pipeline_tag="text-generation",
            ),
            "adapter_config.json": ADAPTER,
        },
        "10-merge": {
            "README.md": card(
                "Merge",
                "Three models in one.",
                license="apache-2.0",
                base_model="[mistralai/Mistral-7B-v0.1, CohereForAI/c4ai-command-r-v01]",
                tags="[merge, mergekit]",
            ),
            "mergekit_config.yml": MERGE,
        },
        "11-pipeline": {
            "README.md": card("Pictures", "Makes pictures.", license="creativeml-openrail-m"),
            "model_index.json": PIPELINE,
            "vae/config.json": json.dumps({"_class_name": "AutoencoderKL"}) + "\n",
        },
    }


def weights(story: str) -> str:
    """Return where the weights of a story lie."""
    places = {"09-adapter": "adapter_model.safetensors", "11-pipeline": "vae/model.safetensors"}
    return places.get(story, "model.safetensors")


def make(folder: Path) -> None:
    """Write every story below a folder."""
    for story, files in stories().items():
        for name, text in files.items():
            path = folder / story / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if story == "08-gguf-quantization":
            write_gguf(folder / story / "small-q8_0.gguf")
            continue
        (folder / story / weights(story)).write_bytes(safetensors())
        if story in {"01-clean-apache", "05-llama-fine-tune-tagged-mit", "10-merge"}:
            (folder / story / "config.json").write_text(CONFIG, encoding="utf-8", newline="\n")


HOSTILE_NAMES = ("README.md", 'a"b', "a\nb", "<script>", "a\u202eb")


def broken() -> dict[str, dict[str, bytes]]:
    """Return the files of every badly made release by folder and name."""
    tensor = safetensors()
    readme = {
        "deep-yaml": b"---\nlicense: " + b"[" * 25_000 + b"\n---\n",
        "cyclic-yaml": b"---\nlicense: &a [*a]\n---\n",
        "broken-yaml": b"---\nlicense: [\n---\n",
        "duplicate-keys": b"---\nlicense: mit\nlicense: apache-2.0\n---\n",
        "license-number": b"---\nlicense: 3.10\n---\n",
        "license-no": b"---\nlicense: no\n---\n",
        "license-list": b"---\nlicense: [mit, apache-2.0]\n---\n",
        "license-null": b"---\nlicense: null\n---\n",
        "nul-bytes": b"---\nlicense: mit\n---\n\0\0\0",
    }
    header = {
        "truncated-safetensors": tensor[:20],
        "lying-safetensors": struct.pack("<Q", 1 << 62) + b"{}",
        "trailing-safetensors": tensor + b"PK",
        "empty-safetensors": b"",
    }
    gguf = struct.pack("<4sIQQ", b"GGUF", 3, 0, 1) + struct.pack("<Q", 1) + b"a"
    return {
        **{folder: {"README.md": data} for folder, data in readme.items()},
        **{folder: {"model.safetensors": data} for folder, data in header.items()},
        "truncated-gguf": {"model.gguf": b"GGUF\3"},
        "gigantic-gguf": {"model.gguf": gguf + struct.pack("<IIQ", 9, 8, 1 << 63)},
        "deep-json": {"model.gguf": b"", "config.json": b"[" * 100_000},
        "duplicate-json": {"model_index.json": b'{"license": "a", "license": "b"}'},
        "settings-inside": {"README.md": readme["license-no"], "modelscan.yml": b"policy: {}\n"},
        "hostile-names": dict.fromkeys(HOSTILE_NAMES, readme["license-no"]),
    }


def make_broken(folder: Path) -> None:
    """Write every badly made release, with links and a pipe, below a folder that does not exist yet."""
    for place, files in broken().items():
        (folder / place).mkdir(parents=True)
        for name, data in files.items():
            (folder / place / name).write_bytes(data)
    links = folder / "links-and-pipe"
    links.mkdir()
    (links / "README.md").write_bytes(b"---\nlicense: mit\n---\n")
    (links / "loop").symlink_to("..")
    (links / "LICENSE").symlink_to("/etc/hostname")
    os.mkfifo(links / "NOTICE")


def main(arguments: list[str]) -> None:
    """Make the stories, or with ``--broken FOLDER`` the badly made releases."""
    if arguments[:1] == ["--broken"]:
        make_broken(Path(arguments[1]))
    else:
        make(Path(arguments[0]) if arguments else HERE / "models")


if __name__ == "__main__":
    main(sys.argv[1:])
