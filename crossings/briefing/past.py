"""The History page's figures, made anew from a recipe."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from crossings.errors import CrossingsError
from crossings.questions.figure_context import Setting
from crossings.questions.recipe import Recipe, unreadable
from crossings.tables.flows import Flow, read_table

if TYPE_CHECKING:
    from crossings.briefing.material import Material
    from crossings.export import Figure
    from crossings.models.events.interventions import Intervention

RAMP_MONTHS = 6


def intervention_of(asked: Recipe) -> "Intervention":
    """Return the event of a recipe: one on record, or months of the reader's own. Raises RecipeUnreadable."""
    from crossings.models.events.interventions import interventions
    from crossings.questions.history.sentences import OWN_MONTHS

    key = asked.text("event")
    if key == OWN_MONTHS:
        return own_months(asked.month("own_first"), asked.month("own_last"), asked.text("own_shape"))
    for one in interventions():
        if one.key == key:
            return one
    raise unreadable("event")


def own_months(first: pd.Period, last: pd.Period, shape: str) -> "Intervention":
    """Return an event of the reader's own from its months and its shape. Raises RecipeUnreadable."""
    from crossings.models.events.interventions import Intervention, Shape
    from crossings.questions.history.sentences import OWN_MONTHS

    if shape not in list(Shape):
        raise unreadable("own_shape")
    start, end = sorted((first, last))
    return Intervention(
        key=OWN_MONTHS,
        title="",
        category="policy",
        first=start,
        last=end,
        shape=Shape(shape),
        flows=tuple(Flow),
        ramp_months=RAMP_MONTHS,
    )


def history_figures(
    asked: Recipe, event: "Intervention", setting: Setting, both_ways: Setting, material: "Material"
) -> Mapping[str, Callable[[], "Figure | None"]]:
    """Return what makes each of the page's figures; nothing is fitted yet."""
    from crossings.models.events.calendar import calendar_fits, change_without_calendar
    from crossings.models.events.decomposition import balance, decompose
    from crossings.models.events.marks import CATEGORIES, filtered, marks
    from crossings.models.events.placebo import rank
    from crossings.models.events.statements import judge, statements
    from crossings.questions.history import figures

    flow = setting.flow

    def timeline() -> "Figure":
        kinds = [name for name in CATEGORIES if name in asked.text("kinds").split("-")] or list(CATEGORIES)
        first = pd.Period(f"{asked.whole('since')}-01", "M")
        shown = filtered(marks(), categories=set(kinds), first=first, last=material.published.last_month)
        return figures.timeline(
            both_ways, shown, categories=kinds, first=first, chosen=asked.state.get("chosen")
        )

    def others() -> "Figure":
        found = material.compared(flow, event)
        if isinstance(found, CrossingsError):
            raise found
        return figures.beside_others(setting, found)

    def placebos() -> "Figure | None":
        rows = material.placebos(flow, event)
        ranks = [one for one in (rank(rows, kind="month"), rank(rows, kind="origin")) if one is not None]
        return figures.placebos(setting, rows, ranks) if ranks else None

    def two_years() -> "Figure":
        first, second = asked.whole("year_from"), asked.whole("year_to")
        return figures.decomposition(
            setting, decompose(material.fitted(), flow=flow, first=first, second=second)
        )

    def said() -> "Figure":
        projected = (
            (one, material.projection(one.known, 0.0, None) if one.forecastable else None)
            for one in statements()
        )
        judged = [judge(one, material.published, projection) for one, projection in projected]
        table = read_table("sources")
        cited = dict(zip(table["key"], table["publisher"], strict=True))
        return figures.statements(both_ways, judged, cited=cited)

    return {
        "history-timeline": timeline,
        "history-without": lambda: figures.without_event(setting, material.estimate(flow, event)),
        "history-others": others,
        "history-placebos": placebos,
        "history-calendar": lambda: figures.calendar(
            setting, change_without_calendar(calendar_fits(material.fitted()), flow=flow)
        ),
        "history-years": two_years,
        "history-statements": said,
        "history-balance": lambda: figures.balance(both_ways, balance(material.published)),
    }
