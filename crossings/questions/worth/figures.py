"""The figures and tables of the Worth page, and of the panel that stands on the Scenario page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from crossings.drawing import effect_bars, theme
from crossings.drawing.marks import Key
from crossings.errors import N_
from crossings.language import Language
from crossings.language.halls import group_name, hall_name, hall_source
from crossings.language.markup import literal
from crossings.models.queue import MODEL_VERSION
from crossings.models.queue.flights import EVERYBODY, PARTNER
from crossings.models.scenario.levers import levers
from crossings.models.scenario.levers import parameters as scenario_parameters
from crossings.models.worth.books import OTHER
from crossings.models.worth.costs import OFFICER, Outlay
from crossings.models.worth.formulas import WORTH_VERSION
from crossings.models.worth.model import Worth, YearOutlay
from crossings.models.worth.parameters import COUNTRIES, SUMS, Country, Grade, needs, parameters
from crossings.models.worth.results import (
    AIRPORT,
    BILLION,
    CONVENTIONS,
    MINUTE,
    MONEY,
    TYPED,
    WON,
    WON_ROWS,
    YEN,
    Input,
    Spread,
    adds_charges,
    book_rows,
    cost_per_minute,
    grade_of,
    in_currency,
    lowest,
    measure_costs,
    outlay_total,
    quantity_grade,
)
from crossings.models.worth.travel import ENTERING, HOME
from crossings.questions.base import (
    NOTHING,
    Assumption,
    Column,
    Figure,
    KeyFigure,
    Look,
    OfficeChart,
    Table,
    assumption_table,
    table,
)
from crossings.questions.figure_context import Setting
from crossings.questions.worth import sentences as words
from crossings.questions.worth.appraisal import Appraisal
from crossings.questions.worth.stated import VALUES_SHOWN, grade_cell, rows_graded, said
from crossings.tables.flows import DIRECTIONS, Flow

FLOW_OF: Mapping[Country, Flow] = {HOME[flow]: flow for flow in DIRECTIONS}
DRAWN = (
    "surplus",
    "surplus_priced",
    "surplus_official",
    "spending_received",
    "travel_account",
    "charge_revenue",
    "public_cost",
)
MOST_DRIVERS = 10
BOOK_ROW, BOOK_NAMES = 19, 300


def key_figures(appraisal: Appraisal, language: Language) -> tuple[KeyFigure, ...]:
    """Return the gain of each country's travellers and each country's public cost, with the evidence behind them."""
    rows = appraisal.rows
    lost = {
        "KOR": language("Korean travellers' loss, behavioural"),
        "JPN": language("Japanese travellers' loss, behavioural"),
    }
    gain = {
        "KOR": language("Korean travellers' gain, behavioural"),
        "JPN": language("Japanese travellers' gain, behavioural"),
    }
    cost = {"KOR": language("Korea's public cost"), "JPN": language("Japan's public cost")}
    known = {
        "KOR": language("Korea's public cost, known prices only"),
        "JPN": language("Japan's public cost, known prices only"),
    }
    answer, no_price = appraisal.answer, language("cannot be stated: a visa has no price in the model")
    titled = [
        (words.seats_remarked(label[c], answer, language), one, no_price)
        for c in COUNTRIES
        for gained in [rows[c]["surplus"]]
        for label, one in [
            (lost, gained.times(-1)) if gained.missing or gained.median < 0 else (gain, gained)
        ]
    ]
    titled += [
        (
            (known if words.known_only(answer, c) else cost)[c],
            rows[c]["public_cost"],
            words.missing_cost(answer, c, language),
        )
        for c in COUNTRIES
    ]
    return tuple(_key_figure(label, one, missing, language) for label, one, missing in titled)


def _key_figure(label: str, one: Spread, missing: str, language: Language) -> KeyFigure:
    """Return a sum as a key figure. missing: why there is none where it is missing."""
    if one.missing:
        return KeyFigure(label, NOTHING, missing)
    _, low, high = words.ends(one, language)
    interval = language("a year, 80% range {low} to {high}", low=low, high=high)
    value = words.money_short(one.median, one.unit, language, words.supported(one, language))
    said = [interval if low != high else language("a year"), words.grade_word(one.grade, language)]
    return KeyFigure(label, value, language.in_a_list([part for part in said if part != NOTHING]))


def books_table(appraisal: Appraisal, language: Language) -> Table:
    """Return the two books side by side as printed cells, each in its own currency, and how well each row is founded."""
    answer, rows = appraisal.answer, appraisal.rows
    charged = any(not rows[country]["deadweight"].nothing for country in COUNTRIES)
    shown = [name for name in words.ROWS if name in rows["KOR"] and (charged or name != "deadweight")]
    return table(
        language,
        [
            (Column("row", language("A year")), [words.row_label(name, answer, language) for name in shown]),
            *(
                (
                    Column(country, words.book_name(country, language)),
                    [words.row_cell(appraisal, country, name, language) for name in shown],
                )
                for country in COUNTRIES
            ),
            _graded([lowest(rows[c][name].grade for c in COUNTRIES) for name in shown], language),
        ],
    )


def _graded(grades: Iterable[Grade | None], language: Language) -> tuple[Column, list[str]]:
    """Return the column that says how good the evidence of each row is."""
    return Column("evidence", language("Evidence")), [grade_cell(grade, language) for grade in grades]


def books(setting: Setting, appraisal: Appraisal) -> Figure:
    """Return the rows of both books in won, side by side; one that is missing says why."""
    answer = appraisal.answer
    language, unit = setting.language, words.money_unit(WON, setting.language)
    known = set(appraisal.rows["KOR"]) - (set() if adds_charges(answer) else {"charge_revenue"})
    drawn = [name for name in DRAWN if name in known]
    rows = [(country, name, _in_won(appraisal, country, name)) for name in drawn for country in COUNTRIES]
    labels = [words.own_heading(appraisal, country, name, language) for country, name, _ in rows]
    why = [
        words.row_cell(appraisal, country, name, language) if one.missing else ""
        for country, name, one in rows
    ]
    shown = _spreads(
        Column("label", language("Row of the book")),
        labels,
        [one for _, _, one in rows],
        language,
        (Column("flow", "", shown=False), [FLOW_OF[country].value for country, _, _ in rows]),
        missing=why,
    )
    return _figure(
        setting,
        key="worth-books",
        row_height=BOOK_ROW,
        names=BOOK_NAMES,
        title=language(
            "Gains, costs and, apart from them, spending: {name}, a year ({unit})",
            name=literal(words.named(appraisal, language)),
            unit=unit,
        ),
        takeaway=said(
            language,
            language(
                "Point: median; line: 80% range over the assumptions. The rows are not to be added up: spending and the "
                "travel account are no measure of welfare, and a country's cost serves travellers who enter it, whose gain "
                "stands with the other country."
            ),
            words.converted(answer, language),
        ),
        shown=shown,
        grades=[one.grade for _, _, one in rows],
    )


def _in_won(appraisal: Appraisal, country: Country, name: str) -> Spread:
    one = appraisal.rows[country][name]
    return one.times(appraisal.answer.rate if one.unit == YEN else 1.0, WON)


def _spreads(
    first: Column,
    labels: Sequence[str],
    spreads: Sequence[Spread],
    language: Language,
    *more: tuple[Column, Sequence[object]],
    missing: Sequence[str] = (),
) -> Table:
    """Return medians with the ends of their 80 % ranges as far as those support them, and their grades.

    Sums are as tables write them, others numbers. missing: by row, why it has no number; empty where it has one.
    """
    unit = spreads[0].unit if spreads else ""
    factor = words.units_in_a_billion(language) if unit in MONEY.values() else 1.0
    digits = [words.supported(one, language, scale=factor) for one in spreads]
    most = max([0, *digits])
    headings = {
        "median": (language("Median"), "median"),
        "low": (language("10th percentile"), "p10"),
        "high": (language("90th percentile"), "p90"),
    }
    ends = [
        (
            replace(_amount(key, heading, unit, language), digits=most, trimmed=True),
            [round(factor * getattr(one, end), kept) for one, kept in zip(spreads, digits, strict=True)],
        )
        for key, (heading, end) in headings.items()
    ]
    said = [words.in_brackets(*words.ends(one, language, scale=factor), language) for one in spreads]
    said = [why or text for why, text in zip(missing or [""] * len(said), said, strict=True)]
    grades = _graded([one.grade for one in spreads], language)
    return table(language, [(first, labels), *ends, grades, *more, (Column("said", "", shown=False), said)])


def _amount(
    key: str, heading: str, unit: str, language: Language, *, supported_by: Spread | None = None
) -> Column:
    """Return the column of a sum. supported_by: what has more decimals where its range supports them."""
    if unit in MONEY.values():
        digits = 0 if words.units_in_a_billion(language) > 1 else 1
        kept = max(digits, words.supported(supported_by, language) if supported_by else 0)
        return Column(key, heading, "money", unit=words.money_unit(unit, language), digits=kept)
    if unit == "won":
        return Column(key, heading, "money", unit=language("won"))
    return Column(key, heading, "number", digits=2)


def _made(setting: Setting, **parts: Any) -> Figure:
    """Return a figure of the flows whose source line also names the graded tables."""
    figure, language = setting.figure(**parts), setting.language
    further = language(
        "Spending, values of time, costs and shares of airports: graded tables, see every input's source."
    )
    return replace(figure, source=language.in_a_row([figure.source, further]))


def _without_flows(figure: Figure, source: str, model: str) -> Figure:
    """Return a figure that rests on no published flow, with its own source and the version of its model."""
    return replace(figure, source=source, as_of="", status="", versions={"model": model})


def _figure(
    setting: Setting,
    *,
    key: str,
    title: str,
    takeaway: str,
    shown: Table,
    grades: Sequence[Grade | None],
    amounts: effect_bars.Amounts = "number",
    row_height: int = effect_bars.ROW,
    names: float = effect_bars.ROW_NAME_WIDTH,
) -> Figure:
    """Return medians on their intervals, a row each. grades: of the rows. row_height, names: as the chart takes them."""
    drawn, shared = _labelled(shown, grades)
    labels = list(drawn.values("label"))
    colours = [theme.FLOW[Flow(flow)] for flow in shown.values("flow")] if "flow" in shown.frame else None
    looks = dict(zip(labels, map(Look, colours or [theme.SCENARIO] * len(labels)), strict=True))
    return _made(
        setting,
        key=key,
        title=title,
        takeaway=setting.language.in_a_row([takeaway, shared]),
        draw=partial(
            effect_bars.interval_bars,
            drawn.frame,
            amounts=amounts,
            row_height=row_height,
            names=names,
            language=setting.language,
        ),
        table=shown,
        office=OfficeChart("points", drawn.select(["label", "median", "low", "high"]), looks),
    )


def _labelled(shown: Table, grades: Sequence[Grade | None], all_of: str = VALUES_SHOWN) -> tuple[Table, str]:
    """Return a table as its chart names the rows, with their grades, or the grade that all share as a sentence."""
    labels, shared = rows_graded(shown.values("label"), grades, shown.language, all_of)
    return replace(shown, frame=shown.frame.assign(label=labels)), shared


def drivers(setting: Setting, appraisal: Appraisal, country: Country) -> Figure:
    """Return which assumptions drive a row of a book, in the country's currency, the widest first."""
    row, rate = appraisal.question.row, appraisal.answer.rate
    language, kept = setting.language, appraisal.drivers[country, row][:MOST_DRIVERS]
    unit = MONEY[country]
    factor = (
        words.units_in_a_billion(language) / 1e9 / (rate if country == "JPN" and row in WON_ROWS else 1.0)
    )
    ends = {
        "low": (language("at its 5th percentile"), [factor * bar.at_low for bar in kept]),
        "high": (language("at its 95th percentile"), [factor * bar.at_high for bar in kept]),
    }
    grades = [grade_of(bar.parameter, appraisal.answer.options.priors) for bar in kept]
    shown = table(
        language,
        [
            (Column("label", language("Assumption")), [language(bar.label) for bar in kept]),
            *(
                (_amount(key, heading, unit, language, supported_by=appraisal.rows[country][row]), values)
                for key, (heading, values) in ends.items()
            ),
            (
                Column("evidence", language("Evidence of the assumption")),
                [grade_cell(g, language) for g in grades],
            ),
            (
                Column("row_evidence", language("Evidence of the sum")),
                [grade_cell(appraisal.rows[country][row].grade, language)] * len(kept),
            ),
        ],
    )
    drawn, shared = _labelled(shown, grades, N_("Evidence of the assumptions shown: all {grade}."))
    centre = factor * kept[0].middle
    takeaway = words.drivers_takeaway(
        appraisal.rows[country][row],
        centre / words.units_in_a_billion(language),
        language(kept[0].label),
        language,
    )
    return _made(
        setting,
        key=f"worth-drivers-{country.lower()}",
        title=language(
            "What drives it, {country}: {row} ({unit})",
            country=words.country_name(country, language),
            row=words.row_short(row, language),
            unit=words.money_unit(unit, language),
        ),
        takeaway=language.in_a_row([takeaway, shared]),
        draw=partial(effect_bars.tornado, drawn.frame, centre=centre, amounts="number", language=language),
        table=shown,
        office=OfficeChart(
            "tornado",
            drawn.select(["label", "low", "high"]),
            {"low": Look(theme.BAND_80[Flow.BOTH]), "high": Look(theme.INK)},
            centre=centre,
        ),
    )


