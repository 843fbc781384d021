"""Who is abroad, answered."""

from dataclasses import dataclass
from functools import partial

from crossings.language import Language
from crossings.models.models import Models
from crossings.questions.abroad import figures
from crossings.questions.abroad import sentences as words
from crossings.questions.abroad.question import AbroadQuestion
from crossings.questions.base import OnDemand, View, points, unreadable
from crossings.questions.registry import page_name
from crossings.tables import abroad
from crossings.tables.abroad import Abroad


@dataclass(frozen=True, eq=False, kw_only=True)
class AbroadView(View):
    """Who is abroad. country_name: the chosen third country in the reader's language."""

    country_name: str


def view(question: AbroadQuestion, models: Models, language: Language) -> AbroadView:
    """Return residents each way, nationals in third countries and joint evacuations. Raises QuestionUnreadable."""
    known, country = models.abroad(), question.country
    setting = figures.Setting(known, language, models.published.digest)
    kinds = abroad.kinds(known)
    if not 1 <= question.counted <= len(kinds):
        raise unreadable("counted")
    if country not in abroad.countries(known):
        raise unreadable("country")
    kind = kinds[question.counted - 1]
    return AbroadView(
        question=question,
        language=language,
        name=page_name("abroad", language),
        country_name=words.country_name(country, language),
        answer=words.answer(known, language),
        paragraphs=(words.why_here(language),),
        key_figures=tuple(figures.key_figures(known, language)),
        figures=OnDemand(
            {
                "abroad-map": partial(
                    figures.third_countries, setting, kind=kind, country=country, near=question.near
                ),
                "abroad-carried": partial(figures.carried, setting),
                "abroad-residents": partial(figures.residents, setting),
                "abroad-students": partial(figures.students, setting),
                "abroad-working-holiday": partial(figures.working_holiday, setting),
            }
        ),
        tables=OnDemand(
            {
                "in-country": partial(figures.in_country, known, country, language),
                "operations-near": partial(figures.operations_near, known, country, language),
                "separate": partial(figures.separate, known, language),
                "memorandum": partial(figures.areas, known, language),
            }
        ),
        remarks=_remarks(known, country, language),
        method=points(words.caveats(language)),
        caveats=words.caveats(language),
        tables_used=("residents", "nationals_abroad", "joint_evacuations"),
    )


def _remarks(known: Abroad, country: str, language: Language) -> OnDemand[str]:
    """Return the sentences about a country and about the memorandum."""
    return OnDemand(
        {
            "country": lambda: language.in_a_row(
                [words.distance(country, language), words.operations_there(known, country, language)]
            ),
            "in-country": partial(words.counts_caption, known, country, language),
            "memorandum": partial(words.memorandum, known, language),
            "memorandum-source": partial(words.source_line, [known.memorandum_source], known, language),
        }
    )
