"""A briefing composed: figures made anew from a list, words from templates over their numbers, tables, trace."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from crossings.briefing import sentences as words
from crossings.briefing.draft import Draft, Item, item_plain
from crossings.errors import CrossingsError, unforeseen
from crossings.export.briefing import NO_FILING, Absent, Briefing, Filing, Part, Section
from crossings.formats import BY_FORMAT
from crossings.language import Language
from crossings.language.labels import by_hand_line
from crossings.language.likelihood import scale_rows
from crossings.language.markup import literal
from crossings.language.press import publisher
from crossings.language.register import noun_style
from crossings.language.strip import opens_elsewhere
from crossings.models.forecast import MODEL_VERSION
from crossings.models.forecast.milestone import Milestone, milestone, what_changed
from crossings.models.models import Models
from crossings.questions import registry
from crossings.questions.base import FIRST_MARK, NOTHING, Figure, Mark, View, unreadable
from crossings.questions.base.question import LOCAL_ADDRESS
from crossings.questions.base.view import FOR_PAPER
from crossings.questions.milestone.question import MilestoneQuestion
from crossings.questions.registry import SavedQuestion, page_name
from crossings.questions.sources import sentences as source_words
from crossings.tables import provenance, releases
from crossings.tables.flows import Flow

TRACE_FORMAT = 1
SIGNIFICANT = 10
MOST_SOURCES = 3
MOST_CAUTIONS = 2


@dataclass(frozen=True, eq=False)
class Made:
    """One collected figure as it could be made today: the item, its view and its figure, or the fault."""

    item: Item
    view: View | None
    figure: Figure | None
    fault: CrossingsError | None


def made(item: Item, models: Models, language: Language, *, base: str = LOCAL_ADDRESS) -> Made:
    """Make one collected figure anew in a language; whatever hinders it is kept as a named fault and not raised."""
    view: View | None = None
    try:
        view = registry.view(item.asked.question(), models, language)
        if item.figure not in view.figures:
            raise unreadable(item.figure)
        figure = view.figures[item.figure]
    except Exception as fault:
        return Made(item, view, None, unforeseen(fault))
    title = literal(item.title) or figure.title
    link = view.question.link(base, language.code)
    return Made(item, view, replace(figure, title=title, link=link if opens_elsewhere(link) else ""), None)


def compose(
    draft: Draft,
    models: Models,
    language: Language,
    *,
    base: str = LOCAL_ADDRESS,
    today: date | None = None,
    make: Callable[[Item], Made] | None = None,
) -> Briefing:
    """Return the briefing of a list. An empty list gives the standing facts and their sources.

    base: the app's address, for links. today: the day written on it. make: what makes one figure, where
    the caller keeps them. Raises DataMissing or DataDamaged.
    """
    maker = make or partial(made, models=models, language=language, base=base)
    summary = month_in_brief(Asked(), models, language, base=base, today=today) if draft.with_month else None
    drawn = {(_key(item.asked), item.figure) for item in draft.items}
    first = [month_item(models)] if summary else []
    first = [item for item in first if (_key(item.asked), item.figure) not in drawn]
    every = [maker(item) for item in (*first, *draft.items)]
    views = _views(every)
    month = models.published.last_month
    facts = _facts(models, language)
    answer, candidates = _told(views, [one.figure.takeaway for one in every if one.figure], language)
    left_out = "" if summary else _not_included(month, language, today)
    boxed = [noun_style(one.boxed, language) for one in views] if len(views) == 1 else []
    warned = any(boxed)  # then the notes, not the summary, say which releases are to come
    last = boxed if warned else [left_out]
    answer = summary.answer if summary else language.in_a_row([answer or facts[0], *last])
    bullets = words.points(candidates, facts, answer=answer, language=language)
    subject = _scenario(every)
    return _explained(
        Briefing(
            title=draft.title.strip() or _title(every, month, language),
            answer=answer,
            bullets=bullets,
            parts=tuple(
                _part(one.figure, one.view, draft.filing, note=one.item.note)
                for one in every
                if one.figure and one.view
            ),
            language=language,
            paper=draft.paper,
            filing=draft.filing,
            sections=words.with_list(
                summary.sections, _listed(every[len(first) :], month, language), language
            )
            if summary
            else words.sections(
                words.purpose({one.name: None for one in views}, month, language, scenario=subject),
                bullets,
                cautions=_cautions(views, left_out if warned else "", language),
                due=_due(language, today),
                language=language,
            ),
            absent=tuple(_absent(one, language) for one in every if one.fault),
            **_annexes(views, models, language, links=_links(every, base, language), today=today),
            trace=_trace(every, models, language, answer=answer, today=today),
        )
    )


def _explained(briefing: Briefing) -> Briefing:
    """Return a briefing with the wording of probabilities only where it uses one of its words."""
    said = [briefing.answer, *briefing.bullets, *(point for one in briefing.sections for point in one.points)]
    said += [words.plain(part.figure.takeaway) for part in briefing.parts]
    wordings: list[str] = list(briefing.scale.iloc[:, 1]) if len(briefing.scale) else []
    used = any(wording.casefold() in text.casefold() for wording in wordings for text in said)
    return briefing if used else replace(briefing, scale=briefing.scale.iloc[:0])


def _told(views: Sequence[View], takeaways: Sequence[str], language: Language) -> tuple[str, list[str]]:
    """Return the summary of some views and what may stand as points below it.

    One view gives its headline, then the rest that its page says; of more, each gives its own.
    """
    leads = [words.plain(one.headline or one.answer) for one in views]
    if len(views) != 1:
        return noun_style("".join(leads[:1]), language), [*leads[1:], *takeaways]
    paragraphs = [words.plain(each) for each in views[0].paragraphs]
    rest = words.plain(views[0].answer)
    for said in (leads[0], *paragraphs):
        rest = rest.replace(said, "").strip()
    told = [*paragraphs[:1], words.plain(views[0].in_paper), rest, *paragraphs[1:]]
    return noun_style(leads[0], language), told if len(told) > MOST_CAUTIONS else [*told, *takeaways]


def _listed(every: Sequence[Made], month: pd.Period, language: Language) -> Section:
    """Return what the collected figures' own pages answer, as a section beside the month's summary."""
    takeaways = [one.figure.takeaway for one in every if one.figure]
    answer, candidates = _told(_views(every), takeaways, language)
    points = words.points([answer, *candidates], [], answer="", language=language)
    return Section(_title(every, month, language), points)


def _title(every: Sequence[Made], month: pd.Period, language: Language) -> str:
    """Return the title that its figures give a briefing: their page and scenario where they share one."""
    if scenario := _scenario(every):
        return words.scenario_title(scenario, language)
    pages = {one.view.name for one in every if one.view and one.figure}
    return pages.pop() if len(pages) == 1 else words.title(month, language)


def _scenario(every: Sequence[Made]) -> str | None:
    """Return the scenario that all figures of a briefing show, None where they show none or several."""
    scenarios = {one.figure.scenario for one in every if one.figure}
    return scenarios.pop() if len(scenarios) == 1 else None


def _cautions(views: Sequence[View], left_out: str, language: Language) -> list[str]:
    """Return what a paper says of its limits, last what slides keep: what is left out and whose calculation it is."""
    own = words.own_calculation(language)
    if len(views) != 1:
        return [left_out, own]
    view = views[0]
    further = view.remarks[FOR_PAPER].split("\n") if FOR_PAPER in view.remarks else []
    return [*view.method[:MOST_CAUTIONS], *further[:-1], left_out, *further[-1:], own]


def _not_included(month: pd.Period, language: Language, today: date | None) -> str:
    overdue = releases.freshness(today=today or date.today()).overdue
    return noun_style(words.not_included(overdue, month, language), language)


def _due(language: Language, today: date | None) -> str:
    return words.next_releases(releases.freshness(today=today or date.today()).due, language)


def _part(figure: Figure, view: View, filing: Filing, *, note: str = "") -> Part:
    """Return a figure as it is printed: in the noun style, and without versions where none are wanted."""
    styled = partial(noun_style, language=figure.language)
    printed = replace(figure, takeaway=words.point(figure.takeaway, figure.language), alt=styled(figure.alt))
    if not filing.hashes:
        printed = replace(printed, versions={}, link="")
    return Part(printed, note, _method(view, figure.language).points)


def page_in_print(
    draft: Draft, models: Models, language: Language, *, base: str = LOCAL_ADDRESS, today: date | None = None
) -> Briefing:
    """Return what a page shows as a briefing named by its figures. Raises DataMissing or DataDamaged."""
    unnamed = replace(draft, title="", language=language.code)
    return compose(unnamed, models, language, base=base, today=today)


def _views(every: Sequence[Made]) -> list[View]:
    """Return the views whose figures are in a briefing, each once."""
    return list({_key(each.item.asked): each.view for each in every if each.view and each.figure}.values())


def _key(asked: SavedQuestion) -> tuple[str, tuple[tuple[str, str], ...]]:
    return asked.page, tuple(sorted(asked.state.items()))


def _facts(models: Models, language: Language) -> list[str]:
    """Return the sentences that are true of every briefing: the year to date and the latest months."""
    published = models.published
    every = words.standings(published, published.last_month, Flow.BOTH)
    return [words.to_date(every[0], language), *(words.latest(one, language) for one in every)]


def _absent(one: Made, language: Language) -> Absent:
    assert one.fault is not None
    title = one.item.title.strip() or page_name(one.item.asked.page, language)
    return Absent(title, language.error(one.fault))


def _links(every: Sequence[Made], base: str, language: Language) -> list[tuple[str, str]]:
    links = {one.figure.link: one.item.asked.page for one in every if one.figure and one.figure.link}
    return [(page_name(page, language), address) for address, page in links.items()]


def _annexes(
    views: Sequence[View],
    models: Models,
    language: Language,
    *,
    links: Sequence[tuple[str, str]],
    today: date | None,
) -> dict[str, Any]:
    """Return method, assumptions, sources, scale and stamp of some views as the briefing's fields."""
    tables = ["visitors", *(name for each in views for name in each.tables_used)]
    versions = dict(pair for one in views for pair in one.versions)
    assumed = [each.assumptions().headed() for each in views if each.assumptions is not None]
    scale = pd.DataFrame(scale_rows(language), columns=[language("Probability (%)"), language("Wording")])
    day = today or date.today()
    return {
        "day": language.report_day(day),
        "method": tuple({one.name: _method(one, language) for one in views if one.method}.values()),
        "assumptions": pd.concat(assumed).drop_duplicates(ignore_index=True).replace("", NOTHING)
        if assumed
        else pd.DataFrame(),
        "sources": sources(tuple(dict.fromkeys(tables)), language),
        "scale": scale if any(one.likelihood for one in views) else scale.iloc[:0],
        "stamp": words.stamp(
            models.published,
            releases.freshness(today=day).held,
            links=links,
            made=day,
            language=language,
        ),
        "versions": words.versions(models.published, MODEL_VERSION, versions, language),
    }