def outlay(setting: Setting, appraisal: Appraisal) -> Figure:
    """Return the additional outlay of five years by country, with its total and yearly mean, and what came before them."""
    language, answer = setting.language, appraisal.answer
    years, before = len(answer.outlay_years), int(bool(answer.outlay_before))
    first = language.year(answer.options.first_year)
    labels = [
        *([language("Before {first}", first=first)] if before else []),
        *(language.year(year.year) for year in answer.outlay_years),
        language("Total"),
        language("Yearly mean"),
    ]
    columns = [
        (
            _amount(
                f"{country}_{part}",
                words.outlay_heading(country, part, language),
                MONEY[country],
                language,
                supported_by=Spread.single(outlay_total(answer, country)[0]),
            ),
            values,
        )
        for country in COUNTRIES
        for part, values in _outlay_columns(answer, country, language).items()
    ]
    grades = [appraisal.grades["public_cost"]] * len(labels)
    missing = all(answer.cost_missing(country) for country in COUNTRIES)
    shown = table(language, [(Column("year", language("Year")), labels), *columns, _graded(grades, language)])
    rate = answer.rate
    drawn = shown.frame.iloc[before : before + years]
    bars = (
        drawn[["year"]]
        .set_axis(["label"], axis=1)
        .assign(first=drawn["KOR_outlay"], second=drawn["JPN_outlay"] * rate)
    )
    in_won = table(
        language,
        [
            (Column("year", language("Year")), labels[before : before + years]),
            *(
                (
                    _amount(country, words.outlay_heading(country, "outlay", language), WON, language),
                    bars[bar],
                )
                for country, bar in zip(COUNTRIES, ("first", "second"), strict=True)
            ),
        ],
    )
    made = setting.figure(
        key="worth-outlay",
        title=language(
            "Additional outlay of five years: {name}",
            name=literal(words.named(appraisal, language)),
        ),
        takeaway=language.in_a_row(
            [
                words.outlay_missing(answer, language),
                words.outlay_takeaway(answer, language),
                rows_graded(labels, grades, language)[1],
            ]
        ),
        alt_text=words.outlay(appraisal, language),
        draw=partial(effect_bars.paired_bars, bars, pair=_pair(language), language=language),
        table=shown,
        office=None if missing else OfficeChart("column", in_won, _looks()),
    )
    source = language("Unit costs and quantities: graded table of public costs, see every input's source.")
    return _without_flows(made, source, WORTH_VERSION)


