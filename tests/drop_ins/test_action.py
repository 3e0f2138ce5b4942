# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The action's script run as a runner runs it: annotations, summary and outputs first, the exit code last."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from steps import CODE, Repository, Runner, obeyed

from scanner.render.check_schema import check_schema

BASE = {"modelscan.yml": "use_case:\n  commercial: true\n", "app.py": CODE.format("acme/known")}
NAMES = (
    "::error::owned.py",
    "a\n::add-mask::e.py",
    "x ##[add-mask]e.py",
    "`@octocat`|[x](https:&evil.example).py",
    "%0A::error::.py",
    "a,line=1:b.py",
)
TRAP = 'open({!r}, "w").write("run")\n'


def test_a_change_that_brings_nothing_passes(repository, runner):
    base = repository.commit(BASE)
    repository.commit({"notes.txt": "nothing"})
    ran = runner.pull_request(base)
    assert ran.code == 0, ran.log
    assert ran.outputs["verdict"] == "passed"
    assert ran.outputs["exit-code"] == "0"
    assert json.loads(ran.outputs["added-models"]) == []
    assert obeyed(ran.log) == []


def test_a_model_that_nothing_is_known_of_fails_after_everything_was_shown(repository, runner):
    base = repository.commit(BASE)
    repository.commit({"src/new.py": CODE.format("acme/unheard-of")})
    ran = runner.pull_request(base)
    assert ran.code == 1, ran.log
    assert ran.outputs["verdict"] == "failed"
    assert ran.outputs["exit-code"] == "1"
    assert json.loads(ran.outputs["added-models"]) == ["acme/unheard-of"]
    assert ran.summary.startswith("before\n## modelscan check failed\n")
    assert "acme/unheard-of" in ran.summary
    assert ran.outputs["comment-content"].startswith("<!-- modelscan-check -->\n")
    orders = obeyed(ran.log)
    assert orders
    assert all(one.startswith("::warning title=modelscan gate/") for one in orders)
    assert all(",file=src/new.py,line=3," in one for one in orders)


def test_what_it_leaves_for_an_upload_is_whole(repository, runner):
    repository.commit(BASE)
    ran = runner.run()
    place = Path(ran.outputs["report-path"])
    assert sorted(path.name for path in place.iterdir()) == [
        "check.comment.md",
        "check.json",
        "check.junit.xml",
        "check.md",
        "check.sarif",
        "check.summary.md",
        "check.txt",
    ]
    Draft202012Validator(check_schema()).validate(json.loads((place / "check.json").read_text()))
    assert ran.outputs["sarif"] == str(place / "check.sarif")