def _method(view: View, language: Language) -> Section:
    return Section(view.name, tuple(noun_style(point, language) for point in view.method))


def sources(tables: Sequence[str], language: Language) -> pd.DataFrame:
    """Return the sources of some published tables: the newest of each main publisher, date, terms, address.

    A table with many publishers names its three most frequent ones; the rest stand on the Sources page.
    """
    known = {table.name: table for table in provenance.tables()}
    rows: list[dict[str, str]] = []
    for name in tables:
        table = known.get(name)
        if table is None:
            continue
        for name_there in table.publishers[:MOST_SOURCES]:
            newest = max((o for o in table.origins if o.publisher == name_there), key=lambda o: o.date)
            rows.append(
                {
                    language("Table"): source_words.table_title(name, language),
                    language("Publisher"): publisher(name_there, language),
                    language("Date of the source"): source_words.dated(newest, language) or "–",
                    language("Terms of use"): source_words.terms(newest.terms, language),
                    language("Address"): newest.address,
                }
            )
    return pd.DataFrame(rows)


def _trace(
    every: Sequence[Made],
    models: Models,
    language: Language,
    *,
    answer: str,
    today: date | None,
    brief: Mapping[str, Any] | None = None,
) -> str:
    """Return the record by which the briefing's numbers can be checked later, as JSON."""
    published = models.published
    views = [one.view for one in every if one.view]
    record = {
        "format": TRACE_FORMAT,
        "made": str(today or date.today()),
        "language": language.code,
        "data_month": str(published.last_month),
        "data_version": published.digest,
        "model_version": MODEL_VERSION,
        "versions": {name: version for one in views for name, version in one.versions},
        "brief": brief,
        "answer": answer,
        "items": [
            item_plain(one.item) | {"values": values(one.figure), "heading": one.figure.title}
            for one in every
            if one.figure
        ],
    }
    return json.dumps(record, ensure_ascii=False)


