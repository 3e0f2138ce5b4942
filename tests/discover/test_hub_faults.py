# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the Hub refuses, breaks off, delays and makes up: each a reason in plain words, and never a pass."""

import contextlib
import json
import time
from os.path import normpath
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.discover import HubSource, Unanswered, online
from scanner.discover.hub_answers import listed, read_info
from scanner.errors import PathError, UsageError
from scanner.guarded.refused import Refused

FILES = {
    "README.md": b"---\nlicense: mit\n---\n\n# A model\n",
    "LICENSE": b"Some terms.\n",
    "config.json": b'{"model_type": "x"}',
}
TOKEN = "hf_this-is-nobodys-token"  # noqa: S105  of the local server
INFO, TREE, CARD = r"^/api/models/acme/model\?", r"/tree/", r"/resolve/.*README"


def error(status, code="", message=""):
    headers = {name: value for name, value in (("X-Error-Code", code), ("X-Error-Message", message)) if value}
    return status, headers, b'{"error": "no"}'


@pytest.fixture
def asked(fake, ask):
    """Ask for the repository; give the releases, or the words of the refusal."""
    fake.add("acme/model", FILES)

    def found(*, name="acme/model", revision=None, **options):
        way = ask(**options)
        try:
            releases = way.discovery(HubSource(id=name, revision=revision)).releases
        except PathError as refused:
            return SimpleNamespace(releases=(), error=refused.message, advice=refused.advice, unread={})
        unread = {one.path: one for release in releases for one in release.unread}
        return SimpleNamespace(releases=releases, error=None, advice=None, unread=unread)

    return found


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (error(401, "RepoNotFound"), "there is no such model on the Hub, or it is private"),
        (error(404, "RepoNotFound"), "there is no such model on the Hub, or it is private"),
        (error(401), "there is no such model on the Hub, or it is private"),
        (error(404), "there is no such model on the Hub, or it is private"),
        (
            error(401, "", "Invalid credentials in Authorization header"),
            "does not accept the token of your login",
        ),
        (
            error(403, "GatedRepo"),
            "gated: the terms at the Hub must be accepted; nothing of it could be read",
        ),
        (error(403), "refuses access"),
        (error(403, "", "Access to this resource is disabled."), "disabled by the Hub"),
        (error(404, "RevisionNotFound"), "no such revision"),
        (error(451), "legal reasons"),
        (error(418), "the Hub answered 418"),
        (error(204), "the Hub answered 204"),
    ],
)
def test_refusals_are_said_and_not_repeated(fake, asked, answer, words):
    fake.always(INFO, answer)
    found = asked()
    assert words in found.error
    assert found.advice
    assert len(fake.log) == 1


@pytest.mark.parametrize("token", [None, TOKEN])
def test_a_closed_gate(fake, asked, token):
    fake.add("acme/model", FILES, gated="manual", closed=True)
    found = asked(token=token)
    assert found.error == "gated: the terms at the Hub must be accepted; nothing of it could be read"
    assert "hf auth login" in found.advice


def test_a_gate_behind_the_first_file(fake, asked):
    fake.always(r"/resolve/.*(LICENSE|config)", error(401, "GatedRepo"))
    files = dict(FILES)
    fake.add(
        "acme/model", {"README.md": files["README.md"], "a/LICENSE": b"x", "config.json": b"{}"}, gated="auto"
    )
    found = asked()
    assert "gated" in found.unread["a/LICENSE"].reason
    assert found.unread["a/LICENSE"].matters
    assert "gated" in found.unread["config.json"].reason
    assert not [path for path in fake.paths() if "config.json" in path], "nothing more is asked behind a gate"


def test_a_disabled_repository(fake, asked):
    fake.add("acme/model", FILES, disabled=True)
    assert "disabled by the Hub" in asked().error


def test_a_private_repository_says_so(fake, asked):
    fake.add("acme/model", FILES, private=True)
    assert "; private" in asked(token=TOKEN).unread["."].reason


def test_no_such_revision(fake, asked):
    assert "no such revision" in asked(revision="v9").error


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
@pytest.mark.parametrize("place", [INFO, TREE])
def test_what_passes_is_asked_for_again(fake, asked, status, place):
    fake.fail(place, error(status), error(status))
    assert asked().releases


def test_after_three_times_it_is_given_up(fake, asked):
    fake.always(INFO, error(503))
    assert asked().error == "the Hub answered 503 three times"
    assert len(fake.log) == 3


