"""Callbacks and what they read: whatever a browser sends, the reader meets words, not a traceback."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crossings.language import LANGUAGES
from crossings.models.events.marks import marks
from tests.apptest import unfolded
from tests.pages import opened

SOURCES = opened.modules(but="state")
CALLBACKS = {"on_change", "on_click", "on_select"}


def _given(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield everything that is given as a callback, by name or in a mapping of arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (named.value for named in node.keywords if named.arg in CALLBACKS)
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (
                value for key, value in pairs if isinstance(key, ast.Constant) and key.value in CALLBACKS
            )


def _safe(given: ast.expr) -> bool:
    """Tell whether a callback is a mode of Streamlit's own or wrapped where it is given."""
    if ast.unparse(given) in (
        "on_select or 'ignore'",
        "on_select",
    ):  # handed through, wrapped by who calls it
        return True
    if isinstance(given, ast.Constant):
        return given.value in ("rerun", "ignore")
    return isinstance(given, ast.Call) and ast.unparse(given.func) == "state.safe"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_callback_is_safe(path: Path) -> None:
    given = list(_given(ast.parse(path.read_text(encoding="utf-8"))))
    assert [ast.unparse(one) for one in given if not _safe(one)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_trusts_that_the_session_holds_a_key(path: Path) -> None:
    trusting = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Store))
        and ast.unparse(node.value) == "st.session_state"
    ]
    # A value held over to the next page is read where its key was just found.
    assert [read for read in trusting if path.stem != "address"] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_list_of_choices_tells_a_label_from_a_choice(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".selectbox", ".radio")):
            named = {word.arg: ast.unparse(word.value) for word in node.keywords}
            assert named["format_func"].startswith("state.named("), ast.unparse(node)


HOLDING = {
    "date_input",
    "multiselect",
    "number_input",
    "pills",
    "radio",
    "segmented_control",
    "select_slider",
    "selectbox",
    "slider",
    "text_area",
    "text_input",
    "toggle",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_control_that_holds_a_value_is_drawn_under_a_key_that_can_be_renewed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"st.{name}" for name in HOLDING}:
            keys = [ast.unparse(word.value) for word in node.keywords if word.arg == "key"]
            assert all(key.startswith("state.control(") for key in keys), ast.unparse(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_session_is_written_by_one_module(path: Path) -> None:
    """`show` for controls, whose value a slow browser would else take back, `keep` for the rest."""
    writing = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.Attribute) and node.attr in ("setdefault", "update", "__setitem__"))
        if ast.unparse(node.value) == "st.session_state"
    ]
    # Readers are told apart before there is any page.
    assert [write for write in writing if path.stem != "readers"] == []