def _looks() -> dict[str, Look]:
    """Return the looks of the two countries' bars in office programs, as in `_pair`."""
    return {country: Look(theme.FLOW[FLOW_OF[country]]) for country in COUNTRIES}


def _pair(language: Language) -> tuple[Key, Key]:
    """Return the key of two bars a row, both in won."""
    unit = words.money_unit(WON, language)
    korea, japan = (
        Key(
            language("{country} ({unit})", country=words.country_name(country, language), unit=unit),
            theme.FLOW[FLOW_OF[country]],
            "band",
        )
        for country in COUNTRIES
    )
    return korea, japan


def _outlay_columns(answer: Worth, country: Country, language: Language) -> dict[str, list[float]]:
    """Return capital, running and both by year, then total and yearly mean, as tables write sums.

    What came before the years, together, stands first where there is any.
    """
    factor = words.units_in_a_billion(language) / 1e9

    def column(years: Sequence[YearOutlay]) -> dict[str, list[float]]:
        capital = [factor * year.capital[country] for year in years]
        running = [factor * year.running[country] for year in years]
        both = [a + b for a, b in zip(capital, running, strict=True)]
        return {"capital": capital, "running": running, "outlay": both}

    before = column(answer.outlay_before)
    return {
        name: [
            *([sum(before[name])] if before[name] else []),
            *values,
            sum(values),
            sum(values) / len(values),
        ]
        for name, values in column(answer.outlay_years).items()
    }


