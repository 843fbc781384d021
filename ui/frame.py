"""The frame round every page: navigation, language, data strip and the net under errors."""

import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from crossings.errors import CrossingsError
from crossings.words import Language
from ui import address, basket
from ui import language as languages
from ui.strip import foot, strip

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

IN_FRAME = "in_frame"


def pages(language: Language) -> dict[str, list["StreamlitPage"]]:
    """Return the pages in their groups, titled in the reader's language."""
    t = language.text
    return {
        t("Where we stand"): [
            st.Page("pages/overview.py", title=t("Where exchanges stand"), default=True),
            st.Page("pages/history.py", title=t("What moved the flows before")),
        ],
        t("What comes"): [
            st.Page("pages/milestone.py", title=t("Will the year pass the mark?")),
            st.Page("pages/track_record.py", title=t("How good were such answers?")),
        ],
        t("What if"): [
            st.Page("pages/scenario.py", title=t("If procedures change")),
            st.Page("pages/border.py", title=t("The queue in the arrival hall")),
        ],
        t("Abroad"): [st.Page("pages/abroad.py", title=t("Who is abroad"))],
        t("Take away"): [
            st.Page("pages/briefing.py", title=t("The briefing")),
            st.Page("pages/sources.py", title=t("Where the figures come from")),
        ],
    }


def guard() -> None:
    """Send a page that was opened without its frame back through it.

    A folder named pages/ lets a fresh server answer a deep link with the bare page; registering the
    pages and running again puts the frame round it.
    """
    if not st.session_state.get(IN_FRAME):
        st.navigation(pages(languages.current()))
        st.rerun()


def run() -> None:
    """Draw the frame and the chosen page inside it."""
    language = languages.settle()
    chosen = st.navigation(pages(language), expanded=True)
    st.set_page_config(page_title=f"{chosen.title} · Crossings", layout="wide")
    with st.sidebar:
        languages.switch(language)
    st.session_state[IN_FRAME] = True
    address.arrive(chosen.url_path)
    try:
        _netted(chosen.run, language)
    finally:
        st.session_state[IN_FRAME] = False
        st.session_state[address.ARRIVED] = False


def _netted(page: Callable[[], None], language: Language) -> None:
    t = language.text
    try:
        strip(language)
        basket.say_fault(language)
        page()
        foot(language, link=address.here())
    except CrossingsError as fault:
        st.error(language.error(fault))
    except Exception:
        st.error(
            t(
                "This page could not be finished. Load it again; if it fails once more, restart the app and "
                "send the details below to whoever looks after it."
            )
        )
        with st.expander(t("Details for the person who looks after the app")):
            st.code(traceback.format_exc())
