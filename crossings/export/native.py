"""What a program that draws a figure itself needs: the columns it draws, with their formulas and looks, and its axes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from typing import Literal

import pandas as pd

from crossings.drawing import theme
from crossings.drawing.axes import ticks
from crossings.drawing.measure import text_width
from crossings.questions.base import Band, Column, Figure, Look, OfficeChart, Table
from crossings.questions.base import table as made_table
from crossings.questions.base.figure import Dash
from crossings.questions.base.table import cell_text

SERIES = (theme.INK, theme.KOREANS_TO_JAPAN, theme.JAPANESE_TO_KOREA, theme.SCENARIO, "#7A8594", "#B8C0CA")
DASHES: tuple[Dash, ...] = ("solid", "dash", "long_dash", "dash_dot", "round_dot", "solid")
LARGE = 100_000
NAMED = 4
MOST_NAMED_MONTHS, MOST_LABELLED_BARS, MOST_LABELLED_LINES = 24, 14, 3
NARROW = 0.08  # of the longest bar, below which a step has no room for its number
THIN = 1.0  # points, up to which a line bounds a range
LABELLED = 2.0  # the width in points from which on a line is one of the main ones
DECIMALS = 6
LABEL_ROOM, SHORT_STEPS = 50, (1, 2, 3, 6)  # ems for the names of categories

Form = Literal["line", "area", "bar", "support"]


@dataclass(frozen=True)
class Plotted:
    """One column that a chart draws, beside the figure's table.

    values: as drawn, None for none. formulas: what makes each from the table's columns of the same row,
    "{key}", or of the row above, "{key@}"; empty for a plain value. name: in the legend, None to stay out of
    it. labels: what is written at single values: True its number, or a text; form_of_labels: the number format of
    those. colours: of single values.
    """

    key: str
    heading: str
    values: tuple[float | str | None, ...]
    formulas: tuple[str, ...] = ()
    form: Form = "line"
    look: Look = field(default_factory=lambda: Look(theme.INK))
    name: str | None = None
    labels: tuple[str | bool, ...] = ()
    colours: tuple[str, ...] = ()
    form_of_labels: str = ""

    @property
    def raw(self) -> str | None:
        """The key of the table's own column where the values are those, so that none stands beside it."""
        keys = {text for text in self.formulas if text}
        return next(iter(keys))[1:-1] if keys == {f"{{{self.key}}}"} else None


@dataclass(frozen=True)
class Axis:
    """A value axis: its ends, the distance of its ticks, its number format and its title."""

    low: float
    high: float
    step: float
    form: str
    title: str = ""

    @property
    def labels(self) -> list[str]:
        """Its ticks as they are printed, near enough to measure them."""
        count = round((self.high - self.low) / self.step)
        decimals = _decimals(self.step * (100 if "%" in self.form else 1))
        factor, end = (100, "%") if "%" in self.form else (1, "")
        return [f"{(self.low + place * self.step) * factor:,.{decimals}f}{end}" for place in range(count + 1)]


@dataclass(frozen=True)
class Plot:
    """A chart as office programs draw it.

    table: stands as it is. columns: beside it. categories: the key of the column with the names, in the table
    or beside it; of the x values in a scatter. across: the axis of a scatter's x values. every: how many
    categories share one name. ends: the columns with the lengths of the error bars of the first line, below
    and above. pairs: the columns x and y of straight lines in a scatter.
    """

    office: OfficeChart
    table: Table
    columns: tuple[Plotted, ...]
    categories: str
    values: Axis
    across: Axis | None = None
    every: int = 1
    heading: str = ""
    ends: tuple[str, str] | None = None
    pairs: tuple[tuple[str, Plotted], ...] = ()

    @property
    def kind(self) -> Literal["line", "column", "bar", "scatter"]:
        """What the programs call it."""
        kinds: dict[str, Literal["line", "column", "bar", "scatter"]] = {
            "points": "line",
            "steps": "bar",
            "tornado": "bar",
            "column": "column",
            "bar": "bar",
            "scatter": "scatter",
        }
        return kinds.get(self.office.kind, "line")

    def of(self, *forms: Form) -> list[Plotted]:
        """Return the columns of some forms."""
        return [column for column in self.columns if column.form in forms]

    @property
    def names(self) -> list[str]:
        """The categories as they are printed."""
        for column in self.columns:
            if column.key == self.categories:
                return [str(value) for value in column.values]
        return categories(self.office.table, self.categories)


