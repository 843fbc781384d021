"""Words of people, files and publishers on every page that shows them: shown as text, and never a fault."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from crossings.briefing.compose import compose
from crossings.briefing.draft import Draft, Item, draft_of
from crossings.export import documents
from crossings.language import Language, markup
from crossings.models.scenario.checks import LONGEST_NAME
from crossings.plain_text import shown
from crossings.questions.registry import SavedQuestion
from crossings.tables.flows import read_table
from etl import own
from tests.apptest import everything, unfolded
from tests.briefing import collected
from tests.hostile import HOST, WORDS
from tests.language import catalogues
from tests.pages import opened

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
FORMATTING = {"image", "html_inline", "html_block", "s_open", "table_open", "fence", "code_block", "hr"}
MARKED_FIELDS = {"body", "label", "help", "text", "delta", "captions"}
EVERY = " ".join(WORDS)


def _messages(message: Any) -> list[str]:
    found: list[str] = []
    for field, value in message.ListFields():
        for item in list(value) if field.is_repeated else [value]:
            if isinstance(item, str) and field.name in MARKED_FIELDS:
                found.append(item)
            elif hasattr(item, "ListFields"):
                found += _messages(item)
    return found


def check_text(page: AppTest) -> None:
    """Check that no text of a page formats, links to or asks the hostile host."""
    assert not page.exception
    for element in everything(page):
        if element.type in ("code", "text") or not hasattr(getattr(element, "proto", None), "ListFields"):
            continue
        for text in _messages(element.proto):
            tokens = [child for token in PARSER.parse(text) for child in [token, *(token.children or [])]]
            links = [str(token.attrs.get("href", "")) for token in tokens if token.type == "link_open"]
            assert not {token.type for token in tokens} & FORMATTING, text
            assert not [link for link in links if HOST in link.partition("?")[0]], text
            assert "**bold**" not in text, text
            assert f"http://{HOST}" not in re.sub(r"\]\([^)]*\)", "", text), text
            assert not re.search(r"(?<!\\):(?:red|blue|material)(?:\[|/|-background\[)", text), text


def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder of a reader who has added nothing yet."""
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "own" / "added.csv"))
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


@pytest.mark.parametrize("word", [word for word in WORDS if "\ud800" not in word])
def test_the_name_in_a_link_is_text(word: str) -> None:
    page = opened.app("scenario", lang="en", levers="lanes~1", name=word).run()
    check_text(page)
    too_long = len(" ".join(shown(word).split())) > LONGEST_NAME
    assert ["at most 80 can be used" in error.value for error in page.error] == [True] * too_long


@pytest.mark.parametrize(
    "query", [{"levers": "{word}"}, {"levers": "lanes~{word}"}, {"levers": "lanes~1~s{word}"}]
)
def test_a_value_of_a_link_is_text_in_its_error(query: dict[str, str]) -> None:
    word = WORDS[0]
    page = opened.app(
        "scenario", lang="en", **{key: text.format(word=word) for key, text in query.items()}
    ).run()
    check_text(page)
    assert page.error


def _list(word: str) -> bytes:
    item = Item(collected.overview(), "overview-cumulative", word, word)
    faulty = Item(SavedQuestion("overview", {"flow": "both"}), "overview-cumulative", word, word)
    return Draft(items=(item, faulty), title=word).as_json().encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("word", WORDS)
def test_titles_and_remarks_of_a_list_are_text(
    word: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (folder(monkeypatch, tmp_path) / "briefing.json").write_bytes(_list(word))
    check_text(opened.app("briefing", lang="en").run())


@pytest.mark.parametrize("page", ["overview", "sources"])
def test_where_a_figure_is_from_is_text(page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder(monkeypatch, tmp_path)
    official = read_table("visitors")
    month = str(pd.Period(official["month"].max(), "M") + 1)
    for origin, destination, word in (
        ("KOR", "JPN", WORDS[0] + WORDS[3]),
        ("JPN", "KOR", WORDS[4] + WORDS[9]),
    ):
        row = own.OwnRow(month, origin, destination, 500_000, source=shown(word), note=shown(word))
        own.add_all([row], day="2026-10-01", official=official, confirmed=True)
    check_text(unfolded(opened.app(page, lang="en").run()))


@pytest.mark.parametrize("code", opened.CODES)
def test_every_sentence_takes_hostile_values(code: str) -> None:
    language = Language(code)
    for key in catalogues.extracted():
        message = key if isinstance(key, str) else key[-1]
        names = catalogues.places(message)
        for word in WORDS[:8] if names else ():
            said = language(message, **dict.fromkeys(names, markup.literal(word)))
            tokens = [
                child
                for token in PARSER.parse(markup.sentence(said))
                for child in [token, *(token.children or [])]
            ]
            assert not {token.type for token in tokens} & (FORMATTING | {"link_open"}), said


@pytest.mark.parametrize("form", ["pptx", "docx", "hwpx", "xlsx", "zip", "pdf"])
def test_files_hold_the_words_and_ask_nobody(form: str) -> None:
    title, note = shown(EVERY)[:380], shown(EVERY)
    draft = draft_of(
        Draft(items=(Item(collected.overview(), "overview-cumulative", title, note),), title=title).as_json()
    )
    made = documents.make(form, compose(draft, collected.models(), Language("en")))
    if form == "pdf":
        assert f"/URI (http://{HOST}".encode() not in made
        return
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        for name in package.namelist():
            if name.endswith(".rels"):
                assert HOST.encode() not in package.read(name), name
            if name.endswith((".xml", ".hpf")):
                assert b"<!DOCTYPE" not in package.read(name)
