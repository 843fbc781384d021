"""The app in a real browser: links, language, controls, files, and nothing that leaves the machine."""

import io
import re
import zipfile

import pytest
from PIL import Image

from crossings.language import Language
from crossings.questions.registry import page_name
from tests.browser.tab import Tab
from tests.pages.opened import PAGES

pytestmark = pytest.mark.browser

SIGNATURES = {
    "PNG": b"\x89PNG\r\n\x1a\n",
    "SVG": b"<svg",
    "PDF": b"%PDF-",
    "CSV": b"\xef\xbb\xbf",
    "XLSX": b"PK\x03\x04",
}
VALUES = "boxes => boxes.map(box => box.value || box.closest('[data-testid=stSelectbox]').innerText)"
HEADINGS = {
    "overview": ("People-to-people exchange", "인적 교류 현황"),
    "milestone": ("Annual visitor forecast", "연간 방문객 전망"),
}


def test_the_first_link_to_a_fresh_server_may_be_a_page(fresh_address: str, tab: Tab) -> None:
    tab.open(fresh_address, "milestone", lang="ko", as_of="2024-07", mark="12.5")
    assert tab.title == HEADINGS["milestone"][1]
    assert "1,250만 명" in tab.answer
    links = tab.page.get_by_test_id("stTopNavLink").all_inner_texts()
    tab.page.get_by_test_id("stTopNavSection").click()
    further = tab.page.get_by_test_id("stTopNavDropdownLink")
    further.first.wait_for()
    links += further.all_inner_texts()
    assert len(links) == len(PAGES)
    assert HEADINGS["overview"][1] in links
    assert {"lang=ko", "mark=12.5", "as_of=2024-07"} <= set(tab.query.split("&"))


@pytest.mark.parametrize("page", ["overview", "milestone", "history"])
def test_no_chart_offers_a_picture_without_title_and_source(address: str, tab: Tab, page: str) -> None:
    tab.open(address, page, lang="en")
    assert tab.charts().count()
    for chart in tab.charts().all():
        chart.hover()
        offered = tab.page.get_by_role("button", name=re.compile("Download as PNG|Copy Vega-Lite|Fullscreen"))
        assert not [button for button in offered.all() if button.is_visible()]
    assert tab.page.locator(".vega-actions").count() == 0


# Returns what a chart's tooltips say to a pointer at every 25th pixel, each text with the first such place.
READ_TIPS = """() => {
    const box = document.querySelector('[data-testid=chart]').getBoundingClientRect();
    const read = {};
    for (let x = box.left + 20; x < box.right; x += 25)
        for (let y = box.top + 20; y < box.bottom; y += 25) {
            const under = document.elementFromPoint(x, y);
            for (const kind of ['pointerover', 'pointermove', 'mouseover', 'mousemove'])
                under.dispatchEvent(new PointerEvent(kind, {clientX: x, clientY: y, bubbles: true, view: window}));
            const tip = document.querySelector('#vg-tooltip-element.visible');
            if (tip) read[tip.innerText] ??= [x, y];
        }
    return read;
}"""


def test_a_pointer_on_a_chart_reads_words(address: str, tab: Tab) -> None:
    tab.open(address, "overview", lang="en")
    tab.charts().first.scroll_into_view_if_needed()
    read: dict[str, list[float]] = tab.page.evaluate(READ_TIPS)
    words, place = next((text, at) for text, at in read.items() if "Visitors, year to date" in text)
    tab.page.mouse.move(*place)
    tab.page.wait_for_function(
        "said => document.querySelector('#vg-tooltip-element.visible')?.innerText === said", arg=words
    )
    assert len(read) > 5
    assert not [text for text in read if re.search(r"(?m)^[xy][0-9]?\b", text)]


def test_the_language_switch_changes_words_and_address(address: str, tab: Tab) -> None:
    tab.open(address, lang="en")
    assert tab.title == HEADINGS["overview"][0]
    tab.page.get_by_role("radio", name="한국어").or_(
        tab.page.get_by_role("button", name="한국어")
    ).first.click()
    tab.page.get_by_role("heading", level=1, name=HEADINGS["overview"][1]).wait_for()
    tab.settle()
    assert "lang=ko" in tab.query
    assert "만 명" in tab.answer