def ratios(setting: Setting, appraisal: Appraisal) -> Figure:
    """Return benefit over public cost at the discount rates asked for."""
    language = setting.language
    rates = {country: appraisal.discount_percent(country) for country in COUNTRIES}
    rows = [
        (words.ratio_name(whose, convention, rates, language), found[convention])
        for whose, found in appraisal.ratios.items()
        for convention in CONVENTIONS
    ]
    labels, found = zip(*rows, strict=True)
    charges = adds_charges(appraisal.answer)
    head = language("Gain and revenue over cost") if charges else language("Benefit over cost")
    title = language("Gain and revenue over public cost") if charges else language("Benefit over public cost")
    shown = _spreads(Column("label", head), labels, found, language)
    return _figure(
        setting,
        key="worth-ratios",
        title=title,
        takeaway=words.ratio_takeaway(charges=charges, rate=appraisal.question.discount, language=language),
        shown=shown,
        grades=[one.grade for one in found],
    )


def present_value_table(appraisal: Appraisal, language: Language) -> Table:
    """Return gain less public cost over the life of the equipment, by whose and by convention, in own currency."""
    rates = {country: appraisal.discount_percent(country) for country in COUNTRIES}
    rows = [
        (
            words.ratio_name(whose, convention, rates, language),
            words.spread(
                in_currency(appraisal.answer, "JPN", one) if whose == "JPN" else one, language
            ).alone,
            grade_cell(one.grade, language),
        )
        for whose, found in appraisal.present_values.items()
        for convention, one in found.items()
    ]
    titles = {
        "what": language("Gain and revenue less public cost")
        if adds_charges(appraisal.answer)
        else language("Gain less public cost"),
        "value": language("Net present value"),
        "evidence": language("Evidence"),
    }
    return _rows(titles, rows, language)


