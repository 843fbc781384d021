"""Values of controls kept in the page's address, the same in every language.

Streamlit's own binding writes an option's translated label, so an address made in Korean would mean
nothing in Japanese; here the option's code is written instead.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from crossings.questions.base.question import LOCAL_ADDRESS, Codec
from ui import screen as st
from ui import state

T = TypeVar("T")


PAGE = "page_shown"
ARRIVED = "arrived"
VISIT = "visit"
READ = "names_read"
WRITTEN = "address_written"
REFUSED = "names_refused"


def app_address() -> str:
    """Return the app's own address as the browser knows it, with the path it is served under, without page and values."""
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{_host()}/{folder}" if folder else _host()


def _host() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else LOCAL_ADDRESS


def here() -> str:
    """Return the address of the page as it stands, with the values that differ from their defaults."""
    path = urlsplit(st.context.url or "").path
    return f"{_host()}{path}?{urlencode(st.query_params.to_dict())}"


def arrive(page: str) -> None:
    """Note which page is drawn, so that controls hold their values when it is another one than before.

    On arrival the address counts more than what the session holds: a link inside the app, or the way back, leads to
    what it names.
    """
    st.session_state[ARRIVED] = st.session_state.get(PAGE) != page
    if st.session_state[ARRIVED]:
        visit = st.session_state[VISIT] = st.session_state.get(VISIT, 0) + 1
        st.session_state[REFUSED] = {}
        left_over = st.query_params.to_dict() == st.session_state.get(WRITTEN)
        st.session_state[READ] = dict.fromkeys(st.query_params, visit) if left_over else {}
    st.session_state[PAGE] = page


def leave() -> None:
    """Note the address as a page has written it: where the next page finds it unchanged, it asks for nothing there."""
    st.session_state[WRITTEN] = st.query_params.to_dict()


def named(key: str) -> str | None:
    """Return what the address says under a name, once for each visit of a page; None from then on."""
    read = st.session_state.setdefault(READ, {})
    visit = st.session_state.get(VISIT)
    if read.get(key) == visit:
        return None
    read[key] = visit
    return st.query_params.get(key)


def refuse(name: str, text: str) -> None:
    """Note what the address asks for under a name and the page cannot show."""
    st.session_state.setdefault(REFUSED, {})[name] = text


def refused() -> dict[str, str]:
    """Return what the address asked for on this visit and the page cannot show: text by name."""
    return dict(st.session_state.get(REFUSED, {}))


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


def restore(key: str, *, default: T, parse: Callable[[str], T | None], name: str = "") -> None:
    """Give a control its value: from the address on arrival if that can be read, else the session's or the default.

    name: in the address, the key where left out. What cannot be read is noted (`refused`).
    """
    text = named(name or key)
    found = parse(text) if text is not None else None
    if text is not None and found is None:
        refuse(name or key, text)
    if found is not None:
        st.session_state[key] = found
    else:
        first(key, default)


def choose(key: str, options: Sequence[T], *, default: T) -> None:
    """Give a choice among options its value as `restore` does; what the session holds and is none is `settled`."""
    restore(key, default=default, parse=one_of(options))
    state.settled(key, options.__contains__, default)


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
