"""Labels that never overlap: the smallest moves that keep a gap between neighbours."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Return positions at least `gap` apart within [low, high], as near as can be to the wanted ones.

    Least squares with order kept, by pooling neighbours that would collide; the answer is in the order
    given. Where the room is too small for the gap, the positions share it evenly.
    """
    if not wanted:
        return []
    room = (high - low) / (len(wanted) - 1) if len(wanted) > 1 else high - low
    step = min(gap, room)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    level = _pooled([wanted[i] - rank * step for rank, i in enumerate(order)])
    top = high - (len(wanted) - 1) * step
    placed = {i: min(max(level[rank], low), top) + rank * step for rank, i in enumerate(order)}
    return [placed[i] for i in range(len(wanted))]


def _pooled(values: list[float]) -> list[float]:
    """Return the nearest non-decreasing values (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while pools and pools[-1][0] >= mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]


def how_many_fit(*, gap: float, low: float, high: float) -> int:
    """Return how many labels have room in [low, high] at a gap."""
    return int((high - low) / gap) + 1
