"""Pages opened without a browser, and the texts a reader finds on them."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from crossings.models.queue.settings import records
from crossings.models.scenario.levers import sources
from crossings.tables import flows
from tests.apptest import everything, run_unfolded
from ui import chart

PROJECT = Path(__file__).resolve().parents[2]
PAGES = tuple(sorted(path.stem for path in (PROJECT / "pages").glob("[a-z]*.py")))
CODES = ("en", "ko", "ja")
TEXT_FIELDS = {"body", "label", "help", "placeholder", "delta", "content", "options", "alt", "text", "title"}
SECONDS = 120


def modules(*, but: str) -> list[Path]:
    """Return the modules that draw, of the pages and of `ui`, without the one of a name."""
    folders = (PROJECT / name for name in ("ui", "pages"))
    return sorted(path for folder in folders for path in folder.glob("*.py") if path.stem != but)


def app(page: str, **query: str) -> AppTest:
    """Return the app as a first deep link to a page finds it, not yet run."""
    opened = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=SECONDS)
    for key, value in query.items():
        opened.query_params[key] = value
    if page != "overview":
        opened.switch_page(f"pages/{page}.py")
    return opened


@lru_cache(maxsize=64)
def looked_at(page: str, query: tuple[tuple[str, str], ...]) -> AppTest:
    """Return a page that was opened, with every fold, and is only looked at; tests share it."""
    return run_unfolded(app(page, **dict(query)), page)


def _in_message(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        many = list(value) if field.is_repeated else [value]
        for item in many:
            if isinstance(item, str) and field.name in TEXT_FIELDS:
                yield item
            elif hasattr(item, "ListFields"):
                yield from _in_message(item)


def _in_table(element: Any) -> Iterator[str]:
    frame = element.value
    yield from (str(column) for column in frame.columns)
    for column in frame.select_dtypes(exclude="number").columns:
        yield from (str(cell) for cell in frame[column].dropna().unique())


def texts(opened: AppTest, *, tables: bool = True) -> list[str]:
    """Return every text of the page: sentences, labels, choices, hints, alt texts and, if asked, tables."""
    found: list[str] = []
    for element in everything(opened):
        if getattr(element, "type", "") == "dataframe":
            found += [element.proto.alt, *(_in_table(element) if tables else ())]
        elif hasattr(getattr(element, "proto", None), "ListFields"):
            found += _in_message(element.proto)
    return [text for text in found if text.strip()]


def answer(opened: AppTest) -> str:
    """Return the page's answer: its first heading sentence."""
    return next(block.value for block in opened.markdown if block.value.startswith("### "))


def keyed(elements: Iterable[Any], name: str) -> Any:
    """Return the control of a name; drawn anew, it has another key than at first."""
    own = re.compile(rf"{re.escape(name)}(-\d+)?")
    return next(element for element in elements if own.fullmatch(str(element.key)))


def charts(opened: AppTest) -> list[dict[str, Any]]:
    """Return what each chart is given: its specification `spec` and what it shows in words, `alt`."""
    drawn = (element.proto for element in everything(opened) if element.type == "bidi_component")
    given = [json.loads(message.json) for message in drawn if message.component_name == chart.NAME]
    return [shown | {"spec": json.loads(shown["spec"])} for shown in given]


def faults(opened: AppTest) -> list[str]:
    """Return what went wrong on a page: tracebacks, and errors shown to the reader."""
    return [shown.value for shown in (*opened.exception, *opened.error)] + [
        block.value for block in opened.code if "Traceback" in block.value
    ]


@lru_cache(maxsize=1)
def _citations() -> tuple[str, ...]:
    """Return the titles of works cited, longest first: they stand in the language they were given in."""
    given = flows.read_table("sources")
    titles = {*given["publisher"], *given["description"], *(source.title for source in sources().values())}
    titles |= {source["title"] for source in records()["source"].values()}
    return tuple(sorted((title for title in titles if title), key=len, reverse=True))


def latin_words(text: str) -> list[str]:
    """Return the words in Latin letters; addresses, anchors, codes, file names and citations are left out."""
    if text in _citations():
        return []
    bare = text
    if re.search(r"[A-Za-z]{3},? [A-Za-z]{2}", bare):
        for title in _citations():
            bare = bare.replace(title, " ")
    coded = r"https?://.*|\]\(#[^)]*\)|`[^`]*`|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[a-z]{2,4}(?![A-Za-z])|:(?:orange|red|green|blue|gray|small)\["
    return re.findall(r"[A-Za-z][A-Za-z'’.-]*[A-Za-z]", re.sub(coded, " ", bare))