def test_a_part_of_the_repository_is_told_by_places_from_the_top(repository, runner):
    base = repository.commit({f"part/{name}": text for name, text in BASE.items()})
    repository.commit({"part/src/new.py": CODE.format("acme/new"), "other.py": CODE.format("acme/other")})
    ran = runner.pull_request(base, path="part")
    assert json.loads(ran.outputs["added-models"]) == ["acme/new"]
    assert all(",file=part/src/new.py,line=3," in one for one in obeyed(ran.log))
    (found,) = json.loads(Path(ran.outputs["sarif"]).read_text())["runs"]
    places = [place["physicalLocation"] for one in found["results"] for place in one["locations"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {"part/app.py", "part/src/new.py"}
    states = {one["properties"]["model"]: one["baselineState"] for one in found["results"]}
    assert states == {"acme/new": "new", "acme/known": "unchanged"}


def test_the_policy_of_the_base_holds_and_the_edit_is_told(repository, runner):
    base = repository.commit(BASE)
    edit = "use_case:\n  commercial: true\npolicy:\n  tiers: [tests]\n"
    repository.commit({"modelscan.yml": edit, "new.py": CODE.format("acme/unheard-of")})
    ran = runner.pull_request(base)
    assert ran.code == 1
    assert "gate/trust-changed" in ran.summary
    assert "acme/unheard-of" in ran.summary


def test_a_hostile_repository_orders_nothing_and_runs_nothing(repository, runner, tmp_path):
    base = repository.commit(BASE)
    trap = TRAP.format(str(tmp_path / "owned"))
    traps = ("venv.py", "json.py", "html.py", "comment.py", "sitecustomize.py", "scanner/__init__.py")
    files = dict.fromkeys((*traps, "usercustomize.py", "click/__init__.py", "msgspec.py"), trap)
    strange = {f"src/{name}": CODE.format(f"acme/model-{number}") for number, name in enumerate(NAMES)}
    words = 'AutoModel.from_pretrained(f"::error::{x}\\n::add-mask::`@octocat`|<img src=x> ##[error]")\n'
    repository.commit({**files, **strange, "src/words.py": CODE.format("acme/y") + words})
    ran = runner.pull_request(base)
    assert ran.code == 1, ran.log
    assert not (tmp_path / "owned").exists()
    shape = r"::(warning|error|notice) title=modelscan[^:,]*(,file=[^:,]*(,line=\d+,col=\d+)?)?::.*"
    assert [one for one in obeyed(ran.log) if not re.fullmatch(shape, one)] == []
    assert set(ran.outputs) == {
        "verdict",
        "exit-code",
        "sarif",
        "report-path",
        "comment-content",
        "added-models",
    }
    assert not re.search(r"(?<!\\)<img|@octocat\b", ran.summary.replace("\\@\u200b", ""))


def test_a_clone_without_history_says_what_is_missing(repository, tmp_path):
    base = repository.commit(BASE)
    repository.commit({"b.txt": "b"})
    shallow = Repository(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth=1", f"file://{repository.place}", "main")
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    (tmp_path / "other").mkdir()
    ran = Runner(tmp_path / "other", shallow).pull_request(base)
    assert ran.code == 3
    assert ran.outputs == {"verdict": "error", "exit-code": "3"}
    assert "fetch-depth: 0" in ran.summary
    assert len(obeyed(ran.log)) == 1
    assert obeyed(ran.log)[0].startswith("::error title=modelscan check was not made::error: ")


@pytest.mark.parametrize("base", ["", None, 7])
def test_a_pull_request_without_a_base_is_never_judged_by_itself(repository, runner, base):
    repository.commit(BASE)
    ran = runner.pull_request(base)
    assert ran.code == 2
    assert ran.outputs["verdict"] == "error"
    assert "set base-ref" in ran.log


def test_on_pull_request_target_nothing_would_be_judged(repository, runner):
    base = repository.commit(BASE)
    ran = runner.run("pull_request_target", {"pull_request": {"base": {"sha": base}}})
    assert (ran.code, ran.outputs["verdict"]) == (2, "error")
    assert "use pull_request" in ran.summary


@pytest.mark.parametrize(
    ("name", "event", "held_against"),
    [
        ("push", lambda base: {"before": base}, True),
        ("push", lambda base: {"before": "0" * 40}, False),
        ("merge_group", lambda base: {"merge_group": {"base_sha": base}}, True),
        ("schedule", lambda base: {}, False),
        ("workflow_dispatch", lambda base: {"before": base}, False),
    ],
)
def test_the_event_says_what_a_change_is_held_against(repository, runner, name, event, held_against):
    base = repository.commit(BASE)
    repository.commit({"b.txt": "b"})
    ran = runner.run(name, event(base))
    report = json.loads((Path(ran.outputs["report-path"]) / "check.json").read_text())
    assert (report["comparison"] is not None) == held_against
    assert ran.code == (0 if held_against else 1)


@pytest.mark.parametrize(
    "inputs",
    [
        {"fail_on": "--exit-zero"},
        {"online": "yes; true"},
        {"comment": "sometimes"},
        {"config": "--help"},
        {"base_ref": "--help"},
        {"base_ref": "$(touch owned)"},
        {"path": "--exit-zero"},
        {"sarif_file": "../outside.sarif"},
        {"sarif_file": "link/x.sarif"},
    ],
)
def test_an_input_is_never_an_option_and_never_leads_out(repository, runner, tmp_path, inputs):
    repository.commit(BASE)
    (repository.place / "link").symlink_to(tmp_path)
    ran = runner.run(**inputs)
    assert ran.code in {2, 3}, ran.log
    assert ran.outputs["verdict"] == "error"
    assert not (tmp_path / "outside.sarif").exists()
    assert not (tmp_path / "x.sarif").exists()
    assert not (repository.place / "owned").exists()


def test_sarif_is_written_where_it_is_wanted_and_through_no_link(repository, runner, tmp_path):
    repository.commit(BASE)
    (tmp_path / "precious").write_text("kept")
    (repository.place / "out.sarif").symlink_to(tmp_path / "precious")
    ran = runner.run(sarif_file="out.sarif")
    assert ran.outputs["sarif"] == str(repository.place / "out.sarif")
    assert json.loads((repository.place / "out.sarif").read_text())["version"] == "2.1.0"
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_level_that_nothing_reaches_passes_and_keeps_the_word(repository, runner):
    repository.commit(BASE)
    ran = runner.run(fail_on="blocked")
    assert (ran.code, ran.outputs["exit-code"], ran.outputs["verdict"]) == (0, "0", "failed")


class GitHub:
    """The comments of one repository, on this machine."""

    def __init__(self, known=(), refuse=0):
        self.known, self.refuse, self.calls = list(known), refuse, []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                outer.calls.append((self.command, self.path, body, self.headers["Authorization"]))
                self.send_response(outer.refuse or 200)
                self.end_headers()
                self.wfile.write(json.dumps(outer.known if self.command == "GET" else {}).encode())

            do_GET = do_POST = do_PATCH = answer  # noqa: N815  the library's names

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def github():
    made = []

    def make(**options):
        made.append(GitHub(**options))
        return made[-1]

    yield make
    for one in made:
        one.close()


OURS = {"id": 5, "user": {"type": "Bot"}, "body": "<!-- modelscan-check -->\nold"}
FORGED = {"id": 4, "user": {"type": "User"}, "body": "<!-- modelscan-check -->\nforged"}


TOKEN = "not-told-to-anybody"  # noqa: S105  none


def commented(repository, runner, github, wanted, *, fails):
    base = repository.commit(BASE)
    repository.commit({"new.py": CODE.format("acme/unheard-of") if fails else "x = 1\n"})
    return runner.pull_request(base, comment=wanted, token=TOKEN, GITHUB_API_URL=github.address)


@pytest.mark.parametrize(
    ("wanted", "fails", "known", "method"),
    [
        ("always", False, [], "POST"),
        ("always", True, [FORGED, OURS], "PATCH"),
        ("on-failure", True, [FORGED], "POST"),
        ("on-failure", False, [], None),
        ("on-failure", False, [OURS], "PATCH"),
        ("never", True, [OURS], None),
    ],
)
def test_one_comment_is_kept(  # noqa: PLR0913, PLR0917  the case
    repository, runner, github, wanted, fails, known, method
):
    server = github(known=known)
    ran = commented(repository, runner, server, wanted, fails=fails)
    assert ran.code == int(fails), ran.log
    written = [call for call in server.calls if call[0] != "GET"]
    assert [call[0] for call in written] == ([method] if method else [])
    for _, path, body, token in written:
        assert path == (
            "/repos/acme/product/issues/comments/5"
            if method == "PATCH"
            else "/repos/acme/product/issues/7/comments"
        )
        assert body["body"].startswith("<!-- modelscan-check -->\n")
        assert token == f"Bearer {TOKEN}"
    assert TOKEN not in ran.log


def test_a_comment_that_is_refused_is_told_and_changes_nothing(repository, runner, github):
    ran = commented(repository, runner, github(refuse=403), "always", fails=True)
    assert ran.code == 1
    assert "::warning title=modelscan::the comment was not written: the API answered 403" in ran.log
    assert "pull-requests: write" in ran.log
    assert ran.outputs["verdict"] == "failed"