def landing(setting: Setting, appraisal: Appraisal) -> Figure:
    """Return where the additional visitors land, by airport of arrival, with the range of each airport's share."""
    language = setting.language
    every = (one for country in COUNTRIES[::-1] for one in appraisal.landings(country))
    rows = [words.rounded(one, language) for one in every]
    grades = [lowest([one.grade, appraisal.grades["visitors"]]) for one in rows]
    shown = table(
        language,
        [
            (
                Column("label", language("Airport of arrival")),
                [words.at_airport(one.country, one.code, language) for one in rows],
            ),
            *(
                (Column(key, heading, "persons", signed=True), [getattr(one, key) for one in rows])
                for key, heading in {
                    "median": language("Additional visitors a year"),
                    "low": language("10th percentile"),
                    "high": language("90th percentile"),
                }.items()
            ),
            (Column("share", language("Share"), "share"), [one.share for one in rows]),
            _graded(grades, language),
            (Column("flow", "", shown=False), [ENTERING[one.country].value for one in rows]),
            (Column("said", "", shown=False), [words.landed(one, language) for one in rows]),
        ],
    )
    return _figure(
        setting,
        key="worth-airports",
        title=language("Change in visitors a year by airport of arrival"),
        takeaway=words.landing_takeaway(aimed=bool(appraisal.aimed_measures), language=language),
        shown=shown,
        grades=grades,
        amounts="persons",
    )


def hall(setting: Setting, appraisal: Appraisal) -> Figure:
    """Return the minutes that a change of one hall saves over all groups in a year."""
    language, base = setting.language, appraisal.base_hall.hall
    minutes = dict(appraisal.hall_minutes)
    digits = words.common_digits(minutes.values(), language)
    del minutes[EVERYBODY]
    grades = [one.grade for one in minutes.values()]
    change = Column(
        "change",
        language("Minutes saved a year"),
        "number",
        unit=language("million minutes"),
        digits=digits,
        signed=True,
    )
    shown = table(
        language,
        [
            (Column("label", language("Group")), [group_name(group, base, language) for group in minutes]),
            (change, [one.median for one in minutes.values()]),
            _graded(grades, language),
        ],
    )
    drawn, shared = _labelled(shown, grades)
    draw = partial(
        effect_bars.waterfall,
        drawn.frame,
        total_label=language("All groups"),
        amounts="number",
        digits=digits,
        language=language,
    )
    made = setting.figure(
        key="worth-hall",
        title=language(
            "Minutes saved a year in one hall, over all groups, million: {hall}",
            hall=hall_name(base, language),
        ),
        takeaway=language.in_a_row([words.hall_compared(appraisal, language), shared]),
        draw=draw,
        table=shown,
        office=OfficeChart("steps", drawn.select(["label", "change"]), total=language("All groups")),
    )
    return _without_flows(made, hall_source(appraisal.base_hall, language), MODEL_VERSION)


def hall_table(appraisal: Appraisal, language: Language) -> Table:
    """Return what the change of the hall is worth to each group, against its desks and hours, graded."""
    asked = appraisal.question
    weak = grade_cell(appraisal.hall_grade, language)
    model = language("Queue model on assumed flights")
    typed = [f"{asked.desks_added:+d}".replace("-", "−"), str(asked.lane_desks), str(asked.hall_hours)]
    scenario = appraisal.minutes_saved(appraisal.hall_country)
    digits = words.common_digits(appraisal.hall_minutes.values(), language)
    minutes = {
        group: words.with_range(one, language, digits).alone for group, one in appraisal.hall_minutes.items()
    }
    rows = [
        (
            language("Desks added, of which kept for one group, hours a day"),
            {EVERYBODY: language.in_a_list(typed)},
            language("set on this page"),
            NOTHING,
        ),
        *_hall_passengers(appraisal, language),
        (language("Million minutes saved a year"), minutes, weak, model),
        *_hall_worth(appraisal, language),
        _hall_cost(appraisal, language),
        (
            language("Minutes a passenger in this hall"),
            {EVERYBODY: words.about(appraisal.hall_minutes_a_passenger.median, language)},
            weak,
            model,
        ),
        (
            language("Minutes a traveller in the scenario (never added)"),
            {EVERYBODY: words.about(scenario.median, language)},
            grade_cell(scenario.grade, language),
            language("Scenario model"),
        ),
    ]
    titles = {
        "what": language("Quantity"),
        **{group: words.hall_heading(group, appraisal.base_hall.hall, language) for group in minutes},
        "evidence": language("Evidence"),
        "rests_on": language("Rests on"),
    }
    cells = [(what, *(said.get(group, NOTHING) for group in minutes), *more) for what, said, *more in rows]
    return _rows(titles, cells, language)


