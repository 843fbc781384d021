"""The briefing in sentences: its title, what changed since last month, its points and its stamp."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import pandas as pd

from crossings.language import labels
from crossings.language.labels import signed, subject
from crossings.language.language import Language
from crossings.language.likelihood import in_100
from crossings.models.forecast.milestone import Change, Milestone, displayed_percent
from crossings.questions.changes import cause_name
from crossings.questions.overview.sentences import month_takeaway
from crossings.tables.flows import DIRECTIONS, Flow, Published
from crossings.tables.releases import Release
from crossings.tables.totals import Standing

FEWEST_POINTS, MOST_POINTS = 3, 5
THOUSAND = 1000
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


def title(month: pd.Period, language: Language) -> str:
    """Return the title of a briefing that its reader gave none."""
    return language("Korea-Japan people-to-people exchange: figures to {month}", month=language.month(month))


def month_title(month: pd.Period, language: Language) -> str:
    """Return the title of the month in brief."""
    return language("The month in brief: Korea-Japan exchange, {month}", month=language.month(month))


def plain(text: str) -> str:
    """Return a page's sentence without its Markdown."""
    return text.replace("**", "").strip()


def latest(now: Standing, language: Language) -> str:
    """Return a flow's latest month with its name and status."""
    said = month_takeaway(now, language)
    status = labels.status_word(now.status, language)
    return language(
        "{who}: {said} ({status})", who=subject(now.flow, language), said=said.rstrip("."), status=status
    )


def to_date(now: Standing, language: Language) -> str:
    """Return a flow's year to date with its change on a year earlier."""
    span = language.span(pd.Period(f"{now.month.year}-01", "M"), now.month)
    count, change = language.people_short(now.to_date), now.to_date_change.get(now.month.year - 1)
    who = subject(now.flow, language)
    if change is None:
        return language("{who}, {span}: {count}.", who=who, span=span, count=count)
    return language(
        "{who}, {span}: {count}, {change} on the same months a year earlier.",
        who=who,
        span=span,
        count=count,
        change=signed(change, language),
    )


def changed(before: Milestone, after: Milestone, parts: Sequence[Change], language: Language) -> str:
    """Return what moved the answer since an earlier as-of month, in points and in visitors, cause by cause."""
    chance_before, chance_after = (
        displayed_percent(one.probability, settled=one.settled) for one in (before, after)
    )
    moved = {part.cause: round(part.median / THOUSAND) * THOUSAND for part in parts}
    first = language(
        "{mark} in {year}: {before} by what was known in {month}, {after} now.",
        mark=language.mark(after.mark),
        year=language.year(after.year),
        month=language.month(before.as_of),
        before=in_100(chance_before, language),
        after=in_100(chance_after, language),
    )
    told = {cause: persons for cause, persons in moved.items() if persons}
    if not told:
        return first
    second = language(
        "The median of {year} moved by {total} ({causes}).",
        year=language.year(after.year),
        total=_people(sum(moved.values()), language),
        causes=", ".join(
            f"{cause_name(cause, language)} {_people(persons, language)}" for cause, persons in told.items()
        ),
    )
    return f"{first} {second}"


def _people(persons: float, language: Language) -> str:
    """Return a whole number of visitors with its sign."""
    sign = "+" if persons > 0 else "−" if persons < 0 else ""
    return sign + language.people(abs(persons))


def answer(count: int, language: Language) -> str:
    """Return the page's answer: how many figures are collected and what can be done with them."""
    if not count:
        return language("Nothing is collected yet. **The month in brief** is ready to take away.")
    return language.plural(
        "**One figure** is collected. Take it away as slides, a memo, a workbook or pages.",
        "**{count} figures** are collected. Take them away as slides, a memo, a workbook or pages.",
        count,
    )


def caveats(language: Language) -> str:
    """Return what the files hold, as Markdown."""
    lines = (
        language(
            "Every file is made from the same figures and says the same numbers: titles, sources, months, status, "
            "versions and links travel with them."
        ),
        language(
            "Slides and workbook hold charts that can be edited; maps and timelines, which these programs cannot draw, "
            "are pictures."
        ),
        language("Texts are written from templates over the numbers; nothing is made up freely."),
        language(
            "A file remembers how its figures were asked for, so that it can be checked later against new figures and "
            "models: above, or with python -m crossings verify."
        ),
        language("Files name Malgun Gothic or Yu Gothic as their font; the PDF holds its own."),
    )
    return "\n".join(f"- {line}" for line in lines)


