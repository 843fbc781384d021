"""Values of controls kept in the page's address, the same in every language.

Streamlit's own binding writes an option's translated label, so an address made in Korean would mean
nothing in Japanese; here the option's code is written instead.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from crossings.questions.base.question import LOCAL_ADDRESS, Codec
from ui import screen as st

T = TypeVar("T")


PAGE = "page_shown"
ARRIVED = "arrived"


def app_address() -> str:
    """Return the app's own address as the browser knows it, without page and values."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else LOCAL_ADDRESS


def here() -> str:
    """Return the address of the page as it stands, with the values that differ from their defaults."""
    path = urlsplit(st.context.url or "").path
    return f"{app_address()}{path}?{urlencode(st.query_params.to_dict())}"


def arrive(page: str) -> None:
    """Note which page is drawn, so that controls hold their values when it is another one than before."""
    st.session_state[ARRIVED] = st.session_state.get(PAGE) != page
    st.session_state[PAGE] = page


def first(key: str, default: object) -> None:
    """Give a control its first value of the session, and its present one again on arrival at a page.

    On a change of page Streamlit keeps only values that were set by hand; one that came from the
    address, a preset or a default would fall back to the first option.
    """
    if key not in st.session_state:
        st.session_state[key] = default
    elif st.session_state.get(ARRIVED):
        st.session_state[key] = st.session_state[key]


def hold(prefix: str) -> None:
    """Hold the values of every control whose key begins alike, on arrival at a page."""
    if st.session_state.get(ARRIVED):
        for key in [str(key) for key in st.session_state if str(key).startswith(prefix)]:
            st.session_state[key] = st.session_state[key]


def restore(key: str, *, default: T, parse: Callable[[str], T | None]) -> None:
    """Give a control its first value of the session: from the address if that can be read, else the default."""
    named = st.query_params.get(key) if key not in st.session_state else None
    found = parse(named) if named is not None else None
    first(key, default if found is None else found)


def record(key: str, value: T, *, default: T, write: Callable[[T], str] = str) -> None:
    """Write a control's value into the address, or take it out where it is the default."""
    if value == default:
        if key in st.query_params:
            del st.query_params[key]
    elif st.query_params.get(key) != write(value):
        st.query_params[key] = write(value)


def read(codec: Codec, text: str) -> Any:
    """Return the value of a text, None where the codec cannot read it."""
    try:
        return codec.read(text)
    except (ValueError, OverflowError):
        return None


def one_of(options: Sequence[T], write: Callable[[T], str] = str) -> Callable[[str], T | None]:
    """Return a reader that accepts only the codes of the options."""
    codes = {write(option): option for option in options}
    return codes.get
