"""The two books: relations that must hold in every draw, and the method note's medians."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from crossings.models.scenario.settings import Settings, from_preset, settings_from_json, settings_of
from crossings.models.worth.drivers import ROWS, tornadoes
from crossings.models.worth.errors import BaseYearMissing, InputWrong
from crossings.models.worth.model import Options, Worth, decided_rise_yen, single_tax, worth
from crossings.models.worth.parameters import (
    COUNTRIES,
    Country,
    Quantities,
    needs,
    parameters,
    rate_period,
    source_titles,
)
from crossings.models.worth.results import (
    Spread,
    as_json,
    benefit_cost,
    book_rows,
    break_even_minutes,
    cost_per_minute,
    inputs,
    measure_costs,
    minutes_saved,
    outlay_range,
    outlay_total,
    own_rows,
    present_value,
    row_grade,
)
from crossings.models.worth.travel import HOME
from crossings.tables import flows
from crossings.tables.flows import DIRECTIONS, Flow

KJ, JK = DIRECTIONS
PRESETS = ["full-package", "e-gates", "permanent-lanes", "departure-tax", "travel-authorisation"]
WITHIN = 0.10


@lru_cache(maxsize=16)
def of_preset(key: str) -> Worth:
    return worth(from_preset(key))


def lanes(**fields: object) -> Settings:
    return settings_from_json(json.dumps({"levers": {"lanes": {"value": 1, **fields}}}))


def medians(key: str, row: str) -> tuple[float, float]:
    korea, japan = (book_rows(of_preset(key), country)[row].median for country in COUNTRIES)
    return korea, japan


@pytest.mark.parametrize(
    ("row", "korea", "japan"),
    [
        ("surplus", 60, 19),
        ("spending_received", 42, 96),
        ("travel_account", -51, 51),
        ("charge_revenue", 1.1, 0.49),
    ],
)
def test_the_full_package_is_the_notes(row: str, korea: float, japan: float) -> None:
    assert medians("full-package", row) == pytest.approx((korea, japan), rel=WITHIN)


def test_the_full_packages_intervals_are_the_notes() -> None:
    book = of_preset("full-package").books["KOR"]
    low, high = np.quantile(book.surplus / 1e9, (0.05, 0.95))
    assert (low, high) == pytest.approx((35, 90), rel=WITHIN)
    low, high = np.quantile(book.travel_account / 1e9, (0.05, 0.95))
    assert (low, high) == pytest.approx((-139, -17), rel=WITHIN)


def test_lanes_give_the_spending_of_the_notes_travel_account() -> None:
    """T12 of the note: 1.50 billion yen spent in Japan, 3.1 million dollars in Korea."""
    korea, japan = medians("permanent-lanes", "spending_received")
    assert (korea, japan) == pytest.approx((3.1e-3 * 1421.8, 1.50 * 8.46), rel=WITHIN)
    assert medians("permanent-lanes", "travel_account")[1] == pytest.approx(8.28, rel=WITHIN)


def test_gates_are_used_by_the_notes_number_of_travellers() -> None:
    """T11 of the note: 2.626 million users a year, at the medians of coverage and use."""
    from crossings.models.scenario.cost import middle

    draw = middle("evidence")
    users = 9_459_711 * draw["gates_coverage"][0, 0] * draw["gates_take_up"][0, 0]
    assert users == pytest.approx(2.626e6, rel=WITHIN)


def test_the_tax_rise_is_the_notes() -> None:
    """Koreans only: revenue 18.0 billion yen, lost .63, spending -29 billion yen, surplus -156 billion won."""
    plain = {"levers": {"departure-tax": {"value": 2000, "directions": ["KOR-JPN"]}}}
    answer = worth(settings_from_json(json.dumps(plain)))
    rows = book_rows(answer, "JPN")
    assert rows["charge_revenue"].median == pytest.approx(18.0, rel=WITHIN)
    assert rows["deadweight"].median == pytest.approx(0.63, rel=WITHIN)
    assert rows["spending_received"].median / 8.46 == pytest.approx(-29, rel=WITHIN)
    assert book_rows(answer, "KOR")["surplus"].median == pytest.approx(-156, rel=WITHIN)


@pytest.mark.parametrize("key", PRESETS)
def test_travel_accounts_sum_to_the_won_in_every_draw(key: str) -> None:
    answer = of_preset(key)
    korea, japan = (answer.books[country].travel_account for country in COUNTRIES)
    assert korea.any()
    assert (korea + japan == 0).all()
    assert (korea == np.rint(korea)).all()


def test_no_measure_gives_zeros() -> None:
    answer = worth(Settings())
    for country in COUNTRIES:
        for row, one in book_rows(answer, country).items():
            assert (one.median, one.p10, one.p90) == (0, 0, 0), row
        assert break_even_minutes(answer, country) is None
        assert cost_per_minute(answer, country) is None
        assert outlay_total(answer, country) == (0, 0)
    assert benefit_cost(answer, 4.5) == {}
    assert not any(values.any() for values in answer.visitors.values())


def test_a_lever_without_reach_gives_no_benefit_and_still_costs() -> None:
    answer = worth(lanes(parts={"coverage": 0.0}))
    for country in COUNTRIES:
        assert not answer.books[country].surplus.any()
        assert not answer.books[country].travel_account.any()
        assert (answer.books[country].public_cost > 0).all()


@pytest.mark.parametrize("part", ["wait_removed", "coverage", "take_up", "eligible"])
def test_more_minutes_saved_never_lower_the_surplus(part: str) -> None:
    steps = [worth(lanes(parts={part: share})) for share in (0.0, 0.2, 0.5, 0.8, 1.0)]
    for flow, country in HOME.items():
        for less, more in pairwise(steps):
            assert (more.travels[flow].minutes >= less.travels[flow].minutes).all()
            assert (more.books[country].surplus >= less.books[country].surplus).all()


def test_a_new_charge_takes_from_travellers_what_it_gives_and_what_is_lost() -> None:
    """Without the queue's relief: surplus + revenue = -lost, draw by draw, for the charge of one country."""
    answer = of_preset("departure-tax")
    for one in answer.travels.values():
        change = one.tax[:, 0] * (one.before + one.after)[:, 0] / 2
        revenue = one.tax[:, 0] * one.after[:, 0]
        assert revenue - change == pytest.approx(-one.tax[:, 0] * one.lost_to_charges[:, 0] / 2)
    assert (answer.books["JPN"].deadweight > 0).all()
    assert not answer.books["KOR"].deadweight.any()


