"""How far the annual total was missed by months known: the projection beside two simple rules."""

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import THIN_OUT, labelled_axis, share_axis, ticks
from crossings.drawing.drawing import Chart, Drawing, Encoding, Layer
from crossings.drawing.marks import EndLabel, Frame, end_labels, horizontal, hover
from crossings.language import Language
from crossings.questions.base import Look

LOOKS = {
    "error": Look(theme.INK, width=3.0, dots=True),
    "last_year_error": Look(theme.OTHER_YEAR, width=2.0, dots=True),
    "year_to_date_error": Look(theme.NAMED_YEAR, "dash", 2.0, dots=True),
}
SHAPES = {"last_year_error": "square", "year_to_date_error": "triangle-up", "error": "circle"}


def error_by_months(
    frame: pd.DataFrame, *, language: Language, width: int | None = None, height: int = 300
) -> Chart:
    """Return the mean error of the annual total by months of the year known, of the projection and both rules.

    frame: months_known (0 to 11), error, last_year_error, year_to_date_error (shares of what came), count.
    """
    rows = frame.sort_values("months_known")
    rows = rows.assign(x=rows["months_known"].astype(float))
    values = ticks(0, float(rows[list(LOOKS)].max().max()), count=4)
    scale = Frame(0, values[-1], theme.plot_height(height, x_title=True))
    labels: dict[float, str | list[str]] = {month: language.number(month) for month in rows["x"]}
    axis = labelled_axis(labels, title=language("Months of the year published"), **THIN_OUT)
    x, y = horizontal(rows["x"].min(), rows["x"].max(), axis), scale.axis(share_axis(values, language))
    layers: list[Layer] = []
    for column, shape in SHAPES.items():
        line, look = Drawing(rows.assign(y=rows[column])), LOOKS[column]
        dash = theme.DASHED if look.dash == "dash" else theme.SOLID
        style = {"color": look.colour, "strokeWidth": look.width, "strokeDash": dash}
        layers.append(line.mark("line", **style).encode(x=x, y=y))
        points = line.mark(
            "point", filled=True, color=look.colour, shape=shape, size=20 * look.width, opacity=1
        )
        layers.append(points.encode(x=x, y=y))
    layers += end_labels(_ends(rows, language), at=float(rows["x"].max()), x=x, frame=scale)
    layers.append(_hover(rows, language, x=x, y=y))
    return theme.finished(layers, width=width, height=height)


def _ends(rows: pd.DataFrame, language: Language) -> list[EndLabel]:
    last = rows.iloc[-1]
    return [
        EndLabel(float(last["last_year_error"]), language("Last year unchanged"), theme.QUIET_INK),
        EndLabel(float(last["year_to_date_error"]), language("Year-to-date growth"), theme.QUIET_INK),
        EndLabel(float(last["error"]), language("Model forecast"), theme.INK, bold=True, rank=0),
    ]


def _hover(rows: pd.DataFrame, language: Language, *, x: Encoding, y: Encoding) -> Layer:
    texts = rows.assign(
        y=rows["error"],
        known=rows["months_known"].map(language.number),
        ours=rows["error"].map(language.percent),
        last=rows["last_year_error"].map(language.percent),
        rule=rows["year_to_date_error"].map(language.percent),
        many=rows["count"].map(language.number),
    )
    tooltips = {
        "known": language("Months of the year published"),
        "ours": language("Model forecast"),
        "last": language("Last year unchanged"),
        "rule": language("Year-to-date growth"),
        "many": language("Forecasts"),
    }
    return hover(texts, x=x, y=y, tooltips=tooltips)