@pytest.mark.parametrize("page", ["overview", "milestone", "scenario"])
def test_a_change_of_language_keeps_what_was_chosen(address: str, tab: Tab, page: str) -> None:
    tab.open(address, page, lang="ko", mark="13.5")
    said = {
        "ko": ("한국어", "1,350만 명", "년"),
        "ja": ("日本語", "1,350万人", "年"),
        "en": ("English", "13.5 million", ""),
    }
    for code in ("ja", "ko", "en", "ja"):
        name, mark, year = said[code]
        button = tab.page.get_by_role("radio", name=name).or_(tab.page.get_by_role("button", name=name))
        button.first.click()
        tab.page.get_by_role("heading", level=1, name=page_name(page, Language(code))).wait_for()
        tab.settle()
        assert tab.page.get_by_role("slider").first.get_attribute("aria-valuetext") == mark
        assert "mark=13.5" in tab.query
        if page != "overview":
            assert mark in tab.answer
            chosen = tab.page.locator("[data-testid=stSelectbox] input").evaluate_all(VALUES)
            years = [one for one in chosen if re.match(r"20\d\d", one)]
            assert re.fullmatch(rf"20\d\d{year}", years[0])


def test_the_browsers_language_is_the_first_choice(address: str, tab: Tab) -> None:
    japanese = tab.beside(locale="ja-JP")
    japanese.open(address)
    assert "lang=ja" in japanese.query
    japanese.close()


def test_a_slider_moved_by_keyboard_moves_answer_and_chart(address: str, tab: Tab) -> None:
    tab.open(address, "milestone", lang="en", year="2027", mark="12")
    slider = tab.page.get_by_role("slider").first
    assert slider.get_attribute("aria-valuetext") == "12 million"
    before, drawn = tab.answer, tab.drawn()
    slider.focus()
    for _ in range(4):
        tab.page.keyboard.press("ArrowRight")
    tab.page.wait_for_function("said => document.querySelector('h3').innerText !== said", arg=before)
    tab.page.wait_for_url(re.compile("mark=14"))
    tab.settle()
    assert slider.get_attribute("aria-valuetext") == "14 million"
    assert "14 million" in tab.answer
    assert tab.drawn() != drawn


def test_values_nobody_touched_go_along_to_the_next_page(address: str, tab: Tab) -> None:
    tab.open(address, "milestone", lang="en", mark="12.5", flow="KOR-JPN")
    tab.page.get_by_role("link", name=HEADINGS["overview"][0]).click()
    tab.page.get_by_role("heading", level=1, name=HEADINGS["overview"][0]).wait_for()
    tab.settle()
    assert "12.5 million" not in tab.answer
    assert "Koreans visiting Japan" in tab.answer
    tab.page.get_by_role("link", name=HEADINGS["milestone"][0]).click()
    tab.page.get_by_role("heading", level=1, name=HEADINGS["milestone"][0]).wait_for()
    tab.settle()
    assert "mark=12.5" in tab.query
    assert "flow=KOR-JPN" in tab.query


COPIED = "async () => (await (await navigator.clipboard.read())[0].getType('image/png')).size"


def test_each_file_arrives_whole(address: str, tab: Tab) -> None:
    tab.open(address, "milestone", lang="ko")
    tab.page.get_by_role("button", name="저장", exact=True).first.click()
    contents: dict[str, bytes] = {}
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.page.get_by_role("button", name="그림 복사").click()
    tab.page.get_by_role("button", name="복사했습니다").wait_for()
    assert tab.page.evaluate(COPIED) > 10_000
    for form, signature in SIGNATURES.items():
        arrived = tab.download(tab.page.get_by_role("button", name=form, exact=True).first)
        contents[form] = arrived.path().read_bytes()
        assert arrived.suggested_filename.endswith(f".{form.lower()}")
        assert contents[form].startswith(signature)
        assert len(contents[form]) > 200
    picture = Image.open(io.BytesIO(contents["PNG"]))
    picture.load()
    assert picture.width >= 1200
    assert len(picture.convert("L").getcolors() or []) > 10
    assert "xl/charts/chart1.xml" in zipfile.ZipFile(io.BytesIO(contents["XLSX"])).namelist()


