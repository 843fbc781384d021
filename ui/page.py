"""The top of every page: title, answer, notes and key figures, filled once the controls below are read; and its folds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from crossings.language import Language, markup
from crossings.questions.base import Question, View
from crossings.questions.registry import page_name, page_of
from ui import figure, shown, state
from ui import language as languages
from ui import screen as st


@dataclass(frozen=True)
class Top:
    """The places of a page's answer and key figures, above its controls."""

    answer: DeltaGenerator
    key_figures: DeltaGenerator

    def fill(self, view: View, *, min_column_width: int = 165, notes: bool = True) -> None:
        """Draw a view's answer, what stands below it and its key figures, each at least so wide (pixels).

        notes: whether they stand here; else the page draws them elsewhere.
        """
        shown.ask(view.question)
        with self.answer:
            st.markdown("### " + (view.headline or view.answer), anchors=False)
            st.space(6)
            for paragraph in view.paragraphs:
                st.markdown(paragraph)
            for note in view.notes if notes else ():
                st.caption(note)
        if view.key_figures:
            with self.key_figures:
                figure.key_figures(view.key_figures, min_column_width=min_column_width)


def name(key: str, language: Language) -> None:
    """Draw a page's name, beside it where there is room the question it answers, and the choice of language."""
    asks = page_of(key).asks
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.title(page_name(key, language), anchor=False, width="content")
        st.caption(language(asks), width="content")
        st.space("stretch")
        languages.switch(language)


def top(key: str, language: Language) -> Top:
    """Draw a page's title and return the places below it."""
    name(key, language)
    return Top(st.container(gap="xsmall"), st.container())


def index(sections: Mapping[str, str]) -> None:
    """Draw links to the page's sections in one line. sections: title by anchor."""
    st.markdown(markup.joined(" · ", [markup.section(title, anchor) for anchor, title in sections.items()]))


def link(question: Question, label: str, language: Language) -> None:
    """Draw a link to the page of a question, in the question's state."""
    other(question.page, label, language, **question.linked_state())


def other(key: str, label: str, language: Language, **state: str) -> None:
    """Draw a link to another page with values of its address."""
    st.page_link(f"pages/{key}.py", label=label, query_params={"lang": language.code, **state})


def fold(key: str, label: str, draw: Callable[[], object]) -> None:
    """Draw a fold whose content is made only while it is open."""
    opened = st.expander(label, key=state.fold(key), on_change="rerun")
    if opened.open:
        with opened:
            draw()
