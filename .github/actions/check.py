# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The script of ``action.yml``: run the check, show it everywhere, and only then fail.

Told everything by the environment: ``CHECK_*`` are the inputs, the rest is the runner's own. Nothing of it
goes through a shell, and nothing that a check says is read as an order by the runner.
"""

import html
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from comment import keep_comment

REPORTS = ("json", "txt", "md", "junit.xml", "summary.md", "comment.md", "sarif")
DONE = {0, 1}
"""Exit codes of a check that was made."""

FROM_TOKEN = {"CHECK_TOKEN"}
"""What no other process is to see."""


class WrongInputError(Exception):
    """An input, or an event, that no check can be made from."""


def main(environment: Mapping[str, str]) -> int:
    """Run the check and return the exit code of the step."""
    place = Path(tempfile.mkdtemp(prefix="modelscan-", dir=environment.get("RUNNER_TEMP")))
    workspace = Path(environment.get("GITHUB_WORKSPACE", ".")).resolve()
    try:
        event = read_event(environment)
        run = subprocess.run(
            command(environment, event, place),
            cwd=workspace,
            env={name: value for name, value in environment.items() if name not in FROM_TOKEN},
            capture_output=True,
            check=False,
        )
        code, said = run.returncode, run.stderr.decode("utf-8", "replace")
        if code in DONE:
            sarif = kept_sarif(place, workspace, environment.get("CHECK_SARIF_FILE", ""))
            return made(environment, event, place, sarif, run.stdout.decode("utf-8", "replace"), code)
    except WrongInputError as error:
        code, said = 2, f"error: {error}"
    return not_made(environment, said, code)


def command(environment: Mapping[str, str], event: Mapping[str, Any], place: Path) -> list[str]:
    """Return the command: options as one word each, so that no value is taken for an option."""
    modelscan = Path(sys.executable).parent / "modelscan"
    words = [str(modelscan), "check", "--quiet", "--format=github"]
    words += [f"--output={place / f'check.{form}'}" for form in REPORTS]
    for option, name in (("fail-on", "FAIL_ON"), ("config", "CONFIG"), ("baseline", "BASELINE")):
        value = environment.get(f"CHECK_{name}", "")
        words += [f"--{option}={value}"] if value else []
    if one_of(environment, "ONLINE", ("true", "false"), "true") == "true":
        words.append("--online")
    one_of(environment, "COMMENT", ("never", "on-failure", "always"), "never")
    base = base_of(environment, event)
    if base:
        words += [f"--base={base}", f"--head={environment.get('CHECK_HEAD_REF') or 'HEAD'}"]
    return [*words, "--", environment.get("CHECK_PATH") or "."]


def one_of(environment: Mapping[str, str], name: str, words: tuple[str, ...], default: str) -> str:
    """Return an input that takes a few words only."""
    value = environment.get(f"CHECK_{name}") or default
    if value not in words:
        message = f"an input is {value!r} and takes only {', '.join(words)}"
        raise WrongInputError(message)
    return value


def base_of(environment: Mapping[str, str], event: Mapping[str, Any]) -> str | None:
    """Return the commit that the change is held against; a pull request is never judged without one."""
    if environment.get("CHECK_BASE_REF"):
        return environment["CHECK_BASE_REF"]
    kind = environment.get("GITHUB_EVENT_NAME", "")
    if kind == "pull_request_target" and not environment.get("CHECK_HEAD_REF"):
        message = (
            "on pull_request_target the base is checked out, so nothing would be judged: use pull_request"
        )
        raise WrongInputError(message)
    if kind in {"pull_request", "pull_request_target"}:
        base = event.get("pull_request", {}).get("base", {}).get("sha")
    elif kind == "merge_group":
        base = event.get("merge_group", {}).get("base_sha")
    else:
        before = str(event.get("before") or "") if kind == "push" else ""
        return before if before.strip("0") else None
    if not isinstance(base, str) or not base:
        message = "the event names no base commit: set base-ref"
        raise WrongInputError(message)
    return base


def read_event(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what started the workflow."""
    path = environment.get("GITHUB_EVENT_PATH")
    if not path:
        return {}
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


def kept_sarif(place: Path, workspace: Path, name: str) -> Path:
    """Return where SARIF is: in the place that was asked for, which no link leads out of the workspace."""
    made_at = place / "check.sarif"
    if not name:
        return made_at
    folder = (workspace / name).parent.resolve()
    if not folder.is_relative_to(workspace) or not folder.is_dir():
        message = f"sarif-file {name!r} is in no folder of the workspace"
        raise WrongInputError(message)
    target = folder / Path(name).name
    handle, half = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(made_at.read_bytes())
    Path(half).replace(target)  # a link that stands there is replaced, not followed
    return target


def made(  # noqa: PLR0913, PLR0917  everything that is shown
    environment: Mapping[str, str],
    event: Mapping[str, Any],
    place: Path,
    sarif: Path,
    annotations: str,
    code: int,
) -> int:
    """Show a check that was made."""
    report = json.loads((place / "check.json").read_text(encoding="utf-8"))
    comment = (place / "check.comment.md").read_text(encoding="utf-8")
    added = [one["release"] for one in report["changes"] if one["kind"] == "added"]
    show("modelscan check", (place / "check.txt").read_text(encoding="utf-8"))
    print(annotations, end="", flush=True)
    append(environment.get("GITHUB_STEP_SUMMARY"), (place / "check.summary.md").read_text(encoding="utf-8"))
    put(
        environment,
        {
            "verdict": report["verdict"],
            "exit-code": str(code),
            "sarif": str(sarif),
            "report-path": str(place),
            "comment-content": comment,
            "added-models": json.dumps(added),
        },
    )
    wanted = environment.get("CHECK_COMMENT") or "never"
    if wanted != "never":
        keep_comment(environment, event, comment, create=wanted == "always" or code != 0)
    return code


def not_made(environment: Mapping[str, str], said: str, code: int) -> int:
    """Say that no check was made, and why; that is never a pass."""
    show("modelscan check was not made", said)
    first = next((line for line in said.splitlines() if line.strip()), "no reason was given")
    print(f"::error title=modelscan check was not made::{escaped(first)}", flush=True)
    text = f"## modelscan check was not made\n\n<pre>{html.escape(said[:10_000])}</pre>\n"
    append(environment.get("GITHUB_STEP_SUMMARY"), text)
    put(environment, {"verdict": "error", "exit-code": str(code)})
    return code or 3


def show(title: str, text: str) -> None:
    """Print words of strangers into the log, as words."""
    token = secrets.token_hex(16)
    print(f"::group::{title}\n::stop-commands::{token}\n{text}\n::{token}::\n::endgroup::", flush=True)


def escaped(text: str) -> str:
    """Return words as the message of a workflow command."""
    clean = "".join(sign if sign.isprintable() else " " for sign in text[:1000])
    return clean.replace("%", "%25")


def append(path: str | None, text: str) -> None:
    """Add text to one of the runner's files."""
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)


def put(environment: Mapping[str, str], outputs: Mapping[str, str]) -> None:
    """Set outputs, each between two lines that nobody could foresee."""
    for name, value in outputs.items():
        end = f"end-{secrets.token_hex(16)}"
        append(environment.get("GITHUB_OUTPUT"), f"{name}<<{end}\n{value}\n{end}\n")


if __name__ == "__main__":
    sys.exit(main(os.environ))
