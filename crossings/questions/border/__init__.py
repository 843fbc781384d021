"""One question of the app: its figures, charts and sentences."""

from crossings.errors import N_
from crossings.questions.base.page import Page

PAGE = Page(
    "border",
    N_("Immigration waiting times"),
    N_("How long do foreign visitors wait at immigration, and what would shorten it?"),
    "BorderQuestion",
    place=70,
)
