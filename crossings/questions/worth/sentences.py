"""What a scenario is worth and costs, in sentences: two columns of countries, conventions, what is left out."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace

from crossings.errors import N_
from crossings.language import Language
from crossings.language.evidence import quality_word
from crossings.language.halls import group_name
from crossings.language.markup import literal
from crossings.language.scenarios import scenario_name
from crossings.models.queue.flights import EVERYBODY, PARTNER
from crossings.models.queue.presets import Hall
from crossings.models.scenario.cost import spread as scenario_spread
from crossings.models.scenario.levers import Grade as Light
from crossings.models.worth.aim import Landing
from crossings.models.worth.books import OTHER
from crossings.models.worth.drivers import Row
from crossings.models.worth.model import YEARS, Caution, Worth, jesta_caution, reach_caution
from crossings.models.worth.parameters import (
    COUNTRIES,
    SUMS,
    Country,
    Grade,
    Quantities,
    fixed,
    not_counted,
    parameters,
    price_year,
    rate_period,
)
from crossings.models.worth.results import (
    AIRPORT,
    OUTER_CASE_GRADE,
    PRICE_YEAR,
    PRICED,
    RATIO,
    SEATS_IGNORED,
    TYPED,
    YEN,
    Drivers,
    Input,
    Spread,
    adds_charges,
    deters,
    eases,
    grade_of,
    lowest,
    outer_case,
    own_rows,
    rate_grade,
)
from crossings.models.worth.travel import ENTERING
from crossings.questions.base import NOTHING
from crossings.questions.worth.appraisal import Appraisal
from crossings.questions.worth.stated import Stated, grade_tag, listed, phrase, said, stated

ROWS: Mapping[str, str] = {
    "surplus": N_("Gain of its own travellers, behavioural value of time"),
    "time_surplus": N_("of which saved waiting time (not in addition)"),
    "surplus_priced": N_("Same gain, measures with a known price only (not in addition)"),
    "surplus_official": N_(
        "Same gain, Korean convention's value of time, queue weight added (not in addition)"
    ),
    "spending_received": N_("Change of visitors' spending (gross, not a measure of welfare)"),
    "travel_account": N_("Bilateral travel account (not a measure of welfare)"),
    "charge_revenue": N_("Revenue from charges and fees, on trips between Korea and Japan alone"),
    "deadweight": N_("Deadweight loss of its new charges (contained in the rows above)"),
    "public_cost": N_("Public cost a year, capital spread over its life"),
}
WHOSE: Mapping[str, str] = {
    "KOR": N_("entering Korea"),
    "JPN": N_("entering Japan"),
    "both": N_("both countries"),
}
CONVENTION: Mapping[str, str] = {
    "behavioural": N_("behavioural"),
    "official": N_("Korean convention"),
    "official_unweighted": N_("Korean convention, unweighted"),
}
SENSITIVITIES: Mapping[str, str] = {
    "spending_after_displacement": N_("Spending less what would have come anyway (not welfare)"),
    "surplus_wait_weight": N_("Gain of travellers with the wider weight of a queue minute"),
    "surplus_official_unweighted": N_("Gain, Korean appraisal convention, queue minute unweighted"),
    "surplus_without_deterrence": N_("Gain, if an authorisation deterred by fee and hours alone"),
    "spending_won_per_yen_2025": N_("Spending in won at the exchange rate of 2025 (not welfare)"),
    "value_added": N_(
        "Value added of that spending, full hotels and moved workers not deducted (not welfare)"
    ),
}
QUANTITIES: Mapping[str, str] = {
    "desks": N_("Desks staffed at once"),
    "hours": N_("Hours a day"),
    "gates": N_("Automated gates"),
    "banks": N_("Banks of gates to be watched"),
    "abroad": N_("Officers posted abroad"),
    "jesta": N_("Share of the JESTA system built (0 or 1)"),
    "capital": N_("Further outlay once (million)"),
    "running": N_("Further outlay a year (million)"),
}
AIRPORTS: Mapping[str, str] = {
    "KIX": N_("Kansai"),
    "NRT": N_("Narita"),
    "FUK": N_("Fukuoka"),
    "HND": N_("Haneda"),
    "ICN": N_("Incheon"),
    "PUS": N_("Gimhae"),
    "other": N_("other airports and seaports"),
}
WHO_ENTER: Mapping[str, str] = {
    "KOR": N_("Japanese entering Korea"),
    "JPN": N_("Koreans entering Japan"),
    "both": N_("both countries together, with the revenue of charges"),
}
COST_OF: Mapping[str, str] = {
    "KOR": N_("Korea's cost"),
    "JPN": N_("Japan's cost"),
    "both": N_("both countries' cost"),
}
AGAINST_NAMED: Mapping[str, str] = {
    "above": N_("above {cost}"),
    "below": N_("below {cost}"),
    "open": N_("on both sides of {cost}"),
    "loss": N_("below zero (a loss before any cost)"),
}
AGAINST: Mapping[str, str] = {
    "above": N_("above the cost"),
    "below": N_("below the cost"),
    "open": N_("on both sides of the cost"),
    "loss": N_("below zero (a loss before any cost)"),
}
JESTA = Quantities(jesta=1)
LOSSES: Mapping[str, str] = {
    "surplus": N_("loss of own travellers, behavioural"),
    "surplus_official": N_("loss, Korean convention"),
}
LIGHT: Mapping[Grade, Light] = {"good": "green", "fair": "amber", "weak": "red", "typed": "red"}
MOST_DRIVERS = 3
LEAST_WEIGHED = 0.01
MOST_DIGITS = 4


def named(appraisal: Appraisal, language: Language) -> str:
    """Return the scenario's name, with the airports at which alone its measures act where it is aimed at some."""
    name = name_of(appraisal.answer, language)
    airports, measures = _aimed(appraisal, language)
    if not airports:
        return name
    if not measures:
        return language.remarked(name, language("at {airports} only", airports=airports))
    return language.remarked(
        name, language("at {airports} only: {measures}", airports=airports, measures=measures)
    )


def name_of(answer: Worth, language: Language) -> str:
    """Return a scenario's name, and that seats are not limited here where it limits them."""
    return seats_remarked(scenario_name(answer.settings, language), answer, language)


def seats_remarked(text: str, answer: Worth, language: Language) -> str:
    """Return a text with the remark that seats are not limited here where the scenario limits them."""
    return language.remarked(text, language(SEATS_IGNORED) if answer.seats_ignored else "")


def _aimed(appraisal: Appraisal, language: Language) -> tuple[str, str]:
    """Return at which airports alone measures act, and which, empty where all do; both empty where none is aimed."""
    if not appraisal.aimed_measures:
        return "", ""
    assert appraisal.question.aimed_at is not None
    airports = language.in_a_name([airport_name(code, language) for code in appraisal.question.aimed_at[1]])
    measures = [choice for choice in appraisal.answer.settings.active if choice.record.group != "world"]
    if all(choice in appraisal.aimed_measures for choice in measures):
        return airports, ""
    return airports, language.in_a_list([language(one.record.label) for one in appraisal.aimed_measures])


