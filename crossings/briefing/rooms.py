"""Every page's answer and figures, made anew from a recipe, in any language."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

import pandas as pd

from crossings.briefing.material import Material
from crossings.briefing.sentences import page_name
from crossings.errors import CrossingsError
from crossings.export import Figure
from crossings.language import Language
from crossings.language.labels import subject
from crossings.models.forecast.exchange import CODES, Effect
from crossings.models.forecast.milestone import milestone
from crossings.models.forecast.pool import GROWTH_A_YEAR
from crossings.models.queue.presets import source_titles
from crossings.models.scenario.levers import PRIOR_SETS, Grade, PriorSet
from crossings.questions.figure_context import Setting
from crossings.questions.recipe import Recipe, unreadable
from crossings.questions.scenario.sentences import impact_word, quality_word
from crossings.questions.track_record import selection as record
from crossings.tables.flows import Flow

Makers = Mapping[str, Callable[[], Figure | None]]
UNWTO = "World Tourism Organization, Tourism Towards 2030 (2011)"
MOST_POINTS = 5


@dataclass(frozen=True)
class Assumption:
    """One assumption of a room: what, which value, how good its evidence, how much hangs on it, from where."""

    label: str
    value: str
    quality: Grade
    impact: Grade | None
    source: str


@dataclass(frozen=True)
class Room:
    """One page in one state: its name, answer, figures by key, method, assumptions and what it rests on.

    tables: published tables whose sources count here. versions: further model versions. assumptions: as
    Assumption, or a table of the page's own with the same columns (see assumption_table).
    """

    name: str
    answer: str
    figures: Makers
    method: tuple[str, ...]
    tables: tuple[str, ...]
    assumptions: tuple[Assumption, ...] = ()
    graded: pd.DataFrame = field(default_factory=pd.DataFrame)
    versions: tuple[tuple[str, str], ...] = ()
    likelihood: bool = False


def room(asked: Recipe, material: Material, language: Language) -> Room:
    """Return a page in a recipe's state. Raises RecipeUnreadable and what the page's own models raise."""
    return ROOMS[asked.page](asked, material, language)


def figure(asked: Recipe, key: str, found: Room) -> Figure:
    """Return one figure of a room. Raises RecipeUnreadable where the room has none of that name."""
    make = found.figures.get(key)
    made = make() if make is not None else None
    if made is None:
        raise unreadable(key)
    return made


def assumption_table(rows: tuple[Assumption, ...], language: Language) -> pd.DataFrame:
    """Return assumptions as text, under the headings that the Scenario page uses."""
    return pd.DataFrame(
        {
            language("Assumption"): [row.label for row in rows],
            language("Median (5th to 95th percentile)"): [row.value for row in rows],
            language("Evidence"): [quality_word(row.quality, language) for row in rows],
            language("Impact"): [
                "–" if row.impact is None else impact_word(row.impact, language) for row in rows
            ],
            language("Sources"): [row.source for row in rows],
        }
    )


def _points(markdown: str) -> tuple[str, ...]:
    """Return a page's caveats, written as a Markdown list, as plain points."""
    lines = (line[2:] for line in markdown.splitlines() if line.startswith("- "))
    return tuple(line.replace("**", "") for line in lines)[:MOST_POINTS]


def _overview(asked: Recipe, material: Material, language: Language) -> Room:
    from crossings.questions.overview import figures
    from crossings.questions.overview import sentences as words
    from crossings.tables.flows import DIRECTIONS

    published, flow, mark, years = material.published, asked.flow(), asked.mark(), asked.span("years")
    measure = asked.text("measure")
    if measure not in figures.MEASURES:
        raise unreadable("measure")
    setting = Setting(published, flow, language)
    main = figures.main_figure(setting, measure=measure, mark=mark, years=years)
    makers: dict[str, Callable[[], Figure | None]] = {
        f"overview-{one.value.lower()}": lambda one=one: figures.monthly(  # type: ignore[misc]
            Setting(published, Flow(one), language), years=years, key=f"overview-{one.value.lower()}"
        )
        for one in DIRECTIONS
    }
    return Room(
        name=page_name("overview", language),
        answer=figures.answer(setting, mark=mark),
        figures={main.key: lambda: main, **makers},
        method=_points(words.caveats(language)),
        tables=("visitors",),
    )


