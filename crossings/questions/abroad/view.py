"""Who is abroad, answered."""

from functools import partial

from crossings.language import Language
from crossings.models.models import Models
from crossings.questions.abroad import figures
from crossings.questions.abroad import sentences as words
from crossings.questions.abroad.question import AbroadQuestion
from crossings.questions.base import OnDemand, View, points, unreadable
from crossings.questions.registry import page_name
from crossings.tables import abroad


def view(question: AbroadQuestion, models: Models, language: Language) -> View:
    """Return residents each way, nationals in third countries and joint evacuations. Raises QuestionUnreadable."""
    known = abroad.load()
    setting = figures.Setting(known, language, models.published.digest)
    kinds = abroad.kinds(known)
    if not 1 <= question.counted <= len(kinds):
        raise unreadable("counted")
    if question.country not in abroad.countries(known):
        raise unreadable("country")
    kind = kinds[question.counted - 1]
    return View(
        question=question,
        language=language,
        name=page_name("abroad", language),
        answer=words.answer(known, language),
        key_figures=tuple(figures.key_figures(known, language)),
        figures=OnDemand(
            {
                "abroad-map": partial(
                    figures.third_countries, setting, kind=kind, country=question.country, near=question.near
                ),
                "abroad-carried": partial(figures.carried, setting),
                "abroad-residents": partial(figures.residents, setting),
                "abroad-students": partial(figures.students, setting),
                "abroad-working-holiday": partial(figures.working_holiday, setting),
            }
        ),
        method=points(words.caveats(language)),
        tables_used=("residents", "nationals_abroad", "joint_evacuations"),
    )
