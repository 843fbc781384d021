"""Will a calendar year pass the mark, and when? Pure arithmetic on simulated futures."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from crossings.errors import N_, CrossingsError
from crossings.models.forecast.projection import Projection
from crossings.tables.flows import DIRECTIONS, Flow, Published
from crossings.tables.months import year_months

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Settled = Literal["passed", "cannot pass"]

MONTHS = 12
YEARS_AHEAD = 2
ROUND = 1_000_000
CURVE_STEP = 100_000
CURVE_MARKS = (1_000_000, 25_000_000)
UNDER_ONE = 0.5  # shown for open probabilities below it, in per cent
QUANTILES = (0.025, 0.1, 0.5, 0.9, 0.975)
DAY_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
UNDECIDED = (0.05, 0.95)
ROUND_STEPS = (ROUND, ROUND // 2, CURVE_STEP)


class MonthsMissing(CrossingsError):
    """A month that the year's sum needs is not in the figures."""


class YearOutOfReach(CrossingsError):
    """The year lies beyond the projection."""


class MarkNotPositive(CrossingsError):
    """The mark is not a positive whole number."""


@dataclass(frozen=True)
class Record:
    """The largest full calendar year before the one asked about: visitors and year."""

    visitors: int
    year: int


@dataclass(frozen=True)
class Needed:
    """The pace that the remaining months need.

    months: how many remain. visitors_a_month: mean that reaches the mark. last_year_a_month: mean of
    the same months a year earlier, and ratio of the two; None where a month of last year is not known.
    so_far_a_month: mean of the months that are known, last_year_so_far_a_month: of the same a year
    earlier; None where there is none, or a month of last year is not known.
    """

    months: int
    visitors_a_month: float
    last_year_a_month: float | None
    ratio: float | None
    so_far_a_month: float | None = None
    last_year_so_far_a_month: float | None = None


@dataclass(frozen=True)
class ModelView:
    """What one model says alone: its share of the paths, probability (share) and median total (visitors)."""

    share: float
    probability: float
    median: float


@dataclass(frozen=True, eq=False)
class Milestone:
    """The answer for one flow, year and mark, as of one month. Shares are 0 to 1, totals are visitors.

    probability: share of futures whose calendar-year sum reaches the mark. settled: what arithmetic
    alone says ("passed", "cannot pass"), else None. passed_month, passed_day: where the mark is already
    behind; the day assumes even arrivals within the month. month_passed: the twelve months of the year
    to the share of futures that pass in it; not_in_year is the remainder, and the two sum to 1.
    day_passed: quantile level to day of passing, None where it falls after the year. record: largest
    full earlier year known; record_probability: share of futures strictly above it, and above every
    simulated year in between. totals: annual totals in path order. curve: mark to probability.
    cumulative, monthly: by month of the year, `known` and quantiles named 0.025 to 0.975.
    next_marks: round millions ahead, to their probability, once the mark is passed.
    """

    flow: Flow
    year: int
    mark: int
    as_of: pd.Period
    data_month: pd.Period
    visitors_to_date: int
    probability: float
    settled: Settled | None
    passed_month: pd.Period | None
    passed_day: date | None
    month_passed: Mapping[pd.Period, float]
    not_in_year: float
    day_passed: Mapping[float, date | None]
    median: float
    mean: float
    interval_80: tuple[float, float]
    interval_95: tuple[float, float]
    needed: Needed | None
    record: Record | None
    record_probability: float | None
    record_settled: Settled | None
    totals: Array
    curve: pd.Series
    cumulative: pd.DataFrame
    monthly: pd.DataFrame
    by_model: Mapping[str, ModelView]
    next_marks: Mapping[int, float]
    model_version: str

    @property
    def percent(self) -> float:
        """The probability as displayed."""
        return displayed_percent(self.probability, settled=self.settled)

    @property
    def record_percent(self) -> float | None:
        """The probability of a record as displayed; None where there is no earlier full year."""
        if self.record_probability is None:
            return None
        return displayed_percent(self.record_probability, settled=self.record_settled)

    @property
    def record_between(self) -> range:
        """The years after the record's, before the one asked about, that a record must beat as well."""
        start = self.year if self.record is None else max((self.data_month + 1).year, self.record.year + 1)
        return range(start, self.year)

    @property
    def next_mark(self) -> int | None:
        """The first round million ahead once the mark is passed."""
        return next(iter(self.next_marks), None)

    @property
    def open_mark(self) -> int | None:
        """The first round million ahead that is not all but certain (displayed below 99 in 100)."""
        return next((mark for mark, share in self.next_marks.items() if share < 0.985), None)

    @property
    def disagreement(self) -> float:
        """Largest difference between two models' probabilities."""
        shares = [view.probability for view in self.by_model.values()]
        return max(shares) - min(shares) if shares else 0.0

    def probability_of(self, mark: int) -> float:
        """Return the share of futures whose annual total reaches another mark."""
        return float(np.mean(self.totals >= mark))


