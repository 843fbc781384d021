"""The data strip above the title."""

from datetime import date

import streamlit as st

from crossings import releases
from crossings.words import Language
from crossings.words import strip as words
from ui import cache


def strip(language: Language) -> None:
    """Draw one line on the figures in use; amber where newer ones should be out."""
    fresh = releases.freshness(today=date.today())
    warning = words.warning(fresh.overdue, language)
    said = words.line(cache.published(), fresh, language)
    st.caption(f"{said} · :orange[{warning}]" if warning else said)