@dataclass(frozen=True)
class Layer:
    """One area of a stack that draws bands: values and formulas by category, its name and its colour.

    heading: what the values are, for the column that holds them. name and colour: None for the layer
    that only lifts the others; name also None where an earlier layer has named the band.
    """

    heading: str
    values: tuple[float, ...]
    formulas: tuple[str, ...]
    name: str | None
    colour: str | None


def office_of(figure: Figure) -> OfficeChart | None:
    """Return what office programs draw of a figure, or None where a picture must do."""
    return figure.office if figure.office is not None and len(figure.office.table) else None


def values_column(office: OfficeChart) -> Column:
    """Return the column of the first series, from which the value axis takes its format and unit."""
    return office.table.columns[1]


def large(office: OfficeChart) -> bool:
    """Return whether the persons on an axis are so many that it counts them in larger units."""
    columns = office.table.columns[:1] if office.kind == "scatter" else office.table.columns[1:]
    counted = [numbers(office, column.key) for column in columns if column.kind == "persons"]
    return any(bool((values.abs() >= LARGE).any()) for values in counted)


def divisor(office: OfficeChart) -> float:
    """Return by what a chart's persons are divided; shares and small numbers stay."""
    return float(office.table.language.conventions.large_unit) if large(office) else 1.0


def unit(office: OfficeChart, column: Column) -> str:
    """Return the unit in which a column is drawn, empty for shares, whose numbers say it themselves."""
    if column.kind == "share":
        return ""
    if column.kind == "persons" and large(office):
        return office.table.language.conventions.large_persons.strip()
    return office.table.unit(column)


def categories(table: Table, key: str) -> list[str]:
    """Return a column's values as they are printed."""
    column = table.column(key)
    return [cell_text(value, column, table.language) for value in table.values(key)]


def numbers(office: OfficeChart, key: str) -> pd.Series:
    """Return a column's values as they are printed, NaN where there is none."""
    return office.table.printed(key)


def series(office: OfficeChart, *, stacked: bool) -> list[Column]:
    """Return the columns to draw as series, without what bounds an interval or a band that layers draw."""
    if office.kind == "points":
        return [office.table.columns[1]]
    bounds = {key for band in office.bands for key in (band.low, band.high)} if stacked else set()
    return [column for column in office.table.columns[1:] if column.key not in bounds]


def look(office: OfficeChart, column: Column, drawn: Sequence[Column]) -> Look:
    """Return how one of the drawn series looks: its own look, or the next of a fixed order.

    With more series than the order holds, all are grey but the last.
    """
    if column.key in office.looks:
        return office.looks[column.key]
    for band in office.bands:
        if column.key in (band.low, band.high):
            return Look(band.colour, width=1.0)
    number = list(drawn).index(column)
    if len(drawn) <= len(SERIES):
        return Look(SERIES[number], DASHES[number])
    last = number == len(drawn) - 1
    return Look(theme.INK, width=2.5) if last else Look(theme.OTHER_YEAR, width=1.25)


