"""The Scenario page in sentences: what a set of levers does, and what it does not."""

import math
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from crossings.errors import N_
from crossings.language.evidence import impact_word, quality_word
from crossings.language.halls import hall_name
from crossings.language.labels import subject
from crossings.language.language import Language, rounding_step
from crossings.language.likelihood import whole_percent
from crossings.language.markup import literal
from crossings.language.scenarios import scenario_name
from crossings.models.forecast.milestone import Settled, displayed_percent
from crossings.models.queue.flights import PARTNER
from crossings.models.queue.presets import Calibrated
from crossings.models.scenario.cost import spread
from crossings.models.scenario.describe import LeverSaid, PartSaid
from crossings.models.scenario.levers import Lever, PriorSet, read
from crossings.models.scenario.reality import PastMonth, RealityCheck
from crossings.models.scenario.results import Interval, ScenarioResult, Step, YearEffect
from crossings.models.scenario.settings import Context, Settings
from crossings.tables.flows import DIRECTIONS, Flow

WAIVER = "waiver-2005"
SAID_IN = {"thousand won": 1000, "thousand won per hour": 1000, "won per yen": 100}
WITH_UNIT = {
    "": "{number}",
    "ratio": "{number}",
    "thousand won": N_("{number} won"),
    "thousand won per hour": N_("{number} won an hour"),
    "won per yen": N_("{number} won per 100 yen"),
    "yen": N_("{number} yen"),
    "minutes": N_("{number} minutes"),
    "hours": N_("{number} hours"),
    "months": N_("{number} months"),
    "seats per flight": N_("{number} seats a flight"),
}
ONE_DECIMAL = 0.45  # per cent from which one decimal says enough
VISIBLE = 0.01  # a smaller difference of two probabilities is below their rounding


def answer(result: ScenarioResult, language: Language, *, settled: Settled | None = None) -> str:
    """Return the page's answer in Markdown: extra visitors a year by direction, and both probabilities."""
    if not result.settings.active:
        return language(
            "No measure selected: identical to the baseline. {chances}",
            chances=chances(result, language, settled=settled),
        )
    effect = year_asked(result, result.flow)
    low, high = language.people_ends(effect.extra_visitors.p10, effect.extra_visitors.p90)
    return language(
        "“{name}”, calculated: {who} **{difference}** in {year} ({uplift} on the baseline; 80% interval {low} to "
        "{high}, of the assumptions, without model error). {chances}",
        name=literal(scenario_name(result.settings, language)),
        who=within(result.flow, language),
        difference=more_or_fewer(effect.extra_visitors.median, language),
        year=language.year(effect.year),
        uplift=percent(effect.uplift_percent.median, language),
        low=low,
        high=high,
        chances=chances(result, language, settled=settled, same_year=effect.year == result.year),
    )


def year_asked(result: ScenarioResult, flow: Flow) -> YearEffect:
    """Return the effect in the year asked about, so that it agrees with the probability; else in the last year."""
    years = {row.year for row in result.years}
    return result.year_effect(result.year if result.year in years else result.effect_year, flow)


def in_paper(result: ScenarioResult, language: Language) -> str:
    """Return what a paper adds to the headline: the year by direction, and the last year calculated where it is another."""
    year = year_asked(result, result.flow).year
    said = []
    if result.flow is Flow.BOTH:
        extra = {flow: year_asked(result, flow).extra_visitors.median for flow in DIRECTIONS}
        directions = [
            language(
                "{who} {difference}",
                who=subject(flow, language),
                difference=more_or_fewer(visitors, language),
            )
            for flow, visitors in extra.items()
        ]
        said.append(
            language(
                "Calculated by direction, {year}: {directions}.",
                year=language.year(year),
                directions=language.in_clauses(directions),
            )
        )
    if year != result.effect_year:
        last = result.year_effect(result.effect_year, result.flow)
        low, high = language.people_ends(last.extra_visitors.p10, last.extra_visitors.p90)
        said.append(
            language(
                "{year}, the last year calculated: {who} {difference} ({uplift} on the baseline; 80% range {low} to "
                "{high}).",
                year=language.year(result.effect_year),
                who=within(result.flow, language),
                difference=more_or_fewer(last.extra_visitors.median, language),
                uplift=percent(last.uplift_percent.median, language),
                low=low,
                high=high,
            )
        )
    return language.in_a_row(said)


