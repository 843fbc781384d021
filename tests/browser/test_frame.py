"""What holds around the pages: their index, Back, print, a lost server, sub-paths, the framework's own words."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from tests.browser.server import served
from tests.browser.tab import LAPTOP, LONG_PAGES, Tab

pytestmark = pytest.mark.browser

WITHIN = """width => [...document.querySelectorAll('[data-testid=chart] svg')]
    .every(svg => svg.getBoundingClientRect().right <= width)"""
HASTY = """
    const inGoodTime = window.setInterval;
    window.setInterval = (work, pause, ...given) => inGoodTime(work, pause / 10, ...given);
"""
STANDS_ABOVE = "([id, height]) => document.getElementById(id).getBoundingClientRect().top < height"


@pytest.mark.parametrize("page", LONG_PAGES)
def test_a_long_page_has_an_index_that_leads_to_its_sections(address: str, tab: Tab, page: str) -> None:
    tab.page.set_viewport_size(LAPTOP)
    tab.open(address, page, lang="ko")
    links = tab.page.locator("[data-testid=stMarkdown] a[href^='#']")
    assert links.count() >= 4
    anchor = (links.last.get_attribute("href") or "#").removeprefix("#")
    links.last.click()
    tab.page.wait_for_function(STANDS_ABOVE, arg=[anchor, LAPTOP["height"]])


def arrived(tab: Tab, title: str) -> None:
    """Wait for a page by its title: its address changes before the page does."""
    tab.page.get_by_role("heading", level=1, name=title).wait_for()
    tab.settle()


def test_one_press_of_back_undoes_a_change_of_page_and_forward_returns(address: str, tab: Tab) -> None:
    tab.open(address, lang="en")
    first = tab.title
    tab.page.get_by_role("link", name="Annual visitor forecast").click()
    arrived(tab, "Annual visitor forecast")
    tab.page.get_by_role("slider").first.focus()
    tab.page.keyboard.press("ArrowRight")
    tab.page.wait_for_url(re.compile("mark="))
    tab.settle()
    chosen = parse_qs(urlsplit(tab.page.url).query)["mark"]
    tab.page.go_back()
    arrived(tab, first)
    tab.page.go_forward()
    arrived(tab, "Annual visitor forecast")
    assert parse_qs(urlsplit(tab.page.url).query)["mark"] == chosen
    expect(tab.page.get_by_role("heading", level=3).first).to_contain_text(f"{chosen[0]} million")


def test_a_german_browser_reads_english(address: str, tab: Tab) -> None:
    german = tab.beside(locale="de-DE")
    german.open(address)
    assert german.title == "People-to-people exchange"
    assert "lang=en" in german.query
    german.close()


@pytest.mark.parametrize("page", ["overview", "scenario"])
def test_print_leaves_out_the_menu_and_cuts_nothing(address: str, tab: Tab, page: str) -> None:
    tab.open(address, page, lang="ko")
    charts = tab.charts().count()
    tab.page.set_viewport_size({"width": 718, "height": 1000})  # the width of A4 between its margins
    tab.page.emulate_media(media="print")
    tab.page.wait_for_function(WITHIN, arg=718)
    for kind in ("stTopNavLink", "stTopNavSection", "stMainMenu", "stButton", "stPopover", "stSelectbox"):
        assert not [part for part in tab.page.get_by_test_id(kind).all() if part.is_visible()]
    assert tab.page.get_by_role("heading", level=1).is_visible()
    assert charts
    assert not tab.page.locator("[data-testid=stExpander]:has(> details:not([open])):visible").count()
    columns = tab.page.locator("[data-testid=stHorizontalBlock]:has(> [data-testid=stColumn])")
    displays = columns.evaluate_all("each => each.map(one => getComputedStyle(one).display)")
    assert set(displays) <= {"block"}
    assert len(tab.page.pdf(format="A4")) > 20_000


def test_a_link_to_a_part_of_a_page_shows_it(address: str, tab: Tab) -> None:
    tab.open(address, "milestone", lang="en")
    tab.page.get_by_role("link", name="Public statements and outcomes").click()
    heading = tab.page.get_by_role("heading", name="Public statements and outcomes")
    expect(heading).to_be_in_viewport()
    tab.settle()
    expect(heading).to_be_in_viewport()


def test_a_box_over_an_answer_closes_when_it_has_asked(address: str, tab: Tab) -> None:
    tab.open(address, "milestone", lang="en")
    tab.page.get_by_role("button", name="As of: August 2026").click()
    tab.page.get_by_role("button", name="6 September 2024").first.click()
    expect(tab.page.get_by_text("Public statement, on the data of that day")).to_be_hidden()
    expect(tab.page.get_by_role("heading", level=3).first).to_contain_text("2024")


def test_no_table_offers_a_file_without_unit_and_source(address: str, tab: Tab) -> None:
    tab.open(address, "milestone", lang="en")
    tab.page.get_by_text("Each model separately").click()
    tab.page.get_by_test_id("stTable").first.hover()
    assert tab.page.get_by_test_id("stDataFrame").count() == 0
    assert not [bar for bar in tab.page.get_by_test_id("stElementToolbar").all() if bar.is_visible()]


def test_a_lost_server_is_told_in_the_readers_language_and_found_again(
    browser: Browser, tmp_path: Path
) -> None:
    with served(tmp_path / "log.txt") as app:
        tab = Tab(browser)
        tab.page.add_init_script(HASTY)
        tab.open(app.address, "milestone", lang="ko", mark="17")
        answer = tab.answer
        tab.page.evaluate("window.before = true")
    tab.page.get_by_test_id("serverGone").filter(has_text="앱이 응답하지 않습니다").wait_for(state="visible")
    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    with served(tmp_path / "log.txt", port=urlsplit(app.address).port):
        tab.page.wait_for_function("!window.before")
        tab.page.get_by_role("heading", level=1).wait_for()
        tab.settle()
        assert tab.answer == answer
        assert tab.download(tab.page.get_by_role("button", name="이 페이지를 PDF로 저장")).failure() is None
    tab.close()


def test_a_short_break_of_the_line_costs_nothing(address: str, tab: Tab) -> None:
    tab.page.add_init_script(HASTY)
    tab.open(address, "milestone", lang="ko", mark="17")
    tab.page.evaluate("window.before = true")
    told = tab.page.get_by_test_id("serverGone")
    tab.page.route("**/_stcore/health", lambda route: route.abort())
    told.wait_for(state="visible")
    tab.page.unroute("**/_stcore/health")
    told.wait_for(state="hidden")
    tab.settle()
    assert tab.page.evaluate("window.before")
    tab.errors.clear()  # the browser's words on the answers that did not come


def test_a_tab_whose_connection_broke_for_good_opens_again(address: str, tab: Tab) -> None:
    sockets: list[WebSocketRoute] = []
    tab.page.add_init_script(HASTY)

    def between(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    tab.page.route_web_socket(re.compile("_stcore/stream"), between)
    tab.open(address, "milestone", lang="ko", mark="17")
    answer = tab.answer
    tab.page.evaluate("window.before = true")
    sockets[-1].send(b"\xff\xff\xff")
    tab.page.wait_for_function("!window.before")
    tab.page.get_by_role("heading", level=1).wait_for()
    tab.settle()
    assert tab.answer == answer
    tab.errors.clear()  # the browser's words on the message that nobody can read


def test_links_hold_the_path_the_app_is_served_under(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "log.txt", settings=("--server.baseUrlPath=exchanges",)) as app:
        tab = Tab(browser)
        tab.open(f"{app.address}/exchanges", "milestone", lang="en", mark="15")
        link = tab.page.get_by_role("link", name="Link to this page").get_attribute("href")
        assert link is not None
        assert link.startswith(f"{app.address}/exchanges/milestone?lang=en")
        tab.page.goto(link)
        expect(tab.page.get_by_role("heading", level=3).first).to_contain_text("15 million")
        tab.close()


@pytest.mark.parametrize(
    ("code", "fold", "word"),
    [("ko", "파일 불러오기", "파일 선택"), ("ja", "ファイルの読み込み", "ファイルを選択")],
)
def test_the_frameworks_own_words_are_the_readers(
    address: str, tab: Tab, code: str, fold: str, word: str
) -> None:
    tab.open(address, "sources", lang=code)
    tab.page.get_by_text(fold).first.click()
    uploader = tab.page.locator("[data-testid=stFileUploader]").first
    uploader.get_by_text(word).first.wait_for()
    expect(uploader).not_to_contain_text(re.compile("Upload|per file|Drag"))
    expect(tab.page.locator("[aria-label^='Help for']")).to_have_count(0)
    assert tab.page.evaluate("document.documentElement.lang") == code
