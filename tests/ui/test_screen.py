"""Nothing reaches the screen but through the door, and what passes it is text."""

import ast
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from tests.hostile import HOST, WORDS
from tests.pages import opened

SOURCES = opened.modules(but="screen")
TYPES_ONLY = ("streamlit.delta_generator", "streamlit.elements", "streamlit.navigation")
ON_A_CONTAINER = {
    "markdown",
    "caption",
    "title",
    "header",
    "metric",
    "table",
    "dataframe",
    "button",
    "text_input",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_only_the_door_draws(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not any(name.name.startswith("streamlit") for name in node.names), (
                "import ui.screen instead"
            )
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
            assert str(node.module).startswith(TYPES_ONLY), "import ui.screen instead"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            on_a_container = node.func.attr in ON_A_CONTAINER and owner not in (
                "st",
                "figure",
                "basket",
                "copy_picture",
                "words",
            )
            assert not on_a_container, f"draw inside `with`, through st: {ast.unparse(node)[:80]}"


def _page(word: str) -> None:
    import pandas as pd

    from ui import screen as st

    st.title(word)
    st.header(word)
    st.markdown(f"### {word}")
    st.caption(word)
    st.error(word)
    st.warning(word)
    st.info(word)
    st.success(word)
    st.metric(word, word, help=word)
    st.code(word)
    st.text(word)
    st.progress(0.5, text=word)
    st.expander(word)
    st.popover(word)
    st.button(word, key="a", help=word)
    st.download_button(word, b"", file_name=word, key="b")
    st.text_input(word, placeholder=word, key="c")
    st.selectbox(word, [word], key="d")
    st.radio(word, [word], captions=[word], key="e")
    st.pills(word, [word], key="f")
    st.segmented_control(word, [word], key="g")
    st.select_slider(word, [word, word + "2"], key="h")
    cell = word.encode("utf-8", "replace").decode("utf-8")  # pandas holds no half characters
    st.table(pd.DataFrame({cell: [cell]}))
    st.table(pd.DataFrame({cell: [0]}), written={0: lambda number: cell})


@pytest.mark.parametrize("word", WORDS)
def test_hostile_words_are_text_in_every_element(word: str) -> None:
    page = AppTest.from_function(_page, args=(word,)).run()
    assert not page.exception
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    marked = [
        *page.markdown,
        *page.caption,
        *page.title,
        *page.header,
        *page.error,
        *page.warning,
        *page.info,
    ]
    assert len(marked) > 6
    for shown in marked:
        tokens = parser.parse(shown.value)
        kinds = {child.type for token in tokens for child in token.children or [token]}
        assert not kinds & {"image", "link_open", "html_inline", "html_block", "s_open"}, shown.value
        assert f"//{HOST}" not in shown.value.replace("\u2060//", "")


def _many_controls() -> None:
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from ui import screen

    screen.forget_gone()
    run = screen.session_state.get("run", 0)
    screen.session_state["run"] = run + 1
    context = get_script_run_ctx()
    assert context is not None
    screen.session_state["known"] = len(context.session_state._state._new_widget_state.widget_metadata)
    screen.toggle("Kept", key="kept")
    for number in range(5):
        screen.toggle("Gone", key=f"{run}-{number}")


def test_a_session_does_not_grow_with_controls_that_are_gone() -> None:
    app = AppTest.from_function(_many_controls).run()
    app.toggle(key="kept").set_value(True)
    for _ in range(4):
        app.run()
    assert not app.exception
    assert app.toggle(key="kept").value is True
    assert 0 < app.session_state["known"] <= 6


def test_the_end_of_a_run_is_begun_anew_where_another_run_changes_the_state() -> None:
    from ui import screen as st

    kept, ends = dict.fromkeys(range(3)), list[int]()

    def end(overtaken: int) -> None:
        ends.append(overtaken)
        for place in kept:
            if len(ends) <= overtaken:
                kept[100 + len(ends)] = place

    st.until_quiet(end)(2)
    assert len(ends) == 3
    with pytest.raises(RuntimeError):
        st.until_quiet(end)(1000)
    assert hasattr(SessionState._remove_stale_widgets, "__wrapped__")
