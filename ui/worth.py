"""The controls and folds of the Worth page."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import cast

from crossings.language import Language
from crossings.language.halls import hall_name
from crossings.models.queue.presets import halls
from crossings.models.scenario.settings import Settings, to_json
from crossings.models.worth.aim import shares
from crossings.models.worth.costs import together
from crossings.models.worth.drivers import ROWS
from crossings.models.worth.inputs import (
    LARGEST_QUANTITY,
    MOST_OF,
)
from crossings.models.worth.model import FIRST_YEARS
from crossings.models.worth.parameters import COUNTRIES, OTHER, Country
from crossings.questions.registry import page_name
from crossings.questions.worth import sentences as words
from crossings.questions.worth.question import WorthQuestion
from crossings.questions.worth.view import WorthView
from ui import address, controls, figure, scenarios, state, worth_settings
from ui import screen as st
from ui.models import view
from ui.page import fold


def view_of(question: WorthQuestion, language: Language) -> WorthView:
    """Return a scenario's worth."""
    return cast("WorthView", view(question, language))


def ask(settings: Settings, language: Language) -> WorthQuestion:
    """Draw the controls at the top and return what the page is asked; those further down hold their values already."""
    question = worth_settings.ask(settings, "evidence", hall=True)
    _select(language("Base year"), "base_year", worth_settings.base_years(), language.year)
    _select(language("First year of outlay"), "first_year", range(*FIRST_YEARS), language.year)
    names = dict(zip(worth_settings.rates(), (language("Scenario"), language("Mean of 2025")), strict=True))
    with st.popover(language("More")):
        _segmented(language("Won per 100 yen"), "won", list(names), names.__getitem__)
        priors = controls.priors(language)
    return replace(question, priors=priors)


def _select(label: str, key: str, options: Sequence[int], name: Callable[[int], str]) -> None:
    with st.container(width=140):
        st.selectbox(label, options, key=state.control(key), format_func=state.named(options, name))


def _segmented(label: str, key: str, options: Sequence[str], name: Callable[[str], str]) -> str:
    chosen = st.segmented_control(
        label,
        options,
        key=state.control(key),
        required=True,
        wrap=True,
        format_func=state.named(options, name),
    )
    return str(chosen)


def _outlay(answer: WorthView, language: Language) -> None:
    """Draw the five years: additional outlay, and what the measures bring while they take hold."""
    figure.show(answer.figures["worth-outlay"], language, question=answer.question)
    figure.rows(answer.tables["years"], alt=language("Gains and spending over five years (medians)"))
    st.caption(answer.remarks["ramp"])


def _break_even(answer: WorthView, language: Language) -> None:
    """Draw what time saved must be, and what a saved minute costs."""
    figure.rows(answer.tables["break-even"], alt=language("Break-even minutes and cost of a saved minute"))
    if answer.remarks["break-even"]:
        st.caption(answer.remarks["break-even"])


def _inputs(answer: WorthView, language: Language) -> None:
    """Draw every input with its grade and source."""
    for line in (answer.remarks["evidence"], *answer.remarks["grades"].splitlines()):
        st.caption(line)
    figure.rows(answer.tables["inputs"], alt=language("Every input with its grade and source"))


def _drivers(answer: WorthView, language: Language) -> None:
    """Draw what drives a row of each book, and the choice of the row."""
    st.selectbox(
        language("What drives"),
        ROWS,
        key=state.control("row"),
        width=360,
        format_func=state.named(ROWS, lambda row: language(words.ROWS[row])),
    )
    grid = figure.pair()
    for country in COUNTRIES:
        if answer.appraisal.drivers[country, answer.question.row]:
            with grid.cell():
                drawn = answer.figures[f"worth-drivers-{country.lower()}"]
                figure.show(drawn, language, question=answer.question)


