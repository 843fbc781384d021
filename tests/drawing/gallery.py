"""Every chart once, on small made-up figures, for the tests that look at all of them."""

from collections.abc import Callable
from functools import partial

import altair as alt
import numpy as np
import pandas as pd

from crossings.drawing.effect_bars import interval_bars, tornado, waterfall
from crossings.language import Language
from crossings.questions.border import charts as border_charts
from crossings.questions.milestone import charts as milestone_charts
from crossings.questions.overview import cumulative as cumulative_charts
from crossings.questions.overview import series as series_charts
from crossings.questions.scenario import charts as scenario_charts
from crossings.questions.track_record import charts as record_charts
from crossings.tables.flows import Flow

Drawn = Callable[..., alt.LayerChart]
LONG_NAMES = {
    "ko": ("상시 전용 심사대(우선 심사 레인) 도입", "탄력성", "왕복 항공운임", "기타 외국인"),
    "ja": ("短期滞在者向け自動化ゲート(顔認証ゲート)", "弾力性", "往復運賃", "その他の外国人"),
    "en": ("Dedicated lanes at the main ports, all day", "Elasticity", "Return fare", "Other foreigners"),
}


def months(first: str, last: str) -> pd.PeriodIndex:
    return pd.period_range(first, last, freq="M")


def visitors(flow: Flow, first: str = "2015-01", last: str = "2026-08") -> pd.DataFrame:
    """Return made-up months with a season, a trend, a closure and soft last months."""
    index = months(first, last)
    size = {Flow.BOTH: 1.0, Flow.KOREANS_TO_JAPAN: 0.72, Flow.JAPANESE_TO_KOREA: 0.28}[flow]
    trend = 700_000 * 1.045 ** ((index.year - 2015) + index.month / 12)
    counts = size * trend * (1 + 0.12 * np.cos(index.month / 12 * 2 * np.pi))
    shut = (index >= pd.Period("2020-03", "M")) & (index <= pd.Period("2022-10", "M"))
    firm = np.where(index.year == 2026, "provisional", "definitive")
    status = np.where(index >= pd.Period("2026-07", "M"), "estimate", firm)
    return pd.DataFrame(
        {"month": index, "visitors": np.where(shut, counts * 0.002, counts).round(), "status": status}
    )


def cumulative(flow: Flow) -> pd.DataFrame:
    frame = visitors(flow)
    table = frame.assign(year=frame["month"].dt.year, month=frame["month"].dt.month)
    return table.assign(visitors=table.groupby("year")["visitors"].cumsum())


def fan_frame(year: int, known: int) -> pd.DataFrame:
    index = months(f"{year}-01", f"{year}-12")
    middle = np.arange(1, 13) * 1.2e6
    wide = np.clip(np.arange(1, 13) - known, 0, None) * 9e4
    frame = pd.DataFrame({"month": index, "known": np.where(np.arange(1, 13) <= known, middle, np.nan)})
    for name, factor in (
        ("low_95", -1.96),
        ("low_80", -1.28),
        ("median", 0.0),
        ("high_80", 1.28),
        ("high_95", 1.96),
    ):
        frame[name] = middle + factor * wide
    return frame.assign(last_year=np.arange(1, 13) * 1.09e6)


def _milestone() -> dict[str, Drawn]:
    flow, passed = Flow.BOTH, [*months("2026-08", "2026-12"), None]
    shares = pd.DataFrame({"month": passed, "share": [0, 0.003, 0.08, 0.31, 0.3, 0.307]}).assign(
        when=[str(month) for month in passed]
    )
    marks = np.arange(1_000_000, 25_000_001, 100_000)
    curve = pd.DataFrame({"mark": marks, "probability": 1 / (1 + np.exp((marks - 14.6e6) / 3.5e5))})
    statuses = visitors(flow).set_index("month")["status"].reindex(months("2026-01", "2026-12")).to_numpy()
    return {
        "fan": partial(
            milestone_charts.fan, fan_frame(2026, 8).assign(status=statuses), flow=flow, mark=15e6
        ),
        "fan early": partial(milestone_charts.fan, fan_frame(2026, 1), flow=flow, mark=15e6),
        "fan whole": partial(milestone_charts.fan, fan_frame(2025, 12), flow=flow, mark=10e6),
        "fan outcome": partial(
            milestone_charts.fan,
            fan_frame(2024, 7).assign(outcome=np.arange(1, 13) * 1.21e6),
            flow=flow,
            mark=10e6,
        ),
        "month passed": partial(milestone_charts.month_passed, shares, flow=flow),
        "curve": partial(
            milestone_charts.probability_curve,
            curve,
            flow=flow,
            mark=15e6,
            median=14.6e6,
            interval_80=(13.9e6, 15.4e6),
        ),
    }


