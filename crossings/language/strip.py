"""The lines above and below every page: which figures it rests on, and whether newer ones should be out."""

from datetime import date

from crossings.language import labels
from crossings.language.language import Language
from crossings.tables.flows import Flow, Published, Status
from crossings.tables.releases import Freshness, Release


def line(published: Published, fresh: Freshness, language: Language) -> str:
    """Return the strip without its warning, as Markdown."""
    month = published.last_month
    parts = [
        language("Figures to **{month}**", month=language.month(month)) + _estimates(published, language)
    ]
    parts.append(
        language(
            "published: {releases}",
            releases=", ".join(f"{r.office} {language.day(r.day)}" for r in fresh.held),
        )
    )
    if by_user := labels.added_by_user(published, language):
        parts.append(by_user)
    if fresh.due:
        nearest = min(fresh.due, key=lambda release: release.day)
        parts.append(language("next: {release}", release=f"{nearest.office} {language.day(nearest.day)}"))
    return " · ".join(parts)


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
    parts.append(f"[{name}]({link})")
    return " · ".join(parts)


def _estimates(published: Published, language: Language) -> str:
    status = published.status(Flow.BOTH)
    status = status[status != Status.ADDED.value]
    soft = status[status == "estimate"]
    if soft.empty or soft.index[-1] != status.index[-1]:
        return ""
    return " " + language("({span} estimates)", span=labels.months(soft.index[0], soft.index[-1], language))


def warning(overdue: tuple[Release, ...], language: Language) -> str:
    """Return what to do about releases that should be out already, or nothing."""
    if not overdue:
        return ""
    named = [f"{release.office} {language.day(release.day)}" for release in overdue]
    return language.plural(
        "A newer release should be out ({releases}). See the Sources page.",
        "{count} newer releases should be out ({releases}). See the Sources page.",
        len(overdue),
        releases=", ".join(named),
    )
