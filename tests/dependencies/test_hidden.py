# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Code that a reader of bytes would miss, and that Python and the shell run all the same."""

import pytest

from scanner.dependencies import find_references

CALL = 'from transformers import AutoModel\nAutoModel.from_pretrained("northwind/seven-b")\n'


def found(root):
    return [(one.path, one.id) for one in find_references(root, no_cache=True).references]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("serve", f"#!/usr/bin/env python3\n{CALL}"),
        ("serve.in", f"#!/usr/bin/python3.12 -I\n{CALL}"),
        ("fetch", "#!/bin/sh\nhuggingface-cli download northwind/seven-b\n"),
        ("fetch", "#!/usr/bin/env -S bash -e\nhf download northwind/seven-b\n"),
    ],
)
def test_a_program_is_told_by_its_first_line(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert found(tmp_path) == [(name, "northwind/seven-b")]


@pytest.mark.parametrize(
    "data",
    [
        b"# coding: utf-7\n" + CALL.replace("_", "+AF8-").replace("/", "+AC8-").encode(),
        b"\n# -*- coding: koi8-r -*-\n" + f"# \u041c\n{CALL}".encode("koi8-r"),
        CALL.replace("pretrained", "\uff50retrained").encode(),
    ],
)
def test_an_encoding_and_letters_as_python_takes_them(tmp_path, data):
    (tmp_path / "app.py").write_bytes(data)
    assert found(tmp_path) == [("app.py", "northwind/seven-b")]


@pytest.mark.parametrize(
    "lead",
    ["x = 1\n# coding: utf-7\n", "#\n#\n# coding: utf-7\n", "#\r#\r# coding: utf-7\n", "# coding: zip\n"],
)
def test_an_encoding_that_python_does_not_take(tmp_path, lead):
    (tmp_path / "app.py").write_bytes(lead.encode() + CALL.encode())
    assert found(tmp_path) == [("app.py", "northwind/seven-b")]


def test_a_constant_that_passes_through_modules(tmp_path):
    """What one file names is as new as every module on the way: a second run must see the edit."""
    (tmp_path / "names.py").write_text('MODEL = "northwind/good"\n')
    (tmp_path / "config.py").write_text("from names import MODEL\n")
    (tmp_path / "app.py").write_text(
        "from transformers import AutoModel\nfrom config import MODEL\nAutoModel.from_pretrained(MODEL)\n"
    )
    cache = tmp_path.parent / f"{tmp_path.name}-cache"
    for name in ("good", "other"):
        (tmp_path / "names.py").write_text(f'MODEL = "northwind/{name}"\n')
        references = find_references(tmp_path, cache=cache).references
        assert {one.id for one in references if one.path == "app.py"} == {f"northwind/{name}"}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("get.sh", "wget huggingface.co/northwind/seven-b/resolve/main/a.bin"),
        ("get.sh", "wget HTTPS://HuggingFace.co/northwind/seven-b/resolve/main/a.bin"),
        ("get.sh", "git clone git@hf.co:northwind/seven-b"),
        ("get.sh", "run \\\n  --url https://huggingface.co/northwind/seven-b"),
        ("get.sh", ": // ; wget https://huggingface.co/northwind/seven-b"),
        ("get.ps1", "hf download northwind/seven-b"),
        ("Dockerfile-gpu", "RUN hf download northwind/seven-b"),
        ("load.pyx", CALL),
        (
            "modelscan.yaml",
            "services:\n  llm:\n    image: vllm/vllm-openai\n    command: --model northwind/seven-b",
        ),
        ("run.sh", "#\0\nhf download northwind/seven-b"),
    ],
)
def test_other_ways_to_write_it(tmp_path, name, line):
    (tmp_path / name).write_text(f"{line}\n")
    (one,) = find_references(tmp_path, no_cache=True).references
    assert (one.id, one.tier.value) == ("northwind/seven-b", "product")


def test_our_own_configuration_loads_nothing(tmp_path):
    (tmp_path / "modelscan.yml").write_text("exceptions:\n  - {model: northwind/seven-b, rules: [a]}\n")
    (tmp_path / "part").mkdir()
    (tmp_path / "part/modelscan.yaml").write_text("curations:\n  - {release: northwind/seven-b}\n")
    assert found(tmp_path) == []


