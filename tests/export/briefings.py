"""One small briefing in each language, and spoiled ones, for the tests of documents."""

import io
import json
from dataclasses import replace
from functools import partial
from typing import Any

import altair as alt
import pandas as pd
import pytest
from PIL import Image

from crossings.drawing import theme
from crossings.export import pictures, reading
from crossings.export.briefing import Absent, Briefing, Part, Section
from crossings.language import Language
from crossings.questions.base import Band, Column, Figure, Look, OfficeChart, table
from tests.export.figures import figure

TRACE = json.dumps({"format": 1, "month": "2026-08", "words": "한일 日韓 <&>", "values": [0.1, None]})
LONG_TITLE = ("=HYPERLINK 😀 مرحبا بالعالم שלום " * 14)[:400]
SPOILED = "a\x00b\x0bc\x1fd\ufffee"
HALF = "\ud800"
WORDS: dict[str, dict[str, Any]] = {
    "ko": {
        "title": "한일 인적 교류 월간 브리핑",
        "answer": "2026년 8월까지 한일 상호 방문객은 1,012만 명으로, 전년 동기보다 20.2% 많습니다.",
        "bullets": (
            "8월에는 128만 명이 오갔습니다.",
            "방일 한국인은 85만 명입니다.",
            "1,500만 명을 넘어설 확률은 87%입니다.",
        ),
        "fan": "2026년 상호 방문객, 누계",
        "takeaway": "연말 **중앙값**은 1,510만 명입니다.",
        "note": "장관 보고용, 붉은 선에 유의",
        "headings": (
            "월",
            "공표치",
            "중앙값",
            "95% 예측구간 하한",
            "80% 예측구간 하한",
            "80% 예측구간 상한",
            "95% 예측구간 상한",
        ),
        "method": ("전망 방법", "모의 연도 2,000개에서 구했습니다."),
        "assumption": ("가정", "값", "근거 수준"),
        "source": ("출처", "공표일", "주소"),
        "scale": ("100번 중", "표현"),
        "stamp": ("자료 월", "2026년 8월"),
        "absent": ("대기시간", "이 달의 자료가 없어 그릴 수 없습니다."),
    },
    "ja": {
        "title": "日韓の人的往来、月次ブリーフィング",
        "answer": "2026年8月までの日韓相互訪問者数は1,012万人で、前年同期より20.2%多くなりました。",
        "bullets": (
            "8月は128万人が往来しました。",
            "訪日韓国人は85万人です。",
            "1,500万人を超える確率は87%です。",
        ),
        "fan": "2026年の相互訪問者数、累計",
        "takeaway": "年末の**中央値**は1,510万人です。",
        "note": "局長説明用、赤い線に注意",
        "headings": (
            "月",
            "公表値",
            "中央値",
            "95%予測区間の下限",
            "80%予測区間の下限",
            "80%予測区間の上限",
            "95%予測区間の上限",
        ),
        "method": ("見通しの方法", "シミュレーション上の年2,000個から求めました。"),
        "assumption": ("前提", "値", "根拠の確度"),
        "source": ("出典", "公表日", "アドレス"),
        "scale": ("100回中", "表現"),
        "stamp": ("データの月", "2026年8月"),
        "absent": ("待ち時間", "この月のデータがないため描けません。"),
    },
    "en": {
        "title": "Korea-Japan exchange, the month in brief",
        "answer": "To August 2026 visitors both ways were 10.12 million, 20.2% more than a year earlier.",
        "bullets": (
            "In August 1.28 million came.",
            "Koreans to Japan: 0.85 million.",
            "Chance of 15 million: 87 in 100.",
        ),
        "fan": "Visitors in both directions in 2026, cumulative",
        "takeaway": "The **median** at the end of the year is 15.1 million.",
        "note": "For the minister; mind the red line",
        "headings": (
            "Month",
            "Published",
            "Median",
            "95% interval, lower end",
            "80% interval, lower end",
            "80% interval, upper end",
            "95% interval, upper end",
        ),
        "method": ("How it is projected", "From 2,000 simulated years."),
        "assumption": ("Assumption", "Value", "Evidence grade"),
        "source": ("Source", "Published on", "Address"),
        "scale": ("In 100", "Word"),
        "stamp": ("Data month", "August 2026"),
        "absent": ("Waiting time", "There are no data for this month, so it cannot be drawn."),
    },
}


def _light(frame: pd.DataFrame, *, width: int = 300, height: int = 150) -> alt.LayerChart:
    """Return the plainest chart of a frame's first two columns."""
    values = pd.DataFrame({"x": range(len(frame)), "y": frame.iloc[:, 2].tolist()})
    mark = alt.Chart(values).mark_line(color=theme.INK)
    lines = mark.encode(x="x:Q", y="y:Q")
    sized = alt.LayerChart(layer=[lines], width=width - 40, height=height - 40)
    return sized


