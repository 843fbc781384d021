"""The History page's pictures draw, fit, speak one language and hide no label."""

import re
from itertools import combinations

import pandas as pd
import pytest

from crossings.export import Figure
from crossings.language import Language
from crossings.models.events.baseline import Fitted, baselines
from crossings.models.events.calendar import CalendarFit, calendar_fits, change_without_calendar
from crossings.models.events.decomposition import balance, decompose
from crossings.models.events.design import exchange_rates
from crossings.models.events.donors import compare
from crossings.models.events.intervention import estimate
from crossings.models.events.interventions import intervention
from crossings.models.events.marks import CATEGORIES, Mark
from crossings.models.events.placebo import Placebo, Rank
from crossings.models.events.statements import Judgement, statements
from crossings.questions.figure_context import Setting
from crossings.questions.history import figures
from crossings.tables import flows
from crossings.tables.flows import Flow, Published
from tests.drawing.pictures import drawn, size, texts

CODES = ("en", "ko", "ja")
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMED_IN_LATIN = "JNTO"
WIDE, NARROW = 860, 420
DAY = pd.Timestamp("2015-05-20").date()
MARKS = [
    Mark(f"events {name}", "events", DAY, None, "MERS outbreak in Korea", name, "both", "a", "verified")
    for name in CATEGORIES
]
KINDS = ("month", "origin")
PLACEBOS = [Placebo("own", "2019-08", -0.59, -7.1)] + [
    Placebo(kind, name, 0.01 * step, 0.3 * step)
    for kind, name in (("month", "2015-03"), ("origin", "TWN"))
    for step in range(-9, 10)
]


JUDGED = [
    Judgement(
        statement,
        came=9_459_711.0 if statement.year else None,
        passed=False if statement.year else None,
        first_reached=None,
        probability=0.23 if statement.forecastable else None,
        percent=23 if statement.forecastable else None,
        median=9_320_000.0 if statement.forecastable else None,
        interval_80=(8_280_000.0, 10_680_000.0) if statement.forecastable else None,
    )
    for statement in statements()
]


@pytest.fixture(scope="module")
def published() -> Published:
    return flows.load()


@pytest.fixture(scope="module")
def parts(published: Published) -> tuple[dict[Flow, CalendarFit], dict[Flow, Fitted]]:
    rates = exchange_rates()
    fits = baselines(published, rates)
    return calendar_fits(fits), fits


@pytest.fixture(scope="module")
def every(
    published: Published, parts: tuple[dict[Flow, CalendarFit], dict[Flow, Fitted]]
) -> dict[tuple[str, str], Figure]:
    event = intervention("boycott-2019")
    flow = Flow.KOREANS_TO_JAPAN
    found = estimate(published, exchange_rates(), flow=flow, intervention=event)
    beside = compare(published, flow=flow, intervention=event)
    change = decompose(parts[1], flow=flow, first=2018, second=2025)
    built: dict[tuple[str, str], Figure] = {}
    for code in CODES:
        setting = Setting(published, flow, Language(code))
        first = pd.Period("1996-01", "M")
        shown = [
            figures.timeline(setting, MARKS, categories=CATEGORIES, first=first, chosen=MARKS[0].key),
            figures.without_event(setting, found),
            figures.beside_others(setting, beside),
            figures.placebos(setting, PLACEBOS, [Rank("month", 1, 20), Rank("origin", 1, 20)]),
            figures.calendar(setting, change_without_calendar(parts[0], flow=flow)),
            figures.decomposition(setting, change),
            figures.balance(setting, balance(published)),
            figures.statements(setting, JUDGED, citations={}),
        ]
        built |= {(figure.key, code): figure for figure in shown}
    return built


KEYS = ("timeline", "without", "others", "placebos", "calendar", "years", "balance", "statements")
CASES = [(f"history-{key}", code, width) for key in KEYS for code in CODES for width in (NARROW, WIDE)]


@pytest.mark.parametrize(("key", "code", "width"), CASES)
def test_it_fits_its_size_without_overlaps(
    every: dict[tuple[str, str], Figure], key: str, code: str, width: int
) -> None:
    root = drawn(every[key, code].chart(width=width))
    found, (wide, high) = texts(root), size(root)
    assert wide == width
    assert not [
        t.said for t in found if t.left < -1 or t.right > wide + 1 or t.top < -1 or t.bottom > high + 1
    ]
    assert not [(a.said, b.said) for a, b in combinations(found, 2) if a.overlaps(b)]
    if code != "en":
        assert not [text.said for text in found if LATIN.search(text.said.replace(NAMED_IN_LATIN, ""))]


@pytest.mark.parametrize("key", [f"history-{key}" for key in KEYS])
def test_it_says_the_same_in_every_language(every: dict[tuple[str, str], Figure], key: str) -> None:
    rows = {len(every[key, code].table) for code in CODES}
    assert len(rows) == 1
    assert rows != {0}
    assert len({every[key, code].title for code in CODES}) == 3