@pytest.mark.parametrize("count", [90, 500])
def test_the_last_of_many_values_is_no_less_a_value(tmp_path, count):
    """What is more than is looked at is unresolved, never silence."""
    load = "from transformers import AutoModel\ndef load(name):\n    AutoModel.from_pretrained(name)\n"
    same = 'load("northwind/good")\n' * count
    (tmp_path / "app.py").write_text(f'{load}{same}load("northwind/bad")\n')
    assert {("app.py", "northwind/bad"), ("app.py", None)} & set(found(tmp_path))
    many = "".join(f'load("northwind/n{number}")\n' for number in range(count))
    (tmp_path / "app.py").write_text(load + many)
    assert ("app.py", None) in found(tmp_path)


def test_arguments_that_are_unpacked_are_no_silence(tmp_path):
    (tmp_path / "app.py").write_text(
        "from transformers import AutoModel\n\nAutoModel.from_pretrained(*names)\n\n"
        "class Own:\n    def from_pretrained(cls, *args):\n        return AutoModel.from_pretrained(*args)\n"
    )
    assert [(one.id, one.line) for one in find_references(tmp_path, no_cache=True).references] == [(None, 3)]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ('subprocess.run(["hf", "download", "northwind/seven-b"])', "northwind/seven-b"),
        ('command = ["vllm", "serve", NAME]\nsubprocess.Popen(command)', "northwind/seven-b"),
        ('os.system(f"huggingface-cli download {NAME} --local-dir x")', "northwind/seven-b"),
        ('subprocess.run("ollama pull llama3", shell=True)', "ollama:llama3"),
        ('subprocess.run(["git", "log"])', None),
        ('os.system("echo vllm")', None),
    ],
)
def test_commands_that_python_starts(tmp_path, call, name):
    (tmp_path / "app.py").write_text(
        f'import os, subprocess\nNAME = "/".join(["northwind", "seven-b"])\n{call}\n'
    )
    assert found(tmp_path) == ([("app.py", name)] if name else [])


def test_keywords_that_are_unpacked_are_no_silence(tmp_path):
    (tmp_path / "app.py").write_text(
        "from transformers import AutoModel\n\nAutoModel.from_pretrained(**given)\n\n"
        "class Own:\n    def from_pretrained(cls, **more):\n"
        "        return AutoModel.from_pretrained(**more)\n"
    )
    assert [(one.id, one.line) for one in find_references(tmp_path, no_cache=True).references] == [(None, 3)]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ('HfApi().snapshot_download("northwind/seven-b")', 1),
        ('client = HfApi(token=None)\nclient.snapshot_download("northwind/seven-b")', 1),
        ('load = AutoModel.from_pretrained\nload("northwind/seven-b")', 1),
        ("load = AutoModel.from_pretrained\nagain = load\nagain(NAME)", 1),
        ('load = partial(AutoModel.from_pretrained, "northwind/seven-b")', 1),
        ('load = partial(AutoModel.from_pretrained, revision="v1")\nload("northwind/seven-b")', 1),
        ("load = functools.partial(AutoModel.from_pretrained)\nload(NAME)", 1),
        ('class A:\n    load = AutoModel.from_pretrained\n    one = load("northwind/seven-b")', 1),
        ('pipe = pipeline("ner", model=NAME)\npipe("northwind/seven-b is a name")', 1),
        ('pipeline("ner", model=NAME)("northwind/other")', 1),
        ('get = dict().get\nget("northwind/seven-b")', 0),
        ('a = b\nb = a\na("northwind/seven-b")', 0),
    ],
)
def test_an_api_under_another_name(tmp_path, lines, count):
    (tmp_path / "app.py").write_text(
        "import functools\nfrom functools import partial\nfrom huggingface_hub import HfApi\n"
        "from transformers import AutoModel, pipeline\n\n"
        f'NAME = "/".join(["northwind", "seven-b"])\n{lines}\n'
    )
    assert found(tmp_path) == [("app.py", "northwind/seven-b")] * count


def test_what_such_a_name_is_given_is_no_silence(tmp_path):
    (tmp_path / "app.py").write_text(
        "from transformers import AutoModel\nload = AutoModel.from_pretrained\nload(argument)\n"
    )
    assert [(one.id, one.line) for one in find_references(tmp_path, no_cache=True).references] == [(None, 3)]
