"""The Sources page without a browser: figures typed for both directions, what they are compared with, their removal."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossings.language import Language
from crossings.language.strip import line
from crossings.tables import flows
from crossings.tables.flows import Flow
from crossings.tables.releases import freshness
from tests.pages import opened
from ui.frame import IN_FRAME


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
    return opened.app("sources", lang="en").run()


def _typed(page: AppTest, **visitors: str) -> AppTest:
    for flow, number in visitors.items():
        opened.keyed(page.text_input, f"typed-{flow.replace('_', '-')}").set_value(number)
    return _pressed(page, "Add the figures")


def _pressed(page: AppTest, label: str) -> AppTest:
    """Press a button of a page whose frame stands, so that the press is not lost on the way through it."""
    next(one for one in page.button if one.label == label).click()
    page.session_state[IN_FRAME] = True
    return page.run()


def _effects(page: AppTest) -> list[str]:
    return [one.value for one in page.markdown if "central forecast" in one.value]


def test_both_directions_are_taken_with_one_press_and_compared_with_the_published_figures(
    page: AppTest,
) -> None:
    before = flows.load()
    _typed(page, KOR_JPN="812000")
    assert opened.faults(page) == []
    assert [one.value for one in page.success] == [
        "Added: September 2026 · Koreans visiting Japan · 812,000."
    ]
    assert opened.keyed(page.text_input, "typed-KOR-JPN").value == ""
    (first,) = _effects(page)
    _pressed(page, "Remove")
    assert not _effects(page)
    assert flows.load().digest == before.digest
    _typed(page, KOR_JPN="812000", JPN_KOR="380000")
    assert flows.load().series(Flow.BOTH).index[-1] == before.last_month + 1
    assert flows.load().official.last_month == before.last_month
    heading = "Effect of the figures entered by hand on the forecast, compared with the published ones"
    assert any(heading in one.value for one in page.markdown)
    (both,) = _effects(page)
    assert both.partition("→")[0] == first.partition("→")[0]
    strip = line(flows.load(), freshness(today=date(2026, 10, 20)), Language("en"))
    assert strip.startswith("Data to **August 2026**")
    assert "added by you" in strip


def test_nothing_typed_is_said(page: AppTest) -> None:
    _typed(page)
    assert [one.value for one in page.warning] == ["Enter the number of visitors first."]
