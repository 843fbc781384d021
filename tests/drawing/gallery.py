"""Every chart once, on small made-up figures, for the tests that look at all of them."""

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from crossings.drawing import theme
from crossings.drawing.drawing import Chart
from crossings.drawing.effect_bars import interval_bars, paired_bars, tornado, waterfall
from crossings.drawing.marks import Key
from crossings.language import Language
from crossings.questions.abroad import charts as abroad_charts
from crossings.questions.border import charts as border_charts
from crossings.questions.history import charts as history_charts
from crossings.questions.milestone import charts as milestone_charts
from crossings.questions.overview import cumulative as cumulative_charts
from crossings.questions.overview import series as series_charts
from crossings.questions.scenario import charts as scenario_charts
from crossings.questions.track_record import charts as record_charts
from crossings.questions.track_record.error_by_months import error_by_months
from crossings.tables.flows import DIRECTIONS, Flow

Drawn = Callable[..., Chart]
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


def fan_frame(year: int, known: int, **more: object) -> pd.DataFrame:
    """Return a made-up year, `known` months of it published; more: columns beside those of the projection."""
    count = np.arange(1, 13)
    middle = count * 1.2e6
    wide = np.clip(count - known, 0, None) * 9e4
    frame = pd.DataFrame({"month": months(f"{year}-01", f"{year}-12"), "last_year": count * 1.09e6, **more})
    frame["known"] = np.where(count <= known, middle, np.nan)
    for name, factor in (
        ("low_95", -1.96),
        ("low_80", -1.28),
        ("median", 0.0),
        ("high_80", 1.28),
        ("high_95", 1.96),
    ):
        frame[name] = middle + factor * wide
    return frame


