"""A figure collected on one page and taken away from another, in a real browser."""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pptx import Presentation
from pypdf import PdfReader

from tests.browser.server import served
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser


@pytest.fixture
def own(browser: object, tmp_path: Path) -> Iterator[str]:
    """Return the address of a server whose reader has collected nothing yet."""
    before = os.environ.get("CROSSINGS_OWN")
    os.environ["CROSSINGS_OWN"] = str(tmp_path / "own" / "added.csv")
    try:
        with served(tmp_path / "log.txt") as started:
            yield started.address
    finally:
        if before is None:
            del os.environ["CROSSINGS_OWN"]
        else:
            os.environ["CROSSINGS_OWN"] = before


def test_collect_reorder_and_take_away(own: str, tab: Tab) -> None:
    tab.open(own, "milestone", lang="ko", mark="15")
    for collected in (1, 2):
        tab.page.get_by_role("button", name="보고자료에 추가", exact=True).first.click()
        expect(tab.page.get_by_role("button", name="보고자료에 추가됨", exact=True)).to_have_count(collected)
        tab.settle()
    tab.page.get_by_role("link", name="보고자료").click()
    tab.page.get_by_role("heading", level=1, name="보고자료").wait_for()
    tab.settle()
    assert "2개" in tab.answer
    slides = tab.download(tab.page.get_by_role("button", name="PPTX", exact=True).last)
    show = Presentation(io.BytesIO(slides.path().read_bytes()))
    charts = [shape for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 2
    for form in ("DOCX", "HWPX", "XLSX", "ZIP"):
        arrived = tab.download(tab.page.get_by_role("button", name=form, exact=True).last)
        assert zipfile.ZipFile(io.BytesIO(arrived.path().read_bytes())).testzip() is None
        assert arrived.suggested_filename.endswith(form.lower())
    pages = tab.download(tab.page.get_by_role("button", name="PDF", exact=True).last)
    assert len(PdfReader(io.BytesIO(pages.path().read_bytes())).pages) >= 3
    tab.page.reload()
    expect(tab.page.get_by_role("heading", level=3).first).to_contain_text("2개")


def test_the_month_in_brief_in_one_press(address: str, tab: Tab) -> None:
    tab.open(address, "briefing", lang="ja", mark="15")
    arrived = tab.download(tab.page.get_by_role("button", name="PPTX", exact=True).first)
    show = Presentation(io.BytesIO(arrived.path().read_bytes()))
    assert len(show.slides) == 1
    said = " ".join(shape.text_frame.text for shape in show.slides[0].shapes if shape.has_text_frame)
    assert "2026年8月" in said
    assert "1,500万人" in said
