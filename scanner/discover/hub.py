# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The network: one question to the Hub at a time, each bounded in bytes, time and number.

Only this file speaks with anybody. Place, login, proxies and connections are huggingface_hub's own; its
methods are not used, since they hold whole answers in memory before anybody has seen their size. The
token goes to the Hub alone, never along a redirect to another place, and into no message.
"""

import contextlib
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from scanner import __version__
from scanner.discover.hub_answers import Entry, HubSource, Info, Listing, listed, read_info, read_page
from scanner.errors import UsageError
from scanner.guarded.refused import Refused
from scanner.model.base import Value
from scanner.model.release import Unread

if TYPE_CHECKING:
    from types import ModuleType

INFO_LIMIT = 1_000_000
"""Bytes of an answer about a repository; with the few properties asked for it has below one thousand."""

PAGE_LIMIT = 8_000_000
"""Bytes of one page of the list of files: one thousand entries of at most a few hundred bytes."""

MAX_LISTED = 50_000
"""Files of one repository that are listed."""

MAX_REDIRECTS = 5
PIECE = 65_536
SILENT = 3
"""Questions in a row without an answer, each asked several times, after which no more are asked."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses that may be others a moment later."""


class Limits(Value, frozen=True, kw_only=True):
    """What one run may ask for."""

    requests: int = 5_000
    bytes: int = 1_000_000_000
    seconds: float = 1_200.0
    """Of all questions together."""

    answer_seconds: float = 60.0
    """From a question to the last byte of its answer."""

    idle_seconds: float = 10.0
    """Without a byte."""

    tries: int = 3
    pause: float = 1.0
    """Seconds before the second try; twice as many before each further one."""

    longest_pause: float = 30.0
    """Seconds that the Hub may ask us to wait (``Retry-After``)."""


class Why(StrEnum):
    """Why there is no answer, as far as it makes a difference to what is done next."""

    GATED = "gated"
    MISSING = "missing"
    REFUSED = "refused"
    SILENT = "silent"
    """Nothing came, or nothing whole, or this run has asked for enough: the next time it may be there."""

    LIE = "lie"
    """What came is not what the Hub would say."""

    BOUND = "bound"
    """More than is ever asked for."""


class Unanswered(Exception):  # noqa: N818  it is an answer, not a failure of ours
    """A question that was not answered, with the reason in plain words."""

    def __init__(self, why: Why, reason: str, advice: str | None = None) -> None:
        """Keep kind, reason and the next step."""
        super().__init__(reason)
        self.why, self.reason, self.advice = why, reason, advice

    @classmethod
    def bound(cls, reason: str) -> "Unanswered":
        """Return that it was not asked for, since so much was already."""
        return cls(Why.BOUND, reason)