def _in_force(appraisal: Appraisal, language: Language) -> str:
    """Return a sentence on the airports at which alone measures act; empty where none is aimed."""
    airports, measures = _aimed(appraisal, language)
    if not measures:
        return language("In force at {airports} only.", airports=airports) if airports else ""
    return language("In force at {airports} only: {measures}.", airports=airports, measures=measures)


def conditions(appraisal: Appraisal, language: Language, *, aims: bool = True) -> str:
    """Return at which airports alone measures act, if `aims`, and which quantities were typed; empty for neither."""
    typed = _typed(appraisal.answer, language)
    return language.in_a_row(
        [
            _in_force(appraisal, language) if aims else "",
            language(
                "Quantities ({grade}): {quantities}.", grade=grade_tag("typed", language), quantities=typed
            )
            if typed
            else "",
        ]
    )


def gain_against_cost(appraisal: Appraisal, language: Language) -> str:
    """Return the conditions with what they do to a comparison of gain and cost."""
    return language.in_a_row(
        [
            conditions(appraisal, language),
            typed_quantities(language) if appraisal.question.quantities else "",
            aimed_cost(language) if appraisal.halls_unpriced else "",
            caution_text(reach_caution(appraisal.answer.typed_reach), language)
            if appraisal.answer.typed_reach
            else "",
        ]
    )


def _typed(answer: Worth, language: Language) -> str:
    """Return the quantities that were typed, by country; empty where the assumed ones count."""
    typed = {outlay.country: outlay for outlay in answer.outlays if outlay.lever is None}
    return language.in_clauses(
        [
            language(
                "{country}: {part}",
                country=country_name(outlay.country, language),
                part=language.in_a_list(
                    [
                        language(
                            "{name} {value}", name=language(QUANTITIES[name]), value=language.number(value)
                        )
                        for name, value in asdict(outlay.quantities).items()
                        if value
                    ]
                ),
            )
            for outlay in map(typed.__getitem__, language.own_first(typed))
            if any(asdict(outlay.quantities).values())
        ]
    )


def headline(appraisal: Appraisal, language: Language) -> str:
    """Return what the travellers of each country gain and what each country spends, in Markdown, or that nothing is set."""
    answer = appraisal.answer
    if not answer.measured:
        return language("**No measure is set**: nothing is gained and nothing is spent.")
    gained = phrase(
        language,
        N_("**{name}**, one year in steady state: Korean travellers {korea}; Japanese travellers {japan}."),
        name=literal(named(appraisal, language)),
        korea=_gained(appraisal, "KOR", language),
        japan=_gained(appraisal, "JPN", language),
    )
    return said(language, gained, *_charged(appraisal, language), _cost(appraisal, language))


def _charged(appraisal: Appraisal, language: Language) -> tuple[Stated | str, ...]:
    """Return what new charges bring each treasury and what they destroy; nothing where none is added."""
    if not adds_charges(appraisal.answer):
        return ()
    rows = appraisal.rows
    net, lost = (spread(one, language) for one in appraisal.net_change)
    revenue = phrase(
        language,
        N_(
            "Revenue from charges changes by **{korea}** in Korea and **{japan}** in Japan a year, on trips between Korea "
            "and Japan alone."
        ),
        korea=money_of(rows["KOR"]["charge_revenue"], language),
        japan=money_of(rows["JPN"]["charge_revenue"], language),
    )
    stated_whole = N_(
        "Gain and revenue of both countries together change by {net} before public cost; of it {loss} is the "
        "deadweight loss on the new charges."
    )
    part_alone = N_(
        "Gain and revenue together cannot be stated, for a visa has no price in the model; {loss} is the deadweight "
        "loss on the new charges."
    )
    counted = language(
        "That loss stands in the book of the country that adds the charge, over the trips that charges and "
        "authorisations stop (an authorisation's hours and deterrence included); what the other country's departure "
        "charge loses is in its revenue."
    )
    missing = appraisal.net_change[0].missing
    return revenue, phrase(language, part_alone if missing else stated_whole, net=net, loss=lost), counted


def _cost(appraisal: Appraisal, language: Language) -> Stated | str:
    """Return what each country spends a year, or that it is not known or counted."""
    answer, rows = appraisal.answer, appraisal.rows
    found = {country: row["public_cost"] for country, row in rows.items()}
    if all(one.missing or one.nothing for one in found.values()):
        return _costless(answer, found.values(), language)
    if any(one.missing for one in found.values()):
        return _cost_of_one(appraisal, language)
    korea, japan = (money_of(one, language) for one in found.values())
    if answer.unpriced:
        return _known_cost(appraisal, language)
    if typed := _typed(answer, language):
        return phrase(
            language,
            N_("The quantities typed ({typed}) cost Korea **{korea}** and Japan **{japan}** a year."),
            typed=typed,
            korea=korea,
            japan=japan,
        )
    if all(outlay.quantities == JESTA and outlay.country == "JPN" for outlay in answer.outlays):
        return phrase(
            language,
            N_("Building JESTA alone (Koreans' share, no running cost) costs Japan **{japan}** a year."),
            japan=japan,
        )
    part = N_("Costs counted: Korea **{korea}**, Japan **{japan}** a year.")
    whole = N_("It costs Korea **{korea}** and Japan **{japan}** a year.")
    some = any(known_only(answer, country) for country in COUNTRIES)
    return phrase(language, part if some else whole, korea=korea, japan=japan)


def _costless(answer: Worth, costs: Iterable[Spread], language: Language) -> str:
    """Return why no public cost stands in a book. costs: of the two countries."""
    if answer.unpriced:
        return language("What it costs is not known.")
    if answer.options.quantities is not None:
        return language("All typed quantities are 0, so no cost is counted.")
    if all(one.nothing for one in costs):
        return language("No public cost arises.")
    return language("No public cost is counted.")


def _cost_of_one(appraisal: Appraisal, language: Language) -> Stated:
    """Return what one country spends, where what the other does is not counted."""
    (country,) = (c for c in COUNTRIES if not appraisal.rows[c]["public_cost"].missing)
    answer, other = appraisal.answer, OTHER[country]
    return phrase(
        language,
        N_("Only {country}'s cost is counted ({what}): **{sum}** a year; {other}: {why}."),
        country=country_name(country, language),
        other=country_name(other, language),
        what=_typed(answer, language) or _counted(answer, country, language),
        sum=money_of(appraisal.rows[country]["public_cost"], language),
        why=missing_cost(answer, other, language),
    )


