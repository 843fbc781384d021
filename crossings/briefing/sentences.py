"""The briefing in sentences: its title, what changed since last month, its points and its stamp."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

import pandas as pd

from crossings.export.briefing import Section
from crossings.language import labels, markup, strip
from crossings.language.labels import rise, subject
from crossings.language.language import Language
from crossings.language.likelihood import whole_percent
from crossings.language.register import STYLES, noun_style
from crossings.language.rounding import range_beside
from crossings.models.forecast.milestone import MONTHS, Change, Milestone, Needed, displayed_percent
from crossings.questions.changes import cause_name
from crossings.questions.milestone import sentences as milestone_words
from crossings.questions.overview.sentences import month_takeaway
from crossings.tables.flows import DIRECTIONS, Flow, Published, Status
from crossings.tables.months import year_months
from crossings.tables.releases import Release
from crossings.tables.totals import Standing

LONGEST_EDIT = 160
FEWEST_POINTS, MOST_POINTS = 3, 5
THOUSAND = 1000
PERCENT_DIGITS = 3  # of a share, as per cent are printed
SENTENCES = 2


class Checked(Protocol):
    """One figure of a saved briefing, compared with what it is today."""

    @property
    def page(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def same(self) -> bool: ...
    @property
    def numbers(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def largest_change(self) -> float | None: ...
    @property
    def fault(self) -> str | None: ...


class Edited(Protocol):
    """One place of a saved file that differs from what was written."""

    @property
    def kind(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...


def title(month: pd.Period, language: Language) -> str:
    """Return the title of a briefing that its reader gave none."""
    return language("Korea-Japan people-to-people exchange (data to {month})", month=language.month(month))


def month_title(month: pd.Period, language: Language) -> str:
    """Return the title of the month in brief."""
    return language("Korea-Japan visitor flows, monthly summary: {month}", month=language.month(month))


def scenario_title(scenario: str, language: Language) -> str:
    """Return the title of a paper on one scenario."""
    return language("Korea-Japan visitor flows, hypothetical calculation: {scenario}", scenario=scenario)


def plain(text: str) -> str:
    """Return a page's sentence without its Markdown."""
    return markup.plain(text).strip()


def latest(now: Standing, language: Language) -> str:
    """Return a flow's latest month with its name and status."""
    said = noun_style(month_takeaway(now, language), language).rstrip(".。")
    status = labels.status_word(now.status, language)
    return language("{who}: {said} ({status})", who=subject(now.flow, language), said=said, status=status)


def point(said: str, language: Language) -> str:
    """Return a sentence as a point of a paper: in the noun style, without a stop at its end."""
    text = noun_style(plain(said), language)
    return text if language.code not in STYLES else text.rstrip(".。")


def to_date(now: Standing, language: Language) -> str:
    """Return a flow's year to date with its change on a year earlier."""
    span = language.span(pd.Period(f"{now.month.year}-01", "M"), now.month)
    count, change = language.people_short(now.to_date), now.to_date_change.get(now.month.year - 1)
    if now.status == Status.ESTIMATE:
        count = language.remarked(count, language("estimates included"))
    who = subject(now.flow, language)
    if change is None:
        return language("{who}, {span}: {count}.", who=who, span=span, count=count)
    return language(
        "{who}, {span}: {count}, {change} on the same period a year earlier.",
        who=who,
        span=span,
        count=count,
        change=rise(change, language),
    )


def outlook_in_brief(result: Milestone, language: Language) -> str:
    """Return the year's answer in the noun style of memos: the mark first, then the central forecast."""
    named = {
        "who": subject(result.flow, language),
        "year": language.year(result.year),
        "mark": language.mark(result.mark),
    }
    if result.passed_month is not None:
        month = language.month(result.passed_month)
        said = language("{who} passed {mark} in {month}.", **named, month=month)
    elif result.settled == "cannot pass":
        said = language("{who} did not reach {mark} in {year}.", **named)
    else:
        said = language(
            "{who}, {year}: {chance} probability of reaching {mark} by a model calculation.",
            **named,
            chance=whole_percent(result.percent, language),
        )
    return language.in_a_row([said, central_forecast(result, language)])