def _milestone() -> dict[str, Drawn]:
    flow = Flow.BOTH
    passed = pd.DataFrame(
        {"month": [*months("2026-08", "2026-12"), pd.NaT], "share": [0, 0.003, 0.08, 0.31, 0.3, 0.307]}
    )
    passed["when"] = [*(str(month) for month in months("2026-08", "2026-12")), "2027"]
    marks = np.arange(1_000_000, 25_000_001, 100_000)
    curve = pd.DataFrame({"mark": marks, "probability": 1 / (1 + np.exp((marks - 14.6e6) / 3.5e5))})
    statuses = ["definitive"] * 6 + ["provisional", "estimate"] + [None] * 4
    fan = partial(milestone_charts.fan, flow=flow)
    return {
        "fan": partial(fan, fan_frame(2026, 8, status=statuses), mark=15e6),
        "fan early": partial(fan, fan_frame(2026, 1), mark=15e6),
        "fan whole": partial(fan, fan_frame(2025, 12), mark=10e6),
        "fan outcome": partial(fan, fan_frame(2024, 7, outcome=np.arange(1, 13) * 1.21e6), mark=10e6),
        "month passed": partial(milestone_charts.month_passed, passed, flow=flow),
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
    sums = pd.DataFrame({"label": [lane, elasticity], "low": [41.8, 49.1], "high": [77.3, 75.2]})
    pairs = pd.DataFrame({"label": ["2027", "2028"], "first": [17.7, 15.9], "second": [29.6, -0.4]})
    pair = (Key(lane, theme.KOREANS_TO_JAPAN, "band"), Key(fare, theme.JAPANESE_TO_KOREA, "band"))
    return {
        "two medians": partial(
            scenario_charts.two_medians, paths, flow=Flow.KOREANS_TO_JAPAN, name=lane, mark=1e6
        ),
        "intervals": partial(interval_bars, effects),
        "waterfall": partial(waterfall, steps),
        "tornado": partial(tornado, drivers, centre=0.018, amounts="share"),
        "tornado of sums": partial(tornado, sums, centre=59.6, amounts="number"),
        "paired bars": partial(paired_bars, pairs, pair=pair),
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


@lru_cache(maxsize=3)
def gallery(language: Language) -> dict[str, Drawn]:
    """Return the charts whose layout is tested here, to be called with width (and height) in pixels."""
    made = _overview() | _milestone() | _scenario(language) | _hall(language) | _track_record()
    return {name: partial(chart, language=language) for name, chart in made.items()}


def _history(language: Language) -> dict[str, Drawn]:
    lane, elasticity, fare, others = LONG_NAMES[language.code]
    flow, index = Flow.KOREANS_TO_JAPAN, months("2015-01", "2026-08")
    marks = pd.DataFrame(
        {
            "key": ["first", "second"],
            "month": months("2018-03", "2018-04"),
            "category": ["policy", "health"],
            "title": [lane, others],
            "day": [language.month(month) for month in months("2018-03", "2018-04")],
        }
    )
    wave = 0.1 * np.sin(np.arange(len(index)))
    seen = visitors(flow, "2019-01", "2020-02").drop(columns="status")
    away = seen["month"] >= pd.Period("2019-07", "M")
    for name, factor in (("without", 1.4), ("low", 1.3), ("high", 1.5)):
        seen[name] = (seen["visitors"] * factor).where(away)
    strengths = np.linspace(-2, 3, 20)
    tried = pd.DataFrame(
        {
            "kind": ["month", "origin"] * 10,
            "strength": strengths,
            "effect": strengths / 20,
            "placebo": [language.month(month) for month in months("2010-01", "2011-08")],
        }
    )
    stated = pd.DataFrame(
        {
            "label": [fare, others],
            "flow": [Flow.BOTH.value, "KOR-JPN"],
            "persons": 10e6,
            "outcome": [9.5e6, np.nan],
        }
    )
    stated = stated.assign(median=[9e6, np.nan], low=[8e6, np.nan], high=[10e6, np.nan])
    return {
        "timeline": partial(
            history_charts.timeline,
            {one: visitors(one) for one in DIRECTIONS},
            marks,
            names={"policy": elasticity, "health": others},
            chosen="first",
            selectable=True,
        ),
        "without event": partial(history_charts.without_event, seen, flow=flow),
        "growth beside": partial(
            history_charts.growth_beside,
            pd.DataFrame({"month": index, "flow": wave, "mix": wave / 2}),
            event=(index[-20], index[-10]),
            flow=flow,
        ),
        "placebos": partial(
            history_charts.placebos, tried, own=-2.5, names={"month": elasticity, "origin": others}, flow=flow
        ),
        "statements": partial(history_charts.statements, stated),
        "calendar": partial(
            history_charts.with_and_without_calendar,
            pd.DataFrame({"month": index, "change": wave, "without": wave / 2}).iloc[-24:],
            flow=flow,
        ),
        "balance": partial(
            history_charts.balance, pd.DataFrame({"month": index, "ratio": 2 + wave, "open": wave > -0.05})
        ),
    }


def _abroad(language: Language) -> dict[str, Drawn]:
    lane, elasticity, fare, others = LONG_NAMES[language.code]
    days = pd.to_datetime(["2019-06-30", "2020-06-30", "2024-06-30"]).date
    counts = pd.DataFrame(
        {"day": days, "persons": [400_000, 420_000, 410_000], "name": others, "side": "KOR"}
    )
    quota = pd.DataFrame({"day": days[:2], "persons": [450_000, 500_000], "name": elasticity})
    places = pd.DataFrame(
        {
            "country": ["LBN", "THA"],
            "name": [fare, others],
            "longitude": [35.9, 101.0],
            "latitude": [33.9, 15.0],
        }
    )
    home = pd.DataFrame({"name": [lane, elasticity], "longitude": [127.0, 139.7], "latitude": [37.5, 35.7]})
    carried = pd.DataFrame(
        {
            "label": [fare, others],
            "koreans_carried": [97, np.nan],
            "japanese_carried": [6, 51],
            "others_carried": [5, np.nan],
        }
    )
    return {
        "dated counts": partial(
            abroad_charts.dated_counts,
            counts.assign(ring=[False, False, True], run=["0", "0", "1"]),
            quota=quota,
        ),
        "third countries": partial(
            abroad_charts.third_countries,
            places.assign(persons=[100, 20_000], side=["KOR", "JPN"]),
            places.assign(count=[1, 2]),
            home,
            chosen=places.iloc[[0]],
        ),
        "carried": partial(abroad_charts.carried_bars, carried),
    }


@lru_cache(maxsize=3)
def every_chart(language: Language) -> dict[str, Drawn]:
    """Return the gallery, and the charts whose layout is tested with the figures of their question."""
    errors = pd.DataFrame({"months_known": range(12), "count": 20})
    for place, name in enumerate(("error", "last_year_error", "year_to_date_error")):
        errors[name] = np.linspace(0.1 + 0.05 * place, 0.01, 12)
    elsewhere: dict[str, Drawn] = {
        "dots": partial(milestone_charts.dots, 48, flow=Flow.BOTH),
        "error by months": partial(error_by_months, errors),
        **_history(language),
        **_abroad(language),
    }
    return gallery(language) | {name: partial(chart, language=language) for name, chart in elsewhere.items()}


NAMES = list(gallery(Language("en")))
EVERY_NAME = list(every_chart(Language("en")))
