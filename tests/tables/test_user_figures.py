"""Figures of the user's own stand in for official ones that are not out yet, and only for those."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from crossings.briefing.compose import Asked, month_in_brief
from crossings.language import Language, labels
from crossings.models.events.statements import judge, statements
from crossings.models.forecast.milestone import outcome
from crossings.models.models import Models
from crossings.questions import figure_context as common
from crossings.questions import registry
from crossings.questions.base import Column, Mark, View, table
from crossings.questions.milestone.question import MilestoneQuestion
from crossings.questions.overview.question import OverviewQuestion
from crossings.tables import flows
from crossings.tables import user_figures as added
from crossings.tables.flows import Flow, Published

HEADER = "month,origin,destination,visitors,note,added\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "own.csv"
    monkeypatch.setenv("CROSSINGS_OWN", str(place))
    return place


def test_an_added_month_is_used_and_marked(own: Path) -> None:
    before = flows.load()
    after_last = before.series(Flow.KOREANS_TO_JAPAN).index[-1] + 1
    own.write_text(HEADER + f"{after_last},KOR,JPN,812000,press release,2026-10-25\n")
    now = flows.load()
    assert now.series(Flow.KOREANS_TO_JAPAN).get(after_last) == 812_000
    assert now.status(Flow.KOREANS_TO_JAPAN).get(after_last) == "added"
    assert now.digest != before.digest
    assert now.last_month == before.last_month


def test_both_ways_takes_the_added_mark(own: Path) -> None:
    month = flows.load().last_month + 1
    own.write_text(HEADER + f"{month},KOR,JPN,812000,,2026-10-25\n{month},JPN,KOR,400000,,2026-10-31\n")
    now = flows.load()
    assert now.last_month == month
    assert now.series(Flow.BOTH).get(month) == 1_212_000
    assert now.status(Flow.BOTH).get(month) == "added"


def test_an_official_figure_is_never_replaced(own: Path) -> None:
    month = flows.load().last_month
    own.write_text(HEADER + f"{month},KOR,JPN,1,wrong,2026-10-25\n")
    assert flows.load().series(Flow.KOREANS_TO_JAPAN).get(month) == 850_500


@pytest.mark.parametrize(
    "text",
    [
        "no table at all",
        HEADER + "2026-09,KOR,JPN,many,,2026-10-25\n",
        "\x00\x01",
        HEADER + f"2026-09,KOR,JPN,{'9' * 30},,2026-10-25\n",
        HEADER + "2026-09,KOR,JPN,٨١٢,,2026-10-25\n",
        HEADER + "2026-09,KOR,JPN,812000,,2026-10-25\n" * 2,
        HEADER.replace("note", "x"),
    ],
)
def test_a_damaged_file_is_put_aside_and_stops_nothing(own: Path, text: str) -> None:
    without = flows.load().series(Flow.BOTH)
    own.write_text(text)
    assert flows.load().series(Flow.BOTH).equals(without)
    assert [place.read_text() for place in added.put_aside()] == [text]
    own.write_text(text)
    assert added.read().empty
    assert len(added.put_aside()) == 2


def test_a_month_before_the_last_official_one_is_not_used(own: Path) -> None:
    own.write_text(HEADER + "1990-09,KOR,JPN,5,,2026-10-25\n")
    assert str(flows.load().series(Flow.KOREANS_TO_JAPAN).index[0]) == "1996-01"


def test_a_file_of_an_earlier_version_is_read(own: Path) -> None:
    own.write_text(HEADER + "2026-09,KOR,JPN,812000,press release,2026-10-25\n")
    (row,) = added.read().to_dict("records")
    assert (row["source"], row["seen"], row["status"]) == ("press release", "2026-10-25", "")


def test_without_a_file_nothing_changes(own: Path) -> None:
    assert added.read().empty
    assert isinstance(flows.load().last_month, pd.Period)


def test_a_figure_added_by_hand_stands_in_the_source_line_with_where_it_is_from(own: Path) -> None:
    month = flows.load().last_month + 1
    own.write_text(HEADER + f"{month},KOR,JPN,812000,press release,2026-10-25\n")
    published, english = flows.load(), Language("en")
    said = labels.by_hand_line(published, Flow.KOREANS_TO_JAPAN, english)
    assert said == "Entered by hand, not published by the two offices: September 2026 (press release)."
    assert (
        said
        in common.Setting(published, Flow.KOREANS_TO_JAPAN, english)
        .figure(
            key="x",
            title="x",
            takeaway="x",
            draw=lambda: pytest.fail("drawn"),
            table=table(english, [(Column("x", "x"), ["x"])]),
        )
        .source
    )
    assert labels.by_hand_line(published, Flow.JAPANESE_TO_KOREA, english) == ""
    assert labels.by_hand_line(published, Flow.BOTH, english, as_of=month - 1) == ""


def test_figures_read_in_copies_say_so_where_they_stand(own: Path) -> None:
    published, english = flows.load(), Language("en")
    committed = labels.copied_line(published, Flow.KOREANS_TO_JAPAN, english)
    assert committed == "Taken from copies of the published files."
    renewed = published.visitors.copy()
    renewed.loc[renewed["month"] >= pd.Period("2003-01", "M"), "source"] = "jnto_20261021"
    renewed.loc[renewed["month"] == pd.Period("2026-08", "M"), "source"] = "jnto202609v"
    refreshed = Published(renewed, published.vintages, digest="refreshed")
    assert (
        labels.copied_line(refreshed, Flow.BOTH, english)
        == "Taken from copies: January 1996–December 2002, August 2026."
    )
    official = Published(renewed.assign(source="jnto_20261021"), published.vintages, digest="official")
    assert labels.copied_line(official, Flow.BOTH, Language("ko")) == ""
    for flow in Flow:  # one office's figures are not said to be two offices'
        assert labels.copied_line(published, flow, Language("ja")).startswith("公表資料を転載")
        assert labels.copied_line(published, flow, Language("ko")).startswith("공표자료를 전재")


def test_a_year_filled_up_by_hand_is_no_outcome(own: Path) -> None:
    without = flows.load()
    assert without.official is without
    ahead = pd.period_range(without.last_month + 1, f"{without.last_month.year}-12", freq="M")
    pairs = ("KOR,JPN", "JPN,KOR")
    own.write_text(
        HEADER + "".join(f"{month},{pair},900000,x,2027-01-20\n" for month in ahead for pair in pairs)
    )
    published = flows.load()
    assert published.last_month == ahead[-1]
    assert published.official.series(Flow.BOTH).equals(without.series(Flow.BOTH))
    year = ahead[-1].year
    happened = outcome(published, flow=Flow.BOTH, year=year, mark=13_000_000)
    assert (happened.complete, happened.data_month) == (False, without.last_month)
    assert judge(replace(statements()[0], year=year), published, None).came is None


def test_both_ways_names_whose_figures_were_added(own: Path) -> None:
    own.write_text(HEADER + "2026-09,KOR,JPN,812000,a,2026-10-25\n2026-09,JPN,KOR,352000,b,2026-10-25\n")
    assert labels.by_hand_line(flows.load(), Flow.BOTH, Language("en")) == (
        "Entered by hand, not published by the two offices: Koreans visiting Japan September 2026 (a), "
        "Japanese visiting Korea September 2026 (b)."
    )


@pytest.fixture
def answered(own: Path) -> Callable[..., View]:
    """Return what is answered with Koreans' figure of the month that Japan's visitors to Korea do not have yet."""
    month = flows.load().last_month + 1
    own.write_text(HEADER + f"{month},KOR,JPN,812000,press release,2026-10-25\n")
    published = flows.load()
    assert published.last_month == month - 1
    return partial(registry.view, models=Models(published), language=Language("en"))


@pytest.mark.parametrize("page", ["overview", "milestone"])
def test_a_one_way_question_has_its_own_newest_month_and_says_whose_figures_it_counts(
    answered: Callable[..., View], page: str
) -> None:
    def ask(flow: Flow) -> View:
        mark = Mark(9_000_000)
        month = flows.load().last_month
        if page == "overview":
            return answered(OverviewQuestion(flow, "cumulative", mark, (2024, 2026)))
        return answered(MilestoneQuestion(flow, month.year, mark, month))

    koreans, japanese = ask(Flow.KOREANS_TO_JAPAN), ask(Flow.JAPANESE_TO_KOREA)
    figure, other = (next(iter(view.figures.values())) for view in (koreans, japanese))
    assert (figure.as_of, other.as_of) == ("Figures to September 2026.", "Figures to August 2026.")
    assert koreans.answer.startswith("Including figures entered by hand: ")
    assert "(press release)" in koreans.answer
    assert "added by you September 2026" in figure.status
    assert "press release" in figure.source
    assert "by hand" not in japanese.answer + other.source


def test_a_briefing_says_in_its_answer_and_its_stamp_that_a_figure_was_added(own: Path) -> None:
    own.write_text(HEADER + "2026-09,KOR,JPN,812000,a,2026-10-25\n2026-09,JPN,KOR,352000,b,2026-10-25\n")
    made = month_in_brief(Asked(), Models(flows.load()), Language("en"))
    assert "Koreans visiting Japan September 2026 (a)" in made.answer
    assert "added by you: Koreans visiting Japan September 2026" in made.stamp_line()
    assert "(added by you)" in made.bullets[0]
