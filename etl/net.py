"""Asking publishers over the network: only known hosts, only https, within limits of size and time.

A key travels in the query only. It is in no message, no report and no log: errors name host and path, and the
connection logs that print whole addresses are kept quiet.
"""

import logging
import os
import queue
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import NoReturn, Self, TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Retry
from urllib3.connectionpool import ConnectionPool

from crossings.errors import N_, CrossingsError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
AGENT = "crossings/0.1 (official visitor statistics; https only)"
ANSWERED = 200
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
FORBIDDEN = frozenset({401, 403})
SERVER_ERROR = 500
MOST_REDIRECTS = 6
MOST_SECONDS_TOLD = 86_400.0
SHORTEST_SECONDS, LONGEST_SECONDS = 0.01, 600.0
LOGS_WITH_ADDRESSES = ("urllib3.connectionpool", "urllib3.util.retry")
TIMEOUTS = (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
CHARSETS = ("utf-8-sig", "cp932", "cp949")
KOREAN = ("utf-8-sig", "cp949")
T = TypeVar("T")


class NotAllowed(CrossingsError):
    """An address leads to a host or a scheme that is not on the list."""


class Unreachable(CrossingsError):
    """A publisher did not answer, or broke off."""


class Refused(CrossingsError):
    """A publisher answered with an error."""


class TooLarge(CrossingsError):
    """An answer is larger than any real one."""


class TooSlow(CrossingsError):
    """An answer did not end in time."""


@dataclass(frozen=True)
class Service:
    """Where a publisher answers: the address, the variable that moves it, and the path below a bare host."""

    name: str
    address: str
    variable: str


@dataclass(frozen=True)
class Limits:
    """What one request may take; seconds_in_all counts its repetitions too."""

    megabytes: float = 40
    connect_seconds: float = 8
    read_seconds: float = 10
    seconds_in_all: float = 30
    attempts: int = 3
    pause_seconds: float = 0.5


@dataclass(frozen=True)
class Answer:
    """A publisher's answer: the bytes, the address without its query, the status and the publisher's day."""

    content: bytes
    address: str
    status: int
    day: date


class Patience(Retry):
    """urllib3's repetition of what may succeed a second time, but no time-out, and no wait longer than ours."""

    longest_wait_seconds = 10.0

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if isinstance(error, urllib3.exceptions.TimeoutError):
            raise error
        wait = self.get_retry_after(response) if response else None
        if wait and wait > self.longest_wait_seconds and _pool is not None:
            raise urllib3.exceptions.MaxRetryError(_pool, url or "")
        return super().increment(method, url, response, error, _pool, _stacktrace)


class CutShort(requests.ConnectionError):
    """An answer ended before its end."""


def _session() -> requests.Session:
    patience = Patience(
        total=Limits.attempts - 1,
        redirect=False,
        status_forcelist=BUSY | set(range(500, 600)),
        backoff_factor=Limits.pause_seconds,
        raise_on_status=False,
    )
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=patience))
    session.mount("http://", HTTPAdapter(max_retries=patience))
    return session


