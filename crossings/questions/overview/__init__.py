"""One question of the app: its figures, charts and sentences."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "overview",
    N_("People-to-people exchange"),
    N_("How many people travel between Korea and Japan, and how is that changing?"),
    "OverviewQuestion",
    place=10,
)