class _Again(Exception):  # noqa: N818
    """Something that may be better the next time."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait


class Answer(Value, frozen=True, kw_only=True):
    """What came back."""

    data: bytes
    total: int | None = None
    """Size of the whole file, where a part of it was asked for and the Hub says so."""

    next: str | None = None
    """Address of the next page."""


LOGIN = "run `hf auth login`, or set HF_TOKEN"
DISABLED = (Why.REFUSED, "it is disabled by the Hub", "ask its author, or take another source")
GATED = "gated: the terms at the Hub must be accepted; nothing of it could be read"


class Hub:
    """The Hub for one run."""

    def __init__(
        self,
        endpoint: str,
        token: str | None = None,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Say where the Hub is and who asks; nothing is sent yet."""
        self._endpoint, self._token = endpoint.rstrip("/"), token
        self._limits, self._sleep = limits or Limits(), sleep
        self._end = time.monotonic() + self._limits.seconds
        self._silent = 0
        self.requests = self.bytes = 0
        """Spent so far."""

    @property
    def endpoint(self) -> str:
        """The address of the Hub; it may hold a name and is never shown."""
        return self._endpoint

    def info(self, source: HubSource) -> Info:
        """Return what the Hub says of a repository.

        Raises:
            Unanswered: it says nothing, or nothing that can be believed.
        """
        revision = f"/revision/{quote(source.revision, safe='')}" if source.revision else ""
        asked = "&".join(f"expand={name}" for name in ("sha", "gated", "private", "disabled"))
        answer = self.get(f"{self._endpoint}/api/models/{source.id}{revision}?{asked}", limit=INFO_LIMIT)
        try:
            return read_info(answer.data, source)
        except Refused as refused:
            raise _lie(refused) from None

    def files(self, info: Info) -> Listing:
        """Return the list of a repository's files at its commit.

        Raises:
            Unanswered: there is none that can be believed.
        """
        url: str | None = (
            f"{self._endpoint}/api/models/{info.id}/tree/{info.commit}?recursive=true&expand=false"
        )
        items: list[Any] = []
        left: tuple[Unread, ...] = ()
        while url is not None:
            answer = self.get(url, limit=PAGE_LIMIT)
            try:
                items += read_page(answer.data)
            except Refused as refused:
                raise _lie(refused) from None
            before, url = url, _joined(url, answer.next) if answer.next else None
            reason = self._no_next(before, url, len(items))
            if reason:
                left, url = (
                    (Unread(path=".", reason=f"the Hub's list of files was not read to its end: {reason}"),),
                    None,
                )
        found = listed(items[:MAX_LISTED])
        return Listing(entries=found.entries, unread=(*found.unread, *left))

    def _no_next(self, before: str, url: str | None, count: int) -> str | None:
        """Return why the next page is not asked for, where there is one that should not be."""
        if url is None:
            return f"it has more than {MAX_LISTED:,} entries" if count > MAX_LISTED else None
        if _origin(url) != _origin(self._endpoint):
            return "its next page lies somewhere else"
        if url == before or count >= MAX_LISTED:
            return f"it has more than {MAX_LISTED:,} entries, or no end"
        return None

    def file(self, info: Info, entry: Entry, limit: int) -> bytes:
        """Return a whole file of a repository.

        Raises:
            Unanswered: it was not given, or is longer than the limit.
        """
        return self.get(self._address(info, entry), limit=limit).data

    def part(self, info: Info, entry: Entry, begin: int, count: int) -> bytes:
        """Return some bytes of a file of a repository.

        Raises:
            Unanswered: they were not given, or the Hub now states another size of the file.
        """
        count = min(count, entry.size - begin)
        answer = self.get(self._address(info, entry), limit=count, begin=begin)
        if answer.total not in {None, entry.size} or len(answer.data) != count:
            raise Unanswered(Why.LIE, "the Hub gave another part of it than was asked for, or another file")
        return answer.data

    def _address(self, info: Info, entry: Entry) -> str:
        from huggingface_hub import hf_hub_url

        return hf_hub_url(info.id, entry.path, revision=info.commit, endpoint=self._endpoint)

    def get(self, url: str, *, limit: int, begin: int | None = None) -> Answer:
        """Ask for an address, several times if need be, and return at most ``limit`` bytes.

        Args:
            url: On the Hub.
            limit: Bytes; a longer answer is none, unless a part was asked for.
            begin: First byte, where only a part is wanted.

        Raises:
            Unanswered: with the reason.
        """
        if self._silent >= SILENT:
            raise Unanswered(Why.SILENT, "was not asked for: the Hub did not answer the questions before")
        failed = _Again("")
        for attempt in range(self._limits.tries):
            if attempt:
                self._wait(failed, attempt)
            try:
                answer = self._asked(url, limit, begin)
            except _Again as again:
                failed = again
            except Unanswered:
                self._silent = 0
                raise
            else:
                self._silent = 0
                return answer
        self._silent += 1
        raise Unanswered(
            Why.SILENT,
            f"the Hub {failed.reason} {_times(self._limits.tries)}",
            "look at the network and at HF_ENDPOINT, or try again later",
        )

    def _wait(self, failed: _Again, attempt: int) -> None:
        """Pause before the next try, as long as the Hub asks for within reason."""
        pause = failed.wait if failed.wait is not None else self._limits.pause * 2 ** (attempt - 1)
        if pause > self._limits.longest_pause:
            self._silent += 1
            reason = f"the Hub {failed.reason} and asks to wait for {pause:,.0f} seconds"
            raise Unanswered(Why.SILENT, reason, "try again later")
        self._in_time(pause)
        self._sleep(pause)

    def _in_time(self, seconds: float = 0.0) -> float:
        """Return the seconds that are left of the run."""
        left = self._end - time.monotonic()
        if left <= seconds:
            raise Unanswered(
                Why.SILENT,
                f"was not asked for: the time limit of {self._limits.seconds:,.0f} seconds is reached",
            )
        return left

    def _asked(self, url: str, limit: int, begin: int | None) -> Answer:
        """Ask once, following redirects; the token stays behind where they leave the Hub."""
        for _ in range(MAX_REDIRECTS + 1):
            if self.requests >= self._limits.requests:
                raise Unanswered(
                    Why.SILENT,
                    f"was not asked for: the limit of {self._limits.requests:,} requests is reached",
                )
            self.requests += 1
            found = self._once(url, limit, begin)
            if isinstance(found, Answer):
                return found
            url = _redirected(url, found)
        raise Unanswered(Why.LIE, "the Hub leads from one place to the next without an end")

    def _once(self, url: str, limit: int, begin: int | None) -> Answer | str:
        """Return the answer to one request, or the address that it leads to."""
        import httpx2  # huggingface_hub's own client, and installed with it
        from huggingface_hub import close_session, get_session

        end = time.monotonic() + min(self._limits.answer_seconds, self._in_time())
        late = threading.Event()

        def stop() -> None:
            late.set()
            close_session()

        timer = threading.Timer(max(end - time.monotonic(), 0), stop)
        timer.daemon = True
        timer.start()
        try:
            with get_session().stream(
                "GET",
                url,
                headers=self._headers(url, limit, begin),
                follow_redirects=False,
                timeout=self._limits.idle_seconds,
            ) as response:
                return self._judged(response, limit, begin, end)
        except httpx2.TimeoutException:
            raise _Again("did not answer in time") from None
        except httpx2.ConnectError:
            raise _Again("could not be reached") from None
        except (httpx2.NetworkError, httpx2.RemoteProtocolError):
            raise _Again("did not answer in time" if late.is_set() else "broke off its answer") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, RuntimeError, ValueError, OSError) as error:
            if late.is_set():
                raise _Again("did not answer in time") from None
            # Their words may hold the address, and with it a name.
            raise Unanswered(Why.LIE, f"the Hub cannot be asked for it ({type(error).__name__})") from None
        finally:
            timer.cancel()

    def _headers(self, url: str, limit: int, begin: int | None) -> Mapping[str, str]:
        headers = {"user-agent": f"modelscan-audit/{__version__}", "accept-encoding": "identity"}
        if self._token is not None and _origin(url) == _origin(self._endpoint):
            headers["authorization"] = f"Bearer {self._token}"
        if begin is not None:
            headers["range"] = f"bytes={begin}-{begin + limit - 1}"
        return headers

    def _judged(self, response: Any, limit: int, begin: int | None, end: float) -> Answer | str:  # noqa: ANN401  the client's own type
        status = response.status_code
        if status in REDIRECTS and "location" in response.headers:
            return str(response.headers["location"])
        if status in PASSING:
            raise _Again(f"answered {status}", _asked_to_wait(response.headers))
        if status not in {200, 206}:
            raise _refusal(status, response.headers)
        total = _begins(status, response.headers, begin)
        data = self._received(response, limit, end, cut=begin is not None and status == 200)  # noqa: PLR2004
        return Answer(data=data, total=total, next=response.links.get("next", {}).get("url"))

    def _received(self, response: Any, limit: int, end: float, *, cut: bool) -> bytes:  # noqa: ANN401  the client's own type
        """Return the bytes of an answer; one that is longer than allowed is cut, or is none."""
        stated = response.headers.get("content-length", "")
        too_long = Unanswered(
            Why.LIE, f"the Hub's answer is longer than the {limit:,} bytes that were to come"
        )
        if stated.isdigit() and int(stated) > limit and not cut:
            raise too_long
        data = bytearray()
        for piece in response.iter_raw(PIECE):
            data += piece
            self.bytes += len(piece)
            if self.bytes > self._limits.bytes:
                raise Unanswered(
                    Why.SILENT, f"was not read: the limit of {self._limits.bytes:,} bytes is reached"
                )
            if len(data) > limit and not cut:
                raise too_long
            if len(data) >= limit and cut:
                break
            if time.monotonic() > end:
                raise _Again("did not answer in time")
        return bytes(data[:limit])