@dataclass
class Client:
    """One connection to one publisher; hosts lists where it may be led."""

    hosts: frozenset[str]
    limits: Limits = field(default_factory=Limits)
    session: requests.Session = field(default_factory=_session)
    asked: list[str] = field(default_factory=list)

    def get(
        self, address: str, params: Mapping[str, str] | None = None, *, any_status: bool = False
    ) -> Answer:
        """Ask for an address, again where that may help. Raises NotAllowed, Unreachable, Refused, TooLarge, TooSlow.

        any_status hands over the body of an error answer that stays one, where it has a body.
        """
        self._allow(address)
        for name in LOGS_WITH_ADDRESSES:
            logging.getLogger(name).setLevel(logging.ERROR)
        self.session.trust_env = urlsplit(address).hostname not in LOOPBACK
        ends = time.monotonic() + self.limits.seconds_in_all
        self.asked.append(shown(address))
        return _in_time(lambda: self._answer(address, dict(params or {}), ends, any_status), ends, address)

    def _answer(self, address: str, params: dict[str, str], ends: float, any_status: bool) -> Answer:
        """Ask, once more where the body was cut short; urllib3's Retry repeats what failed before any body came."""
        for last in (False, True):
            try:
                answer, wait = self._follow(address, params, ends)
                break
            except TIMEOUTS:
                raise _too_slow(address) from None
            except CutShort as fault:
                if last:
                    raise _unreachable(address, fault) from None
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as fault:
                raise _unreachable(address, fault) from None
        if answer.status == ANSWERED or (any_status and answer.content.strip()):
            return answer
        raise _refused(answer, address, wait)

    def _follow(self, address: str, params: dict[str, str], ends: float) -> tuple[Answer, float]:
        """Follow redirects by hand, each held against the list of hosts."""
        for _ in range(MOST_REDIRECTS):
            response = self.session.get(
                address,
                params=params,
                stream=True,
                allow_redirects=False,
                timeout=(self.limits.connect_seconds, self.limits.read_seconds),
                headers={"User-Agent": AGENT, "Accept-Encoding": "identity"},
            )
            with response:
                if response.status_code not in REDIRECTS:
                    content = self._body(response, ends, address)
                    answer = Answer(content, shown(address), response.status_code, _day(response))
                    return answer, _wait(response)
                address, params = _joined(address, response.headers.get("Location", "")), {}
                self._allow(address)
        raise Unreachable(
            N_("{host} redirects the request in a loop. Try again later."),
            host=_host(address),
        )

    def _body(self, response: requests.Response, ends: float, address: str) -> bytes:
        limit = int(self.limits.megabytes * 1_000_000)
        told = response.headers.get("Content-Length", "")
        parts: list[bytes] = []
        size = int(told) if told.isdigit() and int(told) > limit else 0
        while size <= limit:
            if time.monotonic() > ends:
                raise _too_slow(address)
            part = response.raw.read1(65_536)
            if not part:
                _whole(told, size, address)
                unpacked = _unpacked(b"".join(parts), response, limit)
                return self._too_large(address) if unpacked is None else unpacked
            parts.append(part)
            size += len(part)
        return self._too_large(address)

    def _too_large(self, address: str) -> NoReturn:
        raise TooLarge(
            N_("The response of {host} is larger than {limit} MB and was stopped. Try again later."),
            host=_host(address),
            limit=self.limits.megabytes,
        )

    def _allow(self, address: str) -> None:
        parts = _parts(address)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if not safe or parts.hostname not in self.hosts:
            raise NotAllowed(
                N_(
                    "The address leads to {host} ({scheme}), which is not on the list of publishers. Nothing was read "
                    "from there."
                ),
                host=parts.hostname or "-",
                scheme=parts.scheme or "-",
            )


def _joined(address: str, location: str) -> str:
    """Return where a redirect leads; nowhere where it cannot be read."""
    try:
        return urljoin(address, location)
    except ValueError:
        return ""


def client(service: Service, *, limits: Limits | None = None) -> Client:
    """Return a connection to a publisher: its own host, or the one its variable names."""
    hosts = frozenset({urlsplit(bases(service)[0]).hostname or ""})
    return Client(hosts, limits or limits_from_environment())


def limits_from_environment() -> Limits:
    """Return the limits; CROSSINGS_TIMEOUT_SECONDS, at most ten minutes, shortens or lengthens the time of a request."""
    try:
        seconds = float(os.environ.get("CROSSINGS_TIMEOUT_SECONDS", ""))
    except ValueError:
        return Limits()
    if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        return Limits()
    return Limits(
        connect_seconds=seconds,
        read_seconds=seconds,
        seconds_in_all=4 * seconds,
    )


def bases(service: Service) -> list[str]:
    """Return where to ask: the publisher's address, or the one set by the variable.

    A variable that names only a host stands for that host with the publisher's own path, and then for its root.
    Raises NotAllowed for anything but https, or http on this machine.
    """
    named = os.environ.get(service.variable, "").strip()
    if not named:
        return [service.address]
    parts = _parts(named)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise NotAllowed(
            N_(
                "{variable} must be an https address; http is accepted for this computer only. Correct it"
                " and start again."
            ),
            variable=service.variable,
        )
    bare = named.rstrip("/")
    return [bare + urlsplit(service.address).path, named] if parts.path in ("", "/") else [named]


