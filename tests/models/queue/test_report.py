"""Presets meet their anchors; reports, lanes, targets and what is carried over."""

import json
from dataclasses import replace
from typing import Any

import pytest

from crossings.errors import CrossingsError
from crossings.models.queue.flights import OTHER, PARTNER, FlightTableEmpty, flights_of
from crossings.models.queue.hall import run_hall
from crossings.models.queue.presets import (
    Anchor,
    AnchorOutOfReach,
    HallUnknown,
    calibrated,
    calibration_factor,
    hall,
    halls,
    source_titles,
)
from crossings.models.queue.report import (
    carried,
    desks_for_target,
    hall_question,
    hall_question_from_json,
    hall_report,
    lane_effect,
    lane_prices,
)
from crossings.models.queue.settings import (
    HallFileUnreadable,
    Settings,
    SettingWrong,
    check_ranges,
    records,
    settings_of,
)

MEASURES = {
    "passengers",
    "mean_minutes",
    "p80_minutes",
    "p95_minutes",
    "max_minutes",
    "share_within_20_minutes",
}
BUSY = flights_of(
    [(at, people, group, 10) for at in range(0, 120, 15) for people, group in ((90, PARTNER), (150, OTHER))]
)


@pytest.mark.parametrize("key", [one.key for one in halls()])
def test_each_preset_meets_its_anchor(key: str) -> None:
    found = calibrated(key)
    assert found.model_value == pytest.approx(found.hall.anchor.value, abs=1e-5)
    assert 0.5 < found.factor < 2


def test_haneda_carries_its_published_desks_kiosks_and_lane() -> None:
    haneda = hall("haneda-t3")
    assert haneda.kiosks is not None
    assert haneda.lane is not None
    assert (haneda.desks.value, haneda.kiosks.value, haneda.lane.desks, haneda.lane.kiosks) == (16, 43, 6, 16)
    assert run_hall(calibrated("haneda-t3").flights, haneda.settings).groups[
        "all"
    ].share_within_20_minutes == (pytest.approx(0.5, abs=1e-5))
    lane = haneda.lane_settings
    assert lane is not None
    assert (lane.dedicated_desks, lane.dedicated_from, lane.dedicated_to) == (6, 540, 960)
    assert hall("gimpo").lane_settings is None


def test_every_assumption_is_marked_with_a_grade_and_a_source() -> None:
    grades = {"green", "amber", "red"}
    for one in halls():
        assert {one.desks.grade, one.anchor.grade, one.flights_grade} <= grades
        assert one.flights_source == "assumption"
        assert all(fact.grade == "red" for fact in (one.desks, one.anchor) if fact.source == "assumption")
    for record in records()["setting"].values():
        assert record["grade"] in grades
        assert record["source"]
        assert record["low"] <= record["default"] <= record["high"]


def test_the_banks_or_the_service_can_be_fitted() -> None:
    settings = Settings(desks=10)
    anchor = Anchor("mean_minutes", 12.0, "2024", "amber", "x")
    for vary in ("passengers", "service"):
        factor = calibration_factor(BUSY, settings, anchor=anchor, vary=vary)
        flights = BUSY.scaled(factor) if vary == "passengers" else BUSY
        fitted = (
            settings
            if vary == "passengers"
            else replace(settings, desk_seconds=settings.desk_seconds * factor)
        )
        assert run_hall(flights, fitted).groups["all"].mean_minutes == pytest.approx(12, abs=1e-4)
    with pytest.raises(AnchorOutOfReach):
        calibration_factor(BUSY, settings, anchor=replace(anchor, value=-1.0))
    with pytest.raises(HallUnknown, match="haneda-t3"):
        calibrated("nowhere")


def test_a_report_is_plain_and_names_its_units() -> None:
    said = json.loads(json.dumps(hall_report(hall_question(preset="haneda-t3"))))
    assert set(said["groups"]) == {"partner", "other", "all"}
    assert all(set(waits) == MEASURES for waits in said["groups"].values())
    assert set(said["units"]) >= MEASURES
    assert said["anchor"]["value"] == 0.5
    assert said["groups"]["all"]["share_within_20_minutes"] == pytest.approx(said["anchor"]["model_value"])


def test_the_plain_case_has_one_group_and_no_preset() -> None:
    flights = flights_of([(15 * place, 187, OTHER, 10) for place in range(4)])
    said: dict[str, Any] = hall_report(
        hall_question(flights=flights, settings={"desks": 10, "desk_seconds": 50})
    )
    assert said["hall"] is None
    assert said["anchor"] is None
    assert said["groups"]["other"]["mean_minutes"] == pytest.approx(11 / 3)
    assert said["steady_state_minutes"] == {"desks": None}


def test_growth_multiplies_every_flight() -> None:
    question = hall_question(preset="gimpo", growth_percent=10)
    assert question.grown.total == pytest.approx(1.1 * question.flights.total)


