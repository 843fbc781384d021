"""The History page in a real browser: one choice in picture and list, the keyboard, placebos that stop and stay."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

MERS = "MERS outbreak in Korea"
TYPHOON = "Typhoon Jebi closes Kansai Airport"


def listed(tab: Tab) -> Locator:
    return tab.page.get_by_role("radiogroup", name="Events on the timeline")


def chosen(tab: Tab) -> str:
    """Return the entry chosen in the list."""
    return listed(tab).locator("label:has(input:checked)").inner_text()


def sourced(tab: Tab) -> Locator:
    """Return the texts of the page that name a mark's sources."""
    return tab.page.get_by_test_id("stMarkdown").filter(has_text="Source: ")


def told(tab: Tab) -> str:
    """Return what those texts say."""
    return "\n".join(sourced(tab).all_inner_texts())


def opened(address: str, tab: Tab) -> None:
    tab.open(address, "history", lang="en", flow="both", event="typhoon-2018")


def test_the_event_estimated_is_chosen_in_the_list(address: str, tab: Tab) -> None:
    opened(address, tab)
    assert TYPHOON in chosen(tab)
    assert TYPHOON in told(tab)


def test_a_click_in_the_picture_chooses_in_the_list(address: str, tab: Tab) -> None:
    opened(address, tab)
    tab.charts().first.locator(f'path[aria-label*="{MERS}"]').first.click()
    listed(tab).locator("label:has(input:checked)", has_text=MERS).wait_for()
    expect(sourced(tab).filter(has_text=MERS)).not_to_have_count(0)
    expect(sourced(tab).filter(has_text=TYPHOON)).to_have_count(0)


def test_the_arrow_keys_move_through_the_list(address: str, tab: Tab) -> None:
    opened(address, tab)
    before = chosen(tab)
    listed(tab).locator("input:checked").focus()
    tab.page.keyboard.press("ArrowDown")
    listed(tab).locator("label:has(input:checked)").filter(has_not_text=before.splitlines()[0]).wait_for()
    after = chosen(tab).splitlines()[0]
    assert after != before.splitlines()[0]
    expect(sourced(tab).filter(has_text=after.split(" · ", 1)[1])).not_to_have_count(0)


def test_a_placebo_run_can_be_stopped_and_its_results_stay(address: str, tab: Tab) -> None:
    tab.open(address, "history", lang="en", flow="JPN-KOR", event="gates-2025")
    page = tab.page
    page.get_by_text("Placebo tests: how often").click()
    run = page.get_by_role("button", name="Run the placebo tests")
    run.click()
    page.get_by_role("progressbar").first.wait_for()
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Stop").click()
    run.wait_for()
    tab.settle()
    assert not page.get_by_text("The event among placebo events", exact=True).count()
    run.click()
    page.get_by_text("The event among placebo events", exact=True).wait_for()
    tab.settle()
    other = tab.beside(locale="en-GB")
    try:
        other.open(address, "history", lang="en", flow="JPN-KOR", event="gates-2025")
        other.page.get_by_text("The event among placebo events", exact=True).wait_for()
    finally:
        other.close()
