"""Charts that office programs draw: what stands in their XML and in the sheet behind them, as another program reads it."""

import io
import re
import zipfile
from dataclasses import replace
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest

from crossings import export
from crossings.drawing import theme
from crossings.export import chart_xml, office_chart
from crossings.language import LANGUAGES, Language
from crossings.questions.base import AIM, Band, Column, Level, Look, OfficeChart, Segment, table
from tests.export import figures

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MONTHS = [pd.Period("2026-01", "M") + i for i in range(12)]
NAN = float("nan")


def _table(language: Language, first: Column, names: list[Any], **columns: tuple[str, list[float]]) -> Any:
    made = [
        (Column(key, key, kind, signed=kind == "share", digits=2 if kind == "share" else None), values)  # type: ignore[arg-type]
        for key, (kind, values) in columns.items()
    ]
    return table(language, [(first, names), *made])


def charts(code: str = "ko") -> dict[str, OfficeChart]:
    """Return one chart of every kind."""
    language, label, month = Language(code), Column("label", "label"), Column("month", "month", "month")
    steps = _table(language, label, list("abcd"), change=("persons", [120e3, 80e3, 300e3, -900e3]))
    ends = {"low": ("share", [0.001, 0.012]), "high": ("share", [0.04, 0.005])}
    points = {
        "median": ("persons", [320e3, 110e3]),
        "low": ("persons", [-20e3, 10e3]),
        "high": ("persons", [910e3, 260e3]),
    }
    fan = {
        "known": ("persons", [1.2e6 * i for i in range(1, 9)] + [NAN] * 4),
        "median": ("persons", [NAN] * 8 + [11e6, 12.3e6, 13.6e6, 15e6]),
        "low": ("persons", [NAN] * 8 + [10.8e6, 12e6, 13e6, 14e6]),
        "high": ("persons", [NAN] * 8 + [11.2e6, 12.8e6, 14.3e6, 16e6]),
    }
    curve = _table(
        language, Column("mark", "mark", "persons"), [13e6, 15e6, 17e6], chance=("share", [1.0, 0.5, 0.0])
    )
    waits = {"before": ("minutes", [23.2, 31.0]), "after": ("minutes", [8.4, 35.0])}
    return {
        "steps": OfficeChart("steps", steps, total="all"),
        "tornado": OfficeChart("tornado", _table(language, label, ["a", "b"], **ends), centre=0.011),
        "points": OfficeChart("points", _table(language, label, ["a", "b"], **points)),
        "fan": OfficeChart(
            "line",
            _table(language, month, MONTHS, **fan),
            {"known": Look(theme.BOTH, width=3.0)},
            (Band("low", "high", "#DFE3E8", "95%"),),
            (Level("15", 15e6, AIM),),
        ),
        "scatter": OfficeChart("scatter", curve, segments=(Segment("15", (15e6, 0.0), (15e6, 1.0), AIM),)),
        "bar": OfficeChart("bar", _table(language, label, ["a", "b"], **waits)),
        "column": OfficeChart(
            "column",
            _table(language, month, MONTHS, change=("share", [0.1, 9.0, *[-0.2] * 10])),
            limits=(-0.3, 0.3),
        ),
    }


@lru_cache(maxsize=32)
def _part(kind: str, code: str = "ko") -> tuple[ElementTree.Element, bytes]:
    xml, book = office_chart.part(charts(code)[kind], width=880, height=360, size=12)
    return ElementTree.fromstring(xml), book


def _drawn(root: ElementTree.Element) -> dict[str, dict[int, float]]:
    """Return the values of every series that a program draws, by its name."""
    found: dict[str, dict[int, float]] = {}
    for series in root.iter(f"{C}ser"):
        name = "".join(series.find(f"{C}tx").itertext())  # type: ignore[union-attr]
        values = series.find(f"{C}val") or series.find(f"{C}yVal")
        points = [] if values is None else values.iter(f"{C}pt")
        found[name] = {int(p.get("idx", "")): float(p.find(f"{C}v").text or "") for p in points}  # type: ignore[union-attr]
    return found