def test_a_hall_file_is_read_and_bad_ones_are_refused_by_name() -> None:
    rows = [{"minute": "09:30", "passengers": 100, "group": "other"}]
    question = hall_question_from_json(json.dumps({"settings": {"desks": 4}, "flights": rows}))
    assert question.flights.minute.tolist() == [570]
    assert question.settings.desks == 4
    assert hall_question_from_json('{"preset": "fukuoka", "growth_percent": 5}').growth_percent == 5
    for text, fault in [
        ("[1]", HallFileUnreadable),
        ("{", HallFileUnreadable),
        ("[" * 100_000, HallFileUnreadable),
        ("x" * 2_000_000, HallFileUnreadable),
        ('{"lanes": 3}', SettingWrong),
        ('{"preset": 3}', SettingWrong),
        ('{"preset": "nowhere"}', HallUnknown),
        ('{"preset": "gimpo", "settings": {"desk": 3}}', SettingWrong),
        ('{"preset": "gimpo", "settings": {"desks": "many"}}', SettingWrong),
        ('{"preset": "gimpo", "settings": {"desks": -1}}', SettingWrong),
        ('{"preset": "gimpo", "settings": {"desks": true}}', SettingWrong),
        ('{"preset": "gimpo", "settings": {"desks": NaN}}', SettingWrong),
        ('{"preset": "gimpo", "settings": {"desks": 1' + "0" * 400 + "}}", SettingWrong),
        ('{"preset": "gimpo", "settings": {"opening": [[0, 2]]}}', SettingWrong),
        ('{"preset": "gimpo", "settings": {"opening": [[60, 1]]}}', SettingWrong),
        ('{"preset": "gimpo", "settings": {"opening": "late"}}', SettingWrong),
        ('{"preset": "gimpo", "growth_percent": "lots"}', SettingWrong),
        ('{"preset": "gimpo", "growth_percent": 1e9}', SettingWrong),
        ('{"preset": "gimpo", "flights": 5}', CrossingsError),
        ('{"preset": "gimpo", "flights": []}', FlightTableEmpty),
        ('{"settings": {"desks": 5}}', FlightTableEmpty),
        ('{"flights": [{"minute": 1, "passengers": 1, "group": "a"}]}', SettingWrong),
    ]:
        with pytest.raises(fault):
            hall_question_from_json(text)


def test_settings_survive_being_saved() -> None:
    settings = Settings(desks=12, dedicated_desks=3, opening=((0.0, 0.5), (360.0, 1.0)))
    assert settings_of(json.loads(json.dumps(settings.as_json()))) == settings
    check_ranges(settings)


def test_a_lane_helps_its_users_and_the_others_pay() -> None:
    effect = lane_effect(BUSY, Settings(desks=16), desks=8)
    assert effect.partner_gains_minutes > 0
    assert effect.others_pay_minutes > 0
    few = lane_effect(BUSY, Settings(desks=16), desks=4)
    assert few.others_pay_minutes < effect.others_pay_minutes
    unused = lane_effect(BUSY, Settings(desks=16), desks=8, use=0.0)
    assert unused.partner_gains_minutes < 0


def test_the_desk_count_is_the_smallest_that_meets_the_target() -> None:
    settings = Settings(desks=1)
    desks = desks_for_target(BUSY, settings)
    assert desks is not None
    assert run_hall(BUSY, replace(settings, desks=desks)).groups["all"].max_minutes <= 20
    assert run_hall(BUSY, replace(settings, desks=desks - 1)).groups["all"].max_minutes > 20
    easier = desks_for_target(BUSY, settings, share=0.5)
    assert easier is not None
    assert easier < desks
    assert desks_for_target(BUSY.scaled(1000), settings) is None


def test_minutes_saved_are_carried_as_a_share_of_the_wait() -> None:
    before = run_hall(BUSY, Settings(desks=10))
    after = run_hall(BUSY, Settings(desks=12))
    taken = carried(before, after)
    assert taken.saved_minutes == pytest.approx(taken.before_minutes - taken.after_minutes)
    assert 0 < taken.share_removed <= 1
    assert carried(before, before).share_removed == 0
    assert carried(after, before).share_removed < 0


def test_the_price_of_a_lane_by_its_desks() -> None:
    settings = Settings(desks=16, desk_seconds=60)
    prices = lane_prices(BUSY, settings)
    pooled = run_hall(BUSY, settings).groups
    assert prices[0][0] == pytest.approx(pooled[PARTNER].mean_minutes)
    assert len(prices) == 16
    for desks in (3, 6):
        effect = lane_effect(BUSY, settings, desks=desks)
        assert prices[0][0] - prices[desks][0] == pytest.approx(effect.partner_gains_minutes)
        assert prices[desks][1] - prices[0][1] == pytest.approx(effect.others_pay_minutes)


def test_a_lane_of_every_size_is_never_longer_with_more_desks() -> None:
    own = [minutes for desks, (minutes, _) in lane_prices(BUSY, Settings(desks=12)).items() if desks]
    assert own == sorted(own, reverse=True)
    assert set(lane_prices(BUSY, Settings(desks=60, dedicated_desks=7), most=10)) >= {0, 7}


def test_every_source_of_the_halls_has_a_title() -> None:
    for one in halls():
        named = [one.desks.source, one.anchor.source, *(seen.source for seen in one.seen)]
        named += [one.kiosks.source] if one.kiosks else []
        for source in named:
            assert source_titles(source) or source.startswith("assumption")
