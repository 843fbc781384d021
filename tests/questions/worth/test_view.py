"""The Worth page's answer: both books, what may not be added, the double count, airports, hall, links."""

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from crossings.errors import CrossingsError
from crossings.language import LANGUAGES, Language
from crossings.models.scenario.settings import Settings, from_preset, settings_from_json, settings_of, to_json
from crossings.models.worth.drivers import ROWS
from crossings.models.worth.model import home_rates
from crossings.models.worth.parameters import COUNTRIES
from crossings.models.worth.results import Spread, book_rows, minutes_saved, sensitivities
from crossings.questions import registry
from crossings.questions.base import Figure
from crossings.questions.worth.question import WorthQuestion
from crossings.questions.worth.sentences import ROWS as ROWS_OF_BOOKS
from crossings.questions.worth.sentences import (
    SENSITIVITIES,
    caution_text,
    deterrence,
    own_rates,
    row_short,
    with_range,
)
from crossings.questions.worth.view import WorthView, view
from crossings.tables.flows import Flow
from tests.briefing.collected import models

ENGLISH = Language("en")


def seen(settings: Settings | None = None, language: Language = ENGLISH, **more: object) -> WorthView:
    chosen = from_preset("full-package") if settings is None else settings
    return view(replace(WorthQuestion(settings=chosen), **more), models(), language)  # type: ignore[arg-type]


def test_the_state_gives_the_question_again() -> None:
    asked = WorthQuestion(
        settings=from_preset("e-gates"),
        base_year=2024,
        won="9.505",
        discount="2",
        row="public_cost",
        quantities='{"JPN": {"desks": 6, "hours": 7}}',
        aim="JPN",
        airports="HND,FUK",
        shares='{"KOR": {"ICN": 60, "PUS": 10, "other": 30}}',
        desks_added=-2,
    )
    again = registry.question_of("worth", asked.state())
    assert isinstance(again, WorthQuestion)
    assert again.settings.choices == asked.settings.choices
    assert replace(again, settings=asked.settings) == asked
    assert "quantities=" in asked.link("https://example.org", "ko")


@pytest.mark.parametrize("code", LANGUAGES)
def test_spending_is_said_to_be_no_welfare_wherever_it_stands(code: str) -> None:
    language = Language(code)
    found = seen(language=language)
    word = {"en": "welfare", "ko": "후생", "ja": "厚生"}[code]
    assert word in found.answer
    assert word in found.figures["worth-books"].takeaway
    rows = found.tables["books"].values("row")
    assert sum(word in row for row in rows) == 2


def test_the_books_of_the_page_sum_to_zero_and_hold_no_sum_of_rows() -> None:
    table = seen().figures["worth-books"].table
    medians = dict(zip(table.values("label"), table.values("median"), strict=True))
    account = "travel account (not welfare)"
    assert medians[f"Korea: {account}"] == -medians[f"Japan: {account}"] != 0
    gain = medians["Korea: gain of own travellers, behavioural"]
    spent = medians["Korea: spending received, gross (not welfare)"]
    assert not np.isclose(table.values("median"), gain + spent, rtol=1e-4).any()


def test_without_a_measure_nothing_is_said_to_be_gained() -> None:
    found = seen(Settings())
    assert found.paragraphs == ()
    assert {figure.value for figure in found.key_figures} == {"₩0 bn", "¥0 bn"}
    assert "worth-drivers-kor" not in found.figures
    with pytest.raises(CrossingsError):
        found.figures["worth-ratios"]


def test_every_key_has_its_figure_in_every_language() -> None:
    compared = json.dumps([to_json(from_preset("e-gates")), to_json(from_preset("full-package"))])
    for code in LANGUAGES:
        found = seen(language=Language(code), compared=compared)
        for key in found.figures:
            figure = found.figures[key]
            assert figure.key == key
            assert figure.title
            assert figure.takeaway
            figure.chart(width=600, height=300).to_dict()


def test_every_row_whose_drivers_can_be_asked_for_has_its_name() -> None:
    assert len({row_short(row, ENGLISH) for row in ROWS}) == len(ROWS)


def test_the_outlay_of_five_years_adds_up() -> None:
    table = seen().figures["worth-outlay"].table
    for country in COUNTRIES:
        years = table.values(f"{country}_outlay")
        assert years[5] == pytest.approx(years[:5].sum())
        assert years[6] == pytest.approx(years[5] / 5)
        parts = table.values(f"{country}_capital") + table.values(f"{country}_running")
        assert list(parts) == pytest.approx(list(years))


def test_korean_tables_count_in_hundred_millions() -> None:
    english, korean = (seen(language=Language(code)).figures["worth-books"].table for code in ("en", "ko"))
    assert list(korean.values("median")) == pytest.approx(list(english.values("median") * 10))
    assert korean.unit(korean.column("median")) == "억 원"


