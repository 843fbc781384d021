"""What the session holds, read without trusting that it is there, and callbacks that end in words at worst.

A browser may send the value of a control that the server has meanwhile forgotten or renamed: the reader closed its
fold, chose another scenario or another language before the last run was over. And callbacks run before the page,
outside its net.
"""

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec

from crossings.errors import N_, CrossingsError
from crossings.language import Language
from ui import screen as st

P = ParamSpec("P")
FAULT = "callback_fault"
log = logging.getLogger(__name__)


class ActionUnfinished(CrossingsError):
    """What was pressed could not be done."""


def get(key: str, default: Any = None) -> Any:
    """Return what the session holds under a key, or the default where it holds nothing."""
    return st.session_state.get(key, default)


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


def safe(work: Callable[P, None]) -> Callable[P, None]:
    """Return a callback that notes a fault, to be told by the frame, instead of raising it."""

    @wraps(work)
    def done(*args: P.args, **named: P.kwargs) -> None:
        try:
            work(*args, **named)
        except CrossingsError as fault:
            st.session_state[FAULT] = fault
        except Exception as fault:
            log.exception("A callback could not be finished.")
            st.session_state[FAULT] = ActionUnfinished(
                N_(
                    "The action could not be completed ({kind}). Try again; if it fails again, reload the "
                    "page."
                ),
                kind=type(fault).__name__,
            )

    return done


def tell_fault(language: Language) -> None:
    """Draw what hindered the last callback, once."""
    fault = st.session_state.pop(FAULT, None)
    if fault is not None:
        st.error(language.error(fault))
