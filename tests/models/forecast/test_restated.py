"""What revisions alone did: the earlier figures carry the later values, and nothing else."""

from pathlib import Path

import pandas as pd
import pytest

from crossings.models.forecast.milestone import what_changed
from crossings.models.forecast.projection import project
from crossings.models.forecast.restated import with_later_values
from crossings.tables import flows
from crossings.tables.flows import Flow, Published
from tests.tables_text import steady, write_published

JULY, AUGUST = pd.Period("2026-07", "M"), pd.Period("2026-08", "M")
REVISED = [
    ("2026-07", "KOR", "JPN", 100, "estimate", "2026-08-19"),
    ("2026-07", "KOR", "JPN", 130, "provisional", "2026-09-16"),
]


def published(folder: Path, last: str, *, july: int, vintages: object = ()) -> Published:
    rows = [
        (*row[:3], july, "provisional") if row[:3] == ("2026-07", "KOR", "JPN") else row
        for row in steady("2020-01", last)
    ]
    write_published(folder, rows, vintages)  # type: ignore[arg-type]
    return flows.load(folder)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Published, Published]:
    before = published(tmp_path / "before", "2026-07", july=100)
    after = published(tmp_path / "after", "2026-08", july=130, vintages=REVISED)
    return before, after


def test_a_revised_month_is_carried_back_and_no_other(two: tuple[Published, Published]) -> None:
    before, after = two
    carried = with_later_values(before, after, as_of=JULY, known=AUGUST)
    series = carried.series(Flow.KOREANS_TO_JAPAN, as_of=JULY)
    assert series.index[-1] == JULY
    assert series.get(JULY) == 130
    assert (series.drop(JULY) == 100).all()
    assert carried.status(Flow.KOREANS_TO_JAPAN, as_of=JULY).get(JULY) == "provisional"
    assert carried.digest not in (before.digest, after.digest)


def test_without_a_revision_the_same_figures_come_back(tmp_path: Path) -> None:
    before = published(tmp_path / "before", "2026-07", july=100)
    after = published(tmp_path / "after", "2026-08", july=100)
    rows = after.visitors.assign(status="definitive")
    same = Published(rows, after.vintages, after.digest)
    assert with_later_values(same, same, as_of=JULY, known=AUGUST) is same
    assert with_later_values(before, before, as_of=JULY, known=JULY) is before


def test_the_parts_of_a_new_month_and_a_revision_add_up() -> None:
    now = flows.load()
    last = now.last_month
    visitors = now.visitors[now.visitors["month"] < last]
    before = Published(visitors, now.vintages, "before")
    revised_month = (visitors["month"] == last - 1) & (visitors["origin"] == "KOR")
    lower = visitors.assign(visitors=visitors["visitors"].mask(revised_month, visitors["visitors"] * 0.95))
    for earlier, moved in ((before, False), (Published(lower, now.vintages, "lower"), True)):
        carried = with_later_values(earlier, now, as_of=last - 1, known=last)
        first, middle, second = (
            project(one, as_of=as_of, n_paths=400)
            for one, as_of in ((earlier, last - 1), (carried, last - 1), (now, last))
        )
        parts = {
            part.cause: part
            for part in what_changed(
                first, second, flow=Flow.BOTH, year=last.year, mark=15_000_000, revised=middle
            )
        }
        assert (abs(parts["revision"].median) > 10_000) is moved
        assert parts["model"].median == 0


@pytest.mark.parametrize(("known", "visitors"), [("2026-05", 90), ("2026-06", 95), ("2026-08", 95)])
def test_a_month_carries_the_value_of_the_day_asked_for(tmp_path: Path, known: str, visitors: int) -> None:
    rows = [
        ("2026-05", "KOR", "JPN", 90, "estimate", "2026-06-20"),
        ("2026-05", "KOR", "JPN", 95, "estimate", "2026-07-20"),
    ]
    write_published(tmp_path, steady("2020-01", "2026-08"), rows)
    figures = flows.load(tmp_path)
    may = pd.Period("2026-05", "M")
    carried = with_later_values(figures, figures, as_of=may, known=pd.Period(known, "M"))
    series = carried.series(Flow.KOREANS_TO_JAPAN, as_of=may)
    assert series.get(may) == visitors
    assert series.index[-1] == may
    assert (series.drop(may) == 100).all()
