"""The Track record's figures and sentences hold the numbers of the record, whatever it says."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from crossings.language import LANGUAGES, Language
from crossings.models.forecast.backtest import CLAIMS, RATIOS, TrackRecord
from crossings.models.forecast.milestone import Outcome, milestone
from crossings.questions.base import Figure
from crossings.questions.figure_context import Setting
from crossings.questions.track_record import figures
from crossings.questions.track_record import selection as record
from crossings.questions.track_record import sentences as words
from crossings.questions.track_record.selection import Era, Selection, YearAsked
from crossings.tables import flows
from crossings.tables.flows import Flow
from tests.drawing.pictures import drawn, size, texts
from tests.language import markdown
from tests.projections import projection

EN = Language("en")
CAME = 1000


def made(*, era: Era = "before 2020", held: float = 0.8, better: bool = True) -> TrackRecord:
    """Return two years of answers in which the 80% interval held so often, and the rules missed by a tenth."""
    rng = np.random.default_rng(3)
    months = [
        month for year in (2011, 2012) for month in pd.period_range(f"{year - 2}-01", f"{year}-11", freq="M")
    ]
    years = np.repeat([2011, 2012], 35)
    known = np.array(
        [month.month - 12 * (year - month.year) for month, year in zip(months, years, strict=True)]
    )
    inside = np.arange(len(months)) % 10 < held * 10
    answers = pd.DataFrame(
        {"as_of": [str(month) for month in months], "year": years, "months_known": known}
    ).assign(
        flow=Flow.BOTH.value,
        era=era,
        actual=CAME,
        median=1030,
        low_80=np.where(inside, 900, 1001),
        high_80=1100,
        low_95=800,
        high_95=1200,
        pit=rng.uniform(size=len(months)),
        crps=20,
        last_year=900,
        year_to_date=1100,
        model_version="made",
    )
    marks = answers[["as_of", "year", "months_known", "flow", "era"]].merge(
        pd.DataFrame({"ratio": RATIOS}), how="cross"
    )
    passed = (marks["ratio"] * 900 <= CAME).astype(int)
    sure, unsure = passed * 0.8 + 0.1, passed * 0.2 + 0.4
    marks = marks.assign(
        settled="",
        passed=passed,
        probability=sure if better else unsure,
        last_year_probability=unsure if better else sure,
        year_to_date_probability=0.5,
    )
    return TrackRecord(answers=answers, marks=marks)


def selected(
    kept: TrackRecord, *, year_asked: YearAsked = YearAsked.RUNNING, era: Era = "before 2020"
) -> Selection:
    selection = record.select(kept, flow=Flow.BOTH, era=era, year_asked=year_asked)
    assert selection is not None
    return selection


def test_answers_are_split_by_the_year_asked_about() -> None:
    running, ahead, later = (selected(made(), year_asked=year) for year in YearAsked)
    assert running.by_month["months_known"].tolist() == list(range(12))
    assert ahead.by_month["months_known"].tolist() == list(range(12))
    assert later.by_month["months_known"].tolist() == list(range(1, 12))
    assert running.count + ahead.count + later.count == len(made().answers)
    assert running.years == 2


def test_only_what_the_record_holds_is_offered() -> None:
    assert record.eras(made(era="since 2023")) == ("since 2023",)
    assert (
        record.select(made(), flow=Flow.JAPANESE_TO_KOREA, era="before 2020", year_asked=YearAsked.NEXT)
        is None
    )


def test_the_answer_says_how_often_the_intervals_held() -> None:
    found = selected(made(held=0.5))
    said = words.answer(found, EN)
    inside = round(100 * float(found.intervals["coverage_80"]))
    assert f"80% prediction interval in **{inside}%**" in said
    assert "95% interval in **100%**" in said


@pytest.mark.parametrize(("better", "word"), [(True, "more"), (False, "less")])
def test_the_answer_says_whether_simple_rules_were_beaten(better: bool, word: str) -> None:
    assert f"% {word} accurate**" in words.answer(selected(made(better=better)), EN)


def test_key_figures_stand_beside_the_rules() -> None:
    rows = figures.key_figures(selected(made()), EN)
    assert [row.label for row in rows] == [
        "Outcome within the 80% interval",
        "Mean error of the annual total",
        "Forecast “likely” or higher",
        "Forecast “unlikely” or lower",
    ]
    assert rows[1].value == "3.0%"
    assert rows[1].comparison == "last year unchanged 10.0%, year-to-date growth 10.0%"
    assert rows[2].value.startswith("occurred in ")
    assert rows[2].comparison is not None
    assert rows[2].comparison.endswith(" forecasts")


def test_marks_that_were_all_settled_are_said_and_not_scored() -> None:
    kept = made()
    found = selected(TrackRecord(answers=kept.answers, marks=kept.marks.assign(settled="passed")))
    assert found.probabilities is None
    assert len(figures.key_figures(found, EN)) == 2
    assert "already decided" in words.reliability_takeaway(found, EN)
    assert "two simple rules" not in words.answer(found, EN)
    assert [column.key for column in figures.scores([found], EN).columns] == ["score"]


DRAWN = (figures.error_by_month, figures.coverage, figures.reliability, figures.outcomes)


@pytest.mark.parametrize("draw", DRAWN)
def test_a_count_is_printed_as_a_count_and_a_share_as_per_cent(draw: Callable[..., Figure]) -> None:
    setting = Setting(flows.load(), Flow.BOTH, EN, model_version="made")
    shown = draw(setting, selected(made())).table
    kinds = {column.key: column.kind for column in shown.visible.columns}
    printed = shown.texts()
    assert kinds["count"] == "count"
    assert printed[shown.column("count").heading].str.fullmatch(r"[\d,]+").all()
    for key, kind in kinds.items():
        if kind == "share":
            assert printed[shown.column(key).heading].str.fullmatch(r"\d+\.\d%|–").all()


def test_scores_stand_in_a_column_a_part_of_the_record() -> None:
    early, late = (selected(made(era=era), era=era) for era in ("before 2020", "since 2023"))
    shown = figures.scores([early, late], EN)
    assert [column.heading for column in shown.columns] == ["", "Before 2020", "Since 2023"]
    printed = dict(zip(shown.values("score"), shown.values("before-2020"), strict=True))
    assert printed["Brier score"] == "0.010"
    assert printed["Improvement on the better benchmark"].startswith("+")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("year_asked", list(YearAsked))
def test_every_figure_can_be_drawn(code: str, year_asked: YearAsked) -> None:
    setting = Setting(flows.load(), Flow.BOTH, Language(code), model_version="made")
    found = selected(made(), year_asked=year_asked)
    for draw in (figures.error_by_month, figures.reliability, figures.coverage, figures.outcomes):
        figure = draw(setting, found)
        assert figure.chart().to_dict()
        assert figure.takeaway
        assert figure.versions["model"] == "made"
        assert len(figure.table)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", [420, 860])
def test_the_chart_of_errors_fits_and_no_two_texts_overlap(code: str, width: int) -> None:
    setting = Setting(flows.load(), Flow.BOTH, Language(code))
    root = drawn(figures.error_by_month(setting, selected(made())).chart(width=width, height=300))
    found, (wide, high) = texts(root), size(root)
    assert not [t for t in found if t.left < -1 or t.right > wide + 1 or t.top < -1 or t.bottom > high + 1]
    assert not [
        (a.said, b.said) for place, a in enumerate(found) for b in found[place + 1 :] if a.overlaps(b)
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_claim_is_told_with_what_came(code: str) -> None:
    claim = CLAIMS[0]
    result = milestone(projection("2024-07"), flow=claim.flow, year=claim.year, mark=claim.mark)
    last = pd.Period("2024-12", "M")
    came = Outcome(12_041_844, last, complete=True, passed=True, passed_month=last, passed_day=None)
    missed = Outcome(9_999_999, last, complete=True, passed=False, passed_month=None, passed_day=None)
    told = [words.claim(claim, result, outcome, Language(code)) for outcome in (came, missed)]
    assert told[0] != told[1]
    assert all(not markdown.faults(said) for said in told)
    assert "9,999,999" in told[1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_bold_parts_of_every_sentence_are_bold(code: str) -> None:
    language = Language(code)
    for era in record.ERAS:
        for better in (True, False):
            said = words.answer(selected(made(era=era, better=better), era=era), language)
            assert said.count("**") >= 6
            assert not markdown.faults(said)
    for said in (words.absent(language), words.nothing_here(language), words.caveats(language)):
        assert not markdown.faults(said)


def test_a_link_keeps_how_many_months_were_known_and_says_what_differs() -> None:
    found = selected(made(held=0.5))
    said = words.same_condition(found, 8, EN)
    assert "**8 months** published" in said
    assert re.search(r"in \*\*\d+ of 2\*\* years", said)
    assert f"The {round(100 * float(found.intervals['coverage_80']))}% above" in said
    assert words.same_condition(found, None, EN) == ""


@pytest.mark.parametrize(
    ("as_of", "year", "asked", "months"),
    [
        ("2026-08", 2026, "running", "8"),
        ("2025-12", 2026, "running", "0"),
        ("2025-08", 2026, "next", "8"),
        ("2026-08", 2028, "two-ahead", "8"),
    ],
)
def test_forecasts_made_alike_are_those_with_as_many_months_known(
    as_of: str, year: int, asked: str, months: str
) -> None:
    alike = record.asked_alike(year, pd.Period(as_of, "M"))
    assert alike == {"era": "since 2023", "asked": asked, "months": months}
