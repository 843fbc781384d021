"""The Sources page in a real browser: refresh against a publisher on this machine, a file, a typed figure, its removal."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import served
from tests.browser.tab import LIMIT, Tab
from tests.etl import real, server
from tests.etl.server import BOOK, Publisher, Request

pytestmark = pytest.mark.browser
FOR_LONG = 2 * LIMIT


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """A publisher with the next month out, and the committed tables in a folder of this test's own."""
    with server.publisher() as running:
        running.routes = {**real.routes(), server.RATES: server.gives(real.rates())}
        for name in ("JNTO", "DATALAB", "KTO", "KTO_LEGACY", "KOSIS", "ESTAT", "ECB"):
            monkeypatch.setenv(f"CROSSINGS_{name}_URL", running.address)
        monkeypatch.setenv("CROSSINGS_KTO_KEY", "s3cret")
        monkeypatch.setenv("CROSSINGS_TIMEOUT_SECONDS", str(2 * FOR_LONG / 1000))
        monkeypatch.setenv("CROSSINGS_DATA", str(real.place(tmp_path / "data")))
        monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
        yield running


@pytest.fixture
def own_address(browser: Browser, publisher: Publisher, tmp_path: Path) -> Iterator[str]:
    with served(tmp_path / "log.txt") as started:
        yield started.address


def send_figure(tab: Tab, visitors: str) -> None:
    tab.page.get_by_label("Koreans visiting Japan", exact=True).fill(visitors)
    tab.page.get_by_role("button", name="Add the figures").click()


def type_figure(tab: Tab, visitors: str) -> None:
    send_figure(tab, visitors)
    tab.page.get_by_role("heading", name="Added by you until the official figure is published").wait_for()
    tab.settle()


def test_a_typed_figure_is_marked_on_the_overview_until_it_is_removed(own_address: str, tab: Tab) -> None:
    tab.open(own_address, "sources", lang="en")
    expect(tab.page.get_by_label("Koreans visiting Japan", exact=True)).to_be_focused()
    anyway = tab.page.get_by_role("button", name="Add it anyway")
    tab.page.keyboard.type("91,234,500")
    tab.page.keyboard.press("Enter")
    expect(anyway).to_be_visible(timeout=FOR_LONG)
    send_figure(tab, "abc")
    expect(anyway).to_have_count(0, timeout=FOR_LONG)
    type_figure(tab, "812000")
    main = tab.page.get_by_role("main")
    expect(main).to_contain_text("September 2026: available for Koreans visiting Japan", timeout=FOR_LONG)
    tab.open(own_address, "overview", lang="en", flow="KOR-JPN", measure="monthly")
    expect(main).to_contain_text("added by you September 2026")
    expect(main).to_contain_text("September 2026: 0.81 million")
    expect(main).to_contain_text("added by you: Koreans visiting Japan September 2026")
    tab.open(own_address, "sources", lang="en")
    other = tab.beside(locale="en-GB")
    other.open(own_address, "sources", lang="en")
    for one in (tab, other):
        one.page.get_by_role("button", name="Remove").click()
        expect(one.page.get_by_role("button", name="Remove")).to_have_count(0)
    expect(other.page.get_by_role("main")).to_contain_text(
        "There is no figure entered by hand for September 2026"
    )
    other.close()
    tab.open(own_address, "overview", lang="en", flow="KOR-JPN", measure="monthly")
    expect(main).to_contain_text("August 2026: 0.85 million")
    expect(main).not_to_contain_text("added by you")


def test_a_refresh_runs_beside_the_app_and_says_what_it_moved(
    own_address: str, tab: Tab, publisher: Publisher
) -> None:
    go_on = threading.Event()

    def waits(request: Request) -> None:
        go_on.wait(FOR_LONG / 1000)
        server.gives(real.jnto_book())(request)

    publisher.routes[BOOK] = waits
    tab.open(own_address, "sources", lang="en")
    type_figure(tab, "812000")
    tab.page.get_by_role("button", name="Refresh now").click()
    tab.page.get_by_text("Checking JNTO…").wait_for()
    other = tab.beside(locale="en-GB")
    other.open(own_address, lang="en")
    assert "10.12 million" in other.answer
    other.close()
    go_on.set()
    main = tab.page.get_by_role("main")
    expect(main).to_contain_text("New figures were added.", timeout=FOR_LONG)
    expect(main).to_contain_text("Effect of the new figures on the forecast", timeout=FOR_LONG)
    expect(main).to_contain_text(
        re.compile(r"Visitors in both directions in 2026: central forecast"), timeout=FOR_LONG
    )
    expect(main).to_contain_text("The latest data in both directions are for September 2026.")
    expect(main).to_contain_text("is 850,500; you had added 812,000")
    assert "s3cret" not in tab.page.content()
    assert any("s3cret" in asked for asked in publisher.asked)


def test_files_by_hand_are_judged_by_their_content(own_address: str, tab: Tab, tmp_path: Path) -> None:
    page_for_book = tmp_path / "jnto.xlsx"
    page_for_book.write_text("<!DOCTYPE html><html>busy</html>")
    book = tmp_path / "download.dat"
    book.write_bytes(real.jnto_book())
    tab.open(own_address, "sources", lang="en")
    tab.page.get_by_text("Load a file").first.click()
    main = tab.page.get_by_role("main")
    refused = "jnto.xlsx is neither an official Excel file nor a table"
    for path, said in ((page_for_book, refused), (book, "New figures were added.")):
        tab.page.locator("input[type=file]").set_input_files(path)
        expect(main).to_contain_text(path.name)
        expect(main).not_to_contain_text(refused)
        tab.settle()
        tab.page.get_by_role("button", name="Add this file").click()
        expect(main).to_contain_text(said, timeout=FOR_LONG)
        tab.settle()
    assert "JNTO Excel file: 28 new" in main.inner_text()
