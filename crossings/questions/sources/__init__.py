"""One question of the app: its figures, charts and sentences."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "sources",
    N_("Data sources"),
    N_("Where do the data come from, and how recent are they?"),
    "SourcesQuestion",
    place=100,
)