def central_forecast(result: Milestone, language: Language) -> str:
    """Return the year's median with its interval; empty where the year is known."""
    if result.needed is None:
        return ""
    return language(
        "Central forecast for {year}: about {median} (80% prediction interval {interval}).",
        year=language.year(result.year),
        median=milestone_words.median(result, language),
        interval=range_beside(result.interval_80, result.open_mark or result.mark, language),
    )


def months_ahead(result: Milestone, language: Language) -> str:
    """Return how the months ahead compare with a year earlier by the central forecast; empty where that is not known."""
    needed = result.needed
    if needed is None or not needed.last_year_a_month:
        return ""
    ahead = (result.median - result.visitors_to_date) / needed.months
    months, known = year_months(result.year), MONTHS - needed.months
    said = {
        "span": language.span(months[known], months[-1]),
        "pace": _a_month(ahead, needed.months, language),
        "change": rise(ahead / needed.last_year_a_month - 1, language),
    }
    if needed.so_far_a_month is None:
        return language("Central forecast for {span}: {pace}, {change} on a year earlier.", **said)
    first = language(
        "Central forecast for {span}: {pace}, {change} on a year earlier ({before}: {so_far}).",
        before=language.span(months[0], months[known - 1]),
        so_far=_a_month(needed.so_far_a_month, known, language),
        **said,
    )
    return language.in_a_row([first, _on_a_higher_base(ahead, needed, result.year, language)])


def _a_month(persons: float, months: int, language: Language) -> str:
    """Return a mean of months; of one month its count."""
    count = language.people_short(persons)
    return count if months == 1 else language("{count} a month on average", count=count)


def _on_a_higher_base(ahead: float, needed: Needed, year: int, language: Language) -> str:
    """Return that the months ahead rise less than those known since last year's were more; empty where it is not so.

    By arithmetic alone: (1 + rise ahead) / (1 + rise so far) is the level ahead against that so far, divided by the
    same ratio a year earlier. It is said where the rise is lower as printed, last year's months are more as printed,
    and their ratio makes up at least half of the difference.
    """
    last, so_far, earlier = (
        needed.last_year_a_month,
        needed.so_far_a_month,
        needed.last_year_so_far_a_month,
    )
    if last is None or so_far is None or earlier is None or ahead <= 0:
        return ""
    rises = [ahead / last - 1, so_far / earlier - 1]
    lower = round(rises[0], PERCENT_DIGITS) < round(rises[1], PERCENT_DIGITS)
    known, months = MONTHS - needed.months, year_months(year - 1)
    bases = [_a_month(earlier, known, language), _a_month(last, needed.months, language)]
    higher = last > earlier and language.people_short(last) != language.people_short(earlier)
    if not lower or not higher or 2 * math.log(last / earlier) < math.log((1 + rises[1]) / (1 + rises[0])):
        return ""
    return language(
        "The base is higher: {last} in {base}, {earlier} in {before_base}; the rate of increase is therefore below that of "
        "{before} ({change}).",
        base=language.span(months[known], months[-1]),
        last=bases[1],
        before_base=language.span(months[0], months[known - 1]),
        earlier=bases[0],
        before=language.span(year_months(year)[0], year_months(year)[known - 1]),
        change=rise(rises[1], language),
    )


def changed(before: Milestone, after: Milestone, parts: Sequence[Change], language: Language) -> str:
    """Return what moved the answer since an earlier as-of month, in points and in visitors, cause by cause."""
    chance_before, chance_after = (
        displayed_percent(one.probability, settled=one.settled) for one in (before, after)
    )
    moved = {part.cause: round(part.median / THOUSAND) * THOUSAND for part in parts}
    first = language(
        "Probability of reaching {mark} in {year}: {before} on data to {month}, {after} on data to {later}.",
        mark=language.mark(after.mark),
        year=language.year(after.year),
        month=language.month(before.as_of),
        later=language.month(after.as_of),
        before=whole_percent(chance_before, language),
        after=whole_percent(chance_after, language),
    )
    told: dict[str, int] = {cause: persons for cause, persons in moved.items() if persons}
    if not told:
        return first
    return language.in_a_row([first, _revised(before, after, told, language)])


def _cause(cause: str, before: Milestone, after: Milestone, language: Language) -> str:
    """Return what moved an answer as it stands inside a sentence; new data by their months."""
    if cause == "new data" and after.data_month > before.data_month:
        added = labels.months(before.data_month + 1, after.data_month, language)
        return language("figures for {months} added", months=added)
    name = cause_name(cause, language)
    return name[:1].lower() + name[1:]


