"""The History page's sentences say what the numbers say, in three languages, and "cannot tell" where they do not."""

from dataclasses import replace

import pandas as pd
import pytest

from crossings.language import LANGUAGES, Language
from crossings.language.calendar import calendar_sentence
from crossings.language.press import publisher
from crossings.models.events.baseline import baselines
from crossings.models.events.calendar import CalendarFit, calendar_fits, calendar_part
from crossings.models.events.decomposition import balance, decompose
from crossings.models.events.design import exchange_rates
from crossings.models.events.donors import Comparison, compare
from crossings.models.events.intervention import Estimate, estimate
from crossings.models.events.interventions import intervention, interventions
from crossings.models.events.marks import CATEGORIES, Mark, Printed, messages
from crossings.models.events.placebo import Rank
from crossings.models.events.statements import Judgement, Statement
from crossings.questions.history import sentences as words
from crossings.tables import flows
from crossings.tables.citations import Citation
from crossings.tables.flows import Flow, Published
from tests.language import markdown

KJ, JK = Flow.KOREANS_TO_JAPAN, Flow.JAPANESE_TO_KOREA
EN = Language("en")


@pytest.fixture(scope="module")
def published() -> Published:
    return flows.load()


@pytest.fixture(scope="module")
def boycott(published: Published) -> Estimate:
    return estimate(published, exchange_rates(), flow=KJ, intervention=intervention("boycott-2019"))


@pytest.fixture(scope="module")
def lanes(published: Published) -> Estimate:
    return estimate(published, exchange_rates(), flow=KJ, intervention=intervention("lanes-2025"))


@pytest.fixture(scope="module")
def waiver(published: Published) -> Estimate:
    return estimate(published, exchange_rates(), flow=KJ, intervention=intervention("waiver-2006"))


@pytest.fixture(scope="module")
def beside(published: Published) -> Comparison:
    return compare(published, flow=JK, intervention=intervention("mers-2015"))


@pytest.fixture(scope="module")
def fits(published: Published) -> dict[Flow, CalendarFit]:
    return calendar_fits(baselines(published, exchange_rates()))


def test_a_fall_is_said_with_its_size_and_interval(boycott: Estimate) -> None:
    said = words.answer(boycott, EN)
    assert "Export controls and boycott, 2019: Koreans visiting Japan in August to December 2019" in said
    assert f"**{EN.percent(-boycott.effect)} below** the level expected" in said
    assert EN.percent(boycott.interval[0]) in said


def test_cannot_tell_is_an_answer_of_its_own(lanes: Estimate) -> None:
    said = words.answer(lanes, EN)
    assert "**do not show a clear change**" in said
    assert "fewer" not in said
    assert EN.percent(lanes.detectable_rise) in words.detectable(lanes, EN)


def test_an_effect_without_end_says_what_is_counted(waiver: Estimate) -> None:
    assert any("first 24 months" in remark for remark in words.remarks(waiver, EN))


def test_the_rate_is_said_in_the_same_model(boycott: Estimate) -> None:
    assert any("yen is 10% stronger" in remark and "down" in remark for remark in words.remarks(boycott, EN))


def test_bystanders_that_were_hit_are_said_to_be(beside: Comparison) -> None:
    assert beside.donors_moved
    assert "cannot serve as a comparison" in words.donors_takeaway(beside, EN)


def test_the_calendar_says_when_it_cannot_tell(published: Published, fits: dict[Flow, CalendarFit]) -> None:
    february = pd.Period("2026-02", "M")
    clear = calendar_part(fits, flow=JK, month=february)
    unclear = calendar_part(fits, flow=KJ, month=february)
    none = calendar_part(fits, flow=KJ, month=pd.Period("2026-07", "M"))
    assert "(calendar effect −5.9 points: Seollal)" in calendar_sentence(clear, EN)
    assert "cannot be determined" in calendar_sentence(unclear, EN)
    assert "no holiday moved" in calendar_sentence(none, EN)


def test_a_sum_that_is_an_estimate_has_three_figures() -> None:
    assert words.people_signed(-28441.0, EN) == "−28,400"
    assert words.people_signed(1_643_896.0, EN) == "+1.64 million"
    assert words.people_signed(0.2, EN) == "0"


def test_ranks_are_said_with_what_chance_gives() -> None:
    strong = words.placebo_takeaway([Rank("month", 1, 230), Rank("origin", 1, 35)], EN)
    weak = words.placebo_takeaway([Rank("month", 120, 230)], EN)
    assert "rank 1 of 230" in strong
    assert "rarely" in strong
    assert "chance variation" in weak


def judged(
    kind: str, *, year: int | None, came: float | None, passed: bool | None, first: int | None = None
) -> Judgement:
    day = pd.Timestamp("2024-02-22").date()
    statement = Statement(
        day,
        "JNTO and press",
        "said 12 million was possible in 2024",
        10e6,
        kind,
        KJ,
        year,
        "JNTO",
        "x",
        "verified",
    )
    return Judgement(statement, came, passed, first, None, None, None, None)


def test_what_came_of_a_statement() -> None:
    assert (
        words.what_came(judged("forecast", year=2024, came=8_817_765.0, passed=False), EN)
        == "8,817,765 (10 million not reached)"
    )
    assert words.what_came(judged("forecast", year=2024, came=10_000_000.0, passed=True), EN).endswith(
        "(10 million reached)"
    )
    assert words.what_came(judged("forecast", year=2027, came=None, passed=None), EN) == "no outcome yet"
    assert (
        words.what_came(judged("target", year=None, came=None, passed=None, first=2010), EN)
        == "first reached in 2010"
    )
    assert "(−11.82%)" in words.what_came(judged("result", year=2024, came=8_817_765.0, passed=False), EN)


