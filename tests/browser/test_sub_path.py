"""The app below a path of a server: pages, pictures and links are found there."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.server import served
from tests.browser.tab import Tab


def test_the_app_works_below_a_path(browser: Browser, tab: Tab, tmp_path: Path) -> None:
    with served(tmp_path / "log", settings=["--server.baseUrlPath=crossings"]) as app:
        below = f"{app.address}/crossings"
        tab.open(below, "overview", lang="en")
        assert tab.page.locator("[data-testid=chart] svg, [data-testid=chart] canvas").count()
        link = tab.page.get_by_role("link", name="Link to this page")
        expect(link).to_have_attribute("href", f"{below}/?lang=en")
        tab.open(below, "scenario", lang="en", levers="lanes~1")
        assert tab.page.locator("[data-testid=chart] svg, [data-testid=chart] canvas").count()
