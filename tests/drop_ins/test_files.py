# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What action.yml, the GitLab template, the pre-commit hooks and docs/ci.md hold to."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from steps import CODE

from scanner.cli import main
from scanner.render.check_formats import CHECK_FORMATS

ROOT = Path(__file__).parents[2]
ACTION = "action.yml"
GITLAB = "templates/modelscan.gitlab-ci.yml"
HOOKS = ".pre-commit-hooks.yaml"
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def read(name):
    return yaml.load((ROOT / name).read_text(encoding="utf-8"), yaml.CSafeLoader)  # noqa: TID251  our own


def steps():
    return read(ACTION)["runs"]["steps"]


def shell(text):
    """Return whether the shell can read a script."""
    return subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False).stderr


def test_the_action_has_the_inputs_and_outputs_that_are_told():
    action = read(ACTION)
    assert set(action["inputs"]) == {
        "path",
        "config",
        "base-ref",
        "head-ref",
        "fail-on",
        "online",
        "comment-summary-in-pr",
        "sarif-file",
        "baseline",
        "version",
    }
    assert set(action["outputs"]) == {
        "verdict",
        "exit-code",
        "sarif",
        "report-path",
        "comment-content",
        "added-models",
    }
    assert action["runs"]["using"] == "composite"
    script = (ROOT / ".github/actions/check.py").read_text(encoding="utf-8")
    for name, output in action["outputs"].items():
        assert output["value"] == f"${{{{ steps.check.outputs.{name} }}}}"
        assert f'"{name}":' in script


def test_no_input_is_part_of_a_command():
    for step in steps():
        assert "${{" not in step["run"]
        assert shell(step["run"]) == ""
    text = (ROOT / ACTION).read_text(encoding="utf-8")
    used = set(re.findall(r"\binputs\.([a-z-]+)", text))
    assert used == set(read(ACTION)["inputs"])


def test_every_variable_that_the_script_reads_is_set_by_the_action():
    script = (ROOT / ".github/actions/check.py").read_text(encoding="utf-8")
    read_by = {f"CHECK_{name}" for name in re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', script)} & set(
        steps()[1]["env"]
    )
    named = set(re.findall(r"CHECK_[A-Z_]*[A-Z]", script))
    assert read_by | named == set(steps()[1]["env"])


def test_nothing_of_the_checkout_is_imported_when_it_is_installed():
    install = steps()[0]
    assert install["working-directory"] == "${{ runner.temp }}"
    texts = [install["run"], *read(GITLAB)["modelscan"]["script"]]
    calls = [line for text in texts for line in text.splitlines() if re.search(r"python3? -", line)]
    assert len(calls) == 5
    assert all(re.search(r"python3? -I ", line) for line in calls)


def test_the_action_calls_no_other_action():
    assert [step for step in steps() if "uses" in step] == []


def test_the_gitlab_job_makes_the_reports_that_it_hands_over():
    job = read(GITLAB)["modelscan"]
    reports = job["artifacts"]["reports"]
    script = "\n".join(job["script"])
    assert shell(script) == ""
    for path in reports.values():
        form = path.removeprefix("modelscan-report/check.")
        assert form in CHECK_FORMATS
        assert f" {form} " in script
    assert job["artifacts"]["when"] == "always"
    assert job["artifacts"]["expose_as"]
    assert job["variables"]["GIT_DEPTH"] == "0"


def test_the_gitlab_job_quotes_every_variable():
    for line in "\n".join(read(GITLAB)["modelscan"]["script"]).splitlines():
        bare = re.sub(r'"[^"]*"', "", line)
        assert "$" not in bare, line


@pytest.mark.parametrize(
    ("source", "before", "code"),
    [
        ("merge_request_event", "", 1),
        ("push", "base", 1),
        ("push", "0" * 40, 1),
        ("schedule", "", 1),
        ("merge_request_event", "nothing new", 0),
    ],
)
def test_the_gitlab_job_leaves_its_reports_and_then_fails(repository, tmp_path, source, before, code):
    base = repository.commit({"app.py": CODE.format("acme/known")})
    origin = tmp_path / "origin.git"
    repository.git("clone", "--quiet", "--bare", ".", str(origin))
    repository.git("remote", "add", "origin", str(origin))
    repository.commit({"new.py": "x = 1\n" if before == "nothing new" else CODE.format("acme/new")})
    (repository.place / "modelscan-report").symlink_to(tmp_path)
    variables = read(GITLAB)["modelscan"]["variables"] | {
        "MODELSCAN_ONLINE": "false",
        "CI_PIPELINE_SOURCE": source,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_COMMIT_BEFORE_SHA": base if before == "base" else before,
    }
    script = "\n".join(read(GITLAB)["modelscan"]["script"][2:])
    modelscan = str(Path(sys.executable).parent / "modelscan")
    run = subprocess.run(
        ["bash", "-e", "-c", script.replace("/tmp/modelscan/bin/modelscan", modelscan)],  # noqa: S108  its own
        cwd=repository.place,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stderr
    place = repository.place / "modelscan-report"
    assert not place.is_symlink()
    assert len(list(place.iterdir())) == 5
    report = json.loads((place / "check.json").read_text())
    assert (report["comparison"] is not None) == (source != "schedule" and not before.startswith("0"))
    assert ("acme/new" in str(report["changes"])) == (report["comparison"] is not None and code == 1)


@pytest.mark.parametrize("hook", read(HOOKS), ids=lambda hook: hook["id"])
def test_a_hook_runs_once_over_everything_with_options_that_there_are(hook):
    assert (hook["language"], hook["pass_filenames"], hook["require_serial"]) == ("python", False, True)
    name, command, *options = hook["entry"].split()
    assert name in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert "--online" not in options
    told = CliRunner().invoke(main, [command, "--help"]).output
    assert all(re.search(rf"{option}\b", told) for option in options)


def test_the_hooks_have_the_ids_that_are_told():
    assert [hook["id"] for hook in read(HOOKS)] == ["modelscan", "modelscan-lock-check"]


def blocks():
    """Yield the YAML that docs/ci.md shows."""
    text = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


def test_what_the_documentation_shows_can_be_read():
    found = [yaml.load(text, yaml.CSafeLoader) for text in blocks()]  # noqa: TID251  our own
    assert len(found) >= 5


def test_workflows_in_the_documentation_are_pinned_and_have_least_privilege():
    workflows = [text for text in blocks() if "runs-on:" in text]
    assert len(workflows) >= 2
    for text in workflows:
        assert "permissions: {}" in text
        assert "pull_request_target" not in text
        assert "persist-credentials: false" in text
        uses = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]
        others = [line for line in uses if "modelscan@" not in line]
        assert [line for line in others if not PINNED.fullmatch(line)] == []
        known = read(ACTION)["inputs"]
        for job in yaml.load(text, yaml.CSafeLoader)["jobs"].values():  # noqa: TID251  our own
            for step in job["steps"]:
                if "modelscan@" in step.get("uses", ""):
                    assert set(step.get("with", {})) <= set(known)
