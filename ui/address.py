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
READ = "names_read"
WRITTEN, MOST_WRITTEN = "addresses_written", 20
REFUSED = "names_refused"


def app_address() -> str:
    """Return the app's own address as the browser knows it, with the path it is served under, without page and values."""
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{_host()}/{folder}" if folder else _host()


def _host() -> str:
    parts = urlsplit(st.context.url or "")
    # Markdown writes brackets in a way that no browser opens.
    host = parts.netloc.replace("[::1]", "localhost")
    return f"{parts.scheme}://{host}" if host else LOCAL_ADDRESS


def here() -> str:
    """Return the address of the page as it stands, with the values that differ from their defaults."""
    path = urlsplit(st.context.url or "").path
    return f"{_host()}{path}?{urlencode(st.query_params.to_dict())}"


def arrive(page: str) -> None:
    """Note which page is drawn, so that controls hold their values when it is another one than before.

    On arrival the address counts more than what the session holds: a link inside the app, or the way back, leads to
    what it names.
    """
    if state.get(PAGE) == page:
        return
    left_over = st.query_params.to_dict() in state.get(WRITTEN, ())
    state.keep(READ, set(st.query_params) if left_over else set())
    state.keep(REFUSED, {})
    state.keep(WRITTEN, [])
    state.keep(ARRIVED, True)
    state.keep(PAGE, page)


def leave() -> None:
    """Note the address as a page has written it: where the next page finds it unchanged, it asks for nothing there.

    Each one it wrote counts: a slow browser may go on to the next page before it has heard of the last.
    """
    written, now = state.get(WRITTEN, []), st.query_params.to_dict()
    if now not in written:
        state.keep(WRITTEN, [*written[1 - MOST_WRITTEN :], now])


def settled() -> None:
    """Note that a page was drawn to its end: its controls hold their values from now on."""
    state.keep(ARRIVED, False)


def named(key: str) -> str | None:
    """Return what the address says under a name until it is `taken` on this visit of a page, None from then on."""
    return None if key in state.get(READ, ()) else st.query_params.get(key)


def taken(*keys: str) -> None:
    """Note that what the address says under names was taken over; a slow browser may send it once more, long changed."""
    state.keep(READ, {*state.get(READ, ()), *keys})


def refuse(name: str, text: str) -> None:
    """Note what the address asks for under a name and the page cannot show."""
    state.keep(REFUSED, {**refused(), name: text})


def refused() -> dict[str, str]:
    """Return what the address asked for on this visit and the page cannot show: text by name."""
    return dict(state.get(REFUSED, {}))


def first(key: str, default: object) -> None:
    """Give a control its first value of the session, and its present one again on arrival at a page.

    On a change of page Streamlit keeps only values that were set by hand; one that came from the
    address, a preset or a default would fall back to the first option.
    """
    if state.control(key) not in st.session_state:
        state.show({key: default})
    elif state.get(ARRIVED):
        state.show({key: state.entered(key)})


def restore(key: str, *, default: T, parse: Callable[[str], T | None], name: str = "") -> None:
    """Give a control its value: from the address on arrival if that can be read, else the session's or the default.

    name: in the address, the key where left out. What cannot be read is noted (`refused`).
    """
    text = named(name or key)
    found = parse(text) if text is not None else None
    if text is not None and found is None:
        refuse(name or key, text)
    if found is not None:
        state.show({key: found})
    else:
        first(key, default)
    taken(name or key)


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