def _value(sheet: Any, text: str) -> float:
    """Work a formula out as a spreadsheet does: cells, + - /, MAX and MIN."""
    body = re.sub(
        r"\b([A-Z]{1,2}\d+)\b", lambda cell: repr(_cell(sheet, cell.group(1))), text.removeprefix("=")
    )
    assert re.fullmatch(r"[-+/(),. \dMAXINe]+", body), body
    return float(eval(body, {"__builtins__": {}}, {"MAX": max, "MIN": min}))


def _cell(sheet: Any, where: str) -> float:
    value = sheet[where].value
    return _value(sheet, value) if isinstance(value, str) else float(value)


@pytest.mark.parametrize("kind", list(charts()))
def test_the_sheet_behind_a_chart_gives_what_is_drawn(kind: str) -> None:
    root, book = _part(kind)
    plain = openpyxl.load_workbook(io.BytesIO(book), data_only=True).worksheets[0]
    asked = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    formulas = [cell for row in asked.iter_rows() for cell in row if cell.data_type == "f"]
    for cell in formulas:
        assert _value(asked, str(cell.value)) == pytest.approx(plain[cell.coordinate].value, abs=1e-6)
    for place in root.iter(f"{C}numRef"):
        where = (place.findtext(f"{C}f") or "").rpartition("!")[2].replace("$", "")
        cells = [cell.value for row in plain[where] for cell in row]
        for point in place.iter(f"{C}pt"):
            assert cells[int(point.get("idx", ""))] == pytest.approx(float(point.findtext(f"{C}v") or ""))
    assert bool(formulas) == (kind not in ("tornado", "bar", "column"))


def test_moving_a_number_of_the_sheet_moves_the_interval() -> None:
    _, book = _part("points")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    before = [_cell(sheet, cell) for cell in ("E2", "F2", "G2")]
    sheet["D2"] = sheet["D2"].value + 100_000
    after = [_cell(sheet, cell) for cell in ("E2", "F2", "G2")]
    assert before[:2] == after[:2]
    assert after[2] == pytest.approx(before[2] + 10)


def test_steps_begin_where_the_one_before_ended_also_below_nil() -> None:
    drawn = _drawn(_part("steps")[0])
    base = drawn["보조 계열(숨김)"]
    assert base[0] == 0
    lowest = [min(0.0, *(values.get(row, 0.0) for values in drawn.values())) for row in range(5)]
    assert lowest == [-90.0, -90.0 + 30.0, -60.0 + 12.0, -48.0 + 8.0, -40.0]


def test_the_number_of_a_step_too_narrow_for_it_stands_beside_its_bar() -> None:
    steps = _table(Language("ko"), Column("label", "label"), list("ab"), change=("persons", [900e3, -5e3]))
    xml, _ = office_chart.part(OfficeChart("steps", steps, total="all"), width=880, height=360, size=12)
    base, *bars = ElementTree.fromstring(xml).iter(f"{C}ser")
    assert "−0.5" in "".join(base.itertext())
    assert not any("−0.5" in "".join(bar.itertext()) for bar in bars)


def test_a_tornado_begins_at_its_centre() -> None:
    root, _ = _part("tornado")
    axis = root.find(f".//{C}catAx")
    assert axis is not None
    assert axis.find(f"{C}crossesAt").get("val") == "0.011"  # type: ignore[union-attr]
    assert root.find(f".//{C}overlap").get("val") == "100"  # type: ignore[union-attr]


def test_an_interval_fits_its_axis_whole() -> None:
    root, _ = _part("points")
    scale = root.find(f".//{C}valAx/{C}scaling")
    assert scale is not None
    low, high = (float(scale.find(f"{C}{end}").get("val", "")) for end in ("min", "max"))  # type: ignore[union-attr]
    assert low <= -2
    assert high >= 91
    assert [len(list(side.iter(f"{C}pt"))) for side in root.iter(f"{C}plus")] == [2]
    assert next(root.iter(f"{C}plus")).find(f"{C}numRef") is not None


@pytest.mark.parametrize(("amounts", "form"), [([595.84, 16.3], "#,##0"), ([27.1, 3.2], "#,##0.0")])
def test_labels_of_amounts_have_no_more_figures_than_on_the_page(amounts: list[float], form: str) -> None:
    label = Column("label", "label")
    shown = table(Language("ko"), [(label, ["a", "b"]), (Column("a", "a", "number", digits=1), amounts)])
    xml, _ = office_chart.part(OfficeChart("bar", shown), width=880, height=360, size=12)
    forms = {
        each.get("formatCode") for each in ElementTree.fromstring(xml).iterfind(f".//{C}dLbls/{C}numFmt")
    }
    assert forms == {form}


