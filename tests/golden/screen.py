"""What stands on a page, read from its elements: answer, texts, key figures, tables, charts and controls."""

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd

from tests.apptest import everything
from tests.golden import charts
from tests.golden.reduced import listed, plain, rows
from ui import chart

TEXTS = {"markdown", "caption", "code", "text", "info", "warning", "error", "success", "latex", "html"}
HEADINGS = {"title", "header", "subheader"}
TABLES = {"dataframe", "table", "arrow_data_frame", "arrow_table"}
BUTTONS = {"button", "download_button", "link_button", "page_link"}
FOLDS = {"expander", "popover", "tab", "status", "dialog"}
CONTROLS = {
    "selectbox",
    "multiselect",
    "slider",
    "select_slider",
    "radio",
    "toggle",
    "checkbox",
    "button_group",
}
CONTROLS |= {"number_input", "text_input", "text_area", "file_uploader", "date_input"}
SILENT = {"flex_container", "grid_container", "grid", "column", "vertical", "horizontal", "form"}
SILENT |= {"spinner", "empty", "progress"}
CONTROL_FIELDS = ("label", "help", "min", "max", "step", "placeholder", "disabled")
BUTTON_FIELDS = ("label", "help")
LISTED = ("answer", "headings", "text", "metrics", "controls", "other", "order")
COUNTED = ("buttons", "folds")
KEYED = ("tables", "charts", "style")
Page = dict[str, Any]


def field(element: Any, name: str) -> Any:
    """Return a field of an element's message, None where it has none or it is empty."""
    message = element.proto
    value = getattr(message, name) if name in message.DESCRIPTOR.fields_by_name else None
    return None if value in ("", None, False) else value


def _said(element: Any, names: tuple[str, ...]) -> dict[str, Any]:
    found = {name: field(element, name) for name in names}
    return {name: plain(value) for name, value in found.items() if value is not None}


class Reading:
    """A page being read, element by element."""

    def __init__(self) -> None:
        self.page: Page = {kind: [] for kind in LISTED}
        self.page.update({kind: Counter() for kind in COUNTED})
        self.page.update({kind: {} for kind in KEYED})
        self._heading = self._fold_label = ""

    def read(self, element: Any) -> None:
        """Take an element into the kind it belongs to."""
        kind = str(getattr(element, "type", ""))
        takers: list[tuple[set[str], Callable[[Any, str], None]]] = [
            (TEXTS, self._text),
            (HEADINGS, self._headed),
            (TABLES, self._table),
            (BUTTONS, self._button),
            (FOLDS, self._fold),
            (CONTROLS, self._control),
            ({"metric"}, self._metric),
            ({"bidi_component"}, self._chart),
        ]
        for kinds, take in takers:
            if kind in kinds:
                take(element, kind)
                return
        if kind not in SILENT:
            self._add("other", kind)

    def _add(self, kind: str, entry: Any) -> None:
        self.page[kind].append(entry)
        self.page["order"].append(kind)

    def _count(self, kind: str, entry: str) -> None:
        self.page[kind][entry] += 1
        self.page["order"].append(kind)

    def _keyed(self, kind: str, name: str, entry: Any) -> None:
        same = [key for key in self.page[kind] if re.fullmatch(re.escape(name) + r"( \(\d+\))?", key)]
        key = f"{name} ({len(same) + 1})" if same else name
        self.page[kind][key] = entry
        self.page["order"].append(f"{kind}: {key}")

    def _text(self, element: Any, kind: str) -> None:
        said = str(element.value)
        level = re.match(r"(#+) ", said)
        if level and level[1] == "###" and not self.page["answer"]:
            self._add("answer", said[4:])
        elif level:
            self._heading = said.lstrip("# ")
            self._add("headings", said)
        else:
            self._add("text", f"{kind}: {said}")

    def _headed(self, element: Any, kind: str) -> None:
        self._heading = str(element.value)
        self._add("headings", f"{kind}: {element.value}")

    def _metric(self, element: Any, _kind: str) -> None:
        found = {"label": str(element.label), "value": str(element.value)}
        self._add("metrics", found | ({"delta": str(element.delta)} if element.delta else {}))

    def _button(self, element: Any, kind: str) -> None:
        said = " | ".join(str(value) for value in _said(element, BUTTON_FIELDS).values())
        self._count("buttons", f"{kind}: {said}{' | disabled' if field(element, 'disabled') else ''}")

    def _fold(self, element: Any, kind: str) -> None:
        self._fold_label = str(getattr(element, "label", "") or _popover(element))
        self._count("folds", f"{kind}: {self._fold_label}")

    def _control(self, element: Any, kind: str) -> None:
        found = {"type": kind} | _said(element, CONTROL_FIELDS)
        options = field(element, "options")
        if options:
            found["options"] = listed([getattr(option, "content", option) for option in options])
        if kind != "file_uploader":
            found["value"] = plain(element.value)
        self._add("controls", found)

    def _table(self, element: Any, _kind: str) -> None:
        found = table(element.value)
        formats = _formats(element, [str(name) for name in element.value.columns])
        self._keyed("tables", str(field(element, "alt") or self._fold_label), found | formats)

    def _chart(self, element: Any, _kind: str) -> None:
        if element.proto.component_name != chart.NAME:
            return
        shown = json.loads(element.proto.json)
        spec = json.loads(shown["spec"])
        sets = dict(spec.get("datasets", {}))
        self._keyed("charts", self._heading, {"alt": shown["alt"]} | charts.chart(spec, sets))
        self.page["style"][self.page["order"][-1].removeprefix("charts: ")] = charts.style(spec)


def _popover(element: Any) -> str:
    message = getattr(element, "proto", None)
    return str(getattr(getattr(message, "popover", message), "label", ""))


def table(frame: pd.DataFrame) -> dict[str, Any]:
    """Return a table's headings and values, a long one reduced."""
    cells = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    return rows([str(name) for name in frame.columns], cells)


def _cell(value: Any) -> Any:
    return None if value is None or (not isinstance(value, list | dict) and pd.isna(value)) else plain(value)


def _formats(element: Any, headings: list[str]) -> dict[str, Any]:
    said = json.loads(field(element, "columns") or "{}")
    found = {name: plain(said[name]) for name in headings if name in said}
    return {"formats": found} if found else {}


def page(opened: Any) -> Page:
    """Return what stands on an opened page, by kind."""
    reading = Reading()
    for element in everything(opened):
        reading.read(element)
    found = reading.page
    found["address"] = {key: plain(value) for key, value in opened.query_params.items()}
    return {kind: value for kind, value in found.items() if value}
