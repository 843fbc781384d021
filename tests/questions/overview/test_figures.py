"""The Overview's figures hold the published figures."""

import json

import pandas as pd
import pytest

from crossings.export import Figure, files
from crossings.language import LANGUAGES, Language
from crossings.questions.figure_context import Setting
from crossings.questions.overview import figures as overview
from crossings.tables import flows
from crossings.tables.flows import Flow

YEARS = (2015, 2026)


def setting(flow: Flow = Flow.BOTH, code: str = "en") -> Setting:
    return Setting(flows.load(), flow, Language(code))


def drawn(measure: str, flow: Flow = Flow.BOTH, code: str = "en", years: tuple[int, int] = YEARS) -> Figure:
    return overview.main_figure(setting(flow, code), measure=measure, mark=10_000_000, years=years)


@pytest.mark.parametrize("flow", Flow)
@pytest.mark.parametrize("measure", overview.MEASURES)
def test_every_figure_is_whole(measure: str, flow: Flow) -> None:
    figure = drawn(measure, flow)
    assert figure.key == f"overview-{measure}"
    assert len({figure.title, figure.takeaway}) == 2
    assert figure.source.startswith("Source: ")
    assert figure.as_of == "Figures to August 2026."
    assert ("estimates July to August 2026" in figure.status) == (flow is not Flow.JAPANESE_TO_KOREA)
    assert len(figure.table) >= 12
    assert json.dumps(figure.chart().to_dict())
    assert set(files(figure)) == {"png", "svg", "pdf", "csv", "xlsx"}


def test_the_table_of_the_cumulative_figure_ends_in_the_annual_totals() -> None:
    rows = drawn("cumulative").table.frame
    december = rows.iloc[11]
    assert (december["2018"], december["2024"], december["2025"]) == (10_487_479, 12_041_844, 13_112_848)
    assert pd.isna(december["2026"])
    assert rows.iloc[7]["2026"] == 10_119_197


def test_the_monthly_table_names_every_status() -> None:
    shown = drawn("monthly").table
    assert [column.heading for column in shown.visible.columns] == ["Month", "Visitors", "Status"]
    assert list(shown.values("status_name").tail(2)) == ["estimate", "estimate"]
    assert shown.values("visitors").tail(8).sum() == 10_119_197


def test_the_rolling_year_of_december_is_the_year() -> None:
    shown = drawn("rolling").table
    sums = dict(zip(shown.values("month"), shown.values("visitors"), strict=True))
    assert sums[pd.Period("2025-12", "M")] == 13_112_848
    assert [column.key for column in shown.visible.columns] == ["month", "visitors"]


@pytest.mark.parametrize("measure", overview.MEASURES)
def test_the_office_chart_is_drawn_from_the_figures_own_table(measure: str) -> None:
    figure = drawn(measure)
    assert figure.office is not None
    for column in figure.office.table.columns:
        pd.testing.assert_series_equal(
            figure.office.table.values(column.key), figure.table.values(column.key)
        )
    assert set(figure.office.looks) <= {column.key for column in figure.office.table.columns}


@pytest.mark.parametrize("years", [(2005, 2005), (2020, 2022), (2026, 2026)])
@pytest.mark.parametrize("measure", overview.MEASURES)
def test_few_years_still_make_a_figure(measure: str, years: tuple[int, int]) -> None:
    figure = drawn(measure, years=years)
    assert figure.takeaway
    assert figure.chart().to_dict()


@pytest.mark.parametrize("code", LANGUAGES)
def test_at_most_four_key_figures_each_compared(code: str) -> None:
    rows = overview.key_figures(flows.load(), Language(code))
    assert len(rows) == 4
    assert len({row.label for row in rows}) == 4
    assert all(row.comparison for row in rows)


def test_the_flows_side_by_side() -> None:
    table = overview.at_a_glance(setting())
    both, korean, japanese = (list(table.values(flow.value)) for flow in Flow)
    assert "10,119,197" in both
    assert "7,420,340" in korean
    assert "2,698,857" in japanese
    assert ("100.0%" in both, "73.3%" in korean, "26.7%" in japanese) == (True, True, True)
