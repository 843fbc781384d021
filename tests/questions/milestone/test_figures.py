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
    frame = figures.fan(setting, result).frame
    assert frame["Published"].count() == 7
    assert frame["Published"].iloc[6] == 6_874_786
    bands = frame.filter(like="interval").iloc[7:]
    assert (bands["95% interval, lower end"] <= bands["80% interval, lower end"]).all()
    assert (bands["80% interval, upper end"] <= bands["95% interval, upper end"]).all()


def test_the_months_of_passing_add_up_to_everything() -> None:
    setting, result = asked("2024-07", year=2024, mark=11_000_000)
    frame = figures.month_passed(setting, result).frame
    assert frame["Share of simulated years"].sum() == pytest.approx(1)
    assert frame["Month"].iloc[-1] == "not in 2024"


def test_each_model_speaks_for_itself() -> None:
    _, result = asked("2024-07", year=2024, mark=10_000_000)
    table = figures.models(result, EN)
    assert len(table) == len(result.by_model)
    assert table["Probability"].str.fullmatch(r"\d+ in 100").all()
