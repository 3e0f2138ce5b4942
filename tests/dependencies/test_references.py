# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""References on the labelled fixture, on the examples of the tables, and on hostile texts."""

import json
import os
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.dependencies import cache as known
from scanner.dependencies import find_references
from scanner.dependencies.names import is_placeholder, name_of
from scanner.dependencies.tables import tables
from scanner.guarded.yaml import load_own
from scanner.model.reference import Tier

FIXTURE = Path(__file__).parent / "fixture"
NAMES = ("path", "cell", "line", "kind", "id", "revision", "tier")


def found_in(folder, **files):
    """Write files and return what is found: ``a__py`` is ``a.py``, ``a___b__py`` is ``a/b.py``."""
    for name, text in files.items():
        path = folder / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return find_references(folder, no_cache=True)


def ids(found):
    return [reference.id for reference in found.references]


@pytest.mark.parametrize(("part", "recall", "precision"), [("main", 0.98, 0.99), ("heldout", 0.98, 0.98)])
def test_the_labelled_references_are_found_and_no_others(part, recall, precision):
    labels = load_own(FIXTURE / f"{part}.yaml")
    wanted = Counter(tuple(label.get(name) for name in NAMES) for label in labels)
    references = find_references(FIXTURE / part, no_cache=True).references
    found = Counter(
        (one.path, one.cell, one.line, one.kind.value, one.id, one.revision, one.tier.value)
        for one in references
    )
    right = (wanted & found).total()
    print(f"{part}: {right} of {wanted.total()} found, {found.total()} told")
    assert right >= recall * wanted.total(), sorted(map(str, wanted - found))
    assert right >= precision * found.total(), sorted(map(str, found - wanted))


@pytest.mark.parametrize("name", ["click", "jinja2", "pygments", "yaml", "pytest"])
def test_packages_without_models_name_none(name):
    assert find_references(Path(find_spec(name).origin).parent, no_cache=True).references == ()


def examples():
    table = tables()
    for entry in (*table.python, *table.javascript, *table.commands.commands, *table.configs):
        name = getattr(entry, "file", None)
        if name is None:
            name = "a.py" if entry in table.python else "a.mjs" if entry in table.javascript else "a.sh"
        for text, wanted in entry.examples.items():
            yield pytest.param(name, text, wanted, id=f"{name}-{entry.name}-{text[:40]}")
        for text in entry.rejects:
            yield pytest.param(name, text, None, id=f"{name}-{entry.name}-not-{text[:40]}")
    for text, wanted in table.urls.examples.items():
        yield pytest.param("a.txt", text, wanted, id=text)
    for text in table.urls.rejects:
        yield pytest.param("a.txt", text, None, id=text)


@pytest.mark.parametrize(("name", "text", "wanted"), list(examples()))
def test_the_examples_of_the_tables_hold(tmp_path, name, text, wanted):
    (tmp_path / name).write_text(text)
    found = find_references(tmp_path, no_cache=True)
    assert ids(found) == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    "text", ["application/json", "text/html", "image/svg+xml", "./model", "a b/c", "", "x" * 400, "01/02"]
)
def test_no_hub_name(text):
    assert name_of(text, strict=True) is None


@pytest.mark.parametrize(
    "name", ["org/model", "user/repo", "your-org/your-model", "username/x", "acme/your-model"]
)
def test_a_placeholder_is_told_as_an_example(tmp_path, name):
    assert is_placeholder(name)
    found = found_in(tmp_path, a__py=f'AutoModel.from_pretrained("{name}")').references
    assert [(one.id, one.tier, one.confidence.value) for one in found] == [(name, Tier.EXAMPLE, "low")]


def test_only_a_commit_or_a_digest_is_pinned(tmp_path):
    commit = "0123456789abcdef0123456789abcdef01234567"
    text = "".join(
        f'AutoModel.from_pretrained("acme/net{number}", revision={revision!r})\n'
        for number, revision in enumerate((commit, "main", commit[:12], None))
    )
    found = found_in(tmp_path, a__py=text).references
    assert [one.pinned for one in found] == [True, False, False, False]
    assert found[0].purl == f"pkg:huggingface/acme/net0@{commit}"
    assert found[1].purl == "pkg:huggingface/acme/net1"


