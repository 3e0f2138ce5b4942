# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What must go along with the models: what is in the bundle, what it says is missing, and the exit code."""

import json
import re
from pathlib import Path

import pytest
from sample_terms import CARD, RECORD, TEXT

LINE = "This widget is used under the Acme Community Terms 7, © Acme."
INTERNAL = "commercial: true\nacts: [internal-use]\n"
HOSTED = "commercial: true\nacts: [hosted-service]\n"


def part(text, title):
    """Return the lines below a title up to the next empty line."""
    found = re.search(rf"^{title}[^\n]*\n(.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    return found[1].splitlines() if found else []


def test_all_that_is_owed_and_at_hand_makes_a_complete_bundle(run, release, tmp_path):
    release(files={"LICENSE": TEXT})
    result = run("-o", "NOTICE.txt")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "NOTICE.txt").read_text()
    lines = text.splitlines()
    assert lines[2].startswith("No use case was stated")
    assert LINE in lines
    assert "Powered by Acme" in lines
    assert part(text, "Use policies") == ["- https://acme.example/policy (Acme Community Terms 7, section 5)"]
    assert "MISSING" not in text
    assert "NOT SETTLED" not in text
    assert "TO FILL IN (1)" in text
    assert "[ ] Changed by:" in text
    assert TEXT.strip() in text
    assert lines[-1] == "Indications for counsel, not legal advice."


def test_a_text_that_is_not_at_hand_is_missing_with_its_address(run, release, tmp_path):
    release()
    result = run("-o", "NOTICE.txt")
    assert result.exit_code == 1
    missing = part((tmp_path / "NOTICE.txt").read_text(), "MISSING")
    assert missing == [
        "- model: Acme Community Terms 7",
        "  To be had at https://acme.example/terms-7",
        "  - the complete text of the licence (section 4)",
    ]
    assert "NOTICE.txt: 1 missing, 0 not settled" in result.stderr
    assert run("-o", "NOTICE.txt", "--exit-zero").exit_code == 0


def test_a_text_with_other_words_is_no_copy(run, release, tmp_path):
    release(files={"LICENSE": TEXT.replace("Anybody may", "Nobody may")})
    assert run("-o", "NOTICE.txt").exit_code == 1
    assert "LICENSE is near it, with other words" in (tmp_path / "NOTICE.txt").read_text()


def test_what_the_use_case_does_not_trigger_is_not_in_it(run, release, tmp_path):
    release(files={"LICENSE": TEXT})
    (tmp_path / "inside.yml").write_text(INTERNAL)
    (tmp_path / "hosted.yml").write_text(HOSTED)
    assert run("-o", "NOTICE", "--use-case", "inside.yml").exit_code == 0
    assert "Nothing was found that must go along with" in (tmp_path / "NOTICE").read_text()
    assert run("-o", "NOTICE", "--use-case", "hosted.yml").exit_code == 0
    text = (tmp_path / "NOTICE").read_text()
    assert "Powered by Acme" in text
    assert LINE not in text


def test_a_release_without_terms_is_never_complete(run, release, tmp_path):
    release(files={"README.md": "---\npipeline_tag: text-generation\n---\n"})
    assert run("-o", "NOTICE.txt").exit_code == 1
    text = (tmp_path / "NOTICE.txt").read_text()
    assert "NOT SETTLED (1)" in text
    assert "whatever the licence of the weights asks for, which is not known" in text
    assert "- model (not settled, see the first part)" in text


def test_the_folder_holds_the_files_byte_for_byte_and_equal_ones_once(run, release, tmp_path):
    crlf = TEXT.replace("\n", "\r\n").encode()
    release("one", {"LICENSE": TEXT})
    release("two", {"LICENSE": TEXT, "NOTICE": "Made by Two.\n"})
    release("three", {"LICENSE": crlf})
    assert run("-o", "notices/").exit_code == 0
    texts = {path.name: path.read_bytes() for path in (tmp_path / "notices/texts").iterdir()}
    assert sorted(texts.values()) == sorted([TEXT.encode(), crlf, b"Made by Two.\n"])
    overview = (tmp_path / "notices/NOTICE.txt").read_text()
    for name in texts:
        assert f"- texts/{name}" in overview
    run("-o", "NOTICE.txt")
    text = (tmp_path / "NOTICE.txt").read_text()
    assert text.count("From: one, LICENSE\nFrom: two, LICENSE\nFor: one\nFor: two\n") == 1