def fan(code: str) -> Figure:
    """Return a small fan chart with nested bands that begin where the published figures end."""
    said, language = WORDS[code], Language(code)
    month, known, median, low95, low80, high80, high95 = said["headings"]
    gone = [None] * 8
    values = {
        "known": (known, [1_265_000.0 * number for number in range(1, 9)] + [None] * 4),
        "median": (
            median,
            [*gone[:7], 10_120_000.0, 11_350_000.0, 12_600_000.0, 13_850_000.0, 15_100_000.0],
        ),
        "low95": (low95, [*gone, 11_150_000.0, 12_150_000.0, 13_150_000.0, 14_100_000.0]),
        "low80": (low80, [*gone, 11_220_000.0, 12_300_000.0, 13_400_000.0, 14_450_000.0]),
        "high80": (high80, [*gone, 11_480_000.0, 12_900_000.0, 14_300_000.0, 15_750_000.0]),
        "high95": (high95, [*gone, 11_550_000.0, 13_050_000.0, 14_550_000.0, 16_100_000.0]),
    }
    months = [pd.Period(f"2026-{number:02d}", "M") for number in range(1, 13)]
    persons = [(Column(key, heading, "persons"), column) for key, (heading, column) in values.items()]
    shown = table(language, [(Column("month", month, "month"), months), *persons])
    office = OfficeChart(
        "line",
        shown,
        looks={"known": Look(theme.BOTH, width=2.5), "median": Look(theme.BOTH, "dash")},
        bands=(Band("low95", "high95", "#DFE3E8", "95%"), Band("low80", "high80", "#AEB6C2", "80%")),
    )
    base = figure(code, scenario=None)
    return replace(
        base,
        key="milestone-fan",
        title=said["fan"],
        takeaway=said["takeaway"],
        draw=partial(_light, shown.frame.fillna(0)),
        table=shown,
        office=office,
    )


def briefing(code: str, **changes: object) -> Briefing:
    """Return a briefing with a monthly figure, a fan, an absent figure and every annex."""
    said = WORDS[code]
    base = Briefing(
        title=said["title"],
        answer=said["answer"],
        bullets=said["bullets"],
        parts=(Part(figure(code), said["note"], said["method"]), Part(fan(code))),
        language=Language(code),
        absent=(Absent(*said["absent"]),),
        method=(Section(said["method"][0], (said["method"][1],)),),
        assumptions=pd.DataFrame([("x", "0.35", "B"), ("y", "=1+1", "C")], columns=said["assumption"]),
        sources=pd.DataFrame(
            [("JNTO", "2026-09-16", "https://www.jnto.go.jp/statistics/data/visitors-statistics/")],
            columns=said["source"],
        ),
        scale=pd.DataFrame([("99", "a"), ("90–98", "b")], columns=said["scale"]),
        stamp=(said["stamp"], ("link", "http://localhost:8501/scenario?lanes=0.5")),
        versions=(("v", "ab12cd34"),),
        trace=TRACE,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def empty(code: str) -> Briefing:
    """Return a briefing without figures, points and annexes."""
    return Briefing(title="", answer="", bullets=(), parts=(), language=Language(code))


def without_pictures(patch: pytest.MonkeyPatch) -> None:
    """Put a dot in the place of every picture, for tests that read words and numbers of many figures."""
    dot = io.BytesIO()
    Image.new("RGB", (4, 2), "white").save(dot, "PNG")
    patch.setattr(pictures, "chart_png", lambda *_, **__: dot.getvalue())
    patch.setattr(pictures, "png_and_svg", lambda *_, **__: (dot.getvalue(), b"<svg/>"))


def many(code: str, count: int = 60) -> Briefing:
    """Return a briefing of `count` light figures under one title."""
    return briefing(code, parts=tuple(Part(fan(code)) for _ in range(count)))


def spoiled(code: str) -> Briefing:
    """Return a briefing whose title, note and cells try to break a file."""
    worst = replace(
        fan(code),
        title=LONG_TITLE + SPOILED + HALF,
        takeaway=f"=1+1 {SPOILED}",
        scenario=f"=cmd|' /C calc'!A0{SPOILED}",
        table=table(
            Language(code),
            [(Column("a", "=A1"), ["=1+1", SPOILED]), (Column("x", "[x]", "number"), [1.0, None])],
        ),
        office=None,
    )
    parts = (Part(worst, note=f"=note {SPOILED}\n\nsecond line"), Part(replace(worst, title="'a]b:c*d?/\\'")))
    return briefing(code, title=LONG_TITLE + SPOILED + HALF, parts=parts, answer=f"=answer {SPOILED}")


def without_reading(text: str) -> dict[str, Any]:
    """Return a trace without the record of what a reader reads in its file."""
    record: dict[str, Any] = json.loads(text)
    assert record.pop("reading") is not None
    assert record.pop("reading_version") == reading.VERSION
    return record


def renamed(made: Figure, start: str) -> OfficeChart:
    """Return a figure's office chart with headings that begin with `start`."""
    assert made.office is not None
    columns = tuple(replace(each, heading=f"{start}{each.heading}") for each in made.office.table.columns)
    bands = tuple(replace(band, label=f"{start}{band.label}") for band in made.office.bands)
    return replace(made.office, table=replace(made.office.table, columns=columns), looks={}, bands=bands)