def layers(office: OfficeChart) -> list[Layer]:
    """Return the bands of a line chart as areas to stack on one another, the lowest first.

    Months without bounds get bands of no width on the line that stands there, so that a fan opens from
    the last figure. Empty where there are no bands, or where they are not nested.
    """
    if office.kind != "line" or not office.bands:
        return []
    edges = [*(band.low for band in office.bands), *(band.high for band in reversed(office.bands))]
    bounds = pd.DataFrame({key: numbers(office, key) for key in edges})
    known = bounds.notna().all(axis=1)
    widths = bounds.diff(axis=1).iloc[:, 1:].where(known, 0.0)
    if not known.any() or (widths < 0).any(axis=None):
        return []
    rest = pd.DataFrame({column.key: numbers(office, column.key) for column in series(office, stacked=True)})
    stands = rest.bfill(axis=1).iloc[:, 0] if rest.shape[1] else bounds[edges[0]]
    base = bounds[edges[0]].where(known, stands).bfill().ffill()
    places = [
        f"{{{edges[0]}}}" if there else _standing(rest, row) for row, there in enumerate(known.tolist())
    ]
    heading = office.table.language("Hidden helper series")
    lowest = Layer(heading, tuple(base), tuple(places), None, None)
    return [lowest, *(_layer(office, edges, widths, known, number) for number in range(len(edges) - 1))]


def _standing(rest: pd.DataFrame, row: int) -> str:
    """Return the formula of the line that stands in a row without bounds, empty where none does."""
    known = rest.columns[rest.iloc[row].notna()]
    return f"{{{known[0]}}}" if len(known) else ""


def _layer(
    office: OfficeChart, edges: list[str], widths: pd.DataFrame, known: pd.Series, number: int
) -> Layer:
    bands: Sequence[Band] = office.bands
    band = bands[min(number, len(edges) - 2 - number)]
    low, high = (office.table.column(edge).heading for edge in edges[number : number + 2])
    heading = office.table.language("Width from {low} to {high}", low=low, high=high)
    name = band.label if number < len(bands) else None
    width = f"({{{edges[number + 1]}}}-{{{edges[number]}}})"
    formulas = tuple(width if there else "" for there in known)
    return Layer(heading, tuple(widths.iloc[:, number]), formulas, name, band.colour)


def plot(office: OfficeChart) -> Plot:
    """Return a chart with the columns to draw, worked out from its table."""
    if office.kind == "steps":
        office = _with_total(office)
    makers = {"steps": _steps, "scatter": _scatter, "points": _points}
    made = makers.get(office.kind, _series)(office)
    return replace(made, columns=tuple(map(_rounded, made.columns)))


def _rounded(column: Plotted) -> Plotted:
    values = tuple(
        value if value is None or isinstance(value, str) else round(value, DECIMALS) + 0.0
        for value in column.values
    )
    return replace(column, values=values)


def _scaled(office: OfficeChart, column: Column, **more: object) -> Plotted:
    """Return a column in the unit in which it is drawn, empty where the table is."""
    by = divisor(office) if column.kind == "persons" else 1.0
    known = numbers(office, column.key)
    said = f"{{{column.key}}}" if by == 1.0 else f"{{{column.key}}}/{by:.0f}"
    values = tuple(None if pd.isna(value) else float(value) / by for value in known)
    key = column.key if by == 1.0 else f"{column.key}-drawn"
    formulas = tuple("" if value is None else said for value in values)
    made = Plotted(key, _titled(office, column), values, formulas, name=column.heading)
    return replace(made, **more)  # type: ignore[arg-type]


def _series(office: OfficeChart) -> Plot:
    """Return lines over bands, columns, bars or a tornado."""
    stack = layers(office)
    drawn = series(office, stacked=bool(stack))
    columns = [
        *_areas(office, stack),
        *(
            _scaled(
                office,
                column,
                look=look(office, column, drawn),
                form="line" if office.kind == "line" else "bar",
                colours=_own_colours(office, drawn),
                labels=_labels(office, column, drawn),
                form_of_labels=_label_form(office, column),
                **_unnamed(office, column, drawn),
            )
            for column in drawn
        ),
        *_levels(office),
    ]
    return _with_categories(office, list(map(partial(_begun, columns), columns)))


def _unnamed(office: OfficeChart, column: Column, drawn: Sequence[Column]) -> dict[str, None]:
    """Return that a thin line of a look of its own, an end of a range, stays out of the legend."""
    own = office.kind == "line" and column.key in office.looks
    return {"name": None} if own and look(office, column, drawn).width <= THIN else {}