def growth_assumption(language: Language) -> Assumption:
    """Return the long-run growth that every simulated path carries."""
    label = language("Long-run growth added to every simulated path, a year")
    return Assumption(label, language.percent(GROWTH_A_YEAR), "amber", "amber", UNWTO)


def _shock_assumption(share: float, language: Language) -> Assumption:
    label = language("Rare slumps (boycott, disaster, epidemic): chance a year")
    return Assumption(label, language.percent(share, digits=0), "red", "amber", language("assumption"))


def _exchange_assumptions(effect: Effect | None, language: Language) -> list[Assumption]:
    """Return the elasticities behind the exchange-rate switch, estimated from the months known then."""
    grades: tuple[Grade, Grade] = ("amber", "red")
    return [
        Assumption(
            language("{who}: change per 1% more won per yen", who=subject(flow, language)),
            f"{language.percent(found.elasticity / 100, signed=True)} "
            + language("(standard error {error})", error=language.number(found.error, digits=1)),
            grade,
            "amber",
            language("estimated from the months known then"),
        )
        for (flow, found), grade in zip(effect.responses.items() if effect else (), grades, strict=False)
    ]


def _milestone(asked: Recipe, material: Material, language: Language) -> Room:
    from crossings.models.forecast.shocks import SUGGESTED_PROBABILITY_PER_YEAR
    from crossings.questions.milestone import figures
    from crossings.questions.milestone import sentences as words

    flow, as_of = asked.flow(), asked.month("as_of")
    shocks = SUGGESTED_PROBABILITY_PER_YEAR if asked.switch("shocks") else 0.0
    path = CODES.get(asked.state.get("fx", "off"))
    projection = material.projection(as_of, 0.0, None)
    ask = partial(milestone, flow=flow, year=asked.whole("year"), mark=asked.mark())
    result = ask(projection)
    setting = Setting(material.published, flow, language, as_of=as_of, model_version=projection.model_version)
    said, assumed = words.answer(result, language), [growth_assumption(language)]
    if shocks:
        struck = ask(material.projection(as_of, shocks, None))
        said = f"{said} {words.with_shocks(result, struck, shocks, language)}"
        assumed.append(_shock_assumption(shocks, language))
    if path is not None:
        walked = material.projection(as_of, 0.0, path)
        moved = words.exchange_sentences(result, ask(walked), walked.exchange, language)
        said = f"{said} {moved[0]}" if moved else said
        assumed += _exchange_assumptions(walked.exchange, language)
    return Room(
        name=page_name("milestone", language),
        answer=said,
        figures={
            "milestone-fan": lambda: figures.fan(setting, result),
            "milestone-month": lambda: figures.month_passed(setting, result),
            "milestone-curve": lambda: figures.curve(setting, result),
        },
        method=(words.rule(flow, language), *_points(words.caveats(language))),
        tables=("visitors",),
        assumptions=tuple(assumed),
        likelihood=True,
    )


def _track_record(asked: Recipe, material: Material, language: Language) -> Room:
    from crossings.questions.track_record import figures
    from crossings.questions.track_record import sentences as words

    kept = material.record()
    seen = None
    if asked.text("era") in record.eras(kept) and asked.text("asked") in list(record.Asked):
        chosen = record.Asked(asked.text("asked"))
        seen = record.view(kept, flow=asked.flow(), era=asked.text("era"), asked=chosen)
    if seen is None:
        raise unreadable("era")
    setting = Setting(material.published, seen.flow, language, model_version=kept.model_version)
    return Room(
        name=page_name("track_record", language),
        answer=words.answer(seen, language),
        figures={
            "track-record-error": lambda: figures.error_by_month(setting, seen),
            "track-record-reliability": lambda: figures.reliability(setting, seen),
            "track-record-coverage": lambda: figures.coverage(setting, seen),
            "track-record-outcomes": lambda: figures.outcomes(setting, seen),
        },
        method=_points(words.caveats(language)),
        tables=("visitors",),
    )


