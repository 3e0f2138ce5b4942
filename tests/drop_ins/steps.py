# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A repository, and a runner that runs a step as GitHub does: by files and the environment alone."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
CODE = 'from transformers import AutoModel\n\nAutoModel.from_pretrained("{}")\n'


class Repository:
    """A git repository in a folder of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str) -> str:
        run = subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
            cwd=self.place,
            env=os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    def commit(self, files: dict[str, str]) -> str:
        """Write files and commit them; return the commit."""
        for name, text in files.items():
            path = self.place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")
        return self.git("rev-parse", "HEAD")


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """What a step left behind."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """The files and variables that a step of a workflow has."""

    def __init__(self, place: Path, repository: Repository) -> None:
        self.place, self.repository = place, repository
        self.temp = place / "temp"
        self.temp.mkdir()

    def run(self, event_name: str = "schedule", event: object = None, **inputs: str) -> Ran:
        """Run the script of the action."""
        files = {
            name: self.place / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_EVENT_PATH")
        }
        files["GITHUB_OUTPUT"].write_text("")
        files["GITHUB_STEP_SUMMARY"].write_text("before\n")
        files["GITHUB_EVENT_PATH"].write_text(json.dumps(event or {}))
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")},
            **{name: str(path) for name, path in files.items()},
            "GITHUB_WORKSPACE": str(self.repository.place),
            "GITHUB_EVENT_NAME": event_name,
            "GITHUB_REPOSITORY": "acme/product",
            "RUNNER_TEMP": str(self.temp),
            "SOURCE_DATE_EPOCH": "1795600000",
            "CHECK_ONLINE": "false",
            **{f"CHECK_{name.upper()}": value for name, value in inputs.items() if name.islower()},
            **{name: value for name, value in inputs.items() if name.isupper()},
        }
        run = subprocess.run(
            [sys.executable, ROOT / ".github/actions/check.py"],
            cwd=self.repository.place,
            env=environment,
            capture_output=True,
            check=False,
        )
        return Ran(
            code=run.returncode,
            log=(run.stdout + run.stderr).decode(),
            outputs=outputs(files["GITHUB_OUTPUT"].read_text(encoding="utf-8")),
            summary=files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"),
        )

    def pull_request(self, base: str, **inputs: str) -> Ran:
        """Run it as a pull request would."""
        event = {"pull_request": {"number": 7, "base": {"sha": base}}}
        return self.run("pull_request", event, **inputs)


def outputs(text: str) -> dict[str, str]:
    """Return outputs as the runner reads them: ``name<<DELIMITER``, lines, ``DELIMITER``."""
    found: dict[str, str] = {}
    lines = iter(text.split("\n"))
    for line in lines:
        if not line:
            continue
        name, end = re.fullmatch(r"([a-z-]+)<<(end-[0-9a-f]{32})", line).groups()
        value = []
        for inside in lines:
            if inside == end:
                break
            value.append(inside)
        assert name not in found
        found[name] = "\n".join(value)
    return found


def obeyed(log: str) -> list[str]:
    """Return the lines of a log that the runner would obey, as far as they are no groups."""
    found, stopped = [], None
    for line in log.split("\n"):
        order = line.lstrip()
        if stopped is not None:
            stopped = None if order == f"::{stopped}::" else stopped
        elif order.startswith("::stop-commands::"):
            stopped = order.removeprefix("::stop-commands::")
        elif order.startswith("::") and not order.startswith(("::group::", "::endgroup::")):
            found.append(order)
        elif re.search(r"##\w*\[", line):
            found.append(line)
    assert stopped is None
    return found