def _begun(every: Sequence[Plotted], column: Plotted) -> Plotted:
    """Return a line that begins in the row after the end of another with that end before it, so that they meet."""
    first = _ends(column)[0]
    before = (one for one in every if first > 0 and _thick(one) and _ends(one)[1] == first - 1)
    other = next(before, None) if _thick(column) else None
    if other is None:
        return column
    values, formulas = list(column.values), list(column.formulas)
    values[first - 1], formulas[first - 1] = other.values[first - 1], other.formulas[first - 1]
    return replace(column, values=tuple(values), formulas=tuple(formulas))


def _thick(column: Plotted) -> bool:
    return column.form == "line" and column.look.width >= LABELLED and bool(column.formulas)


def _ends(column: Plotted) -> tuple[int, int]:
    """Return the first and the last row in which a column has a value, -1 where it has none."""
    there = [place for place, value in enumerate(column.values) if value is not None] or [-1]
    return there[0], there[-1]


def _areas(office: OfficeChart, stack: Sequence[Layer]) -> list[Plotted]:
    by = divisor(office)
    return [
        Plotted(
            f"area-{number}",
            layer.heading,
            tuple(value / by for value in layer.values),
            tuple(f"{text}/{by:.0f}" if text else "" for text in layer.formulas),
            "area",
            Look(layer.colour or ""),
            layer.name,
        )
        for number, layer in enumerate(stack)
    ]


def _levels(office: OfficeChart) -> list[Plotted]:
    by = divisor(office)
    return [
        Plotted(
            f"level-{number}",
            level.label,
            (level.value / by,) * len(office.table),
            look=level.look,
            name=level.label,
        )
        for number, level in enumerate(office.levels)
    ]


def _own_colours(office: OfficeChart, drawn: Sequence[Column]) -> tuple[str, ...]:
    """Return the colours of single bars or points, where categories have looks of their own."""
    names = categories(office.table, office.table.columns[0].key)
    if len(drawn) > 1 or not set(names) & set(office.looks):
        return ()
    return tuple(office.looks[name].colour if name in office.looks else "" for name in names)


def _labels(office: OfficeChart, column: Column, drawn: Sequence[Column]) -> tuple[str | bool, ...]:
    """Return what is written at single values: the last of a few lines, the names of many, every one of few bars."""
    known = numbers(office, column.key)
    there = [place for place, value in enumerate(known) if pd.notna(value)]
    if not there:
        return ()
    if office.kind != "line":
        few = len(there) * len(drawn) <= MOST_LABELLED_BARS and office.limits == (None, None)
        return tuple(few and pd.notna(value) for value in known)
    last: str | bool = ""
    if len(drawn) > len(SERIES):
        last = column.heading if list(drawn).index(column) >= len(drawn) - NAMED else ""
    elif look(office, column, drawn).width >= LABELLED and not _goes_on(office, column, drawn, there[-1]):
        last = (
            len([each for each in drawn if look(office, each, drawn).width >= LABELLED])
            <= MOST_LABELLED_LINES
        )
    return tuple(last if place == there[-1] else "" for place in range(len(known)))


def _goes_on(office: OfficeChart, column: Column, drawn: Sequence[Column], end: int) -> bool:
    """Return whether another line of the same width begins in the row after the end of this one."""
    width = look(office, column, drawn).width
    alike = [one for one in drawn if look(office, one, drawn).width == width]
    return any(numbers(office, one.key).first_valid_index() == end + 1 for one in alike)


def _label_form(office: OfficeChart, column: Column) -> str:
    """Return the number format of a column's labels: its own decimals, one more where large counts are small ones.

    Amounts have three figures, as on the page.
    """
    decimals = column.decimals
    if column.kind in ("number", "money"):
        top = float(numbers(office, column.key).abs().max())
        decimals = min(decimals, 0 if top >= 100 else 1 if top >= 10 else 2)
    if column.kind == "persons" and large(office):
        known = numbers(office, column.key).abs().dropna()
        top = float(known.max()) / divisor(office)
        labelled = known.tail(1) if office.kind == "line" else known[known > 0]
        least = float(labelled.min()) / divisor(office)
        decimals = 0 if top >= 100 else next((n for n in (1, 2) if round(least, n)), 3)
    if column.trimmed and decimals:
        return "General"
    places = "." + "0" * decimals if decimals else ""
    form = f"0{places}%" if column.kind == "share" else f"#,##0{places}"
    return f"+{form};−{form};{form}" if column.signed else form