def measures(levers: Sequence[LeverSaid], language: Language, *, as_of: pd.Period) -> str:
    """Return every measure with its start, sides and ramp; those alike stand together. as_of: last month of the figures."""
    if not levers:
        return ""
    alike: dict[tuple[pd.Period, bool, int | None], list[str]] = {}
    for lever in levers:
        ramp = None if lever.ramp_months is None else round(lever.ramp_months)
        both_sides = lever.group != "world" and len(lever.directions) == len(DIRECTIONS)
        size = "" if lever.unit == "switch" else exactly(lever.value, lever.unit, language)
        named = language.remarked(language(lever.label), size)
        alike.setdefault((lever.start, both_sides, ramp), []).append(named)
    return language.in_a_row(
        [
            language(
                "Measures assumed to start in {month} ({remarks}): {measures}.",
                month=language.month(start),
                remarks=language.in_clauses(_remarks(start == as_of + 1, both, ramp, language)),
                measures=language.in_clauses(names),
            )
            for (start, both, ramp), names in alike.items()
        ]
    )


def _remarks(notional: bool, both_sides: bool, ramp: int | None, language: Language) -> list[str]:
    """Return how measures are assumed to start: on which side, in a month that only the figures set, how soon they act."""
    acts = (
        language.plural(
            "about two thirds of the effect after about one month",
            "about two thirds of the effect after about {count} months",
            ramp,
        )
        if ramp
        else language("full effect at once")
    )
    return [
        *([language("in both directions")] if both_sides else []),
        *([language("the month after the figures, no actual or planned date")] if notional else []),
        acts,
    ]


def in_baseline(levers: Sequence[LeverSaid], language: Language) -> str:
    """Return by measure what the baseline holds of it already and what remains, as Markdown; empty where nothing is."""
    texts = [
        language("**{measure}**: {text}", measure=language(lever.label), text=language(lever.baseline))
        for lever in levers
        if lever.in_baseline != "no" and lever.group != "world"
    ]
    return (
        language("Already included in the baseline: {texts}", texts=language.in_a_row(texts)) if texts else ""
    )


def in_force(levers: Sequence[LeverSaid], language: Language) -> list[str]:
    """Return line by line, for a paper, what of the measures is in force or in the baseline already, and what remains."""
    ours = [lever for lever in levers if lever.group != "world" and lever.in_baseline != "no"]
    partly = [language(lever.in_force) for lever in ours if lever.in_force]
    whole = [language(lever.baseline) for lever in ours if not lever.in_force]
    if partly:
        said = language(
            "Already in force in part (contained in the baseline): {measures}.",
            measures=language.in_clauses(partly),
        )
        return [said, *whole]
    return whole


def counter_evidence(checks: Sequence[RealityCheck], language: Language) -> str:
    """Return the strongest evidence against the model: what it says of the visa waiver of 2005, and what was seen."""
    waiver = next((check for check in checks if check.key == WAIVER), None)
    if waiver is None or waiver.seen_percent is None or waiver.seen_low is None or waiver.seen_high is None:
        return ""
    interval = language(
        "95% interval {low} to {high}",
        low=percent(waiver.seen_low, language),
        high=percent(waiver.seen_high, language),
    )
    nothing = language("no effect discernible") if waiver.seen_low <= 0 <= waiver.seen_high else ""
    return language(
        "**Model check** (one visa measure): for Japan's visa waiver for Koreans of March 2005 the model gives "
        "{modelled} (80% range {range}) for Koreans visiting Japan; estimated from the published figures it was "
        "{seen} ({interval}).",
        modelled=percent(waiver.modelled_percent.median, language),
        range=percent_range(waiver.modelled_percent, language),
        seen=percent(waiver.seen_percent, language),
        interval=language.in_clauses([interval, nothing]),
    )