def test_a_pdf_is_copied_and_missing_from_the_one_text(run, release, tmp_path):
    release(files={"LICENSE": TEXT, "NOTICE.pdf": b"%PDF-1.7\n\x00\x01"})
    run("-o", "notices/")
    copies = [path.read_bytes() for path in (tmp_path / "notices/texts").iterdir()]
    assert b"%PDF-1.7\n\x00\x01" in copies
    assert run("-o", "NOTICE.txt").exit_code == 1
    assert "NOTICE.pdf, which is no plain text" in (tmp_path / "NOTICE.txt").read_text()


def test_a_pointer_is_no_copy(run, release, tmp_path):
    release(files={"LICENSE": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"})
    assert run("-o", "NOTICE.txt").exit_code == 1
    assert "LICENSE, which is a Git LFS pointer" in (tmp_path / "NOTICE.txt").read_text()


def test_the_text_of_a_base_model_comes_from_the_base_model(run, release, tmp_path):
    release("base", {"LICENSE": TEXT})
    tuned = CARD.replace("license: other\nlicense_name: acme-terms-7", "base_model: base")
    release("tuned", {"README.md": tuned})
    run("-o", "NOTICE.txt")
    assert "From: base, LICENSE\nFor: base\nFor: tuned\n" in (tmp_path / "NOTICE.txt").read_text()


def test_the_notice_of_a_base_model_goes_along_where_the_licence_keeps_notices(
    run, release, catalogue, tmp_path
):
    record = catalogue / "records/acme-terms-7.yaml"
    kept = RECORD.replace("required: always", "required: only-if-notice").splitlines(keepends=True)
    record.write_text("".join(line for line in kept if "exact_text" not in line))
    release("base", {"LICENSE": TEXT, "NOTICE": "Made by Base.\n"})
    tuned = CARD.replace("license: other", "base_model: base\nlicense: other")
    release("tuned", {"README.md": tuned, "LICENSE": TEXT})
    assert run("-o", "NOTICE.txt").exit_code == 0
    assert "From: base, NOTICE\nFor: base\nFor: tuned\n" in (tmp_path / "NOTICE.txt").read_text()


def test_texts_that_nobody_recognises_go_along_as_they_are(run, release, tmp_path):
    release(files={"README.md": "---\npipeline_tag: text-generation\n---\n", "LICENSE": "Be kind.\n"})
    assert run("-o", "notices/").exit_code == 1
    (copy,) = (tmp_path / "notices/texts").iterdir()
    assert copy.read_text() == "Be kind.\n"


def test_it_is_written_again_only_over_what_is_ours_and_unchanged(run, release, tmp_path):
    folder = release(files={"LICENSE": TEXT})
    assert "cannot tell the format" in run("-o", "notices").stderr
    for _ in range(2):
        assert run("-o", "notices/").exit_code == 0
    (folder / "NOTICE").write_text("New.\n")
    assert run("-o", "notices").exit_code == 0  # a folder that is there needs no slash
    assert len(list((tmp_path / "notices/texts").iterdir())) == 2
    with (tmp_path / "notices/NOTICE.txt").open("a") as handle:
        handle.write("Changed by: A. B.\n")
    result = run("-o", "notices/")
    assert result.exit_code == 2
    assert "NOTICE.txt was changed since it was written" in result.stderr
    assert "A. B." in (tmp_path / "notices/NOTICE.txt").read_text()


def test_the_one_text_is_not_written_over_a_notice_that_is_not_ours_or_was_filled_in(run, release, tmp_path):
    folder = release(files={"LICENSE": TEXT, "NOTICE": "Made by Model.\n"})
    result = run("-o", "models/model/NOTICE")
    assert result.exit_code == 2
    assert "nothing was written" in result.stderr
    assert (folder / "NOTICE").read_text() == "Made by Model.\n"
    for _ in range(2):
        assert run("-o", "NOTICE.txt").exit_code == 0
    filled = (tmp_path / "NOTICE.txt").read_text().replace("Changed by: ____", "Changed by: A. B.")
    (tmp_path / "NOTICE.txt").write_text(filled)
    assert run("-o", "NOTICE.txt").exit_code == 2
    assert (tmp_path / "NOTICE.txt").read_text() == filled
    (tmp_path / "NOTICE-link").symlink_to("nowhere")
    assert run("-o", "NOTICE-link").exit_code == 2


@pytest.mark.parametrize(
    "files",
    [
        {"mine.txt": "x"},
        {".modelscan-notices.json": "{}"},
        {".modelscan-notices.json": '{"format": "modelscan notices 1", "files": {}}', "mine.txt": "x"},
        {
            ".modelscan-notices.json": '{"format": "modelscan notices 1", "files": {"../mine.txt": ""}}',
            "mine.txt": "",
        },
        {".modelscan-notices.json": "[" * 100_000},
    ],
)
def test_a_folder_that_is_not_ours_is_refused_and_left_alone(run, release, tmp_path, files):
    release(files={"LICENSE": TEXT})
    (tmp_path / "out").mkdir()
    for name, data in files.items():
        (tmp_path / "out" / name).write_text(data)
    result = run("-o", "out")
    assert result.exit_code == 2, result.output
    assert "nothing was written" in result.stderr
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == files
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".out")] == []