def test_ratios_stand_at_each_countrys_own_rate_until_another_is_chosen() -> None:
    labels = seen().figures["worth-ratios"].table.values("label")
    assert all(any(f"{rate:g}%" in label for label in labels) for rate in home_rates().values())
    one = seen(discount="1").figures["worth-ratios"].table
    assert all("1%" in label for label in one.values("label"))
    assert not any("Benefit over cost" in text for text in (seen().answer, *seen().paragraphs))


def test_no_gain_stands_without_its_cost_and_the_side_it_lies_on() -> None:
    found = seen()
    assert "cost Korea **16.3 billion won** and Japan **3.3 billion yen** a year" in found.headline
    assert (
        "of the behavioural gain, 29 billion won of Koreans and 0.8 billion yen of Japanese are theirs (all weak)."
        in found.headline
    )
    side = found.paragraphs[0]
    assert side == found.remarks["verdict"]
    assert "Japanese entering Korea: gain below Korea's cost in all three readings" in side
    assert "Koreans entering Japan: gain on both sides of Japan's cost at the behavioural value" in side
    assert side in found.answer
    gates = seen(from_preset("e-gates")).remarks["verdict"]
    assert "Koreans entering Japan: gain above Japan's cost in all three readings" in gates
    assert seen(from_preset("departure-tax")).remarks["verdict"] == ""
    assert "No public cost is counted." in seen(from_preset("departure-tax")).headline
    assert "Building JESTA alone" in seen(from_preset("jesta-departure-tax")).headline
    assert "not known" in seen(settings_of({"paperless": 1})).headline
    mixed = seen(settings_of({"lanes": 1, "departure-tax": 1000})).remarks["verdict"]
    assert "both countries together" in mixed


def test_prices_rates_and_medians_are_said_once_with_year_and_month() -> None:
    basis = seen().notes[0]
    assert "Prices of 2025" in basis
    assert "846 won per 100 yen (mean of October 2026)" in basis
    assert "1,422 won per US dollar (mean of 2025)" in basis
    assert "(all good)" in basis
    assert "medians of rows need not" in basis
    assert "951 won per 100 yen (mean of 2025)" in seen(won="9.505").notes[0]
    elsewhere = [text for key, text in seen().remarks.items() if key != "present-values"]
    assert "rices of 2025" not in " ".join((*seen().paragraphs, *seen().method, *elsewhere))


def test_each_book_is_in_its_own_currency() -> None:
    table = seen().tables["books"]
    assert all("won" in cell for cell in table.values("KOR"))
    assert all("yen" in cell for cell in table.values("JPN"))
    years = seen().tables["years"]
    assert years.unit(years.column("JPN_surplus")) == "billion yen"
    assert list(years.values("year"))[-1] == "Steady state"
    drivers = seen().figures["worth-drivers-jpn"].table
    assert drivers.unit(drivers.column("low")) == "billion yen"


# What is no result: years, the share of an interval, percentiles, what a rate is given for, what the reader sets.
NO_RESULT = (
    r"80%|100%|(?:5|10|90|95)(?:th|パーセンタイル)|제(?:5|95)백분위수|(?:19|20)\d\d"
    r"|100 ?(?:yen|엔|円)|365|Terminal \d"
)
SET = r"of [\d,]+ yen|Year 1|taken as 1"
GRADE = {"en": r"good|fair|weak", "ko": "근거|충분|보통|부족", "ja": "根拠|十分|中程度|乏しい"}
AIMED: dict[str, Any] = {"aim": "JPN", "airports": "HND,FUK"}
TYPED: dict[str, Any] = {"quantities": '{"JPN": {"desks": 6, "hours": 7}}'}
COMPARED = json.dumps([to_json(from_preset(name)) for name in ("e-gates", "departure-tax")])


@pytest.mark.parametrize(
    ("preset", "code", "more"),
    [
        ("full-package", "en", {}),
        ("jesta-departure-tax", "en", {}),
        ("permanent-lanes", "en", AIMED | TYPED),
        ("e-gates", "ko", {}),
        ("jesta-departure-tax", "ja", {}),
    ],
)
def test_every_sentence_with_a_number_of_the_model_names_a_grade(
    preset: str, code: str, more: dict[str, Any]
) -> None:
    found = seen(from_preset(preset), Language(code), compared=COMPARED, **more)
    tax_note = {caution_text(one, Language(code)) for one in found.appraisal.answer.tax_note}
    texts = [found.headline, *found.paragraphs, found.notes[0]]
    if code == "en":  # in the others, digits stand in words of method too
        texts += [*found.notes, *found.method, *found.remarks.values()]
        texts += [text for figure in drawable(found) for text in (figure.takeaway, figure.alt)]
    said = [one for text in texts if text not in tax_note for one in re.split(r"(?<=。)|(?<=\.)\s+", text)]
    numbers = [one for one in said if re.search(r"\d", re.sub(f"{NO_RESULT}|{SET}", "", one))]
    assert len(numbers) > 4
    assert [one for one in numbers if not re.search(GRADE[code], one)] == []