def check_failed(checks: Sequence[RealityCheck], language: Language) -> str:
    """Return what to think of the size of an effect where the model overstates the visa waiver of 2005; else nothing."""
    waiver = next((check for check in checks if check.key == WAIVER), None)
    if waiver is None or waiver.seen_high is None or waiver.modelled_percent.median <= waiver.seen_high:
        return ""
    return language(
        "In a check against one past case the model overstated the effect, so the numbers are a rough guide only."
    )


def rests_on(
    result: ScenarioResult, steps: Sequence[Step], levers: Sequence[LeverSaid], language: Language
) -> str:
    """Return line by line what a paper notes: what the effect rests on, what is in force already, what it is not."""
    notes = [
        least_evidence(steps, levers, language, year=result.effect_year),
        *in_force(levers, language),
        language(
            "Medians of months or directions need not add up to the median of the year or of both directions."
        ),
        language("For internal review: a calculation that the offices in charge have not confirmed."),
    ]
    return "\n".join(filter(None, notes))


def least_evidence(
    steps: Sequence[Step], levers: Sequence[LeverSaid], language: Language, *, year: int
) -> str:
    """Return how much of the effect comes from measures with weak evidence, else what the largest rests on; or nothing."""
    said = {lever.key: lever for lever in levers}
    ours = [step for step in steps if step.key in said]
    weak = [step for step in ours if said[step.key].quality == "red" and round(step.extra_visitors)]
    if not weak:
        largest = max(ours, key=lambda step: abs(step.extra_visitors), default=None)
        return "" if largest is None else _largest(said[largest.key], language)
    named = language.in_clauses(
        [
            language.named(
                language(said[step.key].label), language.people_about(step.extra_visitors, signed=True)
            )
            for step in sorted(weak, key=lambda step: -abs(step.extra_visitors))
        ]
    )
    total = sum(step.extra_visitors for step in steps)
    part = sum(_as_printed(step.extra_visitors) for step in weak)
    if not 0 < part / (total or math.inf) <= 1 or any(step.extra_visitors * total <= 0 for step in weak):
        return language("Measures with weak evidence: {measures}.", measures=named)
    return language(
        "Of the calculated {total} a year ({year}), {part} ({share}) comes from measures with weak evidence ({measures}).",
        total=language.people_about(total, signed=True),
        year=language.year(year),
        part=language.people_about(part, signed=True),
        share=language.percent(part / total, digits=0),
        measures=named,
    )


def _largest(lever: LeverSaid, language: Language) -> str:
    return language(
        "Largest step: {measure} ({grade}).",
        measure=language(lever.label),
        grade=quality_word(lever.quality, language),
    )


def _as_printed(persons: float) -> float:
    """Return a count as `people_about` rounds it, so that what is said adds up."""
    step = rounding_step(abs(persons))
    return round(persons / step) * step


def lane_price(base: Calibrated, prices: Mapping[int, tuple[float, float]], language: Language) -> str:
    """Return what a lane costs in a hall: too few desks for its users, enough of them for the others (minutes)."""
    hall = base.hall
    before, others = prices[0]
    helping = next((desks for desks, (own, _) in prices.items() if desks and own < before - 0.05), None)
    if helping is None:
        return ""
    own, paid = prices[helping]
    partner = language("Koreans") if hall.country == "JPN" else language("Japanese")
    share = base.flights.of_group(PARTNER) / base.flights.total
    everybody = [share * first + (1 - share) * second for first, second in (prices[0], prices[helping])]
    minutes = {
        "own": own,
        "before": before,
        "paid": paid,
        "others": others,
        "all_before": everybody[0],
        "all_after": everybody[1],
    }
    said = language(
        "**Effect on other foreign arrivals** (calculated; {hall}, {total} desks in all, assumed flights): a "
        "dedicated lane shortens the wait of {group} only from {desks} desks on. Average minutes with it: {group} "
        "{own} ({before} without), other foreign arrivals {paid} ({others}), everybody {all_after} "
        "({all_before}), a question of fairness; those without differ by assumed times of arrival.",
        hall=hall_name(hall, language),
        total=language.number(base.settings.desks),
        desks=language.number(helping),
        group=partner,
        **{name: language.number(value, digits=1) for name, value in minutes.items()},
    )
    fewer = [(desks, wait) for desks, (wait, _) in prices.items() if 0 < desks < helping and wait > before]
    if not fewer:
        return said
    desks, wait = fewer[-1]
    worse = language.plural(
        "With one desk, too few for them, users of the lane wait {wait} minutes on average.",
        "With {count} desks, too few for them, users of the lane wait {wait} minutes on average.",
        desks,
        wait=language.number(wait),
    )
    return language.in_a_row([said, worse])