def _scenario(asked: Recipe, material: Material, language: Language) -> Room:
    from crossings.models.scenario import describe, sensitivity
    from crossings.models.scenario.model import Stage, run
    from crossings.models.scenario.settings import settings_from_json, settings_from_query
    from crossings.questions.scenario import figures
    from crossings.questions.scenario import sentences as words

    flow, as_of, mark, year = asked.flow(), asked.month("as_of"), asked.mark(), asked.whole("scenario_year")
    priors = _priors(asked.text("priors"))
    settings = settings_from_query(asked.state)
    projection = material.projection(as_of, 0.0, None)
    stage = Stage.of(projection)
    result = run(stage, settings, flow=flow, year=year, mark=mark, priors=priors)
    base = milestone(projection, flow=flow, year=year, mark=mark)
    name = words.name_of(settings, language)
    version = f"{result.model_version}/{result.scenario_version}"
    setting = Setting(material.published, flow, language, as_of=as_of, model_version=version, scenario=name)
    said = describe.description(settings, months=projection.months, priors=priors)

    def drivers() -> Figure | None:
        bars = sensitivity.tornado(stage, settings, flow=flow, priors=priors)
        return figures.tornado(setting, result, bars[:12]) if bars else None

    def compared() -> Figure:
        kept = [settings_from_json(one) for one in _texts(asked.text("compared"))]
        every = [run(stage, one, flow=flow, year=year, mark=mark, priors=priors) for one in kept]
        return figures.compared(setting, every)

    return Room(
        name=page_name("scenario", language),
        answer=f"{words.answer(result, language, settled=base.settled)} "
        + words.error_beside(result, *base.interval_80, language),
        figures={
            "scenario-flows": lambda: figures.flows(setting, result),
            "scenario-directions": lambda: figures.by_direction(setting, result),
            "scenario-waterfall": lambda: figures.waterfall(
                setting, result, sensitivity.waterfall(stage, settings, flow=flow, priors=priors)
            ),
            "scenario-tornado": drivers,
            "scenario-compared": compared,
            "scenario-priors": lambda: figures.priors_compared(
                setting,
                [run(stage, settings, flow=flow, year=year, mark=mark, priors=one) for one in PRIOR_SETS],
            ),
        },
        method=_points(words.limits(language)),
        tables=("visitors", "air_supply", "exchange_rates"),
        graded=figures.assumptions(result, said, language, parameters=describe.in_use(settings, priors)),
        assumptions=(growth_assumption(language),),
        versions=((language("Scenario model"), result.scenario_version),),
        likelihood=True,
    )


def _priors(text: str) -> PriorSet:
    for name in PRIOR_SETS:
        if name == text:
            return name
    raise unreadable("priors")


def _texts(text: str) -> list[str]:
    try:
        rows = json.loads(text)
    except ValueError:
        raise unreadable("compared") from None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, str) for row in rows):
        raise unreadable("compared")
    return rows


