"""Labels keep their distance, their order and their room."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crossings.drawing.dodge import how_many_fit, spread

PLACES = st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=12)


@given(wanted=PLACES, gap=st.floats(0.5, 8))
def test_labels_never_overlap_and_stay_inside(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap=gap, low=0, high=100)
    step = min(gap, 100 / max(len(wanted) - 1, 1))
    ordered = sorted(placed)
    assert all(b - a >= step - 1e-9 for a, b in pairwise(ordered))
    assert ordered[0] >= -1e-9
    assert ordered[-1] <= 100 + 1e-9


@given(wanted=PLACES, gap=st.floats(0.5, 8))
def test_order_is_kept(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap=gap, low=0, high=100)
    pairs = sorted(zip(wanted, placed, strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs) if a[0] < b[0])


def test_labels_with_room_do_not_move() -> None:
    assert spread([10.0, 50.0, 90.0], gap=15, low=0, high=100) == [10.0, 50.0, 90.0]


def test_two_that_collide_move_equally() -> None:
    assert spread([50.0, 52.0], gap=10, low=0, high=100) == [46.0, 56.0]


def test_no_labels_no_places() -> None:
    assert spread([], gap=10, low=0, high=100) == []


def test_how_many_fit() -> None:
    assert how_many_fit(gap=16, low=0, high=100) == 7
