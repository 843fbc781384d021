"""The History page in words: what an event did, what cannot be told, what the calendar and the years brought."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from crossings.errors import N_
from crossings.language import markup
from crossings.language.calendar import points
from crossings.language.countries import country as territory
from crossings.language.evidence import quality_word
from crossings.language.labels import certainty, months, rise, signed, speaker, subject
from crossings.language.language import Language
from crossings.language.likelihood import whole_percent
from crossings.language.press import source_name
from crossings.tables.flows import Flow

if TYPE_CHECKING:
    from crossings.models.events.decomposition import Change
    from crossings.models.events.donors import Comparison
    from crossings.models.events.intervention import Estimate
    from crossings.models.events.interventions import Intervention
    from crossings.models.events.marks import Mark
    from crossings.models.events.placebo import Rank
    from crossings.models.events.statements import Judgement, Statement
    from crossings.tables.citations import Citation

OWN_MONTHS = "own-months"
NAMES = (
    N_("Yoon Suk Yeol"),
    N_("Lee Jae-myung"),
    N_("Kishida Fumio"),
    N_("Ishiba Shigeru"),
    N_("Takaichi Sanae"),
    N_("New York"),
    N_("Phnom Penh"),
    N_("Tokyo"),
    N_("Seoul"),
    N_("Hiroshima"),
    N_("Vilnius"),
    N_("Camp David"),
    N_("New Delhi"),
    N_("San Francisco"),
    N_("Washington"),
    N_("Vientiane"),
    N_("Lima"),
    N_("Kananaskis"),
    N_("Busan"),
    N_("Gyeongju"),
    N_("Nara"),
    N_("Gyeongju or Andong"),
)
SPEAKERS = (
    N_("Government of Japan"),
    N_("Embassy of Japan in Korea"),
    N_("JNTO and press"),
    N_("JNTO official in press"),
    N_("Korean officials and press"),
    N_("Presidential Office of Korea"),
    N_("One Korea News"),
    N_("Ministry of Foreign Affairs of Japan"),
    N_("President Lee Jae-myung"),
    N_("Yomiuri from KTO and JNTO"),
)
STATEMENTS = (
    N_("The permanent waiver is meant to help reach five million exchanges a year."),
    N_("2018 exchanges passed 10 million for the first time."),
    N_("2018 exchanges about 10,487,500."),
    N_("Korean visitors in 2024 could pass 10 million if the January pace held."),
    N_("12 million possible in 2024."),
    N_("Exchanges expected to pass 10 million in 2024, an all-time high; simpler entry needed."),
    N_("Ten million Koreans to Japan in 2025 came into view after the first quarter."),
    N_("12 million people travelled between the two countries in 2024."),
    N_(
        "Proposals for the era of 12 million exchanges: youth exchange, simpler entry, school trips, skills "
        "recognition."
    ),
    N_("2025 exchanges passed 13 million, a record."),
)
SELDOM = 0.05


def category_name(category: str, language: Language) -> str:
    """Return the name of a kind of mark."""
    return {
        "other": language.pgettext("kind of event", "Other"),
        "policy": language("Policy"),
        "politics": language("Politics"),
        "disaster": language("Disaster"),
        "economy": language("Economy"),
        "health": language("Health"),
        "transport": language("Transport"),
    }[category]


def direction(flows: str, language: Language) -> str:
    """Return which flow a mark concerns."""
    return subject(Flow(flows), language)


def mark_title(mark: "Mark", language: Language) -> str:
    """Return a mark's title; a summit is named by its city and its two leaders."""
    if mark.people is None:
        return language(mark.title)
    korea, japan, city = (language(name) for name in mark.people)
    if mark.informal:
        return language(
            "Informal talk of the leaders, {city}: {korea}, {japan}", city=city, korea=korea, japan=japan
        )
    return language("Summit in {city}: {korea}, {japan}", city=city, korea=korea, japan=japan)


def mark_days(mark: "Mark", language: Language) -> str:
    """Return a mark's day, or its first and last day."""
    if mark.end is None or mark.end == mark.day:
        return language.day(mark.day)
    first, last = language.day(mark.day), language.day(mark.end)
    if mark.end.year == mark.day.year:
        first = first.removesuffix(f" {mark.day.year}")
        last = last.removeprefix(language.year(mark.day.year)).strip()
    return language("{first} to {last}", first=first, last=last)