def test_fees_are_paid_to_the_country_that_asks_for_them() -> None:
    answer = worth(settings_of({"k-eta": 1}))
    paid = answer.travels[JK].fee * answer.travels[JK].after
    lost = 7000 * sum(answer.travels[flow].change for flow in DIRECTIONS)
    assert answer.books["KOR"].charge_revenue == pytest.approx((paid + lost)[:, 0])
    assert not answer.travels[KJ].fee.any()


def test_the_official_value_of_time_changes_no_money() -> None:
    tax = of_preset("departure-tax").books["KOR"]
    assert np.median(tax.surplus_official) == pytest.approx(np.median(tax.surplus), rel=0.02)
    gates = of_preset("e-gates").books["KOR"]
    assert np.median(gates.surplus_official / gates.surplus) == pytest.approx(8230 / 16800, rel=0.05)


def test_the_rise_of_2026_is_not_counted_twice() -> None:
    rise = decided_rise_yen()
    felt, _ = single_tax(settings_of({"departure-tax": rise}), 2027)
    assert not felt.active
    beyond, cautions = single_tax(settings_of({"departure-tax": rise + 500}), 2027)
    assert beyond.active[0].value == 500
    assert cautions[0].values["beyond"] == 500
    before, _ = single_tax(settings_of({"departure-tax": rise}), 2025)
    assert before.active[0].value == rise


