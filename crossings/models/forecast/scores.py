"""Scores of a probability and of a cloud of simulated totals against what came."""

import numpy as np
import pandas as pd

from crossings.models.arithmetic import log

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

CLIP = (0.01, 0.99)
BINS = 10


def brier(probability: Array, passed: Array) -> float:
    """Return the mean squared difference of probabilities and what came, 0 (best) to 1. Brier 1950."""
    return float(np.mean((probability - passed) ** 2))


def log_score(probability: Array, passed: Array) -> float:
    """Return the mean negative logarithm of what was given to what came, probabilities clipped to 1-99 %."""
    shown = np.clip(probability, *CLIP)
    return float(-np.mean(log(np.where(passed > 0, shown, 1 - shown))))


def crps(totals: Array, actual: float) -> float:
    """Return the continuous ranked probability score of simulated totals, in their unit.

    The empirical distribution's own score, exact. Method: Gneiting and Raftery 2007, equation 21.
    """
    ranked = np.sort(totals)
    count = len(ranked)
    weights = 2 * np.arange(1, count + 1) - count - 1
    return float(np.mean(np.abs(ranked - actual)) - (weights * ranked).sum() / count**2)


def pit(totals: Array, actual: float) -> float:
    """Return where what came lies in the simulated totals, 0 to 1; ties count half. Dawid 1984."""
    return float(np.mean(totals < actual) + np.mean(totals == actual) / 2)


def reliability(probability: Array, passed: Array, *, bins: int = BINS) -> pd.DataFrame:
    """Return how often it came where so much was said.

    One row a bin of equal width that holds a case: low, high, said (mean probability), came (share), count.
    """
    place = np.minimum((probability * bins).astype(int), bins - 1)
    frame = pd.DataFrame({"place": place, "said": probability, "came": passed.astype(float)})
    table = frame.groupby("place").agg(said=("said", "mean"), came=("came", "mean"), count=("came", "size"))
    edges = np.asarray(table.index, dtype=float)
    table.insert(0, "low", edges / bins)
    table.insert(1, "high", (edges + 1) / bins)
    return table.reset_index(drop=True)


def calibration_error(probability: Array, passed: Array, *, bins: int = BINS) -> float:
    """Return the mean distance of said and came over the bins, weighted by their counts."""
    table = reliability(probability, passed, bins=bins)
    return float(np.average((table["said"] - table["came"]).abs(), weights=table["count"]))