def timeline_takeaway(marks: Sequence["Mark"], language: Language) -> str:
    """Return how many marks are shown, and of which months the first and the last are."""
    if not marks:
        return language("No event of the kinds chosen in these years.")
    return language.plural(
        "One event is shown, of {last}.",
        "{count} events are shown, {first} to {last}.",
        len(marks),
        first=language.month(marks[0].month),
        last=language.month(marks[-1].month),
    )


def mark_line(mark: "Mark", language: Language) -> str:
    """Return a mark's entry in the list: its day or days and its title."""
    return f"{mark_days(mark, language)} · {mark_title(mark, language)}"


def mark_kind(mark: "Mark", language: Language) -> str:
    """Return what stands below a mark's entry: its kind, the flow it concerns and how sure its date is."""
    parts = (
        category_name(mark.category, language),
        direction(mark.flows, language),
        language("date: {certainty}", certainty=certainty(mark.certainty, language)),
    )
    return " · ".join(parts)


def mark_details(mark: "Mark", sources: Sequence["Citation"], language: Language) -> str:
    """Return a mark's text as Markdown: title, days, certainty, flow, printed change, sources as links."""
    facts = [
        mark_days(mark, language),
        language("date: {certainty}", certainty=certainty(mark.certainty, language)),
        category_name(mark.category, language),
        direction(mark.flows, language),
    ]
    links = markup.joined(language.conventions.listing, [_link(source, language) for source in sources])
    lines = [f"**{mark_title(mark, language)}**", " · ".join(facts)]
    if mark.printed:
        lines.append(_printed_changes(mark, language))
    if links:
        lines.append(language("Source: {publishers}.", publishers=links))
    return markup.joined("  \n", lines)


def _link(source: "Citation", language: Language) -> str:
    return markup.link(source_name(source, language), source.address)


def _printed_changes(mark: "Mark", language: Language) -> str:
    """Return the changes on a year earlier that were printed, by direction and month."""
    parts = []
    for flow in dict.fromkeys(printed.flow for printed in mark.printed):
        changes = [
            f"{language.month(pd.Period(printed.month, 'M'))} {signed(printed.change, language)}"
            for printed in mark.printed
            if printed.flow == flow
        ]
        parts.append(f"{direction(flow, language)} {language.in_a_list(changes)}")
    return language(
        "Changes on a year earlier reported at the time: {changes}.", changes=language.in_clauses(parts)
    )


def country(code: str, language: Language) -> str:
    """Return the name of an origin by its ISO 3166-1 alpha-3 code; an unknown code stays."""
    from babel.core import get_global

    return territory(get_global("territory_aliases").get(code, [code])[0], language)


def event_name(event: "Intervention", language: Language) -> str:
    """Return an intervention's title; months chosen by the reader have none and are called so."""
    return language("Custom period") if event.key == OWN_MONTHS else language(event.title)


def answer(estimate: "Estimate", language: Language) -> str:
    """Return the page's answer about an event in Markdown; "cannot tell" is an answer of its own."""
    low, high = (signed(end, language) for end in estimate.interval)
    words = {
        "event": event_name(estimate.intervention, language),
        "who": subject(estimate.flow, language),
        "span": span(estimate, language),
        "low": low,
        "high": high,
    }
    if estimate.verdict.value == "cannot tell":
        return language(
            "{event}. {who} in {span}: the data **do not show a clear change**; any effect between {low} and "
            "{high} is consistent with them (95% confidence interval).",
            **words,
        )
    words |= {
        "percent": language.percent(abs(estimate.effect)),
        "count": about(abs(estimate.difference), language),
    }
    if estimate.verdict.value == "fell":
        return language(
            "{event}: {who} in {span} were an estimated **{percent} below** the level expected without the event "
            "(**{count}** fewer; 95% confidence interval of the change {low} to {high}).",
            **words,
        )
    return language(
        "{event}: {who} in {span} were an estimated **{percent} above** the level expected without the event "
        "(**{count}** more; 95% confidence interval of the change {low} to {high}).",
        **words,
    )


def beside_answer(estimate: "Estimate", comparison: "Comparison | None", language: Language) -> str:
    """Return what stands under the answer: whether the methods agree, what would be found, and further remarks."""
    return language.in_a_row(
        [
            not_settled(estimate, comparison, language),
            detectable(estimate, language),
            *remarks(estimate, language),
        ]
    )