def values(drawn: Figure) -> list[list[float | None]]:
    """Return a figure's numbers column by column, to ten significant digits; texts are left out, gaps None."""
    numbers = drawn.table.headed().select_dtypes("number")
    return [[_rounded(value) for value in numbers.iloc[:, place]] for place in range(numbers.shape[1])]


def _rounded(value: float) -> float | None:
    number = float(value)
    return float(f"{number:.{SIGNIFICANT}g}") if math.isfinite(number) else None


@dataclass(frozen=True)
class Asked:
    """The question of the month in brief: flow, and year and mark, which are chosen where they are None."""

    flow: Flow = Flow.BOTH
    year: int | None = None
    mark: int | None = None


def month_answers(asked: Asked, models: Models) -> tuple[Milestone, Milestone]:
    """Return the answer to the question of the month, and that of the next open mark where its own is passed."""
    as_of = models.published.last_month
    year = asked.year or as_of.year
    projection = models.projection(as_of)
    result = milestone(projection, flow=asked.flow, year=year, mark=asked.mark or FIRST_MARK)
    if result.settled != "passed":
        return result, result
    watched = milestone(projection, flow=asked.flow, year=year, mark=_open_mark(result))
    return (result if asked.mark else watched), watched


def month_question(watched: Milestone) -> MilestoneQuestion:
    """Return how the chart of the month in brief is asked for."""
    return MilestoneQuestion(watched.flow, watched.year, Mark(watched.mark), watched.as_of)


