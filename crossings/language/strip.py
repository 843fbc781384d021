"""The lines above and below every page: which figures it rests on, and whether newer ones should be out."""

from datetime import date

from crossings.language import labels, markup
from crossings.language.labels import subject
from crossings.language.language import Language
from crossings.tables.flows import DIRECTIONS, Flow, Published, Status
from crossings.tables.releases import Freshness, Release


def line(published: Published, fresh: Freshness, language: Language) -> str:
    """Return the strip without its warning, as Markdown."""
    month = published.last_month
    parts = [
        language("Figures to **{month}**", month=language.month(month))
        + (language.gap and " ")
        + _estimates(published, language)
    ]
    parts.append(
        language(
            "published: {releases}",
            releases=language.in_a_list([dated(release, language) for release in fresh.held]),
        )
    )
    parts += _added(published, language)
    if fresh.due:
        nearest = min(fresh.due, key=lambda release: release.day)
        parts.append(language("next: {release}", release=dated(nearest, language)))
    return " · ".join(parts)


def dated(release: Release, language: Language) -> str:
    """Return an office and the day of its release."""
    return f"{labels.office(release.office, language)} {language.day(release.day)}"


def foot(
    published: Published, released: date | None, *, model_version: str, link: str, language: Language
) -> str:
    """Return the line below every page: data month, day of the newest release, versions, link; as Markdown."""
    parts = [language("Figures to {month}.", month=language.month(published.last_month)).rstrip(".。")]
    if released is not None:
        parts.append(language("published to {day}", day=language.day(released)))
    parts.append(language("data version {version}", version=f"`{published.digest}`"))
    parts.append(language("model version {version}", version=model_version))
    name = language("Link to this page")
    return markup.joined(" · ", [*parts, markup.link(name, link)])


def _added(published: Published, language: Language) -> list[str]:
    """Return which months of which flow the user added."""
    said = []
    for flow in DIRECTIONS:
        status = published.status(flow)
        months = status.index[status == Status.ADDED.value]
        if len(months):
            said.append(f"{subject(flow, language)} {labels.months(months[0], months[-1], language)}")
    return [language("added by you: {what}", what=language.in_a_list(said))] if said else []


def _estimates(published: Published, language: Language) -> str:
    status = published.status(Flow.BOTH)
    status = status[status != Status.ADDED.value]
    soft = status[status == "estimate"]
    if soft.empty or soft.index[-1] != status.index[-1]:
        return ""
    return language("({span} estimates)", span=labels.months(soft.index[0], soft.index[-1], language))


def warning(overdue: tuple[Release, ...], language: Language) -> str:
    """Return what to do about releases that should be out already, or nothing."""
    if not overdue:
        return ""
    return language.plural(
        "A newer release is overdue ({releases}). See the page “Data sources”.",
        "{count} newer releases are overdue ({releases}). See the page “Data sources”.",
        len(overdue),
        releases=language.in_a_list([dated(release, language) for release in overdue]),
    )