def undecided_mark(answer: Milestone) -> int:
    """Return the round mark to ask about: the one nearest the median of those that 5 to 95 of 100 futures pass.

    Whole millions come first, then half millions, then hundred thousands, in persons. Where the year is whole, or no
    round mark is open, the last million that the median reaches.
    """
    for step in ROUND_STEPS if answer.needed is not None else ():
        marks = np.arange(step, answer.totals.max() + step, step)
        open_marks = [int(mark) for mark in marks if _is_open(answer, mark)]
        if open_marks:
            return min(open_marks, key=lambda mark: (abs(mark - answer.median), mark))
    step = ROUND if answer.median >= ROUND else CURVE_STEP
    return max(int(answer.median // step) * step, step)


def _is_open(answer: Milestone, mark: float) -> bool:
    share = float(np.mean(answer.totals >= mark))
    return mark > answer.visitors_to_date and UNDECIDED[0] <= share <= UNDECIDED[1]


@dataclass(frozen=True)
class Outcome:
    """What came of a year, from all that is published now.

    data_month: last month of the year that is published, None if none is. complete: the year is whole.
    passed: None while it is open.
    """

    visitors: int
    data_month: pd.Period | None
    complete: bool
    passed: bool | None
    passed_month: pd.Period | None
    passed_day: date | None


@dataclass(frozen=True)
class Change:
    """One cause's part in a changed answer: visitors of the median, share of the probability."""

    cause: Literal["revision", "new data", "model"]
    median: float
    probability: float
    record_probability: float


def as_json(answer: Milestone) -> dict[str, object]:
    """Return an answer as plain values: months YYYY-MM, days ISO, probabilities as shares, visitors whole."""
    record = answer.record
    return {
        "flow": answer.flow.value,
        "year": answer.year,
        "mark": answer.mark,
        "as_of": str(answer.as_of),
        "probability": answer.probability,
        "settled": answer.settled,
        "passed_day": answer.passed_day.isoformat() if answer.passed_day else None,
        "record": {"visitors": record.visitors, "year": record.year} if record else None,
        "record_probability": answer.record_probability,
        "median": _persons(answer.median),
        "interval_80": [_persons(bound) for bound in answer.interval_80],
        "interval_95": [_persons(bound) for bound in answer.interval_95],
        "month_passed": {str(month): share for month, share in answer.month_passed.items()},
        "not_in_year": answer.not_in_year,
        "visitors_to_date": answer.visitors_to_date,
        "data_month": str(answer.data_month),
        "model_version": answer.model_version,
    }


def displayed_percent(probability: float, *, settled: Settled | None) -> float:
    """Return a probability in whole per cent, 100 or 0 only once it is settled.

    While it is open, what would round to 0 or 100 is 0.5 or 99.5: said as under 1 and over 99 in 100.
    """
    if settled is not None:
        return 100 if settled == "passed" else 0
    whole = int(np.floor(probability * 100 + 0.5))
    return whole if 0 < whole < 100 else (UNDER_ONE if whole <= 0 else 100 - UNDER_ONE)


def known_series(projection: Projection, flow: Flow) -> pd.Series:
    """Return the monthly visitors known then; a direction has its own newest month, both ways where both are known."""
    if flow is not Flow.BOTH:
        return projection.known[flow]
    first, second = (projection.known[direction] for direction in DIRECTIONS)
    return (first + second).loc[: projection.as_of]


def newest_month(known: pd.Series) -> pd.Period:
    """Return the last month that holds a figure."""
    return pd.PeriodIndex(known.dropna().index)[-1]


def flow_paths(paths: Mapping[Flow, Array], flow: Flow) -> Array:
    """Return (n_paths, horizon) of a flow; both ways adds the directions path by path."""
    if flow is not Flow.BOTH:
        return paths[flow]
    first, second = (paths[direction] for direction in DIRECTIONS)
    return first + second


def year_paths(known: pd.Series, months: pd.PeriodIndex, paths: Array, *, year: int) -> Array:
    """Return (n_paths, 12) monthly visitors of one year: known months repeated, the others simulated.

    Raises MonthsMissing where a month is in neither, YearOutOfReach where the year is beyond the paths.
    """
    wanted = year_months(year)
    if wanted[-1] > months[-1]:
        raise YearOutOfReach(
            N_("The year {year} is beyond the projection. Choose a year up to {last}."),
            year=year,
            last=months[-1].year,
        )
    values = known.reindex(wanted).to_numpy(dtype=float, copy=True)
    filled = np.tile(values, (len(paths), 1))
    ahead = wanted >= months[0]
    filled[:, ahead] = paths[:, months.get_indexer(wanted[ahead])]
    _refuse_gaps(wanted, filled)
    return filled


def _refuse_gaps(wanted: pd.PeriodIndex, filled: Array) -> None:
    gaps = wanted[np.flatnonzero(np.isnan(filled).any(axis=0))]
    if len(gaps):
        raise MonthsMissing(
            N_("The year {year} has no figure for {months}. Choose another year, direction or as-of month."),
            year=wanted[0].year,
            months=", ".join(str(month) for month in gaps),
        )


def full_years(known: pd.Series) -> pd.Series:
    """Return the sums of the calendar years whose twelve months are all known, by year."""
    present = known.dropna()
    grouped = present.groupby(pd.PeriodIndex(present.index).year)
    return grouped.sum()[grouped.count() == MONTHS]


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a projection says about one flow and calendar year, whichever mark is asked about; see `Milestone`.

    known: monthly visitors known then. behind: those of the year. monthly, cumulative: (n_paths, 12) visitors of
    the year by path. totals: of the year, in path order. by_model: annual totals of each model's own paths, in path
    order. fan, monthly_fan: by month of the year, `known` and quantiles.
    """

    flow: Flow
    year: int
    as_of: pd.Period
    known: pd.Series
    behind: pd.Series
    monthly: Array
    cumulative: Array
    totals: Array
    quantiles: tuple[float, ...]
    mean: float
    record: Record | None
    record_probability: float | None
    record_settled: Settled | None
    curve: pd.Series
    fan: pd.DataFrame
    monthly_fan: pd.DataFrame
    by_model: Mapping[str, Array]
    model_version: str


def milestone(projection: Projection, *, flow: Flow, year: int, mark: int) -> Milestone:
    """Answer whether, and when, a calendar year's visitors pass a mark.

    The written rule: a year passes the mark when its calendar-year sum reaches at least the mark;
    a record is beaten only by strictly more. Both ways is the sum of the directions path by path.
    year: any full year of the figures up to two years after as_of. mark: visitors, 1 or more.
    Raises MonthsMissing, YearOutOfReach, MarkNotPositive.
    """
    check_mark(mark)
    return asked(outlook(projection, flow=flow, year=year), mark=mark)


def check_mark(mark: int) -> None:
    """Raise MarkNotPositive where a mark is under 1 visitor."""
    if mark < 1:
        raise MarkNotPositive(N_("Enter a number of visitors of 1 or more (entered: {mark})."), mark=mark)


def outlook(projection: Projection, *, flow: Flow, year: int) -> Outlook:
    """Return what a projection says about a calendar year of a flow. Raises MonthsMissing, YearOutOfReach."""
    last = projection.as_of.year + YEARS_AHEAD
    if year > last:
        raise YearOutOfReach(
            N_("The year {year} is beyond the projection. Choose a year up to {last}."), year=year, last=last
        )
    known = known_series(projection, flow)
    paths = flow_paths(projection.paths, flow)
    monthly = year_paths(known, projection.months, paths, year=year)
    cumulative = np.cumsum(monthly, axis=1)
    totals = cumulative[:, -1].copy()
    behind = known.reindex(year_months(year)).loc[: newest_month(known)]
    record = _record(known, year)
    return Outlook(
        flow=flow,
        year=year,
        as_of=projection.as_of,
        known=known,
        behind=behind,
        monthly=monthly,
        cumulative=cumulative,
        totals=totals,
        quantiles=tuple(_quantiles(totals)),
        mean=float(np.sort(totals).mean()),
        record=record,
        record_probability=_record_probability(projection, known, paths, totals, year=year, record=record),
        record_settled=_record_settled(projection, behind, record, year=year),
        curve=_curve(totals),
        fan=_fan(cumulative, behind.cumsum(), year),
        monthly_fan=_fan(monthly, behind, year),
        by_model=_by_model(projection, known, flow=flow, year=year),
        model_version=projection.model_version,
    )


def asked(year_ahead: Outlook, *, mark: int) -> Milestone:
    """Return what an outlook says about a mark of at least 1 visitor."""
    year, known, behind, totals = year_ahead.year, year_ahead.known, year_ahead.behind, year_ahead.totals
    settled = _settled(behind, mark)
    month, day = _already_passed(behind, mark)
    shares = _month_shares(year_ahead.cumulative, mark)
    low95, low80, median, high80, high95 = year_ahead.quantiles
    return Milestone(
        flow=year_ahead.flow,
        year=year,
        mark=mark,
        as_of=year_ahead.as_of,
        data_month=newest_month(known),
        visitors_to_date=_persons(behind.sum()),
        probability=float(np.mean(totals >= mark)),
        settled=settled,
        passed_month=month,
        passed_day=day,
        month_passed=dict(zip(year_months(year), shares[:MONTHS], strict=True)),
        not_in_year=shares[MONTHS],
        day_passed=_day_quantiles(year_ahead.monthly, year_ahead.cumulative, year=year, mark=mark),
        median=median,
        mean=year_ahead.mean,
        interval_80=(low80, high80),
        interval_95=(low95, high95),
        needed=_needed(known, year=year, mark=mark),
        record=year_ahead.record,
        record_probability=year_ahead.record_probability,
        record_settled=year_ahead.record_settled,
        totals=totals,
        curve=year_ahead.curve,
        cumulative=year_ahead.fan,
        monthly=year_ahead.monthly_fan,
        by_model=_model_views(year_ahead.by_model, mark=mark),
        next_marks=_next_marks(totals, behind) if settled == "passed" else {},
        model_version=year_ahead.model_version,
    )


def _persons(visitors: float) -> int:
    return round(float(visitors))


def _settled(behind: pd.Series, mark: int) -> Settled | None:
    if behind.sum() >= mark:
        return "passed"
    return "cannot pass" if len(behind) == MONTHS else None


def _already_passed(behind: pd.Series, mark: int) -> tuple[pd.Period | None, date | None]:
    reached = behind.cumsum()
    passed = reached[reached >= mark]
    if passed.empty:
        return None, None
    month = passed.index[0]
    return month, _day(month, before=reached[month] - behind[month], visitors=behind[month], mark=mark)


def _day(month: pd.Period, *, before: float, visitors: float, mark: int) -> date:
    days = monthrange(month.year, month.month)[1]
    day = int(np.ceil((mark - before) / visitors * days))
    return date(month.year, month.month, min(max(day, 1), days))


def _month_shares(cumulative: Array, mark: int) -> list[float]:
    """Return the share of paths that pass in each month, then the share that does not pass."""
    position = (cumulative < mark).sum(axis=1)
    return [float(share) for share in np.bincount(position, minlength=MONTHS + 1) / len(cumulative)]


def _day_quantiles(monthly: Array, cumulative: Array, *, year: int, mark: int) -> dict[float, date | None]:
    position = (cumulative < mark).sum(axis=1)
    inside = np.minimum(position, MONTHS - 1)
    rows = np.arange(len(monthly))
    month_visitors = monthly[rows, inside]
    before = cumulative[rows, inside] - month_visitors
    share = (mark - before) / np.maximum(month_visitors, 1e-6)
    passing = np.sort(np.where(position < MONTHS, inside + share, np.inf))
    order = {level: passing[round(level * (len(passing) - 1))] for level in DAY_QUANTILES}
    return {level: _calendar_day(moment, year) for level, moment in order.items()}


def _calendar_day(moment: float, year: int) -> date | None:
    if np.isinf(moment):
        return None
    month = int(np.ceil(moment)) or 1
    days = monthrange(year, month)[1]
    return date(year, month, min(max(int(np.ceil((moment - month + 1) * days - 1e-9)), 1), days))


def _quantiles(totals: Array) -> list[float]:
    return [float(value) for value in np.quantile(totals, QUANTILES)]


def _needed(known: pd.Series, *, year: int, mark: int) -> Needed | None:
    wanted = year_months(year)
    newest = newest_month(known)
    remaining = wanted[wanted > newest]
    if not len(remaining):
        return None
    passed = wanted[wanted <= newest]
    pace = max(mark - float(known.reindex(passed).sum()), 0.0) / len(remaining)
    last, so_far, last_so_far = (
        _a_month(known.reindex(months)) for months in (remaining - MONTHS, passed, passed - MONTHS)
    )
    ratio = None if last is None else pace / last
    return Needed(len(remaining), pace, last, ratio, so_far, last_so_far)


def _a_month(visitors: pd.Series) -> float | None:
    """Return the mean of some months; None where there is none, one is not known or nobody came."""
    if not len(visitors) or visitors.isna().any() or not visitors.sum():
        return None
    return float(visitors.mean())


def _record(known: pd.Series, year: int) -> Record | None:
    earlier = full_years(known)
    earlier = earlier[earlier.index < year]
    if earlier.empty:
        return None
    return Record(_persons(earlier.max()), int(earlier.index[int(earlier.to_numpy().argmax())]))


def _record_probability(
    projection: Projection,
    known: pd.Series,
    paths: Array,
    totals: Array,
    *,
    year: int,
    record: Record | None,
) -> float | None:
    if record is None:
        return None
    best = np.full(len(totals), float(record.visitors))
    for between in range(max(projection.as_of.year, record.year + 1), year):
        simulated = year_paths(known, projection.months, paths, year=between).sum(axis=1)
        best = np.maximum(best, simulated)
    return float(np.mean(totals > best))


def _record_settled(
    projection: Projection, behind: pd.Series, record: Record | None, *, year: int
) -> Settled | None:
    if record is None or year > projection.as_of.year:
        return None
    if behind.sum() > record.visitors:
        return "passed"
    return "cannot pass" if len(behind) == MONTHS else None


def _curve(totals: Array) -> pd.Series:
    low, high = CURVE_MARKS
    marks = np.arange(low, high + 1, CURVE_STEP)
    below = np.searchsorted(np.sort(totals), marks, side="left")
    return pd.Series(1 - below / len(totals), index=pd.Index(marks, name="mark"), name="probability")


def _fan(values: Array, known: pd.Series, year: int) -> pd.DataFrame:
    months = year_months(year)
    bands = np.quantile(values, QUANTILES, axis=0)
    frame = pd.DataFrame(bands.T, index=months, columns=[str(level) for level in QUANTILES])
    frame.insert(0, "known", known.reindex(months).to_numpy(dtype=float))
    return frame


def _by_model(projection: Projection, known: pd.Series, *, flow: Flow, year: int) -> dict[str, Array]:
    """Return the annual totals of each model's own paths."""
    return {
        name: year_paths(known, projection.months, flow_paths(paths, flow), year=year).sum(axis=1)
        for name, paths in projection.by_model.items()
    }


def _model_views(by_model: Mapping[str, Array], *, mark: int) -> dict[str, ModelView]:
    drawn = sum(map(len, by_model.values()))
    return {
        name: ModelView(len(totals) / drawn, float(np.mean(totals >= mark)), float(np.median(totals)))
        for name, totals in by_model.items()
    }


def _next_marks(totals: Array, behind: pd.Series) -> dict[int, float]:
    """Return round millions beyond the known sum, up to the first that fewer than 1 in 100 futures reach."""
    mark = (_persons(behind.sum()) // ROUND + 1) * ROUND
    marks: dict[int, float] = {}
    while len(behind) < MONTHS:
        marks[mark] = float(np.mean(totals >= mark))
        if marks[mark] < 0.01:
            break
        mark += ROUND
    return marks


def outcome(published: Published, *, flow: Flow, year: int, mark: int) -> Outcome:
    """Return what the figures published by now say about a year and a mark, by the same written rule.

    Figures that the user added are no outcome and are left out. Raises MonthsMissing where a month before the last
    published one has no figure.
    """
    known = published.official.series(flow)
    months = year_months(year)
    behind = known.reindex(months[months <= known.index[-1]])
    _refuse_gaps(pd.PeriodIndex(behind.index), behind.to_numpy(dtype=float)[np.newaxis])
    settled = _settled(behind, mark)
    month, day = _already_passed(behind, mark)
    return Outcome(
        visitors=_persons(behind.sum()),
        data_month=behind.index[-1] if len(behind) else None,
        complete=len(behind) == MONTHS,
        passed=None if settled is None else settled == "passed",
        passed_month=month,
        passed_day=day,
    )


def what_changed(
    earlier: Projection,
    later: Projection,
    *,
    flow: Flow,
    year: int,
    mark: int,
    revised: Projection | None = None,
    informed: Projection | None = None,
) -> tuple[Change, ...]:
    """Split the difference between two answers into revision, new data and model; the parts add up.

    revised: the earlier months at the later values (see crossings.forecast.effect) with the earlier model; left out, no
    revision is told apart.
    informed: the later months with the earlier model; left out, the model is the same.
    Raises what milestone raises.
    """
    steps = (earlier, revised or earlier, informed or later, later)
    answers = [milestone(step, flow=flow, year=year, mark=mark) for step in steps]
    causes: Sequence[Literal["revision", "new data", "model"]] = ("revision", "new data", "model")
    return tuple(
        Change(
            cause=cause,
            median=after.median - before.median,
            probability=after.probability - before.probability,
            record_probability=(after.record_probability or 0.0) - (before.record_probability or 0.0),
        )
        for cause, before, after in zip(causes, answers[:-1], answers[1:], strict=True)
    )