FOCUSABLE = (
    "main :is(button, input, select, textarea, a[href], summary, [role=slider], [role=radio], [role=combobox])"
    ":not([disabled]):not([tabindex='-1'])"
)
LABEL = "e => e.getAttribute('aria-label') || e.innerText || e.getAttribute('data-testid') || e.tagName"


@pytest.mark.parametrize("page", ["overview", "milestone"])
def test_the_keyboard_reaches_every_control(address: str, tab: Tab, page: str) -> None:
    tab.open(address, page, lang="en")
    mark = "e => e.setAttribute('data-wanted', '1')"
    wanted = [found for found in tab.page.locator(FOCUSABLE).all() if found.is_visible()]
    for found in wanted:
        found.evaluate(mark)
    for _ in range(4 * len(wanted) + 40):
        tab.page.keyboard.press("Tab")
        tab.page.evaluate("document.activeElement.removeAttribute('data-wanted')")
        tab.page.evaluate(
            "document.activeElement.closest('[role=radiogroup]')?.querySelectorAll('[data-wanted]')"
            ".forEach(e => e.removeAttribute('data-wanted'))"
        )
        if not tab.page.locator("[data-wanted]").count():
            break
    assert [left.evaluate(LABEL) for left in tab.page.locator("[data-wanted]").all()] == []
    assert len(wanted) > 10


def test_every_figure_has_its_table(address: str, tab: Tab) -> None:
    tab.open(address, "overview", lang="en")
    tables = tab.page.get_by_text(re.compile(r"^Table: [\d,]+ rows$"))
    assert tables.count() == tab.charts().count()
    tables.first.click()
    tab.page.get_by_test_id("stTable").filter(visible=True).first.wait_for()


def test_a_statement_chosen_on_a_slow_line_stays_chosen(address: str, tab: Tab) -> None:
    with tab.slow_line() as hold_back:
        tab.open(address, "milestone", lang="en", flow="KOR-JPN", year="2027")
        tab.page.get_by_test_id("stPopoverButton").filter(has_text="As of").click()
        statement = tab.page.get_by_test_id("stPopoverBody").get_by_role("button").first
        statement.wait_for()
        hold_back()
        statement.click()
        tab.page.get_by_role("radio", name="日本語").click()
    tab.page.wait_for_url(re.compile("as_of=2024"))
    tab.page.get_by_role("heading", level=1, name="年間").wait_for()
    tab.settle()
    assert "lang=ja" in tab.query
    assert "flow=" not in tab.query
    assert "year=" not in tab.query


def shapes(drawn: list[str]) -> list[list[str]]:
    """Return the shapes and words of each picture in an order of their own, without the numbers Vega counts clips by."""
    return [
        sorted(re.findall(r"<(?:path|text|line|rect)[^>]*>[^<]*", re.sub(r"clip\d+", "clip", svg)))
        for svg in drawn
    ]


@pytest.mark.parametrize(
    ("page", "query", "fold", "slider"),
    [
        ("milestone", {"year": "2027", "mark": "14"}, "", "Threshold"),
        ("scenario", {"levers": "departure-tax~2000", "mark": "16"}, "Stricter procedures", "Departure tax"),
    ],
)
def test_a_moved_control_changes_the_pictures_that_stand_into_those_drawn_anew(
    address: str, tab: Tab, page: str, query: dict[str, str], fold: str, slider: str
) -> None:
    tab.open(address, page, lang="en", **query)
    if fold:
        tab.page.locator("summary").filter(has_text=fold).click()
        tab.settle()
    before = shapes(tab.drawn())
    stood = tab.page.query_selector_all("[data-testid=chart] svg")
    tab.page.get_by_role("slider", name=slider).focus()
    for _ in range(2):
        tab.page.keyboard.press("ArrowRight")
        tab.settle()
    after = shapes(tab.drawn())
    assert len(stood) > 1
    assert all(svg.evaluate("svg => svg.isConnected") for svg in stood)
    assert all(now != then for now, then in zip(after, before, strict=True))
    tab.page.reload()
    tab.settle()
    assert shapes(tab.drawn()) == after
