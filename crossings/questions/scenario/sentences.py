"""The Scenario page in sentences: what a set of levers does, and what it does not."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from crossings.errors import N_
from crossings.language.evidence import impact_word, quality_word
from crossings.language.halls import hall_name
from crossings.language.labels import subject
from crossings.language.language import Language
from crossings.language.likelihood import whole_percent
from crossings.language.markup import literal
from crossings.language.scenarios import scenario_name
from crossings.models.forecast.milestone import Settled, displayed_percent
from crossings.models.queue.presets import Hall
from crossings.models.scenario.cost import spread
from crossings.models.scenario.describe import LeverSaid, PartSaid
from crossings.models.scenario.levers import Lever, PriorSet, read
from crossings.models.scenario.reality import PastMonth, RealityCheck
from crossings.models.scenario.results import Effect, Interval, ScenarioResult, Step
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
VISIBLE = 0.01  # a smaller difference of two probabilities is below their rounding


def answer(result: ScenarioResult, language: Language, *, settled: Settled | None = None) -> str:
    """Return the page's answer in Markdown: extra visitors a year by direction, and both probabilities."""
    if not result.settings.active:
        return language(
            "No measure selected: identical to the baseline. {chances}",
            chances=chances(result, language, settled=settled),
        )
    parts = [_extra(flow, result.effects[flow], language) for flow in DIRECTIONS]
    return language(
        "“{name}” ({year}, the last year calculated): {extras}. {chances}",
        name=literal(scenario_name(result.settings, language)),
        year=language.year(result.effect_year),
        extras=language.in_a_list(parts),
        chances=chances(result, language, settled=settled),
    )


def _extra(flow: Flow, effect: Effect, language: Language) -> str:
    extra = effect.extra_visitors_a_year
    return language(
        "{who} **{difference}** ({uplift} on the baseline; 80% range {low} to {high})",
        who=subject(flow, language),
        difference=more_or_fewer(extra.median, language),
        low=language.people_about(extra.p10, signed=True),
        high=language.people_about(extra.p90, signed=True),
        uplift=percent(effect.uplift_percent.median, language),
    )


def measures(levers: Sequence[LeverSaid], language: Language) -> str:
    """Return every measure with its start and ramp; those that start and ramp alike stand together."""
    if not levers:
        return ""
    alike: dict[tuple[pd.Period, int | None], list[str]] = {}
    for lever in levers:
        ramp = None if lever.ramp_months is None else round(lever.ramp_months)
        size = "" if lever.unit == "switch" else exactly(lever.value, lever.unit, language)
        alike.setdefault((lever.start, ramp), []).append(language.remarked(language(lever.label), size))
    return language.in_a_row(
        [_started(names, start, ramp, language) for (start, ramp), names in alike.items()]
    )


def _started(names: Sequence[str], start: pd.Period, ramp: int | None, language: Language) -> str:
    named = language.in_clauses(names)
    if not ramp:
        return language(
            "Measures assumed to start in {month} with full effect at once: {measures}.",
            measures=named,
            month=language.month(start),
        )
    return language.plural(
        "Measures assumed to start in {month} with a ramp-up of one month: {measures}.",
        "Measures assumed to start in {month} with a ramp-up of {count} months: {measures}.",
        ramp,
        measures=named,
        month=language.month(start),
    )


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


def counter_evidence(checks: Sequence[RealityCheck], language: Language) -> str:
    """Return the strongest evidence against the model: what it says of the visa waiver of 2005, and what was seen."""
    waiver = next((check for check in checks if check.key == WAIVER), None)
    if waiver is None or waiver.seen_percent is None or waiver.seen_low is None or waiver.seen_high is None:
        return ""
    return language(
        "**Model check**: for Japan's visa waiver for Koreans of March 2005 the model gives an effect of {modelled} on "
        "Koreans visiting Japan; estimated from the published figures it was {seen} (95% interval {low} to {high}).",
        modelled=percent(waiver.modelled_percent.median, language),
        seen=percent(waiver.seen_percent, language),
        low=percent(waiver.seen_low, language),
        high=percent(waiver.seen_high, language),
    )


def check_failed(checks: Sequence[RealityCheck], language: Language) -> str:
    """Return what to think of the size of an effect where the model overstates the visa waiver of 2005; else nothing."""
    waiver = next((check for check in checks if check.key == WAIVER), None)
    if waiver is None or waiver.seen_high is None or waiver.modelled_percent.median <= waiver.seen_high:
        return ""
    return language(
        "Hypothetical calculation; in a check against a past case the model overstated the effect, so the numbers are a "
        "rough guide only."
    )


