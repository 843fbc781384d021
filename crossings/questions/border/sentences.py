"""The Border page in sentences: the queue, what a change does to it, what the other queue pays."""

from collections.abc import Mapping

from crossings.errors import N_
from crossings.language.evidence import quality_word
from crossings.language.halls import group_name, hall_name, hall_titles
from crossings.language.language import Language
from crossings.models.queue.flights import PARTNER
from crossings.models.queue.measures import Waits
from crossings.models.queue.presets import Anchor, Calibrated, Hall
from crossings.models.scenario.levers import Grade
from crossings.plain_text import clock

WITH_UNIT = {
    "desks": N_("{number} desks"),
    "gates": N_("{number} gates"),
    "seconds per passenger": N_("{number} seconds a passenger"),
}


def minutes(value: float, language: Language) -> str:
    """Return minutes with one decimal where they are few."""
    return language("{minutes} minutes", minutes=language.number(value, digits=1 if value < 100 else 0))


def answer(
    base: Calibrated,
    before: dict[str, Waits],
    after: dict[str, Waits],
    language: Language,
    *,
    changed: bool,
) -> str:
    """Return the page's answer in Markdown: waits as they are, and as they become."""
    hall = base.hall
    everybody = before["all"]
    first = language(
        "{hall}: modelled average wait for foreign visitors **{mean}**; cleared within 20 minutes: **{percent}**.",
        hall=hall_name(hall, language),
        mean=minutes(everybody.mean_minutes, language),
        percent=language.percent(everybody.share_within_20_minutes, digits=0),
    )
    if not changed:
        return first
    moved = [
        language(
            "{group} {before} → **{after}**",
            group=group_name(group, hall, language),
            before=minutes(before[group].mean_minutes, language),
            after=minutes(after[group].mean_minutes, language),
        )
        for group in [group for group in before if group != "all" and group in after] or ["all"]
    ]
    changed_waits = language("Average wait after the change: {groups}.", groups=language.in_a_list(moved))
    return language.in_a_row([first, changed_waits])


def lane_rule(language: Language) -> str:
    """Return that a lane's users wait at its desks alone, why, and how to leave some of them at the others."""
    return language(
        "Users of the dedicated lane are assumed to wait at its desks only, even where the other queue is "
        "shorter; no data exist on how many would switch. A lower share of users (under “More”) leaves the "
        "rest at the ordinary desks."
    )


def waits_lines(groups: Mapping[str, Waits], hall: Hall | None, language: Language) -> list[str]:
    """Return each group's waits as a line; without a hall of ours the partner's country is not named."""
    partner = language("Nationals of the partner country")
    return [
        language(
            "{group} ({count} passengers): average wait {mean}, 80% within {most}, longest {longest}; cleared within "
            "20 minutes: {percent}.",
            group=partner if hall is None and group == PARTNER else group_name(group, hall, language),
            count=language.number(waits.passengers),
            mean=minutes(waits.mean_minutes, language),
            most=minutes(waits.p80_minutes, language),
            longest=minutes(waits.max_minutes, language),
            percent=language.percent(waits.share_within_20_minutes, digits=0),
        )
        for group, waits in groups.items()
    ]


def hint(language: Language) -> str:
    """Return what a reader can do with a hall that is as it was."""
    return language("Change a setting to see the effect.")


def longest_by_agency(minutes_waited: float, language: Language) -> str:
    """Return the longest wait by the rule of Japan's immigration services agency, minutes."""
    return language(
        "Longest wait by the formula of Japan's Immigration Services Agency (10/8 of the wait of the 80th of 100 "
        "passengers of a flight): {minutes}.",
        minutes=minutes(minutes_waited, language),
    )


def metric_name(metric: str, language: Language) -> str:
    """Return which measure of the wait an anchor is."""
    return {
        "share_within_20_minutes": language("share cleared within 20 minutes"),
        "mean_minutes": language("average wait"),
        "max_minutes": language("longest wait of the day"),
    }[metric]


def metric_value(metric: str, value: float, language: Language) -> str:
    """Return an anchor's value with its unit."""
    if metric == "share_within_20_minutes":
        return language.percent(value, digits=0)
    return minutes(value, language)


def anchor_line(base: Calibrated, language: Language) -> str:
    """Return the published anchor beside the model's value, and what was scaled to meet it."""
    anchor: Anchor = base.hall.anchor
    values = {
        "metric": metric_name(anchor.metric, language),
        "value": metric_value(anchor.metric, anchor.value, language),
        "model": metric_value(anchor.metric, base.model_value, language),
    }
    if anchor.source == "assumption":
        return language(
            "No published wait; {metric} assumed: {value} (weak evidence). Model: {model}.", **values
        )
    told = [period(anchor.period, language), language(anchor.note) if anchor.note else ""]
    return language(
        "Published {metric}: {value} ({told}). Model: {model}. The day's flights are assumed, scaled so that the two "
        "agree.",
        told=language.in_a_list(told),
        **values,
    )


def period(text: str, language: Language) -> str:
    """Return the year or the month that a published wait is of; empty where none is named."""
    if "-" in text:
        return language.month_of(text)
    return language.year(int(text)) if text else ""


