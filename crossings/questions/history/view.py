"""What moved the flows before, answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from crossings.errors import N_, CrossingsError
from crossings.language import Language
from crossings.language.calendar import calendar_sentence
from crossings.models.events import MODEL_VERSION
from crossings.models.events.calendar import (
    CalendarPart,
    calendar_fits,
    calendar_part,
    change_without_calendar,
)
from crossings.models.events.decomposition import balance, decompose, years_possible
from crossings.models.events.donors import Comparison
from crossings.models.events.errors import HistoryQuestionError, NoPlacebos
from crossings.models.events.interventions import Intervention
from crossings.models.events.marks import Mark, filtered
from crossings.models.events.placebo import rank
from crossings.models.events.statements import Judgement, judge, statements
from crossings.models.forecast import MODEL_VERSION as FORECAST_VERSION
from crossings.models.models import Models
from crossings.questions.base import Figure, KeyFigure, OnDemand, Table, View, points, unreadable
from crossings.questions.figure_context import Setting
from crossings.questions.history import figures
from crossings.questions.history import sentences as words
from crossings.questions.history.question import HistoryQuestion
from crossings.questions.registry import page_name
from crossings.tables.citations import cited
from crossings.tables.flows import Flow


@dataclass(frozen=True)
class TimelineMarks:
    """The marks that a timeline shows, by day, and the key of the mark of the event asked about, where it has one."""

    shown: tuple[Mark, ...]
    of_event: str | None


@dataclass(frozen=True, eq=False, kw_only=True)
class HistoryView(View):
    """What an event did to a flow.

    estimated: whether there is an estimate. compared: whether there is a comparison with other origins.
    marks: reads the timeline's marks. years: works out which two years can be compared; raises the errors of
    the events' model.
    """

    estimated: bool
    compared: bool
    marks: Callable[[], TimelineMarks]
    years: Callable[[], list[int]]


def view(question: HistoryQuestion, models: Models, language: Language) -> HistoryView:
    """Return the estimate of a past event, its checks, the timeline and what was said. Raises QuestionUnreadable."""
    inquiry = _Inquiry(question, models, language)
    finding = inquiry.finding()
    return HistoryView(
        question=question,
        language=language,
        name=page_name("history", language),
        answer=finding.answer,
        notes=(finding.note,),
        key_figures=finding.key_figures,
        figures=OnDemand(inquiry.figures()),
        tables=OnDemand(inquiry.tables()),
        remarks=OnDemand(inquiry.remarks()),
        method=points(words.caveats(language)),
        caveats=words.caveats(language),
        tables_used=("visitors", "exchange_rates", "events"),
        versions=((language("Model of past effects"), MODEL_VERSION.removeprefix("history ")),),
        estimated=finding.estimated,
        compared=finding.compared,
        marks=inquiry.marks,
        years=inquiry.years,
    )


@dataclass(frozen=True)
class _Finding:
    """What the page's top says of an event; estimated and compared: whether each method could answer."""

    answer: str
    note: str
    key_figures: tuple[KeyFigure, ...] = ()
    estimated: bool = False
    compared: bool = False


