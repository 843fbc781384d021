"""One function a chart: a frame and the reader's language in, an Altair chart without title out."""

from crossings.charts.cumulative import cumulative_by_year
from crossings.charts.hall import desks_for_target, lane_price, queue_through_day, waits_before_after
from crossings.charts.milestone import annual_intervals, dots, fan, month_passed, probability_curve
from crossings.charts.scenario import interval_bars, tornado, two_medians, waterfall
from crossings.charts.series import change_on_year, direction_share, monthly_series, rolling_sum
from crossings.charts.track_record import coverage_by_months_known, pit_histogram, reliability

__all__ = [
    "annual_intervals",
    "change_on_year",
    "coverage_by_months_known",
    "cumulative_by_year",
    "desks_for_target",
    "direction_share",
    "dots",
    "fan",
    "interval_bars",
    "lane_price",
    "month_passed",
    "monthly_series",
    "pit_histogram",
    "probability_curve",
    "queue_through_day",
    "reliability",
    "rolling_sum",
    "tornado",
    "two_medians",
    "waits_before_after",
    "waterfall",
]
