"""What a scenario is worth and costs, in sentences: two columns of countries, conventions, what is left out."""

from collections.abc import Iterator, Mapping

from crossings.errors import N_
from crossings.language.language import Language
from crossings.language.scenarios import scenario_name
from crossings.models.worth.model import Caution, Worth, home_rates
from crossings.models.worth.parameters import COUNTRIES, Country, Grade, not_counted
from crossings.models.worth.results import (
    AIRPORT,
    MONEY,
    YEN,
    Drivers,
    Input,
    Spread,
    benefit_cost,
    book_rows,
    break_even_minutes,
    inputs,
    minutes_saved,
    outlay_total,
)

ROWS: Mapping[str, str] = {
    "surplus": N_("Gain of its own travellers, behavioural value of time"),
    "surplus_official": N_("Gain of its own travellers, official value of time"),
    "spending_received": N_("Money spent by additional visitors (gross, not a measure of welfare)"),
    "travel_account": N_("Bilateral travel account (not a measure of welfare)"),
    "charge_revenue": N_("Revenue from departure charges and authorisation fees"),
    "deadweight": N_("Lost to its new charges (contained in the rows above)"),
    "public_cost": N_("Public cost a year"),
}
WHOSE: Mapping[str, str] = {
    "KOR": N_("travellers entering Korea over Korea's cost"),
    "JPN": N_("travellers entering Japan over Japan's cost"),
    "both": N_("both countries together"),
}
GRADES: Mapping[Grade, str] = {
    "good": N_("Inputs graded good"),
    "fair": N_("Inputs graded fair"),
    "weak": N_("Inputs graded weak"),
}
SEPARATOR = {"en": "; ", "ko": "; ", "ja": "；"}
MOST_DRIVERS = 3
MILLIARD = {"en": 1.0, "ko": 10.0, "ja": 10.0}


def lines(answer: Worth, drivers: Drivers, language: Language) -> Iterator[str]:
    """Yield the answer line by line, as plain text. drivers: of drivers.tornadoes, for the same question."""
    yield language(
        "{name}: one year in steady state, trips of {year}, {rate} won per yen. "
        "Median, and the interval that holds 80 of 100 draws.",
        name=scenario_name(answer.settings, language),
        year=language.year(answer.options.base_year),
        rate=language.number(answer.options.rate, digits=2),
    )
    yield from _book_lines(answer, language)
    yield language("The two travel accounts sum to zero. Spending is not added to the gain of travellers.")
    yield _outlay(answer, language)
    for country in COUNTRIES:
        yield from _break_even(answer, country, language)
    yield from _ratios(answer, language)
    for caution in answer.cautions:
        yield caution_text(caution, language)
    yield from _drivers(drivers, language)
    yield from _graded(inputs(answer, drivers), language)
    yield language(
        "Not counted: {items}.", items=SEPARATOR[language.code].join(language(item) for item in not_counted())
    )


def money(value: float, unit: str, language: Language) -> str:
    """Return a sum given in billion won or billion yen: 59.6 billion won, 596억 원, 596億ウォン."""
    size = abs(value) * MILLIARD[language.code]
    digits = 0 if size >= 100 or size == 0 else 1 if size >= 1 else 2
    amount = language.number(size, digits=digits)
    if value < 0 and round(size, digits) > 0:
        amount = "−" + amount
    return (
        language("{amount} billion yen", amount=amount)
        if unit == YEN
        else language("{amount} billion won", amount=amount)
    )


def spread(one: Spread, language: Language) -> str:
    """Return a sum with its interval."""
    return language(
        "{amount} ({low} to {high})",
        amount=money(one.median, one.unit, language),
        low=money(one.p10, one.unit, language),
        high=money(one.p90, one.unit, language),
    )


def caution_text(caution: Caution, language: Language) -> str:
    """Return a caution in the reader's language, its labels translated and listed."""
    values = {name: _said(name, value, language) for name, value in caution.values.items()}
    return language(caution.message, **values)


def _said(name: str, value: object, language: Language) -> object:
    if isinstance(value, tuple):
        return SEPARATOR[language.code].join(language(label) for label in value)
    return language.number(value) if isinstance(value, int) and name != "year" else value


def _book_lines(answer: Worth, language: Language) -> Iterator[str]:
    rows = {country: book_rows(answer, country) for country in COUNTRIES}
    for name, label in ROWS.items():
        yield language(
            "{row}: Korea {korea}; Japan {japan}",
            row=language(label),
            korea=spread(rows["KOR"][name], language),
            japan=spread(rows["JPN"][name], language),
        )


def _outlay(answer: Worth, language: Language) -> str:
    totals = {country: outlay_total(answer, country) for country in COUNTRIES}
    said = {
        f"{country}_{name}": money(value, MONEY[country], language)
        for country, pair in totals.items()
        for name, value in zip(("total", "mean"), pair, strict=True)
    }
    return language(
        "Additional outlay {first} to {last}: Korea {KOR_total}, a year {KOR_mean}; "
        "Japan {JPN_total}, a year {JPN_mean}.",
        first=language.year(answer.years[0].year),
        last=language.year(answer.years[-1].year),
        **said,
    )


def _break_even(answer: Worth, country: Country, language: Language) -> Iterator[str]:
    found = break_even_minutes(answer, country)
    if found is None:
        return
    yield language(
        "{country}: its cost is worth it if a traveller who enters saves {behavioural} minutes at the behavioural "
        "or {official} at the official value of time; the scenario saves {saved}.",
        country=country_name(country, language),
        behavioural=language.number(found["behavioural"].median, digits=1),
        official=language.number(found["official"].median, digits=1),
        saved=language.number(minutes_saved(answer, country).median, digits=1),
    )


def _drivers(drivers: Drivers, language: Language) -> Iterator[str]:
    for country in COUNTRIES:
        bars = drivers[country, "surplus"][:MOST_DRIVERS]
        if bars:
            yield language(
                "What the gain of {country}'s travellers hangs on most: {items}.",
                country=country_name(country, language),
                items=SEPARATOR[language.code].join(language(bar.label) for bar in bars),
            )


def country_name(country: Country, language: Language) -> str:
    """Return the country's short name."""
    return language("Korea") if country == "KOR" else language("Japan")


def _ratios(answer: Worth, language: Language) -> Iterator[str]:
    for country, rate in home_rates().items():
        found = benefit_cost(answer, rate)
        for whose in (country, "both"):
            if whose in found:
                yield language(
                    "Benefit over cost at {rate}%, {whose}: {behavioural} behavioural, {official} official.",
                    rate=f"{rate:g}",
                    whose=language(WHOSE[whose]),
                    behavioural=_ratio(found[whose]["behavioural"].median, language),
                    official=_ratio(found[whose]["official"].median, language),
                )


def _ratio(value: float, language: Language) -> str:
    return ("−" if value < 0 else "") + language.number(abs(value), digits=2)


def _graded(every: tuple[Input, ...], language: Language) -> Iterator[str]:
    for grade, label in GRADES.items():
        named = dict.fromkeys(input_label(one, language) for one in every if one.grade == grade)
        if named:
            yield language(
                "{title}: {items}.", title=language(label), items=SEPARATOR[language.code].join(named)
            )


def input_label(one: Input, language: Language) -> str:
    """Return the name of an input; the shares of all airports have one name."""
    return language("Shares of arrival airports") if one.key.startswith(AIRPORT) else language(one.label)