def _revised(before: Milestone, after: Milestone, told: Mapping[str, int], language: Language) -> str:
    """Return by how much the median moved, and why: a number a cause where there are several."""
    names = {cause: _cause(cause, before, after, language) for cause in told}
    causes = [
        f"{names[cause]} {_people(persons, language)}" if len(told) > 1 else names[cause]
        for cause, persons in told.items()
    ]
    total = sum(told.values())
    named = {
        "year": language.year(after.year),
        "total": language.people_about(abs(total)),
        "causes": language.in_a_list(causes),
    }
    if total > 0:
        return language(
            "The central forecast for {year} was revised up by about {total} ({causes}).", **named
        )
    if total < 0:
        return language(
            "The central forecast for {year} was revised down by about {total} ({causes}).", **named
        )
    return language("The central forecast for {year} is unchanged in total ({causes}).", **named)


def _people(persons: float, language: Language) -> str:
    """Return a whole number of visitors with its sign."""
    sign = "+" if persons > 0 else "−" if persons < 0 else ""
    return sign + language.people(abs(persons))


def answer(count: int, language: Language) -> str:
    """Return the page's answer: how many figures are collected and what can be done with them."""
    if not count:
        return language("No figure has been added yet. The **monthly summary** can be downloaded at once.")
    return language.plural(
        "**One figure** is in the briefing. Download it as slides, a memo, an Excel workbook or a PDF.",
        "**{count} figures** are in the briefing. Download them as slides, a memo, an Excel "
        "workbook or a PDF.",
        count,
    )


def caveats(language: Language) -> str:
    """Return what the files hold, as Markdown."""
    lines = (
        language(
            "All files are made from the same figures and show the same numbers, with titles, "
            "sources, months, status, versions and links."
        ),
        language(
            "Charts in the slides and the Excel workbook can be edited; maps and timelines are pictures."
        ),
        language("Texts are fixed sentences filled with the numbers; no free text is generated."),
        language(
            "Each file stores the settings of its figures, so that it can be checked later against "
            "new statistics and models: above, or with `python -m crossings verify`."
        ),
        language(
            "Office files use the fonts of Korean or Japanese offices where the computer has them; "
            "the PDF has its font embedded."
        ),
    )
    return "\n".join(f"- {line}" for line in lines)


def verdict(same: bool, count: int, context: Mapping[str, str], language: Language) -> str:
    """Return whether today's figures and models give a saved briefing's numbers, and what each rested on.

    context: month, data and model as saved; month_now, data_now and model_now as of today.
    """
    if not count:
        said = language("The file contains no figure to check.")
    elif same:
        said = language.plural(
            "**Same numbers**: the figure in the file is the same today as when it was saved.",
            "**Same numbers**: all {count} figures in the file are the same today as when they were saved.",
            count,
        )
    else:
        said = language("**Different numbers**: some figures differ today from those saved.")
    then = language(
        "When saved: data to {month} (version {data}), model {model}. Now: data to {month_now} "
        "(version {data_now}), model {model_now}.",
        **language.readable(context),
    )
    return language.in_a_row([said, then])


def contents(edits: Sequence[Edited] | None, language: Language) -> str:
    """Return whether a file still says what was written; None where its version kept no record of its words."""
    if edits is None:
        return language("The file holds no record of its words; only its figures were compared.")
    if not edits:
        return language("**Unchanged**: words, tables, charts and pictures are as they were written.")
    return language.plural(
        "**Edited**: one place differs from what was written.",
        "**Edited**: {count} places differ from what was written.",
        len(edits),
    )


def edit_rows(edits: Sequence[Edited] | None, language: Language) -> list[dict[str, str]]:
    """Return each place that differs, with what was written and what stands there."""
    return [
        {
            language("Place"): edit_place(edit, language),
            language("Written"): _shown(edit, edit.before, language),
            language("In the file"): _shown(edit, edit.after, language),
        }
        for edit in edits or ()
    ]


