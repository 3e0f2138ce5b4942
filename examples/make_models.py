# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Make the example releases: ``python examples/make_models.py [FOLDER]``.

Tiny real weights, cards of our own, and licences that we invented; the same bytes on every run.
"""

import json
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
    writer.add_tensor("layer.weight", np.arange(32, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


CONFIG = json.dumps({"architectures": ["LlamaForCausalLM"], "model_type": "llama"}, indent=2) + "\n"
ADAPTER = (
    json.dumps({"base_model_name_or_path": "example/base", "peft_type": "LORA", "r": 4}, indent=2) + "\n"
)
PIPELINE = (
    json.dumps({"_class_name": "StableDiffusionPipeline", "vae": ["diffusers", "AutoencoderKL"]}) + "\n"
)
MERGE = "merge_method: slerp\nmodels:\n  - model: example/one\n  - model: example/two\n"
POLICY = "Example Use Policy\n\nDo not use the Works to deceive, to harm or to watch people unlawfully.\n"
NAMED = {"license": "other", "license_name": "example-community-1.0", "license_link": "LICENSE"}


def stories() -> dict[str, dict[str, str]]:
    """Return the text files of every story by folder and name."""
    changed = community().replace("5,000,000", "3,000,000")
    policy = {"USE_POLICY.md": POLICY}
    named = card("Example Chat", "A chat model. Made with Example.", **NAMED)
    return {
        "01-clean-apache": {"README.md": card("Small", "A small model.", license="apache-2.0")},
        "02-community-in-order": {"README.md": named, "LICENSE": community(), **policy},
        "03-community-text-apache-tag": {
            "README.md": card("Example Chat", "A chat model.", license="apache-2.0"),
            "LICENSE": community(),
            **policy,
        },
        "04-community-text-one-number-changed": {"README.md": named, "LICENSE": changed, **policy},
        "05-llama-fine-tune-tagged-mit": {
            "README.md": card(
                "Helper", "A fine-tune.", license="mit", base_model="meta-llama/Llama-3.1-8B-Instruct"
            )
        },
        "06-no-license": {"README.md": card("Silent", "Nobody said.", pipeline_tag="text-generation")},
        "07-non-commercial": {"README.md": card("Study", "For study.", license="cc-by-nc-4.0")},
        "08-gguf-quantization": {
            "README.md": card(
                "Small GGUF",
                "A quantization.",
                license="apache-2.0",
                base_model="example/small",
                base_model_relation="quantized",
            )
        },
        "09-adapter": {
            "README.md": card("Adapter", "A LoRA.", license="apache-2.0", base_model="example/base"),
            "adapter_config.json": ADAPTER,
        },
        "10-merge": {
            "README.md": card("Merge", "Two models.", license="mit", base_model="[example/one, example/two]"),
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


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "models")
