"""What a release may change, and what is remembered of the value before."""

import pandas as pd
import pytest

from etl.check import check_frames
from etl.merge import (
    Change,
    CorrectionOutdated,
    MonthsBetweenMissing,
    RevisionTooLarge,
    Withdrawn,
    merge,
)
from etl.sources.reading import Release, reading
from tests.etl import small

Frames = dict[str, pd.DataFrame]
DAY = "2026-10-21"


@pytest.fixture(scope="module")
def made() -> Frames:
    return small.tables()


@pytest.fixture
def frames(made: Frames) -> Frames:
    return {name: frame.copy() for name, frame in made.items()}


def release(
    *rows: tuple[str, str, str, int, str],
    published: str = DAY,
    whole: bool = False,
    key: str = "jnto_20261021",
) -> Release:
    return Release(
        reading(list(rows)), key, "JNTO", "test", "https://x", published, "release", "terms", whole
    )


def now(frames: Frames, month: str, origin: str, destination: str) -> tuple[int, str]:
    rows = frames["visitors"]
    row = rows[
        (rows["month"] == month) & (rows["origin"] == origin) & (rows["destination"] == destination)
    ].iloc[0]
    return int(row["visitors"]), str(row["status"])


def kinds(changes: list[Change]) -> list[str]:
    return [change.kind for change in changes]


def test_the_same_figure_changes_nothing(frames: Frames) -> None:
    visitors, status = now(frames, "2026-05", "KOR", "JPN")
    merged, changes = merge(frames, release(("2026-05", "KOR", "JPN", visitors, status)))
    assert merged is frames
    assert changes == []


def test_a_revision_is_remembered_with_both_values_and_dates(frames: Frames) -> None:
    visitors, status = now(frames, "2026-05", "KOR", "JPN")
    merged, changes = merge(frames, release(("2026-05", "KOR", "JPN", visitors + 51, status)))
    assert kinds(changes) == ["revised"]
    rows = merged["vintages"][["visitors", "published", "source"]].to_numpy().tolist()
    assert rows == [[str(visitors), "2026-09-16", "jnto202609v"], [str(visitors + 51), DAY, "jnto_20261021"]]
    assert check_frames(merged) == []
    again, _ = merge(
        merged,
        release(
            ("2026-05", "KOR", "JPN", visitors + 60, "definitive"),
            published="2027-07-21",
            key="jnto_20270721",
        ),
    )
    assert again["vintages"]["visitors"].tolist() == [str(visitors), str(visitors + 51), str(visitors + 60)]
    assert check_frames(again) == []


def test_a_status_moves_forward_with_the_same_value(frames: Frames) -> None:
    visitors, _ = now(frames, "2026-05", "KOR", "JPN")
    merged, changes = merge(frames, release(("2026-05", "KOR", "JPN", visitors, "definitive")))
    assert kinds(changes) == ["firmer"]
    assert now(merged, "2026-05", "KOR", "JPN") == (visitors, "definitive")


def test_a_status_moves_back_only_where_a_whole_file_says_so_and_is_flagged(frames: Frames) -> None:
    visitors, _ = now(frames, "2025-05", "KOR", "JPN")
    row = ("2025-05", "KOR", "JPN", visitors, "provisional")
    assert kinds(merge(frames, release(row, published="2027-01-20"))[1]) == []
    revised = ("2025-05", "KOR", "JPN", visitors + 5, "provisional")
    merged, changes = merge(frames, release(revised, published="2027-01-20"))
    assert kinds(changes) == ["revised"]
    assert now(merged, "2025-05", "KOR", "JPN") == (visitors + 5, "definitive")
    everything = [
        (str(r.month), str(r.origin), "JPN", int(str(r.visitors)), str(r.status))
        for r in frames["visitors"].itertuples()
        if r.destination == "JPN"
    ]
    whole = [row if one[:2] == row[:2] else one for one in everything]
    merged, changes = merge(frames, release(*whole, published="2027-01-20", whole=True))
    assert kinds(changes) == ["weaker"]
    assert now(merged, "2025-05", "KOR", "JPN")[1] == "provisional"


