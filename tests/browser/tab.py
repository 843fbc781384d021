"""One browser tab as a reader uses it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Download,
    FloatRect,
    Locator,
    Request,
    ViewportSize,
    WebSocketRoute,
    expect,
)

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
STILL = """() => {
    const charts = [...document.querySelectorAll('[data-testid=chart]')];
    const now = charts.every(chart => chart.querySelector('svg, canvas'))
        && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
        ? document.querySelector('[data-testid=stMain]').innerHTML.length : 0;
    const still = now > 0 && window.lengthBefore === now;
    window.lengthBefore = now;
    return still;
}"""
ANSWERED = """() => window.lastReceived >= window.lastSent"""
WATCHED = """
    [window.lastSent, window.lastReceived] = [0, 0];
    window.WebSocket = class extends window.WebSocket {
        constructor(...asked) {
            super(...asked);
            this.addEventListener("message", () => { window.lastReceived = performance.now(); });
        }
        send(message) {
            window.lastSent = performance.now();
            super.send(message);
        }
    };
"""
LIMIT = 60_000
LAPTOP = ViewportSize(width=1366, height=768)
LONG_PAGES = ("history", "abroad")
expect.set_options(timeout=LIMIT)


class Tab:
    """A tab with what it asked for beyond this machine (abroad) and what it complained about (errors)."""

    def __init__(self, browser: Browser, *, locale: str = "en-GB") -> None:
        self.context = _context(browser, locale)
        self.page = self.context.new_page()
        self.page.set_default_timeout(LIMIT)
        self.abroad: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda fault: self.errors.append(str(fault)))

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.abroad.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        # On a deep link the front end first looks for its server below the page's own address.
        searching = "/_stcore/" in message.location.get("url", "")
        if message.type == "error" and not searching:
            self.errors.append(f"{message.text} {message.location}")

    def open(self, address: str, page: str = "overview", **query: str) -> None:
        """Follow a link to a page and wait until it is finished."""
        path = "" if page == "overview" else page
        self.page.goto(f"{address}/{path}" + ("?" + urlencode(query) if query else ""))
        self.page.get_by_role("heading", level=1).wait_for()
        self.settle()

    @contextmanager
    def slow_line(self) -> Iterator[Callable[[], None]]:
        """Open pages over a line whose answers can be held back: from a call of what is yielded to the end of the block."""
        held: list[tuple[WebSocketRoute, str | bytes]] = []
        holding: list[bool] = []

        def hand_on(browser: WebSocketRoute) -> None:
            browser.connect_to_server().on_message(
                lambda message: held.append((browser, message)) if holding else browser.send(message)
            )

        self.page.route_web_socket("**/_stcore/stream", hand_on)
        yield lambda: holding.append(True)
        self.page.wait_for_timeout(1_800)  # how long the line is slow
        holding.clear()
        for browser, message in held:
            browser.send(message)

    def settle(self) -> None:
        """Wait until what was asked is answered, the script has run, every chart is drawn and nothing moves any more."""
        self.page.wait_for_function(ANSWERED, polling=50)
        self.page.wait_for_selector(SETTLED)
        self.page.evaluate("window.lengthBefore = -1")
        self.page.wait_for_function(STILL, polling=200)
        self.page.wait_for_selector(SETTLED)

    @property
    def title(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def answer(self) -> str:
        """Return the page's answer."""
        return self.page.get_by_role("heading", level=3).first.inner_text()

    @property
    def query(self) -> str:
        return urlsplit(self.page.url).query

    def charts(self) -> Locator:
        """Return every chart drawn."""
        return self.page.get_by_test_id("chart")

    def box(self, selector: str) -> FloatRect:
        """Return where the first such element stands."""
        found = self.page.locator(selector).first.bounding_box()
        assert found is not None
        return found

    def drawn(self) -> list[str]:
        """Return what every chart draws."""
        return [chart.inner_html() for chart in self.charts().all()]

    def beside(self, *, locale: str) -> "Tab":
        """Return another tab of the same browser whose reader prefers another language."""
        assert self.context.browser is not None
        return Tab(self.context.browser, locale=locale)

    def download(self, button: Locator) -> Download:
        """Press a button and wait for its file."""
        with self.page.expect_download() as arriving:
            button.click()
        return arriving.value

    def close(self) -> None:
        self.page.close()


@lru_cache(maxsize=8)
def _context(browser: Browser, locale: str) -> BrowserContext:
    """Return a reader's profile, shared by the tabs of a test worker: what it has loaded once it need not load again."""
    context = browser.new_context(
        locale=locale, viewport={"width": 1440, "height": 1000}, accept_downloads=True
    )
    context.add_init_script(WATCHED)
    return context