def _landing(answer: WorthView, language: Language) -> None:
    """Draw where it lands, and the choice of airports that the measures are aimed at."""
    names = {"everywhere": language("everywhere")} | {c: words.country_name(c, language) for c in COUNTRIES}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        aim = _segmented(language("Aim the measures at airports of"), "aim", list(names), names.__getitem__)
        if aim != "everywhere":
            codes = worth_settings.codes(aim)
            if not set(state.entered("airports", [])) <= set(codes):
                state.show({"airports": []})
            st.multiselect(
                language("Airports"),
                codes,
                key=state.control("airports"),
                format_func=state.named(codes, lambda code: words.airport_name(code, language)),
            )
    figure.show(answer.figures["worth-airports"], language, question=answer.question)


def folds(answer: WorthView, language: Language) -> None:
    """Draw the folds below the figures; what a fold holds is worked out when it is open."""
    titles = {
        "outlay": language("Additional outlay of five years"),
        "break-even": language("Break-even minutes and cost of a saved minute"),
        "ratio": language("Benefit over public cost, by discount rate"),
        "quantities": language("Public cost by measure: quantities and their evidence, to be typed"),
        "drivers": language("Most influential assumptions"),
        "landing": language("Effect by airport of arrival"),
        "shares": language("Shares of airports of arrival, to be typed"),
        "hall": language("From the arrival hall: minutes over all groups, desks and hours"),
        "inputs": language("Every input with its grade and source"),
        "readings": language("Other readings of single rows"),
        "compare": language("Scenarios kept for comparison"),
        "take-away": language("Save, copy a link"),
        "limits": language("How it is calculated, and what is not counted"),
    }
    drawn: Mapping[str, Callable[[], object]] = {
        "outlay": lambda: _outlay(answer, language),
        "break-even": lambda: _break_even(answer, language),
        "ratio": lambda: _ratios(answer, language),
        "quantities": lambda: _quantities(answer, language),
        "drivers": lambda: _drivers(answer, language),
        "landing": lambda: _landing(answer, language),
        "shares": lambda: _shares(answer, language),
        "hall": lambda: _hall(answer, language),
        "inputs": lambda: _inputs(answer, language),
        "readings": lambda: figure.rows(answer.tables["sensitivities"], alt=titles["readings"]),
        "compare": lambda: _compare(answer, language),
        "take-away": lambda: _take_away(answer.question, language),
        "limits": lambda: st.markdown(answer.caveats),
    }
    for key, draw in drawn.items():
        fold(f"worth-{key}", titles[key], draw)


def _ratios(answer: WorthView, language: Language) -> None:
    names = {"home": words.own_rates(language)}
    _segmented(
        language("Social discount rate"),
        "discount",
        worth_settings.discounts(),
        lambda rate: names.get(rate) or language("{rate}% (sensitivity, not checked)", rate=rate),
    )
    if answer.appraisal.ratios:
        figure.show(answer.figures["worth-ratios"], language, question=answer.question)
        figure.rows(answer.tables["present-values"], alt=language("Net present value"))
        st.caption(answer.remarks["present-values"])
    else:
        st.caption(answer.remarks["no-ratio"])


def _quantities(answer: WorthView, language: Language) -> None:
    """Draw what each measure costs, what is bought and staffed with its grades, and controls to type it."""
    figure.rows(answer.tables["measure-costs"], alt=language("Public cost by measure"))
    figure.rows(answer.tables["quantities"], alt=language("Quantities and their evidence"))
    known = {country: asdict(together(answer.appraisal.answer.outlays, country)) for country in COUNTRIES}
    names = {name: language(label) for name, label in words.QUANTITIES.items()}
    _numbers("quantities", known, dict.fromkeys(COUNTRIES, names), language)
    st.caption(answer.remarks["typed-quantities"])
    if answer.question.quantities:
        st.button(
            language("Back to the assumed quantities"), on_click=state.safe(_forget), args=("quantities",)
        )