def _counted(answer: Worth, country: Country, language: Language) -> str:
    """Return the measures whose cost is counted in a country; of JESTA, what of it."""
    levers = [outlay.lever for outlay in answer.outlays if outlay.lever and outlay.country == country]
    if any(outlay.quantities == JESTA for outlay in answer.outlays if outlay.country == country):
        jesta = language("building JESTA, Koreans' share, no running cost")
        return language.in_a_list(
            [jesta, *(language(lever.record.label) for lever in levers if lever.lever != "jesta")]
        )
    return language.in_a_list([language(lever.record.label) for lever in levers])


def _known_cost(appraisal: Appraisal, language: Language) -> Stated:
    """Return what measures with a known price cost, and which part of the gain is theirs."""
    rows = appraisal.rows
    whole = N_(
        "Measures with a known price cost Korea **{korea}** and Japan **{japan}** a year; of the behavioural gain, "
        "{KOR} of Koreans and {JPN} of Japanese are theirs."
    )
    unstated = N_(
        "The gain of measures with a known price cannot be stated (a visa has no price in the model); they cost Korea "
        "**{korea}** and Japan **{japan}** a year."
    )
    return phrase(
        language,
        unstated if any(row[PRICED].missing for row in rows.values()) else whole,
        korea=money_of(rows["KOR"]["public_cost"], language),
        japan=money_of(rows["JPN"]["public_cost"], language),
        **{country: money_of(row[PRICED], language) for country, row in rows.items()},
    )


def missing_cost(answer: Worth, country: Country, language: Language) -> str:
    """Return why a country's public cost is missing."""
    if answer.options.quantities is not None:
        return language("none typed")
    if any(choice in answer.unpriced for choice in answer.uncounted(country)):
        return language("not known")
    return language("not counted")


def row_cell(appraisal: Appraisal, country: Country, name: str, language: Language) -> str:
    """Return a row of a country's book as a cell: a sum with its range, or why there is none."""
    one, answer = appraisal.rows[country][name], appraisal.answer
    if not one.missing:
        return spread(one, language).alone
    if name == "public_cost":
        return missing_cost(answer, country, language)
    if name == PRICED and answer.travels[ENTERING[OTHER[country]]].priced:
        return missing_cost(answer, OTHER[country], language)
    return language("cannot be stated")


def verdict(
    ratios: Mapping[str, Mapping[str, Spread]], grade: Grade | None, language: Language, *, typed: bool
) -> str:
    """Return on which side of the public cost the gain lies, without the ratios; empty where there is none.

    grade: of the public cost. typed: whether its quantities were typed. A side is named where the 80 % range lies on
    it whole.
    """
    own = [name for name in language.own_first(COUNTRIES) if name in ratios]
    stated = {name: ratios[name] for name in own or list(ratios)[:1]}
    said = [_sided(name, rows, language) for name, rows in stated.items()]
    if not said:
        return ""
    values = {"grade": grade_word(grade, language), "sides": language.in_clauses(said)}
    against = (
        language("Against the cost of the quantities typed ({grade}), 80% range: {sides}.", **values)
        if typed
        else language(
            "Against the cost of measures with a known price ({grade}), 80% range: {sides}.", **values
        )
    )
    return language.in_a_row([typed_quantities(language) if typed else "", against])


def typed_quantities(language: Language) -> str:
    """Return what typed quantities change and what they do not."""
    return language(
        "Typed quantities change the cost alone; the gain stays that of the levers' coverage at all hours, so fewer desks "
        "or hours than it needs leave ratio and net present value too high, break-even too low."
    )


def no_ratio(answer: Worth, language: Language) -> str:
    """Return why there is no ratio, so that the discount rate chosen is used in no number."""
    if not eases(answer):
        why = language("The scenario makes nothing simpler, so there is no ratio.")
    elif any(math.isnan(own_rows(answer, country)["surplus"].median) for country in COUNTRIES):
        why = language("A visa has no price in the model, so there is no ratio.")
    else:
        why = language("No public cost is counted, so there is no ratio.")
    unused = language(
        "The discount rate chosen here is used in no number; public cost is spread at each country's own."
    )
    return language.in_a_row([why, unused])


def _sided(name: str, rows: Mapping[str, Spread], language: Language) -> str:
    """Return on which side of its public cost a country's gain lies by each convention."""
    sides = {convention: _side(one) for convention, one in rows.items()}
    said = {convention: language(AGAINST[side]) for convention, side in sides.items()}
    whose = name.partition(" at ")[0]
    who, cost = language(WHO_ENTER[whose]), language(COST_OF[whose])
    named = AGAINST_NAMED[sides["behavioural"]]
    said["behavioural"] = language(named, cost=cost)
    if len(set(sides.values())) == 1:
        return language("{who}: gain {side} in all three readings", who=who, side=said["behavioural"])
    if sides["official"] == sides["official_unweighted"]:
        return language(
            "{who}: gain {behavioural} at the behavioural value of time, {official} by the Korean appraisal convention, "
            "weighted or not",
            who=who,
            **said,
        )
    return language(
        "{who}: gain {behavioural} at the behavioural value of time, {official} by the Korean appraisal convention, "
        "{official_unweighted} by that convention with the queue minute unweighted",
        who=who,
        **said,
    )


def _side(ratio: Spread) -> str:
    if ratio.p90 < 0:
        return "loss"
    return "above" if ratio.p10 > 1 else "below" if ratio.p90 < 1 else "open"


def _gained(appraisal: Appraisal, country: Country, language: Language) -> Stated:
    """Return what a country's travellers gain or lose at both values of time, in its currency."""
    rows = appraisal.rows[country]
    gain, official = rows["surplus"], rows["surplus_official"]
    if gain.missing:
        return phrase(language, N_("lose a sum that cannot be stated"))
    if gain.nothing:
        return phrase(language, N_("see **no change**"))
    sign = -1 if gain.median < 0 else 1
    plain = appraisal.unweighted_gain[country]
    sums = {
        name: money_of(one.times(sign), language)
        for name, one in {"sum": gain, "official": official, "plain": plain}.items()
    }
    weighted = abs(official.median - plain.median) > LEAST_WEIGHED * abs(official.median)
    lost, gained = (
        (
            N_(
                "lose **{sum}**, at the Korean convention's value of time {official} with queue weight, {plain} without"
            ),
            N_(
                "gain **{sum}**, at the Korean convention's value of time {official} with queue weight, {plain} without"
            ),
        )
        if weighted
        else (
            N_("lose **{sum}**, {official} at the Korean convention's value of time"),
            N_("gain **{sum}**, {official} at the Korean convention's value of time"),
        )
    )
    return phrase(language, lost if sign < 0 else gained, **sums)


