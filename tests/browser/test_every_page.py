"""Every page in every language: it opens whole, fits a laptop's screen, and in Korean also small screens."""

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.tab import LAPTOP, LONG_PAGES, Tab
from tests.pages.opened import CODES, PAGES

pytestmark = pytest.mark.browser

SMALL_SCREENS = (
    ViewportSize(width=683, height=384),
    ViewportSize(width=360, height=740),
)  # 200 per cent, phone
TWO_LINES = 45
WITH_A_MAIN_CHART = ("overview", "milestone", "track_record", "scenario", "border")
# The height of a page without its closed folds and without the foot below the last of them.
HEIGHT = """(() => {
    const page = document.querySelector('[data-testid=stMainBlockContainer]');
    const wide = [...page.querySelectorAll('[data-testid=stExpander]')].map((fold) => [fold, fold.getBoundingClientRect()])
        .filter(([fold, box]) => box.width > 0.7 * page.clientWidth && !fold.querySelector('details[open]'));
    const folds = wide.reduce((sum, [, box]) => sum + box.height + 16, 0);
    const last = Math.max(0, ...wide.map(([, box]) => box.bottom));
    const foot = last ? page.getBoundingClientRect().top + page.scrollHeight - last : 0;
    return page.scrollHeight - folds - foot;
})()"""


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("page", PAGES)
def test_it_opens_whole_and_fits_the_screen(address: str, tab: Tab, page: str, code: str) -> None:
    tab.page.set_viewport_size(LAPTOP)
    tab.open(address, page, lang=code)
    _whole(tab, code)
    if page not in LONG_PAGES:
        _two_screens_long(tab, chart=page in WITH_A_MAIN_CHART)
    if code == "ko":
        _not_wider_than_small_screens(tab)


def _whole(tab: Tab, code: str) -> None:
    assert tab.page.evaluate("document.documentElement.lang") == code
    assert tab.page.get_by_test_id("stException").count() == 0
    assert tab.page.get_by_test_id("stAlertContentError").count() == 0
    assert tab.answer
    for chart in tab.charts().all():
        assert (chart.get_attribute("aria-label") or "").strip()
    assert "undefined" not in tab.page.get_by_role("main").inner_text()


def _two_screens_long(tab: Tab, *, chart: bool) -> None:
    """Check a page's length, and that its first screen shows a short head and half of the main chart."""
    assert tab.box("[data-testid=stCaptionContainer]")["height"] < TWO_LINES
    if chart:
        box = tab.box("[data-testid=chart]")
        assert box["y"] + box["height"] / 2 <= LAPTOP["height"]
    assert tab.page.evaluate(HEIGHT) <= 2 * LAPTOP["height"]


def _not_wider_than_small_screens(tab: Tab) -> None:
    main = "document.querySelector('[data-testid=stMain]')"
    for screen in SMALL_SCREENS:
        tab.page.set_viewport_size(screen)
        tab.page.wait_for_function("width => innerWidth === width", arg=screen["width"])
        tab.settle()
        tab.page.wait_for_function(f"{main}.scrollWidth <= {main}.clientWidth")