def test_extra_trips_pay_the_tax_in_force() -> None:
    """3,000 yen from July 2026; 1,000 where the rise itself is the lever."""
    package = of_preset("full-package")
    gained = sum(one.change[:, 0] for one in package.travels.values())
    assert package.books["JPN"].charge_revenue == pytest.approx(3000 * gained)
    tax = of_preset("departure-tax")
    expected = sum(2000 * one.after[:, 0] + 1000 * one.change[:, 0] for one in tax.travels.values())
    assert tax.books["JPN"].charge_revenue == pytest.approx(expected)


def test_world_levers_are_in_both_cases() -> None:
    world = worth(settings_of({"exchange-rate": 10}))
    assert all(not book.surplus.any() and not book.travel_account.any() for book in world.books.values())
    both = worth(settings_of({"exchange-rate": 10, "lanes": 1}))
    assert np.median(both.travels[KJ].before) < 9_459_711 * 0.97
    assert (both.books["KOR"].surplus > 0).all()


def test_same_question_same_numbers() -> None:
    first, second = (
        as_json(one, tornadoes(one)) for one in (worth(from_preset("e-gates")), worth(from_preset("e-gates")))
    )
    assert json.dumps(first) == json.dumps(second)


def test_draws_belong_together() -> None:
    """The cost of a trip and the trips gained come from the same row: the surplus is their product."""
    one = of_preset("full-package").travels[KJ]
    saving = one.wait + one.forms
    expected = (saving * (one.before + one.after) / 2)[:, 0]
    assert of_preset("full-package").books["KOR"].surplus == pytest.approx(expected)


def test_five_years_ramp_and_outlay_adds_up() -> None:
    answer = worth(lanes(start="2028-07"))
    medians = [float(np.median(year.surplus["KOR"])) for year in answer.years]
    assert medians[0] == 0
    assert 0 < medians[1] < medians[2] <= medians[3] <= medians[4]
    steady = float(np.median(answer.books["KOR"].surplus))
    assert medians[4] == pytest.approx(steady, rel=0.02)
    running = [year.running["JPN"] for year in answer.years]
    assert running[:3] == pytest.approx([0, running[2] / 2, running[2]])
    total, mean = outlay_total(answer, "JPN")
    assert total == pytest.approx(sum(running) / 1e9)
    assert mean == pytest.approx(total / 5)


def test_gates_are_bought_once() -> None:
    answer = of_preset("e-gates")
    assert [year.capital["KOR"] > 0 for year in answer.years] == [True, False, False, False, False]
    assert answer.years[0].capital["KOR"] == pytest.approx(14 * 130e6, rel=0.01)


def test_typed_quantities_take_the_place_of_the_defaults() -> None:
    typed = Options(quantities={"JPN": Quantities(desks=6, hours=7)})
    answer = worth(from_preset("full-package"), typed)
    assert np.isnan(answer.books["KOR"].public_cost).all()
    assert np.median(answer.books["JPN"].public_cost) == pytest.approx(70.5e6, rel=0.03)


@pytest.mark.parametrize(
    ("levers", "missing"),
    [
        ({"no-arrival-wait": 1}, {"KOR", "JPN"}),
        ({"paperless": 1, "lanes": 1}, set()),
        ({"visa": 1}, {"KOR", "JPN"}),
        ({"k-eta": 1}, {"KOR"}),
        ({"k-eta": 1, "jesta": 1}, {"KOR"}),
        ({"departure-tax": 2000}, {"JPN"}),
        ({"jesta": 1, "jesta-exemption": 1}, set()),
        ({"exchange-rate": 10}, set()),
    ],
)
def test_a_cost_that_nobody_counts_is_missing_and_never_nothing(
    levers: dict[str, float], missing: set[str]
) -> None:
    answer = worth(settings_of(levers), Options(n_draws=64))
    plain: Any = json.loads(json.dumps(as_json(answer, tornadoes(answer)), allow_nan=False))
    for country in COUNTRIES:
        unknown = country in missing
        assert answer.cost_missing(country) == unknown
        assert (plain["books"][country]["public_cost"]["median"] is None) == unknown
        assert (plain["outlay"][country]["five_year_total"] is None) == unknown
        years = [year for year in plain["years"] if year["country"] == country]
        assert all((year["outlay"] is None) == unknown for year in years)
        assert all(year["grade"] is None for year in years if year["outlay"] is None)
        assert plain["break_even_minutes"][country] is None or not unknown
    if "no-arrival-wait" in levers:
        assert plain["books"]["KOR"]["surplus_priced"]["median"] is None
    assert not missing or plain["benefit_cost"]["4.5"] == {}


