"""The Border page in sentences: the queue, what a change does to it, what the other queue pays."""

from collections.abc import Mapping

from crossings.language.language import Language
from crossings.models.queue.flights import OTHER, PARTNER
from crossings.models.queue.measures import Waits
from crossings.models.queue.presets import Anchor, Calibrated, Hall, source_titles


def hall_name(hall: Hall, language: Language) -> str:
    """Return a hall's name."""
    return hall.name[language.code]


def group_name(group: str, hall: Hall, language: Language) -> str:
    """Return who a group is in a hall; a group of the user's own keeps its name."""
    partner = language("Koreans") if hall.country == "JPN" else language("Japanese")
    return {PARTNER: partner, OTHER: language("Other foreigners"), "all": language("Everybody")}.get(
        group, group
    )


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
        "{hall}: foreigners wait **{mean}** on average on the modelled day, and **{share}** pass within 20 minutes.",
        hall=hall_name(hall, language),
        mean=minutes(everybody.mean_minutes, language),
        share=language.percent(everybody.share_within_20_minutes, digits=0),
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
        for group in before
        if group != "all" and group in after
    ]
    groups = ", ".join(moved) if language.code != "ja" else "、".join(moved)
    return language.in_a_row([first, language("With the change: {groups}.", groups=groups)])


def lane_rule(language: Language) -> str:
    """Return that a lane's users wait at its desks alone, why, and how to leave some of them at the others."""
    return language(
        "Those who take the lane wait at its desks alone, even where the other queue is shorter: how many would change "
        "over is not known. Under More, a lower share of users leaves the rest at the ordinary desks."
    )


def hint(language: Language) -> str:
    """Return what a reader can do with a hall that is as it was."""
    return language("Move a control to see what changes.")


def longest_by_agency(minutes_waited: float, language: Language) -> str:
    """Return the longest wait by the rule of Japan's immigration services agency, minutes."""
    return language(
        "Longest wait by the immigration service's own rule (10/8 of the wait of the 80th of 100 passengers of a "
        "flight): {minutes}.",
        minutes=minutes(minutes_waited, language),
    )


def metric_name(metric: str, language: Language) -> str:
    """Return which measure of the wait an anchor is."""
    return {
        "share_within_20_minutes": language("share within 20 minutes"),
        "mean_minutes": language("mean wait"),
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
            "No published wait: {metric} assumed at {value} (weak evidence); model {model}.", **values
        )
    return language(
        "Published {metric} {value} ({period}); model {model}. The day's flights are an assumption, scaled until the two "
        "agree.",
        period=anchor.period,
        **values,
    )


def desks_line(base: Calibrated, language: Language) -> str:
    """Return where the number of desks comes from."""
    count = language.number(base.hall.desks.value)
    if base.hall.desks.source == "assumption":
        return language("Desks: {count}, an assumption (weak evidence).", count=count)
    return language("Desks: {count}, published.", count=count)


def source_line(base: Calibrated, language: Language) -> str:
    """Return where a figure of the hall comes from."""
    titles = source_titles(base.hall.anchor.source)
    if not titles:
        return language("Source: queue model of this app on assumed flights; no published wait to fit it to.")
    return language(
        "Source: queue model of this app on assumed flights, fitted to: {titles}.", titles="; ".join(titles)
    )


def evidence(grade: str, source: str, language: Language) -> str:
    """Return how good the evidence is, and its sources or that it is an assumption."""
    word = {
        "green": language("good evidence"),
        "amber": language("fair evidence"),
        "red": language("weak evidence"),
    }[grade]
    own = language("an assumption of this app")
    return f"{word}: {'; '.join(source_titles(source)) or own}"


def with_unit(value: float, unit: str, language: Language) -> str:
    """Return a setting's value with its unit; minutes of the day as a time."""
    if unit == "minutes from midnight":
        return clock(value)
    digits = 0 if float(value).is_integer() else 1
    return f"{language.number(value, digits=digits)} {language(unit)}"