def test_statements_with_an_outcome_are_counted_and_not_marked() -> None:
    rows = [
        judged("forecast", year=2024, came=8.8e6, passed=False),
        judged("forecast", year=2025, came=9.4e6, passed=False),
    ]
    said = words.statements_takeaway(rows, EN)
    assert said == "Outcomes are published for 2 statements about the future; some were conditional."
    assert "None of the statements" in words.statements_takeaway([], EN)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_sentence_reads_well(
    code: str,
    published: Published,
    boycott: Estimate,
    lanes: Estimate,
    beside: Comparison,
    fits: dict[Flow, CalendarFit],
) -> None:
    language = Language(code)
    change = decompose(baselines(published, exchange_rates()), flow=Flow.BOTH, first=2018, second=2025)
    part = calendar_part(fits, flow=Flow.BOTH, month=pd.Period("2026-02", "M"))
    said = [
        *(words.answer(estimated, language) for estimated in (boycott, lanes)),
        *(words.detectable(estimated, language) for estimated in (boycott, lanes)),
        *words.remarks(boycott, language),
        words.path_takeaway(boycott, language),
        words.donors_takeaway(beside, language),
        words.placebo_takeaway([Rank("month", 1, 230), Rank("origin", 2, 35)], language),
        calendar_sentence(part, language),
        words.change_takeaway(change, language),
        words.balance_takeaway(balance(published), language),
        words.no_answer(intervention("waiver-2006"), JK, language),
        words.no_comparison(Flow.BOTH, language),
        words.statements_rule(language),
        words.caveats(language),
    ]
    assert not {text: markdown.faults(text) for text in said if markdown.faults(text)}
    assert not [text for text in said if "{" in text]


@pytest.mark.parametrize("code", ["ko", "ja"])
def test_titles_and_names_are_translated(code: str) -> None:
    language = Language(code)
    titles = [
        *messages(),
        *(event.title for event in interventions()),
        *words.NAMES,
        *words.SPEAKERS,
        *words.STATEMENTS,
    ]
    assert not [title for title in titles if language(title) == title]
    assert len({words.category_name(name, language) for name in CATEGORIES}) == len(CATEGORIES)


def test_the_islands_are_not_named() -> None:
    named = ("dokdo", "takeshima", "独島", "竹島", "독도", "다케시마")
    said = [Language(code)(title).lower() for code in LANGUAGES for title in messages()]
    assert not [text for text in said if any(name in text for name in named)]


def test_countries_are_named_and_unknown_codes_stay() -> None:
    assert words.country("USA", Language("ko")) == "미국"
    assert words.country("HKG", Language("ja")) == "香港"
    assert words.country("XXQ", EN) == "XXQ"


def test_a_mark_links_its_sources_and_keeps_their_letters() -> None:
    mark = Mark(
        "events 2019-07-01",
        "events",
        pd.Timestamp("2019-07-01").date(),
        None,
        "MERS outbreak in Korea",
        "health",
        "both",
        "a;b",
        "unconfirmed",
        (Printed("JPN-KOR", "2019-10", -0.144), Printed("KOR-JPN", "2019-08", -0.48)),
    )
    said = words.mark_details(mark, [Citation("A [x] *b*", "https://a.example"), Citation("b", "")], EN)
    assert r"[A \[x\] \*b\*](https://a.example), b" in said
    assert "date: unconfirmed" in said
    assert "Japanese visiting Korea October 2019 −14.4%; Koreans visiting Japan August 2019 −48.0%." in said


def test_two_methods_that_disagree_are_said_to(
    boycott: Estimate, lanes: Estimate, beside: Comparison
) -> None:
    first = replace(beside, place=1, of=19, donors_moved=False)
    moved, fourth = replace(first, donors_moved=True), replace(first, place=4)
    assert "rank 1 of 19" in words.not_settled(lanes, first, EN)
    assert "rank 1 of 19" not in words.not_settled(boycott, first, EN)
    assert [words.not_settled(lanes, other, EN) for other in (moved, fourth, None)] == ["", "", ""]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "29 January to 25 February 2026"),
        ("ko", "2026년 1월 29일~2월 25일"),
        ("ja", "2026年1月29日〜2月25日"),
    ],
)
def test_days_of_one_year_name_it_once(code: str, said: str) -> None:
    first, last = (pd.Timestamp(day).date() for day in ("2026-01-29", "2026-02-25"))
    mark = Mark("m", "measures", first, last, "x", "policy", "both", "a", "verified")
    assert words.mark_days(mark, Language(code)) == said


def test_sources_are_named_in_the_readers_language() -> None:
    assert (
        publisher("Press, publisher not named in the copy", Language("ko"))
        == "언론 보도(재인용, 매체명 없음)"
    )
    assert publisher("Yonhap", Language("ja")) == "聯合ニュース"
    assert publisher("note.com/some-writer", EN) == "note.com"
    assert publisher("asahi.com", EN) == "Asahi Shimbun"
    both = "Korea Tourism Organization (KTO); Japan National Tourism Organization (JNTO)"
    assert publisher(both, Language("ko")) == "한국관광공사(KTO), 일본정부관광국(JNTO)"


def test_each_estimate_says_what_its_months_rest_on(boycott: Estimate, lanes: Estimate) -> None:
    assert "published figures (fair evidence)" in " ".join(words.remarks(boycott, EN))
    assert "official sources (good evidence)" in " ".join(words.remarks(lanes, EN))
    own = replace(boycott, intervention=replace(boycott.intervention, key=words.OWN_MONTHS))
    assert "chosen by the user" in " ".join(words.remarks(own, EN))