def basis(answer: Worth, language: Language) -> str:
    """Return whose trips, which prices, which exchange rates and which interval the numbers rest on."""
    dollar = fixed()["won_per_usd"]
    rests_on = phrase(
        language,
        N_("Trips of {year}; {yen}, {dollar} per US dollar (mean of {price_year})."),
        year=language.year(answer.options.base_year),
        price_year=language.year(PRICE_YEAR),
        yen=rate(answer, language),
        dollar=stated(language("{range} won", range=language.number(dollar.value)), dollar.grade, language),
    )
    brackets = language(
        "In brackets: 80% range over the assumptions and evidence ({grades}); medians of rows need not add up or subtract.",
        grades=language.in_a_list([grade_tag(grade, language) for grade in LIGHT if grade != "typed"]),
    )
    prices = language(
        "Prices of {price_year} unless the list of inputs says otherwise; no seat limits.",
        price_year=language.year(PRICE_YEAR),
    )
    return said(language, rests_on, prices, brackets)


def rate(answer: Worth, language: Language) -> Stated:
    """Return the exchange rate of every sum in yen, with the month or year whose mean it is."""
    number, when = language.number(answer.rate * 100), period(rate_period(answer.rate), language)
    amount = language("{rate} won per 100 yen", rate=number)
    return stated(
        amount, rate_grade(answer), language, ends=language("mean of {period}", period=when) if when else ""
    )


def period(text: str, language: Language) -> str:
    """Return a year or a month (YYYY-MM) as it is read; empty for none."""
    return language.year(int(text)) if len(text) == len("YYYY") else language.date_of(text)


def spent(appraisal: Appraisal, language: Language) -> str:
    """Return how visitors' spending changes in each country, and that it is neither welfare nor to be added."""
    rows = appraisal.rows
    changed = phrase(
        language,
        N_("Visitors' spending changes by {korea} in Korea and {japan} in Japan, gross."),
        korea=spread(rows["KOR"]["spending_received"], language),
        japan=spread(rows["JPN"]["spending_received"], language),
    )
    account = phrase(
        language,
        N_(
            "Korea's bilateral travel account moves by {account}, Japan's by the same sum with the other sign."
        ),
        account=spread(rows["KOR"]["travel_account"], language),
    )
    no_welfare = language("That is no change of welfare and is never added to the gain of travellers.")
    return said(language, changed, no_welfare, account)


def outlay(appraisal: Appraisal, language: Language) -> str:
    """Return the additional outlay of five years and its yearly mean, by country; empty where nothing is spent."""
    found = {country: appraisal.outlay(country) for country in COUNTRIES}
    if all(one.missing or one.nothing for one in found.values()):
        return ""
    numbers = {f"{country}_total": spread(one, language) for country, one in found.items()}
    numbers |= {f"{c}_mean": money_of(one.times(1 / YEARS), language) for c, one in found.items()}
    years = appraisal.answer.outlay_years
    missing = next((country for country, one in found.items() if one.missing), None)
    whole = N_(
        "Outlay {first} to {last}, not discounted: Korea {KOR_total}, five-year mean {KOR_mean}; Japan {JPN_total}, "
        "five-year mean {JPN_mean}."
    )
    part = N_(
        "Outlay {first} to {last}, not discounted: {other} {why}; {country} {total}, five-year mean {mean}."
    )
    parts: dict[str, object] = {"first": str(years[0].year), "last": str(years[-1].year), **numbers}
    if missing:
        counted = OTHER[missing]
        parts |= {
            "country": country_name(counted, language),
            "total": numbers[f"{counted}_total"],
            "mean": numbers[f"{counted}_mean"],
            "other": country_name(missing, language),
            "why": missing_cost(appraisal.answer, missing, language),
        }
        parts = {name: one for name, one in parts.items() if name not in numbers}
    five = phrase(language, part if missing else whole, **parts)
    return said(language, five, *_paid_before(appraisal, language))


def _paid_before(appraisal: Appraisal, language: Language) -> tuple[Stated, ...]:
    """Return what was paid before the five years, which is not in their total; nothing where nothing was."""
    paid = {country: appraisal.outlay_before(country) for country in COUNTRIES}
    if not appraisal.answer.outlay_before:
        return ()
    before = phrase(
        language,
        N_("To be paid before {first} and not in it: Korea {korea}, Japan {japan}."),
        first=language.year(appraisal.options.first_year),
        korea=money_of(paid["KOR"], language),
        japan=money_of(paid["JPN"], language),
    )
    return (before,)


def outlay_missing(answer: Worth, language: Language) -> str:
    """Return which country's outlay is missing, and why; empty where neither is."""
    missing = [
        language(
            "{country}: {part}",
            country=country_name(country, language),
            part=missing_cost(answer, country, language),
        )
        for country in language.own_first(COUNTRIES)
        if answer.cost_missing(country)
    ]
    return (
        language("No outlay in this table: {items}.", items=language.in_clauses(missing)) if missing else ""
    )


def outlay_takeaway(answer: Worth, language: Language) -> str:
    """Return how the five-year table is to be read, and what of a measure is not in it."""
    first = language.year(answer.options.first_year)
    read = language(
        "Budget outlay, not discounted; unit costs at their median, quantities of weak grade unless typed. Year 1 is "
        "{first}: a measure without a date of its own starts in its January and is paid for in full from then on, "
        "capital in the first year in force. Measures without a known price are not in it. Outlay and annualised public "
        "cost are one cost read twice, never added.",
        first=first,
    )
    before = language("The row before {first} is in neither total nor mean.", first=first)
    jesta = caution_text(jesta_caution(), language)
    return said(
        language,
        read,
        converted(answer, language),
        before if answer.outlay_before else "",
        jesta if answer.shares_jesta else "",
    )


def converted(answer: Worth, language: Language) -> Stated:
    """Return at which rate sums in yen are drawn in won."""
    return phrase(language, N_("Sums in yen at {rate}."), rate=rate(answer, language))


def present_value_note(answer: Worth, language: Language) -> str:
    """Return which years, prices, trips and rates stand in the net present values."""
    life = parameters()["equipment_life"]
    low, middle, high = (language.number(end) for end in life.range)
    years = phrase(
        language,
        N_("Equal years in steady state over the life of gates and systems, in years: {life}."),
        life=stated(middle, life.grade, language, ends=language("{low} to {high}", low=low, high=high)),
    )
    rest = language(
        "Trips of {year} and prices of {price_year}, discounted at the rate named to one year before the first of "
        "them; the "
        "dates of the five years are not in it.",
        year=language.year(answer.options.base_year),
        price_year=language.year(PRICE_YEAR),
    )
    return said(language, years, rest, price_years(language))


def price_years(language: Language) -> str:
    """Return which costs are at the prices of another year."""
    years = {
        key: language.year(int(price_year(key)))
        for key in ("gate_price_kor", "gate_price_jpn", "jesta_system")
    }
    return language(
        "Gates are at the price of {gate_price_kor} in Korea and {gate_price_jpn} in Japan, JESTA at that of "
        "{jesta_system}; none is raised.",
        **years,
    )