@dataclass(frozen=True, eq=False)
class _Inquiry:
    """One question put to the models: what each figure, table and sentence is made from."""

    question: HistoryQuestion
    models: Models
    language: Language

    @cached_property
    def event(self) -> Intervention:
        """The event asked about. Raises QuestionUnreadable."""
        return self.question.intervention()

    @property
    def setting(self) -> Setting:
        """What figures of the events' model carry."""
        flow = self.question.flow
        return Setting(self.models.published, flow, self.language, model_version=MODEL_VERSION)

    @property
    def both_ways(self) -> Setting:
        """What figures of both directions carry, which no model makes."""
        return Setting(self.models.published, Flow.BOTH, self.language)

    def finding(self) -> _Finding:
        """Return what the estimate and the comparison say, or why there is no estimate."""
        flow, language = self.question.flow, self.language
        try:
            estimate = self.models.estimate(flow, self.event)
        except CrossingsError as fault:
            return _Finding(words.no_answer(self.event, flow, language), language.error(fault))
        comparison = self.comparison()
        beside = None if isinstance(comparison, CrossingsError) else comparison
        return _Finding(
            words.answer(estimate, language),
            words.beside_answer(estimate, beside, language),
            tuple(figures.key_figures(estimate, beside, language)),
            estimated=True,
            compared=beside is not None,
        )

    def comparison(self) -> Comparison | CrossingsError:
        """Return the comparison with other origins, or why there is none."""
        return self.models.comparison(self.question.flow, self.event)

    def marks(self) -> TimelineMarks:
        """Return the timeline's marks. Raises DataMissing or DataDamaged."""
        every, question = self.models.marks(), self.question
        shown = filtered(
            every,
            categories=set(question.categories),
            first=question.first_month,
            last=self.models.last_month,
        )
        return TimelineMarks(
            shown, next((mark.key for mark in every if str(mark.day) in self.event.marks), None)
        )

    def years(self) -> list[int]:
        """Return the years that can be compared."""
        return years_possible(self.models.baselines(), flow=self.question.flow)

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every statement with the model's answer of that day."""
        return tuple(
            judge(
                statement,
                self.models.published,
                self.models.projection(statement.known) if statement.forecastable else None,
            )
            for statement in statements()
        )

    def figures(self) -> dict[str, Callable[[], Figure]]:
        """Return what makes each of the page's figures; nothing is fitted yet."""
        return {
            "history-timeline": self.timeline,
            "history-without": self.without_event,
            "history-others": self.others,
            "history-placebos": self.placebos,
            "history-calendar": self.calendar,
            "history-years": self.two_years,
            "history-balance": lambda: figures.balance(self.both_ways, balance(self.models.published)),
            "history-statements": self.statements,
        }

    def timeline(self) -> Figure:
        """Return the timeline with its marks."""
        question = self.question
        return figures.timeline(
            self.both_ways,
            self.marks().shown,
            categories=question.categories,
            first=question.first_month,
            chosen=question.chosen,
        )

    def without_event(self) -> Figure:
        """Return the path without the event. Raises the errors of the events' model."""
        return figures.without_event(self.setting, self.models.estimate(self.question.flow, self.event))

    def others(self) -> Figure:
        """Return the comparison with other origins. Raises the error that says why there is none."""
        comparison = self.comparison()
        if isinstance(comparison, CrossingsError):
            raise comparison
        return figures.beside_others(self.setting, comparison)

    def placebos(self) -> Figure:
        """Return the placebo tests, kept or run now (up to a minute). Raises NoPlacebos."""
        rows = list(self.models.placebos(self.question.flow, self.event))
        ranks = [place for kind in figures.KINDS if (place := rank(rows, kind=kind)) is not None]
        if not ranks:
            raise NoPlacebos(
                N_(
                    "No other month or market can serve as a placebo for this event. Choose another event "
                    "or direction."
                )
            )
        return figures.placebos(self.setting, rows, ranks)

    def calendar(self) -> Figure:
        """Return the changes with and without the calendar. Raises the errors of the events' model."""
        fits = calendar_fits(self.models.baselines())
        return figures.calendar(self.setting, change_without_calendar(fits, flow=self.question.flow))

    def two_years(self) -> Figure:
        """Return the change between two years. Raises QuestionUnreadable or YearOutside."""
        first, second = self.question.year_from, self.question.year_to
        if first is None or second is None:
            raise unreadable("year_from")
        fits = self.models.baselines()
        return figures.decomposition(
            self.setting, decompose(fits, flow=self.question.flow, first=first, second=second)
        )

    def statements(self) -> Figure:
        """Return the public statements beside the forecast model's answers and the outcomes."""
        setting = replace(self.both_ways, model_version=FORECAST_VERSION)
        return figures.statements(setting, self.judgements, citations=self.models.citations())

    def tables(self) -> dict[str, Callable[[], Table]]:
        """Return what makes each of the page's tables that belong to no figure."""
        language = self.language
        return {
            "directions": lambda: figures.directions(self.models.directions(self.event), language),
            "calendar-parts": self.calendar_parts,
            "statements": lambda: figures.statements_read(
                self.judgements, language, citations=self.models.citations()
            ),
        }

    def calendar_parts(self) -> Table:
        """Return the calendar's parts of the month's change, without a row where it cannot be told."""
        try:
            part = self.month_of_calendar()
        except HistoryQuestionError:
            part = None
        return figures.calendar_parts(part, self.language)

    def month_of_calendar(self) -> CalendarPart:
        """Return the calendar's part in the month's change. Raises the errors of the events' model."""
        fits = calendar_fits(self.models.baselines())
        month = self.question.month or self.models.last_month
        return calendar_part(fits, flow=self.question.flow, month=month)

    def remarks(self) -> dict[str, Callable[[], str]]:
        """Return what makes each of the page's further sentences."""
        return {
            "mark": self.chosen_mark,
            "no-comparison": lambda: words.no_comparison(self.question.flow, self.language),
            "calendar": self.calendar_line,
            "statements": lambda: words.statements_rule(self.language),
        }

    def chosen_mark(self) -> str:
        """Return the text of the chosen mark as Markdown, empty where none is chosen."""
        chosen = next((mark for mark in self.models.marks() if mark.key == self.question.chosen), None)
        if chosen is None:
            return ""
        return words.mark_details(chosen, cited(chosen.source, self.models.citations()), self.language)

    def calendar_line(self) -> str:
        """Return how much of the month's change is the moved calendar, or why it cannot be told."""
        try:
            return calendar_sentence(self.month_of_calendar(), self.language)
        except HistoryQuestionError as fault:
            return self.language.error(fault)