def no_answer(event: "Intervention", flow: Flow, language: Language) -> str:
    """Return the answer where the figures do not reach the question."""
    return language(
        "{event}. {who}: the data are **not sufficient** to answer.",
        event=event_name(event, language),
        who=subject(flow, language),
    )


def no_comparison(flow: Flow, language: Language) -> str:
    """Return why there is no comparison with other origins."""
    if flow is Flow.BOTH:
        return language("Other markets can be compared with one direction only; choose one.")
    return language(
        "Too few months without COVID-19 entry restrictions precede this event to choose a comparison."
    )


def span(estimate: "Estimate", language: Language) -> str:
    """Return the months over which an effect is counted."""
    index = estimate.path.index
    return months(index[0], index[-1], language)


def detectable(estimate: "Estimate", language: Language) -> str:
    """Return the smallest effect that would have been found, in shares and visitors."""
    return language(
        "Smallest effect detectable with 80% power: a fall of {fall} or a rise of {rise} (as a rise, {count} visitors "
        "over these months).",
        fall=language.percent(estimate.detectable_fall),
        rise=language.percent(estimate.detectable_rise),
        count=about(estimate.detectable_visitors, language),
    )


def remarks(estimate: "Estimate", language: Language) -> list[str]:
    """Return what must be said beside an estimate: other events in its months, what is counted, the rate's part."""
    sentences = [_basis(estimate.intervention, language)]
    if estimate.together_with:
        names = [event_name(other, language) for other in estimate.together_with]
        sentences.append(
            language(
                "In the same months: {events}. The estimate covers all of them; they cannot be separated.",
                events=language.listed(names),
            )
        )
    if estimate.intervention.last is None:
        sentences.append(
            language("The measure is open-ended; the effect is counted over its first 24 months.")
        )
    if estimate.rate_elasticity is not None:
        sentences.append(_dearer_yen(estimate.flow, estimate.rate_elasticity, language))
    return sentences


def _dearer_yen(flow: Flow, elasticity: float, language: Language) -> str:
    return language(
        "{who}: in the same model, {change} when the yen is 10% stronger against the won.",
        change=rise(1.1**elasticity - 1, language),
        who=subject(flow, language),
    )


def _basis(event: "Intervention", language: Language) -> str:
    """Return the shape of an effect and what its months and its shape rest on."""
    shape = shape_name(event.shape.value, language)
    if event.key == OWN_MONTHS:
        return language("Type of effect: {shape}; period and type chosen by the user.", shape=shape)
    rests, grade = {
        "A": (language("official sources"), quality_word("green", language)),
        "B": (language("published figures"), quality_word("amber", language)),
        "C": (language("an assumption"), quality_word("red", language)),
    }[event.grade]
    return language(
        "Type of effect: {shape}; its months rest on {rests} ({grade}).",
        shape=shape,
        rests=rests,
        grade=grade,
    )


def verdict(estimate: "Estimate", language: Language) -> str:
    """Return what the figures allow to say, in one or two words."""
    return {"fell": language("fell"), "rose": language("rose"), "cannot tell": language("no clear change")}[
        estimate.verdict.value
    ]


def path_takeaway(estimate: "Estimate", language: Language) -> str:
    """Return published visitors beside those without the event, over its months."""
    low, high = estimate.difference_interval
    return language(
        "{span}: {count} published, {without} estimated without the event; difference {difference} (95% confidence "
        "interval {low} to {high}).",
        span=span(estimate, language),
        count=language.people_short(float(estimate.path["visitors"].sum())),
        without=about(float(estimate.path["without"].sum()), language),
        difference=people_signed(estimate.difference, language),
        low=people_signed(low, language),
        high=people_signed(high, language),
    )


def people_signed(persons: float, language: Language) -> str:
    """Return a rounded difference in visitors with its sign."""
    size = about(abs(persons), language)
    if round(persons) == 0:
        return size
    return ("+" if persons > 0 else "−") + size


def about(persons: float, language: Language) -> str:
    """Return a number of visitors that is itself an estimate: no more than three figures that count."""
    size = 10 ** max(len(str(int(abs(persons)))) - 3, 0)
    return language.people_short(round(persons / size) * size)