def test_a_file_that_is_not_given_is_unread_and_asked_for_next_time(fake, asked):
    fake.fail(CARD, *[error(503)] * 3)
    found = asked()
    assert found.unread["README.md"].reason == "was not fetched: the Hub answered 503 three times"
    assert found.unread["README.md"].matters
    assert "README.md" not in asked().unread


def test_the_hub_says_how_long_to_wait(fake, ask):
    fake.add("acme/model", FILES)
    waited = []
    way = ask(pause=7.0)
    way.hub._sleep = waited.append
    fake.fail(INFO, (429, {"Retry-After": "3"}, b""), (429, {"RateLimit": '"api";r=0;t=5'}, b""))
    way.discovery(HubSource(id="acme/model"))
    assert waited == [3.0, 5.0]


def test_a_wait_that_is_too_long_is_not_waited(fake, asked):
    fake.fail(INFO, (429, {"Retry-After": "86400"}, b""))
    assert asked().error == "the Hub answered 429 and asks to wait for 86,400 seconds"


def test_a_wait_that_is_no_number(fake, asked):
    fake.fail(INFO, (429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, b""))
    assert asked().releases


def silence(handler):
    handler.hub.stop.wait(10)
    handler.close_connection = True


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        if handler.hub.stop.wait(0.1):
            break
        handler.wfile.write(b"a")
    handler.close_connection = True


def drip_body(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "10000")
    handler.end_headers()
    for _ in range(200):
        if handler.hub.stop.wait(0.1):
            break
        handler.wfile.write(b" ")
    handler.close_connection = True


@pytest.mark.parametrize("answer", [silence, drip_headers, drip_body])
def test_slow_answers_end(fake, asked, answer):
    fake.always(INFO, answer)
    begin = time.monotonic()
    found = asked(idle_seconds=0.4, answer_seconds=0.8, tries=2)
    assert found.error == "the Hub did not answer in time twice"
    assert time.monotonic() - begin < 6


def test_after_silence_nothing_more_is_asked(fake, ask):
    fake.always(r"^/api", error(500))
    way = ask(tries=1)
    reasons = []
    for number in range(5):
        with pytest.raises(Unanswered) as refused:
            way.parent(f"acme/m{number}")
        reasons.append(refused.value.reason)
    assert reasons[3] == "was not asked for: the Hub did not answer the questions before"
    assert len(fake.log) == 3


def test_nobody_there(fake, asked):
    fake.url = "http://127.0.0.1:9"
    assert asked().error == "the Hub could not be reached three times"


def cut_short(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"---\nlicense")
    handler.close_connection = True


@pytest.mark.parametrize("place", [INFO, TREE])
def test_an_answer_that_breaks_off(fake, asked, place):
    fake.always(place, cut_short)
    assert asked().error == "the Hub broke off its answer three times"


def test_a_file_that_breaks_off(fake, asked):
    fake.always(CARD, cut_short)
    assert "was not fetched" in asked().unread["README.md"].reason


def without_end(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    piece = b"x" * 100_000
    handler.hub.sent = 0
    for _ in range(10_000):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.hub.sent += len(piece)


@pytest.mark.parametrize("place", [INFO, TREE, CARD])
def test_an_answer_without_an_end(fake, asked, place):
    fake.always(place, without_end)
    found = asked()
    assert "longer than" in (found.error or found.unread["README.md"].reason)
    assert fake.sent < 30_000_000


def test_an_answer_that_announces_too_much(fake, asked):
    fake.always(INFO, (200, {"Content-Length": "99999999999"}, b"{"))
    assert "longer than" in asked().error


@pytest.mark.parametrize("content", [b"---\nlicense: apache-2.0\n---\n", FILES["README.md"] + b"x", b""])
def test_other_bytes_than_the_list_states_are_not_used(fake, asked, content):
    fake.always(CARD, (200, {}, content))
    found = asked()
    assert "was not fetched" in found.unread["README.md"].reason
    assert {one.path: one.here for one in found.releases[0].artifacts}["README.md"] == "no"


def test_other_bytes_of_a_large_file_are_not_used(fake, asked):
    fake.add("acme/model", FILES, lfs={"LICENSE"})
    fake.always(r"/stored/.*LICENSE", (200, {}, b"Other terms"))
    assert "other bytes" in asked().unread["LICENSE"].reason


WEIGHTS = {"README.md": FILES["README.md"], "m.safetensors": bytes(8) + bytes(200)}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((206, {"Content-Range": "bytes 0-207/999"}, bytes(208)), "another part"),
        ((206, {"Content-Range": "bytes 5-212/208"}, bytes(208)), "another part"),
        ((206, {}, bytes(208)), "another part"),
        ((206, {"Content-Range": "bytes 0-207/208"}, bytes(20)), "another part"),
        ((206, {"Content-Range": "bytes 0-207/208"}, bytes(900)), "longer than"),
        ((416, {}, b""), "the Hub answered 416"),
    ],
)
def test_parts_of_files_that_are_not_what_was_asked_for(fake, asked, answer, words):
    fake.add("acme/model", WEIGHTS)
    fake.always("/stored/", answer)
    assert words in asked().unread["m.safetensors"].reason