@pytest.mark.parametrize("preset", ["full-package", "jesta-departure-tax"])
def test_every_row_of_every_table_is_graded(preset: str) -> None:
    found = seen(from_preset(preset), compared=COMPARED)
    tables = [*found.tables.values(), *(figure.table for figure in drawable(found))]
    for shown in tables:
        grades = list(shown.values("evidence"))
        cells = shown.visible.frame.drop(columns="evidence").to_numpy()[:, 1:]
        with_number = [any(re.search(r"[1-9]", str(cell)) for cell in row) for row in cells]
        named = [bool(re.search(f"{GRADE['en']}|set on this page", grade)) for grade in grades]
        assert [n for n, g in zip(with_number, named, strict=True) if n and not g] == []
    assert list(found.tables["measure-costs"].values("cost")).count("no published price") == (
        2 if preset == "full-package" else 0
    )
    moved = [figure for figure in found.key_figures if str(figure.value)[1:] != "0 bn"]
    assert len(moved) >= 3
    assert all("evidence" in str(figure.comparison) for figure in moved)


def drawable(found: WorthView) -> list[Figure]:
    """Return the figures that the scenario has."""
    every = []
    for key in found.figures:
        try:
            every.append(found.figures[key])
        except CrossingsError:
            assert "ratios" in key or "drivers" in key
    return every


def test_rows_of_a_chart_carry_their_grades_where_they_differ() -> None:
    drawn = seen(from_preset("permanent-lanes"), **TYPED).figures["worth-books"]
    assert drawn.office is not None
    labels = list(drawn.office.table.values("label"))
    assert "Korea: gain of own travellers, behavioural (weak)" in labels
    assert "Japan: public cost (weak, typed by the reader)" in labels
    assert seen().figures["worth-books"].takeaway.endswith("Evidence of the values shown: all weak.")


def test_a_chart_of_office_programs_prints_the_digits_of_the_page() -> None:
    for code in LANGUAGES:
        shown = seen(language=Language(code)).figures["worth-books"].table
        printed = shown.texts()[shown.column("median").heading]
        said = [str(text).partition("（")[0].partition("(")[0].strip() for text in shown.values("said")]
        assert [str(text).replace(",", "") for text in printed] == [text.replace(",", "") for text in said]


def test_the_middle_of_the_drivers_is_told_from_the_median_of_the_book() -> None:
    found = seen().figures["worth-drivers-kor"]
    assert "every assumption is at its median (59 billion won)" in found.takeaway
    assert "the book's 60 billion won is the median of all draws" in found.takeaway


def test_a_figure_names_what_feeds_it() -> None:
    figures = seen().figures
    assert "queue model" in figures["worth-hall"].source
    assert not any("Japan National Tourism" in figures[key].source for key in ("worth-hall", "worth-outlay"))
    assert "Japan National Tourism" in figures["worth-books"].source


def test_the_list_of_inputs_has_value_unit_year_grade_and_source() -> None:
    table = seen().tables["inputs"]
    assert list(table.frame.columns) == ["input", "value", "unit", "prices", "evidence", "source"]
    rows = dict(zip(table.values("input"), table.values("prices"), strict=True))
    assert rows["Price of a gate, Korea"] == "2017"
    assert rows["Spending of a Korean in Japan, per trip"] == "2025"
    assert rows["Won per yen"] == "October 2026"
    assert len(set(table.values("input"))) > len(seen().appraisal.answer.outlays) + 50


def test_the_list_of_inputs_holds_what_the_answer_and_its_hall_use_and_nothing_else() -> None:
    of_the_hall = {
        "value_of_time",
        "value_of_time_official",
        "queue_multiplier",
        "officer_hours",
        "officer_cost_jpn",
        "staffed_days",
        "airport JPN HND",
        "hall desk_count",
        "hall desk_seconds",
        *(f"hall {part}" for part in ("flights", "partner", "other", "spread", "anchor", "months")),
    }
    rates = {"won_per_yen", "won_per_usd", "won_per_yen_2025"}
    used = {one.key for one in seen(Settings()).appraisal.inputs}
    assert used == of_the_hall | rates | {"base KOR-JPN", "base JPN-KOR"}
    gates = {one.key for one in seen(from_preset("e-gates")).appraisal.inputs}
    assert {"bank_officers", "discount_rate_kor", "ramp_months", "levy_won"} <= gates
    assert not gates & {"authorisation_outer_case", "jesta_trips", "tax_yen_before", "posting_allowance"}
    tax = {one.key for one in seen(from_preset("departure-tax")).appraisal.inputs}
    assert "tax_yen_before" in tax
    assert not tax & {"discount_rate_kor", "bank_officers", "ramp_months", "tax_yen_after"}
    fee = {one.key: one.grade for one in seen(from_preset("jesta-departure-tax")).appraisal.inputs}
    assert fee["jesta_trips"] == fee["authorisation_fee"] == "weak"
    typed = seen(
        quantities='{"JPN": {"desks": 6, "hours": 7}}', shares='{"KOR": {"ICN": 90, "PUS": 5, "other": 5}}'
    )
    grades = {one.key: one.grade for one in typed.appraisal.inputs}
    assert grades["typed JPN desks"] == grades["airport KOR ICN"] == "typed"
    assert grades["airport JPN HND"] == "weak"