def test_without_the_cost_of_one_country_there_is_no_ratio_of_both() -> None:
    typed: dict[Country, Quantities] = {"JPN": Quantities(gates=1, banks=1, hours=1)}
    answer = worth(from_preset("e-gates"), Options(quantities=typed))
    assert set(benefit_cost(answer, 4.5)) == set(present_value(answer, 4.5)) == {"JPN"}
    none = worth(from_preset("e-gates"), Options(quantities={**typed, "KOR": Quantities()}))
    assert set(benefit_cost(none, 4.5)) == {"JPN"}
    one_way = worth(lanes(directions=["KOR-JPN"]))
    assert set(benefit_cost(one_way, 4.5)) == {"JPN", "both"}


def test_a_shorter_queue_for_want_of_those_whom_a_visa_keeps_out_is_no_minute_saved() -> None:
    visa = {"value": 1, "directions": ["KOR-JPN"]}
    answer = worth(settings_from_json(json.dumps({"levers": {"e-gates": 1, "visa": visa}})))
    assert minutes_saved(answer, "JPN").missing
    assert break_even_minutes(answer, "JPN") is None
    assert cost_per_minute(answer, "JPN") is None
    assert minutes_saved(answer, "KOR") == minutes_saved(of_preset("e-gates"), "KOR")
    plain: Any = as_json(answer, tornadoes(answer))
    assert plain["minutes_saved"]["JPN"]["median"] is plain["minutes_saved"]["JPN"]["grade"] is None


def test_a_typed_coverage_grades_the_gain_and_warns_of_the_ratio() -> None:
    typed = lanes(parts={"coverage": 1.0, "take_up": 1.0})
    answer = worth(typed)
    plain: Any = as_json(answer, tornadoes(answer))
    for row in ("surplus", "spending_received", "travel_account"):
        assert plain["books"]["KOR"][row]["grade"] == "typed"
    assert plain["books"]["KOR"]["public_cost"]["grade"] == "weak"
    assert plain["benefit_cost"]["4"]["JPN"]["behavioural"]["grade"] == "typed"
    assert any("ratio and net present value are too high" in caution for caution in plain["cautions"])
    assert plain["grades"]["lanes_coverage typed"]["grade"] == "typed"
    aimed = worth(lanes(parts={"coverage": 0.08}), Options(aimed=("lanes",)))
    assert not aimed.typed_parts
    own = worth(typed, Options(quantities={"JPN": Quantities(desks=1), "KOR": Quantities(desks=1)}))
    assert not own.typed_reach


def test_the_sums_of_the_drivers_have_the_grade_of_the_sum() -> None:
    answer = of_preset("full-package")
    plain: Any = as_json(answer, tornadoes(answer))
    bars = {bar["parameter"]: bar for bar in plain["drivers"]["KOR"]}
    assert bars["value_of_time"]["assumption_grade"] == "fair"
    assert {bar["grade"] for bar in bars.values()} == {plain["books"]["KOR"]["surplus"]["grade"]} == {"weak"}
    assert {bar["sum_unit"] for bar in bars.values()} == {"won"}
    assert plain["won_per_yen_grade"] == plain["won_per_usd_grade"] == "good"
    assert plain["discount_rate_grades"] == {"4.5": "fair", "4": "good", "2": "weak", "1": "weak"}


def test_an_exemption_leaves_no_share_no_ratio_and_no_break_even() -> None:
    answer = worth(settings_of({"jesta": 1, "jesta-exemption": 1}))
    assert not answer.outlays
    assert not any("K-ETA" in str(caution) for caution in answer.cautions)
    assert benefit_cost(answer, 4.0) == {}
    assert break_even_minutes(answer, "JPN") is None


