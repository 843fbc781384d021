"""The fluid queue: the published test values, conservation, and relations that any day must keep."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossings.models.queue.flights import DAY_MINUTES, OTHER, PARTNER, Flights, flights_of
from crossings.models.queue.hall import HallDay, run_hall
from crossings.models.queue.settings import DesksMissing, Settings, SettingWrong

ROWS = st.lists(
    st.tuples(
        st.integers(0, 1439).map(float),
        st.integers(1, 500).map(float),
        st.sampled_from([PARTNER, OTHER, "crew"]),
        st.integers(1, 90).map(float),
    ),
    min_size=1,
    max_size=40,
    unique=True,
)


@st.composite
def drawn_settings(draw: st.DrawFn) -> Settings:
    lane, precleared = draw(st.integers(0, 6)), draw(st.integers(1, 3))
    opens = draw(st.integers(0, 1300))
    starts = sorted(draw(st.sets(st.integers(1, 1439), max_size=3)))
    shares = draw(st.lists(st.sampled_from([0.0, 0.4, 1.0]), min_size=len(starts), max_size=len(starts)))
    return Settings(
        desks=lane + precleared + draw(st.integers(1, 30)),
        desk_seconds=draw(st.integers(20, 120)),
        kiosk_share=draw(st.sampled_from([0.0, 0.5, 1.0])),
        gates=draw(st.integers(1, 10)),
        gate_share_partner=draw(st.sampled_from([0.0, 0.3, 1.0])),
        gate_share_other=draw(st.sampled_from([0.0, 0.3, 1.0])),
        dedicated_desks=lane,
        dedicated_use=draw(st.sampled_from([0.0, 0.5, 1.0])),
        dedicated_from=opens,
        dedicated_to=draw(st.integers(opens + 1, 1440)),
        precleared_share=draw(st.sampled_from([0.0, 0.4, 1.0])),
        precleared_desks=precleared,
        opening=(
            (0.0, draw(st.sampled_from([0.3, 1.0]))),
            *((float(at), share) for at, share in zip(starts, shares, strict=True)),
        ),
    )


def banks(*, count: int, passengers: float, gap: float, spread: float) -> Flights:
    return flights_of([(place * gap, passengers, OTHER, spread) for place in range(count)])


def solved(flights: Flights, *, desks: float, seconds: float) -> HallDay:
    return run_hall(flights, Settings(desks=desks, desk_seconds=seconds))


def test_evenly_spread_flights_do_not_wait() -> None:
    day = solved(banks(count=6, passengers=150, gap=10, spread=10), desks=18, seconds=72)
    waits = day.groups["all"]
    assert (waits.mean_minutes, waits.p95_minutes, waits.max_minutes) == (0.0, 0.0, 0.0)
    assert (waits.share_within_20_minutes, waits.passengers) == (1.0, 900.0)


def test_two_large_flights_wait_twenty_minutes_on_average() -> None:
    waits = solved(banks(count=2, passengers=450, gap=5, spread=15), desks=18, seconds=72).groups["all"]
    assert waits.mean_minutes == pytest.approx(20, abs=1e-9)
    assert waits.max_minutes == pytest.approx(40, abs=1e-9)
    assert waits.share_within_20_minutes == pytest.approx(0.5, abs=1e-9)


@pytest.mark.parametrize(("passengers", "mean", "longest"), [(170, 25 / 12, 25 / 6), (187, 11 / 3, 22 / 3)])
def test_ten_desks_and_a_flight_every_quarter_hour(passengers: float, mean: float, longest: float) -> None:
    waits = solved(banks(count=4, passengers=passengers, gap=15, spread=10), desks=10, seconds=50).groups[
        "all"
    ]
    assert waits.mean_minutes == pytest.approx(mean, abs=1e-9)
    assert waits.max_minutes == pytest.approx(longest, abs=1e-9)


def test_one_bank_follows_the_closed_form() -> None:
    waits = solved(banks(count=1, passengers=600, gap=0, spread=20), desks=10, seconds=60).groups["all"]
    longest = 600 / 10 - 20
    assert waits.max_minutes == pytest.approx(longest)
    assert waits.mean_minutes == pytest.approx(longest / 2)
    assert waits.p80_minutes == pytest.approx(0.8 * longest)
    assert waits.p95_minutes == pytest.approx(0.95 * longest)
    assert waits.share_within_20_minutes == pytest.approx(20 / longest)


def test_the_agencys_longest_wait_is_ten_eighths_of_when_four_fifths_are_through() -> None:
    day = solved(banks(count=1, passengers=600, gap=0, spread=20), desks=10, seconds=60)
    assert day.isa_longest_minutes().tolist() == [pytest.approx(60, abs=1e-5)]
    free = solved(banks(count=1, passengers=10, gap=0, spread=20), desks=10, seconds=60)
    assert free.isa_longest_minutes().tolist() == [pytest.approx(20, abs=1e-5)]


def test_the_queue_by_minute_is_the_area_between_the_curves() -> None:
    queue = solved(banks(count=1, passengers=600, gap=0, spread=20), desks=10, seconds=60).queue_by_minute()
    assert queue["all"].max() == queue.loc[20, "all"] == pytest.approx(400)
    assert queue.loc[10, OTHER] == pytest.approx(200)
    assert queue.loc[60, "all"] == pytest.approx(0, abs=1e-9)


def test_passengers_who_come_before_opening_wait_for_it() -> None:
    opening = ((0.0, 0.0), (60.0, 1.0), (65.0, 0.0))
    flights = flights_of([(30, 100, OTHER, 10)])
    waits = run_hall(flights, Settings(desks=10, desk_seconds=60, opening=opening)).groups["all"]
    assert waits.max_minutes == pytest.approx(30)
    assert waits.mean_minutes == pytest.approx(30)


def test_closing_in_the_middle_of_the_day_holds_the_queue() -> None:
    opening = ((0.0, 1.0), (10.0, 0.0), (40.0, 1.0))
    day = run_hall(flights_of([(0, 200, OTHER, 10)]), Settings(desks=10, desk_seconds=60, opening=opening))
    assert day.empty_at == pytest.approx(50)
    assert day.groups["all"].max_minutes == pytest.approx(40)
    assert day.groups["all"].share_within_20_minutes == pytest.approx(0.5)


def test_a_lane_speeds_its_users_and_slows_the_others() -> None:
    flights = flights_of([(0, 100, PARTNER, 10), (0, 300, OTHER, 10)])
    pooled = run_hall(flights, Settings(desks=16, desk_seconds=60))
    lane = run_hall(flights, Settings(desks=16, desk_seconds=60, dedicated_desks=6))
    assert pooled.groups[PARTNER].mean_minutes == pytest.approx(pooled.groups[OTHER].mean_minutes)
    assert lane.groups[PARTNER].max_minutes == pytest.approx(100 / 6 - 10)
    assert lane.groups[OTHER].max_minutes == pytest.approx(300 / 10 - 10)
    assert set(lane.by_channel) == {"dedicated", "desks"}


def test_a_lane_that_closes_is_emptied_before_its_desks_return() -> None:
    flights = flights_of([(0, 100, PARTNER, 10), (0, 100, OTHER, 10)])
    day = run_hall(flights, Settings(desks=4, desk_seconds=60, dedicated_desks=2, dedicated_to=10))
    assert day.channels["dedicated"].clearing.last.max() == pytest.approx(50)
    assert day.empty_at == pytest.approx(50)


def test_everybody_at_gates_leaves_the_desks_empty() -> None:
    flights = flights_of([(0, 100, PARTNER, 10)])
    day = run_hall(flights, Settings(desks=2, gates=5, gate_seconds=30, gate_share_partner=1.0))
    assert set(day.channels) == {"gates"}
    assert day.groups[PARTNER].max_minutes == pytest.approx(0)


@given(ROWS, drawn_settings())
@settings(max_examples=120, deadline=None)
def test_nobody_is_lost_and_nobody_is_served_twice(
    rows: list[tuple[float, float, str, float]], chosen: Settings
) -> None:
    flights = flights_of(rows)
    day = run_hall(flights, chosen)
    minutes = np.linspace(0, day.empty_at + 1, 300)
    for group in flights.groups:
        arrived, cleared = day.arrived(group, minutes), day.cleared(group, minutes)
        tolerance = 1e-6 * flights.total
        assert (np.diff(cleared) >= -tolerance).all()
        assert (cleared <= arrived + tolerance).all()
        assert cleared[-1] == pytest.approx(flights.of_group(group), rel=1e-6)
        assert day.groups[group].passengers == pytest.approx(flights.of_group(group), rel=1e-6)
    assert day.groups["all"].passengers == pytest.approx(flights.total, rel=1e-6)


@given(ROWS, drawn_settings())
@settings(max_examples=60, deadline=None)
def test_the_mean_wait_is_the_area_of_the_queue(
    rows: list[tuple[float, float, str, float]], chosen: Settings
) -> None:
    day = run_hall(flights_of(rows), chosen)
    minutes = np.linspace(0, day.empty_at, 40_001)
    waiting = (
        day.arrived("all", minutes)
        if "all" in day.flights.groups
        else sum(day.arrived(group, minutes) - day.cleared(group, minutes) for group in day.flights.groups)
    )
    area = float(np.trapezoid(waiting, minutes))
    total = day.flights.total
    assert day.groups["all"].mean_minutes == pytest.approx(area / total, abs=0.02 + 1e-3 * area / total)


@given(ROWS, drawn_settings())
@settings(max_examples=60, deadline=None)
def test_measures_are_in_order(rows: list[tuple[float, float, str, float]], chosen: Settings) -> None:
    for waits in run_hall(flights_of(rows), chosen).groups.values():
        assert 0 <= waits.p80_minutes <= waits.p95_minutes <= waits.max_minutes
        assert waits.mean_minutes <= waits.max_minutes + 1e-9
        assert 0 <= waits.share_within_20_minutes <= 1
        assert (waits.share_within_20_minutes >= 0.95 - 1e-6) == (waits.p95_minutes <= 20 + 1e-4)


@given(ROWS, st.integers(1, 20), st.integers(20, 120))
@settings(max_examples=60, deadline=None)
def test_another_desk_never_lengthens_a_wait(
    rows: list[tuple[float, float, str, float]], desks: int, seconds: int
) -> None:
    fewer, more = (
        solved(flights_of(rows), desks=count, seconds=seconds).groups for count in (desks, desks + 1)
    )
    for group, waits in fewer.items():
        assert more[group].mean_minutes <= waits.mean_minutes + 1e-7
        assert more[group].max_minutes <= waits.max_minutes + 1e-7


def test_nobody_is_sent_where_nobody_serves() -> None:
    flights = flights_of([(0, 100, PARTNER, 10)])
    with pytest.raises(DesksMissing, match="gates"):
        run_hall(flights, Settings(desks=5, gate_share_partner=0.5))
    with pytest.raises(DesksMissing, match="pre-clear"):
        run_hall(flights, Settings(desks=5, precleared_share=0.5))
    with pytest.raises(DesksMissing, match="never ends"):
        run_hall(banks(count=1, passengers=9, gap=1, spread=1), Settings(desks=1, opening=((0.0, 1e-320),)))
    with pytest.raises(DesksMissing, match="Of 5 desks, 5 are reserved"):
        run_hall(flights, Settings(desks=5, dedicated_desks=5))
    with pytest.raises(SettingWrong, match="after the opening time"):
        run_hall(flights, Settings(desks=5, dedicated_from=600, dedicated_to=600))
    with pytest.raises(SettingWrong, match="for the setting desk_seconds"):
        run_hall(flights, Settings(desks=5, desk_seconds=0))


def plain(desks: int, seconds: float) -> Settings:
    return Settings(desks=desks, desk_seconds=seconds)


@given(ROWS, st.integers(1, 40), st.integers(1, 10), st.sampled_from([20.0, 50.0, 72.0]))
@settings(max_examples=80, deadline=None)
def test_more_desks_never_lengthen_anybodys_wait(
    rows: list[tuple[float, float, str, float]], desks: int, more: int, seconds: float
) -> None:
    flights = flights_of(rows)
    few, many = (run_hall(flights, plain(count, seconds)).groups for count in (desks, desks + more))
    for group, waits in many.items():
        for name in ("mean_minutes", "p80_minutes", "p95_minutes", "max_minutes"):
            assert getattr(waits, name) <= getattr(few[group], name) + 1e-6
        assert waits.share_within_20_minutes >= few[group].share_within_20_minutes - 1e-6


@given(ROWS, st.integers(1, 40), st.floats(1, 3))
@settings(max_examples=80, deadline=None)
def test_more_passengers_never_shorten_the_wait(
    rows: list[tuple[float, float, str, float]], desks: int, growth: float
) -> None:
    flights = flights_of(rows)
    before, after = (run_hall(some, plain(desks, 50)).groups for some in (flights, flights.scaled(growth)))
    for group, waits in after.items():
        assert waits.passengers == pytest.approx(before[group].passengers * growth)
        assert waits.mean_minutes >= before[group].mean_minutes - 1e-6
        assert waits.max_minutes >= before[group].max_minutes - 1e-6


@given(ROWS, st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_the_day_ends_when_the_work_is_done(rows: list[tuple[float, float, str, float]], desks: int) -> None:
    flights = flights_of(rows)
    day = run_hall(flights, plain(desks, 50))
    work = flights.total * 50 / 60 / desks
    first, last = flights.minute.min(), float((flights.minute + flights.spread_minutes).max())
    assert day.empty_at >= max(last, first + work) - 1e-6
    assert day.empty_at <= last + work + 1e-6


def test_a_queue_of_weeks_has_no_more_rows_than_one_of_two_days() -> None:
    day = solved(banks(count=500, passengers=20_000, gap=2, spread=2), desks=1, seconds=600)
    waiting = day.queue_by_minute()
    assert day.empty_at > 50_000 * DAY_MINUTES
    assert 1_440 < len(waiting) <= 2 * 1_440 + 1