def _parts(address: str) -> SplitResult:
    """Return an address's parts; those of one that is none are empty, so that it is on no list."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def under(base: str, operation: str) -> str:
    """Return an operation's address below a base."""
    return f"{base.rstrip('/')}/{operation}"


def shown(address: str) -> str:
    """Return an address as it may be shown: without query, fragment, user and password."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"


def text_of(content: bytes, *, name: str, charsets: tuple[str, ...] = CHARSETS) -> str:
    """Return an answer's text; UTF-8 first, then the old Japanese and Korean character sets. Raises Refused."""
    for charset in charsets:
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    raise Refused(
        N_("The response of {host} is in an unknown character set. Try again later."),
        host=name,
    )


def _in_time(call: Callable[[], T], ends: float, address: str) -> T:
    """Run a call beside the clock, so that headers sent drop by drop end too."""
    results: queue.Queue[T | BaseException] = queue.Queue()

    def run() -> None:
        try:
            results.put(call())
        except BaseException as fault:  # handed over to the waiting thread
            results.put(fault)

    threading.Thread(target=run, daemon=True).start()
    try:
        result = results.get(timeout=max(0.0, ends - time.monotonic()) + 1.0)
    except queue.Empty:
        raise _too_slow(address) from None
    if isinstance(result, BaseException):
        raise result
    return result


def _whole(told: str, size: int, address: str) -> None:
    if told.isdigit() and size < int(told):
        raise CutShort("cut short")


def _unpacked(content: bytes, response: requests.Response, limit: int) -> bytes | None:
    """Return an answer as it was before it was packed for the way, or None where it is larger than the limit."""
    if response.headers.get("Content-Encoding", "").lower() not in ("gzip", "deflate"):
        return content
    whole = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        unpacked = whole.decompress(content, limit)
    except zlib.error:
        raise CutShort("cut short") from None
    if not whole.unconsumed_tail and not whole.eof:
        raise CutShort("cut short")
    return unpacked if whole.eof else None


def _day(response: requests.Response) -> date:
    """Return the publisher's day, so that a wrong clock here does not date a figure."""
    try:
        return (parsedate_to_datetime(response.headers["Date"]) + timedelta(hours=9)).date()
    except (KeyError, ValueError, TypeError, OverflowError):
        return datetime.now().astimezone().date()


def _wait(response: requests.Response) -> float:
    told = response.headers.get("Retry-After", "")
    try:
        if told.isdecimal():
            return min(float(told), MOST_SECONDS_TOLD)
        return max(0.0, (parsedate_to_datetime(told) - datetime.now().astimezone()).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _host(address: str) -> str:
    return urlsplit(address).hostname or "-"


def _unreachable(address: str, fault: object) -> Unreachable:
    return Unreachable(
        N_(
            "{host} cannot be reached or the connection was interrupted ({kind}). Check the "
            "connection and the proxy, then try again."
        ),
        host=_host(address),
        kind=type(fault).__name__,
    )


def _too_slow(address: str) -> TooSlow:
    return TooSlow(
        N_("{host} did not respond in time. Try again later."),
        host=_host(address),
    )


def _refused(answer: Answer, address: str, wait: float) -> Refused:
    status = answer.status
    if status in BUSY:
        return Refused(
            N_("{host} asks to wait ({status}; {seconds} seconds). Try again later."),
            host=_host(address),
            status=status,
            seconds=int(wait),
        )
    if status in FORBIDDEN:
        return Refused(
            N_(
                "{host} refuses the request ({status}): it may not accept this network or requests from "
                "programs. Try from another network."
            ),
            host=_host(address),
            status=status,
        )
    if status >= SERVER_ERROR:
        return Refused(
            N_("{host} reports a server error ({status}). Try again later."),
            host=_host(address),
            status=status,
        )
    return Refused(
        N_(
            "{host} returned the error {status} for {path}. The address may have changed: check for a "
            "newer version of the app."
        ),
        host=_host(address),
        status=status,
        path=urlsplit(address).path,
    )
