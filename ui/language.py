"""The reader's language: from the address, else from the browser, kept in the address."""

from crossings.language import LANGUAGES, Language
from ui import screen as st
from ui import state


def _from_browser() -> str:
    wanted = (st.context.locale or "").lower()[:2]
    return wanted if wanted in LANGUAGES else "en"


def current() -> Language:
    """Return the language of this run."""
    named = st.query_params.get("lang")
    chosen = named if named in LANGUAGES else st.session_state.get("language") or _from_browser()
    return Language(chosen)


def settle() -> Language:
    """Fix the language of this session, write it into the address and return it."""
    language = current()
    st.session_state["language"] = language.code
    if st.query_params.get("lang") != language.code:
        st.query_params["lang"] = language.code
    return language


def switch(language: Language) -> None:
    """Draw the switch between the three languages; a press renews the page in the other one."""
    st.session_state["language_choice"] = language.code

    def choose() -> None:
        code = state.get("language_choice")
        if code in LANGUAGES:
            st.session_state["language"] = code
            st.query_params["lang"] = code

    st.segmented_control(
        language("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="language_choice",
        required=True,
        on_change=state.safe(choose),
        label_visibility="collapsed",
    )