def test_where_the_scenario_adds_charges_only_both_together_have_a_ratio() -> None:
    labels = (
        seen(settings_of({"lanes": 1, "departure-tax": 1000})).figures["worth-ratios"].table.values("label")
    )
    assert all("both countries" in label for label in labels)


def test_the_rise_of_2026_counts_once_and_is_explained() -> None:
    found = seen(settings_of({"departure-tax": 2000}))
    assert any("all of 2,000 yen counts" in note for note in found.notes)
    assert any("counted once" in point for point in found.method)


def test_the_outer_case_stands_beside_an_authorisation_and_in_no_book() -> None:
    found = seen(from_preset("travel-authorisation"))
    said = next(said for said in found.paragraphs if "−27%" in said)
    assert "(fair evidence for K-ETA)" in said
    assert "(weak) visitors" in said
    assert "not included above" in said
    assert not any("K-ETA" in said for said in seen().paragraphs)


def test_measures_aimed_at_halls_land_there_alone() -> None:
    lanes = settings_of({"lanes": 1})
    everywhere, aimed = seen(lanes), seen(lanes, aim="JPN", airports="HND,FUK")
    table = aimed.figures["worth-airports"].table
    landed = dict(zip(table.values("label"), table.values("median"), strict=True))
    assert landed["Japan: Haneda"] > 0 < landed["Japan: Fukuoka"]
    assert landed["Japan: Kansai"] == landed["Korea: Incheon"] == 0
    total = everywhere.figures["worth-airports"].table.values("median").sum()
    assert sum(landed.values()) < total
    assert set(table.values("evidence")) == {"weak"}
    assert "its range is not in the bars" in aimed.figures["worth-airports"].takeaway
    assert "its range is not in the bars" not in everywhere.figures["worth-airports"].takeaway
    shares = '{"JPN": {"HND": 40, "other": 60}}'
    assert seen(lanes, aim="JPN", airports="HND", shares=shares).appraisal.grades["surplus"] == "typed"


def test_airports_and_typed_quantities_are_named_wherever_a_sentence_may_be_copied() -> None:
    found = seen(settings_of({"lanes": 1}), **AIMED, **TYPED, compared=COMPARED)
    where, what = "at Haneda and Fukuoka only", "Japan: Desks staffed at once 6, Hours a day 7"
    assert where in found.headline
    assert f"The quantities typed ({what}) cost" in found.headline
    for figure in drawable(found):
        assert (where in figure.takeaway) == (figure.key != "worth-compared")
        assert what in figure.takeaway
        assert where in (figure.scenario or "")
    assert all(where in found.figures[key].title for key in ("worth-books", "worth-outlay"))
    for caption in ("break-even", "present-values"):
        assert "fewer desks or hours than it needs" in found.remarks[caption]
        assert "known price" not in found.remarks[caption]
    assert "Japan: Desks staffed at once; Japan: Hours a day" in found.remarks["grades"]
    both = seen(settings_of({"lanes": 1, "departure-tax": 1000}), **AIMED).headline
    assert re.search(r" \(at Haneda and Fukuoka only: Dedicated lanes[^;]*\)\*\*", both)
    assert where not in seen(settings_of({"departure-tax": 1000}), **AIMED).headline


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("ko", "하네다·후쿠오카 한정 조치: 전용", "하네다·후쿠오카에만 적용하는 조치: 전용"),
        ("ja", "（羽田・福岡に限る措置：専用", "羽田・福岡のみに適用する措置：専用"),
    ],
)
def test_a_scenario_of_which_one_measure_is_aimed_does_not_read_as_aimed_whole(
    code: str, name: str, sentence: str
) -> None:
    found = seen(settings_of({"lanes": 1, "departure-tax": 1000}), Language(code), **AIMED)
    assert name in found.headline
    assert sentence in found.figures["worth-books"].takeaway


@pytest.mark.parametrize(("code", "unit"), [("en", "billion yen"), ("ko", "억 엔"), ("ja", "億円")])
def test_sums_among_the_inputs_are_counted_in_the_unit_of_the_language(code: str, unit: str) -> None:
    language = Language(code)
    rows = seen(from_preset("jesta-departure-tax"), language).tables["inputs"]
    place = list(rows.values("input")).index(language("Cost of building the JESTA system"))
    median = float(re.split("[ (（]", str(rows.values("value")[place]))[0])
    assert rows.values("unit")[place] == unit
    assert median == pytest.approx(9 if code == "en" else 90, rel=0.05)