def _times(number: int) -> str:
    return {1: "once", 2: "twice", 3: "three times"}.get(number, f"{number} times")


def _lie(refused: Refused) -> Unanswered:
    return Unanswered(Why.LIE, f"the Hub was asked, and {refused.reason}")


def _origin(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    with contextlib.suppress(ValueError):
        return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, "", None


def _joined(url: str, other: str) -> str:
    """Return where an address that the Hub gave leads from another one; nowhere, if it is none."""
    with contextlib.suppress(ValueError):
        return urljoin(url, other)
    return ""


def _redirected(url: str, location: str) -> str:
    target = _joined(url, location)
    scheme = urlsplit(target).scheme
    if scheme != "https" and (scheme != "http" or urlsplit(url).scheme != "http"):
        raise Unanswered(Why.LIE, "the Hub leads to a place that is not asked: no safe connection")
    return target


_RESET = re.compile(r"\br\s*=\s*0\s*;\s*t\s*=\s*(\d{1,9})")


def _asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that the Hub asks to wait: ``Retry-After``, or the reset of its rate limit."""
    after = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", after):
        return float(after)
    reset = _RESET.search(headers.get("ratelimit", ""))
    return float(reset[1]) if reset else None


_SPAN = re.compile(r"bytes (\d{1,20})-(\d{1,20})/(\d{1,20}|\*)")


def _begins(status: int, headers: Mapping[str, str], begin: int | None) -> int | None:
    """Check that an answer begins where it was asked to, and return the size of the whole file."""
    if status == 200:  # noqa: PLR2004  all of it
        if begin:
            raise Unanswered(Why.LIE, "the Hub gives no parts of files")
        return None
    span = _SPAN.fullmatch(headers.get("content-range", ""))
    if span is None or begin is None or int(span[1]) != begin:
        raise Unanswered(Why.LIE, "the Hub gave another part of it than was asked for, or another file")
    return None if span[3] == "*" else int(span[3])


_DISABLED = "Access to this resource is disabled."
_BAD_TOKEN = re.compile(r"invalid (?:credentials|user(?:name)? token|token)", re.IGNORECASE)

_CODES: Mapping[str, tuple[Why, str, str]] = {
    "GatedRepo": (
        Why.GATED,
        GATED,
        f"accept the terms at the model's page on the Hub with your account, then {LOGIN}",
    ),
    "RevisionNotFound": (
        Why.MISSING,
        "there is no such revision of it on the Hub",
        "check the part behind the @",
    ),
    "EntryNotFound": (Why.MISSING, "the Hub lists it and does not have it", "try again later"),
    "RepoNotFound": (
        Why.MISSING,
        "there is no such model on the Hub, or it is private",
        f"check the name; for a private model, {LOGIN}",
    ),
}
"""What the Hub means, by its header ``X-Error-Code`` (huggingface_hub, ``hf_raise_for_status``)."""


def _refusal(status: int, headers: Mapping[str, str]) -> Unanswered:
    """Return what a status of refusal means, by the Hub's own words where it says more."""
    code, message = headers.get("x-error-code", ""), headers.get("x-error-message", "")
    if code in _CODES:
        return Unanswered(*_CODES[code])
    if message == _DISABLED:
        return Unanswered(*DISABLED)
    if status == 401 and _BAD_TOKEN.search(message):  # noqa: PLR2004
        return Unanswered(Why.REFUSED, "the Hub does not accept the token of your login", LOGIN)
    found = _STATUSES.get(status, (Why.LIE, f"the Hub answered {status}", "try again later"))
    return Unanswered(*found)


_STATUSES: Mapping[int, tuple[Why, str, str]] = {
    401: _CODES["RepoNotFound"],
    403: (Why.REFUSED, "the Hub refuses access to it", f"use a login that may read it: {LOGIN}"),
    404: _CODES["RepoNotFound"],
    451: (Why.REFUSED, "it is withheld for legal reasons", "ask its author"),
}


@contextmanager
def opened_hub(limits: Limits | None = None) -> Iterator[Hub]:
    """Give the Hub of the user's own settings (``HF_ENDPOINT``, ``HF_TOKEN`` or login) for one run.

    Raises:
        UsageError: these settings forbid it.
    """
    try:
        from huggingface_hub import close_session, constants
    except ValueError:
        advice = "look at the variables HF_ENDPOINT, HF_HUB_ETAG_TIMEOUT and HF_HUB_DOWNLOAD_TIMEOUT"
        raise UsageError("a setting of huggingface_hub cannot be read", advice=advice) from None
    if constants.is_offline_mode():
        raise UsageError(
            "HF_HUB_OFFLINE is set (or TRANSFORMERS_OFFLINE), so nothing can be looked up on the Hub",
            advice="unset it, or leave out --online and hf: addresses",
        )
    if not re.match(r"https?://", constants.ENDPOINT):
        raise UsageError(
            "HF_ENDPOINT is no address", advice="unset it, or set it to an address with https://"
        )
    try:
        yield Hub(constants.ENDPOINT, _token(constants), limits)
    finally:
        close_session()


def _token(constants: "ModuleType") -> str | None:
    """Return the token of the user's login, if there is one that can be sent.

    Raises:
        UsageError: there is one that cannot; it is never shown.
    """
    from huggingface_hub import get_token

    if constants.HF_HUB_DISABLE_IMPLICIT_TOKEN:
        return None
    try:
        token = get_token()
    except Exception as error:  # noqa: BLE001  a login has many ways to fail, and their words may hold it
        raise UsageError(
            f"your login at the Hub cannot be used ({type(error).__name__})", advice=LOGIN
        ) from None
    if token and not re.fullmatch(r"[!-~]+", token):
        raise UsageError("your token for the Hub holds characters that no token has", advice=LOGIN)
    return token or None
