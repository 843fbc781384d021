"""The server's door, in place before the first reader comes: pages of other origins are not let in, nor frames round it.

Streamlit alone lets in any page of this computer, whatever its port, and asks a host on the internet for its own
address when a foreign page knocks; `ui.screen` takes that question away, and is imported here before the server listens.
"""

import asyncio
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
SECONDS_BETWEEN_RETURNS = 20.0
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


def _c_library() -> ctypes.CDLL | None:
    """Return GNU's C library, which can be told when to give memory back; None where there is another."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        return library
    return None


async def _return_memory() -> None:
    """Let the C library give free memory back to the system, now and again.

    GNU's keeps an arena for each thread and ever larger free blocks, so that a server grows for hours though what it
    holds does not. Returning each block at once would cost every page run; whole free pages are returned together.
    """
    library = _c_library()
    if library is None:
        return
    for option, value in ALLOCATION.items():
        library.mallopt(option, value)
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_RETURNS)
        await asyncio.to_thread(library.malloc_trim, 0)


@asynccontextmanager
async def opened(_: object) -> AsyncIterator[None]:
    """Leave what was imported out of later collections of memory, and give memory back while the server runs."""
    gc.collect()
    gc.freeze()
    returning = asyncio.create_task(_return_memory())
    yield
    returning.cancel()


MIDDLEWARE = (Middleware(Door),)