def edit_place(edit: Edited, language: Language) -> str:
    """Return where in a file an edit stands."""
    chart = language.remarked(language("Chart"), edit.place)
    places = {
        "slide": language("slide {place}", place=edit.place),
        "notes": language("notes of slide {place}", place=edit.place),
        "text": language("text"),
        "footnote": language("text"),
        "margin": language("header or footer"),
        "header": language("header or footer"),
        "sheet": language("cell {place}", place=edit.place),
        "page": language("page {place}", place=edit.place),
        "annotation": language("page {place}", place=edit.place),
        "drawing": language("drawing on page {place}", place=edit.place),
        "chart": chart,
        "label": chart,
        "interval": chart,
        "picture": language("picture {place}", place=edit.place).strip(),
    }
    return places.get(edit.kind, edit.place)


def _shown(edit: Edited, words: str, language: Language) -> str:
    if not words:
        return "–"
    if edit.kind in ("picture", "drawing"):
        return language("another picture") if words == edit.after else language("picture as written")
    return words if len(words) <= LONGEST_EDIT else words[:LONGEST_EDIT] + "…"


def check_rows(figures: Sequence[Checked], language: Language) -> list[dict[str, str]]:
    """Return the check of each figure as text."""
    return [
        {
            language("Title"): one.title,
            language("App page"): one.page,
            language("Same numbers"): language("yes") if one.same else language("no"),
            language("Numbers changed"): language(
                "{changed} of {all}", changed=language.number(one.changed), all=language.number(one.numbers)
            ),
            language("Largest change"): one.fault or _largest(one, language),
        }
        for one in figures
    ]


def _largest(one: Checked, language: Language) -> str:
    if one.largest_change is None:
        return language("table has a different layout")
    return language.percent(one.largest_change, digits=2)


def left_out(letters: Iterable[str], language: Language) -> str:
    """Return which letters of the reader's words the shipped font cannot draw, and what stands in their place."""
    return language(
        "In the PDF and the pictures {mark} stands for letters that their font does not have: {letters}. "
        "The other files keep them.",
        mark="\N{REPLACEMENT CHARACTER}",
        letters=" ".join(sorted(letters)),
    )


def next_releases(due: Sequence[Release], language: Language) -> str:
    """Return when the offices publish which month next, in the order of days; empty where no day is known."""
    days = [
        language(
            "{office} figures for {month} {day}",
            office=labels.office(release.office, language),
            month=language.month(release.month),
            day=strip.released_on(release, language),
        )
        for release in sorted(due, key=lambda release: release.day)
    ]
    return language("Due: {days}.", days=language.in_clauses(days)).rstrip(".。") if due else ""


def not_included(overdue: Sequence[Release], month: pd.Period, language: Language) -> str:
    """Return which releases, out by the offices' calendar, the figures do not hold yet; empty where none is."""
    missing: dict[str, list[pd.Period]] = {}
    for release in overdue:
        missing.setdefault(release.office, []).append(release.month)
    named = [
        language(
            "{office} for {months}",
            office=labels.office(office, language),
            months=labels.months(min(months), max(months), language),
        )
        for office, months in missing.items()
    ]
    if not named:
        return ""
    return language(
        "Figures to {month}; later releases due by the offices' calendar ({releases}) are not yet included.",
        month=language.month(month),
        releases=language.in_a_list(named),
    )


def month_sections(
    present: Sequence[str],
    outlook: Sequence[str],
    cautions: Sequence[str],
    due: str,
    month: pd.Period,
    *,
    year: int,
    language: Language,
) -> tuple[Section, ...]:
    """Return the month's summary under the headings of a paper."""
    purpose = language(
        "To report visitor arrivals to {month} and the forecast for {year}.",
        month=language.month(month),
        year=language.year(year),
    )
    return _sections(
        language,
        (language.pgettext("heading of a paper", "Purpose"), (purpose,)),
        (language.pgettext("heading of a paper", "Present state"), present),
        (language.pgettext("heading of a paper", "Outlook"), outlook),
        (language.pgettext("heading of a paper", "Background and points to note"), cautions),
        (language.pgettext("heading of a paper", "Next release"), (due,)),
    )


def with_list(sections: Sequence[Section], listed: Section, language: Language) -> tuple[Section, ...]:
    """Return the month's sections with that of the collected figures before the points to note."""
    notes = language.pgettext("heading of a paper", "Background and points to note")
    place = next((at for at, one in enumerate(sections) if one.heading == notes), len(sections))
    return (*sections[:place], *([listed] if listed.points else []), *sections[place:])