def ramp(appraisal: Appraisal, language: Language) -> str:
    """Return how gains and spending of the five years grow."""
    priors = appraisal.options.priors
    months = Spread.single(scenario_spread(priors)["ramp_months"][1], "", grade_of("ramp_months", priors))
    grown = phrase(
        language,
        N_(
            "Procedures made simpler reach two thirds of their effect after {months} (median) unless a ramp is "
            "typed; "
            "charges, authorisations and visas act at once."
        ),
        months=stated(
            language("{number} months", number=language.number(months.median)), months.grade, language
        ),
    )
    return said(
        language,
        language("Medians."),
        grown,
        language(
            "The last row is the year in steady state. Gains and spending are never added up; revenue from charges is "
            "not shown here."
        ),
        language("Measures without a known price are in these gains, not in the outlay.")
        if appraisal.answer.unpriced
        else "",
    )


def break_even(appraisal: Appraisal, country: Country, language: Language) -> str:
    """Return the minutes that pay a country's cost; empty where nothing is spent."""
    found = appraisal.break_even(country)
    if not found:
        return ""
    whole = N_(
        "{country}: time alone pays its cost if each traveller who enters saves {behavioural} at the behavioural "
        "or {official} by the Korean appraisal convention, both with the queue's weight; the measures save {saved}."
    )
    part = N_(
        "{country}: time alone pays its cost if each traveller who enters saves {behavioural} at the behavioural "
        "or {official} by the Korean appraisal convention, both with the queue's weight; the measures with a "
        "known price "
        "save {saved}."
    )
    return said(
        language,
        phrase(
            language,
            part if appraisal.answer.unpriced else whole,
            country=country_name(country, language),
            behavioural=_middle(found["behavioural"], language),
            official=_middle(found["official"], language),
            saved=_middle(appraisal.minutes_saved(country, priced=True), language),
        ),
        language(
            "The minutes saved include, beside the measures, the shorter queue without those whom charges keep away."
        )
        if adds_charges(appraisal.answer)
        else "",
    )


def _middle(one: Spread, language: Language) -> Stated:
    minutes = number(one.median, supported(one, language, scale=1), language)
    return stated(language("{minutes} minutes", minutes=minutes), one.grade, language)


def deterrence(appraisal: Appraisal, language: Language) -> str:
    """Return what a travel authorisation's deterrence is, and the gain without it; empty without an authorisation."""
    if not deters(appraisal.answer):
        return ""
    found = appraisal.readings["surplus_without_deterrence"]
    every = {country: found[country] for country in language.own_first(found)}
    milder = {country: one for country, one in every.items() if not (one.missing or one.nothing)}
    if not milder:
        return ""
    sums = [
        phrase(
            language,
            N_("{country} {sum}"),
            country=country_name(country, language),
            sum=money_of(one, language),
        )
        for country, one in milder.items()
    ]
    return said(
        language,
        language(
            "That loss contains a deterrence beyond the authorisation's fee and hours, which is a judgement (weak "
            "evidence)."
        ),
        phrase(
            language,
            N_("Without it the gain or loss of each country's travellers would be: {sums}."),
            sums=listed(sums, language),
        ),
    )


def outer(answer: Worth, language: Language) -> str:
    """Return the extreme case beside a travel authorisation; empty without one."""
    lost = outer_case(answer)
    if lost is None:
        return ""
    flows = {country: lost.get(ENTERING[country].value, 0.0) for country in COUNTRIES}
    extreme = phrase(
        language,
        N_(
            "Extreme case of the authorisation: at the {percent} once found for K-ETA ({grade} for K-ETA), {visitors} "
            "visitors "
            "a year would be lost."
        ),
        grade=grade_word(fixed()["authorisation_outer_case"].grade, language),
        percent=language.percent(fixed()["authorisation_outer_case"].value / 100, digits=0),
        visitors=stated(language.people_about(-sum(flows.values())), OUTER_CASE_GRADE, language),
    )
    return said(
        language,
        extreme,
        language("It is not included above; a note says why it may not apply here."),
    )


def supported(one: Spread, language: Language, *, scale: float | None = None) -> int:
    """Return the decimals that a range supports, two figures of its width: −1 for tens, −2 for hundreds.

    scale: from the spread's unit to the one that is said, that of sums where left out. Three figures of the median
    where there is no range. A ratio has as many more, up to four, as show on which side of 1 its ends lie.
    """
    factor = units_in_a_billion(language) if scale is None else scale
    width = factor * (abs(one.p90 - one.p10) or abs(one.median) / 10)
    digits = 1 - math.floor(math.log10(width)) if width > 0 else 0
    while (
        one.unit == RATIO and digits < MOST_DIGITS and any(round(e, digits) == 1 for e in (one.p10, one.p90))
    ):
        digits += 1
    return digits


def number(value: float, digits: int, language: Language) -> str:
    """Return a number to so many decimals, to tens or hundreds where they are below 0; a missing one is a dash."""
    if math.isnan(value):
        return NOTHING
    said = round(value, digits)
    return ("−" if said < 0 else "") + language.number(abs(said), digits=max(digits, 0))


def about(value: float, language: Language) -> str:
    """Return a number that has no range to two figures; a missing one is a dash."""
    if math.isnan(value):
        return NOTHING
    return number(value, 1 - math.floor(math.log10(abs(value))) if value else 0, language)


def ends(one: Spread, language: Language, *, scale: float | None = None) -> tuple[str, str, str]:
    """Return median, lower and upper end as the range supports them, sums in the unit of the language."""
    factor, digits = (
        units_in_a_billion(language) if scale is None else scale,
        supported(one, language, scale=scale),
    )
    median, low, high = (number(factor * end, digits, language) for end in (one.median, one.p10, one.p90))
    return median, low, high


def units_in_a_billion(language: Language) -> float:
    """Return a billion won or yen in the unit in which the language writes sums: 1 billion, 10억, 10億."""
    return 10.0 if language.conventions.by_myriads else 1.0


def money(value: float, unit: str, language: Language, digits: int | None = None) -> str:
    """Return a sum given in billion won or billion yen: 59.6 billion won, 596억 원, 596億ウォン.

    digits: decimals in the unit of the language, those of three figures where left out.
    """
    size = units_in_a_billion(language) * value
    if not size:
        return language("0 yen") if unit == YEN else language("0 won")
    said = number(size, _three_figures(size) if digits is None else digits, language)
    if unit == YEN:
        return language("{amount} billion yen", amount=said)
    return language("{amount} billion won", amount=said)


def money_of(one: Spread, language: Language) -> Stated:
    """Return the median of a sum as far as its range supports it; a missing one is a dash."""
    if one.missing:
        return stated(NOTHING, None, language)
    return stated(money(one.median, one.unit, language, supported(one, language)), one.grade, language)