def test_nothing_kept_is_a_control() -> None:
    named: dict[str, set[str]] = {"keep": set(), "control": set()}
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            ast.unparse(node.targets[0]): ast.unparse(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign)
        }
        for node in ast.walk(tree):
            for does, names in named.items():
                if isinstance(node, ast.Call) and ast.unparse(node.func) == f"state.{does}":
                    name = ast.unparse(node.args[0])
                    names.add(constants.get(name, f"{path.stem}: {name}"))
    assert named["keep"]
    assert not named["keep"] & named["control"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_fragment_has_a_net(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            drawn = [ast.unparse(one) for one in node.decorator_list]
            assert not any("fragment" in one for one in drawn) or drawn[-1] == "frame.netted", node.name
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.fragment":
            assert ast.unparse(node.args[0]).startswith("frame.netted("), ast.unparse(node)


def _failing_page() -> None:
    import streamlit as st

    from crossings.errors import CrossingsError
    from crossings.language import Language
    from ui import state

    def broken() -> None:
        raise KeyError("gone")

    def named() -> None:
        raise CrossingsError("There is no space left.")

    state.tell_fault(Language(st.query_params["lang"]))
    st.button("broken", key="broken", on_click=state.safe(broken))
    st.button("named", key="named", on_click=state.safe(named))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_failing_callback_is_told_once_in_the_readers_language(code: str) -> None:
    page = AppTest.from_function(_failing_page)
    page.query_params["lang"] = code
    page.run().button(key="broken").click().run()
    assert not page.exception
    told = {
        "en": "could not be completed (fault ",
        "ko": "처리하지 못했습니다(오류 번호 ",
        "ja": "完了できませんでした（障害番号",
    }
    assert told[code] in page.error[0].value
    assert not page.run().error
    page.button(key="named").click().run()
    assert page.error[0].value == "There is no space left."


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_label_of_the_next_language_finds_its_choice(code: str) -> None:
    label = opened.app("sources", lang=code).run().selectbox(key="table").options[-1]
    other = "ko" if code == "en" else "en"
    page = opened.app("sources", lang=other).run()
    box = page.selectbox(key="table")
    box.options.append(label)
    box.set_value(label)
    page.button_group(key="language_choice").set_value(code).run()
    assert not opened.faults(page)
    assert any(label in text for text in opened.texts(page, tables=False))


def test_start_and_end_of_a_lever_may_arrive_together() -> None:
    page = opened.app("scenario", lang="en", levers="lanes~1").run()
    page = unfolded(page)
    start, end = page.selectbox(key="lever-lanes-start"), page.selectbox(key="lever-lanes-end")
    start.set_value("2027-02")
    end.set_value("2027-08")
    page.run()
    assert not opened.faults(page)
    assert page.query_params["levers"] == "lanes~1~s2027-02~e2027-08"


def test_a_control_that_was_forgotten_changes_nothing_and_ends_nothing() -> None:
    page = unfolded(opened.app("scenario", lang="en", levers="lanes~1~e2027-08").run())
    start, end = page.selectbox(key="lever-lanes-start"), page.selectbox(key="lever-lanes-end")
    start.set_value("2027-10")
    end.set_value("2027-09")
    page.run()
    assert not opened.faults(page)
    assert page.selectbox(key="lever-lanes-start").value == "2027-10"


def test_a_choice_taken_back_reads_as_the_default() -> None:
    def script() -> None:
        import streamlit

        from ui import state

        streamlit.session_state["chosen"] = None
        streamlit.text(state.get("chosen", "evidence"))

    assert AppTest.from_function(script).run().text[0].value == "evidence"


def test_a_control_whose_value_the_program_changed_is_another_control() -> None:
    def script() -> None:
        import streamlit

        from ui import state

        for value in ("first", "first", "second"):
            state.show({"title": value})
            streamlit.text(f"{state.control('title')}: {state.entered('title')}")
        streamlit.session_state["title"] = "what a browser still sends"
        streamlit.text(str(state.entered("title")))

    shown = [text.value for text in AppTest.from_function(script).run().text]
    assert shown == ["title: first", "title: first", "title-1: second", "second"]


@pytest.mark.parametrize(
    ("page", "query", "button", "renewed"),
    [
        ("milestone", {"flow": "KOR-JPN", "year": "2027"}, "statement-", ["flow", "year"]),
        ("border", {"use": "50"}, "lane-of-2025", ["hall-haneda-t3-use"]),
        ("history", {"event": "waiver-2006"}, "estimate-mark", ["event"]),
    ],
)
def test_what_a_button_sets_a_slow_browser_does_not_take_back(
    page: str, query: dict[str, str], button: str, renewed: list[str]
) -> None:
    tried = opened.app(page, lang="en", **query)
    tried.session_state["history_event_followed"] = query.get("event")
    tried.session_state["history_mark"] = marks()[-1].key
    unfolded(tried.run())
    next(one for one in tried.button if str(one.key).startswith(button)).click().run()
    assert not opened.faults(tried)
    drawn = [str(one.key) for kind in (tried.button_group, tried.selectbox, tried.slider) for one in kind]
    assert {f"{name}-1" for name in renewed} <= set(drawn)


def test_an_address_that_a_slow_browser_sends_once_more_takes_nothing_back() -> None:
    page = opened.app("scenario", lang="en", levers="departure-tax~2000").run()
    old = dict(page.query_params)
    opened.keyed(page.selectbox, "preset").set_value("e-gates")
    page.button_group(key="language_choice").set_value("ko").run()
    for name, value in old.items():
        page.query_params[name] = value
    page.run()
    assert page.query_params["lang"] == "ko"
    assert page.query_params["preset"] == "e-gates"
    assert "levers" not in page.query_params


def _read_choices() -> None:
    from ui import screen as st
    from ui import state

    for held in ("9月", None, 9):
        st.session_state["month"] = held
        st.text(str(state.one_of("month", [8, 9], 8)))


def test_a_label_of_another_language_counts_as_no_choice() -> None:
    page = AppTest.from_function(_read_choices).run()
    assert not page.exception
    assert [text.value for text in page.text] == ["8", "8", "9"]


def _worth_asked(held: dict[str, str]) -> None:
    from crossings.models.scenario.settings import Settings
    from ui import screen as st
    from ui import state, worth_settings

    asked = worth_settings.ask(Settings(), "evidence", hall=True)
    for key, words in held.items():
        st.session_state[key] = words
    st.text(str(worth_settings.ask(Settings(), "evidence", hall=True) == asked))
    st.session_state[state.control("base_year")] = 2023
    st.text(str(worth_settings.ask(Settings(), "evidence", hall=True).base_year))


def test_a_choice_in_the_words_of_another_language_is_the_choice_made_before() -> None:
    held = dict.fromkeys(("base_year", "first_year", "won", "discount", "row", "aim", "hall"), "2023年")
    shown = AppTest.from_function(_worth_asked, kwargs={"held": held}).run()
    assert not shown.exception
    assert [one.value for one in shown.text] == ["True", "2023"]


@pytest.mark.parametrize("page", ["border", "scenario", "briefing"])
def test_controls_of_every_kind_outlast_a_change_of_language(page: str) -> None:
    tried = unfolded(opened.app(page, lang="en").run())
    before = {str(one.key).removesuffix("-1"): one.value for one in (*tried.toggle, *tried.slider)}
    warned = [one.value for one in tried.warning]
    tried.button_group(key="language_choice").set_value("ja").run()
    assert not opened.faults(tried)
    assert len(tried.warning) == len(warned)
    after = {str(one.key).removesuffix("-1"): one.value for one in (*tried.toggle, *tried.slider)}
    assert after == before
