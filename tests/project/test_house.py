# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The laws of the house, held by the syntax tree and the file listing."""

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

import scanner
from scanner.catalog import load_catalogue
from scanner.identify.index import load_index

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted((ROOT / "scanner").rglob("*.py"))
NO_HEADER = {".msgpack", ".bin", ".json", ".safetensors", ".gguf", ".png", ".html", ".txt"}
PLAIN_WORDS = {"other", "unknown", "cc", "bsd", "gpl", "lgpl", "gfdl"}
"""Hub tags and keys that are ordinary words of other formats too."""


def strings(tree):
    """Yield the string literals of a module that are no docstrings."""
    prose = {
        node.value
        for parent in ast.walk(tree)
        if isinstance(parent, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        for node in parent.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    yield from (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose
    )


def license_names():
    catalogue = load_catalogue()
    index = load_index(ROOT / "licenses/index.bin")
    # Of the index only names with a version: ScanCode has keys such as "json" and "dumb".
    known = {name for key in index.keys for name in (key, index.expression(key)) if re.search(r"-.*\d", name)}
    names = {*catalogue.names, *catalogue.tags, *known}
    for record in catalogue.licenses.values():
        names |= {record.key, record.spdx_id, *record.aliases, *record.tags, *record.license_names}
    return {name.lower() for name in names if name} - PLAIN_WORDS


def test_the_machine_knows_no_licence():
    names = license_names()
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}"
        for path in SOURCES
        for node in strings(ast.parse(path.read_text(encoding="utf-8")))
        if node.value.lower() in names
    ]
    assert found == []


def tracked():
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout: nothing is tracked")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_every_file_says_its_licence():
    made = {"examples/models", "tests/dependencies/fixture/main/", "tests/dependencies/fixture/heldout/"}
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.is_file()
        and path.suffix not in NO_HEADER
        and path.name not in {"LICENSE", "NOTICE", ".gitignore", "py.typed"}
        and not any(str(path.relative_to(ROOT)).startswith(place) for place in made)
        and "SPDX-License-Identifier: Apache-2.0" not in path.read_text(encoding="utf-8")[:400]
    ]
    assert silent == []


def test_only_the_command_line_prints():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.parts[-2] != "cli" and path.name != "build.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "exit"}
    ]
    assert found == []


@pytest.mark.wheel
def test_the_scanner_under_test_is_the_one_that_is_meant():
    installed = os.environ.get("MODELSCAN_INSTALLED")
    wanted = Path(installed) if installed else ROOT
    assert Path(scanner.__file__).is_relative_to(wanted)
