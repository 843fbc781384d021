"""Figures as a reader would collect them, one recipe a page, and the material they are made from."""

from functools import lru_cache

from crossings.briefing.draft import Draft, Item
from crossings.briefing.material import Material, fresh
from crossings.models.queue.presets import calibrated
from crossings.models.queue.report import question_json
from crossings.models.scenario.settings import from_preset, to_json, to_query
from crossings.questions.recipe import Recipe, recipe
from crossings.tables.flows import Flow


@lru_cache(maxsize=1)
def material() -> Material:
    """Return the material of the committed figures, worked out once for all tests of a run."""
    return fresh()


def as_of() -> str:
    """Return the last month of the committed figures."""
    return str(material().published.last_month)


def overview(measure: str = "cumulative") -> Recipe:
    return recipe("overview", flow=Flow.BOTH, measure=measure, mark=15_000_000, years=(2015, 2026))


def milestone(mark: int = 15_000_000, *, year: int = 2026, month: str = "", shocks: bool = False) -> Recipe:
    return recipe("milestone", flow=Flow.BOTH, mark=mark, year=year, as_of=month or as_of(), shocks=shocks)


def track_record() -> Recipe:
    return recipe("track_record", flow=Flow.BOTH, era="before 2020", asked="running")


def scenario(preset: str = "full-package") -> Recipe:
    question = recipe(
        "scenario",
        flow=Flow.BOTH,
        mark=15_000_000,
        scenario_year=2027,
        priors="evidence",
        as_of=as_of(),
        compared=f"[{to_text(to_json(from_preset(preset)))}]",
    )
    return Recipe("scenario", {**to_query(from_preset(preset)), **question.state})


def to_text(text: str) -> str:
    """Return a text as a JSON string."""
    import json

    return json.dumps(text, ensure_ascii=False)


def border(hall: str = "haneda-t3", *, changed: bool = False) -> Recipe:
    settings = question_json(hall, calibrated(hall).settings, None)
    return recipe("border", hall=hall, settings=settings, changed=changed)


def history(event: str = "boycott-2019") -> Recipe:
    return recipe(
        "history",
        flow=Flow.KOREANS_TO_JAPAN,
        event=event,
        kinds="policy-politics",
        since=2005,
        year_from="2018",
        year_to="2025",
    )


def abroad() -> Recipe:
    return recipe("abroad", country="SAU", counted=1)


FIGURES = {
    "overview": ("overview-cumulative", "overview-kor-jpn", "overview-jpn-kor"),
    "milestone": ("milestone-fan", "milestone-month", "milestone-curve"),
    "track_record": (
        "track-record-error",
        "track-record-reliability",
        "track-record-coverage",
        "track-record-outcomes",
    ),
    "scenario": (
        "scenario-flows",
        "scenario-directions",
        "scenario-waterfall",
        "scenario-tornado",
        "scenario-compared",
        "scenario-priors",
    ),
    "border": ("border-queue", "border-waits", "border-desks", "border-lane"),
    "history": (
        "history-timeline",
        "history-without",
        "history-others",
        "history-calendar",
        "history-years",
        "history-balance",
        "history-statements",
    ),
    "abroad": (
        "abroad-map",
        "abroad-carried",
        "abroad-residents",
        "abroad-students",
        "abroad-working-holiday",
    ),
}
MAKERS = {
    "overview": overview,
    "milestone": milestone,
    "track_record": track_record,
    "scenario": scenario,
    "border": border,
    "history": history,
    "abroad": abroad,
}


def every_item() -> list[Item]:
    """Return every figure of every page."""
    return [Item(MAKERS[page](), key) for page, keys in FIGURES.items() for key in keys]  # type: ignore[operator]


def six() -> Draft:
    """Return a list of six figures from four pages."""
    return Draft(
        items=(
            Item(milestone(), "milestone-fan"),
            Item(milestone(), "milestone-curve"),
            Item(scenario(), "scenario-flows", title="Our scenario", note="A remark"),
            Item(scenario(), "scenario-directions"),
            Item(border(), "border-waits"),
            Item(overview(), "overview-cumulative"),
        )
    )
