"""The data strip above the title, and the line below the page."""

from datetime import date

from crossings.language import Language, markup
from crossings.language import strip as words
from crossings.models.forecast import MODEL_VERSION
from crossings.tables import flows, releases
from ui import screen as st


def foot(language: Language, *, link: str) -> None:
    """Draw one line on what the page's numbers rest on, with a link to the page as it stands."""
    st.caption(
        words.foot(
            flows.load(),
            releases.newest(),
            model_version=MODEL_VERSION,
            link=link,
            language=language,
        )
    )


def strip(language: Language) -> None:
    """Draw one line on the figures in use; amber where newer ones should be out."""
    fresh = releases.freshness(today=date.today())
    warning = words.warning(fresh.overdue, language)
    said = words.line(flows.load(), fresh, language)
    st.caption(markup.joined(" · ", [said, markup.coloured(warning)]) if warning else said)