def test_years_of_closed_borders_are_no_ordinary_base() -> None:
    said = [str(one) for one in worth(from_preset("e-gates"), Options(base_year=2020)).cautions]
    assert any("entry restrictions" in one for one in said)


def test_a_ratio_without_gain_has_the_grade_of_its_cost() -> None:
    answer = worth(lanes(parts={"coverage": 0.0}))
    plain: Any = as_json(answer, tornadoes(answer))
    found = plain["benefit_cost"]["4"]["JPN"]["behavioural"]
    assert (found["median"], found["grade"]) == (0, "weak")


def test_seats_that_a_scenario_limits_are_said_to_be_free_here() -> None:
    answer = of_preset("simpler-fixed-seats")
    plain: Any = as_json(answer, tornadoes(answer))
    assert plain["name"].endswith("(seats not limited here)")
    assert plain["books"]["KOR"]["surplus"]["median"] == medians("full-package", "surplus")[0]


def test_narrowed_measures_cost_one_country_only() -> None:
    answer = worth(lanes(directions=["KOR-JPN"]))
    assert (answer.books["JPN"].public_cost > 0).all()
    assert not answer.books["KOR"].public_cost.any()


def test_a_lower_discount_rate_never_costs_more() -> None:
    answer = of_preset("e-gates")
    for country in COUNTRIES:
        dear, cheap = answer.cost_in_won(4.5)[country], answer.cost_in_won(1.0)[country]
        assert (cheap < dear).all()


def test_the_break_even_is_where_time_pays_the_cost() -> None:
    answer = of_preset("e-gates")
    found = break_even_minutes(answer, "JPN")
    assert found is not None
    cost = answer.books["JPN"].public_cost * 8.46
    value = answer.value_per_minute["behavioural"] * answer.travels[KJ].before[:, 0]
    assert found["behavioural"] == Spread.of(cost / value, "minutes a traveller")
    assert found["official_unweighted"].median > found["official"].median > found["behavioural"].median


def test_one_weight_of_a_queue_minute_serves_both_values_of_time() -> None:
    """Where only time is saved, books, break-even and hall value it in the same proportion, draw by draw."""
    answer = of_preset("e-gates")
    value = answer.value_per_minute
    for book in answer.books.values():
        assert book.surplus_official / book.surplus == pytest.approx(value["official"] / value["behavioural"])


def test_a_present_value_is_above_nothing_where_its_ratio_is_above_one() -> None:
    answer = of_preset("e-gates")
    ratios, values = benefit_cost(answer, 4.0), present_value(answer, 4.0)
    assert set(ratios) == set(values) == {"KOR", "JPN", "both"}
    for whose, rows in ratios.items():
        for convention, ratio in rows.items():
            net = values[whose][convention]
            assert [end > 1 for end in (ratio.p10, ratio.median, ratio.p90)] == [
                end > 0 for end in (net.p10, net.median, net.p90)
            ]
    gain, cost = answer.books["KOR"].surplus, answer.cost_in_won(4.0)["JPN"]
    life = answer.own["equipment_life"][:, 0]
    discounted = (gain - cost) * (1 - 1.04**-life) / 0.04
    assert values["JPN"]["behavioural"].median == pytest.approx(np.median(discounted) / 1e9)


def test_a_measure_alone_costs_what_the_books_say() -> None:
    answer = of_preset("e-gates")
    found = {outlay.country: one for outlay, one in measure_costs(answer)}
    in_books = {c: replace(book_rows(answer, c)["public_cost"], grade="weak") for c in COUNTRIES}
    assert found == in_books
    assert len(measure_costs(of_preset("full-package"))) == 6


def test_the_range_of_five_years_outlay_holds_the_tables_total() -> None:
    for country in COUNTRIES:
        found = outlay_range(of_preset("full-package"), country)
        assert found.p10 < found.median == outlay_total(of_preset("full-package"), country)[0] < found.p90