@pytest.mark.parametrize(("code", "first", "second"), [("ko", "한국", "일본"), ("ja", "日本", "韓国")])
def test_sums_of_both_countries_begin_with_the_readers_own(code: str, first: str, second: str) -> None:
    found = seen(settings_of({"jesta": 1, "k-eta": 1}), Language(code))
    sums = re.split("[:：]", deterrence(found.appraisal, Language(code)))[-1]
    assert 0 <= sums.index(first) < sums.index(second)


def test_a_ratio_is_printed_so_that_its_side_of_one_is_seen() -> None:
    near = Spread(5.2, 1.004, 14.0, "ratio")
    assert with_range(near, ENGLISH).alone == "5.200 (1.004 to 14.000)"
    assert with_range(replace(near, p10=1.4), ENGLISH).alone == "5.2 (1.4 to 14.0)"
    assert with_range(replace(near, p10=2.0), ENGLISH).alone == "5 (2 to 14)"


def test_what_nothing_moves_from_zero_has_no_grade() -> None:
    typed = seen(settings_of({"lanes": 1}), **AIMED, **TYPED)
    assert typed.appraisal.rows["KOR"]["public_cost"].grade is None
    assert list(typed.tables["books"].values("evidence"))[-1] == "weak, typed by the reader"
    assert "cost Korea **0 won** and Japan **" in typed.headline
    everywhere = seen(from_preset("permanent-lanes"), **TYPED)
    assert everywhere.appraisal.rows["KOR"]["public_cost"].missing
    assert everywhere.appraisal.rows["KOR"]["public_cost"].grade is None
    assert "Only Japan's cost is counted (Japan: Desks staffed at once 6" in everywhere.headline
    assert "Korea: none typed." in everywhere.headline
    assert "0 won" not in everywhere.headline
    for shown in (seen(Settings()).tables["break-even"], seen(Settings()).tables["sensitivities"]):
        assert set(shown.values("evidence")) == {"–"}


def test_a_reading_at_the_rate_in_use_is_none() -> None:
    assert SENSITIVITIES["spending_won_per_yen_2025"] in list(
        seen().tables["sensitivities"].values("reading")
    )
    at_2025 = seen(won="9.505")
    assert SENSITIVITIES["spending_won_per_yen_2025"] not in list(
        at_2025.tables["sensitivities"].values("reading")
    )
    assert not any("would change by" in point for point in at_2025.method)


def test_the_drivers_name_the_grade_of_the_assumption_and_that_of_the_sum() -> None:
    table = seen(from_preset("e-gates"), row="surplus_official").figures["worth-drivers-kor"].table
    assert table.column("evidence").heading == "Evidence of the assumption"
    assert "fair" in set(table.values("evidence"))
    assert set(table.values("row_evidence")) == {"weak"}


def test_only_visitors_of_aimed_measures_land_where_they_are_aimed() -> None:
    mixed = seen(settings_of({"lanes": 1, "departure-tax": 1000}), **AIMED)
    table = mixed.figures["worth-airports"].table
    landed = dict(zip(table.values("label"), table.values("median"), strict=True))
    assert landed["Japan: Kansai"] < landed["Japan: Haneda"]
    assert landed["Japan: Kansai"] < 0
    gained = np.median(mixed.appraisal.answer.visitors[Flow.KOREANS_TO_JAPAN])
    japan = [value for label, value in landed.items() if label.startswith("Japan")]
    assert sum(japan) == pytest.approx(gained, rel=0.02)


def test_typed_shares_move_where_it_lands_and_must_sum_to_100() -> None:
    typed = seen(shares='{"KOR": {"ICN": 90, "PUS": 5, "other": 5}}').figures["worth-airports"].table
    shares = dict(zip(typed.values("label"), typed.values("share"), strict=True))
    assert shares["Korea: Incheon"] == pytest.approx(0.9)
    grades = dict(zip(typed.values("label"), typed.values("evidence"), strict=True))
    assert grades["Korea: Incheon"] == "weak, typed by the reader"
    assert grades["Japan: Haneda"] == "weak"
    with pytest.raises(CrossingsError, match="sum to"):
        seen(shares='{"KOR": {"ICN": 90, "PUS": 5}}').figures["worth-airports"]


def test_the_hall_is_compared_and_closing_desks_is_a_loss() -> None:
    more, fewer = seen(desks_added=2), seen(desks_added=-2)
    assert more.appraisal.hall.minutes > 0 > fewer.appraisal.hall.minutes
    assert "good evidence), taken for every group (weak evidence)" in more.remarks["hall"]
    millions = fewer.figures["worth-hall"].table.values("change").sum()
    assert millions * 1e6 == pytest.approx(fewer.appraisal.hall.minutes)
    cells = {row[0]: row[1:4] for row in fewer.tables["hall"].texts().to_numpy().tolist()}
    assert all("−" in cell for cell in cells["Million minutes saved a year"])
    worth = cells["worth, behavioural value of time"]
    assert re.fullmatch(r"−[\d.]+ billion won \(−.*\); −[\d.]+ billion yen", worth[0])
    assert all("−" in cell for cell in worth[:2])
    assert worth[2] == "–"
    assert "never added" in more.figures["worth-hall"].takeaway
    # The hall changes no row of the books.
    assert more.tables["books"].frame.equals(fewer.tables["books"].frame)