def clock(minute: float) -> str:
    """Return a minute of the day as a time."""
    return f"{int(minute) // 60:02d}:{int(minute) % 60:02d}"


def longest_line(minute: int, people: float, language: Language) -> str:
    """Return when the queue is longest and how many then wait."""
    count = (
        language.people(people)
        if language.code != "en"
        else language("{count} people", count=language.number(people))
    )
    return language("Longest about {clock}: {count}.", clock=clock(minute), count=count)


def lane_price_takeaway(
    prices: Mapping[int, tuple[float, float]], now: int, hall: Hall, language: Language
) -> str:
    """Return what the lane as it is, or the first one that helps its users, gives them and costs the others."""
    helping = [desks for desks, (own, _) in prices.items() if desks and own < prices[0][0] - 0.05]
    chosen = now or (helping[0] if helping else 0)
    if not chosen:
        return language("No number of desks kept for one group shortens its wait.")
    gain, pay = prices[0][0] - prices[chosen][0], prices[chosen][1] - prices[0][1]
    head = language("With {desks} desks kept:", desks=language.number(chosen))
    return language.in_a_row([head, lane_takeaway(gain, pay, hall, language)])


def lane_takeaway(gain: float, pay: float, hall: Hall, language: Language) -> str:
    """Return what a lane gives its users and costs the other queue, minutes on average."""
    group = group_name(PARTNER, hall, language)
    if abs(gain) < 0.05 and abs(pay) < 0.05:
        return language("No group's mean wait changes by as much as 0.1 minutes.")
    if gain < -0.05:
        return language(
            "{group} lose {loss} on average; the other queue's mean changes by {change}.",
            group=group,
            loss=minutes(-gain, language),
            change=("+" if pay > 0 else "−") + minutes(abs(pay), language),
        )
    if pay > 0:
        return language(
            "{group} gain {gain} on average; the other queue pays {pay}.",
            group=group,
            gain=minutes(gain, language),
            pay=minutes(pay, language),
        )
    return language(
        "{group} gain {gain} on average; the other queue gains {pay} too.",
        group=group,
        gain=minutes(gain, language),
        pay=minutes(-pay, language),
    )


def target_line(desks: int | None, now: float, language: Language) -> str:
    """Return how many desks a 20-minute longest wait takes."""
    if desks is None:
        return language("No number of desks up to 400 keeps every wait within 20 minutes.")
    return language(
        "Every wait within 20 minutes takes {desks} desks; there are {now}.",
        desks=language.number(desks),
        now=language.number(now),
    )


def steady_line(waits: dict[str, float | None], language: Language) -> str:
    """Return the steady-state cross-check by channel, labelled as such."""
    names = {
        "desks": language("desks"),
        "gates": language("e-gates"),
        "dedicated": language("dedicated desks"),
        "precleared": language("pre-cleared"),
    }
    never = language("never settles")
    by_channel = [
        f"{names.get(channel, channel)} {never if value is None else minutes(value, language)}"
        for channel, value in waits.items()
    ]
    return language(
        "Erlang C, steady state at the busiest hour: {waits}. It assumes passengers who come one by one at random for "
        "ever, so it is too low for banks of flights; a cross-check only.",
        waits=", ".join(by_channel),
    )


def caveats(language: Language) -> str:
    """Return what the queue model does and does not hold, as Markdown."""
    points = (
        language(
            "The queue is worked out exactly: passengers of a flight reach the hall evenly over its spread, desks serve "
            "at a steady rate, and the queue between is piecewise linear. Own nationals use other desks and are left out."
        ),
        language(
            "No airport publishes the arrivals of a day by minute. The banks of flights are assumptions made to be "
            "edited; only the size is fitted to the published wait."
        ),
        language(
            "Published waits use different measures (share within 20 minutes, mean, longest of the day) and are not "
            "mixed; each hall names the one it is fitted to."
        ),
        language(
            "Desks kept for one group help everybody only if the group's share of passengers is at least as large."
        ),
    )
    return "\n".join(f"- {point}" for point in points)