def test_one_rate_turns_every_sum() -> None:
    """A lever on the exchange rate moves the rate of spending, of costs and of the charges alike."""
    answer = worth(settings_of({"exchange-rate": 10, "lanes": 1}))
    assert answer.rate == pytest.approx(8.46 * 1.1)
    spent = answer.travels[KJ].change * answer.own["spend_kor_jpn"] * answer.own["marginal_spend"]
    assert answer.books["JPN"].spending_received == pytest.approx((spent * answer.rate)[:, 0], abs=1)
    assert answer.in_won("JPN", np.ones(1)) == answer.rate
    assert own_rows(answer, "JPN")["public_cost"] == book_rows(answer, "JPN")["public_cost"]
    yen, won = (rows(answer, "JPN")["surplus"] for rows in (own_rows, book_rows))
    assert yen.unit == "billion yen"
    assert yen.median == pytest.approx(won.median / answer.rate)


@pytest.mark.parametrize("rate", [8.46, 9.505])
def test_a_rate_is_the_mean_of_the_period_that_is_said(rate: float) -> None:
    rows = flows.read_table("exchange_rates")
    mean = rows[rows["month"].str.startswith(rate_period(rate))]["krw_per_jpy"].astype(float).mean()
    assert mean == pytest.approx(rate, rel=0.002)
    assert rate_period(8.0) == ""


def test_every_sum_of_money_of_an_official_source_names_the_year_of_its_prices() -> None:
    found = inputs(of_preset("full-package"), tornadoes(of_preset("full-package")))
    assert {one.key: one.prices for one in found if one.key.startswith("gate_price")} == {
        "gate_price_jpn": "2018",
        "gate_price_kor": "2017",
    }
    dated = [one for one in found if one.grade == "good" and ("yen" in one.unit or "dollar" in one.unit)]
    assert all(one.prices for one in dated if "won per" not in one.unit)


def test_a_row_is_graded_by_the_weakest_that_moves_it() -> None:
    answer = of_preset("e-gates")
    drivers = tornadoes(answer)
    assert {
        row: row_grade(answer, drivers, row) for row in ("surplus", "surplus_official", "public_cost")
    } == {
        "surplus": "weak",
        "surplus_official": "weak",
        "public_cost": "weak",
    }
    nothing = worth(Settings())
    assert row_grade(nothing, tornadoes(nothing), "surplus") is None


def test_with_new_charges_only_both_countries_together_have_a_ratio() -> None:
    settings = settings_of({"lanes": 1, "departure-tax": 1000})
    assert set(benefit_cost(worth(settings), 4.0)) == {"both"}
    assert set(benefit_cost(of_preset("e-gates"), 4.0)) == {"KOR", "JPN", "both"}
    assert benefit_cost(of_preset("travel-authorisation"), 4.0) == {}


def test_the_tornado_names_what_drives_each_row() -> None:
    drivers = tornadoes(of_preset("e-gates"))
    bars = drivers["KOR", "surplus"]
    named = [bar.parameter for bar in bars]
    assert {"value_of_time", "gates_take_up", "wait_minutes_japan"} <= set(named[:6])
    assert "spend_kor_jpn" not in named
    assert [bar.width for bar in bars] == sorted((bar.width for bar in bars), reverse=True)
    spent = drivers["JPN", "spending_received"]
    assert spent[0].parameter == "elasticity"
    nothing = tornadoes(worth(Settings()))
    assert set(nothing) == {(country, row) for country in COUNTRIES for row in ROWS}
    assert not any(nothing.values())


def test_every_input_is_graded_and_has_a_source() -> None:
    found = inputs(of_preset("full-package"), tornadoes(of_preset("full-package")))
    assert {one.grade for one in found} == {"good", "fair", "weak"}
    assert all(one.sources for one in found)
    assert all(one.low <= one.median <= one.high for one in found)
    assert len({one.key for one in found}) == len(found)


def test_every_source_stands_in_the_sources_table() -> None:
    from crossings.models.worth.parameters import airports, fixed

    records: list[Any] = [*parameters().values(), *fixed().values(), *needs().values(), *airports()]
    assert all(all(source_titles(record.sources)) for record in records)


