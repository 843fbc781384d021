"""Placebo tests rank a real event first and an imagined one nowhere, and can be stopped."""

from dataclasses import replace
from itertools import islice

import pandas as pd
import pytest

from crossings.models.events.design import exchange_rates, flow_material
from crossings.models.events.interventions import Shape, intervention
from crossings.models.events.placebo import candidates, placebo_months, placebos, rank
from crossings.tables import flows
from crossings.tables.flows import Flow, Published
from tests.models.events import made

KJ = Flow.KOREANS_TO_JAPAN


@pytest.fixture(scope="module")
def published() -> Published:
    return flows.load()


def world(*, log_effect: float) -> Published:
    own = made.with_effect(made.wandering(21), first="2014-03", last="2014-05", log_effect=log_effect)
    others = {f"{name}-JPN": made.wandering(30 + place) for place, name in enumerate(("CHN", "TWN", "THA"))}
    return made.published({"KOR-JPN": own, "JPN-KOR": made.wandering(22), **others})


EVENT = replace(
    intervention("typhoon-2018"),
    first=pd.Period("2014-03", "M"),
    last=pd.Period("2014-05", "M"),
    shape=Shape.MONTHS,
)


def test_a_real_event_comes_first() -> None:
    rows = [
        row
        for step in placebos(world(log_effect=-0.8), made.rates(), flow=KJ, intervention=EVENT)
        for row in step.new
    ]
    months, origins = rank(rows, kind="month"), rank(rows, kind="origin")
    assert months is not None
    assert origins is not None
    assert (months.place, origins.place, origins.of) == (1, 1, 4)
    assert months.share == 1 / months.of


def test_an_imagined_event_does_not() -> None:
    rows = [
        row
        for step in placebos(world(log_effect=0.0), made.rates(), flow=KJ, intervention=EVENT)
        for row in step.new
    ]
    found = rank(rows, kind="month")
    assert found is not None
    assert found.share > 0.05


def test_progress_reaches_its_end_and_can_stop_before() -> None:
    steps = list(placebos(world(log_effect=0.0), made.rates(), flow=KJ, intervention=EVENT))
    assert [step.done for step in steps] == list(range(1, steps[-1].total + 1))
    assert (
        len(list(islice(placebos(world(log_effect=0.0), made.rates(), flow=KJ, intervention=EVENT), 2))) == 2
    )


def test_placebo_months_avoid_the_event_the_shocks_and_closed_borders(published: Published) -> None:
    material = flow_material(published, exchange_rates(), flow=KJ)
    starts = [str(month) for month in placebo_months(material, intervention("mers-2015"))]
    assert len(starts) > 100
    assert not {"2011-02", "2011-03", "2019-08", "2020-05", "2015-06", "2015-07"} & set(starts)


def test_both_ways_has_no_other_origins(published: Published) -> None:
    month = pd.Period("2025-06", "M")
    assert candidates(published, flow=Flow.BOTH, first=month, last=month) == []
    found = candidates(published, flow=KJ, first=month, last=month)
    assert {"CHN", "TWN", "USA"} <= set(found)
    assert not {"KOR", "TOTAL"} & set(found)


def test_no_rank_without_placebos() -> None:
    assert rank([], kind="month") is None