def _fan_of(watched: Milestone) -> Item:
    return Item(SavedQuestion.of(month_question(watched)), "milestone-fan")


def month_item(models: Models) -> Item:
    """Return the chart of the month in brief as a collected figure."""
    return _fan_of(month_answers(Asked(), models)[1])


def month_in_brief(
    asked: Asked,
    models: Models,
    language: Language,
    *,
    paper: str = BY_FORMAT,
    filing: Filing = NO_FILING,
    base: str = LOCAL_ADDRESS,
    today: date | None = None,
) -> Briefing:
    """Return the month in brief: latest month, year to date, the mark and what moved it, one chart, sources.

    Left out, the year is that of the last month and the mark the next round one that is still open.
    """
    published = models.published
    result, watched = month_answers(asked, models)
    one = made(_fan_of(watched), models, language, base=base)
    month = published.series(asked.flow).index[-1]
    every = words.standings(published, month, asked.flow)
    by_hand = by_hand_line(published, asked.flow, language)
    left_out = _not_included(published.last_month, language, today)
    so_far, outlook = words.to_date(every[0], language), words.outlook_in_brief(result, language)
    answer = language.in_a_row((so_far, outlook, by_hand, left_out))
    latest = [words.latest(now, language) for now in every]
    moved, caution = _what_changed(watched, models, language), words.caution(language)
    views = [one.view] if one.view else []
    return _explained(
        Briefing(
            title=words.month_title(month, language),
            answer=answer,
            bullets=(*latest, moved, caution),
            sections=words.month_sections(
                (so_far, *latest),
                (words.central_forecast(result, language), words.months_ahead(result, language), moved),
                (words.no_causes(language), caution, words.own_calculation(language)),
                _due(language, today),
                month,
                year=result.year,
                language=language,
            ),
            filing=filing,
            parts=(_part(one.figure, one.view, filing),) if one.figure and one.view else (),
            language=language,
            paper=paper,
            absent=(_absent(one, language),) if one.fault else (),
            **_annexes(views, models, language, links=_links([one], base, language), today=today),
            trace=_trace(
                [one],
                models,
                language,
                answer=answer,
                today=today,
                brief={"flow": asked.flow.value, "year": result.year, "mark": result.mark},
            ),
            brief=True,
        )
    )


def _open_mark(result: Milestone) -> int:
    return result.open_mark or result.next_mark or result.mark


def _what_changed(result: Milestone, models: Models, language: Language) -> str:
    """Return what moved the answer since the month before."""
    later, flow, year, mark = result.as_of, result.flow, result.year, result.mark
    earlier = models.projection(later - 1)
    parts = what_changed(
        earlier,
        models.projection(later),
        flow=flow,
        year=year,
        mark=mark,
        revised=models.restated(later - 1, later),
    )
    before = milestone(earlier, flow=flow, year=year, mark=mark)
    return words.changed(before, result, parts, language)