def _shares(answer: WorthView, language: Language) -> None:
    """Draw controls to type the shares of airports; the other airports take what is left of 100."""
    known = {country: shares(country, answer.appraisal.typed_shares.get(country)) for country in COUNTRIES}
    names = {
        country: {code: words.airport_name(code, language) for code in rows if code != OTHER}
        for country, rows in known.items()
    }
    _numbers("shares", known, names, language)
    st.caption(
        language(
            "In per cent; tabled and typed shares are weak evidence. Other airports and seaports take what is left of 100."
        )
    )
    if answer.question.shares:
        st.button(language("Back to the tabled shares"), on_click=state.safe(_forget), args=("shares",))


def _numbers(
    key: str,
    known: Mapping[Country, Mapping[str, float]],
    names: Mapping[Country, Mapping[str, str]],
    language: Language,
) -> None:
    """Draw a number for each name of each country; a typed one goes into the question under `key`."""
    with st.grid(4, min_column_width=180, gap="small"):
        for country, rows in names.items():
            for name, label in rows.items():
                own, control = float(known[country][name]), f"{key}-{country}-{name}"
                state.show({control: own})
                st.number_input(
                    language("{country}: {part}", country=words.country_name(country, language), part=label),
                    min_value=0.0,
                    max_value=own + known[country].get(OTHER, 0.0)
                    if key == "shares"
                    else MOST_OF.get(name, LARGEST_QUANTITY),
                    key=state.control(control),
                    on_change=state.safe(_typed),
                    args=(key, country, name, known),
                )


def _typed(key: str, country: Country, name: str, known: Mapping[Country, Mapping[str, float]]) -> None:
    """Take a typed number over into the question."""
    typed = {place: {part: value for part, value in rows.items() if value} for place, rows in known.items()}
    typed[country][name] = float(state.entered(f"{key}-{country}-{name}", 0.0))
    if key == "shares":
        named = sum(share for code, share in typed[country].items() if code != OTHER)
        typed[country][OTHER] = round(max(100 - named, 0.0), 6)
    state.show({key: json.dumps(typed)})


def _forget(key: str) -> None:
    """Leave out what was typed."""
    state.show({key: ""})


def _hall(answer: WorthView, language: Language) -> None:
    """Draw a change of one arrival hall and what it is worth over all groups."""
    known = {hall.key: hall for hall in halls()}
    labels = {
        "desks_added": language("Desks added (below 0: closed)"),
        "lane_desks": language("of which for the other country's nationals only"),
        "hall_hours": language("Hours a day"),
    }
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            language("Hall"),
            list(known),
            key=state.control("hall"),
            width=240,
            format_func=state.named(known, lambda key: hall_name(known[key], language)),
        )
        for key, (_, low, high) in worth_settings.HALL_NUMBERS.items():
            st.number_input(labels[key], low, high, key=state.control(key), step=1, width=200)
    figure.show(answer.figures["worth-hall"], language, question=answer.question)
    figure.rows(answer.tables["hall"], alt=language("What the hall saves, beside the scenario"))
    st.caption(answer.remarks["hall"])


def _compare(answer: WorthView, language: Language) -> None:
    """Draw the scenarios that were kept for comparison on the Scenario page."""
    kept: dict[str, Settings] = state.get(scenarios.KEPT, {})
    if not kept:
        st.caption(
            language(
                "No scenario is kept. Keep up to four on the page “{page}”.",
                page=page_name("scenario", language),
            )
        )
        return
    every = json.dumps([to_json(scenario) for scenario in kept.values()], ensure_ascii=False)
    compared = view_of(replace(answer.question, compared=every), language)
    figure.show(compared.figures["worth-compared"], language, question=compared.question)


def _take_away(question: WorthQuestion, language: Language) -> None:
    st.caption(language("Link to this page: all levers, years, rates, typed quantities and shares."))
    st.code(question.link(address.app_address(), language.code), language=None, wrap_lines=True)
    st.download_button(
        language("Save as a file"),
        worth_settings.file(question),
        file_name="scenario.json",
        mime="application/json",
        on_click="ignore",
    )
    st.caption(
        language(
            "The file holds the levers and the settings of this page; load it on the page “{page}”.",
            page=page_name("scenario", language),
        )
    )