def test_an_empty_folder_is_taken_and_a_link_is_followed(run, release, tmp_path):
    release(files={"LICENSE": TEXT})
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert run("-o", "link/").exit_code == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real/NOTICE.txt").exists()


def test_no_name_of_a_stranger_leads_out_or_steers(run, release, tmp_path):
    names = [
        "LICENSE.\x1b[31m.txt",
        "LICENSE-::error::x",
        "LICENSE\u202etxt",
        "license.=cmd()",
        "LICENSE -rf ~",
    ]
    release("odd\x07::error::", {name: TEXT + str(number) for number, name in enumerate(names)})
    release("twin", {"LICENSE": TEXT, "a/LICENSE": TEXT + "\n", "b/license": TEXT + "\n\n"})
    run("-o", "notices/", "-o", "NOTICE.txt")
    copies = [path.name for path in (tmp_path / "notices/texts").iterdir()]
    assert len(copies) == 8
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in copies)
    for text in ((tmp_path / "NOTICE.txt").read_text(), (tmp_path / "notices/NOTICE.txt").read_text()):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
        assert str(tmp_path) not in text


def test_a_hostile_text_is_inert_in_one_text_which_says_that_it_is_not_the_same(run, release, tmp_path):
    release(files={"LICENSE": TEXT, "NOTICE": "::error::a\n\x1b[2Jb \u202ec\n"})
    result = run("-f", "notice", "-o", "-")
    assert result.exit_code == 1
    assert "\n::error" not in result.stdout
    assert "\x1b" not in result.stdout
    assert "characters that a text cannot show safely" in result.stdout
    run("-o", "notices/")
    assert b"::error::a\n\x1b[2Jb \xe2\x80\xaec\n" in [
        p.read_bytes() for p in (tmp_path / "notices/texts").iterdir()
    ]


@pytest.mark.parametrize("name", ["NOTICE.txt", "notices/"])
def test_the_same_files_give_the_same_bytes(run, release, tmp_path, name):
    release("b", {"LICENSE": TEXT})
    release("a", {"LICENSE": TEXT, "NOTICE": "x"})
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        run("-o", f"{place}/{name}")
    one, two = (
        {
            path.relative_to(tmp_path / place): path.read_bytes()
            for path in (tmp_path / place).rglob("*")
            if path.is_file()
        }
        for place in ("one", "two")
    )
    assert one == two
    assert one