def test_a_click_can_choose_a_mark(every: dict[tuple[str, str], Figure]) -> None:
    figure = every["history-timeline", "en"]
    assert "params" not in figure.chart().to_dict()
    spec = figure.draw(selectable=True).to_dict()
    (parameter,) = spec["params"]
    assert parameter["select"]["fields"] == ["key"]
    layer = next(layer for layer in spec["layer"] if layer.get("name") in parameter["views"])
    assert {row["key"] for row in layer["data"]["values"]} == {mark.key for mark in MARKS}


@pytest.mark.parametrize("height", [300, 360, 500])
def test_every_lane_and_count_keeps_its_name_at_every_height(
    every: dict[tuple[str, str], Figure], height: int
) -> None:
    said = {
        text.said for text in texts(drawn(every["history-timeline", "en"].chart(width=WIDE, height=height)))
    }
    assert {"Policy", "Politics", "Disaster", "Economy", "Health", "Transport", "0", "0.5"} <= said


def test_marks_of_one_kind_stand_clear_of_each_other() -> None:
    days = [pd.Timestamp(f"2024-{month:02}-01").date() for month in (1, 1, 2, 2, 3, 9)]
    near = [
        Mark(
            f"events {place}",
            "events",
            day,
            None,
            "MERS outbreak in Korea",
            "health",
            "both",
            "a",
            "verified",
        )
        for place, day in enumerate(days)
    ]
    setting = Setting(flows.load(), Flow.BOTH, Language("en"))
    first = pd.Period("1996-01", "M")
    figure = figures.timeline(setting, near, categories=("health",), first=first, chosen=None)
    layers = figure.chart(width=WIDE).to_dict()["layer"]
    rows = next(layer["data"]["values"] for layer in layers if layer.get("name") == "marks")
    assert len({(row["x"], row["y"]) for row in rows}) == len(near)
    assert len({row["y"] for row in rows if row["x"] < rows[-1]["x"] - 5.5}) == len(near) - 1


def test_the_statements_name_what_was_said_and_what_came(every: dict[tuple[str, str], Figure]) -> None:
    figure = every["history-statements", "en"]
    layers = figure.chart(width=WIDE).to_dict()["layer"]
    dots = [layer for layer in layers if layer["mark"]["type"] == "point" and "tooltip" in layer["encoding"]]
    asked, outcomes, named = (len(layer["data"]["values"]) for layer in dots)
    assert asked == sum(judgement.statement.forecastable for judgement in JUDGED) == 4
    assert outcomes == sum(judgement.came is not None for judgement in JUDGED)
    assert named == len(figure.table) == len(JUDGED)
    assert "Statements: " in figure.source


def test_kinds_left_out_have_no_lane(published: Published) -> None:
    setting = Setting(published, Flow.BOTH, Language("en"))
    figure = figures.timeline(
        setting, MARKS[:1], categories=("policy",), first=pd.Period("2015-01", "M"), chosen=None
    )
    said = {text.said for text in texts(drawn(figure.chart(width=WIDE)))}
    assert "Policy" in said
    assert "Transport" not in said


OFFICE = ("without", "others", "calendar", "years", "balance")


@pytest.mark.parametrize("key", OFFICE)
def test_office_programs_draw_from_the_table_that_is_shown(
    every: dict[tuple[str, str], Figure], key: str
) -> None:
    figure = every[f"history-{key}", "ko"]
    assert figure.office is not None
    keys = [column.key for column in figure.office.table.columns]
    # A waterfall's steps leave out the last row, which its table shows as the sum.
    shown = figure.table if figure.office.kind == "steps" else figure.table.visible
    drawn_rows = len(figure.office.table)
    assert set(keys) <= {column.key for column in shown.columns}
    assert drawn_rows >= len(shown) - (figure.office.kind == "steps")
    assert figure.office.table.frame.equals(figure.table.frame[keys][:drawn_rows])
    bounds = {end for band in figure.office.bands for end in (band.low, band.high)}
    assert bounds | set(figure.office.looks) <= set(keys)


def test_the_path_without_the_event_is_drawn_in_the_hundreds_that_its_table_shows(
    every: dict[tuple[str, str], Figure],
) -> None:
    figure = every["history-without", "en"]
    path = figure.table.values("without").dropna()
    assert len(path)
    assert (path % 100 == 0).all()
    layers = figure.chart(width=WIDE).to_dict()["layer"]
    drawn_path = next(
        layer for layer in layers if layer["mark"]["type"] == "line" and "strokeDash" in layer["mark"]
    )
    assert [row["y"] for row in drawn_path["data"]["values"]] == path.tolist()


def test_the_parts_of_a_change_add_up_in_the_picture(every: dict[tuple[str, str], Figure]) -> None:
    shown = every["history-years", "en"].table.frame
    assert shown["change"].sum() == pytest.approx(shown["visitors"].iloc[-1], abs=1)


def test_an_effect_is_a_share_and_a_strength_a_number(every: dict[tuple[str, str], Figure]) -> None:
    first = every["history-placebos", "en"].table.texts().iloc[0]
    assert (first["Effect"], first["Effect in standard errors"]) == ("−9.0%", "−2.70")