def test_the_halls_gain_is_split_by_whose_book_it_stands_in_and_has_the_range_of_the_months() -> None:
    found = seen()
    table, hall = found.tables["hall"], found.appraisal.hall
    headings = [column.heading for column in table.columns]
    assert headings[1:4] == ["Koreans (would be Korea's)", "Other foreigners (in neither book)", "All"]
    minutes = found.appraisal.hall_minutes
    assert sum(minutes[group].median for group in ("partner", "other")) == pytest.approx(
        minutes["all"].median
    )
    assert minutes["all"].median == pytest.approx(hall.minutes / 1e6)
    assert all(one.p10 < one.median < one.p90 for one in minutes.values())
    weighted, unweighted = (found.appraisal.hall_values(name) for name in ("official", "official_unweighted"))
    assert all(unweighted[group].median < weighted[group].median for group in weighted)
    assert "own nationals, at desks of their own, are not in the model" in found.remarks["hall"]
    assert "a month of 2025: 82% to 121% of the mean" in found.remarks["hall"]
    # Koreans at the desks of the assumed day and those of Haneda's share, 8% of the trips of 2025.
    counted, share = found.appraisal.hall_passengers["partner"], found.appraisal.airport_visitors or 0.0
    assert share == pytest.approx(0.08 * 9_459_711)
    rows = dict(zip(table.values("what"), table.values("partner"), strict=True))
    assert rows["Visitors a year at the whole airport, by its share"] == "757,000"
    assert f"holds {counted / share:.1f} times (weak) the Koreans" in found.remarks["hall"]


def test_the_official_reading_without_the_queues_weight_stands_beside_the_weighted_one() -> None:
    found = seen()
    for texts in (
        found.figures["worth-ratios"].table.values("label"),
        found.tables["present-values"].values("what"),
        found.tables["sensitivities"].values("reading"),
    ):
        assert any("unweighted" in text for text in texts)
    for rows in found.appraisal.ratios.values():
        assert rows["official_unweighted"].median < rows["official"].median < rows["behavioural"].median


def test_an_answer_on_charges_names_revenue_and_deadweight() -> None:
    found = seen(from_preset("departure-tax"))
    net, lost = found.appraisal.net_change
    assert net.median < lost.median < 0
    assert lost.median == pytest.approx(
        -found.appraisal.rows["JPN"]["deadweight"].median * found.appraisal.answer.rate
    )
    assert re.search(
        r"together change by −[\d.]+ billion won \(−.*\) before public cost; of it −[\d.]+ billion won \(−",
        found.answer,
    )
    assert "Deadweight loss of its new charges (contained in the rows above)" in list(
        found.tables["books"].values("row")
    )
    assert "Revenue from charges" not in seen().answer
    assert found.key_figures[0].label == "Korean travellers' loss, behavioural"
    assert "−" not in f"{found.key_figures[0].value}{found.key_figures[0].comparison}"


def test_outlay_before_the_first_year_has_a_row_of_its_own() -> None:
    gates = replace(settings_of({"e-gates": 1}).choices[0], start=pd.Period("2026-07", freq="M"))
    found = seen(Settings((gates,)))
    shown = found.figures["worth-outlay"].table
    assert list(shown.values("year"))[:2] == ["Before 2027", "2027"]
    capital, running = shown.values("JPN_capital"), shown.values("JPN_running")
    assert capital[0] > 0 == capital[6]
    assert running[0] == pytest.approx(running[1] / 2)
    assert "To be paid before 2027 and not in it: Korea" in found.figures["worth-outlay"].alt


def test_jestas_rows_say_what_of_it_they_hold() -> None:
    found = seen(from_preset("jesta-departure-tax"))
    assert "Koreans' share (25%, weak evidence)" in found.figures["worth-outlay"].takeaway
    assert any("Koreans' share (25%, weak evidence)" in note for note in found.notes)
    assert found.figures["worth-outlay"].table.values("year")[0] == "2027"
    assert "no running cost" in found.tables["measure-costs"].values("measure")[0]


def test_quantities_carry_their_grade_until_they_are_typed() -> None:
    assumed = seen()
    assert set(assumed.tables["quantities"].values("evidence")) == {"weak"}
    assert list(assumed.tables["books"].values("evidence"))[-1] == "weak"
    typed = seen(quantities='{"JPN": {"desks": 6, "hours": 7}}')
    assert set(typed.tables["quantities"].values("evidence")) == {"weak, typed by the reader"}
    costs = typed.tables["measure-costs"]
    assert list(zip(costs.values("country"), costs.values("evidence"), strict=True)) == [
        ("Japan", "weak, typed by the reader"),
        ("Korea", "–"),
    ]
    assert list(costs.values("cost"))[1] == "none typed"
    assert list(typed.tables["books"].values("evidence"))[-1] == "weak, typed by the reader"
    assert any("typed" in row for row in typed.tables["books"].values("row"))
    assert (
        "Against the cost of the quantities typed (weak evidence, typed by the reader), 80% range"
        in typed.remarks["verdict"]
    )
    assert typed.remarks["verdict"].startswith("Typed quantities change the cost alone")