def donors_takeaway(comparison: "Comparison", language: Language) -> str:
    """Return how the flow went beside the mix of other origins, and its rank among them."""
    names = [country(str(code), language) for code in comparison.weights.index[:4]]
    beside = language(
        "{span}: {own} on a year earlier; {gap} relative to a weighted mix of other markets ({names}). By size of the "
        "change against its usual variation: rank {place} of {of} markets.",
        span=months(comparison.months[0], comparison.months[-1], language),
        own=rise(comparison.own, language),
        names=language.listed(names),
        gap=signed(comparison.effect, language),
        place=comparison.place,
        of=comparison.of,
    )
    moved = language("Other markets moved the same way, so they cannot serve as a comparison here.")
    rest = language("Growth as published; exchange-rate effects, which differ by market, are not removed.")
    return language.in_a_row([beside, moved if comparison.donors_moved else "", rest])


def not_settled(estimate: "Estimate", comparison: "Comparison | None", language: Language) -> str:
    """Return that the two methods disagree, where the model cannot tell and the comparison ranks the event first."""
    silent = estimate.verdict.value == "cannot tell"
    if comparison is None or not silent or comparison.donors_moved or comparison.place > 1:
        return ""
    return language(
        "These months stand out against other markets (rank {place} of {of}); the two methods disagree, so "
        "no conclusion is drawn.",
        place=comparison.place,
        of=comparison.of,
    )


def placebo_takeaway(ranks: Sequence["Rank"], language: Language) -> str:
    """Return the event's rank among made-up events in other months and for other origins."""
    sentences = [_placebo_rank(rank, language) for rank in ranks]
    months_rank = next((rank for rank in ranks if rank.kind == "month"), None)
    if months_rank is not None:
        seldom = language("Chance alone rarely produces a change of this size.")
        often = language("The change is within the range of chance variation.")
        sentences.append(seldom if months_rank.share <= SELDOM else often)
    return language.in_a_row(sentences)


def _placebo_rank(rank: "Rank", language: Language) -> str:
    values = {"place": language.number(rank.place), "of": language.number(rank.of)}
    if rank.kind == "month":
        return language(
            "Size of the effect against its error, among the same test in other months: rank {place} of {of}.",
            **values,
        )
    return language(
        "Size of the effect against its error, among other markets in the same months: rank {place} of {of}.",
        **values,
    )


def placebo_kind(kind: str, language: Language) -> str:
    """Return the name of a kind of placebo."""
    return {
        "month": language("Same direction, other months"),
        "origin": language("Other markets, same months"),
    }[kind]


def calendar_takeaway(frame: pd.DataFrame, language: Language) -> str:
    """Return in which of the months shown the calendar moved the change most.

    frame: by month `change` and `without` (shares).
    """
    parts = frame["change"] - frame["without"]
    if parts.empty or not parts.abs().max() > 0:
        return language("No holiday moved in these months.")
    most = int(parts.abs().to_numpy().argmax())
    return language(
        "Largest calendar effect: {month} ({points}). Change on a year earlier as published {change}, without the "
        "calendar effect {without}.",
        month=language.month(parts.index[most]),
        points=points(float(parts.iloc[most]), language),
        change=signed(float(frame["change"].iloc[most]), language),
        without=signed(float(frame["without"].iloc[most]), language),
    )


def part_name(part: str, language: Language) -> str:
    """Return the name of a part of the change between two years."""
    return {
        "exchange_rate": language("Exchange rate"),
        "calendar": language("Calendar effect"),
        "events": language("Events"),
        "trend": language("Trend and other"),
    }[part]


def change_takeaway(change: "Change", language: Language) -> str:
    """Return the change between two years and its parts, largest first."""
    visitors = change.parts["visitors"]
    order = sorted(visitors.index, key=lambda name: -abs(visitors[name]))
    parts = [
        f"{part_name(str(name), language)} {people_signed(float(visitors[name]), language)}" for name in order
    ]
    return language(
        "{first} to {second}: {change} ({parts}).",
        first=year_part(change.first, change.months, language),
        second=year_part(change.second, change.months, language),
        change=people_signed(change.later - change.earlier, language),
        parts=language.in_a_list(parts),
    )


def year_part(year: int, compared: tuple[int, ...], language: Language) -> str:
    """Return a year, or the months of it that are compared."""
    if len(compared) == 12 or not compared:
        return language.year(year)
    return months(
        pd.Period(f"{year}-{compared[0]:02}", "M"), pd.Period(f"{year}-{compared[-1]:02}", "M"), language
    )


