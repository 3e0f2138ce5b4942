# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What a change brings in, where it was there before in some other way, or is put where nobody looks."""

import subprocess

import pytest

from scanner.errors import NoScanError

NAME = "northwind/seven-b"
CALL = f'from transformers import AutoModel\nAutoModel.from_pretrained("{NAME}")\n'
UNSURE = "from transformers import AutoModel\nAutoModel.from_pretrained(args.model)\n"


@pytest.fixture
def forbidden(fake, ask, card):
    commit = fake.add(NAME, {"README.md": card("cc-by-nc-4.0"), "config.json": b'{"model_type": "llama"}'})
    return commit, ask()


@pytest.mark.parametrize("before", ["tests/test_app.py", "docs/use.py", "examples/use.py"])
def test_what_did_not_count_is_new_where_it_counts(repository, forbidden, before, ids):
    commit, hub = forbidden
    repository.loads(NAME, path=before, revision=commit)
    base = repository.commit()
    repository.loads(NAME, revision=commit)
    repository.commit()
    assert ids(repository.check(base, hub=hub)) == ["gate/not-allowed"]


def test_a_branch_from_before_a_model_was_taken_out_cannot_bring_it_back(repository, forbidden, ids):
    commit, hub = forbidden
    repository.loads(NAME, revision=commit)
    old = repository.commit()
    repository.git("rm", "-q", "app.py")
    base = repository.commit()
    repository.git("checkout", "-q", "-b", "change", old)
    repository.write("other.py", "x = 1\n")
    repository.commit()
    assert repository.check(base, hub=hub).verdict == "passed", "it does not touch what names it"
    repository.loads(NAME, path="other.py", revision=commit)
    repository.commit()
    report = repository.check(base, hub=hub)
    assert ids(report) == ["gate/not-allowed"]
    assert ids(repository.check(old, hub=hub)) == [], "there it is old"


def test_nor_by_a_module_that_stands_before_the_one_that_was_mended(repository, forbidden, ids):
    commit, hub = forbidden
    mine = CALL.replace(f'"{NAME}"', f'MODEL, revision="{commit}"')
    repository.write("pkg/app.py", f"from names import MODEL\n{mine}")
    repository.write("names.py", f'MODEL = "{NAME}"\n')
    old = repository.commit()
    repository.write("names.py", 'MODEL = ""\n')
    base = repository.commit()
    repository.git("checkout", "-q", "-b", "change", old)
    repository.write("pkg/names.py", f'MODEL = "{NAME}"\n')
    repository.commit()
    assert "gate/not-allowed" in ids(repository.check(base, hub=hub))


def test_a_constant_that_is_edited_two_modules_away(repository, ids):
    repository.write("names.py", 'MODEL = "northwind/good"\n')
    repository.write("config.py", "from names import MODEL\n")
    repository.write(
        "app.py",
        f"from config import MODEL\n{CALL.replace(repr(NAME)[1:-1], '').replace(chr(34) * 2, 'MODEL')}",
    )
    base = repository.commit()
    repository.write("names.py", 'MODEL = "northwind/bad"\n')
    repository.commit()
    assert "gate/not-examined" in ids(repository.check(base))


def test_the_same_words_in_another_file_may_be_another_model(repository, ids):
    repository.write("app.py", UNSURE)
    base = repository.commit()
    repository.write("app.py", f"\n\n{UNSURE}")
    repository.commit()
    assert ids(repository.check(base)) == []
    repository.write("other.py", UNSURE)
    repository.commit()
    report = repository.check(base)
    assert [(one.rule, one.places[0].path) for one in report.findings if one.gates] == [
        ("gate/unresolved", "other.py")
    ]


def test_another_revision_of_which_nothing_is_known_either(repository, ids):
    repository.loads(NAME, revision="a" * 40)
    base = repository.commit()
    repository.loads(NAME, revision="b" * 40)
    repository.commit()
    assert ids(repository.check(base)) == ["gate/not-examined"]


def test_a_file_that_is_too_long_to_be_read(repository, ids):
    base = repository.commit()
    repository.write("app.py", "x = 1\n" * 350_000 + CALL)
    repository.write("tests/data.py", "x = 1\n" * 350_000)
    long = repository.commit()
    report = repository.check(base)
    assert [(one.rule, one.model, one.gates) for one in report.findings] == [
        ("gate/not-read", "app.py", True),
        ("gate/not-read", "tests/data.py", False),
    ]
    assert ids(repository.check()) == ["gate/not-read"]
    repository.write("b.py", "x = 1\n")
    repository.commit()
    assert ids(repository.check(long)) == [], "it was there before"
    repository.write("app.py", "x = 2\n" * 350_000 + CALL)
    repository.commit()
    assert ids(repository.check(long)) == ["gate/not-read"], "other content"