def more_or_fewer(visitors: float, language: Language) -> str:
    """Return a difference in visitors in words; none where it rounds to nobody."""
    if round(visitors) == 0:
        return language("no visible change")
    count = language.people_about(abs(visitors))
    return language("{count} more", count=count) if visitors > 0 else language("{count} fewer", count=count)


def percent(value: float, language: Language, *, signed: bool = True) -> str:
    """Return an uplift in per cent with its sign, or a share without: two decimals where it is small, else one."""
    return language.percent(value / 100, digits=1 if abs(value) >= ONE_DECIMAL else 2, signed=signed)


def percent_range(interval: Interval, language: Language) -> str:
    """Return an uplift's interval in per cent, both ends with the same decimals."""
    ends = (interval.p10, interval.p90)
    fine = any(round(abs(end), 1) == 0 for end in ends) or all(abs(end) < ONE_DECIMAL for end in ends)
    low, high = (language.percent(end / 100, digits=2 if fine else 1, signed=True) for end in ends)
    return language("{low} to {high}", low=low, high=high)


def chances(
    result: ScenarioResult, language: Language, *, settled: Settled | None = None, same_year: bool = False
) -> str:
    """Return the probability of the mark without and with the scenario; settled as the published figures say.

    same_year: whether a sentence before it named the year and who is counted.
    """
    before, after = _both(result.baseline_probability, result.scenario_probability, language, settled=settled)
    mark = language.mark(result.mark)
    event = (
        language("Probability of {mark} in the same year", mark=mark)
        if same_year
        else language(
            "Probability of {mark} in {year} ({who})",
            mark=mark,
            year=language.year(result.year),
            who=within(result.flow, language),
        )
    )
    moved = abs(result.scenario_probability - result.baseline_probability)
    if before == after:
        return language(
            "{event}: **{before}**, no visible change.",
            before=before,
            event=event,
        )
    if moved < VISIBLE:
        return language(
            "{event}: {before} without, **{after}** with the measures (a change of less than one point).",
            before=before,
            after=after,
            event=event,
        )
    return language(
        "{event}: {before} without, **{after}** with the measures.",
        before=before,
        after=after,
        event=event,
    )


def _both(before: float, after: float, language: Language, *, settled: Settled | None) -> tuple[str, str]:
    first, second = (
        whole_percent(displayed_percent(share, settled=settled), language) for share in (before, after)
    )
    return first, second


def within(flow: Flow, language: Language) -> str:
    """Return what a flow counts, as it stands inside a sentence."""
    return language("visitors in both directions") if flow is Flow.BOTH else subject(flow, language)