def balance_takeaway(frame: pd.DataFrame, language: Language) -> str:
    """Return Koreans per Japanese visitor now, and when there were last as many Japanese; closed borders left out."""
    known = frame.loc[frame["open"], "ratio"].dropna()
    latest = language.number(float(known.iloc[-1]), digits=2)
    even = known[known <= 1]
    if even.empty:
        return language(
            "Twelve months to {month}: {ratio} Koreans per Japanese visitor.",
            month=language.month(known.index[-1]),
            ratio=latest,
        )
    return language(
        "Twelve months to {month}: {ratio} Koreans per Japanese visitor. The last twelve-month period with more Japanese "
        "than Korean visitors ended in {even}.",
        month=language.month(known.index[-1]),
        ratio=latest,
        even=language.month(even.index[-1]),
    )


def statement_label(statement: "Statement", language: Language) -> str:
    """Return a statement's row name: the month it was made and who made it."""
    month = language.month(pd.Period(statement.day, "M"))
    return f"{month} {speaker(statement.speaker, language)}"


def model_said(judgement: "Judgement", language: Language) -> str:
    """Return what the model would have said that day, or a dash."""
    if judgement.percent is None or judgement.median is None:
        return "–"
    return language(
        "{chance} (central forecast {median})",
        chance=whole_percent(judgement.percent, language),
        median=language.people_short(judgement.median),
    )


def what_came(judgement: "Judgement", language: Language) -> str:
    """Return what came of a statement, by today's figures."""
    statement = judgement.statement
    if judgement.first_reached is not None:
        return language("first reached in {year}", year=language.year(judgement.first_reached))
    if judgement.came is None:
        return language("no outcome yet") if statement.year is not None else "–"
    count = language.people(judgement.came)
    if statement.kind == "result":
        change = language.percent(judgement.came / statement.persons - 1, digits=2, signed=True)
        return language("{count} on today's figures ({change})", count=count, change=change)
    named = language.mark(statement.persons)
    if judgement.passed:
        return language("{count} ({mark} reached)", count=count, mark=named)
    return language("{count} ({mark} not reached)", count=count, mark=named)


def statements_takeaway(judgements: Sequence["Judgement"], language: Language) -> str:
    """Return for how many of the statements about the future an outcome is published."""
    forecasts = [judgement for judgement in judgements if judgement.statement.kind == "forecast"]
    settled = [judgement for judgement in forecasts if judgement.passed is not None]
    if not settled:
        return language("None of the statements about the future has an outcome yet.")
    return language.plural(
        "An outcome is published for one statement about the future; some statements were conditional.",
        "Outcomes are published for {count} statements about the future; some were conditional.",
        len(settled),
    )


def statements_rule(language: Language) -> str:
    """Return how the model is asked about a statement."""
    return language(
        "Statements about a named year are compared with the model forecast on the figures published by "
        "that day (JNTO: third Wednesday of the following month, KTO: end of that month). Results, and "
        "figures without a year, are compared with the published totals only."
    )


def shape_name(shape: str, language: Language) -> str:
    """Return the name of a shape of effect."""
    return {
        "months": language("month by month"),
        "step": language("step"),
        "ramp": language("gradual"),
    }[shape]


def caveats(language: Language) -> str:
    """Return the method and its limits, as Markdown."""
    facts = (
        language(
            "The path without the event comes from a structural time-series model: stochastic level, "
            "season, calendar, the won-yen rate of the last six months and the largest known shocks. Months "
            "of COVID-19 entry restrictions are excluded."
        ),
        language(
            "The interval reflects statistical uncertainty only (profile likelihood), not other causes in "
            "the same months: the estimate is a change that coincided with the event, not proof that the "
            "event caused it."
        ),
        language("A slow effect cannot be distinguished from the trend and cannot be found this way."),
        language(
            "Other markets are a valid comparison only if the event did not affect them. The mix is chosen "
            "on the 36 months before; changes on a year earlier are compared."
        ),
        language(
            "The calendar effect is based on average effects of past years. Seollal and Chuseok include the "
            "three days before and after; substitute holidays are not counted separately."
        ),
        language(
            "The factors of a change between two years add up exactly. Events are the known shocks and the "
            "COVID-19 entry restrictions; what no factor explains is in the trend."
        ),
    )
    return "\n".join(f"- {fact}" for fact in facts)
