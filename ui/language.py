"""The reader's language: from the address, else from the browser, kept in the address."""

from crossings.language import LANGUAGES, Language
from ui import screen as st
from ui import state

LANGUAGE, CHOICE = "language", "language_choice"


def _from_browser() -> str:
    wanted = (st.context.locale or "").lower()[:2]
    return wanted if wanted in LANGUAGES else "en"


def current() -> Language:
    """Return the language of this run: the session's, in its first run the address's.

    Later the address only repeats it; a slow browser may still send the one of before.
    """
    named = state.get(LANGUAGE) or st.query_params.get("lang")
    return Language(named if named in LANGUAGES else _from_browser())


def settle() -> Language:
    """Fix the language of this session, write it into the address and return it."""
    language = current()
    state.keep(LANGUAGE, language.code)
    if st.query_params.get("lang") != language.code:
        st.query_params["lang"] = language.code
    return language


def switch(language: Language) -> None:
    """Draw the switch between the three languages; a press renews the page in the other one."""
    state.show({CHOICE: language.code})

    def choose() -> None:
        code = state.entered(CHOICE)
        if code in LANGUAGES:
            state.draw_anew(but=CHOICE)
            st.query_params["lang"] = state.keep(LANGUAGE, code)

    st.segmented_control(
        language("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key=state.control(CHOICE),
        required=True,
        on_change=state.safe(choose),
        label_visibility="collapsed",
    )