def _points(office: OfficeChart) -> Plot:
    """Return dots with their intervals as error bars, whose lengths stand beside the table."""
    middle, low, high = office.table.columns[1:4]
    by = divisor(office)
    dots = _scaled(
        office,
        middle,
        look=Look(look(office, middle, [middle]).colour, width=0.0, dots=True),
        colours=_own_colours(office, [middle]),
        labels=(True,) * len(office.table),
        form_of_labels=_label_form(office, middle),
    )
    language = office.table.language
    lengths = [
        Plotted(
            f"length-{last.key}",
            language("Width from {low} to {high}", low=first.heading, high=last.heading),
            tuple(
                max(float(value) / by, 0.0) if pd.notna(value) else None
                for value in numbers(office, last.key) - numbers(office, first.key)
            ),
            (f"({{{last.key}}}-{{{first.key}}})/{by:.0f}",) * len(office.table),
            "support",
        )
        for first, last in ((low, middle), (middle, high))
    ]
    made = _with_categories(office, [dots, *lengths, *_levels(office)])
    return replace(made, ends=(lengths[0].key, lengths[1].key))


def _with_total(office: OfficeChart) -> OfficeChart:
    """Return steps largest first, with the bar for all at the end."""
    names, change = office.table.columns[:2]
    steps = sorted(
        zip(office.table.values(names.key), numbers(office, change.key), strict=True),
        key=lambda step: -abs(step[1]),
    )
    steps.append((office.total, sum(value for _, value in steps)))
    shown = made_table(
        office.table.language,
        [(names, [name for name, _ in steps]), (change, [value for _, value in steps])],
    )
    return replace(office, table=shown)


def _steps(office: OfficeChart) -> Plot:
    """Return bars that begin where the one before ended: what lifts them is stacked below, not drawn."""
    change = office.table.columns[1]
    by, language, count = divisor(office), office.table.language, len(office.table)
    first, last = language.pgettext("end of a bar", "from"), language.pgettext("end of a bar", "to")
    more = language.pgettext("step of a chart", "more")
    fewer = language.pgettext("step of a chart", "fewer")
    sizes = [float(value) / by for value in numbers(office, change.key)]
    levels = list(accumulate(sizes[:-1], initial=0.0))
    starts, ends = [*levels[:-1], 0.0], [*levels[1:], sizes[-1]]
    step = f"{{{change.key}}}/{by:.0f}"
    columns = [
        Plotted(
            "from",
            first,
            tuple(starts),
            ("", *("{to@}",) * (count - 2), ""),
            "support",
        ),
        Plotted(
            "to",
            last,
            tuple(ends),
            (*(f"{{from}}+{step}",) * (count - 1), "{to@}"),
            "support",
        ),
    ]
    form = _label_form(office, change).split(";")[0].removeprefix("+")
    rises = [size >= 0 for size in sizes[:-1]]
    looks = {
        "up": (Look(theme.RISE), [*rises, False], more, f"+{form};+{form}"),
        "down": (
            Look(theme.FALL, outlined=True),
            [*(not rise for rise in rises), False],
            fewer,
            f"−{form};−{form}",
        ),
        "all": (
            Look(theme.SCENARIO),
            [False] * (count - 1) + [True],
            office.total,
            f"+{form};−{form}" if change.signed else form,
        ),
    }
    crossing = [start * end < 0 for start, end in zip(starts, ends, strict=True)]
    for side in ("above", "below"):
        columns += _floating(
            starts, ends, looks, crossing, side=side, base_heading=language("Hidden helper series")
        )
    return _with_categories(office, columns)