def change_line(result: ScenarioResult, language: Language, *, settled: Settled | None = None) -> str:
    """Return by how much the chance changes, with its interval, and where the levers matter if not at this mark."""
    if not result.settings.active or settled is not None:
        return ""
    change = result.probability_change
    median, low, high = (_points(value, language) for value in (change.median, change.p10, change.p90))
    moved = language(
        "Change of that probability: {median} points (80% range {low} to {high} over the assumptions about the measures), "
        "using the same simulations with and without.",
        median=median,
        low=low,
        high=high,
    )
    if all(abs(share) < VISIBLE for share in (change.median, change.p10, change.p90)):
        moved = ""
    middle = result.middle
    if 0.02 <= result.baseline_probability <= 0.98 or middle.mark == result.mark:
        return moved
    before, after = _both(middle.baseline_probability, middle.scenario_probability, language, settled=None)
    near = language(
        "Near the central forecast, at {mark}: probability {before} without, {after} with the measures.",
        mark=language.mark(middle.mark),
        before=before,
        after=after,
    )
    return language.in_a_row([moved, near])


def _points(share: float, language: Language) -> str:
    size = language.number(abs(share) * 100, digits=1)
    zero = round(abs(share) * 100, 1) == 0
    return size if zero else ("+" if share > 0 else "−") + size


def warning(result: ScenarioResult, language: Language) -> str:
    """Return what to warn of; empty where there is nothing."""
    texts = [
        language(caution.message, **caution.values)
        for caution in result.cautions
        if caution.kind != "baseline"
    ]
    return language.in_a_row(texts)


def error_beside(result: ScenarioResult, low: float, high: float, language: Language) -> str:
    """Return how small the effect is beside what is not known about the year; low, high: 80 % interval, visitors."""
    row = next((r for r in result.years if (r.year, r.flow) == (result.year, result.flow)), None)
    interval = language.people_range(low, high, digits=2)
    if row is None or not result.settings.active or high <= low:
        return language(
            "For comparison: 80% prediction interval of the baseline total in {year}: {interval}.",
            year=language.year(result.year),
            interval=interval,
        )
    return language(
        "For comparison, {year}: baseline {median} (80% prediction interval {interval}); the calculated effect is {share} "
        "of the width of that interval.",
        year=language.year(result.year),
        median=language.people_short(row.baseline.median),
        interval=interval,
        share=language.percent(abs(row.extra_visitors.median) / (high - low), digits=1),
    )


def description(
    described: Sequence[LeverSaid], settings: Settings, language: Language, *, as_of: pd.Period, version: str
) -> str:
    """Return a scenario in plain words, apart from its effect, ready to paste: one line a lever."""
    head = language(
        "Scenario: {name}. Compared with the forecast on data to {month}, model {version}.",
        name=scenario_name(settings, language),
        month=language.month(as_of),
        version=version,
    )
    lines = [_lever(lever, language) for lever in described] or [language("No measure selected.")]
    return "\n".join([head, *(f"- {line}" for line in lines)])


def _lever(lever: LeverSaid, language: Language) -> str:
    head = language(lever.label)
    if lever.unit != "switch":
        value = exactly(lever.value, lever.unit, language)
        head = language("{label} ({value})", label=head, value=value)
    parts = [
        language("{label}: {sentence}", label=head, sentence=language(lever.sentence)),
        language("From {month}.", month=language.month(lever.start)),
    ]
    if lever.end is not None:
        parts.append(language("Until {month}.", month=language.month(lever.end)))
    if len(lever.directions) == 1:
        parts.append(language("Only {who}.", who=subject(lever.directions[0], language)))
    if lever.ramp_typed and lever.ramp_months is not None:
        parts.append(language("Ramp-up: {months} months (entered).", months=_as_typed(lever.ramp_months)))
    elif lever.ramp_months:
        parts.append(
            language("Ramp-up: {months} months.", months=language.number(lever.ramp_months, digits=1))
        )
    if lever.parts:
        numbers = language.in_a_list([_part(part, language) for part in lever.parts])
        parts.append(language("Values: {numbers}.", numbers=numbers))
    return language.in_a_row([*parts, language("Assessment: {grades}.", grades=grades(lever, language))])


def typed(lever: LeverSaid, language: Language) -> str:
    """Return what the user typed in place of a lever's assumptions, empty where nothing was."""
    said = [_part(part, language) for part in lever.parts if part.typed]
    if lever.ramp_typed and lever.ramp_months is not None:
        ramp = language("Ramp-up: {months} months (entered).", months=_as_typed(lever.ramp_months))
        said.append(ramp.rstrip(".。"))
    return language.in_a_list(said)