def test_its_name_alone_tells_the_format(run, release, tmp_path):
    release(files={"LICENSE": TEXT})
    assert run("-o", "NOTICE-2026.md").exit_code == 0
    assert (tmp_path / "NOTICE-2026.md").read_text().startswith("NOTICE\n")
    assert run("-f", "json", "-o", "NOTICE.json").exit_code == 0
    assert json.loads((tmp_path / "NOTICE.json").read_text())["releases"]
    assert "say two things" in run("-f", "json", "-o", "NOTICE.txt").stderr
    assert "say two things" in run("-f", "notice", "-o", "a.json").stderr


def test_a_place_that_cannot_be_written_leaves_nothing(run, release, tmp_path, monkeypatch):
    release(files={"LICENSE": TEXT})
    assert run("-o", "notices/").exit_code == 0
    before = (tmp_path / "notices/NOTICE.txt").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scanner.cli.bundle._write", full)
    result = run("-o", "notices/")
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert (tmp_path / "notices/NOTICE.txt").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert "cannot be written" in run("-o", "no/such/place/").stderr


def test_a_release_from_the_hub_and_its_base_model_give_their_fetched_texts(
    fake, modelscan, catalogue, tmp_path
):
    base = {"README.md": CARD.encode(), "LICENSE": TEXT.encode(), "model.safetensors": b"x" * 9}
    fake.add("acme/base", base)
    tuned = b"---\nbase_model: acme/base\nlicense: other\nlicense_name: acme-terms-7\n---\n"
    fake.add("acme/tuned", {"README.md": tuned, "NOTICE": b"Tuned by T.\n"})
    result = modelscan(
        "report", "hf:acme/tuned", "--online", "--catalogue", catalogue, "-o", "n/", "-o", "NOTICE"
    )
    copies = sorted(path.read_bytes() for path in (tmp_path / "work/n/texts").iterdir())
    assert copies == sorted([TEXT.encode(), b"Tuned by T.\n"]), result.stderr
    assert "From: acme/base, LICENSE" in (tmp_path / "work/NOTICE").read_text()


def test_a_file_that_changed_while_it_was_scanned_is_missing(run, release, tmp_path, monkeypatch):
    from scanner import pipeline

    folder = release(files={"LICENSE": TEXT})
    judge = pipeline._judge

    def late(*arguments):
        (folder / "LICENSE").write_text("Other terms.\n")
        return judge(*arguments)

    monkeypatch.setattr(pipeline, "_judge", late)
    assert run("-o", "notices/").exit_code == 1
    overview = (tmp_path / "notices/NOTICE.txt").read_text()
    assert "LICENSE, which was changed while it was scanned" in overview
    assert "the complete text of the licence" in overview
    assert not (tmp_path / "notices/texts").exists()


def test_what_stands_in_the_place_of_a_file_that_was_no_text_is_not_taken(
    run, release, tmp_path, monkeypatch
):
    from scanner import pipeline

    folder = release(files={"LICENSE": TEXT, "NOTICE.pdf": b"%PDF-1.7"})
    judge = pipeline._judge

    def late(*arguments):
        (folder / "NOTICE.pdf").write_text("not of the release\n")
        return judge(*arguments)

    monkeypatch.setattr(pipeline, "_judge", late)
    assert run("-o", "notices/").exit_code == 1
    assert len(list((tmp_path / "notices/texts").iterdir())) == 1


def test_the_old_folder_comes_back_when_the_new_one_cannot_take_its_place(
    run, release, tmp_path, monkeypatch
):
    release(files={"LICENSE": TEXT})
    assert run("-o", "notices/").exit_code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "notices").rglob("*") if path.is_file()}
    renames = []
    rename = Path.rename

    def third_fails(path, target):
        renames.append(target)
        if len(renames) == 3:  # to the place, which is taken; the old one aside; the new one to the place
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", third_fails)
    result = run("-o", "notices/")
    assert (result.exit_code, len(renames)) == (2, 4)
    assert "Input/output error" in result.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "notices").rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