@pytest.mark.parametrize(
    ("table", "wanted", "key", "scale"),
    [
        (
            "visitor_spending",
            {"subject": "koreans_in_japan", "measure": "spend_per_head", "period": "2025"},
            "spend_kor_jpn",
            1,
        ),
        (
            "values_of_time",
            {"context": "Korean visitors to Japan, KDI-style blend"},
            "value_of_time_official",
            1,
        ),
        (
            "public_costs",
            {"country": "JPN", "item": "full cost of one officer-year"},
            "officer_cost_jpn",
            1e6,
        ),
        (
            "public_costs",
            {"country": "KOR", "item": "full cost of one officer-year"},
            "officer_cost_kor",
            1e6,
        ),
        ("public_costs", {"item": "face gate, unit price"}, "gate_price_jpn", 1e6),
        ("public_costs", {"item": "automated gate, unit price"}, "gate_price_kor", 1e6),
    ],
)
def test_what_the_model_takes_stands_in_the_published_tables(
    table: str, wanted: dict[str, str], key: str, scale: float
) -> None:
    rows = flows.read_table(table)
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    assert float(rows["value"].iloc[0]) / scale == pytest.approx(parameters()[key].range[1], rel=0.002)


@pytest.mark.parametrize("table", ["visitor_spending", "values_of_time", "public_costs"])
def test_no_published_figure_is_ungraded(table: str) -> None:
    rows = flows.read_table(table)
    assert ((rows["value"] == "") == (rows["grade"] == "")).all()
    judged = rows[rows["reading"].isin(["judgement", "worked out"])]
    assert set(judged["grade"]) == {"weak"}


def test_the_ranges_are_those_of_the_note() -> None:
    wanted = {
        "spend_kor_jpn": (94_800, 104_606, 115_500),
        "spend_jpn_kor": (626, 870, 1_209),
        "marginal_spend": (0.79, 0.89, 0.97),
        "value_of_time_official": (6_640, 8_230, 10_200),
        "gate_price_jpn": (5.1, 7.9, 12.2),
        "gate_price_kor": (86, 130, 196),
        "officer_cost_kor": (60, 80, 110),
        "officer_cost_jpn": (6.3, 8.0, 11.0),
        "jesta_system": (4.4, 9, 19),
        "jesta_trips": (1.3, 2.1, 3.1),
    }
    for key, ends in wanted.items():
        assert parameters()[key].range == pytest.approx(ends, rel=0.04), key


@pytest.mark.parametrize(
    "options", [Options(first_year=1900), Options(won_per_yen=0.0), Options(won_per_yen=float("nan"))]
)
def test_what_cannot_be_used_is_refused(options: Options) -> None:
    with pytest.raises(InputWrong):
        worth(Settings(), options)


def test_a_year_that_is_not_out_is_no_base() -> None:
    with pytest.raises(BaseYearMissing):
        worth(Settings(), Options(base_year=2031))


def test_the_plain_form() -> None:
    answer = of_preset("travel-authorisation")
    plain: Any = json.loads(json.dumps(as_json(answer, tornadoes(answer))))
    for country in COUNTRIES:
        for row in ("surplus", "spending_received", "travel_account", "charge_revenue", "public_cost"):
            assert set(plain["books"][country][row]) == {"median", "p10", "p90", "unit", "grade"}
        assert plain["books"][country]["surplus_priced"] == plain["books"][country]["surplus"]
    assert all(one["grade"] for one in _with_a_median(plain) if one["median"])
    assert {
        "visitors",
        "break_even_minutes",
        "benefit_cost",
        "grades",
        "not_counted",
        "model_version",
    } <= set(plain)
    assert plain["outer_case"][Flow.KOREANS_TO_JAPAN.value] == pytest.approx(-0.27 * 9_459_711)
    assert plain["application_fee"].keys() == {"KOR-JPN", "JPN-KOR"}


def _with_a_median(plain: Any) -> Iterator[dict[str, Any]]:
    """Yield every number with a range in a plain form."""
    if isinstance(plain, dict):
        if "median" in plain:
            yield plain
        for part in plain.values():
            yield from _with_a_median(part)
    elif isinstance(plain, list):
        for part in plain:
            yield from _with_a_median(part)