def verdict(same: bool, count: int, context: Mapping[str, str], language: Language) -> str:
    """Return whether today's figures and models give a saved briefing's numbers, and what each rested on.

    context: month, data and model as saved; month_now, data_now and model_now as of today.
    """
    if not count:
        said = language("The file holds no figure to check.")
    elif same:
        said = language.plural(
            "**The same numbers**: its one figure comes out today as it was saved.",
            "**The same numbers**: all {count} figures come out today as they were saved.",
            count,
        )
    else:
        said = language("**Other numbers**: not every figure comes out today as it was saved.")
    then = language(
        "Saved with figures to {month} (version {data}) and model {model}; today: {month_now} (version {data_now}) and "
        "model {model_now}.",
        **context,
    )
    return f"{said} {then}"


def check_rows(figures: Sequence[Checked], language: Language) -> list[dict[str, str]]:
    """Return the check of each figure as text."""
    return [
        {
            language("Title"): one.title,
            language("Page"): one.page,
            language("Same numbers"): language("yes") if one.same else language("no"),
            language("Numbers that changed"): language(
                "{changed} of {all}", changed=language.number(one.changed), all=language.number(one.numbers)
            ),
            language("Largest change"): one.fault or _largest(one, language),
        }
        for one in figures
    ]


def _largest(one: Checked, language: Language) -> str:
    if one.largest_change is None:
        return language("another table")
    return language.percent(one.largest_change, digits=2)


def caution(language: Language) -> str:
    """Return the sentence that keeps a probability from being read as more than it is."""
    return language(
        "The probability is a share of simulated years and knows no new shock such as a boycott, a disaster or an "
        "epidemic."
    )


def points(candidates: Sequence[str], fillers: Sequence[str], *, answer: str) -> tuple[str, ...]:
    """Return three to five different points that do not repeat the answer; fillers only up to three."""
    chosen: list[str] = []
    for said in candidates:
        text = _first_sentences(plain(said))
        if text and text not in answer and text not in chosen and len(chosen) < MOST_POINTS:
            chosen.append(text)
    for said in fillers:
        text = plain(said)
        if len(chosen) < FEWEST_POINTS and text not in answer and text not in chosen:
            chosen.append(text)
    return tuple(chosen)


def _first_sentences(text: str) -> str:
    """Return the first two sentences of a text."""
    return " ".join(re.split(r"(?<=[.。])\s+", text)[:SENTENCES])


def stamp(
    published: Published,
    held: Sequence[Release],
    *,
    model_version: str,
    versions: Sequence[tuple[str, str]],
    links: Sequence[tuple[str, str]],
    made: date,
    language: Language,
) -> tuple[tuple[str, str], ...]:
    """Return what the numbers rest on as named rows: months, releases, versions, the day and the links."""
    month = published.last_month
    released = ", ".join(f"{one.office} {language.day(one.day)}" for one in held)
    by_user = labels.added_by_user(published, language)
    return (
        (language("Data month"), language("Figures to {month}.", month=language.month(month)).rstrip(".。")),
        (language("Published"), language("published: {releases}", releases=released)),
        *([(language("Not published"), by_user)] if by_user else []),
        (language("Data version"), language("data version {version}", version=published.digest)),
        (language("Model version"), language("model version {version}", version=model_version)),
        *((name, f"{name} {version}") for name, version in versions),
        (language("Made on"), language("made on {day}", day=language.day(made))),
        *((language("Link: {page}", page=name), address) for name, address in links),
    )


def standings(published: Published, month: pd.Period, flow: Flow) -> list[Standing]:
    """Return the standing of a flow, and of both directions where it is both ways."""
    from crossings.tables.totals import standing

    wanted = [Flow.BOTH, *DIRECTIONS] if flow is Flow.BOTH else [flow]
    return [standing(published, flow=one, month=month) for one in wanted]
