"""One question of the app: its figures, charts and sentences."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "milestone",
    N_("Annual visitor forecast"),
    N_("How many visitors will the year bring, and when is a threshold reached?"),
    "MilestoneQuestion",
    place=30,
)