def _part(part: PartSaid, language: Language) -> str:
    if part.typed:
        number = exactly(part.value, part.unit, language)
        return language("{label} {number} (entered)", label=language(part.label), number=number)
    return language(
        "{label} {number}", label=language(part.label), number=value_of(part.value, part.unit, language)
    )


def value_of(value: float, unit: str, language: Language) -> str:
    """Return a number with its unit, rounded: shares and per cent as per cent."""
    if unit == "per cent":
        return language.percent(value / 100, signed=True)
    if unit.startswith("share"):
        return language.percent(value, digits=0 if round(value * 100, 1).is_integer() else 1)
    return _with_unit(
        value, unit, language, lambda size: language.number(size, digits=0 if round(size, 1) % 1 == 0 else 1)
    )


def exactly(value: float, unit: str, language: Language) -> str:
    """Return a number that the user typed with its unit and every digit."""
    if unit == "per cent":
        return ("+" if value > 0 else "") + _as_typed(value) + "%"
    if unit.startswith("share"):
        return _as_typed(value * 100) + "%"
    return _with_unit(value, unit, language, _as_typed)


def assumed(median: float, low: float, high: float, unit: str, language: Language) -> str:
    """Return an assumption's median with its unit and its range, to three figures that count; shares as per cent."""
    if unit.startswith("share") or unit == "per cent":
        said, *ends = (value_of(value, unit, language) for value in (median, low, high))
    else:
        said = _with_unit(median, unit, language, _three_figures)
        ends = [_three_figures(value * SAID_IN.get(unit, 1)) for value in (low, high)]
    if low == high:
        return said
    return language("{median} ({low} to {high})", median=said, low=ends[0], high=ends[1])


def _three_figures(value: float) -> str:
    return _as_typed(float(f"{value:.3g}"))


def _with_unit(value: float, unit: str, language: Language, written: Callable[[float], str]) -> str:
    """Return a number with its unit as it is said: 3,000 won, not 3 thousand won; won per 100 yen."""
    number = written(value * SAID_IN.get(unit, 1))
    if unit in WITH_UNIT:
        return language(WITH_UNIT[unit], number=number)
    return language("{number} {unit}", number=number, unit=language(unit))


def _as_typed(value: float) -> str:
    return f"{value:,.10g}".replace("-", "−")


def rate_line(value: float, language: Language) -> str:
    """Return the exchange rate that a change in per cent of today's makes."""
    today = spread("evidence")["won_per_yen"][1]
    now, then = (language.number(rate * 100) for rate in (today, today * (1 + value / 100)))
    if value == 0:
        return language("today about {now} won per 100 yen", now=now)
    return language("today about {now} won per 100 yen, with the change {then}", now=now, then=then)


def check_rows(checks: Sequence[RealityCheck], language: Language) -> str:
    """Return what the model says about changes of the past beside what was seen, as Markdown."""
    return "\n\n".join(_check(check, language) for check in checks)


def _check(check: RealityCheck, language: Language) -> str:
    modelled, signed = check.modelled_percent, not check.is_share
    rows = (
        (
            language("Model"),
            _measured(check.modelled, modelled.median, (modelled.p10, modelled.p90), language, signed=signed),
        ),
        (
            language("Observed"),
            _measured(
                check.seen, check.seen_percent, (check.seen_low, check.seen_high), language, signed=signed
            ),
        ),
        (language("Interpretation"), language(check.reading)),
        (language("Sources"), language.in_titles([language(title) for title in check.sources])),
    )
    lines = [language("- {label}: {text}", label=label, text=text) for label, text in rows]
    return "\n".join([f"**{language(check.label)}**", "", *lines])


