"""The frame round every page: navigation, language, data strip and the net under errors."""

import gc
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec

from streamlit.delta_generator import DeltaGenerator

from crossings.language import Language, markup
from crossings.questions.base.question import FIRST_PAGE
from crossings.questions.registry import PAGES
from ui import address, browser, readers, shown, state
from ui import language as languages
from ui import screen as st
from ui.models import import_ahead, weigh_again
from ui.strip import foot, strip

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

P = ParamSpec("P")
IN_FRAME = "in_frame"
IN_THE_BAR = ("overview", "milestone", "scenario", "briefing", "sources")
MOST_SAID = 40
COLLECT_SECONDS = 20.0
_collected = [time.monotonic()]


def pages(language: Language) -> dict[str, list["StreamlitPage"]]:
    """Return the pages by the menu they stand in, "" the bar itself, titled in the reader's language."""
    further = language("Further analyses")
    groups: dict[str, list[StreamlitPage]] = {}
    for page in PAGES:
        shown = st.Page(f"pages/{page.key}.py", title=language(page.title), default=page.key == FIRST_PAGE)
        groups.setdefault("" if page.key in IN_THE_BAR else further, []).append(shown)
    return groups


def guard() -> None:
    """Send a page that was opened without its frame back through it.

    A folder named pages/ lets a fresh server answer a deep link with the bare page; registering the
    pages and running again puts the frame round it.
    """
    if not state.get(IN_FRAME):
        st.set_page_config(layout="wide")
        st.navigation(pages(languages.current()), position="top")
        st.rerun()


def run() -> None:
    """Draw the frame and the chosen page inside it."""
    st.forget_gone()
    st.set_page_config(layout="wide")
    language = languages.settle()
    chosen = st.navigation(pages(language), position="top")
    st.set_page_config(page_title=f"{chosen.title} · Crossings")
    state.keep(IN_FRAME, True)
    address.arrive(chosen.url_path)
    try:
        _framed(chosen.run, language)
        address.settled()
        import_ahead()
    finally:
        state.keep(IN_FRAME, False)
        address.leave()
        weigh_again()
        collect_now_and_then()


def collect_now_and_then() -> None:
    """Free what ended sessions left in circles, at most three times a minute: it costs as much as a page.

    Streamlit's own collection after every run is switched off in its settings.
    """
    if time.monotonic() - _collected[0] >= COLLECT_SECONDS:
        _collected[0] = time.monotonic()
        gc.collect()


def _sign_in(language: Language) -> None:
    """Draw the button to sign in or out where sign-in is set up, and who is signed in."""
    if not readers.shared() or not hasattr(st.user, "is_logged_in"):
        return
    if st.user.is_logged_in:
        name = readers.person() or str(st.user.get("name") or "–")
        st.caption(markup.escaped(language("Signed in: {name}", name=name)))
        st.button(language("Sign out"), key="sign-out", on_click=state.safe(st.logout), type="tertiary")
    else:
        st.button(language("Sign in"), key="sign-in", on_click=state.safe(st.login), type="tertiary")


def netted(work: Callable[P, None]) -> Callable[P, None]:
    """Return a page or a fragment of one that says in the reader's language what hindered it, instead of raising."""
    return state.caught(work, lambda fault: st.error(languages.current().error(fault)))


@netted
def _framed(page: Callable[[], None], language: Language) -> None:
    if language.damaged_catalogue:
        st.warning(
            language(
                "The text file of this language, {file}, is missing or damaged. Restore it from the "
                "project and restart the app; until then English is shown.",
                file=language.damaged_catalogue,
            )
        )
    readers.warn(language)
    with st.container(gap=None):
        browser.settle(language)
        _sign_in(language)
        strip(language)
    state.tell_fault(language)
    told = st.container()
    shown.begin()
    page()
    _tell_refused(told, language)
    foot(language)


def _tell_refused(place: DeltaGenerator, language: Language) -> None:
    """Say what a link asked for and the page cannot show."""
    for name, text in address.refused().items():
        said = language(
            "The link asks for {name} = {value}, which this page cannot show; the nearest possible view is "
            "shown instead.",
            name=f"`{name}`",
            value=f"`{text[:MOST_SAID].replace('`', '')}`",
        )
        with place:
            st.info(said)
