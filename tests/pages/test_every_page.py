"""What holds on every page, in every language, as it opens and with other values in its address."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.apptest import everything
from tests.language import markdown
from tests.pages import opened

ADDRESSES: dict[str, list[dict[str, str]]] = {
    "abroad": [{}, {"country": "LBN", "counted": "2"}],
    "overview": [
        {},
        {"flow": "KOR-JPN", "measure": "monthly", "years": "2018-2026"},
        {"flow": "JPN-KOR", "measure": "rolling", "mark": "3"},
        {"measure": "change", "mark": "24.5"},
    ],
    "milestone": [
        {},
        {"as_of": "2024-07", "mark": "10"},
        {"as_of": "2020-04", "flow": "JPN-KOR", "mark": "2.5"},
        {"as_of": "2023-12", "year": "2023"},
        {"year": "2028", "mark": "20"},
    ],
    "scenario": [{}, {"flow": "JPN-KOR", "mark": "4"}, {"scenario_year": "2028", "mark": "15"}],
}
OPENED = [
    pytest.param(page, tuple({"lang": code, **values}.items()), id=f"{page}-{code}-{place}")
    for page in opened.PAGES
    for place, values in enumerate(ADDRESSES.get(page, [{}]))
    for code in opened.CODES
]
# Publishers, journals, studies and a programme that go by these names in every language.
NAMED_SO = {
    "Air",
    "Applied",
    "Cirium",
    "Czaika",
    "Demand",
    "Elasticities",
    "Estimating",
    "Geographer",
    "Geography",
    "IATA",
    "InterVISTAS",
    "JATA",
    "KATA",
    "KBS",
    "KCTI",
    "MBC",
    "Neumayer",
    "OAG",
    "Professional",
    "Program",
    "SBS",
    "SankeiBiz",
    "The",
    "Travel",
    "Traveler",
    "Trusted",
    "earticle",
    "iNews",
    "ujob",
}
PROPER = NAMED_SO | {
    "JNTO",
    "ARIMA",
    "KTO",
    "KOSIS",
    "IANA",
    "PNG",
    "SVG",
    "PDF",
    "CSV",
    "XLSX",
    "JSON",
    "K-ETA",
    "JESTA",
    "English",
    "Visit",
    "Japan",
    "Web",
    "MERS",
    "e-Stat",
    "Streamlit",
    "KC",
    "Newsis",
    "km",
    "PPTX",
    "DOCX",
    "HWPX",
    "ODT",
    "ODP",
    "ODS",
    "ODF",
    "OpenDocument",
    "LibreOffice",
    "POTX",
    "DOTX",
    "ZIP",
    "Word",
    "Excel",
    "Crossings",
    "Hangul",
    "Office",
    "Malgun",
    "Yu",
    "Gothic",
}
WRITTEN_IN_FILES = {
    "HH",
    "MM",
    "minute",
    "minutes",
    "passengers",
    "group",
    "spread",
    "partner",
    "other",
    "own",
    "month",
    "origin",
    "destination",
    "visitors",
    "status",
    "source",
    "seen",
    "note",
    "secrets",
}


@pytest.fixture
def page(request: pytest.FixtureRequest) -> AppTest:
    name, query = request.param
    return opened.looked_at(name, query)


pages = pytest.mark.parametrize(
    "page", [param.values for param in OPENED], ids=[p.id for p in OPENED], indirect=True
)


@pages
def test_it_opens_with_its_answer(page: AppTest) -> None:
    assert opened.faults(page) == []
    assert len(page.title) == 1
    assert "**" in opened.answer(page)


@pages
def test_every_chart_has_an_alt_text(page: AppTest) -> None:
    assert all(chart["alt"].strip() for chart in opened.charts(page))


@pages
def test_no_text_shows_its_markdown(page: AppTest) -> None:
    assert not {
        text: markdown.faults(text) for text in opened.texts(page, tables=False) if markdown.faults(text)
    }


@pages
def test_every_control_has_a_name(page: AppTest) -> None:
    kinds = {
        "button_group",
        "select_slider",
        "slider",
        "selectbox",
        "number_input",
        "text_input",
        "toggle",
        "checkbox",
    }
    assert all(element.label.strip() for element in everything(page) if element.type in kinds)


@pages
def test_nothing_is_said_as_not_a_number(page: AppTest) -> None:
    assert not [text for text in opened.texts(page) if re.search(r"\b(nan|NaN|None|NaT|inf)\b", text)]


FOREIGN = [param for param in OPENED if "-en-" not in str(param.id)]


@pytest.mark.parametrize("page", [p.values for p in FOREIGN], ids=[p.id for p in FOREIGN], indirect=True)
def test_no_english_is_left_over(page: AppTest) -> None:
    words = {text: set(opened.latin_words(text)) - PROPER - WRITTEN_IN_FILES for text in opened.texts(page)}
    assert not {text: left for text, left in words.items() if left}