def _floating(
    starts: Sequence[float],
    ends: Sequence[float],
    looks: dict[str, tuple[Look, list[bool], str, str]],
    crossing: Sequence[bool],
    *,
    side: str,
    base_heading: str,
) -> list[Plotted]:
    """Return the stacked pieces on one side of nil: what lifts the bars, then the bars by colour; none where empty."""
    outer, inner, limit = ("MAX", "MIN", max) if side == "above" else ("MIN", "MAX", min)
    near = [
        limit(0.0, min(a, b) if side == "above" else max(a, b)) for a, b in zip(starts, ends, strict=True)
    ]
    far = [limit(0.0, max(a, b) if side == "above" else min(a, b)) for a, b in zip(starts, ends, strict=True)]
    if not any(far):
        return []
    near_text, far_text = f"{outer}(0,{inner}({{from}},{{to}}))", f"{outer}(0,{outer}({{from}},{{to}}))"
    beside = [""] * len(near)  # numbers of bars too narrow for them: they end where the bar begins
    pieces = list[Plotted]()
    for key, (look, rows, heading, form) in looks.items():
        values = tuple(f - n if here and f != n else None for f, n, here in zip(far, near, rows, strict=True))
        if any(value is not None for value in values):
            formulas = tuple("" if value is None else f"{far_text}-{near_text}" for value in values)
            narrow = [
                value is not None and abs(value) < NARROW * max(map(abs, far)) < abs(low)
                for value, low in zip(values, near, strict=True)
            ]
            beside = [
                _written(value, form) if short and value is not None else text
                for value, short, text in zip(values, narrow, beside, strict=True)
            ]
            labels = tuple(
                value is not None and not over and not short
                for value, over, short in zip(values, crossing, narrow, strict=True)
            )
            pieces.append(
                Plotted(f"{key}-{side}", heading, values, formulas, "bar", look, None, labels, (), form)
            )
    base = Plotted(f"base-{side}", base_heading, tuple(near), (near_text,) * len(near), "bar", Look(""))
    return [replace(base, labels=tuple(beside)), *pieces]


def _written(value: float, form: str) -> str:
    """Return a number as a chart's number format writes it, its sign first."""
    first = form.partition(";")[0]
    sign = first[:1] if first[:1] in ("+", "−") else ""
    return f"{sign}{abs(value):,.{len(first.partition('.')[2])}f}"


def _scatter(office: OfficeChart) -> Plot:
    """Return lines or dots over numbers, with their straight lines."""
    first, *drawn = office.table.columns
    across = _scaled(office, first, form="support")
    lines = [_scaled(office, column, look=look(office, column, drawn), labels=()) for column in drawn]
    by = divisor(office)
    pairs, xs, ys = [], [], []
    for number, line in enumerate(office.segments):
        x = Plotted(
            f"x-{number}",
            office.table.language.named(line.label, "x"),
            tuple(end[0] / by for end in (line.start, line.end)),
            form="support",
        )
        y = Plotted(
            f"y-{number}",
            line.label,
            (line.start[1], line.end[1]),
            form="support",
            look=line.look,
            name=line.label,
        )
        pairs.append((x.key, y))
        xs.append(x)
        ys.append(y)
    columns = (across, *lines, *(column for pair in zip(xs, ys, strict=True) for column in pair))
    reach = [value for column in (across, *xs) for value in column.values if isinstance(value, float)]
    value_reach = [value for column in (*lines, *ys) for value in column.values if isinstance(value, float)]
    return Plot(
        office,
        office.table,
        columns,
        across.key,
        _axis(office, values_column(office), value_reach, zero=True),
        across=_axis(office, first, reach, zero=first.kind == "share"),
        heading=_titled(office, first),
        pairs=tuple(pairs),
    )


def _titled(office: OfficeChart, column: Column) -> str:
    return office.table.language.remarked(column.heading, unit(office, column))


