"""What a measure is worth and what it costs, answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from crossings.language import Language
from crossings.models.models import Models
from crossings.models.worth.formulas import WORTH_VERSION
from crossings.models.worth.parameters import COUNTRIES, Country
from crossings.models.worth.results import adds_charges
from crossings.questions.base import Figure, OnDemand, Table, View, unreadable
from crossings.questions.figure_context import Setting
from crossings.questions.registry import page_name
from crossings.questions.worth import figures
from crossings.questions.worth import sentences as words
from crossings.questions.worth.appraisal import Appraisal
from crossings.questions.worth.question import WorthQuestion
from crossings.questions.worth.stated import said
from crossings.tables.flows import Flow

TABLES = ("visitors", "visitor_spending", "values_of_time", "public_costs", "arrival_airports")


@dataclass(frozen=True, eq=False, kw_only=True)
class WorthView(View):
    """The answer about a scenario's worth; appraisal: what it rests on, for the controls."""

    question: WorthQuestion
    appraisal: Appraisal


def view(question: WorthQuestion, models: Models, language: Language) -> WorthView:
    """Return both books of a scenario, its outlay, what drives it and what it rests on."""
    appraisal = Appraisal(question, models)
    answer = appraisal.answer
    headline, method = words.headline(appraisal, language), words.method(answer, language)
    side = _verdict(appraisal, language)
    told = (side, words.deterrence(appraisal, language), words.spent(appraisal, language))
    further = (words.outlay(appraisal, language), words.outer(answer, language))
    lead, rest = (tuple(filter(None, said if answer.measured else ())) for said in (told, further))
    cautions = [words.caution_text(caution, language) for caution in answer.cautions]
    if appraisal.aimed_measures:
        cautions.append(words.aimed_share(language))
    if appraisal.halls_unpriced:
        cautions.append(words.aimed_cost(language))
    return WorthView(
        question=question,
        language=language,
        name=page_name("worth", language),
        answer=language.in_a_row([headline, *lead]),
        headline=headline,
        paragraphs=(*lead, *rest),
        notes=(words.basis(answer, language), *cautions),
        key_figures=figures.key_figures(appraisal, language),
        figures=_figures(appraisal, language),
        tables=_tables(appraisal, language),
        remarks=_remarks(appraisal, language),
        method=method,
        caveats="\n".join(f"- {point}" for point in (*method, words.left_out(language))),
        tables_used=TABLES,
        versions=((language("Model of benefits and costs"), WORTH_VERSION.removeprefix("worth ")),),
        assumptions=lambda: figures.assumptions(appraisal.inputs, language),
        appraisal=appraisal,
    )


def _figures(appraisal: Appraisal, language: Language) -> OnDemand[Figure]:
    answer, question = appraisal.answer, appraisal.question
    setting = Setting(
        appraisal.models.published,
        Flow.BOTH,
        language,
        model_version=WORTH_VERSION,
        scenario=words.named(appraisal, language),
    )
    makers: dict[str, Callable[[], Figure]] = {
        "worth-books": partial(figures.books, setting, appraisal),
        "worth-outlay": partial(figures.outlay, setting, appraisal),
        "worth-airports": partial(figures.landing, setting, appraisal),
        "worth-hall": partial(figures.hall, setting, appraisal),
        "worth-compared": lambda: figures.compared(setting, appraisal.others),
    }

    def drivers(country: Country, key: str) -> Figure:
        if not appraisal.drivers[country, question.row]:
            raise unreadable(key)
        return figures.drivers(setting, appraisal, country)

    for country in COUNTRIES if answer.measured else ():
        key = f"worth-drivers-{country.lower()}"
        makers[key] = partial(drivers, country, key)

    def ratios() -> Figure:
        if not appraisal.ratios:
            raise unreadable("worth-ratios")
        return figures.ratios(setting, appraisal)

    makers["worth-ratios"] = ratios
    said = dict.fromkeys(makers, words.conditions(appraisal, language))
    said |= dict.fromkeys(("worth-books", "worth-ratios"), words.gain_against_cost(appraisal, language))
    said["worth-compared"] = words.conditions(appraisal, language, aims=False)
    return OnDemand({key: partial(_under, make, said[key]) for key, make in makers.items()})


def _under(make: Callable[[], Figure], conditions: str) -> Figure:
    """Return a figure whose takeaway names what it holds under: a sentence on its takeaway alone copies both."""
    made = make()
    takeaway = made.language.in_a_row([made.takeaway, conditions])
    return replace(made, takeaway=takeaway) if conditions else made


def _tables(appraisal: Appraisal, language: Language) -> OnDemand[Table]:
    answer = appraisal.answer
    return OnDemand(
        {
            "books": partial(figures.books_table, appraisal, language),
            "break-even": partial(figures.break_even_table, appraisal, language),
            "years": partial(figures.years_table, appraisal, language),
            "measure-costs": partial(figures.measure_costs_table, answer, language),
            "present-values": partial(figures.present_value_table, appraisal, language),
            "quantities": partial(figures.quantities, appraisal, language),
            "inputs": lambda: figures.inputs(appraisal.inputs, language),
            "sensitivities": partial(figures.sensitivity_table, appraisal, language),
            "hall": partial(figures.hall_table, appraisal, language),
        }
    )


def _verdict(appraisal: Appraisal, language: Language) -> str:
    typed = appraisal.answer.options.quantities is not None
    return words.verdict(appraisal.ratios, appraisal.grades["public_cost"], language, typed=typed)


def _remarks(appraisal: Appraisal, language: Language) -> OnDemand[str]:
    answer, conditions = appraisal.answer, words.gain_against_cost(appraisal, language)

    def drivers() -> str:
        return language.in_a_row(
            list(words.driver_lines(appraisal.drivers, appraisal.question.row, language))
        )

    def ratios() -> str:
        rates = {country: appraisal.discount_percent(country) for country in COUNTRIES}
        charges = adds_charges(answer)
        lines = list(words.ratio_lines(appraisal.ratios, rates, language, charges=charges))
        at = words.discount_rates(appraisal.question.discount, language)
        return said(language, *lines, *([at] if lines else []))

    def break_even() -> str:
        said = [words.break_even(appraisal, country, language) for country in language.own_first(COUNTRIES)]
        return language.in_a_row([*said, conditions if any(said) else ""])

    return OnDemand(
        {
            "verdict": lambda: _verdict(appraisal, language),
            "no-ratio": lambda: words.no_ratio(answer, language),
            "typed-quantities": lambda: words.typed_quantities(language),
            "ramp": lambda: words.ramp(appraisal, language),
            "break-even": break_even,
            "drivers": drivers,
            "ratios": ratios,
            "present-values": lambda: language.in_a_row(
                [words.present_value_note(answer, language), conditions]
            ),
            "hall": lambda: words.hall_note(appraisal, language),
            "evidence": lambda: words.evidence(appraisal.inputs, language),
            "grades": lambda: "\n".join(words.graded(appraisal.inputs, language)),
            "left-out": lambda: words.left_out(language),
        }
    )