def purpose(
    pages: Iterable[str], month: pd.Period, language: Language, *, scenario: str | None = None
) -> str:
    """Return what a paper on some pages, or on one scenario, is for."""
    if scenario:
        return language(
            "To set out the calculated effect of a hypothetical scenario on visitor numbers: {scenario}.",
            scenario=scenario,
        )
    return language(
        "To report on {subjects}; figures to {month}.",
        subjects=language.in_a_list([language("“{name}”", name=name) for name in pages]),
        month=language.month(month),
    )


def sections(
    purpose: str, told: Sequence[str], *, cautions: Sequence[str], due: str, language: Language
) -> tuple[Section, ...]:
    """Return collected figures' points under the headings of a paper."""
    return _sections(
        language,
        (language.pgettext("heading of a paper", "Purpose"), (purpose,)),
        (language.pgettext("heading of a paper", "Key points"), told),
        (language.pgettext("heading of a paper", "Background and points to note"), cautions),
        (language.pgettext("heading of a paper", "Next release"), (due,)),
    )


def _sections(language: Language, *named: tuple[str, Sequence[str]]) -> tuple[Section, ...]:
    """Return sections without empty ones; the first says the purpose, where the language's papers do."""
    kept = named if language.conventions.purpose else named[1:]
    told = ((heading, tuple(point(each, language) for each in said if each)) for heading, said in kept)
    return tuple(Section(heading, points) for heading, points in told if points)


def caution(language: Language) -> str:
    """Return the sentence that keeps a probability from being read as more than it is."""
    return language(
        "The probability is the share of simulations and does not allow for new shocks such as changes in "
        "bilateral relations, disasters or infectious diseases."
    )


def no_causes(language: Language) -> str:
    """Return that a paper on the figures says nothing of why they moved."""
    return language("The causes of the changes in visitor numbers are not analysed here.")


def own_calculation(language: Language) -> str:
    """Return whose calculation a paper holds, so that it is not read as an office's."""
    return language(
        "The forecasts are mechanical estimates by the software Crossings, not an official projection or "
        "position of any government."
    )


def points(
    candidates: Sequence[str], fillers: Sequence[str], *, answer: str, language: Language
) -> tuple[str, ...]:
    """Return three to five different points that do not repeat the answer; fillers only up to three."""
    chosen: list[str] = []
    for said in candidates:
        text = point(_first_sentences(plain(said), language), language)
        if text and text not in answer and text not in chosen and len(chosen) < MOST_POINTS:
            chosen.append(text)
    for said in fillers:
        text = point(said, language)
        if len(chosen) < FEWEST_POINTS and text not in answer and text not in chosen:
            chosen.append(text)
    return tuple(chosen)


def _first_sentences(text: str, language: Language) -> str:
    """Return the first two sentences of a text."""
    return language.in_a_row(re.split(r"(?<=。)\s*|(?<=\.)\s+", text)[:SENTENCES])


def stamp(
    published: Published,
    held: Sequence[Release],
    *,
    links: Sequence[tuple[str, str]],
    made: date,
    language: Language,
) -> tuple[tuple[str, str], ...]:
    """Return what the numbers rest on as named rows: months, releases, the day and the links."""
    month = published.last_month
    released = language.in_a_list(
        [f"{labels.office(one.office, language)} {_day_held(one, language)}" for one in held]
    )
    by_user = labels.added_by_user(published, language)
    return (
        (language("Data month"), language.month(month)),
        (language("Published on"), released),
        *([(language("Not published"), by_user)] if by_user else []),
        (language("Date of preparation"), language.day(made)),
        *((language("Link: {page}", page=name), address) for name, address in links),
    )


def _day_held(release: Release, language: Language) -> str:
    """Return the day of a past release, called the scheduled one where it was not seen."""
    day = language.day(release.day)
    return language.remarked(day, language("scheduled day")) if release.by_rule else day


def versions(
    published: Published, model_version: str, others: Mapping[str, str], language: Language
) -> tuple[tuple[str, str], ...]:
    """Return the versions of data and models as named rows."""
    own = {language("Data version"): published.digest, language("Model version"): model_version}
    return tuple((own | dict(others)).items())


def standings(published: Published, month: pd.Period, flow: Flow) -> list[Standing]:
    """Return the standing of a flow, and of both directions where it is both ways."""
    from crossings.tables.totals import standing

    wanted = [Flow.BOTH, *DIRECTIONS] if flow is Flow.BOTH else [flow]
    return [standing(published, flow=one, month=month) for one in wanted]