def _hall_passengers(
    appraisal: Appraisal, language: Language
) -> Iterator[tuple[str, dict[str, str], str, str]]:
    """Yield the hall's passengers of a year by group, and what the share of its airport gives, where it is tabled."""
    every = {group: language.people_about(count) for group, count in appraisal.hall_passengers.items()}
    yield (
        language("Passengers a year, each day as the assumed one"),
        every,
        grade_cell(appraisal.hall_grade, language),
        language("Queue model on assumed flights"),
    )
    if appraisal.airport_visitors is not None:
        yield (
            language("Visitors a year at the whole airport, by its share"),
            {PARTNER: language.people_about(appraisal.airport_visitors)},
            grade_cell(appraisal.airport_grade, language),
            language("Shares of arrival airports"),
        )


def _hall_worth(appraisal: Appraisal, language: Language) -> Iterator[tuple[str, dict[str, str], str, str]]:
    """Yield what the hall's minutes are worth to each group by convention, with grade and assumptions."""
    titles = {
        "behavioural": language("worth, behavioural value of time"),
        "official": language("worth, Korean appraisal convention"),
        "official_unweighted": language("worth, Korean appraisal convention, queue minute unweighted"),
    }
    for convention, title in titles.items():
        labels = [(parameters().get(key) or scenario_parameters()[key]).label for key in MINUTE[convention]]
        values = appraisal.hall_values(convention)
        grade = values.pop(EVERYBODY).grade
        found = {group: _hall_sum(group, one, appraisal, language) for group, one in values.items()}
        yield (
            title,
            found,
            grade_cell(grade, language),
            language.in_clauses([language("Queue model on assumed flights"), *map(language, labels)]),
        )


def _hall_sum(group: str, one: Spread, appraisal: Appraisal, language: Language) -> str:
    """Return a sum of the hall in its country's currency; to those whose own country it would be, in theirs as well."""
    country = appraisal.hall_country
    here = in_currency(appraisal.answer, country, one)
    if group != PARTNER:
        return words.spread(here, language).alone
    home = words.spread(in_currency(appraisal.answer, OTHER[country], one), language)
    return language.in_clauses([home.alone, words.money_of(here, language).alone])


def _hall_cost(appraisal: Appraisal, language: Language) -> tuple[str, dict[str, str], str, str]:
    """Return what the officers of the added desks cost, with grade and assumptions."""
    rests_on = (parameters()[OFFICER[appraisal.hall_country]], parameters()["officer_hours"])
    return (
        language("Cost of the officers"),
        {EVERYBODY: words.spread(appraisal.hall_cost, language).alone},
        grade_cell(appraisal.hall_cost.grade, language),
        language.in_clauses([language(one.label) for one in rests_on]),
    )


def break_even_table(appraisal: Appraisal, language: Language) -> Table:
    """Return break-even minutes, minutes saved and the cost of a saved minute by country, as text, graded."""
    names = {
        "behavioural": language("Break-even minutes a traveller, behavioural value of time"),
        "official": language("Break-even minutes a traveller, Korean appraisal convention"),
        "official_unweighted": language(
            "Break-even minutes a traveller, Korean appraisal convention, queue minute unweighted"
        ),
        "saved": language("Minutes saved a traveller by the measures with a known price")
        if appraisal.answer.unpriced
        else language("Minutes saved a traveller by the measures"),
        "cost": language("Public cost of a saved minute"),
    }
    evidence = appraisal.evidence
    others = {"saved": evidence.priced["time_surplus"], "cost": evidence.cost_per_minute}
    columns = {country: _break_even_cells(appraisal, country, language) for country in COUNTRIES}
    said = set().union(*columns.values())
    grades = [
        (others[name] if name in others else evidence.break_even(name)) if name in said else None
        for name in names
    ]
    return table(
        language,
        [
            (Column("what", language("A year")), list(names.values())),
            *(
                (
                    Column(country, words.entering(country, language)),
                    [cells.get(name, NOTHING) for name in names],
                )
                for country, cells in columns.items()
            ),
            _graded(grades, language),
        ],
    )


def _break_even_cells(appraisal: Appraisal, country: Country, language: Language) -> dict[str, str]:
    found, cost = appraisal.break_even(country), cost_per_minute(appraisal.answer, country)
    cells = {name: words.with_range(one, language).alone for name, one in found.items()}
    if found:
        cells["saved"] = words.with_range(appraisal.minutes_saved(country, priced=True), language).alone
    if cost is not None:
        said = words.with_range(cost, language).alone
        cells["cost"] = (
            language("{range} yen", range=said) if country == "JPN" else language("{range} won", range=said)
        )
    return cells


