"""The Milestone's figures hold the answer's numbers."""

import pandas as pd
import pytest

from crossings.language import LANGUAGES, Language
from crossings.models.forecast.milestone import Milestone, milestone
from crossings.questions.figure_context import Setting
from crossings.questions.milestone import figures
from crossings.tables import flows
from crossings.tables.flows import Flow
from tests.projections import projection

EN = Language("en")


def asked(as_of: str, *, year: int, mark: int, code: str = "en") -> tuple[Setting, Milestone]:
    result = milestone(projection(as_of), flow=Flow.BOTH, year=year, mark=mark)
    month = pd.Period(as_of, "M")
    return Setting(flows.load(), Flow.BOTH, Language(code), as_of=month, model_version="test"), result


QUESTIONS = [
    ("2024-07", 2024, 10_000_000),
    ("2026-08", 2026, 10_000_000),
    ("2026-08", 2020, 1),
    ("2026-08", 2023, 10**7),
]


@pytest.mark.parametrize(("as_of", "year", "mark"), QUESTIONS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_figure_can_be_drawn(as_of: str, year: int, mark: int, code: str) -> None:
    setting, result = asked(as_of, year=year, mark=mark, code=code)
    for draw in (figures.fan, figures.month_passed, figures.curve):
        figure = draw(setting, result)
        assert figure.chart().to_dict()
        assert figure.takeaway
        assert figure.versions["model"] == "test"
    assert 1 <= len(figures.key_figures(result, Language(code))) <= 4


def test_the_fan_joins_what_is_known_and_what_is_simulated() -> None:
    setting, result = asked("2024-07", year=2024, mark=10_000_000)
    figure = figures.fan(setting, result)
    frame = figure.table.frame
    assert frame["known"].count() == 7
    assert frame["known"].iloc[6] == 6_874_786
    ahead = frame.iloc[7:]
    assert (ahead["low_95"] <= ahead["low_80"]).all()
    assert (ahead["high_80"] <= ahead["high_95"]).all()
    assert frame["outcome"].iloc[-1] == 12_041_844
    assert [column.key for column in figure.table.columns if not column.shown] == [
        "last_year",
        "mark",
        "outcome",
        "status",
    ]


def test_the_office_fan_has_its_bands_and_looks_in_its_own_columns() -> None:
    setting, result = asked("2024-07", year=2024, mark=10_000_000)
    office = figures.fan(setting, result).office
    assert office is not None
    keys = [column.key for column in office.table.columns]
    assert set(office.looks) <= set(keys)
    assert {end for band in office.bands for end in (band.low, band.high)} <= set(keys)
    assert set(office.table.values("mark")) == {10_000_000}


def test_office_programs_draw_estimates_as_a_series_of_their_own() -> None:
    setting, result = asked("2026-08", year=2026, mark=15_000_000)
    figure = figures.fan(setting, result)
    assert figure.office is not None
    table, statuses = figure.office.table, figure.table.values("status")
    assert list(table.values("estimate").notna()) == list(statuses == "estimate")
    assert list(table.values("known").notna()) == list(statuses.isin(["definitive", "provisional"]))
    assert table.column("estimate").heading == "Estimate"


def test_a_year_after_one_with_missing_months_draws_no_line_of_last_year() -> None:
    setting, result = asked("2026-08", year=2027, mark=10_000_000)
    figure = figures.fan(setting, result)
    assert "last_year" not in figure.table.frame
    assert figure.office is not None
    assert "last_year" not in figure.office.table.frame
    assert figure.chart().to_dict()


def test_the_months_of_passing_add_up_to_everything() -> None:
    setting, result = asked("2024-07", year=2024, mark=11_000_000)
    shown = figures.month_passed(setting, result).table
    assert shown.values("share").sum() == pytest.approx(1)
    assert shown.values("when").iloc[-1] == "not reached in 2024"
    assert shown.column("share").kind == "share"


def test_the_office_curve_leaves_out_what_is_certain() -> None:
    setting, result = asked("2024-07", year=2024, mark=11_000_000)
    figure = figures.curve(setting, result)
    assert figure.office is not None
    drawn = figure.office.table.values("probability")
    assert 10 < len(drawn) < len(figure.table) / 2
    assert (drawn.iloc[0], drawn.iloc[-1]) == pytest.approx((1.0, 0.0), abs=5.1e-4)


def test_each_model_speaks_for_itself() -> None:
    _, result = asked("2024-07", year=2024, mark=10_000_000)
    table = figures.models(result, EN)
    assert len(table) == len(result.by_model)
    assert table.values("probability").str.fullmatch(r"(over |under )?\d+%").all()
    assert table.values("share").sum() == pytest.approx(1)


def test_dots_are_drawn_where_the_question_is_open() -> None:
    _, whole = asked("2026-08", year=2020, mark=1)
    _, settled = asked("2024-07", year=2024, mark=10_000_000)
    _, running = asked("2024-07", year=2024, mark=12_000_000)
    assert figures.dots(whole, EN) is None
    assert figures.dots(settled, EN) is None
    dots = figures.dots(running, EN)
    assert dots is not None
    assert dots.draw().to_dict()
