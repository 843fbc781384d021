"""One small figure in each language, for the tests of files."""

from functools import partial

import pandas as pd

from crossings.export import Figure, NativeChart
from crossings.language import Language
from crossings.questions.overview import series as series_charts
from crossings.tables.flows import Flow
from tests.drawing.gallery import visitors

WORDS = {
    "ko": (
        "방일 한국인, 월별",
        "2026년 8월에는 **85만 명**이 일본을 찾았습니다.",
        "출처: 일본정부관광국(JNTO)",
        "2026년 8월 기준",
        "7~8월은 추정치",
    ),
    "ja": (
        "訪日韓国人、月別",
        "2026年8月の訪日韓国人は**85万人**でした。",
        "出典: 日本政府観光局(JNTO)",
        "2026年8月時点",
        "7〜8月は推計値",
    ),
    "en": (
        "Koreans visiting Japan, a month",
        "In August 2026 **0.85 million** came.",
        "Source: JNTO",
        "As of August 2026",
        "July-August: estimates",
    ),
}


def figure(code: str, *, scenario: str | None = "=cmd() 「패키지」") -> Figure:
    """Return a monthly figure with a scenario whose name looks like a formula."""
    language = Language(code)
    frame = visitors(Flow.KOREANS_TO_JAPAN, first="2024-01")
    title, takeaway, source, as_of, status = WORDS[code]
    table = frame.assign(month=frame["month"].map(language.month))
    table["note"] = ["=1+1", "+82", "-", "@home", *[""] * (len(table) - 4)]
    table["share"] = [None, 0.25, *[0.5] * (len(table) - 2)]
    return Figure(
        key="monthly-koreans",
        title=title,
        takeaway=takeaway,
        body=partial(series_charts.monthly_series, frame, flow=Flow.KOREANS_TO_JAPAN, language=language),
        frame=table,
        source=source,
        as_of=as_of,
        status=status,
        language=language,
        scenario=scenario,
        versions={"data": "ab12cd34", "model": "1.0"},
        native=NativeChart("line", pd.DataFrame({"month": table["month"], "visitors": table["visitors"]})),
    )