def test_what_is_missing_is_not_drawn_as_nil() -> None:
    drawn = _drawn(_part("fan")[0])
    assert max(drawn["known"]) == 7
    assert (
        drawn["median"][min(drawn["median"])] == drawn["known"][7]
    )  # a line ahead begins where the known one ends
    assert min(drawn["median"]) == 7
    assert drawn["15"] == dict.fromkeys(range(12), 1500.0)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_value_axis_names_its_unit(code: str) -> None:
    root, _ = _part("fan", code)
    words = "".join(root.find(f".//{C}valAx/{C}title").itertext())  # type: ignore[union-attr]
    assert Language(code).conventions.large_persons.strip() in words.replace("\u00a0", " ")
    names = [v.text for v in root.find(f".//{C}lineChart//{C}cat").iter(f"{C}v")]  # type: ignore[union-attr]
    assert next(name for name in names if name) == Language(code).month_short(1)


def test_a_value_beyond_the_limits_is_cut_and_stays_in_the_sheet() -> None:
    root, book = _part("column")
    scale = root.find(f".//{C}valAx/{C}scaling/{C}max")
    assert scale is not None
    assert float(scale.get("val", "")) < 1
    cells = [cell.value for (cell,) in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]["B2:B13"]]
    assert cells[1] == 9.0


def test_straight_lines_of_a_scatter_and_its_axis() -> None:
    root, _ = _part("scatter")
    assert _drawn(root)["15"] == {0: 0.0, 1: 1.0}
    across, up = root.findall(f".//{C}valAx")
    assert across.find(f"{C}numFmt").get("formatCode") == "#,##0"  # type: ignore[union-attr]
    assert up.find(f"{C}numFmt").get("formatCode", "").endswith("%")  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", list(charts()))
def test_nothing_is_left_to_what_a_program_takes_for_granted(kind: str) -> None:
    root, _ = _part(kind)
    for series in (*root.iter(f"{C}lineChart"), *root.iter(f"{C}scatterChart")):
        assert all(one.find(f"{C}smooth") is not None for one in series.findall(f"{C}ser"))
    for axis in (*root.iter(f"{C}catAx"), *root.iter(f"{C}valAx")):
        assert axis.find(f"{C}delete") is not None
    for labels in root.iter(f"{C}dLbls"):
        assert labels.find(f"{C}showSerName").get("val") == "0"  # type: ignore[union-attr]
    assert root.find(f"{C}printSettings") is None


@pytest.mark.parametrize("kind", ["bar", "steps", "tornado"])
def test_bars_of_a_workbook_run_the_right_way(kind: str) -> None:
    data = export.xlsx(replace(figures.figure("ko"), office=charts()[kind]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read("xl/charts/chart1.xml"))
    values, names = root.find(f".//{C}valAx"), root.find(f".//{C}catAx")
    assert values is not None
    assert names is not None
    assert values.find(f"{C}scaling/{C}orientation").get("val") == "minMax"  # type: ignore[union-attr]
    assert names.find(f"{C}scaling/{C}orientation").get("val") == "maxMin"  # type: ignore[union-attr]
    assert names.find(f"{C}title") is None
    assert "dispUnits" not in ElementTree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(("skip", "turned"), [("12", True), ("1", False)])
def test_months_named_once_a_year_stay_on_one_line(skip: str, turned: bool) -> None:
    axis = f'<c:tickLblSkip val="{skip}"/><c:txPr><a:bodyPr/></c:txPr>'
    spaces = f'xmlns:c="{chart_xml.C[1:-1]}" xmlns:a="{chart_xml.A[1:-1]}"'
    made = chart_xml.explicit(
        f"<c:chartSpace {spaces}><c:catAx>{axis}</c:catAx></c:chartSpace>".encode(), Language("ja")
    )
    assert (f'rot="{chart_xml.ON_ONE_LINE}"'.encode() in made) == turned