def test_a_hub_that_gives_whole_files_only_is_cut_off(fake, asked):
    fake.add("acme/model", {"m.safetensors": (2).to_bytes(8, "little") + b"{}" + bytes(5_000_000)})
    fake.always("/stored/", (200, {}, (2).to_bytes(8, "little") + b"{}" + bytes(5_000_000)))
    (release,) = asked().releases
    assert release.artifacts[0].here == "head"
    assert fake.online.hub.bytes < 300_000


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_without_an_end(fake, asked, status):
    fake.always(INFO, (status, {"Location": "/api/models/acme/model?again"}, b""))
    assert "without an end" in asked().error
    assert len(fake.log) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x/y", "gopher://x"])
def test_redirects_to_no_web_address(fake, asked, target):
    fake.always(INFO, (302, {"Location": target}, b""))
    assert "a place that is not asked" in asked().error


def test_a_redirect_to_nothing(fake, asked):
    fake.always(INFO, (302, {"Location": "http://[::bad"}, b""))
    assert asked().error


def test_the_token_stays_with_the_hub(fake, asked):
    fake.add("acme/model", FILES, lfs={"LICENSE"})
    asked(token=TOKEN)
    stored = [headers for path, headers in fake.log if path.startswith("/stored")]
    others = [headers for path, headers in fake.log if not path.startswith("/stored")]
    assert stored
    assert all("authorization" not in headers for headers in stored)
    assert all(headers["authorization"] == f"Bearer {TOKEN}" for headers in others)


def test_without_a_login_none_is_sent(fake, asked):
    asked()
    assert all("authorization" not in headers for _, headers in fake.log)


def test_a_next_page_somewhere_else_is_not_asked_for(fake, asked):
    entries = json.dumps(list(fake.tree("acme/model"))).encode()
    link = {"Link": f'<{fake.elsewhere}/api/models/acme/model/tree/x?cursor=1>; rel="next"'}
    fake.always(TREE, (200, link, entries))
    found = asked(token=TOKEN)
    assert any("lies somewhere else" in one.reason for one in found.releases[0].unread)
    assert not [path for path in fake.paths() if "cursor" in path]


def test_pages_without_an_end(fake, asked, monkeypatch):
    monkeypatch.setattr("scanner.discover.hub.MAX_LISTED", 20)
    entries = json.dumps(list(fake.tree("acme/model"))).encode()
    numbers = iter(range(10_000))

    def again(handler):
        link = f'<{fake.url}/api/models/acme/model/tree/x?cursor={next(numbers)}>; rel="next"'
        handler.give(200, {"Link": link}, entries)

    fake.always(TREE, again)
    asked()
    assert len([path for path in fake.paths() if "/tree/" in path]) < 10


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"id": "acme/model", "id": "b/c"}',
        b"\xff\xfe",
        b"null",
    ],
)
def test_answers_that_are_none(fake, asked, answer):
    fake.always(INFO, (200, {}, answer))
    assert "the Hub was asked, and" in asked().error


@pytest.mark.parametrize("answer", [b"", b"<html>", b"{}", b"7", b"[" * 100_000])
def test_lists_that_are_none(fake, asked, answer):
    fake.always(TREE, (200, {}, answer))
    assert "the Hub was asked, and" in asked().error


@pytest.mark.parametrize(
    "change",
    [
        {"id": "../../etc"},
        {"id": 7},
        {"id": "a/b/c"},
        {"sha": "main"},
        {"sha": None},
        {"sha": "../" + "0" * 37},
    ],
)
def test_information_that_cannot_be(change):
    info = {"id": "acme/model", "sha": "0" * 40, "gated": False} | change
    with pytest.raises(Refused):
        read_info(json.dumps(info).encode(), HubSource(id="acme/model"))


