"""The top of every page: title, answer, notes and key figures, filled once the controls below are read."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crossings.language import Language
from crossings.questions.base import View
from crossings.questions.registry import page_name
from ui import figure


@dataclass(frozen=True)
class Top:
    """The places of a page's answer and key figures, above its controls."""

    answer: DeltaGenerator
    key_figures: DeltaGenerator

    def fill(self, view: View) -> None:
        """Draw a view's answer, notes and key figures."""
        self.answer.markdown("### " + view.answer, anchors=False)
        for note in view.notes:
            self.answer.caption(note)
        if view.key_figures:
            with self.key_figures:
                figure.key_figures(view.key_figures)


def top(key: str, language: Language, *, title: str = "") -> Top:
    """Draw a page's title and return the places below it. title: the page's name where empty."""
    st.title(title or page_name(key, language), anchor=False)
    return Top(st.container(), st.container())
