"""What the session holds, read without trusting that it is there, and callbacks that end in words at worst.

A browser may send the value of a control that the server has meanwhile forgotten or renamed: the reader closed its
fold, chose another scenario or another language before the last run was over. And callbacks run before the page,
outside its net.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd

from crossings.errors import CrossingsError, unforeseen
from crossings.language import Language
from ui import readers
from ui import screen as st

P = ParamSpec("P")
T = TypeVar("T")
FAULT = "callback_fault"
LAST_KNOWN = "last_known"
RENEWED = "controls_renewed"
FOLDS = "folds_met"
SETTABLE = (str, int, float, date, pd.Period, tuple, list)  # what the program may set a control to: no file


def get(key: str, default: Any = None) -> Any:
    """Return what the session holds under a key, or the default where it holds nothing or a choice taken back."""
    held = st.session_state.get(key)
    return default if held is None else held


def one_of(key: str, options: Container[T], default: T) -> T:
    """Return what a control holds if it is one of the options, else the default."""
    held = entered(key)
    return held if held in options else default


def settled(key: str, known: Callable[[Any], bool], default: Any) -> Any:
    """Return what a control holds where it is known, else what was known there last, else the default.

    After a change of language the browser may send a choice once more in the words of the other language; read before
    its control is drawn, that is no choice. What is returned is held from then on.
    """
    last = st.session_state.setdefault(LAST_KNOWN, {})
    held = entered(key, default)
    if not known(held):
        before = last.get(key, default)
        held = before if known(before) else default
        show({key: held})
    last[key] = held
    return held


def keep(key: str, value: T) -> T:
    """Keep a value in the session that no control shows (else: `show`), and return it."""
    st.session_state[key] = value
    return value


def control(name: str) -> str:
    """Return the key under which a control is drawn now; every control that holds a value is drawn under one."""
    times = _renewed().setdefault(name, 0)
    return f"{name}-{times}" if times else name


def _renewed() -> dict[str, int]:
    """Return every control met in this session with how often it was drawn anew."""
    met: dict[str, int] = st.session_state.setdefault(RENEWED, {})
    return met


def fold(key: str) -> str:
    """Return the key of a fold, whose state is then kept over a change of language."""
    st.session_state.setdefault(FOLDS, set()).add(key)
    return key


def entered(name: str, default: Any = None) -> Any:
    """Return what a control holds."""
    return get(control(name), default)


def renew(*names: str) -> None:
    """Let controls be drawn anew, under another key than before if they were drawn.

    A run may end before the browser has heard of a control's new value; what it then sends of the old control is
    nobody's, instead of undoing what was set.
    """
    for name in names:
        if (before := control(name)) in st.session_state:
            _renewed()[name] += 1
            forget(before)


def draw_anew(*, but: str) -> None:
    """Let every control but one be drawn anew with what it holds, and folds stay open: their words are others now.

    The browser holds a choice as the words that it shows: those of the language before are no choice in the next one.
    """
    for name in sorted(set(_renewed()) - {but}):
        key = control(name)
        if key in st.session_state and isinstance(held := st.session_state[key], SETTABLE):
            renew(name)
            st.session_state[control(name)] = held
    for key in sorted(get(FOLDS, set())):
        if key in st.session_state:
            st.session_state[key] = bool(st.session_state[key])


def show(values: Mapping[str, Any]) -> None:
    """Let controls drawn after this (`control`) show these values: the only way in which the program sets one."""
    for name, value in values.items():
        if st.session_state.get(control(name), value) != value:
            renew(name)
        st.session_state[control(name)] = value


def forget(*keys: str) -> None:
    """Take keys out of the session, if they are there."""
    for key in keys:
        st.session_state.pop(key, None)


def named(options: Iterable[Any], name: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return the name of each option of a list of choices, as a function that raises KeyError for anything else.

    After a change of language the browser may send a label of the other one. Streamlit hands a label out as if it
    were the choice wherever the label can be named itself; where that fails, it finds the option it belongs to.
    """
    known = set(options)

    def name_of(option: Any) -> str:
        if option not in known:
            raise KeyError(option)
        return name(option)

    return name_of


def caught(work: Callable[P, None], tell: Callable[[CrossingsError], object]) -> Callable[P, None]:
    """Return work done for the reader of this visit that tells what hindered it, instead of raising it."""

    @wraps(work)
    def done(*args: P.args, **named: P.kwargs) -> None:
        try:
            readers.enter()
            work(*args, **named)
        except Exception as fault:
            tell(unforeseen(fault))

    return done


def safe(work: Callable[P, None]) -> Callable[P, None]:
    """Return a callback that notes a fault, to be told by the frame, instead of raising it."""
    return caught(work, partial(st.session_state.__setitem__, FAULT))


def tell_fault(language: Language) -> None:
    """Draw what hindered the last callback, once."""
    fault = st.session_state.pop(FAULT, None)
    if fault is not None:
        st.error(language.error(fault))