def _overview() -> dict[str, Drawn]:
    korean, japanese, both = (
        visitors(flow) for flow in (Flow.KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA, Flow.BOTH)
    )
    rolling = both.assign(visitors=both["visitors"].rolling(12).sum())
    change = korean.assign(change=korean["visitors"] / korean["visitors"].shift(12) - 1).drop(
        columns="visitors"
    )
    recent = japanese[japanese["month"] >= pd.Period("2024-05", "M")]
    return {
        "cumulative": partial(
            cumulative_charts.cumulative_by_year,
            cumulative(Flow.BOTH),
            flow=Flow.BOTH,
            highlight=2026,
            mark=10e6,
        ),
        "cumulative whole": partial(
            cumulative_charts.cumulative_by_year,
            cumulative(Flow.JAPANESE_TO_KOREA),
            flow=Flow.JAPANESE_TO_KOREA,
            highlight=2025,
            mark=1e6,
        ),
        "monthly": partial(series_charts.monthly_series, korean, flow=Flow.KOREANS_TO_JAPAN),
        "monthly short": partial(
            series_charts.monthly_series, recent, flow=Flow.JAPANESE_TO_KOREA, height=200
        ),
        "rolling": partial(series_charts.rolling_sum, rolling, flow=Flow.BOTH, mark=10e6),
        "change": partial(series_charts.change_on_year, change, flow=Flow.KOREANS_TO_JAPAN),
    }


def _scenario(language: Language) -> dict[str, Drawn]:
    lane, elasticity, fare, _ = LONG_NAMES[language.code]
    index = months("2025-09", "2028-12")
    base = 900_000 * (1 + 0.2 * np.cos(index.month / 12 * 2 * np.pi))
    ahead = index >= pd.Period("2026-08", "M")
    paths = pd.DataFrame({"month": index, "known": np.where(ahead, np.nan, base)})
    paths["baseline"] = np.where(ahead, base, np.nan)
    for name, factor in (
        ("baseline_low", 0.8),
        ("baseline_high", 1.25),
        ("scenario", 1.02),
        ("scenario_low", 1.01),
        ("scenario_high", 1.04),
    ):
        paths[name] = paths["baseline"] * factor
    effects = pd.DataFrame(
        {
            "label": [lane, fare],
            "flow": ["KOR-JPN", "JPN-KOR"],
            "median": [166_432, 32_010],
            "low": [71_000, -4_000],
            "high": [397_000, 90_000],
        }
    )
    steps = pd.DataFrame({"label": [lane, elasticity, fare], "change": [28_000, -11_000, 52_000]})
    drivers = pd.DataFrame(
        {"label": [lane, elasticity, fare], "low": [0.0136, 0.0086, 0.0206], "high": [0.0233, 0.0381, 0.0156]}
    )
    return {
        "two medians": partial(
            scenario_charts.two_medians, paths, flow=Flow.KOREANS_TO_JAPAN, name=lane, mark=1e6
        ),
        "intervals": partial(interval_bars, effects),
        "waterfall": partial(waterfall, steps),
        "tornado": partial(tornado, drivers, centre=0.018, share=True),
    }


def _hall(language: Language) -> dict[str, Drawn]:
    own, _, _, others = LONG_NAMES[language.code]
    minutes = np.arange(360, 1440)
    queue = pd.concat(
        pd.DataFrame({"minute": minutes, "group": group, "queue": np.abs((minutes % 180) - 90) * size})
        for group, size in ((own, 1.0), (others, 2.5))
    )
    waits = pd.DataFrame({"group": [own, others], "before": [24.3, 19.0], "after": [8.1, 29.4]})
    desks = pd.DataFrame({"desks": range(8, 30), "share": 1 - np.exp(-(np.arange(8, 30) - 7) / 6)})
    kept = np.arange(12)
    prices = pd.concat(
        pd.DataFrame({"desks": kept, "group": group, "minutes": minutes})
        for group, minutes in ((own, 24.0 / (1 + kept)), (others, 19.0 + kept**1.5))
    )
    return {
        "queue": partial(border_charts.queue_through_day, queue),
        "waits": partial(border_charts.waits_before_after, waits),
        "desks": partial(border_charts.desks_for_target, desks, target_share=0.8, desks=16),
        "lane price": partial(border_charts.lane_price, prices, desks=6),
    }


def _track_record() -> dict[str, Drawn]:
    said = np.linspace(0.05, 0.95, 10)
    bins = pd.DataFrame(
        {"forecast": said, "observed": said**1.1, "count": [120, 30, 22, 18, 15, 12, 14, 22, 40, 300]}
    )
    known = pd.DataFrame(
        {
            "months_known": range(12),
            "coverage_80": np.linspace(0.72, 0.82, 12),
            "coverage_95": 0.95,
            "count": 20,
        }
    )
    edges = np.arange(11) / 10
    places = pd.DataFrame(
        {"low": edges[:-1], "high": edges[1:], "count": [14, 9, 11, 8, 10, 12, 9, 7, 13, 16]}
    )
    return {
        "reliability": partial(record_charts.reliability, bins),
        "coverage": partial(record_charts.coverage_by_months_known, known),
        "pit": partial(record_charts.pit_histogram, places),
    }


def gallery(language: Language) -> dict[str, Drawn]:
    """Return every chart that fills its width, to be called with width (and height) in pixels."""
    made = _overview() | _milestone() | _scenario(language) | _hall(language) | _track_record()
    return {name: partial(chart, language=language) for name, chart in made.items()}


NAMES = list(gallery(Language("en")))
