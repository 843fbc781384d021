"""Relations that hold for any scenario and any numbers, not only for those of the method note."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.models.queue.flights import OTHER, PARTNER, flights_of
from crossings.models.queue.settings import Settings as Hall
from crossings.models.scenario.levers import levers
from crossings.models.scenario.settings import Settings, from_preset, settings_from_json, settings_of
from crossings.models.worth import formulas
from crossings.models.worth.drivers import tornadoes
from crossings.models.worth.errors import InputWrong
from crossings.models.worth.hall import hall_worth
from crossings.models.worth.inputs import answers, quantities_from_json
from crossings.models.worth.model import Options, Worth, worth
from crossings.models.worth.parameters import COUNTRIES
from crossings.models.worth.results import as_json, benefit_cost, book_rows, cost_per_minute
from crossings.models.worth.travel import HOME
from crossings.tables.flows import DIRECTIONS, Flow

FEW = Options(n_draws=64)
FREE = ("simpler", "harder")
WITH_REACH = [lever.key for lever in levers().values() if "coverage" in lever.parts]
few = settings(max_examples=25, deadline=None)


def of(rows: dict[str, Any], options: Options = FEW) -> Worth:
    return worth(settings_from_json(json.dumps({"levers": rows})), options)


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Return any measures but a visa, each on any of its directions."""
    rows: dict[str, Any] = {}
    for lever in levers().values():
        if lever.group in FREE and lever.mechanism != "visa" and draw(st.booleans()):
            value = 1.0 if lever.is_switch else draw(st.integers(0, 20)) * lever.step
            flows = draw(st.lists(st.sampled_from(lever.directions), min_size=1, unique=True))
            rows[lever.key] = {"value": value, "directions": [flow.value for flow in flows]}
    return rows


@few
@given(rows=scenarios(), won=st.floats(5, 15), year=st.sampled_from([2024, 2025]))
def test_travel_accounts_of_any_scenario_sum_to_the_won(rows: dict[str, Any], won: float, year: int) -> None:
    answer = of(rows, Options(n_draws=64, won_per_yen=won, base_year=year))
    korea, japan = (answer.books[country].travel_account for country in COUNTRIES)
    assert (korea + japan == 0).all()
    assert (korea == np.rint(korea)).all()
    assert not any((answer.books[country].public_cost < 0).any() for country in COUNTRIES)
    assert all(
        np.isnan(answer.books[country].public_cost).all() == answer.cost_missing(country)
        for country in COUNTRIES
    )


@few
@given(key=st.sampled_from(WITH_REACH))
def test_any_measure_that_reaches_nobody_brings_nothing(key: str) -> None:
    answer = of({key: {"value": 1, "parts": {"coverage": 0.0}}})
    for book in answer.books.values():
        brought = (book.surplus, book.surplus_official, book.spending_received, book.charge_revenue)
        assert not any(values.any() for values in brought)


@few
@given(
    key=st.sampled_from(WITH_REACH),
    ends=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    rest=scenarios(),
    part=st.sampled_from(["coverage", "take_up"]),
)
def test_wider_measures_save_more_minutes_and_never_lower_the_surplus(
    key: str, ends: tuple[float, float], rest: dict[str, Any], part: str
) -> None:
    rest.pop(key, None)
    less, more = (of(rest | {key: {"value": 1, "parts": {part: share}}}) for share in sorted(ends))
    for flow, country in HOME.items():
        saved = more.travels[flow].minutes - less.travels[flow].minutes
        gained = more.books[country].surplus - less.books[country].surplus
        assert (gained[saved[:, 0] > 0] >= 0).all()


@few
@given(closed=st.integers(1, 10), first=st.floats(50, 600), second=st.floats(50, 600))
def test_closing_desks_of_any_busy_hall_is_a_loss(closed: int, first: float, second: float) -> None:
    bank = flights_of([(0.0, first, PARTNER, 15.0), (5.0, second, OTHER, 15.0)])
    before, after = (Hall(desks=desks, desk_seconds=180) for desks in (12, 12 - closed))
    found = hall_worth(bank, before, after, country="JPN", value_per_hour=24_000, hours=8)
    assert found.minutes < 0 > found.value
    assert found.cost < 0


@few
@given(
    yearly=st.floats(0, 1e12), years=st.integers(1, 60), percent=st.one_of(st.just(0.0), st.floats(0.01, 20))
)
def test_a_present_value_is_the_sum_of_what_is_discounted(yearly: float, years: int, percent: float) -> None:
    plain = sum(yearly / (1 + percent / 100) ** year for year in range(1, years + 1))
    assert formulas.present_value(yearly, years=years, rate_percent=percent) == pytest.approx(plain)