def test_what_cannot_be_told_is_an_unresolved_reference_with_its_words(tmp_path):
    found = found_in(tmp_path, a__py="import sys\nAutoModel.from_pretrained(sys.argv[1])\n").references
    assert [(one.id, one.expression, one.line) for one in found] == [(None, "sys.argv[1]", 2)]


def test_a_function_that_passes_its_parameter_on_is_an_api_and_no_reference(tmp_path):
    text = "class A:\n    def from_pretrained(self, name):\n        return B.from_pretrained(name)\n"
    assert found_in(tmp_path, a__py=text).references == ()


def test_a_broken_file_gives_what_can_be_read_and_a_note(tmp_path):
    found = found_in(tmp_path, a__py='def (:\nAutoModel.from_pretrained("acme/net")\n')
    assert ids(found) == ["acme/net"]
    assert [one.path for one in found.unread] == ["a.py"]


def test_nothing_outside_is_read(tmp_path):
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    (outside / "a.py").write_text('X = "acme/outside"\nAutoModel.from_pretrained("acme/outside")\n')
    (root / "sub").mkdir(parents=True)
    (root / "linked").symlink_to(outside)
    (root / "a.py").symlink_to(outside / "a.py")
    (root / "sub" / ".git").write_text("gitdir: ../../outside")
    (root / "sub" / "b.py").write_text('AutoModel.from_pretrained("acme/sub")')
    (root / "c.py").write_text(
        "from linked.a import X\nfrom a import X as Y\nAutoModel.from_pretrained(X)\nf(Y)\n"
    )
    found = find_references(root, no_cache=True)
    assert ids(found) == [None]
    assert {one.path for one in found.unread} == {"linked", "a.py", "sub"}


def test_nothing_is_run(tmp_path):
    mark = tmp_path / "ran"
    text = f'open({str(mark)!r}, "w")\nimport b\nAutoModel.from_pretrained("acme/net")\n'
    found_in(tmp_path, a__py=text, b__py=text, setup__py=text, conftest__py=text)
    assert not mark.exists()


