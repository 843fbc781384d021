"""One question of the app: its figures, charts and sentences."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "scenario",
    N_("Procedure scenarios"),
    N_("How would visitor numbers change if entry procedures changed?"),
    "ScenarioQuestion",
    place=50,
)
