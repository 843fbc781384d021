"""The one door to the screen: Streamlit's own functions, whose texts pass it as text.

Pages and `ui` import this module in place of streamlit. What a function here is given as a sentence keeps the app's own
marks (bold, code, lists); labels, headings and errors keep none; links and colours exist only as `markup.Marked`. So a
name, a remark, a cell or a file's name can neither format a page nor make the browser ask another machine. A function
of Streamlit that is not listed here cannot be called until it is added with the kind of text it takes.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as _streamlit
from streamlit import (
    Page,
    cache_resource,
    column_config,
    columns,
    components,
    container,
    context,
    empty,
    form,
    fragment,
    get_option,
    grid,
    image,
    login,
    logout,
    net_util,
    query_params,
    rerun,
    secrets,
    session_state,
    set_page_config,
    sidebar,
    space,
    stop,
    switch_page,
    user,
    vega_lite_chart,
)
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state import SessionState

from crossings.export.clean import frame
from crossings.language.markup import escaped, link, sentence
from crossings.plain_text import shown

__all__ = [
    "Page",
    "cache_resource",
    "column_config",
    "columns",
    "components",
    "container",
    "context",
    "empty",
    "form",
    "fragment",
    "get_option",
    "grid",
    "image",
    "login",
    "logout",
    "query_params",
    "rerun",
    "secrets",
    "session_state",
    "set_page_config",
    "sidebar",
    "space",
    "stop",
    "switch_page",
    "user",
    "vega_lite_chart",
]

# A page of another origin that knocks makes Streamlit ask a host on the internet for this machine's own address, to
# compare the two. This app asks nobody.
net_util.get_external_ip = lambda: None

F = TypeVar("F", bound=Callable[..., Any])
P = ParamSpec("P")
TIMES_BEGUN = 9
MARKED = ("label", "help", "text", "body", "delta", "value")
UNMARKED = ("placeholder", "alt", "file_name")


def _said(write: Callable[[str], str], given: Any) -> Any:
    return write(given) if isinstance(given, str) else given


def _door(
    draw: F,
    write: Callable[[str], str] = escaped,
    *,
    marked: Iterable[str] = MARKED[:-1],
    texts: int = 1,
    kept: bool = False,
) -> F:
    """Return a function of Streamlit whose texts by position and whose hints are written by `write`.

    kept: whether what it holds under a key stays for the session; else a browser that a broken-off run has not told
    of the value would show, and send back, the control's first one.
    """
    by_name = dict.fromkeys(marked, write) | dict.fromkeys(UNMARKED, shown)

    @wraps(draw)
    def through(*args: Any, **named: Any) -> Any:
        if kept and "key" in named:
            named.setdefault("persist_state", "session")
        first = [_said(write, given) for given in args[:texts]]
        others = {
            name: _said(by_name[name], given) if name in by_name else given for name, given in named.items()
        }
        return draw(*first, *args[texts:], **others)

    return through  # type: ignore[return-value]


_control = partial(_door, kept=True)


def _choice(draw: F, write: Callable[[str], str] = escaped) -> F:
    """Return a control of Streamlit whose options, written by `write`, and captions are shown as text, too."""
    labelled = _control(draw)

    @wraps(draw)
    def through(*args: Any, **named: Any) -> Any:
        name = named.get("format_func", str)
        named["format_func"] = lambda option: write(name(option))
        if named.get("captions") is not None:
            named["captions"] = [escaped(caption) for caption in named["captions"]]
        return labelled(*args, **named)

    return through  # type: ignore[return-value]


def _written(cells: pd.DataFrame, links: Container[int]) -> pd.DataFrame:
    texts = [
        place for place in range(cells.shape[1]) if not pd.api.types.is_numeric_dtype(cells.iloc[:, place])
    ]
    for place in texts:
        write = _address if place in links else escaped
        cells.isetitem(place, [_said(write, cell) for cell in cells.iloc[:, place]])
    return cells.set_axis([escaped(str(name)) for name in cells.columns], axis=1)


def _address(text: str) -> str:
    return link(text, text)


def table(
    data: pd.DataFrame,
    *,
    written: Mapping[int, Callable[[Any], str]] = {},
    links: Container[int] = (),
    **named: Any,
) -> Any:
    """Draw a table of texts and numbers.

    written: how the numbers of a column, by its place, are printed. links: places of columns of addresses.
    """
    cells = _written(frame(data), links)
    formats: dict[Any, Any] = {
        cells.columns[place]: partial(_printed, write) for place, write in written.items()
    }
    return _table(cells.style.format(formats) if formats else cells, **named)


def _printed(write: Callable[[Any], str], value: Any) -> str:
    return escaped(write(value))


navigation = _streamlit.navigation
_table = _door(_streamlit.table, texts=0)
markdown = _door(_streamlit.markdown, sentence)
caption = _door(_streamlit.caption, sentence)
info = _door(_streamlit.info, sentence)
success = _door(_streamlit.success, sentence)
warning = _door(_streamlit.warning, sentence)
error = _door(_streamlit.error)
title = _door(_streamlit.title)
header = _door(_streamlit.header)
expander = _door(_streamlit.expander)
popover = _door(_streamlit.popover)
spinner = _door(_streamlit.spinner)
progress = _door(_streamlit.progress)
metric = _door(_streamlit.metric, marked=MARKED, texts=2)
code = _door(_streamlit.code, shown)
text = _door(_streamlit.text, shown)
data_editor = _door(_streamlit.data_editor)
button = _door(_streamlit.button)
download_button = _door(_streamlit.download_button)
form_submit_button = _door(_streamlit.form_submit_button)
file_uploader = _door(_streamlit.file_uploader)
page_link = _door(_streamlit.page_link)
toggle = _control(_streamlit.toggle)
slider = _control(_streamlit.slider)
select_slider = _choice(_streamlit.select_slider)
selectbox = _choice(_streamlit.selectbox, shown)
radio = _choice(_streamlit.radio)
pills = _choice(_streamlit.pills)
segmented_control = _choice(_streamlit.segmented_control)
multiselect = _choice(_streamlit.multiselect)
page_link = _door(_streamlit.page_link, texts=0)
text_input = _control(_streamlit.text_input)
text_area = _control(_streamlit.text_area)
number_input = _control(_streamlit.number_input)
date_input = _control(_streamlit.date_input)


def forget_gone() -> None:
    """Forget what a session keeps of controls that were not drawn in its last run; called where a run begins.

    Streamlit 1.67 drops their values and keeps all else for as long as the session lives, some kilobytes a control.
    """
    context_of_run = get_script_run_ctx()
    if context_of_run is None:
        return
    known = context_of_run.session_state._state._new_widget_state
    for gone in known.widget_metadata.keys() - known.states.keys():
        del known.widget_metadata[gone]


def until_quiet(work: Callable[P, None]) -> Callable[P, None]:
    """Return work that is begun anew where what it reads changes size under it.

    In Streamlit 1.67 a run that ends and the one that overtakes it share a session's state under two locks.
    """

    @wraps(work)
    def done(*args: P.args, **named: P.kwargs) -> None:
        for left in reversed(range(TIMES_BEGUN)):
            try:
                return work(*args, **named)
            except RuntimeError:
                if not left:
                    raise

    return done


SessionState._remove_stale_widgets = until_quiet(SessionState._remove_stale_widgets)  # type: ignore[method-assign]