def test_paths_can_be_skipped(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.py").write_text('AutoModel.from_pretrained("acme/net")')
    found = find_references(tmp_path, skip=("old",), no_cache=True)
    assert found.references == ()
    assert [one.path for one in found.unread] == ["old"]


def test_environments_and_caches_are_not_looked_at(tmp_path):
    for name in ("node_modules", ".venv", "__pycache__", ".git/hooks"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.py").write_text('AutoModel.from_pretrained("acme/net")')
    assert find_references(tmp_path, no_cache=True).references == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "from_pretrained(" * 50_000),
        ("a.py", 'AutoModel.from_pretrained("a" ' + "+ X" * 100_000 + ")"),
        ("a.py", "X = X + 'a'\n" * 5_000 + "AutoModel.from_pretrained(X)"),
        ("a.py", "def (:\n" + "from_pretrained('" * 100_000),
        ("a.js", "from_pretrained(" + '"\\' * 300_000),
        ("a.js", "from_pretrained /*" * 100_000),
        ("a.js", "from_pretrained(`" + "\\`" * 300_000),
        ("a.sh", "vllm serve " + '"\\' * 300_000),
        ("a.sh", "MODEL=$MODEL$MODEL " * 30_000),
        ("a.sh", "hf download a/b;" * 20_000),
        ("a.yaml", "model: [" * 50_000),
        ("a.yaml", "- " * 200_000 + "model: a"),
        ("a.json", '{"model":' * 50_000),
        ("a.ipynb", '{"cells":' * 50_000),
        ("a.md", "```python\n" * 50_000 + "from_pretrained"),
        ("a.toml", "[model" * 100_000),
        ("a.txt", "https://huggingface.co/" * 80_000),
        ("a.txt", "https://huggingface.co/a/b " * 40_000),
        ("Dockerfile", "RUN " + "--a=b " * 100_000 + "hf download a/b"),
        ("Dockerfile", "RUN hf download a/b \\\n" * 30_000),
        ("Modelfile", "FROM " + "a" * 1_000_000),
    ],
)
def test_hostile_texts_take_little_time(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    begin = time.process_time()
    find_references(tmp_path, no_cache=True)
    assert time.process_time() - begin < 10


@settings(max_examples=60)
@given(
    st.text(alphabet="\"'`\\/#\n ({[]}):,=$-|<>%abmodelFROM", max_size=200),
    st.sampled_from(["py", "js", "sh", "yaml", "json", "md", "toml", "ipynb"]),
)
def test_no_text_is_too_odd(tmp_path_factory, text, ending):
    folder = tmp_path_factory.mktemp("odd")
    (folder / f"a.{ending}").write_text(f"from_pretrained model: {text}")
    (folder / "Dockerfile").write_text(f"RUN hf download {text}")
    find_references(folder, no_cache=True)


def test_a_long_file_is_said_to_be_unread(tmp_path):
    found = found_in(tmp_path, a__py=b"# from_pretrained\n" + b"#" * 2_100_000)
    assert [(one.path, one.matters) for one in found.unread] == [("a.py", True)]


def test_notebooks_count_lines_within_cells(tmp_path):
    cells = [
        {"cell_type": "code", "source": ["NAME = 'acme/net'\n"]},
        {"cell_type": "code", "source": "\n!ls\nAutoModel.from_pretrained(NAME)"},
    ]
    found = found_in(tmp_path, a__ipynb=json.dumps({"cells": cells})).references
    assert [(one.id, one.cell, one.line) for one in found] == [("acme/net", 2, 3)]


class TestCache:
    text = 'from b import NAME\nAutoModel.from_pretrained(NAME)\nAutoModel.from_pretrained("acme/other")\n'

    @pytest.fixture
    def root(self, tmp_path):
        root = tmp_path / "root"
        root.mkdir()
        (root / "a.py").write_text(self.text)
        (root / "b.py").write_text('NAME = "acme/one"\n')
        return root

    def find(self, root, **options):
        return find_references(root, cache=root.parent / "cache", **options)

    def test_what_did_not_change_is_not_read_again(self, root):
        first, second = self.find(root), self.find(root)
        assert (first.read, second.read) == (2, 0)
        assert first.references == second.references
        assert ids(first) == ["acme/one", "acme/other"]

    def test_a_changed_module_changes_who_uses_its_constants(self, root):
        self.find(root)
        (root / "b.py").write_text('NAME = "acme/two"\n')
        assert ids(self.find(root)) == ["acme/two", "acme/other"]

    def test_a_module_that_comes_or_goes_does_too(self, root):
        self.find(root)
        (root / "b.py").unlink()
        assert ids(self.find(root)) == [None, "acme/other"]
        (root / "b.py").write_text('NAME = "acme/new"\n')
        assert ids(self.find(root)) == ["acme/new", "acme/other"]

    def test_it_is_not_believed_when_asked(self, root):
        self.find(root)
        place = known.place(root.parent / "cache", root)
        place.write_text(place.read_text().replace("acme/other", "acme/forged"))
        assert "acme/forged" in ids(self.find(root))
        assert "acme/forged" not in ids(self.find(root, no_cache=True))

    @pytest.mark.parametrize("content", ["", "{", '{"version": "x", "entries": {}}', "[" * 100_000])
    def test_a_damaged_one_is_made_anew(self, root, content):
        place = known.place(root.parent / "cache", root)
        place.parent.mkdir()
        place.write_text(content)
        assert self.find(root).read == 2
        assert self.find(root).read == 0

    def test_one_of_other_tables_does_not_count(self, root, monkeypatch):
        self.find(root)
        monkeypatch.setattr(known, "version", lambda: "another")
        assert self.find(root).read == 2

    def test_a_folder_that_cannot_be_written_is_no_error(self, root):
        blocked = root.parent / "file"
        blocked.write_text("")
        assert len(find_references(root, cache=blocked / "below").references) == 2

    def test_same_size_and_time_with_another_inode_is_another_file(self, root):
        self.find(root)
        before = (root / "a.py").stat()
        (root / "new").write_text(self.text.replace("other", "forge"))
        os.utime(root / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
        (root / "new").replace(root / "a.py")
        assert ids(self.find(root)) == ["acme/one", "acme/forge"]


def test_many_files_give_the_same_in_several_processes(tmp_path, monkeypatch):
    for number in range(40):
        (tmp_path / f"m{number}.py").write_text(f'AutoModel.from_pretrained("acme/net{number}")')
    alone = find_references(tmp_path, no_cache=True)
    monkeypatch.setattr("scanner.dependencies.several.FEW", 1)
    monkeypatch.setattr("scanner.dependencies.several.PIECE", 7)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    steps = []
    assert find_references(tmp_path, no_cache=True, step=lambda *one: steps.append(one)) == alone
    assert steps[-1] == (40, 40)