def _measured(
    sentence: str,
    value: float | None,
    ends: tuple[float | None, float | None],
    language: Language,
    *,
    signed: bool,
) -> str:
    """Return what was modelled or seen, with its number and interval inside the sentence."""
    said = language(sentence)
    if value is None:
        return said
    number, (low, high) = percent(value, language, signed=signed), ends
    if low is not None and high is not None:
        number = language(
            "{median} ({low} to {high})",
            median=number,
            low=percent(low, language, signed=signed),
            high=percent(high, language, signed=signed),
        )
    return language("{number}: {sentence}", number=number, sentence=said)


def grades(lever: Lever | LeverSaid, language: Language) -> str:
    """Return how good a lever's evidence is and how much it can move."""
    return language.in_a_list([quality_word(lever.quality, language), impact_word(lever.impact, language)])


def priors_name(priors: PriorSet, language: Language) -> str:
    """Return the name of a set of assumptions."""
    return {"evidence": language("Evidence-based assumptions"), "note": language("Initial assumptions")}[
        priors
    ]


def made_elsewhere(then: Context, language: Language) -> str:
    """Return that a scenario was made with other figures or another model."""
    return language(
        "When saved: data to {month}, model {version}. Now: data to {now}, model {current}. The numbers may differ.",
        month=language.month(then.saved_data_month) if then.saved_data_month is not None else "–",
        version=then.saved_model_version or "–",
        now=language.month(then.data_month),
        current=then.model_version,
    )


def since_start(past: Sequence[PastMonth], began: pd.Period, language: Language) -> str:
    """Return how what came since a measure's start compares with what was expected, and what that can tell."""
    inside = sum(row.scenario.p10 <= row.seen <= row.scenario.p90 for row in past)
    moved = max(past, key=lambda row: abs(row.scenario.median - row.baseline.median))
    effect = abs(moved.scenario.median / moved.baseline.median - 1) if moved.baseline.median else 0.0
    width = min((row.scenario.p90 - row.scenario.p10) / 2 / row.scenario.median for row in past)
    inside_line = language(
        "Expected on data to {month}: {inside} of {count} monthly figures fell within the 80% prediction interval.",
        month=language.month(began - 1),
        inside=inside,
        count=len(past),
    )
    sizes = {
        "effect": language.percent(effect, digits=1 if effect >= 0.01 else 2),
        "width": language.percent(width, digits=0),
    }
    if effect < width:
        reading = language(
            "The effect on any month (at most {effect}) is smaller than the forecast uncertainty (±{width}) and cannot be "
            "detected.",
            **sizes,
        )
    else:
        reading = language(
            "The effect on a month is up to {effect}; the forecast uncertainty is at least ±{width}.",
            **sizes,
        )
    return language.in_a_row([inside_line, reading])


def flows_takeaway(result: ScenarioResult, language: Language) -> str:
    """Return what the two medians show, of the year that the headline names."""
    effect = year_asked(result, result.flow)
    return language(
        "{who} in {year}, calculated: {uplift} on the baseline with the measures (80% range {interval}). Grey band: 80% "
        "prediction interval of the baseline.",
        who=subject(result.flow, language),
        year=language.year(effect.year),
        uplift=percent(effect.uplift_percent.median, language),
        interval=percent_range(effect.uplift_percent, language),
    )


def waterfall_takeaway(result: ScenarioResult, language: Language) -> str:
    """Return what the waterfall adds up to."""
    return language(
        "Calculated total of the steps: {total} a year ({who}, median, {year}).",
        total=language.people_about(result.effects[result.flow].extra_visitors_a_year.median, signed=True),
        who=within(result.flow, language),
        year=language.year(result.effect_year),
    )


def tornado_takeaway(widest: str, language: Language) -> str:
    """Return which assumption matters most."""
    return language(
        "Each assumption varied alone from its 5th to its 95th percentile; “{widest}” matters most.",
        widest=language(widest),
    )


def limits(language: Language) -> str:
    """Return what the model cannot claim, as Markdown."""
    return "\n".join(f"- {language(limit)}" for limit in read("reality")["limits"])