def _three_figures(size: float) -> int:
    return 0 if abs(size) >= 100 or not size else 1 if abs(size) >= 1 else 2


def money_short(value: float, unit: str, language: Language, digits: int) -> str:
    """Return a sum as a key figure shows it: ₩59.6 bn, 596억 원, 596億ウォン."""
    said = number(units_in_a_billion(language) * value, digits, language)
    return language("¥{amount} bn", amount=said) if unit == YEN else language("₩{amount} bn", amount=said)


def money_unit(unit: str, language: Language) -> str:
    """Return the unit of sums in a table: billion in English, hundred million in Korean and Japanese."""
    if unit == YEN:
        return language.pgettext("unit of a table", "billion yen")
    return language.pgettext("unit of a table", "billion won")


def spread(one: Spread, language: Language) -> Stated:
    """Return a sum with its range, as far as the range supports it; a missing one is a dash."""
    if math.isnan(one.median):
        return stated(NOTHING, None, language)
    amount = money(one.median, one.unit, language, supported(one, language))
    return stated(amount, one.grade, language, ends=_range(*ends(one, language)[1:], language))


def _range(low: str, high: str, language: Language) -> str:
    """Return the ends of a range, empty where they are one."""
    return "" if low == high else language("{low} to {high}", low=low, high=high)


def caution_text(caution: Caution, language: Language) -> str:
    """Return a caution in the reader's language, its labels translated and listed."""
    values = {name: _said(name, value, language) for name, value in caution.values.items()}
    return language(caution.message, **values)


def _said(name: str, value: object, language: Language) -> object:
    if isinstance(value, tuple):
        return language.in_clauses([language(label) for label in value])
    return language.number(value) if isinstance(value, int) and name != "year" else value


def aimed_share(language: Language) -> str:
    """Return that the share of the airports aimed at has no range."""
    return language(
        "Measures aimed at airports use the share as it stands; its range is not in the bars or sums."
    )


def landing_takeaway(*, aimed: bool, language: Language) -> str:
    """Return how visitors by airport and their ranges are to be read. aimed: whether measures are aimed at airports."""
    said = language(
        "Point: median, line: 80% range of effect times share of arrivals, shares drawn over their tabled ranges (weak "
        "evidence: no table by nationality after 2019 was found) to a sum of 100%; a tabled share at the end of its "
        "range (Incheon) is not their median. Typed shares have no range."
    )
    return language.in_a_row([said, aimed_share(language) if aimed else ""])


def aimed_cost(language: Language) -> str:
    """Return that assumed quantities do not follow the airports aimed at."""
    return language(
        "The measures are aimed at some airports, but the assumed quantities are those of all halls: type those needed "
        "there."
    )


def driver_lines(drivers: Drivers, row: Row, language: Language) -> Iterator[str]:
    """Yield, by country, the assumptions on which a row depends most."""
    for country in language.own_first(COUNTRIES):
        bars = drivers[country, row][:MOST_DRIVERS]
        if bars:
            yield language(
                "{country}, {row}: depends most on {items}.",
                country=country_name(country, language),
                row=language(ROWS[row]),
                items=language.in_clauses([language("“{name}”", name=language(bar.label)) for bar in bars]),
            )


def drivers_takeaway(row: Spread, centre: float, widest: str, language: Language) -> str:
    """Return how bars around a centre are to be read, and why it is not the book's median.

    row: of the book. centre: in its unit, with every assumption at its median.
    """
    digits = supported(row, language)
    middle, median = (
        stated(money(value, row.unit, language, digits), row.grade, language)
        for value in (centre, row.median)
    )
    moved = language(
        "Each assumption moved alone from its 5th to its 95th percentile; {widest} matters most.",
        widest=widest,
    )
    line = phrase(
        language,
        N_(
            "The bars meet where every assumption is at its median ({centre}); the book's {median} is the median of "
            "all draws, which can differ where assumptions multiply."
        ),
        centre=middle,
        median=median,
    )
    return said(language, moved, line)


def country_name(country: Country, language: Language) -> str:
    """Return the country's short name."""
    return language("Korea") if country == "KOR" else language("Japan")


def book_name(country: Country, language: Language) -> str:
    """Return the heading of a country's column."""
    return language("Korea's book") if country == "KOR" else language("Japan's book")


def entering(country: Country, language: Language) -> str:
    """Return who enters a country."""
    return language("entering Korea") if country == "KOR" else language("entering Japan")


def row_short(name: str, language: Language) -> str:
    """Return a row of a book in few words."""
    return {
        "surplus": language("gain of own travellers, behavioural"),
        "surplus_official": language("gain, Korean convention, queue weight added"),
        PRICED: language("same gain, known price only"),
        "time_surplus": language("saved waiting time"),
        "spending_received": language("spending received, gross (not welfare)"),
        "travel_account": language("travel account (not welfare)"),
        "charge_revenue": language("charges, Korea-Japan trips alone"),
        "deadweight": language("deadweight loss of charges"),
        "public_cost": language("public cost"),
    }[name]


def outlay_heading(country: Country, part: str, language: Language) -> str:
    """Return the heading of a column of the five-year table."""
    parts = {
        "capital": language("capital"),
        "running": language("running cost"),
        "outlay": language("additional outlay"),
    }
    return language("{country}: {part}", country=country_name(country, language), part=parts[part])


def row_heading(country: Country, name: str, language: Language, *, known: bool = False) -> str:
    """Return a row of a country's book in few words, behind the country's name.

    known: whether, of the public cost, measures with a known price alone are in it.
    """
    part = language("public cost, known prices only") if known else row_short(name, language)
    return language("{country}: {part}", country=country_name(country, language), part=part)


def own_heading(appraisal: Appraisal, country: Country, name: str, language: Language) -> str:
    """Return a row's heading in an answer: a loss where it cannot be stated, the cost with what is in it."""
    answer, one = appraisal.answer, appraisal.rows[country][name]
    if name in LOSSES and one.missing:
        return language(
            "{country}: {part}", country=country_name(country, language), part=language(LOSSES[name])
        )
    return row_heading(country, name, language, known=name == "public_cost" and known_only(answer, country))


def known_only(answer: Worth, country: Country) -> bool:
    """Return whether a country's public cost is that of a part of its measures."""
    return bool(answer.uncounted(country)) and not answer.cost_missing(country)


def airport_name(code: str, language: Language) -> str:
    """Return an airport's name; one without a name keeps its code."""
    return language(AIRPORTS[code]) if code in AIRPORTS else code


def rounded(one: Landing, language: Language) -> Landing:
    """Return where visitors land to two figures of the range of the airport's share."""
    digits = min(supported(Spread(one.median, one.low, one.high, ""), language, scale=1), 0)
    return replace(one, **{end: round(getattr(one, end), digits) for end in ("median", "low", "high")})