def test_an_older_release_changes_nothing(frames: Frames) -> None:
    visitors, status = now(frames, "2026-05", "KOR", "JPN")
    merged, changes = merge(
        frames, release(("2026-05", "KOR", "JPN", visitors + 5, status), published="2026-08-19")
    )
    assert merged is frames
    assert kinds(changes) == ["older"]


def test_a_month_that_is_gone(frames: Frames) -> None:
    rows = [
        (str(r.month), str(r.origin), "JPN", int(str(r.visitors)), str(r.status))
        for r in frames["visitors"].itertuples()
        if r.destination == "JPN"
    ]
    _, changes = merge(frames, release(*[row for row in rows if row[:2] != ("2025-03", "THA")], whole=True))
    assert [(change.kind, change.month, change.origin) for change in changes] == [
        ("withdrawn", "2025-03", "THA")
    ]
    with pytest.raises(Withdrawn, match="2025-03, KOR to JPN"):
        merge(frames, release(*[row for row in rows if row[:2] != ("2025-03", "KOR")], whole=True))


def test_a_slip_is_not_a_revision(frames: Frames) -> None:
    visitors, status = now(frames, "2026-05", "KOR", "JPN")
    with pytest.raises(RevisionTooLarge, match="2026-05, KOR to JPN"):
        merge(frames, release(("2026-05", "KOR", "JPN", visitors // 1000, status)))


CORRECTION = {
    "month": "2026-09",
    "series": "KOR-JPN",
    "expected": "302",
    "right": "302700",
    "reason": "in thousands",
    "source": "jnto_schedule",
}


def test_a_correction_is_applied_while_the_wrong_value_is_there(frames: Frames) -> None:
    frames["corrections"] = pd.DataFrame([CORRECTION])
    merged, changes = merge(frames, release(("2026-09", "KOR", "JPN", 302, "estimate")))
    assert kinds(changes) == ["corrected", "new"]
    assert now(merged, "2026-09", "KOR", "JPN")[0] == 302_700


@pytest.mark.parametrize("given", [302_700, 302_800])
def test_a_correction_fails_loudly_once_upstream_has_mended_it(frames: Frames, given: int) -> None:
    frames["corrections"] = pd.DataFrame([CORRECTION])
    with pytest.raises(CorrectionOutdated, match=r"Remove the row from corrections\.csv"):
        merge(frames, release(("2026-09", "KOR", "JPN", given, "estimate")))
    _, changes = merge(frames, release(("2026-09", "THA", "JPN", given, "estimate")))
    assert kinds(changes) == ["new"]


def test_a_nationality_with_a_hole_before_it_is_left_out_and_named(frames: Frames) -> None:
    rows = [
        ("2026-09", "JPN", "KOR"),
        ("2026-10", "JPN", "KOR"),
        ("2026-10", "USA", "KOR"),
    ]
    merged, changes = merge(frames, release(*((*row, 250_000, "provisional") for row in rows)))
    assert [(one.kind, one.month, one.origin) for one in changes] == [
        ("new", "2026-09", "JPN"),
        ("new", "2026-10", "JPN"),
        ("gap", "2026-10", "USA"),
    ]
    assert check_frames(merged) == []


def test_a_flow_takes_no_month_before_the_one_that_is_missing(frames: Frames) -> None:
    with pytest.raises(MonthsBetweenMissing, match="2026-10, JPN to KOR: the figures held end with 2026-08"):
        merge(frames, release(("2026-10", "JPN", "KOR", 250_000, "provisional")))


def test_a_file_older_than_the_figures_here_is_named_so(frames: Frames) -> None:
    rows = [
        (str(r.month), str(r.origin), "JPN", int(str(r.visitors)), str(r.status))
        for r in frames["visitors"].itertuples()
        if r.destination == "JPN" and str(r.month) <= "2026-02"
    ]
    with pytest.raises(Withdrawn, match=r"ends with 2026-02 and is older than the figures held \(2026-08\)"):
        merge(frames, release(*rows, published="2026-03-18", whole=True))
