"""The History page's widgets: the timeline with its marks, placebo tests with progress, parts that redraw alone."""

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from crossings.errors import CrossingsError
from crossings.language import Language
from crossings.models.events.errors import HistoryQuestionError
from crossings.models.events.marks import Mark
from crossings.models.events.placebo import Placebo
from crossings.models.models import Models
from crossings.questions.history import sentences as words
from crossings.questions.history.question import HistoryQuestion
from crossings.questions.history.view import HistoryView, TimelineMarks
from crossings.tables.flows import Flow
from ui import chart, figure, frame, history_controls, state, work
from ui import screen as st
from ui.models import models, view

MARK = "history_mark"
CHOICE = "history_mark_choice"
LIST_HEIGHT = 260
WANTED = "history_placebos_wanted"
FOLLOWED = "history_event_followed"


def answered(question: HistoryQuestion, language: Language) -> HistoryView:
    """Return the view of a question."""
    return cast(HistoryView, view(question, language))


def choose(key: str | None) -> None:
    """Make a mark the chosen one, for picture, list and text alike."""
    if key:
        state.keep(MARK, key)


def _from_chart() -> None:
    chosen = chart.selected("chart-history-timeline", "mark")
    choose(chosen[0].get("key") if chosen else None)


def _from_list() -> None:
    choose(state.entered(CHOICE))


def _follow(event: str, marks: TimelineMarks) -> None:
    """Choose the mark of an event that has just been chosen for the estimate."""
    if state.get(FOLLOWED) == event:
        return
    state.keep(FOLLOWED, event)
    choose(marks.of_event)


def timeline(question: HistoryQuestion, language: Language) -> Mark | None:
    """Draw the timeline, its list and the chosen mark's text; return the chosen mark.

    Picture and list are two views of one choice: a click in the picture and an entry of the list choose the same
    mark, and the arrow keys move through the list. Raises DataMissing or DataDamaged.
    """
    marks = answered(question, language).marks()
    _follow(question.event, marks)
    by_key = {mark.key: mark for mark in marks.shown}
    if state.get(MARK) not in by_key:
        state.keep(MARK, None)
    with_choice = replace(question, chosen=state.get(MARK))
    answer = answered(with_choice, language)
    shown = answer.figures["history-timeline"]
    figure.show(
        shown,
        language,
        drawn=shown.written_chart(selectable=True),
        on_select=state.safe(_from_chart),
        question=with_choice,
    )
    if by_key:
        _list(by_key, with_choice.chosen, language)
    if with_choice.chosen is None:
        return None
    st.markdown(answer.remarks["mark"])
    return by_key[with_choice.chosen]


def _list(by_key: Mapping[str, Mark], chosen: str | None, language: Language) -> None:
    """Draw the marks as a list, newest first, with the chosen one selected."""
    newest_first = list(by_key)[::-1]
    state.show({CHOICE: chosen})
    st.markdown("**" + language("Events on the timeline") + "**")
    with st.container(height=LIST_HEIGHT):
        st.radio(
            language("Events on the timeline"),
            newest_first,
            key=state.control(CHOICE),
            index=None,
            label_visibility="collapsed",
            format_func=state.named(newest_first, lambda key: words.mark_line(by_key[key], language)),
            captions=[words.mark_kind(by_key[key], language) for key in newest_first],
            on_change=state.safe(_from_list),
        )


def others(answer: HistoryView, question: HistoryQuestion, language: Language) -> None:
    """Draw the comparison with other origins, or why there is none; both ways, each direction by itself."""
    if answer.compared:
        figure.show(answer.figures["history-others"], language, height=280, question=question)
        return
    if question.flow is Flow.BOTH:
        st.markdown("#### " + language("Each direction separately"), anchors=False)
        st.caption(
            language("Estimated separately, so the two need not add up to the figure for both directions.")
        )
        figure.rows(answer.tables["directions"], alt=language("Each direction estimated separately"))
    else:
        st.markdown("#### " + language("Other markets in the same months"), anchors=False)
    st.caption(answer.remarks["no-comparison"])


@st.fragment
@frame.netted
def calendar(question: HistoryQuestion, language: Language) -> None:
    """Draw a month's change with and without the calendar."""
    month = history_controls.month(language, last=models().last_month)
    answer = answered(replace(question, month=month), language)
    st.markdown(answer.remarks["calendar"])
    try:
        figure.show(answer.figures["history-calendar"], language, height=250, question=question)
    except HistoryQuestionError:
        return  # the sentence above says why there is none
    if len(answer.tables["calendar-parts"]):
        label = language("Calendar effect in {month}", month=language.month(month))
        with st.expander(label, key="calendar-parts"):
            figure.rows(answer.tables["calendar-parts"], alt=language("Calendar effect by holiday"))


@st.fragment
@frame.netted
def two_years(question: HistoryQuestion, language: Language) -> None:
    """Draw the change between two years in its parts, and beside it the two-way balance through time."""
    years_place = st.container()
    answer, grid = answered(question, language), figure.pair()
    with grid.cell():
        try:
            with years_place:
                first, second = history_controls.two_years(language, options=answer.years())
            compared = replace(question, year_from=first, year_to=second)
            change = answered(compared, language).figures["history-years"]
            figure.show(change, language, height=250, question=compared)
        except HistoryQuestionError as fault:
            st.markdown(language.error(fault))
    with grid.cell():
        figure.show(answer.figures["history-balance"], language, height=250, question=question)


def has_placebos(question: HistoryQuestion) -> bool:
    """Return whether the placebo tests of a question's event are kept from before."""
    return models().has_placebos(question.flow, question.intervention())


def placebo_block(question: HistoryQuestion, language: Language) -> None:
    """Draw the placebo tests: a button, then progress that can be stopped, then the figure; results are kept."""
    wanted = ("placebos", question.flow, question.intervention())
    try:
        if not has_placebos(question) and (state.get(WANTED) == wanted or work.under_way(wanted)):
            state.forget(WANTED)
            text, run = language("Placebo tests…"), partial(_run, question, models())
            if work.done(wanted, run, language, text=text, quick_seconds=0.2) is None:
                return
        if has_placebos(question):
            shown = answered(question, language).figures["history-placebos"]
            figure.show(shown, language, height=200, question=question)
            return
    except CrossingsError as fault:
        st.error(language.error(fault))
        return
    st.caption(language("Repeats the estimate for months and markets in which no such event happened."))
    st.button(
        language("Run the placebo tests"), key="run-placebos", on_click=state.safe(_want), args=(wanted,)
    )


def _want(event: object) -> None:
    state.keep(WANTED, event)


def _run(question: HistoryQuestion, known: Models, job: work.Job) -> bool:
    """Run the placebos, telling how far they are, and keep them."""
    rows, begun = list[Placebo](), time.thread_time()
    for step in known.placebo_steps(question.flow, question.intervention()):
        rows += step.new
        job.tell(step.done / step.total)
    seconds = time.thread_time() - begun
    known.keep_placebos(question.flow, question.intervention(), tuple(rows), seconds=seconds)
    return True
