"""What moved the flows before, answered."""

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.models.events import MODEL_VERSION
from crossings.models.events.calendar import calendar_fits, change_without_calendar
from crossings.models.events.decomposition import balance, decompose
from crossings.models.events.marks import filtered, marks
from crossings.models.events.placebo import rank
from crossings.models.events.statements import judge, statements
from crossings.models.models import Models
from crossings.questions.base import Figure, OnDemand, View, points, unreadable
from crossings.questions.figure_context import Setting
from crossings.questions.history import figures
from crossings.questions.history import sentences as words
from crossings.questions.history.question import HistoryQuestion
from crossings.questions.registry import page_name
from crossings.tables.flows import Flow, read_table


def view(question: HistoryQuestion, models: Models, language: Language) -> View:
    """Return the estimate of a past event, its checks, the timeline and what was said."""
    flow, event = question.flow, question.intervention()
    setting = Setting(models.published, flow, language, model_version=MODEL_VERSION)
    try:
        said = words.answer(models.estimate(flow, event), language)
    except CrossingsError:
        said = words.no_answer(event, flow, language)
    return View(
        question=question,
        language=language,
        name=page_name("history", language),
        answer=said,
        figures=_figures(question, models, setting),
        method=points(words.caveats(language)),
        tables_used=("visitors", "exchange_rates", "events"),
        versions=((language("History model"), MODEL_VERSION.removeprefix("history ")),),
    )


def _figures(question: HistoryQuestion, models: Models, setting: Setting) -> OnDemand[Figure]:
    """Return what makes each of the page's figures; nothing is fitted yet."""
    flow, event, language = question.flow, question.intervention(), setting.language
    both_ways = Setting(models.published, Flow.BOTH, language, model_version=MODEL_VERSION)

    def timeline() -> Figure:
        kinds, first = question.categories, question.first_month
        shown = filtered(marks(), categories=set(kinds), first=first, last=models.last_month)
        return figures.timeline(both_ways, shown, categories=kinds, first=first, chosen=question.chosen)

    def others() -> Figure:
        found = models.comparison(flow, event)
        if isinstance(found, CrossingsError):
            raise found
        return figures.beside_others(setting, found)

    def placebos() -> Figure:
        rows = list(models.placebos(flow, event))
        ranks = [found for kind in ("month", "origin") if (found := rank(rows, kind=kind)) is not None]
        if not ranks:
            raise unreadable("history-placebos")
        return figures.placebos(setting, rows, ranks)

    def two_years() -> Figure:
        if question.year_from is None or question.year_to is None:
            raise unreadable("year_from")
        change = decompose(models.baselines(), flow=flow, first=question.year_from, second=question.year_to)
        return figures.decomposition(setting, change)

    def statement_figure() -> Figure:
        judged = [
            judge(each, models.published, models.projection(each.known) if each.forecastable else None)
            for each in statements()
        ]
        table = read_table("sources")
        cited = dict(zip(table["key"], table["publisher"], strict=True))
        return figures.statements(both_ways, judged, cited=cited)

    return OnDemand(
        {
            "history-timeline": timeline,
            "history-without": lambda: figures.without_event(setting, models.estimate(flow, event)),
            "history-others": others,
            "history-placebos": placebos,
            "history-calendar": lambda: figures.calendar(
                setting, change_without_calendar(calendar_fits(models.baselines()), flow=flow)
            ),
            "history-years": two_years,
            "history-balance": lambda: figures.balance(both_ways, balance(models.published)),
            "history-statements": statement_figure,
        }
    )
