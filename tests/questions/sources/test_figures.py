"""What the Sources page says of fresh figures, of a refresh and of what it moved."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from crossings.language import LANGUAGES, Language, strip
from crossings.models.forecast.milestone import milestone
from crossings.questions.sources import figures
from crossings.questions.sources import sentences as words
from crossings.tables import flows, releases
from crossings.tables.flows import Flow, Published
from etl.merge import Change
from tests.projections import projection

EN = Language("en")
SEPTEMBER = date(2026, 9, 20)


def test_before_a_release_is_due_the_next_ones_are_named_with_their_rhythm() -> None:
    fresh = releases.freshness(today=SEPTEMBER)
    japan, korea = figures.standing(flows.load(), fresh, EN)
    assert japan.value == korea.value == "August 2026"
    assert "estimates July to August 2026" in str(japan.comparison)
    assert "Published on 16 September 2026." in str(japan.comparison)
    assert "September 2026, around 21 October 2026, 16:15 Japan time" in str(japan.comparison)
    assert "not confirmed" in str(korea.comparison)
    assert "around 30 October 2026 (the last working day or up to a week before)" in str(korea.comparison)
    assert "No newer release is due yet." in words.answer(pd.Period("2026-08", "M"), fresh, EN)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_late_release_is_named_and_the_button_too(code: str) -> None:
    language = Language(code)
    fresh = releases.freshness(today=date(2026, 11, 1))
    japan, korea = figures.standing(flows.load(), fresh, language)
    for card in (japan, korea):
        assert ":orange[" in str(card.comparison)
    assert language("Refresh now") in words.answer(pd.Period("2026-08", "M"), fresh, language)


def test_an_added_month_does_not_pass_for_a_published_one() -> None:
    now = flows.load()
    month = now.series(Flow.KOREANS_TO_JAPAN).index[-1] + 1
    added = {
        "month": month,
        "origin": "KOR",
        "destination": "JPN",
        "visitors": 1.0,
        "status": "added",
        "source": "added",
    }
    more = Published(
        pd.concat([now.visitors, pd.DataFrame([added])], ignore_index=True), now.vintages, "more"
    )
    (japan, _) = figures.standing(more, releases.freshness(today=SEPTEMBER), EN)
    assert japan.value == "August 2026"
    assert "added by you September 2026" in str(japan.comparison)
    assert figures.last_official_month(more) == now.last_month
    line = strip.line(more, releases.freshness(today=SEPTEMBER), EN)
    assert "(July–August estimates)" in line
    assert "added by you: Koreans visiting Japan September 2026" in line


CHANGES = [
    Change("new", "2026-09", "KOR", "JPN", None, 812_000, "", "estimate"),
    Change("new", "2026-09", "THA", "JPN", None, 5, "", "estimate"),
    Change("revised", "2026-07", "KOR", "JPN", 894_700, 894_733, "estimate", "provisional"),
    Change("gap", "2026-10", "JPN", "KOR", None, 400_000),
]


def test_the_changes_of_the_two_flows_stand_newest_first() -> None:
    shown = figures.change_rows(CHANGES, EN)
    printed = shown.texts().to_numpy().tolist()
    assert printed == [
        [
            "October 2026",
            "Japanese visiting Korea",
            "earlier months missing, not used",
            "–",
            "400,000",
            "–",
        ],
        ["September 2026", "Koreans visiting Japan", "new", "–", "812,000", "estimate"],
        ["July 2026", "Koreans visiting Japan", "revised", "894,700", "894,733", "provisional"],
    ]
    assert shown.column("after").kind == "persons"


@pytest.mark.parametrize("code", LANGUAGES)
def test_revisions_stand_newest_first_with_the_change_they_made(code: str) -> None:
    shown = figures.revised(flows.load(), Language(code))
    months = list(shown.values("month"))
    assert months == sorted(months, reverse=True)
    change = shown.values("now") / shown.values("earlier") - 1
    assert change.to_numpy() == pytest.approx(shown.values("change").to_numpy())
    assert (
        shown.texts()[shown.column("change").heading].str.fullmatch(r"[+\N{MINUS SIGN}]?[\d,]+\.\d{3}%").all()
    )


def test_the_gaps_lose_what_a_refresh_has_filled() -> None:
    now = flows.load()
    assert "Koreans visiting Japan, January 2025–August 2026: entered from reprints" in words.gaps(now, EN)
    read = Published(now.visitors.assign(source="jnto_20261021"), now.vintages, "read")
    assert "transcribed" not in words.gaps(read, EN)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_effect_names_both_answers(code: str) -> None:
    language = Language(code)
    then = milestone(projection("2026-08"), flow=Flow.BOTH, year=2026, mark=15_000_000)
    now = replace(then, median=then.median + 300_000)
    said = words.effect(then, now, language)
    assert language.people_short(then.median) in said
    assert f"**{language.people_short(now.median)}**" in said
    assert language.mark(15_000_000) in said
