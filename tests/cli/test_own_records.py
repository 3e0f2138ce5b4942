# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Records of the user beside ours: mistakes are named with their line, and none of ours gets lost."""

import json

import pytest
from click.testing import CliRunner

from scanner.cli import main
from scanner.data import folder

RECORD = """\
name: Acme License
family: acme
category: community
source: https://example.org
text: {status: read_full, source: own}
rights: {section: "1", pattern: leave is given, use: true}
"""
USERS = (
    '{section: "2", value: 5, metric: users, comparator: at_least, counts: group, '
    "measured: continuing, effect: no-rights}"
)
REVENUE = (
    '{section: "2", amount: 5, currency: EUR, period: year, comparator: at_least, counts: group, '
    "effect: no-rights}"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Give a catalogue of one file to a command, ``licenses list`` unless another is named."""
    monkeypatch.chdir(tmp_path)

    def call(text=RECORD, *arguments, name="acme-1.0.yaml"):
        path = tmp_path / "own/records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return CliRunner().invoke(main, [*(arguments or ("licenses", "list")), "--catalogue", "own"])

    return call


def refused(result, *told):
    """Whether it ended with one readable error that says all of this."""
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert len(result.stderr.splitlines()) <= 2
    assert not {"`", "regex"} & {*result.stderr, *result.stderr.split()}
    missing = [words for words in told if words not in result.stderr]
    assert not missing, result.stderr


def test_a_record_is_listed(run):
    assert "acme-1.0" in run().stdout


@pytest.mark.parametrize("ending", ["yml", "yaml"])
def test_both_endings_are_read(run, ending):
    assert "acme-1.0" in run(name=f"acme-1.0.{ending}").stdout


def test_a_key_of_ours_is_not_taken_in_silence(run):
    refused(
        run(name="mit.yaml"),
        "own/records/mit.yaml",
        str(folder("licenses") / "records/mit.yaml"),
        "replaces: mit",
    )


def test_a_record_that_says_so_takes_the_place_of_ours_and_the_report_says_it(run, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model/README.md").write_text("---\nlicense: mit\n---\n")
    own = "replaces: mit\nspdx_id: MIT\n" + RECORD
    assert run(own, "licenses", "show", "mit", name="mit.yaml").stdout.startswith("mit: Acme License")
    report = json.loads(run(own, "report", "model", "-f", "json", name="mit.yaml").stdout)
    assert [one for one in report["not_checked"] if one["path"] == "--catalogue"] == [
        {
            "path": "--catalogue",
            "reason": "the user's own record mit takes the place of the one that comes with the scanner",
            "matters": False,
        }
    ]
    ours = json.loads(CliRunner().invoke(main, ["report", "model", "-f", "json"]).stdout)
    assert ours["catalogue"] != report["catalogue"]
    assert ours["not_checked"] == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("replaces: mitt", "did you mean 'mit'"),
        ("replaces: mit", "'mit' is none"),
        ("aliases: [MIT]", "records/mit.yaml"),
        ("tags: [mit]", "records/mit.yaml"),
        ("aliases: [gemma]", "tags.yaml"),
        ("tags: [other]", "names no licence"),
        ("license_names: [llama3.1]", "records/llama-3.1.yaml"),
    ],
)
def test_a_name_of_ours_is_not_taken(run, line, told):
    refused(run(RECORD + line), "own/records/acme-1.0.yaml:7", told)


def test_two_records_of_the_user_with_one_name_are_both_named(run):
    run(RECORD + "aliases: [acme]\n", name="acme-1.1.yaml")
    refused(run(RECORD + "aliases: [Acme]\n"), "acme-1.1.yaml:7", "'acme'", "own/records/acme-1.0.yaml")


def test_a_tag_of_the_user_is_resolved(run):
    assert run(RECORD + "tags: [acme-open]\n", "licenses", "show", "acme-open").stdout.startswith(
        "acme-1.0: "
    )


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        (("category: community", "category: comunity"), 3, "did you mean 'community'"),
        (("category: community", "category: gibberish"), 3, "use one of community, copyleft"),
        (("family: acme", "family: lama"), 2, "did you mean 'llama'"),
        (("rights:", "right:"), 6, "unknown key 'right'; did you mean 'rights'"),
        (("use: true", "usee: true"), 6, "did you mean 'use'"),
        (("use: true", "use: yes"), 6, "rights.use: true or false is wanted here, not 'yes'; write true"),
        (('section: "1"', "section: 1"), 6, 'write "1", in quotes'),
        (('section: "1", ', ""), 6, "the key 'section' is missing in rights"),
        (("status: read_full, ", ""), 5, "the key 'status' is missing in text"),
        (("read_full", "read_ful"), 5, "did you mean 'read_full'"),
        (("read_full", "not_read"), 6, "a text that was not read"),
        (("source: own", "source: own, sha256: xyz"), 5, "64 hex digits"),
        (("source: own", "source: own, read_on: 2025-02-30"), 5, "write it as in 2025-04-05"),
        (("rights: {", "rights: {none: true, "), 6, "write {none: true} alone"),
        (("leave is given", "'to (deal'"), 6, "no regular expression"),
        (("leave is given", "'(a+)+$'"), 6, "repeats without end"),
        (("leave is given", "'a{1,9999999999}'"), 6, "too many ways"),
        (("text: ", "text: x\ntext: "), 6, "stands twice"),
        (("name: Acme License", "name: a: b"), 1, "no YAML"),
        (("name: Acme License", "name: a\tb\n\tc: d"), 2, "tab character"),
        (("name: Acme License", "name: &a Acme"), 7, "aliases are not followed"),
        (("name: Acme License", "name: !!python/name:os.system Acme"), 1, "is not followed"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_right_word(run, change, line, told):
    text = RECORD.replace(*change, 1) + ("licensor: *a\n" if "&a" in change[1] else "")
    refused(run(text), f"acme-1.0.yaml:{line}", told)


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("date: 2025-13", "date: '2025-13' is no date"),
        ("date: 2025", "write it as in 2025-04-05"),
        ("version: 2", 'write "2", in quotes'),
        ("aliases: Acme", "write [Acme]"),
        ("spdx_id: LicenseRef-a b", "is not an SPDX identifier"),
        ("trademark: []", "write {none: true} alone"),
        ("trademark:", "write {none: true} alone"),
        ("trademark: all", "each item is a mapping with section, what, triggers"),
        ("key: acme", "the key is the file's name"),
        ('license_copy: {section: "2", what: x, triggers: [redistribute]}', "did you mean 'redistribution'"),
        ('territory: {section: "2", type: excluded, tests: use, places: [UK]}', "the United Kingdom is GB"),
        (f"user_threshold: {USERS.replace('5', '1e6')}", "a whole number is wanted here, not '1e6'"),
        (f"user_threshold: {USERS.replace('5', '-5')}", "-5 is not a number from 0"),
        (f"user_threshold: {USERS.replace('at_least', 'atleast')}", "did you mean 'at_least'"),
        (f"user_threshold: {USERS.replace('continuing', 'at-date')}", "user_threshold.measured_month"),
        (f"revenue_threshold: {REVENUE.replace('EUR', 'XYZ')}", "no currency code of ISO 4217"),
        (f"revenue_threshold: {REVENUE.replace('EUR', 'euro')}", "the euro is EUR"),
    ],
)
def test_a_value_that_means_nothing_is_named(run, added, told):
    refused(run(f"{RECORD}{added}\n"), "acme-1.0.yaml:7", told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "a record is a mapping"),
        ("- a\n", "a record is a mapping"),
        ("words\n", "a record is a mapping"),
        (RECORD.encode() + b"licensor: M\xfcller\n", "acme-1.0.yaml:7: this is no UTF-8"),
        (RECORD.encode("utf-16"), "this is no UTF-8"),
        (RECORD.encode() + b"\0", "acme-1.0.yaml:7: no YAML: a control character"),
        (RECORD + "# " + "x" * 10_000_000, "longer than"),
        ("[" * 30_000, "nest"),
        (RECORD + "---\n" + RECORD, "more than one document"),
    ],
)
def test_a_file_that_is_no_record_is_refused(run, content, told):
    refused(run(content), "own/records/acme-1.0.yaml", told)


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_other_systems_are_no_mistake(run, change):
    assert run(change(RECORD)).exit_code == 0


@pytest.mark.parametrize("name", ["Acme.yaml", "acme 1.yaml", "acme_1.yaml"])
def test_a_key_has_its_form(run, name):
    refused(run(name=name), name, "the file's name is the key")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("own/acme-1.1.yaml", "put it into own/records"),
        ("own/records/more/acme-1.1.yaml", "put it into own/records"),
        ("own/texts/acme-1.1.yaml", "put it into own/records"),
    ],
)
def test_a_record_in_another_place_is_not_passed_over(run, tmp_path, path, told):
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(RECORD)
    refused(run(), path, told)


def test_other_yaml_may_stand_beside_the_records(run, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own/modelscan.yml").write_text("{}\n")
    assert run().exit_code == 0


def test_a_folder_where_a_file_is_wanted(run, tmp_path):
    (tmp_path / "own/records/odd.yaml").mkdir(parents=True)
    refused(run(), "own/records/odd.yaml", "is a directory")


def test_a_folder_without_records_is_an_error(tmp_path):
    (tmp_path / "records").mkdir()
    refused(CliRunner().invoke(main, ["licenses", "list", "--catalogue", str(tmp_path)]), "no record in it")


@pytest.mark.parametrize(
    ("name", "told"),
    [("acme-1.00.txt", "did you mean 'acme-1.0'"), ("acme-1.0.TXT", "a text is named <key>.txt")],
)
def test_a_text_without_its_record_is_refused(run, tmp_path, name, told):
    (tmp_path / "LICENSE").write_text("words\n")
    (tmp_path / "own/texts").mkdir(parents=True)
    (tmp_path / "own/texts" / name).write_text("words\n")
    refused(run(RECORD, "identify", "LICENSE"), name, told)


def test_what_a_record_says_reaches_no_terminal_raw(run):
    shown = run(
        RECORD
        + 'licensor: x\nversion: "\\e[31m"\n'
        + 'termination: {section: "\\e[2J 9", note: "\\u202e"}\n',
        "licenses",
        "show",
        "acme-1.0",
    )
    assert shown.exit_code == 0
    assert not set(shown.stdout) & set("\x1b\u202e")
    plain = run(RECORD + 'version: "\\u202e"\n', "licenses", "show", "acme-1.0", "-f", "json").stdout
    assert "\u202e" not in plain
    assert json.loads(plain)["version"] == "\u202e"