def _with_categories(office: OfficeChart, columns: Sequence[Plotted]) -> Plot:
    first = office.table.columns[0]
    reach = _reach(office, columns)
    zero = office.kind != "line" or any(column.form == "area" for column in columns)
    axis = _axis(office, values_column(office), reach, zero=zero and office.kind != "tornado")
    if first.kind == "clock":
        names = categories(office.table, first.key)
        hours = [place for place, name in enumerate(names) if name.endswith(":00")]
        hour = hours[1] - hours[0] if len(hours) > 1 else 1
        return _named(Plot(office, office.table, tuple(columns), first.key, axis), names, 3 * hour)
    if first.kind != "month":
        heading = _titled(office, first) if first.numeric else ""
        return Plot(office, office.table, tuple(columns), first.key, axis, heading=heading)
    months = list(office.table.values(first.key))
    return _named(
        Plot(office, office.table, tuple(columns), first.key, axis), _month_names(months, office), 12
    )


def _named(made: Plot, names: Sequence[str], step: int) -> Plot:
    """Return a chart whose categories have names of their own; with too many, only every so many has one.

    step: how many belong together, twelve months or the rows of an hour.
    """
    widest = max((text_width(name, size=1) for name in names), default=1.0) + 1.5
    least = -(-len(names) * widest // LABEL_ROOM)
    steps = (*SHORT_STEPS, step) if step == 12 and len(names) <= MOST_NAMED_MONTHS else (step,)
    every = next((int(each) for each in steps if each >= least), int(step * -(-least // step)))
    shown = tuple("" if place % every else name for place, name in enumerate(names))
    column = Plotted("name", made.office.table.columns[0].heading, shown, form="support")
    return replace(made, columns=(column, *made.columns), categories=column.key, every=every)


def _month_names(months: Sequence[pd.Period], office: OfficeChart) -> list[str]:
    language = office.table.language
    if len({month.year for month in months}) == 1:
        return [language.month_short(month.month) for month in months]
    if len(months) > MOST_NAMED_MONTHS and months[0].month == 1:
        return [str(month.year) for month in months]  # as on the page
    return [language.month_compact(month) for month in months]


def _reach(office: OfficeChart, columns: Sequence[Plotted]) -> list[float]:
    """Return every height that the value axis must hold."""
    if office.kind == "steps":
        drawn = [column for column in columns if column.key in ("from", "to")]
    else:
        drawn = [column for column in columns if column.form in ("line", "bar")]
    reach = [value for column in drawn for value in column.values if isinstance(value, float)]
    bounds = [key for band in office.bands for key in (band.low, band.high)]
    bounds += [column.key for column in office.table.columns[2:4]] if office.kind == "points" else []
    by = divisor(office)
    return reach + [float(value) / by for key in bounds for value in numbers(office, key).dropna()]


def _axis(office: OfficeChart, column: Column, reach: Sequence[float], *, zero: bool) -> Axis:
    """Return an axis with round ticks that holds all that is drawn, cut to the chart's limits."""
    low, high = min(reach, default=0.0), max(reach, default=1.0)
    by = divisor(office) if column.kind == "persons" else 1.0
    if column is values_column(office):
        limits = office.limits
        low = low if limits[0] is None else max(low, limits[0] / by)
        high = high if limits[1] is None else min(high, limits[1] / by)
    if zero or 0 <= low < high / 2:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    full = column.kind == "share" and 0.85 < high <= 1.0
    values = ticks(low, 1.0 if full else high, count=5)
    step = values[1] - values[0]
    decimals = _decimals(step * (100 if column.kind == "share" else 1))
    places = "." + "0" * decimals if decimals else ""
    form = f"0{places}%" if column.kind == "share" else f"#,##0{places}"
    named = unit(office, column)
    lone = len(series(office, stacked=True)) == 1 and column.kind == "count"
    title = (
        office.table.language("(unit: {unit})", unit=named).replace(" ", "\u00a0")
        if named
        else column.heading
        if lone
        else ""
    )
    return Axis(values[0], values[-1], step, form, title)


def _decimals(step: float) -> int:
    """Return how many decimals tell ticks apart at a distance."""
    return next((places for places in range(4) if abs(step - round(step, places)) < 1e-9), 4)
