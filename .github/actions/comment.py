# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""One comment on a pull request that is written again on every run, found by its first line."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

PAGES = 30
"""Pages of a hundred comments that are searched."""

REFUSED = {401, 403, 404}


def keep_comment(
    environment: Mapping[str, str], event: Mapping[str, Any], body: str, *, create: bool
) -> None:
    """Write the comment, or write it again; when that is not permitted, say what is missing.

    Args:
        environment: The runner's, with ``CHECK_TOKEN``.
        event: What started the workflow.
        body: The comment; its first line is the mark.
        create: Whether to write one where there is none yet.
    """
    number = event.get("pull_request", {}).get("number")
    if not isinstance(number, int):
        return
    api = Api(environment)
    issue = f"issues/{number}/comments"
    try:
        known = next((one for one in api.pages(issue) if _ours(one, body.splitlines()[0])), None)
        if known is not None:
            api.call("PATCH", f"issues/comments/{int(known['id'])}", {"body": body})
        elif create:
            api.call("POST", issue, {"body": body})
    except urllib.error.HTTPError as error:
        need = (
            "; the job needs pull-requests: write, which a fork's never has" if error.code in REFUSED else ""
        )
        _warn(f"the comment was not written: the API answered {error.code}{need}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        _warn(f"the comment was not written: {type(error).__name__}")


class Api:
    """The comments of one repository."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Say where the API is and who asks."""
        server = environment.get("GITHUB_API_URL", "https://api.github.com")
        self._root = f"{server}/repos/{environment.get('GITHUB_REPOSITORY', '')}"
        self._token = environment.get("CHECK_TOKEN", "")

    def pages(self, path: str) -> Iterator[Any]:
        """Yield everything of a list, page by page."""
        for page in range(1, PAGES + 1):
            found = self.call("GET", f"{path}?per_page=100&page={page}")
            yield from found
            if len(found) < 100:  # noqa: PLR2004  the last page
                return

    def call(self, method: str, path: str, body: Any = None) -> Any:  # noqa: ANN401  JSON
        """Ask the API once and return what it answers."""
        request = urllib.request.Request(
            f"{self._root}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self._token}",
                "Accept": "application/vnd.github+json",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


def _ours(one: Any, mark: str) -> bool:  # noqa: ANN401  a comment as the API gives it
    """Whether a comment is of a workflow and begins with the mark; anybody may write the mark."""
    return one["user"]["type"] == "Bot" and str(one["body"]).startswith(mark)


def _warn(message: str) -> None:
    print(f"::warning title=modelscan::{message}", flush=True)
