# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What every test may ask for, and a Hub on loopback that speaks the true one's API, and can lie and fail."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import settings

from scanner.discover.hub import Hub, Limits
from scanner.discover.hub_snapshot import Online

# Where a landing depends on it the examples are the same on every run; elsewhere they are drawn anew.
settings.register_profile("landing", derandomize=True, deadline=None)
settings.register_profile("drawn", deadline=None)
settings.load_profile("landing" if os.environ.get("MODELSCAN_REQUIRE_CORPUS") == "1" else "drawn")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The reference material; without it the test is skipped, or fails where it is promised."""
    beside = Path(__file__).parents[2] / "shared"
    root = Path(os.environ.get("MODELSCAN_CORPUS", beside))
    if not root.is_dir():
        if os.environ.get("MODELSCAN_REQUIRE_CORPUS") == "1":
            pytest.fail(f"the reference material is missing: {root}")
        pytest.skip(f"the reference material is not here: {root}")
    return root


TOKEN = "hf_this-is-nobodys-token"  # noqa: S105  of the local server


class FakeHub:
    """Repositories, and what goes wrong with them."""

    def __init__(self):
        self.repositories = {}
        self.earlier = {}
        self.renamed = {}
        self.faults = []
        self.log = []
        self.page = 1_000
        self.seen = Counter()
        self.stop = threading.Event()
        self.url = self.elsewhere = ""

    def add(self, name, files, *, lfs=(), gated=False, closed=False, **more):
        """Put a repository there, or its next commit; ``closed``: nobody has accepted its terms."""
        commit = hashlib.sha1(repr((name, sorted(files.items()))).encode(), usedforsecurity=False).hexdigest()
        self.repositories[name] = {
            "files": files,
            "lfs": set(lfs) | {path for path in files if path.endswith((".safetensors", ".gguf", ".bin"))},
            "info": {"id": name, "sha": commit, "gated": gated, "private": False, "disabled": False, **more},
            "closed": closed,
        }
        self.earlier[name, commit] = self.repositories[name]
        return commit

    def at(self, name, revision):
        """Return a repository as it was at a commit, or as it is; None: there is no such revision."""
        if revision in {None, "main", "v1"}:
            return self.repositories.get(name)
        return self.earlier.get((name, revision))

    def fail(self, pattern, *answers):
        """Give these answers, (status, headers, body) or functions, where an address fits; then the truth."""
        self.faults.append((re.compile(pattern), list(answers)))

    def always(self, pattern, answer):
        self.faults.append((re.compile(pattern), answer))

    def paths(self):
        return [path for path, _ in self.log]

    def fault(self, path):
        for pattern, answers in self.faults:
            if pattern.search(path):
                if not isinstance(answers, list):
                    return answers
                if answers:
                    return answers.pop(0)
        return None

    def tree(self, name, revision=None):
        repository = self.at(name, revision)
        yield {"type": "directory", "path": "some", "oid": "0" * 40, "size": 0}
        for path, data in repository["files"].items():
            lfs = path in repository["lfs"]
            sha256 = hashlib.sha256(data).hexdigest()
            mark = "version https://git-lfs.github.com/spec/v1"
            pointer = f"{mark}\noid sha256:{sha256}\nsize {len(data)}\n".encode()
            kept = pointer if lfs else data
            blob = hashlib.sha1(b"blob %d\0" % len(kept) + kept, usedforsecurity=False).hexdigest()
            entry = {"type": "file", "path": path, "oid": blob, "size": len(data)}
            yield entry | ({"lfs": {"oid": sha256, "size": len(data), "pointerSize": 134}} if lfs else {})


def error(status, code="", message=""):
    headers = {name: value for name, value in (("X-Error-Code", code), ("X-Error-Message", message)) if value}
    return status, headers, b'{"error": "no"}'


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_):
        """Say nothing: whoever asked hung up, as it may."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: FakeHub

    def log_message(self, *_):
        pass

    def do_GET(self):
        parts = urlsplit(self.path)
        self.hub.log.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        fault = self.hub.fault(self.path)
        try:
            if callable(fault):
                fault(self)
            elif fault is not None:
                self.give(*fault)
            else:
                self.give(*self.truth(unquote(parts.path), parse_qs(parts.query)))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def give(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def truth(self, path, query):
        api = re.fullmatch(r"/api/models/([^/]+/[^/]+|[^/]+)(?:/(revision|tree)/([^/]+))?", path)
        if api:
            return self.api(api[1], api[2], api[3], query)
        file = re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path)
        if file:
            return self.file(*file.groups(), direct=False)
        stored = re.fullmatch(r"/stored/([^/]+/[^/]+)/([^/]+)/(.+)", path)
        return self.file(*stored.groups(), direct=True) if stored else error(404)

    def api(self, name, what, revision, query):
        if name in self.hub.renamed:
            new = self.path.replace(name, self.hub.renamed[name])
            return 307, {"Location": new}, b""
        if name not in self.hub.repositories:
            return error(401, "RepoNotFound", "Invalid username or password.")
        repository = self.hub.at(name, revision)
        if repository is None:
            return error(404, "RevisionNotFound")
        if what == "tree":
            return self.listing(name, revision, query)
        return 200, {"Content-Type": "application/json"}, json.dumps(repository["info"]).encode()

    def listing(self, name, revision, query):
        entries = list(self.hub.tree(name, revision))
        begin = int(query.get("cursor", ["0"])[0])
        page, more = entries[begin : begin + self.hub.page], begin + self.hub.page
        links = {}
        if more < len(entries):
            address = f"{self.hub.url}{urlsplit(self.path).path}?recursive=true&cursor={more}"
            links = {"Link": f'<{address}>; rel="next"'}
        return 200, links, json.dumps(page).encode()

    def file(self, name, commit, path, *, direct):
        repository = self.hub.at(name, commit)
        if repository is None:
            return error(404, "EntryNotFound" if name in self.hub.repositories else "RepoNotFound")
        if repository["closed"]:
            login = "authorization" in {key.lower() for key in self.headers}
            return error(403 if login else 401, "GatedRepo")
        if path not in repository["files"]:
            return error(404, "EntryNotFound")
        if path in repository["lfs"] and not direct:
            return 302, {"Location": f"{self.hub.elsewhere}/stored/{name}/{commit}/{path}"}, b""
        data = repository["files"][path]
        span = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not span:
            return 200, {}, data
        begin, end = int(span[1]), min(int(span[2]), len(data) - 1)
        return 206, {"Content-Range": f"bytes {begin}-{end}/{len(data)}"}, data[begin : end + 1]