@few
@given(yen=st.floats(0, 1e13), dollars=st.floats(0, 1e11), won=st.floats(1, 100))
def test_travel_accounts_of_any_numbers_sum_to_nothing(yen: float, dollars: float, won: float) -> None:
    case = {"kind": "travel-account", "spent_in_japan_yen": yen, "spent_in_korea_usd": dollars}
    found: Any = answers(json.dumps(case | {"won_per_yen": won, "won_per_usd": 1400}))
    assert found["cases"][0]["results"]["sum_won"] == 0


def test_a_discount_rate_of_nothing_spreads_the_price_evenly() -> None:
    answer = worth(from_preset("e-gates"))
    for whose, rows in benefit_cost(answer, 0.0).items():
        dearer = benefit_cost(answer, 4.5)[whose]
        assert all(
            math.isfinite(one.median) and one.median > dearer[name].median for name, one in rows.items()
        )


def test_what_a_visa_takes_is_not_stated_and_never_a_gain() -> None:
    answer = of({"visa": {"value": 1, "directions": [Flow.KOREANS_TO_JAPAN.value]}, "lanes": 1, "jesta": 1})
    plain: Any = json.loads(json.dumps(as_json(answer, tornadoes(answer)), allow_nan=False))
    assert plain["books"]["KOR"]["surplus"] == {
        "median": None,
        "p10": None,
        "p90": None,
        "unit": "billion won",
        "grade": None,
    }
    assert plain["books"]["JPN"]["surplus"]["median"] > 0
    assert plain["books"]["KOR"]["travel_account"]["median"] > 0
    assert set(benefit_cost(answer, 4.0)) == set()


def test_a_ratio_leaves_out_what_has_no_known_cost_until_quantities_are_typed() -> None:
    package, known = (
        from_preset("full-package"),
        Settings(
            tuple(
                choice
                for choice in from_preset("full-package").choices
                if choice.lever not in ("paperless", "joint-kiosks")
            )
        ),
    )
    assert benefit_cost(worth(package), 4.0) == benefit_cost(worth(known), 4.0)
    assert cost_per_minute(worth(package), "JPN") == cost_per_minute(worth(known), "JPN")
    typed = Options(quantities=quantities_from_json('{"JPN": {"desks": 6, "hours": 7}}'))
    gains = [book_rows(worth(one, typed), "KOR")["surplus"].median for one in (package, known)]
    ratios = [benefit_cost(worth(one, typed), 4.0)["JPN"]["behavioural"].median for one in (package, known)]
    assert ratios[0] / ratios[1] == pytest.approx(gains[0] / gains[1], rel=0.05)
    assert benefit_cost(worth(settings_of({"paperless": 1})), 4.0) == {}


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"end": "2028-06"}, ["although they end"]),
        ({"start": "2025-01", "end": "2026-06"}, ["although they end", "any of the five years"]),
        ({"start": "2040-01"}, ["any of the five years"]),
        ({"start": "2031-12", "ramp_months": 60}, []),
    ],
)
def test_dates_beyond_the_five_years_are_said(dates: dict[str, object], said: list[str]) -> None:
    answer = of({"e-gates": {"value": 1, **dates}})
    found = [str(caution) for caution in answer.cautions]
    assert len(found) == len(said)
    assert all(part in caution for part, caution in zip(said, found, strict=True))
    nothing = "any of the five years" in " ".join(found)
    assert nothing == (not any(year.running["JPN"] for year in answer.outlay_years))


def test_a_harder_procedure_has_no_price_of_a_saved_minute() -> None:
    assert all(cost_per_minute(of({"jesta": 1}), country) is None for country in COUNTRIES)


@pytest.mark.parametrize(
    "said", ['{"KOR": {"capital": 1e300}}', '{"JPN": {"hours": 25}}', '{"JPN": {"jesta": 2}}']
)
def test_quantities_beyond_reason_are_named(said: str) -> None:
    with pytest.raises(InputWrong, match="at most"):
        quantities_from_json(said)


def test_the_largest_quantities_stay_finite() -> None:
    huge = dict.fromkeys(("desks", "gates", "banks", "abroad", "capital", "running"), 1000000000.0) | {
        "hours": 24
    }
    answer = worth(
        settings_of({"lanes": 1}), Options(quantities=quantities_from_json(json.dumps({"KOR": huge})))
    )
    plain = json.dumps(as_json(answer, tornadoes(answer)), allow_nan=False)
    assert "Infinity" not in plain
    assert len(answer.travels) == len(DIRECTIONS)