def desks_line(base: Calibrated, language: Language) -> str:
    """Return where the number of desks comes from."""
    desks = base.hall.desks
    count = language.number(desks.value)
    if desks.source == "assumption":
        return language("Desks: {count} (assumed, weak evidence).", count=count)
    if desks.note:
        return language("Desks: {count} (estimate: {note}).", count=count, note=language(desks.note))
    return language("Desks: {count} (published).", count=count)


def evidence(grade: str, source: str, language: Language) -> str:
    """Return how good the evidence is, and its sources or that it is an assumption."""
    grades: dict[str, Grade] = {"green": "green", "amber": "amber"}
    return language(
        "{source} ({grade})",
        source=hall_titles(source, language) or language("assumption of this app"),
        grade=quality_word(grades.get(grade, "red"), language),
    )


def with_unit(value: float, unit: str, language: Language) -> str:
    """Return a setting's value with its unit; minutes of the day as a time."""
    if unit == "minutes from midnight":
        return clock(value)
    number = language.number(value, digits=0 if float(value).is_integer() else 1)
    if unit in WITH_UNIT:
        return language(WITH_UNIT[unit], number=number)
    return language("{number} {unit}", number=number, unit=language(unit))


def longest_line(minute: int, people: float, language: Language) -> str:
    """Return when the queue is longest and how many then wait."""
    count = people_waiting(people, language)
    return language("Longest queue around {clock}: {count}.", clock=clock(minute), count=count)


def people_waiting(people: float, language: Language) -> str:
    """Return a count of people with its noun, also where a language has no counter."""
    if language.conventions.person:
        return language.people(people)
    return language("{count} people", count=language.number(people))


def lane_price_takeaway(
    prices: Mapping[int, tuple[float, float]], now: int, hall: Hall, language: Language
) -> str:
    """Return what the lane as it is, or the first one that helps its users, gives them and costs the others."""
    helping = [desks for desks, (own, _) in prices.items() if desks and own < prices[0][0] - 0.05]
    chosen = now or (helping[0] if helping else 0)
    if not chosen:
        return language("No number of reserved desks shortens the group's wait.")
    gain, pay = prices[0][0] - prices[chosen][0], prices[chosen][1] - prices[0][1]
    return language(
        "Reserved desks: {desks}. {effect}",
        desks=language.number(chosen),
        effect=lane_takeaway(gain, pay, hall, language),
    )


def lane_takeaway(gain: float, pay: float, hall: Hall, language: Language) -> str:
    """Return what a lane gives its users and costs the other queue, minutes on average."""
    group = group_name(PARTNER, hall, language)
    if abs(gain) < 0.05 and abs(pay) < 0.05:
        return language("No visible change in average waits (under 0.1 minutes).")
    if gain < -0.05:
        return language(
            "Average wait {loss} longer for {group}, {change} for other passengers.",
            group=group,
            loss=minutes(-gain, language),
            change=_longer_or_shorter(pay, language),
        )
    if pay > 0:
        return language(
            "Average wait {gain} shorter for {group}, {pay} longer for other passengers.",
            group=group,
            gain=minutes(gain, language),
            pay=minutes(pay, language),
        )
    return language(
        "Average wait {gain} shorter for {group}, {pay} shorter for other passengers.",
        group=group,
        gain=minutes(gain, language),
        pay=minutes(-pay, language),
    )


def _longer_or_shorter(change: float, language: Language) -> str:
    size = minutes(abs(change), language)
    return language("{size} longer", size=size) if change > 0 else language("{size} shorter", size=size)


def target_line(desks: int | None, now: float, language: Language) -> str:
    """Return how many desks a 20-minute longest wait takes."""
    if desks is None:
        return language("Even 400 desks would not keep every wait within 20 minutes.")
    return language(
        "Keeping every wait within 20 minutes would require {desks} desks (now {now}).",
        desks=language.number(desks),
        now=language.number(now),
    )


def steady_line(waits: dict[str, float | None], language: Language) -> str:
    """Return the steady-state cross-check by channel, labelled as such."""
    names = {
        "desks": language("desks"),
        "gates": language("e-gates"),
        "dedicated": language("dedicated lane"),
        "precleared": language("pre-cleared"),
    }
    never = language("no steady state")
    by_channel = [
        language(
            "{label}: {value}",
            label=names.get(channel, channel),
            value=never if value is None else minutes(value, language),
        )
        for channel, value in waits.items()
    ]
    return language(
        "Erlang C, steady state at the busiest hour: {waits}. It assumes random, uninterrupted arrivals (Poisson) and is "
        "too low for flight peaks; a cross-check only.",
        waits=language.in_a_list(by_channel),
    )


def caveats(language: Language) -> str:
    """Return what the queue model does and does not hold, as Markdown."""
    points = (
        language(
            "The queue is calculated exactly: passengers of a flight reach the hall evenly over its arrival "
            "window, desks work at a steady rate, and the queue in between is piecewise linear. Own "
            "nationals use other desks and are excluded."
        ),
        language(
            "No airport publishes passengers' arrivals at the hall by minute. The flight peaks are assumptions that can be "
            "edited; "
            "only their size is calibrated to the published wait."
        ),
        language(
            "Published waits use different metrics (share within 20 minutes, average, longest of the day) "
            "and are not mixed; each hall names the one used for calibration."
        ),
        language(
            "Reserved desks reduce the overall wait only if the group's share of passengers is at least as "
            "large as its share of desks."
        ),
    )
    return "\n".join(f"- {point}" for point in points)
