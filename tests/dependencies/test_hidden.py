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
