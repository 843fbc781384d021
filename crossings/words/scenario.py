"""The Scenario page in sentences: what a set of levers does, and what it does not."""

from collections.abc import Sequence

from crossings.flows import DIRECTIONS, Flow
from crossings.forecast.milestone import Settled, displayed_percent
from crossings.scenario.describe import LeverSaid, PartSaid
from crossings.scenario.levers import Grade, read
from crossings.scenario.reality import RealityCheck
from crossings.scenario.results import Effect, Interval, ScenarioResult
from crossings.scenario.settings import Settings
from crossings.words.language import Language
from crossings.words.likelihood import in_100
from crossings.words.overview import subject


def answer(result: ScenarioResult, language: Language, *, settled: Settled | None = None) -> str:
    """Return the page's answer in Markdown: extra visitors a year by direction, and both probabilities."""
    t = language.text
    if not result.settings.active:
        return t(
            "No lever is set: the scenario is the baseline. {chances}",
            chances=chances(result, language, settled=settled),
        )
    parts = [_extra(flow, result.effects[flow], language) for flow in DIRECTIONS]
    return t(
        "**{name}**, in {year}: {extras}. {chances}",
        name=name_of(result.settings, language),
        year=language.year(result.effect_year),
        extras="; ".join(parts) if language.code != "ja" else "、".join(parts),
        chances=chances(result, language, settled=settled),
    )


def _extra(flow: Flow, effect: Effect, language: Language) -> str:
    t = language.text
    extra = effect.extra_visitors_a_year
    return t(
        "{who} **{median}** (90% interval {low} to {high}; {uplift})",
        who=subject(flow, language),
        median=language.people_about(extra.median, signed=True),
        low=language.people_about(extra.p5, signed=True),
        high=language.people_about(extra.p95, signed=True),
        uplift=percent(effect.uplift_percent.median, language),
    )


def percent(value: float, language: Language) -> str:
    """Return an uplift in per cent with its sign: two decimals where it is small, else one."""
    return language.percent(value / 100, digits=1 if abs(value) >= 1 else 2, signed=True)


def percent_range(interval: Interval, language: Language) -> str:
    """Return an uplift's interval in per cent."""
    t = language.text
    return t("{low} to {high}", low=percent(interval.p5, language), high=percent(interval.p95, language))


def chances(result: ScenarioResult, language: Language, *, settled: Settled | None = None) -> str:
    """Return the probability of the mark without and with the scenario; settled as the published figures say."""
    t = language.text
    before, after = (
        in_100(displayed_percent(share, settled=settled), language)
        for share in (result.baseline_probability, result.scenario_probability)
    )
    return t(
        "Chance of {mark} in {year} ({who}): **{before}** without it, **{after}** with it.",
        who=subject(result.flow, language),
        mark=language.mark(result.mark),
        year=language.year(result.year),
        before=before,
        after=after,
    )


def name_of(settings: Settings, language: Language) -> str:
    """Return the scenario's own name; one given by its user is kept as it is."""
    t = language.text
    return t(settings.name) if settings.name else t("My scenario")


def error_beside(result: ScenarioResult, low: float, high: float, language: Language) -> str:
    """Return how small the effect is beside what is not known about the year; low, high: 80 % interval, visitors."""
    t = language.text
    return t(
        "For comparison: the 80% interval of the baseline total in {year} is {interval}. The assumptions about the "
        "levers make up {share} of the uncertainty of that total.",
        year=language.year(result.year),
        interval=language.people_range(low, high, digits=2),
        share=language.percent(result.policy_variance_share, digits=1),
    )


def description(said: Sequence[LeverSaid], language: Language) -> str:
    """Return a scenario in plain words, apart from its effect, as Markdown."""
    t = language.text
    if not said:
        return t("No lever is set.")
    return "\n".join(f"- {_lever(lever, language)}" for lever in said)


