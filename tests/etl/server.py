"""A local HTTP server that answers as the publishers do, well or badly."""

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PAGE = "/statistics/data/visitors-statistics/"
BOOK = "/statistics/data/_files/20261021_1615-5.xlsx"
GATEWAY = "/B551940/EdrcntTourismStatsService/getEdrcntTourismStatsList"
LEGACY = "/openapi/service/EdrcntTourismStatsService/getEdrcntTourismStatsList"
FRONT_PAGE, DOWNLOAD = "/datalab/portal/main/getMainForm.do", "/common/board/Download.do"
RATES = "/stats/eurofxref/eurofxref-hist.zip"


class Request(BaseHTTPRequestHandler):
    """One request: its query, and ways to answer it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Publisher"
    clock: str | None = None

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.routes.get(urlsplit(self.path).path)
        try:
            if answer is None:
                self.reply(b"not here", status=404)
            else:
                answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_CONNECT(self) -> None:
        """Note which host a proxy is asked for, and refuse."""
        self.server.asked.append(self.path)
        self.reply(b"", status=403)

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

    def reply(self, content: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response_only(status)
        day = self.date_time_string() if self.clock is None else self.clock
        for name, value in {
            "Content-Length": str(len(content)),
            **({"Date": day} if day else {}),
            **headers,
        }.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


Reply = Callable[[Request], None]


class Publisher(ThreadingHTTPServer):
    """The server: routes by path, and the addresses that were asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.routes: dict[str, Reply] = {}
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def publisher() -> Iterator[Publisher]:
    with Publisher() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def gives(content: bytes | str | Callable[[], bytes], *, status: int = 200, **headers: str) -> Reply:
    """Answer with a content, made when it is first asked for where a function is given."""
    made = cache(content if callable(content) else lambda: content)

    def answer(request: Request) -> None:
        body = made()
        request.reply(body.encode() if isinstance(body, str) else body, status=status, **headers)

    return answer


def gives_json(content: object, *, status: int = 200) -> Reply:
    return gives(json.dumps(content, ensure_ascii=False), status=status)


def in_turn(*replies: Reply) -> Reply:
    """Answer the first request with the first reply, and so on; the last one from then on."""
    left = list(replies)

    def answer(request: Request) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


def hangs(request: Request) -> None:
    time.sleep(3)


def drips(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    for _ in range(60):
        request.wfile.write(b"P")
        request.wfile.flush()
        time.sleep(0.05)


def drips_headers(request: Request) -> None:
    for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 80:
        request.wfile.write(bytes([letter]))
        request.wfile.flush()
        time.sleep(0.05)


def resets(request: Request) -> None:
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.close_connection = True
    request.connection.close()


def breaks_off(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    request.wfile.write(b"PK" + b"x" * 500)
    request.close_connection = True


def endless(request: Request) -> None:
    """Begin an answer of 2 GB without saying how long it is."""
    request.send_response(200)
    request.send_header("Connection", "close")
    request.end_headers()
    for _ in range(2_000):
        request.wfile.write(b"x" * 1_000_000)


def two_gigabytes(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "2000000000")
    request.end_headers()
    request.wfile.write(b"x" * 1_000)


def leads_to(address: str, *, status: int = 302) -> Reply:
    return lambda request: request.reply(b"", status=status, Location=address)


def packed(content: bytes | str) -> Reply:
    """Answer packed for the way, although nobody asked for that."""
    body = content.encode() if isinstance(content, str) else content
    return gives(gzip.compress(body, 1), Content_Encoding="gzip")


def at(day: str, reply: Reply) -> Reply:
    """Answer with another day on the publisher's clock; an empty one leaves the day out."""

    def answer(request: Request) -> None:
        request.clock = day
        reply(request)

    return answer


def page(link: str = BOOK, *, text: str = "国籍/月別 訪日外客数（2003年～2026年）") -> str:
    return (
        "<html><meta charset='utf-8'><h2>時系列推移表</h2>"
        f'<a href="{link}" target="_blank">{text}</a><br>'
        f'<a href="{link.replace("5.xlsx", "4.pdf")}">{text}</a></html>'
    )


def front_page(*months: tuple[str, str]) -> str:
    """Return the data lab's page with its publications: title and file name each, newest first."""
    listed = "".join(
        f'<li><a href="/view.do?a=1"><strong>{title} 한국관광통계 공표</strong></a>'
        f"<a class='down' href='{DOWNLOAD}?bcIdx={at}&amp;cbIdx=1127&amp;streFileNm={name}'>xlsx</a></li>"
        for at, (title, name) in enumerate(months, start=300)
    )
    return f"<html><meta charset='utf-8'><ul>{listed}</ul></html>"
