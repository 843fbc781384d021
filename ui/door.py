"""The server's door, in place before the first reader comes: pages of other origins are not let in, nor frames round it.

Streamlit alone lets in any page of this computer, whatever its port, and asks a host on the internet for its own
address when a foreign page knocks; `ui.screen` takes that question away, and is imported here before the server listens.
"""

import ctypes
import gc
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import screen as st

REFUSED = 1008
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # malloc.h
ALLOCATION = {M_ARENA_MAX: 1, M_MMAP_THRESHOLD: 4 * 1024**2, M_TRIM_THRESHOLD: 8 * 1024**2}
SERVER = secrets.token_hex(8)
HEADERS = (
    (b"x-crossings-server", SERVER.encode()),
    (b"content-security-policy", b"frame-ancestors 'self'"),
    (b"referrer-policy", b"same-origin"),
)


def same_origin(headers: dict[bytes, bytes]) -> bool:
    """Say whether a request comes from a page of this app: of the host and port it asks, or an origin of the settings.

    headers: by their names in small letters. Programs other than browsers, which send no origin, are let in.
    """
    origin = headers.get(b"origin")
    if origin is None:
        return True
    named, host = origin.decode("latin-1"), headers.get(b"host", b"").decode("latin-1")
    scheme, _, asked = named.partition("://")
    own = scheme in ("http", "https") and asked == host
    return own or named in st.get_option("server.corsAllowedOrigins")


class Door:
    """Refuses websockets of other origins and tells browsers not to show the app in a frame of another site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket" and not same_origin(dict(scope["headers"])):
            await send({"type": "websocket.close", "code": REFUSED})
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self.app(scope, receive, headed)


def return_memory() -> None:
    """Let the C library give free memory back to the system.

    GNU's keeps an arena for each thread and ever larger free blocks, so that a server grows for hours though what it
    holds does not. Others have no such setting.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        for option, value in ALLOCATION.items():
            library.mallopt(option, value)


@asynccontextmanager
async def opened(_: object) -> AsyncIterator[None]:
    """Leave what was imported out of later collections of memory, which then take less than half as long."""
    return_memory()
    gc.collect()
    gc.freeze()
    yield


MIDDLEWARE = (Middleware(Door),)
