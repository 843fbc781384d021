"""Where exchanges stand, answered."""

from functools import partial

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.language.calendar import calendar_sentence
from crossings.models.models import Models
from crossings.questions.base import Figure, OnDemand, Span, View, points
from crossings.questions.figure_context import Setting
from crossings.questions.overview import figures
from crossings.questions.overview import sentences as words
from crossings.questions.overview.question import OverviewQuestion
from crossings.questions.registry import page_name
from crossings.tables.flows import DIRECTIONS, Flow


def view(question: OverviewQuestion, models: Models, language: Language) -> View:
    """Return the year to date, the chosen measure of a flow and both directions by month."""
    published, years = models.published, question.years
    setting = Setting(published, question.flow, language)
    main_key = "overview-cumulative" if question.measure == "cumulative" else f"overview-{question.measure}"
    makers = {
        main_key: partial(
            figures.main_figure, setting, measure=question.measure, mark=question.mark, years=years
        )
    }
    for flow in DIRECTIONS:
        key = f"overview-{flow.value.lower()}"
        makers[key] = partial(_direction, models, flow, years, language, key)
    headline = setting.counting(figures.answer(setting, mark=question.mark))
    by_hand = setting.by_hand
    return View(
        question=question,
        language=language,
        name=page_name("overview", language),
        answer=language.in_a_row([headline, by_hand]),
        headline=headline,
        notes=(by_hand,) if by_hand else (),
        key_figures=tuple(figures.key_figures(published, language)),
        figures=OnDemand(makers),
        tables=OnDemand({"side-by-side": partial(figures.at_a_glance, setting)}),
        method=points(words.caveats(language)),
        caveats=words.caveats(language),
        remarks=OnDemand(
            {
                "to-copy": partial(figures.to_copy, setting),
                "calendar": partial(_calendar, setting, models),
            }
        ),
    )


def _direction(models: Models, flow: Flow, years: Span, language: Language, key: str) -> Figure:
    """Return a direction's months, the same for every flow, mark and way of looking at it."""
    setting = Setting(models.published, flow, language)
    return models.memory.recall(
        "figure",
        (models.stamp, key, years, language.code),
        partial(figures.monthly, setting, years=years, key=key),
    )


def _calendar(setting: Setting, models: Models) -> str:
    """Return how much of the last month's change is the moved calendar, or why it cannot be told."""
    from crossings.models.events.calendar import calendar_fits, calendar_part

    try:
        part = calendar_part(calendar_fits(models.baselines()), flow=setting.flow, month=setting.last_month)
    except CrossingsError as fault:
        return setting.language.error(fault)
    return calendar_sentence(part, setting.language)
