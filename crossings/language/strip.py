"""The lines above and below every page: which figures it rests on, and whether newer ones should be out."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from crossings.language import labels, markup
from crossings.language.language import Language
from crossings.tables.flows import Flow, Published
from crossings.tables.releases import Freshness, Release

OWN_HOSTS = ("127.0.0.1", "localhost", "::1", "0.0.0.0", "")


def line(published: Published, fresh: Freshness, language: Language) -> str:
    """Return the strip without its warning, as Markdown: the offices' own months, then what the user added."""
    month = published.official.last_month
    until = language("Data to **{month}**", month=language.month(month))
    parts = [language.remarked(until, _estimates(published, language))]
    held = [dated(release, language, year=month.year) for release in fresh.held]
    parts.append(language.in_a_list(held))
    if by_user := labels.added_by_user(published, language):
        parts.append(by_user)
    if fresh.due:
        nearest = min(fresh.due, key=lambda release: release.day)
        parts.append(language("next: {release}", release=dated(nearest, language, year=month.year)))
    return " · ".join(parts)


def dated(release: Release, language: Language, *, year: int | None = None) -> str:
    """Return an office and the day of its release, without its year where that is the one given."""
    return f"{labels.office(release.office, language)} {released_on(release, language, year=year)}"


def released_on(release: Release, language: Language, *, year: int | None = None) -> str:
    """Return the day of a release, as about that day where it was not seen but follows from the office's rhythm."""
    day = language.day_of_year(release.day) if release.day.year == year else language.day(release.day)
    return on_day(day, language, by_rule=release.by_rule)


def on_day(day: str, language: Language, *, by_rule: bool) -> str:
    """Return a day as it is read, as about that day where it follows from an office's rhythm."""
    return language("about {day}", day=day) if by_rule else day


def sources(titles: Mapping[str, Sequence[str]], language: Language) -> list[str]:
    """Return the sources of a page's figures, once each. titles: of the figures by their source line.

    Where not all figures share one line, each line names those that it belongs to.
    """
    if len(titles) == 1:
        return list(titles)
    return [
        language("{figures}: {source}", figures=language.in_clauses(list(named)), source=line)
        for line, named in titles.items()
    ]


def foot(
    published: Published, released: Release | None, *, model_version: str, link: str, language: Language
) -> str:
    """Return the line below every page: data month, day of the newest release, versions, link; as Markdown."""
    figures = language("Figures to {month}.", month=language.month(published.last_month))
    parts = ["Crossings", figures.rstrip(".。")]
    if released is not None:
        parts.append(language("published to {day}", day=released_on(released, language)))
    parts.append(language("data version {version}", version=f"`{published.digest}`"))
    parts.append(language("model version {version}", version=model_version))
    own = language("Link to this page (this computer only)")
    name = language("Link to this page") if opens_elsewhere(link) else own
    return markup.joined(" · ", [*parts, markup.link(name, link)])


def opens_elsewhere(address: str) -> bool:
    """Return whether another computer can open an address."""
    host = urlsplit(address).hostname or ""
    return host not in OWN_HOSTS and not host.endswith(".local")


def _estimates(published: Published, language: Language) -> str:
    """Return which of the newest months are estimates, empty where none is."""
    soft = labels.estimated(published, Flow.BOTH)
    if soft is None:
        return ""
    first, last = soft
    if first.year == last.year:
        span = language.months_of_a_year(first.month, last.month)
    else:
        span = labels.months(first, last, language)
    return language("{span} estimates", span=span)


def warning(overdue: tuple[Release, ...], language: Language) -> str:
    """Return what to do about releases that should be out already, or nothing."""
    if not overdue:
        return ""
    return language.plural(
        "one release overdue (“Data sources”)",
        "{count} releases overdue (“Data sources”)",
        len(overdue),
    )