def _border(asked: Recipe, material: Material, language: Language) -> Room:
    from crossings.models.queue import MODEL_VERSION
    from crossings.models.queue.flights import PARTNER
    from crossings.models.queue.hall import run_hall
    from crossings.models.queue.presets import calibrated
    from crossings.models.queue.report import (
        desks_for_target,
        hall_question_from_json,
        lane_prices,
        shares_by_desks,
    )
    from crossings.questions.border import figures
    from crossings.questions.border import sentences as words

    base = calibrated(asked.text("hall"))
    question = hall_question_from_json(asked.text("settings"))
    before, after = run_hall(base.flights, base.settings), run_hall(question.grown, question.settings)
    halls = figures.Halls(base, before, after, language)
    return Room(
        name=page_name("border", language),
        answer=words.answer(
            base, before.groups, after.groups, language, changed=asked.switch("changed"), hint=False
        ),
        figures={
            "border-queue": lambda: figures.queue(halls),
            "border-waits": lambda: figures.waits(halls),
            "border-lane": lambda: (
                figures.lane_price(halls, lane_prices(question.grown, question.settings))
                if PARTNER in question.grown.groups
                else None
            ),
            "border-desks": lambda: figures.desks(
                halls,
                shares_by_desks(question.grown, question.settings),
                desks_for_target(question.grown, question.settings),
            ),
        },
        method=_points(words.caveats(language)),
        tables=(),
        versions=((language("Hall model"), MODEL_VERSION.removeprefix("hall ")),),
        assumptions=(
            Assumption(
                language("Desks staffed"),
                language.number(base.settings.desks),
                _grade(base.hall.desks.grade),
                None,
                _titles(base.hall.desks.source, language),
            ),
            Assumption(
                language("Banks of flights through the day"),
                language(
                    "scaled by {factor} to meet the anchor", factor=language.number(base.factor, digits=2)
                ),
                _grade(base.hall.flights_grade),
                None,
                _titles(base.hall.flights_source, language),
            ),
        ),
    )


def _titles(keys: str, language: Language) -> str:
    """Return the titles of a hall's sources, or that it is an assumption."""
    return "; ".join(source_titles(keys)) or language("assumption")


def _grade(text: str) -> Grade:
    grades: dict[str, Grade] = {"green": "green", "amber": "amber", "red": "red"}
    return grades.get(text, "red")


def _history(asked: Recipe, material: Material, language: Language) -> Room:
    from crossings.briefing.past import history_figures, intervention_of
    from crossings.models.events import MODEL_VERSION
    from crossings.questions.history import sentences as words

    flow, event = asked.flow(), intervention_of(asked)
    setting = Setting(material.published, flow, language, model_version=MODEL_VERSION)
    both_ways = Setting(material.published, Flow.BOTH, language, model_version=MODEL_VERSION)
    try:
        said = words.answer(material.estimate(flow, event), language)
    except CrossingsError:
        said = words.no_answer(event, flow, language)
    return Room(
        name=page_name("history", language),
        answer=said,
        figures=history_figures(asked, event, setting, both_ways, material),
        method=_points(words.caveats(language)),
        tables=("visitors", "exchange_rates", "events"),
        versions=((language("History model"), MODEL_VERSION.removeprefix("history ")),),
    )


def _abroad(asked: Recipe, material: Material, language: Language) -> Room:
    from crossings.questions.abroad import figures
    from crossings.questions.abroad import sentences as words
    from crossings.tables import abroad

    known = abroad.load()
    setting = figures.Setting(known, language, material.published.digest)
    kinds, number, country = abroad.kinds(known), asked.whole("counted"), asked.text("country")
    if not 1 <= number <= len(kinds):
        raise unreadable("counted")
    if country not in abroad.countries(known):
        raise unreadable("country")
    return Room(
        name=page_name("abroad", language),
        answer=words.answer(known, language),
        figures={
            "abroad-map": lambda: figures.third_countries(
                setting, kind=kinds[number - 1], country=country, near=asked.switch("near")
            ),
            "abroad-carried": lambda: figures.carried(setting),
            "abroad-residents": lambda: figures.residents(setting),
            "abroad-students": lambda: figures.students(setting),
            "abroad-working-holiday": lambda: figures.working_holiday(setting),
        },
        method=_points(words.caveats(language)),
        tables=("residents", "nationals_abroad", "joint_evacuations"),
    )


ROOMS: Mapping[str, Callable[[Recipe, Material, Language], Room]] = MappingProxyType(
    {
        "overview": _overview,
        "milestone": _milestone,
        "track_record": _track_record,
        "scenario": _scenario,
        "border": _border,
        "history": _history,
        "abroad": _abroad,
    }
)