def test_the_books_say_how_much_of_the_gain_the_ratios_use() -> None:
    found = seen()
    rows = dict(zip(found.tables["books"].values("row"), found.tables["books"].values("KOR"), strict=True))
    known = from_preset("full-package")
    kept = tuple(c for c in known.choices if c not in found.appraisal.answer.unpriced)
    alone = seen(replace(known, choices=kept)).tables["books"]
    grades = dict(
        zip(found.tables["books"].values("row"), found.tables["books"].values("evidence"), strict=True)
    )
    assert grades[ROWS_OF_BOOKS["surplus_priced"]] == alone.values("evidence")[0] == "weak"
    gain = dict(zip(alone.values("row"), alone.values("KOR"), strict=True))[ROWS_OF_BOOKS["surplus"]]
    assert rows[ROWS_OF_BOOKS["surplus_priced"]] == gain != rows[ROWS_OF_BOOKS["surplus"]]
    assert ROWS_OF_BOOKS["surplus_priced"] not in list(alone.values("row"))
    assert "not in the outlay" in found.remarks["ramp"]


def test_another_reading_has_the_lower_grade_of_its_row_and_its_assumption() -> None:
    found = seen(from_preset("e-gates")).tables["sensitivities"]
    grades = dict(zip(found.values("reading"), found.values("evidence"), strict=True))
    assert grades[SENSITIVITIES["surplus_official_unweighted"]] == "weak"
    assert grades[SENSITIVITIES["spending_after_displacement"]] == "weak"
    assert grades[SENSITIVITIES["surplus_wait_weight"]] == "weak"


def test_the_gain_without_deterrence_is_that_of_the_same_draws_with_none() -> None:
    asked = from_preset("travel-authorisation")
    answer = seen(asked).appraisal.answer
    draw = {**answer.draw, "authorisation_salience": 0 * answer.draw["authorisation_salience"]}
    free = book_rows(replace(answer, draw=draw), "KOR")["surplus"]
    reading = sensitivities(answer)["surplus_without_deterrence"]["KOR"]
    assert reading.median == pytest.approx(free.median)
    assert book_rows(answer, "KOR")["surplus"].median < reading.median < 0
    assert "surplus_without_deterrence" not in sensitivities(seen().appraisal.answer)
    assert "a judgement (weak evidence). Without it" in seen(asked).answer


VISA = {"value": 1, "directions": ["KOR-JPN"]}


def of_levers(levers: dict[str, object]) -> Settings:
    return settings_from_json(json.dumps({"levers": levers}))


@pytest.mark.parametrize(
    ("code", "unknown", "uncounted"),
    [("en", "not known", "not counted"), ("ko", "알 수 없음", "계상하지 않음"), ("ja", "不明", "計上せず")],
)
def test_a_cost_that_is_not_known_is_no_zero_in_cards_charts_and_tables(
    code: str, unknown: str, uncounted: str
) -> None:
    for settings, word in (
        (from_preset("no-arrival-wait"), unknown),
        (of_levers({"visa": 1}), uncounted),
    ):
        found = seen(settings, Language(code))
        assert [(card.value, card.comparison) for card in found.key_figures[2:]] == [("–", word)] * 2
        cost = found.tables["books"].frame.iloc[-1]
        assert [cost["KOR"], cost["JPN"]] == [word, word]
        assert list(found.figures["worth-books"].table.values("said"))[-2:] == [word, word]
        outlay = found.figures["worth-outlay"]
        assert word in outlay.takeaway
        assert outlay.table.frame.drop(columns=["year", "evidence"]).isna().all().all()
        outlay.chart(width=600, height=300).to_dict()


def test_a_loss_that_a_visa_leaves_unstated_keeps_its_row() -> None:
    found = seen(of_levers({"visa": VISA, "lanes": 1, "paperless": 1}))
    shown = found.figures["worth-books"].table
    said = dict(zip(shown.values("label"), shown.values("said"), strict=True))
    assert said["Korea: loss of own travellers, behavioural"] == "cannot be stated"
    assert said["Korea: loss, Korean convention"] == "cannot be stated"
    assert found.key_figures[0].label == "Korean travellers' loss, behavioural"
    assert (
        "The gain of measures with a known price cannot be stated (a visa has no price in the model)"
        in found.headline
    )
    assert "Japan: time alone" not in found.remarks["break-even"]
    assert "what the scenario saves cannot be stated with a visa" in found.figures["worth-hall"].takeaway
    texts = [found.headline, *found.paragraphs, *found.remarks.values()]
    assert not any(re.search(r"– (billion|minutes)", text) for text in texts)
    taxed = seen(of_levers({"visa": VISA, "departure-tax": 1000})).headline
    assert "Gain and revenue together cannot be stated" in taxed


