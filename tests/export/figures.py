"""One small figure in each language, for the tests of files."""

from functools import partial

from crossings.language import Language
from crossings.questions.base import Column, Figure, OfficeChart, table
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
        "出典：日本政府観光局（JNTO、訪日韓国人）",
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
    shown = table(
        language,
        [
            (Column("month", "month", "month"), list(frame["month"])),
            (Column("visitors", "visitors", "persons"), frame["visitors"]),
            (Column("status", "status"), frame["status"]),
            (Column("note", "note"), ["=1+1", "+82", "-", "@home", *[""] * (len(frame) - 4)]),
            (Column("share", "share", "share"), [None, 0.25, *[0.5] * (len(frame) - 2)]),
        ],
    )
    return Figure(
        key="monthly-koreans",
        title=title,
        takeaway=takeaway,
        draw=partial(series_charts.monthly_series, frame, flow=Flow.KOREANS_TO_JAPAN, language=language),
        table=shown,
        source=source,
        as_of=as_of,
        status=status,
        language=language,
        scenario=scenario,
        versions={"data": "ab12cd34", "model": "1.0"},
        office=OfficeChart("line", shown.select(["month", "visitors"])),
    )