def landed(one: Landing, language: Language) -> str:
    """Return the visitors gained at an airport with the range of its share."""
    median, low, high = (language.people_about(end, signed=True) for end in (one.median, one.low, one.high))
    return in_brackets(median, low, high, language)


def in_brackets(median: str, low: str, high: str, language: Language) -> str:
    """Return a median with its range in brackets, alone where there is no range."""
    return language.remarked(median, _range(low, high, language))


def at_airport(country: Country, code: str, language: Language) -> str:
    """Return an airport with its country."""
    country_said, airport = country_name(country, language), airport_name(code, language)
    return language("{country}: {part}", country=country_said, part=airport)


def ratio_name(whose: str, convention: str, rates: Mapping[Country, float], language: Language) -> str:
    """Return whose benefit over cost a ratio is, at which discount rate and value of time."""
    key, _, rate = whose.partition(" at ")
    percent = rate or f"{rates.get('JPN' if key == 'JPN' else 'KOR', 0.0):g}"
    return language(
        "{whose}, {rate}%, {convention}",
        whose=language(WHOSE[key]),
        rate=percent,
        convention=language(CONVENTION[convention]),
    )


def ratio_lines(
    found: Mapping[str, Mapping[str, Spread]],
    rates: Mapping[Country, float],
    language: Language,
    *,
    charges: bool,
) -> Iterator[str]:
    """Yield each ratio with its range and its name. charges: whether revenue is in it."""
    for whose, rows in found.items():
        for convention, one in rows.items():
            ratio = phrase(
                language,
                N_("Gain and revenue over cost, {name}: {ratio}.")
                if charges
                else N_("Benefit over cost, {name}: {ratio}."),
                name=ratio_name(whose, convention, rates, language),
                ratio=with_range(one, language),
            )
            yield said(language, ratio)


def ratio_takeaway(*, charges: bool, rate: str, language: Language) -> str:
    """Return what stands in a ratio and what does not. rate: per cent for both countries, or “home” for their own."""
    return said(language, _in_a_ratio(charges=charges, language=language), discount_rates(rate, language))


def discount_rates(rate: str, language: Language) -> Stated | str:
    """Return the discount rates of ratios with their grades. rate: per cent for both countries, or “home”."""
    return (
        phrase(language, N_("Discount rates: Korea {KOR}, Japan {JPN}."), **_own_rates(language))
        if rate == "home"
        else language(
            "Discount rate of {rate}%: a sensitivity, not checked against a source (weak evidence).",
            rate=rate,
        )
    )


def own_rates(language: Language) -> str:
    """Return each country's own discount rate with its grade, as a choice is named."""
    return phrase(language, N_("Korea {KOR}, Japan {JPN}"), **_own_rates(language)).graded


def _own_rates(language: Language) -> dict[str, Stated]:
    own = {country: fixed()[f"discount_rate_{country.lower()}"] for country in COUNTRIES}
    return {
        country: stated(language.percent(one.value / 100), one.grade, language)
        for country, one in own.items()
    }


def _in_a_ratio(*, charges: bool, language: Language) -> str:
    if charges:
        return language(
            "Charges move money between treasuries and travellers of both countries, so a ratio is "
            "given only for both together; it includes the change of both revenues. Spending is in no"
            " ratio."
        )
    return language(
        "Gain of the other country's travellers who enter over the public cost of a year, capital spread over its life at "
        "the rate named; unweighted: a queue minute counts as any other. Measures without a known price, spending "
        "and, unless the scenario adds charges, revenue from charges are in no ratio; the cost of raising public money is "
        "taken as 1 (a convention, weak evidence)."
    )


def hall_compared(appraisal: Appraisal, language: Language) -> str:
    """Return a hall's minutes a year and a passenger beside the scenario's, two estimates of one benefit."""
    year = phrase(
        language,
        N_(
            "Assumed flights, 365 days like the assumed one, the change of desks whenever passengers come; million "
            "minutes a "
            "year, by the passengers of the months: {minutes}."
        ),
        minutes=with_range(
            appraisal.hall_minutes[EVERYBODY],
            language,
            common_digits(appraisal.hall_minutes.values(), language),
        ),
    )
    hall = appraisal.hall_minutes_a_passenger
    saves = N_(
        "Over all groups the hall saves {hall} a passenger; the scenario reckons with {scenario} a traveller who enters."
    )
    costs = N_(
        "Over all groups a passenger of the hall waits {hall} longer; the scenario reckons with {scenario} saved a "
        "traveller who enters."
    )
    scenario = appraisal.minutes_saved(appraisal.hall_country)
    if scenario.missing:
        saves = N_(
            "Over all groups the hall saves {hall} a passenger; what the scenario saves cannot be stated with a visa."
        )
        costs = N_(
            "Over all groups a passenger of the hall waits {hall} longer; what the scenario saves cannot be stated with a "
            "visa."
        )
    beside = phrase(
        language,
        costs if hall.median < 0 else saves,
        hall=_about(replace(hall, median=abs(hall.median)), language),
        **({} if scenario.missing else {"scenario": _about(scenario, language)}),
    )
    compared = language(
        "Only where both hold the same measure are they two estimates of one benefit; they are never added."
    )
    return said(language, year, beside, compared)


def _about(one: Spread, language: Language) -> Stated:
    return stated(language("{minutes} minutes", minutes=about(one.median, language)), one.grade, language)


def hall_heading(group: str, hall: Hall, language: Language) -> str:
    """Return the heading of a group's column: who it is, and in whose book its gain stands."""
    name = group_name(group, hall, language)
    if group == PARTNER:
        home = language("would be Japan's") if hall.country == "KOR" else language("would be Korea's")
        return language("{group} ({book})", group=name, book=home)
    return (
        name
        if group == EVERYBODY
        else language("{group} ({book})", group=name, book=language("in neither book"))
    )


def hall_note(appraisal: Appraisal, language: Language) -> str:
    """Return whose time in a hall stands in whose book, at which rate, and what its ranges hold."""
    hall = appraisal.base_hall.hall
    country = appraisal.hall_country
    names = {
        "home": country_name(OTHER[country], language),
        "entered": country_name(country, language),
        "people": group_name(PARTNER, hall, language),
        "year": language.year(appraisal.question.base_year),
    }
    whose = language(
        "The gain of {people} would be {home}'s, the officers' cost {entered}'s; both are estimates of one hall that "
        "stand in no row of the two books and are not added to them. Other foreigners would stand in neither book; "
        "{entered}'s own nationals, at desks of their own, are not in the model.",
        **names,
    )
    low, high = (language.percent(load, digits=0) for load in appraisal.hall_loads)
    ranges = language(
        "In brackets: 80% range over the value of time and over passengers, as if every day were like one in a month of "
        "{year}: {low} to {high} of the mean by the published arrivals of {people} (good evidence), taken for every group "
        "(weak evidence), with the same desks.",
        low=low,
        high=high,
        **names,
    )
    day = language(
        "Before the brackets stands the assumed day, 365 times: too large, gain or loss, where that day is a busy one. The "
        "hours count for the officers' cost alone, so fewer hours leave the gain or loss too large."
    )
    return said(
        language,
        whose,
        converted(appraisal.answer, language),
        ranges,
        day,
        *_crowded(appraisal, names["people"], language),
    )