def rests_on(steps: Sequence[Step], levers: Sequence[LeverSaid], language: Language) -> str:
    """Return line by line what a paper notes: nobody responsible was asked, what the largest measure rests on, rounding."""
    said = {lever.key: lever for lever in levers}
    ours = [step for step in steps if step.key in said]
    largest = max(ours, key=lambda step: abs(step.extra_visitors), default=None)
    asked = language(
        "Not coordinated with the ministries responsible (Ministry of Justice of Korea, Immigration Services Agency of "
        "Japan and others)."
    )
    notes = [
        asked,
        language("The start month is notional, set for the calculation, and no planned date."),
        language("Totals and directions are medians, each rounded, and need not add up."),
    ]
    if largest is None:
        return "\n".join(notes)
    grade = language(
        "Largest step: {measure} ({grade}).",
        measure=language(said[largest.key].label),
        grade=quality_word(said[largest.key].quality, language),
    )
    return "\n".join([*notes[:2], grade, notes[2]])


def lane_price(hall: Hall, prices: Mapping[int, tuple[float, float]], language: Language) -> str:
    """Return what a lane costs in a hall: too few desks for its users, enough of them for the others (minutes)."""
    before, others = prices[0]
    helping = next((desks for desks, (own, _) in prices.items() if desks and own < before - 0.05), None)
    if helping is None:
        return ""
    own, paid = prices[helping]
    partner = language("Koreans") if hall.country == "JPN" else language("Japanese")
    said = language(
        "**Effect on other foreign arrivals**: in one calculated example ({hall}, number of desks unchanged) a "
        "dedicated lane takes {desks} desks to have an effect. Average waits with it: {group} {own} minutes "
        "({before} without), other foreign arrivals {paid} minutes ({others} without), a question of fairness.",
        hall=hall_name(hall, language),
        desks=language.number(helping),
        group=partner,
        own=language.number(own, digits=1),
        before=language.number(before, digits=1),
        paid=language.number(paid, digits=1),
        others=language.number(others, digits=1),
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
    return language.percent(value / 100, digits=1 if abs(value) >= 0.95 else 2, signed=signed)


def percent_range(interval: Interval, language: Language) -> str:
    """Return an uplift's interval in per cent."""
    return language(
        "{low} to {high}", low=percent(interval.p10, language), high=percent(interval.p90, language)
    )


def chances(result: ScenarioResult, language: Language, *, settled: Settled | None = None) -> str:
    """Return the probability of the mark without and with the scenario; settled as the published figures say."""
    before, after = _both(result.baseline_probability, result.scenario_probability, language, settled=settled)
    event = {
        "who": within(result.flow, language),
        "mark": language.mark(result.mark),
        "year": language.year(result.year),
    }
    moved = abs(result.scenario_probability - result.baseline_probability)
    if before == after:
        return language(
            "Probability of {mark} in {year} ({who}): **{before}**, no visible change.",
            before=before,
            **event,
        )
    if moved < VISIBLE:
        return language(
            "Probability of {mark} in {year} ({who}): {before} without, **{after}** with the measures (a change of less "
            "than one point).",
            before=before,
            after=after,
            **event,
        )
    return language(
        "Probability of {mark} in {year} ({who}): {before} without, **{after}** with the measures.",
        before=before,
        after=after,
        **event,
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
        "For comparison, {year}: effect of the measures {extra}, baseline {median} (80% prediction interval {interval}). "
        "The effect is {share} of the width of that interval.",
        year=language.year(result.year),
        extra=language.people_about(row.extra_visitors.median, signed=True),
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
    """Return what the two medians show."""
    both = result.effects[result.flow]
    return language(
        "In {year} the scenario differs from the baseline by {uplift} (80% range {interval}). Grey band: 80% prediction "
        "interval of the baseline.",
        year=language.year(result.effect_year),
        uplift=percent(both.uplift_percent.median, language),
        interval=percent_range(both.uplift_percent, language),
    )


def waterfall_takeaway(result: ScenarioResult, language: Language) -> str:
    """Return what the waterfall adds up to."""
    return language(
        "Total of the steps: {total} a year ({who}, median, {year}).",
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