@pytest.fixture
def fake(monkeypatch):
    """The Hub on loopback, and a second place where its large files lie."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    hub = FakeHub()
    handler = type("Bound", (Handler,), {"hub": hub})
    servers = [Server(("127.0.0.1", 0), handler) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    hub.url, hub.elsewhere = (f"http://127.0.0.1:{server.server_address[1]}" for server in servers)
    yield hub
    hub.stop.set()
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def ask(fake, tmp_path):
    """Give the way to it for one run; limits are those of a test, and no time is slept away."""
    from huggingface_hub import close_session

    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def opened(*, token=None, cache=True, **limits):
        limits = {"idle_seconds": 2.0, "answer_seconds": 5.0, "pause": 0.0} | limits
        online = Online(
            Hub(fake.url, token, Limits(**limits), sleep=lambda _: None),
            (tmp_path / "cache").resolve() if cache else None,
            scratch.resolve(),
        )
        fake.online = online
        return online

    yield opened
    close_session()


@pytest.fixture
def modelscan(fake, tmp_path):
    """Call the command line in a process of its own: huggingface_hub reads its settings when imported."""

    def call(*arguments, **environment):
        # Neither a login nor a setting of whoever runs the tests.
        keep = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "MODELSCAN_"))}
        own = {
            "HF_ENDPOINT": fake.url,
            "HF_HOME": str(tmp_path / "login"),
            "MODELSCAN_CACHE": str(tmp_path / "kept"),
            "COLUMNS": "400",
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        return subprocess.run(
            [sys.executable, "-m", "scanner", *map(str, arguments)],
            cwd=work,
            env=keep | own | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


@pytest.fixture
def new_key(tmp_path_factory) -> Callable[[str], Path]:
    """Make an SSH key of a name; without OpenSSH the test is skipped, or fails where it is promised."""
    if shutil.which("ssh-keygen") is None:
        if os.environ.get("MODELSCAN_REQUIRE_SSH") == "1":
            pytest.fail("ssh-keygen is required and absent")
        pytest.skip("ssh-keygen is not installed (on Debian: openssh-client)")
    folder = tmp_path_factory.mktemp("keys")

    def make(name: str) -> Path:
        key = folder / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
        return key

    return make