def _crowded(appraisal: Appraisal, people: str, language: Language) -> tuple[Stated, ...]:
    """Return by how much the assumed day holds more people than the share of its airport gives, where it does."""
    visitors = appraisal.airport_visitors
    excess = appraisal.hall_passengers.get(PARTNER, 0.0) / visitors if visitors else 0.0
    if excess <= 1:
        return ()
    grade = lowest([appraisal.hall_grade, appraisal.airport_grade])
    times = phrase(
        language,
        N_(
            "The assumed day holds {times} the {people} that the share of the whole airport gives, so their gain or "
            "loss is too large."
        ),
        times=stated(language("{number} times", number=about(excess, language)), grade, language),
        people=people,
    )
    return (times,)


def common_digits(spreads: Iterable[Spread], language: Language) -> int:
    """Return the decimals with which numbers that are added up are all printed."""
    return max(0, *(supported(one, language, scale=1) for one in spreads))


def with_range(one: Spread, language: Language, digits: int | None = None) -> Stated:
    """Return minutes, ratios or won with their range, to so many decimals or as far as the range supports them."""
    kept = supported(one, language, scale=1) if digits is None else digits
    median, low, high = (number(end, kept, language) for end in (one.median, one.p10, one.p90))
    return stated(median, one.grade, language, ends=_range(low, high, language))


def evidence(every: tuple[Input, ...], language: Language) -> str:
    """Return how many inputs have which grade."""
    counts = [
        language(
            "{count} with {grade}",
            count=sum(one.grade == grade for one in every),
            grade=grade_word(grade, language),
        )
        for grade in LIGHT
        if grade != "typed" or any(one.grade == grade for one in every)
    ]
    return language("Inputs of these numbers: {counts}.", counts=language.in_a_list(counts))


def grade_word(grade: Grade | None, language: Language) -> str:
    """Return how good the evidence is; a dash where there is none to grade."""
    if grade == "typed":
        return language("weak evidence, typed by the reader")
    return NOTHING if grade is None else quality_word(LIGHT[grade], language)


def graded(every: tuple[Input, ...], language: Language) -> Iterator[str]:
    """Yield the inputs of each grade."""
    for grade in LIGHT:
        named = dict.fromkeys(input_label(one, language) for one in every if one.grade == grade)
        if named:
            yield language(
                "Inputs with {grade}: {items}.",
                grade=grade_word(grade, language),
                items=language.in_clauses(list(named)),
            )


def input_label(one: Input, language: Language) -> str:
    """Return the name of an input; the shares of all airports have one name."""
    if one.key.startswith(AIRPORT):
        return language("Shares of arrival airports")
    if one.label == TYPED:
        country = next(country for country in COUNTRIES if country in one.key.split())
        return language(
            "{country}: {part}", country=country_name(country, language), part=unit_word(one, language)
        )
    name = language(one.label)
    return language.named(name, unit_word(one, language)) if _is_quantity(one) else name


def unit_word(one: Input, language: Language) -> str:
    """Return the unit of an input; that of a quantity is its name, that of a sum the language's own."""
    if one.unit in SUMS:
        return money_unit(one.unit, language)
    return language(QUANTITIES[one.unit] if _is_quantity(one) else one.unit)


def _is_quantity(one: Input) -> bool:
    """Return whether an input is a number of desks, hours, gates, banks or officers, or a sum that the reader typed."""
    return one.key.endswith(f" {one.unit}")


def row_label(name: str, answer: Worth, language: Language) -> str:
    """Return a row of the books; public cost with the grade of its quantities, or that they were typed."""
    if name != "public_cost":
        return language(ROWS[name])
    if answer.options.quantities is not None:
        return language("Public cost, annualised (known prices, quantities typed)")
    return language("Public cost, annualised (known prices, quantities assumed)")


def left_out(language: Language) -> str:
    """Return what is not counted."""
    return language(
        "Not counted: {items}.", items=language.in_clauses([language(one) for one in not_counted()])
    )


def method(answer: Worth, language: Language) -> tuple[str, ...]:
    """Return how it is calculated, point by point."""
    mean_2025 = fixed()["won_per_yen_2025"]
    same = answer.rate == mean_2025.value
    dearer = phrase(
        language,
        N_(
            "At {rate} won per 100 yen, the mean of 2025, sums turned from yen into won would change by {more}."
        ),
        rate=language.number(mean_2025.value * 100),
        more=stated(
            language.percent(mean_2025.value / answer.rate - 1, digits=0, signed=True),
            lowest([mean_2025.grade, rate_grade(answer)]),
            language,
        ),
    )
    return (
        language(
            "Gain of travellers: fall of the cost of a trip times the mean of trips before and after (rule of a half), by "
            "the traveller's own country; draws are the scenario's own, row by row. Only nationals of Korea and Japan have "
            "standing: passengers of third countries are in no book."
        ),
        language(
            "Two values of time stand side by side: behavioural, on which visitors react, and the Korean "
            "appraisal convention as worked out here, used for both nationalities; no Japanese official value is used. "
            "Both give a queue minute the same weight, in both books and in every row; they are two readings of one gain, "
            "never added. A third, the convention without that weight, stands beside them in ratios, net present value, "
            "break-even, hall and other readings."
        ),
        language("Each of the five years has the trips of the base year, without growth."),
        said(
            language,
            language(
                "Spending is gross and is no measure of welfare; the two travel accounts sum to zero to the won in every "
                "draw. One rate turns yen into won and back in every sum."
            ),
            "" if same else dearer,
        ),
        language(
            "Charges are transfers: travellers of both countries pay what a treasury receives, and it"
            " is already deducted from their gain."
        ),
        language(
            "Japan's departure tax of 3,000 yen from July 2026 (fair evidence) is counted once: base trips of 2025 "
            "have not felt the rise, "
            "so a lever of 2,000 yen counts in full and extra trips pay the old rate beside it; base trips of 2026 or "
            "later have, and only what goes beyond it counts. Without a lever for the tax, extra trips pay the rate in "
            "force."
        ),
        language(
            "Public cost: officers, gates, systems and posts abroad, capital recovered over its life at each country's own "
            "rate. Quantities are assumed with weak evidence until they are typed. Every number has the grade of the "
            "weakest number that it rests on. {prices}",
            prices=price_years(language),
        ),
    )