def test_another_commit_than_was_asked_for():
    info = {"id": "acme/model", "sha": "0" * 40}
    with pytest.raises(Refused, match="another commit"):
        read_info(json.dumps(info).encode(), HubSource(id="acme/model", revision="1" * 40))


@pytest.mark.parametrize(
    ("stated", "gate"),
    [(False, "no"), ("auto", "auto"), ("manual", "manual"), (True, None), ([], None), (None, None)],
)
def test_gates(stated, gate):
    info = {"id": "acme/model", "sha": "0" * 40, "gated": stated}
    assert read_info(json.dumps(info).encode(), HubSource(id="acme/model")).gate == gate


def entry(path, **change):
    return {"type": "file", "path": path, "size": 1, "oid": "0" * 40} | change


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/passwd",
        "a/../../x",
        "./x",
        "a//b",
        "a/",
        "",
        "..",
        "~/x",
        "C:/x",
        "a\\b",
        "a\nb",
        "a\0b",
        "a\x1b[2Jb",
        "\ud800",
        "x" * 300,
        "/".join("x" * 200 for _ in range(9)),
        7,
        None,
    ],
)
def test_names_that_are_no_plain_paths(path):
    found = listed([entry(path), entry("README.md")])
    assert [one.path for one in found.entries] == ["README.md"]
    assert len(found.unread) == 1
    assert found.unread[0].matters


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("README.md", "README.md"),
        ("README.md", "readme.MD"),
        ("a", "a/b"),
        ("a/b", "a"),
        ("é", "e\u0301"),
        ("A/x", "a/y"),
    ],
)
def test_names_that_stand_in_each_others_way(first, second):
    found = listed([entry(first), entry(second)])
    assert [one.path for one in found.entries] == [first]
    assert "another entry" in found.unread[0].reason


@pytest.mark.parametrize(
    "change",
    [
        {"size": -1},
        {"size": "1"},
        {"size": True},
        {"size": None},
        {"size": 2**70},
        {"oid": None},
        {"oid": "x"},
        {"type": "link"},
        {"lfs": {}},
        {"lfs": 7},
        {"lfs": {"oid": "x", "size": 1}},
        {"lfs": {"oid": "0" * 64, "size": 2}},
        {"lfs": {"oid": "0" * 64}},
    ],
)
def test_entries_that_cannot_be(change):
    assert listed([entry("m.bin", **change)]).entries == ()


@pytest.mark.parametrize("item", [None, 7, "x", [], {}])
def test_items_that_are_no_entries(item):
    assert "entry 1" in listed([item]).unread[0].path


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"requests": 2}, "the limit of 2 requests is reached"),
        ({"bytes": 500}, "the limit of 500 bytes is reached"),
        ({"seconds": 0.0}, "the time limit of 0 seconds is reached"),
    ],
)
def test_limits_of_a_run(fake, asked, limits, words):
    found = asked(**limits)
    reasons = [found.error or "", *(one.reason for one in found.unread.values())]
    assert any(words in reason for reason in reasons)


@pytest.mark.parametrize("token", ["hf_bad token", "hf_bad\x01token", "hf_b\u00e4d"])
def test_a_token_that_cannot_be_one_is_refused_and_not_shown(fake, monkeypatch, token):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", fake.url)
    monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(UsageError) as refused, online():
        pass
    assert token not in str(refused.value)
    assert fake.log == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
PATHS = st.text(alphabet="aAé\u0301./\\~:\n ", max_size=12)


@given(st.lists(JSON | st.builds(entry, PATHS | JSON), max_size=8))
def test_whatever_is_listed_stays_inside_and_apart(items):
    found = listed(items)
    root = Path("/x/y")
    kept = [one.path for one in found.entries]
    assert all(normpath(root / path) == str(root / path) for path in kept)
    assert all((root / path).is_relative_to(root) and path not in {"", "."} for path in kept)
    assert len({path.casefold() for path in kept}) == len(kept)
    assert not [one for one in kept for other in kept if other.startswith(f"{one}/")]


@given(JSON, JSON, JSON)
def test_whatever_is_said_of_a_repository(name, commit, gated):
    data = json.dumps({"id": name, "sha": commit, "gated": gated}).encode()
    with contextlib.suppress(Refused):
        read_info(data, HubSource(id="acme/model"))