def _lever(lever: LeverSaid, language: Language) -> str:
    t = language.text
    head = f"**{t(lever.label)}**"
    if lever.unit != "switch":
        head += f" ({value_of(lever.value, lever.unit, language)})"
    parts = [f"{head}: {t(lever.sentence)}", t("From {month}.", month=language.month(lever.start))]
    if lever.end is not None:
        parts.append(t("Until {month}.", month=language.month(lever.end)))
    if lever.ramp_months:
        parts.append(t("Ramp: {months} months.", months=language.number(lever.ramp_months, digits=1)))
    if lever.parts:
        numbers = [_part(part, language) for part in lever.parts]
        parts.append(
            (", " if language.code != "ja" else "、").join(numbers) + ("。" if language.code == "ja" else ".")
        )
    return " ".join(parts)


def _part(part: PartSaid, language: Language) -> str:
    t = language.text
    number = value_of(part.value, part.unit, language)
    if part.typed:
        return t("{label} {number} (typed)", label=t(part.label), number=number)
    return t("{label} {number}", label=t(part.label), number=number)


def value_of(value: float, unit: str, language: Language) -> str:
    """Return a number with its unit: shares and per cent as per cent."""
    t = language.text
    if unit == "per cent":
        return language.percent(value / 100, signed=True)
    if unit.startswith("share"):
        return language.percent(value, digits=0 if round(value * 100) == value * 100 else 1)
    digits = 0 if float(value).is_integer() else 1
    return f"{language.number(value, digits=digits)} {t(unit)}"


def check_rows(checks: Sequence[RealityCheck], language: Language) -> str:
    """Return what the model says about changes of the past beside what was seen, as Markdown."""
    return "\n\n".join(_check(check, language) for check in checks)


def _check(check: RealityCheck, language: Language) -> str:
    t = language.text
    seen = t(check.seen)
    if check.seen_percent is not None:
        seen += " " + percent(check.seen_percent, language)
        if check.seen_low is not None and check.seen_high is not None:
            seen += " " + t(
                "({low} to {high})",
                low=percent(check.seen_low, language),
                high=percent(check.seen_high, language),
            )
    modelled = percent(check.modelled_percent.median, language)
    said = (
        (t("Model"), f"{t(check.modelled)} {modelled} ({percent_range(check.modelled_percent, language)})"),
        (t("Seen"), seen),
        (t("Reading"), t(check.reading)),
        (t("Sources"), "; ".join(t(title) for title in check.sources)),
    )
    return "\n".join([f"**{t(check.label)}**", "", *(f"- {label}: {text}" for label, text in said)])


def quality_word(grade: Grade, language: Language) -> str:
    """Return how good the evidence is."""
    t = language.text
    return {"green": t("good evidence"), "amber": t("fair evidence"), "red": t("weak evidence")}[grade]


def impact_word(grade: Grade, language: Language) -> str:
    """Return how much the result hangs on it."""
    t = language.text
    return {"green": t("small impact"), "amber": t("medium impact"), "red": t("large impact")}[grade]


def flows_takeaway(result: ScenarioResult, language: Language) -> str:
    """Return what the two medians show."""
    t = language.text
    both = result.effects[result.flow]
    return t(
        "In {year} the scenario's median lies {uplift} from the baseline (90% interval {interval}); the grey band is "
        "the baseline's own 80% interval.",
        year=language.year(result.effect_year),
        uplift=percent(both.uplift_percent.median, language),
        interval=percent_range(both.uplift_percent, language),
    )


def waterfall_takeaway(result: ScenarioResult, language: Language) -> str:
    """Return what the waterfall adds up to."""
    t = language.text
    return t(
        "Steps add up to {total} a year, the median for {who} in {year}.",
        total=language.people_about(result.effects[result.flow].extra_visitors_a_year.median, signed=True),
        who=subject(result.flow, language),
        year=language.year(result.effect_year),
    )


def tornado_takeaway(widest: str, language: Language) -> str:
    """Return which assumption matters most."""
    t = language.text
    return t(
        "Each assumption moved alone from its 5th to its 95th percentile; {widest} matters most.",
        widest=t(widest),
    )


def limits(language: Language) -> str:
    """Return what the model cannot claim, as Markdown."""
    t = language.text
    return "\n".join(f"- {t(limit)}" for limit in read("reality")["limits"])