def test_a_cost_of_known_prices_is_said_to_be_that_beside_the_gain_it_pays_for() -> None:
    found = seen()
    assert found.key_figures[2].label == "Korea's public cost, known prices only"
    labels = list(found.figures["worth-books"].table.values("label"))
    assert {"Korea: public cost, known prices only", "Korea: same gain, known price only"} <= set(labels)
    compared = seen(compared=json.dumps([to_json(from_preset("full-package"))])).figures["worth-compared"]
    headings = [column.heading for column in compared.table.columns]
    assert "Korea: public cost, known prices only" in headings
    priced = seen(from_preset("e-gates"))
    assert priced.key_figures[2].label == "Korea's public cost"


def test_seats_that_are_not_limited_here_are_said_in_name_cards_and_titles() -> None:
    found, where = seen(from_preset("simpler-fixed-seats")), "(seats not limited here)"
    assert where in found.headline
    assert where in found.figures["worth-books"].title
    assert all(where in card.label for card in found.key_figures[:2])


def test_the_convention_is_said_with_and_without_the_queues_weight() -> None:
    found = seen()
    assert (
        "at the Korean convention's value of time 29 billion won with queue weight, 24 billion won without"
        in found.headline
    )
    assert "queue weight added" in ROWS_OF_BOOKS["surplus_official"]
    assert "queue weight added" in row_short("surplus_official", ENGLISH)


def test_revenue_is_that_of_trips_between_the_two_countries_alone() -> None:
    found = seen(from_preset("departure-tax"))
    alone = "on trips between Korea and Japan alone"
    assert alone in found.headline
    assert any(alone in row for row in found.tables["books"].values("row"))
    assert "over the trips that charges and authorisations stop" in found.headline
    assert "the other country's departure charge loses is in its revenue" in found.headline


def test_a_loss_before_any_cost_is_no_gain_below_cost() -> None:
    found = seen(settings_of({"e-gates": 1, "departure-tax": 1000, "k-eta": 1}))
    assert "below zero (a loss before any cost)" in found.answer


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_country_s_discount_rate_carries_its_grade_where_it_is_chosen(code: str) -> None:
    language = Language(code)
    chosen = own_rates(language)
    for value in home_rates().values():
        assert re.search(rf"{language.percent(value / 100)}.*[(（]", chosen)


def test_what_typed_numbers_rest_on_is_said() -> None:
    gates = {"value": 1, "directions": ["KOR-JPN"], "parts": {"coverage": 1, "take_up": 1}}
    found = seen(of_levers({"e-gates": gates}))
    assert found.appraisal.rows["KOR"]["surplus"].grade == "typed"
    for text in (found.figures["worth-ratios"].takeaway, " ".join(found.notes)):
        assert "Coverage or use typed: E-gates" in text
    changed = next(text for text in seen(won="12").method if "would change by" in text)
    assert "(weak, typed by the reader)" in changed
    nothing = seen(quantities='{"KOR": {}, "JPN": {}}').headline
    assert "All typed quantities are 0, so no cost is counted." in nothing


def test_what_is_not_changed_is_no_gain() -> None:
    for levers in ({"jesta-exemption": 1}, {"jesta": 1, "jesta-exemption": 1}):
        found = seen(settings_of(levers))
        assert "Korean travellers see **no change**; Japanese travellers see **no change**" in found.headline
        assert "No public cost arises." in found.headline
        assert found.remarks["break-even"] == ""
        assert not any("K-ETA" in note for note in found.notes)
    alone = seen(settings_of({"k-eta": 1})).notes
    assert any("which Japanese travelling to Korea would rarely be" in note for note in alone)


def test_why_there_is_no_ratio_is_true() -> None:
    assert "makes nothing simpler" in seen(from_preset("departure-tax")).remarks["no-ratio"]
    assert "No public cost is counted" in seen(settings_of({"paperless": 1})).remarks["no-ratio"]


def test_no_input_is_ungraded_and_each_has_a_source() -> None:
    table = seen(from_preset("jesta-departure-tax")).tables["inputs"]
    assert set(table.values("evidence")) == {"good", "fair", "weak"}
    assert all(table.values("source"))
    graded = seen().remarks["grades"].splitlines()
    assert len(graded) == 3


def test_break_even_is_where_the_minutes_saved_pay() -> None:
    answer = seen(from_preset("e-gates")).appraisal.answer
    saved = minutes_saved(answer, "JPN").median
    cells = seen(from_preset("e-gates")).tables["break-even"].texts()
    assert f"{saved:.1f} (" in cells["entering Japan"][3]
