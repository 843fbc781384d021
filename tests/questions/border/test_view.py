"""The Border page's view: its tables are the model's day, hall days are kept, and a change is carried on."""

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from crossings.language import LANGUAGES, Language
from crossings.models.models import Models
from crossings.models.queue.flights import EVERYBODY, OTHER, PARTNER, Flights, flights_of
from crossings.models.queue.hall import run_hall
from crossings.models.queue.presets import calibrated, halls
from crossings.models.queue.report import question_json
from crossings.questions.border.question import BorderQuestion
from crossings.questions.border.view import BorderView, view
from crossings.tables import flows


@lru_cache(maxsize=1)
def models() -> Models:
    return Models(flows.load())


def asked(hall: str = "haneda-t3", flights: Flights | None = None, **changes: Any) -> BorderQuestion:
    settings = replace(calibrated(hall).settings, **changes)
    changed = bool(changes) or flights is not None
    return BorderQuestion(hall=hall, settings=question_json(hall, settings, flights), changed=changed)


def seen(question: BorderQuestion, code: str = "en") -> BorderView:
    return view(question, models(), Language(code))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("hall", [hall.key for hall in halls()])
def test_every_part_is_there(hall: str, code: str) -> None:
    answer = seen(asked(hall), code)
    assert list(answer.figures) == ["border-queue", "border-waits", "border-desks", "border-lane"]
    for key, figure in answer.figures.items():
        assert figure.key == key
        assert json.dumps(figure.chart().to_dict())
        assert figure.office is not None
        assert set(figure.office.looks) <= {column.key for column in figure.table.columns}
    for table in answer.tables.values():
        assert len(table.texts()) == len(table) > 0
    assert all(answer.remarks.values())


def test_the_tables_are_the_models_day() -> None:
    answer = seen(asked(dedicated_desks=4.0))
    base = calibrated("haneda-t3")
    day = run_hall(base.flights, replace(base.settings, dedicated_desks=4.0))
    measures = answer.tables["measures"]
    assert list(measures.values("mean_minutes"))[-1] == day.groups[EVERYBODY].mean_minutes
    waits = answer.figures["border-waits"].table
    assert next(iter(waits.values("after"))) == day.groups[PARTNER].mean_minutes
    assert waits.column("after").kind == "minutes"
    queue = answer.figures["border-queue"].table
    assert queue.column("minute").kind == "clock"
    assert queue.values("group_1").max() == pytest.approx(day.queue_by_minute()[OTHER].max())
    assert next(iter(queue.texts().iloc[75])) == "01:15"


def test_a_hall_as_it_is_says_what_to_do_and_a_changed_one_what_changes() -> None:
    plain, changed = seen(asked()), seen(asked(desks=60.0))
    assert plain.notes[0] == "Change a setting to see the effect."
    assert "Average wait after the change: " not in plain.answer
    assert "Average wait after the change: " in changed.answer
    assert len(changed.notes) == 1


def test_days_and_lane_prices_are_worked_out_once() -> None:
    base = calibrated("haneda-t3")
    again = replace(base.flights)
    assert models().hall_day(base.flights, base.settings) is models().hall_day(again, base.settings)
    assert models().lane_prices(base.flights, base.settings) is models().lane_prices(again, base.settings)
    more = base.flights.scaled(1.01)
    assert models().hall_day(more, base.settings) is not models().hall_day(again, base.settings)


def test_what_a_change_gives_is_carried_to_the_scenario() -> None:
    carried = seen(asked(precleared_share=0.5, precleared_desks=2.0)).carried
    assert carried is not None
    assert 0 < carried.share_removed <= 1
    assert carried.before_minutes - carried.after_minutes == pytest.approx(carried.saved_minutes)


def test_flights_of_ones_own_without_the_partner_offer_no_lane() -> None:
    own = flights_of([(600.0, 200.0, OTHER, 10.0), (615.0, 300.0, "crew", 10.0)])
    answer = seen(asked(flights=own))
    assert "border-lane" not in answer.figures
    assert answer.carried is None
    alone = seen(asked(flights=flights_of([(600.0, 200.0, "crew", 10.0)])))
    assert "Average wait after the change: All " in alone.answer
    assert [column.heading for column in answer.figures["border-queue"].table.columns][1:] == [
        "crew",
        "Other foreigners",
    ]