def years_table(appraisal: Appraisal, language: Language) -> Table:
    """Return what the five years bring with their ramps, and the year in steady state: medians in own currency."""
    answer, evidence = appraisal.answer, appraisal.evidence
    factor = words.units_in_a_billion(language)
    columns = [
        (
            _amount(
                f"{country}_{name}",
                words.row_heading(country, name, language),
                MONEY[country],
                language,
                supported_by=appraisal.rows[country][name],
            ),
            [
                factor * in_currency(answer, country, Spread.of(values, WON, scale=BILLION)).median
                for values in (
                    *(getattr(year, name)[country] for year in answer.years),
                    getattr(answer.books[country], name),
                )
            ],
        )
        for name in ("surplus", "spending_received")
        for country in COUNTRIES
    ]
    years = [*(language.year(year.year) for year in answer.years), language("Steady state")]
    grades = [evidence.yearly] * len(answer.years) + [evidence.rows]
    weakest = [lowest([rows["surplus"], rows["spending_received"]]) for rows in grades]
    return table(language, [(Column("year", language("Year")), years), *columns, _graded(weakest, language)])


def quantities(appraisal: Appraisal, language: Language) -> Table:
    """Return what is bought and staffed, by lever and country, with the grade of each quantity beside it."""
    rows = [
        (
            _measure(outlay, language),
            words.country_name(outlay.country, language),
            language(words.QUANTITIES[name]),
            language.number(value, digits=0 if value == round(value) else 2),
            grade_cell(quantity_grade(outlay), language),
            "" if outlay.lever is None else language(needs()[outlay.lever.lever].note),
        )
        for outlay in appraisal.answer.outlays
        for name, value in asdict(outlay.quantities).items()
        if value
    ]
    titles = {
        "measure": language("Measure in the scenario"),
        "country": language("Country"),
        "quantity": language("Quantity"),
        "value": language("Value"),
        "evidence": language("Evidence"),
        "where_from": language("Where from"),
    }
    return _rows(titles, rows, language)


def measure_costs_table(answer: Worth, language: Language) -> Table:
    """Return what each measure costs each country a year, those without a known price named."""
    titles = {
        "measure": language("Measure in the scenario"),
        "country": language("Country"),
        "cost": language("Public cost a year, capital spread over its life"),
        "evidence": language("Evidence"),
    }
    known = [
        (
            _measure(outlay, language),
            words.country_name(outlay.country, language),
            words.spread(one, language).alone,
            grade_cell(one.grade, language),
        )
        for outlay, one in measure_costs(answer)
    ]
    unknown = [
        (language(choice.record.label), NOTHING, language("no published price"), NOTHING)
        for choice in answer.unpriced
    ]
    return _rows(titles, [*known, *unknown, *_uncounted(answer, language)], language)


def _uncounted(answer: Worth, language: Language) -> Iterator[tuple[str, str, str, str]]:
    """Yield the measures whose cost a country bears and is not counted, beside those without a known price."""
    typed = answer.options.quantities is not None
    for country in COUNTRIES:
        why, name = words.missing_cost(answer, country, language), words.country_name(country, language)
        if typed and answer.cost_missing(country):
            yield (language("typed"), name, why, NOTHING)
        for choice in () if typed else answer.uncounted(country):
            if choice not in answer.unpriced:
                yield (language(choice.record.label), name, language("not counted"), NOTHING)


def _measure(outlay: Outlay, language: Language) -> str:
    """Return the measure of an outlay; of JESTA, what of it is in the outlay."""
    name = language("typed") if outlay.lever is None else language(levers()[outlay.lever.lever].label)
    if not outlay.quantities.jesta:
        return name
    return language("{measure}: Koreans' share of building JESTA, no running cost", measure=name)


def inputs(every: Iterable[Input], language: Language) -> Table:
    """Return every input with its range, unit, year of prices, grade and sources."""
    titles = {
        "input": language("Input"),
        "value": language("Median (5th to 95th percentile)"),
        "unit": language("Unit"),
        "prices": language("Year of prices or rate"),
        "evidence": language("Evidence"),
        "source": language("Sources"),
    }
    rows = [
        (
            _input_name(one, language),
            _input_value(one, language),
            words.unit_word(one, language),
            words.period(one.prices, language) or NOTHING,
            grade_cell(one.grade, language),
            _input_source(one, language),
        )
        for one in every
    ]
    return _rows(titles, rows, language)


def assumptions(every: Iterable[Input], language: Language) -> Table:
    """Return every input as the Scenario page shows its assumptions, for files."""
    return assumption_table(tuple(_assumption(one, language) for one in every), language)