def test_a_file_that_does_not_parse_is_read_all_the_same(repository, ids):
    base = repository.commit()
    repository.write("app.py", f"print 'old'\n{CALL}")
    repository.commit()
    assert "gate/not-read" not in ids(repository.check(base), failing=False)
    assert "gate/not-examined" in ids(repository.check(base))


@pytest.mark.parametrize(
    ("target", "fails"),
    [("data.csv", True), ("../outside.py", True), ("code.py", False), ("part", False)],
)
def test_a_link_that_makes_code_of_what_is_none(repository, target, fails, ids):
    repository.write("code.py", "x = 1\n")
    repository.write("part/x.py", "x = 1\n")
    base = repository.commit()
    repository.write("data.csv", CALL)
    (repository.root / "app.py").symlink_to(target)
    head = repository.commit()
    assert ids(repository.check(base)) == (["gate/not-read"] if fails else [])
    assert ids(repository.check(head, head=head)) == [], "it was there before"


def test_no_folder_is_too_deep(repository, ids):
    base = repository.commit()
    repository.write("/".join(["d"] * 100) + "/app.py", CALL)
    repository.commit()
    assert "gate/not-examined" in ids(repository.check(base))


class TestTrees:
    """Trees that no checkout makes, and that somebody can write."""

    @pytest.fixture
    def check(self, repository):
        base = repository.commit()

        def run(*words, given):
            done = subprocess.run(
                ["git", *words], cwd=repository.root, input=given, capture_output=True, check=True
            )
            return done.stdout.decode().strip()

        def write(*entries):
            raw = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(of) for mode, name, of in entries)
            return run("hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=raw)

        self.evil = run("hash-object", "-w", "--stdin", given=CALL.encode())
        self.plain = run("hash-object", "-w", "--stdin", given=b"x = 1\n")
        self.folder = write(("100644", "x.py", self.evil))

        def check(*entries):
            head = repository.git("commit-tree", write(*entries), "-p", base, "-m", "a commit")
            return repository.check(base, head=head)

        return check

    @pytest.mark.parametrize("first", ["evil", "plain"])
    def test_two_files_of_one_name(self, check, first, ids):
        two = [("100644", "a.py", self.evil), ("100644", "a.py", self.plain)]
        assert "gate/not-read" in ids(check(*(two if first == "evil" else reversed(two))))

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_file_and_a_folder_of_one_name(self, check, order, ids):
        two = [("100644", "a.py", self.plain), ("40000", "a.py", self.folder)]
        assert "gate/not-read" in ids(check(*two[::order]))

    @pytest.mark.parametrize("name", ["..", ".", ".git"])
    def test_folders_that_are_none(self, check, name, ids):
        assert ids(check(("40000", name, self.folder))) == ["gate/not-read"]

    @pytest.mark.parametrize("name", ["../../y.py", "/usr/y.py", "a//y.py"])
    def test_names_that_are_paths(self, check, name, ids):
        assert ids(check(("100644", name, self.evil))) == ["gate/not-read"]

    def test_an_object_that_is_not_there(self, check):
        with pytest.raises(NoScanError, match="cannot be read"):
            check(("100644", "a.py", "1" * 40))


def test_a_name_of_two_commits_is_refused(repository):
    """Whoever can push a tag could put another base in the place of the branch."""
    good = repository.commit()
    repository.git("update-ref", "refs/remotes/origin/main", good)
    repository.write("app.py", CALL)
    repository.git("tag", "origin/main", repository.commit())
    with pytest.raises(NoScanError, match="more than one thing"):
        repository.check("origin/main")
    assert repository.check("refs/remotes/origin/main").verdict == "failed"


def test_an_edit_in_the_baseline_is_that_edit(repository, tmp_path, ids):
    """A baseline that was written beside a change of the policy must not let every later one pass."""
    from scanner.gate.baseline import baseline_text

    repository.write("modelscan.yml", "policy: {}\n")
    base = repository.commit()
    repository.write("modelscan.yml", "policy: {deny: [unknown]}\n")
    repository.commit()
    kept = tmp_path / "kept.json"
    kept.write_text(baseline_text(repository.check(base).findings))
    assert ids(repository.check(base, baseline=kept)) == []
    repository.write("modelscan.yml", "policy: {require: []}\n")
    repository.commit()
    assert ids(repository.check(base, baseline=kept)) == ["gate/trust-changed"]