def _assumption(one: Input, language: Language) -> Assumption:
    sign = "%" if one.unit == "per cent" else ""
    unit = "" if sign or one.unit == "ratio" else words.unit_word(one, language)
    value = language("{number} {unit}", number=_input_value(one, language, sign), unit=unit).strip()
    prices = words.period(one.prices, language)
    prices = language("prices of {year}", year=prices) if prices and "won per" not in one.unit else prices
    return Assumption(
        _input_name(one, language),
        language.in_a_list([value, prices]),
        words.LIGHT[one.grade],
        None,
        _input_source(one, language),
    )


def _input_value(one: Input, language: Language, sign: str = "") -> str:
    """Return a value as printed where it is fixed, else to three figures of its range; a sum in the language's unit.

    sign: behind each number.
    """
    factor = words.units_in_a_billion(language) if one.unit in SUMS else 1.0
    if one.low == one.high:
        return f"{float(f'{factor * one.median:.8g}'):,.10g}".replace("-", "−") + sign
    digits = words.supported(Spread(one.median, one.low, one.high, ""), language, scale=factor) + 1
    low, median, high = (
        words.number(factor * end, digits, language) + sign for end in (one.low, one.median, one.high)
    )
    return language("{median} ({low} to {high})", median=median, low=low, high=high)


def _input_name(one: Input, language: Language) -> str:
    """Return the name of an input, behind its country where it belongs to one."""
    airport, typed = one.key.startswith(AIRPORT), one.label == TYPED
    name = (
        words.airport_name(one.label, language)
        if airport
        else words.unit_word(one, language)
        if typed
        else language(one.label)
    )
    countries = [country for country in COUNTRIES if country in one.key.split()]
    if not countries:
        return name
    return language("{country}: {part}", country=words.country_name(countries[0], language), part=name)


def _input_source(one: Input, language: Language) -> str:
    return language.in_clauses([*map(language, one.sources), language(one.note) if one.note else ""])


def _rows(titles: Mapping[str, str], rows: Sequence[Sequence[str]], language: Language) -> Table:
    """Return rows of text under headings. titles: heading by key."""
    return table(
        language,
        [
            (Column(key, title), [row[place] for row in rows])
            for place, (key, title) in enumerate(titles.items())
        ],
    )


def sensitivity_table(appraisal: Appraisal, language: Language) -> Table:
    """Return other readings of single rows, as text, graded; none is added to the books."""
    found = appraisal.readings
    return table(
        language,
        [
            (Column("reading", language("Reading")), [language(words.SENSITIVITIES[name]) for name in found]),
            *(
                (
                    Column(country, words.book_name(country, language)),
                    [
                        words.spread(rows[country], language).alone if country in rows else NOTHING
                        for rows in found.values()
                    ],
                )
                for country in COUNTRIES
            ),
            _graded([lowest(one.grade for one in rows.values()) for rows in found.values()], language),
        ],
    )


def _as_ranged(one: Spread, language: Language) -> float:
    """Return the median of a sum as a table writes it, as far as its range supports it."""
    factor = words.units_in_a_billion(language)
    return round(factor * one.median, words.supported(one, language))


def compared(setting: Setting, scenarios: Sequence[tuple[Worth, Grade | None]]) -> Figure:
    """Return several scenarios side by side: gain of both countries' travellers, and both public costs."""
    language = setting.language
    answers, grades = zip(*scenarios, strict=True) if scenarios else ((), ())
    names = [words.name_of(answer, language) for answer in answers]
    known = {c: any(words.known_only(answer, c) for answer in answers) for c in COUNTRIES}
    rows = {country: [book_rows(answer, country) for answer in answers] for country in COUNTRIES}

    def column(key: str, heading: str, country: Country, row: str, unit: str) -> tuple[Column, list[float]]:
        values = [_as_ranged(one[row], language) for one in rows[country]]
        return replace(_amount(key, heading, unit, language), trimmed=True), values

    shown = table(
        language,
        [
            (Column("label", language("Scenario")), names),
            *(column(c, words.row_heading(c, "surplus", language), c, "surplus", WON) for c in COUNTRIES),
            *(
                column(
                    f"{c}_cost",
                    words.row_heading(c, "public_cost", language, known=known[c]),
                    c,
                    "public_cost",
                    MONEY[c],
                )
                for c in COUNTRIES
            ),
            _graded(grades, language),
        ],
    )
    drawn, shared = _labelled(shown, grades)
    bars = drawn.frame[["label", "KOR", "JPN"]].set_axis(["label", "first", "second"], axis=1)
    return _made(
        setting,
        key="worth-compared",
        title=language("Scenarios side by side: gain of travellers a year"),
        takeaway=language.in_a_row(
            [
                language(
                    "Medians; ranges stand with each scenario. Neither spending nor revenue from charges is in these bars."
                ),
                shared,
            ]
        ),
        draw=partial(effect_bars.paired_bars, bars, pair=_pair(language), language=language),
        table=shown,
        office=OfficeChart("bar", drawn.select(["label", "KOR", "JPN"]), _looks()),
    )
